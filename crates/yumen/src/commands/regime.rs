//! `yumen regime`: the imported lists of other regimes.

use std::path::Path;

use serde::Serialize;
use yumen_foreign::list::{Entry, is_below};
use yumen_lawbook::Bilingual;

use crate::cli::Regime;
use crate::context::Context;
use crate::failure::Failure;
use crate::{home, shelves, show};

#[derive(Serialize)]
struct Held {
    regime: String,
    name: Bilingual,
    citation: String,
    url: String,
    entries: Option<usize>,
    sha256: Option<String>,
}

/// Lists, searches, shows.
pub fn run(context: &Context, data: Option<&Path>, command: &Regime) -> Result<String, Failure> {
    match command {
        Regime::List => list(context, data),
        Regime::Entry { regime, code } => entry(context, data, regime, code),
        Regime::Search { regime, words } => search(context, data, regime, words),
    }
}

fn list(context: &Context, data: Option<&Path>) -> Result<String, Failure> {
    let lists = shelves::lists(&context.book, &home::directory(data)?)?;
    let held: Vec<Held> = context
        .book
        .regimes
        .values()
        .map(|regime| {
            let list = lists.iter().find(|l| l.regime == regime.id);
            Held {
                regime: regime.id.clone(),
                name: regime.name.clone(),
                citation: regime.citation.clone(),
                url: regime.url.clone(),
                entries: list.map(|l| l.entries.len()),
                sha256: list.map(|l| l.sha256.clone()),
            }
        })
        .collect();
    Ok(context.print(&held, |page| {
        for one in &held {
            let name = page.say(&one.name).to_owned();
            page.line(&format!("{}  {name} ({})", one.regime, one.citation));
            let state = match (one.entries, &one.sha256) {
                (Some(entries), Some(sha256)) => {
                    page.pick(&format!("已导入：{entries} 个条目"), &format!("imported: {entries} entries")).to_owned()
                        + &format!("  {}", &sha256[..12.min(sha256.len())])
                }
                _ => page
                    .pick(
                        &format!("未导入；下载后运行 yumen import FILE：{}", one.url),
                        &format!("not imported; download it and run yumen import FILE: {}", one.url),
                    )
                    .to_owned(),
            };
            page.wrapped("  ", "  ", &state);
        }
    }))
}

fn unknown_regime(context: &Context, regime: &str) -> Failure {
    let known = context.book.regimes.keys().cloned().collect::<Vec<_>>().join(", ");
    let regime: String = regime.chars().take(40).collect();
    Failure::usage(
        "unknown_regime",
        format!("没有已导入的 {regime} 清单；认识的有：{known}（用 yumen import FILE 导入）。"),
        format!("No list of {regime} was imported; known regimes: {known} (yumen import FILE)."),
    )
}

fn entry(context: &Context, data: Option<&Path>, regime: &str, code: &str) -> Result<String, Failure> {
    let lists = shelves::lists(&context.book, &home::directory(data)?)?;
    let list = lists.iter().find(|l| l.regime == regime).ok_or_else(|| unknown_regime(context, regime))?;
    let (code, path) = code.split_once('.').unwrap_or((code, ""));
    let path = path.to_ascii_lowercase();
    let entry = list.entry(code).filter(|e| path.is_empty() || e.paragraphs.iter().any(|p| is_below(&p.path, &path)));
    let entry = entry.ok_or_else(|| {
        let code: String = code.chars().take(40).collect();
        Failure::usage("unknown_code", format!("该清单中没有 {code}。"), format!("The list has no {code}."))
    })?;
    let mut shown: Entry = entry.clone();
    if !path.is_empty() {
        shown.paragraphs.retain(|p| is_below(&p.path, &path) || is_below(&path, &p.path));
        shown.notes.retain(|n| n.after.is_empty() || is_below(&n.after, &path) || is_below(&path, &n.after));
    }
    Ok(context.print(&shown, |page| show::foreign::entry(page, &shown)))
}

fn search(context: &Context, data: Option<&Path>, regime: &str, words: &str) -> Result<String, Failure> {
    if words.len() > yumen_assess::LONGEST_TEXT {
        let limit = yumen_assess::LONGEST_TEXT;
        return Err(yumen_assess::QuestionError::TooLong { field: "text", bytes: words.len(), limit }.into());
    }
    let shelves = shelves::open(&context.engine(), &home::directory(data)?)?;
    let shelf = shelves.iter().find(|s| s.list().regime == regime).ok_or_else(|| unknown_regime(context, regime))?;
    let answer = shelf.find(words);
    Ok(context
        .print(&answer, |page| show::foreign::write(page, std::slice::from_ref(&answer), answer.candidates.len())))
}
