//! Counting how well screening does on a file of questions with known answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::entity::{Entity, PartyType, Query};

/// Hits looked at for each question.
pub const MOST: usize = 25;

/// A party as evaluation files write it.
#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    /// Its number.
    pub id: String,
    /// The list.
    #[serde(default)]
    pub src: String,
    /// Person, LegalEntity, Vessel.
    #[serde(default)]
    pub schema: String,
    /// Its names.
    pub names: Vec<String>,
    /// Countries.
    #[serde(default)]
    pub cc: Vec<String>,
    /// Birth dates.
    #[serde(default)]
    pub dob: Vec<String>,
}

impl From<Listed> for Entity {
    fn from(listed: Listed) -> Self {
        Self {
            id: listed.id,
            source: listed.src,
            r#type: PartyType::read(&listed.schema),
            names: listed.names,
            countries: listed.cc,
            born: listed.dob,
            ..Self::default()
        }
    }
}

/// A question of an evaluation file.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// Its number.
    #[serde(default)]
    pub qid: String,
    /// B, C, D or N.
    pub set: String,
    /// What was done to the name.
    pub kind: String,
    /// Person, LegalEntity.
    #[serde(default)]
    pub schema: String,
    /// The name.
    pub query: String,
    /// Numbers of the parties that are right; empty where nothing should be found.
    #[serde(default)]
    pub gold: Vec<String>,
}

impl Asked {
    /// The question for the engine.
    pub fn question(&self) -> Query {
        Query { r#type: PartyType::read(&self.schema), ..Query::named(&self.query) }
    }

    /// The groups it is counted in.
    fn groups(&self) -> Vec<&'static str> {
        let (set, kind) = (self.set.as_str(), self.kind.as_str());
        let han = kind.starts_with("pos_han") || kind.starts_with("neg_han");
        let mut out = Vec::new();
        if set == "D" {
            out.push(match (kind.starts_with("pos"), han) {
                (true, false) => "latin_pos",
                (false, false) => "latin_neg",
                (true, true) => "han_pos",
                (false, true) => "han_neg",
            });
        }
        if set == "C" && kind.ends_with("_near") {
            out.push("near");
        }
        out.extend(GROUPS.iter().find(|g| g.starts_with("xscript") && **g == kind));
        out
    }
}

/// Groups, in the order they are told.
const GROUPS: [&str; 8] =
    ["latin_pos", "latin_neg", "han_pos", "han_neg", "near", "xscript_cyr", "xscript_arab", "xscript_han"];

/// Counts of a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Set {
    /// Questions.
    pub n: u32,
    /// Questions with any hit at or above the threshold.
    pub alerts: u32,
    /// Questions whose party was found.
    pub found: u32,
    /// Questions whose party came first.
    pub rank1: u32,
}

/// Counts of a group or kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Hits {
    /// Questions.
    pub n: u32,
    /// Found; or alerted, where there is nothing to find.
    pub hit: u32,
}

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// By set.
    pub sets: BTreeMap<String, Set>,
    /// By group; every group is told, with zeros where the file has none.
    pub groups: BTreeMap<&'static str, Hits>,
    /// By kind.
    pub kinds: BTreeMap<String, Hits>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let sets = ["B", "C", "D", "N"].into_iter().map(|s| (s.to_owned(), Set::default())).collect();
        let groups = GROUPS.into_iter().map(|g| (g, Hits::default())).collect();
        Self { sets, groups, kinds: BTreeMap::new() }
    }

    /// Counts one question. `hits` are the numbers of the parties at or above the threshold, best first. True where it went right.
    pub fn count(&mut self, asked: &Asked, hits: &[&str]) -> bool {
        let is_gold = |id: &&str| asked.gold.iter().any(|g| g == id);
        let found = hits.iter().take(MOST).any(&is_gold);
        let set = self.sets.entry(asked.set.clone()).or_default();
        set.n += 1;
        set.alerts += u32::from(!hits.is_empty());
        set.found += u32::from(found);
        set.rank1 += u32::from(hits.first().is_some_and(is_gold));
        let hit = if asked.gold.is_empty() { !hits.is_empty() } else { found };
        let add = |slot: &mut Hits| {
            slot.n += 1;
            slot.hit += u32::from(hit);
        };
        for group in asked.groups() {
            add(self.groups.entry(group).or_default());
        }
        add(self.kinds.entry(asked.kind.clone()).or_default());
        hit != asked.gold.is_empty()
    }
}
