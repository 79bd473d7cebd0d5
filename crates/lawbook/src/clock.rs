//! Statutory periods: what is due when, day by day.
//!
//! Rules (the sources stand with each timer in `lawbook/timers.toml`): the start day is not counted; periods of licensing
//! decisions are working days; a period in calendar days, months or years whose last day is no working day ends on the next
//! one, unless it is a term of validity; time spent on the pauses the law names is not counted.

use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, DayKind};
use crate::day::Day;
use crate::id::TimerId;
use crate::instrument::Citation;
use crate::text::Bilingual;
use crate::verification::Verification;

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodUnit {
    /// 工作日
    WorkingDay,
    /// 日
    CalendarDay,
    /// 月
    Month,
    /// 年
    Year,
}

impl PeriodUnit {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::WorkingDay => Bilingual::new("个工作日", "working days"),
            Self::CalendarDay => Bilingual::new("日", "calendar days"),
            Self::Month => Bilingual::new("个月", "months"),
            Self::Year => Bilingual::new("年", "years"),
        }
    }
}

/// Whether the length binds the authority, the applicant, or bounds a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Something is due at the end.
    #[default]
    Deadline,
    /// Something holds until the end: it does not move for holidays.
    Validity,
    /// Something must be kept or waited for at least so long.
    Minimum,
}

/// Why a period stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// 鉴别
    Identification,
    /// 征求专家意见
    ExpertOpinion,
    /// 实地核查
    OnsiteVerification,
    /// 听证
    Hearing,
    /// 检验、检测、检疫
    Testing,
    /// 申请人补正
    ApplicantCorrection,
}

impl PauseReason {
    /// Every reason, in the order of the law.
    pub const ALL: [Self; 6] = [
        Self::Identification,
        Self::ExpertOpinion,
        Self::OnsiteVerification,
        Self::Hearing,
        Self::Testing,
        Self::ApplicantCorrection,
    ];

    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Identification => Bilingual::new("鉴别", "identification"),
            Self::ExpertOpinion => Bilingual::new("征求专家意见", "expert opinion"),
            Self::OnsiteVerification => Bilingual::new("实地核查", "on-site verification"),
            Self::Hearing => Bilingual::new("听证", "hearing"),
            Self::Testing => Bilingual::new("检验、检测、检疫", "inspection, testing or quarantine"),
            Self::ApplicantCorrection => Bilingual::new("申请人补正", "correction by the applicant"),
        }
    }

    /// The name used in data and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identification => "identification",
            Self::ExpertOpinion => "expert_opinion",
            Self::OnsiteVerification => "onsite_verification",
            Self::Hearing => "hearing",
            Self::Testing => "testing",
            Self::ApplicantCorrection => "applicant_correction",
        }
    }
}

/// One statutory period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timer {
    /// Its name in the book: `technology-licence.decision`.
    pub id: TimerId,
    /// Short name used in the working papers: `T-LOI`.
    pub code: String,
    /// What it limits.
    pub name: Bilingual,
    /// The event it starts from.
    pub start: Bilingual,
    /// Its length; negative counts back from the start.
    pub length: i32,
    /// Upper length, where the law gives a range (1 to 3 years).
    #[serde(default)]
    pub length_max: Option<i32>,
    /// What it is counted in.
    pub unit: PeriodUnit,
    /// What kind of period.
    #[serde(default)]
    pub kind: PeriodKind,
    /// Comes round again: every 6 months.
    #[serde(default)]
    pub repeats: bool,
    /// Pauses the law names for it.
    #[serde(default)]
    pub pauses: Vec<PauseReason>,
    /// When there is no limit at all.
    #[serde(default)]
    pub no_limit: Vec<Bilingual>,
    /// What follows when it runs out.
    #[serde(default)]
    pub on_expiry: Bilingual,
    /// True where the law only says "in principle".
    #[serde(default)]
    pub soft: bool,
    /// Where it stands.
    pub basis: Vec<Citation>,
    /// First day it applies to.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day it applies to.
    #[serde(default)]
    pub until: Option<Day>,
    /// How it is known.
    pub verification: Verification,
    /// What is doubtful about it.
    #[serde(default)]
    pub note: Bilingual,
}

/// A stretch of time that is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// Why.
    pub reason: PauseReason,
    /// First day not counted.
    pub from: Day,
    /// Last day not counted.
    pub to: Day,
}

/// One line of the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The day.
    pub day: Day,
    /// What it is.
    pub kind: CountedKind,
    /// How many days are counted so far.
    pub count: u32,
}

/// Why a day was or was not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CountedKind {
    /// The day of the event: never counted.
    Start,
    /// What the calendar says.
    Calendar(DayKind),
    /// Within a pause.
    Paused(PauseReason),
    /// The last day was no working day; this is the next one.
    RolledTo,
}

