//! What surrounds the substance of a notice: its number, days, issuers, and the totals it declares.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use winnow::Parser as _;
use winnow::combinator::{alt, opt, terminated};
use winnow::token::take_while;
use yumen_lawbook::Day;

use super::days::{day, year};
use super::numbering::value_of;
use super::{Input, finds, whole};
use crate::flow::Flow;

/// The number of an act: notice or order, year, number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActNumber {
    /// True for 令.
    pub order: bool,
    /// Year.
    pub year: i16,
    /// Number within the year.
    pub number: u32,
}

/// What a notice says of itself.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Frame {
    /// Its own number.
    pub number: Option<ActNumber>,
    /// Title.
    pub title: String,
    /// Who issued it.
    pub issuers: Vec<String>,
    /// Day of signature.
    pub issued: Option<Day>,
    /// First day of effect.
    pub effective: Option<Day>,
    /// True where the day of effect is said (`自发布之日起` or a date), not assumed from the signature.
    pub effective_said: bool,
    /// True where it is a draft for comment.
    pub draft: bool,
    /// Totals it declares.
    pub declared: Totals,
}

/// Totals an instrument declares of itself, by control (`prohibited`, `restricted`, `all`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Entries in the list.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub total: BTreeMap<String, u32>,
    /// Entries taken out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub removed: BTreeMap<String, u32>,
    /// Entries put in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub added: BTreeMap<String, u32>,
    /// Entries changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub modified: BTreeMap<String, u32>,
    /// Parties listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parties: Option<u16>,
}

impl Totals {
    /// True where nothing is declared.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

const ISSUERS: &[&str] = &[
    "商务部",
    "科技部",
    "科学技术部",
    "海关总署",
    "工业和信息化部",
    "国家密码局",
    "生态环境部",
    "国家药监局",
    "公安部",
    "应急管理部",
    "国家国防科技工业局",
    "中央军委装备发展部",
    "国务院办公厅",
    "不可靠实体清单工作机制",
];

/// `公告2025年第58号`, `公告2025第61号`, `令2008年第12号`, `令二〇二五年第6号`.
fn act(input: &mut Input<'_>) -> winnow::Result<ActNumber> {
    let kind = alt(("公告".value(false), "令".value(true)));
    (kind, gap, year_of_act, gap, "第", gap, count, gap, "号")
        .map(|(order, (), year, (), _, (), number, (), _)| ActNumber { order, year, number })
        .parse_next(input)
}

fn gap(input: &mut Input<'_>) -> winnow::Result<()> {
    take_while(0..=3, ' ').void().parse_next(input)
}

fn year_of_act(input: &mut Input<'_>) -> winnow::Result<i16> {
    let bare = take_while(4..=4, |c: char| c.is_ascii_digit()).try_map(str::parse::<i16>);
    alt((year, bare)).parse_next(input)
}

fn count(input: &mut Input<'_>) -> winnow::Result<u32> {
    alt((
        take_while(1..=4, |c: char| c.is_ascii_digit()).try_map(str::parse::<u32>),
        take_while(1..=5, |c| "〇零一二三四五六七八九十百".contains(c)).verify_map(value_of),
    ))
    .parse_next(input)
}

/// `2025年第70号` without the kind of act, as in lists of numbers.
pub fn year_and_number(input: &mut Input<'_>) -> winnow::Result<(i16, u32)> {
    (year_of_act, gap, "第", count, "号").map(|(y, (), _, n, _)| (y, n)).parse_next(input)
}

/// Acts a text names, with where each stands.
pub fn acts(text: &str) -> Vec<(usize, usize, ActNumber)> {
    finds(text, act)
}

/// Reads what a notice says of itself.
pub fn read(flow: &Flow) -> Frame {
    let mut frame = Frame::default();
    let paragraphs: Vec<&str> = flow.paragraphs.iter().map(|p| p.text.as_str()).collect();
    let head = &paragraphs[..paragraphs.len().min(16)];
    // The number that stands in a title or a heading of its own; sentences name other acts.
    frame.number = head.iter().find_map(|p| {
        let short = p.chars().count() <= 120 && !p.ends_with('。') && !p.contains("根据");
        let (at, _, act) = acts(p).into_iter().next()?;
        (short && p[..at].chars().count() <= 60).then_some(act)
    });
    if frame.number.is_none() {
        frame.number = split_number(head);
    }
    let titled = |p: &&&str| {
        let t = p.trim_start_matches("# TITLE:").trim();
        let titular = ["目录", "清单", "公告", "决定", "通知", "名单"].iter().any(|w| t.contains(w));
        let only_number = acts(t).last().is_some_and(|(_, end, _)| t[*end..].trim().is_empty()) && !t.contains('《');
        titular
            && !only_number
            && (4..=120).contains(&t.chars().count())
            && !t.ends_with(['。', '：'])
            && !t.starts_with('【')
            && !t.contains("根据")
    };
    frame.title = head.iter().find(titled).map(|t| clean_title(t)).unwrap_or_default();
    frame.draft = head.iter().take(6).any(|p| p.contains("征求意见稿") || p.contains("公开征求意见"));
    let named = |text: &str| {
        let mut found: Vec<(usize, &str)> = ISSUERS.iter().filter_map(|i| Some((text.find(i)?, *i))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, i)| i.to_owned()).collect::<Vec<_>>()
    };
    let signed = paragraphs.iter().position(|p| whole(p, terminated(day, gap)).is_some());
    frame.issued = signed.and_then(|i| whole(paragraphs[i], terminated(day, gap)));
    if frame.issued.is_none() {
        let labelled = head.iter().find(|p| p.starts_with("【发文日期】"));
        frame.issued = labelled.and_then(|p| finds(p, day).into_iter().next()).map(|(_, _, d)| d);
    }
    frame.issuers =
        head.iter().find(|p| acts(p).len() == 1 && !p.contains("根据")).map(|p| named(p)).unwrap_or_default();
    if frame.issuers.is_empty()
        && let Some(at) = signed
    {
        let from = at.saturating_sub(5);
        let short = paragraphs[from..at].iter().filter(|p| p.chars().count() <= 40 && !p.ends_with('。'));
        frame.issuers = short.flat_map(|p| named(p)).collect();
    }
    for text in &paragraphs {
        if let Some((effective, said)) = effective(text, frame.issued) {
            frame.effective = effective;
            frame.effective_said = said;
            break;
        }
    }
    if frame.effective.is_none() {
        frame.effective = frame.issued;
    }
    frame.declared = totals(&paragraphs);
    frame
}

