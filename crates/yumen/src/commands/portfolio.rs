//! `yumen portfolio diff`: what the law of another day changes for a firm's items.

use std::path::Path;

use serde::Serialize;
use yumen_assess::Engine;
use yumen_assess::answer::{Answer, PartyFinding, RegimeResult};
use yumen_lawbook::{Bilingual, Day};

use super::batch::entry_of;
use super::item;
use crate::context::Context;
use crate::failure::Failure;
use crate::tables;

/// One item for which a regime answers otherwise.
#[derive(Debug, Serialize)]
struct Change {
    row: usize,
    id: String,
    text: String,
    regime: String,
    before: Side,
    after: Side,
    /// Reasons of the later answer that the earlier one does not have.
    because: Vec<Bilingual>,
}

/// An answer on one of the two days.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Side {
    answer: Answer,
    entry: String,
}

/// A party of an item that is listed anew, or whose listing stands otherwise.
#[derive(Debug, Serialize)]
struct PartyChange {
    row: usize,
    id: String,
    text: String,
    party: Bilingual,
    list: Bilingual,
    /// Where the listing stood before; empty where it was not there.
    before: String,
    after: String,
    standing: Bilingual,
    effect: Bilingual,
    cite: Bilingual,
}

/// What changes for a table of items.
#[derive(Debug, Serialize)]
struct Report {
    from: Day,
    to: Day,
    lawbook: String,
    items: usize,
    changed: usize,
    changes: Vec<Change>,
    /// Parties of the items that are listed anew or otherwise, whatever the items are.
    parties: Vec<PartyChange>,
    /// Rows that could not be asked on one of the days.
    unanswered: Vec<Unanswered>,
}

/// A row that could not be asked.
#[derive(Debug, Serialize)]
struct Unanswered {
    row: usize,
    id: String,
    message: Bilingual,
}

/// Compares the answers of two days, row by row.
pub fn diff(context: &Context, file: &Path, from: Day, to: Day) -> Result<String, Failure> {
    let engine = context.engine();
    let mut report = Report {
        from,
        to,
        lawbook: engine.book().version.clone(),
        items: 0,
        changed: 0,
        changes: Vec::new(),
        parties: Vec::new(),
        unanswered: Vec::new(),
    };
    for row in tables::open(file)? {
        let row = row?;
        report.items += 1;
        match changes(&engine, &row, from, to) {
            Ok((changes, parties)) => {
                report.changed += usize::from(!changes.is_empty() || !parties.is_empty());
                report.changes.extend(changes);
                report.parties.extend(parties);
            }
            Err(failure) => {
                report.unanswered.push(Unanswered { row: row.number, id: item::id(&row), message: failure.message });
            }
        }
    }
    report.changes.sort_by_key(|c| (c.after.answer.gravity(), c.row));
    Ok(context.print(&report, |page| {
        let head = match page.lang {
            yumen_lawbook::Lang::Zh => {
                format!("{from} → {to}：{} 项中 {} 项的结论或者当事方改变", report.items, report.changed)
            }
            yumen_lawbook::Lang::En => {
                format!(
                    "{from} → {to}: {} of {} items answer otherwise, or have a party listed otherwise",
                    report.changed, report.items
                )
            }
        };
        page.line(&head);
        for change in &report.changes {
            let shown: String = change.text.chars().take(60).collect();
            let side = |side: &Side, page: &crate::show::out::Page| {
                let label = side.answer.label();
                if side.entry.is_empty() {
                    page.say(&label).to_owned()
                } else {
                    format!("{} {}", page.say(&label), side.entry)
                }
            };
            let line = format!("{} {shown}  ({})", change.id, change.regime);
            page.item("·", &line);
            let line = format!("{} → {}", side(&change.before, page), side(&change.after, page));
            page.wrapped("    ", "    ", &line);
            for reason in change.because.iter().take(2) {
                let text = page.say(reason).to_owned();
                page.wrapped("    ", "    ", &text);
            }
        }
        for change in &report.parties {
            let shown: String = change.text.chars().take(60).collect();
            let line = format!("{} {shown}", change.id);
            page.item("·", &line);
            let line = format!(
                "{}: {}, {}. {} [{}]",
                page.say(&change.party),
                page.say(&change.list),
                page.say(&change.standing),
                page.say(&change.effect),
                page.say(&change.cite)
            );
            page.wrapped("    ", "    ", &line);
        }
        for row in &report.unanswered {
            let line = format!("{}: {}", row.id, page.say(&row.message));
            page.item("!", &line);
        }
    }))
}

fn changes(engine: &Engine, row: &tables::Row, from: Day, to: Day) -> Result<(Vec<Change>, Vec<PartyChange>), Failure> {
    let ask = |day: Day| -> Result<_, Failure> { Ok(engine.assess(&item::question(row, engine.book(), day)?)?) };
    let (before, after) = (ask(from)?, ask(to)?);
    let side = |result: Option<&RegimeResult>| Side {
        answer: result.map_or(Answer::NotFound, |r| r.answer),
        entry: result.map(entry_of).unwrap_or_default(),
    };
    let mut changes = Vec::new();
    for later in &after.results {
        let earlier = before.results.iter().find(|r| r.regime == later.regime);
        let (was, is) = (side(earlier), side(Some(later)));
        // A nearest entry of a free item may well be another one; only what a firm must do counts.
        let free = |s: &Side| matches!(s.answer, Answer::NotFound | Answer::LikelyNotControlled);
        if was.answer == is.answer && (was.entry == is.entry || free(&is)) {
            continue;
        }
        let held: Vec<&Bilingual> = earlier.iter().flat_map(|r| r.reasons.iter().map(|r| &r.text)).collect();
        let because = later.reasons.iter().filter(|r| !held.contains(&&r.text)).map(|r| {
            Bilingual::new(format!("{} [{}]", r.text.zh, r.cite.zh), format!("{} [{}]", r.text.en, r.cite.en))
        });
        changes.push(Change {
            row: row.number,
            id: item::id(row),
            text: item::text(row),
            regime: later.regime.clone(),
            before: was,
            after: is,
            because: because.collect(),
        });
    }
    let stood = |p: &PartyFinding| {
        let same = before.parties.iter().find(|b| (&b.instrument, b.no) == (&p.instrument, p.no));
        same.map(|b| b.status.clone()).unwrap_or_default()
    };
    let parties = after.parties.iter().filter(|p| stood(p) != p.status).map(|p| PartyChange {
        row: row.number,
        id: item::id(row),
        text: item::text(row),
        party: p.name.clone(),
        list: p.list_name.clone(),
        before: stood(p),
        after: p.status.clone(),
        standing: p.standing.clone(),
        effect: p.effect.clone(),
        cite: p.cite.clone(),
    });
    let parties = parties.collect();
    Ok((changes, parties))
}
