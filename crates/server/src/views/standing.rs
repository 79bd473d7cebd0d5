//! Where an act stands on a day. An act that makes rules clause by clause stands where its clauses stand: a notice whose every clause
//! was suspended before it began was never in force, whatever day it names for itself.

use std::collections::BTreeMap;

use yumen_lawbook::instrument::{Instrument, InstrumentKind};
use yumen_lawbook::measure::{Clause, ClauseStatus, Stretch};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

/// The state in a word for programs, and in words for people.
pub fn of(book: &Book, act: &Instrument, day: Day) -> (&'static str, Bilingual) {
    match act.kind {
        InstrumentKind::Draft => draft(act, day),
        // What explains or reports has no force that could begin or end.
        InstrumentKind::Guidance | InstrumentKind::Policy | InstrumentKind::Foreign => published(act, day),
        _ => by_clauses(book, act, day).unwrap_or_else(|| by_dates(act, day)),
    }
}

/// The clauses an act makes.
pub fn clauses<'b>(book: &'b Book, act: &'b Instrument) -> impl Iterator<Item = &'b Clause> {
    book.measures.values().filter(|m| m.instrument == act.id).flat_map(|m| &m.clause)
}

/// How many of an act's clauses hold on the day it names for its beginning, and how many there are.
pub fn began(book: &Book, act: &Instrument, day: Day) -> (usize, usize) {
    let all: Vec<&Clause> = clauses(book, act).collect();
    let held = all.iter().filter(|c| c.status(AsOf::on(day)) == Some(ClauseStatus::InForce)).count();
    (held, all.len())
}

fn draft(act: &Instrument, day: Day) -> (&'static str, Bilingual) {
    let label = match act.comments_until {
        Some(until) if day <= until => {
            Bilingual::new(format!("征求意见至 {until}"), format!("open for comment until {until}"))
        }
        _ => Bilingual::new("征求意见稿，非法律", "draft, not law"),
    };
    ("draft", label)
}

fn published(act: &Instrument, day: Day) -> (&'static str, Bilingual) {
    match act.published.or(act.issued).or(act.effective) {
        Some(from) if day < from => {
            ("scheduled", Bilingual::new(format!("{from} 才公布"), format!("published only on {from}")))
        }
        Some(from) => ("published", Bilingual::new(format!("{from} 公布"), format!("published {from}"))),
        None => ("published", Bilingual::new("已公布", "published")),
    }
}

fn by_dates(act: &Instrument, day: Day) -> (&'static str, Bilingual) {
    match (act.effective, act.until) {
        (Some(from), _) if day < from => {
            ("scheduled", Bilingual::new(format!("自 {from} 起施行"), format!("in force from {from}")))
        }
        (_, Some(until)) if day > until => {
            ("ended", Bilingual::new(format!("{until} 后失效"), format!("not in force after {until}")))
        }
        (Some(from), _) => ("in_force", Bilingual::new(format!("自 {from} 施行"), format!("in force since {from}"))),
        (None, _) => ("unknown", Bilingual::new("施行日期未记载", "first day of force not recorded")),
    }
}

/// Clauses that stand alike, with the stretch they stand in.
type Group<'b> = (Vec<&'b Clause>, &'b Stretch);

/// The state of an act whose clauses do not simply hold; `None` where its own dates say enough.
fn by_clauses(book: &Book, act: &Instrument, day: Day) -> Option<(&'static str, Bilingual)> {
    let mut groups: BTreeMap<ClauseStatus, Group<'_>> = BTreeMap::new();
    for clause in clauses(book, act) {
        let Some(stretch) = clause.stretch(AsOf::on(day)) else { continue };
        groups.entry(stretch.status).or_insert_with(|| (Vec::new(), stretch)).0.push(clause);
    }
    let ended = act.until.is_some_and(|until| day > until);
    if ended || groups.keys().all(|s| matches!(s, ClauseStatus::InForce | ClauseStatus::Scheduled)) && groups.len() < 2
    {
        return None;
    }
    if let [(status, group)] = groups.iter().collect::<Vec<_>>().as_slice() {
        return Some((status.as_str(), alone(**status, group, day)));
    }
    let parts: Vec<Bilingual> = groups
        .iter()
        .map(|(status, (clauses, stretch))| {
            let (places, told) = (places(clauses), told(*status, stretch));
            Bilingual::new(format!("{}{}", places.zh, told.zh), format!("{} {}", places.en, told.en))
        })
        .collect();
    let zh: Vec<&str> = parts.iter().map(|p| p.zh.as_str()).collect();
    let en: Vec<&str> = parts.iter().map(|p| p.en.as_str()).collect();
    let status = if groups.contains_key(&ClauseStatus::InForce) {
        "partly_in_force"
    } else {
        groups.keys().next().map_or("unknown", |s| s.as_str())
    };
    Some((status, Bilingual::new(zh.join("；"), en.join("; "))))
}

