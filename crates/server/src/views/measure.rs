//! Measures clause by clause, with the history of each.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::measure::{Clause, Effect, Measure, Stretch};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::{CiteView, Known};
use crate::problem::Problem;

/// How a clause can stand, by name.
pub const STATUSES: [&str; 5] = ["scheduled", "in_force", "suspended", "lapsed_unconfirmed", "repealed"];

/// A measure on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MeasureView {
    /// Its name in the book.
    #[schema(example = "notice-58-2025")]
    pub id: String,
    /// What it is about.
    pub name: Bilingual,
    /// The instrument that makes it.
    pub instrument: CiteView,
    /// The day of the law.
    pub as_of: Day,
    /// Its clauses.
    pub clauses: Vec<ClauseView>,
    /// What a reader should know.
    pub note: Bilingual,
}

/// A clause on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ClauseView {
    /// The measure.
    pub measure: String,
    /// Its number within the measure.
    pub clause: String,
    /// Where it stands in the instrument, for people: `第 1(3) 款`; empty where the instrument numbers nothing.
    pub label: Bilingual,
    /// What the measure is about.
    pub name: Bilingual,
    /// What the clause says, in our words.
    pub text: Bilingual,
    /// Where it stands.
    pub cite: CiteView,
    /// `list_items`, `prohibit`, `presume_denial`, `stricter_review`, `watch_party`, `extraterritorial`, `countermeasure`, `duty`.
    pub effect: String,
    /// The same in words.
    pub effect_label: Bilingual,
    /// Countries it is about; empty means everywhere.
    pub destinations: Vec<String>,
    /// The same by name.
    pub destination_names: Vec<Bilingual>,
    /// Lists it is about; empty means every list.
    pub lists: Vec<String>,
    /// Codes it is about; empty means every entry of its lists.
    pub entries: Vec<String>,
    /// `scheduled`, `in_force`, `suspended`, `lapsed_unconfirmed`, `repealed`; `null` before the first stretch.
    pub status: Option<String>,
    /// The same in words.
    pub status_label: Bilingual,
    /// Since when it has stood so.
    pub from: Option<Day>,
    /// Last day on which it stands so.
    pub until: Option<Day>,
    /// What a reader should know of that.
    pub note: Bilingual,
    /// How the clause is known.
    pub known: Known,
    /// Its whole history.
    pub history: Vec<StretchView>,
}

/// A stretch of a clause's history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StretchView {
    /// What held.
    pub status: String,
    /// The same in words.
    pub label: Bilingual,
    /// First day.
    pub from: Day,
    /// Last day; `null` for the stretch that goes on.
    pub until: Option<Day>,
    /// What brought it about.
    pub instrument: CiteView,
    /// What a reader should know.
    pub note: Bilingual,
    /// How it is known.
    pub known: Known,
}

/// A measure on a day.
///
/// # Errors
/// Where there is none with that name.
pub fn view(book: &Book, id: &str, day: Day) -> Result<MeasureView, Problem> {
    let measure = book.measures.get(id).ok_or_else(|| {
        let id = crate::problem::shown(id);
        Problem::missing("unknown_measure", format!("没有措施“{id}”。"), format!("There is no measure “{id}”."))
    })?;
    Ok(of(book, measure, day))
}

/// Every measure, the youngest first.
pub fn all(book: &Book, day: Day) -> Vec<MeasureView> {
    let mut all: Vec<MeasureView> = book.measures.values().map(|m| of(book, m, day)).collect();
    let begun = |m: &MeasureView| m.clauses.iter().filter_map(|c| c.history.first()).map(|s| s.from).min();
    all.sort_by(|a, b| (begun(b), &a.id).cmp(&(begun(a), &b.id)));
    all
}

/// A measure on a day.
pub fn of(book: &Book, measure: &Measure, day: Day) -> MeasureView {
    let citation = yumen_lawbook::instrument::Citation { instrument: measure.instrument.clone(), place: String::new() };
    MeasureView {
        id: measure.id.to_string(),
        name: measure.name.clone(),
        instrument: CiteView::new(book, &citation, day),
        as_of: day,
        clauses: measure.clause.iter().map(|c| clause(book, measure, c, day)).collect(),
        note: measure.note.clone(),
    }
}

