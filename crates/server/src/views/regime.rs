//! Lists of other regimes: what is known of them here, and how their numbers stand to those of the Chinese dual-use list.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::code::Code;
use yumen_lawbook::regime::{Kinship, Regime};
use yumen_lawbook::{Bilingual, Book, Day};

use super::Known;

/// A number of the Chinese list held against the lists of other regimes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SharedLine {
    /// The number.
    #[schema(example = "1C117")]
    pub code: String,
    /// The Chinese heading.
    pub name: Bilingual,
    /// What each regime has under the number.
    pub counterparts: Vec<Counterpart>,
}

/// What another regime has under a number.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Counterpart {
    /// Its name in the book.
    #[schema(example = "us-ccl")]
    pub id: String,
    /// The regime.
    pub regime: Bilingual,
    /// The number.
    pub code: String,
    /// `related`, `different`, `not_compared`, `absent`.
    pub kinship: String,
    /// The same in words.
    pub note: Bilingual,
    /// The copy of the list that was read, and the day.
    pub read: Bilingual,
    /// How that is known.
    pub known: Known,
}

/// The word for how a number stands.
fn word(kinship: Kinship) -> (&'static str, Bilingual) {
    match kinship {
        Kinship::Related => (
            "related",
            Bilingual::new(
                "有此编号，物项相关；范围不一定相同，须按该清单原文判断",
                "has this number, for related items; the scope need not be equal: read that list itself",
            ),
        ),
        Kinship::Different => {
            ("different", Bilingual::new("同一编号在该清单中指别的物项", "the same number means something else there"))
        }
        Kinship::NotCompared => (
            "not_compared",
            Bilingual::new(
                "有此编号；是否指同类物项未比对",
                "has this number; whether it means the same was not compared",
            ),
        ),
        Kinship::Absent => ("absent", Bilingual::new("该清单没有此编号", "has no such number")),
    }
}

fn counterpart(regime: &Regime, code: &str) -> Option<Counterpart> {
    let numbers = regime.numbers.as_ref()?;
    let (kinship, note) = word(regime.kinship(code)?);
    Some(Counterpart {
        id: regime.id.clone(),
        regime: regime.name.clone(),
        code: code.to_owned(),
        kinship: kinship.to_owned(),
        note,
        known: numbers.verification.into(),
        read: Bilingual::new(
            format!("{}，{} 核对", numbers.copy.zh, numbers.checked),
            format!("{}, checked {}", numbers.copy.en, numbers.checked),
        ),
    })
}

/// What other regimes have under the number of an entry; empty for codes of another kind.
pub fn counterparts(book: &Book, code: &Code) -> Vec<Counterpart> {
    let Code::Control(code) = code else { return Vec::new() };
    book.regimes.values().filter_map(|r| counterpart(r, code.entry())).collect()
}

/// Every number of the Chinese dual-use list on a day with what other regimes have under it.
pub fn shared(book: &Book, day: Day) -> Vec<SharedLine> {
    let mut lines: BTreeMap<String, SharedLine> = BTreeMap::new();
    for version in book.lists.values().flat_map(|l| l.history.on(day)) {
        let found = counterparts(book, &version.entry.code);
        if let Some(first) = found.first() {
            let code = first.code.clone();
            let name = version.entry.name.clone();
            lines.entry(code.clone()).or_insert(SharedLine { code, name, counterparts: found });
        }
    }
    lines.into_values().collect()
}
