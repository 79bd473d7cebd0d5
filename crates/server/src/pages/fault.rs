//! What went wrong, as a page in the visitor's language with the way back.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};

use crate::platform::App;
use crate::problem::Problem;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "error.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    p: &'p Problem,
}

/// Dresses bare problems as pages.
pub async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let accepts = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().starts_with(b"text/html"));
    if is_page
        || response
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|t| t.as_bytes().starts_with(b"application/problem"))
    {
        return response;
    }
    let problem = response.extensions().get::<Problem>().cloned().unwrap_or_else(|| Problem::usual(status));
    // Only a wrong day leaves an address that is right without it.
    let query = if super::is_about_the_day(&problem) { query.as_str() } else { "" };
    let mut v = Visit::bare(app, &path, query);
    let named = path.starts_with("/zh") || path.starts_with("/en");
    if !named {
        v.lang = crate::visit::preferred(&accepts);
        v.path = String::new();
    }
    // The switch of language on a page that is not there would lead to another page that is not there.
    if status.as_u16() == 404 || status.as_u16() == 405 {
        v.path = String::new();
    }
    let Ok(text) = (Page { v: &v, section: "", p: &problem }).render() else { return response };
    let mut dressed = (status, Html(text)).into_response();
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}
