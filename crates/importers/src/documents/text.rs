//! Plain text: UTF-8, UTF-16 or GB 18030; a form feed begins a page; a blank line ends a paragraph.

use super::{Document, Form, Limits, Line, decode};
use crate::error::ImportError;

/// Reads plain text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let sample = &bytes[..bytes.len().min(4096)];
    let utf16 = encoding_rs::Encoding::for_bom(bytes).is_some();
    if !utf16 && sample.contains(&0) {
        return Err(ImportError::UnknownForm);
    }
    let (text, note) = decode(bytes, None);
    let lost = text.chars().filter(|c| *c == '\u{fffd}').count();
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if (lost + odd) * 20 > text.chars().count() {
        return Err(ImportError::UnknownForm);
    }
    let mut lines = Vec::new();
    let mut pages = 0;
    for page in text.split('\u{c}') {
        pages += 1;
        if pages as usize > limits.pages {
            return Err(ImportError::Beyond { what: "pages", limit: limits.pages as u64 });
        }
        lines.extend(self::lines(page, pages));
    }
    if lines.iter().any(|l| l.text.chars().count() > limits.line) {
        return Err(ImportError::Beyond { what: "characters in a line", limit: limits.line as u64 });
    }
    Ok(Document { form: Form::Text, sha256: String::new(), pages, lines, notes: note.into_iter().collect() })
}

/// The lines of one page of text. How full a line is follows from the widest common line: text wrapped at a width has many.
pub(super) fn lines(page: &str, number: u32) -> Vec<Line> {
    let raw: Vec<&str> = page.lines().collect();
    let widths: Vec<usize> = raw.iter().map(|l| width(l.trim())).collect();
    let widest = common_width(&widths);
    let mut lines: Vec<Line> = Vec::new();
    for (i, text) in raw.iter().enumerate() {
        let blank_follows = raw.get(i + 1).is_none_or(|next| next.trim().is_empty()) && i + 1 < raw.len();
        let cells =
            if text.contains('\t') { text.split('\t').map(|c| c.trim().to_owned()).collect() } else { Vec::new() };
        lines.push(Line {
            page: number,
            line: u32::try_from(i + 1).unwrap_or(u32::MAX),
            text: text.trim_end().to_owned(),
            ends: blank_follows || !cells.is_empty(),
            cells,
            #[expect(clippy::cast_precision_loss, reason = "a share of a line")]
            fill: widest.map_or(0.0, |w| (widths[i] as f32 / w as f32).min(1.0)),
        });
    }
    lines
}

/// How many columns a line takes, Chinese counted double.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The width at which a text is wrapped: at least four lines, and a tenth of all, are within two columns of it and hardly any is
/// wider. `None` for text whose lines are paragraphs.
fn common_width(widths: &[usize]) -> Option<usize> {
    let filled: Vec<usize> = widths.iter().copied().filter(|w| *w > 0).collect();
    let widest = *filled.iter().max()?;
    let near = filled.iter().filter(|w| **w + 3 >= widest).count();
    (near >= 4 && near * 10 >= filled.len() && (30..=130).contains(&widest)).then_some(widest)
}
