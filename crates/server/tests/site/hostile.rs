//! Everything a person can type wrong or in bad faith: a clear answer with the right status, nothing run, nothing broken.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use proptest::prelude::*;
use yumen_server::Config;

use crate::support::Site;

const NASTY: &[&str] = &[
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' OR 1=1; DROP TABLE kept; --",
    "../../../../etc/passwd",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "\r\nSet-Cookie: a=b",
    "\u{202e}\u{200f}\u{feff}\u{0}",
    "%00%ff%fe",
    "🧨🧨🧨",
    "ａｂｃ　１２３",
    "-1e309",
];

fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test]
async fn nothing_typed_is_run_or_breaks_a_page() {
    let site = Site::new().await;
    for nasty in NASTY {
        let value = escaped(nasty);
        for path in [
            format!("/en/check?text={value}"),
            format!("/en/check?text=x&code={value}&to={value}&hs={value}&party={value}&values={value}&end_use={value}"),
            format!("/zh/lists/dual-use?q={value}&division={value}&control={value}&status={value}&page={value}"),
            format!("/zh/lists/{value}"),
            format!("/zh/entries/{value}"),
            format!("/en/entries/1C117?on={value}"),
            format!("/en/lists/technology/difference?from={value}&to={value}"),
            format!("/en/notices?q={value}&kind={value}"),
            format!("/en/notices/{value}"),
            format!("/en/parties?q={value}&list={value}&country={value}"),
            format!("/en/parties/{value}/{value}"),
            format!("/en/hs/{value}"),
            format!("/en/hs?q={value}&page={value}"),
            format!("/zh/countries/{value}"),
            format!("/zh/countries?q={value}"),
            format!("/en/notices/dual-use-regulations?article={value}"),
            format!("/en/lists/technology/difference/export.csv?from={value}&to={value}"),
            format!(
                "/zh/clock?timer=own.working_day&length={value}&reason={value}&paused_from={value}&paused_to={value}"
            ),
            format!("/en/measures?about={value}&status={value}&sort={value}"),
            format!("/api/v1/hs/{value}"),
            format!("/api/v1/countries/{value}"),
            format!("/en/procedures/{value}"),
            format!("/en/clock?timer={value}&start={value}&pause={value}"),
            format!("/en/penalties?turnover={value}&gains={value}&conduct={value}"),
            format!("/en/guidance/{value}"),
            format!("/en/search?q={value}&kind={value}"),
            format!("/en/q/{value}"),
            format!("/en/records/{value}"),
            format!("/verify/{value}"),
            format!("/feeds/en/{value}.atom"),
            format!("/feeds/{value}/all.atom"),
            format!("/api/v1/check?text={value}&values={value}"),
            format!("/api/v1/entries/{value}"),
            format!("/api/v1/search?q={value}&cursor={value}&limit={value}"),
            format!("/{value}"),
        ] {
            let Ok(request) = Request::builder().uri(&path).body(Body::empty()) else { continue };
            let answer = site.send(request).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
            let html = answer.header(header::CONTENT_TYPE).starts_with("text/html");
            if html {
                assert!(!answer.text.contains("<script>alert") && !answer.text.contains("<img src=x"), "{path}");
                assert!(answer.text.contains("</html>"), "{path}");
            }
            assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{path}");
            if answer.status.is_client_error() && !path.starts_with("/api") && !path.starts_with("/feeds") {
                assert!(html, "{path}: {}", answer.header(header::CONTENT_TYPE));
            }
        }
    }
}

