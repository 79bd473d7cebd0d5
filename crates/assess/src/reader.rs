//! Reading a text outside the book: the words, concepts and quantities that lists of other regimes are searched and tested with.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use yumen_lawbook::id::PropertyId;
use yumen_lawbook::quantity::Quantity;

use crate::engine::Engine;
use crate::testing::{Truth, compare};
use crate::text::fold::{Folded, fold};
use crate::text::quantities::Stated;
use crate::text::tokens::{Key, tokens};

/// One token of a text that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// What it is.
    pub key: Key,
    /// How much its kind says.
    pub weight: f32,
    /// First character in the folded text.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
}

/// One quantity of a text, with what it is a quantity of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The property the text gives it for; `None` where it does not say.
    pub property: Option<PropertyId>,
    /// The value or range.
    pub stated: Stated,
    /// As written.
    pub written: String,
}

/// A text as it was read.
#[derive(Debug, Clone)]
pub struct ReadText {
    folded: Folded,
    /// Its tokens, in order.
    pub words: Vec<Word>,
    /// Its quantities, in order.
    pub measured: Vec<Measured>,
}

impl ReadText {
    /// Its folded characters in lower case.
    pub fn characters(&self) -> &[char] {
        &self.folded.lower
    }

    /// The words at a stretch of characters, as written.
    pub fn written(&self, start: usize, end: usize) -> String {
        self.folded.slice(start..end)
    }
}

impl Engine {
    /// Reads a text with the book's vocabulary, units and properties. The text is taken whole: bound it first.
    pub fn read_text(&self, text: &str) -> ReadText {
        let folded = fold(text);
        let mentions = self.vocabulary().mentions(&folded);
        let words = tokens(&folded, &mentions, self.vocabulary())
            .into_iter()
            .map(|t| Word { key: t.key, weight: t.weight, start: t.start, end: t.end })
            .collect();
        let statements = self.statements(&folded, &mentions);
        let measured = statements
            .values
            .into_iter()
            .filter_map(|value| match value.source {
                crate::text::statements::Source::Text { start, end } => {
                    let written = folded.slice(start..end);
                    Some(Measured { property: value.property, stated: value.stated, written })
                }
                crate::text::statements::Source::Given => None,
            })
            .collect();
        ReadText { folded, words, measured }
    }

    /// Where words of `text` meet words of `asked`, in either language: ranges of characters of `text`, in order, none touching
    /// another. Empty where folding has moved the characters, so that a range would point at the wrong ones.
    pub fn shared_words(&self, asked: &str, text: &str) -> Vec<Range<usize>> {
        let said: BTreeSet<Key> = self.read_text(asked).words.iter().map(|w| w.key).collect();
        let read = self.read_text(text);
        if read.characters().len() != text.chars().count() {
            return Vec::new();
        }
        // A single Han character is met by chance.
        let met = |w: &&Word| !w.key.is_single() && said.contains(&w.key) && w.end > w.start;
        let mut spans: Vec<Range<usize>> = read.words.iter().filter(met).map(|w| w.start..w.end).collect();
        spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        joined
    }

    /// How a stated quantity stands to the limit that a list's words give for the same property. `None` where the two cannot be
    /// compared: another property, no property, units that do not convert.
    pub fn holds_against(&self, stated: &Measured, limit: &Measured) -> Option<Truth> {
        use yumen_lawbook::predicate::Comparison::{AtLeast, AtMost, Greater, Less};
        if stated.property.is_none() || stated.property != limit.property {
            return None;
        }
        let unit = &limit.stated.unit;
        let against = |bound: Option<crate::text::quantities::Bound>, strict, inclusive| {
            bound.map(|b| {
                let comparison = if b.inclusive { inclusive } else { strict };
                compare(&stated.stated, comparison, &Quantity::new(b.value, unit.clone()), &self.book().units)
            })
        };
        // A lone number of a list is a description, not a limit.
        if limit.stated.single().is_some() {
            return None;
        }
        let low = against(limit.stated.low, Greater, AtLeast);
        let high = against(limit.stated.high, Less, AtMost);
        match (low, high) {
            (Some(low), Some(high)) => Some(worse(low?, high?)),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => None,
        }
    }
}

fn worse(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Truth::NotMet, _) | (_, Truth::NotMet) => Truth::NotMet,
        (Truth::NotStated, _) | (_, Truth::NotStated) => Truth::NotStated,
        _ => Truth::Met,
    }
}
