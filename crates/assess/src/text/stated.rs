//! What a text says about a value: exactly, at least, at most, between.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use yumen_lawbook::quantity::Quantity;

/// One end of a stated range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bound {
    /// The value, in the unit of the statement.
    pub value: Decimal,
    /// True where the value itself is meant too.
    pub inclusive: bool,
}

/// What a text says about a value: at least, at most, between, exactly.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stated {
    /// Least value; `None` is unbounded.
    pub low: Option<Bound>,
    /// Greatest value; `None` is unbounded.
    pub high: Option<Bound>,
    /// Symbol of the unit; empty for a count.
    pub unit: String,
}

impl Stated {
    /// Exactly this quantity.
    pub fn exactly(quantity: &Quantity) -> Self {
        let bound = Some(Bound { value: quantity.value, inclusive: true });
        Self { low: bound, high: bound, unit: quantity.unit.clone() }
    }

    /// The one value, where there is one.
    pub fn single(&self) -> Option<Quantity> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.value == high.value => Some(Quantity::new(low.value, self.unit.clone())),
            _ => None,
        }
    }
}

impl std::fmt::Display for Stated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        match (self.low, self.high) {
            (Some(low), Some(high)) if low.value == high.value => write!(f, "{}{unit}", low.value),
            (Some(low), Some(high)) => write!(f, "{}–{}{unit}", low.value, high.value),
            (Some(low), None) => write!(f, "{}{}{unit}", if low.inclusive { "≥ " } else { "> " }, low.value),
            (None, Some(high)) => write!(f, "{}{}{unit}", if high.inclusive { "≤ " } else { "< " }, high.value),
            (None, None) => write!(f, "?{unit}"),
        }
    }
}
