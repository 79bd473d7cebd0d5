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
    /// What is wrong, and of which the reader is asked to hold the very figures of that point against the original: a changed
    /// number that still reads well cannot be told from the document alone.
    pub pointed: Vec<String>,
    /// What is wrong, and of which the reader is only asked to compare characters somewhere in the line: a weaker report.
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
        self.pointed.extend(other.pointed);
        self.noted.extend(other.noted);
        self.silent.extend(other.silent);
    }
}

/// An entry as the draft writes it.
#[derive(Clone)]
struct Written {
    name: String,
    points: BTreeMap<String, String>,
    doubtful: bool,
    /// The line asks to compare characters.
    noted: bool,
    /// The line asks to compare the code.
    coded: bool,
    /// Points whose figures the line asks to compare.
    figures: Vec<String>,
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
            let compared = line.eyes.iter().any(|e| e.en.contains("compare for lost or wrong ones"));
            let figures =
                line.eyes.iter().filter_map(|e| Some(e.en.split_once(": compare the figures")?.0.to_owned())).collect();
            let doubtful = line.confidence == Confidence::Doubtful;
            all.entry(code).or_default().push(Written {
                name: text(entry.get("name")),
                points,
                doubtful,
                noted: compared,
                coded: line.eyes.iter().any(|e| e.en.contains("compare the code")),
                figures,
            });
        }
    }
    all
}

/// True where two wordings differ in what a threshold is made of: figures, comparison, unit.
fn only_figures_differ(read: &str, text: &str) -> bool {
    let letters = |t: &str| -> String {
        let words = ["大于等于", "小于等于", "大于", "小于", "不低于", "低于", "不少于", "少于", "小时", "分钟"];
        let bare = words.iter().fold(t.to_owned(), |t, w| t.replace(w, ""));
        bare.chars().filter(|c| yumen_assess::is_han(*c)).collect()
    };
    letters(read) == letters(text)
}

/// Compares a draft with the catalogue its document was made from.
pub fn compare(draft: &Draft, truth: &Catalogue) -> Outcome {
    let mut outcome = Outcome::default();
    let all = written(draft);
    let mut found = all.clone();
    // Anything that tells a reader that an entry is missing or too many.
    let alarmed = !draft.matches_totals() || draft.line.iter().any(|l| l.law.is_empty());
    for entry in &truth.entries {
        outcome.entries += 1;
        outcome.points += entry.points.len();
        let mut here = found.remove(&entry.code).unwrap_or_default();
        if here.is_empty() {
            let told = format!("{}: missing", entry.code);
            // The same entry under another code: is the reader told there?
            let moved = all.values().flatten().find(|w| {
                w.name == entry.name
                    && w.points.len() == entry.points.len()
                    && entry.points.iter().all(|(path, text)| w.points.get(path) == Some(text))
            });
            let shown = draft.unread.iter().any(|u| {
                u.words.contains(entry.name.as_str()) || entry.points.iter().any(|(_, t)| u.words.contains(t.as_str()))
            });
            if alarmed || shown || moved.is_some_and(|w| w.doubtful) {
                outcome.reported.push(told);
            } else if moved.is_some_and(|w| w.coded) {
                outcome.pointed.push(told);
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
        let differs: Vec<&(String, String)> =
            entry.points.iter().filter(|(path, text)| one.points.get(path) != Some(text)).collect();
        let pointed = one.name == entry.name
            && one.points.len() == entry.points.len()
            && !differs.is_empty()
            && differs.iter().all(|(path, text)| {
                one.figures.contains(path) && one.points.get(path).is_some_and(|read| only_figures_differ(read, text))
            });
        let wrong = differs.first().map_or_else(
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
        // Words that were not understood are shown with their place.
        let shown = differs.iter().any(|(path, text)| {
            !one.points.contains_key(path) && draft.unread.iter().any(|u| u.words.contains(text.as_str()))
        });
        if one.doubtful || shown || here.iter().any(|w| w.doubtful) {
            outcome.reported.push(told);
        } else if pointed {
            outcome.pointed.push(told);
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
        } else if extra.iter().any(|w| w.coded) {
            outcome.pointed.push(told);
        } else {
            outcome.silent.push(told);
        }
    }
    outcome
}
