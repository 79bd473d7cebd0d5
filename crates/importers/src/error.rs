//! Why a file cannot be imported, in sentences for people.

use yumen_lawbook::Bilingual;

use crate::documents::Form;

/// A file that cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Not one of the forms.
    #[error("the file is neither PDF, DOCX, HTML, XLSX nor text")]
    UnknownForm,
    /// Nothing in it.
    #[error("the file holds no text")]
    Empty,
    /// A PDF of pictures.
    #[error("the PDF has {pages} page(s) and no text layer: it is a scan and needs OCR")]
    Scanned {
        /// How many pages it has.
        pages: u32,
    },
    /// Locked.
    #[error("the PDF is encrypted: save it without a password first")]
    Encrypted,
    /// Beyond a limit, whatever it claims to be.
    #[error("the file goes beyond the limit of {limit} {what}")]
    Beyond {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: u64,
    },
    /// The form is damaged.
    #[error("the {form} file cannot be read: {why}")]
    Broken {
        /// What it claims to be.
        form: Form,
        /// What is wrong.
        why: String,
    },
    /// The end of the file is missing.
    #[error("the {form} file is damaged: its end is missing, so it is not whole; fetch it again")]
    CutOff {
        /// What it claims to be.
        form: Form,
    },
    /// Readable, but not a document this program knows.
    #[error(
        "the text was read ({lines} lines), but it is no kind of document that can be imported; known kinds: {known}"
    )]
    UnknownKind {
        /// How many lines were read.
        lines: usize,
        /// The kinds there are.
        known: String,
    },
}

impl ImportError {
    /// The stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownForm => "import_form",
            Self::Empty => "import_empty",
            Self::Scanned { .. } => "import_scanned",
            Self::Encrypted => "import_encrypted",
            Self::Beyond { .. } => "import_limit",
            Self::Broken { .. } | Self::CutOff { .. } => "import_broken",
            Self::UnknownKind { .. } => "import_kind",
        }
    }

    /// The sentence in both languages.
    pub fn message(&self) -> Bilingual {
        let en = self.to_string();
        let zh = match self {
            Self::UnknownForm => "文件不是PDF、DOCX、HTML、XLSX或者纯文本。".to_owned(),
            Self::Empty => "文件中没有文字。".to_owned(),
            Self::Scanned { pages } => format!("该PDF共{pages}页，没有文字层，是扫描件，需要文字识别（OCR）。"),
            Self::Encrypted => "该PDF已加密：请先另存为无密码的文件。".to_owned(),
            Self::Beyond { what, limit } => format!("文件超出限度：{limit} {}。", counted(what)),
            Self::Broken { form, why } => format!("无法读取该{form}文件：{why}。"),
            Self::CutOff { form } => format!("该{form}文件已损坏：缺少结尾，内容不完整，请重新获取。"),
            Self::UnknownKind { lines, known } => {
                format!("已读出文字（{lines}行），但不属于可以导入的文种。可以导入：{known}。")
            }
        };
        Bilingual::new(zh, en)
    }
}

/// What a limit counts, in Chinese.
fn counted(what: &str) -> &str {
    match what {
        "bytes" => "字节",
        "bytes unpacked" => "字节（解压后）",
        "parts" => "个部分",
        "objects" => "个对象",
        "pages" => "页",
        "lines" => "行",
        "characters in a line" => "个字符（一行）",
        "elements inside each other" => "层嵌套",
        "operations" => "个绘图操作",
        other => other,
    }
}
