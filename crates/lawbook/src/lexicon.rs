//! The bilingual vocabulary of the trade: what people call the things the law names.

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::ConceptId;

/// What kind of thing a concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConceptKind {
    /// A chemical element.
    Element,
    /// A compound with its own name.
    Compound,
    /// A material: alloy, composite, ore, magnet material.
    Material,
    /// A shape a material comes in: ingot, powder, wire. Shapes do not change what a thing is.
    Form,
    /// A finished product, into which controlled things may be built.
    Product,
    /// An everyday thing that no list names. It only says what a text is about: a tritium marker is a marker.
    Goods,
    /// A machine of whatever kind (system, rig, 设备): it turns a text about a material into one about a machine for it.
    Apparatus,
    /// A machine, instrument or device.
    Equipment,
    /// Software.
    Software,
    /// A way of making or doing something.
    Process,
    /// A living thing, or a part of one.
    Organism,
    /// A field of knowledge or activity.
    Field,
}

/// One concept with its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its name in data: `bismuth`.
    pub id: ConceptId,
    /// What kind of thing.
    pub kind: ConceptKind,
    /// Chinese terms, the usual one first.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English terms, the usual one first.
    #[serde(default)]
    pub en: Vec<String>,
    /// Trade names and colloquial words, in either language.
    #[serde(default)]
    pub trade: Vec<String>,
    /// Abbreviations: `APT`, `MPCVD`. Matched in the written letter case.
    #[serde(default)]
    pub abbr: Vec<String>,
    /// Chemical formulas: `GaAs`.
    #[serde(default)]
    pub formula: Vec<String>,
    /// Element symbol.
    #[serde(default)]
    pub symbol: Option<String>,
    /// CAS registry numbers.
    #[serde(default)]
    pub cas: Vec<String>,
    /// Families it belongs to: whatever is said of a family holds for it.
    #[serde(default)]
    pub broader: Vec<ConceptId>,
    /// What it is made of or always contains.
    #[serde(default)]
    pub contains: Vec<ConceptId>,
    /// Things that it is taken for and is not: ammonium metatungstate is no paratungstate, a ferrite magnet holds no rare earths. A text
    /// that names it and not them is not about them.
    #[serde(default)]
    pub unlike: Vec<ConceptId>,
    /// Words that together suggest it where it is not named: `viewer`, `watch time`, `next video`. None of them means it. Ways of
    /// saying one of them are joined by `|` and count once.
    #[serde(default)]
    pub cues: Vec<String>,
}

impl Concept {
    /// A concept of which only the name and kind are known.
    pub fn new(id: ConceptId, kind: ConceptKind) -> Self {
        Self {
            id,
            kind,
            zh: Vec::new(),
            en: Vec::new(),
            trade: Vec::new(),
            abbr: Vec::new(),
            formula: Vec::new(),
            symbol: None,
            cas: Vec::new(),
            broader: Vec::new(),
            contains: Vec::new(),
            unlike: Vec::new(),
            cues: Vec::new(),
        }
    }

    /// Terms that are read in any letter case.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.zh.iter().chain(&self.en).chain(&self.trade).map(String::as_str)
    }

    /// How many terms it has in all.
    pub fn terms(&self) -> usize {
        self.zh.len()
            + self.en.len()
            + self.trade.len()
            + self.abbr.len()
            + self.formula.len()
            + self.cas.len()
            + usize::from(self.symbol.is_some())
    }
}

/// One file of concepts, with who looked at it when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LexiconFile {
    /// What the file is about.
    pub about: String,
    /// Day of the last review.
    pub reviewed: Day,
    /// The concepts.
    pub concept: Vec<Concept>,
}
