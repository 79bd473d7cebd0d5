//! Any name and value of a parameter is read or refused, never a panic.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use yumen_assess::{Engine, Question};
use yumen_lawbook::{Book, Day};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the embedded book"))));

fuzz_target!(|pairs: Vec<(String, String)>| {
    let mut question = Question::about("人造石墨", Day::new(2025, 12, 1).expect("a day"));
    question.parameters = pairs;
    let _ = ENGINE.assess(&question);
});
