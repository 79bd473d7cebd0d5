//! What an engine works out from a book before it is asked.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use yumen_lawbook::Book;

use crate::index::Index;
use crate::text::concepts::{self as vocabulary, Vocabulary};
use crate::text::cues::Cues;
use crate::text::places::Places;
use crate::text::spelling::Spelling;
use crate::text::statements::Statistics;

/// Everything an engine works out from a book before it is asked: the term tables and the index. Working it out takes some
/// tenths of a second, reading it back some milliseconds, so programs carry it.
#[derive(Serialize, Deserialize)]
pub struct Prepared {
    pub(super) version: String,
    pub(super) vocabulary: vocabulary::Prepared,
    pub(super) statistics: Statistics,
    pub(super) index: Index,
    pub(super) places: Places,
    pub(super) cues: Cues,
    pub(super) spelling: Spelling,
}

/// Prepared tables that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PreparedError {
    /// They belong to another book.
    #[error("prepared for the law book {prepared}, but the book is {book}")]
    OtherBook {
        /// Version of the book they were made from.
        prepared: String,
        /// Version of the book given.
        book: String,
    },
    /// They are of another build, or damaged.
    #[error("the prepared tables cannot be read: {0}")]
    Unreadable(#[from] postcard::Error),
}

impl Prepared {
    /// Works out the tables of a book.
    pub fn of(book: &Book) -> Self {
        // Two halves that need nothing of each other.
        let (spelling, statistics, cues, (vocabulary, index)) = std::thread::scope(|scope| {
            let beside = scope.spawn(|| {
                let spelling = Spelling::new(&book.lexicon, known_words(book).iter().map(String::as_str));
                (spelling, Statistics::new(&book.properties, &book.units), Cues::new(&book.lexicon))
            });
            let vocabulary = Vocabulary::new(Arc::clone(&book.lexicon));
            let index = Index::new(book, &vocabulary);
            let (spelling, statistics, cues) = beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (spelling, statistics, cues, (vocabulary.into_prepared(), index))
        });
        let places = Places::new(&book.countries);
        Self { version: book.version.clone(), vocabulary, statistics, index, places, cues, spelling }
    }

    /// The tables in a compact form. Only the same build of this crate reads it back.
    ///
    /// # Errors
    /// Never for tables of a book; the error is the encoder's.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PreparedError> {
        Ok(postcard::to_stdvec(self)?)
    }

    /// The tables that [`Prepared::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another build, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PreparedError> {
        Ok(postcard::from_bytes(bytes)?)
    }
}

/// Common words: what stands here is no slip, whatever it resembles. `data/README.md` says where they are from.
const ENGLISH: &str = include_str!("../../data/english.txt");

/// Texts whose English words are no slips: lists, properties, countries, and the common words of the language.
fn known_words(book: &Book) -> Vec<String> {
    let lists = book
        .lists
        .values()
        .flat_map(|l| l.history.versions())
        .flat_map(|v| &v.entry.points)
        .flat_map(|p| [p.text.en.clone(), p.note.en.clone()]);
    let properties = book.properties.values().flat_map(|p| p.en.iter().cloned().chain([p.name.en.clone()]));
    let countries = book.countries.values().flat_map(|c| c.also.iter().cloned().chain([c.name.en.clone()]));
    lists.chain(properties).chain(countries).chain([ENGLISH.to_owned()]).collect()
}
