//! DOCX: paragraphs and tables of `word/document.xml`, in order. Headers, footers and notes stand in other parts and are not read.

use super::package::{Package, Say, read_xml};
use super::{Document, Form, Limits, Line, row, whole};
use crate::error::ImportError;

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
    /// Inside text that was deleted with changes tracked.
    deleted: usize,
}

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, limits, Form::Docx)?;
    let Some(xml) = package.part("word/document.xml")? else {
        return Err(ImportError::Broken { form: Form::Docx, why: "it has no word/document.xml".to_owned() });
    };
    let mut reading = Reading { page: 1, ..Reading::default() };
    read_xml(&xml, Form::Docx, limits, |say| {
        match say {
            Say::Open(name, attributes) => reading.open(name, attributes),
            Say::Close(name) => reading.close(name),
            Say::Text(text) => {
                if reading.in_text && reading.deleted == 0 {
                    reading.paragraph.push_str(text);
                }
            }
        }
        if reading.lines.len() > limits.lines {
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
        match name {
            "t" => self.in_text = true,
            "del" => self.deleted += 1,
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
            "tc" if self.tables == 1 => self.cell = Some(String::new()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "del" => self.deleted = self.deleted.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tc" if self.tables == 1 => {
                let cell = self.cell.take().unwrap_or_default();
                if let Some(row) = &mut self.row {
                    row.push(cell.trim().to_owned());
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
        let text = std::mem::take(&mut self.paragraph);
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
}
