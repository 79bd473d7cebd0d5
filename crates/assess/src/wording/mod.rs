//! The sentences of the answer, in both languages, in one place.

mod advice;
mod another_day;

use yumen_lawbook::code::Code;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::lexicon::Concept;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::entry::{Control, Moves, Recorded};
use yumen_lawbook::predicate::Predicate;
use yumen_lawbook::{Bilingual, Book, Day};

use crate::answer::Reason;
use crate::finding::Finding;
use crate::testing::Truth;
use crate::text::concepts::Vocabulary;

pub use advice::advice;
pub use another_day::at_another_time;

fn both(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

/// The code of a finding as people write it: `1C117.d.1`, `056101X 控制要点21`.
pub fn code_of(finding: &Finding<'_>) -> Bilingual {
    let code = &finding.entry.code;
    let path = &finding.point.path;
    match code {
        Code::Control(_) => both(code.with_path(path), code.with_path(path)),
        Code::Unseen(_) if path.is_empty() => both("（编号未见）", "(number not seen)"),
        Code::Unseen(_) => both(format!("（编号未见）控制要点{path}"), format!("(number not seen) point {path}")),
        Code::Notice(_) | Code::Catalogue(_) if path.is_empty() => both(code.to_string(), code.to_string()),
        Code::Notice(_) => both(format!("{code}（{path}）"), format!("{code} ({path})")),
        Code::Catalogue(_) => both(format!("{code} 控制要点{path}"), format!("{code} point {path}")),
    }
}

fn named(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    let (zh, en) = (finding.entry.name.get(yumen_lawbook::Lang::Zh), finding.entry.name.get(yumen_lawbook::Lang::En));
    let unseen = if finding.entry.working_name { "（暂用名，原标题未见）" } else { "" };
    both(format!("{}“{zh}”{unseen}", code.zh), format!("{} “{en}”", code.en))
}

/// A reason that rests on the point itself.
pub fn point_reason(book: &Book, finding: &Finding<'_>, text: &Bilingual, day: Day) -> Reason {
    let at = yumen_lawbook::instrument::Citation {
        instrument: finding.version.instrument.clone(),
        place: if finding.entry.clause.is_empty() { String::new() } else { format!("cl. {}", finding.entry.clause) },
    };
    Reason {
        instrument: finding.version.instrument.to_string(),
        place: crate::index::full_code(&finding.entry.code, &finding.point.path),
        cite: {
            let act = book.cite(&yumen_lawbook::instrument::Citation { place: String::new(), ..at }, day);
            let code = code_of(finding);
            both(format!("{} {}", act.zh, code.zh), format!("{}, {}", act.en, code.en))
        },
        text: text.clone(),
        verification: finding.point.verification.unwrap_or(finding.entry.verification),
    }
}

pub fn falls_under(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    let (zh, en) = match finding.entry.control {
        Control::Prohibited => ("属于禁止出口", "is prohibited from export"),
        Control::Restricted => ("属于限制出口", "is restricted: a licence is required"),
        Control::Licence if finding.standing.is_set_aside() => {
            ("如恢复实施，属于须经许可的两用物项", "would need a licence if the control applied")
        }
        Control::Licence => ("属于两用物项，出口须经许可", "is a dual-use item: a licence is required"),
        Control::Unknown => (
            "已列入目录，但属于禁止类还是限制类未见",
            "is in the catalogue; whether prohibited or restricted was not seen",
        ),
    };
    both(format!("符合{}：{zh}。", n.zh), format!("Falls under {}: it {en}.", n.en))
}

pub fn introduced(finding: &Finding<'_>, from: Day) -> Bilingual {
    let code = code_of(finding);
    both(
        format!("{} 自 {from} 起由该公告新增或者改写。", code.zh),
        format!("{} was added or rewritten by this notice, from {from}.", code.en),
    )
}

pub fn of_the_class(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("属于{}所述类别；是否达到指标，尚缺数据。", n.zh),
        format!("Is of the class of {}; whether it meets the conditions is not yet known.", n.en),
    )
}

