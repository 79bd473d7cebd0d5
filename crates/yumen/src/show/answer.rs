//! An assessment for people: the verdict first, then why, then what would change it, what is not known, what to do.

use yumen_assess::answer::{Answer, Assessment, Candidate, PartyFinding, RegimeResult};
use yumen_assess::{Engine, Truth};
use yumen_lawbook::Lang;

use super::out::Page;
use super::paint::{MET, SOFT, in_ranges, in_style, style, truth};

/// The least score of a neighbour whose class is not named.
const LEAST: f32 = 0.25;
/// How many neighbours are shown.
const NEIGHBOURS: usize = 5;

/// Writes an assessment.
pub fn write(page: &mut Page, engine: &Engine, assessment: &Assessment) {
    let names = |id: &str, lang: Lang| engine.list_name(id, lang);
    asked(page, assessment);
    overview(page, assessment);
    let mut results: Vec<&RegimeResult> = assessment.results.iter().collect();
    results.sort_by_key(|r| r.answer.gravity());
    for result in results {
        regime(page, result, &names, &|text| engine.shared_words(&assessment.question.text, text));
    }
    parties(page, &assessment.parties);
    elsewhere(page, assessment);
    neighbours(page, assessment);
    page.gap();
    let version = &assessment.lawbook.version[..12.min(assessment.lawbook.version.len())];
    let notice = page.say(&assessment.notice).to_owned();
    page.wrapped("", "", &format!("{notice} {} {version}", page.pick("法律数据版本", "Law book")));
}

fn asked(page: &mut Page, assessment: &Assessment) {
    let day = assessment.as_of;
    let text: String = assessment.question.text.chars().take(200).collect();
    let law = match page.lang {
        Lang::Zh => format!("{day} 的法律"),
        Lang::En => format!("law as of {day}"),
    };
    let to = assessment.question.destination.as_ref().map(|d| format!(" → {d}")).unwrap_or_default();
    page.wrapped("", "", &format!("{text}{to}  ({law})"));
    for correction in &assessment.question.corrections {
        let read = page.pick("读作", "read as").to_owned();
        page.wrapped("  ", "  ", &in_style(SOFT, &format!("{} → {read} {}", correction.from, correction.to)));
    }
}

/// One line for whoever reads one line; then what changes soon, and what was not looked at.
fn overview(page: &mut Page, assessment: &Assessment) {
    let overview = &assessment.overview;
    page.gap();
    let headline = format!("{} {}", overview.answer.mark(), page.say(&overview.headline));
    page.wrapped("", "  ", &in_style(style(overview.answer), &headline));
    for change in &overview.soon {
        let text = format!(
            "{} {} {} [{}]",
            page.pick("即将变化", "Changes on"),
            change.day,
            page.say(&change.text),
            page.say(&change.cite)
        );
        page.wrapped("  ", "  ", &text);
    }
    for missing in &overview.unchecked {
        let text = page.say(missing).to_owned();
        page.wrapped("  ", "  ", &in_style(SOFT, &text));
    }
}

fn regime(
    page: &mut Page,
    result: &RegimeResult,
    names: &dyn Fn(&str, Lang) -> String,
    met: &dyn Fn(&str) -> Vec<std::ops::Range<usize>>,
) {
    page.gap();
    let verdict = result.answer.label();
    let until = result.until.map(|u| format!(" {} {u}", page.pick("至", "until"))).unwrap_or_default();
    let line = format!("{} {}{until}", result.answer.mark(), page.say(&verdict));
    let name = names(&result.regime, page.lang);
    let painted = format!("{}  {}", in_style(style(result.answer), &line), in_style(SOFT, &name));
    page.line(&painted);
    if let Some(entry) = &result.entry {
        let nearest = matches!(result.answer, Answer::NotFound | Answer::LikelyNotControlled | Answer::Depends);
        let lead = if nearest { page.pick("最接近：", "Nearest: ") } else { "" };
        let code = if entry.code.starts_with("uncoded:") {
            page.pick("（编号未见）", "(number not seen)").to_owned()
        } else {
            entry.code.clone()
        };
        let point = if entry.point.is_empty() { String::new() } else { format!(" · {}", entry.point) };
        let also = if entry.also.is_empty() {
            String::new()
        } else {
            format!("  [{} {}]", page.pick("其他版本编号", "other editions"), entry.also.join(", "))
        };
        let name = page.say(&entry.name).to_owned();
        let standing = page.say(&entry.standing).to_owned();
        page.wrapped("  ", "  ", &format!("{lead}{code}{point} {name} ({standing}){also}"));
        if entry.text != entry.name {
            let words = page.say(&entry.text).to_owned();
            let words = in_ranges(MET, &words, &met(&words));
            page.wrapped("    ", "    ", &format!("“{words}”"));
        }
    }
    reasons(page, result);
    conditions(page, result);
    list(page, "会改变结论的情况", "What would change this", "·", &result.would_change);
    list(page, "尚不清楚", "Not known", "·", &result.unknown);
    questions(page, result);
    advice(page, result);
    steps(page, result);
}

