//! `yumen eval table FILE...`: one table of all figures, beside plain retrieval run in the same call.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use yumen_lawbook::Day;

use super::baselines::{Baseline, Cut};
use super::cases::{self, Case};
use super::chinese::related;
use super::figures::{Answers, Retrieval};
use super::{classify, wanted};
use crate::context::Context;
use crate::failure::Failure;
use crate::{home, shelves};

/// Runs the files and writes one table (Markdown, so that it can stand in a page).
///
/// # Errors
/// Where a file cannot be read.
pub fn compare(context: &Context, data: Option<&Path>, files: &[PathBuf], today: Day) -> Result<String, Failure> {
    let engine = context.engine();
    let mut page = String::new();
    for file in files {
        let report = classify(&engine, data, file, today)?;
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        page.push_str(&format!(
            "\n### {name}: {} cases, {} µs at the median, {} µs at the 99th percentile\n\n",
            report.n, report.us.p50, report.us.p99
        ));
        page.push_str("| finding | n | first | first 3 | first 5 | first 10 |\n|---|--:|--:|--:|--:|--:|\n");
        for (group, found) in &report.retrieval {
            row(&mut page, group, found);
        }
        if report.near_miss.n > 0 {
            row(&mut page, "nearest entry of what is free", &report.near_miss);
        }
        for (group, found) in &report.foreign.entries {
            row(&mut page, &format!("other regime, {group}: entry"), found);
        }
        for (group, found) in &report.foreign.paragraphs {
            row(&mut page, &format!("other regime, {group}: paragraph"), found);
        }
        for (name, found) in baselines(context, data, file, today)? {
            row(&mut page, &name, &found);
        }
        if report.answers.n > 0 {
            page.push_str("\n| answers | n | right | wrong | abstained | unsafe | missed | overblocked (of free) |\n");
            page.push_str("|---|--:|--:|--:|--:|--:|--:|--:|\n");
            for (group, a) in &report.answers_by {
                answers(&mut page, group, a);
            }
        }
        if report.foreign.residual + report.foreign.left_out > 0 {
            page.push_str(&format!(
                "\nNot counted: {} cases whose answer is the residual, {} of lists that are not here or that are not to be scored.\n",
                report.foreign.residual, report.foreign.left_out
            ));
        }
    }
    Ok(page)
}

fn row(page: &mut String, name: &str, r: &Retrieval) {
    if r.n > 0 {
        page.push_str(&format!("| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} |\n", r.n, r.at1, r.at3, r.at5, r.at10));
    }
}

fn answers(page: &mut String, group: &str, a: &Answers) {
    page.push_str(&format!(
        "| {group} | {} | {} | {} | {} | {} | {} | {} of {} |\n",
        a.n, a.right, a.wrong, a.abstained, a.r#unsafe, a.missed, a.overblocked, a.negatives
    ));
}

/// The same cases with plain retrieval.
fn baselines(
    context: &Context,
    data: Option<&Path>,
    file: &Path,
    today: Day,
) -> Result<Vec<(String, Retrieval)>, Failure> {
    let cases = cases::read(file)?;
    let engine = context.engine();
    let shelves = if cases.iter().any(|c| c.foreign().is_some()) {
        shelves::open(&engine, &home::directory(data)?)?
    } else {
        Vec::new()
    };
    let mut out = Vec::new();
    for cut in Cut::ALL {
        let mut chinese: BTreeMap<(&str, Day), Baseline> = BTreeMap::new();
        let mut foreign: BTreeMap<String, Baseline> = BTreeMap::new();
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for case in &cases {
            if let Some(regime) = case.foreign() {
                let shelf = shelves.iter().find(|s| s.list().regime == regime);
                let Some(shelf) = shelf.filter(|_| !case.label_quality.contains("do_not_score")) else { continue };
                let wanted = case.expected_code.to_lowercase();
                let Some(entry) = wanted.get(..5).filter(|e| shelf.list().entry(e).is_some()) else { continue };
                let baseline = foreign.entry(regime.to_owned()).or_insert_with(|| Baseline::foreign(shelf.list(), cut));
                theirs.push(baseline.find(&case.query, 10).iter().position(|c| c.eq_ignore_ascii_case(entry)));
                continue;
            }
            let wanted = wanted(case);
            if wanted.is_empty() {
                continue;
            }
            let day = case.as_of.or(case.date).unwrap_or(today);
            let list = case.chinese();
            let baseline =
                chinese.entry((list, day)).or_insert_with(|| Baseline::chinese(&context.book, list, day, cut));
            ours.push(found(case, baseline, &wanted));
        }
        out.push((cut.name().to_owned(), Retrieval::of(ours)));
        out.push((format!("{}, other regime: entry", cut.name()), Retrieval::of(theirs)));
    }
    Ok(out)
}

fn found(case: &Case, baseline: &Baseline, wanted: &[String]) -> Option<usize> {
    baseline.find(&case.query, 10).iter().position(|code| wanted.iter().any(|w| related(code, w)))
}
