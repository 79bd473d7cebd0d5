//! Notices that put items under control: codes of the dual-use list with nested items, notes and reference customs numbers.

use std::collections::BTreeMap;

use winnow::Parser as _;
use winnow::combinator::{alt, delimited, opt};
use winnow::token::{one_of, take_while};
use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::{Children, Control};

use super::{EntryRead, Importer, Parts, Piece, PointRead, Unread, What};
use crate::flow::{Flow, Paragraph, Place};
use crate::grammar::frame::Frame;
use crate::grammar::numbering::{self, Mark};
use crate::grammar::{Input, begins, codes, finds, hs};

pub(super) fn importer() -> Importer {
    Importer {
        id: "item-control",
        name: Bilingual::new("物项管制公告", "item-control notice"),
        about: Bilingual::new(
            "管制编码、标题、a./1.各级子项、说明、参考海关商品编号、参数与条件",
            "control codes, headings, nested a./1. items, notes, reference customs numbers, thresholds and conditions",
        ),
        alone: false,
        read,
    }
}

/// One item as it stands in the notice.
struct Item {
    code: Code,
    text: String,
    hs: Vec<String>,
    place: Place,
    words: String,
    clause: String,
    under: String,
    doubts: Vec<Bilingual>,
    note: String,
}

#[derive(Default)]
struct Reader {
    items: Vec<Item>,
    parts: Parts,
    /// Indexes of the items that following sub-items belong to (several where a line names several codes).
    current: Vec<usize>,
    /// Levels of the deepest item below the first code of the line.
    path: Vec<String>,
    base: usize,
    clause: (u32, u32),
    under: String,
    notes: bool,
    /// Notes with the codes they are about.
    about: Vec<(Vec<Code>, String)>,
}

fn read(flow: &Flow, _: &Frame) -> Option<Parts> {
    let mut reader = Reader::default();
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        if paragraph.cells.is_empty() && !paragraph.text.starts_with('#') {
            reader.paragraph(i, paragraph);
        }
    }
    let Reader { items, mut parts, about, .. } = reader;
    if items.is_empty() {
        return None;
    }
    parts.pieces = assemble(items, &about);
    Some(parts)
}

/// `（管制编码：1E902.a）` after the words.
fn code_behind(input: &mut Input<'_>) -> winnow::Result<Vec<Code>> {
    delimited(
        (one_of(['（', '(']), opt("两用物项"), alt(("管制编码", "出口管制编码")), take_while(1..=2, ['：', ':', ' '])),
        codes::controls,
        one_of(['）', ')']),
    )
    .parse_next(input)
}

/// `1C909、1C910项所管制的……`: a sentence about items, not an item.
fn about_items(rest: &str) -> bool {
    rest.starts_with(['项', '所']) || rest.starts_with("号")
}

impl Reader {
    fn paragraph(&mut self, index: usize, paragraph: &Paragraph) {
        let text = paragraph.text.as_str();
        let (mark, at) = numbering::of(text).map_or((None, 0), |(m, at)| (Some(m), at));
        match mark {
            Some(Mark::Chinese(n)) => (self.clause, self.under) = ((n, 0), String::new()),
            Some(Mark::InnerChinese(n)) => self.clause.1 = n,
            _ => {}
        }
        let rest = &text[at..];
        if let Some((found, length)) = begins(rest, codes::controls)
            && !about_items(&rest[length..])
        {
            let words = rest[length..].trim_start_matches(['．', '.', '：', ':', ' ', '、']);
            self.parts.used.insert(index);
            self.begin(found, words, paragraph);
            return;
        }
        if let Some((start, _, found)) = finds(rest, code_behind).into_iter().next() {
            self.parts.used.insert(index);
            self.begin(found, &rest[..start], paragraph);
            return;
        }
        if self.note(index, rest, mark) {
            return;
        }
        if !self.current.is_empty()
            && matches!(mark, Some(Mark::Digit(_) | Mark::Letter(_) | Mark::InnerDigit(_) | Mark::InnerLetter(_)))
        {
            self.parts.used.insert(index);
            self.below(mark, rest, paragraph);
            return;
        }
        if matches!(mark, Some(Mark::Chinese(_) | Mark::InnerChinese(_))) && is_heading(rest) {
            rest.trim_end_matches(['：', ':', '。']).clone_into(&mut self.under);
        }
        if mark.is_none() || matches!(mark, Some(Mark::Chinese(_) | Mark::InnerChinese(_))) {
            self.current.clear();
            self.notes = false;
        }
    }

