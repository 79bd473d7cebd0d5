//! What changed in a list between two days, entry by entry and point by point.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::day::Day;
use crate::list::ControlList;
use crate::list::coverage::Tally;
use crate::list::entry::{Entry, Point};
use crate::list::history::Version;
use crate::text::Bilingual;

/// A point before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointChange {
    /// Its path; empty for the heading.
    pub path: String,
    /// Words before; `None` where it is new.
    pub before: Option<Bilingual>,
    /// Words after; `None` where it is gone.
    pub after: Option<Bilingual>,
    /// Conditions before, as the book writes them.
    pub condition_before: Option<String>,
    /// Conditions after.
    pub condition_after: Option<String>,
}

/// An entry before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryChange {
    /// `added`, `removed`, `modified`, `recoded`, `fate_unknown`.
    pub change: &'static str,
    /// Code before.
    pub code_before: Option<String>,
    /// Code after.
    pub code_after: Option<String>,
    /// Heading (after the change, or the last one).
    pub name: Bilingual,
    /// `prohibited`, `restricted`, `licence`.
    pub control: &'static str,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
    /// The instrument that made the change.
    pub instrument: String,
    /// Where it says so.
    pub clause: String,
    /// Points that changed.
    pub points: Vec<PointChange>,
    /// True where the entry is known to have changed but its new text is not recorded.
    pub text_unknown: bool,
}

/// The difference of a list between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The list.
    pub list: String,
    /// First day (its law is "before").
    pub from: Day,
    /// Second day (its law is "after").
    pub to: Day,
    /// What changed, in order of code.
    pub changes: Vec<EntryChange>,
    /// What the instruments between the days declare against what is recorded of them.
    pub instruments: Vec<InstrumentTally>,
}

/// One instrument's declared and recorded operations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstrumentTally {
    /// The instrument.
    pub instrument: String,
    /// The edition it makes.
    pub edition: String,
    /// Its first day of effect.
    pub effective: Day,
    /// Recorded against declared.
    pub operations: Vec<Tally>,
}

impl ControlList {
    /// What changed between the law of `from` and the law of `to`.
    pub fn difference(&self, from: Day, to: Day) -> Difference {
        let at = |day: Day| -> BTreeMap<usize, &Version> { self.history.on(day).map(|v| (v.life, v)).collect() };
        let (before, after) = (at(from), at(to));
        let lives: BTreeSet<usize> = before.keys().chain(after.keys()).copied().collect();
        let mut changes: Vec<EntryChange> =
            lives.into_iter().filter_map(|life| change(before.get(&life), after.get(&life), self)).collect();
        changes.sort_by(|a, b| {
            let key = |c: &EntryChange| (c.code_after.clone().or_else(|| c.code_before.clone()), c.change);
            key(a).cmp(&key(b))
        });
        let instruments = self
            .in_law()
            .filter(|e| from < e.effective && e.effective <= to)
            .map(|edition| InstrumentTally {
                instrument: edition.instrument.to_string(),
                edition: edition.id.to_string(),
                effective: edition.effective,
                operations: edition.tally(|code| self.control_before(code, edition.effective)),
            })
            .collect();
        Difference { list: self.head.id.to_string(), from, to, changes, instruments }
    }

    /// Control and lead flag of the entry with this code on the day before `day`.
    pub(crate) fn control_before(
        &self,
        code: &crate::code::Code,
        day: Day,
    ) -> Option<(crate::list::entry::Control, bool)> {
        self.history.on(day.previous()).find(|v| v.entry.code == *code).map(|v| (v.entry.control, v.entry.lead))
    }
}

fn change(before: Option<&&Version>, after: Option<&&Version>, list: &ControlList) -> Option<EntryChange> {
    let (kind, shown, instrument) = match (before, after) {
        (None, Some(v)) => ("added", v, v.instrument.to_string()),
        (Some(v), None) => match &v.end {
            Some((_, super::history::Ending::FateUnknown(by))) => ("fate_unknown", v, by.to_string()),
            Some((_, super::history::Ending::Removed(by) | super::history::Ending::Changed(by))) => {
                ("removed", v, by.to_string())
            }
            _ => ("removed", v, String::new()),
        },
        (Some(b), Some(a)) if b.entry.code != a.entry.code => ("recoded", a, a.instrument.to_string()),
        (Some(b), Some(a)) if b.edition != a.edition => ("modified", a, a.instrument.to_string()),
        _ => return None,
    };
    let (clause, text_unknown) = clause_of(list, shown, &instrument, kind);
    let points = points(before.map(|v| &v.entry), after.map(|v| &v.entry), kind);
    // An entry that a re-issue merely repeats has not changed.
    if kind == "modified" && points.is_empty() && !text_unknown {
        return None;
    }
    Some(EntryChange {
        change: kind,
        code_before: before.map(|v| v.entry.code.to_string()),
        code_after: after.map(|v| v.entry.code.to_string()),
        name: shown.entry.name.clone(),
        control: shown.entry.control.as_str(),
        lead: shown.entry.lead,
        instrument,
        clause,
        points,
        text_unknown,
    })
}

/// Where the instrument speaks of the entry, and whether it changes it in words the book does not have.
fn clause_of(list: &ControlList, version: &Version, instrument: &str, kind: &str) -> (String, bool) {
    use super::edition::Operation;
    let operation = list
        .editions
        .iter()
        .filter(|e| e.instrument.as_str() == instrument)
        .flat_map(|e| &e.operations)
        .find(|op| *op.code() == version.entry.code && (kind != "removed" || matches!(op, Operation::Remove(_))));
    match operation {
        Some(Operation::Add(entry)) => (entry.clause.clone(), false),
        Some(Operation::Remove(removal)) => (removal.clause.clone(), false),
        Some(Operation::Modify(change)) => (change.clause.clone(), change.text_unknown),
        None => (String::new(), false),
    }
}

fn points(before: Option<&Entry>, after: Option<&Entry>, kind: &str) -> Vec<PointChange> {
    fn of(entry: Option<&Entry>) -> BTreeMap<&str, &Point> {
        entry.map(|e| e.points.iter().map(|p| (p.path.as_str(), p)).collect()).unwrap_or_default()
    }
    let condition = |p: &&Point| {
        p.when.as_ref().map(|w| w.predicates().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    };
    let (before, after) = (of(before), of(after));
    let order = after.keys().chain(before.keys()).copied();
    let mut seen = BTreeSet::new();
    order
        .filter(|path| seen.insert((*path).to_owned()))
        .filter(|path| !(path.is_empty() && matches!(kind, "added" | "removed" | "fate_unknown")))
        .filter_map(|path| {
            let (b, a) = (before.get(path), after.get(path));
            let same = matches!((b, a), (Some(b), Some(a)) if b.text == a.text && b.when == a.when);
            (!same).then(|| PointChange {
                path: path.to_owned(),
                before: b.map(|p| p.text.clone()),
                after: a.map(|p| p.text.clone()),
                condition_before: b.and_then(condition),
                condition_after: a.and_then(condition),
            })
        })
        .collect()
}
