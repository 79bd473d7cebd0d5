//! An entry with its whole life.

use askama::Template;
use axum::extract::Path;

use super::{Shown, show};
use crate::charts;
use crate::views::entry::{self, EntryView};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "entry.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    e: EntryView,
    life: String,
}

/// The page of an entry.
pub async fn page(v: Visit, Path(code): Path<String>) -> Shown {
    let e = entry::view(v.book(), &code, v.day)?;
    let name = v.say(&e.entry.name);
    let from = e.versions.iter().filter(|x| !x.draft).map(|x| x.from).min().unwrap_or(v.day);
    let label = match v.lang {
        yumen_lawbook::Lang::Zh => format!("{name}：自 {from} 起的 {} 个版本，详见下表", e.versions.len()),
        yumen_lawbook::Lang::En => format!("{name}: {} versions since {from}, as in the table below", e.versions.len()),
    };
    let life = charts::life(&e.versions, v.day, v.today, v.lang, &label);
    show(&Page { v: &v, section: "lists", e, life })
}
