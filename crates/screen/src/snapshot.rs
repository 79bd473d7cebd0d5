//! A list as it was at one time: its content is its name. Two snapshots tell what changed between them.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::entity::Entity;

/// Parties of a list, sorted by number, as bytes that are the same for the same parties: one JSON object a line.
pub fn to_bytes(entities: &[Entity]) -> Result<Vec<u8>, serde_json::Error> {
    let mut sorted: Vec<&Entity> = entities.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut out = Vec::with_capacity(entities.len() * 160);
    for entity in sorted {
        serde_json::to_writer(&mut out, entity)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Reads what `to_bytes` wrote.
pub fn from_bytes(bytes: &[u8]) -> Result<Vec<Entity>, serde_json::Error> {
    bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(serde_json::from_slice).collect()
}

/// The name of a snapshot: SHA-256 of its bytes, in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The name of one listing as it stands: changes when anything about it changes.
pub fn listing_hash(entity: &Entity) -> String {
    // A plain value of strings is always written.
    hash(&serde_json::to_vec(entity).unwrap_or_default())
}

/// What changed between two snapshots of one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Delta {
    /// Parties that came.
    pub added: Vec<Entity>,
    /// Parties of which something changed, as they are now.
    pub changed: Vec<Entity>,
    /// Parties that went, as they were.
    pub removed: Vec<Entity>,
}

impl Delta {
    /// Compares two snapshots by number and content.
    pub fn between(from: &[Entity], to: &[Entity]) -> Self {
        let before: BTreeMap<&str, &Entity> = from.iter().map(|e| (e.id.as_str(), e)).collect();
        let after: BTreeMap<&str, &Entity> = to.iter().map(|e| (e.id.as_str(), e)).collect();
        let mut out = Self::default();
        for (id, entity) in &after {
            match before.get(id) {
                None => out.added.push((*entity).clone()),
                Some(old) if old != entity => out.changed.push((*entity).clone()),
                Some(_) => {}
            }
        }
        out.removed = before.iter().filter(|(id, _)| !after.contains_key(*id)).map(|(_, e)| (*e).clone()).collect();
        out
    }

    /// How many parties it touches.
    pub fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// True where nothing changed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
