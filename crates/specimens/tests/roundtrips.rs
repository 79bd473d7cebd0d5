//! What is printed in any layout and form comes back as it was.

use std::sync::{Arc, LazyLock};

use yumen_assess::Engine;
use yumen_importers::{Draft, Hints, ImportError, import};
use yumen_lawbook::{Book, Day};
use yumen_specimens::compare::compare;
use yumen_specimens::forms::{self, FORMS, Form};
use yumen_specimens::layout::{Block, LAYOUTS, Layout, set};
use yumen_specimens::{catalogue, mutate};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the book"))));

fn read(bytes: &[u8]) -> Result<Draft, ImportError> {
    import("specimen", bytes, &ENGINE, Day::new(2031, 4, 1).expect("a day"), &Hints::default())
}

#[test]
fn every_layout_in_every_form_comes_back() {
    let truth = catalogue::random(11, 40, ENGINE.book(), Vec::new());
    for layout in LAYOUTS {
        let blocks = set(&truth, layout);
        for form in FORMS {
            let draft = read(&forms::write(&blocks, form)).unwrap();
            let outcome = compare(&draft, &truth);
            // A table pasted as text is cut by running heads in the middle of its cells: such a cell is reported.
            let pasted = layout == Layout::Table && form == Form::Text;
            assert!(outcome.silent.is_empty() && outcome.noted.is_empty(), "{layout:?} {form:?}: {outcome:?}");
            assert!(outcome.exact == outcome.entries || pasted, "{layout:?} {form:?}: {:?}", outcome.reported);
            assert!(draft.matches_totals() || pasted, "{layout:?} {form:?}: {:?}", draft.unread);
        }
    }
}

#[test]
fn traditional_characters_are_read_simplified_and_quoted_as_printed() {
    let text = "商務部公告2031年第96號\n經批准，自2031年3月6日起至2032年3月5日，商務部公告2024年第46號第一款暫停實施。\n2031年3月5日\n";
    let draft = read(text.as_bytes()).unwrap();
    let line = draft.line.iter().find(|l| l.what == "suspend").unwrap();
    assert_eq!(line.about, "notice-46-2024#1");
    let gb = forms::write(&set(&catalogue::random(3, 8, ENGINE.book(), Vec::new()), Layout::Headed), Form::Gb18030);
    assert!(std::str::from_utf8(&gb).is_err());
    assert!(read(&gb).unwrap().matches_totals());
}

#[test]
fn radicals_for_characters_are_read_as_the_characters() {
    let radical = |c: char| {
        let plain = "一二人入力十口土士大女子小山工己干心手文方日月木止水火片牛玉田白目石示立竹米羊老而耳自至色虫行言走足身金長風食首香高";
        let printed = "⼀⼆⼈⼊⼒⼗⼝⼟⼠⼤⼥⼦⼩⼭⼯⼰⼲⼼⼿⽂⽅⽇⽉⽊⽌⽔⽕⽚⽜⽟⽥⽩⽬⽯⽰⽴⽵⽶⽺⽼⽽⽿⾃⾄⾊⾍⾏⾔⾛⾜⾝⾦⾧⾵⾷⾸⾹⾼";
        plain.chars().position(|p| p == c).and_then(|i| printed.chars().nth(i)).unwrap_or(c)
    };
    let printed = |text: &str| -> String {
        let supplement =
            [('见', '⻅'), ('门', '⻔'), ('长', '⻓'), ('风', '⻛'), ('飞', '⻜'), ('页', '⻚'), ('车', '⻋')];
        let other = |c: char| supplement.iter().find(|(p, _)| *p == c).map(|(_, r)| *r);
        text.chars().map(|c| other(c).unwrap_or_else(|| radical(c))).collect()
    };
    let truth = catalogue::random(29, 12, ENGINE.book(), Vec::new());
    for form in [Form::Text, Form::Docx, Form::Html, Form::Xlsx, Form::Pdf] {
        let blocks: Vec<Block> = set(&truth, Layout::Labelled)
            .into_iter()
            .map(|block| match block {
                Block::Line(text) => Block::Line(printed(&text)),
                Block::Row(cells) => Block::Row(cells.iter().map(|c| printed(c)).collect()),
            })
            .collect();
        let draft = read(&forms::write(&blocks, form)).unwrap();
        assert_eq!(compare(&draft, &truth).exact, 12, "{form:?}");
    }
}

#[test]
fn a_page_number_in_the_middle_of_an_entry_is_left_out_and_told() {
    let truth = catalogue::random(5, 10, ENGINE.book(), Vec::new());
    let mut blocks = set(&truth, Layout::Labelled);
    blocks.insert(12, Block::Line("— 7 —".to_owned()));
    let draft = read(&forms::write(&blocks, Form::Docx)).unwrap();
    assert_eq!(compare(&draft, &truth).exact, 10);
    assert_eq!(draft.about.left_out[0].words, "— 7 —");
}

#[test]
fn damage_is_read_right_or_told() {
    let mut chance = yumen_specimens::chance::Chance::new(42);
    let truth = catalogue::random(17, 15, ENGINE.book(), Vec::new());
    for layout in LAYOUTS {
        let blocks = set(&truth, layout);
        for kind in [mutate::Damage::PageBreak, mutate::Damage::MissingHeading, mutate::Damage::SwappedColumns] {
            for _ in 0..6 {
                let Some(damaged) = mutate::damage(&blocks, kind, &mut chance) else { continue };
                let Ok(draft) = read(&forms::write(&damaged, Form::Docx)) else { continue };
                let outcome = compare(&draft, &truth);
                assert!(outcome.silent.is_empty(), "{layout:?} {kind:?}: {:?}", outcome.silent);
            }
        }
    }
}

#[test]
fn a_lost_entry_misses_the_declared_total() {
    let truth = catalogue::random(23, 12, ENGINE.book(), Vec::new());
    let mut blocks = set(&truth, Layout::Table);
    let row = blocks.iter().rposition(|b| matches!(b, Block::Row(_))).unwrap();
    blocks.remove(row);
    let draft = read(&forms::write(&blocks, Form::Docx)).unwrap();
    assert!(!draft.matches_totals());
}
