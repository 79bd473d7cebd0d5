//! The fold: editions in order of effect give every entry its life.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::day::{AsOf, Day};
use crate::id::{EditionId, InstrumentId};
use crate::list::edition::{Edition, Form, Modification, Operation};
use crate::list::entry::Entry;
use crate::measure::ClauseRef;

/// How a version of an entry ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Taken out by an instrument.
    Removed(InstrumentId),
    /// Followed by another version of the same entry.
    Changed(InstrumentId),
    /// The list was issued anew and the recorded part of the new list does not show the entry: kept or dropped, not known.
    FateUnknown(InstrumentId),
    /// A draft whose consultation closed.
    DraftClosed,
}

/// One version of one entry: the same words over an unbroken time.
#[derive(Debug, Clone)]
pub struct Version {
    /// The life it belongs to: the index of its first version's line.
    pub life: usize,
    /// The entry as it stood.
    pub entry: Entry,
    /// The edition that gave it these words.
    pub edition: EditionId,
    /// The instrument that gave it these words.
    pub instrument: InstrumentId,
    /// Day of publication of that instrument.
    pub published: Day,
    /// First day of effect.
    pub from: Day,
    /// Last day of effect, with the reason.
    pub end: Option<(Day, Ending)>,
    /// The clause whose status decides whether it holds.
    pub measure: Option<ClauseRef>,
    /// True for a line of a draft.
    pub draft: bool,
    /// What the instrument did with the entry, where it changed one: paths added and replaced.
    pub touched: BTreeSet<String>,
}

/// All lives of a list's entries, as known on one day.
#[derive(Debug, Clone, Default)]
pub struct History {
    versions: Vec<Version>,
    lives: usize,
}

/// An operation that addresses an entry the list does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// Nothing with that code stands in the edition before.
    #[error("{file}: {code} is changed or removed, but the edition before does not hold it")]
    NotThere {
        /// The edition's file.
        file: String,
        /// The code addressed.
        code: Code,
    },
    /// A code that the list already holds is added.
    #[error("{file}: {code} is added, but the list already holds it")]
    Twice {
        /// The edition's file.
        file: String,
        /// The code added.
        code: Code,
    },
    /// A point that is replaced or removed does not exist.
    #[error("{file}: {code} has no recorded point {path:?} to replace or remove")]
    NoPoint {
        /// The edition's file.
        file: String,
        /// The entry.
        code: Code,
        /// The point.
        path: String,
    },
}

impl History {
    /// Folds `editions` (any order) as far as they were recorded by `recorded`.
    ///
    /// # Errors
    /// Where an operation addresses an entry or point that is not there.
    pub fn fold(editions: &[Edition], recorded: Day) -> Result<Self, FoldError> {
        let mut known: Vec<&Edition> = editions.iter().filter(|e| e.recorded <= recorded).collect();
        known.sort_by_key(|e| (e.effective, e.published, e.file.clone()));
        let mut fold = Fold::default();
        for edition in known {
            match edition.form {
                Form::Draft => fold.draft(edition),
                Form::Reissue => fold.reissue(edition),
                Form::Base | Form::Amendment => fold.amend(edition)?,
            }
        }
        Ok(Self { versions: fold.versions, lives: fold.lives })
    }

    /// Every version, in order of effect.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// How many separate lives there are.
    pub fn lives(&self) -> usize {
        self.lives
    }

    /// The versions of one life, oldest first.
    pub fn life(&self, life: usize) -> impl Iterator<Item = &Version> {
        self.versions.iter().filter(move |v| v.life == life)
    }

    /// The version that brought a point of `version` into its entry by amendment; `None` where the point is as old as the entry
    /// is known here, or came with an edition issued anew.
    pub fn introduced(&self, version: &Version, path: &str) -> Option<&Version> {
        let lived = self.life(version.life).filter(|v| !v.draft && v.from <= version.from);
        let since = lived.filter(|v| v.entry.point(path).is_some()).min_by_key(|v| v.from)?;
        (since.touched.contains(path) && since.entry.code == version.entry.code).then_some(since)
    }

    /// The versions in the list on a day (drafts are not in the list). A version decided by a clause is in the list from
    /// publication: its clause tells what that means.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &Version> {
        self.versions.iter().filter(move |v| !v.draft && v.holds(day))
    }

    /// The lives that ever carried `code`, or an entry whose code begins it (`1C117` for `1C117.d.1`).
    pub fn lives_of(&self, code: &Code) -> BTreeSet<usize> {
        let entry = code.entry();
        self.versions.iter().filter(|v| v.entry.code == *code || v.entry.code == entry).map(|v| v.life).collect()
    }
}

impl Version {
    /// True where the version is in the list on `day`.
    pub fn holds(&self, day: Day) -> bool {
        let from = if self.measure.is_some() { self.published.min(self.from) } else { self.from };
        from <= day && self.end.as_ref().is_none_or(|(last, _)| day <= *last)
    }

    /// True where the version was known on `as_of`'s days but does not hold.
    pub fn is_past(&self, as_of: AsOf) -> bool {
        self.end.as_ref().is_some_and(|(last, _)| *last < as_of.effective)
    }
}

#[derive(Default)]
struct Fold {
    versions: Vec<Version>,
    /// Code in the edition in force -> index of the open version.
    open: BTreeMap<Code, usize>,
    lives: usize,
}

