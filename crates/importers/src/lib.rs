//! Official texts in: the bytes of a downloaded notice become a draft of law data and a report of how it was read.
//!
//! The way: [`documents`] turn bytes of any form into lines with page and line; `flow` makes whole paragraphs of them; the
//! grammars (`grammar/`) parse paragraphs with their positions; the kinds (`kinds/`, one file each) recognise what the document
//! is and put the parsed pieces together; `draft/` holds them against the book and writes lawbook files and the report.
//!
//! The crate is pure: bytes, the day and the book are arguments. It never touches the disk, and what it reads is bounded in size,
//! expansion, depth and work (`Limits`).

pub mod documents;
pub mod draft;
mod error;
mod flow;
mod grammar;
mod kinds;
mod plausible;
mod typed;

use yumen_assess::Engine;
use yumen_lawbook::Day;

pub use documents::{Document, Form, Limits};
pub use draft::{Draft, Report};
pub use error::ImportError;
pub use flow::{Flow, Place};
pub use kinds::{Importer, importers};

/// What the person who imports a file knows of it and the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The act's name in the book: `notice-57-2023`.
    pub instrument: Option<String>,
    /// Day of publication.
    pub published: Option<Day>,
    /// First day of effect.
    pub effective: Option<Day>,
}

/// Reads a document and drafts law data from it.
///
/// # Errors
/// Where the bytes are no document that can be read within the limits, or none of a recognised kind.
pub fn import(name: &str, bytes: &[u8], engine: &Engine, recorded: Day, hints: &Hints) -> Result<Draft, ImportError> {
    let document = documents::read(bytes, &Limits::default())?;
    import_document(name, &document, engine, recorded, hints)
}

/// Drafts law data from a document that was read before (with OCR, for scans).
///
/// # Errors
/// Where the document is of no recognised kind.
pub fn import_document(
    name: &str,
    document: &Document,
    engine: &Engine,
    recorded: Day,
    hints: &Hints,
) -> Result<Draft, ImportError> {
    let flow = Flow::of(document);
    let reading = kinds::read(name, &flow)?;
    Ok(draft::compose(name, document, &flow, &reading, engine, recorded, hints))
}
