//! `--explain`: how each candidate came about.

use serde::Serialize;
use yumen_assess::answer::Assessment;
use yumen_assess::{Engine, Question};

use super::out::Page;
use crate::failure::Failure;

/// How many candidates are explained.
const EXPLAINED: usize = 8;

/// One candidate with the words that led to it.
#[derive(Debug, Serialize)]
pub struct Explained {
    code: String,
    score: String,
    class: String,
    conditions: yumen_assess::Truth,
    words: Vec<Weight>,
}

/// What one word or concept added.
#[derive(Debug, Serialize)]
struct Weight {
    token: String,
    score: String,
}

/// Explains the first candidates.
pub fn explain(engine: &Engine, question: &Question, assessment: &Assessment) -> Result<Vec<Explained>, Failure> {
    let mut all = Vec::new();
    for candidate in assessment.candidates.iter().take(EXPLAINED) {
        let weights = engine.explain(question, candidate)?;
        all.push(Explained {
            code: if candidate.point.is_empty() {
                candidate.code.clone()
            } else {
                format!("{} {}", candidate.code, candidate.point)
            },
            score: candidate.score.clone(),
            class: candidate.class.clone(),
            conditions: candidate.conditions,
            words: weights.into_iter().map(|(token, score)| Weight { token, score: format!("{score:.2}") }).collect(),
        });
    }
    Ok(all)
}

/// Writes the explanation.
pub fn write(page: &mut Page, explained: &[Explained]) {
    if explained.is_empty() {
        return;
    }
    page.head("怎样找到的", "How these were found");
    for one in explained {
        let words: Vec<String> = one.words.iter().map(|w| format!("{} {}", w.token, w.score)).collect();
        let line = format!(
            "{}  {}  class {}  conditions {:?}  |  {}",
            one.code,
            one.score,
            one.class,
            one.conditions,
            words.join("  ")
        );
        page.item("·", &line);
    }
}
