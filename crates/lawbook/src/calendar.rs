//! Working days of mainland China, year by year as the State Council publishes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;

/// A run of days off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysOff {
    /// The holiday.
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day, inclusive.
    pub to: Day,
}

/// One published year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year.
    pub year: i16,
    /// Addresses of the notices.
    pub source: Vec<String>,
    /// Days off, weekends inside a holiday included.
    pub off: Vec<DaysOff>,
    /// Saturdays and Sundays that are worked in exchange (调休).
    #[serde(default)]
    pub work: Vec<Day>,
}

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday without a holiday.
    Working,
    /// A weekend day worked in exchange for a holiday.
    MakeUp,
    /// Saturday or Sunday.
    Weekend,
    /// A holiday, by name.
    Holiday(String),
}

impl DayKind {
    /// True for a day that counts in a period of working days.
    pub fn counts(&self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// A year whose calendar has not been published (or is not in the book).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the working-day calendar of {year} is not published in this law book")]
pub struct Unpublished {
    /// The year that is missing.
    pub year: i16,
}

/// All published years.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    years: BTreeMap<i16, BTreeMap<Day, DayKind>>,
}

impl Calendar {
    /// A calendar of the given years.
    pub fn new(years: &[CalendarYear]) -> Self {
        let mut calendar = Self::default();
        for year in years {
            let days = calendar.years.entry(year.year).or_default();
            for off in &year.off {
                let mut day = off.from;
                while day <= off.to {
                    days.insert(day, DayKind::Holiday(off.name.clone()));
                    day = day.next();
                }
            }
            days.extend(year.work.iter().map(|day| (*day, DayKind::MakeUp)));
        }
        // A notice may move days of the year before or after its own (New Year's Eve bridges).
        let spill: Vec<(Day, DayKind)> = calendar
            .years
            .iter()
            .flat_map(|(year, days)| days.iter().filter(|(d, _)| d.year() != *year).map(|(d, k)| (*d, k.clone())))
            .collect();
        for (day, kind) in spill {
            if let Some(days) = calendar.years.get_mut(&day.year()) {
                days.entry(day).or_insert(kind);
            }
        }
        calendar
    }

    /// True where the year is published.
    pub fn has(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// First and last published year.
    pub fn span(&self) -> Option<(i16, i16)> {
        Some((*self.years.keys().next()?, *self.years.keys().next_back()?))
    }

    /// What `day` is.
    ///
    /// # Errors
    /// Where the calendar of its year is not published: never a silent Monday to Friday.
    pub fn kind(&self, day: Day) -> Result<DayKind, Unpublished> {
        let days = self.years.get(&day.year()).ok_or(Unpublished { year: day.year() })?;
        Ok(match days.get(&day) {
            Some(kind) => kind.clone(),
            None if day.is_weekend() => DayKind::Weekend,
            None => DayKind::Working,
        })
    }

    /// The best that can be said of a day in an unpublished year: weekends and the holidays with fixed dates are off.
    /// The moving holidays (Spring Festival, Qingming, Dragon Boat, Mid-Autumn) and make-up days are not known.
    pub fn presumed(day: Day) -> DayKind {
        match (day.month(), day.day()) {
            (1, 1) => DayKind::Holiday("元旦".to_owned()),
            (5, 1 | 2) => DayKind::Holiday("劳动节".to_owned()),
            (10, 1..=3) => DayKind::Holiday("国庆节".to_owned()),
            _ if day.is_weekend() => DayKind::Weekend,
            _ => DayKind::Working,
        }
    }
}
