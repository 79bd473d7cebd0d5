//! `yumen eval classify FILE`: how often the engine finds and decides right, on a file of cases.

mod baselines;
mod cases;
mod chinese;
mod figures;
mod foreign;
mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use yumen_assess::answer::Candidate;
use yumen_assess::{Engine, Question};
use yumen_lawbook::Day;

use crate::failure::Failure;
use crate::{home, shelves};
use cases::Case;
use chinese::{hits, is_called, judge};
use figures::{Answers, FailureLine, Micros, Retrieval};

pub use table::compare;

/// The report, as programs read it.
#[derive(Debug, Serialize)]
pub struct Report {
    n: usize,
    /// By group: all, language, list, and how the expected answer is known.
    retrieval: BTreeMap<String, Retrieval>,
    /// Share of negatives whose nearest entry is among the first five.
    near_miss: Retrieval,
    answers: Answers,
    /// The same by group.
    answers_by: BTreeMap<String, Answers>,
    /// Cases of other regimes.
    foreign: foreign::Figures,
    failures: Vec<FailureLine>,
    us: Micros,
}

/// Where the first right candidate of a case stood, with the groups the case belongs to.
struct Ranked {
    groups: Vec<String>,
    rank: Option<usize>,
}

/// Runs a case file.
///
/// # Errors
/// Where the file cannot be read or holds a line that is no case.
pub fn classify(engine: &Arc<Engine>, data: Option<&Path>, file: &Path, today: Day) -> Result<Report, Failure> {
    let (foreign_cases, cases): (Vec<Case>, Vec<Case>) =
        cases::read(file)?.into_iter().partition(|c| c.foreign().is_some());
    let mut ranks: Vec<Ranked> = Vec::new();
    let mut near = Vec::new();
    let mut answers: BTreeMap<String, Answers> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut times = Vec::new();
    for case in &cases {
        let (assessed, micros) = timed(|| engine.assess(&question(case, today)));
        times.push(micros);
        let list = case.chinese();
        let groups = groups(case);
        let Ok(assessment) = assessed else {
            for group in &groups {
                let held = answers.entry(group.clone()).or_default();
                held.n += 1;
                held.wrong += 1;
            }
            let expected = case.expected_status.clone();
            failures.push(FailureLine { id: case.id.clone(), kind: "error".into(), expected, got: "error".into() });
            continue;
        };
        let candidates: Vec<&Candidate> = assessment.candidates.iter().filter(|c| c.list == list).collect();
        let wanted = wanted(case);
        if !wanted.is_empty() || !case.entry.is_empty() {
            let rank = candidates.iter().position(|c| hits(c, &wanted) || is_called(engine, c, &wanted, &case.entry));
            if rank.is_none_or(|r| r >= 5) {
                let got = candidates.iter().take(5).map(|c| c.code.as_str()).collect::<Vec<_>>().join(" ");
                let expected = if wanted.is_empty() { case.entry.clone() } else { wanted.join(" ") };
                failures.push(FailureLine { id: case.id.clone(), kind: "not_in_first_five".into(), expected, got });
            }
            ranks.push(Ranked { groups: groups.clone(), rank });
        }
        if case.is_negative() && !case.near_miss_codes.is_empty() {
            let rank = candidates.iter().position(|c| hits(c, &case.near_miss_codes));
            if rank.is_none_or(|r| r >= 5) {
                let got = candidates.iter().take(5).map(|c| c.code.as_str()).collect::<Vec<_>>().join(" ");
                let expected = case.near_miss_codes.join(" ");
                failures.push(FailureLine {
                    id: case.id.clone(),
                    kind: "nearest_not_in_first_five".into(),
                    expected,
                    got,
                });
            }
            near.push(rank);
        }
        let mut lines = Vec::new();
        for group in &groups {
            lines.clear();
            judge(case, &assessment, list, &wanted, answers.entry(group.clone()).or_default(), &mut lines);
        }
        failures.append(&mut lines);
    }
    let foreign = if foreign_cases.is_empty() {
        foreign::Figures::default()
    } else {
        let shelves = shelves::open(engine, &home::directory(data)?)?;
        foreign::measure(&shelves, &foreign_cases, &mut failures, &mut times)
    };
    let names: Vec<String> = ranks.iter().flat_map(|r| r.groups.clone()).collect();
    let mut retrieval: BTreeMap<String, Retrieval> = BTreeMap::new();
    for name in names {
        let in_group = ranks.iter().filter(|r| r.groups.contains(&name)).map(|r| r.rank);
        retrieval.entry(name.clone()).or_insert_with(|| Retrieval::of(in_group));
    }
    retrieval.entry("all".into()).or_default();
    Ok(Report {
        n: cases.len() + foreign_cases.len(),
        retrieval,
        near_miss: Retrieval::of(near),
        answers: answers.get("all").copied().unwrap_or_default(),
        answers_by: answers,
        foreign,
        failures,
        us: Micros::of(times),
    })
}

/// The groups that a case is counted in.
fn groups(case: &Case) -> Vec<String> {
    let named = [case.lang.as_str(), case.chinese(), case.evidence.as_str(), case.half.as_str()];
    std::iter::once("all").chain(named).filter(|g| !g.is_empty()).map(str::to_owned).collect()
}

fn question(case: &Case, today: Day) -> Question {
    Question::about(case.query.clone(), case.as_of.or(case.date).unwrap_or(today))
}

fn wanted(case: &Case) -> Vec<String> {
    let mut wanted = case.expected_codes.clone();
    if wanted.is_empty() && !case.code.is_empty() {
        wanted.push(case.code.clone());
    }
    wanted
}

/// What a closure returns, and the microseconds it took.
fn timed<T>(run: impl FnOnce() -> T) -> (T, u64) {
    #[expect(clippy::disallowed_methods, reason = "the report says how long an answer takes")]
    let begun = std::time::Instant::now();
    let value = run();
    (value, u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX))
}
