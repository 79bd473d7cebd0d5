//! Predicates against statements, three-valued: met, not met, not stated. Exact decimals, units converted.

mod compare;
mod tester;

use serde::{Deserialize, Serialize};
use yumen_lawbook::Bilingual;
use yumen_lawbook::predicate::Predicate;

pub use compare::compare;
pub use tester::Tester;

/// Whether a condition holds, as far as is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// The question does not say, or not well enough.
    NotStated,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotMet, _) | (_, Self::NotMet) => Self::NotMet,
            (Self::Met, Self::Met) => Self::Met,
            _ => Self::NotStated,
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met, _) | (_, Self::Met) => Self::Met,
            (Self::NotMet, Self::NotMet) => Self::NotMet,
            _ => Self::NotStated,
        }
    }
}

/// One predicate tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The predicate.
    pub predicate: Predicate,
    /// What was said, where something was.
    pub stated: Option<String>,
    /// Whether it holds.
    pub result: Truth,
    /// Why the statement does not settle it, or what was assumed.
    pub note: Option<Bilingual>,
    /// True where the predicate only follows from the official conditions.
    pub implied: bool,
}

/// How tests are joined into a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Settled without a test.
    Known(Truth),
    /// A test, by its place.
    Test(usize),
    /// Every part must hold.
    All(Vec<Formula>),
    /// One part must hold.
    Any(Vec<Formula>),
}

impl Formula {
    /// Whether it holds by the results of its tests.
    pub fn truth(&self, tests: &[Test]) -> Truth {
        self.assuming(&|test| tests.get(test).map_or(Truth::NotStated, |t| t.result))
    }

    /// Whether it would hold if the tests came out as `result` says.
    pub fn assuming(&self, result: &dyn Fn(usize) -> Truth) -> Truth {
        match self {
            Self::Known(truth) => *truth,
            Self::Test(test) => result(*test),
            Self::All(parts) => parts.iter().fold(Truth::Met, |truth, part| truth.and(part.assuming(result))),
            Self::Any(parts) => parts.iter().fold(Truth::NotMet, |truth, part| truth.or(part.assuming(result))),
        }
    }

    /// The same formula with its tests counted from `offset`.
    #[must_use]
    pub fn shifted(&self, offset: usize) -> Self {
        match self {
            Self::Known(truth) => Self::Known(*truth),
            Self::Test(test) => Self::Test(test + offset),
            Self::All(parts) => Self::All(parts.iter().map(|p| p.shifted(offset)).collect()),
            Self::Any(parts) => Self::Any(parts.iter().map(|p| p.shifted(offset)).collect()),
        }
    }
}

/// A point tested: every predicate with its result, and how they are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// The tests, in the order of the law.
    pub tests: Vec<Test>,
    /// How they are joined.
    pub formula: Formula,
}

impl Default for Tested {
    /// Nothing tested, nothing to fail.
    fn default() -> Self {
        Self { tests: Vec::new(), formula: Formula::All(Vec::new()) }
    }
}

impl Tested {
    /// Whether the point's conditions hold.
    pub fn truth(&self) -> Truth {
        self.formula.truth(&self.tests)
    }

    /// Both at once.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let shifted = other.formula.shifted(self.tests.len());
        self.tests.extend(other.tests);
        self.formula = Formula::All(vec![self.formula, shifted]);
        self
    }
}
