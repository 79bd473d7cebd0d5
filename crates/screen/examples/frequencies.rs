//! Prints how many names of a list hold each word: the background from which evidence is weighed.
//!
//! `cargo run --release -p yumen-screen --example frequencies < list.jsonl > crates/screen/data/frequency.tsv`

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;

use yumen_screen::fold::{Form, fold};

fn main() {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&line) else { continue };
        for name in value["names"].as_array().into_iter().flatten().filter_map(|n| n.as_str()) {
            let mut words = BTreeSet::new();
            for form in fold(name).forms {
                if let Form::Words(found) = form {
                    words.extend(found.into_iter().filter(|w| !w.consonantal).map(|w| w.text));
                }
            }
            for word in words.into_iter().filter(|w| w.len() > 1 && !w.bytes().any(|b| b.is_ascii_digit())) {
                *counts.entry(word).or_default() += 1;
            }
        }
    }
    println!("# In how many of 84,000 names of public sanctions lists a word occurs; words below 8 are left out.");
    for (word, count) in counts.into_iter().filter(|(_, n)| *n >= 8) {
        println!("{word}\t{count}");
    }
}
