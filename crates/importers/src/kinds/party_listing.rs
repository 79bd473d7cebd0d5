//! Notices that put parties on a list: 管控名单, 关注名单, 不可靠实体清单, 反制清单.

use yumen_lawbook::Bilingual;
use yumen_lawbook::party::PartyList;

use super::{Importer, Parts, Piece, What};
use crate::flow::Flow;
use crate::grammar::frame::Frame;
use crate::grammar::numbering::{self, Mark};
use crate::grammar::party::{self, Label, Party};

pub(super) fn importer() -> Importer {
    Importer {
        id: "party-listing",
        name: Bilingual::new("名单公告", "party listing"),
        about: Bilingual::new(
            "中外文名称、地址、邮编、常用名称、分支机构",
            "Chinese and Latin names, address, post code, other names, units",
        ),
        alone: false,
        read,
    }
}

const LISTS: &[(&str, PartyList)] = &[
    ("出口管制管控名单", PartyList::Control),
    ("管控名单", PartyList::Control),
    ("关注名单", PartyList::Watch),
    ("不可靠实体清单", PartyList::Unreliable),
    ("反制清单", PartyList::Countermeasure),
];

/// The list a sentence puts parties on.
fn listing(text: &str) -> Option<PartyList> {
    let verbs = ["列入", "增列入", "纳入"];
    verbs.iter().filter_map(|v| Some(&text[text.find(v)?..])).find_map(|rest| {
        let near: String = rest.chars().take(16).collect();
        LISTS.iter().find(|(name, _)| near.contains(name)).map(|(_, list)| *list)
    })
}

#[expect(clippy::too_many_lines, reason = "one pass over the paragraphs of a listing, in the order of its rules")]
fn read(flow: &Flow, _: &Frame) -> Option<Parts> {
    let decides = |t: &str| {
        (t.contains("决定") || t.contains("现将") || t.starts_with('将') || t.contains("、将") || t.contains("，将"))
            && listing(t).is_some()
    };
    let (at, deciding) = flow
        .paragraphs
        .iter()
        .enumerate()
        .find(|(_, p)| decides(&p.text) && p.text.ends_with(['：', '。', ':', '；']))?;
    let mut list = listing(&deciding.text)?;
    let nation = nation(&deciding.text);
    let mut parts = Parts::default();
    parts.used.insert(at);
    let mut open: Option<(usize, Party)> = None;
    let mut expected = 1;
    let close = |open: &mut Option<(usize, Party)>, parts: &mut Parts, list: PartyList| {
        if let Some((i, party)) = open.take() {
            let paragraph = &flow.paragraphs[i];
            parts.pieces.push(Piece {
                place: paragraph.start(),
                words: paragraph.printed.clone(),
                what: What::Party { list, party, nation: nation.clone() },
                doubts: Vec::new(),
            });
        }
    };
    for (i, paragraph) in flow.paragraphs.iter().enumerate().skip(at + 1) {
        let text = paragraph.text.as_str();
        // The title of the annex names the list too; a notice may have two annexes.
        if text.chars().count() <= 20
            && let Some((_, named)) = LISTS
                .iter()
                .find(|(name, _)| text.trim_start_matches("附件").trim_start_matches(['1', '2', ':', '：']) == *name)
        {
            close(&mut open, &mut parts, list);
            (list, expected) = (*named, 1);
        } else if let Some((label, from)) = open.as_ref().and_then(|_| party::label(text)) {
            let words = text[from..].trim().to_owned();
            parts.used.insert(i);
            if let Some((_, party)) = open.as_mut() {
                match label {
                    Label::Address => party.address = words,
                    Label::Postcode => party.postcode = words,
                    Label::Also => {
                        // 「Teal Drones, iDrone」, but not 「Space, Inc.」
                        for name in words.split([',', '，', '、', ';', '；']).map(str::trim).filter(|n| !n.is_empty())
                        {
                            match (name.trim_end_matches('.'), party.also.last_mut()) {
                                ("Inc" | "Ltd" | "LLC" | "Co", Some(last)) => *last = format!("{last}, {name}"),
                                _ => party.also.push(name.to_owned()),
                            }
                        }
                    }
                }
            }
        } else if matches!(numbering::of(text), Some((Mark::Digit(n), _)) if n == expected)
            && let Some(read) = party::numbered(text)
        {
            close(&mut open, &mut parts, list);
            expected += 1;
            parts.used.insert(i);
            open = Some((i, read));
        } else if open.is_some()
            && let Some(unit) = party::unit(text)
        {
            if open.as_ref().is_some_and(|(_, p)| !p.unit && p.en == unit.en) {
                // The party itself, named again at the head of its units.
                parts.used.insert(i);
                continue;
            }
            close(&mut open, &mut parts, list);
            parts.used.insert(i);
            open = Some((i, unit));
        } else if open.is_some()
            && matches!(numbering::of(text), Some((Mark::Digit(_), _)))
            && party::numbered(text).is_some()
        {
            close(&mut open, &mut parts, list);
            parts.unread.push(super::Unread {
                place: paragraph.start(),
                words: paragraph.printed.clone(),
                why: Bilingual::new(
                    format!("实体序号不连续（应为{expected}）"),
                    format!("the numbering jumps (expected {expected})"),
                ),
            });
            if let Some((Mark::Digit(n), _)) = numbering::of(text) {
                expected = n + 1;
            }
            parts.used.insert(i);
            open = party::numbered(text).map(|p| (i, p));
        } else {
            close(&mut open, &mut parts, list);
        }
    }
    close(&mut open, &mut parts, list);
    if parts.pieces.is_empty() {
        for party in party::inline(&deciding.text) {
            parts.pieces.push(Piece {
                place: deciding.start(),
                words: deciding.printed.clone(),
                what: What::Party { list, party, nation: nation.clone() },
                doubts: Vec::new(),
            });
        }
    }
    (!parts.pieces.is_empty()).then_some(parts)
}

/// The country of 「20家日本实体」.
fn nation(text: &str) -> String {
    let Some(at) = text.find('家') else { return String::new() };
    let rest = &text[at + '家'.len_utf8()..];
    rest.find("实体").map(|end| rest[..end].trim().to_owned()).filter(|n| n.chars().count() <= 10).unwrap_or_default()
}
