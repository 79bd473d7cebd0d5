//! Official statements that something is not covered, and the general exceptions of the lists.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::{ExclusionId, ListId};
use crate::instrument::Citation;
use crate::list::entry::{AnyOf, Moves};
use crate::predicate::Condition;
use crate::text::Bilingual;
use crate::verification::Verification;

/// One statement. It helps only a thing that is confirmed to be of its class, and never against a met threshold.
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
    /// Codes it is nearest to, for showing, where `entries` is wider.
    #[serde(default)]
    pub nearest: Vec<String>,
    /// What the thing must be: every alternative needs one of its concepts.
    #[serde(default)]
    pub class: Vec<AnyOf>,
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
