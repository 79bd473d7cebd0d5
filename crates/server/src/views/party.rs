//! Parties that notices list, with where each listing stands on a day and what follows from it. (`looking.rs` finds them.)

mod looking;

pub use looking::{Filter, Looked, countries, lines, look};

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::party::{Listing, Party, PartyList};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::measure::{ClauseView, StretchView};
use super::penalty::{self, Amounts, PenaltyView};
use super::related::ProcedureRef;
use super::{CiteView, Known, measure};
use crate::problem::Problem;

/// A party in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartyLine {
    /// `control-1-2025/3`: the listing and the number in its notice.
    pub id: String,
    /// The name as printed.
    pub name: Bilingual,
    /// Other names the notice gives.
    pub also: Vec<String>,
    /// `control`, `watch`, `unreliable`, `countermeasure`.
    pub list: String,
    /// The same in words.
    pub list_name: Bilingual,
    /// Country or region by ISO code; may be empty.
    pub country: String,
    /// The same by name.
    pub country_name: Bilingual,
    /// First day of listing.
    pub listed: Day,
    /// `scheduled`, `in_force`, `suspended`, `lapsed_unconfirmed`, `repealed`; `not_yet` before the listing.
    pub status: String,
    /// The same in words, with its last day where there is one.
    pub standing: Bilingual,
    /// The notice.
    pub instrument: CiteView,
    /// How it was found: `name` holds the words, `similar` is another spelling, `word` shares a rare word; empty where nothing was
    /// looked for.
    pub found: String,
    /// How alike the names are, in thousandths, where they were compared.
    pub score: Option<u16>,
}

/// A party with everything the notice says and what follows from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartyView {
    /// The day of the law.
    pub as_of: Day,
    /// The party.
    pub party: PartyLine,
    /// Address as printed.
    pub address: String,
    /// What the listing means.
    pub effect: Bilingual,
    /// The clause that decides.
    pub measure: String,
    /// How the name is known.
    pub known: Known,
    /// The history of the clause that decides.
    pub history: Vec<StretchView>,
    /// Every clause of the notice, the one that decides first.
    pub clauses: Vec<ClauseView>,
    /// What can be asked for, and how a listing ends.
    pub procedures: Vec<ProcedureRef>,
    /// What a breach costs.
    pub penalties: Vec<PenaltyView>,
    /// What a reader should know of the listing.
    pub note: Bilingual,
    /// Other listings of the same name.
    pub others: Vec<PartyLine>,
}

/// The procedures and penalties that a list leads to, by their names in the book.
fn follows(list: PartyList) -> (&'static [&'static str], &'static [&'static str]) {
    match list {
        PartyList::Control => (&["d-5", "l-5"], &["P-6"]),
        PartyList::Watch => (&["d-1", "l-6"], &["P-2"]),
        PartyList::Unreliable => (&["l-7"], &[]),
        PartyList::Countermeasure => (&["l-8"], &[]),
    }
}

fn line(book: &Book, listing: &Listing, party: &Party, day: Day) -> PartyLine {
    let at = party.measure.as_ref().unwrap_or(&listing.measure);
    let stretch = book.clause(at).and_then(|c| c.stretch(AsOf::on(day)));
    let status = match stretch {
        _ if listing.effective > day => "not_yet",
        Some(s) => s.status.as_str(),
        None => "in_force",
    };
    let label = stretch.map_or_else(|| Bilingual::new("列入", "listed"), |s| s.status.label());
    let standing = match stretch.and_then(|s| s.until) {
        _ if status == "not_yet" => {
            Bilingual::new(format!("{} 起列入", listing.effective), format!("listed from {}", listing.effective))
        }
        Some(until) => Bilingual::new(format!("{}至 {until}", label.zh), format!("{} until {until}", label.en)),
        None => label,
    };
    let citation = yumen_lawbook::instrument::Citation { instrument: listing.instrument.clone(), place: String::new() };
    PartyLine {
        id: format!("{}/{}", listing.id, party.no),
        name: Bilingual::new(party.zh.clone(), party.en.clone()),
        also: party.also.clone(),
        list: listing.list.as_str().to_owned(),
        list_name: listing.list.label(),
        country: party.country.clone(),
        country_name: book.countries.get(&party.country).map(|c| c.name.clone()).unwrap_or_default(),
        listed: listing.effective,
        status: status.to_owned(),
        standing,
        instrument: CiteView::new(book, &citation, day),
        found: String::new(),
        score: None,
    }
}

