//! What pages do to a text: breaks, pages twice or not at all, contents and notes around it.

use crate::chance::Chance;
use crate::layout::Block;

/// Paragraphs of a page.
const PAGE: usize = 14;

pub(super) fn broken(blocks: &mut Vec<Block>, at: usize, chance: &mut Chance) {
    let number = Block::Line(format!("— {} —", 1 + chance.below(60)));
    let Some(Block::Row(cells)) = blocks.get(at).cloned() else {
        blocks.insert(at.min(blocks.len()), number);
        return;
    };
    // A row broken over the page: what did not fit stands in a row of its own, without serial number and code.
    let longest = (0..cells.len()).max_by_key(|c| cells[*c].lines().count()).unwrap_or(0);
    let lines: Vec<&str> = cells[longest].lines().collect();
    let cut = 1 + chance.below(lines.len().max(1));
    if lines.len() < 2 || cut >= lines.len() {
        blocks.insert(at, number);
        return;
    }
    let mut head = cells.clone();
    let mut tail = vec![String::new(); cells.len()];
    head[longest] = lines[..cut].join("\n");
    tail[longest] = lines[cut..].join("\n");
    blocks.splice(at..=at, [Block::Row(head), number, Block::Row(tail)]);
}

pub(super) fn repeated(blocks: &mut Vec<Block>, at: usize) -> Option<()> {
    let page: Vec<Block> = blocks.get(at..at + PAGE)?.to_vec();
    blocks.splice(at..at, page);
    Some(())
}

pub(super) fn missing(blocks: &mut Vec<Block>, at: usize) -> Option<()> {
    blocks.get(at..at + PAGE)?;
    blocks.drain(at..at + PAGE);
    Some(())
}

/// Headings of parts and divisions with leaders and page numbers, before the first of them.
pub(super) fn contents(blocks: &mut Vec<Block>, first: usize) {
    let headings: Vec<String> = blocks
        .iter()
        .skip(first.saturating_sub(1))
        .filter_map(|b| match b {
            Block::Line(t) if t.chars().count() < 24 && !t.contains(['：', ':', '；', '。']) && !t.contains("编号") => {
                Some(t.trim().to_owned())
            }
            _ => None,
        })
        .collect();
    let lines = headings.iter().enumerate().map(|(i, h)| Block::Line(format!("{h}{}{}", "…".repeat(12), 2 + i / 3)));
    let at = first.saturating_sub(1);
    blocks.splice(at..at, std::iter::once(Block::Line("目  录".to_owned())).chain(lines));
}

pub(super) fn footnote(blocks: &mut Vec<Block>, at: usize) {
    let note = "注：本目录所称技术包括其载体，具体以主管部门的解释为准。";
    blocks.insert(at.min(blocks.len()), Block::Line(note.to_owned()));
}
