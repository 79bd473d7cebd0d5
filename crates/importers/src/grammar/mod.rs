//! The grammars: parsers (winnow) over one paragraph each, with positions.
//!
//! winnow, because it is in the build already (toml is made of it), keeps positions of its own (`LocatingSlice`), reads `&str`
//! without a lexer, and compiles in a second. The error recovery of chumsky is of no use where an unread paragraph is
//! reported whole, and nom has no spans without a second crate.

pub mod amend;
pub mod codes;
pub mod days;
pub mod frame;
pub mod hs;
pub mod numbering;
pub mod party;
pub mod rule;
pub mod suspend;

use winnow::LocatingSlice;

/// What the grammars read.
pub type Input<'t> = LocatingSlice<&'t str>;

/// Parses a whole text with a parser; `None` where anything is left.
pub fn whole<'t, T>(
    text: &'t str,
    parser: impl winnow::Parser<Input<'t>, T, winnow::error::ContextError>,
) -> Option<T> {
    let mut parser = parser;
    parser.parse(LocatingSlice::new(text)).ok()
}

/// Parses the beginning of a text: what was read and the byte after it.
pub fn begins<'t, T>(
    text: &'t str,
    mut parser: impl winnow::Parser<Input<'t>, T, winnow::error::ContextError>,
) -> Option<(T, usize)> {
    use winnow::stream::Location as _;
    let mut input = LocatingSlice::new(text);
    let value = parser.parse_next(&mut input).ok()?;
    Some((value, input.current_token_start()))
}

/// Every place at which a parser succeeds, left to right, without overlap: start, end, value.
pub fn finds<'t, T>(
    text: &'t str,
    mut parser: impl winnow::Parser<Input<'t>, T, winnow::error::ContextError>,
) -> Vec<(usize, usize, T)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match begins(&text[at..], parser.by_ref()) {
            Some((value, length)) if length > 0 => {
                found.push((at, at + length, value));
                at += length;
            }
            _ => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}
