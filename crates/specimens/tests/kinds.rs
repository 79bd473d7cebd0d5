//! Each kind on its fixture: what the draft says, whole.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use yumen_assess::Engine;
use yumen_importers::{Draft, Hints, ImportError, import, importers};
use yumen_lawbook::code::Code;
use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::{AsOf, Book, Day, Verification, embedded_files};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the book"))));

fn draft(fixture: &str) -> Draft {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../importers/fixtures").join(fixture);
    let bytes = std::fs::read(&path).expect("the fixture");
    let day = Day::new(2031, 3, 5).expect("a day");
    import(fixture, &bytes, &ENGINE, day, &Hints::default()).expect("a draft")
}

fn shown(draft: &Draft) -> String {
    let mut out = format!("{} {:?}\n", draft.about.instrument, draft.about.kinds);
    for line in &draft.line {
        let _ =
            writeln!(out, "{} {} {} {} {:?}\n{}", line.id, line.what, line.about, line.at, line.confidence, line.law);
        for told in line.doubts.iter().chain(&line.eyes) {
            let _ = writeln!(out, "! {}", told.en);
        }
    }
    for unread in &draft.unread {
        let _ = writeln!(out, "? {} {}", unread.place, unread.words);
    }
    out
}

#[test]
fn every_kind_has_a_fixture_and_a_page() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for kind in importers() {
        let fixture = std::fs::read_dir(root.join("crates/importers/fixtures")).unwrap();
        let named = fixture
            .filter_map(|e| e.ok()?.file_name().into_string().ok())
            .find(|n| n.split('.').next() == Some(kind.id));
        let made = draft(&named.unwrap_or_else(|| panic!("no fixture for {}", kind.id)));
        assert!(made.about.kinds.contains(&kind.id.to_owned()), "{}: {:?}", kind.id, made.about.kinds);
        assert!(root.join(format!("docs/importers/{}.md", kind.id)).exists(), "no page for {}", kind.id);
    }
}

#[test]
fn the_fixtures_are_read() {
    for fixture in [
        "item-control.txt",
        "amendment.txt",
        "suspension.txt",
        "party-listing.txt",
        "measures.txt",
        "holiday.txt",
        "catalogue.txt",
    ] {
        insta::assert_snapshot!(fixture.split('.').next().unwrap(), shown(&draft(fixture)));
    }
}

#[test]
fn a_draft_survives_its_file() {
    let made = draft("tomorrow.txt");
    assert_eq!(Draft::from_toml(&made.to_toml()).unwrap(), made);
    assert!(Draft::from_toml("about = 3").is_err());
}

#[test]
fn one_notice_lists_suspends_and_names_and_is_in_force_once_adopted() {
    let made = draft("tomorrow.txt");
    assert_eq!(made.about.kinds, ["item-control", "suspension", "party-listing"]);
    assert!(made.unread.is_empty(), "{:?}", made.unread);
    let adopted = made.assemble(&embedded_files(), |_| true).unwrap();
    let day = Day::new(2031, 3, 10).unwrap();
    let code: Code = "1C990".parse().unwrap();
    let list = adopted.book.list("dual-use").unwrap();
    let version = list.history.on(day).find(|v| v.entry.code == code).unwrap();
    let heading = &version.entry.points[0];
    assert_eq!(heading.verification, Some(Verification::OfficialText));
    assert_eq!(heading.place, "p1 l5");
    assert_eq!(adopted.book.provenance[&heading.source[0]].sha256, made.about.sha256);
    let clause = adopted.book.measures["notice-46-2024"].clause("1").unwrap();
    assert_eq!(clause.status(AsOf::on(day)), Some(ClauseStatus::Suspended));
    assert_eq!(clause.status(AsOf::on(Day::new(2032, 3, 6).unwrap())), Some(ClauseStatus::LapsedUnconfirmed));
    // What was known before the notice does not change.
    let before = AsOf::known(day, Day::new(2031, 3, 1).unwrap());
    assert_eq!(clause.status(before), Some(ClauseStatus::InForce));
    assert!(
        adopted
            .book
            .listings
            .iter()
            .any(|l| l.party.iter().any(|p| p.en == "Specimen Machinery Co., Ltd." && p.country == "JP"))
    );
}

#[test]
fn rules_about_a_country_hold_once_adopted_and_what_is_wider_than_its_words_is_not_written() {
    let made = draft("measures.txt");
    assert_eq!(made.about.kinds, ["measures"]);
    assert_eq!(made.unread.len(), 1, "{:?}", made.unread);
    let written = |l: &&yumen_importers::draft::Line| l.what == "measure" && !l.law.is_empty();
    assert_eq!(made.line.iter().filter(written).count(), 3, "{:?}", made.line);
    let adopted = made.assemble(&embedded_files(), |_| true).unwrap();
    let clause = adopted.book.measures["notice-97-2031-1"].clause("1").unwrap();
    assert_eq!(clause.destinations, ["IS"]);
    assert_eq!(clause.when, Some("military_end_use".parse().map(yumen_lawbook::predicate::Condition::Is).unwrap()));
    assert_eq!(adopted.book.measures["notice-97-2031-3"].clause("1").unwrap().entries, ["1C117"]);
    let on = |day| clause.status(AsOf::on(day));
    assert_eq!(on(Day::new(2031, 3, 20).unwrap()), Some(ClauseStatus::Scheduled));
    assert_eq!(on(Day::new(2031, 4, 1).unwrap()), Some(ClauseStatus::InForce));
}

