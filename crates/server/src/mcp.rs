//! The same answers for assistants, so that they quote law instead of remembering it: Model Context Protocol over standard input and
//! output (`yumen mcp`) and over HTTP (`/mcp`).
//!
//! Every result says for which day it holds, under which version of the law book, from which sources and how they are known, and
//! once that it is not legal advice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{
    CallToolResult, Implementation, ListResourcesResult, PaginatedRequestParams, ReadResourceRequestParams,
    ReadResourceResponse, ReadResourceResult, Resource, ResourceContents, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{ErrorData, RoleServer, ServerHandler, ServiceExt as _, schemars, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_http::limit::RequestBodyLimitLayer;
use yumen_lawbook::{Book, Day, Lang};

use crate::platform::{App, Platform};
use crate::problem::Problem;
use crate::views::check::{self, Form};
use crate::views::{clock, difference, entry, instrument, measure, party, procedure};

/// Most candidates and parties told at once: an assistant reads every word it is given.
const MOST: usize = 5;
const MOST_PARTIES: usize = 20;

const INSTRUCTIONS: &str = "Export control of China as dated, sourced law. Use `check` to assess an item or technology, and ask the \
    person the questions it returns before relying on the answer. Quote the sources and the day with every statement. `not_found` \
    is never a clearance; `lapsed_unconfirmed` is neither free nor silently controlled. Dates are written YYYY-MM-DD; without one, \
    the law of today in Beijing is meant. Not legal advice; the official text decides.";

/// A server for one assistant.
#[derive(Clone)]
struct Server {
    app: App,
}

/// What to assess.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct Check {
    /// What it is, in Chinese or English, with figures and units.
    text: String,
    /// A code somebody believes it falls under: 1C117.d.1, 056101X.
    #[serde(default)]
    code: Option<String>,
    /// Destination: country name or two-letter code.
    #[serde(default)]
    destination: Option<String>,
    /// What leaves the country: goods, software, technology or service.
    #[serde(default)]
    moves: Option<String>,
    /// Consignee, end user and others by name.
    #[serde(default)]
    parties: Vec<String>,
    /// What it is for.
    #[serde(default)]
    end_use: Option<String>,
    /// Values, facts and answers to questions by parameter name: {"density": "1.8 g/cm3", "sintered": "no"}; "unknown" declines.
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    /// The law of this day, YYYY-MM-DD.
    #[serde(default)]
    as_of: Option<String>,
}

/// Which entry.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct Entry {
    /// A code of any edition: 056101X, 1C117.d.1, 23/2023-1.1.
    code: String,
    /// The law of this day, YYYY-MM-DD.
    #[serde(default)]
    as_of: Option<String>,
}

/// Which days of which list.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct ListDiff {
    /// technology or dual-use.
    list: String,
    /// The law of this day is before, YYYY-MM-DD.
    from: String,
    /// The law of this day is after, YYYY-MM-DD.
    to: String,
}

/// Which measure.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct MeasureStatus {
    /// The measure: notice-58-2025. Without it, every measure that is suspended, lapsed or scheduled.
    #[serde(default)]
    id: Option<String>,
    /// The law of this day, YYYY-MM-DD.
    #[serde(default)]
    as_of: Option<String>,
}

/// Whom to look up.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct Party {
    /// The name or a part of it, in Chinese or Latin letters.
    name: String,
    /// The law of this day, YYYY-MM-DD.
    #[serde(default)]
    as_of: Option<String>,
}

/// Which period.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct Clock {
    /// The period: technology-licence.decision, or its short name T-LOI. Without it, all periods are listed.
    #[serde(default)]
    timer: Option<String>,
    /// The day of the event it starts from, YYYY-MM-DD; that day is not counted.
    #[serde(default)]
    start: Option<String>,
    /// Days that are not counted: identification:2026-02-01:2026-02-20.
    #[serde(default)]
    pauses: Vec<String>,
}

/// Which procedure.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
#[serde(deny_unknown_fields)]
struct Procedure {
    /// The procedure: t-1, d-1. Without it, all procedures are listed.
    #[serde(default)]
    id: Option<String>,
    /// The law of this day, YYYY-MM-DD.
    #[serde(default)]
    as_of: Option<String>,
}

#[tool_router]
impl Server {
    fn day(&self, text: Option<&str>) -> Result<Day, Problem> {
        match text.map(str::trim).filter(|t| !t.is_empty()) {
            None => Ok(self.app.today()),
            Some(text) => text.parse().map_err(|_| Problem::bad_day("as_of", text)),
        }
    }

