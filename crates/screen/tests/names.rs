//! Pairs of names that must meet, and pairs that must not.

use yumen_screen::{ALERT, Band, Entity, Kinship, PartyType, Query, Screen};

fn entity(id: &str, names: &[&str]) -> Entity {
    Entity { id: id.to_owned(), names: names.iter().map(|n| (*n).to_owned()).collect(), ..Entity::default() }
}

fn list() -> Screen {
    Screen::build(vec![
        entity("huawei", &["华为技术有限公司"]),
        entity("jingxin", &["成都景昕科技有限公司"]),
        entity("xi", &["Xi Jinping", "习近平"]),
        entity("163", &["163 Plant"]),
        entity("corp", &["Anna Trading Corp", "CORP"]),
        entity("dukhov", &["Dukhov Automatics Research Institute"]),
        entity("khalimov", &["Гулмурод Халимов"]),
        entity("omar", &["OMAR, Mohammad Yusuf"]),
        entity("panda", &["Nanjing Panda Electronics Company Limited"]),
        entity("yan", &["株式会社ヤマトエンジン"]),
        entity("kim", &["김철수"]),
        entity("aevex", &["AEVEX航天公司", "AEVEX Aerospace"]),
        entity("longxin", &["Zhongke Longxin Semiconductor Co., Ltd."]),
        entity("institute", &["第十二研究所"]),
        entity("cnpc", &["China National Petroleum Exploration Corporation"]),
        entity("orlov", &["ORLOV, Vladimir Sergeyevich"]),
        entity("thornbury", &["THORNBURY, William"]),
        entity("brightnull", &["Brightnull", "Kestrelon Inc"]),
    ])
}

fn best(screen: &Screen, name: &str) -> Option<(String, f32)> {
    let hits = screen.search(&Query::named(name), 0.0, 1);
    hits.first().map(|h| (screen.entities()[h.entity as usize].id.clone(), h.score))
}

#[test]
fn these_meet() {
    let screen = list();
    for (name, id) in [
        ("華為技術有限公司", "huawei"),
        ("华为技术", "huawei"),
        ("Huawei Jishu Youxian Gongsi", "huawei"),
        ("hua wei ji shu you xian gong si", "huawei"),
        ("Huawei Technology Co., Ltd.", "huawei"),
        ("Chengdu Jingxin Technology", "jingxin"),
        ("CHENGDU JING XIN KEJI", "jingxin"),
        ("Hsi Chin-ping", "xi"),
        ("習近平", "xi"),
        ("Plant No 163", "163"),
        ("Gulmurod Halimov", "khalimov"),
        ("Халимов Гулмурод", "khalimov"),
        ("محمد يوسف عمر", "omar"),
        ("Duhov Automatics Research Institute", "dukhov"),
        ("DUKHOV AUT0MATICS RESEARCH INSTITUTE", "dukhov"),
        ("Nanking Panda Elec Co Ltd", "panda"),
        ("ヤマトエンジン", "yan"),
        ("Kim Cheolsu", "kim"),
        ("12研究所", "institute"),
        // An acronym, a name without its patronymic, what people are called, words of two names of one party.
        ("CNPEC", "cnpc"),
        ("Uladzimir Orlov", "orlov"),
        ("Orlov Vladimir Siarheevich", "orlov"),
        ("Bill Thornbury", "thornbury"),
        ("Brightnull Kestrelon", "brightnull"),
        ("Zhongke Long xin Semiconductor", "longxin"),
        // Cyrillic а, е, о in a Latin name.
        ("Zh\u{43e}ngk\u{435} Longxin", "longxin"),
    ] {
        let found = best(&screen, name);
        assert!(found.as_ref().is_some_and(|(f, score)| f == id && *score >= ALERT), "{name} gave {found:?}, not {id}");
    }
}

#[test]
fn a_name_with_all_the_words_and_more_takes_nothing_away() {
    let asked = "Brightnull Kestrelon";
    let more = "Brightnull Kestrelon Ottavian Meridor Vantessa Holdings";
    let score = |names: &[&str]| best(&Screen::build(vec![entity("it", names)]), asked).map(|(_, score)| score);
    let without = score(&["Brightnull", "Kestrelon Inc"]);
    assert!(without >= Some(ALERT), "{without:?}");
    assert!(score(&["Brightnull", "Kestrelon Inc", more]) >= without);
}

#[test]
fn these_do_not() {
    let screen = list();
    for name in [
        "CORP",
        "EMMA LLC",
        "Technology Co., Ltd.",
        "有限公司",
        "科技有限公司",
        "174 Plant",
        "Moscow Panda Electronics",
        "第十三研究所",
        "AEVEX御天公司",
        "Zhongke Fengxin Semiconductor Co., Ltd.",
        "Yusuf Karimov",
        "CNPXC",
        "Orlov Vladimir Nikolaevich",
        "Walter Thornbury",
        "Brightnull Pamirion",
        "",
        "...",
        "()",
        "\u{200d}",
    ] {
        let found = best(&screen, name);
        assert!(found.as_ref().is_none_or(|(_, score)| *score < ALERT), "{name} alerts: {found:?}");
    }
}

