//! Everything that ever changed, one line each: what feeds, the calendar and the home page are cut from.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::instrument::InstrumentKind;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::diff::EntryChange;
use yumen_lawbook::list::edition::{Edition, Form};
use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::{difference, edition, group, standing};

/// One thing that changed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// A name that stays: the same change has the same name in every version of the book.
    pub id: String,
    /// The day from which it holds.
    pub day: Day,
    /// `entry`, `status`, `parties`, `instrument`, `comments`.
    pub kind: String,
    /// What changed.
    pub title: Bilingual,
    /// In a sentence or two.
    pub text: Bilingual,
    /// The page that shows it, without language.
    pub path: String,
    /// The list it is about.
    pub list: Option<String>,
    /// Codes it is about.
    pub codes: Vec<String>,
    /// The shelf of the list it is about.
    pub division: Option<String>,
    /// Countries it is about.
    pub countries: Vec<String>,
    /// The instrument that brought it about.
    pub instrument: String,
}

/// Every change, oldest first.
pub fn all(book: &Book) -> Vec<Change> {
    let mut changes = Vec::new();
    for list in book.lists.values() {
        for edition in &list.editions {
            entries(book, list, edition, &mut changes);
        }
    }
    clauses(book, &mut changes);
    listings(book, &mut changes);
    instruments(book, &mut changes);
    changes.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    changes.dedup_by(|a, b| a.id == b.id);
    changes
}

fn short(book: &Book, id: &str) -> Bilingual {
    book.instruments.get(id).map_or_else(|| Bilingual::new(id, id), |i| i.short.clone())
}

fn entries(book: &Book, list: &ControlList, edition: &Edition, changes: &mut Vec<Change>) {
    let by = short(book, edition.instrument.as_str());
    let blank = |id: String, title: Bilingual, text: Bilingual, path: String| Change {
        id,
        day: edition.effective,
        kind: "entry".to_owned(),
        title,
        text,
        path,
        list: Some(list.head.id.to_string()),
        codes: Vec::new(),
        division: None,
        countries: Vec::new(),
        instrument: edition.instrument.to_string(),
    };
    if edition.form == Form::Draft {
        return;
    }
    if edition.form == Form::Base {
        let held = list.history.on(edition.effective).count();
        changes.push(blank(
            format!("list-{}-{}", list.head.id, edition.id),
            Bilingual::new(
                format!("{}：{}", list.head.short.zh, edition::name(book, edition).zh),
                format!("{}: {}", list.head.short.en, edition::name(book, edition).en),
            ),
            Bilingual::new(
                format!("本书自该版起记载，{held} 项。{}", by.zh),
                format!("The book records from this edition on, {held} entries. {}", by.en),
            ),
            super::instrument_path(edition.instrument.as_str()),
        ));
        return;
    }
    let before = edition.published.min(edition.effective).previous();
    // Additions whose notice was suspended on its own day are told as what they were: published, never in force.
    let clause = edition.measure.as_ref().and_then(|at| book.clause(at));
    let held = clause.is_none_or(|c| c.status(AsOf::on(edition.effective)) == Some(ClauseStatus::InForce));
    let word = |label: &Bilingual| {
        if held {
            label.clone()
        } else {
            Bilingual::new(
                format!("{}（公告暂停，未施行）", label.zh),
                format!("{} (notice suspended, not in force)", label.en),
            )
        }
    };
    let mine = |c: &EntryChange| c.instrument == edition.instrument.as_str();
    for c in list.difference(before, edition.effective).changes.into_iter().filter(mine) {
        let view = difference::change(c);
        let code = view.code().to_owned();
        let label = word(&view.label);
        let seen = view.shown().map_or_else(String::new, |c| format!("{c} "));
        let points: Vec<&str> = view.points.iter().map(|p| p.path.as_str()).filter(|p| !p.is_empty()).collect();
        let which = if points.is_empty() {
            Bilingual::default()
        } else {
            let points = points.join(", ");
            Bilingual::new(format!("要点 {points}。"), format!("Points {points}. "))
        };
        let of = |version: &&yumen_lawbook::list::history::Version| version.entry.code.to_string() == code;
        let shelf = list.history.versions().iter().rev().find(of).map(|v| group::of(list, v).id);
        changes.push(Change {
            codes: [view.code_before.clone(), view.code_after.clone()].into_iter().flatten().collect(),
            division: shelf,
            ..blank(
                format!("entry-{}-{}-{}-{code}", list.head.id, edition.id, view.change),
                Bilingual::new(
                    format!("{}：{seen}{}", label.zh, view.name.get(yumen_lawbook::Lang::Zh)),
                    format!("{}: {seen}{}", label.en, view.name.get(yumen_lawbook::Lang::En)),
                ),
                Bilingual::new(
                    format!("{}。{which}{}", list.head.short.zh, by.zh, which = which.zh),
                    format!("{}. {which}{}", list.head.short.en, by.en, which = which.en),
                ),
                super::entry_path(&code),
            )
        });
    }
}