pub fn thresholds_met() -> Bilingual {
    both("各项指标均已达到。", "All its thresholds are met.")
}

pub fn yet_excluded(exclusion: &Exclusion) -> Bilingual {
    both(
        format!("但官方答复称：{}", exclusion.text.zh),
        format!("Yet an official statement says: {}", exclusion.text.en),
    )
}

pub fn exception_must_hold(exception: &Exclusion) -> Bilingual {
    let condition = if exception.condition.is_empty() { &exception.text } else { &exception.condition };
    both(format!("该例外须全部成立：{}", condition.zh), format!("The exception must hold in full: {}", condition.en))
}

pub fn check_by_hand(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    if finding.entry.lead {
        return both(
            format!("有来源称目录包含此题目（{}），但条目标题未经核实，不能据以判断：请对照官方文本。", n.zh),
            format!("Reported: {}. The heading is not verified and cannot decide: check the official text.", n.en),
        );
    }
    both(
        format!("与{}同类，但本书没有其完整指标：请对照官方文本逐项核对。", n.zh),
        format!("Is of the kind of {}, but its conditions are not fully recorded here: check the official text.", n.en),
    )
}

pub fn text_not_loaded(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    let (zh, en) = if finding.entry.lead {
        ("标题系转述，未经核实", "heading reported by others, not verified")
    } else if finding.point.cut {
        ("只记载了部分文字", "only part of the wording is recorded")
    } else if finding.entry.recorded == Recorded::Heading {
        ("只记载了标题", "only the heading is recorded")
    } else {
        ("控制要点记载不全", "not all of its points are recorded")
    };
    both(format!("{}：{zh}。", code.zh), format!("{}: {en}.", code.en))
}

pub fn points_not_recorded(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    let n = finding.entry.declared_points.map_or_else(String::new, |n| n.to_string());
    both(
        format!("{} 的{n}控制要点未全部记载，判断依据是标题。", code.zh),
        format!(
            "Not all{} points of {} are recorded; the answer rests on the heading.",
            if n.is_empty() { String::new() } else { format!(" {n}") },
            code.en
        ),
    )
}

pub fn taken_from_the_code(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    both(
        format!("归类取自所给编码 {}，其条件未经检验。", code.zh),
        format!("The classification is the code given, {}; its conditions were not tested.", code.en),
    )
}

pub fn topic_only(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    both(
        format!("{} 只见主题，未见原文：提交前请对照官方文本。", code.zh),
        format!("Of {} only the topic was seen, not the wording: check the official text before you file.", code.en),
    )
}

pub fn if_technology_goes_along() -> Bilingual {
    both(
        "如果随货物转移技术（图纸、工艺、软件、派人传授），须另行判断。",
        "If technology goes along (drawings, process, software, people who teach), that is a question of its own.",
    )
}

pub fn list_not_known() -> Bilingual {
    both(
        "来源没有说明该条目属于禁止类还是限制类。",
        "The source does not say whether the entry is prohibited or restricted.",
    )
}

pub fn also_open(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(format!("还可能涉及{}，尚缺数据。", n.zh), format!("May also fall under {}; facts are missing.", n.en))
}

pub fn suspended(until: Option<Day>) -> Bilingual {
    match until {
        Some(until) => both(
            format!("该管制暂停实施至 {until}（按末日仍在暂停理解）。"),
            format!("The control is suspended until {until} (read as the last suspended day)."),
        ),
        None => both("该管制暂停实施。", "The control is suspended."),
    }
}

pub fn when_suspension_ends(until: Option<Day>) -> Bilingual {
    match until {
        Some(until) => both(
            format!("{until} 之后如无新公告，状态为“暂停期满未确认”；恢复实施即须申请许可。"),
            format!(
                "After {until}, without a new notice, the status is unconfirmed; once revived, a licence is required."
            ),
        ),
        None => both("恢复实施即须申请许可。", "Once revived, a licence is required."),
    }
}

