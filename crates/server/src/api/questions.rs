//! Questions and their answers.

use axum::Json;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yumen_assess::Question;
use yumen_assess::answer::{Assessment, Candidate};
use yumen_lawbook::{AsOf, Day};

use super::names::spelt;
use crate::problem::{Problem, ProblemDocument, shown};
use crate::views::check::{self, Form};
use crate::visit::Visit;

/// A question.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ask {
    /// What it is, in Chinese or English, with figures. At most 64 KB.
    #[schema(example = "artificial graphite block, purity 99.95 %, flexural strength 45 MPa", max_length = 65536)]
    text: String,
    /// A code of any edition, where somebody believes to know it.
    #[schema(example = "1C108")]
    code: Option<String>,
    /// A customs number of 4 to 10 digits. It never decides.
    hs: Option<String>,
    /// Parameters and facts by name, and answers to questions: `{"density": "1.8 g/cm3", "sintered": "no"}`.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    parameters: serde_json::Map<String, serde_json::Value>,
    /// `goods`, `software`, `technology`, `service`.
    moves: Option<String>,
    /// Destination by name or two letters.
    #[schema(example = "JP")]
    destination: Option<String>,
    /// Consignee, end user, anybody involved.
    parties: Vec<String>,
    /// What it is for.
    end_use: String,
    /// The law of this day; today in Beijing where left out.
    #[schema(value_type = Option<String>, format = Date, example = "2025-06-01")]
    as_of: Option<String>,
}

