//! Today's law in short: what changed lately, what is about to end, what is open for comment.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::instrument::InstrumentKind;
use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::{Book, Day};

use super::changes::Change;
use super::instrument::InstrumentLine;
use super::measure::{self, ClauseView};

/// How far back and ahead the page looks, in days.
pub const WINDOW: i32 = 90;

/// Today's law in short.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TodayView {
    /// The day of the law.
    pub as_of: Day,
    /// What changed in the last 90 days, the latest first.
    pub changed: Vec<Change>,
    /// What will change in the next 90 days as far as is known, the next first.
    pub coming: Vec<Change>,
    /// Suspensions that run on the day, those that end first coming first, and those that ran out without a word.
    pub suspensions: Vec<ClauseView>,
    /// Drafts open for comment.
    pub drafts: Vec<InstrumentLine>,
}

/// Today's law in short.
pub fn view(book: &Book, changes: &[Change], day: Day) -> TodayView {
    let (since, until) = (day.plus_days(-WINDOW), day.plus_days(WINDOW));
    let changed: Vec<Change> = changes.iter().rev().filter(|c| since < c.day && c.day <= day).cloned().collect();
    let coming = changes.iter().filter(|c| day < c.day && c.day <= until).cloned().collect();
    let mut suspensions: Vec<ClauseView> = measure::all(book, day)
        .into_iter()
        .filter(|m| book.measures.get(m.id.as_str()).is_some_and(|m| !measure::names_parties(book, m)))
        .flat_map(|m| m.clauses)
        .filter(|c| {
            let open = [ClauseStatus::Suspended.as_str(), ClauseStatus::LapsedUnconfirmed.as_str()];
            c.status.as_deref().is_some_and(|s| open.contains(&s))
        })
        .collect();
    suspensions.sort_by_key(|c| (c.until.is_none(), c.until, c.from));
    let drafts = book
        .instruments
        .values()
        .filter(|i| i.kind == InstrumentKind::Draft && i.comments_until.is_some_and(|until| day <= until))
        .filter(|i| i.published.or(i.issued).is_none_or(|from| from <= day))
        .map(|i| InstrumentLine::new(book, i, day))
        .collect();
    TodayView { as_of: day, changed, coming, suspensions, drafts }
}
