//! Foreign regimes whose lists can stand beside the Chinese ones: what is known of a regime before its list is imported.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::text::Bilingual;

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
    /// What traders say and the list words otherwise.
    #[serde(default)]
    pub gloss: Vec<Gloss>,
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
}
