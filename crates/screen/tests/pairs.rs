//! Pairs of names that nobody tuned on (`data/pairs.tsv`): how often the engine says at its threshold what a careful reader says.
//!
//! `cargo test --release -p yumen-screen --test pairs -- --nocapture` prints every pair that goes wrong.

use std::collections::BTreeMap;

use yumen_screen::{ALERT, Entity, Query, Screen};

/// Least F1 of saying that two names are one party's.
const LEAST: f64 = 0.9;

#[test]
fn the_engine_reads_pairs_as_people_do() {
    let (mut right, mut false_alerts, mut missed) = (0_u32, 0_u32, 0_u32);
    let mut kinds: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    for line in include_str!("data/pairs.tsv").lines().filter(|l| !l.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [kind, verdict, asked, listed] = fields[..] else { panic!("four fields: {line}") };
        let same = verdict == "same";
        let entity = Entity { id: "1".to_owned(), names: vec![listed.to_owned()], ..Entity::default() };
        let hits = Screen::build(vec![entity]).search(&Query::named(asked), 0.0, 1);
        let score = hits.first().map_or(0.0, |h| h.score);
        let alerts = score >= ALERT;
        let tally = kinds.entry(kind).or_default();
        tally[usize::from(!same) * 2] += 1;
        tally[usize::from(!same) * 2 + 1] += u32::from(alerts);
        match (same, alerts) {
            (true, true) => right += 1,
            (true, false) => missed += 1,
            (false, true) => false_alerts += 1,
            (false, false) => {}
        }
        if same != alerts {
            println!("{score:.3} {verdict:5} {kind}: {asked} | {listed}");
        }
    }
    for (kind, [same, found, other, alerts]) in kinds {
        println!("{kind:28} found {found}/{same}, false {alerts}/{other}");
    }
    let f1 = f64::from(2 * right) / f64::from(2 * right + false_alerts + missed);
    println!("right {right}, missed {missed}, false {false_alerts}: F1 {f1:.3}");
    assert!(f1 >= LEAST, "F1 {f1:.3}");
}
