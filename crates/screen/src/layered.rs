//! A list with its changes since it was built: the old index stays, the changes get a small one of their own.
//!
//! A score depends on the two names alone, so a layered list answers exactly like one built anew, without the time to build it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::entity::{Entity, Query};
use crate::screen::{Hit, Screen};
use crate::snapshot::Delta;

/// A list and what changed since.
#[derive(Debug, Clone)]
pub struct Layered {
    base: Arc<Screen>,
    /// Numbers that the base no longer speaks for.
    gone: Arc<BTreeSet<String>>,
    top: Arc<Screen>,
}

impl Layered {
    /// A list without changes.
    pub fn new(base: Arc<Screen>) -> Self {
        Self { base, gone: Arc::default(), top: Arc::new(Screen::build(Vec::new())) }
    }

    /// The list after a change. The old value goes on answering for whoever holds it: switching is putting the new one in its place.
    #[must_use]
    pub fn with(&self, delta: &Delta) -> Self {
        let mut gone = (*self.gone).clone();
        let touched: BTreeSet<&str> =
            delta.added.iter().chain(&delta.changed).chain(&delta.removed).map(|e| e.id.as_str()).collect();
        gone.extend(touched.iter().map(|id| (*id).to_owned()));
        let kept = self.top.entities().iter().filter(|e| !touched.contains(e.id.as_str())).cloned();
        let top: Vec<Entity> = kept.chain(delta.added.iter().cloned()).chain(delta.changed.iter().cloned()).collect();
        Self { base: Arc::clone(&self.base), gone: Arc::new(gone), top: Arc::new(Screen::build(top)) }
    }

    /// The parties that answer, best first, with the party each hit is about.
    pub fn search(&self, query: &Query, least: f32, most: usize) -> Vec<(Hit, &Entity)> {
        // A hit of the base may be gone: as many more are asked for as could be.
        let mut out: Vec<(Hit, &Entity)> = Vec::new();
        let mut wanted = most;
        loop {
            let hits = self.base.search(query, least, wanted);
            let all = hits.len() < wanted;
            out.clear();
            for hit in hits {
                let entity = &self.base.entities()[hit.entity as usize];
                if !self.gone.contains(&entity.id) {
                    out.push((hit, entity));
                }
            }
            if all || out.len() >= most {
                break;
            }
            wanted *= 2;
        }
        for hit in self.top.search(query, least, most) {
            let entity = &self.top.entities()[hit.entity as usize];
            out.push((hit, entity));
        }
        out.sort_by(|(a, x), (b, y)| b.score.total_cmp(&a.score).then_with(|| x.id.cmp(&y.id)));
        out.truncate(most);
        out
    }
}
