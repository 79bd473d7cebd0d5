//! Who is listed since when under which notice, with what effect on the day.

use askama::Template;
use axum::extract::Path;
use yumen_lawbook::Bilingual;

use super::{Pager, Shown, files, show};
use crate::problem::Problem;
use crate::views::party::{self, Filter, PartyLine, PartyView};
use crate::views::table::Sort;
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
    countries: Vec<(String, Bilingual, usize)>,
    /// A country whose name was typed where a party's was wanted.
    country: Option<(String, Bilingual)>,
    sort: Sort,
    looked_at: usize,
    lines: Vec<PartyLine>,
    pager: Pager,
    /// The same lines as JSON: the API takes neither the page nor the order.
    json: String,
}

const SORTED: [&str; 3] = ["name", "since", "status"];

fn filter(v: &Visit) -> Result<Filter, Problem> {
    let words = v.field("q");
    if words.len() > LONGEST {
        return Err(Problem::bad(
            "too_long",
            format!("名称超过 {LONGEST} 字节。"),
            format!("The name is longer than {LONGEST} bytes."),
        )
        .at("q"));
    }
    Ok(Filter {
        words: words.to_owned(),
        list: v.field("list").to_owned(),
        status: v.field("status").to_owned(),
        country: v.field("country").to_uppercase(),
        notice: v.field("notice").to_owned(),
    })
}

fn sorted(v: &Visit, lines: &mut [PartyLine]) -> Sort {
    let sort = Sort::read(v.field("sort"), &SORTED);
    sort.apply(lines, |l| match sort.by.as_str() {
        "name" => v.say(&l.name).to_lowercase(),
        "since" => l.listed.to_string(),
        _ => l.status.clone(),
    });
    sort
}

/// Every listed party, or those that a name may mean.
pub async fn list(v: Visit) -> Shown {
    let filter = filter(&v)?;
    let party::Looked { mut lines, looked_at } = party::look(v.book(), v.day, &filter);
    let sort = sorted(&v, &mut lines);
    let country = v.book().country(&filter.words).map(|c| (c.code.clone(), c.name.clone()));
    let (pager, lines) = Pager::cut(&v, lines)?;
    show(&Parties {
        v: &v,
        section: "parties",
        filter,
        lists: party::lists(),
        countries: party::countries(v.book()),
        country,
        sort,
        looked_at,
        lines,
        pager,
        json: json(&v),
    })
}

/// The address of the same parties in the API.
fn json(v: &Visit) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["q", "list", "status", "country", "notice"] {
        if !v.field(name).is_empty() {
            query.append_pair(name, v.field(name));
        }
    }
    query.append_pair("on", &v.day.to_string());
    format!("/api/v1/parties?{}", query.finish())
}

/// The same as a CSV file.
pub async fn csv(v: Visit) -> Shown {
    let columns =
        ["id", "name_zh", "name_en", "also", "country", "list", "listed", "status", "instrument", "found", "score"];
    let mut lines = party::lines(v.book(), v.day, &filter(&v)?);
    sorted(&v, &mut lines);
    let rows = lines.into_iter().map(|l| {
        let score = l.score.map_or_else(String::new, |s| s.to_string());
        let (also, listed) = (l.also.join("; "), l.listed.to_string());
        [l.id, l.name.zh, l.name.en, also, l.country, l.list, listed, l.status, l.instrument.instrument, l.found, score]
    });
    files::table(&format!("parties-{}.csv", v.day), &columns, rows)
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
