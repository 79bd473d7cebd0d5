//! Writing tables.

use std::path::Path;

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
