//! Numbers of every kind: codes, points, values with their comparisons and units.

use super::edit_from;
use crate::chance::Chance;
use crate::layout::Block;

/// Where a code stands in a text: six digits and a letter.
fn code(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(6)).find(|i| {
        bytes[*i..*i + 6].iter().all(u8::is_ascii_digit)
            && matches!(bytes[*i + 6], b'J' | b'X')
            && i.checked_sub(1).is_none_or(|b| !bytes[b].is_ascii_digit())
    })
}

pub(super) fn code_digit(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let (which, step) = (chance.below(6), 1 + chance.below(9));
    edit_from(blocks, at, |text| {
        let i = code(text)? + which;
        let digit = usize::from(text.as_bytes()[i] - b'0');
        text.replace_range(i..=i, &((digit + step) % 10).to_string());
        Some(())
    })
}

pub(super) fn code_letter(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let lost = chance.once_in(2);
    edit_from(blocks, at, |text| {
        let i = code(text)? + 6;
        let other = if &text[i..=i] == "J" { "X" } else { "J" };
        text.replace_range(i..=i, if lost { "" } else { other });
        Some(())
    })
}

pub(super) fn code_hyphens(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let (place, sign) = (chance.below(3) * 2 + 2, if chance.once_in(3) { " " } else { "-" });
    edit_from(blocks, at, |text| {
        let i = code(text)? + place;
        text.insert_str(i, sign);
        Some(())
    })
}

/// `3．` to `2．` or `4．`.
pub(super) fn point(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let up = chance.once_in(2);
    edit_from(blocks, at, |text| {
        let from = text.find("控制要点：").map_or(0, |i| i + "控制要点：".len());
        let rest = text.get(from..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let stop = rest.get(digits..)?.chars().next()?;
        if digits == 0 || !"．.、".contains(stop) {
            return None;
        }
        let n: usize = rest[..digits].parse().ok()?;
        let other = if up || n == 1 { n + 1 } else { n - 1 };
        text.replace_range(from..from + digits, &other.to_string());
        Some(())
    })
}

/// Stretches of digits that stand behind a comparison.
fn values(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (i, word) in ["大于等于", "大于", "高于", "不低于", "不少于"].iter().flat_map(|w| text.match_indices(w))
    {
        let from = i + word.len();
        let length = text[from..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        if length > 0 {
            found.push((from, from + length));
        }
    }
    found
}

pub(super) fn value(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let step = 1 + chance.below(8);
    edit_from(blocks, at, |text| {
        let (from, _) = *values(text).first()?;
        let digit = usize::from(text.as_bytes()[from] - b'0');
        let other = 1 + (digit + step - 1) % 9;
        text.replace_range(from..=from, &other.to_string());
        Some(())
    })
}

pub(super) fn decimal(blocks: &mut [Block], at: usize) -> Option<()> {
    edit_from(blocks, at, |text| {
        let point = values(text).into_iter().find_map(|(from, to)| Some(from + text[from..to].find('.')?))?;
        text.remove(point);
        Some(())
    })
}

pub(super) fn unit(blocks: &mut [Block], at: usize) -> Option<()> {
    const UNITS: &[(&str, &str)] = &[("mm", "cm"), ("g/cm³", "kg/cm³"), ("℃", "K"), ("小时", "分钟"), ("%", "‰")];
    edit_from(blocks, at, |text| {
        let (_, to) = *values(text).first()?;
        let (from, other) = UNITS.iter().find(|(u, _)| text[to..].starts_with(u))?;
        text.replace_range(to..to + from.len(), other);
        Some(())
    })
}

pub(super) fn comparison(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    let lost = chance.below(3);
    edit_from(blocks, at, |text| {
        let i = text.find("大于等于")?;
        match lost {
            0 => text.replace_range(i..i + "大于等于".len(), "大于"),
            1 => text.replace_range(i..i + "大于等于".len(), "小于等于"),
            _ => text.replace_range(i..i + "大于等于".len(), ""),
        }
        Some(())
    })
}

/// A number broken over two lines, as a printer does that knows no words.
pub(super) fn wrapped(blocks: &mut Vec<Block>, at: usize) -> Option<()> {
    let (which, cut) = blocks.iter().enumerate().skip(at).find_map(|(i, block)| match block {
        // Only a line that is full can be broken there.
        Block::Line(text) => values(text)
            .into_iter()
            .find(|(from, to)| {
                to - from > 1 && crate::forms::width(&text[..*from]) >= 62 && crate::forms::width(&text[..*from]) < 74
            })
            .map(|(from, _)| (i, from + 1)),
        Block::Row(_) => None,
    })?;
    let Block::Line(text) = blocks.get_mut(which)? else { return None };
    let rest = text.split_off(cut);
    blocks.insert(which + 1, Block::Line(rest));
    Some(())
}
