//! Procedures from their data: diagram, steps, papers, clocks, law, what goes wrong; and what a conduct costs.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;

use super::{Shown, show};
use crate::charts;
use crate::problem::Problem;
use crate::views::penalty::{self, Amounts, PenaltyView};
use crate::views::procedure::{self, ProcedureLine, ProcedureView};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "procedures.html")]
struct Procedures<'p> {
    v: &'p Visit,
    section: &'static str,
    procedures: Vec<ProcedureLine>,
}

/// Every procedure.
pub async fn list(v: Visit) -> Shown {
    show(&Procedures { v: &v, section: "procedures", procedures: procedure::all(v.book(), v.day) })
}

#[derive(Template)]
#[template(path = "procedure.html")]
struct One<'p> {
    v: &'p Visit,
    section: &'static str,
    p: ProcedureView,
    diagram: String,
    main: usize,
    others: usize,
}

/// One procedure.
pub async fn procedure(v: Visit, Path(id): Path<String>) -> Shown {
    let p = procedure::view(v.book(), &id, v.day)?;
    let numbers: BTreeMap<String, usize> = p.steps.iter().zip(1..).map(|(s, n)| (s.id.clone(), n)).collect();
    let name = v.say(&p.procedure.name);
    let label = match v.lang {
        yumen_lawbook::Lang::Zh => {
            format!("{name}的流程图：{} 个状态，{} 个步骤，均列于本页", p.states.len(), p.steps.len())
        }
        yumen_lawbook::Lang::En => {
            format!(
                "Diagram of {name}: {} states and {} steps, all of them listed on this page",
                p.states.len(),
                p.steps.len()
            )
        }
    };
    let diagram = charts::flow(procedure::find(v.book(), &id)?, &numbers, v.lang, &label);
    let main = p.steps.iter().filter(|s| s.main).count();
    let others = p.steps.len() - main;
    show(&One { v: &v, section: "procedures", p, diagram, main, others })
}

#[derive(Template)]
#[template(path = "penalties.html")]
struct Penalties<'p> {
    v: &'p Visit,
    section: &'static str,
    turnover: String,
    gains: String,
    penalties: Vec<PenaltyView>,
    problem: Option<Problem>,
}

/// Penalties, with amounts where a base is given.
pub async fn penalties(v: Visit) -> Shown {
    let (turnover, gains) = (v.field("turnover").to_owned(), v.field("gains").to_owned());
    let amounts = penalty::amount("turnover", &turnover)
        .and_then(|turnover| Ok(Amounts { turnover, gains: penalty::amount("gains", &gains)? }));
    let (amounts, problem) = match amounts {
        Ok(amounts) => (amounts, None),
        Err(problem) => (Amounts::default(), Some(problem)),
    };
    let penalties = penalty::view(v.book(), v.field("conduct"), amounts, v.day)?;
    let status = problem.as_ref().map(|p| p.status);
    let mut response = show(&Penalties { v: &v, section: "procedures", turnover, gains, penalties, problem })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}
