//! `cargo xtask bench screen`: our figures, and those of other engines in the same run where they are installed.

use std::process::Command;

const HELP: &str = "cargo xtask bench screen --list FILE --queries FILE [--python PROGRAM] [--sample N]

  Runs `yumen eval screen`, then the peers on a sample of the same questions and list: rapidfuzz (process.extract over every name)
  and nomenklatura (logic-v2 over the 100 parties that rapidfuzz finds nearest, because comparing with all takes minutes a name).
  Peers are looked for in PROGRAM (default python3). To have them:
      python3 -m venv peers && peers/bin/pip install rapidfuzz nomenklatura
      cargo xtask bench screen --list LIST --queries QUERIES --python peers/bin/python
";

/// Runs the comparison.
pub fn run(arguments: &[String]) -> bool {
    let value =
        |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).map(String::as_str);
    let (Some(list), Some(queries)) = (value("--list"), value("--queries")) else {
        eprint!("{HELP}");
        return false;
    };
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    if !crate::cargo(&["build", "--release", "--package", "yumen"]) {
        return false;
    }
    println!("yumen (every question)");
    let ours = Command::new(format!("{target}/release/yumen"))
        .args(["eval", "screen", "--list", list, "--queries", queries])
        .status()
        .is_ok_and(|s| s.success());
    let python = value("--python").unwrap_or("python3");
    let sample = value("--sample").unwrap_or("200");
    let peers = Command::new(python)
        .args(["-c", include_str!("peers.py"), list, queries, sample])
        .status()
        .is_ok_and(|s| s.success());
    if !peers {
        println!("{python} could not run the peers: they are not measured here.");
    }
    ours
}
