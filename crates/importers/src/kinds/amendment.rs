//! Notices that amend the technology catalogue: entries taken out, put in, changed, renumbered.

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::{Children, Control};

use super::{EntryRead, Importer, ModifyRead, Parts, Piece, PointRead, Unread, What, points_of};
use crate::flow::{Flow, Place};
use crate::grammar::amend::{Act, Operation, operations};
use crate::grammar::frame::Frame;
use crate::grammar::numbering::{self, Mark};

pub(super) fn importer() -> Importer {
    Importer {
        id: "amendment",
        name: Bilingual::new("目录调整公告", "amending notice"),
        about: Bilingual::new(
            "删去、增加、修改控制要点、增加控制要点、调整编号，一条可含数项操作",
            "entries removed, added, changed, points inserted, numbers changed; several operations in one clause",
        ),
        alone: false,
        read,
    }
}

/// A clause put together from its paragraphs.
struct Clause {
    text: String,
    printed: String,
    number: String,
    /// Where each paragraph begins in `text`.
    places: Vec<(usize, Place)>,
    paragraphs: Vec<usize>,
}

impl Clause {
    fn place(&self, offset: usize) -> Place {
        self.places.iter().rfind(|(start, _)| *start <= offset).map_or(Place::default(), |p| p.1)
    }
}

const VERBS: &[&str] = &["删去", "删除", "移出", "增加", "新增", "修改为", "调整为", "变更为"];

fn read(flow: &Flow, _: &Frame) -> Option<Parts> {
    let mut parts = Parts::default();
    for clause in clauses(flow) {
        let (found, unread) = operations(&clause.text);
        if found.is_empty() {
            continue;
        }
        parts.used.extend(&clause.paragraphs);
        for (from, to) in unread {
            let words = clause.text[from..to].trim();
            // A section heading or a bare number is no rule.
            if words.chars().count() > 3 && !words.ends_with("部分") {
                parts.unread.push(Unread {
                    place: clause.place(from),
                    words: words.to_owned(),
                    why: Bilingual::new("同一条中未识别的文字", "words of the clause that were not understood"),
                });
            }
        }
        for operation in found {
            parts.pieces.push(piece(operation, &clause));
        }
    }
    (!parts.pieces.is_empty()).then_some(parts)
}

fn clauses(flow: &Flow) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut number = (0, 0);
    let mut at = 0;
    while let Some(paragraph) = flow.paragraphs.get(at) {
        let text = paragraph.text.as_str();
        let mark = numbering::of(text);
        match mark {
            Some((Mark::Chinese(n), _)) => number = (n, 0),
            Some((Mark::InnerChinese(n), _)) => number.1 = n,
            _ => {}
        }
        let begins = text.contains("编号") && VERBS.iter().any(|v| text.contains(v)) && paragraph.cells.is_empty();
        if !begins {
            at += 1;
            continue;
        }
        let from = mark.map_or(0, |(_, from)| from);
        let mut clause = Clause {
            text: text[from..].to_owned(),
            printed: paragraph.printed.clone(),
            number: match number {
                (0, 0) => String::new(),
                (0, k) => format!("({k})"),
                (n, 0) => n.to_string(),
                (n, k) => format!("{n}({k})"),
            },
            places: vec![(0, paragraph.start())],
            paragraphs: vec![at],
        };
        at += 1;
        while let Some(next) = flow.paragraphs.get(at) {
            let open = clause.text.matches('“').count() > clause.text.matches('”').count();
            let marked = matches!(numbering::of(&next.text), Some((Mark::Digit(_) | Mark::InnerDigit(_), _)));
            let own = next.text.contains("（编号") || next.text.contains("(编号");
            let runs_on = !own
                && (marked && !clause.text.ends_with('”')
                    || clause.text.ends_with(['：', ':'])
                    || next.text.starts_with("控制要点"));
            if !(open || runs_on) || clause.paragraphs.len() > 300 {
                break;
            }
            clause.text.push('\n');
            clause.places.push((clause.text.len(), next.start()));
            clause.text.push_str(&next.text);
            clause.printed.push('\n');
            clause.printed.push_str(&next.printed);
            clause.paragraphs.push(at);
            at += 1;
        }
        clauses.push(clause);
    }
    clauses
}

