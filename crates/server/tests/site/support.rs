//! A platform on a fixed day, with an empty data directory.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use yumen_lawbook::Day;
use yumen_papers::Signer;
use yumen_server::{Config, Platform, Start, embedded_guidance, router};

/// A platform that lives as long as its directory.
pub struct Site {
    pub platform: Arc<Platform>,
    router: Router,
    _data: tempfile::TempDir,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    #[expect(clippy::needless_pass_by_value, reason = "names of headers are written in place")]
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(&name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }
}

impl Site {
    pub async fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let config = Config::usual(data.path().to_owned()).unwrap();
        Self::with(config, data).await
    }

    pub async fn with(config: Config, data: tempfile::TempDir) -> Self {
        let start = Start {
            engine: Arc::new(yumen_embedded::engine().unwrap()),
            guidance: embedded_guidance().unwrap(),
            signer: Signer::new(&[7; 32]),
            config,
            clock: Box::new(|| Day::new(2026, 11, 21).unwrap()),
        };
        let platform = Platform::start(start).await.unwrap();
        let router = router(&platform);
        Self { platform, router, _data: data }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post_form(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn post_json(&self, path: &str, body: impl Into<Body>) -> Answer {
        let request =
            Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }
}

/// One address of every page kind, without language.
pub const PAGES: &[&str] = &[
    "",
    "?on=2020-09-15",
    "/check",
    "/check?text=graphite+block,+purity+99.95+%25&on=2025-06-01",
    "/check?text=sintered+NdFeB+magnet+with+3%25+Dy&to=JP&party=Hanwha",
    "/lists",
    "/lists/technology",
    "/lists/dual-use?q=graphite&status=in_force",
    "/lists/dual-use?division=1C&page=2",
    "/lists/technology/difference",
    "/lists/technology/difference?from=2020-08-27&to=2020-08-28",
    "/lists/dual-use/difference?from=2023-01-01&to=2024-12-01",
    "/entries/056101X",
    "/entries/086501X?on=2020-09-15",
    "/entries/1C117.d.1",
    "/entries/39/2023-1",
    "/entries/uncoded:uav",
    "/coverage",
    "/notices",
    "/notices?kind=law&q=control",
    "/notices/notice-58-2025",
    "/notices/notice-58-2025?on=2025-10-20",
    "/notices/notice-38-2020",
    "/notices/dual-use-regulations",
    "/measures",
    "/measures?on=2025-12-01",
    "/parties",
    "/parties?q=lockheed",
    "/parties/control-1-2025/1",
    "/procedures",
    "/procedures/t-1",
    "/procedures/d-1",
    "/clock",
    "/clock?timer=dual-use-licence.decision&start=2026-01-26",
    "/clock?timer=letter-of-intent.validity&start=2026-01-26",
    "/penalties",
    "/penalties?turnover=600000",
    "/penalties?conduct=P-2&turnover=600000",
    "/clock?timer=own.working_day&length=20&start=2026-11-27&reason=hearing&paused_from=2026-12-01&paused_to=2026-12-05",
    "/hs",
    "/hs?page=2",
    "/hs/2805301200",
    "/hs/28053019",
    "/countries",
    "/countries/US",
    "/regimes",
    "/measures?about=parties",
    "/notices/dual-use-regulations?article=art-17",
    "/parties?q=Rheinmetall+Waffe+Munition+GmbH",
    "/parties/control-30-2026/4",
    "/lists/dual-use/difference",
    "/guidance",
    "/search",
    "/search?q=%E9%95%9D",
    "/verify",
    "/feeds",
    "/api",
];
