//! From a reviewed draft to files of the book.

use std::collections::BTreeMap;

use yumen_lawbook::{Book, Issue, Severity, SourceFile};

use super::{Draft, Line};

/// What adopting a draft does.
#[derive(Debug, Clone)]
pub struct Adopted {
    /// Files to be written over the book: path and text.
    pub files: Vec<SourceFile>,
    /// The book with them.
    pub book: Book,
    /// Warnings of the check that the book did not have before.
    pub warnings: Vec<Issue>,
    /// How many lines entered.
    pub lines: usize,
}

/// A draft that cannot be adopted.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AssembleError {
    /// No line was accepted.
    #[error("no line of the draft is accepted: run `yumen lawbook review` first")]
    Nothing,
    /// The book with the draft does not pass its check.
    #[error("the book with this draft does not pass the check: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Faulty(Vec<Issue>),
}

impl Draft {
    /// The files the accepted lines make, over the given files of the book.
    ///
    /// # Errors
    /// Where no line is accepted, or the whole book with them is faulty.
    pub fn assemble(&self, base: &[SourceFile], enters: impl Fn(&Line) -> bool) -> Result<Adopted, AssembleError> {
        let lines: Vec<&Line> = self.line.iter().filter(|l| !l.law.is_empty() && enters(l)).collect();
        if lines.is_empty() {
            return Err(AssembleError::Nothing);
        }
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for head in &self.head {
            let used = head.path.starts_with("sources/") || lines.iter().any(|l| l.file == head.path);
            if used {
                texts.insert(
                    head.path.clone(),
                    format!("# {} sha256:{}\n{}\n", self.about.file, self.about.sha256, head.head),
                );
            }
        }
        for line in &lines {
            let text = texts.entry(line.file.clone()).or_default();
            text.push_str(line.law.trim_end());
            text.push_str("\n\n");
        }
        for rewrite in self.rewrite.iter().filter(|r| lines.iter().any(|l| l.id == r.line)) {
            for file in base.iter().filter(|f| f.path.starts_with(&rewrite.within)) {
                let held = texts.get(&file.path).unwrap_or(&file.text);
                if !held.contains(&rewrite.find) {
                    continue;
                }
                let changed: String = held
                    .lines()
                    .map(|l| {
                        let here = rewrite.only.is_empty() || l.trim_start().starts_with(&rewrite.only);
                        if here { l.replace(&rewrite.find, &rewrite.put) + "\n" } else { format!("{l}\n") }
                    })
                    .collect();
                if changed != *held {
                    texts.insert(file.path.clone(), changed);
                }
            }
        }
        let files: Vec<SourceFile> = texts.into_iter().map(|(path, text)| SourceFile { path, text }).collect();
        let (_, before) = Book::inspect(base);
        let (book, issues) = Book::inspect(&yumen_lawbook::overlaid(base.to_vec(), files.clone()));
        let errors: Vec<Issue> = issues.iter().filter(|i| i.severity == Severity::Error).cloned().collect();
        if !errors.is_empty() {
            return Err(AssembleError::Faulty(errors));
        }
        let warnings = issues.into_iter().filter(|i| !before.iter().any(|b| b.message == i.message)).collect();
        Ok(Adopted { files, book, warnings, lines: lines.len() })
    }
}
