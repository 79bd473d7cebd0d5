//! The question as a form gives it, and the answer as doors show it.

use std::sync::Arc;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use yumen_assess::answer::{Answer, Asking, Assessment, RegimeResult};
use yumen_assess::{Engine, ListedParty, Question};
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{AsOf, Day};
use yumen_screen::chinese::Lists;

use crate::problem::{Problem, shown};

/// Most questions asked in one step.
pub const MOST_ASKED: usize = 5;
/// Texts longer than this are read beside the other visits, in bytes.
const LONG: usize = 2048;

/// A question as it was typed; nothing of it is lost when something is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// What it is, in words.
    pub text: String,
    /// A code.
    pub code: String,
    /// A customs number.
    pub hs: String,
    /// `goods`, `software`, `technology`, `service`, or nothing.
    pub moves: String,
    /// Destination.
    pub to: String,
    /// Everybody who has to do with it, one a line.
    pub party: String,
    /// What it is for.
    pub end_use: String,
    /// Values, one a line: `density = 1.8 g/cm3`.
    pub values: String,
    /// Answers to our questions: parameter and value.
    pub answers: Vec<(String, String)>,
    /// The day of the law; empty for today.
    pub on: String,
}

impl Form {
    /// The form in the fields of a query or body.
    pub fn read(fields: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            let value = value.replace("\r\n", "\n");
            match name.as_str() {
                "text" => form.text = value,
                "code" => form.code = value,
                "hs" => form.hs = value,
                "moves" => form.moves = value,
                "to" => form.to = value,
                "party" if form.party.is_empty() => form.party = value,
                "party" => form.party = format!("{}\n{value}", form.party),
                "end_use" => form.end_use = value,
                "values" => form.values = value,
                "on" => form.on = value,
                _ => {
                    if let Some(parameter) = name.strip_prefix("p.").filter(|p| !p.is_empty())
                        && !value.trim().is_empty()
                    {
                        form.answers.retain(|(n, _)| n != parameter);
                        form.answers.push((parameter.to_owned(), value.trim().to_owned()));
                    }
                }
            }
        }
        form
    }

    /// True where nothing was asked yet.
    pub fn is_empty(&self) -> bool {
        [&self.text, &self.code, &self.hs].iter().all(|f| f.trim().is_empty())
    }

    /// The fields that are filled in, as a form gives them.
    pub fn fields(&self) -> Vec<(String, String)> {
        let plain = [
            ("text", &self.text),
            ("code", &self.code),
            ("hs", &self.hs),
            ("moves", &self.moves),
            ("to", &self.to),
            ("party", &self.party),
            ("end_use", &self.end_use),
            ("values", &self.values),
            ("on", &self.on),
        ];
        let mut fields: Vec<(String, String)> =
            plain.into_iter().filter(|(_, v)| !v.trim().is_empty()).map(|(n, v)| (n.to_owned(), v.clone())).collect();
        fields.extend(self.answers.iter().map(|(n, v)| (format!("p.{n}"), v.clone())));
        fields
    }

    /// The form as a query.
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.fields() {
            out.append_pair(&name, &value);
        }
        out.finish()
    }

    /// True where one of the fields behind the first box is filled in.
    pub fn has_details(&self) -> bool {
        [&self.code, &self.hs, &self.moves, &self.to, &self.party, &self.end_use, &self.values]
            .iter()
            .any(|f| !f.trim().is_empty())
    }

    /// The question it puts.
    ///
    /// # Errors
    /// Where a field cannot be read; the problem names the field.
    pub fn question(&self, today: Day) -> Result<Question, Problem> {
        let day = match self.on.trim() {
            "" => today,
            text => text.parse().map_err(|_| Problem::bad_day("on", text))?,
        };
        let code = match self.code.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| {
                let typed = shown(text);
                Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "unknown_code",
                    format!("“{typed}”不是编码：应类似 056101X、1C117.d.1 或者 23/2023-1.1。"),
                    format!("“{typed}” is no code: it looks like 056101X, 1C117.d.1 or 23/2023-1.1."),
                )
                .at("code")
            })?),
        };
        let mut parameters = self.answers.clone();
        for line in self.values.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let pair = line.split_once(['=', '＝', ':', '：']).map(|(n, v)| (n.trim().to_owned(), v.trim().to_owned()));
            let pair = pair.filter(|(n, v)| !n.is_empty() && !v.is_empty()).ok_or_else(|| {
                let typed = shown(line);
                Problem::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "bad_value",
                    format!("“{typed}”不是参数：每行写作 名称 = 值，例如 密度 = 1.8 g/cm3。"),
                    format!(
                        "“{typed}” is no value: write one a line as name = value, for example density = 1.8 g/cm3."
                    ),
                )
                .at("values")
            })?;
            parameters.push(pair);
        }
        let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        Ok(Question {
            text: self.text.clone(),
            code,
            hs: some(&self.hs.replace(['.', ' '], "")),
            parameters,
            moves: moves(&self.moves)?,
            destination: some(&self.to),
            parties: self.party.lines().map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect(),
            end_use: self.end_use.trim().to_owned(),
            as_of: AsOf::on(day),
            listed: Vec::new(),
        })
    }
}