/// What all clauses of an act have in common; that they never operated is said where none ever did.
fn alone(status: ClauseStatus, (clauses, stretch): &Group<'_>, day: Day) -> Bilingual {
    let operated = |c: &&Clause| c.history.iter().any(|s| s.status == ClauseStatus::InForce && s.from <= day);
    let never =
        matches!(status, ClauseStatus::Suspended | ClauseStatus::LapsedUnconfirmed) && !clauses.iter().any(operated);
    let told = told(status, stretch);
    if never {
        Bilingual::new(format!("{}（从未施行）", told.zh), format!("{} (never in force)", told.en))
    } else {
        told
    }
}

fn told(status: ClauseStatus, stretch: &Stretch) -> Bilingual {
    let label = status.label();
    match (status, stretch.until) {
        (ClauseStatus::Suspended, Some(until)) => {
            Bilingual::new(format!("暂停实施至 {until}"), format!("suspended until {until}"))
        }
        (ClauseStatus::LapsedUnconfirmed, _) => Bilingual::new(
            format!("暂停期满（{} 起），现状未见确认", stretch.from),
            format!("suspension lapsed (since {}), status unconfirmed", stretch.from),
        ),
        (ClauseStatus::InForce | ClauseStatus::Suspended, _) => label,
        (ClauseStatus::Scheduled | ClauseStatus::Repealed, _) => Bilingual::new(
            format!("{}（{} 起）", label.zh, stretch.from),
            format!("{} (since {})", label.en, stretch.from),
        ),
    }
}

/// The places of clauses, each once: `第 1、3 款`. What stands outside the numbered clauses has none.
fn places(clauses: &[&Clause]) -> Bilingual {
    let mut places: Vec<&str> = clauses.iter().map(|c| c.at.place.as_str()).filter(|p| !p.is_empty()).collect();
    places.dedup();
    match places.as_slice() {
        [] => Bilingual::new("其余", "the rest"),
        [one] => Bilingual::new(format!("第 {one} 款"), format!("clause {one}")),
        several => Bilingual::new(format!("第 {} 款", several.join("、")), format!("clauses {}", several.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(id: &str, day: &str) -> (&'static str, String) {
        let book = yumen_embedded::book().unwrap();
        let (status, label) = of(&book, &book.instruments[id], day.parse().unwrap());
        (status, label.en)
    }

    #[test]
    fn a_notice_that_was_suspended_before_it_began_was_never_in_force() {
        assert_eq!(on("notice-58-2025", "2025-10-20").0, "scheduled");
        assert_eq!(
            on("notice-58-2025", "2025-11-08"),
            ("suspended", "suspended until 2026-11-10 (never in force)".into())
        );
        let (status, label) = on("notice-58-2025", "2026-11-27");
        assert_eq!(status, "lapsed_unconfirmed");
        assert_eq!(label, "suspension lapsed (since 2026-11-11), status unconfirmed (never in force)");
    }

    #[test]
    fn clauses_that_stand_apart_are_told_apart() {
        let (status, label) = on("notice-46-2024", "2026-11-27");
        assert_eq!(status, "partly_in_force");
        assert!(label.contains("in force; clause 2 suspended until 2026-11-27"), "{label}");
        assert_eq!(on("notice-46-2024", "2025-01-01"), ("in_force", "in force since 2024-12-03".into()));
    }

    #[test]
    fn what_only_explains_is_published_and_never_in_force() {
        assert_eq!(on("faq-enforcement", "2026-11-27"), ("published", "published 2021-12-30".into()));
        assert_eq!(on("export-control-law", "2026-11-27").0, "in_force");
    }
}
