//! The Chinese party lists of the law book as parties to screen against, with where each listing stands on a day.

use yumen_lawbook::party::{Listing, Party, PartyList};
use yumen_lawbook::{AsOf, Book};

use crate::decision::Verdict;
use crate::entity::{Entity, PartyType};
use crate::{ALERT, BLOCK, Query, Screen};

/// Most parties of a list that a name is held against in a transaction.
const MOST: usize = 5;

/// The Chinese lists of a day, ready to be asked about the parties of a transaction.
pub struct Lists(Vec<(&'static str, Screen)>);

/// A listed party that a name is or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The name as asked.
    pub asked: String,
    /// The listing.
    pub listing: String,
    /// Its number in the listing.
    pub no: u16,
    /// How alike the names are, in thousandths.
    pub score: u16,
    /// True where the party is taken for the listed one.
    pub same: bool,
}

impl Lists {
    /// The lists as they stand on a day.
    pub fn of(book: &Book, as_of: AsOf) -> Self {
        Self(LISTS.into_iter().map(|l| (list_name(l), Screen::build(entities(book, l, as_of)))).collect())
    }

    /// Listed parties that names are or may be. `decided` tells what was decided about a hit before, where anything was.
    pub fn found(&self, names: &[String], decided: &dyn Fn(&Query, &str, &Entity) -> Option<Verdict>) -> Vec<Found> {
        let mut out = Vec::new();
        for name in names {
            let query = Query::named(name);
            for (list, screen) in &self.0 {
                let hits = screen.search(&query, ALERT, MOST);
                // Where the party itself is on the list, those that are only like it there say nothing more.
                let certain = hits.first().is_some_and(|h| h.score >= BLOCK);
                for hit in hits.iter().filter(|h| !certain || h.score >= BLOCK) {
                    let entity = &screen.entities()[hit.entity as usize];
                    let verdict = decided(&query, list, entity);
                    let place = entity.id.rsplit_once('#').and_then(|(l, no)| Some((l, no.parse().ok()?)));
                    let (Some((listing, no)), false) = (place, verdict == Some(Verdict::False)) else { continue };
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score is 0 to 1")]
                    let score = (hit.score * 1000.0).round() as u16;
                    let same = hit.score >= BLOCK || verdict == Some(Verdict::True);
                    out.push(Found { asked: name.clone(), listing: listing.to_owned(), no, score, same });
                }
            }
        }
        out
    }
}

/// The name under which a list of the book is screened: `cn-control`.
pub fn list_name(list: PartyList) -> &'static str {
    match list {
        PartyList::Control => "cn-control",
        PartyList::Watch => "cn-watch",
        PartyList::Unreliable => "cn-unreliable",
        PartyList::Countermeasure => "cn-countermeasure",
    }
}

/// Every Chinese list.
pub const LISTS: [PartyList; 4] =
    [PartyList::Control, PartyList::Watch, PartyList::Unreliable, PartyList::Countermeasure];

/// The number of a listed party: the listing and its number in the notice.
pub fn id(listing: &Listing, party: &Party) -> String {
    format!("{}#{}", listing.id, party.no)
}

/// The parties of a list whose listing had begun on the day. Suspended and ended listings stay in: they are told as such.
pub fn entities(book: &Book, list: PartyList, as_of: AsOf) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for listing in book.listings.iter().filter(|l| l.list == list && l.begun(as_of)) {
        for party in &listing.party {
            out.push(Entity {
                id: id(listing, party),
                source: list_name(list).to_owned(),
                r#type: PartyType::Organisation,
                names: party.names().map(str::to_owned).collect(),
                countries: Some(party.country.clone()).filter(|c| !c.is_empty()).into_iter().collect(),
                remark: listing.instrument.to_string(),
                ..Entity::default()
            });
        }
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// The listing and party behind a number.
pub fn find<'b>(book: &'b Book, id: &str) -> Option<(&'b Listing, &'b Party)> {
    let (listing, no) = id.rsplit_once('#')?;
    let no: u16 = no.parse().ok()?;
    let listing = book.listings.iter().find(|l| l.id.as_str() == listing)?;
    Some((listing, listing.party.iter().find(|p| p.no == no)?))
}
