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
    let verify = || {
        let (code, out, error) = run(data.path(), &["--json", "screen", "--verify", path(&record)]);
        let told: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}"));
        (code, told["intact"].as_bool(), told["verified"].as_bool())
    };
    assert_eq!(verify(), (Some(3), Some(false), Some(false)), "altered");
}

#[test]
fn a_record_that_cannot_be_derived_again_is_another_outcome() {
    let data = tempfile::tempdir().unwrap();
    let record = data.path().join("record.json");
    json(data.path(), &["screen", "Lockheed Martin Corp", "--as-of", "2025-06-01", "--save", path(&record)]);
    let text = fs::read_to_string(&record).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let engine = value["engine"].as_str().unwrap().to_owned();
    // Of another engine, and whole: its hash is worked out over the fields in their order.
    let bare = text.replace(&engine, "yumen-screen-0");
    value = serde_json::from_str(&bare).unwrap();
    let old = value["hash"].as_str().unwrap().to_owned();
    let packed = compact(&bare.replace(&old, ""));
    let hash = yumen_screen::snapshot::hash(packed.as_bytes());
    fs::write(&record, bare.replace(&old, &hash)).unwrap();
    let (code, out, error) = run(data.path(), &["--json", "screen", "--verify", path(&record)]);
    let told: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{error}"));
    assert_eq!((told["intact"].as_bool(), told["engine_same"].as_bool(), code), (Some(true), Some(false), Some(1)));
}

/// JSON without the blanks between its parts, its fields in their order.
fn compact(text: &str) -> String {
    text.lines()
        .map(|line| match line.trim().split_once("\": ") {
            Some((name, value)) => format!("{name}\":{value}"),
            None => line.trim().to_owned(),
        })
        .collect()
}

/// A list of `held` records that declares `declared`.
fn list_of(held: usize, declared: usize, published: &str) -> String {
    let one = |i| format!(r#"{{"n": "Brightstone Metals {i} Works Ltd", "t": "Entity", "s": 0, "pg": 0}}"#);
    let all: Vec<String> = (0..held).map(one).collect();
    format!(
        r#"{{"sourceGeneratedAt": "{published}", "entryCount": {declared}, "tables": {{"sources":
["Entity List (EL) - Somewhere"], "programmes": ["TEST-EO1"]}}, "entries": [{}]}}"#,
        all.join(",")
    )
}

#[test]
fn a_list_that_was_cut_off_is_not_made_current_unawares() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("list.json");
    fs::write(&file, list_of(3, 5, "2020-01-02T00:00:00Z")).unwrap();
    let import = ["lists", "import", "us-csl", path(&file)];
    let (code, out, error) = run(data.path(), &import);
    assert_eq!((code, out.as_str()), (Some(3), ""), "{error}");
    assert!(error.contains("declares 5 records and holds 3") && error.contains("--partial"), "{error}");
    let (code, _, error) = run(data.path(), &["screen", "Brightstone", "--list", "us-csl"]);
    assert_eq!(code, Some(2), "it did not become current: {error}");
    let told = json(data.path(), &[&import[..], &["--partial"]].concat());
    assert_eq!((told["partial"].as_bool(), told["kept"].as_bool()), (Some(true), Some(true)));
    let status = json(data.path(), &["lists", "status"]);
    let line = status["lists"].as_array().unwrap().iter().find(|l| l["list"] == "us-csl").unwrap();
    assert_eq!((line["partial"]["declared"].as_u64(), line["partial"]["records"].as_u64()), (Some(5), Some(3)));
    let answer = json(data.path(), &["screen", "Somebody Else", "--list", "us-csl"]);
    assert!(answer["warnings"].to_string().contains("not whole"), "{}", answer["warnings"]);
    assert_eq!(answer["against"][0]["partial"]["declared"], 5);
    // What is whole takes its place, and the mark goes.
    fs::write(&file, list_of(3, 3, "2020-01-02T00:00:00Z")).unwrap();
    json(data.path(), &["lists", "update", "us-csl"]);
    let answer = json(data.path(), &["screen", "Somebody Else", "--list", "us-csl"]);
    assert!(answer["against"][0]["partial"].is_null());
    // Its age is that of its publication, though it was read today.
    let age = json(data.path(), &["lists", "status"])["lists"].to_string();
    assert!(answer["warnings"].to_string().contains("of 2020-01-02"), "{} {age}", answer["warnings"]);
}

