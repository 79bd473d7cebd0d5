//! Answers to questions, kept in a file: replayed with the same question, asked again only where the law they were given for has
//! changed.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use yumen_assess::Engine;
use yumen_assess::answer::Asking;
use yumen_lawbook::{AsOf, Bilingual};

use crate::failure::Failure;
use crate::home;

const FORMAT: &str = "yumen-answers/1";
/// Largest answers file read.
const LARGEST: u64 = 1024 * 1024;

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    format: String,
    /// Version of the law book the last answer was given under.
    pub lawbook: String,
    /// The answers, in the order given.
    #[serde(rename = "answers")]
    pub given: Vec<Answered>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// The parameter it sets.
    pub parameter: String,
    /// The value as typed; `unknown` for "I don't know".
    pub value: String,
    /// The question as it was put.
    pub ask: Bilingual,
    /// The point it serves.
    pub serves: String,
    /// SHA-256 of the words of that point, for telling whether the law has changed.
    pub words: String,
}

impl Answers {
    /// No answers yet.
    pub fn new() -> Self {
        Self { format: FORMAT.to_owned(), lawbook: String::new(), given: Vec::new() }
    }

    /// The answers in a file, or none where there is no file yet.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        if !path.exists() {
            return Ok(Self::new());
        }
        let size = std::fs::metadata(path).map_err(|e| Failure::file(path, &e))?.len();
        if size > LARGEST {
            return Err(Failure::file(path, &format!("{size} bytes; the limit is {LARGEST}")));
        }
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
        let answers: Self = serde_json::from_str(&text).map_err(|e| Failure::file(path, &e))?;
        if answers.format == FORMAT { Ok(answers) } else { Err(Failure::file(path, &format!("{FORMAT} expected"))) }
    }

    /// Writes the file.
    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|e| Failure::file(path, &e))? + "\n";
        home::write_whole(path, text.as_bytes())
    }

    /// Takes out answers given for words that read otherwise now, and returns them: they have to be asked again.
    pub fn take_outdated(&mut self, engine: &Engine, as_of: AsOf) -> Vec<Answered> {
        let (kept, gone) =
            std::mem::take(&mut self.given).into_iter().partition(|a| a.words == words(engine, &a.serves, as_of));
        self.given = kept;
        gone
    }

    /// Notes an answer.
    pub fn note(&mut self, asking: &Asking, value: &str, engine: &Engine, as_of: AsOf) {
        self.given.retain(|a| a.parameter != asking.parameter);
        self.given.push(Answered {
            parameter: asking.parameter.clone(),
            value: value.to_owned(),
            ask: asking.ask.clone(),
            serves: asking.serves.clone(),
            words: words(engine, &asking.serves, as_of),
        });
        self.lawbook.clone_from(&engine.book().version);
    }

    /// The answers as parameters of a question.
    pub fn parameters(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.given.iter().map(|a| (a.parameter.clone(), a.value.clone()))
    }
}

/// A digest of the words an answer was given for. A value of the thing itself (its density) does not depend on them, but whether it
/// is still asked for does.
fn words(engine: &Engine, serves: &str, as_of: AsOf) -> String {
    let words = engine.words_of(serves, as_of).unwrap_or_default();
    Sha256::digest(words.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
