//! Catalogues in tables: columns by their headings, or by what stands in them; rows that run over a page.

use yumen_lawbook::Bilingual;

use super::super::{Parts, Unread};
use super::entries::Entries;
use super::lines::section;
use crate::flow::{Flow, Paragraph};
use crate::grammar::{codes, numbering, whole};

/// Which column holds what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    code: usize,
    name: usize,
    points: usize,
    serial: Option<usize>,
    /// True where no heading says so.
    inferred: bool,
}

fn header(cells: &[String]) -> Option<Columns> {
    let find = |words: &[&str]| cells.iter().position(|c| words.iter().any(|w| c.replace(['\n', ' '], "") == *w));
    Some(Columns {
        code: find(&["编号", "编码", "技术编号", "条目编号"])?,
        name: find(&["技术名称", "名称", "条目名称"])?,
        points: find(&["控制要点", "技术控制要点", "管制要点"])?,
        serial: find(&["序号"]),
        inferred: false,
    })
}

pub(super) fn is_code(cell: &str) -> bool {
    whole(cell.replace(['\n', ' '], "").as_str(), codes::catalogue).is_some()
}

/// Columns by what stands in them, over all rows of the width: codes where most codes stand, points where most words do.
fn inferred(flow: &Flow, width: usize) -> Option<Columns> {
    let rows: Vec<&[String]> =
        flow.paragraphs.iter().filter(|p| p.cells.len() == width).map(|p| p.cells.as_slice()).collect();
    let codes = |c: usize| rows.iter().filter(|r| is_code(&r[c])).count();
    let length = |c: usize| rows.iter().map(|r| r[c].chars().count()).sum::<usize>();
    let code = (0..width).max_by_key(|c| codes(*c)).filter(|c| codes(*c) > 0)?;
    let serial = (0..width).find(|c| {
        *c != code
            && rows.iter().filter(|r| !r[*c].is_empty() && r[*c].bytes().all(|b| b.is_ascii_digit())).count() * 2
                > rows.len()
    });
    let mut others: Vec<usize> = (0..width).filter(|c| *c != code && Some(*c) != serial).collect();
    // Points are numbered; names are not. Where neither shows it, the longer column holds the points.
    let numbered = |c: usize| rows.iter().filter(|r| r[c].starts_with('1') && numbering::of(&r[c]).is_some()).count();
    others.sort_by_key(|c| (numbered(*c), length(*c)));
    let points = others.pop()?;
    let name = others.pop()?;
    Some(Columns { code, name, points, serial, inferred: true })
}

/// Reads one row.
pub(super) fn row(
    index: usize,
    paragraph: &Paragraph,
    flow: &Flow,
    columns: &mut Option<Columns>,
    book: &mut Entries,
    parts: &mut Parts,
) {
    let cells = &paragraph.cells;
    if let Some(found) = header(cells) {
        *columns = Some(found);
        parts.used.insert(index);
        return;
    }
    let filled: Vec<&String> = cells.iter().filter(|c| !c.is_empty()).collect();
    if let [only] = filled.as_slice()
        && !is_code(only)
    {
        if let Some(control) = section(only) {
            book.close();
            (book.section, book.division) = (Some(control), String::new());
            parts.used.insert(index);
            return;
        }
        // One filled cell is a division heading where it stands first or a name would; else it runs on.
        let runs_on = columns.is_some_and(|c| cells.get(c.points).is_some_and(|p| !p.is_empty()));
        if !runs_on {
            let heading = numbering::of(only).map_or(only.as_str(), |(_, at)| &only[at..]);
            if heading.ends_with('业') || numbering::of(only).is_some() {
                book.close();
                heading.clone_into(&mut book.division);
                parts.used.insert(index);
                return;
            }
        }
    }
    let width = cells.len();
    let fits =
        |c: &Columns| c.code.max(c.name).max(c.points) < width && (is_code(&cells[c.code]) || cells[c.code].is_empty());
    let by_heading = columns.filter(fits);
    let Some(used) = by_heading.or_else(|| inferred(flow, width)).filter(fits) else {
        parts.unread.push(Unread {
            place: paragraph.start(),
            words: paragraph.printed.clone(),
            why: Bilingual::new("表格的列无法识别", "the columns of the table cannot be told"),
        });
        return;
    };
    parts.used.insert(index);
    let place = paragraph.start();
    let code = whole(cells[used.code].replace(['\n', ' '], "").as_str(), codes::catalogue);
    let name = cells[used.name].replace('\n', "");
    let points = &cells[used.points];
    let continues = code.is_none();
    if !continues {
        let open = book.begin(place);
        open.code = code;
        open.name.clone_from(&name);
        open.in_points = true;
        if used.inferred {
            open.doubts.push(Bilingual::new(
                "列由内容推断，不是由表头得知",
                "the columns were told by what stands in them, not by their headings",
            ));
        }
        // Headings that say one thing and columns that hold another.
        if numbering::of(&name).is_some() && numbering::of(points).is_none() && !points.is_empty() {
            open.doubts.push(Bilingual::new(
                "名称列中是编号的文字，两列可能对调",
                "numbered words stand in the name column: two columns may be swapped",
            ));
        } else if !used.inferred && name.chars().count() > points.chars().count() && numbering::of(points).is_none() {
            open.doubts.push(Bilingual::new(
                "名称比控制要点长，两列可能对调",
                "the name is longer than the points: two columns may be swapped",
            ));
        }
    } else if book.open.is_none() {
        parts.unread.push(Unread {
            place,
            words: paragraph.printed.clone(),
            why: Bilingual::new("没有编号的行，前面也没有条目", "a row without a code and no entry before it"),
        });
        return;
    }
    let open = book.current(place);
    open.words.push(paragraph.printed.clone());
    if continues {
        let serial = used.serial.and_then(|s| cells.get(s)).is_some_and(|s| !s.is_empty());
        if serial {
            open.doubts.push(Bilingual::new(
                "有序号而没有编号的行并入本条目",
                "a row with a serial number and no code was joined to this entry",
            ));
        }
        if !name.is_empty() {
            open.name.push_str(&name);
            open.doubts.push(Bilingual::new("名称跨页，已拼接", "the name runs over a page and was joined"));
        }
        run_on(open, points, paragraph);
        return;
    }
    for line in points.lines() {
        open.add_points(line, place, paragraph);
    }
}

/// A cell that runs over a page: its first line belongs to the point before, unless it is numbered.
fn run_on(open: &mut super::entries::Open, points: &str, paragraph: &Paragraph) {
    let mut lines = points.lines();
    if let Some(first) = points.lines().next()
        && numbering::of(first).is_none()
        && let Some(last) = open.points.last_mut()
    {
        last.run_on(first);
        lines.next();
    }
    for line in lines {
        open.add_points(line, paragraph.start(), paragraph);
    }
}
