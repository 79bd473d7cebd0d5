//! Whether words are plausibly what was printed: what OCR and broken fonts make of Chinese legal text, held against the words the
//! book knows.

use std::collections::{BTreeMap, BTreeSet};

use yumen_assess::is_han;
use yumen_lawbook::{Bilingual, Book};

use crate::grammar::{codes, finds};

/// Characters that are taken for each other; each group once.
const ALIKE: &[&str] = &[
    "己已巳",
    "未末",
    "土士",
    "日曰",
    "人入八",
    "大太犬",
    "干千于",
    "天夫",
    "间问闻",
    "拔拨",
    "侯候",
    "冶治",
    "析折",
    "戊戍戌",
    "钛钦",
    "铁轶",
    "术木本",
    "料科",
    "微徵",
    "贝见",
    "晶品",
    "枝技",
    "密蜜",
    "氧氮氢氦",
    "铝铅铂",
    "钢铜钠",
    "锂锡锗",
    "制剂",
    "密宓",
    "目自白",
    "材村",
    "热执",
    "受爱",
    "电申由甲",
    "力刀九",
    "设没",
    "准淮",
    "遥谣",
    "特持",
    "用甩",
    "纯钝",
    "磷碘",
    "硅硪",
    "度庹",
    "测侧",
    "含合台",
    "传侍",
    "线钱",
    "粒拉",
    "炼练",
    "锻缎",
    "熔溶",
    "燃然",
    "激徼",
    "网冈",
    "光先",
    "元无",
    "化代",
    "厂广",
    "几儿",
    "乌鸟",
    "冰水",
    "西酉",
    "卷券",
    "味昧",
    "母毋",
    "洒酒",
    "王玉主工",
    "竞竟",
    "斤斥",
    "旦且",
    "导异",
    "类娄",
    "系糸",
    "苗田",
    "仪议",
    "仅汉",
];

/// What the book's own words look like.
pub(crate) struct Plausible {
    characters: BTreeSet<char>,
    pairs: BTreeSet<(char, char)>,
    /// Characters on both sides of a comma.
    parted: BTreeSet<(char, char)>,
    /// Terms of the lexicon of three characters or more.
    terms: BTreeSet<Vec<char>>,
    /// How often two characters follow each other in the document itself.
    document: BTreeMap<(char, char), u32>,
}

/// What the words of a line look like.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// What is probably wrong.
    pub doubts: Vec<Bilingual>,
    /// What is new to the book and worth a look.
    pub eyes: Vec<Bilingual>,
}

impl Plausible {
    /// From every Chinese word of a book.
    pub(crate) fn of(book: &Book, document: &[String]) -> Self {
        let mut known = Self {
            characters: BTreeSet::new(),
            pairs: BTreeSet::new(),
            parted: BTreeSet::new(),
            terms: BTreeSet::new(),
            document: BTreeMap::new(),
        };
        for paragraph in document {
            // A slip is made once; what a document says in two places it means.
            let here: BTreeSet<(char, char)> =
                paragraph.chars().zip(paragraph.chars().skip(1)).filter(|(a, b)| is_han(*a) && is_han(*b)).collect();
            for pair in here {
                *known.document.entry(pair).or_default() += 1;
            }
        }
        let long = |w: &&String| w.chars().count() >= 3 && w.chars().all(is_han);
        known.terms.extend(book.lexicon.iter().flat_map(|c| c.zh.iter().filter(long)).map(|w| w.chars().collect()));
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
        let chars: Vec<char> = text.chars().collect();
        for three in chars.windows(3) {
            if is_han(three[0]) && matches!(three[1], '，' | '、') && is_han(three[2]) {
                self.parted.insert((three[0], three[2]));
            }
        }
        let mut before = None;
        for c in chars {
            if is_han(c) {
                self.characters.insert(c);
                if let Some(before) = before {
                    self.pairs.insert((before, c));
                }
            }
            before = is_han(c).then_some(c);
        }
    }

    /// True where the book, or the document in two other places, has the characters side by side.
    fn knows(&self, a: char, b: char) -> bool {
        self.pairs.contains(&(a, b)) || self.document.get(&(a, b)).is_some_and(|n| *n >= 3)
    }

