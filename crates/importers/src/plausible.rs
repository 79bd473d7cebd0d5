//! Whether words are plausibly what was printed: what OCR and broken fonts make of Chinese legal text, held against the words the
//! book knows.

use std::collections::BTreeSet;

use yumen_assess::is_han;
use yumen_lawbook::{Bilingual, Book};

/// Characters that are taken for each other; each group once.
const ALIKE: &[&str] = &[
    "己已巳", "未末", "土士", "日曰", "人入八", "大太犬", "干千于", "天夫", "间问闻", "拔拨", "侯候", "冶治", "析折", "戊戍戌", "钛钦",
    "铁轶", "术木本", "料科", "微徵", "贝见", "晶品", "枝技", "密蜜", "氧氮氢氦", "铝铅铂", "钢铜钠", "锂锡锗", "制剂", "密宓", "目自白",
    "材村", "热执", "受爱", "电申由甲", "力刀九", "设没", "准淮", "遥谣", "特持", "测侧", "含合", "传侍", "线钱", "粒拉", "炼练", "锻缎",
    "熔溶", "燃然", "激徼", "网冈", "光先", "元无", "化代", "厂广", "几儿", "乌鸟", "冰水", "西酉", "卷券", "味昧", "母毋", "洒酒", "王玉主",
    "竞竟", "斤斥", "旦且", "导异", "类娄", "系糸", "苗田", "仪议", "仅汉",
];

/// What the book's own words look like.
pub(crate) struct Plausible {
    characters: BTreeSet<char>,
    pairs: BTreeSet<(char, char)>,
}

impl Plausible {
    /// From every Chinese word of a book.
    pub(crate) fn of(book: &Book) -> Self {
        let mut known = Self { characters: BTreeSet::new(), pairs: BTreeSet::new() };
        for version in book.lists.values().flat_map(|l| l.history.versions()) {
            known.learn(&version.entry.name.zh);
            version.entry.points.iter().for_each(|p| {
                known.learn(&p.text.zh);
                known.learn(&p.note.zh);
            });
        }
        for concept in book.lexicon.iter() {
            concept.zh.iter().chain(&concept.trade).for_each(|w| known.learn(w));
        }
        for text in book.exclusions.iter().map(|e| &e.text.zh).chain(book.properties.values().map(|p| &p.name.zh)) {
            known.learn(text);
        }
        for instrument in book.instruments.values() {
            known.learn(&instrument.title.zh);
            known.learn(&instrument.note.zh);
        }
        for clause in book.measures.values().flat_map(|m| &m.clause) {
            known.learn(&clause.text.zh);
        }
        known
    }

    fn learn(&mut self, text: &str) {
        let mut before = None;
        for c in text.chars() {
            if is_han(c) {
                self.characters.insert(c);
                if let Some(before) = before {
                    self.pairs.insert((before, c));
                }
            }
            before = is_han(c).then_some(c);
        }
    }

    /// What in the words looks wrongly read.
    pub(crate) fn doubts(&self, words: &str) -> Vec<Bilingual> {
        let chars: Vec<char> = words.chars().collect();
        let mut doubts: Vec<Bilingual> = Vec::new();
        let mut tell = |zh: String, en: String| {
            let doubt = Bilingual::new(zh, en);
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        };
        for (i, c) in chars.iter().copied().enumerate() {
            let before = i.checked_sub(1).map(|b| chars[b]);
            let after = chars.get(i + 1).copied();
            if c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c) || matches!(c, '□' | '■' | '?' | '�') {
                tell(format!("有无法显示的字符“{c}”"), format!("a character that cannot be shown: {c:?}"));
            } else if is_han(c) {
                self.han(c, before, after, &mut tell);
            } else if is_misread_digit(&chars, i) {
                let around: String = chars[i.saturating_sub(3)..chars.len().min(i + 4)].iter().collect();
                tell(format!("“{around}”中字母与数字混杂"), format!("letters among digits in {around:?}"));
            } else if "，。；、：,;:".contains(c) && after.is_some_and(|a| "，。；、：,;:".contains(a)) {
                tell("标点重复".to_owned(), "two punctuation marks in a row".to_owned());
            } else if c.is_ascii_punctuation() && !".,-+*/()[]<>=%:;'\"&#_@~^|!".contains(c) {
                tell(format!("少见的符号“{c}”"), format!("an unusual sign {c:?}"));
            } else if c.is_ascii_alphabetic() && alone_in_han(before, after) && !"a b c d e f g h K k V W A C N T H P L".contains(c) {
                tell(format!("汉字之间的字母“{c}”"), format!("a letter {c:?} between characters"));
            } else if ".'`^~|_".contains(c) && before.is_some_and(is_han) && after.is_some_and(is_han) {
                tell(format!("汉字之间的符号“{c}”"), format!("a sign {c:?} between characters"));
            }
        }
        let count = |open: &str, close: &str| {
            let n = |set: &str| words.chars().filter(|c| set.contains(*c)).count();
            n(open) != n(close)
        };
        if count("（(", "）)") || count("“", "”") || count("《", "》") || count("【", "】") {
            tell("括号或引号不成对".to_owned(), "brackets or quotes do not pair".to_owned());
        }
        doubts
    }

    fn han(&self, c: char, before: Option<char>, after: Option<char>, tell: &mut impl FnMut(String, String)) {
        let seen = |a: Option<char>, b: Option<char>| match (a, b) {
            (Some(a), Some(b)) if is_han(a) && is_han(b) => Some(self.pairs.contains(&(a, b))),
            _ => None,
        };
        let here = [seen(before, Some(c)), seen(Some(c), after)];
        if here.contains(&Some(true)) && !here.contains(&Some(false)) {
            return;
        }
        let Some(group) = ALIKE.iter().find(|g| g.contains(c)) else {
            if !self.characters.contains(&c) && !here.contains(&Some(true)) {
                tell(format!("“{c}”字在本库中从未出现，请核对"), format!("the character {c:?} occurs nowhere in the book: compare it"));
            }
            return;
        };
        for other in group.chars().filter(|o| *o != c) {
            let there = [seen(before, Some(other)), seen(Some(other), after)];
            let known = |s: &[Option<bool>; 2]| s.iter().filter(|x| **x == Some(true)).count();
            if known(&there) > known(&here) {
                tell(format!("“{c}”可能是“{other}”之误"), format!("{c:?} may have been misread for {other:?}"));
            }
        }
    }
}

fn alone_in_han(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_han) && after.is_some_and(is_han)
}

/// `1O0`, `5l0`: letters that OCR takes for digits, with a digit on one side and no word on the other.
fn is_misread_digit(chars: &[char], i: usize) -> bool {
    let c = chars[i];
    if !matches!(c, 'O' | 'o' | 'l' | 'I' | 'S' | 'B' | 'Z') {
        return false;
    }
    let before = i.checked_sub(1).map(|b| chars[b]);
    let after = chars.get(i + 1).copied();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    (digit(before) && !word(after)) || (digit(after) && !word(before))
}
