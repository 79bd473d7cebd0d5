//! What the check objects to: a small sound book, broken in one place at a time.

use proptest::prelude::*;
use yumen_lawbook::{Book, Issue, Severity, SourceFile};

const SOUND: &[(&str, &str)] = &[
    (
        "instruments/acts.toml",
        "[[instrument]]\nid = \"act\"\nkind = \"notice\"\ntitle = { zh = \"法\", en = \"Act\" }\nshort = { zh = \"法\", en = \"Act\" }\nverification = \"official_text\"\n",
    ),
    (
        "lists/dual-use/list.toml",
        "id = \"dual-use\"\nname = { zh = \"清单\", en = \"list\" }\nshort = { zh = \"清单\", en = \"list\" }\ncovers = [\"goods\"]\nbasis = [\"act\"]\n",
    ),
    (
        "lists/dual-use/2024.toml",
        "instrument = \"act\"\nedition = \"2024\"\nform = \"base\"\npublished = 2024-01-01\neffective = 2024-02-01\nrecorded = 2024-03-01\ncontrol = \"licence\"\n\n[declared]\ntotal = { licence = 1 }\n\n[[entry]]\ncode = \"1C117\"\nname = { zh = \"钨\", en = \"tungsten\" }\nclass = [\"tungsten\"]\n[[entry.point]]\npath = \"a\"\ntext = { zh = \"甲\", en = \"a\" }\nwhen = \"density > 1 g/cm3\"\n",
    ),
    (
        "lexicon/metals.toml",
        "about = \"metals\"\nreviewed = 2026-01-01\n[[concept]]\nid = \"tungsten\"\nkind = \"element\"\nzh = [\"钨\"]\nen = [\"tungsten\"]\n",
    ),
    (
        "properties/all.toml",
        "[[property]]\nid = \"density\"\nname = { zh = \"密度\", en = \"density\" }\ndimension = \"density\"\n",
    ),
    ("units.toml", "[[unit]]\nsymbol = \"g/cm3\"\ndimension = \"density\"\nfactor = \"1\"\n"),
    (
        "exclusions/all.toml",
        "[[exclusion]]\nid = \"wire\"\nentries = [\"1C117.a\"]\nnotice = \"act\"\nclass = [\"tungsten\"]\nwith = [\"tungsten\"]\ntext = { zh = \"丝\", en = \"wire\" }\nhedged = true\nwords = { zh = \"一般不属于\", en = \"in general not covered\" }\nat = \"act:1\"\nverification = \"official_notice\"\n",
    ),
    (
        "elsewhere.toml",
        "[[elsewhere]]\nid = \"arms\"\nname = { zh = \"军品\", en = \"arms\" }\ntext = { zh = \"军品。\", en = \"Arms.\" }\nat = [\"act:2\"]\nverification = \"official_text\"\nclass = [\"tungsten\"]\nrecorded = 2026-01-01\n",
    ),
];

fn book(change: Option<(&str, &str, &str)>) -> Vec<Issue> {
    Book::inspect(&files(change)).1
}

fn files(change: Option<(&str, &str, &str)>) -> Vec<SourceFile> {
    SOUND
        .iter()
        .map(|(path, text)| {
            let text = match change {
                Some((file, from, to)) if file == *path => {
                    assert!(text.contains(from), "{from:?} stands in {file}");
                    text.replacen(from, to, 1)
                }
                _ => (*text).to_owned(),
            };
            SourceFile { path: (*path).to_owned(), text }
        })
        .collect()
}

#[test]
fn a_sound_book_raises_nothing() {
    assert_eq!(book(None), []);
}

