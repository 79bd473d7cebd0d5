//! What a developer runs: `cargo xtask test | lint | ci | browser | bench | eval`.

mod bench_screen;
mod bench_server;
mod browser;

use std::process::{Command, ExitCode};

const HELP: &str = "cargo xtask <task>

  test    every test of the workspace, doc tests included
  lint    formatting and clippy, warnings as errors; the law book's own check
  ci      lint, then test
  browser  every page in headless Chromium, judged by axe-core and html-validate
  bench server  start, memory and throughput of `yumen serve` beside nginx
  bench   benchmarks, and how long `yumen check` takes from process start to answer
  eval    how often the answers are right, beside plain retrieval: our own cases and the files named after it; with
          --import FILE the lists of other regimes that the files ask about
  bench screen --list FILE --queries FILE    party screening, beside other engines where they are installed
";

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let done = match task.as_str() {
        "test" => test(),
        "lint" => lint(),
        "ci" => lint() && test(),
        "bench" if std::env::args().nth(2).as_deref() == Some("screen") => {
            bench_screen::run(&std::env::args().skip(3).collect::<Vec<_>>())
        }
        "browser" => browser::browser(),
        "bench" if std::env::args().nth(2).as_deref() == Some("server") => bench_server::bench(),
        "bench" => bench(),
        "eval" => eval(&std::env::args().skip(2).collect::<Vec<_>>()),
        _ => {
            eprint!("{HELP}");
            false
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs cargo.
fn cargo(args: &[&str]) -> bool {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    eprintln!("+ cargo {}", args.join(" "));
    Command::new(program).args(args).status().is_ok_and(|s| s.success())
}

fn test() -> bool {
    // nextest runs the same tests faster; a machine without it loses time, not tests.
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    let ran = if nextest {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        eprintln!("cargo-nextest is not installed; using cargo test");
        cargo(&["test", "--workspace", "--lib", "--bins", "--tests"])
    };
    ran && cargo(&["test", "--workspace", "--doc"])
}

fn lint() -> bool {
    cargo(&["fmt", "--all", "--check"])
        && cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
        && cargo(&["run", "--quiet", "--package", "yumen", "--", "lawbook", "check"])
}

fn bench() -> bool {
    cargo(&["build", "--release", "--package", "yumen"])
        && start_to_answer()
        && cargo(&["bench", "--package", "yumen-assess", "--bench", "answer"])
}

/// Runs case files through a release build and prints one table.
fn eval(arguments: &[String]) -> bool {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let program = format!("{target}/release/yumen");
    let data = format!("{target}/eval-data");
    let run = |arguments: &[String]| {
        let status = Command::new(&program).args(["--lang", "en", "--data", &data]).args(arguments).status();
        status.is_ok_and(|s| s.success())
    };
    let mut files = Vec::new();
    let mut imports = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match (argument.as_str(), rest.clone().next()) {
            ("--import", Some(file)) => {
                imports.push(file.clone());
                rest.next();
            }
            _ => files.push(argument.clone()),
        }
    }
    match own_cases(&target) {
        Ok(file) => files.insert(0, file),
        Err(error) => {
            eprintln!("our own cases cannot be gathered: {error}");
            return false;
        }
    }
    cargo(&["build", "--release", "--package", "yumen"])
        && imports.iter().all(|file| run(&["import".into(), file.clone()]))
        && run(&[vec!["eval".into(), "table".into()], files].concat())
}

/// All our own cases in one file.
fn own_cases(target: &str) -> std::io::Result<String> {
    let mut files: Vec<_> = std::fs::read_dir("crates/assess/tests/cases")?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let all = files.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let path = format!("{target}/own-cases.jsonl");
    std::fs::write(&path, all.concat())?;
    Ok(path)
}

/// `yumen check` as a whole process, 20 runs.
fn start_to_answer() -> bool {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let program = format!("{target}/release/yumen");
    let mut millis = Vec::new();
    for _ in 0..20 {
        #[expect(clippy::disallowed_methods, reason = "this is the measurement")]
        let begun = std::time::Instant::now();
        let ran = Command::new(&program)
            .args(["check", "人造石墨块，纯度99.95%，抗折强度45MPa，密度1.8g/cm3", "--as-of", "2025-06-01"])
            .output()
            .is_ok_and(|o| o.status.success());
        if !ran {
            eprintln!("{program} did not answer");
            return false;
        }
        millis.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    millis.sort_by(f64::total_cmp);
    println!(
        "yumen check, process start to answer, 20 runs: min {:.1} ms, median {:.1} ms, max {:.1} ms",
        millis[0], millis[10], millis[19]
    );
    true
}
