//! Writing tables.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format as Style, Workbook};
use serde_json::Value;

use super::Format;
use crate::failure::Failure;
use crate::home;

/// Writes rows of named columns. Text cells are written as text, so that a code stays a code and no cell is a formula.
pub fn write(path: &Path, columns: &[String], rows: &[Vec<Value>]) -> Result<(), Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
    let bytes = match Format::of(path)? {
        Format::Csv => csv(columns, rows).map_err(|e| fail(&e))?,
        Format::Jsonl => jsonl(columns, rows).map_err(|e| fail(&e))?,
        Format::Xlsx => xlsx(columns, rows).map_err(|e| fail(&e))?,
    };
    home::write_whole(path, &bytes)
}

/// A table of text written row by row, for results that need not fit in memory.
pub struct Stream {
    path: PathBuf,
    columns: Vec<String>,
    sink: Sink,
}

enum Sink {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Lines(BufWriter<File>),
}

impl Stream {
    /// Begins a file; workbooks are not streamed.
    pub fn begin(path: &Path, format: Format, columns: &[String]) -> Result<Self, Failure> {
        let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
        let mut file = BufWriter::new(File::create(path).map_err(|e| fail(&e))?);
        let sink = if format == Format::Csv {
            // The mark at the beginning makes Excel read Chinese.
            file.write_all("\u{feff}".as_bytes()).map_err(|e| fail(&e))?;
            let mut writer = csv::Writer::from_writer(file);
            writer.write_record(columns).map_err(|e| fail(&e))?;
            Sink::Csv(Box::new(writer))
        } else {
            Sink::Lines(file)
        };
        Ok(Self { path: path.to_owned(), columns: columns.to_vec(), sink })
    }

    /// Writes a row.
    pub fn row(&mut self, cells: &[Value]) -> Result<(), Failure> {
        let path = &self.path;
        let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
        match &mut self.sink {
            Sink::Csv(writer) => writer.write_record(cells.iter().map(|v| harmless(text(v)))).map_err(|e| fail(&e)),
            Sink::Lines(file) => {
                let object: serde_json::Map<String, Value> =
                    self.columns.iter().cloned().zip(cells.iter().cloned()).collect();
                serde_json::to_writer(&mut *file, &object).map_err(|e| fail(&e))?;
                file.write_all(b"\n").map_err(|e| fail(&e))
            }
        }
    }

    /// Ends the file.
    pub fn end(self) -> Result<(), Failure> {
        let path = self.path;
        let fail = |e: &dyn std::fmt::Display| Failure::file(&path, e);
        match self.sink {
            Sink::Csv(mut writer) => writer.flush().map_err(|e| fail(&e)),
            Sink::Lines(mut file) => file.flush().map_err(|e| fail(&e)),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn csv(columns: &[String], rows: &[Vec<Value>]) -> Result<Vec<u8>, csv::Error> {
    // The mark at the beginning makes Excel read Chinese.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|v| harmless(text(v))))?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}

/// A cell that begins like a formula is quoted, because spreadsheets would run it.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

fn jsonl(columns: &[String], rows: &[Vec<Value>]) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::new();
    for row in rows {
        let object: serde_json::Map<String, Value> = columns.iter().cloned().zip(row.iter().cloned()).collect();
        serde_json::to_writer(&mut out, &object)?;
        out.push(b'\n');
    }
    Ok(out)
}

fn xlsx(columns: &[String], rows: &[Vec<Value>]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let head = Style::new().set_bold().set_background_color(0x00E8_E4DA);
    for (column, name) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (row, values) in (1_u32..).zip(rows) {
        for (column, value) in (0_u16..).zip(values) {
            match value {
                Value::Number(n) => sheet.write_number(row, column, n.as_f64().unwrap_or_default())?,
                other => sheet.write_string(row, column, text(other).chars().take(32_000).collect::<String>())?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Ok(last_row), Ok(last_column)) = (u32::try_from(rows.len()), u16::try_from(columns.len().saturating_sub(1)))
    {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    sheet.autofit();
    book.save_to_buffer()
}
