//! Files to records: the path says what a file holds.

use serde::de::DeserializeOwned;

use crate::calendar::CalendarYear;
use crate::check::Issue;
use crate::clock::Timer;
use crate::elsewhere::Elsewhere;
use crate::exclusion::Exclusion;
use crate::instrument::Instrument;
use crate::lexicon::LexiconFile;
use crate::list::ListHead;
use crate::list::edition::{Edition, WrittenEdition};
use crate::measure::{ClauseChange, Measure};
use crate::party::Listing;
use crate::penalty::Penalty;
use crate::place::{Country, Province};
use crate::procedure::{Guard, Procedure};
use crate::property::Property;
use crate::provenance::Provenance;
use crate::quantity::Unit;
use crate::regime::Regime;
use crate::source::SourceFile;

/// A record with the file it came from.
#[derive(Debug, Clone)]
pub(crate) struct From<T> {
    pub file: usize,
    pub record: T,
}

/// Everything the files say, not yet checked against each other.
#[derive(Debug, Default)]
pub(crate) struct Files {
    pub instruments: Vec<From<Instrument>>,
    pub lists: Vec<From<ListHead>>,
    pub editions: Vec<(String, From<Edition>)>,
    pub exclusions: Vec<From<Exclusion>>,
    pub measures: Vec<From<Measure>>,
    pub changes: Vec<From<ClauseChange>>,
    pub listings: Vec<From<Listing>>,
    pub procedures: Vec<From<Procedure>>,
    pub guards: Vec<From<Guard>>,
    pub timers: Vec<From<Timer>>,
    pub penalties: Vec<From<Penalty>>,
    pub calendars: Vec<From<CalendarYear>>,
    pub countries: Vec<From<Country>>,
    pub provinces: Vec<From<Province>>,
    pub units: Vec<From<Unit>>,
    pub properties: Vec<From<Property>>,
    pub provenance: Vec<From<Provenance>>,
    pub lexicon: Vec<From<LexiconFile>>,
    pub regimes: Vec<From<Regime>>,
    pub elsewhere: Vec<From<Elsewhere>>,
}

macro_rules! many {
    ($name:ident, $field:ident, $record:ty) => {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $field: Vec<$record>,
        }
    };
}
many!(Instruments, instrument, Instrument);
many!(Exclusions, exclusion, Exclusion);

/// Measures, and what this file does to clauses of others.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Measures {
    #[serde(default)]
    measure: Vec<Measure>,
    #[serde(default)]
    change: Vec<ClauseChange>,
}
many!(Guards, guard, Guard);
many!(Timers, timer, Timer);
many!(Penalties, penalty, Penalty);
many!(ElsewhereFile, elsewhere, Elsewhere);
many!(Countries, country, Country);
many!(Provinces, province, Province);
many!(UnitsFile, unit, Unit);
many!(Properties, property, Property);
many!(Sources, source, Provenance);

/// Reads every file. A file that cannot be read becomes an issue and is left out.
pub(crate) fn parse(files: &[SourceFile]) -> (Files, Vec<Issue>) {
    // Two halves on two cores: reading TOML is most of what starting up costs.
    let middle = balanced_split(files);
    let (left, right) = std::thread::scope(|scope| {
        let left = scope.spawn(|| parse_run(files, 0..middle));
        let right = parse_run(files, middle..files.len());
        (left.join().unwrap_or_default(), right)
    });
    let (mut all, mut issues) = left;
    let (more, more_issues) = right;
    all.append(more);
    issues.extend(more_issues);
    (all, issues)
}

fn balanced_split(files: &[SourceFile]) -> usize {
    let half: usize = files.iter().map(|f| f.text.len()).sum::<usize>() / 2;
    let mut sum = 0;
    files
        .iter()
        .position(|file| {
            sum += file.text.len();
            sum >= half
        })
        .map_or(files.len(), |at| at + 1)
}

fn parse_run(files: &[SourceFile], range: std::ops::Range<usize>) -> (Files, Vec<Issue>) {
    let mut all = Files::default();
    let mut issues = Vec::new();
    for index in range {
        if let Err(issue) = all.read(index, &files[index]) {
            issues.push(issue);
        }
    }
    (all, issues)
}

