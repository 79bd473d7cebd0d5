//! What somebody answered to our questions, beside values and facts: that it is of a class, that it is what a point says, that a
//! person compared it with the official text, that it is not known.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::id::ConceptId;
use yumen_lawbook::list::entry::Moves;

use crate::question::QuestionError;
use crate::text::concepts::{ConceptIndex, Vocabulary};

/// Answers that are no values of a property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// `class:dysprosium=yes`: the thing is, or has to do with, the concept.
    pub classes: BTreeMap<ConceptIndex, bool>,
    /// `is:1C117.d.1=no`: the thing is what the point says.
    pub points: BTreeMap<String, bool>,
    /// `check:056101X=yes`: a person compared it with the official text.
    pub checked: BTreeMap<String, bool>,
    /// `principal_and_removable=no`: the listed thing is a principal element of the product and can be removed.
    pub removable: Option<bool>,
    /// `party:notice-11-2026:2=no`: the party asked about is the listed one.
    pub parties: BTreeMap<String, bool>,
    /// `party:ownership=no`: a party is a branch of a listed one, or owned by it to 50 % or more.
    pub owned: Option<bool>,
    /// `moves=technology`.
    pub moves: Option<Moves>,
    /// Questions answered with "I don't know".
    pub declined: BTreeSet<String>,
}

/// The parameter by which the built-in question is answered.
pub const REMOVABLE: &str = "principal_and_removable";
/// The parameter by which the question of ownership is answered.
pub const OWNERSHIP: &str = "party:ownership";
/// The parameter by which the question of what moves is answered.
pub const MOVES: &str = "moves";

impl Answers {
    /// Takes `name=value` where it is such an answer; `false` where it is something else.
    ///
    /// # Errors
    /// Where the value cannot be read.
    pub fn take(&mut self, name: &str, value: &str, vocabulary: &Vocabulary) -> Result<bool, QuestionError> {
        if is_unknown(value) {
            self.declined.insert(name.to_owned());
            return Ok(true);
        }
        let bad = |expected: &str| QuestionError::BadValue {
            name: name.chars().take(60).collect(),
            value: value.chars().take(60).collect(),
            expected: expected.to_owned(),
        };
        let said = || yes_or_no(value).ok_or_else(|| bad("yes / no / unknown / 是 / 否 / 不知道"));
        if name == REMOVABLE {
            self.removable = Some(said()?);
        } else if name == MOVES {
            self.moves = Some(kind(value).ok_or_else(|| bad("goods / software / technology / service"))?);
        } else if let Some(concept) = name.strip_prefix("class:") {
            let index = ConceptId::new(concept).and_then(|id| vocabulary.index(&id));
            let Some(index) = index else {
                return Err(QuestionError::UnknownParameter {
                    name: name.chars().take(60).collect(),
                    nearest: Vec::new(),
                });
            };
            self.classes.insert(index, said()?);
        } else if let Some(code) = name.strip_prefix("is:") {
            self.points.insert(code.to_owned(), said()?);
        } else if name == OWNERSHIP {
            self.owned = Some(said()?);
        } else if let Some(listing) = name.strip_prefix("party:") {
            self.parties.insert(listing.to_owned(), said()?);
        } else if let Some(code) = name.strip_prefix("check:") {
            self.checked.insert(code.to_owned(), said()?);
        } else {
            return Ok(false);
        }
        Ok(true)
    }
}

/// Reads yes and no in both languages.
pub fn yes_or_no(value: &str) -> Option<bool> {
    match value.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "是" | "有" => Some(true),
        "no" | "n" | "false" | "0" | "否" | "无" | "不是" | "没有" => Some(false),
        _ => None,
    }
}

/// True for "I don't know" in both languages.
pub fn is_unknown(value: &str) -> bool {
    matches!(
        value.trim().to_lowercase().as_str(),
        "unknown" | "?" | "？" | "不知道" | "不清楚" | "don't know" | "dont know" | "n/a"
    )
}

fn kind(value: &str) -> Option<Moves> {
    match value.trim().to_lowercase().as_str() {
        "goods" | "货物" => Some(Moves::Goods),
        "software" | "软件" => Some(Moves::Software),
        "technology" | "技术" => Some(Moves::Technology),
        "service" | "服务" => Some(Moves::Service),
        _ => None,
    }
}
