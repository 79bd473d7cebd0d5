//! How much of a list on a day the book holds: stated with every answer that relies on absence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::list::ControlList;
use crate::list::edition::{Declared, Edition, Form, Operation};
use crate::list::entry::{Control, Recorded};

/// What is recorded of a list on a day against what its instruments declare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Coverage {
    /// The edition in force.
    pub edition: Option<String>,
    /// Entries recorded with a heading that was seen.
    pub recorded: u32,
    /// Entries the instruments declare; `None` where none prints a number.
    pub declared: Option<u32>,
    /// Recorded entries by control.
    pub by_control: BTreeMap<String, u32>,
    /// Declared entries by control.
    pub declared_by_control: BTreeMap<String, u32>,
    /// Recorded entries whose points are complete.
    pub points_complete: u32,
    /// Recorded entries with some points.
    pub points_partial: u32,
    /// Recorded entries with a heading only.
    pub heading_only: u32,
    /// Reported topics whose heading was not seen.
    pub leads: u32,
}

impl ControlList {
    /// Coverage of the list on a day.
    pub fn coverage(&self, day: Day) -> Coverage {
        let mut coverage = Coverage {
            edition: self.edition_on(day).map(|e| e.id.to_string()),
            recorded: 0,
            declared: None,
            by_control: BTreeMap::new(),
            declared_by_control: BTreeMap::new(),
            points_complete: 0,
            points_partial: 0,
            heading_only: 0,
            leads: 0,
        };
        for version in self.history.on(day) {
            if version.entry.lead {
                coverage.leads += 1;
                continue;
            }
            coverage.recorded += 1;
            *coverage.by_control.entry(version.entry.control.as_str().to_owned()).or_default() += 1;
            match version.entry.recorded {
                Recorded::Complete => coverage.points_complete += 1,
                Recorded::Partial => coverage.points_partial += 1,
                Recorded::Heading => coverage.heading_only += 1,
            }
        }
        let total = self.in_law().filter(|e| e.effective <= day && !e.declared.total.is_empty()).last();
        if let Some(edition) = total {
            coverage.declared_by_control.clone_from(&edition.declared.total);
            coverage.declared = Declared::sum(&edition.declared.total);
        }
        coverage
    }
}

/// Recorded operations of one kind against the declared number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// `removed`, `added`, `modified`.
    pub operation: &'static str,
    /// `prohibited`, `restricted`, `licence`, or `all` where the instrument does not split the number.
    pub control: String,
    /// How many are recorded.
    pub recorded: u32,
    /// How many the instrument declares.
    pub declared: Option<u32>,
}

impl Edition {
    /// What is recorded of this instrument's operations against what it declares. Leads do not count as recorded.
    ///
    /// `control_of` tells the control of an entry of the edition before, for removals and modifications.
    pub fn tally(&self, control_of: impl Fn(&crate::code::Code) -> Option<(Control, bool)>) -> Vec<Tally> {
        let mut counts: BTreeMap<(&'static str, Control), u32> = BTreeMap::new();
        for operation in &self.operations {
            let (kind, control, lead) = match operation {
                Operation::Add(entry) => ("added", entry.control, entry.lead),
                Operation::Remove(removal) => {
                    let (control, lead) = control_of(&removal.code).unwrap_or((Control::Unknown, false));
                    ("removed", control, lead)
                }
                Operation::Modify(change) => {
                    let (control, lead) = control_of(&change.code).unwrap_or((Control::Unknown, false));
                    ("modified", control, lead)
                }
            };
            if !lead {
                *counts.entry((kind, control)).or_default() += 1;
            }
        }
        let mut tallies = Vec::new();
        for (kind, declared) in [
            ("removed", &self.declared.removed),
            ("added", &self.declared.added),
            ("modified", &self.declared.modified),
        ] {
            if self.form == Form::Reissue && kind == "added" {
                continue;
            }
            let split = !declared.contains_key("all");
            let of = |control: &str| {
                counts
                    .iter()
                    .filter(|((k, c), _)| *k == kind && (control == "all" || c.as_str() == control))
                    .map(|(_, n)| n)
                    .sum()
            };
            if split {
                for control in ["prohibited", "restricted", "licence", "unknown"] {
                    let recorded: u32 = of(control);
                    let declared = declared.get(control).copied();
                    if recorded > 0 || declared.is_some() {
                        tallies.push(Tally { operation: kind, control: control.to_owned(), recorded, declared });
                    }
                }
            } else {
                tallies.push(Tally {
                    operation: kind,
                    control: "all".to_owned(),
                    recorded: of("all"),
                    declared: declared.get("all").copied(),
                });
            }
        }
        tallies
    }
}
