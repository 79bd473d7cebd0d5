//! The Chinese party lists of the law book as parties to screen against, with where each listing stands on a day.

use yumen_lawbook::party::{Listing, Party, PartyList};
use yumen_lawbook::{AsOf, Book};

use crate::entity::{Entity, PartyType};

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
