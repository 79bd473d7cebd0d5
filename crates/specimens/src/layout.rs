//! Layouts: how an official text arranges a catalogue.

use crate::catalogue::{Catalogue, Entry};
use crate::style::Style;

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

/// The catalogue in a layout, in the style of the measurements.
pub fn set(catalogue: &Catalogue, layout: Layout) -> Vec<Block> {
    set_in(catalogue, layout, &Style::official())
}

/// The catalogue in a layout and a style.
pub fn set_in(catalogue: &Catalogue, layout: Layout, style: &Style) -> Vec<Block> {
    let (prohibited, restricted) = catalogue.totals();
    let line = |text: &str| Block::Line(style.printed(text));
    let mut blocks: Vec<Block> = vec![
        line(&catalogue.number),
        line("关于公布《中国禁止出口限制出口技术目录》的公告"),
        line(&format!(
            "现公布《中国禁止出口限制出口技术目录》，自公布之日起施行。{}",
            style.totals(prohibited, restricted)
        )),
        line(&catalogue.day),
        line("中国禁止出口限制出口技术目录"),
    ];
    for is_prohibited in [true, false] {
        let entries: Vec<&Entry> = catalogue.entries.iter().filter(|e| e.is_prohibited() == is_prohibited).collect();
        if entries.is_empty() {
            continue;
        }
        blocks.push(line(&style.part(is_prohibited)));
        if layout == Layout::Table {
            blocks.push(Block::Row(style.header().map(str::to_owned).to_vec()));
        }
        let mut division = String::new();
        let (mut heading, mut serial) = (0, 0);
        for (n, entry) in entries.iter().enumerate() {
            if entry.division != division && layout != Layout::Table {
                division.clone_from(&entry.division);
                heading += 1;
                blocks.push(line(&style.division(heading, &division)));
                serial = 0;
            }
            serial += 1;
            one(entry, layout, style, n + 1, serial, &mut blocks);
        }
    }
    blocks
}

fn one(entry: &Entry, layout: Layout, style: &Style, n: usize, serial: usize, blocks: &mut Vec<Block>) {
    let points = point_lines(entry, style);
    let line = |text: &str| Block::Line(style.printed(text));
    let colon = style.colon;
    match layout {
        Layout::Labelled => {
            let code = format!("编号{colon}{}", style.code(&entry.code));
            let name = format!("技术名称{colon}{}", entry.name);
            let (first, second) = if style.name_first { (name, code) } else { (code, name) };
            let first = if style.serial { format!("{}{first}", Style::number(style.points, serial)) } else { first };
            blocks.extend([line(&first), line(&second)]);
            labelled_points(&points, style, blocks);
        }
        Layout::Headed => {
            blocks.push(line(&style.entry(&entry.name, &entry.code, serial)));
            blocks.push(line(&format!("控制要点{}", colon.trim_end())));
            blocks.extend(points.iter().map(|p| line(p)));
        }
        Layout::Table => {
            let points = points.iter().map(|p| style.cell(p)).collect::<Vec<_>>().join("\n");
            let cells = [style.cell(&n.to_string()), style.code(&entry.code), style.cell(&entry.name), points];
            blocks.push(Block::Row(style.ordered(cells).to_vec()));
        }
    }
}

/// The label of the points, with the first of them on its line or below it.
fn labelled_points(points: &[String], style: &Style, blocks: &mut Vec<Block>) {
    let line = |text: &str| Block::Line(style.printed(text));
    let label = format!("控制要点{}", style.colon);
    if style.label_alone {
        blocks.push(line(label.trim_end()));
        blocks.extend(points.iter().map(|p| line(p)));
    } else {
        let mut points = points.iter();
        blocks.push(line(&format!("{label}{}", points.next().map_or("", String::as_str))));
        blocks.extend(points.map(|p| line(p)));
    }
}

fn point_lines(entry: &Entry, style: &Style) -> Vec<String> {
    let last = entry.points.len();
    entry
        .points
        .iter()
        .enumerate()
        .map(|(i, (path, text))| {
            let end = style.end(i + 1 == last);
            let (numbering, n) = match path.split_once('.') {
                Some((_, below)) => (style.below, below),
                None => (style.points, path.as_str()),
            };
            format!("{}{text}{end}", Style::number(numbering, n.parse().unwrap_or(0)))
        })
        .collect()
}
