//! Layouts: how an official text sets a catalogue.

use crate::catalogue::{Catalogue, Entry};

/// A layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// 编号： 技术名称： 控制要点： line by line.
    Labelled,
    /// Headings with the code, by division.
    Headed,
    /// A table.
    Table,
}

/// Every layout.
pub const LAYOUTS: [Layout; 3] = [Layout::Labelled, Layout::Headed, Layout::Table];

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Line(String),
    /// A row of a table; a cell's own lines are parted by line ends.
    Row(Vec<String>),
}

const NUMERALS: &[&str] = &[
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
    "二十二",
    "二十三",
    "二十四",
    "二十五",
    "二十六",
    "二十七",
    "二十八",
    "二十九",
    "三十",
];

/// The catalogue in a layout.
pub fn set(catalogue: &Catalogue, layout: Layout) -> Vec<Block> {
    let (prohibited, restricted) = catalogue.totals();
    let mut blocks: Vec<Block> = vec![
        line(&catalogue.number),
        line("关于公布《中国禁止出口限制出口技术目录》的公告"),
        line(&format!(
            "现公布《中国禁止出口限制出口技术目录》，自公布之日起施行。目录共{}项，其中禁止出口{prohibited}项，限制出口{restricted}项。",
            catalogue.entries.len()
        )),
        line(&catalogue.day),
        line("中国禁止出口限制出口技术目录"),
    ];
    for (part, prohibited) in [("一、禁止出口部分", true), ("二、限制出口部分", false)] {
        let entries: Vec<&Entry> = catalogue.entries.iter().filter(|e| e.is_prohibited() == prohibited).collect();
        if entries.is_empty() {
            continue;
        }
        blocks.push(line(part));
        if layout == Layout::Table {
            blocks.push(Block::Row(["序号", "编号", "技术名称", "控制要点"].map(str::to_owned).to_vec()));
        }
        let mut division = String::new();
        let (mut heading, mut serial) = (0, 0);
        for (n, entry) in entries.iter().enumerate() {
            if entry.division != division && layout != Layout::Table {
                division.clone_from(&entry.division);
                let numeral = NUMERALS.get(heading).copied().unwrap_or("三十一");
                blocks.push(line(&format!("（{numeral}）{division}")));
                (heading, serial) = (heading + 1, 0);
            }
            serial += 1;
            one(entry, layout, n + 1, serial, &mut blocks);
        }
    }
    blocks
}

fn line(text: &str) -> Block {
    Block::Line(text.to_owned())
}

fn one(entry: &Entry, layout: Layout, n: usize, serial: usize, blocks: &mut Vec<Block>) {
    let points = point_lines(entry);
    match layout {
        Layout::Labelled => {
            blocks.push(line(&format!("编号：{}", entry.code)));
            blocks.push(line(&format!("技术名称：{}", entry.name)));
            let mut points = points.into_iter();
            blocks.push(line(&format!("控制要点：{}", points.next().unwrap_or_default())));
            blocks.extend(points.map(Block::Line));
        }
        Layout::Headed => {
            blocks.push(line(&format!("{serial}．{}（编号：{}）", entry.name, entry.code)));
            blocks.push(line("控制要点："));
            blocks.extend(points.into_iter().map(Block::Line));
        }
        Layout::Table => {
            blocks.push(Block::Row(vec![n.to_string(), entry.code.clone(), entry.name.clone(), points.join("\n")]));
        }
    }
}

fn point_lines(entry: &Entry) -> Vec<String> {
    let last = entry.points.len();
    entry
        .points
        .iter()
        .enumerate()
        .map(|(i, (path, text))| {
            let end = if i + 1 == last { "。" } else { "；" };
            match path.split_once('.') {
                Some((_, below)) => format!("（{below}）{text}{end}"),
                None => format!("{path}．{text}{end}"),
            }
        })
        .collect()
}
