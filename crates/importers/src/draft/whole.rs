//! Whether a draft is whole by what its text declares, what it lacks, and which lines may enter unreviewed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use yumen_lawbook::Bilingual;
use yumen_lawbook::list::entry::Control;

use super::law::{self, LawEdition, LawEntry, LawListing, LawMeasure};
use super::{Confidence, Decision, Draft, Line};

/// Declared totals against found ones; `all` is the sum.
pub(crate) fn totals_met(declared: &BTreeMap<String, u32>, found: &BTreeMap<String, u32>) -> bool {
    declared.iter().all(|(control, n)| {
        let have = if control == "all" { found.values().sum() } else { found.get(control).copied().unwrap_or(0) };
        have == *n
    })
}

/// The name of a control in a table of totals; `all` is the sum.
fn control(name: &str) -> Bilingual {
    [Control::Prohibited, Control::Restricted, Control::Licence, Control::Unknown]
        .into_iter()
        .find(|c| c.as_str() == name)
        .map_or_else(|| Bilingual::new("合计", "all"), Control::label)
}

fn numbers(of: &BTreeMap<String, u32>) -> Bilingual {
    if of.is_empty() {
        return Bilingual::new("0", "0");
    }
    let said: Vec<(Bilingual, u32)> = of.iter().map(|(name, n)| (control(name), *n)).collect();
    Bilingual::new(
        said.iter().map(|(c, n)| format!("{} {n}", c.zh)).collect::<Vec<_>>().join("、"),
        said.iter().map(|(c, n)| format!("{} {n}", c.en)).collect::<Vec<_>>().join(", "),
    )
}

/// One row of declared and found numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Total {
    /// What is counted.
    pub name: Bilingual,
    /// What the text declares.
    pub declared: Bilingual,
    /// What was read.
    pub found: Bilingual,
    /// Whether they agree; `None` where nothing is declared, or where the number is that of a list the document only changes.
    pub met: Option<bool>,
}

impl Total {
    /// ✓, ✗ or nothing.
    pub fn mark(&self) -> &'static str {
        match self.met {
            Some(true) => "✓",
            Some(false) => "✗",
            None => "",
        }
    }
}

impl Draft {
    /// Declared and found totals, row by row.
    pub fn totals(&self) -> Vec<Total> {
        let (d, f) = (&self.about.declared, &self.about.found);
        let mut rows = Vec::new();
        // An amendment may tell how long the list will be; it does not print the list.
        let changes_only = self.about.kinds.iter().any(|k| k == "amendment")
            && !self.about.kinds.iter().any(|k| k == "catalogue")
            && f.total.is_empty();
        for (zh, en, declared, found, counted) in [
            ("总数", "total", &d.total, &f.total, !changes_only),
            ("删去", "removed", &d.removed, &f.removed, true),
            ("新增", "added", &d.added, &f.added, true),
            ("修改", "modified", &d.modified, &f.modified, true),
        ] {
            if !declared.is_empty() || !found.is_empty() {
                rows.push(Total {
                    name: Bilingual::new(zh, en),
                    declared: if declared.is_empty() { Bilingual::default() } else { numbers(declared) },
                    found: numbers(found),
                    met: (counted && !declared.is_empty()).then(|| totals_met(declared, found)),
                });
            }
        }
        if d.parties.is_some() || f.parties.is_some() {
            let number = |n: Option<u16>, or: &str| n.map_or_else(|| or.to_owned(), |n| n.to_string());
            let (declared, found) = (number(d.parties, ""), number(f.parties, "0"));
            rows.push(Total {
                name: Bilingual::new("实体", "parties"),
                declared: Bilingual::new(declared.clone(), declared),
                found: Bilingual::new(found.clone(), found),
                met: d.parties.map(|n| f.parties == Some(n)),
            });
        }
        rows
    }

    /// What the draft lacks by its own text: totals that are not met, and words that were not understood.
    pub fn missing(&self) -> Vec<Bilingual> {
        let mut missing: Vec<Bilingual> = self
            .totals()
            .into_iter()
            .filter(|t| t.met == Some(false))
            .map(|t| {
                Bilingual::new(
                    format!("{}：文中写明{}，读出{}", t.name.zh, t.declared.zh, t.found.zh),
                    format!("{}: {} declared, {} read", t.name.en, t.declared.en, t.found.en),
                )
            })
            .collect();
        missing.extend(self.unread.iter().map(|u| {
            let words: String = u.words.chars().take(60).collect();
            Bilingual::new(
                format!("{}有文字没有识别：{words}", u.place),
                format!("words at {} were not understood: {words}", u.place),
            )
        }));
        missing
    }

