//! `yumen rescreen`: parties that were screened before, against only what changed between two snapshots of a list.

use std::path::Path;

use serde::Serialize;
use yumen_lawbook::Lang;
use yumen_screen::snapshot::Delta;
use yumen_screen::{Band, Entity, Screen};

use super::screen::thousandths;
use super::screen_batch::question;
use crate::cli::Rescreen;
use crate::context::Context;
use crate::failure::Failure;
use crate::store::Store;
use crate::tables;

/// A party and a listing that came, changed or went.
#[derive(Serialize)]
struct Change {
    row: usize,
    party: String,
    /// `new`, `changed` or `ended`.
    what: &'static str,
    id: String,
    name: String,
    score: f64,
    band: Band,
    /// The score before, where the listing changed.
    before: Option<f64>,
}

#[derive(Serialize)]
struct Rescreened {
    from: String,
    to: String,
    added: usize,
    changed: usize,
    removed: usize,
    parties: usize,
    changes: Vec<Change>,
}

/// Runs the command.
pub fn run(context: &Context, args: &Rescreen, data: Option<&Path>) -> Result<String, Failure> {
    let store = Store::open(data)?;
    let (from, old) = store.snapshot(&args.from)?;
    let (to, new) = store.snapshot(&args.to)?;
    let delta = Delta::between(&old, &new);
    let was: Vec<Entity> =
        old.into_iter().filter(|e| delta.removed.iter().chain(&delta.changed).any(|d| d.id == e.id)).collect();
    let now: Vec<Entity> = delta.added.iter().chain(&delta.changed).cloned().collect();
    let (before, after) = (Screen::build(was), Screen::build(now));
    let (parties, changes) = compare(&before, &after, &args.parties, args.min)?;
    let told = Rescreened {
        from,
        to,
        added: delta.added.len(),
        changed: delta.changed.len(),
        removed: delta.removed.len(),
        parties,
        changes,
    };
    Ok(context.print(&told, |page| {
        let line = match page.lang {
            Lang::Zh => format!(
                "名单变化 +{} ~{} -{}；重新筛查 {} 方，{} 条变化",
                told.added,
                told.changed,
                told.removed,
                told.parties,
                told.changes.len()
            ),
            Lang::En => format!(
                "The list changed by +{} ~{} -{}; {} parties screened again, {} changes",
                told.added,
                told.changed,
                told.removed,
                told.parties,
                told.changes.len()
            ),
        };
        page.line(&line);
        let rows: Vec<Vec<String>> = told
            .changes
            .iter()
            .map(|c| {
                let what = match c.what {
                    "new" => page.pick("新命中", "new"),
                    "changed" => page.pick("名单有变", "changed"),
                    _ => page.pick("已移出", "ended"),
                };
                vec![
                    c.row.to_string(),
                    c.party.clone(),
                    what.to_owned(),
                    format!("{:.3}", c.score),
                    c.name.clone(),
                    c.id.clone(),
                ]
            })
            .collect();
        let head = [
            page.pick("行", "Row"),
            page.pick("当事方", "Party"),
            page.pick("变化", "Change"),
            page.pick("分", "Score"),
            page.pick("所列名称", "Listed"),
            page.pick("编号", "Number"),
        ];
        page.table(&head, &rows);
    }))
}

/// How many parties there are, and what came, changed or went for each.
fn compare(before: &Screen, after: &Screen, parties_file: &Path, min: f32) -> Result<(usize, Vec<Change>), Failure> {
    let mut changes = Vec::new();
    let mut parties = 0;
    for row in tables::open(parties_file)? {
        let row = row?;
        let Some(query) = question(&row) else { continue };
        parties += 1;
        let old = before.search(&query, min, 50);
        let id_of = |screen: &Screen, entity: u32| screen.entities()[entity as usize].id.clone();
        let new = after.search(&query, min, 50);
        for hit in &new {
            let id = id_of(after, hit.entity);
            let score = old.iter().find(|h| id_of(before, h.entity) == id).map(|h| thousandths(h.score));
            let entity = &after.entities()[hit.entity as usize];
            changes.push(Change {
                row: row.number,
                party: query.name.clone(),
                what: if score.is_some() { "changed" } else { "new" },
                name: entity.names.get(usize::from(hit.name)).cloned().unwrap_or_default(),
                id,
                score: thousandths(hit.score),
                band: Band::of(hit.score),
                before: score,
            });
        }
        for hit in &old {
            let id = id_of(before, hit.entity);
            if new.iter().any(|h| id_of(after, h.entity) == id) {
                continue;
            }
            let entity = &before.entities()[hit.entity as usize];
            changes.push(Change {
                row: row.number,
                party: query.name.clone(),
                what: "ended",
                name: entity.names.get(usize::from(hit.name)).cloned().unwrap_or_default(),
                id,
                score: thousandths(hit.score),
                band: Band::of(hit.score),
                before: Some(thousandths(hit.score)),
            });
        }
    }
    Ok((parties, changes))
}
