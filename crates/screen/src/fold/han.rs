//! Chinese characters: one form for traditional, simplified and Japanese writing; readings in pinyin.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use pinyin::ToPinyinMulti as _;

use super::script::is_han;

const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// Character by character, so that a name never depends on what the converter makes of the words around.
static SIMPLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (FIRST..=LAST).map(|c| u16::try_from(c).unwrap_or(0)).collect();
    let all: String = (FIRST..=LAST).filter_map(char::from_u32).flat_map(|c| [c, '\n']).collect();
    let convert = |text: &str, config| OpenCC::from_config(config).ok().map(|c| c.convert(text));
    let folded = convert(&all, BuiltinConfig::Jp2t).and_then(|t| convert(&t, BuiltinConfig::T2s));
    if let Some(folded) = folded {
        for (slot, line) in table.iter_mut().zip(folded.lines()) {
            let mut chars = line.chars();
            if let (Some(c), None) = (chars.next(), chars.next())
                && let Ok(c) = u16::try_from(u32::from(c))
            {
                *slot = c;
            }
        }
    }
    // Folding twice must change nothing: follow every character to the end of its way.
    for at in 0..table.len() {
        for _ in 0..4 {
            let next = usize::from(table[at]).checked_sub(FIRST as usize).and_then(|i| table.get(i)).copied();
            match next {
                Some(next) if next != table[at] => table[at] = next,
                _ => break,
            }
        }
    }
    table
});

/// The simplified form of a character.
pub fn simplify(c: char) -> char {
    let code = u32::from(c);
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    let found = SIMPLE.get(usize::try_from(code - FIRST).unwrap_or(usize::MAX)).copied();
    found.and_then(|c| char::from_u32(u32::from(c))).unwrap_or(c)
}

/// Simplifies every character of a word.
pub fn simplify_all(text: &str) -> String {
    text.chars().map(simplify).collect()
}

/// Most readings of one character that are considered.
pub const MOST_READINGS: usize = 4;

/// Every reading of every character, worked out once: alignment asks for them in its innermost loop.
static READINGS: LazyLock<Vec<Box<[&'static str]>>> =
    LazyLock::new(|| (FIRST..=LAST).map(|c| char::from_u32(c).map(read).unwrap_or_default()).collect());

/// Its readings in pinyin without tones, the usual one first; ü is written v.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let at = u32::from(c).checked_sub(FIRST).and_then(|i| usize::try_from(i).ok());
    at.and_then(|i| READINGS.get(i)).into_iter().flat_map(|r| r.iter().copied())
}

fn read(c: char) -> Box<[&'static str]> {
    let multi = if is_han(c) { c.to_pinyin_multi() } else { None };
    let mut seen: Vec<&'static str> = Vec::new();
    for reading in multi.into_iter().flatten() {
        // The crate writes ü; names in Latin letters have v or u.
        let plain = match reading.plain() {
            "lü" => "lv",
            "nü" => "nv",
            "lüe" => "lve",
            "nüe" => "nve",
            other => other,
        };
        if !seen.contains(&plain) && plain.is_ascii() {
            seen.push(plain);
        }
        if seen.len() == MOST_READINGS {
            break;
        }
    }
    seen.into_boxed_slice()
}

/// The usual reading; as a family name where `family` is set.
#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
pub fn reading(c: char, family: bool) -> Option<&'static str> {
    if family {
        let special = match c {
            '单' => "shan",
            '曾' => "zeng",
            '仇' => "qiu",
            '查' => "zha",
            '解' => "xie",
            '区' => "ou",
            '盖' => "ge",
            '尉' => "wei",
            '任' => "ren",
            '朴' => "piao",
            '翟' => "zhai",
            '冼' => "xian",
            '洗' => "xian",
            '员' => "yun",
            '乐' => "yue",
            _ => "",
        };
        if !special.is_empty() {
            return Some(special);
        }
    }
    // The first reading of the table is not always the one names have.
    let usual = match c {
        '长' => "chang",
        '都' => "du",
        '重' => "chong",
        '行' => "xing",
        '广' => "guang",
        '厦' => "xia",
        '大' => "da",
        '系' => "xi",
        '会' => "hui",
        '石' => "shi",
        '车' => "che",
        '万' => "wan",
        '盛' => "sheng",
        '汤' => "tang",
        '正' => "zheng",
        '中' => "zhong",
        '合' => "he",
        '和' => "he",
        '信' => "xin",
        '南' => "nan",
        '贸' => "mao",
        _ => "",
    };
    if usual.is_empty() { readings(c).next() } else { Some(usual) }
}
