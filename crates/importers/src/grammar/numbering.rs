//! How Chinese legal texts number their parts: 一、 （一） 1. （1） a. ①.

use winnow::Parser as _;
use winnow::combinator::{alt, delimited, opt, peek, terminated};
use winnow::token::{one_of, take_while};

use super::{Input, begins};

/// A number at the head of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// 一、
    Chinese(u32),
    /// （一）
    InnerChinese(u32),
    /// 1. 1．1、
    Digit(u32),
    /// （1） 1）
    InnerDigit(u32),
    /// a. a．
    Letter(char),
    /// （a）
    InnerLetter(char),
    /// ①
    Circled(u32),
}

/// 一 to 九十九, also written 〇 and 零.
pub fn chinese_number(input: &mut Input<'_>) -> winnow::Result<u32> {
    take_while(1..=5, |c| "〇零一二三四五六七八九十百".contains(c)).verify_map(value_of).parse_next(input)
}

/// The value of a number in Chinese characters.
pub fn value_of(text: &str) -> Option<u32> {
    let digit = |c| "〇一二三四五六七八九".chars().position(|d| d == c).or((c == '零').then_some(0));
    let mut total = 0_u32;
    let mut current: Option<u32> = None;
    for c in text.chars() {
        match c {
            '百' => total += current.take().unwrap_or(1) * 100,
            '十' => total += current.take().unwrap_or(1) * 10,
            c => {
                let value = u32::try_from(digit(c)?).ok()?;
                // 二〇二五: digits one after the other.
                current = Some(current.map_or(value, |held| held * 10 + value));
            }
        }
    }
    Some(total + current.unwrap_or(0))
}

fn digits(input: &mut Input<'_>) -> winnow::Result<u32> {
    take_while(1..=3, |c: char| c.is_ascii_digit()).try_map(str::parse::<u32>).parse_next(input)
}

fn point(input: &mut Input<'_>) -> winnow::Result<()> {
    // 1.5 is a number, not the first item: no digit may follow the point, unless it begins a code (1．1C117.a项).
    let digit = peek(winnow::combinator::not(one_of('0'..='9')));
    let code = peek(super::codes::control).void();
    (one_of(['.', '．', '、', '﹒', '·']), alt((digit, code))).void().parse_next(input)
}

fn open(input: &mut Input<'_>) -> winnow::Result<char> {
    one_of(['（', '(', '〔']).parse_next(input)
}

fn close(input: &mut Input<'_>) -> winnow::Result<char> {
    one_of(['）', ')', '〕']).parse_next(input)
}

fn letter(input: &mut Input<'_>) -> winnow::Result<char> {
    one_of('a'..='z').parse_next(input)
}

fn gap(input: &mut Input<'_>) -> winnow::Result<()> {
    take_while(0..=4, ' ').void().parse_next(input)
}

/// A number at the head of a paragraph, with the blanks after it.
pub fn mark(input: &mut Input<'_>) -> winnow::Result<Mark> {
    terminated(
        alt((
            terminated(chinese_number, one_of(['、', '．', '.'])).map(Mark::Chinese),
            delimited(open, chinese_number, (close, opt(one_of(['、', '.'])))).map(Mark::InnerChinese),
            delimited(open, digits, close).map(Mark::InnerDigit),
            delimited(open, letter, close).map(Mark::InnerLetter),
            terminated(digits, (gap, point)).map(Mark::Digit),
            terminated(digits, one_of(['）', ')'])).map(Mark::InnerDigit),
            terminated(letter, (gap, one_of(['.', '．', '、']))).map(Mark::Letter),
            one_of('①'..='⑳').map(|c| Mark::Circled(c as u32 - '①' as u32 + 1)),
        )),
        gap,
    )
    .parse_next(input)
}

/// The number a paragraph begins with, and where its words begin.
pub fn of(text: &str) -> Option<(Mark, usize)> {
    begins(text, mark)
}

/// Words that begin a part of a notice or an entry.
const LABELS: &[&str] = &[
    "编号",
    "技术名称",
    "控制要点",
    "名称",
    "说明",
    "技术说明",
    "注：",
    "注:",
    "附件",
    "附：",
    "附:",
    "地址",
    "邮编",
    "常用名称",
    "第一部分",
    "第二部分",
    "禁止出口部分",
    "限制出口部分",
    "序号",
    "【",
];

/// True where a line begins something of its own by its number or label.
pub fn opens(text: &str) -> bool {
    opens_strongly(text) || of(text).is_some() || LABELS.iter().any(|l| text.starts_with(l)) || starts_with_code(text)
}

/// True where a line certainly begins something of its own: bracketed numbers may also stand inside a sentence.
pub fn opens_strongly(text: &str) -> bool {
    matches!(of(text), Some((Mark::Chinese(_) | Mark::InnerChinese(_) | Mark::Digit(_) | Mark::Letter(_), _)))
        || LABELS.iter().any(|l| {
            text.strip_prefix(l)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['：', ':']) || l.chars().count() > 3)
        })
}

fn starts_with_code(text: &str) -> bool {
    begins(text, super::codes::any_code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_numbering_is_read() {
        fn read(t: &str) -> Option<(Mark, &str)> {
            of(t).map(|(m, at)| (m, &t[at..]))
        }
        assert_eq!(read("一、钨相关物项"), Some((Mark::Chinese(1), "钨相关物项")));
        assert_eq!(read("（十二）物项"), Some((Mark::InnerChinese(12), "物项")));
        assert_eq!(read("1．仲钨酸铵"), Some((Mark::Digit(1), "仲钨酸铵")));
        assert_eq!(read("23. 金属钬"), Some((Mark::Digit(23), "金属钬")));
        assert_eq!(read("(3)连续"), Some((Mark::InnerDigit(3), "连续")));
        assert_eq!(read("a．非1C226"), Some((Mark::Letter('a'), "非1C226")));
        assert_eq!(read("②第二"), Some((Mark::Circled(2), "第二")));
        assert_eq!(read("1.5 g/cm3以上"), None);
        assert_eq!(read("十年"), None);
    }

    #[test]
    fn years_in_characters_are_numbers() {
        assert_eq!(value_of("二〇二五"), Some(2025));
        assert_eq!(value_of("二十一"), Some(21));
        assert_eq!(value_of("一百零三"), Some(103));
    }
}
