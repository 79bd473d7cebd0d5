//! The deadline calculator, with the calendar drawn.

use askama::Template;
use yumen_lawbook::clock::Pause;
use yumen_lawbook::{Bilingual, Day, Lang};

use super::{Shown, show};
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
    timers: Vec<TimerView>,
    chosen: String,
    start: String,
    pauses: String,
    clock: Option<ClockView>,
    months: Vec<Month>,
    problem: Option<Problem>,
}

/// The calculator.
pub async fn page(v: Visit) -> Shown {
    let chosen = match v.field("timer") {
        "" => "technology-licence.decision".to_owned(),
        name => name.to_owned(),
    };
    let pauses = v.field("pause").to_owned();
    let asked = !v.field("timer").is_empty() || !v.field("start").is_empty();
    let counted = count(&v, &chosen, &pauses);
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
    let timers = clock::all(v.book(), v.day);
    let mut response =
        show(&Page { v: &v, section: "procedures", timers, chosen, start, pauses, clock, months, problem })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}

fn count(v: &Visit, timer: &str, pauses: &str) -> Result<ClockView, Problem> {
    let start = v.day_field("start")?.unwrap_or(v.day);
    let pauses: Vec<Pause> =
        pauses.lines().map(str::trim).filter(|l| !l.is_empty()).take(20).map(clock::pause).collect::<Result<_, _>>()?;
    clock::view(v.book(), timer, start, pauses)
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
