//! Real notices against the hand-written book: how many sub-items carry every threshold.

use std::collections::{BTreeMap, BTreeSet};

use yumen_importers::Draft;
use yumen_lawbook::Book;
use yumen_lawbook::list::edition::{Edition, Operation};
use yumen_lawbook::list::entry::Point;
use yumen_lawbook::predicate::{Condition, Predicate};

/// Figures of one notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Sub-items of the hand-written file.
    pub points: usize,
    /// Of these, found under the same code with the same words.
    pub words: usize,
    /// Of these, with every threshold of the hand-written file and no other.
    pub thresholds: usize,
    /// Sub-items that carry a threshold by hand.
    pub with_thresholds: usize,
    /// Of these, right.
    pub with_thresholds_right: usize,
    /// Sub-items read that the hand-written file does not have.
    pub more: usize,
    /// What differs.
    pub differing: Vec<String>,
}

/// The points an edition says something of: full code and point.
fn of_edition(edition: &Edition) -> BTreeMap<String, Point> {
    let mut points = BTreeMap::new();
    for operation in &edition.operations {
        match operation {
            Operation::Add(entry) => {
                for point in &entry.points {
                    points.insert(entry.code.with_path(&point.path), point.clone());
                }
            }
            Operation::Modify(change) => {
                for point in change.add.iter().chain(&change.replace) {
                    points.insert(change.code.with_path(&point.path), point.clone());
                }
            }
            Operation::Remove(_) => {}
        }
    }
    points
}

/// Thresholds as comparable sentences. Two properties that the same words can mean, joined by or, count as one.
fn thresholds(book: &Book, when: Option<&Condition>) -> BTreeSet<String> {
    let measures = when.into_iter().flat_map(Condition::predicates).filter(|p| matches!(p, Predicate::Measure { .. }));
    measures
        .map(|p| match p {
            Predicate::Measure { comparison, limit, .. } => {
                let base = book.units.base(limit).map_or_else(|| limit.to_string(), |(v, of)| format!("{v} {of}"));
                format!("{} {base}", comparison.sign())
            }
            Predicate::Fact { .. } => String::new(),
        })
        .collect()
}

/// Thresholds with their property, for what must agree where the hand-written file names one property.
fn properties(when: Option<&Condition>) -> BTreeSet<String> {
    when.into_iter()
        .flat_map(Condition::predicates)
        .filter_map(|p| match p {
            Predicate::Measure { property, .. } => Some(property.to_string()),
            Predicate::Fact { .. } => None,
        })
        .collect()
}

fn key(text: &str) -> String {
    yumen_assess::fold(text).lower.into_iter().filter(|c| c.is_alphanumeric()).collect()
}

/// Compares a draft made against `blind`, a book without this notice, with the hand-written edition.
pub fn compare(
    book: &Book,
    hand: &Edition,
    draft: &Draft,
    blind: &[yumen_lawbook::SourceFile],
) -> Result<Figures, String> {
    let adopted = draft.assemble(blind, |_| true).map_err(|e| e.to_string())?;
    let list = adopted.book.lists.values().find_map(|l| l.editions.iter().find(|e| e.instrument == hand.instrument));
    let read = list.map(of_edition).unwrap_or_default();
    let wanted = of_edition(hand);
    let mut figures = Figures::default();
    for (code, point) in &wanted {
        // Headings that the notice does not print are the book's own; 【保留】 says nothing.
        let ours = point.path.is_empty() && !read.contains_key(code);
        if point.reserved || point.text.zh.is_empty() || ours {
            continue;
        }
        figures.points += 1;
        let has = thresholds(book, point.when.as_ref());
        figures.with_thresholds += usize::from(!has.is_empty());
        let Some(found) = read.get(code) else {
            figures.differing.push(format!("{code}: not read ({})", point.text.zh));
            continue;
        };
        let words = key(&found.text.zh) == key(&point.text.zh);
        figures.words += usize::from(words);
        let said = properties(found.when.as_ref());
        let meant = properties(point.when.as_ref());
        let right = thresholds(book, found.when.as_ref()) == has && said.iter().all(|p| meant.contains(p));
        figures.thresholds += usize::from(right);
        figures.with_thresholds_right += usize::from(right && !has.is_empty());
        if !right || !words {
            let shown =
                |w: Option<&Condition>| w.map(|w| serde_json::to_string(w).unwrap_or_default()).unwrap_or_default();
            figures.differing.push(format!(
                "{code}: by hand {:?} {} — read {:?} {}",
                point.text.zh,
                shown(point.when.as_ref()),
                found.text.zh,
                shown(found.when.as_ref())
            ));
        }
    }
    figures.more = read.keys().filter(|c| !wanted.contains_key(*c)).count();
    Ok(figures)
}
