//! Slips and pinyin: words that name nothing as they are written, read as the term they most likely mean. What was read otherwise is
//! told with the answer.

use std::collections::{BTreeMap, BTreeSet};

use fst::{Map, MapBuilder, Set, SetBuilder};
use pinyin::ToPinyin as _;
use serde::{Deserialize, Serialize};
use yumen_lawbook::lexicon::Concept;

use super::concepts::Mention;
use super::fold::{Folded, fold, is_han, is_wordy};

/// A word read as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Correction {
    /// As written.
    pub from: String,
    /// As read.
    pub to: String,
}

/// Shortest pinyin that is read as a term, in letters.
const SHORTEST_PINYIN: usize = 5;
/// Shortest English word that is corrected.
const SHORTEST_WORD: usize = 5;
/// From this length on two letters may be wrong.
const LONG_WORD: usize = 9;
/// Longest term looked for, in characters or words.
const LONGEST: usize = 10;
/// Longest text in which single wrong characters are looked for, in characters.
const SHORT_TEXT: usize = 60;

/// Characters of grammar, right as they stand: 里电解 is no 锂电解.
const GRAMMAR: &[char] =
    &['的', '里', '了', '和', '与', '是', '在', '或', '及', '把', '给', '为', '用', '从', '到', '中', '一'];
/// Nouns of chemistry that are right as they stand: 氧化物 is no 氧化钨.
const PLAIN_NOUNS: &[&str] = &["化物", "合物", "酸盐", "化学", "物质", "金属", "材料", "设备"];

/// What correcting needs to know.
#[derive(Serialize, Deserialize)]
pub struct Spelling {
    /// Pinyin of terms, without tones and blanks.
    #[serde(with = "bytes_of_map")]
    pinyin: Map<Vec<u8>>,
    /// The terms of each pinyin.
    spoken: Vec<Vec<String>>,
    /// Chinese terms of four characters and more, by length.
    han: BTreeMap<usize, Vec<String>>,
    /// English words of the lexicon, to which slips are corrected, by first letter.
    words: BTreeMap<char, Vec<String>>,
    /// English words that are no slips: of the lists, the lexicon, the properties.
    #[serde(with = "bytes_of_set")]
    known: Set<Vec<u8>>,
}

