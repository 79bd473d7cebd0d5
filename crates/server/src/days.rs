//! Days as people write them, and the span of time the book can speak of.

use yumen_lawbook::{Book, Day};

use crate::problem::Problem;

/// How far ahead the law can be asked for, in years: notices name their ends a year ahead, calendars are published for one.
const AHEAD: i32 = 2;

/// A day in one of the forms people write: `2026-11-27`, `2026/11/27`, `2026.11.27`, `20261127`, `2026年11月27日`.
pub fn read(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let folded: String = yumen_assess::fold(text).lower.into_iter().collect();
    if folded.len() == 8 && folded.bytes().all(|b| b.is_ascii_digit()) {
        return whole(&folded[..4], &folded[4..6], &folded[6..]);
    }
    let plain = folded.trim_end_matches('日').replace(['/', '.', '年', '月', ' '], "-");
    let mut parts = plain.split('-').filter(|p| !p.is_empty());
    let day = whole(parts.next()?, parts.next()?, parts.next()?);
    day.filter(|_| parts.next().is_none())
}

fn whole(year: &str, month: &str, day: &str) -> Option<Day> {
    let number = |text: &str, most: usize| {
        (text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<i16>().ok()).flatten()
    };
    let (month, day) = (number(month, 2)?, number(day, 2)?);
    let year = number(year, 4).filter(|y| *y >= 1000)?;
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The first and the last day the book can be asked about: from its first recorded act to two years from today.
pub fn span(book: &Book, today: Day) -> (Day, Day) {
    let acts = book.instruments.values().filter_map(|i| i.effective.or(i.issued));
    let editions = book.lists.values().flat_map(|l| &l.editions).map(|e| e.published.min(e.effective));
    let first = acts.chain(editions).min().unwrap_or(Day::MIN);
    (first.min(today), today.plus_years(AHEAD))
}

/// The day, where the book can speak of it.
///
/// # Errors
/// Where it cannot; the problem says from when to when it can.
pub fn within(book: &Book, today: Day, field: &str, day: Day) -> Result<Day, Problem> {
    let (first, last) = span(book, today);
    if (first..=last).contains(&day) {
        return Ok(day);
    }
    Err(Problem::bad(
        "day_out_of_range",
        format!("{day} 超出本书可以回答的范围：{first} 至 {last}。"),
        format!("The book cannot speak of {day}: it can of days from {first} to {last}."),
    )
    .at(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let day = Day::new(2026, 11, 7);
        for text in [
            "2026-11-07",
            "2026-11-7",
            "2026/11/07",
            "2026.11.7",
            "20261107",
            "2026年11月7日",
            " ２０２６年１１月０７日 ",
            "2026 11 07",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        for text in
            ["", "yesterday", "11/07/2026", "2026-11", "2026-11-07-01", "2026-02-30", "202611", "2026年", "7.11.26"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_span_begins_with_the_first_act_and_ends_in_two_years() {
        let book = yumen_embedded::book().unwrap();
        let today = Day::new(2026, 11, 27).unwrap();
        let (first, last) = span(&book, today);
        assert_eq!(last, Day::new(2028, 11, 27).unwrap());
        assert!(first < Day::new(2002, 1, 1).unwrap() && first > Day::new(1949, 1, 1).unwrap(), "{first}");
        assert_eq!(within(&book, today, "on", Day::MAX).unwrap_err().code, "day_out_of_range");
        assert_eq!(within(&book, today, "on", today).unwrap(), today);
    }
}