/// Reads what moves.
///
/// # Errors
/// Where it is none of the four.
pub fn moves(text: &str) -> Result<Option<Moves>, Problem> {
    match text.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "goods" => Ok(Some(Moves::Goods)),
        "software" => Ok(Some(Moves::Software)),
        "technology" => Ok(Some(Moves::Technology)),
        "service" => Ok(Some(Moves::Service)),
        other => {
            let typed = shown(other);
            Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_moves",
                format!("“{typed}”无法识别：出口的内容应为 goods、software、technology 或者 service。"),
                format!("“{typed}” cannot be read: what moves is goods, software, technology or service."),
            )
            .at("moves"))
        }
    }
}

/// Listed parties that the parties of a question are or may be, whatever script they are written in.
pub fn screened(engine: &Engine, question: &mut Question) {
    if question.parties.is_empty() {
        return;
    }
    let found = Lists::of(engine.book(), question.as_of).found(&question.parties, &|_, _, _| None);
    question.listed = found
        .into_iter()
        .map(|f| ListedParty { asked: f.asked, listing: f.listing, no: f.no, same: f.same, score: f.score })
        .collect();
}

/// Answers a question; long texts are read beside the other visits.
///
/// # Errors
/// Where the question cannot be answered as it is put.
pub async fn assess(engine: &Arc<Engine>, mut question: Question) -> Result<(Question, Assessment), Problem> {
    screened(engine, &mut question);
    if question.text.len() < LONG {
        let assessment = engine.assess(&question)?;
        return Ok((question, assessment));
    }
    let engine = Arc::clone(engine);
    let work = move || engine.assess(&question).map(|assessment| (question, assessment));
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(&e))?.map_err(Problem::from)
}

/// The results, gravest first.
pub fn gravest_first(assessment: &Assessment) -> Vec<&RegimeResult> {
    let mut results: Vec<&RegimeResult> = assessment.results.iter().collect();
    results.sort_by_key(|r| r.answer.gravity());
    results
}

/// The questions to put next: those of results that depend on something first, each once, what was answered left out.
pub fn askings<'a>(assessment: &'a Assessment, answered: &[(String, String)]) -> Vec<&'a Asking> {
    let mut results = gravest_first(assessment);
    results.sort_by_key(|r| r.answer != Answer::Depends);
    let mut asked: Vec<&Asking> = Vec::new();
    for asking in results.into_iter().flat_map(|r| &r.questions) {
        let done = answered.iter().any(|(n, _)| *n == asking.parameter)
            || asked.iter().any(|a| a.parameter == asking.parameter);
        if !done && asked.len() < MOST_ASKED {
            asked.push(asking);
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Day {
        Day::new(2026, 11, 21).unwrap()
    }

    #[test]
    fn a_form_becomes_a_question() {
        let fields = crate::visit::fields(
            "text=magnet&to=JP&party=A%0D%0A%0D%0AB&values=density+%3D+7.5+g%2Fcm3&p.sintered=yes&p.axes=&on=2025-06-01&other=x",
        );
        let question = Form::read(fields).question(today()).unwrap();
        assert_eq!(question.text, "magnet");
        assert_eq!(question.parties, ["A", "B"]);
        let expected = [("sintered", "yes"), ("density", "7.5 g/cm3")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(question.parameters, expected);
        assert_eq!(question.as_of.effective, Day::new(2025, 6, 1).unwrap());
    }

    #[test]
    fn what_cannot_be_read_names_its_field() {
        let bad = |form: Form| form.question(today()).unwrap_err().field.unwrap();
        assert_eq!(bad(Form { on: "yesterday".into(), ..Form::default() }), "on");
        assert_eq!(bad(Form { code: "<script>".into(), ..Form::default() }), "code");
        assert_eq!(bad(Form { values: "density".into(), ..Form::default() }), "values");
        assert_eq!(bad(Form { moves: "ideas".into(), ..Form::default() }), "moves");
    }

    proptest! {
        #[test]
        fn a_form_survives_its_own_link(text in "\\PC{1,80}", to in "[A-Z]{0,2}", value in "[a-z0-9 ./]{1,20}") {
            let answers = vec![("density".to_owned(), value.trim().to_owned())];
            let answers: Vec<_> = answers.into_iter().filter(|(_, v)| !v.is_empty()).collect();
            prop_assume!(!text.trim().is_empty());
            let form = Form { text, to, answers, ..Form::default() };
            prop_assert_eq!(Form::read(crate::visit::fields(&form.query())), form);
        }
    }
}