    /// Assess an item or technology: one result per regime with verdict, reasons, conditions, questions that would decide, next steps.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn check(&self, Parameters(asked): Parameters<Check>) -> CallToolResult {
        let answer = async {
            let day = self.day(asked.as_of.as_deref())?;
            let form = Form {
                text: asked.text,
                code: asked.code.unwrap_or_default(),
                to: asked.destination.unwrap_or_default(),
                moves: asked.moves.unwrap_or_default(),
                end_use: asked.end_use.unwrap_or_default(),
                answers: asked.parameters.into_iter().collect(),
                on: day.to_string(),
                ..Form::default()
            };
            let mut question = form.question(day)?;
            question.parties = asked.parties;
            let (_, mut assessment) = check::assess(&self.app.engine, question).await?;
            assessment.candidates.truncate(MOST);
            Ok((day, value(&assessment)?))
        };
        self.result(answer.await)
    }

    /// An entry of a control list with its whole life across editions and numbers, by any code it ever had.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn entry(&self, Parameters(asked): Parameters<Entry>) -> CallToolResult {
        let answer = || {
            let day = self.day(asked.as_of.as_deref())?;
            Ok((day, value(&entry::view(&self.app.book, &asked.code, day)?)?))
        };
        self.result(answer())
    }

    /// What changed in a control list between two days, point by point.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn list_diff(&self, Parameters(asked): Parameters<ListDiff>) -> CallToolResult {
        let answer = || {
            let list = crate::api::find_list(&self.app.book, &asked.list)?;
            let (from, to) = (self.day(Some(&asked.from))?, self.day(Some(&asked.to))?);
            Ok((to, value(&difference::view(&self.app.book, list, from, to)?)?))
        };
        self.result(answer())
    }

    /// Where a measure stands on a day, clause by clause, with the history of every clause.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn measure_status(&self, Parameters(asked): Parameters<MeasureStatus>) -> CallToolResult {
        let answer = || {
            let day = self.day(asked.as_of.as_deref())?;
            let found = if let Some(id) = asked.id.as_deref().filter(|id| !id.is_empty()) {
                vec![measure::view(&self.app.book, id, day)?]
            } else {
                let open = ["suspended", "lapsed_unconfirmed", "scheduled"];
                let is_open = |c: &measure::ClauseView| c.status.as_deref().is_some_and(|s| open.contains(&s));
                measure::all(&self.app.book, day).into_iter().filter(|m| m.clauses.iter().any(is_open)).collect()
            };
            Ok((day, value(&found)?))
        };
        self.result(answer())
    }

    /// Look a party up on the Chinese lists: who is listed since when under which notice, with what effect on the day, what can be
    /// asked for and what a breach costs. `found` says whether a name holds the words (`name`), is spelt alike (`similar`) or shares a
    /// rare word (`word`); owners and subsidiaries are not looked up.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn party(&self, Parameters(asked): Parameters<Party>) -> CallToolResult {
        let answer = || {
            let day = self.day(asked.as_of.as_deref())?;
            let words: String = asked.name.chars().take(1000).collect();
            if yumen_assess::party_key(&words).is_empty() {
                return Err(Problem::bad("empty", "请给出名称。", "Give a name.").at("name"));
            }
            let lines = party::lines(&self.app.book, day, &party::Filter { words, ..party::Filter::default() });
            let total = lines.len();
            let views: Vec<party::PartyView> = lines
                .into_iter()
                .take(MOST_PARTIES)
                .filter_map(|line| party::view(&self.app.book, &line.id, day).ok())
                .collect();
            Ok((day, json!({ "found": total, "parties": value(&views)? })))
        };
        self.result(answer())
    }

    /// When a statutory period ends, day by day, with make-up working days; provisional where a calendar is not published.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn clock(&self, Parameters(asked): Parameters<Clock>) -> CallToolResult {
        let answer = || {
            let start = self.day(asked.start.as_deref())?;
            let Some(timer) = asked.timer.as_deref().filter(|t| !t.is_empty()) else {
                return Ok((start, value(&clock::all(&self.app.book, start))?));
            };
            let pauses = asked.pauses.iter().take(20).map(|p| clock::pause(p)).collect::<Result<_, _>>()?;
            Ok((start, value(&clock::view(&self.app.book, timer, start, pauses)?)?))
        };
        self.result(answer())
    }

    /// A procedure: steps, papers, clocks, legal basis, what goes wrong.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn procedure(&self, Parameters(asked): Parameters<Procedure>) -> CallToolResult {
        let answer = || {
            let day = self.day(asked.as_of.as_deref())?;
            let found = match asked.id.as_deref().filter(|id| !id.is_empty()) {
                Some(id) => value(&procedure::view(&self.app.book, id, day)?)?,
                None => value(&procedure::all(&self.app.book, day))?,
            };
            Ok((day, found))
        };
        self.result(answer())
    }

    /// An answer with what every answer carries; a problem as an error the assistant can mend.
    fn result(&self, answer: Result<(Day, Value), Problem>) -> CallToolResult {
        match answer {
            Ok((day, mut answer)) => {
                // Said once, for the whole result.
                if let Some(fields) = answer.as_object_mut() {
                    fields.remove("notice");
                }
                CallToolResult::structured(json!({
                    "as_of": day,
                    "lawbook": self.app.book.version,
                    "sources": sources(&self.app.book, &answer),
                    "answer": answer,
                    "notice": "Not legal advice and no licence; the official text decides. 不是法律意见，也不能代替许可，以官方文本为准。",
                }))
            }
            Err(problem) => CallToolResult::structured_error(json!({ "error": problem.document() })),
        }
    }
}

