//! Instruments, measures, parties, changes.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::Path;
use yumen_lawbook::Day;

use super::Page;
use crate::problem::{Problem, ProblemDocument};
use crate::views::changes::Change;
use crate::views::instrument::{self, InstrumentLine, InstrumentView};
use crate::views::measure::{self, MeasureView};
use crate::views::party::{self, Filter, PartyLine, PartyView};
use crate::views::today::{self, TodayView};
use crate::visit::Visit;

/// Today's law in short: what changed in 90 days, what is suspended, what is open for comment.
#[utoipa::path(
    get, path = "/api/v1/today", tag = "law", operation_id = "today",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The law in short", body = TodayView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn today(v: Visit) -> Result<Json<TodayView>, Problem> {
    Ok(Json(today::view(v.book(), &v.app.changes, v.day)))
}

/// Everything that changed, the latest first.
#[utoipa::path(
    get, path = "/api/v1/changes", tag = "law", operation_id = "changes",
    params(
        ("from" = Option<String>, Query, description = "Not before this day, YYYY-MM-DD"),
        ("to" = Option<String>, Query, description = "Not after this day; today where left out"),
        ("kind" = Option<String>, Query, description = "entry, status, parties, instrument, comments"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of changes", body = Page<Change>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn changes(v: Visit) -> Result<Json<Page<Change>>, Problem> {
    let from = v.day_field("from")?.unwrap_or(Day::MIN);
    let to = v.day_field("to")?.unwrap_or(v.today);
    let kind = v.word_field("kind", &["entry", "status", "parties", "instrument", "comments"])?;
    let wanted = |c: &&Change| from <= c.day && c.day <= to && (kind.is_empty() || c.kind == kind);
    Page::cut(&v, v.app.changes.iter().rev().filter(wanted).cloned().collect())
}

/// Every instrument, the youngest first.
#[utoipa::path(
    get, path = "/api/v1/instruments", tag = "law", operation_id = "instruments",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("kind" = Option<String>, Query, description = "law, regulation, rule, notice, catalogue, draft, guidance, policy, foreign"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of instruments", body = Page<InstrumentLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn instruments(v: Visit) -> Result<Json<Page<InstrumentLine>>, Problem> {
    let kind = v.word_field("kind", &instrument::KINDS)?;
    let all = instrument::all(v.book(), v.day).into_iter().filter(|i| kind.is_empty() || i.kind == kind).collect();
    Page::cut(&v, all)
}

/// One instrument, with its clauses, what it does to lists and whom it lists.
#[utoipa::path(
    get, path = "/api/v1/instruments/{*id}", tag = "law", operation_id = "instrument",
    params(
        ("id" = String, Path, description = "notice-58-2025, or a work: dual-use-regulations"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The instrument", body = InstrumentView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such instrument", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn instrument(v: Visit, Path(id): Path<String>) -> Result<Json<InstrumentView>, Problem> {
    Ok(Json(instrument::view(v.book(), &v.app.cited, &id, v.day)?))
}

/// Every measure, clause by clause, with where each clause stands.
#[utoipa::path(
    get, path = "/api/v1/measures", tag = "law", operation_id = "measures",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("status" = Option<String>, Query, description = "Only measures with a clause that stands so: scheduled, in_force, suspended, lapsed_unconfirmed, repealed"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of measures", body = Page<MeasureView>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn measures(v: Visit) -> Result<Json<Page<MeasureView>>, Problem> {
    let status = v.word_field("status", &measure::STATUSES)?;
    let wanted = |m: &MeasureView| status.is_empty() || m.clauses.iter().any(|c| c.status.as_deref() == Some(status));
    Page::cut(&v, measure::all(v.book(), v.day).into_iter().filter(wanted).collect())
}

/// One measure with the history of every clause.
#[utoipa::path(
    get, path = "/api/v1/measures/{*id}", tag = "law", operation_id = "measure",
    params(
        ("id" = String, Path, description = "notice-58-2025"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The measure", body = MeasureView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such measure", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn measure(v: Visit, Path(id): Path<String>) -> Result<Json<MeasureView>, Problem> {
    Ok(Json(measure::view(v.book(), &id, v.day)?))
}

/// Listed parties with where their listing stands. A name finds those that hold it, other spellings of it, and names that share a rare
/// word with it; `found` says which.
#[utoipa::path(
    get, path = "/api/v1/parties", tag = "law", operation_id = "parties",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("q" = Option<String>, Query, description = "A name, or a part of it"),
        ("list" = Option<String>, Query, description = "control, watch, unreliable, countermeasure"),
        ("status" = Option<String>, Query, description = "scheduled, in_force, suspended, lapsed_unconfirmed, repealed, not_yet"),
        ("country" = Option<String>, Query, description = "Two letters, or a name: US"),
        ("notice" = Option<String>, Query, description = "The notice that lists: notice-1-2025"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of parties", body = Page<PartyLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn parties(v: Visit) -> Result<Json<Page<PartyLine>>, Problem> {
    let statuses: Vec<&str> = measure::STATUSES.into_iter().chain(["not_yet"]).collect();
    let filter = Filter {
        words: v.field("q").chars().take(1000).collect(),
        list: v.word_field("list", &party::lists().map(|(id, _)| id))?.to_owned(),
        status: v.word_field("status", &statuses)?.to_owned(),
        country: country(&v)?,
        notice: notice(&v)?,
    };
    Page::cut(&v, party::lines(v.book(), v.day, &filter))
}

/// The country asked for, by its two letters.
fn country(v: &Visit) -> Result<String, Problem> {
    let typed = v.field("country");
    let found = v.book().country(typed);
    if typed.is_empty() || found.is_some() {
        return Ok(found.map(|c| c.code.clone()).unwrap_or_default());
    }
    // Those of listed parties; every other country is known too, but none of its parties is listed.
    let listed = party::countries(v.book());
    Err(Problem::unknown_value("country", typed, &listed.iter().map(|(code, ..)| code.as_str()).collect::<Vec<_>>()))
}

/// The notice asked for.
fn notice(v: &Visit) -> Result<String, Problem> {
    let typed = v.field("notice");
    if typed.is_empty() || v.book().instruments.contains_key(typed) {
        return Ok(typed.to_owned());
    }
    let listing: BTreeSet<&str> = v.book().listings.iter().map(|l| l.instrument.as_str()).collect();
    Err(Problem::unknown_value("notice", typed, &listing.into_iter().collect::<Vec<_>>()))
}

/// One party, with its notice, its effect and its history.
#[utoipa::path(
    get, path = "/api/v1/parties/{listing}/{no}", tag = "law", operation_id = "party",
    params(
        ("listing" = String, Path, description = "control-1-2025"),
        ("no" = String, Path, description = "The number in the notice"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The party", body = PartyView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such party", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn party(v: Visit, Path((listing, no)): Path<(String, String)>) -> Result<Json<PartyView>, Problem> {
    Ok(Json(party::view(v.book(), &format!("{listing}/{no}"), v.day)?))
}