fn clause(book: &Book, measure: &Measure, c: &Clause, day: Day) -> ClauseView {
    let stretch = c.stretch(AsOf::on(day));
    ClauseView {
        measure: measure.id.to_string(),
        clause: c.id.clone(),
        label: label(c),
        name: measure.name.clone(),
        text: c.text.clone(),
        cite: CiteView::new(book, &c.at, day),
        effect: effect(c.effect).0.to_owned(),
        effect_label: effect(c.effect).1,
        destinations: c.destinations.clone(),
        destination_names: c
            .destinations
            .iter()
            .map(|d| book.countries.get(d).map_or_else(|| Bilingual::new(d, d), |c| c.name.clone()))
            .collect(),
        lists: c.lists.iter().map(ToString::to_string).collect(),
        entries: c.entries.clone(),
        status: stretch.map(|s| s.status.as_str().to_owned()),
        status_label: stretch.map_or_else(|| Bilingual::new("尚未发布", "not yet published"), |s| s.status.label()),
        from: stretch.map(|s| s.from),
        until: stretch.and_then(|s| s.until),
        note: stretch.map(|s| s.note.clone()).unwrap_or_default(),
        known: c.verification.into(),
        history: c.history.iter().map(|s| stretch_view(book, c, s, day)).collect(),
    }
}

/// Where a clause stands in its instrument, for people; empty where the instrument numbers nothing.
pub fn label(c: &Clause) -> Bilingual {
    match c.at.place.as_str() {
        "" => Bilingual::default(),
        place if place.starts_with(|c: char| c.is_ascii_digit()) && place.bytes().all(|b| !b.is_ascii_uppercase()) => {
            Bilingual::new(format!("第 {place} 款"), format!("clause {place}"))
        }
        place => Bilingual::new(place, place),
    }
}

fn stretch_view(book: &Book, c: &Clause, s: &Stretch, day: Day) -> StretchView {
    let citation = yumen_lawbook::instrument::Citation { instrument: s.instrument.clone(), place: String::new() };
    StretchView {
        status: s.status.as_str().to_owned(),
        label: s.status.label(),
        from: s.from,
        until: s.until,
        instrument: CiteView::new(book, &citation, day),
        note: s.note.clone(),
        known: s.verification.unwrap_or(c.verification).into(),
    }
}

fn effect(effect: Effect) -> (&'static str, Bilingual) {
    match effect {
        Effect::ListItems => ("list_items", Bilingual::new("列管物项", "lists items")),
        Effect::Prohibit => ("prohibit", Bilingual::new("禁止出口", "prohibits export")),
        Effect::PresumeDenial => ("presume_denial", Bilingual::new("原则上不予许可", "licences refused in principle")),
        Effect::StricterReview => ("stricter_review", Bilingual::new("从严审查", "stricter review")),
        Effect::WatchParty => ("watch_party", Bilingual::new("关注名单要求", "watch-list duties")),
        Effect::Extraterritorial => ("extraterritorial", Bilingual::new("境外适用", "applies abroad")),
        Effect::Liability => ("liability", Bilingual::new("境外违反须承担责任", "liability for breaches abroad")),
        Effect::Countermeasure => ("countermeasure", Bilingual::new("反制措施", "countermeasure")),
        Effect::Duty => ("duty", Bilingual::new("义务", "duty")),
    }
}

/// Clauses that name one of the codes, and clauses about the whole list, both as they stand on the day.
pub fn about(
    book: &Book,
    list: &ControlList,
    codes: &BTreeSet<String>,
    day: Day,
) -> (Vec<ClauseView>, Vec<ClauseView>) {
    let mut named = Vec::new();
    let mut whole = Vec::new();
    for measure in book.measures.values() {
        for c in &measure.clause {
            let in_list = c.lists.is_empty() || c.lists.contains(&list.head.id);
            let says = || clause(book, measure, c, day);
            if c.entries.iter().any(|e| super::related::concerns(e, codes)) {
                named.push(says());
            } else if in_list
                && c.entries.is_empty()
                && matches!(
                    c.effect,
                    Effect::Prohibit
                        | Effect::PresumeDenial
                        | Effect::StricterReview
                        | Effect::Extraterritorial
                        | Effect::Liability
                )
                && !names_parties(book, measure)
            {
                whole.push(says());
            }
        }
    }
    whole
        .retain(|c| matches!(c.status.as_deref(), Some("in_force" | "suspended" | "lapsed_unconfirmed" | "scheduled")));
    (named, whole)
}

/// True where the measure is about the parties of a notice, not about things.
pub fn names_parties(book: &Book, measure: &Measure) -> bool {
    book.listings.iter().any(|l| l.measure.measure == measure.id)
}
