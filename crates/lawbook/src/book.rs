//! The law book: everything the files say, checked against itself, ready to be asked.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;
use crate::check::{self, Issue, Severity};
use crate::clock::Timer;
use crate::code::Code;
use crate::day::{AsOf, Day};
use crate::elsewhere::Elsewhere;
use crate::exclusion::Exclusion;
use crate::id::{InstrumentId, ListId, MeasureId, ProcedureId, PropertyId, TimerId};
use crate::instrument::{Citation, Instrument};
use crate::lexicon::Concept;
use crate::list::ControlList;
use crate::list::history::Version;
use crate::measure::{Clause, ClauseRef, ClauseStatus, Measure, Stretch};
use crate::party::Listing;
use crate::penalty::Penalty;
use crate::place::{Country, Province};
use crate::procedure::{Guard, Procedure};
use crate::property::Property;
use crate::provenance::Provenance;
use crate::quantity::Units;
use crate::regime::Regime;
use crate::source::{self, SourceError, SourceFile};
use crate::text::{Bilingual, Lang};

/// The whole law, read and checked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Book {
    /// Hash over all files: two books with one version give the same answers.
    pub version: String,
    /// Legal acts by id.
    pub instruments: BTreeMap<InstrumentId, Instrument>,
    /// Control lists by id.
    pub lists: BTreeMap<ListId, ControlList>,
    /// Official statements of what is not covered.
    pub exclusions: Vec<Exclusion>,
    /// Measures by id.
    pub measures: BTreeMap<MeasureId, Measure>,
    /// Party listings, oldest first.
    pub listings: Vec<Listing>,
    /// Procedures by id.
    pub procedures: BTreeMap<ProcedureId, Procedure>,
    /// Guards by name.
    pub guards: BTreeMap<String, Guard>,
    /// Statutory periods by id.
    pub timers: BTreeMap<TimerId, Timer>,
    /// Penalties, in the order of the file.
    pub penalties: Vec<Penalty>,
    /// Working days.
    pub calendar: Calendar,
    /// Countries by ISO code.
    pub countries: BTreeMap<String, Country>,
    /// Provinces, in order of code.
    pub provinces: Vec<Province>,
    /// Units of measure.
    pub units: Units,
    /// Measurable and answerable properties by id.
    pub properties: BTreeMap<PropertyId, Property>,
    /// Where secondary facts were read, by key.
    pub provenance: BTreeMap<String, Provenance>,
    /// The vocabulary, in the order of the files.
    pub lexicon: Arc<[Concept]>,
    /// Foreign regimes by id.
    pub regimes: BTreeMap<String, Regime>,
    /// Chinese lists and regimes that the book does not record item by item, in the order of the file.
    pub elsewhere: Vec<Elsewhere>,
    /// First and last day of recording, for questions about what was known when.
    pub recorded: Option<(Day, Day)>,
}

/// A book that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The directory could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The files contradict themselves or each other.
    #[error("the law book has {} error(s); the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Faulty(Vec<Issue>),
}

/// Where an entry stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Holds.
    InForce,
    /// Published, holds from a later day.
    Scheduled {
        /// First day of effect.
        from: Day,
    },
    /// Set aside until a day.
    Suspended {
        /// Last day of the suspension, where one is named.
        until: Option<Day>,
        /// The stretch of the clause's history.
        stretch: Box<Stretch>,
    },
    /// The suspension has run out and nothing says what follows.
    LapsedUnconfirmed {
        /// Day since when that is so.
        since: Day,
        /// The stretch of the clause's history.
        stretch: Box<Stretch>,
    },
    /// Not yet made on that day.
    NotYet {
        /// First day of effect.
        from: Day,
    },
    /// Taken out or ended before that day.
    Ended {
        /// Last day of effect.
        last: Day,
        /// The instrument that ended it.
        by: InstrumentId,
    },
    /// Changed into another version before that day.
    Superseded {
        /// Last day of these words.
        last: Day,
    },
    /// The list was issued anew, and whether it kept the entry is not recorded.
    FateUnknown {
        /// Last day on which it is known to have held.
        last: Day,
        /// The instrument that issued the list anew.
        by: InstrumentId,
    },
    /// A draft, open for comment on that day or closed before it.
    Draft,
}

