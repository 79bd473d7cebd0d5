//! Party screening as people run it: lists imported, hits decided, records checked, batches resumed, changes screened again.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{regime, yumen};

fn run(data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = yumen("en").arg("--data").arg(data).args(arguments).output().expect("it runs");
    let text = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn json(data: &Path, arguments: &[&str]) -> Value {
    let mut all = vec!["--json"];
    all.extend(arguments);
    let (code, out, error) = run(data, &all);
    assert_eq!(code, Some(0), "{arguments:?}: {error}");
    serde_json::from_str(&out).expect("JSON")
}

fn path(p: &Path) -> &str {
    p.to_str().expect("a path in UTF-8")
}

#[test]
fn a_chinese_listing_is_told_with_its_standing_on_the_day() {
    let data = tempfile::tempdir().unwrap();
    let on = |day: &str| {
        json(data.path(), &["screen", "洛克希德·馬丁導彈與火控公司", "--list", "cn-control", "--as-of", day])
    };
    let listed = on("2025-06-01");
    assert_eq!(listed["hits"][0]["id"], "control-1-2025#8");
    assert_eq!(listed["hits"][0]["law"]["status"], "in_force");
    assert_eq!(listed["hits"][0]["band"], "block");
    assert_eq!(on("2025-01-01")["no_match"], true);
    // Notice 21 of 2025 was suspended in stages, then ran out without word.
    let of = |day: &str| {
        let told =
            json(data.path(), &["screen", "High Point Aerotechnologies", "--list", "cn-control", "--as-of", day]);
        told["hits"][0]["law"]["status"].as_str().unwrap_or("none").to_owned()
    };
    assert_eq!([of("2025-04-05"), of("2025-06-01"), of("2026-11-21")], ["in_force", "suspended", "lapsed_unconfirmed"]);
}

#[test]
fn a_hit_is_decided_suppressed_and_comes_back_when_the_listing_changes() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("own.csv");
    fs::write(&file, "id,name,country\n7,Brightstone Metals Ltd,DE\n8,Kestrel Works,FR\n").unwrap();
    let imported = json(data.path(), &["lists", "import", "csv", path(&file), "--as", "own"]);
    assert_eq!((imported["report"]["entities"].as_u64(), imported["added"].as_u64()), (Some(2), Some(2)));
    let first = imported["snapshot"].as_str().unwrap().to_owned();
    let ask = || json(data.path(), &["screen", "Brightstone Metal", "--list", "own"]);
    assert_eq!(ask()["hits"][0]["id"], "7");
    let decided =
        ["screen", "Brightstone Metal", "--list", "own", "--decide", "own:7=false", "--reason", "another firm"];
    assert_eq!(json(data.path(), &decided)["verdict"], "false");
    let after = ask();
    assert_eq!((after["no_match"].as_bool(), after["suppressed"].as_u64()), (Some(true), Some(1)));
    fs::write(&file, "id,name,country\n7,Brightstone Metals Ltd,AT\n9,Brightstone Metall GmbH,DE\n").unwrap();
    let updated = json(data.path(), &["lists", "update", "own"]);
    let counts = ["added", "changed", "removed"].map(|k| updated[k].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1]);
    let again = ask();
    let seven = again["hits"].as_array().unwrap().iter().find(|h| h["id"] == "7").expect("it is back");
    assert_eq!(seven["decision"]["holds"], "outdated");
    assert_eq!(seven["decision"]["changed"][0], "listing");
    // Only what changed is screened again.
    let parties = data.path().join("parties.csv");
    fs::write(&parties, "name\nBrightstone Metal\nKestrel Works\nSomebody Else\n").unwrap();
    let second = updated["snapshot"].as_str().unwrap();
    let told = json(data.path(), &["rescreen", "--from", &first[..12], "--to", &second[..12], path(&parties)]);
    let mut what: Vec<(String, String)> = told["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["id"].as_str().unwrap().to_owned(), c["what"].as_str().unwrap().to_owned()))
        .collect();
    what.sort();
    let wanted = [("7", "changed"), ("8", "ended"), ("9", "new")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(what, wanted);
}

#[test]
fn no_match_is_a_record_that_can_be_derived_again() {
    let data = tempfile::tempdir().unwrap();
    let record = data.path().join("record.json");
    let told = json(data.path(), &["screen", "Qwertz Asdf Nobody", "--as-of", "2026-01-05", "--save", path(&record)]);
    assert_eq!(told["no_match"], true);
    let checked = json(data.path(), &["screen", "--verify", path(&record)]);
    assert_eq!(checked["verified"], true, "{checked}");
    let altered = fs::read_to_string(&record).unwrap().replace("Qwertz", "Qwertu");
    fs::write(&record, altered).unwrap();
    let checked = json(data.path(), &["screen", "--verify", path(&record)]);
    assert_eq!((checked["verified"].as_bool(), checked["intact"].as_bool()), (Some(false), Some(false)));
}

#[test]
fn a_batch_is_written_in_every_format_and_goes_on_where_it_stopped() {
    let data = tempfile::tempdir().unwrap();
    let input = data.path().join("in.csv");
    fs::write(&input, "名称,country\nLockheed Martin Corp,US\n,\nQwertz Asdf,DE\n華爲技術有限公司,CN\n").unwrap();
    let read = |out: &Path| fs::read_to_string(out).unwrap();
    let day = ["--as-of", "2025-06-01"];
    for ending in ["csv", "jsonl", "xlsx"] {
        let out = data.path().join(format!("out.{ending}"));
        let told = json(data.path(), &["screen", "--batch", path(&input), "--out", path(&out), day[0], day[1]]);
        let counts = ["rows", "block", "no_match", "errors"].map(|k| told[k].as_u64().unwrap());
        assert_eq!(counts, [4, 1, 2, 1], "{told}");
        assert!(out.exists());
    }
    let whole = read(&data.path().join("out.csv"));
    assert!(whole.contains("control-1-2025#6") && whole.lines().count() == 5, "{whole}");
    // A run that was cut off in the middle of a line: the working file is what it left.
    let out = data.path().join("again.csv");
    let work = data.path().join("again.csv.work");
    json(data.path(), &["screen", "--batch", path(&input), "--out", path(&out), day[0], day[1]]);
    let text = read(&out);
    fs::remove_file(&out).unwrap();
    assert!(!work.exists());
    assert_eq!(text, whole);
}

#[test]
fn parties_change_the_answer_by_their_law() {
    let data = tempfile::tempdir().unwrap();
    let ask = |party: &str, day: &str| {
        json(
            data.path(),
            &["check", "人造石墨块，纯度99.95%，抗折强度45MPa，密度1.8g/cm3", "--party", party, "--as-of", day],
        )
    };
    // The same party in other words: prohibited, with the special application.
    let listed = ask("Lockheed Martin Corp", "2025-06-01");
    assert_eq!(regime(&listed, "dual-use")["answer"], "prohibited");
    assert_eq!(regime(&listed, "dual-use")["procedure"], "d-5");
    // A name like it: a question, never a bare hit.
    let like = ask("Lockheed Martini Missile Services", "2025-06-01");
    let result = regime(&like, "dual-use");
    assert_eq!(result["answer"], "depends", "{result}");
    assert!(result["questions"].to_string().contains("party:notice-1-2025"), "{}", result["questions"]);
    // Watched: the licence stays possible, without voucher and time limit.
    let watched = ask("Subaru Corporation", "2026-03-05");
    let result = regime(&watched, "dual-use");
    assert_eq!(result["answer"], "licence_required", "{result}");
    assert!(result["unknown"].to_string().contains("45-working-day"), "{}", result["unknown"]);
    // Stopped measures change nothing.
    let stopped = ask("Leidos Inc", "2025-12-01");
    assert_eq!(regime(&stopped, "dual-use")["answer"], "licence_required");
    // Nobody.
    assert_eq!(regime(&ask("Qwertz Asdf", "2025-06-01"), "dual-use")["answer"], "licence_required");
}

#[test]
fn bad_input_is_refused_in_words() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("x.xml");
    fs::write(&file, "<a/>").unwrap();
    for (arguments, code, says) in [
        (vec!["screen", "..."], 2, "Give a name"),
        (vec!["screen", "X", "--list", "nope"], 2, "no list called nope"),
        (vec!["screen", "X", "--min", "7"], 2, "0 to 1"),
        (vec!["screen", "X", "--decide", "own", "--reason", "r"], 2, "LIST:NUMBER"),
        (vec!["lists", "import", "un-xml", path(&file)], 3, "CONSOLIDATED_LIST"),
        (vec!["lists", "import", "csv", path(&file), "--as", "cn-own"], 2, "lower-case"),
        (vec!["lists", "update", "nope"], 2, "No list called nope"),
        (vec!["rescreen", "--from", "00000000", "--to", "00000000", path(&file)], 2, "no single snapshot"),
    ] {
        let (exit, out, error) = run(data.path(), &arguments);
        assert_eq!(exit, Some(code), "{arguments:?}: {error}");
        assert!(error.contains(says) && out.is_empty(), "{arguments:?}: {error}");
    }
}
