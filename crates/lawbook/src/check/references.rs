//! Checks that names meet: every instrument, concept, property, unit, timer, clause and code that a record uses exists.

use std::collections::{BTreeMap, BTreeSet};

use super::Issue;
use super::lines::line_within;
use super::rules::Checker;
use crate::book::Book;
use crate::code::Code;
use crate::elsewhere::Elsewhere;
use crate::exclusion::Exclusion;
use crate::id::{ConceptId, InstrumentId, ProcedureId, PropertyId};
use crate::instrument::Citation;
use crate::list::coverage::Tally;
use crate::list::edition::{Edition, Form, Operation};
use crate::list::entry::{AnyOf, Entry, Point};
use crate::party::Listing;
use crate::predicate::Predicate;
use crate::procedure::Procedure;
use crate::property::Property;
use crate::source::Files;
use crate::verification::Verification;

/// Names that records may use, gathered before the book is assembled so that files are still known.
pub(super) struct Names<'a> {
    instruments: BTreeSet<&'a InstrumentId>,
    pub(super) concepts: BTreeSet<&'a ConceptId>,
    properties: BTreeMap<&'a PropertyId, &'a Property>,
    dimensions: BTreeMap<&'a str, &'a str>,
    sources: BTreeSet<&'a str>,
    codes: BTreeSet<String>,
}

impl<'a> Names<'a> {
    fn of(read: &'a Files) -> Self {
        let acts = read.instruments.iter().map(|r| &r.record);
        let mut codes = BTreeSet::new();
        for (_, edition) in &read.editions {
            for operation in &edition.record.operations {
                let points: Vec<&Point> = match operation {
                    Operation::Add(entry) => entry.points.iter().collect(),
                    Operation::Modify(change) => change.add.iter().chain(&change.replace).collect(),
                    Operation::Remove(_) => Vec::new(),
                };
                codes.extend(points.iter().map(|p| full_code(operation.code(), &p.path)));
            }
        }
        Self {
            instruments: acts.clone().map(|i| &i.id).chain(acts.filter_map(|i| i.work.as_ref())).collect(),
            concepts: read.lexicon.iter().flat_map(|r| r.record.concept.iter().map(|c| &c.id)).collect(),
            properties: read.properties.iter().map(|r| (&r.record.id, &r.record)).collect(),
            dimensions: read
                .units
                .iter()
                .flat_map(|u| {
                    std::iter::once(&u.record.symbol)
                        .chain(&u.record.also)
                        .map(|n| (n.as_str(), u.record.dimension.as_str()))
                })
                .collect(),
            sources: read.provenance.iter().map(|r| r.record.key.as_str()).collect(),
            codes,
        }
    }
}

fn full_code(code: &Code, path: &str) -> String {
    match code {
        Code::Control(_) => code.with_path(path),
        _ if path.is_empty() => code.to_string(),
        _ => format!("{code}#{path}"),
    }
}

/// Checks each record against the names, while the file it came from is known.
pub(super) fn check_files(read: &Files, check: &mut Checker<'_>) {
    let names = Names::of(read);
    properties(read, &names, check);
    super::lexicon::check(read, &names, check);
    for (_, edition) in &read.editions {
        one_edition(&edition.record, edition.file, &names, check);
    }
    entry_procedures(read, check);
    for r in &read.exclusions {
        exclusion(&r.record, r.file, &names, check);
    }
    for r in &read.measures {
        measure(&r.record, r.file, &names, check);
    }
    for r in &read.listings {
        listing(&r.record, r.file, &names, check);
    }
    for r in &read.procedures {
        procedure(&r.record, r.file, read, &names, check);
    }
    for r in &read.regimes {
        let expected = format!("regimes/{}.toml", r.record.id);
        if check.files[r.file].path != expected {
            check.error("place", r.file, &r.record.id, format!("this regime belongs in {expected}"));
        }
        let numbers = r.record.numbers.iter();
        for code in numbers.flat_map(|n| n.related.union(&n.different).filter(|c| !n.held.contains(*c))) {
            check.error("number", r.file, code, format!("{code} is compared but not among the numbers the list has"));
        }
    }
    read.elsewhere.iter().for_each(|r| elsewhere(&r.record, r.file, &names, check));
    read.guards.iter().for_each(|r| cites(&r.record.basis, r.file, &r.record.id, &names, check));
    read.timers.iter().for_each(|r| cites(&r.record.basis, r.file, r.record.id.as_str(), &names, check));
    read.penalties.iter().for_each(|r| cites(&r.record.basis, r.file, &r.record.id, &names, check));
    for r in &read.lists {
        cites(&r.record.basis, r.file, r.record.id.as_str(), &names, check);
        for name in r.record.procedures.values().flatten() {
            if !read.procedures.iter().any(|p| p.record.id.as_str() == name) {
                check.error(
                    "procedure",
                    r.file,
                    name,
                    format!("the list {} leads to {name}, which does not exist", r.record.id),
                );
            }
        }
    }
    if !read.timers.is_empty() && read.calendars.is_empty() {
        check.error(
            "calendar",
            read.timers[0].file,
            "unit",
            "there are periods in working days but no calendars/ year",
        );
    }
}