#[test]
fn a_hit_explains_itself() {
    let screen = list();
    let query = Query::named("Hsi Chin-ping");
    let hits = screen.search(&query, ALERT, 1);
    let why = screen.explain(&query, &hits[0]);
    assert_eq!(why.listed, "Xi Jinping");
    assert!(why.met.iter().any(|m| m.asked == "chin ping" && m.listed == "jinping" && m.by == Kinship::Joined));
    assert!((why.score.value - hits[0].by_name.value).abs() < 1e-6);
    assert_eq!(Band::of(0.96), Band::Block);
}

#[test]
fn qualifiers_are_evidence_for_and_against() {
    let listed = Entity {
        r#type: PartyType::Person,
        born: vec!["1971-03-02".to_owned()],
        countries: vec!["SY".to_owned()],
        identifiers: vec![yumen_screen::Identifier { kind: "passport".to_owned(), value: "N-0048812".to_owned() }],
        ..entity("p", &["Ahmad Khalil Sarraj"])
    };
    let screen = Screen::build(vec![listed]);
    let score = |query: Query| screen.search(&query, 0.0, 1).first().map_or(0.0, |h| h.score);
    let name = Query::named("Ahmed Khalil Sarraj");
    let plain = score(name.clone());
    assert!(score(Query { born: Some("1971".to_owned()), ..name.clone() }) >= plain);
    assert!(score(Query { born: Some("1950-01-01".to_owned()), ..name.clone() }) < plain - 0.1);
    assert!(score(Query { country: Some("FR".to_owned()), ..name.clone() }) < plain);
    assert!(score(Query { r#type: PartyType::Vessel, ..name }) < plain);
    let by_number = Query { identifier: Some("n0048812".to_owned()), ..Query::named("Somebody Else Entirely") };
    assert!(score(by_number) > 0.95, "a number is the party, whatever its name");
}

#[test]
fn odd_letters_are_met_and_told() {
    let flags = |name: &str| yumen_screen::forms(name).flags;
    assert!(flags("\u{41d}uawei").lookalike);
    assert!(flags("Hua\u{200b}wei").hidden);
    assert!(flags("\u{202e}Huawei").hidden);
    assert!(flags(&"a ".repeat(1000)).cut);
    assert_eq!(flags("Huawei 华为"), yumen_screen::fold::Flags::default());
}

#[test]
fn hostile_names_are_answered() {
    let screen = list();
    let megabyte = 1 << 20;
    for name in [
        "a".repeat(megabyte),
        "华".repeat(megabyte / 3),
        "\u{301}".repeat(megabyte / 2),
        "\u{202e}".repeat(megabyte / 3),
        "\u{200d}".repeat(megabyte / 3),
        "(".repeat(megabyte),
        "a\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}".repeat(megabyte / 13),
        "\u{fdfa}".repeat(megabyte / 3),
        "a.".repeat(megabyte / 2),
        "xi ".repeat(megabyte / 3),
        "chang".repeat(megabyte / 5),
        "9".repeat(megabyte),
        "第一百".repeat(megabyte / 9),
    ] {
        let hits = screen.search(&Query::named(name), 0.0, 25);
        assert!(hits.len() <= 25);
    }
}

#[test]
fn one_word_that_is_the_whole_question_finds_the_family_of_firms() {
    let of = |id: usize, name: String, kind: PartyType| Entity {
        id: format!("{id:03}"),
        names: vec![name],
        r#type: kind,
        ..Entity::default()
    };
    let places = ["Chile", "Yangon", "Bolivia", "Belgium", "Ottawa", "Cairo", "Beijing", "Chengdu"];
    // As many as an index that looks at the sixty-four nearest would not hold.
    let mut list: Vec<Entity> = (0..100)
        .map(|i| {
            of(i, format!("Huawei {} Research Works {i} Co., Ltd.", places[i % places.len()]), PartyType::Organisation)
        })
        .collect();
    list.push(of(900, "KALASHNIKOV, Pavel Example".to_owned(), PartyType::Person));
    list.push(of(901, "JSC Kalashnikov Example Concern".to_owned(), PartyType::Organisation));
    list.push(of(902, "Example Huawei Partners Ltd".to_owned(), PartyType::Organisation));
    let screen = Screen::build(list);
    let found = |name: &str| -> Vec<String> {
        let hits = screen.search(&Query::named(name), ALERT, usize::MAX);
        hits.iter().map(|h| screen.entities()[h.entity as usize].id.clone()).collect()
    };
    for name in ["Huawei", "HUAWEI CO LTD", "华为", "華為有限公司"] {
        let found = found(name);
        assert_eq!(found.iter().filter(|id| *id < &"900".to_owned()).count(), 100, "{name}");
        assert!(!found.contains(&"902".to_owned()), "{name}: the name must begin with it");
    }
    assert_eq!(found("Kalashnikov"), ["901"], "a family name alone is no person");
    // Another word of its own makes it another question.
    assert!(found("Huawei Quibble").is_empty());
    assert!(found("Limited Company").is_empty());
}
