//! The fold against a naive reading: apply the files one after the other up to the day, and compare.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yumen_lawbook::{AsOf, Book, Day, SourceFile, Standing};

/// One instrument: puts in, takes out, changes, or issues anew, on a day.
#[derive(Debug, Clone)]
struct Act {
    offset: i32,
    reissue: bool,
    add: Vec<u8>,
    remove: Vec<u8>,
}

fn code(n: u8) -> String {
    format!("0501{n:02}X")
}

fn start() -> Day {
    Day::new(2020, 1, 1).expect("a day")
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = (1_i32..400, any::<bool>(), prop::collection::vec(0_u8..12, 0..5), prop::collection::vec(0_u8..12, 0..4))
        .prop_map(|(offset, reissue, add, remove)| Act { offset, reissue, add, remove });
    prop::collection::vec(act, 1..6)
}

/// Makes each act possible (nothing is added twice or removed when absent) and one a day.
fn possible(mut acts: Vec<Act>) -> Vec<Act> {
    acts.sort_by_key(|a| a.offset);
    acts.dedup_by_key(|a| a.offset);
    let mut held: Vec<u8> = Vec::new();
    for (index, act) in acts.iter_mut().enumerate() {
        act.add.sort_unstable();
        act.add.dedup();
        act.remove.sort_unstable();
        act.remove.dedup();
        act.reissue &= index > 0;
        if act.reissue {
            act.remove.clear();
            held.clone_from(&act.add);
        } else {
            act.remove.retain(|r| held.contains(r));
            held.retain(|h| !act.remove.contains(h));
            act.add.retain(|a| !held.contains(a));
            held.extend(&act.add);
        }
    }
    acts
}

fn files(acts: &[Act]) -> Vec<SourceFile> {
    let mut files = vec![
        SourceFile {
            path: "instruments/a.toml".into(),
            text: "[[instrument]]\nid = \"act\"\nkind = \"notice\"\ntitle = { zh = \"法\", en = \"Act\" }\nshort = { zh = \"法\", en = \"Act\" }\nverification = \"official_text\"\n".into(),
        },
        SourceFile {
            path: "lists/technology/list.toml".into(),
            text: "id = \"technology\"\nname = { zh = \"目\", en = \"c\" }\nshort = { zh = \"目\", en = \"c\" }\ncovers = [\"technology\"]\nbasis = [\"act\"]\n".into(),
        },
    ];
    for (index, act) in acts.iter().enumerate() {
        let form = if index == 0 {
            "base"
        } else if act.reissue {
            "reissue"
        } else {
            "amendment"
        };
        let on = start().plus_days(act.offset);
        let mut text = format!(
            "instrument = \"act\"\nedition = \"e{index}\"\nform = \"{form}\"\npublished = {on}\neffective = {on}\nrecorded = 2026-01-01\n"
        );
        for r in &act.remove {
            text += &format!("[[remove]]\ncode = \"{}\"\n", code(*r));
        }
        for a in &act.add {
            text +=
                &format!("[[entry]]\ncode = \"{}\"\nname = {{ zh = \"项{a}-{index}\", en = \"item\" }}\n", code(*a));
        }
        files.push(SourceFile { path: format!("lists/technology/{index}.toml"), text });
    }
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_fold_is_the_acts_applied_in_order(acts in acts(), ask in 0_i32..420) {
        let acts = possible(acts);
        let (book, issues) = Book::inspect(&files(&acts));
        prop_assert!(issues.is_empty(), "{:?}", issues);
        let on = start().plus_days(ask);
        let mut naive: BTreeMap<String, String> = BTreeMap::new();
        for (index, act) in acts.iter().enumerate().filter(|(_, a)| a.offset <= ask) {
            if act.reissue {
                naive.clear();
            }
            act.remove.iter().for_each(|r| { naive.remove(&code(*r)); });
            naive.extend(act.add.iter().map(|a| (code(*a), format!("项{a}-{index}"))));
        }
        let list = book.list("technology").expect("the list");
        let folded: BTreeMap<String, String> = list.history.on(on).map(|v| (v.entry.code.to_string(), v.entry.name.zh.clone())).collect();
        prop_assert_eq!(&folded, &naive);
        // Whoever asks version by version gets the same.
        let standing: BTreeMap<String, String> = list
            .history
            .versions()
            .iter()
            .filter(|v| book.standing(v, AsOf::on(on)) == Standing::InForce)
            .map(|v| (v.entry.code.to_string(), v.entry.name.zh.clone()))
            .collect();
        prop_assert_eq!(standing, naive);
    }

    #[test]
    fn a_difference_is_empty_between_equal_days_and_adds_up(acts in acts(), a in 0_i32..420, b in 0_i32..420) {
        let acts = possible(acts);
        let (book, _) = Book::inspect(&files(&acts));
        let list = book.list("technology").expect("the list");
        let (from, to) = (start().plus_days(a.min(b)), start().plus_days(a.max(b)));
        prop_assert!(list.difference(from, from).changes.is_empty());
        let changes = list.difference(from, to).changes;
        let count = |day| i64::try_from(list.history.on(day).count()).expect("few");
        let gained = changes.iter().filter(|c| c.change == "added").count();
        let lost = changes.iter().filter(|c| matches!(c.change, "removed" | "fate_unknown")).count();
        let net = i64::try_from(gained).expect("few") - i64::try_from(lost).expect("few");
        prop_assert_eq!(count(to) - count(from), net);
    }
}
