//! Lists, entries, differences.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::Path;
use yumen_lawbook::Day;

use super::{Page, find_list};
use crate::problem::{Problem, ProblemDocument};
use crate::views::difference::{self, DifferenceView};
use crate::views::entry::{self, EntryView};
use crate::views::group;
use crate::views::list::{self, EntryLine, Filter, ListView};
use crate::visit::Visit;

/// Every list with its coverage.
#[utoipa::path(
    get, path = "/api/v1/lists", tag = "lists", operation_id = "lists",
    params(("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD")),
    responses(
        (status = 200, description = "The lists", body = Vec<ListView>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn lists(v: Visit) -> Result<Json<Vec<ListView>>, Problem> {
    Ok(Json(v.book().lists.values().map(|l| list::view(v.book(), l, v.day)).collect()))
}

/// One list with its coverage.
#[utoipa::path(
    get, path = "/api/v1/lists/{list}", tag = "lists", operation_id = "list",
    params(
        ("list" = String, Path, description = "technology or dual-use"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The list", body = ListView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such list", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(v: Visit, Path(id): Path<String>) -> Result<Json<ListView>, Problem> {
    Ok(Json(list::view(v.book(), find_list(v.book(), &id)?, v.day)))
}

/// The entries of a list on a day, in order of code.
#[utoipa::path(
    get, path = "/api/v1/lists/{list}/entries", tag = "lists", operation_id = "list_entries",
    params(
        ("list" = String, Path, description = "technology or dual-use"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("q" = Option<String>, Query, description = "Words in code or heading"),
        ("division" = Option<String>, Query, description = "Industry division, or category and kind: 65, 1C"),
        ("control" = Option<String>, Query, description = "prohibited, restricted, licence, unknown"),
        ("status" = Option<String>, Query, description = "in_force, suspended, lapsed_unconfirmed, scheduled"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of entries", body = Page<EntryLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such list", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn entries(v: Visit, Path(id): Path<String>) -> Result<Json<Page<EntryLine>>, Problem> {
    let found = find_list(v.book(), &id)?;
    let shelves: BTreeSet<String> =
        found.history.versions().iter().map(|version| group::of(found, version).id).collect();
    let shelves: Vec<&str> = shelves.iter().map(String::as_str).collect();
    let filter = Filter {
        words: v.field("q").chars().take(400).collect(),
        division: v.word_field("division", &shelves)?.to_owned(),
        control: v.word_field("control", &["prohibited", "restricted", "licence", "unknown"])?.to_owned(),
        status: v.word_field("status", &["in_force", "scheduled", "suspended", "lapsed_unconfirmed"])?.to_owned(),
    };
    Page::cut(&v, filter.apply(list::entries(v.book(), found, v.day)))
}

/// What changed in a list between two days, word by word.
#[utoipa::path(
    get, path = "/api/v1/lists/{list}/difference", tag = "lists", operation_id = "list_difference",
    params(
        ("list" = String, Path, description = "technology or dual-use"),
        ("from" = String, Query, description = "The law of this day is before, YYYY-MM-DD"),
        ("to" = Option<String>, Query, description = "The law of this day is after; the day of the law where left out"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The difference", body = DifferenceView),
        (status = 400, description = "A day cannot be read, or the days are the wrong way round", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such list", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn difference(v: Visit, Path(id): Path<String>) -> Result<Json<DifferenceView>, Problem> {
    let found = find_list(v.book(), &id)?;
    let from: Day = v.day_field("from")?.ok_or_else(|| Problem::bad_day("from", ""))?;
    let to = v.day_field("to")?.unwrap_or(v.day);
    Ok(Json(difference::view(v.book(), found, from, to)?))
}

/// An entry with its whole life, by any code it ever had.
#[utoipa::path(
    get, path = "/api/v1/entries/{*code}", tag = "lists", operation_id = "entry",
    params(
        ("code" = String, Path, description = "A code of any edition: 056101X, 1C117.d.1, 23/2023-1.1"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The entry", body = EntryView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "No list ever held this code", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn entry(v: Visit, Path(code): Path<String>) -> Result<Json<EntryView>, Problem> {
    Ok(Json(entry::view(v.book(), &code, v.day)?))
}
