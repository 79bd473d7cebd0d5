//! From the words of a point to typed parameters: limits, what the thing is, what software or technology is for.

use yumen_assess::{Engine, NamedConcept, WordingTerms, fold};
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

/// What may follow the name of a thing without making it another thing.
const AFTER: &[&str] = &["技术", "及其混合物", "及其制品", "相关物项", "的技术", "制备技术", "生产技术"];
/// What joins alternatives.
const JOINING: &[&str] = &["、", "和", "与", "或", "及", "以及", "或者"];

/// Words between names that say nothing of what the thing is: 具有下述所有特性的, and a limit in front (容积大于等于5 m³的).
fn says_no_thing(gap: &str, start: usize, terms: &WordingTerms) -> bool {
    let Some(said) = gap.trim().strip_suffix('的') else { return gap.trim().is_empty() };
    if let Some(rest) = said.strip_prefix("具有") {
        let rest = ["下述", "以下", "下列"].iter().find_map(|w| rest.strip_prefix(w));
        let rest = rest.map(|r| ["所有", "全部", "任一", "任何"].iter().find_map(|w| r.strip_prefix(w)).unwrap_or(r));
        return matches!(rest, Some("特性" | "特征" | "特性之一" | "特征之一" | "一种特性"));
    }
    // The words before the figure name what is measured.
    let end = start + gap.chars().count() - 1;
    let measured = terms.limits.iter().find(|l| l.predicate.is_some() && start <= l.start && l.end == end);
    said.is_empty() || measured.is_some_and(|l| l.start - start <= 8)
}

/// The end of the words that name the thing: what stands behind a bracket or a comma are its limits.
fn name_end(terms: &WordingTerms, chars: &[char]) -> usize {
    let in_name = |i: usize| terms.concepts.iter().any(|c| c.start <= i && i < c.end);
    let ends = |i: &usize| matches!(chars[*i], '(' | ',' | ';' | '。' | ':') && !in_name(*i);
    (0..chars.len()).find(ends).unwrap_or(chars.len())
}

/// What the thing is, where the lexicon knows every word of its name: what qualifies it must be there as well. Where words are left, no
/// class is proposed, since the last noun alone would take in other things.
fn what_it_is(terms: &WordingTerms, chars: &[char], typed: &mut Typed, inside: impl Fn(usize) -> bool) {
    let end = name_end(terms, chars);
    let named = || terms.concepts.iter().filter(|c| c.end <= end && !inside(c.start));
    // The longest of those that overlap.
    let longest =
        |c: &&NamedConcept| !named().any(|o| o.start <= c.start && c.end <= o.end && o.end - o.start > c.end - c.start);
    let things: Vec<&NamedConcept> = named().filter(longest).collect();
    if things.is_empty() {
        if typed.concerns.is_empty() {
            typed.eyes.push(Bilingual::new(
                "词库中没有这一物项：只能按文字比较",
                "the lexicon does not know the thing: only its words can be compared",
            ));
        }
        return;
    }
    let mut groups: Vec<Vec<ConceptId>> = Vec::new();
    let (mut left, mut joined, mut qualified): (Vec<String>, bool, bool) = (Vec::new(), false, false);
    let mut at = 0;
    for thing in &things {
        let from = at;
        let gap: String = chars.get(at..thing.start).unwrap_or_default().iter().collect();
        let same_words = thing.start < at;
        at = at.max(thing.end);
        let contained = gap.ends_with('含')
            && chars.get(thing.end) == Some(&'的')
            && matches!(thing.kind, ConceptKind::Element | ConceptKind::Compound | ConceptKind::Material);
        let joining = JOINING.contains(&gap.as_str());
        if !(same_words || joining || contained || says_no_thing(&gap, from, terms)) {
            left.push(gap);
        }
        if thing.denied {
            left.push(chars[thing.start..thing.end].iter().collect());
        } else if contained {
            typed.contains.push(thing.id.clone());
        } else {
            match groups.last_mut() {
                Some(group) if same_words || joining => {
                    joined |= joining;
                    group.push(thing.id.clone());
                }
                last => {
                    qualified |= last.is_some();
                    groups.push(vec![thing.id.clone()]);
                }
            }
        }
    }
    let tail: String = chars.get(at..end).unwrap_or_default().iter().collect();
    let tail = tail.trim().to_owned();
    if !tail.is_empty() && !AFTER.contains(&tail.as_str()) {
        left.push(tail);
    }
    // 铌靶材和钽靶材: what qualifies which cannot be told.
    if joined && qualified {
        left.push(chars[..end].iter().collect());
    }
    if !left.is_empty() || groups.is_empty() {
        let words = left.iter().map(|w| w.trim()).collect::<Vec<_>>();
        typed.eyes.push(Bilingual::new(
            format!("物项类别不能由文字确定，未解释的词：{}；只能按文字比较，请补充 class", words.join("、")),
            format!(
                "what the thing is cannot be told; words not accounted for: {}; only its words can be compared until class is added",
                words.join(", ")
            ),
        ));
        return;
    }
    let whole = things.len() == 1 && things[0].start == 0 && at == chars.len();
    if !whole {
        let said = |by: &str, or: &str| {
            let group = |g: &Vec<ConceptId>| g.iter().map(ConceptId::as_str).collect::<Vec<_>>().join(or);
            groups.iter().map(group).collect::<Vec<_>>().join(by)
        };
        typed.eyes.push(Bilingual::new(
            format!("物项类别拟为 {}", said(" 且 ", " 或 ")),
            format!("the class proposed is {}", said(" and ", " or ")),
        ));
    }
    typed.class = groups;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(words: &str) -> (Vec<String>, String) {
        let engine = Engine::new(std::sync::Arc::new(yumen_lawbook::Book::embedded().expect("the book")));
        let typed = read(&engine, words, true);
        let group = |g: &Vec<ConceptId>| g.iter().map(ConceptId::as_str).collect::<Vec<_>>().join("|");
        (
            typed.class.iter().map(group).collect(),
            typed.eyes.iter().map(|e| e.en.as_str()).collect::<Vec<_>>().join("; "),
        )
    }

    #[test]
    fn a_class_is_proposed_only_where_every_word_of_the_name_is_known() {
        for (words, unknown) in [("大型晶体的控制软件", "大型"), ("溅射用铌靶材", "溅射用"), ("超薄石墨", "超薄")]
        {
            let (class, eyes) = classes(words);
            assert!(class.is_empty() && eyes.contains(unknown), "{words}: {class:?} {eyes}");
        }
        assert_eq!(classes("铌靶材，厚度小于5 mm").0, ["niobium", "sputtering_target"]);
        assert_eq!(classes("铌靶材和钽靶材").0, Vec::<String>::new());
    }
}