impl Standing {
    /// The name used in data and JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Scheduled { .. } => "scheduled",
            Self::Suspended { .. } => "suspended",
            Self::LapsedUnconfirmed { .. } => "lapsed_unconfirmed",
            Self::NotYet { .. } => "not_yet",
            Self::Ended { .. } => "ended",
            Self::Superseded { .. } => "superseded",
            Self::FateUnknown { .. } => "fate_unknown",
            Self::Draft => "draft",
        }
    }

    /// The word shown to people.
    pub fn label(&self) -> Bilingual {
        match self {
            Self::InForce => Bilingual::new("施行中", "in force"),
            Self::Scheduled { from } => Bilingual::new(format!("自 {from} 起施行"), format!("in force from {from}")),
            Self::Suspended { until: Some(until), .. } => {
                Bilingual::new(format!("暂停实施至 {until}"), format!("suspended until {until}"))
            }
            Self::Suspended { until: None, .. } => Bilingual::new("暂停实施", "suspended"),
            Self::LapsedUnconfirmed { since, .. } => Bilingual::new(
                format!("暂停期满（{since} 起），现状未见确认"),
                format!("suspension lapsed (since {since}), status unconfirmed"),
            ),
            Self::NotYet { from } => Bilingual::new(format!("{from} 才列入"), format!("listed only from {from}")),
            Self::Ended { last, .. } => Bilingual::new(format!("{last} 后已删除"), format!("removed after {last}")),
            Self::Superseded { last } => Bilingual::new(format!("{last} 前的文本"), format!("text until {last}")),
            Self::FateUnknown { last, .. } => Bilingual::new(
                format!("{last} 后目录重新发布，是否保留未记录"),
                format!("list reissued after {last}; whether it kept this is not recorded"),
            ),
            Self::Draft => Bilingual::new("仅为征求意见稿", "draft only"),
        }
    }

    /// True where a clause decides that it does not bind for now, or may not.
    pub fn is_set_aside(&self) -> bool {
        matches!(self, Self::Suspended { .. } | Self::LapsedUnconfirmed { .. })
    }

    /// True where the version belongs to the law of the day, whatever its clause says.
    pub fn is_listed(&self) -> bool {
        matches!(self, Self::InForce | Self::Suspended { .. } | Self::LapsedUnconfirmed { .. } | Self::Scheduled { .. })
    }
}

impl Book {
    /// The book compiled into the program.
    ///
    /// # Errors
    /// Never in a released program: its own tests refuse to pass with a faulty book.
    pub fn embedded() -> Result<Self, BookError> {
        Self::from_files(&source::embedded())
    }

    /// The book in a directory.
    ///
    /// # Errors
    /// Where the directory cannot be read or its files are faulty.
    pub fn open(directory: &Path) -> Result<Self, BookError> {
        Self::from_files(&source::directory(directory)?)
    }

    /// The book made of the given files.
    ///
    /// # Errors
    /// Where the files are faulty. Warnings do not stop a book.
    pub fn from_files(files: &[SourceFile]) -> Result<Self, BookError> {
        let (book, issues) = Self::inspect(files);
        let errors: Vec<Issue> = issues.into_iter().filter(|i| i.severity == Severity::Error).collect();
        if errors.is_empty() { Ok(book) } else { Err(BookError::Faulty(errors)) }
    }

