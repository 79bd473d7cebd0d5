//! Runs an evaluation file and prints what went wrong, with the best candidate and why: the tool of calibration.
//!
//! `cargo run --release -p yumen-screen --example misses -- LIST QUERIES [KIND-PREFIX] [LIMIT]`

use std::time::Instant;

use yumen_screen::measure::{Asked, Listed, MOST, Tally};
use yumen_screen::{ALERT, Entity, Screen};

#[expect(clippy::disallowed_methods, reason = "this is a measurement")]
fn now() -> Instant {
    Instant::now()
}

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Vec<T> {
    let text = std::fs::read_to_string(path).expect("a file");
    text.lines().map(|l| serde_json::from_str(l).expect("a line")).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let list: Vec<Entity> = read::<Listed>(&args[0]).into_iter().map(Entity::from).collect();
    let asked: Vec<Asked> = read(&args[1]);
    let prefix = args.get(2).map_or("", String::as_str);
    let limit: usize = args.get(3).and_then(|n| n.parse().ok()).unwrap_or(0);
    let begun = now();
    let screen = Screen::build(list);
    eprintln!("build {:?}", begun.elapsed());
    let mut tally = Tally::new();
    let mut micros = Vec::new();
    let mut shown = 0;
    // Explaining a miss needs what lies below the threshold; measuring time does not.
    let floor = if limit > 0 { 0.3 } else { ALERT };
    for asked in asked.iter().filter(|a| args.get(4).is_none_or(|s| *s == a.set)) {
        let query = asked.question();
        let begun = now();
        let hits = screen.search(&query, floor, MOST);
        micros.push(begun.elapsed().as_micros());
        let ids: Vec<&str> = hits
            .iter()
            .filter(|h| h.score >= ALERT)
            .map(|h| screen.entities()[h.entity as usize].id.as_str())
            .collect();
        let right = tally.count(asked, &ids);
        if !right && shown < limit && asked.kind.starts_with(prefix) {
            shown += 1;
            println!("-- {} {} | {} | gold {:?}", asked.qid, asked.kind, asked.query, asked.gold);
            // The right party is compared alone, since the index or the threshold may have passed it over.
            let gold = screen.entities().iter().filter(|e| asked.gold.contains(&e.id)).cloned();
            let alone = Screen::build(gold.collect());
            let of_gold = alone.search(&query, 0.0, 1);
            let reached = |e: &Entity| hits.iter().any(|h| screen.entities()[h.entity as usize].id == e.id);
            for (of, hit) in hits.iter().take(1).map(|h| (&screen, h)).chain(of_gold.iter().map(|h| (&alone, h))) {
                let why = of.explain(&query, hit);
                let met: Vec<String> = why
                    .met
                    .iter()
                    .map(|m| format!("{}~{} {:.2}x{:.2}", m.asked, m.listed, m.likeness, m.weight))
                    .collect();
                let left = |l: &[yumen_screen::Left]| {
                    l.iter().map(|l| format!("{} {:.2}", l.word, l.weight)).collect::<Vec<_>>().join(", ")
                };
                println!(
                    "   {:.3} {} | {} | -{} | +{}",
                    hit.score,
                    why.listed,
                    met.join("; "),
                    left(&why.asked_alone),
                    left(&why.listed_alone)
                );
            }
            if !asked.gold.is_empty() && !alone.entities().iter().any(reached) {
                println!("   not among hits: {:?}", alone.entities().first().map(|e| &e.names));
            }
        }
    }
    micros.sort_unstable();
    let at = |p: usize| micros[(micros.len() * p / 100).min(micros.len() - 1)];
    println!("us p50 {} p95 {} p99 {} sum {}", at(50), at(95), at(99), micros.iter().sum::<u128>());
    for (kind, hits) in &tally.kinds {
        println!("{kind:28} {:5} {:5} {:.3}", hits.n, hits.hit, f64::from(hits.hit) / f64::from(hits.n));
    }
    for (group, hits) in tally.groups.iter().filter(|(_, h)| h.n > 0) {
        println!("{group:28} {:5} {:5} {:.3}", hits.n, hits.hit, f64::from(hits.hit) / f64::from(hits.n));
    }
    println!("{:?}", tally.sets);
}
