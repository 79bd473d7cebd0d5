//! Countries and regions: the list of them, and one with everything that names it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect};

use super::{Shown, show};
use crate::views::country::{self, CountryLine, CountryView};
use crate::visit::Visit;

/// Most parties shown on the page of a country; the rest stand in the list of parties.
const MOST_PARTIES: usize = 40;

#[derive(Template)]
#[template(path = "countries.html")]
struct All<'p> {
    v: &'p Visit,
    section: &'static str,
    named: Vec<CountryLine>,
    others: Vec<CountryLine>,
}

/// Every country, those that are named first.
pub async fn all(v: Visit) -> Shown {
    let q = v.field("q");
    if !q.is_empty() {
        let found = country::find(v.book(), q)?;
        return Ok(Redirect::to(&v.href(&format!("/countries/{}", found.code))).into_response());
    }
    let (mut named, others): (Vec<_>, Vec<_>) =
        country::all(v.book(), v.day).into_iter().partition(|c| c.clauses + c.parties > 0);
    named.sort_by_key(|c| std::cmp::Reverse((c.clauses, c.parties)));
    show(&All { v: &v, section: "measures", named, others })
}

#[derive(Template)]
#[template(path = "country.html")]
struct One<'p> {
    v: &'p Visit,
    section: &'static str,
    c: CountryView,
    most: usize,
}

/// One country. A name leads to the address of its code.
pub async fn country(v: Visit, Path(name): Path<String>) -> Shown {
    let c = country::view(v.book(), &v.app.changes, &name, v.day)?;
    if c.country.code != name {
        return Ok(Redirect::permanent(&v.href(&format!("/countries/{}", c.country.code))).into_response());
    }
    show(&One { v: &v, section: "measures", c, most: MOST_PARTIES })
}
