//! `yumen eval classify FILE`: how often the engine finds and decides right, on a file of cases.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use yumen_assess::answer::{Answer, Assessment, Candidate};
use yumen_assess::{Engine, Question};
use yumen_lawbook::Day;

use crate::failure::Failure;

/// One case of the Chinese files.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    #[serde(alias = "description")]
    query: String,
    #[serde(default)]
    lang: String,
    #[serde(default)]
    regime: String,
    #[serde(default)]
    as_of: Option<Day>,
    #[serde(default)]
    expected_codes: Vec<String>,
    #[serde(default)]
    entry: String,
    #[serde(default, alias = "label")]
    expected_status: String,
    #[serde(default)]
    near_miss_codes: Vec<String>,
    /// Cases of official answers carry the day of the answer and one code.
    #[serde(default)]
    date: Option<Day>,
    #[serde(default)]
    code: String,
}

/// Retrieval over a group of cases.
#[derive(Debug, Default, Serialize)]
struct Retrieval {
    #[serde(rename = "recall@1")]
    at1: f64,
    #[serde(rename = "recall@3")]
    at3: f64,
    #[serde(rename = "recall@5")]
    at5: f64,
    #[serde(rename = "recall@10")]
    at10: f64,
    mrr: f64,
    n: usize,
}

/// Answers over all cases.
#[derive(Debug, Default, Serialize)]
struct Answers {
    right: usize,
    wrong: usize,
    abstained: usize,
    r#unsafe: usize,
    missed: usize,
    overblocked: usize,
    n: usize,
}

/// Where the first right candidate of a case stood.
struct Ranked {
    lang: String,
    list: &'static str,
    rank: Option<usize>,
}

#[derive(Debug, Serialize)]
struct FailureLine {
    id: String,
    kind: String,
    expected: String,
    got: String,
}

#[derive(Debug, Default, Serialize)]
struct Micros {
    p50: u64,
    p99: u64,
}

/// The report, as programs read it.
#[derive(Debug, Serialize)]
pub struct Report {
    n: usize,
    retrieval: BTreeMap<&'static str, Retrieval>,
    /// Share of negatives whose nearest entry is among the first five.
    near_miss: Retrieval,
    answers: Answers,
    failures: Vec<FailureLine>,
    us: Micros,
}

/// Runs a case file.
///
/// # Errors
/// Where the file cannot be read or holds a line that is no case.
pub fn classify(engine: &Engine, file: &Path, today: Day) -> Result<Report, Failure> {
    let cases = read(file)?;
    let mut ranks: Vec<Ranked> = Vec::new();
    let mut near = Vec::new();
    let mut answers = Answers::default();
    let mut failures = Vec::new();
    let mut times = Vec::new();
    for case in &cases {
        let day = case.as_of.or(case.date).unwrap_or(today);
        let question = Question::about(case.query.clone(), day);
        #[expect(clippy::disallowed_methods, reason = "the report says how long an answer takes")]
        let begun = std::time::Instant::now();
        let assessed = engine.assess(&question);
        times.push(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
        let list = list_of(&case.regime);
        let Ok(assessment) = assessed else {
            answers.n += 1;
            answers.wrong += 1;
            failures.push(FailureLine {
                id: case.id.clone(),
                kind: "error".into(),
                expected: case.expected_status.clone(),
                got: "error".into(),
            });
            continue;
        };
        let candidates: Vec<&Candidate> = assessment.candidates.iter().filter(|c| c.list == list).collect();
        let mut wanted = case.expected_codes.clone();
        if wanted.is_empty() && !case.code.is_empty() {
            wanted.push(case.code.clone());
        }
        if !wanted.is_empty() || !case.entry.is_empty() {
            let rank = candidates.iter().position(|c| hits(c, &wanted) || is_called(engine, c, &wanted, &case.entry));
            if rank.is_none_or(|r| r >= 5) {
                let got = candidates.iter().take(5).map(|c| c.code.as_str()).collect::<Vec<_>>().join(" ");
                let expected = if wanted.is_empty() { case.entry.clone() } else { wanted.join(" ") };
                failures.push(FailureLine { id: case.id.clone(), kind: "not_in_first_five".into(), expected, got });
            }
            ranks.push(Ranked { lang: case.lang.clone(), list, rank });
        }
        if is_negative(&case.expected_status) && !case.near_miss_codes.is_empty() {
            near.push(candidates.iter().position(|c| hits(c, &case.near_miss_codes)));
        }
        judge(case, &assessment, list, &wanted, &mut answers, &mut failures);
    }
    let group =
        |keep: fn(&Ranked) -> bool| retrieval(&ranks.iter().filter(|r| keep(r)).map(|r| r.rank).collect::<Vec<_>>());
    let retrieved = BTreeMap::from([
        ("all", group(|_| true)),
        ("zh", group(|r| r.lang == "zh")),
        ("en", group(|r| r.lang == "en")),
        ("technology", group(|r| r.list == "technology")),
        ("dual-use", group(|r| r.list == "dual-use")),
    ]);
    times.sort_unstable();
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or(0);
    Ok(Report {
        n: cases.len(),
        retrieval: retrieved,
        near_miss: retrieval(&near),
        answers,
        failures,
        us: Micros { p50: at(50), p99: at(99) },
    })
}

fn read(file: &Path) -> Result<Vec<Case>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, &e))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| serde_json::from_str(line).map_err(|e| Failure::line(file, number + 1, &e)))
        .collect()
}