pub fn lapsed(since: Day, note: &Bilingual) -> Bilingual {
    both(
        format!("暂停期已满（{since} 起），未见延长、恢复或者废止的公告：既不能当作放行，也不能当作已恢复。{}", note.zh),
        format!("The suspension has run out (since {since}) and no notice extending, reviving or ending it was seen: neither free nor known to be controlled. {}", note.en)
            .trim_end()
            .to_owned(),
    )
}

pub fn confirm_with_instrument() -> Bilingual {
    both("向商务部核实现状，并记录所依据的公告。", "Confirm the status with MOFCOM and record the notice relied on.")
}

pub fn not_yet(from: Day) -> Bilingual {
    both(
        format!("公告已发布，但自 {from} 起才施行。"),
        format!("The notice is published but takes effect only on {from}."),
    )
}

pub fn from_day(from: Day) -> Bilingual {
    both(format!("自 {from} 起须申请许可。"), format!("From {from} on a licence is required."))
}

pub fn if_technology_moves(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    let moves = list_of(&finding.doc.covers);
    let verb = match finding.entry.control {
        Control::Prohibited => ("禁止出口", "it is prohibited"),
        _ => ("须申请许可", "a licence is required"),
    };
    both(
        format!("如果出口的是{}，则属于{}，{}。", moves.zh, n.zh, verb.0),
        format!("If what moves is {}, it falls under {} and {}.", moves.en, n.en, verb.1),
    )
}

fn list_of(kinds: &[Moves]) -> Bilingual {
    let labels: Vec<Bilingual> = kinds.iter().map(|k| k.label()).collect();
    let zh: Vec<&str> = labels.iter().map(|l| l.zh.as_str()).collect();
    let en: Vec<&str> = labels.iter().map(|l| l.en.as_str()).collect();
    both(zh.join("、"), en.join(", "))
}

pub fn what_moves(kinds: &[Moves], stated: bool) -> Bilingual {
    let kinds = list_of(kinds);
    if stated {
        both(format!("出口的是{}。", kinds.zh), format!("What moves is {}.", kinds.en))
    } else {
        both(
            format!("从描述看，出口的是{}（推断）。", kinds.zh),
            format!("By the description, what moves is {} (inferred).", kinds.en),
        )
    }
}

pub fn wrong_kind(finding: &Finding<'_>, moves: &[Moves]) -> Bilingual {
    let n = named(finding);
    let (moving, covers) = (list_of(moves), list_of(&finding.doc.covers));
    both(
        format!("最接近的是{}，它管的是{}，而出口的是{}。", n.zh, covers.zh, moving.zh),
        format!("Nearest is {}, which is about {}; what moves is {}.", n.en, covers.en, moving.en),
    )
}

pub fn if_that_moves(finding: &Finding<'_>) -> Bilingual {
    let (n, covers) = (named(finding), list_of(&finding.doc.covers));
    both(
        format!("如果同时或者实际出口的是{}，则属于{}。", covers.zh, n.zh),
        format!("If {} moves (too), {} applies.", covers.en, n.en),
    )
}

pub fn inside(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("描述的是含有{}所列物项的产品。", n.zh),
        format!("What is described is a product with an item of {} in it.", n.en),
    )
}

pub fn if_removable() -> Bilingual {
    both(
        "如果它是产品的主要成分且可以拆下移作他用，或者单独出口，则按清单管制。",
        "If it is a principal element that can be taken out for other use, or is shipped by itself, the list applies.",
    )
}

pub fn not_that(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("最接近的是{}，但答复说明不是。", n.zh),
        format!("Nearest is {}, but the answer given says it is not that.", n.en),
    )
}

pub fn checked_by_hand(finding: &Finding<'_>) -> Bilingual {
    let code = code_of(finding);
    both(
        format!("{} 是否达到，依据的是您对照官方文本的判断，本书没有其完整指标。", code.zh),
        format!(
            "That {} is met rests on your reading of the official text; its conditions are not fully recorded here.",
            code.en
        ),
    )
}

/// True where a finding's tests ask for the parameter.
pub fn asks(book: &Book, vocabulary: &Vocabulary, finding: &Finding<'_>, asked: &str) -> bool {
    finding.tested.tests.iter().any(|t| predicate(book, vocabulary, &t.predicate).1 == asked)
}

