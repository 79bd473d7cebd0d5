//! What doors show: worked out once from the book, in both languages, the same for pages, API and MCP.

pub mod changes;
pub mod check;
pub mod cited;
pub mod clock;
pub mod country;
pub mod days;
pub mod difference;
pub mod edition;
pub mod entry;
pub mod export;
pub mod group;
pub mod hs;
pub mod instrument;
pub mod issuer;
pub mod list;
pub mod measure;
pub mod party;
pub mod penalty;
pub mod procedure;
pub mod regime;
pub mod related;
pub mod standing;
pub mod table;
pub mod today;
pub mod words;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::instrument::Citation;
use yumen_lawbook::{Bilingual, Book, Day, Verification};

/// A place in law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CiteView {
    /// The act as this book names it.
    pub instrument: String,
    /// Article, clause or question; may be empty.
    pub place: String,
    /// The citation in words.
    pub cite: Bilingual,
    /// The name of the place on the page of the act: `art-17-1`; empty where the act is cited as a whole.
    pub anchor: String,
}

impl CiteView {
    /// A citation on a day.
    pub fn new(book: &Book, citation: &Citation, day: Day) -> Self {
        let act = book.cited(citation, day);
        Self {
            instrument: act.map_or_else(|| citation.instrument.to_string(), |a| a.id.to_string()),
            place: citation.place.clone(),
            cite: book.cite(citation, day),
            anchor: act.map_or_else(String::new, |a| cited::anchor(&cited::printed(a, citation))),
        }
    }

    /// Several citations on a day.
    pub fn all(book: &Book, citations: &[Citation], day: Day) -> Vec<Self> {
        citations.iter().map(|c| Self::new(book, c, day)).collect()
    }

    /// The page of the act, at the place.
    pub fn path(&self) -> String {
        let page = instrument_path(&self.instrument);
        if self.anchor.is_empty() { page } else { format!("{page}#{}", self.anchor) }
    }
}

/// How a fact is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Known {
    /// `official_text`, `official_notice`, `secondary`, `derived`, `unverified`.
    pub verification: String,
    /// The same in words.
    pub label: Bilingual,
}

impl From<Verification> for Known {
    fn from(verification: Verification) -> Self {
        Self { verification: verification.as_str().to_owned(), label: verification.label() }
    }
}

impl Known {
    /// True where somebody read the official wording.
    pub fn is_official(&self) -> bool {
        self.verification.starts_with("official")
    }
}

/// The page of an act.
pub fn instrument_path(id: &str) -> String {
    format!("/notices/{}", escaped(id))
}

/// The page of an entry.
pub fn entry_path(code: &str) -> String {
    format!("/entries/{}", escaped(code))
}

/// A step of a path, with what an address cannot hold as it is written in percent signs. Slashes stay: codes of notices have one.
pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' | b':' | b'~' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// The code as people read it: a number that was never seen has no code to show.
pub fn shown_code(code: &str) -> Option<&str> {
    (!code.starts_with("uncoded:")).then_some(code)
}