    /// What in the words looks wrongly read, and what is new.
    pub(crate) fn look(&self, words: &str) -> Look {
        let chars: Vec<char> = words.chars().collect();
        let mut look = Look::default();
        let doubts = &mut look.doubts;
        let mut tell = |zh: String, en: String| {
            let doubt = Bilingual::new(zh, en);
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        };
        for (i, c) in chars.iter().copied().enumerate() {
            let before = i.checked_sub(1).map(|b| chars[b]);
            let after = chars.get(i + 1).copied();
            if c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c) || "□■?|~`^_\\".contains(c) {
                tell(format!("有可疑的符号“{c}”"), format!("a suspicious sign {c:?}"));
            } else if is_han(c) {
                self.han(c, before, after, &mut tell);
                self.term(&chars, i, &mut tell);
            } else if is_misread_digit(&chars, i) {
                let around: String = chars[i.saturating_sub(3)..chars.len().min(i + 4)].iter().collect();
                tell(format!("“{around}”中字母与数字混杂"), format!("letters among digits in {around:?}"));
            } else if MARKS.contains(c) && after.is_some_and(|a| MARKS.contains(a)) {
                tell("标点重复".to_owned(), "two punctuation marks in a row".to_owned());
            } else if MARKS.contains(c)
                && (i == 0 || after.is_some_and(|a| "）)”".contains(a)) || before.is_some_and(|b| "（(“".contains(b)))
            {
                tell("标点位置异常".to_owned(), "a punctuation mark where none belongs".to_owned());
            } else if "，、".contains(c) && self.never_parts(before, after) {
                tell(
                    format!("“{c}”把通常相连的两个字隔开"),
                    format!("{c:?} parts two characters that usually stand together"),
                );
            } else if "〈〉＞＜×".contains(c) && !is_size(before, after) {
                tell(format!("少见的符号“{c}”"), format!("an unusual sign {c:?}"));
            } else if c.is_ascii_alphabetic() && alone_in_han(before, after) && !"abcdefghKkVWACNTHPLMRXYZ".contains(c)
            {
                tell(format!("汉字之间的字母“{c}”"), format!("a letter {c:?} between characters"));
            } else if !c.is_ascii()
                && !c.is_alphanumeric()
                && alone_in_han(before, after)
                && !"，。；、：（）“”‘’《》〈〉【】〔〕—…·～－×℃%‰".contains(c)
            {
                tell(format!("汉字之间的符号“{c}”"), format!("a sign {c:?} between characters"));
            } else if ".'".contains(c) && (before.is_some_and(is_han) || after.is_some_and(is_han)) {
                tell(format!("汉字旁的符号“{c}”"), format!("a sign {c:?} beside characters"));
            }
        }
        if let Some(at) = words.find("以外").or_else(|| words.find("除外"))
            && !words[..at].contains('除')
            && !words[at..].starts_with("除外")
        {
            tell("“以外”之前没有“除”".to_owned(), "an exception ends that begins nowhere".to_owned());
        }
        if chars.last().is_some_and(|c| "、，,（(“".contains(*c)) {
            tell("结尾不完整".to_owned(), "the end is not an end".to_owned());
        }
        // 「I．油漆」, 「1，除……」: a number that was not read as one.
        let head: Vec<char> = chars.iter().copied().take_while(char::is_ascii_alphanumeric).collect();
        if (1..=2).contains(&head.len()) && chars.get(head.len()).is_some_and(|c| "，．.、,:：".contains(*c)) {
            tell("开头的序号没有识别".to_owned(), "a number at the head was not read as one".to_owned());
        }
        let count = |set: &str| words.chars().filter(|c| set.contains(*c)).count();
        if count("（(") != count("）)")
            || count("“") != count("”")
            || count("《") != count("》")
            || count("【") != count("】")
        {
            tell("括号或引号不成对".to_owned(), "brackets or quotes do not pair".to_owned());
        }
        let new: Vec<String> = chars
            .windows(2)
            .filter(|w| is_han(w[0]) && is_han(w[1]) && !self.knows(w[0], w[1]))
            .map(|w| w.iter().collect())
            .collect();
        if !new.is_empty() {
            let list = new.join("、");
            look.eyes.push(Bilingual::new(
                format!("本库未见的字词连接：{list}，请核对有无漏字、错字"),
                format!(
                    "characters that do not stand together anywhere in the book: {list}; compare for lost or wrong ones"
                ),
            ));
        }
        look
    }

    /// A comma between two characters that stand together in the book and never with a comma between them.
    fn never_parts(&self, before: Option<char>, after: Option<char>) -> bool {
        matches!((before, after), (Some(a), Some(b)) if is_han(a) && is_han(b)
            && self.pairs.contains(&(a, b)) && !self.parted.contains(&(a, b)))
    }

    /// A term of the lexicon with one character taken for another: 二氮化碲 for 二氧化碲.
    fn term(&self, chars: &[char], i: usize, tell: &mut impl FnMut(String, String)) {
        let Some(group) = ALIKE.iter().find(|g| g.contains(chars[i])) else { return };
        for length in 3..=8_usize {
            for start in (i + 1).saturating_sub(length)..=i {
                let Some(window) = chars.get(start..start + length) else { continue };
                if self.terms.contains(window) {
                    return;
                }
                let mut other = window.to_vec();
                for c in group.chars().filter(|c| *c != chars[i]) {
                    other[i - start] = c;
                    if self.terms.contains(&other) {
                        let (here, there): (String, String) = (window.iter().collect(), other.iter().collect());
                        tell(
                            format!("“{here}”可能是“{there}”之误"),
                            format!("{here:?} may have been misread for {there:?}"),
                        );
                    }
                }
            }
        }
    }

    fn han(&self, c: char, before: Option<char>, after: Option<char>, tell: &mut impl FnMut(String, String)) {
        let seen = |a: Option<char>, b: Option<char>| match (a, b) {
            (Some(a), Some(b)) if is_han(a) && is_han(b) => Some(self.knows(a, b)),
            _ => None,
        };
        let here = [seen(before, Some(c)), seen(Some(c), after)];
        if here.contains(&Some(true)) && !here.contains(&Some(false)) {
            return;
        }
        let Some(group) = ALIKE.iter().find(|g| g.contains(c)) else {
            if !self.characters.contains(&c) && !here.contains(&Some(true)) {
                tell(
                    format!("“{c}”字在本库中从未出现，请核对"),
                    format!("the character {c:?} occurs nowhere in the book: compare it"),
                );
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

/// Words that turn a threshold round, or make it another.
const COMPARISONS: &[&str] =
    &["大于", "小于", "高于", "低于", "不少于", "少于", "多于", "超过", "优于", "以上", "以下", "以内"];

/// What a reader should hold against the original, figure by figure: numbers with what stands around them, and comparisons.
pub(crate) fn figures(words: &str) -> Option<Bilingual> {
    let chars: Vec<char> = words.chars().collect();
    let codes: Vec<(usize, usize)> = finds(words, codes::any_code)
        .into_iter()
        .map(|(from, to, _)| (words[..from].chars().count(), words[..to].chars().count()))
        .collect();
    let mut shown: Vec<String> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() || codes.iter().any(|(from, to)| (*from..*to).contains(&at)) {
            at += 1;
            continue;
        }
        let start = (0..at).rev().take(4).take_while(|i| is_han(chars[*i])).last().unwrap_or(at);
        while at < chars.len() && !is_han(chars[at]) && !MARKS.contains(chars[at]) {
            at += 1;
        }
        shown.push(chars[start..at].iter().collect());
    }
    // 以下 and 以上 without a number only point to other words.
    let compared = COMPARISONS.iter().any(|w| !w.starts_with('以') && words.contains(w));
    if shown.is_empty() && !compared {
        return None;
    }
    let list = if shown.is_empty() { words.to_owned() } else { shown.join("、") };
    Some(Bilingual::new(format!("数值和比较词请核对：{list}"), format!("compare the figures and comparisons: {list}")))
}

fn alone_in_han(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_han) && after.is_some_and(is_han)
}

const MARKS: &str = "，。；、：,;:";

/// `120×120`: a size.
fn is_size(before: Option<char>, after: Option<char>) -> bool {
    let side = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == ' ');
    side(before) && side(after)
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
