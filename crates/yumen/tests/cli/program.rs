//! Runs the program the way people do.

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// The program, in a language and without colour.
pub fn yumen(language: &str) -> Command {
    let mut command = Command::cargo_bin("yumen").expect("the program");
    command.env_clear().args(["--lang", language, "--color", "never"]);
    command
}

/// Runs it.
pub fn run(arguments: &[&str]) -> Output {
    yumen("en").args(arguments).output().expect("it runs")
}

/// What it prints as JSON; it must succeed.
pub fn json(arguments: &[&str]) -> Value {
    let output = yumen("en").arg("--json").args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The result of one regime in an assessment.
pub fn regime<'v>(assessment: &'v Value, regime: &str) -> &'v Value {
    let results = assessment["results"].as_array().expect("results");
    results.iter().find(|r| r["regime"] == regime).expect("the regime")
}
