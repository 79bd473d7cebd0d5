//! What must be done, by when, with which papers: read from the procedures.

use yumen_lawbook::clock::{PeriodUnit, Timer};
use yumen_lawbook::procedure::{Paper, Procedure, Transition};
use yumen_lawbook::{Bilingual, Book, Day};

use crate::answer::{NextClock, NextStep};

/// The ordinary way through the procedures, step by step.
pub fn steps(book: &Book, procedures: &[String], day: Day) -> Vec<NextStep> {
    procedures
        .iter()
        .filter_map(|id| book.procedures.get(id.as_str()))
        .filter(|p| p.applies(day))
        .flat_map(|procedure| {
            procedure.transition.iter().filter(|t| t.main).map(move |t| step(book, procedure, t, day))
        })
        .collect()
}

fn step(book: &Book, procedure: &Procedure, transition: &Transition, day: Day) -> NextStep {
    let timers = transition.starts.iter().filter_map(|c| procedure.clock(c)).filter_map(|r| book.timers.get(&r.timer));
    let mut clocks: Vec<NextClock> = timers.map(|t| clock(book, t, day)).collect();
    clocks.sort_by(|a, b| (a.due_if_begun, &a.timer).cmp(&(b.due_if_begun, &b.timer)));
    NextStep {
        procedure: procedure.id.to_string(),
        procedure_name: procedure.name.clone(),
        step: transition.name.clone(),
        who: procedure.role(&transition.role).map(|r| r.name.clone()).unwrap_or_default(),
        clock: clocks.last().cloned(),
        clocks,
        papers: transition.needs.iter().filter_map(|p| procedure.paper(p)).map(paper).collect(),
        cite: transition.basis.iter().map(|c| book.cite(c, day)).collect(),
    }
}

/// A paper's name, with a word where only some cases need it.
fn paper(paper: &Paper) -> Bilingual {
    if !paper.conditional {
        return paper.name.clone();
    }
    Bilingual::new(format!("{}（如适用）", paper.name.zh), format!("{} (if applicable)", paper.name.en))
}

/// A timer in words, with the day it would end if it began on `day`.
pub fn clock(book: &Book, timer: &Timer, day: Day) -> NextClock {
    let due = timer.due(day, &[], &book.calendar).ok();
    NextClock {
        timer: timer.id.to_string(),
        name: timer.name.clone(),
        text: in_words(timer),
        due_if_begun: due.as_ref().map(|d| d.day),
        provisional: due.is_some_and(|d| d.is_provisional()),
    }
}

/// `30 working days from receipt of the application`.
pub fn in_words(timer: &Timer) -> Bilingual {
    let unit = timer.unit.label();
    let length = timer.length.unsigned_abs();
    let range = timer.length_max.map_or_else(|| length.to_string(), |max| format!("{length}–{max}"));
    let one = length == 1 && timer.length_max.is_none();
    let unit_en = if one { unit.en.trim_end_matches('s').to_owned() } else { unit.en.clone() };
    let space = if timer.unit == PeriodUnit::WorkingDay || timer.unit == PeriodUnit::Month { "" } else { " " };
    if timer.length < 0 {
        return Bilingual::new(
            format!("{}前 {range}{space}{}", timer.start.zh, unit.zh),
            format!("{range} {unit_en} before: {}", timer.start.en),
        );
    }
    Bilingual::new(
        format!("自{}起 {range}{space}{}", timer.start.zh, unit.zh),
        format!("{range} {unit_en} from: {}", timer.start.en),
    )
}