#[test]
fn an_answer_says_how_many_there_are_and_on_which_part_of_the_list() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("list.json");
    fs::write(&file, list_of(40, 40, "2026-01-02T00:00:00Z")).unwrap();
    json(data.path(), &["lists", "import", "us-csl", path(&file)]);
    let told = json(data.path(), &["screen", "Brightstone", "--list", "us-csl"]);
    assert_eq!((told["hits"].as_array().unwrap().len(), told["total"].as_u64()), (25, Some(40)));
    let hit = &told["hits"][0];
    assert_eq!((hit["source"].as_str(), hit["part"]["zh"].as_str()), (Some("US/EL"), Some("实体清单")));
    assert_eq!(hit["remark"], "TEST-EO1");
    let (_, page, _) = run(data.path(), &["screen", "Brightstone", "--list", "us-csl"]);
    assert!(page.contains("25 of 40") && page.contains("Entity List (EL)") && page.contains("TEST-EO1"), "{page}");
    let rows = data.path().join("rows.csv");
    let long = "x".repeat(70_000);
    fs::write(&rows, format!("name\nBrightstone\n\"\"\n{long}\n")).unwrap();
    let out = data.path().join("out.jsonl");
    json(data.path(), &["screen", "--batch", path(&rows), "--out", path(&out), "--list", "us-csl"]);
    let lines: Vec<Value> =
        fs::read_to_string(&out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!((lines[0]["total"].as_u64(), lines[0]["part"].as_str()), (Some(40), Some("US/EL")));
    assert_eq!(lines[0]["programme"], "TEST-EO1");
    assert!(lines[1]["error"].as_str().unwrap().contains("no name"), "{}", lines[1]);
    assert!(lines.last().unwrap()["error"].as_str().unwrap().contains("too long"), "{}", lines.last().unwrap());
    // All decided to be somebody else: that is not "no name reaches the threshold".
    let id = hit["id"].as_str().unwrap();
    let ask = ["screen", "Brightstone Metals 7 Works Ltd", "--list", "us-csl", "--min", "0.99"];
    let seven = json(data.path(), &ask)["hits"][0]["id"].as_str().unwrap_or(id).to_owned();
    let verdict = format!("us-csl:{seven}=false");
    json(data.path(), &[&ask[..], &["--decide", &verdict, "--reason", "another firm"]].concat());
    let (_, page, _) = run(data.path(), &ask);
    assert!(!page.contains("No name on these lists") && page.contains("somebody else"), "{page}");
}

#[test]
fn what_does_not_hold_is_told_in_the_past() {
    let data = tempfile::tempdir().unwrap();
    let screen = |day: &str| {
        json(data.path(), &["screen", "High Point Aerotechnologies", "--list", "cn-control", "--as-of", day])["hits"][0]
            .clone()
    };
    let on = |day: &str| (screen(day)["band"].clone(), screen(day)["law"]["effect"]["en"].clone());
    let (band, effect) = on("2025-04-05");
    assert_eq!(band, "block");
    assert!(!effect.as_str().unwrap().starts_with("Had"), "{effect}");
    let (band, effect) = on("2025-06-01");
    assert_eq!(band, "review");
    assert!(effect.as_str().unwrap().starts_with("Had the effect (suspended since 2025-"), "{effect}");
    let party =
        |day: &str| json(data.path(), &["party", "High Point Aerotechnologies", "--as-of", day])["found"].clone();
    assert!(party("2025-06-01").to_string().contains("Had the effect"), "{}", party("2025-06-01"));
    assert!(!party("2025-04-05").to_string().contains("Had the effect"));
    let rows = data.path().join("rows.csv");
    fs::write(&rows, "name\nHigh Point Aerotechnologies\n").unwrap();
    let out = data.path().join("out.jsonl");
    json(data.path(), &["screen", "--batch", path(&rows), "--out", path(&out), "--as-of", "2025-06-01"]);
    let line: Value = serde_json::from_str(fs::read_to_string(&out).unwrap().lines().next().unwrap()).unwrap();
    assert_eq!((line["band"].as_str(), line["status"].as_str()), (Some("review"), Some("suspended")));
    assert!(line["standing"].as_str().unwrap().contains("suspended (listed"), "{line}");
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
        (vec!["screen", "X", "--born", "1955-13-45"], 2, "is no date"),
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
