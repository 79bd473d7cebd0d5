//! Damage as it happens to documents on their way: to characters, to numbers, to lines, to tables, to pages. One damage a document.

mod characters;
mod lines;
mod numbers;
mod pages;
mod tables;

use crate::chance::Chance;
use crate::forms::furniture::{Furniture, Head};
use crate::layout::Block;

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A page number in the middle of the text; a cell broken in two.
    PageBreak,
    /// A digit or Latin letter read for another sign.
    OcrSigns,
    /// 0 for O, 1 for l: digits read for letters.
    OcrDigits,
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
    /// Two neighbouring cells of one row swapped.
    SwappedCells,
    /// Two neighbouring cells of one row run into one.
    MergedCells,
    /// A line is missing.
    LostLine,
    /// A line stands twice.
    DoubledLine,
    /// Two lines in the wrong order.
    SwappedLines,
    /// The end of one entry and the beginning of the next on one line or in one row.
    GluedEntries,
    /// One digit of a code changed.
    CodeDigit,
    /// J for X, X for J, or the letter lost.
    CodeLetter,
    /// Hyphens or blanks put into a code: nothing is wrong.
    CodeHyphens,
    /// The number of a control point repeated or skipped.
    PointNumber,
    /// One digit of a value changed: the words still read well.
    ValueDigit,
    /// A decimal point lost.
    DecimalLost,
    /// A unit changed for another that exists.
    UnitChanged,
    /// 大于等于 to 大于, or the comparison turned about.
    Comparison,
    /// 不 or 除 lost.
    NegationLost,
    /// Some digits in full width: nothing is wrong.
    WideDigits,
    /// A line break inside a number: nothing is wrong.
    NumberWrapped,
    /// The whole text in traditional characters: nothing is wrong.
    Traditional,
    /// A page stands twice.
    PageRepeated,
    /// A page is missing.
    PageMissing,
    /// Running heads that differ from page to page: nothing is wrong.
    HeadVaries,
    /// Words across every page: nothing is wrong.
    Watermark,
    /// A table of contents before the text: nothing is wrong.
    Contents,
    /// A note at the foot of a page.
    Footnote,
}

/// Every kind.
pub const DAMAGES: [Damage; 32] = [
    Damage::PageBreak,
    Damage::OcrSigns,
    Damage::OcrDigits,
    Damage::OcrAlike,
    Damage::OcrLost,
    Damage::OcrStray,
    Damage::MissingHeading,
    Damage::SwappedColumns,
    Damage::SwappedCells,
    Damage::MergedCells,
    Damage::LostLine,
    Damage::DoubledLine,
    Damage::SwappedLines,
    Damage::GluedEntries,
    Damage::CodeDigit,
    Damage::CodeLetter,
    Damage::CodeHyphens,
    Damage::PointNumber,
    Damage::ValueDigit,
    Damage::DecimalLost,
    Damage::UnitChanged,
    Damage::Comparison,
    Damage::NegationLost,
    Damage::WideDigits,
    Damage::NumberWrapped,
    Damage::Traditional,
    Damage::PageRepeated,
    Damage::PageMissing,
    Damage::HeadVaries,
    Damage::Watermark,
    Damage::Contents,
    Damage::Footnote,
];

impl Damage {
    /// What stands on the pages of a document with this damage.
    pub fn furniture(self, chance: &mut Chance) -> Furniture {
        match self {
            Self::HeadVaries => Furniture {
                head: if chance.once_in(2) { Head::Turning } else { Head::Chapter },
                ..Furniture::random(chance)
            },
            Self::Watermark => Furniture { watermark: Some("内部资料 仅供参考"), ..Furniture::random(chance) },
            _ => Furniture::official(),
        }
    }

    /// True where the damage is to the pages, so that the document needs some.
    pub fn needs_pages(self) -> bool {
        matches!(self, Self::HeadVaries | Self::Watermark | Self::NumberWrapped)
    }
}

