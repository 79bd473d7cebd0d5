//! Statutory periods: what they are, and when one ends, day by day.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::calendar::DayKind;
use yumen_lawbook::clock::{ClockError, Counted, CountedKind, Due, Pause, PauseReason, PeriodKind, PeriodUnit, Timer};
use yumen_lawbook::id::TimerId;
use yumen_lawbook::{Bilingual, Book, Day, Verification};

use super::{CiteView, Known};
use crate::problem::{Problem, shown};

/// A statutory period.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimerView {
    /// Its name in the book.
    #[schema(example = "technology-licence.decision")]
    pub id: String,
    /// Its short name.
    #[schema(example = "T-LOI")]
    pub short: String,
    /// What it limits.
    pub name: Bilingual,
    /// The period in words.
    pub period: Bilingual,
    /// What it starts from.
    pub start: Bilingual,
    /// `working_day`, `calendar_day`, `month`, `year`.
    pub unit: String,
    /// Its length; negative counts back.
    pub length: i32,
    /// Reasons for which it may stand still.
    pub pauses: Vec<PauseView>,
    /// When there is no limit at all.
    pub no_limit: Vec<Bilingual>,
    /// What follows when it runs out.
    pub on_expiry: Bilingual,
    /// Where it stands.
    pub basis: Vec<CiteView>,
    /// True where it applies to something that starts on the day.
    pub applies: bool,
    /// What is doubtful about it.
    pub note: Bilingual,
    /// How it is known.
    pub known: Known,
}

/// A reason for which a period stands still.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PauseView {
    /// Its name.
    #[schema(example = "identification")]
    pub id: String,
    /// In words.
    pub label: Bilingual,
}

/// When a period ends.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClockView {
    /// The period.
    pub timer: TimerView,
    /// The day of the event.
    pub start: Day,
    /// The last day.
    pub due: Day,
    /// True where the calendar of a year was missing.
    pub provisional: bool,
    /// Years whose calendar is not published.
    pub unpublished_years: Vec<i16>,
    /// What that means; empty where every calendar was there.
    pub warning: Bilingual,
    /// Stretches that are not counted.
    pub pauses: Vec<PausedView>,
    /// The arithmetic, day by day for working days.
    pub days: Vec<DayView>,
}

/// A stretch that is not counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PausedView {
    /// Why.
    pub reason: String,
    /// In words.
    pub label: Bilingual,
    /// First day not counted.
    pub from: Day,
    /// Last day not counted.
    pub to: Day,
}

/// One day of the arithmetic.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DayView {
    /// The day.
    pub day: Day,
    /// 1 for Monday to 7 for Sunday.
    pub weekday: i8,
    /// `start`, `working`, `make_up`, `weekend`, `holiday`, `paused`, `moved_to`.
    pub kind: String,
    /// In words.
    pub label: Bilingual,
    /// How many are counted so far.
    pub count: u32,
    /// True where this day is counted.
    pub counts: bool,
}

/// A period as it is on a day.
pub fn timer(book: &Book, timer: &Timer, day: Day) -> TimerView {
    TimerView {
        id: timer.id.to_string(),
        short: timer.code.clone(),
        name: timer.name.clone(),
        period: yumen_assess::in_words(timer),
        start: timer.start.clone(),
        unit: match timer.unit {
            PeriodUnit::WorkingDay => "working_day",
            PeriodUnit::CalendarDay => "calendar_day",
            PeriodUnit::Month => "month",
            PeriodUnit::Year => "year",
        }
        .to_owned(),
        length: timer.length,
        pauses: timer.pauses.iter().map(|p| PauseView { id: p.as_str().to_owned(), label: p.label() }).collect(),
        no_limit: timer.no_limit.clone(),
        on_expiry: timer.on_expiry.clone(),
        basis: CiteView::all(book, &timer.basis, day),
        applies: timer.applies(day),
        note: timer.note.clone(),
        known: timer.verification.into(),
    }
}

/// Every period.
pub fn all(book: &Book, day: Day) -> Vec<TimerView> {
    book.timers.values().map(|t| timer(book, t, day)).collect()
}