/// An entry that is licensed in its own way leads to a procedure that exists.
fn entry_procedures(read: &Files, check: &mut Checker<'_>) {
    let known = |id: &ProcedureId| read.procedures.iter().any(|p| p.record.id == *id);
    for (_, edition) in &read.editions {
        for operation in &edition.record.operations {
            let Operation::Add(entry) = operation else { continue };
            if let Some(missing) = entry.procedure.as_ref().filter(|id| !known(id)) {
                check.error(
                    "procedure",
                    edition.file,
                    missing.as_str(),
                    format!("{} leads to {missing}, which does not exist", entry.code),
                );
            }
        }
    }
}

fn exclusion(it: &Exclusion, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let id = it.id.as_str();
    cites(std::slice::from_ref(&it.at), file, id, names, check);
    concepts(&it.class, file, id, names, check);
    if let Some(when) = &it.when {
        when.predicates().into_iter().for_each(|p| predicate(p, file, id, names, check));
    }
    if it.entries.is_empty() && it.lists.is_empty() {
        check.error("exclusion", file, id, format!("{id} says neither which entries nor which lists it is about"));
    }
    if it.class.is_empty() && it.when.is_none() {
        check.error(
            "exclusion",
            file,
            id,
            format!("{id} has neither a class nor a condition: it would exclude everything"),
        );
    }
    for concept in it.with.iter().filter(|c| !names.concepts.contains(c)) {
        check.error("concept", file, id, format!("{id}: the lexicon has no concept {concept}"));
    }
    if let Some(notice) = &it.notice {
        acts(notice, file, id, names, check);
        if !it.lists.is_empty() {
            check.error(
                "exclusion",
                file,
                id,
                format!("{id} speaks of the items of {notice}: name its entries, not a whole list"),
            );
        }
    }
    if it.hedged && it.words.is_empty() && it.verification != Verification::Derived {
        check.error("exclusion", file, id, format!("{id} is hedged: quote the hedge in words"));
    }
    for code in it.entries.iter().chain(&it.nearest) {
        if !names.codes.contains(code) {
            check.error("code", file, id, format!("{id} is about {code}, which no edition holds"));
        }
    }
}

fn elsewhere(it: &Elsewhere, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let id = it.id.as_str();
    for (what, text) in [("a name", &it.name), ("a sentence on what it covers and who decides", &it.text)] {
        if text.zh.is_empty() || text.en.is_empty() {
            check.error("elsewhere", file, id, format!("{id} needs {what} in both languages"));
        }
    }
    if it.at.is_empty() {
        check.error("elsewhere", file, id, format!("{id} does not say where it stands in law"));
    }
    cites(&it.at, file, id, names, check);
    for concept in it.class.iter().filter(|c| !names.concepts.contains(c)) {
        check.error("concept", file, id, format!("{id}: the lexicon has no concept {concept}"));
    }
}

fn listing(it: &Listing, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let id = it.id.as_str();
    acts(&it.instrument, file, id, names, check);
    let main = it.party.iter().filter(|p| p.unit_of.is_none()).count();
    if it.declared.is_some_and(|d| usize::from(d) != main) {
        let declared = it.declared.unwrap_or_default();
        check.error("totals", file, id, format!("{id} declares {declared} parties and names {main}"));
    }
    for party in it.party.iter().filter(|p| p.names().next().is_none()) {
        check.error("party", file, id, format!("party {} of {id} has no name", party.no));
    }
}