impl Spelling {
    /// The spellings of a lexicon; `texts` are more texts whose words are known.
    pub fn new<'t>(lexicon: &[Concept], texts: impl Iterator<Item = &'t str>) -> Self {
        let mut spoken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut han: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        for concept in lexicon {
            for name in concept.zh.iter().chain(&concept.trade).filter(|n| n.chars().all(is_han)) {
                let length = name.chars().count();
                if (2..=LONGEST).contains(&length) {
                    spoken.entry(pinyin_of(name)).or_default().insert(name.clone());
                }
                if (4..=LONGEST).contains(&length) {
                    han.entry(length).or_default().insert(name.clone());
                }
            }
            for name in &concept.en {
                words.extend(english(name).filter(|w| w.len() >= SHORTEST_WORD));
            }
        }
        let mut known: BTreeSet<String> = words.clone();
        texts.for_each(|t| known.extend(english(t)));
        lexicon.iter().flat_map(Concept::words).for_each(|w| known.extend(english(w)));
        let mut builder = MapBuilder::memory();
        for (place, key) in (0_u64..).zip(spoken.keys()) {
            builder.insert(key, place).expect("keys of a tree are in order");
        }
        let mut by_letter: BTreeMap<char, Vec<String>> = BTreeMap::new();
        for word in words {
            by_letter.entry(word.chars().next().unwrap_or(' ')).or_default().push(word);
        }
        Self {
            pinyin: builder.into_map(),
            spoken: spoken.into_values().map(|names| names.into_iter().collect()).collect(),
            han: han.into_iter().map(|(length, names)| (length, names.into_iter().collect())).collect(),
            words: by_letter,
            known: set(&known),
        }
    }

    /// What should be read otherwise in a text whose mentions are known, and the text as read.
    pub fn correct(&self, text: &Folded, mentions: &[Mention]) -> Option<(Folded, Vec<Correction>)> {
        let mut replacements: Vec<(usize, usize, String)> = Vec::new();
        self.latin(text, mentions, &mut replacements);
        self.homophones(text, mentions, &mut replacements);
        if mentions.is_empty() && replacements.is_empty() {
            self.wrong_characters(text, &mut replacements);
        }
        if replacements.is_empty() {
            return None;
        }
        replacements.sort();
        let mut out = String::new();
        let mut at = 0;
        let mut corrections = Vec::new();
        for (start, end, term) in replacements {
            if start < at {
                continue;
            }
            out.extend(&text.cased[at..start]);
            out.push_str(&term);
            corrections.push(Correction { from: text.cased[start..end].iter().collect(), to: term });
            at = end;
        }
        out.extend(&text.cased[at..]);
        Some((fold(&out), corrections))
    }

    /// The term that is spoken so, where there is exactly one shortest.
    fn term(&self, pinyin: &str) -> Option<&str> {
        let place = usize::try_from(self.pinyin.get(pinyin)?).ok()?;
        self.spoken.get(place)?.iter().min_by_key(|t| t.chars().count()).map(String::as_str)
    }

    /// Pinyin among Latin letters, and slips in English words.
    fn latin(&self, text: &Folded, mentions: &[Mention], out: &mut Vec<(usize, usize, String)>) {
        let words = latin_words(text);
        let mut at = 0;
        while at < words.len() {
            let taken = |i: usize| {
                let (start, end) = words[i];
                mentions.iter().any(|m| m.start < end && start < m.end)
            };
            if taken(at) {
                at += 1;
                continue;
            }
            if is_name(text, words[at].0) {
                at += 1;
                continue;
            }
            let mut last = None;
            let mut joined = String::new();
            for next in at..words.len().min(at + LONGEST) {
                let beside =
                    next == at || text.lower[words[next - 1].1..words[next].0].iter().all(|c| matches!(c, ' ' | '\''));
                if !beside || taken(next) {
                    break;
                }
                joined.extend(&text.lower[words[next].0..words[next].1]);
                if joined.len() >= SHORTEST_PINYIN
                    && let Some(term) = self.term(&joined)
                {
                    last = Some((next, term.to_owned()));
                }
            }
            let all_english = |to: usize| (at..=to).all(|i| self.is_known(&text.slice(words[i].0..words[i].1)));
            if let Some((to, term)) = last.filter(|(to, _)| !all_english(*to)) {
                out.push((words[at].0, words[to].1, term));
                at = to + 1;
                continue;
            }
            let (start, end) = words[at];
            if let Some(word) = self.slip(text, start, end) {
                out.push((start, end, word));
            }
            at += 1;
        }
    }

    fn is_known(&self, word: &str) -> bool {
        let stems = [
            word,
            word.trim_end_matches('s'),
            word.trim_end_matches("es"),
            word.trim_end_matches("ed"),
            word.trim_end_matches("ing"),
        ];
        stems.iter().any(|w| self.known.contains(w))
            || word.strip_suffix("ies").is_some_and(|w| self.known.contains(format!("{w}y")))
    }

    /// The one word of the lexicon that a misspelt word can mean.
    fn slip(&self, text: &Folded, start: usize, end: usize) -> Option<String> {
        let written = &text.cased[start..end];
        let word = text.slice(start..end);
        let plain = written.iter().skip(1).all(char::is_ascii_lowercase);
        if !plain || word.len() < SHORTEST_WORD || word.len() > 30 || !word.is_ascii() || self.is_known(&word) {
            return None;
        }
        let (stem, ending) = word.strip_suffix('s').map_or((word.as_str(), ""), |stem| (stem, "s"));
        let first = stem.chars().next()?;
        let most = if stem.len() >= LONG_WORD { 2 } else { 1 };
        let near = self.words.get(&first)?.iter().filter(|w| w.len().abs_diff(stem.len()) <= most);
        let mut near: Vec<(usize, &String)> =
            near.map(|w| (strsim::osa_distance(stem, w), w)).filter(|(distance, _)| *distance <= most).collect();
        near.sort_unstable();
        match near.as_slice() {
            [(_, one)] => Some(format!("{one}{ending}")),
            [(least, one), (next, _), ..] if least < next => Some(format!("{one}{ending}")),
            // None, or several as near: a guess would be a defect.
            _ => None,
        }
    }

    /// Chinese terms written with other characters of the same sound: 仲乌酸铵 for 仲钨酸铵.
    fn homophones(&self, text: &Folded, mentions: &[Mention], out: &mut Vec<(usize, usize, String)>) {
        let mut at = 0;
        while at < text.lower.len() {
            let found = self.homophone(text, at, mentions);
            if let Some((end, term)) = found {
                out.push((at, end, term));
                at = end;
            } else {
                at += 1;
            }
        }
    }

    fn homophone(&self, text: &Folded, start: usize, mentions: &[Mention]) -> Option<(usize, String)> {
        let mut spoken = String::new();
        let mut best = None;
        for end in start + 1..=(start + LONGEST).min(text.lower.len()) {
            let c = text.lower[end - 1];
            let Some(syllable) = c.to_pinyin().filter(|_| is_han(c)) else { break };
            spoken.push_str(syllable.plain());
            let length = end - start;
            if length < 3 {
                continue;
            }
            let Some(place) = self.pinyin.get(&spoken) else { continue };
            let terms = usize::try_from(place).ok().and_then(|p| self.spoken.get(p)).into_iter().flatten();
            for term in terms.filter(|t| t.chars().count() == length) {
                let wrong: Vec<usize> =
                    term.chars().zip(start..).filter(|(c, at)| text.lower[*at] != *c).map(|(_, at)| at).collect();
                // A character that belongs to a term as written is no slip.
                let meant = |at: &usize| {
                    GRAMMAR.contains(&text.lower[*at])
                        || mentions.iter().any(|m| m.start <= *at && *at < m.end)
                        || PLAIN_NOUNS.iter().any(|noun| covers(&text.lower, noun, *at))
                };
                if !wrong.is_empty() && wrong.len() * 2 <= length && !wrong.iter().any(meant) {
                    best = Some((end, term.clone()));
                }
            }
        }
        best
    }

    /// One wrong character in a term of four and more, where the text names nothing at all. The two characters must sound nearly
    /// alike: characters that are mistaken for each other nearly always share the part that gives the sound (硼, 棚), and without
    /// that 六氟化硫 would be read as 六氟化钨 and 油水分离器 as 相分离器, other things altogether.
    fn wrong_characters(&self, text: &Folded, out: &mut Vec<(usize, usize, String)>) {
        if text.len() > SHORT_TEXT {
            return;
        }
        for length in (4..=LONGEST).rev() {
            for start in 0..(text.len() + 1).saturating_sub(length) {
                let window = &text.lower[start..start + length];
                if !window.iter().all(|c| is_han(*c)) {
                    continue;
                }
                let one_wrong = |name: &&String| {
                    let mut wrong = name.chars().zip(window).filter(|(a, b)| a != *b);
                    wrong.next().is_some_and(|(a, b)| sound_alike(a, *b)) && wrong.next().is_none()
                };
                let near: Vec<&String> = self.han.get(&length).into_iter().flatten().filter(one_wrong).collect();
                if let [one] = near.as_slice() {
                    out.push((start, start + length, (*one).clone()));
                    return;
                }
            }
        }
    }
}

