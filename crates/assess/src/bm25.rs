//! BM25 over documents that are bags of weighted tokens: the Chinese lists and the lists of other regimes are searched by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::tokens::Key;

/// Tokens of a document with the weight of the fields they stand in.
pub type Bag = BTreeMap<Key, f32>;

/// Where the gain of saying a word again levels off.
const K1: f32 = 1.2;

/// For each token the documents that hold it and how strongly, in one run of memory.
#[derive(Default, Serialize, Deserialize)]
pub struct Bm25 {
    keys: Vec<Key>,
    /// Where the postings of each key end.
    ends: Vec<u32>,
    docs: Vec<u32>,
    weights: Vec<f32>,
    lengths: Vec<f32>,
    mean: f32,
    /// How much a long document is held back, between 0 and 1.
    b: f32,
}

impl Bm25 {
    /// An index over bags; an empty bag is a document that is never found.
    pub fn new(bags: Vec<Bag>, b: f32) -> Self {
        let lengths: Vec<f32> = bags.iter().map(|bag| bag.values().sum()).collect();
        let speaking = lengths.iter().filter(|l| **l > 0.0).count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a mean of at most some ten thousand documents")]
        let mean = (lengths.iter().sum::<f32>() / speaking as f32).max(1.0);
        let mut held: BTreeMap<Key, Vec<(u32, f32)>> = BTreeMap::new();
        for (doc, bag) in bags.into_iter().enumerate() {
            for (key, weight) in bag {
                held.entry(key).or_default().push((u32::try_from(doc).unwrap_or(u32::MAX), weight));
            }
        }
        let mut index = Self { lengths, mean, b, ..Self::default() };
        for (key, postings) in held {
            index.keys.push(key);
            for (doc, weight) in postings {
                index.docs.push(doc);
                index.weights.push(weight);
            }
            index.ends.push(u32::try_from(index.docs.len()).unwrap_or(u32::MAX));
        }
        index
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// True where there is no document.
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// The documents that hold a token, in order; empty where none does.
    fn of(&self, key: Key) -> impl ExactSizeIterator<Item = (usize, f32)> + '_ {
        let range = self.keys.binary_search(&key).map_or(0..0, |at| {
            let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            begin as usize..self.ends[at] as usize
        });
        self.docs[range.clone()].iter().zip(&self.weights[range]).map(|(doc, weight)| (*doc as usize, *weight))
    }

    /// True where a document holds a token.
    pub fn holds(&self, doc: usize, key: Key) -> bool {
        self.of(key).any(|(d, _)| d == doc)
    }

    /// Scores every document; each token of the question counts once, with its weight.
    pub fn score(&self, question: &Bag) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.len()];
        for (key, weight) in question {
            let postings = self.of(*key);
            let idf = self.idf(postings.len());
            for (doc, tf) in postings {
                scores[doc] += weight * idf * self.saturate(tf, doc);
            }
        }
        scores
    }

    /// What each token of a question added to a document's score, largest first.
    pub fn explain(&self, question: &Bag, doc: usize) -> Vec<(Key, f32)> {
        let mut parts: Vec<(Key, f32)> = question
            .iter()
            .filter_map(|(key, weight)| {
                let mut postings = self.of(*key);
                let idf = self.idf(postings.len());
                let (_, tf) = postings.find(|(d, _)| *d == doc)?;
                Some((*key, weight * idf * self.saturate(tf, doc)))
            })
            .collect();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        parts
    }

    /// The score a question would have against itself: what full coverage of its words is worth.
    pub fn full_score(&self, question: &Bag) -> f32 {
        question.iter().map(|(key, weight)| weight * self.idf(self.of(*key).len())).sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "document counts are far below 2^23")]
    fn idf(&self, frequency: usize) -> f32 {
        let (n, f) = (self.len() as f32, frequency as f32);
        ((n - f + 0.5) / (f + 0.5) + 1.0).ln()
    }

    fn saturate(&self, tf: f32, doc: usize) -> f32 {
        let norm = 1.0 - self.b + self.b * self.lengths[doc] / self.mean;
        tf * (K1 + 1.0) / (tf + K1 * norm)
    }
}
