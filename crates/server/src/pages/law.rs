//! Laws and notices: the list of them, and each with its clauses and with what is cited from it.

use askama::Template;
use axum::extract::Path;
use yumen_lawbook::Bilingual;

use super::{Pager, Shown, files, measures, show};
use crate::views::cited::ArticleView;
use crate::views::instrument::{self, InstrumentLine, InstrumentView};
use crate::views::table::Sort;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "notices.html")]
struct Notices<'p> {
    v: &'p Visit,
    section: &'static str,
    q: String,
    kind: String,
    status: String,
    kinds: Vec<(String, Bilingual)>,
    sort: Sort,
    lines: Vec<InstrumentLine>,
    pager: Pager,
}

/// The instruments whose names hold the words of the query, in the order asked for.
fn found(v: &Visit, sort: &Sort) -> Vec<InstrumentLine> {
    let fold = |text: &str| yumen_assess::fold(text).lower.into_iter().collect::<String>();
    let words: Vec<String> = fold(v.field("q")).split_whitespace().map(str::to_owned).collect();
    let (kind, status) = (v.field("kind"), v.field("status"));
    let holds = |i: &InstrumentLine| {
        let held = fold(&format!("{} {} {} {} {} {}", i.id, i.number, i.short.zh, i.short.en, i.title.zh, i.title.en));
        words.iter().all(|w| held.contains(w.as_str()))
    };
    let mut lines = instrument::all(v.book(), v.day);
    lines.retain(|i| (kind.is_empty() || i.kind == kind) && (status.is_empty() || i.status == status) && holds(i));
    sort.apply(&mut lines, |i| match sort.by.as_str() {
        "title" => v.say(&i.short).to_owned(),
        "kind" => i.kind.clone(),
        "status" => i.status.clone(),
        _ => i.dated().map_or_else(String::new, |d| d.to_string()),
    });
    lines
}

const SORTED: [&str; 4] = ["published", "title", "kind", "status"];

/// Every instrument.
pub async fn notices(v: Visit) -> Shown {
    let all = instrument::all(v.book(), v.day);
    let mut kinds: Vec<(String, Bilingual)> = all.iter().map(|i| (i.kind.clone(), i.kind_label.clone())).collect();
    kinds.sort();
    kinds.dedup();
    let sort = Sort::read(v.field("sort"), &SORTED);
    let (pager, lines) = Pager::cut(&v, found(&v, &sort))?;
    let (q, kind, status) = (v.field("q").to_owned(), v.field("kind").to_owned(), v.field("status").to_owned());
    show(&Notices { v: &v, section: "notices", q, kind, status, kinds, sort, lines, pager })
}

/// The same as a CSV file.
pub async fn csv(v: Visit) -> Shown {
    let columns =
        ["id", "number", "title_zh", "title_en", "kind", "published", "effective", "until", "status", "verification"];
    let rows = found(&v, &Sort::read(v.field("sort"), &SORTED)).into_iter().map(|i| {
        let day = |d: Option<yumen_lawbook::Day>| d.map_or_else(String::new, |d| d.to_string());
        let (published, effective, until) = (day(i.published), day(i.effective), day(i.until));
        [i.id, i.number, i.title.zh, i.title.en, i.kind, published, effective, until, i.status, i.known.verification]
    });
    files::table(&format!("notices-{}.csv", v.day), &columns, rows)
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'p> {
    v: &'p Visit,
    section: &'static str,
    i: InstrumentView,
    bars: String,
    articles: Vec<ArticleView>,
    /// Most things told of one article.
    lines: usize,
    /// True where one article alone is shown.
    alone: bool,
}

/// Most things taken from an act that one page tells.
const MOST_LINES: usize = 160;

/// One instrument.
pub async fn notice(v: Visit, Path(id): Path<String>) -> Shown {
    let i = instrument::view(v.book(), &v.app.cited, &id, v.day)?;
    let drawn = if i.measures.is_empty() { String::new() } else { measures::draw(&v, &i.measures) };
    let asked = v.field("article");
    let mut articles = i.cited.clone();
    let alone = articles.iter().any(|a| a.place == asked);
    if alone {
        articles.retain(|a| a.place == asked);
    }
    let told = |most: usize| articles.iter().map(|a| a.lines.len().min(most)).sum::<usize>();
    let lines = if alone { MOST_LINES } else { (1..=12).rev().find(|most| told(*most) <= MOST_LINES).unwrap_or(1) };
    show(&Notice { v: &v, section: "notices", i, bars: drawn, articles, lines, alone })
}