/// True where two characters are spoken alike, or alike to speakers who do not part zh from z, n from l, -ng from -n.
fn sound_alike(a: char, b: char) -> bool {
    let spoken = |c: char| {
        let plain = c.to_pinyin()?.plain();
        Some(plain.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n").replace('l', "n"))
    };
    spoken(a).is_some_and(|a| spoken(b).is_some_and(|b| a == b))
}

/// True for a capital inside an English sentence: it begins a name. California is no slip for californium, nor Hunan the pinyin of
/// 混胺.
fn is_name(text: &Folded, start: usize) -> bool {
    let before = text.cased[..start].iter().rev().find(|c| **c != ' ');
    text.cased[start].is_ascii_uppercase()
        && before.is_some_and(|c| (is_wordy(*c) && c.is_ascii_lowercase()) || *c == ',')
}

/// True where the text holds `word` over the character at `at`.
fn covers(text: &[char], word: &str, at: usize) -> bool {
    let length = word.chars().count();
    ((at + 1).saturating_sub(length)..=at)
        .any(|start| text.len() >= start + length && word.chars().zip(&text[start..]).all(|(a, b)| a == *b))
}

fn pinyin_of(term: &str) -> String {
    term.chars().filter_map(|c| c.to_pinyin()).map(pinyin::Pinyin::plain).collect()
}

fn english(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 1).map(str::to_ascii_lowercase)
}

