//! Finding terms in text: lexicon words, property words, cues. Longest term first, whole words only.

use std::collections::BTreeMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};

use super::fold::{Folded, fold, is_han, is_wordy};

/// How a term is compared with the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Casing {
    /// In any letter case.
    Any,
    /// As written: abbreviations and formulas, which are other words in other letters.
    Exact,
}

/// Where a term stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found<T> {
    /// First character.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// What the term means.
    pub meaning: T,
}

/// A table of terms.
pub struct Terms<T> {
    any: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    exact: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    any_meanings: Vec<Vec<T>>,
    exact_meanings: Vec<Vec<T>>,
    han: Vec<bool>,
    han_exact: Vec<bool>,
}

/// The form in which terms and text are compared: hyphens between words are blanks, blanks are single.
///
/// Returns the characters and, for each, its position in the folded text.
fn scannable(chars: &[char]) -> (Vec<char>, Vec<usize>) {
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = Vec::with_capacity(chars.len());
    for (index, &c) in chars.iter().enumerate() {
        let previous = index.checked_sub(1).map(|i| chars[i]);
        let next = chars.get(index + 1).copied();
        let joins = c == '-' && previous.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphanumeric)
            || c == '-' && previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphabetic);
        let c = if joins || c == '_' { ' ' } else { c };
        if c == ' ' {
            // A blank matters only between two words of letters: Chinese is written with and without.
            let before = out.last().copied();
            let after = chars[index + 1..].iter().copied().find(|c| *c != ' ');
            let between_words = before.is_some_and(|b| b != ' ' && !is_han(b)) && after.is_some_and(|a| !is_han(a));
            if !between_words {
                continue;
            }
        }
        out.push(c);
        at.push(index);
    }
    (out, at)
}

impl<T: Clone + Ord> Terms<T> {
    /// A table of terms with their meanings. One term may have several meanings.
    pub fn new(terms: impl Iterator<Item = (impl AsRef<str>, Casing, T)>) -> Self {
        let mut any: BTreeMap<String, Vec<T>> = BTreeMap::new();
        let mut exact: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for (term, casing, meaning) in terms {
            let folded = fold(term.as_ref());
            let chars = if casing == Casing::Any { &folded.lower } else { &folded.cased };
            let key: String = scannable(chars).0.into_iter().collect();
            if key.is_empty() {
                continue;
            }
            let table = if casing == Casing::Any { &mut any } else { &mut exact };
            let held = table.entry(key).or_default();
            if !held.contains(&meaning) {
                held.push(meaning);
            }
        }
        let starts_han = |table: &BTreeMap<String, Vec<T>>| -> Vec<bool> {
            table.keys().map(|k| k.chars().next().is_some_and(is_han)).collect()
        };
        Self {
            han: starts_han(&any),
            han_exact: starts_han(&exact),
            any: automaton(any.keys()),
            exact: automaton(exact.keys()),
            any_meanings: any.into_values().collect(),
            exact_meanings: exact.into_values().collect(),
        }
    }

    /// Every term in `text`, the longest at each place, none overlapping, in order.
    pub fn find(&self, text: &Folded) -> Vec<Found<T>> {
        let (lower, at) = scannable(&text.lower);
        let (cased, at_cased) = scannable(&text.cased);
        let mut hits: Vec<(usize, usize, &[T])> = Vec::new();
        collect(self.any.as_ref(), &lower, &at, &self.any_meanings, &self.han, &mut hits);
        collect(self.exact.as_ref(), &cased, &at_cased, &self.exact_meanings, &self.han_exact, &mut hits);
        // Longest first at each start; of two that overlap, the one that begins first, then the longer.
        hits.sort_by(|a, b| (a.0, std::cmp::Reverse(a.1)).cmp(&(b.0, std::cmp::Reverse(b.1))));
        let mut found = Vec::new();
        let mut kept: Option<(usize, usize)> = None;
        for (start, end, meanings) in hits {
            if kept.is_some_and(|(s, e)| start < e && (start, end) != (s, e)) {
                continue;
            }
            kept = Some((start, end));
            found.extend(meanings.iter().map(|m| Found { start, end, meaning: m.clone() }));
        }
        found.dedup_by(|a, b| a == b);
        found
    }
}

fn automaton<'a>(keys: impl Iterator<Item = &'a String>) -> Option<CharwiseDoubleArrayAhoCorasick<u32>> {
    let patterns: Vec<(&str, u32)> = keys.zip(0..).map(|(k, i)| (k.as_str(), i)).collect();
    if patterns.is_empty() {
        return None;
    }
    CharwiseDoubleArrayAhoCorasickBuilder::new().build_with_values(patterns).ok()
}

fn collect<'t, T>(
    automaton: Option<&CharwiseDoubleArrayAhoCorasick<u32>>,
    chars: &[char],
    at: &[usize],
    meanings: &'t [Vec<T>],
    han: &[bool],
    hits: &mut Vec<(usize, usize, &'t [T])>,
) {
    let Some(automaton) = automaton else { return };
    let text: String = chars.iter().collect();
    // Byte offset -> character index: the automaton speaks in bytes.
    let mut index_of = vec![0_usize; text.len() + 1];
    for (index, (byte, _)) in text.char_indices().enumerate() {
        index_of[byte] = index;
    }
    index_of[text.len()] = chars.len();
    for hit in automaton.find_overlapping_iter(&text) {
        let (start, mut end) = (index_of[hit.start()], index_of[hit.end()]);
        let which = hit.value() as usize;
        if !han[which] || !chars.get(end.wrapping_sub(1)).copied().is_some_and(is_han) {
            if chars[start] != ' ' && is_wordy(chars[start]) && start > 0 && is_wordy(chars[start - 1]) {
                continue;
            }
            let last = chars[end - 1];
            if is_wordy(last) && chars.get(end).copied().is_some_and(is_wordy) {
                let Some(longer) = plural_end(chars, end) else { continue };
                end = longer;
            }
        }
        let (Some(&first), Some(&last)) = (at.get(start), at.get(end - 1)) else { continue };
        hits.push((first, last + 1, &meanings[which]));
    }
}

/// The end of an English plural or possessive that begins where the term ends.
fn plural_end(chars: &[char], end: usize) -> Option<usize> {
    let rest = &chars[end..];
    let word_ends = |n: usize| !rest.get(n).copied().is_some_and(is_wordy);
    match rest {
        ['s' | 'S', ..] if word_ends(1) => Some(end + 1),
        ['e', 's', ..] if word_ends(2) => Some(end + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Terms<u8> {
        Terms::new(
            [
                ("磁铁", Casing::Any, 1),
                ("钕铁硼磁铁", Casing::Any, 2),
                ("APT", Casing::Exact, 3),
                ("cutting insert", Casing::Any, 4),
                ("GaAs", Casing::Exact, 5),
                ("gan", Casing::Any, 6),
            ]
            .into_iter(),
        )
    }

    fn meanings(text: &str) -> Vec<u8> {
        table().find(&fold(text)).into_iter().map(|f| f.meaning).collect()
    }

    #[test]
    fn the_longest_term_wins() {
        assert_eq!(meanings("含镝釹鐵硼磁鐵和磁铁"), [2, 1]);
    }

    #[test]
    fn words_are_whole_words() {
        assert_eq!(meanings("cutting-inserts and organ pipes, gan"), [4, 6]);
        assert!(meanings("an apt remark").is_empty());
        assert_eq!(meanings("APT powder, GaAs晶片"), [3, 5]);
    }
}
