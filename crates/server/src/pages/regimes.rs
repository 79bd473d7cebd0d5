//! Other regimes: what is known of their lists here, and their numbers beside those of the Chinese list.

use askama::Template;

use super::{Pager, Shown, files, show};
use crate::views::regime::{self, SharedLine};
use crate::visit::Visit;
use yumen_lawbook::regime::Regime;

#[derive(Template)]
#[template(path = "regimes.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    regimes: Vec<&'p Regime>,
    lines: Vec<SharedLine>,
    pager: Pager,
}

/// The regimes and the numbers.
pub async fn page(v: Visit) -> Shown {
    let regimes = v.book().regimes.values().collect();
    let (pager, lines) = Pager::cut(&v, regime::shared(v.book(), v.day))?;
    show(&Page { v: &v, section: "lists", regimes, lines, pager })
}

/// The numbers as a CSV file, one row a number and regime.
pub async fn csv(v: Visit) -> Shown {
    let rows = regime::shared(v.book(), v.day).into_iter().flat_map(|l| {
        let (code, name) = (l.code, l.name);
        l.counterparts.into_iter().map(move |c| {
            [code.clone(), name.zh.clone(), name.en.clone(), c.id, c.kinship, c.note.zh, c.note.en, c.read.en]
        })
    });
    let columns = ["code", "name_zh", "name_en", "regime", "kinship", "note_zh", "note_en", "read"];
    files::table(&format!("shared-numbers-{}.csv", v.day), &columns, rows)
}
