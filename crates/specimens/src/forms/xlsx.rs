//! XLSX: paragraphs in the first column, rows as rows.

use super::{escape, package};
use crate::layout::Block;

/// Writes a workbook.
pub fn write(blocks: &[Block]) -> Vec<u8> {
    let mut rows = String::new();
    for (n, block) in blocks.iter().enumerate() {
        let cells: Vec<&str> = match block {
            Block::Line(text) => vec![text],
            Block::Row(cells) => cells.iter().map(String::as_str).collect(),
        };
        let cells: String = cells
            .iter()
            .zip(b'A'..)
            .map(|(c, column)| {
                format!(
                    "<c r=\"{}{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    char::from(column),
                    n + 1,
                    escape(c)
                )
            })
            .collect();
        rows.push_str(&format!("<row r=\"{}\">{cells}</row>", n + 1));
    }
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
    );
    package(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets/></workbook>"
                .to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}