/// One party by the name of its listing and its number.
///
/// # Errors
/// Where there is none.
pub fn view(book: &Book, id: &str, day: Day) -> Result<PartyView, Problem> {
    let missing = || {
        let id = crate::problem::shown(id);
        Problem::missing("unknown_party", format!("没有当事方“{id}”。"), format!("There is no party “{id}”."))
            .or_rather(Bilingual::new("名单中的当事方", "Listed parties"), "/parties".to_owned())
    };
    let (listing, no) = id.rsplit_once('/').ok_or_else(missing)?;
    let listing = book.listings.iter().find(|l| l.id.as_str() == listing).ok_or_else(missing)?;
    let no: u16 = no.parse().map_err(|_| missing())?;
    let party = listing.party.iter().find(|p| p.no == no).ok_or_else(missing)?;
    let at = party.measure.as_ref().unwrap_or(&listing.measure);
    let measure = book.measures.get(&at.measure).map(|m| measure::of(book, m, day));
    let mut clauses = measure.map(|m| m.clauses).unwrap_or_default();
    clauses.sort_by_key(|c| c.clause != at.clause);
    let deciding = clauses.first().filter(|c| c.clause == at.clause);
    let keys: Vec<String> = party.names().map(yumen_assess::party_key).collect();
    let same = |p: &Party| p.names().any(|n| keys.contains(&yumen_assess::party_key(n)));
    let others = book
        .listings
        .iter()
        .flat_map(|l| l.party.iter().map(move |p| (l, p)))
        .filter(|(l, p)| !(l.id == listing.id && p.no == no) && same(p))
        .map(|(l, p)| line(book, l, p, day))
        .collect();
    let (procedures, penalties) = follows(listing.list);
    Ok(PartyView {
        as_of: day,
        party: line(book, listing, party, day),
        address: [party.address.as_str(), party.postcode.as_str()]
            .iter()
            .filter(|t| !t.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" "),
        effect: deciding.map(|c| c.text.clone()).unwrap_or_default(),
        measure: format!("{}#{}", at.measure, at.clause),
        known: listing.verification.into(),
        history: deciding.map(|c| c.history.clone()).unwrap_or_default(),
        clauses,
        procedures: procedures
            .iter()
            .filter_map(|id| book.procedures.get(*id))
            .map(|p| ProcedureRef { id: p.id.to_string(), name: p.name.clone() })
            .collect(),
        penalties: penalties
            .iter()
            .filter_map(|id| penalty::view(book, id, Amounts::default(), day).ok())
            .flatten()
            .collect(),
        note: listing.note.clone(),
        others,
    })
}

/// The four lists with their names.
pub fn lists() -> [(&'static str, Bilingual); 4] {
    [PartyList::Control, PartyList::Watch, PartyList::Unreliable, PartyList::Countermeasure]
        .map(|l| (l.as_str(), l.label()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_leads_to_is_in_the_book() {
        let book = yumen_embedded::book().unwrap();
        for list in [PartyList::Control, PartyList::Watch, PartyList::Unreliable, PartyList::Countermeasure] {
            let (procedures, penalties) = follows(list);
            assert!(procedures.iter().all(|p| book.procedures.contains_key(*p)), "{list:?}");
            assert!(penalties.iter().all(|id| book.penalties.iter().any(|p| p.id == *id)), "{list:?}");
        }
    }

    #[test]
    fn a_listing_tells_every_clause_the_way_out_and_the_price() {
        let book = yumen_embedded::book().unwrap();
        let view = view(&book, "control-30-2026/4", Day::new(2026, 11, 27).unwrap()).unwrap();
        let effects: Vec<&str> = view.clauses.iter().map(|c| c.effect.as_str()).collect();
        assert_eq!(effects, ["prohibit", "extraterritorial"]);
        assert_eq!(view.procedures[0].id, "d-5");
        assert!(view.penalties[0].fine.as_ref().unwrap().rule.en.contains("10 to 20 times"));
    }
}
