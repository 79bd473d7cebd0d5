//! Customs numbers: the table of all, and one with its entries.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};

use super::{Pager, Shown, files, show};
use crate::views::hs::{self, HsLine, HsView, Unnumbered};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "hs.html")]
struct All<'p> {
    v: &'p Visit,
    section: &'static str,
    q: String,
    lines: Vec<HsLine>,
    without: Vec<Unnumbered>,
    pager: Pager,
}

/// Every number, or those that begin with some digits. A whole number leads to its own page.
pub async fn all(v: Visit) -> Shown {
    let q = v.field("q").to_owned();
    if !q.is_empty() {
        let number = hs::number(&q)?;
        return Ok(Redirect::to(&v.href(&format!("/hs/{number}"))).into_response());
    }
    let (pager, lines) = Pager::cut(&v, hs::all(v.book(), v.day))?;
    let without = if pager.page == pager.pages { hs::unnumbered(v.book(), v.day) } else { Vec::new() };
    show(&All { v: &v, section: "lists", q, lines, without, pager })
}

#[derive(Template)]
#[template(path = "hs_number.html")]
struct One<'p> {
    v: &'p Visit,
    section: &'static str,
    h: HsView,
}

/// One number.
pub async fn number(v: Visit, Path(number): Path<String>) -> Shown {
    let h = hs::view(v.book(), &number, v.day)?;
    show(&One { v: &v, section: "lists", h })
}

/// The table of all as a CSV file, one row a point.
pub async fn csv(v: Visit) -> Shown {
    let columns = ["number", "code", "text_zh", "text_en", "list", "control", "status", "instrument", "verification"];
    let points = hs::all(v.book(), v.day).into_iter().flat_map(|l| l.points);
    let rows = points.map(|p| {
        [
            p.number,
            p.code,
            p.text.zh,
            p.text.en,
            p.list,
            p.control,
            p.status,
            p.instrument.instrument,
            p.known.verification,
        ]
    });
    files::table(&format!("customs-numbers-{}.csv", v.day), &columns, rows)
}
