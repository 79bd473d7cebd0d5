//! What holds for any names.

#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are 0 to 1")]

use proptest::prelude::*;
use yumen_screen::fold::{fold, normalise};
use yumen_screen::{Entity, Query, Screen};

/// Letters and signs that names are made of, in the scripts the engine treats.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCXYZ ÉøßЖуковшіАлексей عبدالرحمن محمد 华為技术有限公司第十二研究所贸易 ヤマト 김철수 0123456789.,-'()&/";

fn name() -> impl Strategy<Value = String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    prop::collection::vec(prop::sample::select(letters), 1..40).prop_map(|chars| chars.into_iter().collect())
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Ahmad",
        "Khalil",
        "Sergei",
        "Ivanov",
        "Zhang",
        "Weiming",
        "Trading",
        "Company",
        "Ltd",
        "Moscow",
        "Shenzhen",
        "Huawei",
        "Panda",
        "Electronics",
        "Maria",
        "Gonzalez",
        "Technology",
        "Institute",
        "12",
        "704",
        "al",
        "Kovalchuk",
        "Yuri",
    ])
    .prop_map(str::to_owned)
}

fn score(listed: &[&str], asked: &str) -> f32 {
    let names = listed.iter().map(|n| (*n).to_owned()).collect();
    let screen = Screen::build(vec![Entity { id: "1".to_owned(), names, ..Entity::default() }]);
    screen.search(&Query::named(asked), 0.0, 1).first().map_or(0.0, |h| h.score)
}

/// The score when every form is compared, index aside.
fn compared(listed: &str, asked: &str) -> (f32, Vec<u32>) {
    let entity = Entity { id: "1".to_owned(), names: vec![listed.to_owned()], ..Entity::default() };
    let screen = Screen::build(vec![entity]);
    let query = Query::named(asked);
    let hits = screen.search_every(&query, 0.0, 1);
    hits.first().map_or((0.0, Vec::new()), |h| {
        let mut met: Vec<u32> =
            screen.explain(&query, h).met.iter().map(|m| (m.weight * m.likeness * 1e4).round() as u32).collect();
        met.sort_unstable();
        (h.by_name.met, met)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_text_is_folded_and_cleaning_twice_changes_nothing(text in any::<String>()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
        let _ = fold(&text);
    }

    #[test]
    fn cleaning_names_twice_changes_nothing(text in name()) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        prop_assert_eq!(fold(&once).forms, fold(&text).forms);
    }

    #[test]
    fn alignment_is_symmetric(a in prop::collection::vec(word(), 1..5), b in prop::collection::vec(word(), 1..5)) {
        let (a, b) = (a.join(" "), b.join(" "));
        let ((x, pairs_x), (y, pairs_y)) = (compared(&a, &b), compared(&b, &a));
        prop_assert!((x - y).abs() < 1e-4, "{} against {}: {} and {}", a, b, x, y);
        prop_assert_eq!(pairs_x, pairs_y);
    }

    #[test]
    fn order_of_words_does_not_matter(words in prop::collection::vec(word(), 2..5), asked in prop::collection::vec(word(), 1..5)) {
        let mut turned = words.clone();
        turned.sort();
        turned.dedup();
        let mut back = turned.clone();
        back.reverse();
        let asked = asked.join(" ");
        let (x, y) = (compared(&turned.join(" "), &asked).0, compared(&back.join(" "), &asked).0);
        prop_assert!((x - y).abs() < 1e-4, "{:?} {}: {} and {}", turned, asked, x, y);
    }

    #[test]
    fn an_alias_never_lowers_a_score(main in name(), alias in name(), asked in name()) {
        let without = score(&[&main], &asked);
        let with = score(&[&main, &alias], &asked);
        prop_assert!(with >= without - 1e-6, "{} without {:?}, {} with it", without, alias, with);
    }

    #[test]
    fn a_name_meets_itself(words in prop::collection::vec(word(), 2..5)) {
        let name = words.join(" ");
        let screen = Screen::build(vec![Entity { id: "1".to_owned(), names: vec![name.clone()], ..Entity::default() }]);
        for hit in screen.search(&Query::named(&name), 0.0, 1) {
            prop_assert!(hit.score > 0.99 || hit.by_name.generic, "{} {}", name, hit.score);
        }
    }
}
