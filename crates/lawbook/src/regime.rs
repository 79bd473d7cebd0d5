//! Foreign regimes whose lists can stand beside the Chinese ones: what is known of a regime before its list is imported.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::text::Bilingual;
use crate::verification::Verification;

/// One foreign regime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regime {
    /// Its id, which is the name of its file: `us-ccl`.
    pub id: String,
    /// Name of its list.
    pub name: Bilingual,
    /// Short name, for tables.
    pub short: Bilingual,
    /// Who keeps it.
    pub authority: Bilingual,
    /// How the law is cited.
    pub citation: String,
    /// Where the current text stands.
    pub url: String,
    /// What falls under none of its entries, where the regime has a name for it.
    #[serde(default)]
    pub residual: Option<Residual>,
    /// Third characters of a code (`1C111`: `1`) for which the numbering is shared with the Chinese dual-use list.
    #[serde(default)]
    pub shared: Vec<String>,
    /// True where numbers survive in the published text (powers, decimal points), so that limits can be read from it.
    #[serde(default)]
    pub parameters: bool,
    /// What reading this list does not settle.
    pub scope: Bilingual,
    /// Day on which this was recorded.
    pub recorded: Day,
    /// Which numbers the list has, where its headings were read.
    #[serde(default)]
    pub numbers: Option<Numbers>,
    /// What traders say and the list words otherwise.
    #[serde(default)]
    pub gloss: Vec<Gloss>,
}

/// The five-sign numbers of a foreign list, read from one copy of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    /// The copy that was read.
    pub copy: Bilingual,
    /// The day on which it was read.
    pub checked: Day,
    /// How the numbers are known: a copy is no official text.
    pub verification: Verification,
    /// Numbers outside the shared signs whose headings speak of like things in both lists.
    #[serde(default)]
    pub related: BTreeSet<String>,
    /// Numbers outside the shared signs whose headings speak of different things.
    #[serde(default)]
    pub different: BTreeSet<String>,
    /// Every number the list has.
    pub held: BTreeSet<String>,
}

/// How a number of the Chinese list stands to the same number of a foreign one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinship {
    /// The list has the number, and it speaks of like things; the scope may still differ.
    Related,
    /// The list has the number for something else.
    Different,
    /// The list has the number; whether it means the same was not compared.
    NotCompared,
    /// The list has no such number.
    Absent,
}

/// The name of what no entry holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Residual {
    /// Its designation: `EAR99`.
    pub code: String,
    /// What it means.
    pub means: Bilingual,
}

/// Words of the trade and the words of the list that they stand for. Helps to find, never decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gloss {
    /// What people say, zh and en.
    pub say: Vec<String>,
    /// What the list says.
    pub mean: String,
}

impl Regime {
    /// True where a code of this regime is numbered like the Chinese dual-use list, so that an entry of the same number is a
    /// counterpart (of which the scope may still differ).
    pub fn shares_numbering(&self, code: &str) -> bool {
        let mut characters = code.chars();
        let third = characters.nth(2);
        code.chars().count() == 5 && third.is_some_and(|c| self.shared.iter().any(|s| s.chars().eq([c])))
    }

    /// How the number of a Chinese entry (`1C117`) stands to the same number of this list; `None` where its numbers were not read.
    pub fn kinship(&self, code: &str) -> Option<Kinship> {
        let numbers = self.numbers.as_ref()?;
        Some(match () {
            () if !numbers.held.contains(code) => Kinship::Absent,
            () if self.shares_numbering(code) || numbers.related.contains(code) => Kinship::Related,
            () if numbers.different.contains(code) => Kinship::Different,
            () => Kinship::NotCompared,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Book;

    #[test]
    fn a_counterpart_is_named_only_where_the_list_has_one() {
        let book = Book::embedded().unwrap();
        let (eu, us) = (&book.regimes["eu-annex-i"], &book.regimes["us-ccl"]);
        for (code, in_eu, in_us) in [
            ("1C117", Kinship::Related, Kinship::Related),
            ("1C108", Kinship::Absent, Kinship::Absent),
            ("7B101", Kinship::Absent, Kinship::Related),
            ("1C238", Kinship::Related, Kinship::Absent),
            ("3C001", Kinship::Different, Kinship::Different),
            ("5A002", Kinship::Related, Kinship::Related),
            ("1C905", Kinship::Absent, Kinship::Absent),
            ("0A001", Kinship::NotCompared, Kinship::Absent),
        ] {
            assert_eq!((eu.kinship(code), us.kinship(code)), (Some(in_eu), Some(in_us)), "{code}");
        }
    }
}
