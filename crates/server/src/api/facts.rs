//! Customs numbers, countries, other regimes.

use axum::Json;
use axum::extract::Path;

use super::Page;
use crate::problem::{Problem, ProblemDocument};
use crate::views::country::{self, CountryLine, CountryView};
use crate::views::hs::{self, HsLine, HsView};
use crate::views::regime::{self, SharedLine};
use crate::visit::Visit;

/// Every customs number that entries give for reference, with the points that give it. They never decide.
#[utoipa::path(
    get, path = "/api/v1/hs", tag = "lists", operation_id = "customs_numbers",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("q" = Option<String>, Query, description = "Digits with which the numbers begin"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of numbers", body = Page<HsLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn numbers(v: Visit) -> Result<Json<Page<HsLine>>, Problem> {
    let begins = v.field("q");
    let lines = hs::all(v.book(), v.day).into_iter().filter(|l| l.number.starts_with(begins)).collect();
    Page::cut(&v, lines)
}

/// One customs number: points that give it, a longer or a shorter one, and listed points without a number.
#[utoipa::path(
    get, path = "/api/v1/hs/{number}", tag = "lists", operation_id = "customs_number",
    params(
        ("number" = String, Path, description = "4 to 10 digits: 2805301910"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The number", body = HsView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "This is no customs number", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn number(v: Visit, Path(number): Path<String>) -> Result<Json<HsView>, Problem> {
    Ok(Json(hs::view(v.book(), &number, v.day)?))
}

/// Every country or region, with how many clauses name it and how many parties of it are listed.
#[utoipa::path(
    get, path = "/api/v1/countries", tag = "law", operation_id = "countries",
    params(("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD")),
    responses(
        (status = 200, description = "The countries", body = Vec<CountryLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn countries(v: Visit) -> Result<Json<Vec<CountryLine>>, Problem> {
    Ok(Json(country::all(v.book(), v.day)))
}

/// One country or region: clauses that name it, parties of it that are listed, what changed.
#[utoipa::path(
    get, path = "/api/v1/countries/{code}", tag = "law", operation_id = "country",
    params(
        ("code" = String, Path, description = "Two letters, or a name: US"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The country", body = CountryView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such country", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn country(v: Visit, Path(code): Path<String>) -> Result<Json<CountryView>, Problem> {
    Ok(Json(country::view(v.book(), &v.app.changes, &code, v.day)?))
}

/// Numbers of the dual-use list held against the lists of other regimes: present there, absent, or of another meaning.
#[utoipa::path(
    get, path = "/api/v1/regimes/numbers", tag = "lists", operation_id = "shared_numbers",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of numbers", body = Page<SharedLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn shared_numbers(v: Visit) -> Result<Json<Page<SharedLine>>, Problem> {
    Page::cut(&v, regime::shared(v.book(), v.day))
}
