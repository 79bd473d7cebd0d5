//! Notices that suspend, resume or end others, act by act and clause by clause.

use winnow::Parser as _;
use winnow::combinator::{alt, opt};
use winnow::token::{one_of, take_while};
use yumen_lawbook::Bilingual;

use super::{Importer, Parts, Piece, What};
use crate::flow::Flow;
use crate::grammar::frame::Frame;
use crate::grammar::numbering::value_of;
use crate::grammar::{Input, finds, suspend};

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
            if let Some(said) = said_number(sentence)
                && usize::try_from(said) != Ok(suspension.targets.len())
            {
                doubts.push(Bilingual::new(
                    format!("文中说共{said}个文件，只读到{}个，其余或在附件", suspension.targets.len()),
                    format!(
                        "it speaks of {said} acts and names {}: the others may stand in an annex",
                        suspension.targets.len()
                    ),
                ));
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

/// `等11个公告`: how many acts a sentence speaks of.
fn said_number(sentence: &str) -> Option<u32> {
    let number = |input: &mut Input<'_>| {
        let digits = take_while(1..=3, |c: char| c.is_ascii_digit()).try_map(str::parse::<u32>);
        let chinese = take_while(1..=4, |c| "一二三四五六七八九十百".contains(c)).verify_map(value_of);
        ("等", alt((digits, chinese)), opt(one_of(['个', '项', '份'])), alt(("公告", "文件", "决定", "令")))
            .map(|(_, n, ..)| n)
            .parse_next(input)
    };
    finds(sentence, number).into_iter().next().map(|(_, _, n)| n)
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
