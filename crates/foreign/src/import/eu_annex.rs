//! Annex I to the EU dual-use regulation as plain text: codes at the margin, paragraphs numbered by their last step and set in by
//! how deep they stand, notes that begin with "Note", running heads and page numbers between.

use yumen_lawbook::Bilingual;

use super::outline::Outline;
use super::{ImportError, Importer, Unread, beginning, excludes, is_entry_code};
use crate::list::{Entry, ForeignList, Note, Paragraph};

pub(super) const IMPORTER: Importer = Importer {
    regime: "eu-annex-i",
    reads: || Bilingual::new("欧盟两用物项附件一（纯文本）", "Annex I of the EU dual-use regulation (plain text)"),
    recognises: |bytes| {
        let head = beginning(bytes);
        let lines: Vec<&str> = head.lines().map(str::trim_start).collect();
        let code = |l: &&str| l.get(..5).is_some_and(is_entry_code) && l[5..].starts_with("  ");
        lines.iter().any(|l| l.starts_with("CATEGORY ")) && lines.iter().any(code)
    },
    read,
};

/// What the words of the next line belong to.
enum Target {
    Nothing,
    Heading,
    Paragraph,
    Note,
}

fn read(bytes: &[u8]) -> Result<(ForeignList, Vec<Unread>), ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::Broken {
        at: u64::try_from(e.valid_up_to()).unwrap_or(0),
        what: "not UTF-8".into(),
    })?;
    let mut list = ForeignList { regime: IMPORTER.regime.into(), sha256: String::new(), entries: Vec::new() };
    let mut unread = Vec::new();
    let mut outline = Outline::default();
    let mut target = Target::Nothing;
    // Notes have numbered lines of their own; they stand further in than the paragraph they follow.
    let mut note_column = 0;
    for (number, line) in text.lines().enumerate() {
        let words = line.trim();
        if words.is_empty() || is_furniture(words) {
            continue;
        }
        let column = line.chars().take_while(|c| c.is_whitespace()).count();
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        if is_entry_code(first) && column <= 3 {
            // An entry that goes on over a page says so, and is the same entry.
            if rest.trim() == "continued" && list.entries.last().is_some_and(|e| e.code == first) {
                target = Target::Nothing;
                continue;
            }
            outline.clear();
            target = Target::Heading;
            list.entries.push(Entry { code: first.into(), heading: rest.trim().into(), ..Entry::default() });
            continue;
        }
        let Some(entry) = list.entries.last_mut() else { continue };
        if is_group(words, column) {
            target = Target::Nothing;
            continue;
        }
        if is_note(words) {
            target = Target::Note;
            note_column = column;
            let after = entry.paragraphs.last().map(|p| p.path.clone()).unwrap_or_default();
            entry.notes.push(Note { after, words: words.into(), excludes: false });
            continue;
        }
        if matches!(target, Target::Note) && column > note_column {
            append(entry.notes.last_mut().map(|n| &mut n.words), words);
            continue;
        }
        if let Some(step) = step(first) {
            target = Target::Paragraph;
            let (path, follows) = outline.step(column, step);
            if !follows {
                unread.push(Unread {
                    entry: entry.code.clone(),
                    line: number + 1,
                    words: words.chars().take(100).collect(),
                    why: Bilingual::new(
                        format!("编号 {step} 不接在前一编号之后，读作 {path}"),
                        format!("the number {step} does not follow the one before it; read as {path}"),
                    ),
                });
            }
            entry.paragraphs.push(Paragraph { path, words: rest.trim().into() });
            continue;
        }
        match target {
            Target::Heading => append(Some(&mut entry.heading), words),
            Target::Paragraph => append(entry.paragraphs.last_mut().map(|p| &mut p.words), words),
            Target::Note => append(entry.notes.last_mut().map(|n| &mut n.words), words),
            Target::Nothing => {}
        }
    }
    for note in list.entries.iter_mut().flat_map(|e| &mut e.notes) {
        note.excludes = excludes(&note.words);
    }
    Ok((list, unread))
}

fn append(held: Option<&mut String>, words: &str) {
    if let Some(held) = held {
        if !held.is_empty() {
            held.push(' ');
        }
        held.push_str(words);
    }
}

/// Running heads and page numbers.
fn is_furniture(words: &str) -> bool {
    words.starts_with("CATEGORY ") || words.bytes().all(|b| b.is_ascii_digit())
}

/// `3A  Systems, Equipment and Components`: what separates groups.
fn is_group(words: &str, column: usize) -> bool {
    let b = words.as_bytes();
    column <= 3 && b.len() > 2 && b[0].is_ascii_digit() && (b'A'..=b'E').contains(&b[1]) && b[2].is_ascii_whitespace()
}

fn is_note(words: &str) -> bool {
    ["Note", "N.B", "Technical Note", "Technical note"].iter().any(|p| words.starts_with(p))
}

/// The last step of a paragraph's number: `a.`, `1.`, `aa.`.
fn step(first: &str) -> Option<&str> {
    let step = first.strip_suffix('.')?;
    let b = step.as_bytes();
    // After z comes aa; a line that ends in "km." or begins with the rest of a number is none.
    let letters =
        b.iter().all(u8::is_ascii_lowercase) && (b.len() == 1 || b.len() == 2 && (b[0] == b'a' || b[0] == b[1]));
    let digits = b.len() <= 3 && b.iter().all(u8::is_ascii_digit) && !step.starts_with('0');
    (!step.is_empty() && (letters || digits)).then_some(step)
}
