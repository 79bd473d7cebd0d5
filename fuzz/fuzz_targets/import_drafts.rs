//! Any text becomes a draft that survives its own file, or is refused; never a panic.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use yumen_assess::Engine;
use yumen_importers::{Draft, Hints, import};
use yumen_lawbook::{Book, Day};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the book of this program"))));

fuzz_target!(|text: &str| {
    if let Ok(draft) = import("fuzz", text.as_bytes(), &ENGINE, Day::MIN, &Hints::default()) {
        assert_eq!(Draft::from_toml(&draft.to_toml()).as_ref(), Ok(&draft));
        let _ = draft.assemble(&yumen_lawbook::embedded_files(), |_| true);
    }
});
