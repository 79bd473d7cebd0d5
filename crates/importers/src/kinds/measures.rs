//! Notices that rule about countries, users and uses instead of listing items.

use yumen_lawbook::Bilingual;

use super::{Importer, Parts, Piece, Unread, What};
use crate::flow::{Flow, Place};
use crate::grammar::frame::Frame;
use crate::grammar::numbering::{self, Mark};
use crate::grammar::rule;

pub(super) fn importer() -> Importer {
    Importer {
        id: "measures",
        name: Bilingual::new("国别、用户和用途措施", "measures about countries, users and uses"),
        about: Bilingual::new(
            "禁止、原则上不予许可、更严格审查、域外责任，及其国别和用途",
            "prohibitions, refusal in principle, stricter review, liability abroad, with country and use",
        ),
        alone: false,
        read,
    }
}

fn read(flow: &Flow, frame: &Frame) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut clause = 0;
    // 「……必须获得许可：」: what follows in brackets belongs to a rule that could not be read.
    let mut open = false;
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        let text = paragraph.text.as_str();
        let mark = numbering::of(text);
        open &= matches!(mark, Some((Mark::InnerChinese(_) | Mark::InnerDigit(_), _)));
        let at = match mark {
            Some((Mark::Chinese(n), at)) => {
                clause = n;
                at
            }
            Some((_, at)) => at,
            // The last paragraph of a notice stands outside its numbers.
            None => {
                clause = 0;
                0
            }
        };
        if !paragraph.cells.is_empty() || text.starts_with('#') {
            continue;
        }
        if open {
            parts.unread.push(unread(paragraph.start(), &paragraph.printed));
            continue;
        }
        let mut offset = at;
        for sentence in text[at..].split_inclusive(['。', '；', '：', ':']) {
            let from = offset;
            offset += sentence.len();
            // Titles and introductions name the same things; a rule ends with a mark.
            let Some(words) = sentence.strip_suffix(['。', '；', '：', ':']).filter(|s| rule::rules(s)) else {
                continue;
            };
            open = sentence.ends_with(['：', ':']);
            match rule::read(words).filter(|_| !open) {
                Some(rule) => {
                    parts.used.insert(i);
                    parts.pieces.push(Piece {
                        place: paragraph.place(from),
                        words: sentence.trim().to_owned(),
                        what: What::Measure { rule, clause },
                        doubts: if paragraph.doubtful {
                            vec![Bilingual::new("换行处可能另起一句", "another rule may begin where the line breaks")]
                        } else {
                            Vec::new()
                        },
                    });
                }
                None => parts.unread.push(unread(paragraph.place(from), sentence.trim())),
            }
        }
    }
    // Laws, guides and answers say such things too, and rule nothing new; a notice has a number.
    let numbered = frame.number.is_some_and(|n| !n.order);
    let rules_itself = !parts.pieces.is_empty() || parts.unread.iter().any(|u| !u.words.contains("追究法律责任"));
    (numbered && rules_itself).then_some(parts)
}

fn unread(place: Place, words: &str) -> Unread {
    Unread {
        place,
        words: words.to_owned(),
        why: Bilingual::new(
            "这是一项措施，但其范围（物项、比例、用途或者例外）超出可转写的句式，请按 docs/lawbook.md 手工写入 measures/",
            "this is a measure, but its scope (things, shares, uses or exceptions) is beyond what can be written by itself: write it into measures/ by hand, see docs/lawbook.md",
        ),
    }
}
