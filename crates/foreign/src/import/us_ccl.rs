//! The Commerce Control List as the eCFR publishes it: Supplement No. 1 to part 774 in XML.
//!
//! An entry begins with an `FP-2` paragraph whose bold words begin with a code. Its licence requirements are a table, its items are
//! `P` paragraphs that carry their whole path (`a.5.b.2.`), its notes are `NOTE` elements.

use quick_xml::Reader;
use quick_xml::events::Event;
use yumen_lawbook::Bilingual;

use super::{ImportError, Importer, Unread, beginning, excludes, is_entry_code};
use crate::list::{Control, Entry, ForeignList, Note, Paragraph};

pub(super) const IMPORTER: Importer = Importer {
    regime: "us-ccl",
    reads: || {
        Bilingual::new(
            "美国商务部管制清单（eCFR 第 774 部分附件一 XML）",
            "the US Commerce Control List (eCFR XML of part 774, supplement no. 1)",
        )
    },
    recognises: |bytes| {
        let head = beginning(bytes);
        head.contains("<DIV9") && head.contains("774")
    },
    read,
};

/// Deepest nesting of elements; the real file has 9.
const DEEPEST: usize = 64;

/// Where in an entry the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Licence requirements and all that stands before the items.
    Before,
    /// The items.
    Items,
}

struct State {
    list: ForeignList,
    unread: Vec<Unread>,
    part: Part,
    /// Words of the running heading or list of related controls.
    cells: Vec<String>,
    in_note: usize,
    note: String,
}

