//! Characters misread, lost, put in, or written otherwise.

use super::{edit, edit_from};
use crate::chance::Chance;
use crate::layout::Block;

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
const DIGITS: &[(char, char)] = &[
    ('0', 'O'),
    ('0', 'o'),
    ('0', 'D'),
    ('1', 'l'),
    ('1', 'I'),
    ('1', '|'),
    ('5', 'S'),
    ('6', 'b'),
    ('8', 'B'),
    ('9', 'g'),
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
    ('硅', '硪'),
    ('磷', '碘'),
    ('纯', '钝'),
    ('度', '庹'),
    ('合', '台'),
    ('工', '王'),
    ('品', '晶'),
    ('化', '代'),
    ('用', '甩'),
    ('于', '干'),
];

fn substitute(blocks: &mut [Block], at: usize, table: &[(char, char)], chance: &mut Chance) -> Option<()> {
    edit(blocks.get_mut(at)?, chance, |text, chance| {
        let places: Vec<(usize, char, char)> = text
            .char_indices()
            .flat_map(|(i, c)| table.iter().filter(move |(from, _)| *from == c).map(move |(from, to)| (i, *from, *to)))
            .collect();
        let (i, from, to) = *chance.pick(&places)?;
        text.replace_range(i..i + from.len_utf8(), &to.to_string());
        Some(())
    })
}

pub(super) fn sign(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    substitute(blocks, at, SIGNS, chance)
}

pub(super) fn digit(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    substitute(blocks, at, DIGITS, chance)
}

pub(super) fn alike(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    substitute(blocks, at, ALIKE, chance)
}

pub(super) fn lost(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    edit(blocks.get_mut(at)?, chance, |text, chance| {
        let chars: Vec<usize> = text.char_indices().filter(|(_, c)| yumen_assess::is_han(*c)).map(|(i, _)| i).collect();
        text.remove(*chance.pick(&chars)?);
        Some(())
    })
}

pub(super) fn stray(blocks: &mut [Block], at: usize, chance: &mut Chance) -> Option<()> {
    edit(blocks.get_mut(at)?, chance, |text, chance| {
        let chars: Vec<usize> = text.char_indices().skip(3).map(|(i, _)| i).collect();
        let i = *chance.pick(&chars)?;
        text.insert(i, *chance.pick(&['.', '\'', '|', 'i', '~', '□', '、', '，', '丨', '°'])?);
        Some(())
    })
}

/// 不低于 to 低于, 除…以外 to …以外.
pub(super) fn negation(blocks: &mut [Block], at: usize) -> Option<()> {
    edit_from(blocks, at, |text| {
        let i = text.find("不低于").or_else(|| text.find("不少于")).or_else(|| text.find('除'))?;
        text.remove(i);
        Some(())
    })
}

pub(super) fn traditional(blocks: &mut [Block]) -> Option<()> {
    use ferrous_opencc::OpenCC;
    use ferrous_opencc::config::BuiltinConfig;
    let converter = OpenCC::from_config(BuiltinConfig::S2t).ok()?;
    for block in blocks {
        match block {
            Block::Line(text) => *text = converter.convert(text),
            Block::Row(cells) => cells.iter_mut().for_each(|c| *c = converter.convert(c)),
        }
    }
    Some(())
}

pub(super) fn wide(blocks: &mut [Block], at: usize) -> Option<()> {
    edit_from(blocks, at, |text| {
        let wide: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c })
            .collect();
        (wide != *text).then(|| *text = wide)
    })
}
