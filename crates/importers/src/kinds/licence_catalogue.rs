//! The yearly licence catalogue: a table of control codes with reference goods and customs numbers.

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;

use super::{Importer, Parts, Piece, Unread, What};
use crate::flow::Flow;
use crate::grammar::frame::Frame;
use crate::grammar::{codes, whole};

pub(super) fn importer() -> Importer {
    Importer {
        id: "licence-catalogue",
        name: Bilingual::new("年度许可证管理目录", "yearly licence catalogue"),
        about: Bilingual::new(
            "序号、管制编码、物项名称及描述、参考商品名称、海关商品编号、单位",
            "serial number, control code, item and description, reference goods, customs number, unit",
        ),
        alone: true,
        read,
    }
}

/// Which column holds what.
#[derive(Default, Clone, Copy)]
struct Columns {
    code: Option<usize>,
    name: Option<usize>,
    goods: Option<usize>,
    hs: Option<usize>,
    unit: Option<usize>,
}

fn header(cells: &[String]) -> Option<Columns> {
    let find = |words: &[&str]| cells.iter().position(|c| words.iter().any(|w| c.replace('\n', "").contains(w)));
    let columns = Columns {
        code: find(&["管制编码"]),
        name: find(&["物项名称", "商品名称及描述"]),
        goods: find(&["参考商品名称"]),
        hs: find(&["海关商品编号", "商品编号"]),
        unit: find(&["单位"]),
    };
    (columns.code.is_some() && columns.hs.is_some()).then_some(columns)
}

fn read(flow: &Flow, _: &Frame) -> Option<Parts> {
    let mut columns: Option<Columns> = None;
    let mut parts = Parts::default();
    let mut last: Option<(Code, String)> = None;
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        if let Some(found) = header(&paragraph.cells) {
            columns = Some(found);
            parts.used.insert(i);
            continue;
        }
        let (Some(columns), false) = (columns, paragraph.cells.is_empty()) else { continue };
        let cell = |at: Option<usize>| {
            at.and_then(|a| paragraph.cells.get(a)).map(|c| c.trim().to_owned()).unwrap_or_default()
        };
        let (printed, mut name) = (cell(columns.code), cell(columns.name).replace('\n', ""));
        let code = match whole(printed.replace('\n', "").as_str(), codes::control) {
            Some(code) => Some(code),
            // The code is printed once for several rows of goods, and again not after a page break.
            None if printed.is_empty() => last.as_ref().map(|(code, _)| code.clone()),
            None => None,
        };
        if name.is_empty() && printed.is_empty() {
            name = last.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
        }
        let numbers = cell(columns.hs);
        let hs: Vec<String> = numbers
            .split(|c: char| c.is_whitespace() || matches!(c, '、' | '，' | ',' | '；' | ';'))
            .map(|n| n.chars().filter(char::is_ascii_digit).collect::<String>())
            .filter(|n| !n.is_empty())
            .collect();
        let odd = hs.iter().any(|n| !(4..=10).contains(&n.len()));
        match code {
            Some(code) if !odd => {
                parts.used.insert(i);
                last = Some((code.clone(), name.clone()));
                parts.pieces.push(Piece {
                    place: paragraph.start(),
                    words: paragraph.printed.clone(),
                    what: What::Row {
                        code,
                        name,
                        goods: cell(columns.goods).replace('\n', ""),
                        hs,
                        unit: cell(columns.unit),
                    },
                    doubts: Vec::new(),
                });
            }
            // A heading inside the table spans it with one text.
            _ if paragraph.cells.iter().filter(|c| !c.is_empty()).count() <= 1 => {
                parts.used.insert(i);
            }
            _ => parts.unread.push(Unread {
                place: paragraph.start(),
                words: paragraph.printed.clone(),
                why: Bilingual::new(
                    "管制编码或者海关商品编号无法识别",
                    "the control code or the customs number cannot be read",
                ),
            }),
        }
    }
    (!parts.pieces.is_empty()).then_some(parts)
}
