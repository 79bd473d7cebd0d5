//! What a shelf answers: entries to look at, never a decision. Field names are a contract.

use serde::Serialize;
use yumen_assess::Truth;
use yumen_lawbook::Bilingual;

/// What one regime's list holds for a question.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignAnswer {
    /// The regime: `us-ccl`.
    pub regime: String,
    /// Name of its list.
    pub name: Bilingual,
    /// How the law is cited.
    pub citation: String,
    /// SHA-256 of the file the list was read from.
    pub sha256: String,
    /// How many entries the list holds.
    pub entries: usize,
    /// Entries to look at, best first; at most ten.
    pub candidates: Vec<ForeignCandidate>,
    /// The designation of what is in no entry, where the regime has one; not a result.
    pub residual: Option<String>,
    /// What was not judged.
    pub scope: Bilingual,
}

/// One entry to look at.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignCandidate {
    /// Code of the entry: `3A001`.
    pub code: String,
    /// Path of the paragraph that answered: `a.5.b.2`; empty for the heading.
    pub paragraph: String,
    /// Heading of the entry.
    pub heading: String,
    /// Words of the paragraph.
    pub words: String,
    /// Words of the question that met.
    pub matched: Vec<String>,
    /// Score, for the order only.
    pub score: String,
    /// Stated values against what the paragraph and those above it say of the same property.
    pub tested: Vec<ForeignTest>,
    /// Notes that take something out of the paragraph or of one above it.
    pub exclusions: Vec<String>,
    /// Reasons for control with their scope, as the list words them.
    pub controls: Vec<String>,
    /// True where the Chinese dual-use list has an entry of this number in the shared numbering; its scope may differ.
    pub counterpart: bool,
}

/// One stated value against one limit.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignTest {
    /// The property.
    pub property: Bilingual,
    /// As stated in the question.
    pub stated: String,
    /// As the list says it.
    pub limit: String,
    /// Whether it holds.
    pub result: Truth,
}

impl ForeignCandidate {
    /// The code with the path: `3A001.a.5.b.2`.
    pub fn full_code(&self) -> String {
        if self.paragraph.is_empty() { self.code.clone() } else { format!("{}.{}", self.code, self.paragraph) }
    }
}
