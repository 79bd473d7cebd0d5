//! Parties of a transaction against the Chinese lists, for `yumen check`: what screening finds is handed to the engine as listed
//! parties, certain or to be asked about.

use std::path::Path;

use yumen_assess::ListedParty;
use yumen_lawbook::{AsOf, Book};
use yumen_screen::chinese::Lists;
use yumen_screen::decision::{self, Bearing, Decision};

use crate::commands::screen::{decisions_file, read_decisions};
use crate::failure::Failure;

/// The Chinese lists of a day, ready to be asked, with what was decided about hits before.
pub struct Parties {
    lists: Lists,
    decisions: Vec<Decision>,
}

impl Parties {
    /// Makes the lists of a day ready.
    pub fn of(book: &Book, as_of: AsOf, data: Option<&Path>) -> Result<Self, Failure> {
        // Without a home directory there are no decisions; that is no reason not to answer.
        let decisions = decisions_file(None, data)
            .and_then(|path| read_decisions(&path))
            .or_else(|failure| if failure.code == "data" { Ok(Vec::new()) } else { Err(failure) })?;
        Ok(Self { lists: Lists::of(book, as_of), decisions })
    }

    /// Listed parties that these names are or may be.
    pub fn listed(&self, names: &[String]) -> Vec<ListedParty> {
        let found =
            self.lists.found(
                names,
                &|query, list, entity| match decision::bearing(&self.decisions, query, list, entity) {
                    Some(Bearing::Holds(d)) => Some(d.verdict),
                    _ => None,
                },
            );
        let listed = found.into_iter();
        listed
            .map(|f| ListedParty { asked: f.asked, listing: f.listing, no: f.no, same: f.same, score: f.score })
            .collect()
    }
}