fn clauses(book: &Book, changes: &mut Vec<Change>) {
    for measure in book.measures.values() {
        for clause in &measure.clause {
            for (index, stretch) in clause.history.iter().enumerate() {
                if index == 0 && stretch.status == ClauseStatus::InForce {
                    // The instrument's own day of force is told once for all of its clauses.
                    continue;
                }
                let label = stretch.status.label();
                let until = stretch
                    .until
                    .map_or_else(Bilingual::default, |u| Bilingual::new(format!("至 {u}"), format!(" until {u}")));
                let by = short(book, stretch.instrument.as_str());
                let of = short(book, measure.instrument.as_str());
                let place = super::measure::label(clause);
                changes.push(Change {
                    id: format!("status-{}-{}-{}", measure.id, clause.id, stretch.from),
                    day: stretch.from,
                    kind: "status".to_owned(),
                    title: Bilingual::new(
                        format!("{}{}：{}", label.zh, until.zh, measure.name.zh),
                        format!("{}{}: {}", capital(&label.en), until.en, measure.name.en),
                    ),
                    text: Bilingual::new(
                        format!(
                            "{}：{}{}（依据：{}）",
                            spaced(&[&of.zh, &place.zh]),
                            clause.text.zh,
                            stretch.note.zh,
                            by.zh
                        ),
                        format!(
                            "{}: {}",
                            spaced(&[&of.en, &place.en]),
                            spaced(&[&clause.text.en, &stretch.note.en, &format!("(by {})", by.en)])
                        ),
                    ),
                    path: format!("{}#clause-{}", super::instrument_path(measure.instrument.as_str()), clause.id),
                    list: clause.lists.first().map(ToString::to_string),
                    codes: clause.entries.clone(),
                    division: None,
                    countries: clause.destinations.clone(),
                    instrument: stretch.instrument.to_string(),
                });
            }
        }
    }
}

fn listings(book: &Book, changes: &mut Vec<Change>) {
    for listing in &book.listings {
        let mut countries: Vec<String> =
            listing.party.iter().map(|p| p.country.clone()).filter(|c| !c.is_empty()).collect();
        countries.sort();
        countries.dedup();
        let label = listing.list.label();
        let count = listing.party.iter().filter(|p| p.unit_of.is_none()).count();
        let by = short(book, listing.instrument.as_str());
        let names = |lang| {
            let first: Vec<&str> = listing.party.iter().take(5).map(|p| party_name(p, lang)).collect();
            first.join(match lang {
                yumen_lawbook::Lang::Zh => "、",
                yumen_lawbook::Lang::En => "; ",
            })
        };
        changes.push(Change {
            id: format!("parties-{}", listing.id),
            day: listing.effective,
            kind: "parties".to_owned(),
            title: Bilingual::new(
                format!("{}：新增 {count} 家", label.zh),
                format!("{}: {count} parties added", capital(&label.en)),
            ),
            text: Bilingual::new(
                format!("{}：{}……", by.zh, names(yumen_lawbook::Lang::Zh)),
                format!("{}: {} …", by.en, names(yumen_lawbook::Lang::En)),
            ),
            path: super::instrument_path(listing.instrument.as_str()),
            list: None,
            codes: Vec::new(),
            division: None,
            countries,
            instrument: listing.instrument.to_string(),
        });
    }
}

fn party_name(party: &yumen_lawbook::party::Party, lang: yumen_lawbook::Lang) -> &str {
    let (first, second) = match lang {
        yumen_lawbook::Lang::Zh => (&party.zh, &party.en),
        yumen_lawbook::Lang::En => (&party.en, &party.zh),
    };
    if first.is_empty() { second } else { first }
}

fn instruments(book: &Book, changes: &mut Vec<Change>) {
    for act in book.instruments.values() {
        if matches!(act.kind, InstrumentKind::Guidance | InstrumentKind::Foreign | InstrumentKind::Policy) {
            continue;
        }
        let mut push = |id: String, kind: &str, day: Day, zh: &str, en: &str| {
            changes.push(Change {
                id,
                day,
                kind: kind.to_owned(),
                title: Bilingual::new(
                    format!("{zh}：{}", act.short.get(yumen_lawbook::Lang::Zh)),
                    format!("{en}: {}", act.short.get(yumen_lawbook::Lang::En)),
                ),
                text: act.title.clone(),
                path: super::instrument_path(act.id.as_str()),
                list: None,
                codes: Vec::new(),
                division: None,
                countries: Vec::new(),
                instrument: act.id.to_string(),
            });
        };
        if let Some(day) = act.effective {
            // A notice whose clauses were suspended before its day did not come into force on it.
            match standing::began(book, act, day) {
                (0, all) if all > 0 => {}
                (held, all) if held < all => {
                    push(format!("in-force-{}", act.id), "instrument", day, "部分施行", "In force in part");
                }
                _ => push(format!("in-force-{}", act.id), "instrument", day, "施行", "In force"),
            }
        }
        if let Some(day) = act.until {
            push(format!("ended-{}", act.id), "instrument", day.next(), "失效", "No longer in force");
        }
        if let Some(day) = act.comments_until {
            push(format!("comments-{}", act.id), "comments", day, "征求意见截止", "Comments close");
        }
    }
}

/// The pieces that are there, with one blank between them.
fn spaced(pieces: &[&str]) -> String {
    pieces.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}
