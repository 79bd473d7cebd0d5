//! Lines that a page parted: whether they run on, and what stands between them when they are put together.

use super::reading::Reader;
use crate::documents::Line;
use crate::grammar::numbering::Mark;
use crate::grammar::{begins, codes, numbering, whole};

/// The reading form of a cell: its lines are read one by one, and joined where the writing ran on.
pub(super) fn cell(reader: Reader, printed: &str) -> String {
    let mut text = String::new();
    for line in printed.lines().map(|l| reader.read(l)).filter(|l| !l.is_empty()) {
        if !text.is_empty() {
            if numbering::opens(&line) {
                text.push('\n');
            } else {
                match glue(&text, &line) {
                    Glue::DropHyphen => drop(text.pop()),
                    Glue::Blank => text.push(' '),
                    Glue::Nothing => {}
                }
            }
        }
        text.push_str(&line);
    }
    text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joins {
    No,
    Yes,
    /// It runs on, unless it begins something of its own.
    Perhaps,
    /// It begins something of its own, unless it runs on.
    Apart,
}

/// Whether the headings of a document are names without a number, with the code behind them: `激光技术（编号：084301X）`.
pub(super) fn bare_headings(lines: impl Iterator<Item = String>) -> bool {
    let (mut bare, mut numbered) = (0_usize, 0_usize);
    for line in lines.filter(|l| ends_with_code(l)) {
        *if numbering::of(&line).is_some() { &mut numbered } else { &mut bare } += 1;
    }
    bare > 2 && bare > numbered
}

/// `……（编号：084301X）`, `……（084301X）`.
fn ends_with_code(text: &str) -> bool {
    let Some(inner) = text.trim_end().strip_suffix(['）', ')']) else { return false };
    let Some((_, inner)) = inner.rsplit_once(['（', '(']) else { return false };
    let code = inner.trim_start_matches("编号").trim_start_matches(['：', ':', ' ']);
    whole(code, codes::catalogue).is_some()
}

/// `084301X 激光技术`: a heading that begins with its code.
fn begins_with_code(text: &str) -> bool {
    begins(text, codes::catalogue)
        .is_some_and(|(_, at)| text[at..].trim_start().chars().next().is_some_and(yumen_assess::is_han))
}

/// Whether a line runs on from the one before; `bare` tells that headings of the document have no number.
pub(super) fn joins(last: &Line, before: &str, line: &Line, text: &str, bare: bool) -> Joins {
    if last.ends || !last.cells.is_empty() || !line.cells.is_empty() || last.fill < 0.78 {
        return Joins::No;
    }
    if before.ends_with(['。', '；', ';', '：', ':', '！', '？', '”']) {
        // A sentence may end where the line does and another of the same paragraph begin; numbered text never does.
        let plain = !numbering::opens(text) && !numbering::opens(before) && before.ends_with(['。', '；', '”']);
        return if plain && before.ends_with('。') { Joins::Yes } else { Joins::No };
    }
    if numbering::opens_strongly(text) {
        // 「……满足下列条件(1)」 may break before its bracket; a list of short items may fill its line.
        return Joins::No;
    }
    if begins_with_code(text) && !before.ends_with(['（', '(', '、', '号']) {
        return Joins::No;
    }
    if ends_with_code(text) && !numbering::opens(text) {
        // A heading of its own behind a point without a mark, or the end of a long heading.
        return if bare && numbering::of(before).is_some() { Joins::No } else { Joins::Perhaps };
    }
    // The next of a count is a point of its own; the first may also stand inside a sentence.
    match (numbering::of(text), numbering::of(before)) {
        (Some((Mark::Circled(_), _)), _) => return Joins::No,
        (Some((Mark::InnerDigit(n), _)), Some((Mark::InnerDigit(m), _))) if n == m + 1 => return Joins::No,
        (Some((Mark::InnerDigit(1), at)), Some((Mark::Digit(_), _)))
            if text[at..].chars().next().is_some_and(yumen_assess::is_han) =>
        {
            return Joins::Apart;
        }
        _ => {}
    }
    if numbering::opens(text) { Joins::Perhaps } else { Joins::Yes }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glue {
    Nothing,
    Blank,
    DropHyphen,
}

pub(super) fn glue(before: &str, after: &str) -> Glue {
    let last = before.chars().next_back().unwrap_or(' ');
    let first = after.chars().next().unwrap_or(' ');
    let tail: String = {
        let reversed: Vec<char> = before.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
        reversed.into_iter().rev().collect()
    };
    let head: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
    let code = |t: &str| {
        t.len() == 7 && t[..6].bytes().all(|b| b.is_ascii_digit()) && t.ends_with(['J', 'X'])
            || t.len() == 10 && t.bytes().all(|b| b.is_ascii_digit())
    };
    if matches!(last, '-' | '‐' | '‑') && first.is_ascii_alphanumeric() {
        let stem: String = before.chars().rev().skip(1).take_while(char::is_ascii_alphanumeric).collect();
        let stem: String = stem.chars().rev().collect();
        return if code(&format!("{stem}{head}")) { Glue::DropHyphen } else { Glue::Nothing };
    }
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() {
        // A number, or a number and its unit, was broken; two words were not.
        let numeric = last.is_ascii_digit() || first.is_ascii_digit() || tail.chars().any(|c| c.is_ascii_digit());
        return if numeric || code(&format!("{tail}{head}")) { Glue::Nothing } else { Glue::Blank };
    }
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | '&' | ')' | ';');
    if latin(last) && first.is_ascii_alphabetic() { Glue::Blank } else { Glue::Nothing }
}
