//! Gathers the files of `lawbook/` so that the program carries its law.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn gather(folder: &Path, found: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut items: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the law book is part of the source")
        .map(|i| i.expect("a readable entry").path())
        .collect();
    items.sort();
    for path in items {
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|e| e == "toml") {
            found.push(path);
        }
    }
}

fn main() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lawbook").canonicalize().expect("lawbook/ beside crates/");
    let mut found = Vec::new();
    gather(&root, &mut found);
    let mut out = String::from("pub(super) static FILES: &[(&str, &str)] = &[\n");
    for path in &found {
        let within = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        println!("cargo::rerun-if-changed={}", path.display());
        let _ = writeln!(out, "    ({within:?}, include_str!({:?})),", path.display().to_string());
    }
    out.push_str("];\n");
    let target = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("embedded.rs");
    fs::write(target, out).expect("the build directory is writable");
}
