//! What went wrong, for people and programs: one type, dressed as a page or as problem+json by the door it leaves through.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use yumen_assess::QuestionError;
use yumen_lawbook::Bilingual;

/// A request that could not be answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .code, .text.en)]
pub struct Problem {
    /// The status of the answer.
    pub status: StatusCode,
    /// Stable name for programs.
    pub code: &'static str,
    /// The sentence for people.
    pub text: Bilingual,
    /// The field of the form or body it is about.
    pub field: Option<String>,
    /// Pages that may be what was meant: words and address without language.
    pub offers: Vec<(Bilingual, String)>,
}

/// RFC 9457, with the sentence in both languages.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemDocument {
    /// Where the code is explained.
    #[serde(rename = "type")]
    #[schema(example = "/en/api#problem-unknown_code")]
    pub kind: String,
    /// What the status means.
    pub title: String,
    /// The HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// Stable name; it never changes its meaning.
    #[schema(example = "unknown_code")]
    pub code: String,
    /// What went wrong and what would be right, in English.
    pub detail: String,
    /// The same in Chinese.
    pub detail_zh: String,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// Every code the doors may give, with what it means; the page of the API lists them.
pub const CODES: &[(&str, &str, &str)] = &[
    ("bad_request", "请求无法识别。", "The request cannot be read."),
    ("unknown_name", "没有这一查询项。", "The query does not take this name."),
    ("repeated", "查询项重复。", "A name stands twice in the query."),
    ("unknown_value", "查询项没有这一值。", "A name of the query does not take this value."),
    ("bad_day", "日期应写作 YYYY-MM-DD。", "A date is written YYYY-MM-DD."),
    ("day_out_of_range", "日期超出本书可以回答的范围。", "The book cannot speak of that day."),
    ("bad_number", "应为数字。", "A number was expected."),
    (
        "bad_cursor",
        "游标已失效，请从第一页重新开始。",
        "The cursor is of another law version; begin again at the first page.",
    ),
    ("backwards", "起始日晚于截止日。", "The first day is after the last."),
    ("empty", "没有问题内容。", "Nothing was asked."),
    ("too_long", "某一项超过长度上限。", "A field is beyond its limit."),
    ("too_many", "某一项数量过多。", "There are too many of something."),
    ("before_first_list", "早于本书记载的第一份清单。", "The day is before the first list."),
    ("before_knowledge", "早于本书的第一次记录。", "The day is before the book's first record."),
    ("unknown_code", "没有这一编码。", "No list holds this code."),
    ("unknown_parameter", "没有这一参数。", "There is no such parameter."),
    ("bad_value", "参数的值无法识别。", "The value of a parameter cannot be read."),
    ("wrong_unit", "单位不符。", "The unit measures something else."),
    ("contradiction", "参数前后矛盾。", "Two values contradict each other."),
    ("unknown_country", "没有这一国家或者地区。", "There is no such country."),
    ("bad_hs", "不是海关商品编号。", "This is no customs number."),
    (
        "bad_moves",
        "出口的内容应为 goods、software、technology 或者 service。",
        "What moves is goods, software, technology or service.",
    ),
    ("unknown_list", "没有这一清单。", "There is no such list."),
    ("unknown_measure", "没有这一措施。", "There is no such measure."),
    ("unknown_instrument", "没有这一文件。", "There is no such instrument."),
    ("unknown_party", "没有这一当事方。", "There is no such party."),
    ("unknown_timer", "没有这一期限。", "There is no such period."),
    ("bad_pause", "中止无法识别。", "A pause cannot be read."),
    ("pause_backwards", "中止的截止日早于起始日。", "A pause ends before it begins."),
    ("pause_not_foreseen", "法律没有为该期限规定这种中止。", "The law names no such pause for the period."),
    ("out_of_range", "期限的终点超出可表示的日期。", "The period ends outside the dates that can be written."),
    ("unknown_procedure", "没有这一程序。", "There is no such procedure."),
    ("unknown_conduct", "没有这一罚则。", "There is no such penalty."),
    ("bad_amount", "不是金额。", "This is no amount."),
    ("unknown_piece", "没有这篇指南。", "There is no such piece of guidance."),
    ("unknown_feed", "没有这一订阅源。", "There is no such feed."),
    ("unknown_record", "没有这一记录。", "There is no such record."),
    (
        "bad_paper",
        "不是签名记录，或者签名后被改动。",
        "This is no signed record, or it was changed after it was signed.",
    ),
    ("not_found", "没有这一页。", "There is no such page."),
    ("method_not_allowed", "此处不接受这种请求方法。", "The method is not accepted here."),
    ("too_large", "请求内容过大。", "The body is too large."),
    ("uri_too_long", "网址过长。", "The address is too long."),
    ("unsupported_media_type", "内容类型不受支持。", "The content type is not supported."),
    ("too_many_requests", "请求过于频繁，请稍后再试。", "Too many requests; try again a little later."),
    ("timeout", "处理超时。", "The answer took too long."),
    ("unavailable", "存储暂时不可用。", "The store cannot be used at the moment."),
    ("internal", "程序内部出错，已记录请求编号。", "Something failed inside; the request id was logged."),
];

