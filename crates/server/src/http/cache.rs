//! Pages that follow from the law and the day alone: told apart by ETag, and kept ready-made within a memory limit.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Kept;
use sha2::{Digest as _, Sha256};

use crate::platform::App;

/// Largest page kept, and longest address it is kept by.
const LARGEST: usize = 512 * 1024;
const LONGEST_KEY: usize = 1024;

/// Ready-made answers.
#[derive(Clone)]
pub struct Cache(Option<Arc<Kept<String, Made, Weight>>>);

#[derive(Clone)]
struct Made {
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<String, Made> for Weight {
    fn weight(&self, key: &String, made: &Made) -> u64 {
        // A header map takes about a kilobyte.
        (key.len() + made.body.len()) as u64 + 1024
    }
}

impl Cache {
    /// Room for so many megabytes.
    pub fn new(megabytes: u64) -> Self {
        Self((megabytes > 0).then(|| {
            let bytes = megabytes * 1024 * 1024;
            let pages = usize::try_from(bytes / 16_384).unwrap_or(1024);
            Arc::new(Kept::with_weighter(pages, bytes, Weight))
        }))
    }
}

/// The tag of an address under the law, the program and the day.
fn tag(app: &App, request: &Request) -> String {
    let mut hash = Sha256::new();
    hash.update(app.stamp.as_bytes());
    hash.update(app.today().to_string().as_bytes());
    // The whole address: within the pages of one language its beginning is cut off, and the two languages would be taken for each other.
    let uri = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri(), |original| &original.0);
    hash.update(uri.to_string().as_bytes());
    if let Some(accept) = request.headers().get(header::ACCEPT_LANGUAGE) {
        hash.update(accept.as_bytes());
    }
    let short: String = hash.finalize().iter().take(10).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{}-{short}\"", app.law())
}

/// What somebody asks about their own goods can be a trade secret: it is kept nowhere.
fn is_personal(path: &str) -> bool {
    ["/api/v1/check", "/api/v1/candidates", "/api/v1/suggest", "/api/v1/search"].contains(&path)
}

/// Answers from what is ready, tells the reader who has it already, and keeps what was made. For addresses that depend on nothing
/// but the law, the program and the day.
pub async fn conditional(State((app, cache)): State<(App, Cache)>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    if is_personal(request.uri().path()) {
        let mut response = next.run(request).await;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        return response;
    }
    let tag = tag(&app, &request);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    // A star means whatever there is: what there is, is found out first.
    let anything = known.is_some_and(|known| known.trim() == "*");
    if known.is_some_and(|known| known.split(',').any(|k| k.trim() == tag)) {
        return unchanged(&tag);
    }
    let accept = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
    let key = format!("{tag} {accept}");
    let keeps = *request.method() == Method::GET && key.len() < LONGEST_KEY;
    let kept = cache.0.as_ref().filter(|_| keeps);
    if let Some(made) = kept.and_then(|kept| kept.get(&key)) {
        if anything {
            return unchanged(&tag);
        }
        let mut response = Response::new(Body::from(made.body));
        *response.headers_mut() = made.headers;
        return response;
    }
    let mut response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    if anything {
        return unchanged(&tag);
    }
    stamp(&mut response, &tag);
    let Some(kept) = kept else { return response };
    let (parts, body) = response.into_parts();
    let Ok(collected) = body.collect().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let body = collected.to_bytes();
    if body.len() <= LARGEST {
        kept.insert(key, Made { headers: parts.headers.clone(), body: body.clone() });
    }
    Response::from_parts(parts, Body::from(body))
}

/// Tells the reader that what it has still holds.
fn unchanged(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    stamp(&mut response, tag);
    response
}

fn stamp(response: &mut Response, tag: &str) {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, value);
    }
    // Asked again every time, answered without a body while the law stands.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
}
