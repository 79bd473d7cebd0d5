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
    groups: Vec<(&'static str, Vec<ProcedureLine>)>,
}

/// Procedures by what somebody wants: the Chinese and the English of it, and their names in the book. What is in no group comes last.
const GROUPS: &[(&str, &str, &[&str])] = &[
    ("出口列管的货物", "Exporting listed goods", &["d-1", "d-2", "d-3", "m-1", "d-5"]),
    ("转让技术", "Transferring technology", &["t-0", "t-1", "t-2", "t-3", "t-1-2001"]),
    ("拿不准，或者已经领证", "In doubt, or with the licence in hand", &["d-0", "d-4", "i-1"]),
    ("报关", "At customs", &["c-2", "c-1", "c-3", "c-4"]),
    ("用户的文件和外国的要求", "Papers of the end user, requests from abroad", &["e-2", "e-1", "e-3"]),
    ("过境、再出口、境外转移", "Transit, re-export, transfers abroad", &["d-6", "d-7", "d-8"]),
    ("名单：列入、申诉、移出", "Lists of parties: how one gets on and off", &["l-5", "l-6", "l-7", "l-8"]),
    ("检查、处罚、救济", "Inspection, penalty, remedy", &["s-1", "s-2"]),
    ("机关自己的程序", "What the authorities do among themselves", &["l-1", "l-2", "l-3", "l-4"]),
];

/// Every procedure.
pub async fn list(v: Visit) -> Shown {
    let mut all = procedure::all(v.book(), v.day);
    let mut groups: Vec<(&str, Vec<ProcedureLine>)> = Vec::new();
    for (zh, en, ids) in GROUPS {
        let (mut mine, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| ids.contains(&p.id.as_str()));
        mine.sort_by_key(|p| ids.iter().position(|id| *id == p.id));
        groups.push((v.t(zh, en), mine));
        all = rest;
    }
    groups.push((v.t("其他", "Others"), all));
    groups.retain(|(_, lines)| !lines.is_empty());
    show(&Procedures { v: &v, section: "procedures", groups })
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
    /// Every conduct, those that exporters ask for most first.
    conducts: [Vec<PenaltyView>; 2],
    /// The one that was chosen.
    chosen: Option<PenaltyView>,
    problem: Option<Problem>,
}

/// The conducts that exporters ask for most.
const FREQUENT: [&str; 5] = ["P-2", "P-3", "P-6", "P-15", "P-5"];

/// Penalties, with amounts where a base is given.
pub async fn penalties(v: Visit) -> Shown {
    let (turnover, gains) = (v.field("turnover").to_owned(), v.field("gains").to_owned());
    let amounts = penalty::amount("turnover", &turnover)
        .and_then(|turnover| Ok(Amounts { turnover, gains: penalty::amount("gains", &gains)? }));
    let (amounts, problem) = match amounts {
        Ok(amounts) => (amounts, None),
        Err(problem) => (Amounts::default(), Some(problem)),
    };
    let conduct = v.field("conduct");
    let chosen = match conduct {
        "" => None,
        id => penalty::view(v.book(), id, amounts, v.day)?.pop(),
    };
    let all = penalty::view(v.book(), "", Amounts::default(), v.day)?;
    let (mut first, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| FREQUENT.contains(&p.id.as_str()));
    first.sort_by_key(|p| FREQUENT.iter().position(|id| *id == p.id));
    let conducts = [first, others];
    let status = problem.as_ref().map(|p| p.status);
    let mut response = show(&Penalties { v: &v, section: "procedures", turnover, gains, conducts, chosen, problem })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}
