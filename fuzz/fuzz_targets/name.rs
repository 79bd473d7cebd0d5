//! Any bytes are folded twice alike, screened without a panic, and meet the same parties each time.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use yumen_screen::fold::{fold, normalise};
use yumen_screen::{Entity, Query, Screen};

static SCREEN: LazyLock<Screen> = LazyLock::new(|| {
    let names = ["华为技术有限公司", "OMAR, Mohammad Yusuf", "Гулмурод Халимов", "163 Plant", "株式会社ヤマト", "محمد يوسف", "AEVEX航天公司"];
    let entity = |(i, n): (usize, &&str)| Entity { id: i.to_string(), names: vec![(*n).to_owned()], ..Entity::default() };
    Screen::build(names.iter().enumerate().map(entity).collect())
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let once = normalise(&text);
    assert_eq!(normalise(&once), once);
    assert_eq!(fold(&text), fold(&text));
    let query = Query::named(text.as_ref());
    let hits = SCREEN.search(&query, 0.0, 25);
    assert_eq!(hits, SCREEN.search(&query, 0.0, 25));
    for hit in &hits {
        assert!((0.0..=1.0).contains(&hit.score));
        let _ = SCREEN.explain(&query, hit);
    }
});
