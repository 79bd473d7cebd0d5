//! The reading form of printed words: simplified, of normal width, without the blanks that only set them apart.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use yumen_assess::is_han;

use crate::documents::Line;

static SIMPLIFY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// Reads the words of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reader {
    /// The document is in traditional characters. In a simplified one a single traditional character is a slip that a reader
    /// should see, and a few characters that both scripts use would be changed for nothing.
    traditional: bool,
}

/// Of a hundred characters of a traditional text some thirty look otherwise in simplified ones.
const TRADITIONAL: usize = 20;

impl Reader {
    /// The reader for a document's script.
    pub(super) fn of(lines: &[Line]) -> Self {
        let sample: String = lines.iter().flat_map(|l| l.text.chars().filter(|c| is_han(*c))).take(4000).collect();
        let Some(converter) = SIMPLIFY.as_ref() else { return Self { traditional: false } };
        let changed = sample.chars().zip(converter.convert(&sample).chars()).filter(|(a, b)| a != b).count();
        Self { traditional: changed * TRADITIONAL > sample.chars().count() }
    }

    /// The reading form of printed words.
    pub(super) fn read(self, printed: &str) -> String {
        let narrow: String = printed.chars().filter(|c| !is_invisible(*c)).map(narrow).collect();
        let simplified = match SIMPLIFY.as_ref() {
            Some(converter) if self.traditional && narrow.chars().any(is_han) => converter.convert(&narrow),
            _ => narrow,
        };
        without_blanks(&simplified)
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '％' => '%',
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\t' => ' ',
        c => c,
    }
}

/// Blanks stay only where they part words: none beside Chinese characters and wide marks on both sides.
fn without_blanks(text: &str) -> String {
    let wide = |c: char| is_han(c) || "，。；：、（）《》“”【】〔〕".contains(c);
    let chars: Vec<char> = text.trim().chars().collect();
    let mut out = String::with_capacity(text.len());
    for (i, c) in chars.iter().enumerate() {
        if *c == ' ' {
            let before = out.chars().next_back().unwrap_or(' ');
            let after = chars[i..].iter().find(|c| **c != ' ').copied().unwrap_or(' ');
            if before == ' ' || after == ' ' || (wide(before) && wide(after)) {
                continue;
            }
        }
        out.push(*c);
    }
    out
}
