//! Finding terms in text: lexicon words, property words, cues. Longest term first, whole words only.

use std::collections::BTreeMap;

use fst::raw::Output;
use fst::{Map, MapBuilder};
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Serialize, Deserialize)]
pub struct Terms<T> {
    any: Table<T>,
    exact: Table<T>,
}

/// The terms of one casing: an automaton over their characters, and what each means.
#[derive(Clone, Serialize, Deserialize)]
struct Table<T> {
    #[serde(with = "automaton")]
    terms: Map<Vec<u8>>,
    meanings: Vec<Vec<T>>,
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
        Self { any: Table::new(any), exact: Table::new(exact) }
    }

    /// Every term in `text`, the longest at each place, none overlapping, in order.
    pub fn find(&self, text: &Folded) -> Vec<Found<T>> {
        longest(&self.every(text))
    }
}

/// Of what was found everywhere, the longest at each place, none overlapping: of two that overlap, the one that begins first, then the
/// longer.
pub fn longest<T: Clone + Ord>(every: &[Found<T>]) -> Vec<Found<T>> {
    let mut found: Vec<Found<T>> = Vec::new();
    for hit in every {
        if !found.last().is_some_and(|k| hit.start < k.end && (hit.start, hit.end) != (k.start, k.end)) {
            found.push(hit.clone());
        }
    }
    found
}

impl<T: Clone> Terms<T> {
    /// Every term in `text`, also inside longer ones, in order, at each place the longest first.
    pub fn every(&self, text: &Folded) -> Vec<Found<T>>
    where
        T: PartialEq,
    {
        let (lower, at) = scannable(&text.lower);
        let (cased, at_cased) = scannable(&text.cased);
        let mut hits: Vec<(usize, usize, &[T])> = Vec::new();
        self.any.collect(&lower, &at, &mut hits);
        self.exact.collect(&cased, &at_cased, &mut hits);
        hits.sort_by_key(|a| (a.0, std::cmp::Reverse(a.1)));
        let found = |(start, end, meanings): (usize, usize, &[T])| {
            meanings.iter().map(move |m| Found { start, end, meaning: m.clone() }).collect::<Vec<_>>()
        };
        let mut every: Vec<Found<T>> = hits.into_iter().flat_map(found).collect();
        every.dedup_by(|a, b| a == b);
        every
    }

    /// Every meaning of every term in `text`, also of terms inside longer ones.
    pub fn all(&self, text: &Folded) -> impl Iterator<Item = T>
    where
        T: PartialEq,
    {
        self.every(text).into_iter().map(|f| f.meaning)
    }
}

impl<T> Table<T> {
    fn new(terms: BTreeMap<String, Vec<T>>) -> Self {
        let mut builder = MapBuilder::memory();
        for (place, term) in (0_u64..).zip(terms.keys()) {
            // The tree gives its keys in order, each once, which is all the builder asks for.
            builder.insert(term, place).expect("terms in order");
        }
        Self { terms: builder.into_map(), meanings: terms.into_values().collect() }
    }

    /// Every term that begins anywhere in `chars` and is not a part of a longer word.
    fn collect<'t>(&'t self, chars: &[char], at: &[usize], hits: &mut Vec<(usize, usize, &'t [T])>) {
        for start in 0..chars.len() {
            let inside_word = is_wordy(chars[start]) && start > 0 && is_wordy(chars[start - 1]);
            if chars[start] == ' ' {
                continue;
            }
            self.walk(&chars[start..], |length, place| {
                let mut end = start + length;
                let last = chars[end - 1];
                let all_han = is_han(chars[start]) && is_han(last);
                if !all_han {
                    if inside_word {
                        return;
                    }
                    if is_wordy(last) && chars.get(end).copied().is_some_and(is_wordy) {
                        let Some(longer) = plural_end(chars, end) else { return };
                        end = longer;
                    }
                }
                if let (Some(&first), Some(&last), Some(meanings)) =
                    (at.get(start), at.get(end - 1), self.meanings.get(place))
                {
                    hits.push((first, last + 1, meanings));
                }
            });
        }
    }

    /// Calls `found` with the length and place of every term that begins `chars`.
    fn walk(&self, chars: &[char], mut found: impl FnMut(usize, usize)) {
        let automaton = self.terms.as_fst();
        let mut node = automaton.root();
        let mut sum = Output::zero();
        let mut buffer = [0_u8; 4];
        for (length, c) in (1..).zip(chars) {
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let Some(index) = node.find_input(byte) else { return };
                let transition = node.transition(index);
                sum = sum.cat(transition.out);
                node = automaton.node(transition.addr);
            }
            if node.is_final() {
                found(length, usize::try_from(sum.cat(node.final_output()).value()).unwrap_or(usize::MAX));
            }
        }
    }
}

/// The automaton as its bytes.
mod automaton {
    use fst::Map;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(map: &Map<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(map.as_fst().as_bytes())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<Vec<u8>>, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        Map::new(bytes.to_vec()).map_err(serde::de::Error::custom)
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
