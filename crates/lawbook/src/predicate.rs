//! Typed conditions of control points.
//!
//! Written as a lawyer would say them, in one line each:
//!
//! ```text
//! density > 17.5 g/cm3
//! content[tungsten] >= 97 %
//! compaction_density >= 2.58 g/cm3 @ compaction_pressure = 220 MPa
//! powder            not sintered
//! ```

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{ConceptId, PropertyId};
use crate::quantity::Quantity;

/// How a stated value must stand to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
}

impl Comparison {
    /// The sign people read.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Greater => ">",
            Self::AtLeast => "≥",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::Equal => "=",
        }
    }

    fn ascii(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            other => other.sign(),
        }
    }
}

/// One testable statement about the thing in question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Predicate {
    /// A measured property against a limit.
    Measure {
        /// Which property.
        property: PropertyId,
        /// Whose property, for contents: `content[tungsten]`.
        of: Option<ConceptId>,
        /// How the value must stand to the limit.
        comparison: Comparison,
        /// The limit.
        limit: Quantity,
        /// The condition under which it is measured, if the law names one.
        at: Option<TestCondition>,
    },
    /// A yes-or-no property.
    Fact {
        /// Which property.
        property: PropertyId,
        /// The answer the law asks for.
        wanted: bool,
    },
}

/// A condition of measurement: `compaction_pressure = 220 MPa`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TestCondition {
    /// What is held fixed.
    pub property: PropertyId,
    /// At which value.
    pub value: Quantity,
}

/// Predicates joined by and, or, not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// A single predicate.
    Is(Predicate),
    /// Every part must hold (具有下述所有特性).
    All(Vec<Condition>),
    /// One part must hold (具有下述任一特性).
    Any(Vec<Condition>),
}

/// What was wrong with a written predicate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a condition: {why}")]
pub struct BadPredicate {
    /// As written.
    pub text: String,
    /// What is wrong and what would be right.
    pub why: &'static str,
}

impl FromStr for Predicate {
    type Err = BadPredicate;

    fn from_str(s: &str) -> Result<Self, BadPredicate> {
        let bad = |why| BadPredicate { text: s.chars().take(120).collect(), why };
        let (main, at) = match s.split_once('@') {
            Some((main, at)) => (main.trim(), Some(at.trim())),
            None => (s.trim(), None),
        };
        let Some((left, comparison, right)) = split_comparison(main) else {
            if at.is_some() {
                return Err(bad("a test condition after @ needs a comparison before it"));
            }
            let (wanted, name) = main.strip_prefix("not ").map_or((true, main), |rest| (false, rest.trim()));
            let property = PropertyId::new(name).ok_or_else(|| {
                bad("expected `property > 1.5 unit`, or the name of a fact, or `not` and the name of a fact")
            })?;
            return Ok(Self::Fact { property, wanted });
        };
        let (name, of) = match left.split_once('[') {
            Some((name, rest)) => {
                let of = rest.strip_suffix(']').and_then(ConceptId::new);
                (name, Some(of.ok_or_else(|| bad("what stands in [ ] must be the name of a concept"))?))
            }
            None => (left, None),
        };
        let property = PropertyId::new(name.trim()).ok_or_else(|| bad("the name before the sign is not a property"))?;
        let limit =
            quantity(right).ok_or_else(|| bad("expected a number and a unit after the sign, for example 1.5 g/cm3"))?;
        let at = at
            .map(|at| {
                let (left, sign, right) = split_comparison(at).filter(|(_, sign, _)| *sign == Comparison::Equal)?;
                let _ = sign;
                Some(TestCondition { property: PropertyId::new(left.trim())?, value: quantity(right)? })
            })
            .map(|at| at.ok_or_else(|| bad("expected `property = number unit` after @")))
            .transpose()?;
        Ok(Self::Measure { property, of, comparison, limit, at })
    }
}

fn split_comparison(text: &str) -> Option<(&str, Comparison, &str)> {
    let start = text.find(['<', '>', '=', '≥', '≤'])?;
    let (left, rest) = text.split_at(start);
    let signs = [
        (">=", Comparison::AtLeast),
        ("≥", Comparison::AtLeast),
        ("<=", Comparison::AtMost),
        ("≤", Comparison::AtMost),
        (">", Comparison::Greater),
        ("<", Comparison::Less),
        ("=", Comparison::Equal),
    ];
    let (sign, comparison) = signs.into_iter().find(|(sign, _)| rest.starts_with(sign))?;
    Some((left.trim(), comparison, rest[sign.len()..].trim()))
}

