//! What a text is about without naming it: words that go with a subject add up to a suggestion, never to more. "Code that decides from
//! each viewer's taps which short video comes next" is about recommendation; whoever asks is asked whether it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use yumen_lawbook::lexicon::Concept;

use super::concepts::ConceptIndex;
use super::fold::{Folded, fold, is_han};
use super::terms::{Casing, Terms};
use super::tokens::stem;

/// How much must come together. A cue of its own counts ten, one that many subjects share counts less.
const NEEDED: u32 = 25;
const OWN: u32 = 10;
/// From this many subjects on a cue says little about each of them.
const COMMON: usize = 4;
/// Most subjects suggested by one text.
const MOST: usize = 4;

/// The cues of a lexicon.
#[derive(Serialize, Deserialize)]
pub struct Cues {
    terms: Terms<Cue>,
}

/// One cue of one concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Cue {
    concept: u32,
    /// Its place among the concept's cues: ways of saying it count once.
    place: u16,
    weight: u32,
}

impl Cues {
    /// The cues of every concept.
    pub fn new(lexicon: &[Concept]) -> Self {
        let mut all: Vec<(String, usize, usize)> = Vec::new();
        for (concept, c) in lexicon.iter().enumerate() {
            for (place, cue) in c.cues.iter().enumerate() {
                all.extend(cue.split('|').map(|way| (stemmed(&fold(way)).text(), concept, place)));
            }
        }
        let mut holders: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (way, concept, _) in &all {
            holders.entry(way).or_default().insert(*concept);
        }
        let weight = |way: &str| match holders.get(way).map_or(0, BTreeSet::len) {
            0..COMMON => OWN,
            many => OWN * 3 / u32::try_from(many).unwrap_or(u32::MAX),
        };
        let cue = |way: &str, concept: usize, place: usize| {
            let (concept, place) = (u32::try_from(concept).ok()?, u16::try_from(place).ok()?);
            Some(Cue { concept, place, weight: weight(way) })
        };
        let terms =
            all.iter().filter_map(|(way, concept, place)| Some((way, Casing::Any, cue(way, *concept, *place)?)));
        Self { terms: Terms::new(terms) }
    }

    /// The concepts that a text suggests, the strongest first.
    pub fn suggested(&self, text: &Folded) -> Vec<ConceptIndex> {
        let mut found: BTreeMap<u32, BTreeMap<u16, u32>> = BTreeMap::new();
        for hit in self.terms.all(&stemmed(text)) {
            found.entry(hit.concept).or_default().insert(hit.place, hit.weight);
        }
        let mut ranked: Vec<(u32, u32)> = found
            .into_iter()
            .map(|(concept, cues)| (cues.values().sum(), concept))
            .filter(|(w, _)| *w >= NEEDED)
            .collect();
        ranked.sort_by_key(|(weight, concept)| (std::cmp::Reverse(*weight), *concept));
        ranked.truncate(MOST);
        ranked.into_iter().filter_map(|(_, concept)| usize::try_from(concept).ok()).collect()
    }
}

/// The text with every word of letters by its stem, so that "grades", "grading" and "graded" are one cue.
fn stemmed(text: &Folded) -> Folded {
    let mut out = String::with_capacity(text.len());
    let wordy = |c: char| c.is_alphanumeric() && !is_han(c);
    let mut at = 0;
    while at < text.lower.len() {
        if !wordy(text.lower[at]) {
            out.push(text.lower[at]);
            at += 1;
            continue;
        }
        let end = (at..text.lower.len()).find(|i| !wordy(text.lower[*i])).unwrap_or(text.lower.len());
        let word: String = text.lower[at..end].iter().collect();
        out.push_str(&if word.is_ascii() { stem(&word) } else { word });
        at = end;
    }
    fold(&out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use yumen_lawbook::id::ConceptId;
    use yumen_lawbook::lexicon::ConceptKind;

    fn cues() -> Cues {
        let concept = |id: &str, cues: &[&str]| Concept {
            cues: cues.iter().map(ToString::to_string).collect(),
            ..Concept::new(ConceptId::new(id).expect("an id"), ConceptKind::Field)
        };
        Cues::new(&[
            concept("recommendation", &["viewer|用户行为", "watch time|观看时长", "short video|短视频", "rank|排序"]),
            concept("wind_tunnel", &["test section|试验段", "mach|马赫", "blowdown|下吹"]),
        ])
    }

    #[test]
    fn several_words_together_suggest_what_none_of_them_means() {
        let suggested = |text: &str| cues().suggested(&fold(text));
        assert_eq!(suggested("ranking code that learns from viewers' watch time which short video comes next"), [0]);
        assert_eq!(suggested("按用户行为和观看时长给短视频排序的代码"), [0]);
        assert_eq!(suggested("a blowdown tunnel, test section 2.4 m, Mach 0.4 to 1.4"), [1]);
    }

    #[test]
    fn one_or_two_words_suggest_nothing() {
        assert!(cues().suggested(&fold("short videos for viewers")).is_empty());
        assert!(cues().suggested(&fold("短视频，短视频，短视频")).is_empty());
    }
}