#[test]
fn the_official_text_wins_and_the_earlier_reading_is_kept() {
    let list = ENGINE.book().list("technology").unwrap();
    let edition = list.editions.iter().find(|e| e.id.as_str() == "2023").unwrap();
    let truth = yumen_specimens::catalogue::edition_filled(ENGINE.book(), edition, 7, 134);
    let blocks = yumen_specimens::layout::set(&truth, yumen_specimens::layout::Layout::Table);
    let bytes = yumen_specimens::forms::write(&blocks, yumen_specimens::forms::Form::Pdf);
    let made = import("2023.pdf", &bytes, &ENGINE, Day::new(2026, 11, 22).unwrap(), &Hints::default()).unwrap();
    assert_eq!(made.about.instrument, "notice-57-2023");
    let adopted = made.assemble(&embedded_files(), |l| !l.law.is_empty()).unwrap();
    let list = adopted.book.list("technology").unwrap();
    let coverage = list.coverage(Day::new(2024, 6, 1).unwrap());
    assert_eq!((coverage.recorded, coverage.declared), (134, Some(134)));
    let edition = list.editions.iter().find(|e| e.id.as_str() == "2023").unwrap();
    // Leads that the official text does not show are no entries any more, and not forgotten.
    assert!(!edition.superseded.is_empty());
    let kept = list
        .history
        .on(Day::new(2024, 6, 1).unwrap())
        .flat_map(|v| &v.entry.points)
        .filter(|p| !p.superseded.is_empty())
        .count();
    assert!(kept > 0);
}

#[test]
fn other_words_do_not_keep_the_class_and_the_english_of_the_old_ones() {
    let point =
        ENGINE.book().list("technology").unwrap().editions.iter().flat_map(|e| &e.operations).find_map(|o| match o {
            yumen_lawbook::list::edition::Operation::Add(e)
                if e.code.to_string() == "uncoded:endangered-plant-extracts" =>
            {
                e.points.iter().find(|p| p.path == "1" && !p.text.en.is_empty()).cloned()
            }
            _ => None,
        });
    let point = point.expect("the point");
    let notice = |words: &str| {
        let head = "<html><body><h2>商务部 科技部公告2023年第57号</h2><h2>中国禁止出口限制出口技术目录</h2><p>目录共134项，其中禁止出口24项，限制出口110项。</p><p>2023年12月21日</p><h3>一、禁止出口部分</h3>";
        let more: String = (2..12)
            .map(|n| format!("<tr><td>{n}</td><td>0827{n:02}J</td><td>样例{n}号技术</td><td>1．样例工艺。</td></tr>"))
            .collect();
        let row = "<tr><td>1</td><td>082701J</td><td>中国珍贵濒危植物药用成分提取加工技术</td>";
        format!(
            "{head}<table><tr><th>序号</th><th>编号</th><th>技术名称</th><th>控制要点</th></tr>{row}<td>1．{words}；<br>2．浓缩技术。</td></tr>{more}</table></body></html>"
        )
    };
    let read = |words: &str| {
        import("cat.html", notice(words).as_bytes(), &ENGINE, Day::new(2026, 11, 22).unwrap(), &Hints::default())
            .unwrap()
    };
    let line = |draft: &Draft| draft.line.iter().find(|l| l.about == "082701J").cloned().expect("the entry");
    let same = line(&read(&point.text.zh));
    let other = line(&read("大型晶体的控制软件"));
    let part = |law: &str| {
        law.split("[[entry.point]]").nth(1).unwrap().split("[[entry.point.superseded]]").next().unwrap().to_owned()
    };
    assert!(!point.text.en.is_empty() && part(&same.law).contains(&point.text.en), "{}", same.law);
    assert!(!part(&other.law).contains(&point.text.en) && !part(&other.law).contains("class"), "{}", other.law);
    assert!(other.law.contains(&point.text.en) && other.eyes.iter().any(|e| e.en.contains("the English")), "{other:?}");
}

#[test]
fn what_a_later_act_changes_by_name_stays_to_be_found() {
    let edition =
        ENGINE.book().list("technology").and_then(|l| l.editions.iter().find(|e| e.id.as_str() == "2008")).unwrap();
    let truth = yumen_specimens::catalogue::edition_filled(ENGINE.book(), edition, 7, 150);
    let blocks = yumen_specimens::layout::set(&truth, yumen_specimens::layout::Layout::Labelled);
    let bytes = yumen_specimens::forms::write(&blocks, yumen_specimens::forms::Form::Docx);
    let made = import("2008.docx", &bytes, &ENGINE, Day::new(2026, 11, 22).unwrap(), &Hints::default()).unwrap();
    let adopted = made.assemble(&embedded_files(), |l| !l.law.is_empty()).unwrap();
    let coverage = adopted.book.list("technology").unwrap().coverage(Day::new(2010, 1, 1).unwrap());
    assert_eq!((coverage.recorded, coverage.declared), (150, Some(150)));
}

#[test]
fn what_is_no_law_is_said_to_be_none() {
    let refused =
        |bytes: &[u8]| import("x", bytes, &ENGINE, Day::new(2031, 1, 1).unwrap(), &Hints::default()).unwrap_err();
    assert!(matches!(
        refused("两用物项常见问题解答。问：什么是两用物项？答：……".as_bytes()),
        ImportError::UnknownKind { .. }
    ));
    assert!(matches!(refused(b""), ImportError::Empty));
    assert!(matches!(refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0"), ImportError::UnknownForm));
}
