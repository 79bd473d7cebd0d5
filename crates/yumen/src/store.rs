//! Imported lists in the data directory: snapshots named by their content, and one small file per list that says which is current.
//!
//! ```text
//! lists/snapshots/<sha-256>.jsonl   parties, never changed once written
//! lists/<name>.json                 which snapshot is current; replaced in one step
//! lists/<name>.history.jsonl        every snapshot that was current
//! ```

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use yumen_lawbook::{AsOf, Book, Day};
use yumen_screen::lists::{Format, Report};
use yumen_screen::{Entity, Screen, chinese, snapshot};

use crate::failure::Failure;
use crate::home;

/// Days after which a list is called old, and after which stale. Publishers change theirs several times a month.
pub const OLD: i32 = 7;
/// See [`OLD`].
pub const STALE: i32 = 30;

/// What is current of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// The name of the list.
    pub list: String,
    /// Hash of the snapshot.
    pub snapshot: String,
    /// What the file was.
    pub format: Format,
    /// Where it was read.
    pub file: PathBuf,
    /// The day it was read, in Beijing.
    pub imported: Day,
    /// What was understood.
    pub report: Report,
}

/// The imported lists of a data directory.
pub struct Store {
    lists: PathBuf,
}

impl Store {
    /// The lists of this data directory.
    pub fn open(data: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self { lists: home::directory(data)?.join("lists") })
    }

    /// Every list that is current, by name.
    pub fn current(&self) -> Result<Vec<Current>, Failure> {
        let Ok(entries) = fs::read_dir(&self.lists) else { return Ok(Vec::new()) };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        paths
            .into_iter()
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .map(|path| {
                let text = fs::read_to_string(&path).map_err(|e| Failure::file(&path, &e))?;
                serde_json::from_str(&text).map_err(|e| Failure::file(&path, &e))
            })
            .collect()
    }

    /// Keeps a snapshot and makes it current.
    pub fn put(&self, current: &Current, bytes: &[u8]) -> Result<(), Failure> {
        let snapshots = self.lists.join("snapshots");
        fs::create_dir_all(&snapshots).map_err(|e| Failure::file(&snapshots, &e))?;
        let path = snapshots.join(format!("{}.jsonl", current.snapshot));
        if !path.exists() {
            home::write_whole(&path, bytes)?;
        }
        let text = serde_json::to_string(current).map_err(|e| Failure::file(&path, &e))? + "\n";
        let history = self.lists.join(format!("{}.history.jsonl", current.list));
        let fail = |e: std::io::Error| Failure::file(&history, &e);
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&history).map_err(fail)?;
        file.write_all(text.as_bytes()).map_err(fail)?;
        // The switch: readers see the old list or the new one, never half of either.
        home::write_whole(&self.lists.join(format!("{}.json", current.list)), text.as_bytes())
    }

    /// The parties of a snapshot, checked against its name. The hash may be shortened to eight digits.
    pub fn snapshot(&self, hash: &str) -> Result<(String, Vec<Entity>), Failure> {
        let unknown = || {
            Failure::usage(
                "unknown_snapshot",
                format!("没有唯一的快照 {hash}；`yumen lists status` 列出现有快照。"),
                format!("There is no single snapshot {hash}; `yumen lists status` tells which there are."),
            )
        };
        if hash.len() < 8 || hash.len() > 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let directory = self.lists.join("snapshots");
        let mut found: Vec<PathBuf> = fs::read_dir(&directory)
            .map_err(|_| unknown())?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.file_stem().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(hash)))
            .filter(|p| p.extension().is_some_and(|e| e == "jsonl"))
            .collect();
        let path = found.pop().filter(|_| found.is_empty()).ok_or_else(unknown)?;
        let bytes = fs::read(&path).map_err(|e| Failure::file(&path, &e))?;
        let real = snapshot::hash(&bytes);
        if path.file_stem().and_then(|n| n.to_str()) != Some(&real) {
            return Err(Failure::data(
                "snapshot_changed",
                format!("{} 的内容与其名称不符：快照已被改动。", path.display()),
                format!("{} does not hold what its name says: the snapshot was altered.", path.display()),
            ));
        }
        let entities = snapshot::from_bytes(&bytes).map_err(|e| Failure::file(&path, &e))?;
        Ok((real, entities))
    }
}

/// A list that was screened against, as results tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// The name of the list.
    pub list: String,
    /// Hash of what was screened against.
    pub snapshot: String,
    /// Parties.
    pub entities: usize,
    /// The day an imported list was read; absent for lists of the law book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Day>,
    /// The publisher's own date, as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<String>,
    /// Where the file held another number of records than it declares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<Partial>,
}

/// How much of a list there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partial {
    /// Records the file declares.
    pub declared: usize,
    /// Records it holds.
    pub records: usize,
}

impl Partial {
    /// Of a report: none where the file holds what it declares, or declares nothing.
    pub fn of(report: &Report) -> Option<Self> {
        let declared = report.declared.filter(|_| report.differs())?;
        Some(Self { declared, records: report.records })
    }
}

