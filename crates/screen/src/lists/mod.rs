//! Lists as their publishers give them: one reader a format, all of one shape: bytes in, parties and a report out.
//!
//! Nothing is fetched here. What an operator downloaded is read, counted against what the file declares, and told.

mod csl;
mod eu;
mod ftm;
mod meti;
mod plain;
mod table;
mod uk;
mod un;
mod xml;

use serde::{Deserialize, Serialize};
use yumen_lawbook::Bilingual;

use crate::entity::Entity;

/// Largest file read, in bytes.
pub const LARGEST: usize = 1 << 30;
/// Most parties of one list.
pub const MOST_ENTITIES: usize = 2_000_000;
/// Most names kept of one party.
pub const MOST_NAMES: usize = 400;
/// Longest name kept, in bytes.
pub const LONGEST_NAME: usize = 2_000;
/// Objections told one by one; more are counted.
const MOST_TOLD: usize = 50;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// US Consolidated Screening List, JSON.
    UsCsl,
    /// United Nations Security Council consolidated list, XML.
    UnXml,
    /// UK sanctions list, XML.
    UkXml,
    /// UK sanctions list, CSV.
    UkCsv,
    /// EU consolidated financial sanctions, XML (FSF 1.1).
    EuXml,
    /// EU consolidated financial sanctions, CSV (FSF 1.1).
    EuCsv,
    /// FollowTheMoney entities, JSON lines (OpenSanctions).
    Ftm,
    /// METI end user list, as a table.
    Meti,
    /// Any table with a column of names.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::UsCsl,
        Self::UnXml,
        Self::UkXml,
        Self::UkCsv,
        Self::EuXml,
        Self::EuCsv,
        Self::Ftm,
        Self::Meti,
        Self::Csv,
    ];

    /// The name used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UsCsl => "us-csl",
            Self::UnXml => "un-xml",
            Self::UkXml => "uk-xml",
            Self::UkCsv => "uk-csv",
            Self::EuXml => "eu-xml",
            Self::EuCsv => "eu-csv",
            Self::Ftm => "ftm",
            Self::Meti => "meti",
            Self::Csv => "csv",
        }
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }
}

/// What was understood of a file, and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Records the file itself declares; absent where it declares none.
    pub declared: Option<usize>,
    /// Records seen.
    pub records: usize,
    /// Parties read.
    pub entities: usize,
    /// Names read.
    pub names: usize,
    /// The day or instant the publisher gives, as printed.
    pub generated: Option<String>,
    /// Records passed over.
    pub skipped: usize,
    /// Why, for the first fifty.
    pub objections: Vec<Objection>,
}

/// A record that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Which: a number or id.
    pub record: String,
    /// What was wrong.
    pub why: Bilingual,
}

impl Report {
    fn skip(&mut self, record: impl Into<String>, zh: &str, en: &str) {
        self.skipped += 1;
        if self.objections.len() < MOST_TOLD {
            let record: String = record.into().chars().take(80).collect();
            self.objections.push(Objection { record, why: Bilingual::new(zh, en) });
        }
    }

    /// True where the file declares a number and another was seen.
    pub fn differs(&self) -> bool {
        self.declared.is_some_and(|n| n != self.records)
    }
}

/// Why a file cannot be used as this list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Larger than what is read.
    #[error("the file has {0} bytes; the limit is {LARGEST}")]
    TooLarge(usize),
    /// Not of the format.
    #[error("not a {format} file: {why}", format = .0.as_str(), why = .1)]
    NotThis(Format, String),
    /// Nothing in it.
    #[error("no party in this file")]
    Empty,
    /// More parties than are read.
    #[error("more than {MOST_ENTITIES} parties")]
    TooMany,
}

impl ImportError {
    /// Stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "list_too_large",
            Self::NotThis(..) => "list_format",
            Self::Empty => "list_empty",
            Self::TooMany => "list_too_many",
        }
    }

    /// The sentence in both languages.
    pub fn message(&self) -> Bilingual {
        let zh = match self {
            Self::TooLarge(n) => format!("文件 {n} 字节，上限 {LARGEST} 字节。"),
            Self::NotThis(format, why) => format!("文件不是 {} 格式：{why}。", format.as_str()),
            Self::Empty => "文件中没有名单主体。".to_owned(),
            Self::TooMany => format!("名单主体超过 {MOST_ENTITIES} 个。"),
        };
        Bilingual::new(zh, format!("{self}."))
    }
}

/// What the part of a list is called that a party stands on (`US/EL`), where it has parts that are known.
pub fn part(source: &str) -> Option<Bilingual> {
    source.strip_prefix("US/").and_then(csl::part)
}

/// Reads a list.
pub fn read(format: Format, bytes: &[u8]) -> Result<(Vec<Entity>, Report), ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge(bytes.len()));
    }
    let mut report = Report::default();
    let mut entities = match format {
        Format::UsCsl => csl::read(bytes, &mut report),
        Format::UnXml => un::read(bytes, &mut report),
        Format::UkXml => uk::read_xml(bytes, &mut report),
        Format::UkCsv => uk::read_csv(bytes, &mut report),
        Format::EuXml => eu::read_xml(bytes, &mut report),
        Format::EuCsv => eu::read_csv(bytes, &mut report),
        Format::Ftm => ftm::read(bytes, &mut report),
        Format::Meti => meti::read(bytes, &mut report),
        Format::Csv => plain::read(bytes, &mut report),
    }?;
    if entities.is_empty() {
        return Err(ImportError::Empty);
    }
    if entities.len() > MOST_ENTITIES {
        return Err(ImportError::TooMany);
    }
    for entity in &mut entities {
        tidy(entity);
    }
    entities.sort_by(|a, b| a.id.cmp(&b.id));
    unique(&mut entities, &mut report);
    report.entities = entities.len();
    report.names = entities.iter().map(|e| e.names.len()).sum();
    Ok((entities, report))
}

/// Names without blanks around and without repetition; bounded.
fn tidy(entity: &mut Entity) {
    let mut names: Vec<String> = Vec::with_capacity(entity.names.len());
    for name in std::mem::take(&mut entity.names) {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let end = (0..=name.len().min(LONGEST_NAME)).rev().find(|i| name.is_char_boundary(*i)).unwrap_or(0);
        let name = &name[..end];
        if !name.is_empty() && names.len() < MOST_NAMES && !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    entity.names = names;
    let sorted = |list: &mut Vec<String>| {
        list.retain(|v| !v.is_empty());
        list.sort();
        list.dedup();
    };
    sorted(&mut entity.countries);
    sorted(&mut entity.born);
    entity.identifiers.retain(|i| !i.value.trim().is_empty());
    entity.identifiers.sort();
    entity.identifiers.dedup();
}

/// Two records of one number are one party, told.
fn unique(entities: &mut Vec<Entity>, report: &mut Report) {
    let mut out: Vec<Entity> = Vec::with_capacity(entities.len());
    for entity in std::mem::take(entities) {
        match out.last_mut().filter(|last| last.id == entity.id) {
            Some(last) => {
                report.skip(&entity.id, "编号重复，名称已合并", "the same number twice: names were joined");
                last.names.extend(entity.names);
                tidy(last);
            }
            None => out.push(entity),
        }
    }
    *entities = out;
}