pub fn not_known(book: &Book, asked: &str) -> Bilingual {
    let plain = || both(asked, asked);
    let name = book.property(asked).map_or_else(plain, |p| p.name.clone());
    both(format!("答复“不知道”：{}。", name.zh), format!("Answered with “I don't know”: {}.", name.en))
}

pub fn denied(concept: &Concept, finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    let zh = concept.zh.first().or(concept.en.first()).cloned().unwrap_or_default();
    let en = concept.en.first().or(concept.zh.first()).cloned().unwrap_or_default();
    both(
        format!("最接近的是{}，但问题说明不含（不是）{zh}。", n.zh),
        format!("Nearest is {}, but the question says it is without (is not) {en}.", n.en),
    )
}

pub fn unlike(concept: &Concept, finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    let zh = concept.zh.first().or(concept.en.first()).cloned().unwrap_or_default();
    let en = concept.en.first().or(concept.zh.first()).cloned().unwrap_or_default();
    both(
        format!("最接近的是{}；所述为{zh}，是另一种东西。", n.zh),
        format!("Nearest is {}; the question names {en}, which is another thing.", n.en),
    )
}

pub fn fails(book: &Book, vocabulary: &Vocabulary, finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    let failed = finding.tested.tests.iter().find(|t| t.result == Truth::NotMet);
    let Some(test) = failed else {
        return both(
            format!("最接近的是{}，其条件不成立。", n.zh),
            format!("Nearest is {}; its conditions do not hold.", n.en),
        );
    };
    let (name, _, limit) = predicate(book, vocabulary, &test.predicate);
    let stated = test.stated.clone().unwrap_or_default();
    both(
        format!("最接近的是{}：{}要求 {limit}，所述为 {stated}，未达到。", n.zh, name.zh),
        format!("Nearest is {}: {} must be {limit}; stated {stated}: not met.", n.en, name.en),
    )
}

pub fn if_it_were_met(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("如果实测值达到{}的全部条件，则须申请许可。", n.zh),
        format!("If measured values meet all conditions of {}, a licence is required.", n.en),
    )
}

pub fn which_kind(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("只说了大类；清单所列的是其中一种（例如{}）：请说明是哪一种。", n.zh),
        format!("Only a wider kind is named; what is listed is one sort of it (such as {}): say which it is.", n.en),
    )
}

pub fn sounds_like(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("文字上接近{}，但尚不能确认是同一类：请确认。", n.zh),
        format!("The words are close to {}, but whether it is that is not confirmed.", n.en),
    )
}

pub fn narrower_kind(finding: &Finding<'_>) -> Bilingual {
    let n = named(finding);
    both(
        format!("{}是其中较窄的一类，所述数值没有排除它：请确认是否属于该类。", n.zh),
        format!(
            "{} is a narrower kind that the values stated do not rule out: whether it is of that kind is not said.",
            n.en
        ),
    )
}

pub fn hedged(exclusion: &Exclusion) -> Bilingual {
    let (zh, en) = if exclusion.words.is_empty() {
        ("有保留".to_owned(), "hedged".to_owned())
    } else {
        (format!("“{}”", exclusion.words.zh), format!("“{}”", exclusion.words.en))
    };
    both(
        format!("官方表述为{zh}，个案仍可能不同；拿不准请向商务部咨询。"),
        format!("The official words are {en}: a case can differ; in doubt ask MOFCOM."),
    )
}

/// An official statement frees from the entries it speaks of, and from no other.
pub fn only_about(book: &Book, exclusion: &Exclusion) -> Bilingual {
    let notice = exclusion.notice.as_ref().and_then(|id| book.instruments.get(id)).map(|act| act.short.clone());
    let of = notice.unwrap_or_else(|| {
        let entries = exclusion.entries.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        both(&*entries, &*entries)
    });
    both(
        format!(
            "该说明只针对{}的物项；本答复按描述没有找到与之相近的其他条目，但产品若因自身特性另被列管，不在此说明之内。",
            of.zh
        ),
        format!(
            "The statement is about items of {} only; by its description nothing else was found near, but a product listed for characteristics of its own is not freed by it.",
            of.en
        ),
    )
}

