//! Procedures: steps, papers, clocks, legal basis, what goes wrong.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::procedure::{Paper, Procedure, Transition};
use yumen_lawbook::{Bilingual, Book, Day, Verification};

use super::clock::{TimerView, timer};
use super::{CiteView, Known, standing};
use crate::problem::Problem;

/// A procedure in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureLine {
    /// Its name in the book.
    #[schema(example = "t-1")]
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// What it is for.
    pub purpose: Bilingual,
    /// True where it applies on the day.
    pub applies: bool,
    /// First day it applies to.
    pub from: Option<Day>,
    /// Last day it applies to.
    pub until: Option<Day>,
    /// Where the act it rests on stands, where that is not simply in force: `suspended`, `lapsed_unconfirmed` …; empty otherwise.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
}

/// A procedure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The procedure.
    pub procedure: ProcedureLine,
    /// The day of the law.
    pub as_of: Day,
    /// Where it stands.
    pub basis: Vec<CiteView>,
    /// How it is known.
    pub known: Known,
    /// What is doubtful about it.
    pub note: Bilingual,
    /// Who acts.
    pub roles: Vec<NamedView>,
    /// Its states.
    pub states: Vec<StateView>,
    /// Its steps; those of the ordinary way first, in order.
    pub steps: Vec<StepView>,
    /// Its papers.
    pub papers: Vec<PaperView>,
    /// Its clocks.
    pub clocks: Vec<TimerView>,
    /// What goes wrong.
    pub pitfalls: Vec<PitfallView>,
    /// What follows.
    pub followed_by: Vec<ProcedureLine>,
}

/// Something with a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedView {
    /// Its name in the procedure.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
}

/// A state.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StateView {
    /// Its name in the procedure.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// True where a case begins here.
    pub start: bool,
    /// True where a case may end here.
    pub ends: bool,
}

/// A step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StepView {
    /// Its name in the procedure.
    pub id: String,
    /// What is done.
    pub name: Bilingual,
    /// Who does it.
    pub who: Bilingual,
    /// From which states.
    pub from: Vec<String>,
    /// Into which state.
    pub to: String,
    /// True on the ordinary way.
    pub main: bool,
    /// What must hold first.
    pub conditions: Vec<Bilingual>,
    /// Papers needed.
    pub needs: Vec<Bilingual>,
    /// Papers that come out.
    pub gives: Vec<Bilingual>,
    /// Clocks that begin.
    pub starts: Vec<ClockRef>,
    /// Clocks that end.
    pub stops: Vec<ClockRef>,
    /// Where it stands.
    pub basis: Vec<CiteView>,
    /// How it is known, where that differs from the procedure.
    pub known: Option<Known>,
    /// What a reader should know.
    pub note: Bilingual,
}

/// A clock of a step.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClockRef {
    /// The period.
    pub timer: String,
    /// What it limits.
    pub name: Bilingual,
    /// The period in words.
    pub period: Bilingual,
}

/// A paper.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PaperView {
    /// Its name in the procedure.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
    /// True where an authority issues it.
    pub issued: bool,
    /// True where only some cases need it.
    pub conditional: bool,
    /// What a reader should know.
    pub note: Bilingual,
    /// Where it stands.
    pub basis: Vec<CiteView>,
}

/// What goes wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PitfallView {
    /// What.
    pub text: Bilingual,
    /// Where it stands.
    pub basis: Vec<CiteView>,
}

/// A procedure as a line.
pub fn line(book: &Book, p: &Procedure, day: Day) -> ProcedureLine {
    let act = p.basis.first().and_then(|c| book.cited(c, day));
    let (status, standing) = act
        .map(|a| standing::of(book, a, day))
        .filter(|(status, _)| matches!(*status, "suspended" | "lapsed_unconfirmed" | "scheduled"))
        .unwrap_or_default();
    ProcedureLine {
        status: status.to_owned(),
        standing,
        id: p.id.to_string(),
        name: p.name.clone(),
        purpose: p.purpose.clone(),
        applies: p.applies(day),
        from: p.from,
        until: p.until,
    }
}

