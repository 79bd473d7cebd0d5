//! The figures of a report.

use serde::Serialize;

/// Retrieval over a group of cases: the share whose entry was among the first so many.
#[derive(Debug, Default, Serialize)]
pub struct Retrieval {
    #[serde(rename = "recall@1")]
    pub at1: f64,
    #[serde(rename = "recall@3")]
    pub at3: f64,
    #[serde(rename = "recall@5")]
    pub at5: f64,
    #[serde(rename = "recall@10")]
    pub at10: f64,
    pub mrr: f64,
    pub n: usize,
}

impl Retrieval {
    /// From the places of the first right candidates, from 0; `None` where there was none.
    #[expect(clippy::cast_precision_loss, reason = "shares of some hundred cases")]
    pub fn of(ranks: impl IntoIterator<Item = Option<usize>>) -> Self {
        let ranks: Vec<Option<usize>> = ranks.into_iter().collect();
        let n = ranks.len();
        let share = |k: usize| {
            if n == 0 {
                0.0
            } else {
                round(ranks.iter().filter(|r| r.is_some_and(|r| r < k)).count() as f64 / n as f64)
            }
        };
        let mrr = ranks.iter().flatten().map(|r| 1.0 / (*r as f64 + 1.0)).sum::<f64>() / n.max(1) as f64;
        Self { at1: share(1), at3: share(3), at5: share(5), at10: share(10), mrr: round(mrr), n }
    }
}

fn round(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Answers over a group of cases.
#[derive(Debug, Default, Clone, Copy, Serialize)]
pub struct Answers {
    pub right: usize,
    pub wrong: usize,
    pub abstained: usize,
    /// Controlled, and called likely not controlled.
    pub r#unsafe: usize,
    /// Controlled, and not found.
    pub missed: usize,
    /// Free, and called prohibited or in need of a licence.
    pub overblocked: usize,
    pub negatives: usize,
    pub n: usize,
}

/// Microseconds an answer took.
#[derive(Debug, Default, Serialize)]
pub struct Micros {
    pub p50: u64,
    pub p99: u64,
}

impl Micros {
    /// From all times.
    pub fn of(mut times: Vec<u64>) -> Self {
        times.sort_unstable();
        let at = |share: usize| {
            times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied().unwrap_or(0)
        };
        Self { p50: at(50), p99: at(99) }
    }
}

/// One case that did not come out as expected.
#[derive(Debug, Serialize)]
pub struct FailureLine {
    pub id: String,
    pub kind: String,
    pub expected: String,
    pub got: String,
}
