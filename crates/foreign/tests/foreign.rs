//! Lists read from files like the official ones, searched with the vocabulary of the law book.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use yumen_assess::{Engine, Truth};
use yumen_foreign::Shelf;
use yumen_foreign::import::{ImportError, LARGEST_FILE, import};
use yumen_foreign::list::ForeignList;

const CCL: &[u8] = include_bytes!("fixtures/ccl.xml");
const ANNEX: &[u8] = include_bytes!("fixtures/annex.txt");

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(yumen_embedded::engine().expect("the engine")));

static CCL_SHELF: LazyLock<Shelf> = LazyLock::new(|| shelf(CCL));

fn shelf(bytes: &[u8]) -> Shelf {
    Shelf::new(Arc::clone(&ENGINE), import(bytes).expect("a list").list).expect("a known regime")
}

fn paths(list: &ForeignList, code: &str) -> Vec<String> {
    list.entry(code).expect("the entry").paragraphs.iter().map(|p| p.path.clone()).collect()
}

#[test]
fn the_ccl_is_read_whole() {
    let imported = import(CCL).unwrap();
    assert_eq!(imported.report.regime, "us-ccl");
    assert_eq!((imported.report.entries, imported.report.paragraphs, imported.report.notes), (3, 5, 1));
    assert!(imported.report.unread.is_empty(), "{:?}", imported.report.unread);
    let entry = imported.list.entry("3a001").unwrap();
    assert_eq!(paths(&imported.list, "3A001"), ["a", "a.1", "a.2", "b"]);
    assert!(entry.paragraphs[1].words.contains("5 × 10^3 samples"), "a raised number keeps its place");
    assert!(entry.paragraphs[2].is_reserved());
    assert_eq!(entry.notes[0].after, "a.1");
    assert!(entry.notes[0].excludes);
    assert_eq!(entry.controls[0].column, "NS Column 2.");
    assert_eq!(entry.related, "See also 3A991.");
    assert!(imported.list.entry("3D001").unwrap().paragraphs.is_empty(), "the heading says it all");
}

#[test]
fn the_annex_is_read_over_its_pages() {
    let imported = import(ANNEX).unwrap();
    assert_eq!(imported.report.regime, "eu-annex-i");
    assert_eq!(paths(&imported.list, "1C111"), ["a", "a.1", "a.2", "a.2.a", "a.2.b", "a.3", "b"]);
    assert!(imported.report.unread.is_empty(), "{:?}", imported.report.unread);
    let entry = imported.list.entry("1C111").unwrap();
    assert_eq!(entry.paragraphs[5].words, "Powders of two metals.");
    assert!(entry.notes[0].excludes && entry.notes[0].words.ends_with("for fireworks."));
    assert_eq!(imported.list.entry("1C998").unwrap().heading, "A heading of two lines.");
}

#[test]
fn entries_are_found_in_both_languages_and_by_code() {
    let shelf = shelf(CCL);
    let first =
        |text: &str| shelf.find(text).candidates.first().map(yumen_foreign::answer::ForeignCandidate::full_code);
    assert_eq!(first("aluminium powder for paint").as_deref(), Some("1C111.a"));
    assert_eq!(first("铝粉").as_deref(), Some("1C111.a"));
    assert_eq!(first("is this 3A001.b?").as_deref(), Some("3A001.b"));
    assert_eq!(first("software to design circuits").as_deref(), Some("3D001"));
    assert_eq!(first("zzz"), None);
}

#[test]
fn stated_values_are_set_against_limits_and_never_decide() {
    let shelf = shelf(CCL);
    let tested = |text: &str| shelf.find(text).candidates[0].tested.clone();
    let met = tested("aluminium powder, particle size 50 µm");
    assert_eq!(met.first().map(|t| t.result), Some(Truth::Met), "{met:?}");
    let not_met = tested("aluminium powder, particle size 500 µm");
    assert_eq!(not_met.first().map(|t| t.result), Some(Truth::NotMet), "{not_met:?}");
}

#[test]
fn the_same_number_is_a_counterpart_only_in_the_shared_ranges() {
    let shelf = shelf(CCL);
    let candidate = |text: &str| shelf.find(text).candidates.into_iter().next().expect("a candidate");
    assert!(candidate("1C111").counterpart, "third character 1: numbered alike");
    assert!(!candidate("3A001").counterpart, "third character 0: China numbers these itself");
}

#[test]
fn an_index_is_kept_for_its_own_list_and_book_only() {
    let list = import(CCL).unwrap().list;
    let shelf = shelf(CCL);
    let kept = shelf.prepared().unwrap();
    let again = Shelf::with(Arc::clone(&ENGINE), list, &kept).expect("its own index");
    let said = |s: &Shelf| serde_json::to_string(&s.find("aluminium powder 50 µm, 3A001")).unwrap();
    assert_eq!(said(&shelf), said(&again));
    assert!(Shelf::with(Arc::clone(&ENGINE), import(ANNEX).unwrap().list, &kept).is_none());
    assert!(Shelf::with(Arc::clone(&ENGINE), import(CCL).unwrap().list, &kept[..kept.len() / 2]).is_none());
}

#[test]
fn what_is_no_list_is_refused() {
    assert_eq!(import(b"hello").unwrap_err(), ImportError::Unknown);
    assert!(matches!(import(&vec![b'x'; LARGEST_FILE + 1]).unwrap_err(), ImportError::TooLarge { .. }));
    let deep = format!("<DIV9 N=\"774\">{}", "<DIV>".repeat(5000));
    assert!(matches!(import(deep.as_bytes()).unwrap_err(), ImportError::Broken { .. }));
    assert_eq!(import(b"<DIV9 N=\"774\"></DIV9>").unwrap_err(), ImportError::Empty);
    let bomb = b"<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]><DIV9 N=\"774\"><FP-2>1C111 &a;&a;</FP-2></DIV9>";
    let read = import(bomb).expect("entities of a document type are not read");
    assert!(!read.list.entries[0].heading.contains("aaa"));
}

proptest! {
    #[test]
    fn files_cut_or_spliced_anywhere_never_panic(cut in 0..CCL.len(), other in 0..ANNEX.len(), noise in proptest::collection::vec(any::<u8>(), 0..40)) {
        let mut bytes = CCL[..cut].to_vec();
        bytes.extend(&noise);
        bytes.extend(&ANNEX[other..]);
        let _ = import(&bytes);
        let mut text = ANNEX[..other].to_vec();
        text.extend(&noise);
        text.extend(&CCL[cut..]);
        let _ = import(&text);
    }

    #[test]
    fn any_question_is_answered(text in "\\PC{0,200}") {
        let _ = CCL_SHELF.find(&text);
    }
}
