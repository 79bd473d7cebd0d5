//! One form for every way of writing the same words.
//!
//! Width, compatibility forms and traditional characters are folded; letters keep a cased twin, because `MW` is not `mW` and
//! `APT` is not "apt". Both forms have one `char` for one `char`, so positions mean the same in both.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

/// Folded text. Positions everywhere in this crate are indexes into these characters.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// Letter case kept.
    pub cased: Vec<char>,
    /// Lower case.
    pub lower: Vec<char>,
}

static SIMPLIFY: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// True for characters of the Chinese script.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// True for letters of a Latin, Greek or similar script and digits: what a word is made of.
pub fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Folds `text`. Control and invisible formatting characters become blanks.
pub fn fold(text: &str) -> Folded {
    // Half of all names and many questions are plain letters, which fold to themselves.
    if text.is_ascii() {
        let plain = |b: u8| unify(if b.is_ascii_control() { ' ' } else { char::from(b) });
        let cased: Vec<char> = text.bytes().map(plain).collect();
        let lower = cased.iter().map(char::to_ascii_lowercase).collect();
        return Folded { cased, lower };
    }
    let composed: String = raise(text)
        .chars()
        .map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c })
        .nfkc()
        .map(unify)
        .collect();
    // Most questions hold no traditional character, and the converter costs more than the rest of the fold.
    let simplified = match SIMPLIFY.as_ref() {
        Some(converter) if composed.chars().any(is_han) => converter.convert(&composed),
        _ => composed,
    };
    let cased: Vec<char> = simplified.chars().collect();
    let lower = cased.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    Folded { cased, lower }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{00ad}')
}

/// Writes superscripts after a number as a power, because folding would make `10⁴` into 104 (and rightly `cm³` into cm3).
fn raise(text: &str) -> std::borrow::Cow<'_, str> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻";
    if !text.contains(|c| RAISED.contains(c)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut previous = ' ';
    for c in text.chars() {
        if let Some(value) = RAISED.chars().position(|r| r == c) {
            if previous.is_ascii_digit() {
                out.push('^');
            }
            out.push("0123456789".chars().nth(value).unwrap_or('-'));
            // Only the first sign of a run opens the power.
            previous = c;
        } else {
            out.push(c);
            previous = c;
        }
    }
    out.into()
}

/// One sign for signs that look alike or mean the same.
fn unify(c: char) -> char {
    match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' => '-',
        '〜' | '∼' => '~',
        '’' | '‘' | '`' => '\'',
        'μ' => 'µ',
        '×' | '✕' => '×',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

impl Folded {
    /// The lower-case characters of a range as text.
    pub fn slice(&self, range: std::ops::Range<usize>) -> String {
        self.lower[range.start.min(self.lower.len())..range.end.min(self.lower.len())].iter().collect()
    }

    /// The whole lower-case text.
    pub fn text(&self) -> String {
        self.lower.iter().collect()
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.lower.len()
    }

    /// True where nothing is left.
    pub fn is_empty(&self) -> bool {
        self.lower.iter().all(|c| c.is_whitespace())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_form_for_width_and_script() {
        assert_eq!(fold("華為技術有限公司").text(), fold("华为技术有限公司").text());
        assert_eq!(fold("ＧａＡｓ　９９．９％").text(), "gaas 99.9%");
        assert_eq!(fold("50μm").text(), fold("50µm").text());
        assert_eq!(fold("50×10⁻⁶ m, g/cm³").text(), "50×10^-6 m, g/cm3");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,60}") {
            let once: String = fold(&text).cased.iter().collect();
            let twice: String = fold(&once).cased.iter().collect();
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn the_twins_are_of_one_length(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(folded.cased.len(), folded.lower.len());
        }
    }
}
