//! What the answer page calls: how a result is shown in passing, how a question is answered, how an entry meets the question.

use yumen_assess::answer::{Answer, Asking, Candidate, PartyFinding, RegimeResult};
use yumen_lawbook::Bilingual;

use super::{CheckField, MOVES, check_fields, typed};
use crate::views::check::Form;
use crate::visit::Visit;

/// The least score of an entry that only shares words with the question.
const LEAST: f32 = 0.25;

/// A result that decides nothing beside a graver one, in a line.
pub fn in_passing(r: &RegimeResult) -> Bilingual {
    match (r.regime.as_str(), r.answer) {
        ("technology", Answer::LikelyNotControlled) if r.procedure.is_none() => {
            Bilingual::new("管的是技术转移，不管货物本身", "governs the transfer of technology, not goods")
        }
        _ => r.answer.label(),
    }
}

/// True for a share of something, which is answered with none, yes or a figure.
fn is_share(q: &Asking) -> bool {
    q.parameter.starts_with("content[")
}

/// What can be answered to a question by choosing.
pub fn choices(q: &Asking) -> Vec<(&'static str, &'static str, &'static str)> {
    let unknown = ("unknown", "不知道", "I don’t know");
    match q.kind.as_str() {
        "moves" => MOVES.iter().copied().chain([unknown]).collect(),
        "yes_no" => vec![("yes", "是", "Yes"), ("no", "否", "No"), unknown],
        _ if is_share(q) => vec![
            ("no", "不含", "None"),
            ("trace", "仅痕量（低于0.1%）", "Only traces (below 0.1 %)"),
            ("yes", "含，含量不详", "Yes, share not known"),
            unknown,
        ],
        _ => vec![unknown],
    }
}

/// True where a figure answers the question.
pub fn takes_figure(q: &Asking) -> bool {
    !matches!(q.kind.as_str(), "yes_no" | "moves")
}

/// What stands beside the box for the figure.
pub fn figure_label<'v>(v: &'v Visit, q: &Asking) -> &'v str {
    match q.kind.as_str() {
        "fraction" if is_share(q) => v.t("含量", "Share"),
        "number" | "" => v.t("数值", "Figure"),
        _ => v.t("数值和单位", "Figure with its unit"),
    }
}

/// A figure as it may be written, in the unit that data sheets use.
pub fn figure_example(v: &Visit, q: &Asking) -> String {
    let unit = v.book().units.iter().find(|u| u.dimension == q.kind).map_or("", |u| u.symbol.as_str());
    format!("1.5 {unit}").trim_end().to_owned()
}

/// Values as people read them: `yes` and `no` are words, figures stay.
pub fn said(v: &Visit, value: &str) -> String {
    match value {
        "yes" => v.t("是", "yes").to_owned(),
        "no" => v.t("否", "no").to_owned(),
        "unknown" => v.t("不知道", "not known").to_owned(),
        "trace" => v.t("痕量", "traces").to_owned(),
        "goods" | "software" | "technology" | "service" => {
            MOVES.iter().find(|(id, _, _)| *id == value).map_or(value, |(_, zh, en)| v.t(zh, en)).to_owned()
        }
        figure => figure.to_owned(),
    }
}

/// True where a party found is taken for the listed one.
pub fn is_same_party(p: &PartyFinding) -> bool {
    p.similar.is_none_or(|s| s.same)
}

/// Entries that meet the question by more than a word.
pub fn worth_showing(candidates: &[Candidate]) -> Vec<&Candidate> {
    let near = |c: &&Candidate| c.class != "unnamed" || c.score.parse::<f32>().is_ok_and(|s| s >= LEAST);
    candidates.iter().filter(near).collect()
}

/// How an entry meets the question.
pub fn relation<'v>(v: &'v Visit, c: &Candidate) -> &'v str {
    use yumen_assess::Truth;
    match (c.class.as_str(), c.conditions) {
        ("confirmed", Truth::Met) => v.t("属于，条件达到", "of the class, conditions met"),
        ("confirmed", Truth::NotMet) => v.t("属于该类，条件未达到", "of the class, a condition fails"),
        ("confirmed", Truth::NotStated) => v.t("属于该类，条件待定", "of the class, conditions open"),
        ("inside", _) => v.t("只是其中的一部分", "only inside the thing"),
        ("broader", _) => v.t("只说了大类", "only a wider kind is named"),
        ("aim", _) => v.t("只是用途所及", "only what the thing is for"),
        ("denied", _) => v.t("问题说明不是", "the question says it is not"),
        ("unlike", _) => v.t("是另一种东西", "another thing"),
        ("suggested", _) => v.t("描述提示可能是", "the words suggest it"),
        ("partial", _) => v.t("部分相符", "in part"),
        _ => v.t("文字相近", "words in common"),
    }
}

/// Fields that the question leaves empty and the answer would need.
pub fn missing_fields(form: &Form, destination_known: bool) -> Vec<CheckField> {
    let wanted = |f: &CheckField| match f.name {
        "to" => !destination_known,
        "party" | "end_use" => true,
        _ => false,
    };
    check_fields().into_iter().filter(|f| wanted(f) && typed(form, f.name).trim().is_empty()).collect()
}

/// The words of a verdict by its name in data.
pub fn answer_label(answer: &str) -> Bilingual {
    let found = Answer::ALL.into_iter().find(|a| a.as_str() == answer);
    found.map_or_else(|| Bilingual::new(answer, answer), Answer::label)
}
