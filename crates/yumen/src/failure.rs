//! Failures as people's sentences, with the exit code they lead to.

use std::path::Path;

use yumen_assess::QuestionError;
use yumen_lawbook::{Bilingual, BookError};

/// Why a command ended without an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .message.en)]
pub struct Failure {
    /// Exit code: 2 for usage, 3 for bad data.
    pub exit: u8,
    /// Stable name for programs.
    pub code: &'static str,
    /// The sentence.
    pub message: Bilingual,
}

/// Exit code for a question or option that cannot be used as given.
pub const USAGE: u8 = 2;
/// Exit code for a law book or file that cannot be used.
pub const BAD_DATA: u8 = 3;

impl Failure {
    /// A usage failure.
    pub fn usage(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: USAGE, code, message: Bilingual::new(zh, en) }
    }

    /// A failure of data.
    pub fn data(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { exit: BAD_DATA, code, message: Bilingual::new(zh, en) }
    }

    /// A file that cannot be read.
    pub fn file(path: &Path, error: &dyn std::fmt::Display) -> Self {
        let path = path.display();
        Self::data("file", format!("无法读取 {path}：{error}。"), format!("{path} cannot be read: {error}."))
    }

    /// A file that cannot be written.
    pub fn written(path: &Path, error: &dyn std::fmt::Display) -> Self {
        let path = path.display();
        Self::data("write", format!("无法写入 {path}：{error}。"), format!("{path} cannot be written: {error}."))
    }

    /// A line of a file that cannot be read.
    pub fn line(path: &Path, line: usize, error: &dyn std::fmt::Display) -> Self {
        let path = path.display();
        Self::data(
            "line",
            format!("{path} 第 {line} 行无法识别：{error}。"),
            format!("{path}, line {line}, cannot be read: {error}."),
        )
    }
}

impl From<QuestionError> for Failure {
    fn from(error: QuestionError) -> Self {
        Self { exit: USAGE, code: error.code(), message: error.message() }
    }
}

impl From<yumen_importers::ImportError> for Failure {
    fn from(error: yumen_importers::ImportError) -> Self {
        let mut message = error.message();
        if matches!(error, yumen_importers::ImportError::UnknownKind { .. }) {
            for list in yumen_foreign::import::IMPORTERS {
                let reads = (list.reads)();
                message.zh.push_str(&format!(" {}也可以导入。", reads.zh));
                message.en.push_str(&format!("; {}", reads.en));
            }
        }
        Self { exit: BAD_DATA, code: error.code(), message }
    }
}

impl From<yumen_assess::PreparedError> for Failure {
    fn from(error: yumen_assess::PreparedError) -> Self {
        Self::data(
            "prepared",
            format!("程序所带法律数据无法读取：{error}"),
            format!("The law in this program cannot be read: {error}"),
        )
    }
}

impl From<BookError> for Failure {
    fn from(error: BookError) -> Self {
        let text = error.to_string();
        Self::data("lawbook", format!("法律数据无法使用：{text}"), format!("The law book cannot be used: {text}"))
    }
}
