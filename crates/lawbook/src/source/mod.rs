//! Where the book's files come from: embedded in the program, or a directory.

mod embedded;
mod parse;

use std::path::Path;

use sha2::{Digest, Sha256};

pub(crate) use parse::{Files, From, parse};

/// One file of law data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path within the book, with `/`: `lists/technology/2020.toml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Limits on what is read, so that a wrong directory cannot fill memory.
const LARGEST_FILE: u64 = 8 * 1024 * 1024;
const MOST_FILES: usize = 4_000;

/// A directory that cannot be read as a law book.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Not there, not readable.
    #[error("{path}: {error}")]
    Io {
        /// The file or directory.
        path: String,
        /// What the system said.
        error: std::io::Error,
    },
    /// A file beyond the limit.
    #[error("{path} is larger than {limit} bytes, which no file of law data is")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit.
        limit: u64,
    },
    /// Too many files.
    #[error("{path} holds more than {limit} files: this is not a law book")]
    TooMany {
        /// The directory.
        path: String,
        /// The limit.
        limit: usize,
    },
    /// Not a single TOML file.
    #[error("{path} holds no .toml file: expected the directories instruments/, lists/, measures/ and others")]
    Empty {
        /// The directory.
        path: String,
    },
}

/// The files compiled into the program.
pub fn embedded() -> Vec<SourceFile> {
    embedded::FILES
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() })
        .collect()
}

/// A book with files of one's own over it: a file with the path of another replaces it, the rest is added.
pub fn overlaid(base: Vec<SourceFile>, over: Vec<SourceFile>) -> Vec<SourceFile> {
    let files: std::collections::BTreeMap<String, String> =
        base.into_iter().chain(over).map(|file| (file.path, file.text)).collect();
    files.into_iter().map(|(path, text)| SourceFile { path, text }).collect()
}

/// The `.toml` files below a directory, in order of path.
///
/// # Errors
/// Where the directory or a file cannot be read, is too large, or holds no law data.
pub fn directory(root: &Path) -> Result<Vec<SourceFile>, SourceError> {
    let mut files = Vec::new();
    let mut waiting = vec![root.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        let io = |path: &Path, error| SourceError::Io { path: path.display().to_string(), error };
        for item in std::fs::read_dir(&folder).map_err(|e| io(&folder, e))? {
            let item = item.map_err(|e| io(&folder, e))?;
            let path = item.path();
            let about = std::fs::metadata(&path).map_err(|e| io(&path, e))?;
            if about.is_dir() {
                // Links to a directory above would never end.
                if !item.file_type().is_ok_and(|t| t.is_symlink()) {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|e| e == "toml") {
                if about.len() > LARGEST_FILE {
                    return Err(SourceError::TooLarge { path: path.display().to_string(), limit: LARGEST_FILE });
                }
                if files.len() >= MOST_FILES {
                    return Err(SourceError::TooMany { path: root.display().to_string(), limit: MOST_FILES });
                }
                let text = std::fs::read_to_string(&path).map_err(|e| io(&path, e))?;
                let within = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: within, text });
            }
        }
    }
    if files.is_empty() {
        return Err(SourceError::Empty { path: root.display().to_string() });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The version of a book: a hash over the paths and texts of its files, in order of path.
pub(crate) fn version(files: &[SourceFile]) -> String {
    let mut sorted: Vec<&SourceFile> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = Sha256::new();
    for file in sorted {
        for part in [&file.path, &file.text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
