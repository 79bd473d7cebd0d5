//! What people decided about hits, and how long that holds.
//!
//! A decision is about one asked party, one listing as it stood, and one version of the engine. It speaks until one of the three
//! changes; then it is shown as outdated and somebody decides again.

use serde::{Deserialize, Serialize};

use crate::entity::{Entity, Query};
use crate::screen::ENGINE;
use crate::snapshot::{hash, listing_hash};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The asked party is the listed one.
    True,
    /// It is somebody else: the hit is suppressed.
    False,
    /// Somebody looked and could not say.
    Undecided,
}

/// A decision, one line of a decisions file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The list.
    pub list: String,
    /// The number of the listed party.
    pub id: String,
    /// The asked name, for people.
    pub name: String,
    /// Hash of everything asked.
    pub party: String,
    /// Hash of the listing as it stood.
    pub listing: String,
    /// Version of the engine.
    pub engine: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// The day, in Beijing.
    pub day: String,
}

/// How a decision bears on a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "holds")]
pub enum Bearing {
    /// It holds.
    Holds(Decision),
    /// The listing, the party or the engine has changed since.
    Outdated {
        /// The decision.
        decision: Decision,
        /// What changed: `listing`, `engine`.
        changed: Vec<&'static str>,
    },
}

/// Hash of everything asked about a party.
pub fn party_hash(query: &Query) -> String {
    // A plain value of strings is always written.
    hash(&serde_json::to_vec(query).unwrap_or_default())
}

impl Decision {
    /// A decision about a hit.
    pub fn new(query: &Query, list: &str, entity: &Entity, verdict: Verdict, reason: &str, day: &str) -> Self {
        Self {
            list: list.to_owned(),
            id: entity.id.clone(),
            name: query.name.clone(),
            party: party_hash(query),
            listing: listing_hash(entity),
            engine: ENGINE.to_owned(),
            verdict,
            reason: reason.to_owned(),
            day: day.to_owned(),
        }
    }
}

/// The latest decision about a hit, if there is one. A changed party is another party: nothing was decided about it.
pub fn bearing(decisions: &[Decision], query: &Query, list: &str, entity: &Entity) -> Option<Bearing> {
    let party = party_hash(query);
    let decision = decisions.iter().rev().find(|d| d.list == list && d.id == entity.id && d.party == party)?;
    let mut changed = Vec::new();
    if decision.listing != listing_hash(entity) {
        changed.push("listing");
    }
    if decision.engine != ENGINE {
        changed.push("engine");
    }
    Some(if changed.is_empty() {
        Bearing::Holds(decision.clone())
    } else {
        Bearing::Outdated { decision: decision.clone(), changed }
    })
}

/// Reads a decisions file; the number of a line that cannot be read.
pub fn read(text: &str) -> Result<Vec<Decision>, (usize, String)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| serde_json::from_str(line).map_err(|e| (number, e.to_string())))
        .collect()
}
