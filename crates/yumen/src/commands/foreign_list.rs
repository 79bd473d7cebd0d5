//! `yumen import FILE` for an official file of another regime: it becomes a list beside the Chinese ones.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde::Serialize;
use yumen_foreign::import::{self, IMPORTERS, LARGEST_FILE, Report};
use yumen_lawbook::Lang;

use crate::context::Context;
use crate::failure::Failure;
use crate::show::out::Page;
use crate::{home, shelves};

/// Passages not understood that a page shows.
const SHOWN: usize = 12;

/// What came of a file.
#[derive(Serialize)]
pub struct Kept {
    #[serde(flatten)]
    report: Report,
    kept: String,
}

/// True where a file looks like a list of another regime. Reads no more than its beginning.
pub fn is_list(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = fs::File::open(file).and_then(|f| f.take(4096).read_to_end(&mut head));
    read.is_ok() && IMPORTERS.iter().any(|importer| (importer.recognises)(&head))
}

/// Imports a file and keeps the list.
pub fn keep(data: Option<&Path>, file: &Path) -> Result<Kept, Failure> {
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
    Ok(Kept { report: imported.report, kept: kept.display().to_string() })
}

/// Shows what was understood and what was not.
pub fn show(context: &Context, page: &mut Page, kept: &Kept) {
    let report = &kept.report;
    let name = context
        .book
        .regimes
        .get(&report.regime)
        .map_or_else(|| report.regime.clone(), |regime| page.say(&regime.name).to_owned());
    page.head(&name, &name);
    let counts = match page.lang {
        Lang::Zh => format!("{} 个条目，{} 个段落，{} 条注释", report.entries, report.paragraphs, report.notes),
        Lang::En => format!("{} entries, {} paragraphs, {} notes", report.entries, report.paragraphs, report.notes),
    };
    page.line(&format!("  {counts}"));
    page.line(&format!("  SHA-256 {}", report.sha256));
    page.line(&format!("  {} {}", page.pick("保存于", "kept in"), kept.kept));
    if report.unread.is_empty() {
        return;
    }
    let head = match page.lang {
        Lang::Zh => format!("没有读懂的地方：{} 处（其文字未列入）", report.unread.len()),
        Lang::En => format!("Not understood: {} passage(s)", report.unread.len()),
    };
    page.gap();
    page.line(&head);
    for unread in report.unread.iter().take(SHOWN) {
        let line = if unread.line == 0 { String::new() } else { format!(":{}", unread.line) };
        let why = page.say(&unread.why).to_owned();
        page.wrapped("  · ", "    ", &format!("{}{line}  {}: {why}", unread.entry, unread.words));
    }
}
