//! From the words of a point to typed parameters: limits, what the thing is, what software or technology is for.

use yumen_assess::{Engine, WordingTerms, fold};
use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::id::ConceptId;
use yumen_lawbook::lexicon::ConceptKind;
use yumen_lawbook::predicate::{Condition, Predicate};

use crate::grammar::{codes, finds};

/// What the words of a point say in typed form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    /// Limits, joined as the words join them.
    pub when: Option<Condition>,
    /// What the thing is: every alternative must hold.
    pub class: Vec<Vec<ConceptId>>,
    /// What it must contain.
    pub contains: Vec<ConceptId>,
    /// Codes that software or technology is for.
    pub concerns: Vec<String>,
    /// What wants a human eye.
    pub eyes: Vec<Bilingual>,
}

/// Stretches of folded characters that say what is not meant.
fn exceptions(chars: &[char]) -> Vec<(usize, usize)> {
    let text: String = chars.iter().collect();
    let index = |byte: usize| text[..byte].chars().count();
    let mut spans = Vec::new();
    for opener in ["不包括", "不包含", "不含", "不属于", "不适用于"] {
        for (at, _) in text.match_indices(opener) {
            let start = index(at);
            let end = (start..chars.len()).find(|i| matches!(chars[*i], ')' | '。' | ';' | ',')).unwrap_or(chars.len());
            spans.push((start, end));
        }
    }
    for (at, _) in text.match_indices('除') {
        let start = index(at);
        if let Some(length) = chars[start..].iter().take(60).position(|c| *c == '外') {
            spans.push((start, start + length + 1));
        }
    }
    spans
}

/// Reads the words of a point. Only for an item of its own is it told what the thing is.
pub(crate) fn read(engine: &Engine, words: &str, is_item: bool) -> Typed {
    let folded = fold(words);
    let terms = engine.terms_of(words);
    let excepted = exceptions(&folded.cased);
    let inside = |start: usize| excepted.iter().any(|(a, b)| *a <= start && start < *b);
    let mut typed = Typed { concerns: concerns(words), ..Typed::default() };
    if !excepted.is_empty() {
        let said: Vec<String> = excepted.iter().map(|(a, b)| folded.cased[*a..*b].iter().collect()).collect();
        typed.eyes.push(Bilingual::new(
            format!("例外未转为参数：{}", said.join("；")),
            format!("an exception is not in the parameters: {}", said.join("; ")),
        ));
    }
    typed.when = limits(engine, &terms, &folded.cased, inside, &mut typed.eyes);
    // Headings and conditions are not things.
    if is_item {
        what_it_is(&terms, &folded.cased, &mut typed, inside);
    }
    typed
}

fn limits(
    engine: &Engine,
    terms: &WordingTerms,
    chars: &[char],
    inside: impl Fn(usize) -> bool,
    eyes: &mut Vec<Bilingual>,
) -> Option<Condition> {
    let units = &engine.book().units;
    let same = |a: &Predicate, b: &Predicate| match (a, b) {
        (
            Predicate::Measure { property, comparison, limit, .. },
            Predicate::Measure { property: other, comparison: compared, limit: against, .. },
        ) => {
            property == other
                && comparison == compared
                && units.compare(limit, against).is_ok_and(std::cmp::Ordering::is_eq)
        }
        _ => a == b,
    };
    // Groups of alternatives; all groups must hold.
    let mut groups: Vec<Vec<Predicate>> = Vec::new();
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for limit in terms.limits.iter().filter(|l| !inside(l.start)) {
        let Some(predicate) = &limit.predicate else {
            // 50×10⁻⁶ m（50 µm）: the bracket repeats what stands before it.
            let repeats = limit.start > 0
                && matches!(chars.get(limit.start - 1), Some('('))
                && kept.iter().any(|k| k.1 + 1 == limit.start);
            if !repeats {
                eyes.push(Bilingual::new(
                    format!("“{}”说的是哪一个参数，未能识别", limit.words),
                    format!("it could not be told what {:?} measures", limit.words),
                ));
            }
            continue;
        };
        let between =
            kept.last().map(|(_, end)| chars.get(*end..limit.start).unwrap_or_default().iter().collect::<String>());
        let bracketed = between.as_deref() == Some("(");
        let repeated = groups.iter().flatten().any(|p| same(p, predicate));
        if repeated || (bracketed && groups.last().is_some_and(|g| g.iter().any(|p| restates(p, predicate, units)))) {
            kept.push((limit.start, limit.end));
            continue;
        }
        let alternative = between.is_some_and(|b| b.contains('或') && !b.contains("或等于"));
        match groups.last_mut() {
            Some(group) if alternative => group.push(predicate.clone()),
            _ => groups.push(vec![predicate.clone()]),
        }
        kept.push((limit.start, limit.end));
    }
    untyped_numbers(terms, chars, eyes);
    let mut parts: Vec<Condition> = groups
        .into_iter()
        .map(|group| {
            let mut group: Vec<Condition> = group.into_iter().map(Condition::Is).collect();
            if group.len() == 1 { group.remove(0) } else { Condition::Any(group) }
        })
        .collect();
    match parts.len() {
        0 => None,
        1 => Some(parts.remove(0)),
        _ => Some(Condition::All(parts)),
    }
}

