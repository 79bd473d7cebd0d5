//! Measures with where they stand, drawn on a line of time and told clause by clause.

use askama::Template;
use yumen_lawbook::{Bilingual, Day, Lang};

use super::{Pager, Shown, files, show};
use crate::charts::{Bar, bars};
use crate::views::measure::{self, ClauseView, MeasureView};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "measures.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    /// `things` or `parties`.
    about: &'static str,
    counts: (usize, usize),
    status: String,
    lines: Vec<ClauseView>,
    pager: Pager,
    bars: String,
}

/// Clauses about things or about parties, those of the youngest measure first.
fn clauses(v: &Visit, about: &str) -> Vec<ClauseView> {
    let book = v.book();
    let about_parties =
        |m: &MeasureView| book.measures.get(m.id.as_str()).is_some_and(|m| measure::names_parties(book, m));
    measure::all(book, v.day)
        .into_iter()
        .filter(|m| about_parties(m) == (about == "parties"))
        .flat_map(|m| m.clauses)
        .collect()
}

fn about(v: &Visit) -> &'static str {
    if v.field("about") == "parties" { "parties" } else { "things" }
}

fn wanted(v: &Visit) -> Vec<ClauseView> {
    let status = v.field("status");
    let mut lines = clauses(v, about(v));
    lines.retain(|c| status.is_empty() || super::status_of(c) == status);
    lines
}

/// Every clause with where it stands.
pub async fn page(v: Visit) -> Shown {
    let counts = (clauses(&v, "things").len(), clauses(&v, "parties").len());
    let moved: Vec<MeasureView> = measure::all(v.book(), v.day)
        .into_iter()
        .filter(|m| m.clauses.iter().any(|c| c.history.iter().any(|s| s.status == "suspended")))
        .collect();
    let drawn = draw(&v, &moved);
    let (pager, lines) = Pager::cut(&v, wanted(&v))?;
    let status = v.field("status").to_owned();
    show(&Page { v: &v, section: "measures", about: about(&v), counts, status, lines, pager, bars: drawn })
}

/// The same as a CSV file.
pub async fn csv(v: Visit) -> Shown {
    let columns = [
        "measure",
        "clause",
        "instrument",
        "place",
        "effect",
        "destinations",
        "lists",
        "entries",
        "text_zh",
        "text_en",
        "status",
        "from",
        "until",
        "verification",
    ];
    let rows = wanted(&v).into_iter().map(|c| {
        let status = super::status_of(&c).to_owned();
        let day = |d: Option<Day>| d.map_or_else(String::new, |d| d.to_string());
        [
            c.measure,
            c.clause,
            c.cite.instrument,
            c.cite.place,
            c.effect,
            c.destinations.join(" "),
            c.lists.join(" "),
            c.entries.join(" "),
            c.text.zh,
            c.text.en,
            status,
            day(c.from),
            day(c.until),
            c.known.verification,
        ]
    });
    files::table(&format!("measures-{}-{}.csv", about(&v), v.day), &columns, rows)
}

/// The stretches of a clause: status, first day, last day.
type Shape = Vec<(String, Day, Option<Day>)>;

/// The histories of measures as bars, one line a clause; clauses of a measure with one history share a line.
pub fn draw(v: &Visit, measures: &[MeasureView]) -> String {
    let mut rows: Vec<Bar> = Vec::new();
    for m in measures {
        let mut alike: Vec<(Shape, Vec<&ClauseView>)> = Vec::new();
        for c in &m.clauses {
            let shape: Shape = c.history.iter().map(|s| (s.status.clone(), s.from, s.until)).collect();
            match alike.iter_mut().find(|(held, _)| *held == shape) {
                Some((_, clauses)) => clauses.push(c),
                None => alike.push((shape, vec![c])),
            }
        }
        let apart = alike.len() > 1;
        for (_, clauses) in &alike {
            rows.push(Bar { name: name(v, m, clauses, apart), stretches: stretches(v, clauses[0]) });
        }
    }
    let days = || measures.iter().flat_map(|m| &m.clauses).flat_map(|c| &c.history);
    let Some(first) = days().map(|s| s.from).min() else { return String::new() };
    let last = days().filter_map(|s| s.until).chain(days().map(|s| s.from)).max().unwrap_or(v.day).max(v.day);
    let label =
        v.t("各措施的施行与暂停，详见下表", "When measures held and when they were suspended, as in the tables");
    bars(&rows, first.min(v.day), last.plus_days(90), v.day, v.lang, label)
}

/// What a line is called: the notice and what it is about; the clauses and what they do, where those of one notice stand apart.
fn name(v: &Visit, m: &MeasureView, clauses: &[&ClauseView], apart: bool) -> String {
    let act = v.say(&m.instrument.cite);
    let sign = v.t("：", ": ");
    if !apart {
        return format!("{act}{sign}{}", v.say(&m.name));
    }
    let mut what: Vec<&str> = clauses.iter().map(|c| v.say(&c.effect_label)).collect();
    what.dedup();
    let mut places: Vec<&str> = clauses.iter().map(|c| v.say(&c.label)).filter(|p| !p.is_empty()).collect();
    places.dedup();
    let listed = |of: &[&str]| of.join(v.t("、", ", "));
    format!(
        "{act} {}{sign}{}{}",
        listed(&places),
        v.say(&m.name),
        match v.lang {
            Lang::Zh => format!("（{}）", listed(&what)),
            Lang::En => format!(" ({})", listed(&what)),
        }
    )
}

fn stretches(v: &Visit, c: &ClauseView) -> Vec<(String, Day, Option<Day>, String)> {
    let one = |s: &measure::StretchView| {
        let until = s.until.map_or_else(|| "…".to_owned(), |u| u.to_string());
        let says: &Bilingual = &s.label;
        (s.status.clone(), s.from, s.until, format!("{}{}{} – {until}", v.say(says), v.t("：", ": "), s.from))
    };
    c.history.iter().map(one).collect()
}
