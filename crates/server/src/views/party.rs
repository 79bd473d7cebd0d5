//! Parties that notices list, with where each listing stands on a day.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::party::{Listing, Party, PartyList};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::measure::StretchView;
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
    /// What a reader should know of the listing.
    pub note: Bilingual,
    /// Other listings of the same name.
    pub others: Vec<PartyLine>,
}

/// What is looked for among the parties.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A part of a name.
    pub words: String,
    /// A list.
    pub list: String,
    /// A status.
    pub status: String,
    /// A country.
    pub country: String,
}

/// Every party of every listing, the youngest listing first, in the order of its notice.
pub fn lines(book: &Book, day: Day, filter: &Filter) -> Vec<PartyLine> {
    let wanted = yumen_assess::party_key(&filter.words);
    let mut listings: Vec<&Listing> = book.listings.iter().collect();
    listings.sort_by(|a, b| (b.effective, &a.id).cmp(&(a.effective, &b.id)));
    let mut lines = Vec::new();
    for listing in listings {
        if !filter.list.is_empty() && listing.list.as_str() != filter.list {
            continue;
        }
        for party in &listing.party {
            if !filter.country.is_empty() && party.country != filter.country {
                continue;
            }
            if !wanted.is_empty() && !party.names().any(|n| yumen_assess::party_key(n).contains(&wanted)) {
                continue;
            }
            let line = line(book, listing, party, day);
            if filter.status.is_empty() || line.status == filter.status {
                lines.push(line);
            }
        }
    }
    lines
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
    };
    let (listing, no) = id.rsplit_once('/').ok_or_else(missing)?;
    let listing = book.listings.iter().find(|l| l.id.as_str() == listing).ok_or_else(missing)?;
    let no: u16 = no.parse().map_err(|_| missing())?;
    let party = listing.party.iter().find(|p| p.no == no).ok_or_else(missing)?;
    let at = party.measure.as_ref().unwrap_or(&listing.measure);
    let measure = book.measures.get(&at.measure).map(|m| measure::of(book, m, day));
    let clause = measure.and_then(|m| m.clauses.into_iter().find(|c| c.clause == at.clause));
    let keys: Vec<String> = party.names().map(yumen_assess::party_key).collect();
    let same = |p: &Party| p.names().any(|n| keys.contains(&yumen_assess::party_key(n)));
    let others = book
        .listings
        .iter()
        .flat_map(|l| l.party.iter().map(move |p| (l, p)))
        .filter(|(l, p)| !(l.id == listing.id && p.no == no) && same(p))
        .map(|(l, p)| line(book, l, p, day))
        .collect();
    Ok(PartyView {
        as_of: day,
        party: line(book, listing, party, day),
        address: [party.address.as_str(), party.postcode.as_str()]
            .iter()
            .filter(|t| !t.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" "),
        effect: clause.as_ref().map(|c| c.text.clone()).unwrap_or_default(),
        measure: format!("{}#{}", at.measure, at.clause),
        known: listing.verification.into(),
        history: clause.map(|c| c.history).unwrap_or_default(),
        note: listing.note.clone(),
        others,
    })
}

/// The four lists with their names.
pub fn lists() -> [(&'static str, Bilingual); 4] {
    [PartyList::Control, PartyList::Watch, PartyList::Unreliable, PartyList::Countermeasure]
        .map(|l| (l.as_str(), l.label()))
}
