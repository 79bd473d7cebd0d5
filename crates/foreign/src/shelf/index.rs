//! One document per paragraph, with what stands above it in fields of less weight.

use serde::{Deserialize, Serialize};
use yumen_assess::{Bag, Bm25, Engine, Measured, ReadText};

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
    pub words: Bm25,
}

/// Weights of fields.
const OWN: f32 = 1.0;
const ABOVE: f32 = 0.45;
const HEADING: f32 = 0.5;
const NOTE: f32 = 0.2;
const RELATED: f32 = 0.05;
/// How much a long document is held back.
const B: f32 = 0.35;

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
        Self { docs, measured, words: Bm25::new(bags, B) }
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
