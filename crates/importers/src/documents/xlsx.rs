//! XLSX: the rows of every sheet, a sheet being a page. Read part by part: a sheet that claims a million columns costs nothing.

use super::package::{Package, Say, read_xml};
use super::{Document, Form, Limits, Line, row};
use crate::error::ImportError;

/// Columns beyond this are no table of law.
const COLUMNS: usize = 64;

/// Reads an XLSX.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let mut package = Package::open(bytes, limits, Form::Xlsx)?;
    let shared = match package.part("xl/sharedStrings.xml")? {
        Some(xml) => shared_strings(&xml, limits)?,
        None => Vec::new(),
    };
    let mut lines: Vec<Line> = Vec::new();
    let sheets = package.names("xl/worksheets/sheet", ".xml");
    for (i, name) in sheets.iter().enumerate().take(limits.pages) {
        let Some(xml) = package.part(name)? else { continue };
        let page = u32::try_from(i + 1).unwrap_or(u32::MAX);
        sheet(&xml, page, &shared, limits, &mut lines)?;
    }
    Ok(Document {
        form: Form::Xlsx,
        sha256: String::new(),
        pages: u32::try_from(sheets.len()).unwrap_or(u32::MAX),
        lines,
        notes: Vec::new(),
    })
}

fn shared_strings(xml: &[u8], limits: &Limits) -> Result<Vec<String>, ImportError> {
    let mut strings = Vec::new();
    let mut current: Option<String> = None;
    let (mut in_text, mut phonetic) = (false, false);
    read_xml(xml, Form::Xlsx, limits, |say| {
        match say {
            Say::Open("si", _) => current = Some(String::new()),
            Say::Close("si") => strings.extend(current.take()),
            Say::Open("rPh", _) => phonetic = true,
            Say::Close("rPh") => phonetic = false,
            Say::Open("t", _) => in_text = true,
            Say::Close("t") => in_text = false,
            Say::Text(text) if in_text && !phonetic => {
                if let Some(s) = current.as_mut() {
                    s.push_str(text);
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

fn sheet(xml: &[u8], page: u32, shared: &[String], limits: &Limits, lines: &mut Vec<Line>) -> Result<(), ImportError> {
    let mut cells: Vec<String> = Vec::new();
    let (mut column, mut number) = (0, 0_u32);
    let mut kind = String::new();
    let mut value = String::new();
    let mut reading = false;
    read_xml(xml, Form::Xlsx, limits, |say| {
        match say {
            Say::Open("row", attributes) => {
                cells.clear();
                column = 0;
                number = attribute(attributes, "r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
            }
            Say::Open("c", attributes) => {
                column = attribute(attributes, "r").and_then(column_of).unwrap_or(column + 1);
                attribute(attributes, "t").unwrap_or_default().clone_into(&mut kind);
                value.clear();
            }
            Say::Open("v" | "t", _) => reading = true,
            Say::Close("v" | "t") => reading = false,
            Say::Text(text) if reading => value.push_str(text),
            Say::Close("c") if (1..=COLUMNS).contains(&column) => {
                let text = match kind.as_str() {
                    "s" => value.trim().parse::<usize>().ok().and_then(|i| shared.get(i)).cloned().unwrap_or_default(),
                    _ => std::mem::take(&mut value),
                };
                if cells.len() < column {
                    cells.resize(column, String::new());
                }
                text.trim().clone_into(&mut cells[column - 1]);
            }
            Say::Close("row") => {
                if cells.iter().any(|c| !c.is_empty()) {
                    lines.push(row(page, number, std::mem::take(&mut cells)));
                }
                if lines.len() > limits.lines {
                    return Err(ImportError::Beyond { what: "lines", limit: limits.lines as u64 });
                }
            }
            _ => {}
        }
        Ok(())
    })
}

fn attribute<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
}

/// `C7` is column 3.
fn column_of(reference: &str) -> Option<usize> {
    let letters: Vec<u8> = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4).collect();
    let number = letters.iter().fold(0_usize, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    (number > 0).then_some(number)
}
