//! Names with words put in between: 操作系统内核安全增强 for 操作系统安全增强, "separating single rare earths" for "rare earth
//! separation". People put modifiers into names; the lexicon cannot hold every one of them.

use yumen_lawbook::lexicon::{Concept, ConceptKind};

use super::fold::{Folded, is_han};
use super::tokens::stem;

/// Longest Chinese name that is met loosely, in characters.
const LONGEST_NAME: usize = 12;
/// Longest English name, in words.
const MOST_NAME_WORDS: usize = 6;
/// Most characters put into a Chinese name.
const MOST_BETWEEN: usize = 4;
/// Most words put into an English name.
const MOST_WORDS: usize = 2;
/// Characters that join or part two things: a name does not reach across them.
const PARTING: &[char] =
    &['和', '与', '及', '或', '用', '为', '给', '含', '不', '非', '无', '未', '除', '把', '将', '在', '到', '从', '对'];
/// English words that a name does not reach across.
const PARTING_WORDS: &[&str] = &["and", "or", "without", "not", "with", "no", "using", "than", "but"];
/// English words that say nothing in a name.
const EMPTY: &[&str] = &[
    "of",
    "the",
    "a",
    "an",
    "for",
    "in",
    "on",
    "technology",
    "technologies",
    "technique",
    "techniques",
    "method",
    "process",
    "system",
];

/// A text split for loose meeting.
pub struct Split<'t> {
    text: &'t Folded,
    words: Vec<(String, usize, usize)>,
}

impl<'t> Split<'t> {
    /// Splits a text into its English words; the Chinese needs no splitting.
    pub fn new(text: &'t Folded) -> Self {
        let mut words = Vec::new();
        let mut at = 0;
        let wordy = |c: char| c.is_alphanumeric() && !is_han(c);
        while at < text.lower.len() {
            if wordy(text.lower[at]) {
                let end = (at..text.lower.len()).find(|i| !wordy(text.lower[*i])).unwrap_or(text.lower.len());
                words.push((text.lower[at..end].iter().collect(), at, end));
                at = end;
            } else {
                at += 1;
            }
        }
        Self { text, words }
    }

    /// Where the text names a concept with other words in between.
    pub fn find(&self, concept: &Concept) -> Option<(usize, usize)> {
        // Antimony trioxide powder is no antimony powder: what is put into the name of a substance makes another of it. Its words
        // may only be turned round: cyanides of sodium.
        let substance = matches!(concept.kind, ConceptKind::Element | ConceptKind::Compound);
        let most = if substance { 0 } else { MOST_WORDS };
        let han = concept.zh.iter().chain(&concept.trade).filter(|_| !substance).find_map(|name| {
            let mut chars = ['\0'; LONGEST_NAME];
            let length = chars.iter_mut().zip(name.chars()).map(|(slot, c)| *slot = c).count();
            let whole = name.chars().nth(LONGEST_NAME).is_none();
            let name = &chars[..length];
            (whole && length >= 4 && name.iter().all(|c| is_han(*c)))
                .then(|| with_gap(&self.text.lower, name))
                .flatten()
        });
        let turned = matches!(concept.kind, ConceptKind::Process | ConceptKind::Field | ConceptKind::Compound);
        han.or_else(|| {
            concept.en.iter().filter(|_| !self.words.is_empty()).find_map(|name| {
                let mut words = [""; MOST_NAME_WORDS];
                let mut telling = name.split([' ', '-']).filter(|w| !w.is_empty() && !EMPTY.contains(w));
                let length = words.iter_mut().zip(telling.by_ref()).map(|(slot, w)| *slot = w).count();
                (length >= 2 && telling.next().is_none())
                    .then(|| in_words(self, &words[..length], turned, most))
                    .flatten()
            })
        })
    }
}

/// `name` in two parts of at least two characters each, with a few characters between them.
fn with_gap(text: &[char], name: &[char]) -> Option<(usize, usize)> {
    let starts = text.windows(2).enumerate().filter(|(_, pair)| *pair == &name[..2]).map(|(at, _)| at);
    for start in starts {
        let same = text[start..].iter().zip(name).take_while(|(a, b)| a == b).count();
        for first in (2..=same.min(name.len() - 2)).rev() {
            let rest = &name[first..];
            let from = start + first;
            for gap in 1..=MOST_BETWEEN {
                let Some(found) = text.get(from + gap..from + gap + rest.len()) else { break };
                if !is_han(text[from + gap - 1]) || PARTING.contains(&text[from + gap - 1]) {
                    break;
                }
                // 稀土的分离 is 稀土分离; 稀土的铝锂合金 is no 稀土合金.
                if gap > 1 && text[from..from + gap].contains(&'的') {
                    break;
                }
                if found == rest {
                    return Some((start, from + gap + rest.len()));
                }
            }
        }
    }
    None
}

