//! The kinds of official documents, one file each and all of one shape: a parser of the parts of a document that belong to it.
//!
//! A whole catalogue, a licence catalogue and a holiday notice are documents of their own; the parts of a notice may be of several
//! kinds at once (one notice can list items, suspend another and name parties).

mod amendment;
mod catalogue;
mod holiday;
mod item_control;
mod licence_catalogue;
mod measures;
mod party_listing;
mod suspension;

use std::collections::BTreeSet;

use serde::Serialize;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::{Children, Control};
use yumen_lawbook::{Bilingual, Day};

use crate::error::ImportError;
use crate::flow::{Flow, Place};
use crate::grammar::frame::{self, Frame};
use crate::grammar::rule::Rule;
use crate::grammar::suspend::Suspension;

/// One kind that can be imported.
#[derive(Debug, Clone, Serialize)]
pub struct Importer {
    /// Its name in data and JSON; its page is `docs/importers/<id>.md`.
    pub id: &'static str,
    /// What it is.
    pub name: Bilingual,
    /// What is read from it.
    pub about: Bilingual,
    /// True where the document is of this kind alone.
    #[serde(skip)]
    alone: bool,
    /// Reads the parts of a document that are of this kind; `None` where there are none.
    #[serde(skip)]
    read: fn(&Flow, &Frame) -> Option<Parts>,
}

/// Every kind, in the order in which documents are tried.
pub fn importers() -> Vec<Importer> {
    vec![
        holiday::importer(),
        licence_catalogue::importer(),
        catalogue::importer(),
        amendment::importer(),
        item_control::importer(),
        suspension::importer(),
        party_listing::importer(),
        measures::importer(),
    ]
}

/// What one kind read of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parts {
    /// Pieces of law, in order.
    pub pieces: Vec<Piece>,
    /// Paragraphs that were used.
    pub used: BTreeSet<usize>,
    /// Paragraphs that belong here and could not be read, with the reason.
    pub unread: Vec<Unread>,
}

/// A part of the document that was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// Its words as printed.
    pub words: String,
    /// Why it matters.
    pub why: Bilingual,
}

/// One piece of law as read, not yet held against the book.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Where it begins.
    pub place: Place,
    /// Its words as printed.
    pub words: String,
    /// What it says.
    pub what: What,
    /// What the grammar found odd.
    pub doubts: Vec<Bilingual>,
}

/// What a piece says.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// An entry of the technology catalogue or of the dual-use list.
    Entry(EntryRead),
    /// An entry taken out of the catalogue.
    Remove { code: Code, name: String, clause: String },
    /// An entry of the catalogue changed.
    Modify(ModifyRead),
    /// Clauses suspended, resumed or ended.
    Suspend(Suspension),
    /// A rule about a country, a user or a use, and the paragraph of the notice it stands in (0 where none is numbered).
    Measure { rule: Rule, clause: u32 },
    /// A party listed.
    Party { list: yumen_lawbook::party::PartyList, party: crate::grammar::party::Party, nation: String },
    /// A row of the licence catalogue.
    Row { code: Code, name: String, goods: String, hs: Vec<String>, unit: String },
    /// Days off and make-up days of a year.
    Year { year: i16, off: Vec<(String, Day, Day)>, work: Vec<Day> },
}

/// An entry as read.
#[derive(Debug, Clone)]
pub(crate) struct EntryRead {
    pub list: &'static str,
    pub code: Code,
    /// Empty where the document gives points only.
    pub name: String,
    /// The heading of the part it stands in, for entries without a heading of their own.
    pub under: String,
    pub division: Option<(String, String)>,
    pub control: Control,
    pub children: Children,
    pub hs: Vec<String>,
    pub points: Vec<PointRead>,
    /// Clause of the notice: `1(2)`.
    pub clause: String,
}

/// A point as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct PointRead {
    pub path: String,
    pub text: String,
    pub children: Children,
    pub hs: Vec<String>,
    pub note: String,
    pub reserved: bool,
    pub place: Place,
    /// The heading of the part it stands in.
    pub under: String,
    /// True for a level the document does not print, put in so that those below it have somewhere to hang.
    pub ours: bool,
    /// The last sign as printed, where it was a mark.
    pub end: Option<char>,
}

impl PointRead {
    /// Puts words behind that run on. The mark that seemed to end it stood inside it.
    pub(crate) fn run_on(&mut self, words: &str) {
        let kept = words.trim().trim_end_matches(['；', ';', '。', '，']).trim();
        if !kept.is_empty() {
            self.text.extend(self.end.take());
            self.text.push_str(kept);
        }
        self.end = end_mark(words).or(self.end);
    }
}

/// The mark a wording ends with.
pub(crate) fn end_mark(text: &str) -> Option<char> {
    text.trim_end().chars().next_back().filter(|c| "；;。，,、：:．.".contains(*c))
}

/// A change as read.
#[derive(Debug, Clone)]
pub(crate) struct ModifyRead {
    pub code: Code,
    pub name: String,
    pub rename: Option<String>,
    pub add: Vec<PointRead>,
    pub replace: Vec<PointRead>,
    /// True where the replacing points are all there are.
    pub replace_all: bool,
    pub remove: Vec<String>,
    pub recode: Option<Code>,
    pub clause: String,
}

/// A document as read.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub kinds: Vec<&'static str>,
    pub frame: Frame,
    pub pieces: Vec<Piece>,
    pub unread: Vec<Unread>,
}

