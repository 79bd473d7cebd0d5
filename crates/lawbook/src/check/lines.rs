//! Finding the line that an issue is about.

/// The line of what an objection is about: a name, or `1C117 point d.1`.
pub(super) fn line_for(text: &str, about: &str) -> usize {
    match about.split_once(" point ") {
        Some((code, path)) => line_within(text, code, path),
        None => line_of(text, about),
    }
}

/// The line (from 1) of the first place where `needle` stands in quotes or as a bare word after `=`, or 0.
fn line_of(text: &str, needle: &str) -> usize {
    let quoted = format!("\"{needle}\"");
    text.find(&quoted).or_else(|| text.find(needle)).map_or(0, |at| text[..at].matches('\n').count() + 1)
}

/// The line of `needle` after the first place of `anchor`: a point within its entry.
pub(super) fn line_within(text: &str, anchor: &str, needle: &str) -> usize {
    let quoted = format!("\"{anchor}\"");
    let Some(start) = text.find(&quoted) else { return line_of(text, needle) };
    let before = text[..start].matches('\n').count();
    match line_of(&text[start..], needle) {
        0 => before + 1,
        line => before + line,
    }
}
