//! The platform as a process: it says where it is, answers, stops when asked, and speaks to an assistant's own client.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use rmcp::ServiceExt as _;
use rmcp::model::CallToolRequestParams;
use rmcp::transport::TokioChildProcess;
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_yumen");

fn ask(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn it_says_where_it_is_answers_and_stops_when_asked() {
    let data = tempfile::tempdir().unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["--lang", "en", "serve", "--listen", "127.0.0.1:0", "--log", "info"])
        .env("YUMEN_DATA", data.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("listening on ").nth(1).and_then(|t| t.split(',').next()).unwrap().to_owned();
    assert!(ask(&address, "/ready").contains("ready"));
    let secret = ask(&address, "/en/check?text=our-secret-gyroscope");
    assert!(secret.starts_with("HTTP/1.1 200"));
    assert!(ask(&address, "/metrics").contains("yumen_http_requests_total{route=\"/en/check\""));
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(child.wait().unwrap().success(), "a server that is asked to stop has not failed");
    let mut log = String::new();
    child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(
        log.contains("route=\"/en/check\"") && !log.contains("gyroscope"),
        "routes are logged, questions are not: {log}"
    );
    assert!(data.path().join("site.db").exists() && data.path().join("keys/determination.ed25519").exists());
}

#[test]
fn the_configuration_in_effect_is_printed_with_its_sources() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("yumen.toml"), "rate = 7\n").unwrap();
    let output = Command::new(PROGRAM)
        .args(["config", "--log", "warn"])
        .env("YUMEN_DATA", data.path())
        .env("YUMEN_TIMEOUT", "4")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    for line in
        ["rate = 7  # file", "timeout = 4  # environment", "log = \"warn\"  # command line", "cache = 24  # default"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    let wrong =
        Command::new(PROGRAM).args(["config", "--listen", "here"]).env("YUMEN_DATA", data.path()).output().unwrap();
    assert_eq!(wrong.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("listen"));
}

#[tokio::test]
async fn an_assistant_is_answered_over_standard_input_and_output() {
    let data = tempfile::tempdir().unwrap();
    let mut command = tokio::process::Command::new(PROGRAM);
    command.arg("--data").arg(data.path()).arg("mcp");
    let client = ().serve(TokioChildProcess::new(command).unwrap()).await.unwrap();
    assert_eq!(client.list_all_tools().await.unwrap().len(), 7);
    let mut request = CallToolRequestParams::new("clock".to_owned());
    request.arguments = json!({ "timer": "dual-use-licence.decision", "start": "2026-01-26" }).as_object().cloned();
    let answer = client.call_tool(request).await.unwrap().structured_content.unwrap();
    assert_eq!(answer["answer"]["due"], "2026-04-03");
    client.cancel().await.unwrap();
}
