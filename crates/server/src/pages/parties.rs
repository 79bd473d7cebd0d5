//! Who is listed since when under which notice, with what effect on the day.

use askama::Template;
use axum::extract::Path;
use yumen_lawbook::Bilingual;

use super::{Pager, Shown, show};
use crate::problem::Problem;
use crate::views::party::{self, Filter, PartyLine, PartyView};
use crate::visit::Visit;

/// Longest name looked for, in bytes.
const LONGEST: usize = 4096;

#[derive(Template)]
#[template(path = "parties.html")]
struct Parties<'p> {
    v: &'p Visit,
    section: &'static str,
    filter: Filter,
    lists: [(&'static str, Bilingual); 4],
    lines: Vec<PartyLine>,
    pager: Pager,
}

/// Every listed party, or those whose name holds some words.
pub async fn list(v: Visit) -> Shown {
    let words = v.field("q");
    if words.len() > LONGEST {
        return Err(Problem::bad(
            "too_long",
            format!("名称超过 {LONGEST} 字节。"),
            format!("The name is longer than {LONGEST} bytes."),
        )
        .at("q"));
    }
    let filter = Filter {
        words: words.to_owned(),
        list: v.field("list").to_owned(),
        status: v.field("status").to_owned(),
        country: v.field("country").to_owned(),
    };
    let notice = v.field("notice").to_owned();
    let mut lines = party::lines(v.book(), v.day, &filter);
    if !notice.is_empty() {
        lines.retain(|l| l.instrument.instrument == notice);
    }
    let (pager, lines) = Pager::cut(&v, lines)?;
    show(&Parties { v: &v, section: "parties", filter, lists: party::lists(), lines, pager })
}

#[derive(Template)]
#[template(path = "party.html")]
struct Party<'p> {
    v: &'p Visit,
    section: &'static str,
    p: PartyView,
}

/// One party.
pub async fn party(v: Visit, Path((listing, no)): Path<(String, String)>) -> Shown {
    let p = party::view(v.book(), &format!("{listing}/{no}"), v.day)?;
    show(&Party { v: &v, section: "parties", p })
}