#[test]
fn each_fault_is_told_with_file_line_and_rule() {
    let list = "lists/dual-use/2024.toml";
    let (exclusions, elsewhere) = ("exclusions/all.toml", "elsewhere.toml");
    for (file, from, to, rule, line) in [
        (list, "edition = \"2024\"", "editon = \"2024\"", "read", 2),
        (list, "effective = 2024-02-01", "effective = 2024-02-31", "read", 5),
        (list, "instrument = \"act\"", "instrument = \"nothing\"", "instrument", 1),
        (list, "class = [\"tungsten\"]", "class = [\"wolfram\"]", "concept", 13),
        (list, "density > 1 g/cm3", "density > 1 parsec", "unit", 17),
        (list, "density > 1 g/cm3", "weight > 1 g/cm3", "property", 17),
        (list, "density > 1 g/cm3", "density >", "read", 19),
        (list, "path = \"a\"", "path = \"a.1\"", "path", 13),
        (list, "licence = 1", "licence = 0", "totals", 10),
        ("lexicon/metals.toml", "en = [\"tungsten\"]", "en = [\"tungsten \"]", "term", 4),
        ("units.toml", "factor = \"1\"", "factor = \"one\"", "read", 4),
        ("lists/dual-use/list.toml", "id = \"dual-use\"", "id = \"other\"", "place", 1),
        (list, "class = [\"tungsten\"]", "procedure = \"m-9\"", "procedure", 15),
        (exclusions, "notice = \"act\"", "notice = \"other\"", "instrument", 2),
        (exclusions, "with = [\"tungsten\"]", "with = [\"wolfram\"]", "concept", 2),
        (exclusions, "words = { zh = \"一般不属于\", en = \"in general not covered\" }", "", "exclusion", 2),
        (exclusions, "entries = [\"1C117.a\"]", "lists = [\"dual-use\"]", "exclusion", 2),
        (elsewhere, "at = [\"act:2\"]", "at = []", "elsewhere", 2),
        (elsewhere, "en = \"Arms.\"", "en = \"\"", "elsewhere", 2),
        (elsewhere, "class = [\"tungsten\"]", "class = [\"wolfram\"]", "concept", 2),
        (elsewhere, "at = [\"act:2\"]", "at = [\"other:2\"]", "instrument", 2),
    ] {
        let issues = book(Some((file, from, to)));
        let found = issues.iter().find(|i| i.rule == rule && i.file == file);
        let found = found.unwrap_or_else(|| panic!("{to}: expected {rule} in {file}, got {issues:#?}"));
        assert_eq!(found.severity, Severity::Error);
        assert_eq!(found.line, line, "{to}: {found}");
        assert!(!found.message.is_empty());
    }
}

#[test]
fn an_exclusion_of_one_notice_frees_from_that_notice_only() {
    let mut files = files(None);
    let later = files[0].text.replace("\"act\"", "\"later\"");
    files[0].text += &later;
    let exclusions = files.iter_mut().find(|f| f.path == "exclusions/all.toml").expect("the file");
    exclusions.text = exclusions.text.replace("notice = \"act\"", "notice = \"later\"");
    let issues = Book::inspect(&files).1;
    assert!(issues.iter().any(|i| i.rule == "exclusion" && i.message.contains("never listed 1C117.a")), "{issues:?}");
}

#[test]
fn a_file_in_the_wrong_place_is_named() {
    let files = [SourceFile { path: "laws/new.toml".to_owned(), text: "a = 1".to_owned() }];
    let issues = Book::inspect(&files).1;
    assert!(issues.iter().any(|i| i.rule == "place" && i.message.contains("lexicon/")), "{issues:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_in_any_file_is_refused_or_read_without_panic(which in 0_usize..SOUND.len(), text in any::<String>()) {
        let files: Vec<SourceFile> = SOUND
            .iter()
            .enumerate()
            .map(|(i, (path, sound))| SourceFile { path: (*path).to_owned(), text: if i == which { text.clone() } else { (*sound).to_owned() } })
            .collect();
        let _ = Book::inspect(&files);
    }

    #[test]
    fn sound_files_cut_or_spliced_anywhere_are_refused_or_read_without_panic(which in 0_usize..SOUND.len(), at in 0_usize..400, splice in "[\\[\\]{}=\"#\n0-9a-z钨-]{0,6}") {
        let files: Vec<SourceFile> = SOUND
            .iter()
            .enumerate()
            .map(|(i, (path, sound))| {
                let mut text = (*sound).to_owned();
                if i == which {
                    let at = (0..=at.min(text.len())).rev().find(|a| text.is_char_boundary(*a)).unwrap_or(0);
                    text.insert_str(at, &splice);
                }
                SourceFile { path: (*path).to_owned(), text }
            })
            .collect();
        let _ = Book::inspect(&files);
    }
}