    /// 说明： 技术说明： 注： with words behind it, or as the heading of numbered notes.
    fn note(&mut self, index: usize, rest: &str, mark: Option<Mark>) -> bool {
        let labels = ["技术说明", "说明", "注释", "注"];
        let labelled = labels.iter().find_map(|l| rest.strip_prefix(l)?.strip_prefix(['：', ':']));
        if let Some(words) = labelled {
            if self.items.is_empty() {
                return false;
            }
            self.parts.used.insert(index);
            self.notes = true;
            if !words.trim().is_empty() {
                self.keep_note(words);
            }
            return true;
        }
        if self.notes && matches!(mark, Some(Mark::Digit(_) | Mark::InnerDigit(_))) {
            self.parts.used.insert(index);
            self.keep_note(rest);
            return true;
        }
        false
    }

    fn keep_note(&mut self, words: &str) {
        match begins(words, codes::controls) {
            Some((found, length)) if about_items(&words[length..]) => self.about.push((found, words.trim().to_owned())),
            _ => {
                if let Some(item) = self.items.last_mut() {
                    item.note.push_str(words.trim());
                }
            }
        }
    }

    fn begin(&mut self, found: Vec<Code>, words: &str, paragraph: &Paragraph) {
        self.notes = false;
        self.current.clear();
        self.path.clear();
        self.base = levels(&found[0]).len();
        self.path = levels(&found[0]);
        for code in found {
            let at = self.push(code, words, paragraph, Vec::new());
            self.current.push(at);
        }
    }

    fn push(&mut self, code: Code, words: &str, paragraph: &Paragraph, mut doubts: Vec<Bilingual>) -> usize {
        let (text, hs) = hs::taken_out(words.trim());
        if paragraph.doubtful {
            doubts.push(Bilingual::new("换行处可能另起一项", "a new item may begin where the line breaks"));
        }
        let clause = match self.clause {
            (0, _) => String::new(),
            (n, 0) => n.to_string(),
            (n, k) => format!("{n}({k})"),
        };
        self.items.push(Item {
            code,
            text: text.trim().to_owned(),
            hs,
            place: paragraph.start(),
            words: paragraph.printed.clone(),
            clause,
            under: self.under.clone(),
            doubts,
            note: String::new(),
        });
        self.items.len() - 1
    }

    /// A sub-item: its level follows from its number and the items before it.
    fn below(&mut self, mark: Option<Mark>, rest: &str, paragraph: &Paragraph) {
        let value = match mark {
            Some(Mark::Digit(n) | Mark::InnerDigit(n)) => n.to_string(),
            Some(Mark::Letter(c) | Mark::InnerLetter(c)) => c.to_string(),
            _ => return,
        };
        let is_letter = value.starts_with(|c: char| c.is_ascii_lowercase());
        let wanted = usize::from(!is_letter);
        let mut doubts = Vec::new();
        // A sibling of an item at some depth, or the first item one level deeper.
        let sibling = (self.base..self.path.len()).rev().find(|d| d % 2 == wanted && follows(&self.path[*d], &value));
        let first = value == "1" || value == "a";
        if first && self.path.len() % 2 == wanted {
            self.path.push(value);
        } else if let Some(depth) = sibling {
            self.path.truncate(depth);
            self.path.push(value);
        } else {
            doubts.push(Bilingual::new(
                format!("编号不连续：在{}之后出现“{value}”", self.path.join(".")),
                format!("the numbering jumps: {value:?} after {}", self.path.join(".")),
            ));
            match (self.base..self.path.len()).rev().find(|d| d % 2 == wanted) {
                Some(depth) => self.path.truncate(depth),
                None if self.path.len() % 2 == wanted => {}
                None => {
                    self.parts.unread.push(Unread {
                        place: paragraph.start(),
                        words: paragraph.printed.clone(),
                        why: Bilingual::new(
                            "子项编号与管制编码的层级不符",
                            "the number does not fit the levels of the control code",
                        ),
                    });
                    return;
                }
            }
            self.path.push(value);
        }
        let tail = self.path[self.base..].join(".");
        for i in self.current.clone() {
            let code = format!("{}.{tail}", self.items[i].code);
            match code.parse::<Code>() {
                Ok(code) => {
                    self.push(code, rest, paragraph, doubts.clone());
                }
                Err(_) => self.parts.unread.push(Unread {
                    place: paragraph.start(),
                    words: paragraph.printed.clone(),
                    why: Bilingual::new(format!("{code}不是管制编码"), format!("{code} is no control code")),
                }),
            }
        }
    }
}

