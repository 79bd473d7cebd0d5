//! The draft: pieces of law as read, held against the book, line by line with their source words, to be reviewed.

mod assemble;
mod compare;
mod compose;
mod judge;
mod law;
mod measures;
mod parties;
mod report;
mod rules;
mod tables;
mod whole;

use serde::{Deserialize, Serialize};
use yumen_lawbook::{Bilingual, Day};

use crate::documents::Form;
use crate::flow::Place;
use crate::grammar::frame::Totals;
use crate::kinds::Unread;

pub use assemble::{Adopted, AssembleError};
pub(crate) use compose::compose;
pub use report::Report;
pub use whole::Total;
pub(crate) use whole::totals_met;

/// What a reviewer says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Nothing yet: it does not enter the book.
    #[default]
    Open,
    /// As it stands.
    Accepted,
    /// With the law fragment corrected by the reviewer.
    Corrected,
    /// Not law, or read wrongly.
    Rejected,
    /// Left for later: it does not enter the book now.
    Left,
}

impl Decision {
    /// True where the line enters the book.
    pub fn enters(self) -> bool {
        matches!(self, Self::Accepted | Self::Corrected)
    }
}

/// How sure the reading of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read whole by the grammar, nothing odd.
    Sure,
    /// Read whole; a parameter wants a human eye.
    Likely,
    /// Something is odd: numbering, characters, columns, a conflict.
    Doubtful,
}

/// A difference between the official text and what the book recorded before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The point; empty for the heading.
    #[serde(default)]
    pub point: String,
    /// What the book said, and how it knew.
    pub book: String,
    /// How the book knew it.
    pub verification: String,
    /// What the official text says.
    pub text: String,
}

/// One line of the draft: one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its number in the draft, from 1.
    pub id: u32,
    /// `instrument`, `add`, `remove`, `modify`, `recode`, `suspend`, `party`, `calendar`.
    pub what: String,
    /// What it is about: a code, a clause, a name.
    pub about: String,
    /// Where the source says it.
    pub at: Place,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What the reviewer says.
    pub decision: Decision,
    /// The file of the book it goes into.
    #[serde(default)]
    pub file: String,
    /// The words of the source, as printed.
    pub words: String,
    /// The law as it will be written; empty where the line cannot be recorded.
    #[serde(default)]
    pub law: String,
    /// What is odd.
    #[serde(default)]
    pub doubts: Vec<Bilingual>,
    /// Parameters that want a human eye.
    #[serde(default)]
    pub eyes: Vec<Bilingual>,
    /// Where it differs from what the book recorded.
    #[serde(default)]
    pub differs: Vec<Difference>,
}

/// The head of a file that the lines go into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHead {
    /// Path in the book.
    pub path: String,
    /// What stands before the lines.
    pub head: String,
}

/// A change to a file of the book that follows from adopting a line: a code that was not known is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// The line it follows from.
    pub line: u32,
    /// Only files whose path begins so.
    pub within: String,
    /// And only lines that begin so; empty means all.
    #[serde(default)]
    pub only: String,
    /// Words to find.
    pub find: String,
    /// What stands there instead.
    pub put: String,
}

/// What a document declares and what was read of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Name of the file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// What it is made of.
    pub form: Form,
    /// Its pages.
    pub pages: u32,
    /// The kinds recognised.
    pub kinds: Vec<String>,
    /// Title.
    pub title: String,
    /// The act in the book's naming.
    pub instrument: String,
    /// Day of signature.
    #[serde(default)]
    pub published: Option<Day>,
    /// First day of effect.
    #[serde(default)]
    pub effective: Option<Day>,
    /// Day of import.
    pub recorded: Day,
    /// True for a draft for comment.
    #[serde(default)]
    pub consultation: bool,
    /// Totals the text declares.
    pub declared: Totals,
    /// Totals found.
    pub found: Totals,
    /// What a reader should know of how the file was read.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Running headers, footers and page numbers left out.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// Words left out as running headers or page numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Where.
    pub at: Place,
    /// The words.
    pub words: String,
}

/// A draft of law data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// What it was made from.
    pub about: About,
    /// Heads of the files the lines go into.
    #[serde(default)]
    pub head: Vec<FileHead>,
    /// What follows for other files of the book.
    #[serde(default)]
    pub rewrite: Vec<Rewrite>,
    /// The lines.
    pub line: Vec<Line>,
    /// What was not understood.
    #[serde(default)]
    pub unread: Vec<Unread>,
}

/// A draft file that cannot be read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct BadDraft {
    /// Line of the file.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl Draft {
    /// The draft as a file.
    pub fn to_toml(&self) -> String {
        law::head(self)
    }

    /// Reads a draft file.
    ///
    /// # Errors
    /// Where it is no draft.
    pub fn from_toml(text: &str) -> Result<Self, BadDraft> {
        toml::from_str(text).map_err(|e| BadDraft {
            line: e
                .span()
                .map_or(0, |s| text.as_bytes()[..s.start.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1),
            why: e.message().to_owned(),
        })
    }

    /// How many lines wait for a decision.
    pub fn open(&self) -> usize {
        self.line.iter().filter(|l| l.decision == Decision::Open && !l.law.is_empty()).count()
    }
}

impl Draft {
    /// Whether a line's law, perhaps corrected by hand, can be read as part of its file.
    ///
    /// # Errors
    /// The objection, in the words of the parser.
    pub fn check_line(&self, at: usize) -> Result<(), String> {
        let Some(line) = self.line.get(at) else { return Ok(()) };
        let head = self.head.iter().find(|h| h.path == line.file).map_or("", |h| h.head.as_str());
        let file = yumen_lawbook::SourceFile { path: line.file.clone(), text: format!("{head}\n{}", line.law) };
        let (_, issues) = yumen_lawbook::Book::inspect(std::slice::from_ref(&file));
        match issues.into_iter().find(|i| i.rule == "read" && i.file == line.file) {
            Some(issue) => Err(issue.message),
            None => Ok(()),
        }
    }
}
