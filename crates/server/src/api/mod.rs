//! The API, version 1: the views of the pages as JSON, with an OpenAPI 3.1 document written from this code.
//!
//! Names of fields and codes of problems are a contract: they may be added to, never changed.

mod facts;
mod law;
mod lists;
mod more;
mod names;
mod questions;

use std::sync::LazyLock;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::Value;
use utoipa::{OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yumen_lawbook::Book;
use yumen_lawbook::list::ControlList;

use crate::platform::App;
use crate::problem::{Problem, ProblemDocument, shown};
use crate::visit::Visit;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Yumen",
        description = "Export control answers from dated, sourced law. Every answer names its law, its day, how it is known and what is missing. Not legal advice; the official text decides.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(ProblemDocument)),
    tags(
        (name = "questions", description = "Is it controlled?"),
        (name = "lists", description = "Lists, entries, differences"),
        (name = "law", description = "Instruments, measures, parties"),
        (name = "work", description = "Clocks, procedures, penalties, guidance, search"),
    )
)]
struct Document;

fn doors() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(questions::check_get, questions::check_post))
        .routes(routes!(questions::candidates))
        .routes(routes!(questions::suggest))
        .routes(routes!(lists::lists))
        .routes(routes!(lists::list))
        .routes(routes!(lists::entries))
        .routes(routes!(lists::difference))
        .routes(routes!(lists::entry))
        .routes(routes!(facts::numbers))
        .routes(routes!(facts::number))
        .routes(routes!(facts::shared_numbers))
        .routes(routes!(law::today))
        .routes(routes!(law::changes))
        .routes(routes!(law::instruments))
        .routes(routes!(law::instrument))
        .routes(routes!(law::measures))
        .routes(routes!(law::measure))
        .routes(routes!(law::parties))
        .routes(routes!(law::party))
        .routes(routes!(facts::countries))
        .routes(routes!(facts::country))
        .routes(routes!(more::clocks))
        .routes(routes!(more::clock))
        .routes(routes!(more::procedures))
        .routes(routes!(more::procedure))
        .routes(routes!(more::diagram))
        .routes(routes!(more::penalties))
        .routes(routes!(more::guidance))
        .routes(routes!(more::piece))
        .routes(routes!(more::search))
}

static OPENAPI: LazyLock<Value> = LazyLock::new(|| {
    let (_, document) = doors().split_for_parts();
    let mut value = serde_json::to_value(document).unwrap_or_default();
    every_problem(&mut value);
    value
});

/// The OpenAPI document.
pub fn document() -> &'static Value {
    &OPENAPI
}

/// Answers that every operation can give beside its own: they come from the layers above it.
fn every_problem(document: &mut Value) {
    let usual = [
        ("413", "The body is too large."),
        ("414", "The address is too long."),
        ("429", "Too many requests."),
        ("500", "Something failed inside."),
        ("503", "The answer took too long."),
    ];
    let Some(paths) = document["paths"].as_object_mut() else { return };
    // What the router writes as a rest of the path, the document writes as a parameter.
    *paths = std::mem::take(paths).into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    for operation in paths.values_mut().filter_map(Value::as_object_mut).flat_map(|m| m.values_mut()) {
        for (status, about) in usual {
            operation["responses"][status] = serde_json::json!({
                "description": about,
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/ProblemDocument" } } },
            });
        }
    }
}

/// The doors of the API.
pub fn router() -> Router<App> {
    let (router, _) = doors().split_for_parts();
    router.layer(axum::middleware::from_fn(names::known)).route("/api/v1/openapi.json", axum::routing::get(openapi))
}

async fn openapi() -> Json<&'static Value> {
    Json(document())
}

/// A page of a list of things.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The version of the law book: the same version gives the same answers.
    pub lawbook: String,
    /// The things of this page.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: usize,
    /// Send this back as `cursor` for the next page; `null` on the last.
    pub next: Option<String>,
}

/// Usual and greatest number of things on a page.
const USUAL: usize = 50;
const GREATEST: usize = 500;

impl<T> Page<T> {
    /// The page that `cursor` and `limit` ask for.
    fn cut(v: &Visit, all: Vec<T>) -> Result<Json<Self>, Problem> {
        let limit = v.number_field("limit", USUAL, 1, GREATEST)?;
        let start = match v.field("cursor") {
            "" => 0,
            cursor => begins(v, cursor)?,
        };
        let total = all.len();
        let items: Vec<T> = all.into_iter().skip(start).take(limit).collect();
        let end = start + items.len();
        let next = (end < total).then(|| format!("{}-{end}", v.app.stamp));
        Ok(Json(Self { lawbook: v.app.book.version.clone(), items, total, next }))
    }
}

/// Where a cursor begins. A cursor of another law version would skip or repeat things: it is refused.
fn begins(v: &Visit, cursor: &str) -> Result<usize, Problem> {
    let place = cursor.split_once('-').filter(|(stamp, _)| *stamp == v.app.stamp).and_then(|(_, at)| at.parse().ok());
    place.ok_or_else(|| {
        Problem::bad(
            "bad_cursor",
            "游标已失效：请从第一页重新开始。",
            "The cursor is of another law version, or none: begin again at the first page.",
        )
        .at("cursor")
    })
}

/// The list with a name.
pub fn find_list<'b>(book: &'b Book, id: &str) -> Result<&'b ControlList, Problem> {
    book.list(id).ok_or_else(|| {
        let names: Vec<String> = book.lists.keys().map(ToString::to_string).collect();
        let (id, names) = (shown(id), names.join(", "));
        Problem::missing(
            "unknown_list",
            format!("没有清单“{id}”；现有：{names}。"),
            format!("There is no list “{id}”; there are: {names}."),
        )
    })
}

/// The content type of problems.
const PROBLEM: &str = "application/problem+json";

/// Dresses bare problems as problem+json.
pub async fn dress(State(_): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_dressed = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes() == PROBLEM.as_bytes());
    if is_dressed || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned().unwrap_or_else(|| Problem::usual(status));
    let mut dressed = (status, Json(problem.document())).into_response();
    let kind = HeaderValue::from_static(PROBLEM);
    dressed.headers_mut().insert(header::CONTENT_TYPE, kind);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}
