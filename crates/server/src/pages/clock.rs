//! The deadline calculator, with the calendar drawn.

use askama::Template;
use yumen_lawbook::clock::{Pause, PauseReason};
use yumen_lawbook::{Bilingual, Day, Lang};

use super::{Shown, show};
use crate::days;
use crate::problem::Problem;
use crate::views::clock::{self, ClockView, DayView, TimerView};
use crate::visit::Visit;

/// Longest arithmetic drawn, in days; longer ones are told by their ends.
const LONGEST: usize = 500;

struct Cell {
    day: Option<Day>,
    kind: String,
    label: Bilingual,
    count: u32,
    counts: bool,
}

struct Month {
    name: String,
    weeks: Vec<Vec<Cell>>,
}

#[derive(Template)]
#[template(path = "clock.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    groups: Vec<(&'static str, Vec<TimerView>)>,
    reasons: Vec<(&'static str, Bilingual)>,
    chosen: String,
    length: String,
    start: String,
    pauses: Vec<Paused>,
    clock: Option<ClockView>,
    months: Vec<Month>,
    problem: Option<Problem>,
}

/// A pause as it was typed.
#[derive(Default)]
struct Paused {
    reason: String,
    from: String,
    to: String,
}

/// Most pauses of a count, and the empty lines a page offers at least.
const PAUSES: usize = 20;
const LINES: usize = 2;

/// Periods by whose matter they are: what their names begin with.
const GROUPS: &[(&str, &str, &[&str])] = &[
    ("两用物项许可", "Dual-use licences", &["dual-use-licence.", "general-licence.", "exhibition.", "rare-earth."]),
    ("技术出口", "Technology", &["technology-licence.", "letter-of-intent.", "technology-registration."]),
    ("海关", "Customs", &["customs."]),
    ("最终用户说明", "End-user statements", &["end-user-statement."]),
    ("资料保存", "Keeping records", &["records."]),
    ("许可的一般规定", "Licensing in general", &["licensing."]),
    ("检查和处罚", "Inspection and penalty", &["penalty.", "sanction."]),
    ("行政复议", "Reconsideration", &["reconsideration."]),
    ("机关的期限", "Periods of the authorities", &["temporary-control.", "rule-making."]),
];

fn groups(v: &Visit) -> Vec<(&'static str, Vec<TimerView>)> {
    let mut all = clock::all(v.book(), v.day);
    let mut groups = Vec::new();
    for (zh, en, begins) in GROUPS {
        let (mine, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|t| begins.iter().any(|b| t.id.starts_with(b)));
        groups.push((v.t(zh, en), mine));
        all = rest;
    }
    groups.push((v.t("其他", "Others"), all));
    groups.retain(|(_, timers)| !timers.is_empty());
    groups
}

/// The pauses of the form: a reason and two days each; or one field with `reason:from:to` a line, as programs write it.
fn paused(v: &Visit) -> Vec<Paused> {
    let of = |name: &str| v.query.iter().filter(|(n, _)| n == name).map(|(_, value)| value.trim().to_owned()).collect();
    let (reasons, from, to): (Vec<String>, Vec<String>, Vec<String>) =
        (of("reason"), of("paused_from"), of("paused_to"));
    let mut all: Vec<Paused> = Vec::new();
    for line in v.field("pause").lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut parts = line.splitn(3, ':').map(|p| p.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        all.push(Paused { reason: next(), from: next(), to: next() });
    }
    for (index, reason) in reasons.into_iter().enumerate() {
        let at = |days: &[String]| days.get(index).cloned().unwrap_or_default();
        all.push(Paused { reason, from: at(&from), to: at(&to) });
    }
    all.retain(|p| !(p.from.is_empty() && p.to.is_empty()));
    all.truncate(PAUSES);
    all
}

/// The calculator.
pub async fn page(v: Visit) -> Shown {
    let chosen = match v.field("timer") {
        "" => "technology-licence.decision".to_owned(),
        name => name.to_owned(),
    };
    let mut pauses = paused(&v);
    let length: String = v.field("length").chars().take(10).collect();
    let asked = !v.field("timer").is_empty() || !v.field("start").is_empty();
    let counted = count(&v, &chosen, &length, &pauses);
    let (clock, problem) = match counted {
        Ok(clock) => (asked.then_some(clock), None),
        Err(problem) => (None, Some(problem)),
    };
    let start = match v.field("start") {
        "" => v.day.to_string(),
        text => text.chars().take(40).collect(),
    };
    let months = clock.as_ref().map(|c| months(&v, c)).unwrap_or_default();
    let status = problem.as_ref().map(|p| p.status);
    let lines = (pauses.len() + 1).max(LINES);
    pauses.resize_with(lines, Paused::default);
    let reasons = PauseReason::ALL.map(|r| (r.as_str(), r.label())).to_vec();
    let groups = groups(&v);
    let mut response = show(&Page {
        v: &v,
        section: "procedures",
        groups,
        reasons,
        chosen,
        length,
        start,
        pauses,
        clock,
        months,
        problem,
    })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}

fn count(v: &Visit, timer: &str, length: &str, pauses: &[Paused]) -> Result<ClockView, Problem> {
    let start = v.day_field("start")?.unwrap_or(v.day);
    let day = |text: &str| days::read(text).map_or_else(|| text.to_owned(), |d| d.to_string());
    let pauses: Vec<Pause> = pauses
        .iter()
        .map(|p| clock::pause(&format!("{}:{}:{}", p.reason, day(&p.from), day(&p.to))))
        .collect::<Result<_, _>>()?;
    clock::asked(v.book(), timer, length, start, pauses)
}

/// The days of the arithmetic by months and weeks; nothing where they were not counted one by one.
fn months(v: &Visit, c: &ClockView) -> Vec<Month> {
    let one_by_one = c.timer.unit == "working_day" || c.timer.unit == "calendar_day";
    if !one_by_one || c.days.len() > LONGEST || c.days.len() < 2 {
        return Vec::new();
    }
    let mut days: Vec<&DayView> = c.days.iter().collect();
    days.sort_by_key(|d| d.day);
    let (first, last) = (days[0].day, days[days.len() - 1].day);
    let mut months = Vec::new();
    let mut month = Day::new(first.year(), first.month(), 1);
    while let Some(begin) = month.filter(|m| *m <= last) {
        months.push(one(v, begin, &days));
        month = Some(begin.plus_months(1)).filter(|next| *next > begin);
    }
    months
}

fn one(v: &Visit, begin: Day, days: &[&DayView]) -> Month {
    let blank = || Cell { day: None, kind: String::new(), label: Bilingual::default(), count: 0, counts: false };
    let mut cells: Vec<Cell> = (1..begin.weekday_number()).map(|_| blank()).collect();
    let mut day = begin;
    while day.month() == begin.month() {
        let counted = days.iter().find(|d| d.day == day);
        cells.push(match counted {
            Some(d) => Cell {
                day: Some(day),
                kind: d.kind.clone(),
                label: if d.kind == "working" || d.kind == "weekend" { Bilingual::default() } else { d.label.clone() },
                count: d.count,
                counts: d.counts,
            },
            None => Cell { day: Some(day), kind: "outside".to_owned(), ..blank() },
        });
        if day == Day::MAX {
            break;
        }
        day = day.next();
    }
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(7));
        cells.resize_with(7, blank);
        weeks.push(cells);
        cells = rest;
    }
    let name = match v.lang {
        Lang::Zh => format!("{}年{}月", begin.year(), begin.month()),
        Lang::En => format!("{}-{:02}", begin.year(), begin.month()),
    };
    Month { name, weeks }
}
