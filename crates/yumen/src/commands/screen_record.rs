//! A screening as evidence: what was asked, against which snapshots, by which engine, and what came of it. Anybody who has the
//! snapshots can derive it again; "no match" is worth as much as the lists it was found on.

use std::path::Path;

use serde::{Deserialize, Serialize};
use yumen_lawbook::{AsOf, Bilingual};
use yumen_screen::{ENGINE, Query, snapshot};

use super::screen::thousandths;
use crate::context::Context;
use crate::failure::{BAD_DATA, Failure};
use crate::home;
use crate::store::{self, Against, Loaded, Store};

/// A record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Record {
    kind: String,
    asked: Query,
    as_of: AsOf,
    engine: String,
    threshold: f32,
    most: usize,
    lawbook: String,
    against: Vec<Against>,
    hits: Vec<Line>,
    /// SHA-256 of the record without this line.
    #[serde(default)]
    hash: String,
}

/// A hit of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Line {
    list: String,
    id: String,
    score: f64,
    listing: String,
}

/// What checking a record came to.
#[derive(Debug, Serialize)]
struct Checked {
    intact: bool,
    engine_same: bool,
    lists_same: Vec<ListSame>,
    result_same: Option<bool>,
    verified: bool,
    note: Bilingual,
}

#[derive(Debug, Serialize)]
struct ListSame {
    list: String,
    snapshot: String,
    same: bool,
}

const KIND: &str = "yumen-screening";

impl Record {
    fn of(context: &Context, query: &Query, as_of: AsOf, min: f32, most: usize, loaded: &Loaded) -> Self {
        let hits = loaded.screen.search(query, min, most.clamp(1, 1000));
        let lines = hits.iter().map(|hit| {
            let entity = &loaded.screen.entities()[hit.entity as usize];
            Line {
                list: loaded.list_of(hit.entity).to_owned(),
                id: entity.id.clone(),
                score: thousandths(hit.score),
                listing: snapshot::listing_hash(entity),
            }
        });
        let mut record = Self {
            kind: KIND.to_owned(),
            asked: query.clone(),
            as_of,
            engine: ENGINE.to_owned(),
            threshold: min,
            most,
            lawbook: context.book.version.clone(),
            against: loaded.against.clone(),
            hits: lines.collect(),
            hash: String::new(),
        };
        record.hash = record.own_hash();
        record
    }

    fn own_hash(&self) -> String {
        let bare = Self { hash: String::new(), ..self.clone() };
        // A plain value is always written.
        snapshot::hash(&serde_json::to_vec(&bare).unwrap_or_default())
    }
}

/// Writes the record of a screening.
pub fn save(
    path: &Path,
    context: &Context,
    query: &Query,
    as_of: AsOf,
    min: f32,
    most: usize,
    loaded: &Loaded,
) -> Result<(), Failure> {
    let record = Record::of(context, query, as_of, min, most, loaded);
    let text = serde_json::to_string_pretty(&record).map_err(|e| Failure::file(path, &e))? + "\n";
    home::write_whole(path, text.as_bytes())
}

/// Derives a record again and compares.
/// The exit code is that of `yumen verify`: 0 where the outcome is the same, 1 where it is another or cannot be derived again, 3 where
/// the record was altered.
pub fn verify(context: &Context, store: &Store, path: &Path) -> Result<(String, u8), Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    let record: Record = serde_json::from_str(&text).map_err(|e| Failure::file(path, &e))?;
    let intact = record.kind == KIND && record.own_hash() == record.hash;
    let engine_same = record.engine == ENGINE;
    let loaded = store::load_again(&context.book, record.as_of, store, &record.against)?;
    let lists_same: Vec<ListSame> = record
        .against
        .iter()
        .zip(&loaded.against)
        .map(|(told, now)| ListSame {
            list: told.list.clone(),
            snapshot: told.snapshot.clone(),
            same: told.snapshot == now.snapshot,
        })
        .collect();
    let comparable = engine_same && lists_same.iter().all(|l| l.same);
    let result_same = comparable.then(|| {
        Record::of(context, &record.asked, record.as_of, record.threshold, record.most, &loaded).hits == record.hits
    });
    let verified = intact && result_same == Some(true);
    let note = match (intact, result_same) {
        (false, _) => Bilingual::new("记录已被改动。", "The record was altered."),
        (_, Some(true)) => Bilingual::new("由同样的快照得出同样的结果。", "The same snapshots give the same result."),
        (_, Some(false)) => Bilingual::new("由同样的快照得出不同的结果。", "The same snapshots give another result."),
        (_, None) => Bilingual::new(
            "引擎或名单内容已变，无法重新得出；记录本身完整。",
            "The engine or a list has changed, so it cannot be derived again; the record itself is intact.",
        ),
    };
    let checked = Checked { intact, engine_same, lists_same, result_same, verified, note };
    let exit = match (intact, verified) {
        (false, _) => BAD_DATA,
        (true, same) => u8::from(!same),
    };
    let page = context.print(&checked, |page| {
        let line = format!("{} {}", if verified { "✓" } else { "✗" }, page.say(&checked.note));
        page.line(&line);
        for list in &checked.lists_same {
            let line = format!("{} {}", list.list, list.snapshot.chars().take(12).collect::<String>());
            page.item(if list.same { "✓" } else { "✗" }, &line);
        }
    });
    Ok((page, exit))
}
