//! Any text is answered or refused, never a panic, and the answer can be written as JSON twice alike.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use yumen_assess::{Engine, Question};
use yumen_lawbook::{Book, Day};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the embedded book"))));

fuzz_target!(|text: &str| {
    let question = Question::about(text, Day::new(2025, 12, 1).expect("a day"));
    let first = ENGINE.assess(&question);
    assert_eq!(first, ENGINE.assess(&question));
});