    /// True where totals are declared and what was found is just that, with nothing unread.
    pub fn matches_totals(&self) -> bool {
        !self.about.declared.is_empty() && self.missing().is_empty()
    }

    /// Lines that nobody reviewed and that may not enter so: something in them wants a human eye, or no total of their kind is declared.
    pub fn unvouched(&self) -> Vec<&Line> {
        let undecided = self.line.iter().filter(|l| l.decision == Decision::Open && !l.law.is_empty());
        undecided.filter(|l| l.confidence != Confidence::Sure || !l.eyes.is_empty() || !self.vouches(l)).collect()
    }

    /// Whether the text declares how many lines of this kind it has. The number of parties says nothing of items.
    fn vouches(&self, line: &Line) -> bool {
        let d = &self.about.declared;
        match line.what.as_str() {
            "instrument" => true,
            "party" => d.parties.is_some(),
            // The clause that a listing of parties rests on stands and falls with it.
            "measure" => d.parties.is_some() && self.line.iter().any(|l| l.what == "party"),
            "add" => !d.total.is_empty() || !d.added.is_empty(),
            "remove" => !d.removed.is_empty(),
            "modify" | "recode" => !d.modified.is_empty(),
            _ => false,
        }
    }

    /// The draft with what it lacks written into its records, for a reviewer who adopts it all the same: editions, entries, listings and
    /// clauses say that the act is recorded in part, and a number of parties that is not met is not claimed.
    #[must_use]
    pub fn noting_what_lacks(&self) -> Self {
        let missing = self.missing();
        let mut draft = self.clone();
        if missing.is_empty() {
            return draft;
        }
        let join = |of: fn(&Bilingual) -> &str, by: &str| missing.iter().map(of).collect::<Vec<_>>().join(by);
        let note = Bilingual::new(
            format!("本文件只录入了一部分：{}。", join(|m| &m.zh, "；")),
            format!("This act is recorded in part: {}.", join(|m| &m.en, "; ")),
        );
        for head in &mut draft.head {
            // Records that follow a head are text and remain as they are.
            let (own, rest) = head.head.split_at(head.head.find("\n[[").unwrap_or(head.head.len()));
            if let Ok(mut listing) = toml::from_str::<LawListing>(own) {
                if self.about.declared.parties != self.about.found.parties {
                    listing.declared = None;
                }
                add(&mut listing.note, &note);
                head.head = law::head(&listing) + rest;
            } else if let Ok(mut edition) = toml::from_str::<LawEdition>(own) {
                add(&mut edition.remark, &note);
                head.head = law::head(&edition) + rest;
            }
        }
        for line in &mut draft.line {
            match line.what.as_str() {
                "measure" => revised(&mut line.law, "measure", |measure: &mut LawMeasure| {
                    for stretch in measure.clause.iter_mut().flat_map(|c| &mut c.history) {
                        add(&mut stretch.note, &note);
                    }
                }),
                "add" => revised(&mut line.law, "entry", |entry: &mut LawEntry| add(&mut entry.remark, &note)),
                _ => {}
            }
        }
        draft
    }
}

fn add(to: &mut Bilingual, note: &Bilingual) {
    for (to, note) in [(&mut to.zh, &note.zh), (&mut to.en, &note.en)] {
        if !to.is_empty() && to.is_ascii() {
            to.push(' ');
        }
        to.push_str(note);
    }
}

/// Changes the one record of a line; a line of another shape, corrected by hand, stays as it is.
fn revised<T: Serialize + DeserializeOwned>(law: &mut String, name: &str, change: impl FnOnce(&mut T)) {
    let Ok(mut records) = toml::from_str::<BTreeMap<String, Vec<T>>>(law) else { return };
    if let (1, Some([record])) = (records.len(), records.get_mut(name).map(Vec::as_mut_slice)) {
        change(record);
        *law = law::fragment(name, record);
    }
}