/// Runs of Latin letters, without those that touch digits: those are names and numbers of parts.
fn latin_words(text: &Folded) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.lower.len() {
        if !is_wordy(text.lower[at]) {
            at += 1;
            continue;
        }
        let end = (at..text.lower.len()).find(|i| !is_wordy(text.lower[*i])).unwrap_or(text.lower.len());
        if text.lower[at..end].iter().all(char::is_ascii_alphabetic) {
            words.push((at, end));
        }
        at = end;
    }
    words
}

fn set(words: &BTreeSet<String>) -> Set<Vec<u8>> {
    let mut builder = SetBuilder::memory();
    for word in words {
        builder.insert(word).expect("words of a tree are in order");
    }
    builder.into_set()
}

mod bytes_of_map {
    use fst::Map;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(map: &Map<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(map.as_fst().as_bytes())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Map<Vec<u8>>, D::Error> {
        Map::new(<&[u8]>::deserialize(deserializer)?.to_vec()).map_err(serde::de::Error::custom)
    }
}

mod bytes_of_set {
    use fst::Set;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(set: &Set<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(set.as_fst().as_bytes())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Set<Vec<u8>>, D::Error> {
        Set::new(<&[u8]>::deserialize(deserializer)?.to_vec()).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use yumen_lawbook::id::ConceptId;
    use yumen_lawbook::lexicon::ConceptKind;

    fn spelling() -> Spelling {
        let concept = |id: &str, zh: &[&str], en: &[&str]| Concept {
            zh: zh.iter().map(ToString::to_string).collect(),
            en: en.iter().map(ToString::to_string).collect(),
            ..Concept::new(ConceptId::new(id).unwrap(), ConceptKind::Material)
        };
        let lexicon = [
            concept("apt", &["仲钨酸铵"], &["ammonium paratungstate"]),
            concept("graphite", &["人造石墨"], &["artificial graphite"]),
            concept("magnet", &["钕铁硼磁体"], &["neodymium magnet"]),
        ];
        Spelling::new(&lexicon, ["customer company wants some of these"].into_iter())
    }

    fn read(text: &str) -> String {
        let folded = fold(text);
        spelling().correct(&folded, &[]).map_or_else(|| text.to_owned(), |(text, _)| text.text())
    }

    #[test]
    fn slips_are_read_as_what_they_mean() {
        assert_eq!(read("仲乌酸铵 20 吨"), "仲钨酸铵 20 吨");
        assert_eq!(read("renzao shimo 密度1.8"), "人造石墨 密度1.8");
        assert_eq!(read("zhongwusuanan"), "仲钨酸铵");
        assert_eq!(read("neodynium magnets"), "neodymium magnets");
        assert_eq!(read("artifical graphit"), "artificial graphite");
        assert_eq!(read("钕铁棚磁体"), "钕铁硼磁体");
        assert_eq!(read("仁造石墨"), "人造石墨");
    }

    #[test]
    fn what_is_no_slip_is_left_alone() {
        for text in
            ["customer company wants these", "石磨一台", "PN 4A99 ABCDE", "Siemens magnets", "钕铁氧磁体", "仲钼酸铵"]
        {
            assert_eq!(read(text), text.to_owned(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}") {
            let folded = fold(&text);
            let _ = spelling().correct(&folded, &[]);
        }
    }
}