fn list_of(regime: &str) -> &'static str {
    match regime {
        "CN-TECH" => "technology",
        _ => "dual-use",
    }
}

/// True where a candidate is one of the wanted codes: the same, a prefix or an extension, in any edition.
fn hits(candidate: &Candidate, wanted: &[String]) -> bool {
    let own = std::iter::once(&candidate.code).chain(&candidate.also);
    own.into_iter().any(|code| wanted.iter().any(|w| related(code, w)))
}

/// True where a case that has no code names the entry by a heading it bears in some edition.
fn is_called(engine: &Engine, candidate: &Candidate, wanted: &[String], entry: &str) -> bool {
    if entry.is_empty() || !wanted.is_empty() {
        return false;
    }
    let Some(list) = engine.book().list(&candidate.list) else { return false };
    let Ok(code) = candidate.code.parse() else { return false };
    list.history.lives_of(&code).into_iter().flat_map(|life| list.history.life(life)).any(|v| v.entry.name.zh == entry)
}

fn related(a: &str, b: &str) -> bool {
    a == b
        || a.strip_prefix(b).is_some_and(|r| r.starts_with('.'))
        || b.strip_prefix(a).is_some_and(|r| r.starts_with('.'))
}

fn is_negative(status: &str) -> bool {
    matches!(status, "free" | "not_controlled" | "not_in_force")
}

fn is_controlled(status: &str) -> bool {
    matches!(
        status,
        "dual_use_licence"
            | "restricted"
            | "prohibited"
            | "prohibited_destination"
            | "suspended"
            | "lapsed_unconfirmed"
            | "controlled"
    )
}

fn judge(
    case: &Case,
    assessment: &Assessment,
    list: &str,
    wanted: &[String],
    answers: &mut Answers,
    failures: &mut Vec<FailureLine>,
) {
    let Some(result) = assessment.results.iter().find(|r| r.regime == list) else { return };
    let status = case.expected_status.as_str();
    let got = result.answer;
    let code_right = wanted.is_empty()
        || result
            .entry
            .as_ref()
            .is_some_and(|e| std::iter::once(&e.code).chain(&e.also).any(|c| wanted.iter().any(|w| related(c, w))));
    let right = match status {
        "dual_use_licence" | "restricted" | "controlled" => got == Answer::LicenceRequired && code_right,
        "prohibited" => got == Answer::Prohibited,
        // A presumption of denial is no prohibition in law: the licence is still what must be asked for.
        "prohibited_destination" => matches!(got, Answer::Prohibited | Answer::LicenceRequired),
        "suspended" => got == Answer::Suspended,
        "lapsed_unconfirmed" => got == Answer::LapsedUnconfirmed,
        "free" | "not_controlled" | "not_in_force" => got == Answer::LikelyNotControlled,
        "depends" => matches!(got, Answer::Depends | Answer::Conflict),
        _ => false,
    };
    let abstains = matches!(got, Answer::NotFound | Answer::Depends | Answer::Conflict | Answer::LapsedUnconfirmed);
    answers.n += 1;
    let mut fail = |kind: &str| {
        let entry = result.entry.as_ref().map_or(String::new(), |e| format!(" {}", e.code));
        let got = format!("{}{entry}", got.as_str());
        failures.push(FailureLine {
            id: case.id.clone(),
            kind: kind.to_owned(),
            expected: format!("{status} {}", wanted.join(" ")),
            got,
        });
    };
    if right {
        answers.right += 1;
    } else if abstains {
        answers.abstained += 1;
        fail("abstained");
    } else {
        answers.wrong += 1;
        fail("wrong");
    }
    if is_controlled(status) && got == Answer::LikelyNotControlled {
        answers.r#unsafe += 1;
        fail("unsafe");
    }
    if is_controlled(status) && got == Answer::NotFound {
        answers.missed += 1;
        fail("missed");
    }
    if is_negative(status) && matches!(got, Answer::Prohibited | Answer::LicenceRequired) {
        answers.overblocked += 1;
        fail("overblocked");
    }
}

#[expect(clippy::cast_precision_loss, reason = "shares of some hundred cases")]
fn retrieval(ranks: &[Option<usize>]) -> Retrieval {
    let n = ranks.len();
    let share = |k: usize| {
        if n == 0 { 0.0 } else { round(ranks.iter().filter(|r| r.is_some_and(|r| r < k)).count() as f64 / n as f64) }
    };
    let mrr = ranks.iter().flatten().map(|r| 1.0 / (*r as f64 + 1.0)).sum::<f64>() / n.max(1) as f64;
    Retrieval { at1: share(1), at3: share(3), at5: share(5), at10: share(10), mrr: round(mrr), n }
}

fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
