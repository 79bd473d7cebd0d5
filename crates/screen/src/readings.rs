//! Readings of Chinese characters besides the usual one in pinyin: common heteronyms, and Sino-Korean for firms of Korea.

use std::sync::LazyLock;

use crate::fold::han::simplify;
use crate::lexicon::{Map, map};

static KOREAN: LazyLock<Map<char, &'static str>> = LazyLock::new(|| table(include_str!("../data/hanja.tsv")));
static OTHER: LazyLock<Map<char, &'static str>> = LazyLock::new(|| table(include_str!("../data/heteronyms.tsv")));

fn table(text: &'static str) -> Map<char, &'static str> {
    let mut out = map();
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let mut parts = line.split('\t');
        if let (Some(reading), Some(chars)) = (parts.next(), parts.next()) {
            for c in chars.chars() {
                out.entry(simplify(c)).or_insert(reading);
            }
        }
    }
    out
}

/// Its reading in Korean, in the spelling of the north.
pub fn korean(c: char) -> Option<&'static str> {
    KOREAN.get(&c).copied()
}

/// A second reading that names really have.
pub fn other(c: char) -> Option<&'static str> {
    OTHER.get(&c).copied()
}