/// The end of a period, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The last day.
    pub day: Day,
    /// Years whose calendar is not published; where not empty, the day is provisional.
    pub unpublished: Vec<i16>,
    /// The arithmetic day by day (working days), or start and end (calendar units).
    pub days: Vec<Counted>,
}

impl Due {
    /// True where a calendar was missing, so that the real day can differ.
    pub fn is_provisional(&self) -> bool {
        !self.unpublished.is_empty()
    }
}

/// Why a period cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// A pause ends before it begins.
    #[error("the pause from {from} ends before it begins, on {to}")]
    PauseBackwards {
        /// First day.
        from: Day,
        /// Last day.
        to: Day,
    },
    /// The law names no such pause for this period.
    #[error("the law names no pause for {reason} in this period")]
    PauseNotForeseen {
        /// The reason given.
        reason: &'static str,
    },
    /// More than a lifetime: a slip of the keyboard.
    #[error("the period would end outside the years 1 to 9999")]
    OutOfRange,
}

/// A walk longer than this (about a century) is a slip of the keyboard, not a period.
const LONGEST_WALK: usize = 40_000;

impl Timer {
    /// True where the timer applies to something that starts on `day`.
    pub fn applies(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// When the period that starts with an event on `start` ends.
    ///
    /// # Errors
    /// Where a pause is written backwards or is none that the law names for this timer.
    pub fn due(&self, start: Day, pauses: &[Pause], calendar: &Calendar) -> Result<Due, ClockError> {
        for pause in pauses {
            if pause.to < pause.from {
                return Err(ClockError::PauseBackwards { from: pause.from, to: pause.to });
            }
            if !self.pauses.contains(&pause.reason) {
                return Err(ClockError::PauseNotForeseen { reason: pause.reason.as_str() });
            }
        }
        match self.unit {
            PeriodUnit::WorkingDay => walk(start, self.length, pauses, Some(calendar)),
            PeriodUnit::CalendarDay => {
                let end = walk(start, self.length, pauses, None)?.day;
                Ok(self.rolled(start, end, calendar))
            }
            PeriodUnit::Month => Ok(self.rolled(start, start.plus_months(self.length), calendar)),
            PeriodUnit::Year => Ok(self.rolled(start, start.plus_years(self.length), calendar)),
        }
    }

    /// A deadline whose last day is no working day ends on the next one; terms and minimum periods do not move.
    fn rolled(&self, start: Day, end: Day, calendar: &Calendar) -> Due {
        let mut days = vec![Counted { day: start, kind: CountedKind::Start, count: 0 }];
        let mut unpublished = Vec::new();
        let mut day = end;
        let length = self.length.unsigned_abs();
        let kind = kind_of(day, calendar, &mut unpublished);
        days.push(Counted { day, kind: CountedKind::Calendar(kind.clone()), count: length });
        if self.kind == PeriodKind::Deadline && self.length > 0 {
            let mut kind = kind;
            while !kind.counts() && day < Day::MAX {
                day = day.next();
                kind = kind_of(day, calendar, &mut unpublished);
            }
            if day != end {
                days.push(Counted { day, kind: CountedKind::RolledTo, count: length });
            }
        } else {
            unpublished.clear();
        }
        Due { day, unpublished, days }
    }
}

fn kind_of(day: Day, calendar: &Calendar, unpublished: &mut Vec<i16>) -> DayKind {
    calendar.kind(day).unwrap_or_else(|missing| {
        if !unpublished.contains(&missing.year) {
            unpublished.push(missing.year);
        }
        Calendar::presumed(day)
    })
}

fn is_paused(day: Day, pauses: &[Pause]) -> Option<PauseReason> {
    pauses.iter().find(|p| p.from <= day && day <= p.to).map(|p| p.reason)
}

/// Counts `length` days from the day after `start` (or back, where negative), leaving out pauses and, with a calendar, days
/// that are no working days.
fn walk(start: Day, length: i32, pauses: &[Pause], calendar: Option<&Calendar>) -> Result<Due, ClockError> {
    let step = if length < 0 { -1 } else { 1 };
    let wanted = length.unsigned_abs();
    let mut days = vec![Counted { day: start, kind: CountedKind::Start, count: 0 }];
    let mut unpublished = Vec::new();
    let (mut day, mut count) = (start, 0);
    while count < wanted {
        if day == Day::MAX || day == Day::MIN || days.len() > LONGEST_WALK {
            return Err(ClockError::OutOfRange);
        }
        day = day.plus_days(step);
        let kind = match (is_paused(day, pauses), calendar) {
            (Some(reason), _) => CountedKind::Paused(reason),
            (None, None) => {
                count += 1;
                CountedKind::Calendar(DayKind::Working)
            }
            (None, Some(calendar)) => {
                let kind = kind_of(day, calendar, &mut unpublished);
                count += u32::from(kind.counts());
                CountedKind::Calendar(kind)
            }
        };
        days.push(Counted { day, kind, count });
    }
    Ok(Due { day, unpublished, days })
}