/// True where the second only repeats the value of the first in another unit.
fn restates(first: &Predicate, second: &Predicate, units: &yumen_lawbook::quantity::Units) -> bool {
    match (first, second) {
        (Predicate::Measure { limit: a, .. }, Predicate::Measure { limit: b, .. }) => {
            units.compare(a, b).is_ok_and(std::cmp::Ordering::is_eq)
        }
        _ => false,
    }
}

/// Numbers that stand in no limit: a person should see whether they are a threshold.
fn untyped_numbers(terms: &WordingTerms, chars: &[char], eyes: &mut Vec<Bilingual>) {
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && (chars[at].is_ascii_digit() || chars[at] == '.') {
            at += 1;
        }
        let wordy = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '/' | '^'));
        let in_limit = terms.limits.iter().any(|l| l.start <= start && start < l.end);
        let in_name = terms.concepts.iter().any(|c| c.start <= start && start < c.end);
        let part_of_word = start > 0 && wordy(chars.get(start - 1))
            || chars.get(at).is_some_and(char::is_ascii_alphabetic) && !in_limit;
        let before: String = chars[start.saturating_sub(2)..start].iter().collect();
        if !in_limit && !in_name && !part_of_word && !before.ends_with('第') && !before.ends_with('(') {
            let number: String = chars[start..at].iter().collect();
            eyes.push(Bilingual::new(
                format!("数字{number}没有转为参数"),
                format!("the number {number} is in no parameter"),
            ));
        }
    }
}

/// `生产1C004、1C117.c项的技术`: the codes the technology is for.
fn concerns(words: &str) -> Vec<String> {
    let technology = words.contains("技术") || words.contains("软件");
    if !technology {
        return Vec::new();
    }
    finds(words, codes::controls)
        .into_iter()
        .filter(|(start, end, _)| {
            let denied = words[..*start].ends_with('非');
            !denied && (words[*end..].starts_with('项') || words[*end..].starts_with("所"))
        })
        .flat_map(|(_, _, codes)| codes)
        .map(|c: Code| c.to_string())
        .collect()
}

/// What the thing is: the concept its words end with, and what it contains where they say 含X的.
fn what_it_is(terms: &WordingTerms, chars: &[char], typed: &mut Typed, inside: impl Fn(usize) -> bool) {
    let things: Vec<_> = terms.concepts.iter().filter(|c| !c.denied && !inside(c.start)).collect();
    let Some(last) = things.last() else {
        if typed.concerns.is_empty() {
            typed.eyes.push(Bilingual::new(
                "词库中没有这一物项：只能按文字比较",
                "the lexicon does not know the thing: only its words can be compared",
            ));
        }
        return;
    };
    let tail: String = chars[last.end..].iter().collect();
    let whole = last.start == 0 && tail.trim().is_empty();
    let ends = ["", "技术", "及其混合物", "及其制品", "相关物项", "的技术", "制备技术", "生产技术"]
        .contains(&tail.trim())
        || tail.starts_with('(')
        || tail.starts_with(',')
        || tail.starts_with('的');
    if !ends {
        typed.eyes.push(Bilingual::new(
            "物项类别不能由文字确定：只能按文字比较，请补充 class",
            "what the thing is cannot be told from the words: add class",
        ));
        return;
    }
    typed.class.push(vec![last.id.clone()]);
    for other in things.iter().filter(|c| c.id != last.id) {
        let before: String = chars[other.start.saturating_sub(2)..other.start].iter().collect();
        let after: String = chars[other.end..chars.len().min(other.end + 2)].iter().collect();
        if before.ends_with('含')
            && after.starts_with('的')
            && matches!(other.kind, ConceptKind::Element | ConceptKind::Compound | ConceptKind::Material)
        {
            typed.contains.push(other.id.clone());
        }
    }
    if !whole {
        typed
            .eyes
            .push(Bilingual::new(format!("物项类别拟为 {}", last.id), format!("the class proposed is {}", last.id)));
    }
}
