//! Damage as it happens: page breaks, OCR noise, missing headings, swapped columns, lost lines.

use crate::chance::Chance;
use crate::layout::Block;

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A page number, and perhaps a running head, in the middle of the text; a cell or paragraph broken in two.
    PageBreak,
    /// A digit or Latin letter read for another sign.
    OcrSigns,
    /// A Chinese character read for one that looks like it.
    OcrAlike,
    /// A Chinese character lost.
    OcrLost,
    /// A stray sign between characters.
    OcrStray,
    /// A label or heading is missing.
    MissingHeading,
    /// Columns in another order, with or without their headings; or swapped in one row.
    SwappedColumns,
    /// A line is missing.
    LostLine,
    /// A line stands twice.
    DoubledLine,
}

/// Every kind.
pub const DAMAGES: [Damage; 9] = [
    Damage::PageBreak,
    Damage::OcrSigns,
    Damage::OcrAlike,
    Damage::OcrLost,
    Damage::OcrStray,
    Damage::MissingHeading,
    Damage::SwappedColumns,
    Damage::LostLine,
    Damage::DoubledLine,
];

const SIGNS: &[(char, char)] = &[
    ('0', 'O'),
    ('1', 'l'),
    ('1', 'I'),
    ('5', 'S'),
    ('8', 'B'),
    ('2', 'Z'),
    ('X', '×'),
    ('J', ')'),
    ('；', ';'),
    ('。', '．'),
    ('（', '〈'),
    ('≥', '＞'),
    ('．', '，'),
];
const ALIKE: &[(char, char)] = &[
    ('技', '枝'),
    ('术', '木'),
    ('制', '剂'),
    ('冶', '治'),
    ('析', '折'),
    ('氧', '氮'),
    ('铝', '铅'),
    ('密', '蜜'),
    ('未', '末'),
    ('已', '己'),
    ('熔', '溶'),
    ('锂', '锡'),
    ('料', '科'),
    ('晶', '品'),
    ('测', '侧'),
    ('贝', '见'),
    ('光', '先'),
    ('线', '钱'),
    ('特', '持'),
    ('钢', '铜'),
    ('大', '太'),
    ('天', '夫'),
    ('土', '士'),
    ('设', '没'),
    ('人', '入'),
    ('电', '申'),
    ('力', '刀'),
    ('微', '徵'),
    ('粒', '拉'),
    ('干', '千'),
];

/// Damages a document; `None` where the damage does not apply to it. Headings before the first entry are left alone.
pub fn damage(blocks: &[Block], kind: Damage, chance: &mut Chance) -> Option<Vec<Block>> {
    let mut blocks = blocks.to_vec();
    let first = blocks.iter().position(|b| matches!(b, Block::Line(t) if t.contains("部分")))? + 1;
    let at = first + chance.below(blocks.len().saturating_sub(first));
    match kind {
        Damage::PageBreak => page_break(&mut blocks, at, chance),
        Damage::OcrSigns => substitute(&mut blocks, at, SIGNS, chance)?,
        Damage::OcrAlike => substitute(&mut blocks, at, ALIKE, chance)?,
        Damage::OcrLost => edit(&mut blocks, at, chance, |text, chance| {
            let chars: Vec<usize> =
                text.char_indices().filter(|(_, c)| yumen_assess::is_han(*c)).map(|(i, _)| i).collect();
            let i = *chance.pick(&chars)?;
            text.remove(i);
            Some(())
        })?,
        Damage::OcrStray => edit(&mut blocks, at, chance, |text, chance| {
            let chars: Vec<usize> = text.char_indices().skip(3).map(|(i, _)| i).collect();
            let i = *chance.pick(&chars)?;
            text.insert(i, *chance.pick(&['.', '\'', '|', 'i', '~', '□', '、', '，'])?);
            Some(())
        })?,
        Damage::MissingHeading => {
            let headings: Vec<usize> = (first..blocks.len())
                .filter(|i| match &blocks[*i] {
                    Block::Line(t) => {
                        t.starts_with("编号")
                            || t.starts_with("技术名称")
                            || t.starts_with('（') && !t.contains('；') && !t.contains('。')
                            || t.contains("编号：")
                            || t == "控制要点："
                    }
                    Block::Row(cells) => cells.first().is_some_and(|c| c == "序号"),
                })
                .collect();
            blocks.remove(*chance.pick(&headings)?);
        }
        Damage::SwappedColumns => swap_columns(&mut blocks, chance)?,
        Damage::LostLine => {
            blocks.remove(at);
        }
        Damage::DoubledLine => {
            let block = blocks.get(at)?.clone();
            blocks.insert(at, block);
        }
    }
    Some(blocks)
}

fn page_break(blocks: &mut Vec<Block>, at: usize, chance: &mut Chance) {
    let number = Block::Line(format!("— {} —", 1 + chance.below(60)));
    let Some(Block::Row(cells)) = blocks.get(at).cloned() else {
        blocks.insert(at, number);
        return;
    };
    // A row broken over the page: what did not fit stands in a row of its own, without serial number and code.
    let lines: Vec<&str> = cells.last().map(|c| c.lines().collect()).unwrap_or_default();
    let cut = 1 + chance.below(lines.len().max(1));
    if lines.len() < 2 || cut >= lines.len() {
        blocks.insert(at, number);
        return;
    }
    let mut head = cells.clone();
    let mut tail = vec![String::new(); cells.len()];
    if let (Some(h), Some(t)) = (head.last_mut(), tail.last_mut()) {
        *h = lines[..cut].join("\n");
        *t = lines[cut..].join("\n");
    }
    blocks.splice(at..=at, [Block::Row(head), number, Block::Row(tail)]);
}

fn edit(
    blocks: &mut [Block],
    at: usize,
    chance: &mut Chance,
    change: impl FnOnce(&mut String, &mut Chance) -> Option<()>,
) -> Option<()> {
    match blocks.get_mut(at)? {
        Block::Line(text) => change(text, chance),
        Block::Row(cells) => {
            let cell = chance.below(cells.len());
            change(cells.get_mut(cell)?, chance)
        }
    }
}

fn substitute(blocks: &mut [Block], at: usize, table: &[(char, char)], chance: &mut Chance) -> Option<()> {
    edit(blocks, at, chance, |text, chance| {
        let places: Vec<(usize, char, char)> = text
            .char_indices()
            .flat_map(|(i, c)| table.iter().filter(move |(from, _)| *from == c).map(move |(from, to)| (i, *from, *to)))
            .collect();
        let (i, from, to) = *chance.pick(&places)?;
        text.replace_range(i..i + from.len_utf8(), &to.to_string());
        Some(())
    })
}

fn swap_columns(blocks: &mut [Block], chance: &mut Chance) -> Option<()> {
    let rows: Vec<usize> = (0..blocks.len()).filter(|i| matches!(blocks[*i], Block::Row(_))).collect();
    let width = rows.first().and_then(|i| match &blocks[*i] {
        Block::Row(cells) => Some(cells.len()),
        Block::Line(_) => None,
    })?;
    let (a, b) = (chance.below(width), chance.below(width));
    if a == b {
        return None;
    }
    let which = chance.below(3);
    let one = *chance.pick(&rows)?;
    for i in rows {
        let Block::Row(cells) = &mut blocks[i] else { continue };
        let header = cells.iter().any(|c| c == "编号");
        let swap = match which {
            0 => true,
            1 => !header,
            _ => i == one,
        };
        if swap {
            cells.swap(a, b);
        }
    }
    Some(())
}
