//! What people see, kept as it was looked at. The version of the law book changes with every word of law and is left out.

use crate::program::yumen;

fn page(language: &str, arguments: &[&str]) -> String {
    let output = yumen(language).args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn assert_page(name: &str, text: &str) {
    insta::with_settings!({ filters => vec![(r"(Law book|法律数据版本)\s+[0-9a-f]{12}", "$1 [version]")], omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn an_answer_in_both_languages() {
    let question = ["check", "人造石墨块，纯度99.95%，抗折强度45MPa", "--as-of", "2025-06-01"];
    assert_page("graphite_en", &page("en", &question));
    assert_page("graphite_zh", &page("zh", &question));
}

#[test]
fn a_clock_and_its_days() {
    assert_page("clock_zh", &page("zh", &["clock", "technology-licence.decision", "--start", "2025-09-22"]));
}

#[test]
fn a_party_and_a_measure() {
    assert_page("measure_en", &page("en", &["measure", "status", "notice-46-2024", "--as-of", "2026-11-21"]));
}

#[test]
fn an_entry_through_its_life() {
    assert_page("entry_en", &page("en", &["list", "entry", "086501X", "--as-of", "2026-11-21"]));
}

#[test]
fn a_procedure_and_its_diagram() {
    let diagram = page("en", &["procedure", "show", "t-2", "--mermaid", "--as-of", "2026-11-21"]);
    assert!(diagram.starts_with("stateDiagram-v2"), "{diagram}");
    assert_page("procedure_zh", &page("zh", &["procedure", "show", "t-2", "--as-of", "2026-11-21"]));
}

#[test]
fn a_penalty_says_what_only_serious_cases_bring() {
    let unlicensed = page("en", &["penalty", "--conduct", "P-2", "--turnover", "600000"]);
    assert!(unlicensed.contains("– in serious cases: suspension of business"), "{unlicensed}");
    assert!(unlicensed.contains("– order to stop"), "{unlicensed}");
    let service = page("zh", &["penalty", "--conduct", "P-9"]);
    assert!(service.contains("可以处罚款: CNY 0 – 100,000"), "{service}");
    assert!(service.contains("情节严重的罚款: CNY 100,000 – 500,000"), "{service}");
}

#[test]
fn completions_and_the_manual() {
    assert!(page("en", &["completions", "bash"]).contains("_yumen"));
    assert!(page("en", &["man"]).contains(".TH yumen"));
}
