//! What must be done, by when, with which papers: read from the procedures.

use std::collections::BTreeMap;

use yumen_lawbook::clock::{PeriodKind, PeriodUnit, Timer};
use yumen_lawbook::procedure::{Paper, Procedure, Transition};
use yumen_lawbook::{Bilingual, Book, Day};

use crate::answer::{NextClock, NextStep};

/// The ordinary way through the procedures, step by step. Where the first is begun on `day` and every period runs its full length,
/// each step has a latest day; what waits for the applicant (signing a contract, using a licence) ends that reckoning.
pub fn steps(book: &Book, procedures: &[String], day: Day) -> Vec<NextStep> {
    let mut steps = Vec::new();
    let known = procedures.iter().filter_map(|id| book.procedures.get(id.as_str())).filter(|p| p.applies(day));
    for (place, procedure) in known.enumerate() {
        let mut chain = Chain { at: (place == 0).then_some(day), provisional: false, running: BTreeMap::new() };
        let ordinary = procedure.transition.iter().filter(|t| t.main);
        steps.extend(ordinary.map(|t| step(book, procedure, t, day, &mut chain)));
    }
    steps
}

/// How far the ordinary way has come at the latest.
struct Chain<'a> {
    at: Option<Day>,
    provisional: bool,
    /// Periods that run: the day each ends at the latest.
    running: BTreeMap<&'a str, (Day, bool)>,
}

impl<'a> Chain<'a> {
    /// Takes a step: it ends periods, so it comes at the latest when the last of them ends.
    fn take(&mut self, procedure: &Procedure, transition: &Transition, book: &Book) {
        for clock in &transition.stops {
            let Some((due, provisional)) = self.running.remove(clock.as_str()) else { continue };
            let timer = procedure.clock(clock).and_then(|r| book.timers.get(&r.timer));
            let waits = timer.is_some_and(|t| t.kind == PeriodKind::Validity);
            self.at = self.at.filter(|_| !waits).map(|at| at.max(due));
            self.provisional |= provisional;
        }
    }

    fn start(&mut self, clock: &'a str, made: &mut NextClock, timer: &Timer, book: &Book) {
        let Some(at) = self.at.filter(|_| timer.length >= 0) else { return };
        let Ok(due) = timer.due(at, &[], &book.calendar) else { return };
        let provisional = self.provisional || due.is_provisional();
        made.begins_by = Some(at);
        // How long a licence holds is no day by which something is done.
        made.latest = (timer.kind == PeriodKind::Deadline).then_some(due.day);
        made.provisional |= provisional;
        self.running.insert(clock, (due.day, provisional));
    }
}

fn step<'a>(
    book: &Book,
    procedure: &Procedure,
    transition: &'a Transition,
    day: Day,
    chain: &mut Chain<'a>,
) -> NextStep {
    chain.take(procedure, transition, book);
    let by = chain.at;
    let mut clocks: Vec<NextClock> = Vec::new();
    for id in &transition.starts {
        let Some(timer) = procedure.clock(id).and_then(|r| book.timers.get(&r.timer)) else { continue };
        let mut made = clock(book, timer, day);
        chain.start(id, &mut made, timer, book);
        clocks.push(made);
    }
    clocks.sort_by(|a, b| (a.due_if_begun, &a.timer).cmp(&(b.due_if_begun, &b.timer)));
    NextStep {
        by,
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
        begins_by: None,
        latest: None,
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