/// Reads `identification:2026-02-01:2026-02-20`.
///
/// # Errors
/// Where it is no pause.
pub fn pause(text: &str) -> Result<Pause, Problem> {
    let bad = || {
        let names: Vec<&str> = PauseReason::ALL.iter().map(|r| r.as_str()).collect();
        let (text, names) = (shown(text), names.join(", "));
        Problem::bad(
            "bad_pause",
            format!("“{text}”不是中止：写作 原因:起:止，例如 identification:2026-02-01:2026-02-20；原因有 {names}。"),
            format!("“{text}” is no pause: write REASON:FROM:TO, for example identification:2026-02-01:2026-02-20; reasons: {names}."),
        )
        .at("pause")
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [reason, from, to] = parts.as_slice() else { return Err(bad()) };
    let wanted = reason.trim().to_lowercase().replace('-', "_");
    let reason = PauseReason::ALL.into_iter().find(|r| r.as_str() == wanted).ok_or_else(bad)?;
    let day = |text: &str| text.trim().parse().map_err(|_| bad());
    Ok(Pause { reason, from: day(from)?, to: day(to)? })
}

/// Most days of a count of one's own.
const LONGEST: i32 = 2000;

/// A period of one's own, of working or calendar days: `own.working_day`, `own.calendar_day`.
fn own(name: &str, length: &str) -> Option<Result<Timer, Problem>> {
    let unit = match name {
        "own.working_day" => PeriodUnit::WorkingDay,
        "own.calendar_day" => PeriodUnit::CalendarDay,
        _ => return None,
    };
    let bad = || {
        let length = shown(length);
        Problem::bad(
            "bad_length",
            format!("“{length}”不是天数：应为 1 至 {LONGEST} 的整数。"),
            format!("“{length}” is no number of days: it is a whole number from 1 to {LONGEST}."),
        )
        .at("length")
    };
    let length = length.trim().parse().ok().filter(|n| (1..=LONGEST).contains(n)).ok_or_else(bad);
    let id = TimerId::new(name)?;
    Some(length.map(|length| Timer {
        id,
        code: String::new(),
        name: Bilingual::new("自定天数", "a number of days of one’s own"),
        start: Bilingual::default(),
        length,
        length_max: None,
        unit,
        kind: PeriodKind::Minimum,
        repeats: false,
        pauses: PauseReason::ALL.to_vec(),
        no_limit: Vec::new(),
        on_expiry: Bilingual::default(),
        soft: false,
        basis: Vec::new(),
        from: None,
        until: None,
        verification: Verification::Derived,
        note: Bilingual::new(
            "只按日历计算，不是法定期限；末日不是工作日时不顺延。",
            "Counted by the calendar alone; no statutory period. Its last day does not move to a working day.",
        ),
    }))
}

/// When a period that starts on a day ends.
///
/// # Errors
/// Where there is no such period, or a pause cannot be.
pub fn view(book: &Book, name: &str, start: Day, pauses: Vec<Pause>) -> Result<ClockView, Problem> {
    of(book, found(book, name)?, start, pauses)
}

/// The same, or a number of days of one's own.
///
/// # Errors
/// Where there is no such period, the number is none, or a pause cannot be.
pub fn asked(book: &Book, name: &str, length: &str, start: Day, pauses: Vec<Pause>) -> Result<ClockView, Problem> {
    match own(name, length) {
        Some(timer) => of(book, &timer?, start, pauses),
        None => view(book, name, start, pauses),
    }
}

fn found<'b>(book: &'b Book, name: &str) -> Result<&'b Timer, Problem> {
    book.timer(name).ok_or_else(|| {
        let name = shown(name);
        Problem::missing("unknown_timer", format!("没有期限“{name}”。"), format!("There is no period “{name}”."))
            .at("timer")
    })
}

fn of(book: &Book, found: &Timer, start: Day, pauses: Vec<Pause>) -> Result<ClockView, Problem> {
    let due = found.due(start, &pauses, &book.calendar).map_err(|e| refused(&e, found))?;
    Ok(ClockView {
        timer: timer(book, found, start),
        start,
        due: due.day,
        provisional: due.is_provisional(),
        warning: warning(book, &due),
        pauses: pauses
            .into_iter()
            .map(|p| PausedView {
                reason: p.reason.as_str().to_owned(),
                label: p.reason.label(),
                from: p.from,
                to: p.to,
            })
            .collect(),
        days: due.days.iter().map(day).collect(),
        unpublished_years: due.unpublished,
    })
}

