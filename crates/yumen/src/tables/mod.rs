//! Tables of items or names: CSV, XLSX, JSON lines. Read row by row, written whole.

mod read;
mod write;

use std::path::Path;

use crate::failure::Failure;

pub use read::{Row, open};
pub use write::{Stream, write};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values; UTF-8 or GB 18030.
    Csv,
    /// Excel workbook, first sheet.
    Xlsx,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// The format a file's name tells.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "txt" => Ok(Self::Csv),
            "xlsx" => Ok(Self::Xlsx),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            _ => Err(Failure::usage(
                "table",
                format!("{}：只支持 .csv、.xlsx、.jsonl。", path.display()),
                format!("{}: tables are .csv, .xlsx or .jsonl.", path.display()),
            )),
        }
    }
}