fn advice(page: &mut Page, result: &RegimeResult) {
    if result.advice.is_empty() {
        return;
    }
    let title = format!("  {}", page.pick("先做什么", "First"));
    page.line(&title);
    for advice in &result.advice {
        let cite = if advice.cite.is_empty() { String::new() } else { format!(" [{}]", page.say(&advice.cite)) };
        let text = format!("{}{cite}", page.say(&advice.text));
        page.item("·", &text);
    }
}

fn reasons(page: &mut Page, result: &RegimeResult) {
    if result.reasons.is_empty() {
        return;
    }
    let title = page.pick("  依据", "  Why").to_owned();
    page.line(&title);
    for reason in &result.reasons {
        let known = reason.verification.label();
        let source = format!("{} · {}", page.say(&reason.cite), page.say(&known));
        let text = format!("{} [{source}]", page.say(&reason.text).trim());
        page.item("·", &text);
    }
    for exclusion in result.exclusions.iter().filter(|e| !e.applied) {
        let text = format!(
            "{} {} [{}]",
            page.pick("考虑过的官方说明：", "Official statement considered:"),
            page.say(&exclusion.text),
            page.say(&exclusion.cite)
        );
        page.item("·", &text);
    }
}

fn conditions(page: &mut Page, result: &RegimeResult) {
    if result.parameters.is_empty() {
        return;
    }
    let rows: Vec<Vec<String>> = result
        .parameters
        .iter()
        .map(|p| {
            let word = match (p.result, page.lang) {
                (Truth::Met, Lang::Zh) => "达到",
                (Truth::Met, Lang::En) => "met",
                (Truth::NotMet, Lang::Zh) => "未达到",
                (Truth::NotMet, Lang::En) => "not met",
                (Truth::NotStated, Lang::Zh) => "待定",
                (Truth::NotStated, Lang::En) => "open",
            };
            let note = p.note.as_ref().map(|n| format!(" ({})", page.say(n))).unwrap_or_default();
            vec![
                page.say(&p.name).to_owned(),
                p.stated.clone().unwrap_or_else(|| "—".to_owned()),
                p.limit.clone(),
                format!("{} {word}{note}", truth(p.result)),
            ]
        })
        .collect();
    let head = [page.pick("条件", "Condition"), page.pick("所述", "Stated"), page.pick("界限", "Limit"), ""];
    page.table(&head, &rows);
}

fn list(page: &mut Page, zh: &str, en: &str, mark: &str, items: &[yumen_lawbook::Bilingual]) {
    if items.is_empty() {
        return;
    }
    let title = format!("  {}", page.pick(zh, en));
    page.line(&title);
    for item in items {
        let text = page.say(item).to_owned();
        page.item(mark, &text);
    }
}

fn questions(page: &mut Page, result: &RegimeResult) {
    if result.questions.is_empty() {
        return;
    }
    let title = format!("  {}", page.pick("回答这些问题可以定论", "Questions that would decide"));
    page.line(&title);
    for (number, asking) in result.questions.iter().enumerate() {
        let text = format!("{} {}", page.say(&asking.ask), in_style(SOFT, &format!("[{}]", page.say(&asking.why))));
        page.item(&format!("{}.", number + 1), &text);
    }
}