/// `商务部令` on one line and `二〇二五年第6号` on another.
fn split_number(head: &[&str]) -> Option<ActNumber> {
    let order = head.iter().any(|p| p.ends_with('令') && p.chars().count() < 40);
    head.iter().find_map(|p| whole(p, year_and_number)).map(|(year, number)| ActNumber { order, year, number })
}

fn clean_title(text: &str) -> String {
    let text = text.trim_start_matches("# TITLE:").trim();
    // 商务部公告2025年第10号公布对……的决定: the number is kept apart.
    match acts(text).first() {
        Some((_, end, _)) if text[*end..].chars().count() > 3 => text[*end..].trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// The day of effect, from `本公告自……起实施`, `自即日起`.
fn effective(text: &str, issued: Option<Day>) -> Option<(Option<Day>, bool)> {
    let begins = ["实施", "施行", "生效", "执行"];
    let about_itself = text.contains("本公告自")
        || text.contains("本目录自")
        || text.contains("本决定自")
        || text.contains("，自")
        || text.starts_with('自')
        || text.contains("现予公布")
        || text.contains("现公布");
    let other = text.contains("暂停") && !text.contains("本公告自");
    if other || !about_itself || !begins.iter().any(|w| text.contains(w)) {
        return None;
    }
    let from = text.find("本公告自").or_else(|| text.find("自")).unwrap_or(0);
    let rest = &text[from..];
    if ["发布之日", "公布之日", "即日起", "印发之日"].iter().any(|w| rest.contains(w)) {
        return Some((issued, true));
    }
    let found = finds(rest, terminated(day, ("起", opt("正式")))).into_iter().next()?;
    Some((Some(found.2), true))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Removed,
    Added,
    Modified,
    Total,
    Prohibited,
    Restricted,
    Count(u32),
    Parties(u32),
}

fn word(input: &mut Input<'_>) -> winnow::Result<Word> {
    alt((
        alt(("删除", "删去", "移出", "取消")).value(Word::Removed),
        alt(("新增", "增加", "增列")).value(Word::Added),
        alt(("修改", "调整")).value(Word::Modified),
        alt(("共计", "合计", "总计", "共有", "共")).value(Word::Total),
        alt(("禁止出口", "禁止类")).value(Word::Prohibited),
        alt(("限制出口", "限制类")).value(Word::Restricted),
        (count, gap, opt("个"), alt(("项", "条目", "条"))).map(|(n, ..)| Word::Count(n)),
        (count, gap, "家").map(|(n, ..)| Word::Parties(n)),
    ))
    .parse_next(input)
}

/// Totals a text declares in sentences: `共134项，其中禁止出口24项、限制出口110项`.
fn totals(paragraphs: &[&str]) -> Totals {
    let mut totals = Totals::default();
    for text in paragraphs.iter().filter(|p| p.chars().count() <= 400) {
        let words = finds(text, word);
        if let Some((_, _, Word::Parties(n))) = words.iter().find(|w| matches!(w.2, Word::Parties(_)))
            && text.contains("实体")
            && totals.parties.is_none()
        {
            totals.parties = u16::try_from(*n).ok();
        }
        let counted = words.iter().any(|w| matches!(w.2, Word::Count(_)));
        let about = ["目录", "条目", "本次"].iter().any(|w| text.contains(w));
        // An operation on one entry also says 修改 and 项; only sentences that count say 共 or 其中.
        if !counted || !about || !(text.contains('共') || text.contains("其中")) || text.contains("编号") {
            continue;
        }
        let mut what = Word::Total;
        let mut class: Option<&str> = None;
        for (_, _, word) in words {
            match word {
                Word::Removed | Word::Added | Word::Modified => (what, class) = (word, None),
                Word::Total => (what, class) = (Word::Total, None),
                Word::Prohibited => class = Some("prohibited"),
                Word::Restricted => class = Some("restricted"),
                Word::Count(n) => {
                    let into = match what {
                        Word::Removed => &mut totals.removed,
                        Word::Added => &mut totals.added,
                        Word::Modified => &mut totals.modified,
                        _ => &mut totals.total,
                    };
                    into.entry(class.take().unwrap_or("all").to_owned()).or_insert(n);
                }
                Word::Parties(_) => {}
            }
        }
    }
    for of in [&mut totals.total, &mut totals.removed, &mut totals.added, &mut totals.modified] {
        // Where the parts are declared, their sum says nothing new.
        if of.len() > 1 {
            of.remove("all");
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_read_from_sentences() {
        let totals = totals(&[
            "调整后的目录共134项，其中禁止出口24项，限制出口110项。",
            "本次共删除34项，其中禁止出口6项、限制出口28项；新增4项；修改37项。",
        ]);
        assert_eq!(totals.total, BTreeMap::from([("prohibited".to_owned(), 24), ("restricted".to_owned(), 110)]));
        assert_eq!(totals.removed, BTreeMap::from([("prohibited".to_owned(), 6), ("restricted".to_owned(), 28)]));
        assert_eq!(totals.added, BTreeMap::from([("all".to_owned(), 4)]));
        assert_eq!(totals.modified, BTreeMap::from([("all".to_owned(), 37)]));
    }

    #[test]
    fn acts_are_found_in_every_writing() {
        let read = |t: &str| acts(t).into_iter().map(|(_, _, a)| (a.order, a.year, a.number)).collect::<Vec<_>>();
        assert_eq!(read("商务部海关总署公告2025年第58号公布对锂电池"), [(false, 2025, 58)]);
        assert_eq!(read("商务部公告2025第61号"), [(false, 2025, 61)]);
        assert_eq!(read("商务部令二〇二五年第7号"), [(true, 2025, 7)]);
    }
}
