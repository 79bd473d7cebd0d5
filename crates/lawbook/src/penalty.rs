//! Penalties as amounts that can be computed.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::instrument::Citation;
use crate::text::Bilingual;
use crate::verification::Verification;

/// What a fine is a multiple of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PenaltyBase {
    /// 违法经营额
    Turnover,
    /// 违法所得
    Gains,
}

impl PenaltyBase {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Turnover => Bilingual::new("违法经营额", "illegal turnover"),
            Self::Gains => Bilingual::new("违法所得", "illegal gains"),
        }
    }
}

/// How a fine is found. Bounds are inclusive; a base equal to the threshold belongs to the multiple.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fine {
    /// What the multiple is of.
    #[serde(default)]
    pub base: Option<PenaltyBase>,
    /// From this amount (CNY) on, the multiple applies. Absent: the multiple always applies.
    #[serde(default)]
    pub threshold: Option<Decimal>,
    /// Least and greatest multiple.
    #[serde(default)]
    pub multiple: Option<[Decimal; 2]>,
    /// Least and greatest fixed amount (CNY), below the threshold or where there is no base.
    #[serde(default)]
    pub fixed: Option<[Decimal; 2]>,
    /// True where the fine may, not must, be imposed.
    #[serde(default)]
    pub may: bool,
}

/// One conduct and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// `P-2`.
    pub id: String,
    /// The conduct.
    pub conduct: Bilingual,
    /// What is ordered beside the fine.
    #[serde(default)]
    pub measures: Vec<Bilingual>,
    /// The ordinary fine.
    #[serde(default)]
    pub fine: Option<Fine>,
    /// The fine in serious cases, where the law sets another one.
    #[serde(default)]
    pub serious_fine: Option<Fine>,
    /// What else follows in serious cases.
    #[serde(default)]
    pub serious: Vec<Bilingual>,
    /// Where it stands.
    pub basis: Vec<Citation>,
    /// First day it applies to.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day it applies to.
    #[serde(default)]
    pub until: Option<Day>,
    /// How it is known.
    pub verification: Verification,
    /// What a reader should know.
    #[serde(default)]
    pub note: Bilingual,
}

/// A computed range in CNY, with the branch that gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FineRange {
    /// Least amount.
    pub least: Decimal,
    /// Greatest amount.
    pub greatest: Decimal,
    /// True where the multiple gave it, false for the fixed amounts.
    pub by_multiple: bool,
}

impl Fine {
    /// The range for a base amount in CNY (`None`: no turnover or gains, or not yet known).
    ///
    /// Returns `None` where the amount cannot be computed: the multiple applies and no base is given, or it exceeds what a
    /// decimal holds.
    pub fn range(&self, amount: Option<Decimal>) -> Option<FineRange> {
        let above = match (self.threshold, amount) {
            (Some(threshold), Some(amount)) => amount >= threshold,
            (Some(_), None) => false,
            (None, _) => self.multiple.is_some(),
        };
        if let (true, Some([low, high])) = (above, self.multiple) {
            let amount = amount?;
            return Some(FineRange {
                least: amount.checked_mul(low)?,
                greatest: amount.checked_mul(high)?,
                by_multiple: true,
            });
        }
        self.fixed.map(|[least, greatest]| FineRange { least, greatest, by_multiple: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unlicensed() -> Fine {
        Fine {
            base: Some(PenaltyBase::Turnover),
            threshold: Some(500_000.into()),
            multiple: Some([5.into(), 10.into()]),
            fixed: Some([500_000.into(), 5_000_000.into()]),
            may: false,
        }
    }

    #[test]
    fn equality_belongs_to_the_multiple() {
        let at = unlicensed().range(Some(500_000.into())).unwrap();
        assert_eq!((at.least, at.greatest, at.by_multiple), (2_500_000.into(), 5_000_000.into(), true));
        let below = unlicensed().range(Some(499_999.into())).unwrap();
        assert_eq!((below.least, below.greatest, below.by_multiple), (500_000.into(), 5_000_000.into(), false));
    }

    #[test]
    fn amounts_beyond_reason_give_no_range() {
        assert_eq!(unlicensed().range(Some(Decimal::MAX)), None);
        let gains = Fine { base: Some(PenaltyBase::Gains), multiple: Some([1.into(), 5.into()]), ..Fine::default() };
        assert_eq!(gains.range(None), None);
    }
}
