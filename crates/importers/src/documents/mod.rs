//! Documents of any form as lines with page and line: one file per form, all of the same shape (`bytes, limits -> Document`).

mod docx;
mod html;
mod package;
mod pdf;
mod radicals;
mod text;
mod xlsx;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use yumen_lawbook::Bilingual;

use crate::error::ImportError;

/// What a file is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// A word-processing document.
    Docx,
    /// A spreadsheet.
    Xlsx,
    /// A PDF with a text layer.
    Pdf,
    /// Text recognised in a scan.
    Ocr,
}

impl Form {
    /// The name shown to people.
    pub fn label(self) -> Bilingual {
        let zh = match self {
            Self::Text => "文本".to_owned(),
            Self::Ocr => "文字识别（OCR）".to_owned(),
            other => other.to_string(),
        };
        Bilingual::new(zh, self.to_string())
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Xlsx => "XLSX",
            Self::Pdf => "PDF",
            Self::Ocr => "OCR",
        })
    }
}

/// How much of a file is read, so that no file can take the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file: usize,
    /// Bytes of everything unpacked from it.
    pub unpacked: usize,
    /// Parts of a package, objects of a PDF.
    pub parts: usize,
    /// Pages.
    pub pages: usize,
    /// Lines.
    pub lines: usize,
    /// Characters of one line.
    pub line: usize,
    /// Elements inside each other.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            unpacked: 96 << 20,
            parts: 200_000,
            pages: 2_000,
            lines: 200_000,
            line: 20_000,
            depth: 200,
        }
    }
}

/// One line, or one row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Page, from 1. Forms without pages have one.
    pub page: u32,
    /// Line on the page, from 1.
    pub line: u32,
    /// The words as printed.
    pub text: String,
    /// The cells, where it is a row of a table; `text` then holds them joined.
    pub cells: Vec<String>,
    /// True where the form itself says that a paragraph ends here (DOCX, HTML, a blank line follows).
    pub ends: bool,
    /// How much of the width of its column the line fills, from 0 to 1; 1 where the form does not say.
    pub fill: f32,
}

/// A document as lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it is made of.
    pub form: Form,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Pages.
    pub pages: u32,
    /// Its lines in reading order.
    pub lines: Vec<Line>,
    /// What a reader should know of how the bytes were read: a wrong character set, fonts without names.
    pub notes: Vec<String>,
}

/// Reads a file.
///
/// # Errors
/// Where it is no document, damaged, a scan, or beyond the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    if bytes.len() > limits.file {
        return Err(ImportError::Beyond { what: "bytes", limit: limits.file as u64 });
    }
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    let head = &bytes[start..bytes.len().min(start + 1024)];
    let mut document = if head.windows(5).any(|w| w == b"%PDF-") {
        pdf::read(bytes, limits)?
    } else if head.starts_with(b"PK\x03\x04") {
        match package::kind(bytes, limits)? {
            Form::Xlsx => xlsx::read(bytes, limits)?,
            _ => docx::read(bytes, limits)?,
        }
    } else if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(ImportError::Broken {
            form: Form::Docx,
            why: "it is an old binary Office file (.doc, .xls): save it as .docx or .xlsx".to_owned(),
        });
    } else if looks_like_html(head) {
        html::read(bytes, limits)?
    } else {
        text::read(bytes, limits)?
    };
    document.lines.retain(|l| !l.text.trim().is_empty());
    radicals::folded(&mut document.lines);
    if document.lines.is_empty() {
        return Err(ImportError::Empty);
    }
    if document.lines.len() > limits.lines {
        return Err(ImportError::Beyond { what: "lines", limit: limits.lines as u64 });
    }
    document.sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    Ok(document)
}

/// Text that was recognised in the scan with these bytes: page by page.
pub fn recognised(scan: &[u8], pages: &[String]) -> Document {
    let mut document = Document {
        form: Form::Ocr,
        sha256: Sha256::digest(scan).iter().map(|b| format!("{b:02x}")).collect(),
        pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        lines: Vec::new(),
        notes: vec!["文字由OCR识别，逐字核对 / recognised by OCR: compare every word".to_owned()],
    };
    for (page, text) in pages.iter().enumerate() {
        document.lines.extend(text::lines(text, u32::try_from(page + 1).unwrap_or(u32::MAX)));
    }
    document.lines.retain(|l| !l.text.trim().is_empty());
    radicals::folded(&mut document.lines);
    document
}

fn looks_like_html(head: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(head).to_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<p>", "<meta"]
        .iter()
        .any(|tag| lower.contains(tag))
}

/// Bytes to text: what the byte order mark or `said` says, else UTF-8, else GB 18030, which every older Chinese page is part of.
/// Also tells what was used and whether characters were lost.
fn decode(bytes: &[u8], said: Option<&str>) -> (String, Option<String>) {
    let (encoding, bytes) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None if std::str::from_utf8(bytes).is_ok() => (encoding_rs::UTF_8, bytes),
        None => match said.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes())) {
            // A page that says UTF-8 and is not is a Chinese page that says it wrongly.
            Some(encoding) if encoding != encoding_rs::UTF_8 => (encoding, bytes),
            _ => (encoding_rs::GB18030, bytes),
        },
    };
    let (text, lost) = encoding.decode_without_bom_handling(bytes);
    let note = lost.then(|| {
        format!("有字符无法按{}解码 / some characters could not be decoded as {}", encoding.name(), encoding.name())
    });
    (text.into_owned(), note)
}

/// Figures printed raised, so that 10 to the sixth does not read 106.
fn raised(text: &str) -> String {
    let figure = |c: char| match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        '-' | '－' | '−' | '–' => '⁻',
        '+' => '⁺',
        c => c,
    };
    text.chars().map(figure).collect()
}

/// A line that ends its paragraph.
fn whole(page: u32, line: u32, text: String) -> Line {
    Line { page, line, text, cells: Vec::new(), ends: true, fill: 1.0 }
}

/// A row of a table.
fn row(page: u32, line: u32, cells: Vec<String>) -> Line {
    let text = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" ");
    Line { page, line, text, cells, ends: true, fill: 1.0 }
}
