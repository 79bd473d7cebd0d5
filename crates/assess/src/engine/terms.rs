//! What a wording of law says in typed form: the concepts it names and the limits it sets, for whoever writes law down.

use yumen_lawbook::id::ConceptId;
use yumen_lawbook::lexicon::ConceptKind;
use yumen_lawbook::predicate::{Comparison, Predicate, TestCondition};
use yumen_lawbook::quantity::Quantity;

use super::Engine;
use crate::text::fold::fold;
use crate::text::quantities::{Bound, Stated};
use crate::text::statements::{Source, Value};

/// A concept named in a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedConcept {
    /// The concept.
    pub id: ConceptId,
    /// What kind of thing it is.
    pub kind: ConceptKind,
    /// First character of its words in the folded wording.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// True where the wording denies it (不含, 除……外).
    pub denied: bool,
}

/// A limit set in a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// The limit as a condition; `None` where the wording does not say, in words the book knows, what is measured.
    pub predicate: Option<Predicate>,
    /// The words it rests on.
    pub words: String,
    /// First character of those words in the folded wording.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
}

/// What a wording says in typed form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordingTerms {
    /// How many characters the folded wording has.
    pub length: usize,
    /// Concepts, in order.
    pub concepts: Vec<NamedConcept>,
    /// Limits, in order.
    pub limits: Vec<Limit>,
}

/// Words that compare, the longer before those they end with.
const COMPARING: &[(&str, Comparison)] = &[
    ("大于等于", Comparison::AtLeast),
    ("大于或等于", Comparison::AtLeast),
    ("不小于", Comparison::AtLeast),
    ("不低于", Comparison::AtLeast),
    ("小于等于", Comparison::AtMost),
    ("小于或等于", Comparison::AtMost),
    ("不大于", Comparison::AtMost),
    ("不超过", Comparison::AtMost),
    ("大于", Comparison::Greater),
    ("超过", Comparison::Greater),
    ("小于", Comparison::Less),
];

impl Engine {
    /// Reads a wording of law: which concepts it names, which limits it sets. A limit without a known property is there too, so
    /// that a reader can be told of it.
    pub fn terms_of(&self, wording: &str) -> WordingTerms {
        let text = fold(wording);
        let mentions = self.vocabulary.mentions(&text);
        let concepts = mentions
            .iter()
            .map(|m| {
                let concept = self.vocabulary.concept(m.concept);
                NamedConcept {
                    id: concept.id.clone(),
                    kind: concept.kind,
                    start: m.start,
                    end: m.end,
                    denied: m.is_denied(),
                }
            })
            .collect();
        let statements = self.statistics.read(&text, &mentions, &self.vocabulary, &self.book.units);
        let mut limits = Vec::new();
        let said: String = text.lower.iter().collect();
        for value in &statements.values {
            let Source::Text { start, end } = value.source else { continue };
            let words: String = text.cased.get(start..end).unwrap_or_default().iter().collect();
            // A row of sizes (大于等于120×120×50mm) is read without the words before it.
            let head: String = text.lower.get(..start).unwrap_or_default().iter().collect();
            let before =
                COMPARING.iter().find(|(w, _)| head.trim_end().ends_with(w)).map_or(Comparison::Equal, |c| c.1);
            let predicates = self.predicates(value, &said, before);
            if predicates.is_empty() {
                limits.push(Limit { predicate: None, words, start, end });
                continue;
            }
            limits.extend(predicates.into_iter().map(|p| Limit {
                predicate: Some(p),
                words: words.clone(),
                start,
                end,
            }));
        }
        limits.sort_by_key(|l| (l.start, l.end));
        WordingTerms { length: text.len(), concepts, limits }
    }

    fn predicates(&self, value: &Value, said: &str, before: Comparison) -> Vec<Predicate> {
        let Some(property) = &value.property else { return Vec::new() };
        // The same words may mean two properties: the one that is called just so is meant; where none is or several are, nobody
        // can say which without reading on.
        let mut candidates: Vec<_> = std::iter::once(property).chain(&value.also).collect();
        if candidates.len() > 1 {
            let called = |p: &&yumen_lawbook::id::PropertyId| {
                self.book.properties.get(*p).is_some_and(|p| said.contains(&p.name.zh.to_lowercase()))
            };
            candidates.retain(called);
        }
        let [property] = candidates.as_slice() else { return Vec::new() };
        let of = value.of.map(|c| self.vocabulary.concept(c).id.clone());
        let at = value.at.first().and_then(|at| self.condition_of_test(at));
        let with = |comparison, bound: Bound| Predicate::Measure {
            property: (*property).clone(),
            of: of.clone(),
            comparison,
            limit: Quantity::new(bound.value, value.stated.unit.clone()),
            at: at.clone(),
        };
        match (value.stated.low, value.stated.high) {
            (Some(low), Some(high)) if low.value == high.value => vec![with(before, low)],
            (low, high) => {
                let low = low.map(|b| with(if b.inclusive { Comparison::AtLeast } else { Comparison::Greater }, b));
                let high = high.map(|b| with(if b.inclusive { Comparison::AtMost } else { Comparison::Less }, b));
                low.into_iter().chain(high).collect()
            }
        }
    }

    /// The property that is held fixed in a test, where its dimension leaves one possibility that the book knows as such.
    fn condition_of_test(&self, at: &Stated) -> Option<TestCondition> {
        let value = at.single()?;
        let dimension = &self.book.units.find(&value.unit)?.dimension;
        let used = self.book.lists.values().flat_map(|l| l.history.versions()).flat_map(|v| &v.entry.points);
        let used = used.flat_map(|p| p.when.iter().flat_map(yumen_lawbook::predicate::Condition::predicates));
        let mut held: Vec<_> = used
            .filter_map(|p| match p {
                Predicate::Measure { at: Some(at), .. } => Some(&at.property),
                _ => None,
            })
            .filter(|p| self.book.properties.get(*p).and_then(|p| p.dimension.as_ref()) == Some(dimension))
            .collect();
        held.sort();
        held.dedup();
        match held.as_slice() {
            [one] => Some(TestCondition { property: (*one).clone(), value }),
            _ => None,
        }
    }
}
