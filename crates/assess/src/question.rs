//! The question: what somebody wants to send, to whom, where, for what, on which day; checked before anything is read.

use serde::{Deserialize, Serialize};
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{AsOf, Bilingual, Day};

/// Longest description accepted, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;
/// Longest other field, in bytes.
const LONGEST_FIELD: usize = 4 * 1024;
/// Most parameters and parties.
const MOST: usize = 64;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What it is, in words.
    pub text: String,
    /// Its code, where somebody believes to know it.
    pub code: Option<Code>,
    /// Its customs number.
    pub hs: Option<String>,
    /// Parameters by name: `density` = `1.8 g/cm3`.
    pub parameters: Vec<(String, String)>,
    /// What leaves the country.
    pub moves: Option<Moves>,
    /// Destination by ISO code.
    pub destination: Option<String>,
    /// Everybody who has to do with it.
    pub parties: Vec<String>,
    /// What it is for.
    pub end_use: String,
    /// Listed parties that screening found for them, besides those of equal name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<ListedParty>,
    /// The day of the law, and of the knowledge.
    pub as_of: AsOf,
}

/// A listed party that a party of the transaction resembles, as screening tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedParty {
    /// The name asked for.
    pub asked: String,
    /// The listing.
    pub listing: String,
    /// The number in its notice.
    pub no: u16,
    /// True where it is taken for the same: the names leave no doubt, or somebody decided so.
    pub same: bool,
    /// How alike the names are, in thousandths.
    pub score: u16,
}

impl Question {
    /// A question in words about the law of a day.
    pub fn about(text: impl Into<String>, day: Day) -> Self {
        Self {
            text: text.into(),
            code: None,
            hs: None,
            parameters: Vec::new(),
            moves: None,
            destination: None,
            parties: Vec::new(),
            end_use: String::new(),
            listed: Vec::new(),
            as_of: AsOf::on(day),
        }
    }
}

/// A question that cannot be answered as it is put.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message().en)]
pub enum QuestionError {
    /// Neither words nor a code nor a customs number.
    Empty,
    /// A field beyond its limit.
    TooLong {
        /// Which field.
        field: &'static str,
        /// Its length in bytes.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Too many parameters or parties.
    TooMany {
        /// Which field.
        field: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A day before the first list.
    BeforeFirstList {
        /// The day asked for.
        day: Day,
        /// The first day any list is recorded for.
        first: Day,
    },
    /// A day before the book knew anything.
    BeforeKnowledge {
        /// The day asked for.
        day: Day,
        /// The first day of recording.
        first: Day,
    },
    /// A code no list ever held.
    UnknownCode {
        /// The code.
        code: String,
        /// Codes that look like it.
        nearest: Vec<String>,
    },
    /// A parameter with a name the book does not know.
    UnknownParameter {
        /// The name.
        name: String,
        /// Names that look like it.
        nearest: Vec<String>,
    },
    /// A parameter whose value cannot be read.
    BadValue {
        /// The name.
        name: String,
        /// The value as written.
        value: String,
        /// What would be right.
        expected: String,
    },
    /// A parameter in a unit that measures something else.
    WrongUnit {
        /// The name.
        name: String,
        /// The value as written.
        value: String,
        /// What the property is measured in.
        dimension: String,
    },
    /// Two values for one parameter that cannot both be true.
    Contradiction {
        /// The name.
        name: String,
        /// The first value.
        first: String,
        /// The second value.
        second: String,
    },
    /// A destination no country has.
    UnknownCountry {
        /// As written.
        name: String,
    },
    /// A customs number that is none.
    BadHs {
        /// As written.
        hs: String,
    },
}

impl QuestionError {
    /// Stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::TooMany { .. } => "too_many",
            Self::BeforeFirstList { .. } => "before_first_list",
            Self::BeforeKnowledge { .. } => "before_knowledge",
            Self::UnknownCode { .. } => "unknown_code",
            Self::UnknownParameter { .. } => "unknown_parameter",
            Self::BadValue { .. } => "bad_value",
            Self::WrongUnit { .. } => "wrong_unit",
            Self::Contradiction { .. } => "contradiction",
            Self::UnknownCountry { .. } => "unknown_country",
            Self::BadHs { .. } => "bad_hs",
        }
    }

