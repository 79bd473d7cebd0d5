//! Lines lost, swapped, or run together.

use crate::chance::Chance;
use crate::layout::Block;

/// True for the line or row an entry begins with.
fn begins_entry(block: &Block) -> bool {
    match block {
        Block::Line(t) => t.trim_start().starts_with("编号") || t.contains("（编号"),
        Block::Row(_) => true,
    }
}

pub(super) fn heading(blocks: &mut Vec<Block>, first: usize, chance: &mut Chance) -> Option<()> {
    let headings: Vec<usize> = (first..blocks.len())
        .filter(|i| match &blocks[*i] {
            Block::Line(t) => {
                let t = t.trim_start();
                t.starts_with("编号")
                    || t.starts_with("技术名称")
                    || t.starts_with('（') && !t.contains('；') && !t.contains('。')
                    || t.contains("编号：")
                    || t == "控制要点："
            }
            Block::Row(cells) => cells.first().is_some_and(|c| c.starts_with('序')),
        })
        .collect();
    blocks.remove(*chance.pick(&headings)?);
    Some(())
}

pub(super) fn swapped(blocks: &mut [Block], at: usize) -> Option<()> {
    (at + 1 < blocks.len()).then(|| blocks.swap(at, at + 1))
}

/// The entry that begins at or after `at` runs on behind the one before.
pub(super) fn glued(blocks: &mut Vec<Block>, at: usize) -> Option<()> {
    let begin = (at..blocks.len()).find(|i| begins_entry(&blocks[*i]) && *i > 0)?;
    let next = blocks.remove(begin);
    match (blocks.get_mut(begin - 1)?, next) {
        (Block::Line(before), Block::Line(text)) => before.push_str(&text),
        (Block::Row(before), Block::Row(cells)) if before.len() == cells.len() => {
            for (cell, more) in before.iter_mut().zip(cells) {
                cell.push('\n');
                cell.push_str(&more);
            }
        }
        _ => return None,
    }
    Some(())
}