#[tokio::test]
async fn what_is_too_much_is_refused_in_the_language_of_the_visitor() {
    let site = Site::new().await;
    let huge = site.post_form("/zh/check", format!("text={}", "镝".repeat(700_000))).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(huge.text.contains("请求内容过大") && huge.text.contains("回到首页"));
    let long = site.post_form("/en/check", format!("text={}", "a".repeat(65_600))).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text.contains("the limit is"));
    let full = site.post_form("/en/check", format!("text={}", "graphite+".repeat(7_000))).await;
    assert_eq!(full.status, StatusCode::OK, "a text of the greatest length is answered");
    let uri = site.get(&format!("/zh/search?q={}", "a".repeat(20_000))).await;
    assert_eq!(uri.status, StatusCode::URI_TOO_LONG);
    assert!(uri.text.contains("网址过长"));
    let api = site.post_json("/api/v1/check", format!("{{\"text\":\"{}\"}}", "a".repeat(2_000_000))).await;
    assert_eq!((api.status, api.json()["code"].as_str().unwrap()), (StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
    let deep = site.post_json("/api/v1/check", "[".repeat(100_000)).await;
    assert_eq!(deep.status, StatusCode::BAD_REQUEST);
    let raw = Request::builder().method(Method::POST).uri("/en/check").body(Body::from(vec![0xff_u8; 300])).unwrap();
    assert!(site.send(raw).await.status.is_client_error());
    let put = Request::builder().method(Method::PUT).uri("/zh/lists").body(Body::empty()).unwrap();
    let put = site.send(put).await;
    assert_eq!(put.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(put.text.contains("<html lang=\"zh-Hans\">"));
}

#[tokio::test]
async fn a_visitor_from_outside_is_held_back_and_told_when_to_return() {
    let data = tempfile::tempdir().unwrap();
    let config = Config { rate: 1, rate_burst: 5, ..Config::usual(data.path().to_owned()).unwrap() };
    let site = Site::with(config, data).await;
    let visit_of = |path: &str| {
        let mut request = Request::builder().uri(path).body(Body::empty()).unwrap();
        let peer = std::net::SocketAddr::from(([203, 0, 113, 9], 4000));
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        request
    };
    let visit = || visit_of("/zh/lists");
    for _ in 0..5 {
        assert_eq!(site.send(visit()).await.status, StatusCode::OK);
    }
    for path in [
        "/en/hs",
        "/en/hs/2805301200",
        "/en/hs/export.csv",
        "/en/countries/US",
        "/en/regimes",
        "/en/regimes/export.csv",
        "/en/notices/export.csv",
        "/en/measures/export.csv",
        "/en/parties/export.csv",
        "/en/lists/technology/difference/export.csv",
        "/api/v1/hs",
        "/api/v1/countries",
        "/api/v1/regimes/numbers",
    ] {
        assert_eq!(site.send(visit_of(path)).await.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
    }
    let held = site.send(visit()).await;
    assert_eq!(held.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!held.header(header::RETRY_AFTER).is_empty() && held.text.contains("请求过于频繁"));
    assert_eq!(site.get("/metrics").await.status, StatusCode::OK);
    let mut outside = Request::builder().uri("/metrics").body(Body::empty()).unwrap();
    let peer = std::net::SocketAddr::from(([203, 0, 113, 10], 4000));
    outside.extensions_mut().insert(axum::extract::ConnectInfo(peer));
    assert_eq!(site.send(outside).await.status, StatusCode::NOT_FOUND);
    for line in ["203.0.113.9:5555", "unknown", "", "203.0.113.9,"] {
        let mut handed =
            Request::builder().uri("/metrics").header("x-forwarded-for", line).body(Body::empty()).unwrap();
        let peer = std::net::SocketAddr::from(([127, 0, 0, 1], 4000));
        handed.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        let answer = site.send(handed).await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::TOO_MANY_REQUESTS),
            "{line}: {}",
            answer.status
        );
    }
}

#[test]
fn any_address_and_any_form_is_answered() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let site = runtime.block_on(Site::new());
    let strategy =
        ("(/(zh|en|api/v1|feeds|q|entries|lists|check|[a-z]{1,6}|[^ -~]{1,3})){0,4}", "\\PC{0,30}", "\\PC{0,60}");
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 200, ..ProptestConfig::default() });
    runner
        .run(&strategy, |(path, query, text)| {
            let path: String =
                path.chars().map(|c| if c == '/' { "/".to_owned() } else { escaped(&c.to_string()) }).collect();
            let uri = format!("/{}?on={}&q={}", path.trim_start_matches('/'), escaped(&query), escaped(&text));
            let answer = runtime.block_on(site.get(&uri));
            prop_assert!(!answer.status.is_server_error(), "{}: {}", uri, answer.status);
            let posted = runtime
                .block_on(site.post_form("/zh/check", format!("text={}&values={}", escaped(&text), escaped(&query))));
            prop_assert!(!posted.status.is_server_error());
            Ok(())
        })
        .unwrap();
}