/// The words of `name` in order, with a few others between; a process also with its last word first: "separating rare earths".
fn in_words(split: &Split<'_>, name: &[&str], turned: bool, most: usize) -> Option<(usize, usize)> {
    (0..split.words.len()).find_map(|start| {
        let straight = || follow(split, start, name.iter(), most);
        let last_first = || {
            turned.then(|| follow(split, start, name.last().into_iter().chain(&name[..name.len() - 1]), most)).flatten()
        };
        straight().or_else(last_first)
    })
}

fn follow<'n>(
    split: &Split<'_>,
    start: usize,
    mut name: impl Iterator<Item = &'n &'n str>,
    most: usize,
) -> Option<(usize, usize)> {
    let (first, from, end) = &split.words[start];
    let mut end = *end;
    if !same_word(first, name.next()?) {
        return None;
    }
    let mut at = start + 1;
    let mut between = 0;
    for word in name {
        loop {
            let (found, begin, stop) = split.words.get(at)?;
            let gap = &split.text.lower[end..*begin];
            if gap.iter().any(|c| !matches!(c, ' ' | '-')) || PARTING_WORDS.contains(&found.as_str()) {
                return None;
            }
            at += 1;
            end = *stop;
            if same_word(found, word) {
                break;
            }
            if !EMPTY.contains(&found.as_str()) {
                between += 1;
            }
            if between > most {
                return None;
            }
        }
    }
    Some((*from, end))
}

/// The same word in another form: separating and separation, earth and earths. Short words must be equal but for a plural.
fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if long.strip_suffix('s') == Some(short) || long.strip_suffix("es") == Some(short) {
        return true;
    }
    let shared = long.bytes().zip(short.bytes()).take_while(|(x, y)| x == y).count();
    if short.len() < 5 || shared < 5 || long.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // A turbojet is no turbofan, however much of the word they share: only endings of grammar may differ.
    let (long, short) = (stem(long), stem(short));
    let (long, short) = if long.len() >= short.len() { (long, short) } else { (short, long) };
    long.strip_prefix(short.as_str()).is_some_and(|rest| rest.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use yumen_lawbook::id::ConceptId;

    fn met(kind: ConceptKind, names: &[&str], text: &str) -> bool {
        let (zh, en): (Vec<&str>, Vec<&str>) = names.iter().partition(|n| n.chars().any(is_han));
        let owned = |v: Vec<&str>| v.into_iter().map(str::to_owned).collect();
        let concept = Concept { zh: owned(zh), en: owned(en), ..Concept::new(ConceptId::new("thing").unwrap(), kind) };
        let folded = fold(text);
        Split::new(&folded).find(&concept).is_some()
    }

    #[test]
    fn modifiers_may_stand_inside_a_name() {
        use ConceptKind::{Equipment, Process, Software};
        assert!(met(Software, &["操作系统安全增强"], "操作系统内核安全增强技术"));
        assert!(met(Process, &["rare earth separation"], "process for separating single rare earths of 99 % purity"));
        assert!(met(Equipment, &["五轴加工中心"], "五轴联动龙门加工中心"));
    }

    #[test]
    fn a_name_does_not_reach_across_what_parts_two_things() {
        use ConceptKind::{Equipment, Material};
        assert!(!met(Material, &["石墨电极"], "石墨用于电极"));
        assert!(!met(Material, &["高纯石墨"], "高纯氧化铝和石墨"));
        assert!(!met(Equipment, &["motor magnet"], "magnet for a motor"));
        assert!(!met(Material, &["graphite block"], "graphite and a block"));
        assert!(!met(Material, &["稀土合金"], "含稀土的铝锂合金"));
        assert!(!met(Material, &["polymer powder"], "polygon powder"));
        assert!(!met(Equipment, &["turbo-fan engine", "turbofan engine"], "turbojet engine"));
        assert!(!met(ConceptKind::Element, &["antimony powder"], "antimony trioxide powder"));
        assert!(met(ConceptKind::Compound, &["sodium cyanide"], "cyanides of sodium"));
    }
}
