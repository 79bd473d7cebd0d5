//! The stylesheet, the script and the icon, compiled into the program and named by their content.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use sha2::{Digest as _, Sha256};

use crate::platform::App;

const CSS: &str = include_str!("../../assets/yumen.css");
const JS: &str = include_str!("../../assets/yumen.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// A name of the templates and assets of this build: pages kept by readers are asked for anew when it changes.
pub const VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), "-", include_str!(concat!(env!("OUT_DIR"), "/templates.hash")));

fn named(content: &str, name: &str, end: &str) -> String {
    let hash: String = Sha256::digest(content.as_bytes()).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("/assets/{name}.{hash}.{end}")
}

static CSS_PATH: LazyLock<String> = LazyLock::new(|| named(CSS, "yumen", "css"));
static JS_PATH: LazyLock<String> = LazyLock::new(|| named(JS, "yumen", "js"));

/// The address of the stylesheet.
pub fn css_path() -> &'static str {
    &CSS_PATH
}

/// The address of the script.
pub fn js_path() -> &'static str {
    &JS_PATH
}

/// The files.
pub fn router() -> Router<App> {
    const KEPT: &str = "public, max-age=31536000, immutable";
    let file = |content: &'static str, kind: &'static str, kept: &'static str| {
        get(
            move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], content).into_response() },
        )
    };
    Router::new()
        .route(css_path(), file(CSS, "text/css; charset=utf-8", KEPT))
        .route(js_path(), file(JS, "text/javascript; charset=utf-8", KEPT))
        .route("/assets/icon.svg", file(ICON, "image/svg+xml", "public, max-age=86400"))
        .route("/favicon.ico", file(ICON, "image/svg+xml", "public, max-age=86400"))
        .route(
            "/robots.txt",
            file(
                "User-agent: *\nDisallow: /*/check\nDisallow: /*/q/\nDisallow: /*/records/\nDisallow: /*/verify/\n",
                "text/plain",
                "public, max-age=86400",
            ),
        )
}