fn day(counted: &Counted) -> DayView {
    let (kind, label) = match &counted.kind {
        CountedKind::Start => ("start", Bilingual::new("起算事件，不计", "day of the event, not counted")),
        CountedKind::Calendar(DayKind::Working) => ("working", Bilingual::new("工作日", "working day")),
        CountedKind::Calendar(DayKind::MakeUp) => ("make_up", Bilingual::new("调休上班", "make-up working day")),
        CountedKind::Calendar(DayKind::Weekend) => ("weekend", Bilingual::new("休息日", "weekend")),
        CountedKind::Calendar(DayKind::Holiday(name)) => ("holiday", Bilingual::new(name, holiday(name))),
        CountedKind::Paused(reason) => {
            let label = reason.label();
            ("paused", Bilingual::new(format!("中止：{}", label.zh), format!("paused: {}", label.en)))
        }
        CountedKind::RolledTo => {
            ("moved_to", Bilingual::new("末日非工作日，顺延至此", "the last day was no working day; moved here"))
        }
    };
    DayView {
        day: counted.day,
        weekday: counted.day.weekday_number(),
        kind: kind.to_owned(),
        label,
        count: counted.count,
        counts: matches!(kind, "working" | "make_up" | "moved_to"),
    }
}

/// A Chinese holiday in English.
pub fn holiday(name: &str) -> &str {
    match name {
        "元旦" => "New Year’s Day",
        "春节" => "Spring Festival",
        "清明节" => "Qingming Festival",
        "劳动节" => "Labour Day",
        "端午节" => "Dragon Boat Festival",
        "中秋节" => "Mid-Autumn Festival",
        "国庆节" => "National Day",
        "国庆节、中秋节" => "National Day and Mid-Autumn Festival",
        other => other,
    }
}

fn warning(book: &Book, due: &Due) -> Bilingual {
    if !due.is_provisional() {
        return Bilingual::default();
    }
    let years: Vec<String> = due.unpublished.iter().map(ToString::to_string).collect();
    let years = years.join(", ");
    let span = book.calendar.span().map_or_else(String::new, |(a, b)| format!("{a}–{b}"));
    Bilingual::new(
        format!(
            "{years} 年的放假安排尚未公布（本书有 {span}）：到期日为暂计，按周一至周五并扣除日期固定的法定节假日推算；春节、清明、端午、中秋及调休未计入，公布后可能变化。"
        ),
        format!(
            "The {years} calendar is not published (the book holds {span}): the due date is provisional, counted Monday to Friday without the holidays of fixed date; Spring Festival, Qingming, Dragon Boat, Mid-Autumn and make-up days are not in it and can move it."
        ),
    )
}

fn refused(error: &ClockError, timer: &Timer) -> Problem {
    match error {
        ClockError::PauseBackwards { from, to } => Problem::bad(
            "pause_backwards",
            format!("中止的截止日 {to} 早于起始日 {from}。"),
            format!("The pause from {from} ends before it begins, on {to}."),
        )
        .at("pause"),
        ClockError::PauseNotForeseen { reason } => {
            let known: Vec<Bilingual> = timer.pauses.iter().map(|p| p.label()).collect();
            let all = |get: fn(&Bilingual) -> &str, with: &str| known.iter().map(get).collect::<Vec<_>>().join(with);
            let (zh, en) = if known.is_empty() {
                ("法律没有为该期限规定任何中止".to_owned(), "the law names no pause for this period".to_owned())
            } else {
                (
                    format!("该期限可以因以下原因中止：{}", all(|l| &l.zh, "、")),
                    format!("this period can pause for: {}", all(|l| &l.en, ", ")),
                )
            };
            let given = PauseReason::ALL.into_iter().find(|r| r.as_str() == *reason).map(PauseReason::label);
            let given = given.unwrap_or_else(|| Bilingual::new(*reason, *reason));
            Problem::bad(
                "pause_not_foreseen",
                format!("{}不能中止“{}”：{zh}。", given.zh, timer.name.zh),
                format!("{} does not stop “{}”: {en}.", given.en, timer.name.en),
            )
            .at("pause")
        }
        ClockError::OutOfRange => Problem::bad(
            "out_of_range",
            "期限的终点超出可表示的日期。",
            "The period would end outside the dates that can be written.",
        )
        .at("start"),
    }
}