fn steps(page: &mut Page, result: &RegimeResult) {
    if result.next.is_empty() {
        return;
    }
    let title = format!("  {}", page.pick("应当怎么办", "What to do"));
    page.line(&title);
    let mut procedure = "";
    for (number, step) in result.next.iter().enumerate() {
        if step.procedure != procedure {
            procedure = &step.procedure;
            let named = format!("  {} ({procedure})", page.say(&step.procedure_name));
            page.line(&named);
        }
        let mut text = format!("{}（{}）", page.say(&step.step), page.say(&step.who));
        if page.lang == Lang::En {
            text = format!("{} ({})", page.say(&step.step), page.say(&step.who));
        }
        for clock in &step.clocks {
            let due = clock.latest.map(|d| {
                let provisional = if clock.provisional {
                    page.pick("，暂计（日历未公布）", ", provisional (calendar not published)")
                } else {
                    ""
                };
                format!(" {} {d}{provisional}", page.pick("→ 当日提交的，最迟", "→ if filed that day, at the latest"))
            });
            text = format!(
                "{text}\n◷ {}{}{}{}",
                page.say(&clock.name),
                page.pick("：", ": "),
                page.say(&clock.text),
                due.unwrap_or_default()
            );
        }
        if !step.papers.is_empty() {
            let papers: Vec<&str> = step.papers.iter().map(|p| page.say(p)).collect();
            text = format!("{text}\n{} {}", page.pick("材料：", "papers:"), papers.join(page.pick("、", ", ")));
        }
        let cite: Vec<&str> = step.cite.iter().map(|c| page.say(c)).collect();
        text = format!("{text} [{}]", cite.join(page.pick("；", "; ")));
        page.item(&format!("{}.", number + 1), &text);
    }
}

fn parties(page: &mut Page, parties: &[PartyFinding]) {
    if parties.is_empty() {
        return;
    }
    page.head("当事方", "Parties");
    for finding in parties {
        let name = [&finding.name.zh, &finding.name.en]
            .into_iter()
            .filter(|n| !n.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" / ");
        let text = format!(
            "{name}: {} — {} [{}]",
            page.say(&finding.list_name),
            page.say(&finding.standing),
            page.say(&finding.cite)
        );
        page.item("·", &text);
        let effect = crate::commands::standing::effect(finding, None);
        let effect = page.say(&effect).to_owned();
        page.wrapped("    ", "    ", &effect);
    }
}

/// Lists that are not in the book: those the question speaks of in full, the others by name.
fn elsewhere(page: &mut Page, assessment: &Assessment) {
    let silent = matches!(assessment.overview.answer, Answer::NotFound | Answer::LikelyNotControlled | Answer::Depends);
    let (named, others): (Vec<_>, Vec<_>) = assessment.elsewhere.iter().partition(|e| e.named);
    if named.is_empty() && (!silent || others.is_empty()) {
        return;
    }
    page.head("本书没有记载的清单", "Lists that are not recorded here");
    for note in named {
        let cite: Vec<&str> = note.cite.iter().map(|c| page.say(c)).collect();
        let text = format!(
            "{}: {} {} [{}]",
            page.say(&note.name),
            page.say(&note.text),
            page.say(&note.note),
            cite.join("; ")
        );
        page.item("‡", &text);
    }
    if silent && !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|e| page.say(&e.name)).collect();
        let text = format!("{}{}", page.pick("没有核对：", "Not checked: "), names.join(page.pick("；", "; ")));
        page.item("·", &text);
    }
}

fn neighbours(page: &mut Page, assessment: &Assessment) {
    let rows = |listed: bool| -> Vec<Vec<String>> {
        assessment
            .candidates
            .iter()
            .filter(|c| is_in_force(c) == listed && is_worth_showing(c))
            .take(NEIGHBOURS)
            .map(|c| {
                let code = if c.code.starts_with("uncoded:") { "—".to_owned() } else { c.code.clone() };
                let point = if c.point.is_empty() { code } else { format!("{code} · {}", c.point) };
                let mut name: String = page.say(&c.name).chars().take(40).collect();
                if c.lead {
                    name = format!("{name} ({})", page.pick("转述，标题未核实", "reported, heading not verified"));
                }
                vec![point, name, page.say(&c.standing).to_owned(), c.matched.join(" ")]
            })
            .collect()
    };
    let head = |page: &Page| {
        [
            page.pick("编码", "Code"),
            page.pick("名称", "Name"),
            page.pick("状态", "Standing"),
            page.pick("匹配", "Matched"),
        ]
        .map(str::to_owned)
    };
    let (now, then) = (rows(true), rows(false));
    if !now.is_empty() {
        page.head("看过的条目", "Entries looked at");
        let titles = head(page);
        page.table(&titles.each_ref().map(String::as_str), &now);
    }
    if !then.is_empty() {
        page.head("暂停、失效、草案或者尚未施行的", "Suspended, lapsed, draft or not yet in force");
        let titles = head(page);
        page.table(&titles.each_ref().map(String::as_str), &then);
    }
}

/// True for what is more than a word in common.
fn is_worth_showing(candidate: &Candidate) -> bool {
    candidate.class != "unnamed" || candidate.score.parse::<f32>().is_ok_and(|s| s >= LEAST)
}

/// True for what binds on the day; all else stands in a band of its own.
fn is_in_force(candidate: &Candidate) -> bool {
    candidate.status == "in_force"
}
