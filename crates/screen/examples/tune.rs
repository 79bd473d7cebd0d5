//! Coordinate search over the tuning on an evaluation file (the dev half, never the held-out one), with the bars as constraints.
//!
//! `cargo run --release -p yumen-screen --example tune -- LIST LIST-FOR-C QUERIES`

use yumen_screen::measure::{Asked, Listed, MOST, Tally};
use yumen_screen::{ALERT, Entity, Screen, TUNING, Tuning};

fn read<T: serde::de::DeserializeOwned>(path: &str) -> Vec<T> {
    let text = std::fs::read_to_string(path).expect("a file");
    text.lines().map(|l| serde_json::from_str(l).expect("a line")).collect()
}

fn list(path: &str) -> Screen {
    Screen::build(read::<Listed>(path).into_iter().map(Entity::from).collect())
}

fn tally(screen: &Screen, asked: &[&Asked], tuning: &Tuning) -> Tally {
    let half = asked.len().div_ceil(2).max(1);
    let run = |part: &[&Asked]| {
        part.iter()
            .map(|a| {
                let hits = screen.search_tuned(&a.question(), ALERT, MOST, tuning);
                hits.iter().map(|h| screen.entities()[h.entity as usize].id.clone()).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let found: Vec<Vec<String>> = std::thread::scope(|s| {
        let parts: Vec<_> = asked.chunks(half).map(|part| s.spawn(move || run(part))).collect();
        parts.into_iter().flat_map(|p| p.join().expect("a thread")).collect()
    });
    let mut tally = Tally::new();
    for (asked, hits) in asked.iter().zip(&found) {
        tally.count(asked, &hits.iter().map(String::as_str).collect::<Vec<_>>());
    }
    tally
}

type Slot = (&'static str, fn(&mut Tuning) -> &mut f32);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (full, cut) = (list(&args[0]), list(&args[1]));
    let asked: Vec<Asked> = read(&args[2]);
    let full_set: Vec<&Asked> = asked.iter().filter(|a| a.set == "D" || a.set == "N").collect();
    let cut_set: Vec<&Asked> = asked.iter().filter(|a| a.set == "C").collect();
    let measure = |tuning: &Tuning| -> (f64, String) {
        let (a, b) = (tally(&full, &full_set, tuning), tally(&cut, &cut_set, tuning));
        let share = |t: &Tally, g: &str| {
            let h = t.groups[g];
            f64::from(h.hit) / f64::from(h.n.max(1))
        };
        let strangers = f64::from(a.sets["N"].alerts) / f64::from(a.sets["N"].n.max(1));
        let (found, near) = (share(&a, "latin_pos"), share(&b, "near"));
        let far = (share(&b, "xscript_cyr") + share(&b, "xscript_arab") + share(&b, "xscript_han")) / 3.0;
        let over = |value: f64, bar: f64| (value - bar).max(0.0);
        let goal = near + 1.5 * found + 0.4 * far + share(&a, "han_pos")
            - 15.0 * over(share(&a, "latin_neg"), 0.052)
            - 60.0 * over(strangers, 0.005)
            - 15.0 * over(share(&a, "han_neg"), 0.03)
            - 10.0 * over(0.98, found);
        let text = format!(
            "near {near:.3} latin {found:.4}/{:.4} han {:.3}/{:.3} far {far:.3} strangers {strangers:.4}",
            share(&a, "latin_neg"),
            share(&a, "han_pos"),
            share(&a, "han_neg")
        );
        (goal, text)
    };
    let slots: [Slot; 15] = [
        ("conflict", |t| &mut t.conflict),
        ("extra_strong", |t| &mut t.extra_strong),
        ("extra_weak", |t| &mut t.extra_weak),
        ("strong", |t| &mut t.strong),
        ("slip", |t| &mut t.slip),
        ("lone", |t| &mut t.lone),
        ("asked_extra", |t| &mut t.asked_extra),
        ("place", |t| &mut t.place),
        ("number_alone", |t| &mut t.number_alone),
        ("number", |t| &mut t.number),
        ("least", |t| &mut t.least),
        ("firm", |t| &mut t.firm),
        ("syllables", |t| &mut t.syllables),
        ("other_half", |t| &mut t.other_half),
        ("aside", |t| &mut t.aside),
    ];
    let mut best = TUNING;
    let (mut goal, text) = measure(&best);
    println!("{goal:.4} {text}");
    for step in [1.2_f32, 1.1] {
        for (name, slot) in slots {
            for factor in [step, 1.0 / step] {
                loop {
                    let mut trial = best;
                    *slot(&mut trial) *= factor;
                    let value = *slot(&mut trial);
                    let (found, text) = measure(&trial);
                    if found <= goal + 1e-6 {
                        break;
                    }
                    (goal, best) = (found, trial);
                    println!("{goal:.4} {name} {value:.3} {text}");
                }
            }
        }
    }
    println!("{best:?}");
}
