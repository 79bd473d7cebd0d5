//! From an official file to answers: import, impact, review, adopt, check.

use assert_cmd::Command;

fn yumen(data: &std::path::Path) -> Command {
    let mut command = Command::cargo_bin("yumen").expect("the program");
    command.env_clear().arg("--data").arg(data).args(["--lang", "en"]);
    command
}

fn said(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn fixture(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../importers/fixtures").join(name)
}

#[test]
fn a_notice_of_tomorrow_is_in_force_once_reviewed_and_adopted() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let imported = said(
        yumen(&data)
            .arg("import")
            .arg(fixture("tomorrow.txt"))
            .args(["--recorded", "2031-03-05", "--out"])
            .arg(home.path()),
    );
    assert!(imported.contains("item-control + suspension + party-listing"), "{imported}");
    assert!(home.path().join("tomorrow.report.html").exists() && home.path().join("tomorrow.report.json").exists());
    let draft = home.path().join("tomorrow.draft.toml");
    let question = ["check", "碳化硼粉末 纯度99.95%", "--moves", "goods", "--as-of", "2031-03-10"];

    let items = home.path().join("items.csv");
    std::fs::write(&items, "id,text\n7,碳化硼粉末 纯度99.95%\n8,棉布\n").unwrap();
    let impact = said(
        yumen(&data)
            .args(["lawbook", "impact"])
            .arg(&draft)
            .arg("--portfolio")
            .arg(&items)
            .args(["--as-of", "2031-03-10"]),
    );
    for part in ["added 1C990", "notice-46-2024#1: in_force → suspended", "Specimen Machinery", "7 碳化硼粉末"] {
        assert!(impact.contains(part), "{part}: {impact}");
    }

    // Nothing enters unreviewed, not even with --yes where no total is declared for the items.
    yumen(&data).args(["lawbook", "adopt"]).arg(&draft).assert().code(2);
    let reviewed = said(yumen(&data).args(["lawbook", "review"]).arg(&draft).write_stdin("a\n".repeat(6)));
    assert!(reviewed.contains("6 accepted"), "{reviewed}");
    assert!(!said(yumen(&data).args(question)).contains("1C990"));
    said(yumen(&data).args(["lawbook", "adopt"]).arg(&draft));

    let answer = said(yumen(&data).args(question));
    assert!(
        answer.contains("Licence required") && answer.contains("1C990") && answer.contains("official text"),
        "{answer}"
    );
    // The second question reads what the first worked out.
    assert_eq!(said(yumen(&data).args(question)), answer);
    assert!(
        said(yumen(&data).args(["list", "diff", "dual-use", "--from", "2031-03-01", "--to", "2031-03-10"]))
            .contains("Added (1)")
    );
    assert!(
        said(yumen(&data).args(["party", "Specimen Electronics, Inc.", "--as-of", "2031-03-10"]))
            .contains("Notice 99/2031")
    );
    assert!(
        said(yumen(&data).args(["measure", "status", "notice-46-2024", "--as-of", "2031-03-10"])).contains("suspended")
    );
    assert!(said(yumen(&data).args(["list", "entry", "1C990", "--as-of", "2031-03-10"])).contains("p1 l5 sha256:"));
}

#[test]
fn a_line_can_be_corrected_rejected_and_left() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    said(
        yumen(&data)
            .arg("import")
            .arg(fixture("item-control.txt"))
            .args(["--recorded", "2031-03-05", "--out"])
            .arg(home.path()),
    );
    let draft = home.path().join("item-control.draft.toml");
    let correction = "[[entry]]\ncode = \"1C990\"\nname = { zh = \"更正的标题\" }\nrecorded = \"heading\"\n.\n";
    let answers = format!("a\nc\nnot TOML [\n.\nc\n{correction}l\n");
    let reviewed = said(yumen(&data).args(["lawbook", "review"]).arg(&draft).write_stdin(answers));
    assert!(reviewed.contains("1 accepted, 1 corrected, 0 rejected, 1 left, 0 open"), "{reviewed}");
    said(yumen(&data).args(["lawbook", "adopt"]).arg(&draft));
    assert!(said(yumen(&data).args(["list", "entry", "1C990", "--as-of", "2031-06-01"])).contains("更正的标题"));
    yumen(&data).args(["list", "entry", "1E990", "--as-of", "2031-06-01"]).assert().failure();
}

