//! Parties by name: equal names after folding, and what party screening found besides.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::party::{Listing, Party, PartyList};
use yumen_lawbook::{AsOf, Bilingual, Book};

use crate::answer::{PartyFinding, Similar};
use crate::question::Question;
use crate::text::fold::{fold, is_han};

/// A name without what does not tell names apart: case, width, script variants, blanks, signs.
pub fn key(name: &str) -> String {
    fold(name).lower.into_iter().filter(|c| c.is_alphanumeric()).collect()
}

/// Every listing of a name that had begun on the day, with where it stands.
pub fn find(book: &Book, name: &str, as_of: AsOf) -> Vec<PartyFinding> {
    let wanted = key(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<PartyFinding> = Vec::new();
    for listing in book.listings.iter().filter(|l| l.begun(as_of)) {
        for party in &listing.party {
            if party.names().any(|n| key(n) == wanted) {
                found.push(finding(book, name, listing, party, as_of));
            }
        }
    }
    found
}

/// The names of every listing as they are looked for in texts, worked out when the first text is read.
#[derive(Default)]
pub struct Names(OnceLock<Vec<(String, usize, usize)>>);

/// Fewest characters of a name that is looked for in running text: a shorter one is too easily part of another word.
const SHORTEST_HAN: usize = 5;
const SHORTEST_LATIN: usize = 9;

impl Names {
    /// Listed parties that a text names in full, with where they stand on the day.
    pub fn named_in(&self, book: &Book, text: &str, as_of: AsOf) -> Vec<PartyFinding> {
        let names = self.0.get_or_init(|| names(book));
        let text = key(text);
        let mut seen = BTreeSet::new();
        let named = names.iter().filter(|(name, _, _)| text.contains(name.as_str()));
        named
            .filter(|(_, listing, party)| book.listings[*listing].begun(as_of) && seen.insert((*listing, *party)))
            .map(|(_, listing, party)| {
                let listing = &book.listings[*listing];
                let party = &listing.party[*party];
                let asked = if party.en.is_empty() { &party.zh } else { &party.en };
                finding(book, asked, listing, party, as_of)
            })
            .collect()
    }
}

fn names(book: &Book) -> Vec<(String, usize, usize)> {
    let mut all = Vec::new();
    for (at, listing) in book.listings.iter().enumerate() {
        for (number, party) in listing.party.iter().enumerate() {
            for name in party.names().map(key) {
                let least = if name.chars().any(is_han) { SHORTEST_HAN } else { SHORTEST_LATIN };
                if name.chars().count() >= least {
                    all.push((name, at, number));
                }
            }
        }
    }
    all
}

/// A listed party by its listing and number, with where it stands on the day; `None` where its listing had not begun.
pub fn standing(book: &Book, asked: &str, listing: &str, no: u16, as_of: AsOf) -> Option<PartyFinding> {
    let listing = book.listings.iter().find(|l| l.id.as_str() == listing && l.begun(as_of))?;
    let party = listing.party.iter().find(|p| p.no == no)?;
    Some(finding(book, asked, listing, party, as_of))
}

/// Equal names, and those that screening found.
pub fn all(book: &Book, question: &Question) -> Vec<PartyFinding> {
    let mut found: Vec<PartyFinding> =
        question.parties.iter().flat_map(|name| find(book, name, question.as_of)).collect();
    for listed in &question.listed {
        let Some(mut more) = standing(book, &listed.asked, &listed.listing, listed.no, question.as_of) else {
            continue;
        };
        let known = |f: &PartyFinding| f.asked == more.asked && f.instrument == more.instrument && f.no == more.no;
        if !found.iter().any(known) {
            more.similar = Some(Similar { score: listed.score, same: listed.same });
            found.push(more);
        }
    }
    found
}

fn finding(book: &Book, asked: &str, listing: &Listing, party: &Party, as_of: AsOf) -> PartyFinding {
    let at = party.measure.as_ref().unwrap_or(&listing.measure);
    let clause = book.clause(at);
    let stretch = clause.and_then(|c| c.stretch(as_of));
    let status = stretch.map_or(ClauseStatus::InForce, |s| s.status);
    let label = status.label();
    let standing = match stretch {
        Some(s) => {
            let until =
                s.until.map_or_else(Bilingual::default, |u| Bilingual::new(format!("至 {u}"), format!(" until {u}")));
            Bilingual::new(
                format!(
                    "{}（{} 列入；{} 起{}{}）{}",
                    label.zh, listing.effective, s.from, label.zh, until.zh, s.note.zh
                ),
                format!("{} (listed {}; since {}{}) {}", label.en, listing.effective, s.from, until.en, s.note.en)
                    .trim_end()
                    .to_owned(),
            )
        }
        None => Bilingual::new(format!("{} 列入", listing.effective), format!("listed {}", listing.effective)),
    };
    let citation = yumen_lawbook::instrument::Citation { instrument: listing.instrument.clone(), place: String::new() };
    PartyFinding {
        asked: asked.to_owned(),
        name: Bilingual::new(party.zh.clone(), party.en.clone()),
        list: listing.list.as_str().to_owned(),
        list_name: listing.list.label(),
        instrument: listing.instrument.to_string(),
        no: party.no,
        status: status.as_str().to_owned(),
        standing,
        effect: clause.map(|c| c.text.clone()).unwrap_or_default(),
        cite: book.cite(&citation, as_of.effective),
        verification: listing.verification,
        similar: None,
    }
}

/// True where the party is the listed one, not only like it.
pub fn is_same(finding: &PartyFinding) -> bool {
    finding.similar.is_none_or(|s| s.same)
}

/// What listings in force mean for a dual-use export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Consequence {
    /// No export; exceptions on special application.
    Prohibited,
    /// Single licence only, with papers, without a time limit.
    Watched,
    /// Measures of another law.
    Other,
}

/// The consequence of a finding, where its listing is in force.
pub fn consequence(finding: &PartyFinding) -> Option<Consequence> {
    (finding.status == ClauseStatus::InForce.as_str()).then(|| match finding.list.as_str() {
        l if l == PartyList::Control.as_str() => Consequence::Prohibited,
        l if l == PartyList::Watch.as_str() => Consequence::Watched,
        _ => Consequence::Other,
    })
}
