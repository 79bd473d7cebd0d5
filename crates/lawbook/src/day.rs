//! Civil days: the only notion of time the law book has.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day in Beijing, written `2026-11-21`.
///
/// Chinese periods and dates of effect are days, not instants, so the book never holds a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// What was wrong with a written day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day: write it as YYYY-MM-DD, for example 2025-07-15")]
pub struct BadDay(pub String);

impl Day {
    /// A day from its parts, or `None` where no such day exists.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }

    /// The year, for the choice of calendar.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The first day that can be written.
    pub const MIN: Self = Self(Date::constant(1, 1, 1));
    /// The last day that can be written.
    pub const MAX: Self = Self(Date::constant(9999, 12, 31));

    /// True for Saturday and Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// Weekday number, Monday 1 to Sunday 7.
    pub fn weekday_number(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// This day moved by `days` calendar days (negative: back), held within the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days.days()))
    }

    /// This day moved by whole months; a day that the month lacks becomes its last day (31 January + 1 month = 28 February).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// This day moved by whole years.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years.saturating_mul(12))
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus_days(-1)
    }
}

impl Day {
    /// The day as a number: 20200828.
    fn packed(self) -> u32 {
        let part = |n: i32| u32::try_from(n).unwrap_or(0);
        part(i32::from(self.year())) * 10_000 + part(i32::from(self.month())) * 100 + part(i32::from(self.day()))
    }

    fn unpacked(packed: u32) -> Option<Self> {
        let part = |n: u32| i8::try_from(n).ok();
        Self::new(i16::try_from(packed / 10_000).ok()?, part(packed / 100 % 100)?, part(packed % 100)?)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl FromStr for Day {
    type Err = BadDay;

    /// Reads exactly `YYYY-MM-DD`; anything else, or a day that does not exist, is refused.
    fn from_str(s: &str) -> Result<Self, BadDay> {
        let bad = || BadDay(s.chars().take(40).collect());
        let bytes = s.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(bad());
        }
        let number = |range: std::ops::Range<usize>| {
            let part = &bytes[range];
            part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0_i16, |n, d| n * 10 + i16::from(d - b'0')))
        };
        let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
            return Err(bad());
        };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return Err(bad()) };
        Self::new(year, month, day).filter(|d| d.year() >= 1).ok_or_else(bad)
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Day {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Day {}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        serializer.serialize_u32(self.packed())
    }
}

impl<'de> Deserialize<'de> for Day {
    /// Takes a TOML date (`2020-08-28`) or the same in quotes.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Toml(toml::value::Datetime),
            Text(String),
        }
        if !deserializer.is_human_readable() {
            let packed = u32::deserialize(deserializer)?;
            return Self::unpacked(packed).ok_or_else(|| serde::de::Error::custom("no such day"));
        }
        let text = match Written::deserialize(deserializer)? {
            Written::Toml(d) => d.to_string(),
            Written::Text(t) => t,
        };
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The two days every question to the book carries: the day the law is asked for, and the day of our knowledge.
///
/// The first selects by legal effect, the second hides what was recorded later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct AsOf {
    /// The legal day.
    pub effective: Day,
    /// What the book knew at the end of this day.
    pub recorded: Day,
}

impl AsOf {
    /// The law of `effective` with everything the book knows.
    pub fn on(effective: Day) -> Self {
        Self { effective, recorded: Day::MAX }
    }

    /// The law of `effective` as the book knew it at the end of `recorded`.
    pub fn known(effective: Day, recorded: Day) -> Self {
        Self { effective, recorded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for text in
            ["2025-02-29", "2025-13-01", "2025-00-10", "20250715", "2025-7-15", "", "二〇二五", "2025-07-15T00:00"]
        {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn month_ends_are_kept() {
        let day: Day = "2025-01-31".parse().unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2025-02-28");
        assert_eq!(day.plus_years(1).to_string(), "2026-01-31");
    }
}
