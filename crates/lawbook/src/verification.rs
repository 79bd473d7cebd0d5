//! How the book knows what it says.

use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// How a fact is known. The order is from strongest to weakest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Read in the complete official text.
    OfficialText,
    /// Read in an official notice or an official answer to questions.
    OfficialNotice,
    /// Read in a copy, translation or summary by somebody else.
    Secondary,
    /// Follows from other recorded facts; nobody printed it.
    Derived,
    /// Said somewhere, or remembered; not checked.
    #[default]
    Unverified,
}

impl Verification {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::OfficialText => Bilingual::new("官方全文", "official text"),
            Self::OfficialNotice => Bilingual::new("官方公告", "official notice"),
            Self::Secondary => Bilingual::new("二手来源", "secondary source"),
            Self::Derived => Bilingual::new("推得", "derived"),
            Self::Unverified => Bilingual::new("未核实", "unverified"),
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OfficialText => "official_text",
            Self::OfficialNotice => "official_notice",
            Self::Secondary => "secondary",
            Self::Derived => "derived",
            Self::Unverified => "unverified",
        }
    }
}
