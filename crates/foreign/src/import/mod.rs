//! From an official file to a list: one reader per regime, all of one shape.

mod eu_annex;
mod outline;
mod us_ccl;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use yumen_lawbook::Bilingual;

use crate::list::ForeignList;

/// Largest file taken, in bytes: four times the largest list there is.
pub const LARGEST_FILE: usize = 16 << 20;

/// A reader of one kind of file.
pub struct Importer {
    /// The regime its lists belong to.
    pub regime: &'static str,
    /// What it reads, for people.
    pub reads: fn() -> Bilingual,
    /// True where a file looks like one of its own; reads no more than the beginning.
    pub recognises: fn(&[u8]) -> bool,
    /// Reads a file.
    read: fn(&[u8]) -> Result<Read, ImportError>,
}

/// A list and what of its file was not understood.
type Read = (ForeignList, Vec<Unread>);

/// Every reader there is.
pub const IMPORTERS: &[Importer] = &[us_ccl::IMPORTER, eu_annex::IMPORTER];

/// What came of a file.
#[derive(Debug)]
pub struct Imported {
    /// The list.
    pub list: ForeignList,
    /// What was understood and what was not.
    pub report: Report,
}

/// What was understood and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The regime.
    pub regime: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Entries read.
    pub entries: usize,
    /// Paragraphs read.
    pub paragraphs: usize,
    /// Notes read.
    pub notes: usize,
    /// What was not understood, with its place.
    pub unread: Vec<Unread>,
}

/// A passage that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Entry it stands in; empty before the first.
    pub entry: String,
    /// Line of the file, from 1; 0 where the form has no lines.
    pub line: usize,
    /// Its first words.
    pub words: String,
    /// What is the matter.
    pub why: Bilingual,
}

/// A file that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Too large.
    #[error("the file has {bytes} bytes; at most {LARGEST_FILE} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not one of the known kinds.
    #[error("no reader knows this file")]
    Unknown,
    /// Of a known kind, but broken.
    #[error("byte {at}: {what}")]
    Broken {
        /// Where, in bytes from the beginning.
        at: u64,
        /// What is the matter.
        what: String,
    },
    /// Of a known kind, and empty of entries.
    #[error("no entry was found in the file")]
    Empty,
}

impl ImportError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "import.too_large",
            Self::Unknown => "import.unknown",
            Self::Broken { .. } => "import.broken",
            Self::Empty => "import.empty",
        }
    }

    /// What is said to people.
    pub fn message(&self) -> Bilingual {
        match self {
            Self::TooLarge { bytes } => Bilingual::new(
                format!("文件有 {bytes} 字节，最多读取 {LARGEST_FILE} 字节。"),
                format!("The file has {bytes} bytes; at most {LARGEST_FILE} are read."),
            ),
            Self::Unknown => {
                let zh: Vec<String> = IMPORTERS.iter().map(|i| (i.reads)().zh).collect();
                let en: Vec<String> = IMPORTERS.iter().map(|i| (i.reads)().en).collect();
                Bilingual::new(
                    format!("不认识这种文件。可以导入：{}。", zh.join("；")),
                    format!("This kind of file is not known. What can be imported: {}.", en.join("; ")),
                )
            }
            Self::Broken { at, what } => Bilingual::new(
                format!("文件在第 {at} 字节处损坏：{what}。"),
                format!("The file is broken at byte {at}: {what}."),
            ),
            Self::Empty => Bilingual::new("文件中没有找到任何条目。", "No entry was found in the file."),
        }
    }
}

/// Reads a file of any known kind.
///
/// # Errors
/// Where the file is too large, of no known kind, broken, or holds no entry.
pub fn import(bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    let importer = IMPORTERS.iter().find(|i| (i.recognises)(bytes)).ok_or(ImportError::Unknown)?;
    let (mut list, unread) = (importer.read)(bytes)?;
    if list.entries.is_empty() {
        return Err(ImportError::Empty);
    }
    list.sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let report = Report {
        regime: importer.regime.to_owned(),
        sha256: list.sha256.clone(),
        entries: list.entries.len(),
        paragraphs: list.entries.iter().map(|e| e.paragraphs.len()).sum(),
        notes: list.entries.iter().map(|e| e.notes.len()).sum(),
        unread,
    };
    Ok(Imported { list, report })
}

/// The beginning of a file as text, whatever it is.
fn beginning(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned()
}

/// True for the codes of the numbering that the regimes of the Wassenaar family share: `3A001`.
fn is_entry_code(word: &str) -> bool {
    let b = word.as_bytes();
    b.len() == 5 && b[0].is_ascii_digit() && (b'A'..=b'E').contains(&b[1]) && b[2..].iter().all(u8::is_ascii_digit)
}

/// True where a note takes something out.
fn excludes(words: &str) -> bool {
    let words = words.to_lowercase();
    ["does not control", "do not control", "does not apply", "do not apply", "does not include", "not controlled"]
        .iter()
        .any(|phrase| words.contains(phrase))
}