    /// The book in a compact form, for a program to carry. Only the same build of this crate reads it back.
    ///
    /// # Errors
    /// Never for a book that was read from files; the error is the encoder's.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_stdvec(self)
    }

    /// The book that [`Book::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another build, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// Reads the files and says everything that is wrong with them; the book holds what could be read.
    pub fn inspect(files: &[SourceFile]) -> (Self, Vec<Issue>) {
        let (read, mut issues) = source::parse(files);
        let (mut book, more) = check::run(read, files);
        issues.extend(more);
        issues.sort_by(|a, b| (a.severity, &a.file, a.line, a.rule).cmp(&(b.severity, &b.file, b.line, b.rule)));
        book.version = source::version(files);
        (book, issues)
    }

    /// The same book as it was known at the end of `recorded`: what was learned later is taken out.
    #[must_use]
    pub fn known_on(&self, recorded: Day) -> Self {
        let mut book = self.clone();
        for list in book.lists.values_mut() {
            list.editions.retain(|e| e.recorded <= recorded);
            if let Ok(history) = crate::list::history::History::fold(&list.editions, recorded) {
                list.history = history;
            }
        }
        book.measures.retain(|_, m| m.recorded <= recorded);
        book.listings.retain(|l| l.recorded <= recorded);
        book.elsewhere.retain(|e| e.recorded <= recorded);
        book
    }

    /// The list with this id.
    pub fn list(&self, id: &str) -> Option<&ControlList> {
        self.lists.get(id)
    }

    /// The clause a reference names.
    pub fn clause(&self, at: &ClauseRef) -> Option<&Clause> {
        self.measures.get(&at.measure)?.clause(&at.clause)
    }

    /// Where a version stands on a day.
    pub fn standing(&self, version: &Version, as_of: AsOf) -> Standing {
        use crate::list::history::Ending;
        let day = as_of.effective;
        if version.draft {
            return Standing::Draft;
        }
        if let Some((last, ending)) = &version.end
            && *last < day
        {
            return match ending {
                Ending::Removed(by) => Standing::Ended { last: *last, by: by.clone() },
                Ending::FateUnknown(by) => Standing::FateUnknown { last: *last, by: by.clone() },
                Ending::Changed(_) | Ending::DraftClosed => Standing::Superseded { last: *last },
            };
        }
        if let Some(clause) = version.measure.as_ref().and_then(|m| self.clause(m)) {
            return match clause.stretch(as_of) {
                None => Standing::NotYet { from: version.from },
                Some(stretch) => match stretch.status {
                    ClauseStatus::Scheduled => Standing::Scheduled { from: version.from },
                    ClauseStatus::InForce => Standing::InForce,
                    ClauseStatus::Suspended => {
                        Standing::Suspended { until: stretch.until, stretch: Box::new(stretch.clone()) }
                    }
                    ClauseStatus::LapsedUnconfirmed => {
                        Standing::LapsedUnconfirmed { since: stretch.from, stretch: Box::new(stretch.clone()) }
                    }
                    ClauseStatus::Repealed => {
                        Standing::Ended { last: stretch.from.previous(), by: stretch.instrument.clone() }
                    }
                },
            };
        }
        match day {
            d if d >= version.from => Standing::InForce,
            d if d >= version.published => Standing::Scheduled { from: version.from },
            _ => Standing::NotYet { from: version.from },
        }
    }

    /// The version of an act that a citation means on a day: the act itself, or the version of the work in force.
    pub fn cited(&self, citation: &Citation, day: Day) -> Option<&Instrument> {
        self.instruments.get(&citation.instrument).or_else(|| {
            let versions = || self.instruments.values().filter(|i| i.work.as_ref() == Some(&citation.instrument));
            versions().find(|i| i.in_force(day)).or_else(|| {
                // Before the first version the oldest one is meant, after the last one the newest.
                versions().min_by_key(|i| {
                    let distance = i.effective.unwrap_or(Day::MAX);
                    if distance > day { (0, distance) } else { (1, distance) }
                })
            })
        })
    }

    /// A citation in words: `技术进出口管理条例第三十二条` / `Technology Regulations, art. 32`.
    pub fn cite(&self, citation: &Citation, day: Day) -> Bilingual {
        let Some(act) = self.cited(citation, day) else {
            return Bilingual::new(citation.instrument.to_string(), citation.instrument.to_string());
        };
        if citation.place.is_empty() {
            return act.short.clone();
        }
        let numbered = citation.place.starts_with(|c: char| c.is_ascii_digit());
        // Who cites a version by its own name cites its own numbers.
        let place =
            if act.id == citation.instrument { Some(citation.place.clone()) } else { act.article(&citation.place) };
        match place {
            Some(place)
                if numbered
                    && matches!(
                        act.kind,
                        crate::instrument::InstrumentKind::Law
                            | crate::instrument::InstrumentKind::Regulation
                            | crate::instrument::InstrumentKind::Rule
                    ) =>
            {
                Bilingual::new(
                    format!("{}{}", act.short.zh, act.place_zh(&place)),
                    format!("{}, art. {place}", act.short.en),
                )
            }
            Some(place) => Bilingual::new(format!("{} {place}", act.short.zh), format!("{}, {place}", act.short.en)),
            None => Bilingual::new(
                format!("{}（条号未取得，此前版本为{}）", act.short.zh, act.place_zh(&citation.place)),
                format!("{} (article number not obtained; {} in the version before)", act.short.en, citation.place),
            ),
        }
    }

    /// Every list and life that ever carried a code.
    pub fn lives_of(&self, code: &Code) -> Vec<(&ControlList, usize)> {
        self.lists
            .values()
            .flat_map(|list| list.history.lives_of(code).into_iter().map(move |life| (list, life)))
            .collect()
    }

    /// The timer with this id or short name (`technology-licence.decision`, `T-LOI`).
    pub fn timer(&self, name: &str) -> Option<&Timer> {
        self.timers.get(name).or_else(|| self.timers.values().find(|t| t.code.eq_ignore_ascii_case(name)))
    }

    /// The country with this ISO code or name.
    pub fn country(&self, name: &str) -> Option<&Country> {
        // Some places have no code of three letters: an empty name must not be taken for theirs.
        let wanted = Some(name.trim()).filter(|n| !n.is_empty())?;
        self.countries.get(&wanted.to_uppercase()).or_else(|| {
            self.countries.values().find(|c| {
                c.alpha3.eq_ignore_ascii_case(wanted)
                    || [Lang::Zh, Lang::En].iter().any(|l| c.name.get(*l).eq_ignore_ascii_case(wanted))
                    || c.also.iter().any(|n| n.eq_ignore_ascii_case(wanted))
            })
        })
    }

    /// The property with this id or one of its names.
    pub fn property(&self, name: &str) -> Option<&Property> {
        let wanted = name.trim().to_lowercase();
        self.properties.get(wanted.replace([' ', '-'], "_").as_str()).or_else(|| {
            self.properties.values().find(|p| {
                p.name.zh.to_lowercase() == wanted
                    || p.name.en.to_lowercase() == wanted
                    || p.zh.iter().chain(&p.en).any(|n| n.to_lowercase() == wanted)
            })
        })
    }
}