/// Damages a document; `None` where the damage does not apply to it. Headings before the first entry are left alone.
pub fn damage(blocks: &[Block], kind: Damage, chance: &mut Chance) -> Option<Vec<Block>> {
    let mut blocks = blocks.to_vec();
    let first = blocks.iter().skip(5).position(|b| matches!(b, Block::Line(_)))? + 6;
    let at = first + chance.below(blocks.len().saturating_sub(first));
    match kind {
        Damage::PageBreak => pages::broken(&mut blocks, at, chance),
        Damage::PageRepeated => pages::repeated(&mut blocks, at)?,
        Damage::PageMissing => pages::missing(&mut blocks, at)?,
        Damage::Contents => pages::contents(&mut blocks, first),
        Damage::Footnote => pages::footnote(&mut blocks, at),
        Damage::HeadVaries | Damage::Watermark => {}
        Damage::OcrSigns => characters::sign(&mut blocks, at, chance)?,
        Damage::OcrDigits => characters::digit(&mut blocks, at, chance)?,
        Damage::OcrAlike => characters::alike(&mut blocks, at, chance)?,
        Damage::OcrLost => characters::lost(&mut blocks, at, chance)?,
        Damage::OcrStray => characters::stray(&mut blocks, at, chance)?,
        Damage::NegationLost => characters::negation(&mut blocks, at)?,
        Damage::Traditional => characters::traditional(&mut blocks)?,
        Damage::WideDigits => characters::wide(&mut blocks, at)?,
        Damage::CodeDigit => numbers::code_digit(&mut blocks, at, chance)?,
        Damage::CodeLetter => numbers::code_letter(&mut blocks, at, chance)?,
        Damage::CodeHyphens => numbers::code_hyphens(&mut blocks, at, chance)?,
        Damage::PointNumber => numbers::point(&mut blocks, at, chance)?,
        Damage::ValueDigit => numbers::value(&mut blocks, at, chance)?,
        Damage::DecimalLost => numbers::decimal(&mut blocks, at)?,
        Damage::UnitChanged => numbers::unit(&mut blocks, at)?,
        Damage::Comparison => numbers::comparison(&mut blocks, at, chance)?,
        Damage::NumberWrapped => numbers::wrapped(&mut blocks, at)?,
        Damage::MissingHeading => lines::heading(&mut blocks, first, chance)?,
        Damage::LostLine => {
            blocks.get(at)?;
            blocks.remove(at);
        }
        Damage::DoubledLine => {
            let block = blocks.get(at)?.clone();
            blocks.insert(at, block);
        }
        Damage::SwappedLines => lines::swapped(&mut blocks, at)?,
        Damage::GluedEntries => lines::glued(&mut blocks, at)?,
        Damage::SwappedColumns => tables::columns(&mut blocks, chance)?,
        Damage::SwappedCells => tables::cells(&mut blocks, chance)?,
        Damage::MergedCells => tables::merged(&mut blocks, chance)?,
    }
    Some(blocks)
}

/// Changes one text of a block, a cell of a row by chance.
fn edit(
    block: &mut Block,
    chance: &mut Chance,
    change: impl FnOnce(&mut String, &mut Chance) -> Option<()>,
) -> Option<()> {
    match block {
        Block::Line(text) => change(text, chance),
        Block::Row(cells) => {
            let cell = chance.below(cells.len());
            change(cells.get_mut(cell)?, chance)
        }
    }
}

/// Changes the first text from `at` on that `change` applies to.
fn edit_from(blocks: &mut [Block], at: usize, mut change: impl FnMut(&mut String) -> Option<()>) -> Option<()> {
    blocks.get_mut(at..)?.iter_mut().find_map(|block| match block {
        Block::Line(text) => change(text),
        Block::Row(cells) => cells.iter_mut().find_map(&mut change),
    })
}
