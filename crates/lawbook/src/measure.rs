//! Measures: rules about countries, parties, end uses and whole notices, each clause with its own history.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::day::{AsOf, Day};
use crate::id::{InstrumentId, ListId, MeasureId};
use crate::instrument::Citation;
use crate::predicate::Condition;
use crate::text::Bilingual;
use crate::verification::Verification;

/// Whether a clause holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseStatus {
    /// Published, not yet in effect.
    Scheduled,
    /// Holds.
    InForce,
    /// Set aside for a time by another instrument.
    Suspended,
    /// The suspension has run out and no instrument says what follows.
    LapsedUnconfirmed,
    /// Ended.
    Repealed,
}

impl ClauseStatus {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Scheduled => Bilingual::new("尚未施行", "scheduled"),
            Self::InForce => Bilingual::new("施行中", "in force"),
            Self::Suspended => Bilingual::new("暂停实施", "suspended"),
            Self::LapsedUnconfirmed => {
                Bilingual::new("暂停期满，现状未见确认", "suspension lapsed, status unconfirmed")
            }
            Self::Repealed => Bilingual::new("已停止", "ended"),
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::InForce => "in_force",
            Self::Suspended => "suspended",
            Self::LapsedUnconfirmed => "lapsed_unconfirmed",
            Self::Repealed => "repealed",
        }
    }
}

/// One stretch of a clause's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// What held.
    pub status: ClauseStatus,
    /// First day.
    pub from: Day,
    /// Last day, inclusive; absent for the stretch that goes on.
    #[serde(default)]
    pub until: Option<Day>,
    /// What brought it about; for `lapsed_unconfirmed`, the instrument whose term ran out.
    pub instrument: InstrumentId,
    /// Day the book learned of it, where that is later than the measure itself.
    #[serde(default)]
    pub recorded: Option<Day>,
    /// How it is known, where that differs from the clause.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// What a reader should know.
    #[serde(default)]
    pub note: Bilingual,
}

/// What a clause does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Lists items: they need a licence.
    ListItems,
    /// No export at all; exceptions only on special application.
    Prohibit,
    /// A licence may be asked for but is refused in principle.
    PresumeDenial,
    /// Licences are examined more strictly.
    StricterReview,
    /// No general licence, no voucher, no 45-day limit; risk report and undertaking.
    WatchParty,
    /// A licence of MOFCOM is needed abroad too.
    Extraterritorial,
    /// Whoever breaches it abroad is liable; no licence follows from it.
    Liability,
    /// Trade, investment or dealings with the party are forbidden or limited under another law.
    Countermeasure,
    /// A duty to do, tell or keep something.
    Duty,
}

/// One clause of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number within the measure.
    pub id: String,
    /// Where it stands in the instrument.
    pub at: Citation,
    /// What it says, in our words.
    pub text: Bilingual,
    /// What it does.
    pub effect: Effect,
    /// Countries it is about (ISO 3166 alpha-2); empty means everywhere.
    #[serde(default)]
    pub destinations: Vec<String>,
    /// Lists it is about; empty means every list.
    #[serde(default)]
    pub lists: Vec<ListId>,
    /// Codes it is about; empty means every entry of its lists.
    #[serde(default)]
    pub entries: Vec<String>,
    /// True where it reaches branches of listed entities and subsidiaries that they own to 50 % or more.
    #[serde(default)]
    pub reaches_owned: bool,
    /// True where it reaches things that are in no list.
    #[serde(default)]
    pub unlisted: bool,
    /// Facts that must hold for it to apply.
    #[serde(default)]
    pub when: Option<Condition>,
    /// How it is known.
    pub verification: Verification,
    /// Its history, oldest first, without gaps.
    pub history: Vec<Stretch>,
}

/// A measure with its clauses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its name in the book.
    pub id: MeasureId,
    /// The instrument that makes it.
    pub instrument: InstrumentId,
    /// What it is about, in a few words.
    pub name: Bilingual,
    /// Day the book learned of it.
    pub recorded: Day,
    /// Its clauses.
    pub clause: Vec<Clause>,
    /// What a reader should know.
    #[serde(default)]
    pub note: Bilingual,
}

/// What a later instrument does to a clause recorded in another file. Its stretches go after the clause's own history, and on
/// the days they cover they are what holds: nobody edits what an earlier file said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseChange {
    /// The clause.
    pub clause: ClauseRef,
    /// Its further history, oldest first, without gaps.
    pub history: Vec<Stretch>,
}

impl Clause {
    /// The stretch of history that covers the day, as known at `as_of.recorded`.
    pub fn stretch(&self, as_of: AsOf) -> Option<&Stretch> {
        self.history
            .iter()
            .filter(|s| s.recorded.is_none_or(|r| r <= as_of.recorded))
            .rfind(|s| s.from <= as_of.effective)
            .filter(|s| s.until.is_none_or(|until| as_of.effective <= until))
    }

    /// Whether the clause holds on the day; `None` before its first stretch.
    pub fn status(&self, as_of: AsOf) -> Option<ClauseStatus> {
        self.stretch(as_of).map(|s| s.status)
    }
}

impl Measure {
    /// The clause with this number.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clause.iter().find(|c| c.id == id)
    }
}

/// A clause named from elsewhere: `notice-58-2025#1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClauseRef {
    /// The measure.
    pub measure: MeasureId,
    /// The clause.
    pub clause: String,
}

impl TryFrom<String> for ClauseRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.split_once('#')
            .and_then(|(measure, clause)| {
                Some(Self {
                    measure: MeasureId::new(measure)?,
                    clause: (!clause.is_empty()).then(|| clause.to_owned())?,
                })
            })
            .ok_or_else(|| {
                format!("{text:?} does not name a clause: write measure#clause, for example notice-58-2025#1")
            })
    }
}

impl From<ClauseRef> for String {
    fn from(at: ClauseRef) -> Self {
        at.to_string()
    }
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.measure, self.clause)
    }
}