impl Fold {
    fn push(&mut self, edition: &Edition, entry: &Entry, life: Option<usize>, touched: BTreeSet<String>) -> usize {
        let life = life.unwrap_or_else(|| {
            self.lives += 1;
            self.lives - 1
        });
        self.versions.push(Version {
            life,
            entry: entry.clone(),
            edition: edition.id.clone(),
            instrument: edition.instrument.clone(),
            published: edition.published,
            from: edition.effective,
            end: None,
            measure: edition.measure.clone(),
            draft: edition.form == Form::Draft,
            touched,
        });
        self.versions.len() - 1
    }

    fn close(&mut self, index: usize, edition: &Edition, ending: Ending) {
        self.versions[index].end = Some((edition.effective.previous(), ending));
    }

    fn life_of_any(&self, codes: &[Code]) -> Option<usize> {
        codes.iter().find_map(|code| self.versions.iter().rev().find(|v| v.entry.code == *code).map(|v| v.life))
    }

    fn draft(&mut self, edition: &Edition) {
        for operation in &edition.operations {
            let Operation::Add(entry) = operation else { continue };
            // A draft line belongs to the life of the entry it would change, so that its page shows it.
            let life =
                self.open.get(&entry.code).map(|i| self.versions[*i].life).or_else(|| self.life_of_any(&entry.was));
            self.push(edition, entry, life, BTreeSet::new());
        }
    }

    fn reissue(&mut self, edition: &Edition) {
        let before = std::mem::take(&mut self.open);
        let mut continued = BTreeSet::new();
        let removed: BTreeSet<&Code> =
            edition.operations.iter().filter(|&op| matches!(op, Operation::Remove(_))).map(Operation::code).collect();
        for operation in &edition.operations {
            let Operation::Add(entry) = operation else { continue };
            let from = std::iter::once(&entry.code).chain(&entry.was).find(|code| before.contains_key(code));
            let life = from.map(|code| self.versions[before[code]].life).or_else(|| self.life_of_any(&entry.was));
            for code in std::iter::once(&entry.code).chain(&entry.was) {
                if let Some(&index) = before.get(code)
                    && continued.insert(code.clone())
                {
                    self.close(index, edition, Ending::Changed(edition.instrument.clone()));
                }
            }
            let index = self.push(edition, entry, life, BTreeSet::new());
            self.open.insert(entry.code.clone(), index);
        }
        for (code, index) in before {
            if !continued.contains(&code) {
                let ending = if removed.contains(&code) { Ending::Removed } else { Ending::FateUnknown };
                self.close(index, edition, ending(edition.instrument.clone()));
            }
        }
    }

    fn amend(&mut self, edition: &Edition) -> Result<(), FoldError> {
        for operation in &edition.operations {
            let not_there = || FoldError::NotThere { file: edition.file.clone(), code: operation.code().clone() };
            match operation {
                Operation::Add(entry) => {
                    if self.open.contains_key(&entry.code) {
                        return Err(FoldError::Twice { file: edition.file.clone(), code: entry.code.clone() });
                    }
                    let life = self.life_of_any(&entry.was);
                    let index = self.push(edition, entry, life, BTreeSet::new());
                    self.open.insert(entry.code.clone(), index);
                }
                Operation::Remove(removal) => {
                    let index = self.open.remove(&removal.code).ok_or_else(not_there)?;
                    self.close(index, edition, Ending::Removed(edition.instrument.clone()));
                }
                Operation::Modify(change) => {
                    let index = *self.open.get(&change.code).ok_or_else(not_there)?;
                    let (entry, touched) = modified(&self.versions[index].entry, change, edition)?;
                    let life = self.versions[index].life;
                    self.close(index, edition, Ending::Changed(edition.instrument.clone()));
                    let index = self.push(edition, &entry, Some(life), touched);
                    self.open.insert(change.code.clone(), index);
                }
            }
        }
        Ok(())
    }
}

fn modified(entry: &Entry, change: &Modification, edition: &Edition) -> Result<(Entry, BTreeSet<String>), FoldError> {
    let mut entry = entry.clone();
    let mut touched = BTreeSet::new();
    let missing = |path: &str| FoldError::NoPoint {
        file: edition.file.clone(),
        code: change.code.clone(),
        path: path.to_owned(),
    };
    if let Some(name) = &change.name {
        entry.name = name.clone();
        if let Some(heading) = entry.points.first_mut() {
            heading.text = name.clone();
        }
    }
    for path in &change.remove {
        let at = entry.points.iter().position(|p| p.path == *path).ok_or_else(|| missing(path))?;
        entry.points.remove(at);
        touched.insert(path.clone());
    }
    for point in &change.replace {
        touched.insert(point.path.clone());
        match entry.points.iter_mut().find(|p| p.path == point.path) {
            Some(held) => *held = point.clone(),
            // The point may exist officially without being recorded: the amendment then records it for the first time.
            None => entry.points.push(point.clone()),
        }
    }
    for point in &change.add {
        if entry.points.iter().any(|p| p.path == point.path) {
            return Err(missing(&point.path));
        }
        touched.insert(point.path.clone());
        entry.points.push(point.clone());
    }
    entry.points.sort_by_key(|p| path_order(&p.path));
    Ok((entry, touched))
}

/// Sorts `2` before `10` and `d` after `c`.
fn path_order(path: &str) -> Vec<(u32, String)> {
    if path.is_empty() {
        return Vec::new();
    }
    path.split('.').map(|level| (level.parse().unwrap_or(0), level.to_owned())).collect()
}
