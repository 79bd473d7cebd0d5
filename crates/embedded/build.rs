//! Reads `lawbook/`, works out the tables of the engine, and writes both in the compact form that the program carries.

use std::path::Path;
use std::{env, fs};

use yumen_assess::Prepared;
use yumen_lawbook::Book;

fn main() {
    let out = env::var("OUT_DIR").expect("set by cargo");
    // The files come from yumen-lawbook, which cargo builds anew whenever one of them changes.
    println!("cargo::rerun-if-changed=build.rs");
    let book = Book::embedded().unwrap_or_else(|error| panic!("{error}"));
    let prepared = Prepared::of(&book);
    let write =
        |name: &str, bytes: Vec<u8>| fs::write(Path::new(&out).join(name), bytes).expect("a writable directory");
    write("book.bin", book.to_bytes().expect("a book that can be written"));
    write("prepared.bin", prepared.to_bytes().expect("tables that can be written"));
}
