//! `yumen import FILE`: an official file of another regime becomes a list beside the Chinese ones.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use yumen_foreign::import::{self, LARGEST_FILE, Report};

use crate::context::Context;
use crate::failure::Failure;
use crate::{home, shelves};

/// Passages not understood that a page shows.
const SHOWN: usize = 12;

#[derive(Serialize)]
struct Done<'a> {
    #[serde(flatten)]
    report: &'a Report,
    kept: String,
}

/// Imports a file and keeps the list.
pub fn run(context: &Context, data: Option<&Path>, file: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX) + 1;
    let opened = fs::File::open(file).map_err(|e| Failure::file(file, &e))?;
    opened.take(limit).read_to_end(&mut bytes).map_err(|e| Failure::file(file, &e))?;
    let imported = import::import(&bytes).map_err(|error| Failure {
        exit: crate::failure::BAD_DATA,
        code: error.code(),
        message: error.message(),
    })?;
    let kept = shelves::keep(&home::directory(data)?, &imported.list)?;
    let report = &imported.report;
    let done = Done { report, kept: kept.display().to_string() };
    Ok(context.print(&done, |page| {
        let name = context
            .book
            .regimes
            .get(&report.regime)
            .map_or_else(|| report.regime.clone(), |regime| page.say(&regime.name).to_owned());
        page.line(&name);
        let counts = page
            .pick(
                &format!("{} 个条目，{} 个段落，{} 条注释", report.entries, report.paragraphs, report.notes),
                &format!("{} entries, {} paragraphs, {} notes", report.entries, report.paragraphs, report.notes),
            )
            .to_owned();
        page.line(&format!("  {counts}"));
        page.line(&format!("  SHA-256 {}", report.sha256));
        page.line(&format!("  {} {}", page.pick("保存于", "kept in"), done.kept));
        if !report.unread.is_empty() {
            let head = page
                .pick(
                    &format!("没有读懂的地方：{} 处（其文字未列入）", report.unread.len()),
                    &format!("Not understood: {} passage(s)", report.unread.len()),
                )
                .to_owned();
            page.gap();
            page.line(&head);
            for unread in report.unread.iter().take(SHOWN) {
                let line = if unread.line == 0 { String::new() } else { format!(":{}", unread.line) };
                let why = page.say(&unread.why).to_owned();
                page.wrapped("  · ", "    ", &format!("{}{line}  {}: {why}", unread.entry, unread.words));
            }
        }
    }))
}