fn piece(operation: Operation, clause: &Clause) -> Piece {
    let place = clause.place(operation.at);
    let Operation { at, end, name, code, act } = operation;
    let mut doubts = Vec::new();
    let blank = |code: Code, name: String| ModifyRead {
        code,
        name,
        rename: None,
        add: Vec::new(),
        replace: Vec::new(),
        replace_all: false,
        remove: Vec::new(),
        recode: None,
        clause: clause.number.clone(),
    };
    let what = match act {
        Act::Remove => What::Remove { code, name, clause: clause.number.clone() },
        Act::Add(text) => {
            let points = points_with_children(&text, place);
            What::Entry(EntryRead {
                list: "technology",
                control: control_of(&code),
                code,
                name,
                under: String::new(),
                division: None,
                children: Children::Items,
                hs: Vec::new(),
                points: points
                    .into_iter()
                    .map(|p| PointRead { path: if p.path.is_empty() { "1".to_owned() } else { p.path }, ..p })
                    .collect(),
                clause: clause.number.clone(),
            })
        }
        Act::Replace(numbers, text) => {
            let mut points = points_with_children(&text, place);
            if let [one] = numbers.as_slice()
                && points.len() == 1
                && points[0].path.is_empty()
            {
                points[0].path = one.to_string();
            } else if numbers.len() != points.iter().filter(|p| !p.path.contains('.')).count()
                || points.iter().any(|p| p.path.is_empty())
            {
                doubts.push(Bilingual::new(
                    format!("修改{}个控制要点，引文中有{}个", numbers.len(), points.len()),
                    format!("{} points are changed, the quotation has {}", numbers.len(), points.len()),
                ));
                for (point, number) in points.iter_mut().zip(&numbers) {
                    if point.path.is_empty() {
                        point.path = number.to_string();
                    }
                }
            }
            What::Modify(ModifyRead { replace: points, ..blank(code, name) })
        }
        Act::ReplaceAll(text) => {
            let points = points_with_children(&text, place);
            let points = points
                .into_iter()
                .map(|p| PointRead { path: if p.path.is_empty() { "1".to_owned() } else { p.path }, ..p })
                .collect();
            What::Modify(ModifyRead { replace: points, replace_all: true, ..blank(code, name) })
        }
        Act::Insert(text) => {
            let points = points_with_children(&text, place);
            if points.iter().any(|p| p.path.is_empty()) {
                doubts.push(Bilingual::new("新增控制要点没有序号", "the points put in are not numbered"));
            }
            What::Modify(ModifyRead { add: points, ..blank(code, name) })
        }
        Act::RemovePoints(numbers) => {
            What::Modify(ModifyRead { remove: numbers.iter().map(ToString::to_string).collect(), ..blank(code, name) })
        }
        Act::Rename(new) => What::Modify(ModifyRead { rename: Some(new), ..blank(code, name) }),
        Act::Recode(to) => What::Modify(ModifyRead { recode: Some(to), ..blank(code, name) }),
    };
    let words = if clause.paragraphs.len() == 1 { clause.text[at..end].to_owned() } else { clause.printed.clone() };
    Piece { place, words, what, doubts }
}

pub(super) fn control_of(code: &Code) -> Control {
    match code {
        Code::Catalogue(c) if c.is_prohibited() => Control::Prohibited,
        Code::Catalogue(_) => Control::Restricted,
        _ => Control::Unknown,
    }
}

/// Points with the bracketed ones below them: 「9.甲\n（1）乙\n（2）丙」.
fn points_with_children(text: &str, place: Place) -> Vec<PointRead> {
    let mut points: Vec<PointRead> = Vec::new();
    let mut run = String::new();
    let mut parent: Option<String> = None;
    let flush = |run: &mut String, points: &mut Vec<PointRead>| {
        points.extend(points_of(run, place));
        run.clear();
    };
    for line in text.split('\n') {
        match numbering::of(line) {
            Some((Mark::InnerDigit(n), at)) if parent.is_some() || !run.is_empty() || !points.is_empty() => {
                flush(&mut run, &mut points);
                let above = points.iter().rfind(|p| !p.path.contains('.')).map(|p| p.path.clone()).unwrap_or_default();
                parent = Some(above.clone());
                let text = line[at..].trim_end_matches(['；', ';', '。']).to_owned();
                points.push(PointRead { path: format!("{above}.{n}"), text, place, ..PointRead::default() });
            }
            _ => {
                if !run.is_empty() {
                    run.push('\n');
                }
                run.push_str(line);
            }
        }
    }
    flush(&mut run, &mut points);
    points
}
