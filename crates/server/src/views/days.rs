//! One question on the days on which the law that bears on it changed.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_assess::answer::{Assessment, Overview};
use yumen_assess::{Engine, Question, QuestionError};
use yumen_lawbook::{AsOf, Book, Day};

use super::check::screened;

/// Most days looked at.
const MOST: usize = 40;
/// How many of the nearest entries beside those the answer rests on are followed through time.
const NEAREST: usize = 4;

/// A stretch of days with one answer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct StretchOfDays {
    /// The first day.
    pub from: Day,
    /// The answer in short.
    pub overview: Overview,
    /// The entry that the gravest result rests on.
    pub entry: Option<String>,
}

/// The answer through time: one stretch for every change of it.
pub fn through_time(engine: &Engine, question: &Question, assessment: &Assessment) -> Vec<StretchOfDays> {
    let mut stretches: Vec<StretchOfDays> = Vec::new();
    for day in key_days(engine.book(), assessment) {
        let Ok(then) = on(engine, question, day) else { continue };
        let entry = entry_of(&then);
        let same = |s: &StretchOfDays| {
            s.overview.answer == then.overview.answer
                && s.overview.headline == then.overview.headline
                && s.entry == entry
        };
        if !stretches.last().is_some_and(same) {
            stretches.push(StretchOfDays { from: day, overview: then.overview, entry });
        }
    }
    stretches
}

fn on(engine: &Engine, question: &Question, day: Day) -> Result<Assessment, QuestionError> {
    let mut question = Question { as_of: AsOf { effective: day, ..question.as_of }, ..question.clone() };
    screened(engine, &mut question);
    engine.assess(&question)
}

fn entry_of(assessment: &Assessment) -> Option<String> {
    let gravest = assessment.results.iter().min_by_key(|r| r.answer.gravity())?;
    gravest.entry.as_ref().map(|e| format!("{}#{}", e.code, e.point))
}

/// Days on which entries near the question, clauses about its destination and listings of its parties changed, oldest first.
fn key_days(book: &Book, assessment: &Assessment) -> Vec<Day> {
    let rests_on = assessment.results.iter().filter_map(|r| r.entry.as_ref()).map(|e| (&e.code, &e.also));
    let near = assessment.candidates.iter().filter(|c| c.class != "unnamed").take(NEAREST).map(|c| (&c.code, &c.also));
    let codes: BTreeSet<&str> =
        rests_on.chain(near).flat_map(|(code, also)| std::iter::once(code).chain(also)).map(String::as_str).collect();
    let mut days = BTreeSet::from([assessment.as_of]);
    for list in book.lists.values() {
        let lives: BTreeSet<usize> = list
            .history
            .versions()
            .iter()
            .filter(|v| !v.draft && codes.contains(v.entry.code.to_string().as_str()))
            .map(|v| v.life)
            .collect();
        for version in list.history.versions().iter().filter(|v| !v.draft && lives.contains(&v.life)) {
            days.insert(version.from);
            days.extend(version.end.as_ref().map(|(last, _)| last.next()));
            let clause = version.measure.as_ref().and_then(|m| book.clause(m));
            days.extend(clause.into_iter().flat_map(|c| &c.history).map(|s| s.from));
        }
    }
    if let Some(to) = &assessment.question.destination {
        let there = book.measures.values().flat_map(|m| &m.clause).filter(|c| c.destinations.contains(to));
        days.extend(there.flat_map(|c| &c.history).map(|s| s.from));
    }
    for party in &assessment.parties {
        let listings = book.listings.iter().filter(|l| l.instrument.as_str() == party.instrument);
        let clauses = listings.filter_map(|l| book.clause(&l.measure));
        days.extend(clauses.flat_map(|c| &c.history).map(|s| s.from));
    }
    let newest: Vec<Day> = days.into_iter().rev().take(MOST).collect();
    newest.into_iter().rev().collect()
}