impl Ask {
    fn question(self, today: Day) -> Result<Question, Problem> {
        let form = Form {
            text: self.text,
            code: self.code.unwrap_or_default(),
            hs: self.hs.unwrap_or_default(),
            moves: self.moves.unwrap_or_default(),
            to: self.destination.unwrap_or_default(),
            end_use: self.end_use,
            on: self.as_of.unwrap_or_default(),
            ..Form::default()
        };
        let on = form.on.clone();
        let mut question = form.question(today).map_err(|p| match p.field.as_deref() {
            Some("on") => Problem::bad_day("as_of", &on),
            _ => p,
        })?;
        question.parties = self.parties;
        question.parameters = self
            .parameters
            .into_iter()
            .map(|(name, value)| {
                let text = match value {
                    serde_json::Value::String(text) => Some(text),
                    serde_json::Value::Bool(yes) => Some(if yes { "yes" } else { "no" }.to_owned()),
                    serde_json::Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
                text.map(|text| (name.clone(), text)).ok_or_else(|| {
                    let name = shown(&name);
                    Problem::new(
                        StatusCode::UNPROCESSABLE_ENTITY,
                        "bad_value",
                        format!("参数 {name} 的值应为文字、数字或者真假。"),
                        format!("The value of {name} is a text, a number, true or false."),
                    )
                    .at("parameters")
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(question)
    }
}

/// Reads a body of JSON, told apart by what is wrong with it.
fn read(headers: &HeaderMap, body: &Bytes) -> Result<Ask, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !kind.to_ascii_lowercase().starts_with("application/json") {
        return Err(Problem::usual(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    // A row of values would be taken for the fields in their order.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(Problem::bad(
            "bad_request",
            "请求内容无法识别：最外层应为对象，即 {…}。",
            "The body cannot be read: it is an object, {…}, not an array.",
        ));
    }
    serde_json::from_slice(body).map_err(|e| {
        let why: String = e.to_string().chars().take(200).collect();
        Problem::bad("bad_request", format!("请求内容无法识别：{why}。"), format!("The body cannot be read: {why}."))
    })
}

/// Assess an item or technology.
///
/// One result per regime: verdict, reasons with their place in law, conditions, questions that would decide, next steps with clocks.
#[utoipa::path(
    get, path = "/api/v1/check", tag = "questions", operation_id = "check_by_address",
    params(
        ("text" = Option<String>, Query, description = "What it is, in words"),
        ("code" = Option<String>, Query, description = "A code of any edition"),
        ("hs" = Option<String>, Query, description = "A customs number, 4 to 10 digits"),
        ("to" = Option<String>, Query, description = "Destination, by name or two letters"),
        ("destination" = Option<String>, Query, description = "The same as `to`, as the body spells it"),
        ("moves" = Option<String>, Query, description = "goods, software, technology or service"),
        ("party" = Option<String>, Query, description = "Parties, one a line; it can stand more than once"),
        ("parties" = Option<String>, Query, description = "The same as `party`, as the body spells it"),
        ("end_use" = Option<String>, Query, description = "What it is for"),
        ("values" = Option<String>, Query, description = "Figures, one a line: density = 1.8 g/cm3; or each under its own name: `p.density=1.8 g/cm3`"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("as_of" = Option<String>, Query, description = "The same as `on`, as the body spells it"),
    ),
    responses(
        (status = 200, description = "The answer", body = Assessment),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The question cannot be answered as it is put", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn check_get(v: Visit) -> Result<Json<Assessment>, Problem> {
    let day = v.day_field("as_of")?.unwrap_or(v.day);
    let fields = v.query.iter().map(|(name, value)| (spelt(name).to_owned(), value.clone())).collect();
    let mut form = Form::read(fields);
    form.on = day.to_string();
    let question = form.question(v.today)?;
    Ok(Json(check::assess(&v.app.engine, question).await?.1))
}

/// Assess an item or technology, with the question in the body.
///
/// For questions that should not stand in addresses. Nothing is kept and nothing is logged of what is asked.
#[utoipa::path(
    post, path = "/api/v1/check", tag = "questions", operation_id = "check", request_body = Ask,
    responses(
        (status = 200, description = "The answer", body = Assessment),
        (status = 400, description = "The body cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "The body is not application/json", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The question cannot be answered as it is put", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn check_post(v: Visit, headers: HeaderMap, body: Bytes) -> Result<Json<Assessment>, Problem> {
    let question = read(&headers, &body)?.question(v.today)?;
    Ok(Json(check::assess(&v.app.engine, question).await?.1))
}

/// Entries and points near some words.
#[derive(Debug, Serialize, ToSchema)]
pub struct Candidates {
    /// The version of the law book.
    lawbook: String,
    /// The day of the law.
    as_of: Day,
    /// Best first.
    candidates: Vec<Candidate>,
}

/// Entries and points that are near some words, best first, without a verdict.
#[utoipa::path(
    get, path = "/api/v1/candidates", tag = "questions", operation_id = "candidates",
    params(
        ("text" = String, Query, description = "What it is, in words"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
        ("list" = Option<String>, Query, description = "Only this list"),
    ),
    responses(
        (status = 200, description = "What was found", body = Candidates),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The question cannot be answered as it is put", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn candidates(v: Visit) -> Result<Json<Candidates>, Problem> {
    let lists: Vec<&str> = v.book().lists.keys().map(yumen_lawbook::id::ListId::as_str).collect();
    let list = v.word_field("list", &lists)?;
    let mut question = Question::about(v.field("text"), v.day);
    question.as_of = AsOf::on(v.day);
    let (_, assessment) = check::assess(&v.app.engine, question).await?;
    let candidates = assessment.candidates.into_iter().filter(|c| list.is_empty() || c.list == list).collect();
    Ok(Json(Candidates { lawbook: assessment.lawbook.version, as_of: v.day, candidates }))
}

/// A suggestion while somebody types.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    /// The code; empty where the official number was not seen.
    code: String,
    /// The heading.
    name: String,
    /// The page.
    href: String,
    /// Where it stands.
    standing: String,
}

/// A few entries, notices and pieces of guidance for what somebody has typed so far.
#[utoipa::path(
    get, path = "/api/v1/suggest", tag = "questions", operation_id = "suggest",
    params(
        ("q" = Option<String>, Query, description = "What was typed so far; without it nothing is suggested"),
        ("lang" = Option<String>, Query, description = "zh or en"),
        ("on" = Option<String>, Query, description = "The law of this day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "Suggestions, best first", body = Vec<Suggestion>),
        (status = 400, description = "A field cannot be read", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn suggest(mut v: Visit) -> Result<Json<Vec<Suggestion>>, Problem> {
    v.lang = more_lang(&v)?;
    // Only the end of a long text is still being typed.
    let q = v.field("q");
    let tail: String = q.chars().skip(q.chars().count().saturating_sub(60)).collect();
    let hits = v.app.search.find(v.book(), &tail, None, v.day);
    let suggestions = hits.into_iter().take(6).map(|h| Suggestion {
        code: h.code.clone(),
        name: v.say(&h.title).to_owned(),
        href: v.href(&h.path),
        standing: v.say(&h.standing).to_owned(),
    });
    Ok(Json(suggestions.collect()))
}

/// The language asked for in the query.
pub fn more_lang(v: &Visit) -> Result<yumen_lawbook::Lang, Problem> {
    let zh = v.word_field("lang", &["zh", "en"])? == "zh";
    Ok(if zh { yumen_lawbook::Lang::Zh } else { yumen_lawbook::Lang::En })
}
