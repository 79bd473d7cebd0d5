//! The shape of a list of another regime.

use serde::{Deserialize, Serialize};

/// A list as it was read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignList {
    /// Regime it belongs to: `us-ccl`.
    pub regime: String,
    /// SHA-256 of the file it was read from, in hexadecimal.
    pub sha256: String,
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
}

/// One entry: a heading with its code and the paragraphs below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its code: `3A001`.
    pub code: String,
    /// Its heading, without the code.
    pub heading: String,
    /// What follows from being listed, as the regime says it: reasons for control with their scope.
    pub controls: Vec<Control>,
    /// What stands elsewhere, as the entry says it.
    pub related: String,
    /// Notes on the entry or on its paragraphs.
    pub notes: Vec<Note>,
    /// Paragraphs in order; the path of each begins with the path of the one it stands under.
    pub paragraphs: Vec<Paragraph>,
}

/// A reason for control and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// To what it applies, in the words of the list.
    pub scope: String,
    /// Where it leads, in the words of the list.
    pub column: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Path of the paragraph it follows; empty for the entry.
    pub after: String,
    /// Its words.
    pub words: String,
    /// True where it takes something out: "does not control", "does not apply".
    pub excludes: bool,
}

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its path in the entry: `a.5.b.2`.
    pub path: String,
    /// Its words.
    pub words: String,
}

impl Paragraph {
    /// True for a number that holds nothing.
    pub fn is_reserved(&self) -> bool {
        self.words.trim().trim_end_matches('.').eq_ignore_ascii_case("[reserved]")
    }
}

impl Entry {
    /// The paragraphs that `path` stands under, outermost first, without itself.
    pub fn above<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Paragraph> + 'a {
        self.paragraphs.iter().filter(move |p| path.len() > p.path.len() && is_below(path, &p.path))
    }
}

/// True where `path` is `top` or stands below it.
pub fn is_below(path: &str, top: &str) -> bool {
    path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl ForeignList {
    /// The entry of a code; letter case does not matter.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.code.eq_ignore_ascii_case(code))
    }

    /// The compact form, for keeping.
    ///
    /// # Errors
    /// Never for a list that fits in memory; the writer's error is passed on.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(self)
    }

    /// A list from its compact form.
    ///
    /// # Errors
    /// Where the bytes are not one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, postcard::Error> {
        postcard::from_bytes(bytes)
    }
}
