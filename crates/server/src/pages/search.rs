//! Search over everything.

use askama::Template;

use super::{Pager, Shown, show};
use crate::search::{Hit, Kind};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "search.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    q: String,
    kind: String,
    hits: Vec<Hit>,
    /// The customs number that was typed, where one was.
    number: Option<String>,
    pager: Pager,
}

/// What the words lead to.
pub async fn page(v: Visit) -> Shown {
    let q: String = v.field("q").chars().take(crate::search::LONGEST).collect();
    let kind = Kind::ALL.into_iter().find(|k| k.as_str() == v.field("kind"));
    let found = v.app.search.find(v.book(), &q, kind, v.day);
    let (pager, hits) = Pager::cut(&v, found)?;
    let kind = kind.map_or_else(String::new, |k| k.as_str().to_owned());
    super::check::private(show(&Page {
        v: &v,
        section: "search",
        number: crate::views::hs::number(q.trim()).ok(),
        q,
        kind,
        hits,
        pager,
    }))
}
