//! Where secondary facts were read.

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// One place where facts were read, cited by its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Its key: `S02`.
    pub key: String,
    /// Its address, where it has one.
    #[serde(default)]
    pub url: String,
    /// SHA-256 of the file that was read, for files people imported themselves.
    #[serde(default)]
    pub sha256: String,
    /// What was read there.
    pub about: Bilingual,
}