fn read(bytes: &[u8]) -> Result<(ForeignList, Vec<Unread>), ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::Broken {
        at: u64::try_from(e.valid_up_to()).unwrap_or(0),
        what: "not UTF-8".into(),
    })?;
    let mut reader = Reader::from_str(text);
    let mut state = State {
        list: ForeignList { regime: IMPORTER.regime.into(), sha256: String::new(), entries: Vec::new() },
        unread: Vec::new(),
        part: Part::Before,
        cells: Vec::new(),
        in_note: 0,
        note: String::new(),
    };
    // Names of open elements, and the words gathered for the innermost block.
    let mut open: Vec<String> = Vec::new();
    let mut words = String::new();
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|e| ImportError::Broken { at, what: e.to_string() })? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if open.len() >= DEEPEST {
                    return Err(ImportError::Broken {
                        at,
                        what: format!("more than {DEEPEST} elements within each other"),
                    });
                }
                match name.as_str() {
                    "SU" => words.push('^'),
                    "br" => words.push(' '),
                    "NOTE" => {
                        state.in_note += 1;
                        state.note.clear();
                    }
                    _ if is_block(&name) => words.clear(),
                    _ => {}
                }
                open.push(name);
            }
            Event::End(_) => {
                let Some(name) = open.pop() else { break };
                if is_block(&name) {
                    let block = tidy(&words);
                    words.clear();
                    state.block(&name, &block);
                } else if name == "NOTE" {
                    state.end_note();
                } else if name == "TR" {
                    state.row();
                }
            }
            Event::Text(run) => words.push_str(&run),
            Event::GeneralRef(reference) => {
                // Only the five entities of XML and numbers: a document type with entities of its own is never read.
                match reference.resolve_char_ref().ok().flatten() {
                    Some(c) => words.push(c),
                    None => words.push(match &*reference {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => '\u{fffd}',
                    }),
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((state.list, state.unread))
}

fn is_block(name: &str) -> bool {
    matches!(name, "FP-2" | "FP-1" | "FP" | "P" | "HD1" | "HD2" | "HD3" | "HED" | "HEAD" | "TD" | "TH" | "CAPTION")
}

fn tidy(words: &str) -> String {
    // A raised number stands after a blank in the file: 10 ^3.
    words.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ^", "^")
}

impl State {
    fn block(&mut self, name: &str, block: &str) {
        if self.in_note > 0 {
            if !self.note.is_empty() {
                self.note.push(' ');
            }
            self.note.push_str(block);
            return;
        }
        match name {
            "FP-2" => self.heading(block),
            "TD" => self.cells.push(block.to_owned()),
            "FP" if block.starts_with("Items:") => {
                self.part = Part::Items;
                self.whole_entry(block.trim_start_matches("Items:").trim());
            }
            "P" if self.part == Part::Items => self.paragraph(block),
            "FP-1" | "P" => self.remark(block),
            _ => {}
        }
    }

    fn heading(&mut self, block: &str) {
        let (code, heading) = block.split_once(' ').unwrap_or((block, ""));
        if is_entry_code(code) {
            self.part = Part::Before;
            self.list.entries.push(Entry { code: code.into(), heading: heading.trim().into(), ..Entry::default() });
        } else if code != "EAR99" {
            self.not_understood(block, "以编号开头的条目标题", "a heading that begins with a code");
        }
    }

    /// "The list of items controlled is contained in the ECCN heading" needs no paragraph; anything else is one.
    fn whole_entry(&mut self, block: &str) {
        if !block.is_empty() && !block.contains("contained in the ECCN heading") {
            self.paragraph(block);
        }
    }

    fn paragraph(&mut self, block: &str) {
        if block.starts_with("The list of items controlled is contained in") {
            return;
        }
        let Some(entry) = self.list.entries.last_mut() else { return };
        let last = entry.paragraphs.last().map(|p| p.path.clone());
        if ["Note", "N.B."].iter().any(|n| block.starts_with(n)) {
            let words = block.to_owned();
            entry.notes.push(Note { after: last.unwrap_or_default(), excludes: excludes(&words), words });
        } else if let Some((path, words)) = label(block) {
            entry.paragraphs.push(Paragraph { path, words: words.into() });
        } else if last.is_none() {
            // An entry of one paragraph gives it no number.
            entry.paragraphs.push(Paragraph { path: String::new(), words: block.into() });
        } else if let Some((number, words)) = bare_number(block) {
            let above = last.unwrap_or_default();
            let above = above.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('.');
            let path = if above.is_empty() { number.to_owned() } else { format!("{above}.{number}") };
            entry.paragraphs.push(Paragraph { path, words: words.into() });
        } else {
            self.not_understood(block, "段落编号（如 a.1.）", "the number of a paragraph (such as a.1.)");
        }
    }

    fn remark(&mut self, block: &str) {
        let Some(entry) = self.list.entries.last_mut() else { return };
        if let Some(related) = block.strip_prefix("Related Controls:") {
            related.trim().clone_into(&mut entry.related);
        }
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        if let (Some(entry), [scope, column]) = (self.list.entries.last_mut(), cells.as_slice())
            && scope.contains(" applies ")
        {
            entry.controls.push(Control { scope: scope.clone(), column: column.clone() });
        }
    }

    fn end_note(&mut self) {
        self.in_note = self.in_note.saturating_sub(1);
        let words = std::mem::take(&mut self.note);
        if let Some(entry) = self.list.entries.last_mut().filter(|_| !words.is_empty()) {
            let after = if self.part == Part::Items { entry.paragraphs.last().map(|p| p.path.clone()) } else { None };
            entry.notes.push(Note { after: after.unwrap_or_default(), excludes: excludes(&words), words });
        }
    }

    fn not_understood(&mut self, block: &str, zh: &str, en: &str) {
        self.unread.push(Unread {
            entry: self.list.entries.last().map(|e| e.code.clone()).unwrap_or_default(),
            line: 0,
            words: block.chars().take(100).collect(),
            why: Bilingual::new(format!("此处应为{zh}"), format!("expected {en}")),
        });
    }
}

/// The path that a paragraph begins with, and the rest: `a.5.b.2. A resolution ...`, `z.2 Commodities ...`.
fn label(block: &str) -> Option<(String, &str)> {
    let (first, rest) = block.split_once(' ').unwrap_or((block, ""));
    let dotted = first.ends_with('.');
    let path = first.trim_end_matches(['.', ',', ')']).trim_start_matches('.');
    let mut parts = path.split('.');
    let letter = |p: &str| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase());
    let number = |p: &str| (1..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
    // One letter without a dot is a word ("a motor"), not a number.
    let starts = parts.next().is_some_and(letter) && (dotted || path.contains('.'));
    (starts && parts.all(|p| letter(p) || number(p))).then(|| (path.to_owned(), rest.trim()))
}

/// `1. ADNBF (...)`: a numbered line below the paragraph before it.
fn bare_number(block: &str) -> Option<(&str, &str)> {
    let (first, rest) = block.split_once(' ')?;
    let number = first.strip_suffix('.')?;
    ((1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())).then(|| (number, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_carry_their_path() {
        assert_eq!(label("a.5.b.2. A resolution").map(|l| l.0).as_deref(), Some("a.5.b.2"));
        assert_eq!(label("z.2 Commodities").map(|l| l.0).as_deref(), Some("z.2"));
        assert_eq!(label("a motor"), None);
        assert_eq!(label("See note"), None);
    }
}
