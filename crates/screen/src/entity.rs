//! Parties as lists name them, and as people ask for them.

use serde::{Deserialize, Serialize};

/// What a party is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyType {
    /// A human being.
    Person,
    /// A firm, authority or group.
    Organisation,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Not said, or said too broadly to rely on.
    #[default]
    Unknown,
}

impl PartyType {
    /// Reads the words lists use: `Person`, `individual`, `Entity`, `Vessel`, `LegalEntity` (which may be anybody).
    pub fn read(text: &str) -> Self {
        match text.trim().to_lowercase().as_str() {
            "person" | "individual" | "p" | "自然人" | "个人" => Self::Person,
            "entity" | "organisation" | "organization" | "company" | "enterprise" | "e" | "publicbody" | "组织"
            | "企业" | "公司" => Self::Organisation,
            "vessel" | "ship" | "船舶" => Self::Vessel,
            "aircraft" | "airplane" | "航空器" => Self::Aircraft,
            _ => Self::Unknown,
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Vessel => "vessel",
            Self::Aircraft => "aircraft",
            Self::Unknown => "unknown",
        }
    }
}

/// A number that identifies: passport, registration, IMO.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// What kind, as the list calls it; may be empty.
    #[serde(default)]
    pub kind: String,
    /// The number as printed.
    pub value: String,
}

/// A party of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its number in the list; unique within it.
    pub id: String,
    /// The list or part of a list.
    #[serde(default)]
    pub source: String,
    /// What it is.
    #[serde(default)]
    pub r#type: PartyType,
    /// Its names, the main one first.
    pub names: Vec<String>,
    /// Countries (ISO 3166 alpha-2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Birth dates, as exact as known: 1960, 1960-05, 1960-05-02.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub born: Vec<String>,
    /// Numbers that identify.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// What the list says of it: programme, measure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// A question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// The name, in any script.
    pub name: String,
    /// Other names of the same party.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is.
    #[serde(default)]
    pub r#type: PartyType,
    /// Its country (ISO 3166 alpha-2).
    #[serde(default)]
    pub country: Option<String>,
    /// Its birth date: 1960, 1960-05, 1960-05-02.
    #[serde(default)]
    pub born: Option<String>,
    /// A number that identifies it.
    #[serde(default)]
    pub identifier: Option<String>,
}

impl Query {
    /// A question for a name alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}
