//! Control lists: editions in, lives of entries out.

pub mod coverage;
pub mod diff;
pub mod edition;
pub mod entry;
pub mod history;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::{InstrumentId, ListId};
use crate::instrument::Citation;
use crate::text::Bilingual;
use crate::verification::Verification;

use edition::Edition;
use entry::Moves;
use history::History;

/// What a list is, beside its editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListHead {
    /// Its name in the book.
    pub id: ListId,
    /// Its title.
    pub name: Bilingual,
    /// How answers call it in short.
    pub short: Bilingual,
    /// What the entries are about when they say nothing.
    pub covers: Vec<Moves>,
    /// Why a thing that is not of that kind is outside the list.
    #[serde(default)]
    pub outside: Option<Outside>,
    /// The rule about listed things built into other products.
    #[serde(default)]
    pub inside: Option<Outside>,
    /// The procedures that follow from an entry, by control.
    #[serde(default)]
    pub procedures: std::collections::BTreeMap<String, Vec<String>>,
    /// The act that makes it law to keep the list.
    pub basis: Vec<Citation>,
    /// Versions without a recorded entry: `1998`, `2001`.
    #[serde(default)]
    pub unrecorded: Vec<Unrecorded>,
}

/// The rule by which goods (or technology) fall outside a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// The rule in our words.
    pub text: Bilingual,
    /// Where it stands.
    pub at: Citation,
    /// How it is known, where that differs from the act.
    #[serde(default)]
    pub verification: Option<Verification>,
}

/// A version of a list of which the book holds no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unrecorded {
    /// Its name: `2001`.
    pub edition: String,
    /// The instrument that made it.
    pub instrument: InstrumentId,
    /// What is known of it.
    pub remark: Bilingual,
}

/// One control list with all its editions and the lives of its entries.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Recorded", into = "Recorded")]
pub struct ControlList {
    /// What it is.
    pub head: ListHead,
    /// Its editions, in order of effect.
    pub editions: Vec<Edition>,
    /// The fold of everything recorded.
    pub history: History,
}

/// A list without what follows from its editions.
#[derive(Clone, Serialize, Deserialize)]
struct Recorded {
    head: ListHead,
    editions: Vec<Edition>,
}

impl From<Recorded> for ControlList {
    fn from(recorded: Recorded) -> Self {
        // The editions were folded, and their faults told, when the book was read from its files.
        let history = History::fold(&recorded.editions, Day::MAX).unwrap_or_default();
        Self { head: recorded.head, editions: recorded.editions, history }
    }
}

impl From<ControlList> for Recorded {
    fn from(list: ControlList) -> Self {
        Self { head: list.head, editions: list.editions }
    }
}

impl ControlList {
    /// The editions that are not drafts, in order of effect.
    pub fn in_law(&self) -> impl Iterator<Item = &Edition> {
        self.editions.iter().filter(|e| e.form != edition::Form::Draft)
    }

    /// The edition whose words hold on a day: the last one in effect.
    pub fn edition_on(&self, day: Day) -> Option<&Edition> {
        self.in_law().filter(|e| e.effective <= day).last()
    }
}
