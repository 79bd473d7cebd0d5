//! The whole technology catalogue, in any of its layouts: labelled lines, numbered headings by division, tables.

mod entries;
mod lines;
mod table;

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;

use super::{Importer, Parts};
use crate::flow::Flow;
use crate::grammar::frame::Frame;
use crate::grammar::{codes, finds};

pub(super) fn importer() -> Importer {
    Importer {
        id: "catalogue",
        name: Bilingual::new("技术目录全文", "whole technology catalogue"),
        about: Bilingual::new(
            "编号、技术名称、控制要点；逐行标注、分类标题和表格三种版式",
            "codes, names, control points; labelled lines, headings by division, tables",
        ),
        alone: true,
        read,
    }
}

/// Fewer entries than this are an amendment or an example, not a catalogue.
const FEWEST: usize = 3;

fn read(flow: &Flow, frame: &Frame) -> Option<Parts> {
    let verbs = ["删去", "删除", "修改为", "移出", "新增", "增加"];
    let coded: Vec<&str> = flow
        .paragraphs
        .iter()
        .filter(|p| {
            let found = finds(&p.text, codes::catalogue).iter().any(|(_, _, c)| matches!(c, Code::Catalogue(_)));
            // In a narrow column a code stands on two lines.
            found || p.cells.iter().any(|c| table::is_code(c))
        })
        .map(|p| p.text.as_str())
        .collect();
    let amending = coded.iter().filter(|t| verbs.iter().any(|v| t.contains(v)) && t.contains("编号")).count();
    let titled = frame.title.contains("目录") || flow.head(20).contains("目录") || flow.head(20).contains("禁止出口");
    if coded.len() < FEWEST || amending * 2 > coded.len() || !(titled || coded.len() > 20) {
        return None;
    }
    let mut book = entries::Entries::default();
    let mut parts = Parts::default();
    let mut columns = None;
    let layout = lines::layout(flow);
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        if paragraph.cells.len() > 1 {
            table::row(i, paragraph, flow, &mut columns, &mut book, &mut parts);
        } else {
            lines::line(i, paragraph, layout, &mut book, &mut parts);
        }
    }
    let pieces = book.finish();
    if pieces.len() < FEWEST {
        return None;
    }
    parts.pieces = pieces;
    Some(parts)
}
