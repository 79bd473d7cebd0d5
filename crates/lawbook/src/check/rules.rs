//! The rules, one function each, and the assembly of the book.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Display;

use super::Issue;
use super::lines::line_for;
use super::references;
use crate::book::Book;
use crate::calendar::Calendar;
use crate::day::Day;
use crate::elsewhere::Elsewhere;
use crate::id::ListId;
use crate::list::history::{FoldError, History};
use crate::list::{ControlList, ListHead};
use crate::measure::ClauseChange;
use crate::quantity::Units;
use crate::source::{Files, From, SourceFile};

/// What the rules share.
pub(super) struct Checker<'a> {
    pub files: &'a [SourceFile],
    pub issues: Vec<Issue>,
}

impl Checker<'_> {
    pub(super) fn error(&mut self, rule: &'static str, file: usize, needle: &str, message: impl Into<String>) {
        let source = &self.files[file];
        self.issues.push(Issue::error(rule, &source.path, line_for(&source.text, needle), message.into()));
    }

    pub(super) fn warn(&mut self, rule: &'static str, file: usize, needle: &str, message: impl Into<String>) {
        let source = &self.files[file];
        self.issues.push(Issue::warning(rule, &source.path, line_for(&source.text, needle), message.into()));
    }

    /// Puts records into a map; a second one with the same key is an issue.
    fn unique<K: Ord + Display + Clone, V>(&mut self, what: &str, records: Vec<(usize, K, V)>) -> BTreeMap<K, V> {
        let mut map = BTreeMap::new();
        for (file, key, value) in records {
            match map.entry(key) {
                Entry::Occupied(held) => {
                    let key = held.key();
                    self.error("unique", file, &key.to_string(), format!("the {what} {key} is defined twice"));
                }
                Entry::Vacant(free) => {
                    free.insert(value);
                }
            }
        }
        map
    }
}

/// Assembles the book from what the files say and checks it.
pub(crate) fn run(read: Files, files: &[SourceFile]) -> (Book, Vec<Issue>) {
    let mut check = Checker { files, issues: Vec::new() };
    let mut book = Book::default();

    references::check_files(&read, &mut check);
    lists(&mut book, &read, &mut check);

    book.instruments = check
        .unique("instrument", read.instruments.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    book.measures =
        check.unique("measure", read.measures.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    clause_changes(&mut book, read.changes, &mut check);
    book.procedures = check
        .unique("procedure", read.procedures.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    book.guards =
        check.unique("guard", read.guards.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    book.timers =
        check.unique("timer", read.timers.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    book.properties = check
        .unique("property", read.properties.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    book.provenance =
        check.unique("source", read.provenance.into_iter().map(|r| (r.file, r.record.key.clone(), r.record)).collect());
    book.countries = check
        .unique("country", read.countries.into_iter().map(|r| (r.file, r.record.code.clone(), r.record)).collect());
    book.regimes =
        check.unique("regime", read.regimes.into_iter().map(|r| (r.file, r.record.id.clone(), r.record)).collect());
    let years: Vec<_> = read.calendars.into_iter().map(|r| r.record).collect();
    book.calendar = Calendar::new(&years);
    elsewhere(&mut book, read.elsewhere, &mut check);
    book.exclusions = read.exclusions.into_iter().map(|r| r.record).collect();
    book.penalties = read.penalties.into_iter().map(|r| r.record).collect();
    book.provinces = read.provinces.into_iter().map(|r| r.record).collect();
    book.lexicon = read.lexicon.into_iter().flat_map(|r| r.record.concept).collect();
    book.listings = read.listings.into_iter().map(|r| r.record).collect();
    book.listings.sort_by(|a, b| (a.effective, &a.id).cmp(&(b.effective, &b.id)));

    let unit_file = read.units.first().map_or(0, |u| u.file);
    match Units::new(read.units.into_iter().map(|r| r.record).collect()) {
        Ok(units) => book.units = units,
        Err(writing) => check.error("units", unit_file, &writing, format!("two units are written {writing:?}")),
    }
    book.recorded = recorded_span(&book);
    references::check_book(&book, &mut check);
    (book, check.issues)
}

/// Keeps what stands beside the recorded lists, in the order of the file.
fn elsewhere(book: &mut Book, records: Vec<From<Elsewhere>>, check: &mut Checker<'_>) {
    for From { file, record } in records {
        if book.elsewhere.iter().any(|held| held.id == record.id) {
            check.error("unique", file, &record.id, format!("{} is named twice beside the lists", record.id));
            continue;
        }
        book.elsewhere.push(record);
    }
}

/// Puts what later files say of a clause after its own history, in order of effect.
fn clause_changes(book: &mut Book, mut changes: Vec<From<ClauseChange>>, check: &mut Checker<'_>) {
    changes.sort_by_key(|c| (c.record.history.first().map(|s| s.from), check.files[c.file].path.clone()));
    for From { file, record } in changes {
        let name = record.clause.to_string();
        let meets = record.history.windows(2).all(|p| p[0].until.is_some_and(|until| until.next() == p[1].from));
        if !meets || record.history.is_empty() {
            check.error("history", file, &name, format!("{name}: the stretches of a change must follow day by day"));
        }
        for stretch in record.history.iter().filter(|s| !book.instruments.contains_key(&s.instrument)) {
            check.error("instrument", file, &name, format!("there is no instrument {}", stretch.instrument));
        }
        let clause = book
            .measures
            .get_mut(&record.clause.measure)
            .and_then(|m| m.clause.iter_mut().find(|c| c.id == record.clause.clause));
        match clause {
            Some(clause) => clause.history.extend(record.history),
            None => check.error("clause", file, &name, format!("{name} is changed, but no such clause exists")),
        }
    }
}

fn lists(book: &mut Book, read: &Files, check: &mut Checker<'_>) {
    let mut by_list: BTreeMap<ListId, (ListHead, Vec<_>)> = BTreeMap::new();
    for head in &read.lists {
        let expected = format!("lists/{}/list.toml", head.record.id);
        if check.files[head.file].path != expected {
            check.error("place", head.file, head.record.id.as_str(), format!("this list belongs in {expected}"));
        }
        by_list.insert(head.record.id.clone(), (head.record.clone(), Vec::new()));
    }
    for (list, edition) in &read.editions {
        match by_list.get_mut(list.as_str()) {
            Some((_, editions)) => editions.push(edition.record.clone()),
            None => check.error("place", edition.file, "edition", format!("there is no lists/{list}/list.toml")),
        }
    }
    for (id, (head, mut editions)) in by_list {
        editions.sort_by_key(|e| (e.effective, e.published, e.file.clone()));
        let history = History::fold(&editions, Day::MAX).unwrap_or_else(|error| {
            let named = |file: &str| check.files.iter().position(|f| f.path == file).unwrap_or(0);
            let (FoldError::NotThere { file, code }
            | FoldError::Twice { file, code }
            | FoldError::NoPoint { file, code, .. }) = &error;
            let (at, needle) = (named(file), code.to_string());
            check.error("fold", at, &needle, error.to_string());
            History::default()
        });
        book.lists.insert(id, ControlList { head, editions, history });
    }
}

fn recorded_span(book: &Book) -> Option<(Day, Day)> {
    let days = || {
        let editions = book.lists.values().flat_map(|l| l.editions.iter().map(|e| e.recorded));
        editions.chain(book.measures.values().map(|m| m.recorded)).chain(book.listings.iter().map(|l| l.recorded))
    };
    Some((days().min()?, days().max()?))
}
