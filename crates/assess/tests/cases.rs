//! The cases in `tests/cases/` are well-formed: every one can be found again in the law book, and the set is what it says it is.
//! How often the engine answers them rightly is measured where people run it, in the tests of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use yumen_lawbook::code::Code;
use yumen_lawbook::instrument::Citation;
use yumen_lawbook::{Book, Day};

static BOOK: LazyLock<Book> = LazyLock::new(|| Book::embedded().expect("the embedded book is sound"));

/// One case, as `tests/cases/README.md` describes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    half: Half,
    query: String,
    lang: Lang,
    regime: Regime,
    as_of: Day,
    expected_status: Status,
    expected_codes: Vec<String>,
    near_miss_codes: Vec<String>,
    #[serde(default)]
    pair: String,
    #[serde(default)]
    limit: String,
    #[serde(default, rename = "tags")]
    _tags: Vec<String>,
    source: String,
    why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Half {
    Open,
    Held,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lang {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum Regime {
    #[serde(rename = "CN-DU")]
    DualUse,
    #[serde(rename = "CN-TECH")]
    Technology,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    DualUseLicence,
    Restricted,
    Prohibited,
    ProhibitedDestination,
    Suspended,
    LapsedUnconfirmed,
    Depends,
    NotControlled,
    Free,
    NotInForce,
}

impl Status {
    fn is_negative(self) -> bool {
        matches!(self, Self::NotControlled | Self::Free | Self::NotInForce)
    }
}

static CASES: LazyLock<Vec<(String, Case)>> = LazyLock::new(|| {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(&directory)
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let name = file.file_stem().and_then(|s| s.to_str()).expect("a name").to_owned();
        for (number, line) in std::fs::read_to_string(&file).expect("text").lines().enumerate() {
            let case = serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}.jsonl:{}: {e}", number + 1));
            cases.push((name.clone(), case));
        }
    }
    cases
});

fn cases() -> impl Iterator<Item = &'static Case> {
    CASES.iter().map(|(_, case)| case)
}

/// True where some edition has an entry of this code, with the point it names.
fn is_recorded(written: &str) -> bool {
    let Ok(code) = written.parse::<Code>() else { return false };
    let whole = BOOK.lives_of(&code);
    if !whole.is_empty() {
        return true;
    }
    let entry = code.entry();
    let Some(path) = written.strip_prefix(&format!("{entry}.")) else { return false };
    BOOK.lives_of(&entry)
        .into_iter()
        .any(|(list, life)| list.history.life(life).any(|version| version.entry.point(path).is_some()))
}

#[test]
fn the_set_is_as_large_and_as_mixed_as_it_claims() {
    let all = cases().count();
    let negatives = cases().filter(|c| c.expected_status.is_negative()).count();
    let english = cases().filter(|c| c.lang == Lang::En).count();
    let held = cases().filter(|c| c.half == Half::Held).count();
    let technology = cases().filter(|c| c.regime == Regime::Technology).count();
    assert!(all >= 250, "{all} cases");
    assert!(negatives >= 100, "{negatives} negatives");
    assert!(english * 3 >= all, "{english} of {all} in English");
    // A third of every file, but for the questions of the trade, by which the lexicon was written.
    assert!(held >= 350, "{held} of {all} held back");
    assert!(technology >= 30, "{technology} on the technology catalogue");
}

#[test]
fn every_case_stands_alone_and_says_why() {
    let mut ids = BTreeSet::new();
    let mut questions = BTreeSet::new();
    let mut letters: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, case) in CASES.iter() {
        assert!(ids.insert(&case.id), "{}: twice", case.id);
        assert!(questions.insert((&case.query, case.as_of, case.regime)), "{}: asked before", case.id);
        assert!(!case.query.trim().is_empty() && !case.source.is_empty() && !case.why.is_empty(), "{}", case.id);
        let (kind, number) = case.id.split_once('-').expect("letters and a number");
        assert!(number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit()), "{}", case.id);
        assert_eq!(*letters.entry(kind).or_insert(file), file, "{}: letters of another file", case.id);
        if !case.expected_status.is_negative() && case.expected_codes.is_empty() {
            assert_eq!(file, "measures", "{}: only a measure can hold without an entry", case.id);
        }
        if case.expected_status.is_negative() {
            assert!(case.expected_codes.is_empty(), "{}: free, and yet an entry", case.id);
        }
    }
}

#[test]
fn every_entry_and_every_source_is_in_the_book() {
    for case in cases() {
        for code in case.expected_codes.iter().chain(&case.near_miss_codes) {
            assert!(is_recorded(code), "{}: {code}", case.id);
        }
        for source in case.source.split(';').map(str::trim) {
            let citation = Citation::try_from(source.to_owned()).unwrap_or_else(|e| panic!("{}: {e}", case.id));
            assert!(BOOK.cited(&citation, case.as_of).is_some(), "{}: {source}", case.id);
        }
    }
}

#[test]
fn threshold_pairs_stand_on_either_side_of_one_limit() {
    let mut pairs: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases().filter(|c| !c.pair.is_empty()) {
        pairs.entry(&case.pair).or_default().push(case);
    }
    assert!(pairs.len() >= 60, "{} pairs", pairs.len());
    for (name, rows) in pairs {
        let [one, other] = rows[..] else { panic!("{name}: {} rows", rows.len()) };
        assert!(!one.limit.is_empty() && one.limit == other.limit, "{name}: one limit");
        assert_eq!(
            (one.half, one.regime, one.as_of),
            (other.half, other.regime, other.as_of),
            "{name}: a pair stays together"
        );
        let outside = [one, other].into_iter().filter(|c| c.expected_status.is_negative()).count();
        assert_eq!(outside, 1, "{name}: one inside, one outside");
    }
}
