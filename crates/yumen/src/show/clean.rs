//! What others wrote (a record, a question, a list) must not steer the terminal that shows it: control characters are shown as signs.

use std::borrow::Cow;

/// Text with our own colours and nothing else that a terminal would obey.
pub fn for_terminal(text: &str) -> Cow<'_, str> {
    if !text.contains(is_steering) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_steering) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let colour = colour(rest);
        if let Some(length) = colour {
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            let c = rest.chars().next().unwrap_or(' ');
            out.push(sign(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Text without anything that a terminal would obey.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if is_steering(c) { sign(c) } else { c }).collect()
}

fn is_steering(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

/// The picture of a control character; those without one are shown as a question mark.
fn sign(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('?'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// The length of a colour or weight at the beginning of `text`, of the kind that this program writes: nothing hidden or blinking.
fn colour(text: &str) -> Option<usize> {
    let body = text.strip_prefix("\u{1b}[")?;
    let end = body.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    let known = |n: &str| {
        matches!(n, "" | "0" | "1" | "2" | "4" | "22" | "24") || matches!(n.parse::<u8>(), Ok(30..=39 | 90..=97))
    };
    (body[end..].starts_with('m') && body[..end].split(';').all(known)).then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_stay_and_movements_are_shown() {
        assert_eq!(for_terminal("\u{1b}[1mBold\u{1b}[0m\n"), "\u{1b}[1mBold\u{1b}[0m\n");
        assert_eq!(for_terminal("a\u{1b}[1A\u{1b}[2Kb"), "a\u{241b}[1A\u{241b}[2Kb");
        assert_eq!(for_terminal("\u{1b}[8mhidden"), "\u{241b}[8mhidden");
        assert_eq!(plain("x\u{1b}[1my\r"), "x\u{241b}[1my\u{240d}");
    }
}
