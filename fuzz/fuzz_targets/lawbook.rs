//! Any bytes in any file of the book are loaded or told with their line, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yumen_lawbook::{Book, SourceFile};

const PLACES: &[&str] = &["units.toml", "lexicon/a.toml", "lists/x/2020-01-01.a.toml", "properties/a.toml", "timers.toml", "measures/a.toml"];

fuzz_target!(|input: (u8, String)| {
    let path = PLACES[usize::from(input.0) % PLACES.len()];
    let _ = Book::inspect(&[SourceFile { path: path.to_owned(), text: input.1 }]);
});