fn procedure(it: &Procedure, file: usize, read: &Files, names: &Names<'_>, check: &mut Checker<'_>) {
    let id = it.id.as_str();
    for fault in it.faults() {
        check.error("procedure", file, id, format!("{id}: {fault}"));
    }
    cites(&it.basis, file, id, names, check);
    for step in &it.transition {
        cites(&step.basis, file, &step.id, names, check);
        for guard in step.guards.iter().filter(|g| !read.guards.iter().any(|known| known.record.id == **g)) {
            check.error("guard", file, guard, format!("{id}: the guard {guard:?} is not in procedures/guards.toml"));
        }
    }
    for running in it.clock.iter().filter(|c| !read.timers.iter().any(|t| t.record.id == c.timer)) {
        check.error("timer", file, running.timer.as_str(), format!("{id}: there is no timer {}", running.timer));
    }
    for next in it.followed_by.iter().filter(|n| !read.procedures.iter().any(|p| p.record.id == **n)) {
        check.error("procedure", file, next.as_str(), format!("{id} is followed by {next}, which does not exist"));
    }
    it.paper.iter().for_each(|p| cites(&p.basis, file, &p.id, names, check));
    it.pitfall.iter().for_each(|p| cites(&p.basis, file, id, names, check));
}

fn acts(instrument: &InstrumentId, file: usize, near: &str, names: &Names<'_>, check: &mut Checker<'_>) {
    if !names.instruments.contains(instrument) {
        check.error("instrument", file, near, format!("there is no instrument {instrument}"));
    }
}

fn cites(citations: &[Citation], file: usize, near: &str, names: &Names<'_>, check: &mut Checker<'_>) {
    for citation in citations {
        acts(&citation.instrument, file, near, names, check);
    }
}

fn concepts(class: &[AnyOf], file: usize, near: &str, names: &Names<'_>, check: &mut Checker<'_>) {
    for concept in class.iter().flat_map(AnyOf::concepts).filter(|c| !names.concepts.contains(c)) {
        check.error("concept", file, near, format!("{near}: the lexicon has no concept {concept}"));
    }
}

fn predicate(predicate: &Predicate, file: usize, near: &str, names: &Names<'_>, check: &mut Checker<'_>) {
    let unknown = |property: &PropertyId| format!("{near}: properties/ has no property {property}");
    match predicate {
        Predicate::Fact { property, .. } => match names.properties.get(property) {
            None => check.error("property", file, near, unknown(property)),
            Some(found) if !found.is_fact() => {
                check.error(
                    "property",
                    file,
                    near,
                    format!("{near}: {property} is measured: write {property} > number unit"),
                );
            }
            Some(_) => {}
        },
        Predicate::Measure { property, of, limit, at, .. } => {
            let measured = std::iter::once((property, limit)).chain(at.iter().map(|at| (&at.property, &at.value)));
            for (property, value) in measured {
                let Some(found) = names.properties.get(property) else {
                    check.error("property", file, near, unknown(property));
                    continue;
                };
                let dimension = found.dimension.as_deref();
                let of_unit = names.dimensions.get(value.unit.as_str()).copied();
                match (dimension, of_unit) {
                    (None, _) => {
                        check.error("property", file, near, format!("{near}: {property} is a fact and has no value"));
                    }
                    (Some("number"), _) if value.unit.is_empty() => {}
                    (Some(_), None) => {
                        check.error("unit", file, near, format!("{near}: there is no unit {:?}", value.unit));
                    }
                    (Some(wanted), Some(given)) if wanted != given => {
                        check.error(
                            "unit",
                            file,
                            near,
                            format!("{near}: {property} is a {wanted}, but {:?} measures {given}", value.unit),
                        );
                    }
                    _ => {}
                }
            }
            if let Some(of) = of.as_ref().filter(|of| !names.concepts.contains(of)) {
                check.error("concept", file, near, format!("{near}: the lexicon has no concept {of}"));
            }
        }
    }
}

fn one_edition(edition: &Edition, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    acts(&edition.instrument, file, edition.instrument.as_str(), names, check);
    let mut seen = BTreeSet::new();
    for operation in &edition.operations {
        let code = operation.code().to_string();
        let kind = match operation {
            Operation::Add(_) => "add",
            Operation::Remove(_) => "remove",
            Operation::Modify(_) => "modify",
        };
        if !seen.insert((kind, code.clone())) {
            check.error("unique", file, &code, format!("{code} appears twice under {kind}"));
        }
        match operation {
            Operation::Add(entry) => {
                one_entry(entry, file, names, check);
                sources(&entry.source, file, &code, names, check);
            }
            Operation::Modify(change) => {
                change.add.iter().chain(&change.replace).for_each(|p| one_point(&code, p, file, names, check));
                sources(&change.source, file, &code, names, check);
            }
            Operation::Remove(removal) => sources(&removal.source, file, &code, names, check),
        }
    }
    if edition.form == Form::Draft && edition.operations.iter().any(|o| !matches!(o, Operation::Add(_))) {
        check.warn("draft", file, "edition", "a draft shows entries only; its removals and changes are not folded");
    }
}

