//! Lists and regimes of export control that the book does not record item by item: what an answer must name beside "not found",
//! so that silence of the recorded lists is not read as freedom.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::ConceptId;
use crate::instrument::Citation;
use crate::text::Bilingual;
use crate::verification::Verification;

/// One list or regime beside the recorded ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// Its name in the book: `military-products`.
    pub id: String,
    /// Its title.
    pub name: Bilingual,
    /// What it covers and who decides, in one sentence.
    pub text: Bilingual,
    /// Where it stands.
    pub at: Vec<Citation>,
    /// How that is known.
    pub verification: Verification,
    /// Concepts any of which points to it: named by themselves or by a kind of them. Empty means that nothing the book holds tells
    /// what falls under it, so that it is always worth naming.
    #[serde(default)]
    pub class: Vec<ConceptId>,
    /// What of it was not obtained, and other things a reader should know.
    #[serde(default)]
    pub note: Bilingual,
    /// Day the book learned of it.
    pub recorded: Day,
}

impl Elsewhere {
    /// True where a question that names concepts (`names` says which, kinds included) should be shown this.
    pub fn concerns(&self, names: impl Fn(&ConceptId) -> bool) -> bool {
        self.class.is_empty() || self.class.iter().any(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(class: &[&str]) -> Elsewhere {
        Elsewhere {
            id: "military-products".to_owned(),
            name: Bilingual::new("军品", "military products"),
            text: Bilingual::new("军品。", "Military products."),
            at: vec!["military-export-regulations:2".to_owned().try_into().unwrap()],
            verification: Verification::OfficialText,
            class: class.iter().map(|c| ConceptId::new(c).unwrap()).collect(),
            note: Bilingual::default(),
            recorded: Day::new(2026, 11, 27).unwrap(),
        }
    }

    #[test]
    fn a_regime_without_class_is_always_named() {
        assert!(with(&[]).concerns(|_| false));
    }

    #[test]
    fn one_named_concept_is_enough() {
        let arms = with(&["weapon", "ammunition"]);
        assert!(arms.concerns(|c| c.as_str() == "ammunition"));
        assert!(!arms.concerns(|c| c.as_str() == "graphite"));
    }
}
