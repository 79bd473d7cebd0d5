//! The index against comparing with every name: whatever alerts must be found, with the same score.

#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are 0 to 1")]

use yumen_screen::{ALERT, Entity, Query, Screen};

const FAMILY: &[&str] = &[
    "Abramov",
    "Kovalchuk",
    "Haddad",
    "Rezaei",
    "Gonzalez",
    "Nakamura",
    "Zhang",
    "Wang",
    "Okafor",
    "Dubois",
    "Petrenko",
    "Hussain",
    "Lindqvist",
    "Moreau",
    "Takahashi",
    "Sidorenko",
];
const GIVEN: &[&str] =
    &["Yuri", "Ahmad", "Maria", "Kenji", "Weiming", "Oleksandr", "Fatima", "Jean-Luc", "Chidi", "Hossein"];
const CORE: &[&str] = &[
    "Novatek",
    "Brightstone",
    "Zhonghai",
    "Tiandi",
    "Aurora Borealis",
    "Kestrel",
    "Pamir",
    "Qaswa",
    "Lianyun",
    "Vektor",
    "Solaris",
];
const TRADE: &[&str] =
    &["Trading", "Technology", "Shipping", "Electronics", "Heavy Industries", "Research Institute", "Import Export"];
const PLACE: &[&str] = &["Shenzhen", "Moscow", "Dubai", "Tehran", ""];
const HAN: &[&str] = &["海天", "景昕", "蓝帽", "长城", "明德", "宏宇", "天启", "龙芯", "远航", "中盛"];
const HAN_TRADE: &[&str] = &["科技有限公司", "贸易有限公司", "电子股份有限公司", "国际物流有限公司"];
const HAN_PLACE: &[&str] = &["深圳", "成都", "香港", "上海"];

fn list() -> Vec<String> {
    let mut names = Vec::new();
    for family in FAMILY {
        names.extend(GIVEN.iter().map(|given| format!("{}, {given}", family.to_uppercase())));
    }
    for core in CORE {
        for (trade, place) in TRADE.iter().zip(PLACE.iter().cycle()) {
            names.push(format!("{place} {core} {trade} Co., Ltd."));
        }
    }
    for core in HAN {
        for (trade, place) in HAN_TRADE.iter().zip(HAN_PLACE.iter().cycle()) {
            names.push(format!("{place}{core}{trade}"));
        }
    }
    names
}

/// What happens to names on their way: a letter lost, doubled or turned; words two joined, all turned round, shortened.
fn variations(name: &str, seed: usize) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let at = 1 + seed % chars.len().saturating_sub(2).max(1);
    let without: String = chars.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect();
    let mut turned = chars.clone();
    if at + 1 < turned.len() {
        turned.swap(at, at + 1);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut back = words.clone();
    back.reverse();
    vec![
        name.to_lowercase(),
        without,
        turned.into_iter().collect(),
        name.replacen(' ', "", 1),
        back.join(" "),
        words.iter().take(2).copied().collect::<Vec<_>>().join(" "),
        name.replace("Co., Ltd.", "LLC").replace("有限公司", ""),
        name.replace('e', "i").replace("kh", "h"),
    ]
}

#[test]
fn the_index_finds_what_comparing_with_every_name_finds() {
    let names = list();
    let entities = names
        .iter()
        .enumerate()
        .map(|(i, name)| Entity { id: format!("{i:04}"), names: vec![name.clone()], ..Entity::default() })
        .collect();
    let screen = Screen::build(entities);
    let (mut wanted, mut found) = (0, 0);
    for (seed, name) in names.iter().enumerate().step_by(3) {
        for asked in variations(name, seed) {
            let query = Query::named(&asked);
            let every = screen.search_every(&query, ALERT, 10);
            let quick = screen.search(&query, ALERT, 400);
            for hit in &every {
                wanted += 1;
                let same = quick.iter().find(|q| q.entity == hit.entity);
                if let Some(same) = same {
                    assert!((same.score - hit.score).abs() < 1e-6, "{asked}");
                    found += 1;
                }
            }
            assert_eq!(
                quick.first().map(|h| (h.score * 1e4).round() as u32),
                every.first().map(|h| (h.score * 1e4).round() as u32),
                "the best of {asked}"
            );
        }
    }
    assert!(wanted > 600, "the oracle must have something to say: {wanted}");
    assert!(found * 1000 >= wanted * 995, "{found} of {wanted}");
}
