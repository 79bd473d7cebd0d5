//! Countries, regions and provinces.

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// A country or region by ISO 3166 alpha-2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 alpha-2.
    pub code: String,
    /// ISO 3166 alpha-3.
    #[serde(default)]
    pub alpha3: String,
    /// Name.
    pub name: Bilingual,
    /// Other names by which texts call it, and its people's adjective.
    #[serde(default)]
    pub also: Vec<String>,
}

/// A province, region or city with provincial rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    /// GB/T 2260 code, two digits.
    pub code: String,
    /// Name.
    pub name: Bilingual,
}
