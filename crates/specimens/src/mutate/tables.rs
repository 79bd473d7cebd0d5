//! Cells in the wrong place.

use crate::chance::Chance;
use crate::layout::Block;

fn rows(blocks: &[Block]) -> Vec<usize> {
    (0..blocks.len()).filter(|i| matches!(blocks[*i], Block::Row(_))).collect()
}

pub(super) fn columns(blocks: &mut [Block], chance: &mut Chance) -> Option<()> {
    let rows = rows(blocks);
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
        let header = cells.first().is_some_and(|c| c.starts_with('序')) || cells.iter().any(|c| c == "编号");
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

pub(super) fn cells(blocks: &mut [Block], chance: &mut Chance) -> Option<()> {
    let rows = rows(blocks);
    let Block::Row(cells) = &mut blocks[*chance.pick(&rows)?] else { return None };
    let at = chance.below(cells.len().checked_sub(1)?);
    cells.swap(at, at + 1);
    Some(())
}

pub(super) fn merged(blocks: &mut [Block], chance: &mut Chance) -> Option<()> {
    let rows = rows(blocks);
    let Block::Row(cells) = &mut blocks[*chance.pick(&rows)?] else { return None };
    let at = chance.below(cells.len().checked_sub(1)?);
    let next = std::mem::take(cells.get_mut(at + 1)?);
    cells[at].push_str(&next);
    // A merged cell stands in the file as one cell, or as one and an empty one.
    if chance.once_in(2) {
        cells.remove(at + 1);
    }
    Some(())
}
