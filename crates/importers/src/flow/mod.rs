//! From lines to whole paragraphs: wrapped lines joined, running headers and page numbers left out, every character with its
//! place. Reading is done on simplified characters; what was printed is kept for quoting.

mod joining;
mod reading;
mod running;

use std::fmt;

use serde::{Deserialize, Serialize};
use yumen_lawbook::Bilingual;

use self::joining::{Glue, Joins, bare_headings, cell, glue, joins};
use self::reading::Reader;
use crate::documents::{Document, Line};

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// Page, from 1.
    pub page: u32,
    /// Line on the page, from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{} l{}", self.page, self.line)
    }
}

/// One paragraph, or one row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paragraph {
    /// The words as they are read: simplified, without blanks between Chinese characters, digits and letters of normal width.
    pub text: String,
    /// The words as printed.
    pub printed: String,
    /// The cells of a row, as they are read.
    pub cells: Vec<String>,
    /// Where the paragraph's parts begin: byte offset in `text`, place.
    marks: Vec<(usize, Place)>,
    /// True where two lines were joined although the second could also begin something of its own.
    pub doubtful: bool,
}

impl Paragraph {
    /// The place of a byte of `text`.
    pub fn place(&self, offset: usize) -> Place {
        self.marks.iter().rfind(|(start, _)| *start <= offset).or(self.marks.first()).map_or(Place::default(), |m| m.1)
    }

    /// Where it begins.
    pub fn start(&self) -> Place {
        self.place(0)
    }
}

/// A document as paragraphs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flow {
    /// The paragraphs in reading order.
    pub paragraphs: Vec<Paragraph>,
    /// What was left out as running headers, footers and page numbers.
    pub dropped: Vec<(Place, String)>,
    /// What a reader should look at: pages that seem to be missing, lines that may be running heads.
    pub asked: Vec<Asked>,
}

/// Something about the pages that a reader should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Where.
    pub place: Place,
    /// Its words.
    pub words: String,
    /// Why.
    pub why: Bilingual,
}

impl Flow {
    /// The paragraphs of a document.
    pub fn of(document: &Document) -> Self {
        let reader = Reader::of(&document.lines);
        let left = running::without(&document.lines, reader);
        let mut flow = Self { paragraphs: Vec::new(), dropped: left.dropped, asked: left.asked };
        let plain = left.kept.iter().filter(|l| l.cells.is_empty()).map(|l| reader.read(&l.text));
        let bare = bare_headings(plain);
        let mut open: Option<(&Line, Paragraph)> = None;
        for line in left.kept {
            let text = reader.read(&line.text);
            if text.is_empty() {
                continue;
            }
            let place = Place { page: line.page, line: line.line };
            let mut apart = false;
            if let Some((last, paragraph)) = open.as_mut() {
                let joins = joins(last, &paragraph.text, line, &text, bare);
                apart = joins == Joins::Apart;
                if !matches!(joins, Joins::No | Joins::Apart) {
                    paragraph.doubtful |= joins == Joins::Perhaps;
                    let glue = glue(&paragraph.text, &text);
                    if glue == Glue::DropHyphen {
                        paragraph.text.pop();
                    } else if glue == Glue::Blank {
                        paragraph.text.push(' ');
                    }
                    paragraph.marks.push((paragraph.text.len(), place));
                    paragraph.text.push_str(&text);
                    paragraph.printed.push_str(line.text.trim());
                    *last = line;
                    continue;
                }
            }
            flow.paragraphs.extend(open.take().map(|(_, p)| p));
            let paragraph = Paragraph {
                text,
                printed: line.text.trim().to_owned(),
                cells: line.cells.iter().map(|c| cell(reader, c)).collect(),
                marks: vec![(0, place)],
                doubtful: apart,
            };
            open = Some((line, paragraph));
        }
        flow.paragraphs.extend(open.map(|(_, p)| p));
        flow
    }

    /// The first paragraphs' words, for a look at what the document is.
    pub fn head(&self, paragraphs: usize) -> String {
        self.paragraphs.iter().take(paragraphs).map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}
