//! Clocks, procedures, penalties, guidance, search.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::Day;
use yumen_lawbook::clock::Pause;

use super::Page;
use super::questions::more_lang;
use crate::guidance::{Cite, Piece};
use crate::problem::{Problem, ProblemDocument};
use crate::search::{Hit, Kind};
use crate::views::clock::{self, ClockView, TimerView};
use crate::views::penalty::{self, Amounts, PenaltyView};
use crate::views::procedure::{self, ProcedureLine, ProcedureView};
use crate::visit::Visit;

/// Every statutory period.
#[utoipa::path(
    get, path = "/api/v1/clocks", tag = "work", operation_id = "clocks",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The periods", body = Vec<TimerView>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn clocks(v: Visit) -> Result<Json<Vec<TimerView>>, Problem> {
    Ok(Json(clock::all(v.book(), v.day)))
}

/// When a period ends, day by day.
#[utoipa::path(
    get, path = "/api/v1/clocks/{timer}", tag = "work", operation_id = "clock",
    params(
        ("timer" = String, Path, description = "technology-licence.decision, or its short name T-LOI"),
        ("start" = Option<String>, Query, description = "The day of the event, YYYY-MM-DD; the day of the law where left out"),
        ("pause" = Option<String>, Query, description = "Pauses, one a line: identification:2026-02-01:2026-02-20"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "When it ends", body = ClockView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such period", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn clock(v: Visit, Path(timer): Path<String>) -> Result<Json<ClockView>, Problem> {
    let start = v.day_field("start")?.unwrap_or(v.day);
    let pauses: Vec<Pause> = v
        .field("pause")
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .take(20)
        .map(clock::pause)
        .collect::<Result<_, _>>()?;
    Ok(Json(clock::view(v.book(), &timer, start, pauses)?))
}

/// Every procedure.
#[utoipa::path(
    get, path = "/api/v1/procedures", tag = "work", operation_id = "procedures",
    params(
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The procedures", body = Vec<ProcedureLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn procedures(v: Visit) -> Result<Json<Vec<ProcedureLine>>, Problem> {
    Ok(Json(procedure::all(v.book(), v.day)))
}

/// One procedure: steps, papers, clocks, legal basis, what goes wrong.
#[utoipa::path(
    get, path = "/api/v1/procedures/{id}", tag = "work", operation_id = "procedure",
    params(
        ("id" = String, Path, description = "t-1, d-1"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The procedure", body = ProcedureView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such procedure", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn procedure(v: Visit, Path(id): Path<String>) -> Result<Json<ProcedureView>, Problem> {
    Ok(Json(procedure::view(v.book(), &id, v.day)?))
}

/// The states and steps of a procedure as a Mermaid diagram.
#[utoipa::path(
    get, path = "/api/v1/procedures/{id}/diagram", tag = "work", operation_id = "procedure_diagram",
    params(
        ("id" = String, Path, description = "t-1, d-1"),
        ("lang" = Option<String>, Query, description = "zh or en"),
    ),
    responses(
        (status = 200, description = "The diagram", body = String, content_type = "text/plain"),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such procedure", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn diagram(v: Visit, Path(id): Path<String>) -> Result<String, Problem> {
    Ok(procedure::find(v.book(), &id)?.mermaid(more_lang(&v)?))
}

/// What a conduct costs, with amounts where a base is given.
#[utoipa::path(
    get, path = "/api/v1/penalties", tag = "work", operation_id = "penalties",
    params(
        ("conduct" = Option<String>, Query, description = "P-2; every penalty where left out"),
        ("turnover" = Option<String>, Query, description = "Illegal turnover in CNY"),
        ("gains" = Option<String>, Query, description = "Illegal gains in CNY"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The penalties", body = Vec<PenaltyView>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such penalty", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn penalties(v: Visit) -> Result<Json<Vec<PenaltyView>>, Problem> {
    let amounts = Amounts {
        turnover: penalty::amount("turnover", v.field("turnover"))?,
        gains: penalty::amount("gains", v.field("gains"))?,
    };
    Ok(Json(penalty::view(v.book(), v.field("conduct"), amounts, v.day)?))
}

/// A piece of guidance in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PieceLine {
    /// Its name in addresses.
    #[schema(example = "am-i-exporting")]
    slug: String,
    /// Its title.
    title: String,
    /// What it is about.
    summary: String,
    /// Words by which it is found.
    topics: Vec<String>,
    /// Day of the last review.
    reviewed: Day,
}

/// A piece of guidance.
#[derive(Debug, Serialize, ToSchema)]
pub struct PieceView {
    #[serde(flatten)]
    line: PieceLine,
    /// `zh` or `en`.
    lang: String,
    /// The text as HTML.
    html: String,
    /// What it rests on.
    cites: Vec<Cite>,
    /// The version of the law book it is shown with.
    lawbook: String,
}

fn line(p: &Piece) -> PieceLine {
    PieceLine {
        slug: p.slug.clone(),
        title: p.title.clone(),
        summary: p.summary.clone(),
        topics: p.topics.clone(),
        reviewed: p.reviewed,
    }
}

/// Every piece of guidance in a language.
#[utoipa::path(
    get, path = "/api/v1/guidance", tag = "work", operation_id = "guidance",
    params(
        ("lang" = Option<String>, Query, description = "zh or en"),
    ),
    responses(
        (status = 200, description = "The pieces", body = Vec<PieceLine>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn guidance(v: Visit) -> Result<Json<Vec<PieceLine>>, Problem> {
    Ok(Json(v.app.guidance.pieces(more_lang(&v)?).into_iter().map(line).collect()))
}

/// One piece of guidance, with what it rests on.
#[utoipa::path(
    get, path = "/api/v1/guidance/{slug}", tag = "work", operation_id = "guidance_piece",
    params(
        ("slug" = String, Path, description = "am-i-exporting"),
        ("lang" = Option<String>, Query, description = "zh or en"),
    ),
    responses(
        (status = 200, description = "The piece", body = PieceView),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such piece", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn piece(mut v: Visit, Path(slug): Path<String>) -> Result<Json<PieceView>, Problem> {
    v.lang = more_lang(&v)?;
    let p = crate::pages::find_piece(&v, &slug)?;
    Ok(Json(PieceView {
        line: line(p),
        lang: v.code().to_owned(),
        html: p.html.clone(),
        cites: p.cites.clone(),
        lawbook: v.app.book.version.clone(),
    }))
}

/// Search over entries, instruments, parties, guidance, procedures and periods.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "work", operation_id = "search",
    params(
        ("q" = Option<String>, Query, description = "The words; without them nothing is found"),
        ("kind" = Option<String>, Query, description = "entry, notice, party, guidance, procedure, clock"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("limit" = Option<u32>, Query, description = "1 to 500, usually 50", minimum = 1, maximum = 500),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses(
        (status = 200, description = "A page of what was found", body = Page<Hit>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn search(v: Visit) -> Result<Json<Page<Hit>>, Problem> {
    let wanted = v.word_field("kind", &Kind::ALL.map(Kind::as_str))?;
    let kind = Kind::ALL.into_iter().find(|k| k.as_str() == wanted);
    Page::cut(&v, v.app.search.find(v.book(), v.field("q"), kind, v.day))
}
