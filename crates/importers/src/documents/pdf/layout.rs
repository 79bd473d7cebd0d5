//! From characters and drawn lines to lines of text and rows of tables.

use super::super::{Line, raised, row};
use super::{Glyph, Rule, Sheet};

/// A ruled table: where its columns and rows are parted.
struct Grid {
    columns: Vec<f32>,
    rows: Vec<f32>,
}

/// The lines of a page from top to bottom; rows of ruled tables as rows.
pub(super) fn lines(sheet: Sheet, page: u32) -> Vec<Line> {
    let grids = grids(&sheet.rules);
    let mut free = Vec::new();
    let mut inside: Vec<Vec<Glyph>> = grids.iter().map(|_| Vec::new()).collect();
    for glyph in sheet.glyphs {
        match grids.iter().position(|g| g.holds(&glyph)) {
            Some(grid) => inside[grid].push(glyph),
            None => free.push(glyph),
        }
    }
    // (top edge, line), so that tables and text come in the order of the page.
    let mut placed: Vec<(f32, Line)> = Vec::new();
    let text = text_lines(free);
    let left = text.iter().map(|l| l.left).fold(f32::MAX, f32::min);
    let right = text.iter().map(|l| l.right).fold(f32::MIN, f32::max);
    for line in text {
        let fill = if right > left { ((line.right - left) / (right - left)).clamp(0.0, 1.0) } else { 0.0 };
        placed.push((line.y, Line { page, line: 0, text: line.text, cells: Vec::new(), ends: false, fill }));
    }
    for (grid, glyphs) in grids.iter().zip(inside) {
        placed.extend(grid.cells(glyphs).into_iter().map(|(y, cells)| (y, row(page, 0, cells))));
    }
    placed.sort_by(|a, b| b.0.total_cmp(&a.0));
    placed
        .into_iter()
        .zip(1..)
        .map(|((_, line), number)| Line { line: number, ..line })
        .filter(|l| !l.text.trim().is_empty())
        .collect()
}

struct TextLine {
    y: f32,
    left: f32,
    right: f32,
    text: String,
}

fn text_lines(mut glyphs: Vec<Glyph>) -> Vec<TextLine> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            // Characters of one line share their baseline; raised ones (cm³) stand a third of their size higher.
            Some(line) if line.iter().any(|g| (g.y - glyph.y).abs() < 0.45 * g.size.max(glyph.size)) => {
                line.push(glyph);
            }
            _ => lines.push(vec![glyph]),
        }
    }
    lines
        .into_iter()
        .map(|mut line| {
            line.sort_by(|a, b| a.x.total_cmp(&b.x));
            let y = line.iter().map(|g| g.y).fold(f32::MAX, f32::min);
            let left = line.first().map_or(0.0, |g| g.x);
            let right = line.iter().map(|g| g.x + g.width).fold(f32::MIN, f32::max);
            TextLine { y, left, right, text: run(&line) }
        })
        .filter(|l| !l.text.trim().is_empty())
        .collect()
}

/// Characters in a row, with a blank where the gap is wider than the writing leaves by itself. Small raised figures are powers.
fn run(line: &[Glyph]) -> String {
    let mut text = String::new();
    let mut end: Option<(f32, f32)> = None;
    let size = line.iter().map(|g| g.size).fold(0.0, f32::max);
    let base = line.iter().filter(|g| g.size > 0.85 * size).map(|g| g.y).fold(f32::MAX, f32::min);
    for glyph in line {
        let is_raised = glyph.size < 0.85 * size && glyph.y - base > 0.15 * size;
        if let Some((x, size)) = end
            && glyph.x - x > 0.25 * size.max(glyph.size)
            && !text.ends_with(' ')
        {
            text.push(' ');
        }
        // The same character drawn twice at one place is bold print, not two characters.
        let twice = end.is_some_and(|(x, size)| glyph.x + glyph.width - x < 0.1 * size) && text.ends_with(&glyph.text);
        if !twice && is_raised {
            text.push_str(&raised(&glyph.text));
        } else if !twice {
            text.push_str(&glyph.text);
        }
        end = Some((glyph.x + glyph.width, glyph.size));
    }
    text
}

impl Grid {
    fn holds(&self, glyph: &Glyph) -> bool {
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
        let within =
            |edges: &[f32], v: f32| edges.first().is_some_and(|f| *f <= v) && edges.last().is_some_and(|l| v <= *l);
        within(&self.columns, x) && within(&self.rows, y)
    }

    /// Rows from top to bottom with their cells; each cell's own lines stay apart.
    fn cells(&self, glyphs: Vec<Glyph>) -> Vec<(f32, Vec<String>)> {
        let (columns, rows) = (self.columns.len() - 1, self.rows.len() - 1);
        let mut cells: Vec<Vec<Vec<Glyph>>> = (0..rows).map(|_| (0..columns).map(|_| Vec::new()).collect()).collect();
        let find = |edges: &[f32], v: f32| edges.iter().rposition(|e| *e <= v).unwrap_or(0).min(edges.len() - 2);
        for glyph in glyphs {
            let column = find(&self.columns, glyph.x + glyph.width / 2.0);
            let row = find(&self.rows, glyph.y + glyph.size * 0.3);
            cells[row][column].push(glyph);
        }
        let rows = cells.into_iter().enumerate().rev();
        rows.map(|(i, row)| {
            let cells = row.into_iter().map(|glyphs| {
                text_lines(glyphs).into_iter().map(|l| l.text.trim().to_owned()).collect::<Vec<_>>().join("\n")
            });
            (self.rows[i + 1], cells.collect())
        })
        .collect()
    }
}

/// Ruled tables: at least three upright lines that cover a height together, with the level lines between them.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    let upright: Vec<(f32, f32, f32)> = rules
        .iter()
        .filter(|r| (r.x1 - r.x0).abs() < 1.0 && (r.y1 - r.y0).abs() > 6.0)
        .map(|r| (r.x0, r.y0.min(r.y1), r.y0.max(r.y1)))
        .collect();
    let level: Vec<(f32, f32, f32)> = rules
        .iter()
        .filter(|r| (r.y1 - r.y0).abs() < 1.0 && (r.x1 - r.x0).abs() > 6.0)
        .map(|r| (r.y0, r.x0.min(r.x1), r.x0.max(r.x1)))
        .collect();
    if upright.len() > 20_000 || level.len() > 20_000 {
        return Vec::new();
    }
    // Heights covered by upright lines, joined where they touch: each stretch is a table.
    let mut stretches: Vec<(f32, f32)> = upright.iter().map(|u| (u.1, u.2)).collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut tables: Vec<(f32, f32)> = Vec::new();
    for (low, high) in stretches {
        match tables.last_mut() {
            Some(last) if low <= last.1 + 2.0 => last.1 = last.1.max(high),
            _ => tables.push((low, high)),
        }
    }
    tables
        .into_iter()
        .filter_map(|(low, high)| {
            let within = |y: f32| low - 2.0 <= y && y <= high + 2.0;
            let columns = distinct(upright.iter().filter(|u| within(u.1) && within(u.2)).map(|u| u.0));
            let rows = distinct(level.iter().filter(|l| within(l.0)).map(|l| l.0).chain([low, high]));
            (columns.len() >= 3 && rows.len() >= 2).then_some(Grid { columns, rows })
        })
        .collect()
}

fn distinct(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    values.dedup_by(|a, b| (*a - *b).abs() < 2.5);
    values
}
