//! The one place that asks the machine what day it is.

use yumen_lawbook::Day;

/// Today in Beijing: the day Chinese law means, wherever the machine stands.
#[expect(
    clippy::disallowed_methods,
    reason = "the default date of a question; every crate below takes it as an argument"
)]
pub fn in_beijing() -> Day {
    let offset = jiff::tz::Offset::constant(8);
    let date = offset.to_datetime(jiff::Timestamp::now()).date();
    Day::new(date.year(), date.month(), date.day()).unwrap_or(Day::MIN)
}
