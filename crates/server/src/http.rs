//! Layers every request goes through: limits, names, counters, ready-made answers, conditional requests, safe headers.

mod cache;
mod limits;
mod observe;

pub use cache::{Cache, conditional};
pub use limits::{Limits, client, guard};
pub use observe::observe;

use axum::http::{HeaderName, HeaderValue, header};

/// What a page may do: nothing but show what this site sends. No inline script or style, no other host.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// Headers that every answer carries.
pub const SAFE: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    ),
];