impl Against {
    /// The day from which the age of an imported list counts: its publication, where the file tells it, and otherwise the day it was
    /// read. A day of publication after that is no day to rely on.
    pub fn counted_from(&self) -> Option<Day> {
        let imported = self.imported?;
        let published = self.generated.as_deref().and_then(published);
        Some(published.filter(|d| *d <= imported).unwrap_or(imported))
    }
}

/// The day in what publishers print: 2026-07-01T13:15:00, 01/07/2026 (day first: the UK and the EU), 01-Jul-2026.
pub fn published(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|p| p.split('T')).filter(|p| !p.is_empty()).collect();
    let month = |text: &str| -> Option<i8> {
        if text.len() <= 2 {
            return text.parse().ok();
        }
        let name = text.to_lowercase();
        let at = MONTHS.iter().position(|m| name.starts_with(m))?;
        i8::try_from(at + 1).ok()
    };
    parts.windows(3).find_map(|w| {
        let (year, day) = match (w[0].len(), w[2].len()) {
            (4, 1..=2) => (w[0], w[2]),
            (1..=2, 4) => (w[2], w[0]),
            _ => return None,
        };
        let year: i16 = year.parse().ok().filter(|y| (1990..2200).contains(y))?;
        Day::new(year, month(w[1])?, day.parse().ok()?)
    })
}

/// Several lists ready to be asked together.
pub struct Loaded {
    /// The index.
    pub screen: Screen,
    /// What is in it.
    pub against: Vec<Against>,
    /// For each list, the number of its first party in the index.
    starts: Vec<u32>,
}

impl Loaded {
    /// The name of the list a party stands in.
    pub fn list_of(&self, entity: u32) -> &str {
        let at = self.starts.partition_point(|s| *s <= entity).saturating_sub(1);
        self.against.get(at).map_or("", |a| &a.list)
    }

    fn of(parts: Vec<(Against, Vec<Entity>)>) -> Self {
        let (mut against, mut starts, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (told, entities) in parts {
            starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
            against.push(told);
            all.extend(entities);
        }
        Self { screen: Screen::build(all), against, starts }
    }
}

/// The Chinese lists of a day, and the imported ones; only `wanted` where it names any.
pub fn load(book: &Book, as_of: AsOf, store: &Store, wanted: &[String]) -> Result<Loaded, Failure> {
    let want = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let mut parts = Vec::new();
    for list in chinese::LISTS.into_iter().filter(|l| want(chinese::list_name(*l))) {
        parts.push(chinese_part(book, as_of, list)?);
    }
    let current = store.current()?;
    for list in current.iter().filter(|c| want(&c.list)) {
        let (snapshot, entities) = store.snapshot(&list.snapshot)?;
        let told = Against {
            list: list.list.clone(),
            snapshot,
            entities: entities.len(),
            imported: Some(list.imported),
            generated: list.report.generated.clone(),
            partial: Partial::of(&list.report),
        };
        parts.push((told, entities));
    }
    if let Some(missing) = wanted.iter().find(|w| !parts.iter().any(|(a, _)| a.list == **w)) {
        let mut names: Vec<&str> = chinese::LISTS.into_iter().map(chinese::list_name).collect();
        names.extend(current.iter().map(|c| c.list.as_str()));
        return Err(Failure::usage(
            "unknown_list",
            format!("没有名为 {missing} 的名单；现有：{}。", names.join(", ")),
            format!("There is no list called {missing}; there are: {}.", names.join(", ")),
        ));
    }
    Ok(Loaded::of(parts))
}

/// The lists a record was derived from: the Chinese ones from the book, the others from their snapshots.
pub fn load_again(book: &Book, as_of: AsOf, store: &Store, against: &[Against]) -> Result<Loaded, Failure> {
    let mut parts = Vec::new();
    for told in against {
        let part = if let Some(list) = chinese::LISTS.into_iter().find(|l| chinese::list_name(*l) == told.list) {
            chinese_part(book, as_of, list)?
        } else {
            let (snapshot, entities) = store.snapshot(&told.snapshot)?;
            (Against { snapshot, entities: entities.len(), ..told.clone() }, entities)
        };
        parts.push(part);
    }
    Ok(Loaded::of(parts))
}

fn chinese_part(
    book: &Book,
    as_of: AsOf,
    list: yumen_lawbook::party::PartyList,
) -> Result<(Against, Vec<Entity>), Failure> {
    let entities = chinese::entities(book, list, as_of);
    let bytes = snapshot::to_bytes(&entities)
        .map_err(|e| Failure::data("json", format!("无法写出名单：{e}"), format!("The list cannot be written: {e}")))?;
    let told = Against {
        list: chinese::list_name(list).to_owned(),
        snapshot: snapshot::hash(&bytes),
        entities: entities.len(),
        imported: None,
        generated: None,
        partial: None,
    };
    Ok((told, entities))
}

/// Whole days from one day to another; 0 where the second is earlier.
pub fn days_between(from: Day, to: Day) -> i32 {
    let date = |d: Day| jiff::civil::Date::new(d.year(), d.month(), d.day());
    match (date(from), date(to)) {
        (Ok(from), Ok(to)) => from.until(to).map_or(0, |span| span.get_days()).max(0),
        _ => 0,
    }
}
