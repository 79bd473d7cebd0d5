//! What can be measured or answered about a thing: the vocabulary of thresholds and questions.

use serde::{Deserialize, Serialize};

use crate::id::PropertyId;
use crate::text::Bilingual;

/// A property that a predicate can test: a measured one (it has a dimension) or a fact (yes or no).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Name in data: `flexural_strength`.
    pub id: PropertyId,
    /// Name for people.
    pub name: Bilingual,
    /// What it measures; absent for a fact.
    #[serde(default)]
    pub dimension: Option<String>,
    /// Chinese words by which texts state it, for a fact: words that say yes.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English words by which texts state it, for a fact: words that say yes.
    #[serde(default)]
    pub en: Vec<String>,
    /// For a fact: words in either language that say no.
    #[serde(default)]
    pub no: Vec<String>,
    /// True where people give its value without its name: the take-off mass of a drone, the power of a laser.
    #[serde(default)]
    pub bare: bool,
    /// True where a range says what a machine can do, so that it meets a limit as soon as a part of it does: a wind tunnel of Mach 0.4 to
    /// 4.5, a drive of 0 to 1000 Hz.
    #[serde(default)]
    pub reach: bool,
    /// The property that this one is what is missing from: ash from purity.
    #[serde(default)]
    pub complement_of: Option<PropertyId>,
    /// The question that asks for it, where the standard wording would puzzle people.
    #[serde(default)]
    pub ask: Bilingual,
    /// How to find the answer: standard, document, department.
    #[serde(default)]
    pub hint: Bilingual,
}

impl Property {
    /// True for a yes-or-no property.
    pub fn is_fact(&self) -> bool {
        self.dimension.is_none()
    }
}
