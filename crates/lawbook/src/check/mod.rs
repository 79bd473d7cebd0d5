//! Load-time checks: what a careful reader of the law data would object to, with file and line.

mod lexicon;
mod lines;
mod references;
mod rules;

use std::fmt;

use serde::Serialize;

pub(crate) use rules::run;

/// How bad an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The book cannot be used.
    Error,
    /// The book can be used; somebody should look.
    Warning,
}

/// One objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// How bad.
    pub severity: Severity,
    /// The rule that found it; `docs/lawbook.md` lists them.
    pub rule: &'static str,
    /// File within the book.
    pub file: String,
    /// Line, from 1; 0 where it concerns the whole file.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Issue {
    pub(crate) fn error(rule: &'static str, file: &str, line: usize, message: String) -> Self {
        Self { severity: Severity::Error, rule, file: file.to_owned(), line, message }
    }

    pub(crate) fn warning(rule: &'static str, file: &str, line: usize, message: String) -> Self {
        Self { severity: Severity::Warning, rule, file: file.to_owned(), line, message }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}: {severity} [{}] {}", self.file, self.line, self.rule, self.message)
    }
}