/// Recognises and reads a document.
pub(crate) fn read(name: &str, flow: &Flow) -> Result<Reading, ImportError> {
    let mut frame = frame::read(flow);
    if frame.title.is_empty() {
        name.rsplit('/').next().unwrap_or(name).clone_into(&mut frame.title);
    }
    let mut reading = Reading { kinds: Vec::new(), frame, pieces: Vec::new(), unread: Vec::new() };
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for importer in importers() {
        let Some(mut parts) = (importer.read)(flow, &reading.frame) else { continue };
        parts.unread.retain(|u| !reading.unread.contains(u));
        reading.kinds.push(importer.id);
        reading.pieces.append(&mut parts.pieces);
        reading.unread.append(&mut parts.unread);
        used.append(&mut parts.used);
        if importer.alone {
            break;
        }
    }
    if reading.kinds.is_empty() {
        let known = importers().iter().map(|i| i.id).collect::<Vec<_>>().join(", ");
        return Err(ImportError::UnknownKind { lines: flow.paragraphs.len(), known });
    }
    // Whatever looks like law and was used by no kind is told, not passed over.
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        let known = used.contains(&i) || reading.unread.iter().any(|u| u.place == paragraph.start());
        if !known && looks_operative(&paragraph.text) {
            reading.unread.push(Unread {
                place: paragraph.start(),
                words: paragraph.printed.clone(),
                why: Bilingual::new("可能是规定，但未能识别", "it may rule something, but was not understood"),
            });
        }
    }
    let asked = flow.asked.iter();
    reading.unread.extend(asked.map(|a| Unread { place: a.place, words: a.words.clone(), why: a.why.clone() }));
    reading.unread.sort_by_key(|u| u.place);
    Ok(reading)
}

/// Words of ruling: whoever reads the report should look at what was not understood among them.
fn looks_operative(text: &str) -> bool {
    let has_code = !crate::grammar::finds(text, crate::grammar::codes::any_code).is_empty();
    let verbs =
        ["删去", "删除", "增加", "新增", "修改为", "调整为", "列入", "暂停实施", "停止实施", "废止", "（编号", "(编号"];
    let counts = text.contains('共') && text.contains('项') && !has_code;
    let sentence = !counts && text.ends_with(['。', '；', '：', ':', ';', '”']);
    (has_code || sentence && verbs.iter().any(|v| text.contains(v)))
        && !text.starts_with("根据")
        && !text.starts_with('#')
}

/// Splits points written in one run (`1.甲；2.乙`) or on lines of their own; words before the first number are the whole where
/// nothing is numbered.
pub(crate) fn points_of(text: &str, place: Place) -> Vec<PointRead> {
    use crate::grammar::numbering::{Mark, of};
    let mut starts: Vec<(usize, usize, u32)> = Vec::new();
    let mut expected = None;
    for (i, _) in text.char_indices() {
        let before = text[..i].chars().next_back();
        let can_begin = before.is_none_or(|c| matches!(c, '；' | ';' | '。' | '\n' | '：' | ':' | '，' | '“'));
        if !can_begin {
            continue;
        }
        if let Some((Mark::Digit(n), at)) = of(&text[i..])
            && expected.is_none_or(|e| n == e)
        {
            starts.push((i, i + at, n));
            expected = Some(n + 1);
        }
    }
    let tidy = |t: &str| t.trim().trim_end_matches(['；', ';', '。', '，']).trim().to_owned();
    if starts.is_empty() {
        let raw = text.to_owned();
        let text = tidy(text);
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![PointRead { path: String::new(), end: end_mark(&raw), text, place, ..PointRead::default() }]
        };
    }
    starts
        .iter()
        .enumerate()
        .flat_map(|(k, (_, from, n))| {
            let end = starts.get(k + 1).map_or(text.len(), |s| s.0);
            with_inner(&n.to_string(), &text[*from..end], place)
        })
        .collect()
}

/// A point with the bracketed ones that run on behind it: `甲：（1）乙；（2）丙`.
fn with_inner(path: &str, text: &str, place: Place) -> Vec<PointRead> {
    use crate::grammar::numbering::{Mark, of};
    let tidy = |t: &str| t.trim().trim_end_matches(['；', ';', '。', '，']).trim().to_owned();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (i, _) in text.char_indices() {
        let before = text[..i].chars().next_back();
        let parted = before.is_some_and(|c| matches!(c, '；' | ';' | '。' | '\n' | '：' | ':'));
        // A sign like ② never stands inside words.
        let found = match of(&text[i..]) {
            Some((Mark::InnerDigit(n), at)) if parted => Some((n, at)),
            Some((Mark::Circled(n), at)) if i > 0 => Some((n, at)),
            _ => None,
        };
        if let Some((n, at)) = found
            && usize::try_from(n) == Ok(starts.len() + 1)
        {
            starts.push((i, i + at));
        }
    }
    let first = starts.first().map_or(text.len(), |s| s.0);
    let one = |path: String, words: &str| PointRead {
        path,
        text: tidy(words),
        end: end_mark(words),
        place,
        ..PointRead::default()
    };
    let mut points = vec![one(path.to_owned(), &text[..first])];
    for (k, (_, from)) in starts.iter().enumerate() {
        let end = starts.get(k + 1).map_or(text.len(), |s| s.0);
        points.push(one(format!("{path}.{}", k + 1), &text[*from..end]));
    }
    points
}