/// Every procedure; those that apply on the day first.
pub fn all(book: &Book, day: Day) -> Vec<ProcedureLine> {
    let mut all: Vec<ProcedureLine> = book.procedures.values().map(|p| line(book, p, day)).collect();
    all.sort_by_key(|p| !p.applies);
    all
}

/// The procedure with this name.
///
/// # Errors
/// Where there is none.
pub fn find<'b>(book: &'b Book, id: &str) -> Result<&'b Procedure, Problem> {
    book.procedures.get(id.to_lowercase().as_str()).ok_or_else(|| {
        let id = crate::problem::shown(id);
        Problem::missing("unknown_procedure", format!("没有程序“{id}”。"), format!("There is no procedure “{id}”."))
    })
}

/// A procedure on a day.
///
/// # Errors
/// Where there is none.
pub fn view(book: &Book, id: &str, day: Day) -> Result<ProcedureView, Problem> {
    let p = find(book, id)?;
    let (main, other): (Vec<&Transition>, Vec<&Transition>) = p.transition.iter().partition(|t| t.main);
    Ok(ProcedureView {
        procedure: line(book, p, day),
        as_of: day,
        basis: CiteView::all(book, &p.basis, day),
        known: p.verification.into(),
        note: p.note.clone(),
        roles: p.role.iter().map(|r| NamedView { id: r.id.clone(), name: r.name.clone() }).collect(),
        states: p
            .state
            .iter()
            .map(|s| StateView { id: s.id.clone(), name: s.name.clone(), start: s.start, ends: s.ends })
            .collect(),
        steps: main.into_iter().chain(other).map(|t| step(book, p, t, day)).collect(),
        papers: p.paper.iter().map(|x| paper(book, x, day)).collect(),
        clocks: p.clock.iter().filter_map(|c| book.timers.get(&c.timer)).map(|t| timer(book, t, day)).collect(),
        pitfalls: p
            .pitfall
            .iter()
            .map(|x| PitfallView { text: x.text.clone(), basis: CiteView::all(book, &x.basis, day) })
            .collect(),
        followed_by: p
            .followed_by
            .iter()
            .filter_map(|id| book.procedures.get(id))
            .map(|p| line(book, p, day))
            .collect(),
    })
}

fn step(book: &Book, p: &Procedure, t: &Transition, day: Day) -> StepView {
    let papers = |ids: &[String]| ids.iter().filter_map(|id| p.paper(id)).map(|x| x.name.clone()).collect();
    let clocks = |ids: &[String]| {
        ids.iter()
            .filter_map(|id| p.clock(id))
            .filter_map(|c| book.timers.get(&c.timer))
            .map(|t| ClockRef { timer: t.id.to_string(), name: t.name.clone(), period: yumen_assess::in_words(t) })
            .collect()
    };
    StepView {
        id: t.id.clone(),
        name: t.name.clone(),
        who: p.role(&t.role).map(|r| r.name.clone()).unwrap_or_default(),
        from: t.from.clone(),
        to: t.to.clone(),
        main: t.main,
        conditions: t.guards.iter().filter_map(|g| book.guards.get(g)).map(|g| g.text.clone()).collect(),
        needs: papers(&t.needs),
        gives: papers(&t.gives),
        starts: clocks(&t.starts),
        stops: clocks(&t.stops),
        basis: CiteView::all(book, &t.basis, day),
        known: t.verification.map(Verification::into),
        note: t.note.clone(),
    }
}

fn paper(book: &Book, x: &Paper, day: Day) -> PaperView {
    PaperView {
        id: x.id.clone(),
        name: x.name.clone(),
        issued: x.issued,
        conditional: x.conditional,
        note: x.note.clone(),
        basis: CiteView::all(book, &x.basis, day),
    }
}