impl Problem {
    /// A problem with its own sentences.
    pub fn new(status: StatusCode, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { status, code, text: Bilingual::new(zh, en), field: None, offers: Vec::new() }
    }

    /// A request that cannot be answered as it is put.
    pub fn bad(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, zh, en)
    }

    /// Something that is not there.
    pub fn missing(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, zh, en)
    }

    /// A failure of ours, told without its inside.
    pub fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "request failed");
        Self::usual(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The same about a field.
    #[must_use]
    pub fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// The same with a page that may be what was meant.
    #[must_use]
    pub fn or_rather(mut self, words: Bilingual, path: String) -> Self {
        self.offers.push((words, path));
        self
    }

    /// The same as an unknown code, with codes that look like it.
    #[must_use]
    pub fn with_nearest(mut self, code: &str, nearest: &[String]) -> Self {
        let code = shown(code);
        let (zh, en) = if nearest.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("相近的编码：{}。", nearest.join("、")), format!(" Nearest: {}.", nearest.join(", ")))
        };
        self.offers = nearest
            .iter()
            .map(|near| (Bilingual::new(near.clone(), near.clone()), crate::views::entry_path(near)))
            .collect();
        self.text = Bilingual::new(
            format!("任何版本的清单都没有编码“{code}”。{zh}"),
            format!("No edition of any list holds the code “{code}”.{en}"),
        );
        self
    }

    /// A value that is no day.
    pub fn bad_day(field: &str, value: &str) -> Self {
        let value = shown(value);
        Self::bad(
            "bad_day",
            format!("“{value}”不是日期：请写作 YYYY-MM-DD，例如 2025-07-15。"),
            format!("“{value}” is not a date: write YYYY-MM-DD, for example 2025-07-15."),
        )
        .at(field)
    }

    /// A value that a field does not take.
    pub fn unknown_value(field: &str, value: &str, known: &[&str]) -> Self {
        let value = shown(value);
        Self::bad(
            "unknown_value",
            format!("{field} 没有“{value}”这一值；可用：{}。", known.join("、")),
            format!("{field} is not “{value}”; it is one of: {}.", known.join(", ")),
        )
        .at(field)
    }

    /// The problem that a bare status means.
    pub fn usual(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::URI_TOO_LONG => "uri_too_long",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
            StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => "timeout",
            StatusCode::SERVICE_UNAVAILABLE => "unavailable",
            s if s.is_server_error() => "internal",
            _ => "bad_request",
        };
        let (_, zh, en) = CODES.iter().find(|(c, ..)| *c == code).copied().unwrap_or(("", "", ""));
        Self::new(status, code, zh, en)
    }

    /// The document for programs.
    pub fn document(&self) -> ProblemDocument {
        ProblemDocument {
            kind: format!("/en/api#problem-{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_owned(),
            detail: self.text.en.clone(),
            detail_zh: self.text.zh.clone(),
            field: self.field.clone(),
        }
    }
}

/// What somebody typed, short enough to be shown.
pub fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

impl From<QuestionError> for Problem {
    fn from(error: QuestionError) -> Self {
        let field = match &error {
            QuestionError::Empty | QuestionError::TooLong { field: "text", .. } => Some("text"),
            QuestionError::TooLong { field: "end-use", .. } => Some("end_use"),
            QuestionError::TooLong { field: "party", .. } | QuestionError::TooMany { field: "parties", .. } => {
                Some("party")
            }
            QuestionError::BeforeFirstList { .. } => Some("on"),
            QuestionError::BeforeKnowledge { .. } => Some("recorded"),
            QuestionError::UnknownCode { .. } => Some("code"),
            QuestionError::UnknownCountry { .. } => Some("to"),
            QuestionError::BadHs { .. } => Some("hs"),
            _ => None,
        };
        let parameter = match &error {
            QuestionError::UnknownParameter { name, .. }
            | QuestionError::BadValue { name, .. }
            | QuestionError::WrongUnit { name, .. }
            | QuestionError::Contradiction { name, .. } => Some(name.clone()),
            _ => None,
        };
        let text = match &error {
            // The engine's sentence speaks of the options of the command line.
            QuestionError::Empty => Bilingual::new(
                "没有问题内容：请描述物项或者技术，或者给出编码、商品编号。",
                "There is nothing to assess: describe the item or technology, or give a code or customs number.",
            ),
            other => other.message(),
        };
        let field = field.map(str::to_owned).or(parameter);
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, code: error.code(), text, field, offers: Vec::new() }
    }
}

impl IntoResponse for Problem {
    /// A bare answer that carries the problem; the layer of the door it leaves through dresses it.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_code_is_explained() {
        for status in [400, 404, 405, 408, 413, 414, 415, 422, 429, 500, 503] {
            let problem = Problem::usual(StatusCode::from_u16(status).unwrap());
            assert!(!problem.text.zh.is_empty() && !problem.text.en.is_empty(), "{status}");
        }
        let mut codes: Vec<&str> = CODES.iter().map(|(c, ..)| *c).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