fn sources(keys: &[String], file: usize, near: &str, names: &Names<'_>, check: &mut Checker<'_>) {
    for key in keys.iter().filter(|k| !names.sources.contains(k.as_str())) {
        check.error("source", file, near, format!("{near}: sources/ has no key {key}"));
    }
}

fn one_entry(entry: &Entry, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let code = entry.code.to_string();
    if entry.name.is_empty() {
        check.error("name", file, &code, format!("{code} has no heading in either language"));
    }
    if entry.lead && entry.heading_decides {
        check.error("lead", file, &code, format!("{code} is a lead: a heading that was not seen cannot decide"));
    }
    let mut paths = BTreeSet::new();
    for point in &entry.points {
        if !paths.insert(point.path.as_str()) {
            let source = &check.files[file];
            let line = line_within(&source.text, &code, &point.path);
            check.issues.push(Issue::error(
                "unique",
                &source.path,
                line,
                format!("{code} has two points {:?}", point.path),
            ));
        }
        one_point(&code, point, file, names, check);
    }
    for point in entry.points.iter().filter(|p| !p.path.is_empty()) {
        let up = crate::list::entry::parent(&point.path);
        if !paths.contains(up) {
            check.error(
                "path",
                file,
                &code,
                format!("{code}: the point {:?} has no point {up:?} above it", point.path),
            );
        }
    }
}

fn one_point(code: &str, point: &Point, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let near = if point.path.is_empty() { code.to_owned() } else { format!("{code} point {}", point.path) };
    concepts(&point.class, file, &near, names, check);
    for concept in point.contains.iter().filter(|c| !names.concepts.contains(c)) {
        check.error("concept", file, &near, format!("{near}: the lexicon has no concept {concept}"));
    }
    if let Some(when) = &point.when {
        when.predicates().into_iter().for_each(|p| predicate(p, file, &near, names, check));
    }
    point.implied.iter().for_each(|p| predicate(p, file, &near, names, check));
    for concerned in point.concerns.iter().filter(|c| !names.codes.contains(*c)) {
        check.error("code", file, &near, format!("{near} concerns {concerned}, which no edition holds"));
    }
    for hs in point.hs.iter().filter(|hs| hs.len() < 4 || hs.len() > 10 || !hs.bytes().all(|b| b.is_ascii_digit())) {
        check.error("hs", file, &near, format!("{near}: {hs:?} is no customs number of 4 to 10 digits"));
    }
    sources(&point.source, file, code, names, check);
}

fn measure(measure: &crate::measure::Measure, file: usize, names: &Names<'_>, check: &mut Checker<'_>) {
    let id = measure.id.as_str();
    acts(&measure.instrument, file, id, names, check);
    for clause in &measure.clause {
        let near = format!("{id}#{}", clause.id);
        cites(std::slice::from_ref(&clause.at), file, id, names, check);
        if clause.history.is_empty() {
            check.error("history", file, id, format!("{near} has no history: say at least from when it is in force"));
        }
        for pair in clause.history.windows(2) {
            match pair[0].until {
                Some(until) if until.next() == pair[1].from => {}
                Some(until) => check.error(
                    "history",
                    file,
                    id,
                    format!(
                        "{near}: a stretch ends on {until} and the next begins on {}; they must meet",
                        pair[1].from
                    ),
                ),
                None => {
                    check.error(
                        "history",
                        file,
                        id,
                        format!("{near}: a stretch without an end is followed by another"),
                    );
                }
            }
        }
        for stretch in &clause.history {
            acts(&stretch.instrument, file, id, names, check);
            if stretch.until.is_some_and(|until| until < stretch.from) {
                check.error(
                    "history",
                    file,
                    id,
                    format!("{near}: a stretch ends before it begins, on {}", stretch.from),
                );
            }
        }
        for code in clause.entries.iter().filter(|c| !names.codes.contains(*c)) {
            check.error("code", file, id, format!("{near} is about {code}, which no edition holds"));
        }
        if let Some(when) = &clause.when {
            when.predicates().into_iter().for_each(|p| predicate(p, file, id, names, check));
        }
    }
}

