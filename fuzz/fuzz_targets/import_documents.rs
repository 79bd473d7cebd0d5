//! Any bytes are read as a document within small limits, or refused; never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yumen_importers::documents::{self, Limits};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { file: 1 << 20, unpacked: 4 << 20, parts: 2_000, pages: 50, lines: 5_000, ..Limits::default() };
    let _ = documents::read(bytes, &limits);
});
