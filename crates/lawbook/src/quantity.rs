//! Quantities with units, compared exactly.
//!
//! Values are decimals; units are data (`lawbook/units.toml`) with an exact factor to the base unit of their dimension,
//! so that no threshold is ever decided by the rounding of a binary fraction.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::text::Bilingual;

/// One unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The symbol answers show: `g/cm3`.
    pub symbol: String,
    /// What it measures: `density`. Only units of one dimension convert.
    pub dimension: String,
    /// One of these is so many base units.
    pub factor: Decimal,
    /// Added after multiplying, for temperatures.
    #[serde(default)]
    pub offset: Decimal,
    /// Other writings: `g/cc`, `克/立方厘米`.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is called, where the symbol alone would puzzle a reader.
    #[serde(default)]
    pub name: Bilingual,
}

/// All units of the book, found by any of their writings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    all: Vec<Unit>,
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, Option<usize>>,
}

/// A number with a unit; the number is as written, not converted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quantity {
    /// The number as written.
    pub value: Decimal,
    /// Symbol of the unit; empty for a bare number.
    pub unit: String,
}

/// Two quantities that cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{stated} cannot be compared with {limit}: the units measure different things")]
pub struct Incomparable {
    /// The unit that was stated.
    pub stated: String,
    /// The unit of the limit.
    pub limit: String,
}

impl Units {
    /// A table of `units`. Returns the first writing that two units of the table both claim.
    pub fn new(units: Vec<Unit>) -> Result<Self, String> {
        let mut table = Self { all: units, ..Self::default() };
        for (index, unit) in table.all.iter().enumerate() {
            for name in std::iter::once(&unit.symbol).chain(&unit.also) {
                if table.exact.insert(name.clone(), index).is_some_and(|other| other != index) {
                    return Err(name.clone());
                }
                // `mW` and `MW` fold to one writing: then only the exact form may be read.
                table
                    .folded
                    .entry(name.to_lowercase())
                    .and_modify(|held| *held = held.filter(|h| *h == index))
                    .or_insert(Some(index));
            }
        }
        Ok(table)
    }

    /// The unit written `text`: exactly first, then in any letter case where that is unambiguous.
    pub fn find(&self, text: &str) -> Option<&Unit> {
        let index =
            self.exact.get(text).copied().or_else(|| self.folded.get(&text.to_lowercase()).copied().flatten())?;
        self.all.get(index)
    }

    /// All units, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.all.iter()
    }

    /// Every writing that is read as a unit.
    pub fn writings(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }

    /// `quantity` in base units of its dimension, with the dimension; `None` for an unknown unit or a value beyond 28 digits.
    pub fn base(&self, quantity: &Quantity) -> Option<(Decimal, &str)> {
        let unit = self.find(&quantity.unit)?;
        let value = quantity.value.checked_mul(unit.factor)?.checked_add(unit.offset)?;
        Some((value.normalize(), unit.dimension.as_str()))
    }

    /// Compares two quantities exactly, converting units.
    ///
    /// # Errors
    /// Where the units measure different things or are not known.
    pub fn compare(&self, stated: &Quantity, limit: &Quantity) -> Result<std::cmp::Ordering, Incomparable> {
        let different = || Incomparable { stated: stated.to_string(), limit: limit.to_string() };
        let (a, of) = self.base(stated).ok_or_else(different)?;
        let (b, against) = self.base(limit).ok_or_else(different)?;
        if of == against { Ok(a.cmp(&b)) } else { Err(different()) }
    }
}

impl Quantity {
    /// A quantity from a number and the symbol of its unit.
    pub fn new(value: Decimal, unit: impl Into<String>) -> Self {
        Self { value, unit: unit.into() }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unit.is_empty() { write!(f, "{}", self.value) } else { write!(f, "{} {}", self.value, self.unit) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Units {
        let unit = |symbol: &str, dimension: &str, factor: &str, also: &[&str]| Unit {
            symbol: symbol.into(),
            dimension: dimension.into(),
            factor: factor.parse().unwrap(),
            offset: Decimal::ZERO,
            also: also.iter().map(ToString::to_string).collect(),
            name: Bilingual::default(),
        };
        Units::new(vec![
            unit("g/cm3", "density", "1", &["g/cc"]),
            unit("kg/m3", "density", "0.001", &[]),
            unit("MPa", "pressure", "1", &[]),
            unit("mW", "power", "0.001", &[]),
            unit("MW", "power", "1000000", &[]),
        ])
        .unwrap()
    }

    #[test]
    fn thresholds_are_compared_exactly_across_units() {
        let q = |v: &str, u: &str| Quantity::new(v.parse().unwrap(), u);
        let units = units();
        assert!(units.compare(&q("1730", "kg/m3"), &q("1.73", "g/cm3")).unwrap().is_eq());
        assert!(units.compare(&q("1730.0001", "kg/m3"), &q("1.73", "g/cc")).unwrap().is_gt());
        assert!(units.compare(&q("1", "MPa"), &q("1", "g/cm3")).is_err());
    }

    #[test]
    fn letter_case_is_forgiven_only_where_it_says_nothing() {
        let units = units();
        assert_eq!(units.find("mpa").unwrap().symbol, "MPa");
        assert_eq!(units.find("MW").unwrap().symbol, "MW");
        assert!(units.find("Mw").is_none());
    }
}