fn properties(read: &Files, names: &Names<'_>, check: &mut Checker<'_>) {
    let dimensions: BTreeSet<&str> = names.dimensions.values().copied().chain(["number"]).collect();
    for r in &read.properties {
        let id = r.record.id.as_str();
        if let Some(dimension) = r.record.dimension.as_deref().filter(|d| !dimensions.contains(d)) {
            check.error("unit", r.file, id, format!("{id}: no unit measures {dimension:?}"));
        }
        if r.record.name.zh.is_empty() || r.record.name.en.is_empty() {
            check.error(
                "name",
                r.file,
                id,
                format!("{id} needs a name in both languages: questions are asked with it"),
            );
        }
    }
}

/// An exclusion that speaks of one notice frees only from what that notice listed.
fn excluded_entries(book: &Book, check: &mut Checker<'_>) {
    for exclusion in &book.exclusions {
        let Some(notice) = &exclusion.notice else { continue };
        for code in exclusion.entries.iter().filter(|code| !of_notice(book, code, notice)) {
            let id = exclusion.id.as_str();
            let file = file_with(check, &format!("id = \"{id}\""));
            check.error("exclusion", file, id, format!("{id} speaks of {notice}, which never listed {code}"));
        }
    }
}

/// True where an item, or an earlier entry that it continues, was put into its list or changed by the instrument.
fn of_notice(book: &Book, code: &str, notice: &InstrumentId) -> bool {
    let versions = || book.lists.values().flat_map(|list| list.history.versions().iter().map(move |v| (list, v)));
    versions().filter(|(_, v)| is_item_of(&v.entry.code, code)).any(|(list, v)| {
        list.history.life(v.life).any(|other| {
            other.instrument == *notice
                || other.entry.was.iter().any(|was| {
                    versions().any(|(_, earlier)| earlier.entry.code == *was && earlier.instrument == *notice)
                })
        })
    })
}

fn is_item_of(entry: &Code, item: &str) -> bool {
    item.strip_prefix(&entry.to_string()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#']))
}

/// Checks that need the folded book.
pub(super) fn check_book(book: &Book, check: &mut Checker<'_>) {
    excluded_entries(book, check);
    let missing: Vec<(usize, String, String)> = book
        .listings
        .iter()
        .flat_map(|l| l.party.iter().filter_map(|p| p.measure.as_ref()).chain([&l.measure]).map(move |m| (l, m)))
        .filter(|(_, m)| book.clause(m).is_none())
        .map(|(l, m)| (l.id.to_string(), m.to_string()))
        .chain(book.lists.values().flat_map(|list| {
            list.editions
                .iter()
                .filter_map(|e| e.measure.as_ref().map(|m| (e.id.to_string(), m)))
                .filter(|(_, m)| book.clause(m).is_none())
                .map(|(e, m)| (e, m.to_string()))
        }))
        .map(|(near, clause)| (file_with(check, &clause), near, clause))
        .collect();
    for (file, near, clause) in missing {
        check.error("clause", file, &clause, format!("{near} depends on the clause {clause}, which does not exist"));
    }
    let mut over: Vec<(usize, Tally)> = Vec::new();
    for list in book.lists.values() {
        for edition in list.in_law() {
            let file = check.files.iter().position(|f| f.path == edition.file).unwrap_or(0);
            let tallies = edition.tally(|code| list.control_before(code, edition.effective));
            over.extend(tallies.into_iter().filter(|t| t.declared.is_some_and(|d| t.recorded > d)).map(|t| (file, t)));
            totals(list, edition, file, check);
        }
    }
    for (file, tally) in over {
        let Tally { operation, control, recorded, declared } = tally;
        check.error(
            "totals",
            file,
            "declared",
            format!(
                "{recorded} {control} entries are recorded as {operation}, but the instrument declares {}",
                declared.unwrap_or(0)
            ),
        );
    }
}

fn file_with(check: &Checker<'_>, needle: &str) -> usize {
    check.files.iter().position(|f| f.text.contains(needle)).unwrap_or(0)
}

/// More recorded entries than the instrument declares is an error; fewer is coverage.
fn totals(list: &crate::list::ControlList, edition: &Edition, file: usize, check: &mut Checker<'_>) {
    let coverage = list.coverage(edition.effective);
    for (control, declared) in &edition.declared.total {
        let recorded = if control == "all" {
            coverage.recorded
        } else {
            coverage.by_control.get(control).copied().unwrap_or_default()
        };
        if recorded > *declared {
            check.error(
                "totals",
                file,
                "total",
                format!(
                    "{recorded} {control} entries are recorded on {}, but the instrument declares {declared}",
                    edition.effective
                ),
            );
        }
    }
}