/// Reads `2.58 g/cm3`; the unit may be missing.
fn quantity(text: &str) -> Option<Quantity> {
    let (number, unit) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    Some(Quantity::new(number.parse::<Decimal>().ok()?, unit.trim()))
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure { property, of, comparison, limit, at } => {
                write!(f, "{property}")?;
                if let Some(of) = of {
                    write!(f, "[{of}]")?;
                }
                write!(f, " {} {limit}", comparison.ascii())?;
                at.iter().try_for_each(|at| write!(f, " @ {} = {}", at.property, at.value))
            }
            Self::Fact { property, wanted } => write!(f, "{}{property}", if *wanted { "" } else { "not " }),
        }
    }
}

impl Serialize for Predicate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Predicate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Condition {
    /// Every predicate in the tree, in order of writing.
    pub fn predicates(&self) -> Vec<&Predicate> {
        match self {
            Self::Is(predicate) => vec![predicate],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::predicates).collect(),
        }
    }

    /// True where a numeric threshold stands anywhere in the tree.
    pub fn has_threshold(&self) -> bool {
        self.predicates().iter().any(|p| matches!(p, Predicate::Measure { .. }))
    }

    /// Both conditions at once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::All(mut a), Self::All(b)) => {
                a.extend(b);
                Self::All(a)
            }
            (Self::All(mut a), b) => {
                a.push(b);
                Self::All(a)
            }
            (a, b) => Self::All(vec![a, b]),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    List(Vec<Written>),
    All { all: Vec<Written> },
    Any { any: Vec<Written> },
}

fn read(written: Written, depth: usize) -> Result<Condition, String> {
    if depth > 8 {
        return Err("a condition may be nested eight levels deep at most".to_owned());
    }
    let parts = |parts: Vec<Written>| {
        if parts.is_empty() {
            return Err("a condition needs at least one part".to_owned());
        }
        parts.into_iter().map(|part| read(part, depth + 1)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match written {
        Written::One(text) => Condition::Is(text.parse::<Predicate>().map_err(|e| e.to_string())?),
        Written::List(list) | Written::All { all: list } => Condition::All(parts(list)?),
        Written::Any { any } => Condition::Any(parts(any)?),
    })
}

impl<'de> Deserialize<'de> for Condition {
    /// One string, a list (all must hold), `{ all = [...] }` or `{ any = [...] }`, nested at will.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Compact::deserialize(deserializer).map(Into::into);
        }
        read(Written::deserialize(deserializer)?, 0).map_err(serde::de::Error::custom)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn write(condition: &Condition) -> Written {
            match condition {
                Condition::Is(predicate) => Written::One(predicate.to_string()),
                Condition::All(parts) => Written::All { all: parts.iter().map(write).collect() },
                Condition::Any(parts) => Written::Any { any: parts.iter().map(write).collect() },
            }
        }
        if !serializer.is_human_readable() {
            return Compact::from(self).serialize(serializer);
        }
        write(self).serialize(serializer)
    }
}

/// A condition for formats that cannot tell its writings apart.
#[derive(Serialize, Deserialize)]
enum Compact {
    Is(Predicate),
    All(Vec<Compact>),
    Any(Vec<Compact>),
}

impl From<&Condition> for Compact {
    fn from(condition: &Condition) -> Self {
        match condition {
            Condition::Is(predicate) => Self::Is(predicate.clone()),
            Condition::All(parts) => Self::All(parts.iter().map(Self::from).collect()),
            Condition::Any(parts) => Self::Any(parts.iter().map(Self::from).collect()),
        }
    }
}

impl From<Compact> for Condition {
    fn from(compact: Compact) -> Self {
        match compact {
            Compact::Is(predicate) => Self::Is(predicate),
            Compact::All(parts) => Self::All(parts.into_iter().map(Self::from).collect()),
            Compact::Any(parts) => Self::Any(parts.into_iter().map(Self::from).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predicates_survive_writing_and_reading() {
        for text in [
            "density > 17.5 g/cm3",
            "content[tungsten] >= 97 %",
            "compaction_density >= 2.58 g/cm3 @ compaction_pressure = 220 MPa",
            "sintered",
            "not sintered",
            "axes >= 5",
        ] {
            assert_eq!(text.parse::<Predicate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn half_written_predicates_say_what_is_missing() {
        for text in ["", "density >", "> 5 mm", "density > heavy", "content[] > 1 %", "a > 1 mm @ b", "Density"] {
            assert!(text.parse::<Predicate>().is_err(), "{text}");
        }
    }
}
