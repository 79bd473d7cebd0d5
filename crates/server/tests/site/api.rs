//! The API family by family, its document, its paging and its problems.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use crate::support::Site;

#[tokio::test]
async fn the_document_is_openapi_3_1_and_a_contract() {
    let site = Site::new().await;
    let document = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut shape: Vec<String> = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters: Vec<&str> =
                operation["parameters"].as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
            let answers: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
            shape.push(format!("{method} {path} ({}) {answers:?}", parameters.join(", ")));
        }
    }
    insta::assert_snapshot!(shape.join("\n"));
}

/// Every `$ref` of the document leads to a schema of the document.
#[tokio::test]
async fn every_reference_of_the_document_is_there() {
    fn walk(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    found.push(to.clone());
                }
                fields.values().for_each(|v| walk(v, found));
            }
            Value::Array(all) => all.iter().for_each(|v| walk(v, found)),
            _ => {}
        }
    }
    let site = Site::new().await;
    let document = site.get("/api/v1/openapi.json").await.json();
    let mut found = Vec::new();
    walk(&document, &mut found);
    assert!(found.len() > 100);
    for to in found {
        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
    }
}

#[tokio::test]
async fn every_family_answers() {
    let site = Site::new().await;
    for (path, pointer) in [
        ("/api/v1/check?text=graphite", "/results/0/answer"),
        ("/api/v1/candidates?text=graphite", "/candidates/0/code"),
        ("/api/v1/suggest?q=1C1", "/0/code"),
        ("/api/v1/lists", "/0/coverage/recorded"),
        ("/api/v1/lists/technology", "/name/zh"),
        ("/api/v1/lists/technology/entries?limit=2", "/items/1/code"),
        ("/api/v1/lists/technology/difference?from=2020-08-27&to=2020-08-28", "/changes/0/label/en"),
        ("/api/v1/entries/056101X", "/versions/1/points/0/text/zh"),
        ("/api/v1/entries/39/2023-1", "/entry/code"),
        ("/api/v1/today", "/suspensions/0/status"),
        ("/api/v1/changes?kind=entry", "/items/0/title/zh"),
        ("/api/v1/instruments?kind=law", "/items/0/id"),
        ("/api/v1/instruments/notice-58-2025", "/measures/0/clauses/0/history/0/from"),
        ("/api/v1/measures?status=suspended", "/items/0/id"),
        ("/api/v1/measures/notice-58-2025", "/clauses/0/status"),
        ("/api/v1/parties?q=lockheed", "/items/0/name/en"),
        ("/api/v1/parties/control-1-2025/1", "/history/0/status"),
        ("/api/v1/hs?q=2805", "/items/0/points/0/code"),
        ("/api/v1/hs/2805301200", "/exact/0/entry"),
        ("/api/v1/countries", "/0/code"),
        ("/api/v1/countries/US", "/clauses/0/status"),
        ("/api/v1/regimes/numbers", "/items/0/counterparts/0/kinship"),
        ("/api/v1/clocks", "/0/short"),
        ("/api/v1/clocks/T-LOI?start=2026-01-26", "/due"),
        ("/api/v1/procedures", "/0/id"),
        ("/api/v1/procedures/t-1", "/steps/0/basis/0/cite/en"),
        ("/api/v1/penalties?turnover=600000", "/0/conduct/zh"),
        ("/api/v1/guidance?lang=zh", ""),
        ("/api/v1/search?q=graphite", "/items/0/path"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(answer.json().pointer(pointer).is_some_and(|v| !v.is_null()), "{path} has no {pointer}");
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{path}");
        let personal =
            ["check", "candidates", "suggest", "search"].iter().any(|p| path.starts_with(&format!("/api/v1/{p}")));
        assert_eq!(
            answer.header(header::ETAG).is_empty(),
            personal,
            "{path}: what is asked is kept nowhere, the law is told apart"
        );
        assert_eq!(answer.header(header::CACHE_CONTROL) == "private, no-store", personal, "{path}");
    }
    assert!(site.get("/api/v1/procedures/t-1/diagram").await.text.starts_with("stateDiagram-v2"));
}

#[tokio::test]
async fn a_posted_question_is_answered_like_the_page() {
    let site = Site::new().await;
    let ask = json!({
        "text": "artificial graphite block, purity 99.95 %, flexural strength 45 MPa",
        "parameters": { "density": "1.8 g/cm3" }, "destination": "JP", "as_of": "2025-06-01",
    });
    let answer = site.post_json("/api/v1/check", ask.to_string()).await.json();
    let dual = answer["results"].as_array().unwrap().iter().find(|r| r["regime"] == "dual-use").unwrap();
    assert_eq!(dual["answer"], "licence_required");
    assert_eq!(answer["question"]["destination"], "JP");
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let site = Site::new().await;
    let mut codes = Vec::new();
    let mut next = Some(String::new());
    let mut total = None;
    while let Some(cursor) = next {
        let page = site.get(&format!("/api/v1/lists/dual-use/entries?limit=37{cursor}")).await.json();
        codes.extend(page["items"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap().to_owned()));
        total = page["total"].as_u64();
        next = page["next"].as_str().map(|next| format!("&cursor={next}"));
    }
    assert_eq!(Some(codes.len() as u64), total);
    let all = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), all);
    let stale = site.get("/api/v1/lists/dual-use/entries?cursor=0000-10").await;
    assert_eq!((stale.status, stale.json()["code"].as_str().unwrap()), (StatusCode::BAD_REQUEST, "bad_cursor"));
}

