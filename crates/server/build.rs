//! Lists the pieces of guidance, so that the program carries them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("../../guidance");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for lang in ["zh", "en"] {
        let Ok(entries) = fs::read_dir(root.join(lang)) else { continue };
        files.extend(
            entries.filter_map(|e| e.ok().map(|e| e.path())).filter(|p| p.extension().is_some_and(|x| x == "md")),
        );
    }
    files.sort();
    let mut out = String::from("/// Every piece: path and text.\nstatic PIECES: &[(&str, &str)] = &[\n");
    for file in files {
        let full = fs::canonicalize(&file).expect("a file that was just listed");
        println!("cargo::rerun-if-changed={}", full.display());
        let name = file.strip_prefix(&root).expect("below the root").display().to_string();
        writeln!(out, "    ({name:?}, include_str!({:?})),", full.display().to_string()).expect("a string");
    }
    out.push_str("];\n");
    templates();
    let target = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("guidance.rs");
    fs::write(target, out).expect("a writable directory");
}

/// A digest of the templates, so that readers ask anew for pages that look otherwise.
fn templates() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("templates");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&root).expect("templates").filter_map(|e| e.ok().map(|e| e.path())).collect();
    files.sort();
    // FNV-1a: enough to tell two builds apart, and no crate for it.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        for byte in fs::read(&file).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let target = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("templates.hash");
    fs::write(target, format!("{hash:016x}")).expect("a writable directory");
}