fn value<T: Serialize>(view: &T) -> Result<Value, Problem> {
    serde_json::to_value(view).map_err(|e| Problem::internal(&e))
}

/// Every act that the answer cites, once, with its address and how its text is known.
fn sources(book: &Book, answer: &Value) -> Vec<Value> {
    fn walk<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Array(all) => all.iter().for_each(|v| walk(v, found)),
            Value::Object(fields) => {
                if let Some(Value::String(id)) = fields.get("instrument") {
                    found.insert(id);
                }
                fields.values().for_each(|v| walk(v, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    walk(answer, &mut found);
    found
        .into_iter()
        .filter_map(|id| book.instruments.get(id))
        .map(|i| {
            json!({
                "instrument": i.id,
                "title": i.title,
                "url": i.url,
                "verification": i.verification.as_str(),
            })
        })
        .collect()
}

const INSTRUMENTS: &str = "yumen://instruments/";
const GUIDANCE: &str = "yumen://guidance/";

#[tool_handler]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("yumen", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_resources(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let acts = self.app.book.instruments.values().map(|i| {
            let name = i.short.get(Lang::En).to_owned();
            Resource::new(format!("{INSTRUMENTS}{}", i.id), name)
                .with_description(i.title.get(Lang::En))
                .with_mime_type("application/json")
        });
        let pieces = [Lang::Zh, Lang::En].into_iter().flat_map(|lang| {
            let code = if lang == Lang::Zh { "zh" } else { "en" };
            self.app.guidance.pieces(lang).into_iter().map(move |p| {
                Resource::new(format!("{GUIDANCE}{code}/{}", p.slug), p.title.clone())
                    .with_description(p.summary.clone())
                    .with_mime_type("text/html")
            })
        });
        Ok(ListResourcesResult::with_all_items(acts.chain(pieces).collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let missing = || ErrorData::resource_not_found("there is no such resource", None);
        let uri = request.uri;
        let (text, kind) = if let Some(id) = uri.strip_prefix(INSTRUMENTS) {
            let view =
                instrument::view(&self.app.book, &self.app.cited, id, self.app.today()).map_err(|_| missing())?;
            (
                serde_json::to_string(&view).map_err(|e| ErrorData::internal_error(e.to_string(), None))?,
                "application/json",
            )
        } else if let Some((lang, slug)) = uri.strip_prefix(GUIDANCE).and_then(|rest| rest.split_once('/')) {
            let lang = match lang {
                "zh" => Lang::Zh,
                "en" => Lang::En,
                _ => return Err(missing()),
            };
            let piece = self.app.guidance.piece(slug, lang).ok_or_else(missing)?;
            (format!("<h1>{}</h1>\n{}", crate::charts::escape(&piece.title), piece.html), "text/html")
        } else {
            return Err(missing());
        };
        let contents = ResourceContents::text(text, uri).with_mime_type(kind);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}

/// Answers over standard input and output until the other side hangs up.
///
/// # Errors
/// Where the connection breaks.
pub async fn stdio(platform: Arc<Platform>) -> Result<(), String> {
    let running = Server { app: platform }.serve(rmcp::transport::stdio()).await.map_err(|e| e.to_string())?;
    running.waiting().await.map_err(|e| e.to_string())?;
    Ok(())
}

/// The door over HTTP. No sessions: every request is answered by itself, so that nothing is held for anybody.
pub fn router(app: &App) -> Router<App> {
    let mut config = StreamableHttpServerConfig::default();
    config.legacy_session_mode = false;
    config.json_response = true;
    // A page of another site must not reach a server on somebody's own machine by a name that points there.
    let host = app.config.base_url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    config.allowed_hosts.push(host.to_owned());
    config.allowed_hosts.push(app.config.listen.to_string());
    let server = Server { app: Arc::clone(app) };
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(LocalSessionManager::default()), config);
    Router::new().route_service("/mcp", service).layer(RequestBodyLimitLayer::new(app.config.body_limit))
}
