//! An assistant's own client against the door over HTTP. (`crates/yumen/tests` runs the same over standard input and output.)

use rmcp::model::{CallToolRequestParams, ReadResourceRequestParams};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::{RoleClient, ServiceExt as _, service::RunningService};
use serde_json::{Value, json};

use crate::support::Site;

async fn connect() -> (RunningService<RoleClient, ()>, Site) {
    let site = Site::new().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = yumen_server::router(&site.platform);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let transport = StreamableHttpClientTransport::from_uri(format!("http://{address}/mcp"));
    (().serve(transport).await.unwrap(), site)
}

async fn call(client: &RunningService<RoleClient, ()>, tool: &str, arguments: &Value) -> (bool, Value) {
    let mut request = CallToolRequestParams::new(tool.to_owned());
    request.arguments = arguments.as_object().cloned();
    let result = client.call_tool(request).await.unwrap();
    (result.is_error.unwrap_or(false), result.structured_content.unwrap())
}

#[tokio::test]
async fn an_assistant_asks_whether_a_dysprosium_magnet_may_go_to_japan() {
    let (client, _site) = connect().await;
    let info = client.peer_info().unwrap();
    assert!(info.instructions.as_deref().is_some_and(|i| i.contains("not_found")));
    let tools = client.list_all_tools().await.unwrap();
    let mut names: Vec<&str> = tools.iter().map(|t| t.name.as_ref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["check", "clock", "entry", "list_diff", "measure_status", "party", "procedure"]);
    let ask = json!({ "text": "sintered NdFeB magnet with 3 % dysprosium", "destination": "Japan" });
    let (failed, answer) = call(&client, "check", &ask).await;
    assert!(!failed);
    assert_eq!(answer["as_of"], "2026-11-21");
    let results = answer["answer"]["results"].as_array().unwrap();
    let dual = results.iter().find(|r| r["regime"] == "dual-use").unwrap();
    assert_eq!(dual["answer"], "licence_required");
    assert_eq!(dual["entry"]["code"], "1C905");
    assert_eq!(answer["answer"]["question"]["destination"], "JP");
    assert!(dual.to_string().contains("Notice 1/2026"), "the measure about Japan is named: {dual}");
    assert!(answer["sources"].as_array().unwrap().iter().all(|s| s["verification"].is_string()));
    assert_eq!(answer.to_string().matches("Not legal advice").count(), 1);
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn every_tool_and_resource_answers_and_problems_can_be_mended() {
    let (client, _site) = connect().await;
    for (tool, arguments, pointer) in [
        ("entry", json!({ "code": "056101X" }), "/answer/versions/1/points/0/text/zh"),
        (
            "list_diff",
            json!({ "list": "technology", "from": "2020-08-27", "to": "2020-08-28" }),
            "/answer/changes/0/change",
        ),
        ("measure_status", json!({ "id": "notice-58-2025", "as_of": "2026-03-01" }), "/answer/0/clauses/0/status"),
        ("measure_status", json!({}), "/answer/0/clauses/0/status"),
        ("party", json!({ "name": "lockheed" }), "/answer/parties/0/effect/zh"),
        ("clock", json!({ "timer": "dual-use-licence.decision", "start": "2026-01-26" }), "/answer/due"),
        ("clock", json!({}), "/answer/0/id"),
        ("procedure", json!({ "id": "t-1" }), "/answer/steps/0/name/en"),
        ("procedure", json!({}), "/answer/0/id"),
    ] {
        let (failed, answer) = call(&client, tool, &arguments).await;
        assert!(!failed, "{tool} {arguments}: {answer}");
        assert!(answer.pointer(pointer).is_some(), "{tool} {arguments} has no {pointer}");
        for field in ["as_of", "lawbook", "sources", "notice"] {
            assert!(!answer[field].is_null(), "{tool} has no {field}");
        }
    }
    for (tool, arguments, name) in [
        ("check", json!({ "text": "graphite", "destinaton": "JP" }), "destinaton"),
        ("entry", json!({ "code": "1C117", "on": "2025-01-01" }), "on"),
        ("list_diff", json!({ "list": "technology", "from": "2020-08-27", "to": "2020-08-28", "x": 1 }), "x"),
        ("measure_status", json!({ "measure": "notice-58-2025" }), "measure"),
        ("party", json!({ "name": "lockheed", "country": "US" }), "country"),
        ("clock", json!({ "begin": "2026-01-26" }), "begin"),
        ("procedure", json!({ "procedure": "t-1" }), "procedure"),
    ] {
        let mut request = CallToolRequestParams::new(tool.to_owned());
        request.arguments = arguments.as_object().cloned();
        let told = match client.call_tool(request).await {
            Ok(result) => {
                assert_eq!(result.is_error, Some(true), "{tool} {arguments}");
                serde_json::to_string(&result).unwrap()
            }
            Err(error) => error.to_string(),
        };
        assert!(told.contains("unknown field") && told.contains(name), "{tool} {arguments}: {told}");
    }
    for tool in client.list_all_tools().await.unwrap() {
        assert_eq!(tool.input_schema.get("additionalProperties"), Some(&json!(false)), "{}", tool.name);
    }
    for (tool, arguments, code) in [
        ("entry", json!({ "code": "9Z999" }), "unknown_code"),
        ("check", json!({ "text": "" }), "empty"),
        ("check", json!({ "text": "x", "as_of": "tomorrow" }), "bad_day"),
        ("clock", json!({ "timer": "none" }), "unknown_timer"),
        ("party", json!({ "name": " " }), "empty"),
    ] {
        let (failed, answer) = call(&client, tool, &arguments).await;
        assert!(failed);
        assert_eq!(answer["error"]["code"], code);
    }
    let resources = client.list_all_resources().await.unwrap();
    assert!(resources.len() > 150);
    let read =
        client.read_resource(ReadResourceRequestParams::new("yumen://instruments/notice-58-2025")).await.unwrap();
    assert!(serde_json::to_string(&read).unwrap().contains("lithium"));
    assert!(client.read_resource(ReadResourceRequestParams::new("yumen://instruments/none")).await.is_err());
    assert!(client.read_resource(ReadResourceRequestParams::new("file:///etc/passwd")).await.is_err());
    client.cancel().await.unwrap();
}