fn levels(code: &Code) -> Vec<String> {
    code.to_string().split('.').skip(1).map(str::to_owned).collect()
}

fn follows(before: &str, value: &str) -> bool {
    match (before.parse::<u32>(), value.parse::<u32>()) {
        (Ok(a), Ok(b)) => b == a + 1,
        (Err(_), Err(_)) => match (before.chars().next(), value.chars().next()) {
            (Some(a), Some(b)) => b as u32 == a as u32 + 1,
            _ => false,
        },
        _ => false,
    }
}

fn is_heading(text: &str) -> bool {
    text.chars().count() <= 40 && !text.contains('。')
}

/// How the items below a wording belong together.
pub(super) fn conjunction(text: &str) -> Children {
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    let announces = has(&["下述", "下列", "以下", "同时"])
        && has(&["特性", "条件", "特征", "参数", "产品", "指标", "要求", "满足", "具有"]);
    if !announces {
        return Children::Items;
    }
    // 「以下任何一种的化合物」 names things, not conditions.
    if has(&["任一特性", "任一条件", "任一产品", "任一项", "任一", "之一"]) && !has(&["任何一种的"])
    {
        Children::Any
    } else if has(&["所有", "全部", "同时", "各项"]) {
        Children::All
    } else {
        Children::Items
    }
}

/// Puts items with the same entry code together, in the order in which the entries first appear.
fn assemble(items: Vec<Item>, about: &[(Vec<Code>, String)]) -> Vec<Piece> {
    let mut order: Vec<Code> = Vec::new();
    let mut by_entry: BTreeMap<Code, Vec<Item>> = BTreeMap::new();
    for item in items {
        let entry = item.code.entry();
        if !order.contains(&entry) {
            order.push(entry.clone());
        }
        by_entry.entry(entry).or_default().push(item);
    }
    order
        .into_iter()
        .filter_map(|code| Some((by_entry.remove(&code)?, code)))
        .map(|(items, code)| piece(&code, items, about))
        .collect()
}

fn piece(code: &Code, items: Vec<Item>, about: &[(Vec<Code>, String)]) -> Piece {
    let place = items.first().map_or(Place::default(), |i| i.place);
    let mut words: Vec<String> = Vec::new();
    let mut doubts = Vec::new();
    let mut clauses: Vec<String> = Vec::new();
    let mut entry = EntryRead {
        list: "dual-use",
        code: code.clone(),
        name: String::new(),
        under: String::new(),
        division: None,
        control: Control::Licence,
        children: Children::Items,
        hs: Vec::new(),
        points: Vec::new(),
        clause: String::new(),
    };
    for item in items {
        if words.last() != Some(&item.words) {
            words.push(item.words.clone());
        }
        if !item.clause.is_empty() && clauses.last() != Some(&item.clause) {
            clauses.push(item.clause.clone());
        }
        doubts.extend(item.doubts);
        if entry.under.is_empty() {
            entry.under.clone_from(&item.under);
        }
        let path = levels(&item.code).join(".");
        let children = conjunction(&item.text);
        let text = item.text.trim_end_matches(['：', ':', '；', ';', '。', '.', ',', '，']).trim().to_owned();
        if path.is_empty() {
            (entry.name, entry.hs, entry.children) = (text, item.hs, children);
            continue;
        }
        if let Some(held) = entry.points.iter_mut().find(|p| p.path == path) {
            doubts.push(Bilingual::new(
                format!("{}出现两次，文字已合并", item.code),
                format!("{} stands twice; its words were joined", item.code),
            ));
            held.text = format!("{}；{text}", held.text);
            continue;
        }
        let reserved = matches!(text.as_str(), "【保留】" | "保留" | "[保留]");
        let mut note = item.note;
        for (_, words) in about.iter().filter(|(codes, _)| codes.contains(&item.code)) {
            note.push_str(words);
        }
        entry.points.push(PointRead {
            path,
            text,
            children,
            hs: item.hs,
            note,
            reserved,
            place: item.place,
            under: item.under,
            ..PointRead::default()
        });
    }
    entry.clause = clauses.join(", ");
    Piece { place, words: words.join("\n"), what: What::Entry(entry), doubts }
}
