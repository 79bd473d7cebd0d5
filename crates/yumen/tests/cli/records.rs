//! Answers that are kept: question files, signed records, batches, portfolios.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::yumen;

const GRAPHITE: &str = "人造石墨块，纯度99.95%，密度1.8g/cm3";

fn path(directory: &TempDir, name: &str) -> String {
    directory.path().join(name).display().to_string()
}

/// Copies the law book to a directory where a test can change it.
fn law_book(directory: &TempDir) -> std::path::PathBuf {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("the book can be copied");
        for entry in fs::read_dir(from).expect("the book can be copied") {
            let entry = entry.expect("the book can be copied");
            let target = to.join(entry.file_name());
            if entry.file_type().expect("the book can be copied").is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).expect("the book can be copied");
            }
        }
    }
    let to = directory.path().join("lawbook");
    copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../lawbook")), &to);
    to
}

#[test]
fn questions_are_walked_and_answers_kept() {
    let directory = TempDir::new().unwrap();
    let answers = path(&directory, "answers.json");
    let check = ["check", GRAPHITE, "--as-of", "2025-06-01", "--answers", &answers];
    let sat = yumen("en").args(check).arg("--interactive").write_stdin("45 MPa\n").output().unwrap();
    assert!(sat.status.success());
    let said = String::from_utf8_lossy(&sat.stderr).into_owned();
    assert!(said.contains("Question 1") && said.contains("flexural strength"), "{said}");
    assert!(String::from_utf8_lossy(&sat.stdout).contains("Licence required"));

    // The file answers by itself afterwards, and holds what was asked and for which point.
    let again = yumen("en").args(check).output().unwrap();
    assert!(String::from_utf8_lossy(&again.stdout).contains("Licence required"));
    let kept = fs::read_to_string(&answers).unwrap();
    assert!(kept.contains("45 MPa") && kept.contains("1C"), "{kept}");
}

#[test]
fn an_answer_that_cannot_be_read_is_asked_again() {
    let talk = yumen("en")
        .args(["check", GRAPHITE, "--as-of", "2025-06-01", "--interactive"])
        .write_stdin("strong\n45 MPa\n")
        .output()
        .unwrap();
    assert!(talk.status.success());
    assert!(String::from_utf8_lossy(&talk.stdout).contains("Licence required"));
    assert_eq!(String::from_utf8_lossy(&talk.stderr).matches("\n> ").count(), 2, "put twice");
}

#[test]
fn a_changed_law_asks_again_only_what_it_changed() {
    let directory = TempDir::new().unwrap();
    let book = law_book(&directory);
    let answers = path(&directory, "answers.json");
    let ask = |extra: &[&str]| {
        let mut command = yumen("en");
        command.arg("--lawbook").arg(&book).args(["check", GRAPHITE, "--as-of", "2025-06-01", "--answers", &answers]);
        command.args(extra).write_stdin("45 MPa\n").output().unwrap()
    };
    assert!(String::from_utf8_lossy(&ask(&["--interactive"]).stdout).contains("Licence required"));

    // Words elsewhere in the book change: the answer stands.
    let timers = book.join("timers.toml");
    fs::write(&timers, fs::read_to_string(&timers).unwrap() + "\n# a remark\n").unwrap();
    assert!(String::from_utf8_lossy(&ask(&[]).stdout).contains("Licence required"));

    // The limit itself changes: the answer was given to other words, and is not used.
    let changed = fs::read_dir(book.join("lists/dual-use")).unwrap().map(|e| e.unwrap().path()).filter(|p| {
        let text = fs::read_to_string(p).unwrap();
        let other = text.replace("flexural_strength > 30 MPa", "flexural_strength > 40 MPa");
        fs::write(p, &other).unwrap();
        other != text
    });
    assert!(changed.count() > 0, "the book words the limit as the test expects");
    let output = ask(&["--interactive"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("asked again"), "{said}");
}

#[test]
fn a_record_is_verified_and_a_changed_one_told() {
    let directory = TempDir::new().unwrap();
    let (record, data) = (path(&directory, "record.json"), path(&directory, "data"));
    let save = ["--data", &data, "check", GRAPHITE, "--param", "flexural_strength=45 MPa", "--as-of", "2025-06-01"];
    assert!(yumen("en").args(save).args(["--save", &record]).output().unwrap().status.success());
    let verify = |language: &str| yumen(language).args(["--data", &data, "verify", &record]).output().unwrap();
    let verified = verify("en");
    assert_eq!(verified.status.code(), Some(0));
    let page = String::from_utf8_lossy(&verified.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("The signature holds.") && page.contains("the key of this installation"), "{page}");
    assert!(page.contains("The same law gives the same outcome."), "{page}");

    // From another installation the signature holds, but the key is not its own.
    let stranger = yumen("en").args(["--data", &path(&directory, "other"), "verify", &record]).output().unwrap();
    let page = String::from_utf8_lossy(&stranger.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("another key"), "{page}");

    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replace("45 MPa", "15 MPa")).unwrap();
    let tampered = verify("zh");
    assert_eq!(tampered.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&tampered.stderr).contains("改动"));

    fs::write(&record, "{\"not\": \"a record\"}").unwrap();
    assert_eq!(verify("en").status.code(), Some(3));
}

