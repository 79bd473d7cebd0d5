//! The answer in one line, what was not looked at because it was not said, and what changes soon: what people in a hurry read.

use yumen_lawbook::measure::{ClauseStatus, Effect, Stretch};
use yumen_lawbook::{AsOf, Bilingual, Book};

use crate::answer::{Answer, Assessment, Change, ElsewhereNote, Overview, PartyFinding, RegimeResult};
use crate::question::Question;
use crate::testing::Truth;

/// How many days ahead a change is told of.
const SOON: i32 = 30;

/// Sums an assessment up.
pub fn of(book: &Book, question: &Question, assessment: &Assessment) -> Overview {
    let named: Vec<&ElsewhereNote> = assessment.elsewhere.iter().filter(|e| e.named).collect();
    let gravest = assessment.results.iter().min_by_key(|r| r.answer.gravity());
    let silent = gravest.is_none_or(|r| matches!(r.answer, Answer::NotFound | Answer::LikelyNotControlled));
    if let (true, Some(first)) = (silent, named.first()) {
        return Overview {
            answer: Answer::Depends,
            headline: Bilingual::new(
                format!("所载清单没有它；{}可能管制，本书没有记载该清单：先核对，不要发货。", first.name.zh),
                format!(
                    "The recorded lists do not hold it; the {} may, and is not recorded here: check before anything is shipped.",
                    first.name.en
                ),
            ),
            unchecked: unchecked(question, assessment),
            soon: Vec::new(),
        };
    }
    Overview {
        answer: gravest.map_or(Answer::NotFound, |r| r.answer),
        headline: gravest.map(|r| with_parties(assessment, r, headline(book, assessment, r))).unwrap_or_default(),
        unchecked: unchecked(question, assessment),
        soon: soon(book, question.as_of, assessment),
    }
}

/// A listed party is said first, whatever the item is: where the list itself already prohibits the item, the headline says so.
fn with_parties(assessment: &Assessment, result: &RegimeResult, headline: Bilingual) -> Bilingual {
    let bound = |p: &&PartyFinding| p.status == ClauseStatus::InForce.as_str() && p.similar.is_none_or(|s| s.same);
    let grave = |p: &&PartyFinding| u8::from(p.list == "watch");
    let Some(party) = assessment.parties.iter().filter(bound).min_by_key(grave) else { return headline };
    if result.answer == Answer::Prohibited {
        return headline;
    }
    let name = |lang: &str, other: &str| if lang.is_empty() { other.to_owned() } else { lang.to_owned() };
    let (zh, en) = (name(&party.name.zh, &party.name.en), name(&party.name.en, &party.name.zh));
    Bilingual::new(
        format!("{zh}在{}上。{}", party.list_name.zh, headline.zh),
        format!("{en} is on the {}. {}", party.list_name.en, headline.en),
    )
}

