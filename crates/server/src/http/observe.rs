//! A name for every request, a line in the log, a number in the counters: by route, never by what was asked.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::platform::App;

const REQUEST_ID: &str = "x-request-id";

/// Names, counts and logs a request.
pub async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", |m| m.as_str()).to_owned();
    let method = name(request.method());
    let id = new_id();
    let mut response = next.run(request).await;
    let took = begun.elapsed();
    let status = response.status();
    app.metrics.count(&route, method, status.as_u16(), took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if status.is_server_error() {
        tracing::warn!(request = %id, method, route, status = status.as_u16(), micros, "answered");
    } else if status.is_client_error() {
        tracing::debug!(request = %id, method, route, status = status.as_u16(), micros, "answered");
    } else {
        tracing::info!(request = %id, method, route, status = status.as_u16(), micros, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// A number for one request; ours alone, so that nobody can write into the log by a header.
fn new_id() -> String {
    let mut bytes = [0_u8; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => format!("{:016x}", u64::from_le_bytes(bytes)),
        Err(_) => "0".to_owned(),
    }
}

fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}
