//! A determination record: what was asked, which law answered, what came out and on which rules it rests. Anybody with the program
//! derives it again and compares.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use yumen_assess::answer::{Assessment, RegimeResult};
use yumen_assess::{Engine, Question, QuestionError};
use yumen_lawbook::{Bilingual, Day};

/// Name and number of the format.
pub const FORMAT: &str = "yumen-determination/1";

/// Longest reference, in characters.
const LONGEST_REFERENCE: usize = 120;

/// The record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Determination {
    /// [`FORMAT`].
    pub format: String,
    /// Day on which it was made.
    pub made: Day,
    /// Version of the program.
    pub program: String,
    /// Version of the law book: its hash.
    pub lawbook: String,
    /// What whoever keeps it calls it: a file number, a project.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What was asked, answers to questions included.
    pub question: Question,
    /// What came out, regime by regime.
    pub outcome: Vec<Outcome>,
    /// The whole answer, as it was shown.
    pub answer: Value,
}

/// What one regime decided, and on which rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The regime.
    pub regime: String,
    /// The answer.
    pub answer: String,
    /// The entry with its point, in its edition.
    pub entry: Option<String>,
    /// The procedure that follows.
    pub procedure: Option<String>,
    /// The rules it rests on: instrument and place.
    pub rules: Vec<String>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The regime.
    pub regime: String,
    /// As recorded; absent where the regime was not asked then.
    pub recorded: Option<Outcome>,
    /// As derived now; absent where the regime is not there now.
    pub derived: Option<Outcome>,
}

/// What deriving a record again shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "result")]
pub enum Comparison {
    /// The same law gives the same outcome.
    Same,
    /// The law book has changed since, and the outcome is still the same.
    SameUnderOtherLaw {
        /// Version of the law book now.
        lawbook: String,
    },
    /// The law book has changed since, and so has the outcome.
    ChangedByLaw {
        /// Version of the law book now.
        lawbook: String,
        /// What differs.
        differences: Vec<Difference>,
    },
    /// The law is the same, but this program decides otherwise: another version of it, or a record made by other means.
    ChangedByProgram {
        /// What differs.
        differences: Vec<Difference>,
    },
}

impl Comparison {
    /// What is said of it to people.
    pub fn told(&self) -> Bilingual {
        let short = |version: &str| version.chars().take(12).collect::<String>();
        match self {
            Self::Same => Bilingual::new("同一法律数据得出同一结论。", "The same law gives the same outcome."),
            Self::SameUnderOtherLaw { lawbook } => Bilingual::new(
                format!("法律数据已更新（{}），结论相同。", short(lawbook)),
                format!("The law book has changed since ({}); the outcome is the same.", short(lawbook)),
            ),
            Self::ChangedByLaw { lawbook, .. } => Bilingual::new(
                format!("法律数据已更新（{}），结论不同。", short(lawbook)),
                format!("The law book has changed since ({}), and so has the outcome.", short(lawbook)),
            ),
            Self::ChangedByProgram { .. } => Bilingual::new(
                "法律数据相同，但本程序得出不同结论（程序版本不同，或者记录并非由本程序作出）。",
                "The law is the same, but this program decides otherwise (another version, or a record made by other means).",
            ),
        }
    }
}

impl Determination {
    /// The record of an answer.
    ///
    /// # Errors
    /// Never for an answer of the engine; the error is the encoder's.
    pub fn new(
        question: &Question,
        assessment: &Assessment,
        made: Day,
        program: &str,
    ) -> Result<Self, serde_json::Error> {
        Ok(Self {
            format: FORMAT.to_owned(),
            made,
            program: program.to_owned(),
            lawbook: assessment.lawbook.version.clone(),
            reference: String::new(),
            question: question.clone(),
            outcome: assessment.results.iter().map(outcome).collect(),
            answer: serde_json::to_value(assessment)?,
        })
    }

    /// The record under a name of its keeper's own.
    #[must_use]
    pub fn under(self, reference: &str) -> Self {
        Self { reference: reference.trim().chars().take(LONGEST_REFERENCE).collect(), ..self }
    }

    /// The answer as it was shown, where this program still reads its form.
    pub fn assessment(&self) -> Option<Assessment> {
        serde_json::from_value(self.answer.clone()).ok()
    }

    /// Asks the same question again and compares.
    ///
    /// # Errors
    /// Where the question can no longer be put to this law book.
    pub fn compare(&self, engine: &Engine) -> Result<Comparison, QuestionError> {
        let now = engine.assess(&self.question)?;
        let derived: Vec<Outcome> = now.results.iter().map(outcome).collect();
        let differences = differences(&self.outcome, &derived);
        let same_law = self.lawbook == now.lawbook.version;
        Ok(match (same_law, differences.is_empty()) {
            (true, true) => Comparison::Same,
            (true, false) => Comparison::ChangedByProgram { differences },
            (false, true) => Comparison::SameUnderOtherLaw { lawbook: now.lawbook.version },
            (false, false) => Comparison::ChangedByLaw { lawbook: now.lawbook.version, differences },
        })
    }
}

fn outcome(result: &RegimeResult) -> Outcome {
    Outcome {
        regime: result.regime.clone(),
        answer: result.answer.as_str().to_owned(),
        entry: result.entry.as_ref().map(|e| {
            let point = if e.point.is_empty() { String::new() } else { format!("#{}", e.point) };
            format!("{}{point} ({})", e.code, e.edition)
        }),
        procedure: result.procedure.clone(),
        rules: result.reasons.iter().map(|r| format!("{} {}", r.instrument, r.place).trim_end().to_owned()).collect(),
    }
}

fn differences(recorded: &[Outcome], derived: &[Outcome]) -> Vec<Difference> {
    let of = |all: &[Outcome], regime: &str| all.iter().find(|o| o.regime == regime).cloned();
    let mut regimes: Vec<&String> = recorded.iter().chain(derived).map(|o| &o.regime).collect();
    regimes.sort();
    regimes.dedup();
    regimes
        .into_iter()
        .map(|r| Difference { regime: r.clone(), recorded: of(recorded, r), derived: of(derived, r) })
        .filter(|d| d.recorded != d.derived)
        .collect()
}
