//! One document per paragraph, with what stands above it; scored by BM25 with field weights.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yumen_assess::{Engine, Key, Measured, ReadText};

use super::words;
use crate::list::ForeignList;

/// A paragraph, or the heading of an entry.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Doc {
    pub entry: usize,
    /// Index of the paragraph; `None` for the heading.
    pub paragraph: Option<usize>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Index {
    pub docs: Vec<Doc>,
    /// What each document's own words say in numbers, with the property they say it of.
    pub measured: Vec<Vec<Measured>>,
    keys: Vec<Key>,
    ends: Vec<u32>,
    postings: Vec<(u32, f32)>,
    lengths: Vec<f32>,
    mean: f32,
}

/// Weights of fields.
const OWN: f32 = 1.0;
const ABOVE: f32 = 0.45;
const HEADING: f32 = 0.5;
const NOTE: f32 = 0.2;
const RELATED: f32 = 0.05;
const K1: f32 = 1.2;
const B: f32 = 0.35;

/// Weighted counts of one text.
type Bag = BTreeMap<Key, f32>;

impl Index {
    pub fn new(engine: &Engine, list: &ForeignList) -> Self {
        let bag = |text: &str| bag_of(&engine.read_text(text));
        let mut docs = Vec::new();
        let mut measured = Vec::new();
        let mut bags: Vec<Bag> = Vec::new();
        for (at, entry) in list.entries.iter().enumerate() {
            let heading = bag(&entry.heading);
            let read: Vec<ReadText> = entry.paragraphs.iter().map(|p| engine.read_text(&p.words)).collect();
            let own: Vec<Bag> = read.iter().map(bag_of).collect();
            let notes: Vec<(&str, Bag)> = entry.notes.iter().map(|n| (n.after.as_str(), bag(&n.words))).collect();
            let mut of_entry = Bag::new();
            add(&mut of_entry, &heading, OWN);
            add(&mut of_entry, &bag(&entry.related), RELATED);
            notes.iter().filter(|(after, _)| after.is_empty()).for_each(|(_, n)| add(&mut of_entry, n, NOTE));
            docs.push(Doc { entry: at, paragraph: None });
            measured.push(Vec::new());
            bags.push(of_entry);
            for (index, paragraph) in entry.paragraphs.iter().enumerate() {
                if paragraph.is_reserved() {
                    continue;
                }
                let mut all = Bag::new();
                add(&mut all, &own[index], OWN);
                for (other, above) in entry.paragraphs.iter().enumerate() {
                    if other != index && crate::list::is_below(&paragraph.path, &above.path) {
                        add(&mut all, &own[other], ABOVE);
                    }
                }
                add(&mut all, &heading, HEADING);
                notes.iter().filter(|(after, _)| *after == paragraph.path).for_each(|(_, n)| add(&mut all, n, NOTE));
                docs.push(Doc { entry: at, paragraph: Some(index) });
                measured.push(read[index].measured.iter().filter(|m| m.property.is_some()).cloned().collect());
                bags.push(all);
            }
        }
        Self::of(docs, measured, bags)
    }

    fn of(docs: Vec<Doc>, measured: Vec<Vec<Measured>>, bags: Vec<Bag>) -> Self {
        let lengths: Vec<f32> = bags.iter().map(|bag| bag.values().sum()).collect();
        let mut by_key: BTreeMap<Key, Vec<(u32, f32)>> = BTreeMap::new();
        for (doc, bag) in bags.into_iter().enumerate() {
            for (key, weight) in bag {
                by_key.entry(key).or_default().push((u32::try_from(doc).unwrap_or(u32::MAX), weight));
            }
        }
        let mut index =
            Self { docs, measured, keys: Vec::new(), ends: Vec::new(), postings: Vec::new(), mean: 1.0, lengths };
        for (key, held) in by_key {
            index.keys.push(key);
            index.postings.extend(held);
            index.ends.push(u32::try_from(index.postings.len()).unwrap_or(u32::MAX));
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousand documents")]
        let count = index.docs.len().max(1) as f32;
        index.mean = (index.lengths.iter().sum::<f32>() / count).max(1.0);
        index
    }

    fn of_key(&self, key: Key) -> &[(u32, f32)] {
        self.keys.binary_search(&key).map_or(&[], |at| {
            let begin = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
            &self.postings[begin..self.ends[at] as usize]
        })
    }

    #[expect(clippy::cast_precision_loss, reason = "some thousand documents")]
    fn idf(&self, frequency: usize) -> f32 {
        let (n, f) = (self.docs.len() as f32, frequency as f32);
        ((n - f + 0.5) / (f + 0.5) + 1.0).ln()
    }

    /// Scores of all documents; every key counts once, with its weight.
    pub fn score(&self, query: &BTreeMap<Key, f32>) -> Vec<f32> {
        let mut scores = vec![0.0; self.docs.len()];
        for (key, weight) in query {
            let held = self.of_key(*key);
            let idf = self.idf(held.len());
            for (doc, tf) in held {
                let doc = *doc as usize;
                let norm = 1.0 - B + B * self.lengths[doc] / self.mean;
                scores[doc] += weight * idf * tf * (K1 + 1.0) / (tf + K1 * norm);
            }
        }
        scores
    }

    /// True where a document holds a key.
    pub fn holds(&self, doc: usize, key: Key) -> bool {
        let wanted = u32::try_from(doc).unwrap_or(u32::MAX);
        self.of_key(key).binary_search_by_key(&wanted, |(d, _)| *d).is_ok()
    }
}

fn bag_of(read: &ReadText) -> Bag {
    let mut bag = Bag::new();
    for term in words::terms(read) {
        *bag.entry(term.key).or_default() += 1.0;
    }
    if let Some(key) = words::initials(read) {
        *bag.entry(key).or_default() += 1.0;
    }
    bag
}

fn add(into: &mut Bag, from: &Bag, weight: f32) {
    for (key, count) in from {
        *into.entry(*key).or_default() += weight * count;
    }
}