#[test]
fn a_record_under_a_changed_law_says_what_changed() {
    let directory = TempDir::new().unwrap();
    let (record, data) = (path(&directory, "record.json"), path(&directory, "data"));
    let save = ["--data", &data, "check", GRAPHITE, "--param", "flexural_strength=45 MPa", "--as-of", "2025-06-01"];
    assert!(yumen("en").args(save).args(["--save", &record]).output().unwrap().status.success());
    let book = law_book(&directory);
    for entry in fs::read_dir(book.join("lists/dual-use")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, text.replace("flexural_strength > 30 MPa", "flexural_strength > 60 MPa")).unwrap();
    }
    let output = yumen("en").arg("--lawbook").arg(&book).args(["--data", &data, "verify", &record]).output().unwrap();
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{page}");
    assert!(page.contains("The law book has changed since") && page.contains("licence_required"), "{page}");
}

#[test]
fn a_batch_goes_on_where_it_was_killed() {
    let directory = TempDir::new().unwrap();
    let (items, out, whole) =
        (path(&directory, "items.csv"), path(&directory, "answers.csv"), path(&directory, "whole.csv"));
    let rows: String = (0..900).map(|n| format!("i{n},棉质T恤衫 {n}\n")).collect();
    fs::write(&items, format!("id,text\n{rows}last,{GRAPHITE} 抗折强度45MPa\n")).unwrap();
    let arguments =
        |out: &str| ["--json", "check", "--batch", &items, "--out", out, "--as-of", "2025-06-01"].map(str::to_owned);

    let mut cut = std::process::Command::new(assert_cmd::cargo::cargo_bin("yumen"))
        .env_clear()
        .args(["--lang", "en", "--color", "never"])
        .args(arguments(&out))
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let work = format!("{out}.work");
    while fs::read_to_string(&work).map_or(0, |t| t.lines().count()) < 200 {
        assert!(cut.try_wait().unwrap().is_none(), "the run ended before it could be killed");
        std::thread::yield_now();
    }
    cut.kill().unwrap();
    cut.wait().unwrap();
    assert!(!Path::new(&out).exists(), "a run that was killed leaves no half answers");

    let resumed = yumen("en").args(arguments(&out)).output().unwrap();
    let summary: Value = serde_json::from_slice(&resumed.stdout).expect("JSON");
    assert_eq!(summary["rows"], 901);
    assert!(summary["resumed"].as_u64().unwrap() >= 199, "{summary}");
    assert!(!Path::new(&work).exists());
    yumen("en").args(arguments(&whole)).assert().success();
    assert_eq!(fs::read_to_string(&out).unwrap(), fs::read_to_string(&whole).unwrap());
    assert!(fs::read_to_string(&out).unwrap().contains("licence_required"));
}

