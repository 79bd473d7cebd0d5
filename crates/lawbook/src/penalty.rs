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
    /// The case in which there is a fine at all, where that is not every case: 拒不改正的.
    #[serde(default)]
    pub case: Bilingual,
}

/// How grave a case must be for something to follow. No number defines it: it is for the authority to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Every case.
    Any,
    /// 情节严重的
    Serious,
    /// 情节特别严重的
    Gravest,
}

impl Gravity {
    /// The words before what follows; empty for every case.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Any => Bilingual::default(),
            Self::Serious => Bilingual::new("情节严重的：", "in serious cases: "),
            Self::Gravest => Bilingual::new("情节特别严重的：", "in the gravest cases: "),
        }
    }
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
    /// What else follows in the gravest cases.
    #[serde(default)]
    pub gravest: Vec<Bilingual>,
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

impl Penalty {
    /// What follows beside the fines, each with the words that say in which cases: a sanction of serious cases is none of every case.
    pub fn consequences(&self) -> Vec<Bilingual> {
        let groups =
            [(Gravity::Any, &self.measures), (Gravity::Serious, &self.serious), (Gravity::Gravest, &self.gravest)];
        let said = |gravity: Gravity, what: &Bilingual| {
            let before = gravity.label();
            Bilingual::new(format!("{}{}", before.zh, what.zh), format!("{}{}", before.en, what.en))
        };
        groups.into_iter().flat_map(|(gravity, all)| all.iter().map(move |what| said(gravity, what))).collect()
    }
}

impl Fine {
    /// What the fine is called: whether it may or must be imposed, and in which cases.
    pub fn label(&self, gravity: Gravity) -> Bilingual {
        let (zh, en) = if self.may { ("可以处罚款", "May be fined") } else { ("罚款", "Fine") };
        let (grave_zh, grave_en) = match gravity {
            Gravity::Any => ("", ""),
            Gravity::Serious => ("情节严重的", " in serious cases"),
            Gravity::Gravest => ("情节特别严重的", " in the gravest cases"),
        };
        let case_zh = if self.case.zh.is_empty() { String::new() } else { format!("{}，", self.case.zh) };
        let case_en = if self.case.en.is_empty() { String::new() } else { format!(", {}", self.case.en) };
        Bilingual::new(format!("{case_zh}{grave_zh}{zh}"), format!("{en}{grave_en}{case_en}"))
    }

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
            ..Fine::default()
        }
    }

    #[test]
    fn sanctions_of_serious_cases_say_so() {
        let penalty = Penalty {
            id: "P-2".to_owned(),
            conduct: Bilingual::new("未经许可", "without a licence"),
            measures: vec![Bilingual::new("警告", "warning")],
            fine: Some(unlicensed()),
            serious_fine: None,
            serious: vec![Bilingual::new("责令停业整顿", "suspension of business")],
            gravest: vec![Bilingual::new("吊销资格", "revocation")],
            basis: Vec::new(),
            from: None,
            until: None,
            verification: Verification::OfficialText,
            note: Bilingual::default(),
        };
        let said: Vec<String> = penalty.consequences().into_iter().map(|c| c.en).collect();
        assert_eq!(said, ["warning", "in serious cases: suspension of business", "in the gravest cases: revocation"]);
        assert_eq!(penalty.consequences()[1].zh, "情节严重的：责令停业整顿");
    }

    #[test]
    fn a_fine_says_whether_it_must_be_imposed_and_when() {
        assert_eq!(unlicensed().label(Gravity::Any).en, "Fine");
        assert_eq!(unlicensed().label(Gravity::Serious).zh, "情节严重的罚款");
        let may = Fine { may: true, ..Fine::default() };
        assert_eq!(may.label(Gravity::Any), Bilingual::new("可以处罚款", "May be fined"));
        let stubborn =
            Fine { case: Bilingual::new("拒不改正的", "where correction is refused"), ..Fine::default() };
        assert_eq!(
            stubborn.label(Gravity::Any),
            Bilingual::new("拒不改正的，罚款", "Fine, where correction is refused")
        );
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
