//! Notices with their clauses; measures with where they stand, drawn on a line of time.

use askama::Template;
use axum::extract::Path;
use yumen_lawbook::{Bilingual, Day};

use super::{Pager, Shown, show};
use crate::charts::{Bar, bars};
use crate::views::instrument::{self, InstrumentLine, InstrumentView};
use crate::views::measure::{self, MeasureView};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "notices.html")]
struct Notices<'p> {
    v: &'p Visit,
    section: &'static str,
    q: String,
    kind: String,
    kinds: Vec<(String, Bilingual)>,
    lines: Vec<InstrumentLine>,
    pager: Pager,
}

/// Every instrument.
pub async fn notices(v: Visit) -> Shown {
    let all = instrument::all(v.book(), v.day);
    let mut kinds: Vec<(String, Bilingual)> = all.iter().map(|i| (i.kind.clone(), i.kind_label.clone())).collect();
    kinds.sort();
    kinds.dedup();
    let (q, kind) = (v.field("q").to_owned(), v.field("kind").to_owned());
    let fold = |text: &str| yumen_assess::fold(text).lower.into_iter().collect::<String>();
    let words: Vec<String> = fold(&q).split_whitespace().map(str::to_owned).collect();
    let lines: Vec<InstrumentLine> = all
        .into_iter()
        .filter(|i| kind.is_empty() || i.kind == kind)
        .filter(|i| {
            let held =
                fold(&format!("{} {} {} {} {} {}", i.id, i.number, i.short.zh, i.short.en, i.title.zh, i.title.en));
            words.iter().all(|w| held.contains(w.as_str()))
        })
        .collect();
    let (pager, lines) = Pager::cut(&v, lines)?;
    show(&Notices { v: &v, section: "notices", q, kind, kinds, lines, pager })
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice<'p> {
    v: &'p Visit,
    section: &'static str,
    i: InstrumentView,
    bars: String,
}

/// One instrument.
pub async fn notice(v: Visit, Path(id): Path<String>) -> Shown {
    let i = instrument::view(v.book(), &id, v.day)?;
    let drawn = if i.measures.is_empty() { String::new() } else { draw(&v, &i.measures) };
    show(&Notice { v: &v, section: "notices", i, bars: drawn })
}

#[derive(Template)]
#[template(path = "measures.html")]
struct Measures<'p> {
    v: &'p Visit,
    section: &'static str,
    things: Vec<MeasureView>,
    parties_measures: Vec<MeasureView>,
    bars: String,
}

/// Every measure with where it stands.
pub async fn measures(v: Visit) -> Shown {
    let book = v.book();
    let all = measure::all(book, v.day);
    let about_parties =
        |m: &MeasureView| book.measures.get(m.id.as_str()).is_some_and(|m| measure::names_parties(book, m));
    let moved: Vec<MeasureView> = all
        .iter()
        .filter(|m| m.clauses.iter().any(|c| c.history.iter().any(|s| s.status == "suspended")))
        .cloned()
        .collect();
    let drawn = draw(&v, &moved);
    let (parties_measures, things) = all.into_iter().partition(about_parties);
    show(&Measures { v: &v, section: "measures", things, parties_measures, bars: drawn })
}

/// The histories of measures as bars, one line a clause; clauses of a measure with one history share a line.
fn draw(v: &Visit, measures: &[MeasureView]) -> String {
    let mut rows: Vec<Bar> = Vec::new();
    for m in measures {
        let mut seen: Vec<Vec<(String, Day, Option<Day>)>> = Vec::new();
        for c in &m.clauses {
            let shape: Vec<_> = c.history.iter().map(|s| (s.status.clone(), s.from, s.until)).collect();
            if seen.contains(&shape) {
                continue;
            }
            seen.push(shape);
            let stretches = c
                .history
                .iter()
                .map(|s| {
                    let until = s.until.map_or_else(|| "…".to_owned(), |u| u.to_string());
                    (s.status.clone(), s.from, s.until, format!("{}: {} – {until}", v.say(&s.label), s.from))
                })
                .collect();
            rows.push(Bar { name: format!("{} {}", v.say(&m.instrument.cite), v.say(&m.name)), stretches });
        }
    }
    let days = || measures.iter().flat_map(|m| &m.clauses).flat_map(|c| &c.history);
    let Some(first) = days().map(|s| s.from).min() else { return String::new() };
    let last =
        days().filter_map(|s| s.until).chain(days().map(|s| s.from)).max().unwrap_or(v.day).max(v.day).plus_days(90);
    let label =
        v.t("各措施的施行与暂停，详见下表", "When measures held and when they were suspended, as in the tables");
    bars(&rows, first, last, v.day, v.lang, label)
}