fn toml<T: DeserializeOwned>(file: &SourceFile) -> Result<T, Issue> {
    toml::from_str(&file.text).map_err(|error| {
        let line = error.span().map_or(0, |span| {
            file.text.as_bytes()[..span.start.min(file.text.len())].iter().filter(|b| **b == b'\n').count() + 1
        });
        Issue::error("read", &file.path, line, error.message().to_owned())
    })
}

impl Files {
    fn append(&mut self, other: Self) {
        self.instruments.extend(other.instruments);
        self.lists.extend(other.lists);
        self.editions.extend(other.editions);
        self.exclusions.extend(other.exclusions);
        self.measures.extend(other.measures);
        self.changes.extend(other.changes);
        self.listings.extend(other.listings);
        self.procedures.extend(other.procedures);
        self.guards.extend(other.guards);
        self.timers.extend(other.timers);
        self.penalties.extend(other.penalties);
        self.calendars.extend(other.calendars);
        self.countries.extend(other.countries);
        self.provinces.extend(other.provinces);
        self.units.extend(other.units);
        self.properties.extend(other.properties);
        self.provenance.extend(other.provenance);
        self.lexicon.extend(other.lexicon);
        self.regimes.extend(other.regimes);
        self.elsewhere.extend(other.elsewhere);
    }

    fn read(&mut self, file: usize, source: &SourceFile) -> Result<(), Issue> {
        fn each<T>(into: &mut Vec<From<T>>, file: usize, records: Vec<T>) {
            into.extend(records.into_iter().map(|record| From { file, record }));
        }
        let path: Vec<&str> = source.path.split('/').collect();
        match path.as_slice() {
            ["instruments", _] => each(&mut self.instruments, file, toml::<Instruments>(source)?.instrument),
            ["lists", _, "list.toml"] => self.lists.push(From { file, record: toml(source)? }),
            ["lists", list, _] => {
                let edition = toml::<WrittenEdition>(source)?.read(&source.path);
                self.editions.push(((*list).to_owned(), From { file, record: edition }));
            }
            ["exclusions", _] => each(&mut self.exclusions, file, toml::<Exclusions>(source)?.exclusion),
            ["measures", _] => {
                let read = toml::<Measures>(source)?;
                each(&mut self.measures, file, read.measure);
                each(&mut self.changes, file, read.change);
            }
            ["parties", _] => self.listings.push(From { file, record: toml(source)? }),
            ["procedures", "guards.toml"] => each(&mut self.guards, file, toml::<Guards>(source)?.guard),
            ["procedures", _] => self.procedures.push(From { file, record: toml(source)? }),
            ["calendars", _] => self.calendars.push(From { file, record: toml(source)? }),
            ["lexicon", _] => self.lexicon.push(From { file, record: toml(source)? }),
            ["regimes", _] => self.regimes.push(From { file, record: toml(source)? }),
            ["timers.toml"] => each(&mut self.timers, file, toml::<Timers>(source)?.timer),
            ["penalties.toml"] => each(&mut self.penalties, file, toml::<Penalties>(source)?.penalty),
            ["places", "countries.toml"] => each(&mut self.countries, file, toml::<Countries>(source)?.country),
            ["places", "provinces.toml"] => each(&mut self.provinces, file, toml::<Provinces>(source)?.province),
            ["elsewhere.toml"] => each(&mut self.elsewhere, file, toml::<ElsewhereFile>(source)?.elsewhere),
            ["units.toml"] => each(&mut self.units, file, toml::<UnitsFile>(source)?.unit),
            ["properties", _] => each(&mut self.properties, file, toml::<Properties>(source)?.property),
            ["sources", _] => each(&mut self.provenance, file, toml::<Sources>(source)?.source),
            _ => {
                let known = "instruments/, lists/<list>/, exclusions/, measures/, parties/, procedures/, calendars/, lexicon/, \
                             places/, properties/, regimes/, sources/, timers.toml, penalties.toml, elsewhere.toml, \
                             units.toml";
                return Err(Issue::error(
                    "place",
                    &source.path,
                    0,
                    format!("the book has no such place; it has {known}"),
                ));
            }
        }
        Ok(())
    }
}
