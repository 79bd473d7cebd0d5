//! How often the program answers the project's own cases rightly, each half by itself: a figure may rise, never fall.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::program::json;

/// What a half must reach: a little under what was measured.
struct Floors {
    recall_at_1: f64,
    recall_at_5: f64,
    near_miss_at_5: f64,
    /// Share of cases answered rightly.
    right: f64,
    /// Most controlled cases of which nothing was found.
    missed: u64,
    /// Most free cases for which a licence was demanded.
    overblocked: u64,
}

#[test]
fn the_open_half_holds_its_figures() {
    let floors = Floors {
        recall_at_1: 0.90,
        recall_at_5: 0.985,
        near_miss_at_5: 0.89,
        right: 0.77,
        missed: 25,
        overblocked: 21,
    };
    holds("open", &floors);
}

#[test]
fn the_held_half_holds_its_figures() {
    let floors =
        Floors { recall_at_1: 0.93, recall_at_5: 0.98, near_miss_at_5: 0.93, right: 0.74, missed: 8, overblocked: 6 };
    holds("held", &floors);
}

fn holds(half: &str, floors: &Floors) {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join(format!("{half}.jsonl"));
    std::fs::write(&file, lines_of(half)).expect("written");
    let report = json(&["eval", "classify", &file.display().to_string()]);
    let said = told(&report);

    let fresh = kind(&report, "unsafe");
    assert!(fresh.is_empty(), "controlled and yet answered as free: {fresh:?}\n{said}");

    let share = |path: &str| report.pointer(path).and_then(Value::as_f64).expect("a share");
    assert!(share("/retrieval/all/recall@1") >= floors.recall_at_1, "{half}: found first\n{said}");
    assert!(share("/retrieval/all/recall@5") >= floors.recall_at_5, "{half}: found among five\n{said}");
    assert!(share("/near_miss/recall@5") >= floors.near_miss_at_5, "{half}: the nearest entry of what is free\n{said}");
    let count = |name: &str| report["answers"][name].as_u64().expect("a count");
    #[expect(clippy::cast_precision_loss, reason = "some hundred cases")]
    let right = count("right") as f64 / count("n") as f64;
    assert!(right >= floors.right, "{half}: {right:.4} answered rightly\n{said}");
    assert!(count("missed") <= floors.missed, "{half}: missed {:?}\n{said}", kind(&report, "missed"));
    assert!(
        count("overblocked") <= floors.overblocked,
        "{half}: overblocked {:?}\n{said}",
        kind(&report, "overblocked")
    );
}

/// The cases of a half, as the evaluation reads them.
fn lines_of(half: &str) -> String {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assess/tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(&directory)
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let mut lines = String::new();
    for file in files {
        for line in std::fs::read_to_string(&file).expect("text").lines() {
            let case: Value = serde_json::from_str(line).expect("a case");
            if case["half"] == half {
                let _ = writeln!(lines, "{line}");
            }
        }
    }
    lines
}

fn kind<'r>(report: &'r Value, kind: &str) -> Vec<&'r str> {
    let failures = report["failures"].as_array().expect("failures");
    failures.iter().filter(|f| f["kind"] == kind).filter_map(|f| f["id"].as_str()).collect()
}

fn told(report: &Value) -> String {
    format!("retrieval {}\nnear {}\nanswers {}", report["retrieval"]["all"], report["near_miss"], report["answers"])
}
