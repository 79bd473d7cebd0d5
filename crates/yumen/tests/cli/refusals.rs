//! Bad input: a clear sentence on standard error, nothing half-printed, the right exit code, no panic.

use crate::program::{run, yumen};

const USAGE: i32 = 2;
const BAD_DATA: i32 = 3;

fn refused(arguments: &[&str], code: i32, says: &str) {
    let output = run(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {error}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed {}", String::from_utf8_lossy(&output.stdout));
    assert!(error.contains(says), "{arguments:?}: {error}");
    assert!(!error.contains("panicked"), "{error}");
}

#[test]
fn nothing_asked() {
    refused(&["check"], USAGE, "nothing to assess");
    refused(&["check", "   "], USAGE, "nothing to assess");
    refused(&["check", "\u{200b}\u{7}"], USAGE, "nothing to assess");
}

#[test]
fn text_beyond_the_limit() {
    let long = "石墨".repeat(20_000);
    let output = yumen("en").args(["check", "-"]).write_stdin(long).output().unwrap();
    assert_eq!(output.status.code(), Some(USAGE));
    assert!(String::from_utf8_lossy(&output.stderr).contains("65536"));
}

#[test]
fn codes_that_never_were() {
    refused(&["check", "--code", "1C999"], USAGE, "Nearest");
    refused(&["check", "--code", "056102X"], USAGE, "056101X");
    refused(&["check", "--code", "hello"], USAGE, "hello");
    refused(&["list", "entry", "9Z999"], USAGE, "9Z999");
}

#[test]
fn days_that_are_none() {
    refused(&["check", "石墨", "--as-of", "2025-02-30"], USAGE, "2025-02-30");
    refused(&["check", "石墨", "--as-of", "yesterday"], USAGE, "yesterday");
    refused(&["check", "石墨", "--as-of", "1990-01-01"], USAGE, "before the first list");
    refused(&["check", "石墨", "--as-of", "2025-06-01", "--recorded", "2001-01-01"], USAGE, "knew nothing yet");
}

#[test]
fn parameters_that_do_not_fit() {
    let graphite = ["check", "人造石墨", "--as-of", "2025-06-01"];
    let with = |more: &[&'static str]| graphite.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>();
    refused(&with(&["--param", "density=1.8 MPa"]), USAGE, "cannot be converted");
    refused(&with(&["--param", "density=heavy"]), USAGE, "cannot be read");
    refused(&with(&["--param", "densty=1.8 g/cm3"]), USAGE, "density");
    refused(&with(&["--param", "density=1.8 g/cm3", "--param", "density=1.7 g/cm3"]), USAGE, "contradict");
    refused(&with(&["--param", "density"]), USAGE, "density");
}

#[test]
fn destinations_and_customs_numbers_that_are_none() {
    refused(&["check", "石墨", "--to", "Atlantis"], USAGE, "Atlantis");
    refused(&["check", "--hs", "12"], USAGE, "4 to 10 digits");
}

#[test]
fn unknown_names_say_what_there_is() {
    refused(&["clock", "no-such-timer", "--start", "2025-01-01"], USAGE, "no-such-timer");
    refused(&["procedure", "show", "x-9"], USAGE, "x-9");
    refused(&["measure", "status", "nothing"], USAGE, "nothing");
    refused(&["list", "show", "weapons"], USAGE, "weapons");
}

#[test]
fn a_broken_book_is_told_with_file_and_line() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("units.toml"), "[[unit]]\nsymbol = \"g\"\nfactor = \n").unwrap();
    let path = directory.path().to_str().unwrap();
    let output = run(&["--lawbook", path, "check", "石墨"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(BAD_DATA), "{error}");
    assert!(output.stdout.is_empty());
    assert!(error.contains("units.toml:3"), "{error}");
    refused(&["--lawbook", "/no/such/directory", "check", "石墨"], BAD_DATA, "/no/such/directory");
}

#[test]
fn control_characters_are_read_as_blanks_and_not_printed_back() {
    let text = "人造\u{1b}[31m石墨\u{0}粉";
    let output = yumen("en").args(["check", "-", "--as-of", "2025-06-01"]).write_stdin(text).output().unwrap();
    assert!(output.status.success());
    assert!(!String::from_utf8_lossy(&output.stdout).contains('\u{1b}'));
}

#[test]
fn machines_get_errors_as_json() {
    let output = yumen("en").args(["--json", "check", "--code", "1C999"]).output().unwrap();
    assert_eq!(output.status.code(), Some(USAGE));
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).expect("JSON on standard error");
    assert_eq!(error["error"]["code"], "unknown_code");
    assert!(error["error"]["message"]["zh"].is_string());
}

#[test]
fn a_command_line_that_cannot_be_read_is_told_to_machines_too() {
    let output = run(&["check", "graphite", "--as-of", "2025-13-01", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).expect("JSON");
    assert_eq!(error["error"]["code"], "usage");
    assert!(error["error"]["message"]["zh"].as_str().is_some_and(|m| m.contains("2025-13-01")), "{error}");
}
