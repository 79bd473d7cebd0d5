//! Notices that suspend, resume or end others, act by act and clause by clause.

use yumen_lawbook::Bilingual;

use super::{Importer, Parts, Piece, What};
use crate::flow::Flow;
use crate::grammar::frame::Frame;
use crate::grammar::suspend;

pub(super) fn importer() -> Importer {
    Importer {
        id: "suspension",
        name: Bilingual::new("暂停、恢复或者停止实施", "suspension, resumption or end"),
        about: Bilingual::new("所涉公告及其款项、起止日期", "the acts and paragraphs concerned, first and last day"),
        alone: false,
        read,
    }
}

fn read(flow: &Flow, frame: &Frame) -> Option<Parts> {
    let mut parts = Parts::default();
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        let mut offset = 0;
        for sentence in paragraph.text.split_inclusive('。') {
            let at = offset;
            offset += sentence.len();
            // Titles name the same acts without a day; a rule ends with a full stop.
            if !sentence.ends_with('。') {
                continue;
            }
            let Some(mut suspension) = suspend::read(sentence) else { continue };
            // 「……实施，公告第67号同时废止」: the act is not its own target.
            suspension.targets.retain(|t| Some(t.act) != frame.number);
            if suspension.targets.is_empty() || (suspension.turn == suspend::Turn::Suspend && !says_so(sentence)) {
                continue;
            }
            let mut doubts = Vec::new();
            if suspension.turn == suspend::Turn::Suspend && suspension.term.is_none() {
                doubts.push(Bilingual::new("没有写明暂停到何时", "it does not say until when"));
            }
            if paragraph.text.contains("第")
                && suspension.targets.iter().any(|t| t.clauses.is_empty())
                && mentions_clause(sentence)
            {
                doubts.push(Bilingual::new("句中有未识别的款项", "a clause is named that was not understood"));
            }
            parts.used.insert(i);
            parts.pieces.push(Piece {
                place: paragraph.place(at),
                words: sentence.trim().to_owned(),
                what: What::Suspend(suspension),
                doubts,
            });
        }
    }
    (!parts.pieces.is_empty()).then_some(parts)
}

fn says_so(sentence: &str) -> bool {
    ["暂停实施", "暂停商务部", "暂停执行", "予以暂停", "暂停适用", "继续暂停"].iter().any(|w| sentence.contains(w))
        || sentence.contains("暂停") && sentence.contains("措施")
}

/// 第二款, 第三条 …: something smaller than an act.
fn mentions_clause(sentence: &str) -> bool {
    sentence.match_indices('第').any(|(i, _)| {
        let rest: String = sentence[i + '第'.len_utf8()..].chars().take(6).collect();
        let unit = rest.find(['款', '条', '项']);
        unit.is_some_and(|u| !rest[..u].contains('号'))
    })
}
