//! Parties of a transaction against the Chinese lists, for `yumen check`: what screening finds is handed to the engine as listed
//! parties, certain or to be asked about.

use std::path::Path;

use yumen_assess::ListedParty;
use yumen_lawbook::{AsOf, Book};
use yumen_screen::decision::{Bearing, Decision, Verdict};
use yumen_screen::{ALERT, BLOCK, Query, Screen, chinese, decision};

use crate::commands::screen::{decisions_file, read_decisions};
use crate::failure::Failure;

/// The Chinese lists of a day, ready to be asked.
pub struct Parties {
    lists: Vec<(&'static str, Screen)>,
    decisions: Vec<Decision>,
}

impl Parties {
    /// Makes the lists of a day ready.
    pub fn of(book: &Book, as_of: AsOf, data: Option<&Path>) -> Result<Self, Failure> {
        let lists = chinese::LISTS
            .into_iter()
            .map(|l| (chinese::list_name(l), Screen::build(chinese::entities(book, l, as_of))))
            .collect();
        // Without a home directory there are no decisions; that is no reason not to answer.
        let decisions = decisions_file(None, data)
            .and_then(|path| read_decisions(&path))
            .or_else(|failure| if failure.code == "data" { Ok(Vec::new()) } else { Err(failure) })?;
        Ok(Self { lists, decisions })
    }

    /// Listed parties that these names are or may be.
    pub fn listed(&self, names: &[String]) -> Vec<ListedParty> {
        let mut out = Vec::new();
        for name in names {
            let query = Query::named(name);
            for (list, screen) in &self.lists {
                let hits = screen.search(&query, ALERT, 5);
                // Where the party itself is on the list, those that are only like it there say nothing more.
                let certain = hits.first().is_some_and(|h| h.score >= BLOCK);
                for hit in hits.iter().filter(|h| !certain || h.score >= BLOCK) {
                    let entity = &screen.entities()[hit.entity as usize];
                    let decided = match decision::bearing(&self.decisions, &query, list, entity) {
                        Some(Bearing::Holds(d)) => Some(d.verdict),
                        _ => None,
                    };
                    if decided == Some(Verdict::False) {
                        continue;
                    }
                    let Some((listing, no)) = entity.id.rsplit_once('#') else { continue };
                    let Ok(no) = no.parse() else { continue };
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is 0 to 1")]
                    let score = (hit.score * 1000.0).round() as u16;
                    out.push(ListedParty {
                        asked: name.clone(),
                        listing: listing.to_owned(),
                        no,
                        same: hit.score >= BLOCK || decided == Some(Verdict::True),
                        score,
                    });
                }
            }
        }
        out
    }
}