    /// The sentence for people.
    pub fn message(&self) -> Bilingual {
        let list = |names: &[String]| names.join(", ");
        match self {
            Self::Empty => Bilingual::new(
                "没有问题内容：请描述物项或者技术，或者给出编码（--code）、商品编号（--hs）。",
                "There is nothing to assess: describe the item or technology, or give a code (--code) or customs number (--hs).",
            ),
            Self::TooLong { field, bytes, limit } => Bilingual::new(
                format!("{field} 有 {bytes} 字节，上限为 {limit} 字节。请删减后再问。"),
                format!("{field} has {bytes} bytes; the limit is {limit}. Shorten it and ask again."),
            ),
            Self::TooMany { field, limit } => {
                Bilingual::new(format!("{field} 超过 {limit} 个。"), format!("There are more than {limit} {field}."))
            }
            Self::BeforeFirstList { day, first } => Bilingual::new(
                format!("{day} 早于本书记载的第一份清单（{first}）：那一天没有可供对照的清单。"),
                format!(
                    "{day} is before the first list this book knows of ({first}): there is nothing to compare with."
                ),
            ),
            Self::BeforeKnowledge { day, first } => Bilingual::new(
                format!("本书从 {first} 起记录：在 {day} 它还什么都不知道。"),
                format!("This book records from {first} on: on {day} it knew nothing yet."),
            ),
            Self::UnknownCode { code, nearest } if nearest.is_empty() => Bilingual::new(
                format!("任何版本的清单都没有编码 {code}。"),
                format!("No edition of any list holds the code {code}."),
            ),
            Self::UnknownCode { code, nearest } => Bilingual::new(
                format!("任何版本的清单都没有编码 {code}。相近的编码：{}。", list(nearest)),
                format!("No edition of any list holds the code {code}. Nearest: {}.", list(nearest)),
            ),
            Self::UnknownParameter { name, nearest } => {
                let (zh, en) = if nearest.is_empty() {
                    (String::new(), String::new())
                } else {
                    (format!("相近的名称：{}。", list(nearest)), format!(" Nearest: {}.", list(nearest)))
                };
                Bilingual::new(
                    format!("没有名为 {name} 的参数。{zh}"),
                    format!("There is no parameter called {name}.{en}"),
                )
            }
            Self::BadValue { name, value, expected } => Bilingual::new(
                format!("参数 {name} 的值“{value}”无法识别，应为：{expected}。"),
                format!("The value {value:?} of {name} cannot be read; expected {expected}."),
            ),
            Self::WrongUnit { name, value, dimension } => Bilingual::new(
                format!("参数 {name} 的值“{value}”单位不符：它量的是 {dimension}，无法换算。"),
                format!("The value {value:?} of {name} has a unit that cannot be converted: {name} is a {dimension}."),
            ),
            Self::Contradiction { name, first, second } => Bilingual::new(
                format!("参数 {name} 前后矛盾：{first} 与 {second}。请只保留一个。"),
                format!("The values of {name} contradict each other: {first} and {second}. Keep one."),
            ),
            Self::UnknownCountry { name } => Bilingual::new(
                format!("没有国家或者地区 {name}：请用两位代码，例如 US、JP。"),
                format!("There is no country {name}: use the two-letter code, for example US or JP."),
            ),
            Self::BadHs { hs } => Bilingual::new(
                format!("“{hs}”不是海关商品编号：应为4至10位数字。"),
                format!("{hs:?} is no customs number: expected 4 to 10 digits."),
            ),
        }
    }
}

impl Question {
    /// Checks sizes before anything is read.
    ///
    /// # Errors
    /// Where nothing is asked or a field is beyond its limit.
    pub fn check(&self) -> Result<(), QuestionError> {
        let long = |field, text: &str, limit| {
            if text.len() > limit { Err(QuestionError::TooLong { field, bytes: text.len(), limit }) } else { Ok(()) }
        };
        long("text", &self.text, LONGEST_TEXT)?;
        long("end-use", &self.end_use, LONGEST_FIELD)?;
        for party in &self.parties {
            long("party", party, LONGEST_FIELD)?;
        }
        for (name, value) in &self.parameters {
            long("param", name, LONGEST_FIELD)?;
            long("param", value, LONGEST_FIELD)?;
        }
        if self.parameters.len() > MOST {
            return Err(QuestionError::TooMany { field: "parameters", limit: MOST });
        }
        if self.parties.len() > MOST {
            return Err(QuestionError::TooMany { field: "parties", limit: MOST });
        }
        if let Some(hs) = &self.hs
            && (!(4..=10).contains(&hs.len()) || !hs.bytes().all(|b| b.is_ascii_digit()))
        {
            return Err(QuestionError::BadHs { hs: hs.chars().take(40).collect() });
        }
        let wordless = crate::text::fold::fold(&self.text).is_empty();
        if wordless && self.code.is_none() && self.hs.is_none() {
            return Err(QuestionError::Empty);
        }
        Ok(())
    }
}
