//! Plain text.

use crate::layout::Block;

/// Columns of a wrapped line, Chinese counted double.
const WIDTH: usize = 74;
/// Lines of a page.
const LINES: usize = 40;

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

/// Wrapped text with pages, running heads and page numbers.
pub fn wrapped(blocks: &[Block]) -> Vec<u8> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Line(text) => lines.extend(wrap(text, WIDTH)),
            // A table pasted as text: cells parted by tabs, a cell's lines by blanks.
            Block::Row(cells) => lines.push(cells.iter().map(|c| c.replace('\n', "")).collect::<Vec<_>>().join("\t")),
        }
    }
    let mut out = String::new();
    for (n, page) in lines.chunks(LINES).enumerate() {
        if n > 0 {
            out.push('\u{c}');
        }
        out.push_str("中国禁止出口限制出口技术目录（公开版）\n");
        for line in page {
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&format!("— {} —\n", n + 1));
    }
    out.into_bytes()
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
