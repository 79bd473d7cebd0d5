//! The case files: one JSON object a line.

use std::path::Path;

use serde::Deserialize;
use yumen_lawbook::Day;

use crate::failure::Failure;

/// One case, of the Chinese lists or of another regime.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Case {
    pub id: String,
    #[serde(alias = "description")]
    pub query: String,
    pub lang: String,
    pub regime: String,
    pub as_of: Option<Day>,
    pub expected_codes: Vec<String>,
    pub entry: String,
    #[serde(alias = "label")]
    pub expected_status: String,
    pub near_miss_codes: Vec<String>,
    /// How the expected answer is known: stated by an authority, or by applying the rule.
    pub evidence: String,
    /// Cases of official answers carry the day of the answer and one code.
    pub date: Option<Day>,
    pub code: String,
    /// Cases of other regimes carry the list, one code, and where they came from.
    pub list: String,
    pub expected_code: String,
    pub source_kind: String,
    pub label_quality: String,
    /// Half of our own set: `held` was written before any result was looked at.
    pub half: String,
}

impl Case {
    /// The list among ours that a case of another regime belongs to; `None` for a case of the Chinese lists.
    pub fn foreign(&self) -> Option<&str> {
        match self.list.as_str() {
            "" => None,
            "US-CCL" => Some("us-ccl"),
            "EU-ANNEX-I" => Some("eu-annex-i"),
            other => Some(other),
        }
    }

    /// The Chinese list that the case asks about.
    pub fn chinese(&self) -> &'static str {
        if self.regime == "CN-TECH" { "technology" } else { "dual-use" }
    }

    /// True where nothing controls the thing.
    pub fn is_negative(&self) -> bool {
        matches!(self.expected_status.as_str(), "free" | "not_controlled" | "not_in_force")
    }

    /// True where something controls the thing.
    pub fn is_controlled(&self) -> bool {
        matches!(
            self.expected_status.as_str(),
            "dual_use_licence"
                | "restricted"
                | "prohibited"
                | "prohibited_destination"
                | "suspended"
                | "lapsed_unconfirmed"
                | "controlled"
        )
    }
}

/// Reads a file of cases.
pub fn read(file: &Path) -> Result<Vec<Case>, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, &e))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| serde_json::from_str(line).map_err(|e| Failure::line(file, number + 1, &e)))
        .collect()
}