#[tokio::test]
async fn problems_have_codes_and_both_languages() {
    let site = Site::new().await;
    for (path, status, code) in [
        ("/api/v1/check", 422, "empty"),
        ("/api/v1/check?text=x&on=2025-02-30", 400, "bad_day"),
        ("/api/v1/check?text=x&on=1990-01-01", 422, "before_first_list"),
        ("/api/v1/check?text=x&to=Atlantis", 422, "unknown_country"),
        ("/api/v1/check?code=9Z999", 422, "unknown_code"),
        ("/api/v1/check?hs=12ab", 422, "bad_hs"),
        ("/api/v1/check?text=x&values=colour=red", 422, "unknown_parameter"),
        ("/api/v1/entries/nonsense", 404, "unknown_code"),
        ("/api/v1/lists/other", 404, "unknown_list"),
        ("/api/v1/lists/technology/difference?from=2025-01-01&to=2020-01-01", 400, "backwards"),
        ("/api/v1/lists/technology/entries?limit=0", 400, "bad_number"),
        ("/api/v1/instruments/none", 404, "unknown_instrument"),
        ("/api/v1/measures/none", 404, "unknown_measure"),
        ("/api/v1/parties/none/1", 404, "unknown_party"),
        ("/api/v1/clocks/none", 404, "unknown_timer"),
        ("/api/v1/clocks/T-LOI?pause=lunch:2026-01-01:2026-01-02", 400, "bad_pause"),
        ("/api/v1/clocks/T-LOI?pause=hearing:2026-01-01:2026-01-02", 400, "pause_not_foreseen"),
        ("/api/v1/procedures/none", 404, "unknown_procedure"),
        ("/api/v1/penalties?turnover=lots", 400, "bad_amount"),
        ("/api/v1/penalties?conduct=P-999", 404, "unknown_conduct"),
        ("/api/v1/guidance/none", 404, "unknown_piece"),
        ("/api/v1/nothing", 404, "not_found"),
    ] {
        let answer = site.get(path).await;
        let problem = answer.json();
        assert_eq!((answer.status.as_u16(), problem["code"].as_str().unwrap()), (status, code), "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
        assert!(problem["detail"].as_str().is_some_and(|d| d.is_ascii() || d.contains('“')), "{path}");
        assert!(problem["detail_zh"].as_str().is_some_and(|d| !d.is_ascii()), "{path}");
    }
    for (body, kind, status) in [
        ("{", "application/json", 400),
        ("{\"text\":\"x\",\"colour\":1}", "application/json", 400),
        ("[\"graphite\"]", "application/json", 400),
        (" []", "application/json", 400),
        ("text=x", "application/x-www-form-urlencoded", 415),
    ] {
        let request = Request::builder().method(Method::POST).uri("/api/v1/check").header(header::CONTENT_TYPE, kind);
        let answer = site.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    }
    let wrong = Request::builder().method(Method::DELETE).uri("/api/v1/lists").body(Body::empty()).unwrap();
    let wrong = site.send(wrong).await;
    assert_eq!(
        (wrong.status, wrong.json()["code"].as_str().unwrap()),
        (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
    );
}

/// What an operation does not take is told, with what it takes; pages go on without it.
#[tokio::test]
async fn names_and_values_that_are_not_known_are_refused_with_those_that_are() {
    let site = Site::new().await;
    for (path, code, field, known) in [
        ("/api/v1/check?text=graphite&destinaton=JP", "unknown_name", "destinaton", "destination"),
        ("/api/v1/check?text=graphite&p.=1", "unknown_name", "p.", "p.<parameter>"),
        ("/api/v1/check?text=graphite&text=magnet", "repeated", "text", "once"),
        ("/api/v1/check?text=graphite&to=JP&to=US", "repeated", "to", "once"),
        ("/api/v1/check?text=graphite&to=JP&destination=US", "repeated", "to", "destination"),
        ("/api/v1/check?text=graphite&on=2025-01-01&on=2026-01-01", "repeated", "on", "once"),
        ("/api/v1/check?text=graphite&on=2025-01-01&as_of=2026-01-01", "repeated", "on", "as_of"),
        ("/api/v1/check?text=graphite&p.density=1&p.density=2", "repeated", "p.density", "once"),
        ("/api/v1/check?text=graphite&as_of=yesterday", "bad_day", "as_of", "YYYY-MM-DD"),
        ("/api/v1/entries/39/2023-1?day=2025-01-01", "unknown_name", "day", "on"),
        ("/api/v1/lists?as_of=2025-01-01", "unknown_name", "as_of", "on"),
        ("/api/v1/lists?on=2025-01-01&on=2026-01-01", "repeated", "on", "once"),
        ("/api/v1/guidance?on=2025-01-01", "unknown_name", "on", "lang"),
        ("/api/v1/guidance?lang=de", "unknown_value", "lang", "zh, en"),
        ("/api/v1/parties?status=zzz", "unknown_value", "status", "in_force, suspended"),
        ("/api/v1/parties?country=zz", "unknown_value", "country", "US"),
        ("/api/v1/parties?list=zzz", "unknown_value", "list", "control, watch"),
        ("/api/v1/parties?notice=zzz", "unknown_value", "notice", "notice-"),
        ("/api/v1/measures?status=zzz", "unknown_value", "status", "suspended, lapsed_unconfirmed"),
        ("/api/v1/instruments?kind=zzz", "unknown_value", "kind", "law, regulation"),
        ("/api/v1/changes?kind=zzz", "unknown_value", "kind", "entry, status"),
        ("/api/v1/lists/dual-use/entries?status=zzz", "unknown_value", "status", "in_force"),
        ("/api/v1/lists/dual-use/entries?control=zzz", "unknown_value", "control", "licence"),
        ("/api/v1/lists/dual-use/entries?division=zzz", "unknown_value", "division", "1C"),
        ("/api/v1/candidates?text=graphite&list=zzz", "unknown_value", "list", "dual-use"),
        ("/api/v1/search?q=graphite&kind=zzz", "unknown_value", "kind", "entry, notice"),
    ] {
        let answer = site.get(path).await;
        let problem = answer.json();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}: {}", answer.text);
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
        assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some(code), Some(field)), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(known), "{path}: {problem}");
        assert!(problem["detail_zh"].as_str().is_some_and(|d| !d.is_ascii()), "{path}");
    }
    let body = json!({ "text": "graphite" }).to_string();
    assert_eq!(site.post_json("/api/v1/check?on=2025-01-01", body).await.status, StatusCode::BAD_REQUEST);
    for path in [
        "/api/v1/parties?country=de&status=not_yet",
        "/api/v1/parties?country=Germany",
        "/api/v1/parties?notice=notice-58-2025",
        "/api/v1/search",
        "/api/v1/suggest",
        "/en/lists?as_of=2025-01-01&on=2025-01-01&on=2026-01-01",
        "/en/parties?status=zzz&colour=red",
        "/en/check?text=graphite&text=magnet&colour=red",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_question_in_the_address_may_be_spelt_as_in_the_body() {
    let site = Site::new().await;
    let text = "sintered+NdFeB+magnet+with+3%25+Dy";
    let plain = format!("/api/v1/check?text={text}&to=JP&on=2025-06-01");
    let one = format!("{plain}&party=Hanwha&party=Lockheed+Martin+Corporation");
    let other = format!("/api/v1/check?text={text}&destination=JP&as_of=2025-06-01");
    let other = format!("{other}&parties=Hanwha&party=Lockheed+Martin+Corporation");
    let (plain, one, other) =
        (site.get(&plain).await.json(), site.get(&one).await.json(), site.get(&other).await.json());
    assert_eq!((&one["question"]["destination"], &one["as_of"]), (&json!("JP"), &json!("2025-06-01")));
    assert_ne!(one["parties"], plain["parties"], "the second party is listed");
    assert_eq!(one, other);
}

/// Every address of the API that a page links to is one that the API takes.
#[tokio::test]
async fn the_links_of_pages_into_the_api_are_answered() {
    let site = Site::new().await;
    let mut links = std::collections::BTreeSet::new();
    for page in crate::support::PAGES.iter().chain(&["/parties?q=lockheed&page=1&sort=name&on=2026-01-01"]) {
        let answer = site.get(&format!("/en{page}")).await;
        for piece in answer.text.split("\"/api/v1/").skip(1) {
            let link = piece.split('"').next().unwrap_or_default().replace("&amp;", "&").replace("&#38;", "&");
            links.insert(format!("/api/v1/{link}"));
        }
    }
    assert!(links.len() > 20, "{links:?}");
    for link in links {
        assert_eq!(site.get(&link).await.status, StatusCode::OK, "{link}");
    }
}

#[tokio::test]
async fn a_star_means_whatever_there_is() {
    let site = Site::new().await;
    for (path, status) in [
        ("/api/v1/lists", StatusCode::NOT_MODIFIED),
        ("/en/lists", StatusCode::NOT_MODIFIED),
        ("/api/v1/lists/none", StatusCode::NOT_FOUND),
    ] {
        // Made anew, and ready-made.
        for _ in 0..2 {
            let request = Request::builder().uri(path).header(header::IF_NONE_MATCH, "*").body(Body::empty()).unwrap();
            let answer = site.send(request).await;
            assert_eq!(answer.status, status, "{path}");
            assert_eq!(answer.text.is_empty(), status == StatusCode::NOT_MODIFIED);
            assert_eq!(answer.header(header::ETAG).is_empty(), status != StatusCode::NOT_MODIFIED);
            site.get(path).await;
        }
    }
}
