//! The vocabulary: one term, one concept; families and contents that exist.

use std::collections::{BTreeMap, BTreeSet};

use super::references::Names;
use super::rules::Checker;
use crate::id::ConceptId;
use crate::source::Files;

/// Checks the lexicon files against each other.
pub(super) fn check(read: &Files, names: &Names<'_>, check: &mut Checker<'_>) {
    let mut held: BTreeMap<String, &ConceptId> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for r in &read.lexicon {
        for concept in &r.record.concept {
            let id = concept.id.as_str();
            if !ids.insert(&concept.id) {
                check.error("unique", r.file, id, format!("the concept {id} is defined twice"));
            }
            for family in concept
                .broader
                .iter()
                .chain(&concept.contains)
                .chain(&concept.unlike)
                .filter(|b| !names.concepts.contains(b))
            {
                check.error("concept", r.file, id, format!("{id}: the lexicon has no concept {family}"));
            }
            for word in concept.words() {
                if word.trim() != word || word.is_empty() {
                    check.error("term", r.file, id, format!("{id}: {word:?} has blanks around it or is empty"));
                }
                if let Some(other) = held.insert(word.to_lowercase(), &concept.id).filter(|o| **o != concept.id) {
                    check.error(
                        "term",
                        r.file,
                        id,
                        format!("{word:?} belongs to {other} and to {id}: one term, one concept"),
                    );
                }
            }
        }
    }
}
