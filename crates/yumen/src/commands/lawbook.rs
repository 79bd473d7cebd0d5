//! `yumen lawbook`: is the law data sound, and which version is it?

use std::path::Path;

use serde::Serialize;
use yumen_lawbook::{Book, Issue, Lang, Severity};

use crate::context::Context;
use crate::failure::{BAD_DATA, Failure};
use crate::home;
use crate::show::out::{Page, json};

/// What a check of the book found.
#[derive(Serialize)]
struct Checked<'a> {
    version: &'a str,
    files: usize,
    errors: usize,
    warnings: usize,
    issues: &'a [Issue],
}

/// Checks a book and prints every objection. Returns the text and the exit code.
///
/// # Errors
/// Where the directory cannot be read.
pub fn check(
    directory: Option<&Path>,
    data: Option<&Path>,
    lang: Lang,
    as_json: bool,
) -> Result<(String, u8), Failure> {
    let files = home::book_files(directory, data)?;
    let (book, issues) = Book::inspect(&files);
    let errors = issues.iter().filter(|i| i.severity == Severity::Error).count();
    let exit = if errors > 0 { BAD_DATA } else { 0 };
    let checked = Checked {
        version: &book.version,
        files: files.len(),
        errors,
        warnings: issues.len() - errors,
        issues: &issues,
    };
    if as_json {
        return Ok((json(&checked), exit));
    }
    let mut page = Page::new(lang);
    for issue in &issues {
        page.line(&issue.to_string());
    }
    let line = match lang {
        Lang::Zh => format!("{} 个文件，{errors} 个错误，{} 个提醒。", files.len(), checked.warnings),
        Lang::En => format!("{} files, {errors} errors, {} warnings.", files.len(), checked.warnings),
    };
    page.line(&line);
    Ok((page.finish(), exit))
}

/// Prints the version and what is in the book.
pub fn version(context: &Context) -> String {
    #[derive(Serialize)]
    struct Versioned<'a> {
        version: &'a str,
        instruments: usize,
        entries: usize,
        points: usize,
        exclusions: usize,
        measures: usize,
        clauses: usize,
        listings: usize,
        parties: usize,
        procedures: usize,
        timers: usize,
        penalties: usize,
        calendars: Option<(i16, i16)>,
        concepts: usize,
        terms: usize,
        recorded: Option<(yumen_lawbook::Day, yumen_lawbook::Day)>,
    }
    let book = &context.book;
    let versions = || book.lists.values().flat_map(|l| l.history.versions());
    let versioned = Versioned {
        version: &book.version,
        instruments: book.instruments.len(),
        entries: versions().count(),
        points: versions().map(|v| v.entry.points.len() - 1).sum(),
        exclusions: book.exclusions.len(),
        measures: book.measures.len(),
        clauses: book.measures.values().map(|m| m.clause.len()).sum(),
        listings: book.listings.len(),
        parties: book.listings.iter().map(|l| l.party.len()).sum(),
        procedures: book.procedures.len(),
        timers: book.timers.len(),
        penalties: book.penalties.len(),
        calendars: book.calendar.span(),
        concepts: book.lexicon.len(),
        terms: book.lexicon.iter().map(yumen_lawbook::lexicon::Concept::terms).sum(),
        recorded: book.recorded,
    };
    context.print(&versioned, |page| {
        page.line(versioned.version);
        let rows = [
            ("法律文件", "instruments", versioned.instruments),
            ("条目版本", "entry versions", versioned.entries),
            ("要点", "points", versioned.points),
            ("排除说明", "exclusions", versioned.exclusions),
            ("措施条款", "clauses of measures", versioned.clauses),
            ("名单实体", "listed parties", versioned.parties),
            ("程序", "procedures", versioned.procedures),
            ("期限", "statutory periods", versioned.timers),
            ("罚则", "penalties", versioned.penalties),
            ("词汇概念", "concepts", versioned.concepts),
            ("词条", "terms", versioned.terms),
        ];
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|(zh, en, n)| vec![page.pick(zh, en).to_owned(), n.to_string()]).collect();
        page.table(&["", ""], &rows);
    })
}
