//! Lists of other regimes, from the file to the answer.

use serde_json::Value;
use tempfile::TempDir;

use crate::program::yumen;

const CCL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../foreign/tests/fixtures/ccl.xml");

#[test]
fn an_imported_list_stands_beside_the_answer() {
    let directory = TempDir::new().unwrap();
    let with = |arguments: &[&str]| {
        let output = yumen("en").arg("--data").arg(directory.path()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(with(&["regime", "list"]).contains("not imported"));
    let before = with(&["--json", "check", "aluminium powder 50 µm", "--as-of", "2025-06-01"]);
    assert!(with(&["import", CCL]).contains("3 entries, 5 paragraphs, 1 notes"));
    assert!(with(&["regime", "list"]).contains("imported: 3 entries"));
    assert!(with(&["regime", "entry", "us-ccl", "3a001.a"]).contains("a.1"));
    assert!(with(&["regime", "search", "us-ccl", "铝粉"]).contains("1C111.a"));
    let page = with(&["check", "aluminium powder 50 µm", "--as-of", "2025-06-01"]);
    assert!(page.contains("Another regime, to compare") && page.contains("its scope may differ"), "{page}");

    // The Chinese answer is the same with it and without it.
    let after = with(&["--json", "check", "aluminium powder 50 µm", "--as-of", "2025-06-01"]);
    let (before, mut after): (Value, Value) =
        (serde_json::from_str(&before).unwrap(), serde_json::from_str(&after).unwrap());
    assert_eq!(after["foreign"][0]["candidates"][0]["code"], "1C111");
    after.as_object_mut().unwrap().remove("foreign");
    assert_eq!(before, after);
}

#[test]
fn what_was_not_imported_says_so() {
    let directory = TempDir::new().unwrap();
    let output = yumen("zh").arg("--data").arg(directory.path()).args(["regime", "search", "us-ccl", "铝粉"]).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("yumen import"));
    let output = yumen("en").arg("--data").arg(directory.path()).args(["import", "Cargo.toml"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the US Commerce Control List"));
}
