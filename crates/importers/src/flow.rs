//! From lines to whole paragraphs: wrapped lines joined, running headers and page numbers left out, every character with its
//! place. Reading is done on simplified characters; what was printed is kept for quoting.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use serde::{Deserialize, Serialize};
use yumen_assess::is_han;

use crate::documents::{Document, Line};
use crate::grammar::numbering;

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
}

static SIMPLIFY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// The reading form of printed words.
pub fn readable(printed: &str) -> String {
    let narrow: String = printed
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}'))
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\t' => ' ',
            c => c,
        })
        .collect();
    let simplified = match SIMPLIFY.as_ref() {
        Some(converter) if narrow.chars().any(is_han) => converter.convert(&narrow),
        _ => narrow,
    };
    let mut text = String::with_capacity(simplified.len());
    let chars: Vec<char> = simplified.trim().chars().collect();
    let wide = |c: char| is_han(c) || "，。；：、（）《》“”【】〔〕".contains(c);
    for (i, c) in chars.iter().enumerate() {
        if *c == ' ' {
            let before = text.chars().next_back().unwrap_or(' ');
            let after = chars[i..].iter().find(|c| **c != ' ').copied().unwrap_or(' ');
            if before == ' ' || after == ' ' || (wide(before) && wide(after)) {
                continue;
            }
        }
        text.push(*c);
    }
    text
}

impl Flow {
    /// The paragraphs of a document.
    pub fn of(document: &Document) -> Self {
        let (lines, dropped) = without_running_lines(&document.lines);
        let mut flow = Self { paragraphs: Vec::new(), dropped };
        let mut open: Option<(&Line, Paragraph)> = None;
        for line in lines {
            let text = readable(&line.text);
            if text.is_empty() {
                continue;
            }
            let place = Place { page: line.page, line: line.line };
            if let Some((last, paragraph)) = open.as_mut() {
                let joins = joins(last, &paragraph.text, line, &text);
                if joins != Joins::No {
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
                cells: line.cells.iter().map(|c| cell(c)).collect(),
                marks: vec![(0, place)],
                doubtful: false,
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

/// The reading form of a cell: its lines are read one by one, and joined where the writing ran on.
fn cell(printed: &str) -> String {
    let mut text = String::new();
    for line in printed.lines().map(readable).filter(|l| !l.is_empty()) {
        if !text.is_empty() {
            if numbering::opens(&line) {
                text.push('\n');
            } else {
                match glue(&text, &line) {
                    Glue::DropHyphen => drop(text.pop()),
                    Glue::Blank => text.push(' '),
                    Glue::Nothing => {}
                }
            }
        }
        text.push_str(&line);
    }
    text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joins {
    No,
    Yes,
    Perhaps,
}

/// Whether a line runs on from the one before.
fn joins(last: &Line, before: &str, line: &Line, text: &str) -> Joins {
    if last.ends || !last.cells.is_empty() || !line.cells.is_empty() || last.fill < 0.78 {
        return Joins::No;
    }
    if before.ends_with(['。', '；', ';', '：', ':', '！', '？', '”']) {
        // A sentence may end where the line does and another of the same paragraph begin; numbered text never does.
        let plain = !numbering::opens(text) && !numbering::opens(before) && before.ends_with(['。', '；', '”']);
        return if plain && before.ends_with('。') { Joins::Yes } else { Joins::No };
    }
    if numbering::opens_strongly(text) {
        // 「……满足下列条件(1)」 may break before its bracket; a list of short items may fill its line.
        return Joins::No;
    }
    if numbering::opens(text) { Joins::Perhaps } else { Joins::Yes }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    Nothing,
    Blank,
    DropHyphen,
}

fn glue(before: &str, after: &str) -> Glue {
    let last = before.chars().next_back().unwrap_or(' ');
    let first = after.chars().next().unwrap_or(' ');
    let tail: String = {
        let reversed: Vec<char> = before.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
        reversed.into_iter().rev().collect()
    };
    let head: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
    let code = |t: &str| {
        t.len() == 7 && t[..6].bytes().all(|b| b.is_ascii_digit()) && t.ends_with(['J', 'X'])
            || t.len() == 10 && t.bytes().all(|b| b.is_ascii_digit())
    };
    if matches!(last, '-' | '‐' | '‑') && first.is_ascii_alphanumeric() {
        let stem: String = before.chars().rev().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let stem: String = stem.chars().rev().collect();
        return if code(&format!("{stem}{head}")) { Glue::DropHyphen } else { Glue::Nothing };
    }
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
        // A number, or a number and its unit, was broken; two words were not.
        let numeric = last.is_ascii_digit() || first.is_ascii_digit() || tail.chars().any(|c| c.is_ascii_digit());
        return if numeric || code(&format!("{tail}{head}")) { Glue::Nothing } else { Glue::Blank };
    }
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | '&' | ')' | ';');
    if latin(last) && first.is_ascii_alphabetic() { Glue::Blank } else { Glue::Nothing }
}

/// A line that only counts pages: `— 12 —`, `第3页 共30页`, `- 7 -`.
fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    let inner: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dashed = inner.trim_matches(|c| matches!(c, '-' | '—' | '–' | '―' | '·'));
    let counted = inner.starts_with('第') && inner.contains('页') && inner.chars().count() < 14;
    let slashed = inner.split_once('/').is_some_and(|(a, b)| is_number(a) && is_number(b) && inner.len() < 9);
    (dashed.len() < inner.len() && is_number(dashed)) || counted || slashed
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Leaves out page numbers and lines that stand at the edges of several pages in the same words.
fn without_running_lines(lines: &[Line]) -> (Vec<&Line>, Vec<(Place, String)>) {
    let mut pages: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        pages.entry(line.page).or_default().push(i);
    }
    let key = |line: &Line| -> String { readable(&line.text).chars().filter(|c| !c.is_ascii_digit()).collect() };
    let edge = |on_page: &[usize]| -> Vec<usize> {
        let first = on_page.iter().take(2);
        let last = on_page.iter().rev().take(2);
        let mut edge: Vec<usize> = first.chain(last).copied().collect();
        edge.sort_unstable();
        edge.dedup();
        edge
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for on_page in pages.values() {
        let mut here: Vec<String> = edge(on_page).into_iter().map(|i| key(&lines[i])).collect();
        here.sort();
        here.dedup();
        for k in here {
            *seen.entry(k).or_default() += 1;
        }
    }
    let edges: std::collections::BTreeSet<usize> = pages.values().flat_map(|p| edge(p)).collect();
    // On two pages a line must stand on both, and be long enough to be no accident.
    let (enough, shortest) = if pages.len() == 2 { (2, 10) } else { ((pages.len() / 2).max(3), 4) };
    let mut dropped = Vec::new();
    let mut kept = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let at_edge = pages.len() > 1 && edges.contains(&i) && line.cells.is_empty();
        let repeated = at_edge
            && seen.get(&key(line)).is_some_and(|n| *n >= enough)
            && key(line).chars().count() >= shortest
            && !numbering::opens(&readable(&line.text));
        let bare = at_edge && is_number(line.text.trim());
        if repeated || bare || (line.cells.is_empty() && is_page_number(&line.text)) {
            dropped.push((Place { page: line.page, line: line.line }, line.text.trim().to_owned()));
        } else {
            kept.push(line);
        }
    }
    (kept, dropped)
}
