//! Parties that notices list, as they were named.

use serde::{Deserialize, Serialize};

use crate::day::{AsOf, Day};
use crate::id::{InstrumentId, ListingId};
use crate::measure::ClauseRef;
use crate::text::Bilingual;
use crate::verification::Verification;

/// The four Chinese party lists have four legal bases and four consequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyList {
    /// 出口管制管控名单
    Control,
    /// 关注名单
    Watch,
    /// 不可靠实体清单
    Unreliable,
    /// 反制清单
    Countermeasure,
}

impl PartyList {
    /// Its name.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Control => Bilingual::new("出口管制管控名单", "export control list of parties"),
            Self::Watch => Bilingual::new("关注名单", "watch list"),
            Self::Unreliable => Bilingual::new("不可靠实体清单", "unreliable entity list"),
            Self::Countermeasure => Bilingual::new("反制清单", "countermeasures list"),
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Watch => "watch",
            Self::Unreliable => "unreliable",
            Self::Countermeasure => "countermeasure",
        }
    }
}

/// One party of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its number in the notice.
    pub no: u16,
    /// Chinese name as printed; empty where the notice gives none.
    #[serde(default)]
    pub zh: String,
    /// Name in Latin letters as printed.
    #[serde(default)]
    pub en: String,
    /// Other names the notice gives.
    #[serde(default)]
    pub also: Vec<String>,
    /// Address as printed.
    #[serde(default)]
    pub address: String,
    /// Post code as printed.
    #[serde(default)]
    pub postcode: String,
    /// Country or region (ISO 3166 alpha-2).
    #[serde(default)]
    pub country: String,
    /// The clause that decides for this party alone, where one party of a notice was treated apart.
    #[serde(default)]
    pub measure: Option<ClauseRef>,
    /// A branch or unit the notice names under the party with this number.
    #[serde(default)]
    pub unit_of: Option<u16>,
}

/// The parties of one notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listing {
    /// Its name in the book.
    pub id: ListingId,
    /// Which list.
    pub list: PartyList,
    /// The notice.
    pub instrument: InstrumentId,
    /// The clause whose status decides.
    pub measure: ClauseRef,
    /// First day of listing.
    pub effective: Day,
    /// Day the book learned of it.
    pub recorded: Day,
    /// How many parties the notice declares, units not counted.
    #[serde(default)]
    pub declared: Option<u16>,
    /// How the names are known.
    pub verification: Verification,
    /// What a reader should know.
    #[serde(default)]
    pub note: Bilingual,
    /// The parties.
    pub party: Vec<Party>,
}

impl Listing {
    /// True where the listing was known and had begun.
    pub fn begun(&self, as_of: AsOf) -> bool {
        self.effective <= as_of.effective && self.recorded <= as_of.recorded
    }
}

impl Party {
    /// Every name the notice gives.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.zh.as_str(), self.en.as_str()]
            .into_iter()
            .chain(self.also.iter().map(String::as_str))
            .filter(|n| !n.is_empty())
    }
}
