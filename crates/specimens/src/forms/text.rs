//! Plain text.

use super::furniture::Furniture;
use crate::layout::Block;

/// Columns of a wrapped line, Chinese counted double.
const WIDTH: usize = 74;
/// Lines of a page.
const LINES: usize = 40;

/// How many columns a text takes, Chinese counted double.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// Breaks text into lines of so many columns.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    let chars: Vec<char> = text.chars().collect();
    for (i, c) in chars.iter().copied().enumerate() {
        let w = if c.is_ascii() { 1 } else { 2 };
        // Words and numbers are not broken.
        let starts = c.is_ascii_alphanumeric() && !(i > 0 && chars[i - 1].is_ascii_alphanumeric());
        let length =
            if starts { chars[i..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '.').count() } else { 0 };
        if starts && width + length > columns && length < columns {
            lines.push(String::new());
            width = 0;
        }
        // No line begins with a closing mark: the mark hangs, as typesetters do.
        let hangs = "，。；：、）”》！？,.;:)".contains(c);
        if width + w > columns && !hangs {
            lines.push(String::new());
            width = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        width += w;
    }
    lines
}

/// Wrapped text with pages and what stands on them.
pub fn wrapped(blocks: &[Block], furniture: &Furniture) -> Vec<u8> {
    let pages = pages(blocks);
    let of = pages.len();
    let mut out = String::new();
    for (n, Page { chapter, lines }) in pages.into_iter().enumerate() {
        if n > 0 {
            out.push('\u{c}');
        }
        let middle = lines.len() / 2;
        let mut all: Vec<String> = furniture.head(n + 1, &chapter).into_iter().collect();
        for (i, line) in lines.into_iter().enumerate() {
            if i == middle {
                all.extend(furniture.watermark.map(str::to_owned));
            }
            all.push(line);
        }
        all.extend(furniture.foot(n + 1, of));
        out.push_str(&all.join("\n"));
        out.push('\n');
    }
    out.into_bytes()
}

/// One page of text.
struct Page {
    /// The heading it begins under.
    chapter: String,
    lines: Vec<String>,
}

fn pages(blocks: &[Block]) -> Vec<Page> {
    let mut pages = vec![Page { chapter: String::new(), lines: Vec::new() }];
    let mut chapter = String::new();
    for block in blocks {
        let lines = match block {
            Block::Line(text) => wrap(text, WIDTH),
            // A table pasted as text: cells parted by tabs, a cell's lines by blanks.
            Block::Row(cells) => vec![cells.iter().map(|c| c.replace('\n', "")).collect::<Vec<_>>().join("\t")],
        };
        for line in lines {
            if pages.last().is_some_and(|p| p.lines.len() == LINES) {
                pages.push(Page { chapter: chapter.clone(), lines: Vec::new() });
            }
            if let Some(page) = pages.last_mut() {
                page.lines.push(line);
            }
        }
        if let Some(heading) = chapter_of(block) {
            chapter = heading;
        }
    }
    pages
}

/// The heading a block is, where it is one.
pub fn chapter_of(block: &Block) -> Option<String> {
    match block {
        Block::Line(text) if text.chars().count() < 24 && (text.ends_with('业') || text.contains("部分")) => {
            Some(text.trim().to_owned())
        }
        _ => None,
    }
}

/// One line a paragraph, GB 18030.
pub fn gb18030(blocks: &[Block]) -> Vec<u8> {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Line(text) => out.push_str(text),
            Block::Row(cells) => {
                out.push_str(&cells.iter().map(|c| c.replace('\n', "")).collect::<Vec<_>>().join("\t"));
            }
        }
        out.push_str("\r\n");
    }
    encoding_rs::GB18030.encode(&out).0.into_owned()
}
