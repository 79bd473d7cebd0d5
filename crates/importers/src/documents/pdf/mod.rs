//! PDF: glyphs with their places, put together into lines and the cells of ruled tables.
//!
//! `lopdf` reads the objects (with bounds on what it unpacks and how deep it goes); `content` runs the text operators; `font`
//! turns codes into characters; `turned` levels pages and takes watermarks out; `layout` makes lines and rows of what stands where.

mod content;
mod font;
mod layout;
mod turned;

use std::collections::BTreeSet;

use lopdf::{Document as Pdf, LoadOptions};

use super::{Document, Form, Limits};
use crate::error::ImportError;

/// One character and where it stands, in points from the lower left.
#[derive(Debug, Clone)]
struct Glyph {
    x: f32,
    y: f32,
    width: f32,
    size: f32,
    /// Which way it is written, in degrees; 0 is level.
    angle: f32,
    text: String,
}

/// A straight line drawn on a page.
#[derive(Debug, Clone, Copy)]
struct Rule {
    x0: f32,
    y0: f32,
    x1: f32,
    y1: f32,
}

/// What a page shows.
#[derive(Debug, Default)]
struct Sheet {
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    /// Codes for which no character is known.
    unknown: usize,
}

/// Reads a PDF.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    let broken = |why: String| ImportError::Broken { form: Form::Pdf, why: why.chars().take(200).collect() };
    // A PDF ends with its end mark; some servers append a few bytes.
    let tail = &bytes[bytes.len().saturating_sub(8192)..];
    if !tail.windows(5).any(|w| w == b"%%EOF") {
        return Err(ImportError::CutOff { form: Form::Pdf });
    }
    let options = LoadOptions { max_decompressed_size: Some(limits.unpacked), ..LoadOptions::default() };
    let pdf = Pdf::load_mem_with_options(bytes, options).map_err(|e| broken(e.to_string()))?;
    if pdf.is_encrypted() {
        return Err(ImportError::Encrypted);
    }
    if pdf.objects.len() > limits.parts {
        return Err(ImportError::Beyond { what: "objects", limit: limits.parts as u64 });
    }
    let pages = pdf.get_pages();
    if pages.len() > limits.pages {
        return Err(ImportError::Beyond { what: "pages", limit: limits.pages as u64 });
    }
    let mut budget = content::Budget { unpacked: limits.unpacked, operations: 20_000_000 };
    let (mut lines, mut seen, mut unknown) = (Vec::new(), 0, 0);
    let mut fonts = font::Fonts::default();
    let mut watermarks: BTreeSet<String> = BTreeSet::new();
    for (index, id) in pages.values().enumerate() {
        let sheet = content::run(&pdf, *id, &mut fonts, &mut budget)?;
        seen += sheet.glyphs.len();
        unknown += sheet.unknown;
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let (sheet, watermark) = turned::level(sheet);
        if !watermark.trim().is_empty() && watermarks.len() < 8 {
            watermarks.insert(watermark.chars().take(60).collect());
        }
        lines.extend(layout::lines(sheet, number));
        if lines.len() > limits.lines {
            return Err(ImportError::Beyond { what: "lines", limit: limits.lines as u64 });
        }
    }
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    // A page number or a stamp is no text layer.
    if seen < 8 * pages.len().max(1) || unknown > seen {
        return Err(ImportError::Scanned { pages: count });
    }
    let mut notes = Vec::new();
    if unknown > 0 {
        notes.push(format!(
            "有{unknown}个字符的字体没有编码信息 / {unknown} characters stand in fonts that do not name them"
        ));
    }
    if !watermarks.is_empty() {
        let words = watermarks.into_iter().collect::<Vec<_>>().join("、");
        notes.push(format!("斜排的水印已略去：{words} / words drawn aslant were left out: {words}"));
    }
    Ok(Document { form: Form::Pdf, sha256: String::new(), pages: count, lines, notes })
}