#[test]
fn a_table_may_be_a_spreadsheet() {
    let directory = TempDir::new().unwrap();
    let (items, first, second) =
        (path(&directory, "items.jsonl"), path(&directory, "first.xlsx"), path(&directory, "second.jsonl"));
    fs::write(&items, format!("{{\"id\":\"a\",\"text\":\"{GRAPHITE} 抗折强度45MPa\"}}\n")).unwrap();
    let run = |from: &str, to: &str| {
        let output =
            yumen("en").args(["check", "--batch", from, "--out", to, "--as-of", "2025-06-01"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run(&items, &first);
    // The answers themselves are a table with a column "text" and can be asked again.
    run(&first, &second);
    assert!(fs::read_to_string(&second).unwrap().contains("licence_required"));
}

#[test]
fn a_portfolio_says_what_a_notice_changed() {
    let directory = TempDir::new().unwrap();
    let items = path(&directory, "items.csv");
    fs::write(&items, "id,text\nm1,钐钴永磁体\nt1,棉质T恤衫\n").unwrap();
    let output = yumen("en")
        .args(["--json", "portfolio", "diff", "--from", "2025-04-03", "--to", "2025-04-04", &items])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let changed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(changed.contains("m1") && changed.contains("licence_required"), "{changed}");
    assert!(!changed.contains("t1"), "what did not change is not listed: {changed}");
}

#[test]
fn an_explanation_goes_down_to_words() {
    let output = yumen("en").args(["check", GRAPHITE, "--as-of", "2025-06-01", "--explain"]).output().unwrap();
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(page.contains("石墨"), "{page}");
    let value = yumen("en").args(["--json", "check", GRAPHITE, "--as-of", "2025-06-01", "--explain"]).output().unwrap();
    let value: Value = serde_json::from_slice(&value.stdout).unwrap();
    assert!(value["explained"].as_array().is_some_and(|e| !e.is_empty()));
}

#[test]
fn a_table_that_would_be_misread_is_refused_or_told() {
    let directory = TempDir::new().unwrap();
    let batch = |name: &str, text: &str, to: &str| {
        let from = path(&directory, name);
        fs::write(&from, text).unwrap();
        let output =
            yumen("en").args(["--json", "check", "--batch", &from, "--out", &path(&directory, to)]).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned(), from)
    };
    let (code, said, from) = batch("same.csv", "id,text\n1,graphite\n", "same.csv");
    assert_eq!((code, fs::read_to_string(from).unwrap().as_str()), (Some(2), "id,text\n1,graphite\n"), "{said}");
    let (code, said, _) = batch("twice.csv", "id,text,text\n1,graphite,milk\n", "o.csv");
    assert!(code == Some(3) && said.contains("two columns"), "{said}");
    let (code, said, _) = batch("none.csv", "id;text\n1;graphite\n", "o.csv");
    assert!(code == Some(3) && said.contains("no column"), "{said}");
    // A column called as a property is called is a parameter; what is not used is named.
    let rows = "id,text,density,as_of,hs\n1,graphite,heavy,2020-01-01,\n2,graphite,,,N/A\n";
    let (code, said, _) = batch("rows.csv", rows, "o.csv");
    assert!(
        code == Some(0) && said.contains("\"unread\": [\n    \"as_of\"") && said.contains("\"errors\": 2"),
        "{said}"
    );
}

#[test]
fn what_is_written_follows_links_and_keeps_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = TempDir::new().unwrap();
    let (target, link) = (path(&directory, "target.json"), path(&directory, "link.json"));
    fs::write(&target, "{}").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let data = path(&directory, "data");
    let output = yumen("en").args(["--data", &data, "check", "graphite", "--save", &link]).output().unwrap();
    assert!(output.status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&target).unwrap().contains("signature"));
}

#[test]
fn programs_that_start_together_sign_with_one_key() {
    let directory = TempDir::new().unwrap();
    let data = path(&directory, "data");
    let files: Vec<String> = (0..4).map(|i| path(&directory, &format!("r{i}.json"))).collect();
    std::thread::scope(|scope| {
        for file in &files {
            scope.spawn(|| {
                let output = yumen("en").args(["--data", &data, "check", "graphite", "--save", file]).output().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            });
        }
    });
    for file in &files {
        let output = yumen("en").args(["--data", &data, "verify", file]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