/// What was asked for and is not known, by name.
fn not_known(result: &RegimeResult) -> Option<Bilingual> {
    let open: Vec<&Bilingual> =
        result.parameters.iter().filter(|p| p.result == Truth::NotStated).map(|p| &p.name).take(2).collect();
    let zh = open.iter().map(|n| n.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = open.iter().map(|n| n.en.as_str()).collect::<Vec<_>>().join(", ");
    (!open.is_empty()).then(|| Bilingual::new(zh, en))
}

fn headline(book: &Book, assessment: &Assessment, result: &RegimeResult) -> Bilingual {
    let to = assessment.question.destination.as_ref().and_then(|code| book.countries.get(code));
    let (to_zh, to_en) =
        to.map_or_else(Default::default, |c| (format!("向{}", c.name.zh), format!(" to {}", with_article(&c.name.en))));
    let code = result.entry.as_ref().map_or_else(Bilingual::default, |e| {
        let plain = if e.code.starts_with("uncoded:") { e.name.clone() } else { Bilingual::new(&*e.code, &*e.code) };
        match e.point.as_str() {
            "" => plain,
            point if e.list == "dual-use" => {
                Bilingual::new(format!("{}.{point}", plain.zh), format!("{}.{point}", plain.en))
            }
            point => Bilingual::new(format!("{}第{point}点", plain.zh), format!("{} point {point}", plain.en)),
        }
    });
    let technology = result.regime == "technology";
    let (zh, en) = match result.answer {
        Answer::Prohibited => (
            format!("不得{to_zh}出口：禁止（{}）。", code.zh),
            format!("Do not export this{to_en}: prohibited ({}).", code.en),
        ),
        Answer::LicenceRequired => {
            let refused = if result.refused_in_principle {
                ("；此类申请原则上不予许可", "; such applications are refused in principle")
            } else if result.refusal_unconfirmed {
                (
                    "；此类申请是否又原则上不予许可，未见官方确认",
                    "; whether such applications are refused in principle again is not confirmed",
                )
            } else {
                ("", "")
            };
            let paper = if technology {
                ("取得技术出口许可意向书前不得谈判，取得许可证前不得", "Do not negotiate before the letter of intent, nor pass this on")
            } else {
                ("取得两用物项出口许可证前不得", "Do not ship this")
            };
            let before = if technology { " before the export licence" } else { " before a dual-use licence is issued" };
            (
                format!("{}{to_zh}出口（{}）{}。", paper.0, code.zh, refused.0),
                format!("{}{to_en}{before} ({}){}.", paper.1, code.en, refused.1),
            )
        }
        Answer::VoucherPossible => (
            format!("{to_zh}出口前须登记填报取得凭证，或者申请许可（{}）。", code.zh),
            format!("Before export{to_en} a voucher or a licence is needed ({}).", code.en),
        ),
        Answer::LapsedUnconfirmed => (
            format!("暂缓出口：{}的暂停期已满，是否恢复实施未见官方确认。", code.zh),
            format!("Hold: the suspension of {} has run out, and nothing official says whether it binds again.", code.en),
        ),
        Answer::Depends => match (result.questions.len(), not_known(result)) {
            (0, Some(open)) => (
                format!("尚不能判断：不知道{}（最接近{}）。", open.zh, code.zh),
                format!("It cannot be said yet: {} not known (nearest {}).", open.en, code.en),
            ),
            (0, None) => (
                format!("尚不能判断：须对照{}的官方文本核对。", code.zh),
                format!("It cannot be said yet: compare with the official text of {}.", code.en),
            ),
            (n, _) => (
                format!("尚不能判断：还缺 {n} 项事实（最接近{}）。", code.zh),
                format!("It cannot be said yet: {n} fact{} missing (nearest {}).", if n == 1 { " is" } else { "s are" }, code.en),
            ),
        },
        Answer::Suspended => {
            let until = result.until.map_or_else(Default::default, |u| (format!("至 {u}"), format!(" until {u}")));
            (
                format!("{}的管制{}暂停实施：目前不因该条目须申请许可。", code.zh, until.0),
                format!("The control of {} is suspended{}: for now it asks for no licence.", code.en, until.1),
            )
        }
        Answer::Registration => ("可以出口；技术合同须登记。".to_owned(), "It may go; the contract is to be registered.".to_owned()),
        Answer::LikelyNotControlled => (
            "所载清单很可能不管制；发货前仍须核对当事方、用途和出口当日的法律。".to_owned(),
            "The recorded lists probably do not control it; before it goes, check parties, end use and the law of that day.".to_owned(),
        ),
        Answer::NotFound => (
            "所载清单中没有找到；这不是放行。".to_owned(),
            "Nothing was found in the recorded lists; that is no clearance.".to_owned(),
        ),
        Answer::Conflict => (
            format!("依据相互矛盾，须人工判断（{}）。", code.zh),
            format!("The law says two things at once: a person has to decide ({}).", code.en),
        ),
    };
    Bilingual::new(zh, en)
}

/// `the United States`, `Germany`.
fn with_article(country: &str) -> String {
    let plural = ["Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia"].contains(&country);
    if plural || country.starts_with("United ") || country.ends_with("Republic") || country.ends_with("Islands") {
        return format!("the {country}");
    }
    country.to_owned()
}

/// What the answer did not look at because the question does not say it.
fn unchecked(question: &Question, assessment: &Assessment) -> Vec<Bilingual> {
    let mut missing = Vec::new();
    if assessment.question.destination.is_none() {
        missing.push(Bilingual::new(
            "目的地：未说明，没有核对针对国家和地区的措施。",
            "Destination: not stated; measures about countries were not checked.",
        ));
    }
    if question.parties.is_empty() {
        let named = if assessment.parties.is_empty() {
            Bilingual::new(
                "当事方：未说明，没有核对管控名单、关注名单和不可靠实体清单。",
                "Parties: not stated; control list, watch list and unreliable entities were not checked.",
            )
        } else {
            Bilingual::new(
                "当事方：只核对了描述中提到的名称。",
                "Parties: only names that the description mentions were checked.",
            )
        };
        missing.push(named);
    } else {
        missing.push(Bilingual::new(
            "当事方：只核对了中国的名单；外国名单须另行筛查。",
            "Parties: checked against the Chinese lists only; foreign lists are for party screening.",
        ));
    }
    if question.end_use.is_empty() {
        missing.push(Bilingual::new(
            "最终用途：未说明。知道或者应当知道用于大规模杀伤性武器、恐怖主义或者危害国家安全的，未列入清单的物项也须申请许可。",
            "End use: not stated. Where weapons of mass destruction, terrorism or harm to national security are known or should be, unlisted items need a licence too.",
        ));
    }
    missing
}

/// Changes within a month of what the answer rests on: its list clause, and measures that name its entry or destination.
fn soon(book: &Book, as_of: AsOf, assessment: &Assessment) -> Vec<Change> {
    let day = as_of.effective;
    let mut changes: Vec<Change> = Vec::new();
    let codes: Vec<&str> = assessment
        .results
        .iter()
        .filter(|r| !matches!(r.answer, Answer::NotFound))
        .filter_map(|r| r.entry.as_ref())
        .map(|e| e.code.as_str())
        .collect();
    let clauses = book.measures.values().flat_map(|m| m.clause.iter().map(move |c| (m, c)));
    for (measure, clause) in clauses.filter(|(_, c)| c.effect != Effect::WatchParty) {
        let there = clause.destinations.is_empty()
            || assessment.question.destination.as_ref().is_some_and(|d| clause.destinations.contains(d));
        let lists = clause.effect == Effect::ListItems && rests_on(book, assessment, measure.instrument.as_str());
        let names = !clause.entries.is_empty()
            && clause.entries.iter().any(|e| codes.iter().any(|code| crate::index::is_below(code, e)));
        if !there || !(lists || names) {
            continue;
        }
        let known = |s: &&Stretch| s.recorded.is_none_or(|r| r <= as_of.recorded);
        let ahead = |s: &&Stretch| s.from > day && s.from <= day.plus_days(SOON);
        for stretch in clause.history.iter().filter(ahead).filter(known) {
            let label = stretch.status.label();
            let mark = if stretch.status == ClauseStatus::InForce { "●" } else { "▨" };
            changes.push(Change {
                day: stretch.from,
                text: Bilingual::new(
                    format!("{mark} {}：{}", label.zh, clause.text.zh),
                    format!("{mark} {}: {}", label.en, clause.text.en),
                ),
                cite: book.cite(&clause.at, day),
            });
        }
    }
    changes.sort_by(|a, b| (a.day, &a.cite.en).cmp(&(b.day, &b.cite.en)));
    changes
}

/// True where an entry that an answer rests on was made or changed by the instrument.
fn rests_on(book: &Book, assessment: &Assessment, instrument: &str) -> bool {
    assessment.results.iter().filter_map(|r| r.entry.as_ref()).any(|entry| {
        book.list(&entry.list).is_some_and(|list| {
            list.history.versions().iter().any(|v| {
                v.edition.as_str() == entry.edition
                    && v.entry.code.to_string() == entry.code
                    && v.instrument.as_str() == instrument
            })
        })
    })
}
