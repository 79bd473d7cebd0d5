//! HTML: blocks become paragraphs, table rows become rows. Read by the tokenizer of the HTML standard, so nesting costs nothing.

use html5gum::{Token, Tokenizer};

use super::{Document, Form, Limits, Line, decode, raised, row, whole};
use crate::error::ImportError;

#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    line: u32,
    text: String,
    row: Option<Vec<String>>,
    cell: bool,
    /// How many columns and rows the open cell takes.
    span: (usize, usize),
    /// For every column, how many further rows a cell above reaches down into.
    reaching: Vec<usize>,
    /// Inside `<sup>`: a power.
    raised: usize,
    /// The element whose content is skipped: script, style, navigation.
    skipping: Option<String>,
}

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "section",
    "article",
    "center",
    "dd",
    "dt",
    "blockquote",
    "pre",
    "title",
    "header",
    "main",
    "hr",
];
const SKIPPED: &[&str] = &["script", "style", "nav", "footer", "noscript", "template", "select", "button", "head"];

/// Columns and rows that a cell may take; beyond this it is no table of law.
const SPAN: usize = 64;

/// Reads a web page.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let (text, note) = decode(bytes, charset(bytes).as_deref());
    let mut reading = Reading::default();
    for token in Tokenizer::new(&text) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let span = |name: &[u8]| {
                    let said = tag.attributes.get(name).map(|v| String::from_utf8_lossy(v).trim().to_owned());
                    said.and_then(|v| v.parse::<usize>().ok()).unwrap_or(1).clamp(1, SPAN)
                };
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                reading.open(&name, tag.self_closing, || (span(b"colspan"), span(b"rowspan")));
            }
            Token::EndTag(tag) => reading.close(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if reading.skipping.is_none() => {
                let text = String::from_utf8_lossy(&text);
                reading.text.push_str(&if reading.raised > 0 { raised(&text) } else { text.into_owned() });
            }
            _ => {}
        }
        let cells = reading.row.as_ref().map_or(0, Vec::len);
        if reading.lines.len() > limits.lines || reading.text.len() > limits.line * 4 || cells > limits.line {
            return Err(ImportError::Beyond { what: "lines", limit: limits.lines as u64 });
        }
    }
    reading.end_block();
    Ok(Document {
        form: Form::Html,
        sha256: String::new(),
        pages: 1,
        lines: reading.lines,
        notes: note.into_iter().collect(),
    })
}

fn charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let name: String = head[at..]
        .chars()
        .skip_while(|c| matches!(c, '"' | '\''))
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!name.is_empty()).then_some(name)
}

impl Reading {
    fn open(&mut self, name: &str, closed: bool, span: impl FnOnce() -> (usize, usize)) {
        if self.skipping.is_some() {
            return;
        }
        if SKIPPED.contains(&name) && !closed {
            self.skipping = Some(name.to_owned());
            return;
        }
        match name {
            "td" | "th" => {
                self.end_cell();
                self.row.get_or_insert_with(Vec::new);
                self.cell = true;
                self.span = span();
            }
            "sup" if !closed => self.raised += 1,
            "table" => {
                self.reaching.clear();
                self.end_block();
            }
            "tr" => {
                self.end_row();
                self.end_block();
            }
            "br" | "p" | "div" if self.cell => self.text.push('\n'),
            _ if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(skipped) = &self.skipping {
            if skipped == name {
                self.skipping = None;
            }
            return;
        }
        match name {
            "td" | "th" => self.end_cell(),
            "tr" | "table" => self.end_row(),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "p" | "div" | "li" if self.cell => self.text.push('\n'),
            _ if BLOCKS.contains(&name) => self.end_block(),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        if !std::mem::take(&mut self.cell) {
            return;
        }
        let text = tidy(&std::mem::take(&mut self.text), true);
        let row = self.row.get_or_insert_with(Vec::new);
        // Cells of rows above that reach down take their columns first.
        while self.reaching.get(row.len()).is_some_and(|rows| *rows > 0) && row.len() < SPAN {
            row.push(String::new());
        }
        let (columns, rows) = if row.len() < SPAN { self.span } else { (1, 1) };
        if rows > 1 {
            self.reaching.resize(self.reaching.len().max(row.len() + columns), 0);
            // One more, because the end of this row counts too.
            self.reaching[row.len()..row.len() + columns].fill(rows);
        }
        row.push(text);
        row.resize(row.len() + columns - 1, String::new());
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some(mut cells) = self.row.take() {
            if cells.len() < self.reaching.len() {
                cells.resize(self.reaching.len(), String::new());
            }
            self.reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
            self.line += 1;
            self.lines.push(row(1, self.line, cells));
        }
    }

    fn end_block(&mut self) {
        if self.cell {
            return;
        }
        let text = tidy(&std::mem::take(&mut self.text), false);
        if !text.is_empty() {
            self.line += 1;
            self.lines.push(whole(1, self.line, text));
        }
    }
}

/// Runs of blanks become one; line ends stay only inside cells.
fn tidy(text: &str, keep_lines: bool) -> String {
    let tidy_line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    if keep_lines {
        text.lines().map(tidy_line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
    } else {
        tidy_line(text)
    }
}
