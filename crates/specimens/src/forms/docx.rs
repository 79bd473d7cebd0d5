//! DOCX.

use super::{escape, package};
use crate::layout::Block;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn paragraph(text: &str) -> String {
    // Word splits words into runs wherever it was edited: two runs a paragraph.
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(i, _)| i);
    let run = |t: &str| {
        if t.is_empty() { String::new() } else { format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(t)) }
    };
    format!("<w:p>{}{}</w:p>", run(&text[..half]), run(&text[half..]))
}

/// Writes a DOCX.
pub fn write(blocks: &[Block]) -> Vec<u8> {
    let mut body = String::new();
    let mut table = false;
    for block in blocks {
        let is_row = matches!(block, Block::Row(_));
        if is_row != table {
            body.push_str(if is_row { "<w:tbl>" } else { "</w:tbl>" });
            table = is_row;
        }
        match block {
            Block::Line(text) => body.push_str(&paragraph(text)),
            Block::Row(cells) => {
                let cells: String = cells
                    .iter()
                    .map(|c| format!("<w:tc>{}</w:tc>", c.lines().map(paragraph).collect::<String>()))
                    .collect();
                body.push_str(&format!("<w:tr>{cells}</w:tr>"));
            }
        }
    }
    if table {
        body.push_str("</w:tbl>");
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    package(&[
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", document),
    ])
}
