//! Official statements that something is not covered, and the general exceptions of the lists.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::{ConceptId, ExclusionId, InstrumentId, ListId};
use crate::instrument::Citation;
use crate::list::entry::{AnyOf, Moves};
use crate::predicate::Condition;
use crate::text::Bilingual;
use crate::verification::Verification;

/// One statement. It helps only a thing that is confirmed to be of its class, and never against a met threshold.
///
/// A statement about `entries` frees from these entries and says nothing about the rest of the list: a motor that is not covered
/// by the magnet entries of notice 18/2025 can still fall under another entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// Its name in the book.
    pub id: ExclusionId,
    /// What it says, in our words.
    pub text: Bilingual,
    /// Lists it is about, where it is about more than single entries.
    #[serde(default)]
    pub lists: Vec<ListId>,
    /// Codes of the entries or points it is about.
    #[serde(default)]
    pub entries: Vec<String>,
    /// The notice whose items the official words speak of. Every one of `entries` is an item of that notice.
    #[serde(default)]
    pub notice: Option<InstrumentId>,
    /// The official words of the exclusion, quoted: `一般不属于18号公告管制范围`.
    #[serde(default)]
    pub words: Bilingual,
    /// Codes it is nearest to, for showing, where `entries` is wider.
    #[serde(default)]
    pub nearest: Vec<String>,
    /// What the thing must be: every alternative needs one of its concepts.
    #[serde(default)]
    pub class: Vec<AnyOf>,
    /// What the statement takes for granted that the thing is made of or holds (magnets in a motor). One of these must be named: by
    /// itself, by a kind of it, or by something that contains it. Where none is, the statement is worth telling and frees nothing.
    /// Empty means that the class says it all.
    #[serde(default)]
    pub with: Vec<ConceptId>,
    /// Facts that must hold.
    #[serde(default)]
    pub when: Option<Condition>,
    /// What must be moving; empty means anything.
    #[serde(default)]
    pub moves: Vec<Moves>,
    /// True where the official words are "in general" (一般不属于).
    #[serde(default)]
    pub hedged: bool,
    /// The condition or limit of the statement, for people.
    #[serde(default)]
    pub condition: Bilingual,
    /// Where it stands.
    pub at: Citation,
    /// Day of the statement.
    #[serde(default)]
    pub published: Option<Day>,
    /// Last day it can be relied on, where it ended.
    #[serde(default)]
    pub until: Option<Day>,
    /// How it is known.
    pub verification: Verification,
}
