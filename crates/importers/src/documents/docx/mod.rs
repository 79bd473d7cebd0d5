//! DOCX: paragraphs and tables of `word/document.xml`, in order, with the numbers that lists count by themselves. Headers, footers
//! and notes stand in other parts and are not read.

mod numbering;

use self::numbering::Numbering;
use super::package::{Package, Say, read_xml};
use super::{Document, Form, Limits, Line, raised, row, whole};
use crate::error::ImportError;

/// Columns that a cell may take; beyond this it is no table of law.
const COLUMNS: usize = 64;

#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    page: u32,
    line: u32,
    paragraph: String,
    /// Inside `<w:t>`: everything else is not text.
    in_text: bool,
    /// Cells of the row being read, where a table is open.
    row: Option<Vec<String>>,
    cell: Option<String>,
    tables: usize,
    /// Inside what was deleted or moved away with changes tracked, or inside the format that a paragraph had before.
    deleted: usize,
    /// The run stands raised: a power.
    raised: bool,
    /// How many columns the cell takes.
    span: usize,
    numbering: Numbering,
    /// List and level of the paragraph.
    list: Option<String>,
    level: Option<usize>,
    style: String,
}

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, limits, Form::Docx)?;
    let Some(xml) = package.part("word/document.xml")? else {
        return Err(ImportError::Broken { form: Form::Docx, why: "it has no word/document.xml".to_owned() });
    };
    let mut reading = Reading { page: 1, ..Reading::default() };
    if let Some(xml) = package.part("word/numbering.xml")? {
        reading.numbering.read(&xml, limits)?;
    }
    if let Some(xml) = package.part("word/styles.xml")? {
        reading.numbering.read_styles(&xml, limits)?;
    }
    read_xml(&xml, Form::Docx, limits, |say| {
        match say {
            Say::Open(name, attributes) => reading.open(name, attributes),
            Say::Close(name) => reading.close(name),
            Say::Text(text) => {
                if reading.in_text && reading.deleted == 0 {
                    let text = if reading.raised { raised(text) } else { text.to_owned() };
                    reading.paragraph.push_str(&text);
                }
            }
        }
        if reading.lines.len() > limits.lines || reading.row.as_ref().is_some_and(|r| r.len() > limits.line) {
            return Err(ImportError::Beyond { what: "lines", limit: limits.lines as u64 });
        }
        Ok(())
    })?;
    Ok(Document {
        form: Form::Docx,
        sha256: String::new(),
        pages: reading.page,
        lines: reading.lines,
        notes: Vec::new(),
    })
}

impl Reading {
    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let val = attributes.iter().find(|(k, _)| k == "val").map_or("", |(_, v)| v.as_str());
        match name {
            "t" => self.in_text = true,
            "r" => self.raised = false,
            "vertAlign" => self.raised = val == "superscript",
            "p" => (self.list, self.level, self.style) = (None, None, String::new()),
            "pStyle" if self.deleted == 0 => val.clone_into(&mut self.style),
            "numId" if self.deleted == 0 => self.list = Some(val.to_owned()),
            "ilvl" if self.deleted == 0 => self.level = val.parse().ok(),
            "gridSpan" => self.span = val.parse().unwrap_or(1).clamp(1, COLUMNS),
            "del" | "moveFrom" | "pPrChange" => self.deleted += 1,
            "tab" if self.deleted == 0 => self.paragraph.push(' '),
            "noBreakHyphen" => self.paragraph.push('-'),
            "br" | "cr" => {
                if attributes.iter().any(|(k, v)| k == "type" && v == "page") {
                    self.end_paragraph();
                    self.page += 1;
                    self.line = 0;
                } else if self.cell.is_some() {
                    self.paragraph.push('\n');
                } else {
                    self.end_paragraph();
                }
            }
            // What the program that wrote the file saw as a new page.
            "lastRenderedPageBreak" => {
                self.page += 1;
                self.line = 0;
            }
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => self.row = Some(Vec::new()),
            "tc" if self.tables == 1 => (self.cell, self.span) = (Some(String::new()), 1),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "del" | "moveFrom" | "pPrChange" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tc" if self.tables == 1 => {
                let cell = self.cell.take().unwrap_or_default();
                if let Some(row) = &mut self.row {
                    row.push(cell.trim().to_owned());
                    // A cell over several columns leaves the others of its row where they belong.
                    if row.len() < COLUMNS {
                        row.resize(row.len() + self.span - 1, String::new());
                    }
                }
            }
            "tr" if self.tables == 1 => {
                if let Some(cells) = self.row.take() {
                    self.line += 1;
                    self.lines.push(row(self.page, self.line, cells));
                }
            }
            "tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let mut text = std::mem::take(&mut self.paragraph);
        if !text.trim().is_empty()
            && let Some(number) = self.number()
        {
            text.insert_str(0, &number);
        }
        if let Some(cell) = &mut self.cell {
            if !cell.is_empty() && !text.is_empty() {
                cell.push('\n');
            }
            cell.push_str(&text);
        } else if !text.trim().is_empty() {
            self.line += 1;
            self.lines.push(whole(self.page, self.line, text));
        }
    }

    /// The number that the paragraph's list gives it. A list number of 0 takes a paragraph out of the list of its style.
    fn number(&mut self) -> Option<String> {
        let of_style = self.numbering.of_style(&self.style);
        let list = self.list.take().or_else(|| of_style.as_ref().map(|s| s.0.clone()))?;
        let level = self.level.take().or(of_style.map(|s| s.1)).unwrap_or(0);
        self.numbering.next(&list, level)
    }
}
