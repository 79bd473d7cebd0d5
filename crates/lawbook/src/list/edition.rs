//! Editions: one file per instrument that makes or changes a list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::day::Day;
use crate::id::{EditionId, InstrumentId};
use crate::list::entry::{Control, Entry, Point, Superseded, WrittenEntry};
use crate::measure::ClauseRef;
use crate::text::Bilingual;
use crate::verification::Verification;

/// How an instrument makes its edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The first recorded list.
    Base,
    /// Changes to the list in force.
    Amendment,
    /// The whole list anew; entries may be renumbered.
    Reissue,
    /// A draft for comment. It never enters the fold.
    Draft,
}

/// Numbers an instrument declares about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// Entries in the list once it has effect, by control.
    #[serde(default)]
    pub total: BTreeMap<String, u32>,
    /// Entries taken out.
    #[serde(default)]
    pub removed: BTreeMap<String, u32>,
    /// Entries put in.
    #[serde(default)]
    pub added: BTreeMap<String, u32>,
    /// Entries changed.
    #[serde(default)]
    pub modified: BTreeMap<String, u32>,
    /// Which of the numbers nobody printed but follow from others.
    #[serde(default)]
    pub derived: Vec<String>,
}

impl Declared {
    /// The sum over all kinds, `None` where nothing is declared.
    pub fn sum(of: &BTreeMap<String, u32>) -> Option<u32> {
        (!of.is_empty()).then(|| of.values().sum())
    }
}

/// What an instrument does to one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operation {
    /// Puts an entry in.
    Add(Box<Entry>),
    /// Takes an entry out.
    Remove(Removal),
    /// Changes an entry's points or heading.
    Modify(Modification),
}

/// An entry taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Its code in the edition before.
    pub code: Code,
    /// Where the instrument says so.
    #[serde(default)]
    pub clause: String,
    /// How that is known.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// Keys of `sources/`.
    #[serde(default)]
    pub source: Vec<String>,
    /// Where in that source it was read: `p3 l14`.
    #[serde(default)]
    pub place: String,
    /// Our remarks.
    #[serde(default)]
    pub remark: Bilingual,
}

/// An entry changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modification {
    /// Its code in the edition before.
    pub code: Code,
    /// Where the instrument says so.
    #[serde(default)]
    pub clause: String,
    /// New heading, where it changes.
    #[serde(default)]
    pub name: Option<Bilingual>,
    /// Points put in.
    #[serde(default)]
    pub add: Vec<Point>,
    /// Points whose words change; each replaces the point with the same path.
    #[serde(default)]
    pub replace: Vec<Point>,
    /// Paths of points taken out.
    #[serde(default)]
    pub remove: Vec<String>,
    /// True where the change is known to have happened but its text is not.
    #[serde(default)]
    pub text_unknown: bool,
    /// How the change is known.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// Keys of `sources/`.
    #[serde(default)]
    pub source: Vec<String>,
    /// Where in that source it was read: `p3 l14`.
    #[serde(default)]
    pub place: String,
    /// Our remarks.
    #[serde(default)]
    pub remark: Bilingual,
}

impl Operation {
    /// The code the operation addresses.
    pub fn code(&self) -> &Code {
        match self {
            Self::Add(entry) => &entry.code,
            Self::Remove(removal) => &removal.code,
            Self::Modify(change) => &change.code,
        }
    }
}

/// One version of a list, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its name in the book: `2020`.
    pub id: EditionId,
    /// The instrument that makes it.
    pub instrument: InstrumentId,
    /// How.
    pub form: Form,
    /// Day of publication.
    pub published: Day,
    /// First day of effect; for a draft, the day it was opened for comment.
    pub effective: Day,
    /// Day the book learned of it.
    pub recorded: Day,
    /// The clause whose status decides whether the additions hold on a day.
    pub measure: Option<ClauseRef>,
    /// What the instrument declares.
    pub declared: Declared,
    /// What it does, in the order of the file.
    pub operations: Vec<Operation>,
    /// The division numbers this edition uses.
    pub divisions: BTreeMap<String, Bilingual>,
    /// Entries an earlier reading reported and the better source does not show.
    pub superseded: Vec<Superseded>,
    /// What a reader should know about how it was recovered.
    pub remark: Bilingual,
    /// The file it stands in.
    pub file: String,
}

/// An edition as its file writes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenEdition {
    pub edition: EditionId,
    pub instrument: InstrumentId,
    pub form: Form,
    pub published: Day,
    pub effective: Day,
    pub recorded: Day,
    #[serde(default)]
    pub measure: Option<ClauseRef>,
    #[serde(default)]
    pub verification: Verification,
    #[serde(default)]
    pub control: Option<Control>,
    #[serde(default)]
    pub remark: Bilingual,
    #[serde(default)]
    pub declared: Declared,
    #[serde(default)]
    pub divisions: BTreeMap<String, Bilingual>,
    #[serde(default)]
    pub superseded: Vec<Superseded>,
    #[serde(default)]
    pub entry: Vec<WrittenEntry>,
    #[serde(default)]
    pub remove: Vec<Removal>,
    #[serde(default)]
    pub modify: Vec<Modification>,
}

impl WrittenEdition {
    pub(crate) fn read(self, file: &str) -> Edition {
        let control = self.control.unwrap_or(Control::Unknown);
        let verification = self.verification;
        let removals = self.remove.into_iter().map(Operation::Remove);
        let changes = self.modify.into_iter().map(|change| {
            let held = change.verification.or(Some(verification));
            let with = |p: Point| Point { verification: p.verification.or(held), ..p };
            Operation::Modify(Modification {
                add: change.add.into_iter().map(with).collect(),
                replace: change.replace.into_iter().map(with).collect(),
                verification: held,
                ..change
            })
        });
        let additions = self.entry.into_iter().map(|e| Operation::Add(Box::new(e.read(control, verification))));
        Edition {
            id: self.edition,
            instrument: self.instrument,
            form: self.form,
            published: self.published,
            effective: self.effective,
            recorded: self.recorded,
            measure: self.measure,
            declared: self.declared,
            operations: removals.chain(changes).chain(additions).collect(),
            divisions: self.divisions,
            superseded: self.superseded,
            remark: self.remark,
            file: file.to_owned(),
        }
    }
}
