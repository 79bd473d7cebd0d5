//! Days: 2025年10月9日, 二〇二五年十月九日.

use winnow::Parser as _;
use winnow::combinator::alt;
use winnow::token::take_while;
use yumen_lawbook::Day;

use super::Input;
use super::numbering::value_of;

fn number(input: &mut Input<'_>) -> winnow::Result<u32> {
    alt((
        take_while(1..=4, |c: char| c.is_ascii_digit()).try_map(str::parse::<u32>),
        take_while(1..=4, |c| "〇零○一二三四五六七八九十".contains(c))
            .verify_map(|t: &str| value_of(&t.replace('○', "〇"))),
    ))
    .parse_next(input)
}

fn gap(input: &mut Input<'_>) -> winnow::Result<()> {
    take_while(0..=2, ' ').void().parse_next(input)
}

/// A year: 2025年, 二〇二五年.
pub fn year(input: &mut Input<'_>) -> winnow::Result<i16> {
    (number, gap, "年")
        .verify_map(|(y, (), _)| i16::try_from(y).ok().filter(|y| (1949..=2100).contains(y)))
        .parse_next(input)
}

/// A day with its year.
pub fn day(input: &mut Input<'_>) -> winnow::Result<Day> {
    (year, gap, month_day).verify_map(|(y, (), (m, d))| Day::new(y, m, d)).parse_next(input)
}

/// Month and day: 10月9日.
pub fn month_day(input: &mut Input<'_>) -> winnow::Result<(i8, i8)> {
    (number, gap, "月", gap, number, gap, "日")
        .verify_map(|(m, (), _, (), d, (), _)| Some((i8::try_from(m).ok()?, i8::try_from(d).ok()?)))
        .verify(|(m, d)| (1..=12).contains(m) && (1..=31).contains(d))
        .parse_next(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::begins;

    #[test]
    fn days_in_either_writing() {
        let read = |t| begins(t, day).map(|(d, _)| d.to_string());
        assert_eq!(read("2025年10月9日").as_deref(), Some("2025-10-09"));
        assert_eq!(read("二〇二五年十月九日").as_deref(), Some("2025-10-09"));
        assert_eq!(read("2025年02月30日"), None);
    }
}
