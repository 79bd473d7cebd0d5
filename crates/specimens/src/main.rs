//! Measures the importers: `cargo run --release -p yumen-specimens -- catalogues | styles | roundtrips | mutations | notices DIR | make …`.

mod measure;

use std::path::Path;

use measure::{catalogues, mutations, notices};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, or: usize| args.get(i).and_then(|a| a.parse().ok()).unwrap_or(or);
    match args.first().map(String::as_str) {
        Some("catalogues") => catalogues::official(number(1, 100)),
        Some("styles") => catalogues::styled(number(1, 100)),
        Some("roundtrips") => catalogues::roundtrips(),
        Some("mutations") => mutations::run(number(1, 10_000), number(2, 1), args.get(3).map(String::as_str)),
        Some("notices") => notices::run(Path::new(args.get(1).map_or(".", String::as_str))),
        Some("make") => catalogues::make(&args[1..]),
        _ => eprintln!(
            "catalogues [COUNT] | styles [COUNT] | roundtrips | mutations [COUNT] [SEED] [KIND] | notices DIR | make EDITION FORM LAYOUT FILE"
        ),
    }
}