pub fn coverage(coverage: &Coverage, list: &ControlList) -> Bilingual {
    let name = &list.head.short;
    let edition = list.editions.iter().find(|e| Some(e.id.as_str()) == coverage.edition.as_deref());
    let edition = edition.map_or_else(|| "-".to_owned(), |e| e.effective.to_string());
    let declared = coverage.declared.map_or_else(
        || both("总数未公布", "the total is not published"),
        |n| both(format!("共 {n} 项"), format!("of {n}")),
    );
    if coverage.recorded == 0 && coverage.edition.is_none() {
        return both(
            format!("{}：这一天有效的版本，本书没有任何条目。", name.zh),
            format!("{}: the book holds no entry of the edition in force on that day.", name.en),
        );
    }
    both(
        format!(
            "{}（{edition} 的版本）记载 {} 项（{}），其中 {} 项只有标题。未找到不等于不受管制。",
            name.zh, coverage.recorded, declared.zh, coverage.heading_only
        ),
        format!(
            "{} (edition of {edition}): {} entries recorded ({}), {} of them by heading only. Not found does not mean free.",
            name.en, coverage.recorded, declared.en, coverage.heading_only
        ),
    )
}

/// What would change a positive answer.
pub fn would_change(book: &Book, finding: &Finding<'_>) -> Vec<Bilingual> {
    let _ = book;
    let mut changes = Vec::new();
    for test in finding.tested.tests.iter().filter(|t| t.result == Truth::Met && t.stated.is_some()) {
        if let Predicate::Measure { limit, property, .. } = &test.predicate {
            if property.as_str() == "content" && limit.value.is_zero() {
                continue;
            }
            let name = book.properties.get(property).map(|p| p.name.clone()).unwrap_or_default();
            changes.push(both(
                format!("如果实测{}不满足 {}。", name.zh, sign_and_limit(&test.predicate)),
                format!("A measured {} that does not satisfy {}.", name.en, sign_and_limit(&test.predicate)),
            ));
        }
    }
    changes
}

fn sign_and_limit(predicate: &Predicate) -> String {
    match predicate {
        Predicate::Measure { comparison, limit, .. } => format!("{} {limit}", comparison.sign()),
        Predicate::Fact { .. } => String::new(),
    }
}

/// A predicate's name, property id and limit for people.
pub fn predicate(book: &Book, vocabulary: &Vocabulary, predicate: &Predicate) -> (Bilingual, String, String) {
    match predicate {
        Predicate::Fact { property, wanted } => {
            let name = book.properties.get(property).map(|p| p.name.clone()).unwrap_or_default();
            (name, property.to_string(), if *wanted { "yes" } else { "no" }.to_owned())
        }
        Predicate::Measure { property, of, comparison, limit, at } => {
            let mut name = book.properties.get(property).map(|p| p.name.clone()).unwrap_or_default();
            let mut id = property.to_string();
            if let Some(of) = of {
                id = format!("{property}[{of}]");
                if let Some(concept) = vocabulary.index(of).map(|i| vocabulary.concept(i)) {
                    let zh = concept.zh.first().or(concept.en.first()).cloned().unwrap_or_default();
                    let en = concept.en.first().or(concept.zh.first()).cloned().unwrap_or_default();
                    name = both(format!("{zh}含量"), format!("content of {en}"));
                }
            }
            let mut shown = format!("{} {limit}", comparison.sign());
            if let Some(at) = at {
                let under = book.properties.get(&at.property).map(|p| p.name.clone()).unwrap_or_default();
                shown = format!("{shown} @ {}", at.value);
                name = both(
                    format!("{}（{} {}）", name.zh, under.zh, at.value),
                    format!("{} ({} {})", name.en, under.en, at.value),
                );
            }
            (name, id, shown)
        }
    }
}
