//! What came out of a document against what was put into it.

use std::collections::BTreeMap;

use yumen_importers::Draft;
use yumen_importers::draft::Confidence;

use crate::catalogue::Catalogue;

/// How an import compares with the truth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Entries of the document.
    pub entries: usize,
    /// Entries with code, name and every point exact.
    pub exact: usize,
    /// Points of the document.
    pub points: usize,
    /// Points with path and words exact.
    pub points_exact: usize,
    /// What is wrong and was told: the line is doubtful, or totals or unread words say that something is missing.
    pub reported: Vec<String>,
    /// What is wrong, and of which the reader is only asked to compare characters that the book has not seen side by side. On
    /// made-up text nearly every line asks that, so this is a weaker report.
    pub noted: Vec<String>,
    /// What is wrong and was not told.
    pub silent: Vec<String>,
}

impl Outcome {
    /// Adds another outcome.
    pub fn add(&mut self, other: Self) {
        self.entries += other.entries;
        self.exact += other.exact;
        self.points += other.points;
        self.points_exact += other.points_exact;
        self.reported.extend(other.reported);
        self.noted.extend(other.noted);
        self.silent.extend(other.silent);
    }
}

/// An entry as the draft writes it.
struct Written {
    name: String,
    points: BTreeMap<String, String>,
    doubtful: bool,
    /// The line asks to compare characters.
    noted: bool,
}

fn written(draft: &Draft) -> BTreeMap<String, Vec<Written>> {
    let mut all: BTreeMap<String, Vec<Written>> = BTreeMap::new();
    for line in draft.line.iter().filter(|l| l.what == "add" && !l.law.is_empty()) {
        let Ok(table) = line.law.parse::<toml::Table>() else { continue };
        for entry in table.get("entry").and_then(|e| e.as_array()).into_iter().flatten() {
            let text = |v: Option<&toml::Value>| {
                v.and_then(|v| v.get("zh")).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
            };
            let code = entry.get("code").and_then(|c| c.as_str()).unwrap_or_default().to_owned();
            let points = entry
                .get("point")
                .and_then(|p| p.as_array())
                .into_iter()
                .flatten()
                .map(|p| (p.get("path").and_then(|p| p.as_str()).unwrap_or_default().to_owned(), text(p.get("text"))))
                .collect();
            let compared = line.eyes.iter().any(|e| e.en.contains("do not stand together"));
            let doubtful = line.confidence == Confidence::Doubtful;
            all.entry(code).or_default().push(Written {
                name: text(entry.get("name")),
                points,
                doubtful,
                noted: compared,
            });
        }
    }
    all
}

/// Compares a draft with the catalogue its document was made from.
pub fn compare(draft: &Draft, truth: &Catalogue) -> Outcome {
    let mut outcome = Outcome::default();
    let mut found = written(draft);
    // Anything that tells a reader that an entry is missing or too many.
    let alarmed = !draft.matches_totals() || draft.line.iter().any(|l| l.law.is_empty());
    for entry in &truth.entries {
        outcome.entries += 1;
        outcome.points += entry.points.len();
        let mut here = found.remove(&entry.code).unwrap_or_default();
        if here.is_empty() {
            let told = format!("{}: missing", entry.code);
            if alarmed {
                outcome.reported.push(told);
            } else {
                outcome.silent.push(told);
            }
            continue;
        }
        let one = here.remove(0);
        let right = entry.points.iter().filter(|(path, text)| one.points.get(path) == Some(text)).count();
        outcome.points_exact += right;
        let exact = one.name == entry.name
            && right == entry.points.len()
            && one.points.len() == entry.points.len()
            && here.is_empty();
        if exact {
            outcome.exact += 1;
            continue;
        }
        let wrong = entry.points.iter().find(|(path, text)| one.points.get(path) != Some(text)).map_or_else(
            || {
                format!(
                    "name {:?} became {:?}; {} points became {}",
                    entry.name,
                    one.name,
                    entry.points.len(),
                    one.points.len()
                )
            },
            |(path, text)| format!("{path}: {text:?} became {:?}", one.points.get(path)),
        );
        let told = format!("{}: {wrong}", entry.code);
        if one.doubtful || here.iter().any(|w| w.doubtful) {
            outcome.reported.push(told);
        } else if one.noted {
            outcome.noted.push(told);
        } else {
            outcome.silent.push(told);
        }
    }
    for (code, extra) in found {
        let told = format!("{code}: not in the document");
        if alarmed || extra.iter().any(|w| w.doubtful) {
            outcome.reported.push(told);
        } else {
            outcome.silent.push(told);
        }
    }
    outcome
}