/// A notice with an item and two parties, which says how many parties it names.
fn notice(parties: &str) -> String {
    format!(
        "商务部 海关总署公告2031年第91号 公布对铌酸锂相关物项实施出口管制的决定\n\n决定对下列物项实施出口管制：\n\n一、铌酸锂相关物项\n\n\
         （一）3C907.a．溅射用铌靶材，纯度大于等于99.99%。\n\n二、将下列{parties}家日本实体列入出口管制管控名单：\n\n\
         1. 试样精机株式会社（Shiyo Seiki Co., Ltd.）\n\n2. 试样重工株式会社（Shiyo Heavy Industries, Ltd.）\n\n\
         三、本公告自2031年12月1日起实施。\n\n商务部 海关总署\n\n2031年11月27日\n"
    )
}

#[test]
fn a_draft_that_lacks_what_its_text_declares_enters_only_where_the_reviewer_says_so() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let file = home.path().join("short.txt");
    std::fs::write(&file, notice("3")).unwrap();
    let imported =
        said(yumen(&data).arg("import").arg(&file).args(["--recorded", "2031-11-28", "--out"]).arg(home.path()));
    assert!(imported.contains('✗'), "{imported}");
    let draft = home.path().join("short.draft.toml");
    let refused = |command: &mut Command| {
        let output = command.output().expect("it runs");
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let impact = refused(yumen(&data).args(["lawbook", "impact"]).arg(&draft));
    assert!(impact.contains("declares 3 parties"), "{impact}");
    said(yumen(&data).args(["lawbook", "review"]).arg(&draft).write_stdin("a\n".repeat(8)));
    let lacking = refused(yumen(&data).args(["lawbook", "adopt"]).arg(&draft));
    assert!(lacking.contains("parties: 3 declared, 2 read") && lacking.contains("--incomplete"), "{lacking}");
    said(yumen(&data).args(["lawbook", "adopt", "--incomplete"]).arg(&draft));
    let party = said(yumen(&data).args(["party", "试样精机株式会社", "--as-of", "2031-12-05"]));
    assert!(party.contains("recorded in part: parties: 3 declared, 2 read"), "{party}");
    let entry = said(yumen(&data).args(["list", "entry", "3C907", "--as-of", "2031-12-05"]));
    assert!(entry.contains("This act is recorded"), "{entry}");
}

#[test]
fn the_number_of_parties_does_not_vouch_for_an_item_nobody_looked_at() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let file = home.path().join("whole.txt");
    std::fs::write(&file, notice("2")).unwrap();
    said(yumen(&data).arg("import").arg(&file).args(["--recorded", "2031-11-28", "--out"]).arg(home.path()));
    let draft = home.path().join("whole.draft.toml");
    let output = yumen(&data).args(["lawbook", "adopt", "--yes"]).arg(&draft).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("3C907"));
}

#[test]
fn a_file_that_fails_beside_others_is_told_by_the_exit_code() {
    let home = tempfile::tempdir().unwrap();
    let (good, bad) = (home.path().join("good.txt"), home.path().join("bad.pdf"));
    std::fs::write(&good, notice("2")).unwrap();
    std::fs::write(&bad, "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n").unwrap();
    let output = yumen(home.path()).arg("import").args([&bad, &good]).arg("--out").arg(home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stdout).contains("is damaged"));
    assert!(home.path().join("good.draft.toml").exists());
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("x.pdf");
    std::fs::write(&file, "两用物项常见问题。").unwrap();
    let output = yumen(home.path()).args(["--json", "import"]).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("import_kind"));
    let kinds = said(yumen(home.path()).args(["import", "--json"]));
    assert_eq!(kinds.matches("\"id\"").count(), 8);
}
