//! A stated value or range against a limit, exactly.

use std::cmp::Ordering;

use yumen_lawbook::predicate::Comparison;
use yumen_lawbook::quantity::{Quantity, Units};

use super::Truth;
use crate::text::quantities::Stated;

/// Whether every, no, or only some value in a stated range satisfies a limit. `None` where the units do not convert.
pub fn compare(stated: &Stated, comparison: Comparison, limit: &Quantity, units: &Units) -> Option<Truth> {
    let at = |value| Quantity::new(value, stated.unit.clone());
    let order = |value| {
        if stated.unit.is_empty() && limit.unit.is_empty() {
            return Some(at(value).value.cmp(&limit.value));
        }
        units.compare(&at(value), limit).ok()
    };
    let low = match stated.low {
        Some(bound) => Some((order(bound.value)?, bound.inclusive)),
        None => None,
    };
    let high = match stated.high {
        Some(bound) => Some((order(bound.value)?, bound.inclusive)),
        None => None,
    };
    let above = |strict: bool| match low {
        Some((Ordering::Greater, _)) => Truth::Met,
        Some((Ordering::Equal, inclusive)) if !strict || !inclusive => Truth::Met,
        _ => match high {
            Some((Ordering::Less, _)) => Truth::NotMet,
            Some((Ordering::Equal, inclusive)) if strict || !inclusive => Truth::NotMet,
            _ => Truth::NotStated,
        },
    };
    let below = |strict: bool| match high {
        Some((Ordering::Less, _)) => Truth::Met,
        Some((Ordering::Equal, inclusive)) if !strict || !inclusive => Truth::Met,
        _ => match low {
            Some((Ordering::Greater, _)) => Truth::NotMet,
            Some((Ordering::Equal, inclusive)) if strict || !inclusive => Truth::NotMet,
            _ => Truth::NotStated,
        },
    };
    Some(match comparison {
        Comparison::Greater => above(true),
        Comparison::AtLeast => above(false),
        Comparison::Less => below(true),
        Comparison::AtMost => below(false),
        Comparison::Equal => match (low, high) {
            (Some((Ordering::Equal, true)), Some((Ordering::Equal, true))) => Truth::Met,
            (Some((Ordering::Greater, _)), _) | (_, Some((Ordering::Less, _))) => Truth::NotMet,
            _ => Truth::NotStated,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::quantities::Bound;
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn stated(low: Option<(i64, bool)>, high: Option<(i64, bool)>) -> Stated {
        let bound = |b: Option<(i64, bool)>| b.map(|(v, inclusive)| Bound { value: v.into(), inclusive });
        Stated { low: bound(low), high: bound(high), unit: String::new() }
    }

    fn holds(s: &Stated, comparison: Comparison, limit: i64) -> Truth {
        compare(s, comparison, &Quantity::new(Decimal::from(limit), ""), &Units::default()).unwrap()
    }

    #[test]
    fn strict_and_non_strict_limits_are_told_apart() {
        let ten = stated(Some((10, true)), Some((10, true)));
        assert_eq!(holds(&ten, Comparison::AtLeast, 10), Truth::Met);
        assert_eq!(holds(&ten, Comparison::Greater, 10), Truth::NotMet);
        assert_eq!(holds(&ten, Comparison::AtMost, 10), Truth::Met);
        assert_eq!(holds(&ten, Comparison::Less, 10), Truth::NotMet);
        let over_ten = stated(Some((10, false)), None);
        assert_eq!(holds(&over_ten, Comparison::Greater, 10), Truth::Met);
        assert_eq!(holds(&over_ten, Comparison::Greater, 11), Truth::NotStated);
        let under_ten = stated(None, Some((10, false)));
        assert_eq!(holds(&under_ten, Comparison::AtLeast, 10), Truth::NotMet);
        assert_eq!(holds(&under_ten, Comparison::Greater, 5), Truth::NotStated);
    }

    proptest! {
        #[test]
        fn a_range_is_settled_only_where_every_value_agrees(low in -20_i64..20, width in 0_i64..10, limit in -20_i64..20, which in 0_usize..4) {
            let comparison = [Comparison::Greater, Comparison::AtLeast, Comparison::Less, Comparison::AtMost][which];
            let range = stated(Some((low, true)), Some((low + width, true)));
            let single = |v: i64| holds(&stated(Some((v, true)), Some((v, true))), comparison, limit);
            let all: Vec<Truth> = (low..=low + width).map(single).collect();
            let wanted = if all.iter().all(|t| *t == Truth::Met) {
                Truth::Met
            } else if all.iter().all(|t| *t == Truth::NotMet) {
                Truth::NotMet
            } else {
                Truth::NotStated
            };
            prop_assert_eq!(holds(&range, comparison, limit), wanted);
        }
    }
}
