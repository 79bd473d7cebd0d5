//! Looking for a party: names that hold the words, other spellings of the name, names that share a rare word with it.

use std::collections::{BTreeMap, BTreeSet};

use yumen_assess::{fold, is_han};
use yumen_lawbook::party::{Listing, Party};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};
use yumen_screen::chinese::Lists;

use super::{PartyLine, line};

/// What is looked for among the parties.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// A name, or a part of it.
    pub words: String,
    /// A list.
    pub list: String,
    /// A status.
    pub status: String,
    /// A country.
    pub country: String,
    /// A notice.
    pub notice: String,
}

/// What was found, and how many listings were looked at.
pub struct Looked {
    /// The lines, those that hold the words first.
    pub lines: Vec<PartyLine>,
    /// Parties of every list on the day.
    pub looked_at: usize,
}

/// Longest name compared by spelling, in characters: what is longer is no name.
const LONGEST: usize = 200;
/// Fewest letters of a word that tells names apart, and most names it may stand in.
const LETTERS: usize = 4;
const MOST_NAMES: usize = 6;
/// Legal forms, which every name may have.
const FORMS: [&str; 10] = [
    "gmbh",
    "corp",
    "corporation",
    "company",
    "limited",
    "incorporated",
    "group",
    "holding",
    "holdings",
    "aktiengesellschaft",
];
/// Fewest Chinese characters in a row that tell names apart.
const CHARACTERS: usize = 3;

/// Every party that passes the filter: the youngest listing first, in the order of its notice; where words are looked for, names that
/// hold them before other spellings, and these before names that share a rare word.
pub fn lines(book: &Book, day: Day, filter: &Filter) -> Vec<PartyLine> {
    look(book, day, filter).lines
}

/// The same with the number of listings looked at.
pub fn look(book: &Book, day: Day, filter: &Filter) -> Looked {
    let mut listings: Vec<&Listing> = book.listings.iter().collect();
    listings.sort_by(|a, b| (b.effective, &a.id).cmp(&(a.effective, &b.id)));
    let all: Vec<(&Listing, &Party)> = listings.into_iter().flat_map(|l| l.party.iter().map(move |p| (l, p))).collect();
    let looked_at = all.iter().filter(|(l, _)| l.effective <= day).count();
    let found = if yumen_assess::party_key(&filter.words).is_empty() {
        all.into_iter().map(|(l, p)| line(book, l, p, day)).collect()
    } else {
        named(book, day, &filter.words, &all)
    };
    let passes = |l: &PartyLine| {
        (filter.list.is_empty() || l.list == filter.list)
            && (filter.country.is_empty() || l.country == filter.country)
            && (filter.status.is_empty() || l.status == filter.status)
            && (filter.notice.is_empty() || l.instrument.instrument == filter.notice)
    };
    Looked { lines: found.into_iter().filter(passes).collect(), looked_at }
}

/// Parties by a name, in the three ways one after the other; each party once.
fn named(book: &Book, day: Day, words: &str, all: &[(&Listing, &Party)]) -> Vec<PartyLine> {
    let wanted = yumen_assess::party_key(words);
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    let mut push = |l: &Listing, p: &Party, found: &str, score: Option<u16>| {
        if seen.insert((l.id.clone(), p.no)) {
            lines.push(PartyLine { found: found.to_owned(), score, ..line(book, l, p, day) });
        }
    };
    for (l, p) in all {
        if p.names().any(|n| yumen_assess::party_key(n).contains(&wanted)) {
            push(l, p, "name", None);
        }
    }
    if words.chars().count() > LONGEST {
        return lines;
    }
    let mut similar = Lists::of(book, AsOf::on(day)).found(&[words.to_owned()], &|_, _, _| None);
    similar.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    for hit in similar {
        if let Some((l, p)) = all.iter().find(|(l, p)| l.id.as_str() == hit.listing && p.no == hit.no) {
            push(l, p, "similar", Some(hit.score));
        }
    }
    let names: Vec<BTreeSet<String>> = all.iter().map(|(_, p)| p.names().flat_map(telling).collect()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.iter().flatten().for_each(|word| *counts.entry(word).or_default() += 1);
    let asked: BTreeSet<String> =
        telling(words).into_iter().filter(|w| counts.get(w.as_str()).is_some_and(|n| *n <= MOST_NAMES)).collect();
    for ((l, p), held) in all.iter().zip(&names) {
        if !asked.is_disjoint(held) {
            push(l, p, "word", None);
        }
    }
    lines
}

/// The words of a name that can tell it from others: Latin words of some length, runs of Chinese characters.
fn telling(name: &str) -> Vec<String> {
    let letters = fold(name).lower;
    let latin = letters.split(|c| !c.is_alphanumeric() || is_han(*c)).filter(|w| w.len() >= LETTERS);
    let latin = latin.map(|w| w.iter().collect::<String>()).filter(|w| !FORMS.contains(&w.as_str()));
    let mut words: Vec<String> = latin.collect();
    for run in letters.split(|c| !is_han(*c)) {
        words.extend(run.windows(CHARACTERS).map(|w| w.iter().collect::<String>()));
    }
    words
}

/// The countries whose parties are listed, with how many listings.
pub fn countries(book: &Book) -> Vec<(String, Bilingual, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for party in book.listings.iter().flat_map(|l| &l.party).filter(|p| !p.country.is_empty()) {
        *counts.entry(&party.country).or_default() += 1;
    }
    let mut all: Vec<(String, Bilingual, usize)> = counts
        .into_iter()
        .map(|(code, n)| (code.to_owned(), book.countries.get(code).map(|c| c.name.clone()).unwrap_or_default(), n))
        .collect();
    all.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<(String, String)> {
        let book = yumen_embedded::book().unwrap();
        let filter = Filter { words: words.to_owned(), ..Filter::default() };
        lines(&book, Day::new(2026, 11, 27).unwrap(), &filter).into_iter().map(|l| (l.found, l.name.en)).collect()
    }

    #[test]
    fn a_longer_name_finds_the_listed_one_by_its_rare_word() {
        let found = found("Rheinmetall Waffe Munition GmbH");
        assert!(found.iter().any(|(_, name)| name == "Rheinmetall AG"), "{found:?}");
        assert_eq!(found.len(), 1, "a legal form is no rare word: {found:?}");
    }

    #[test]
    fn a_part_of_a_name_and_another_spelling_are_found() {
        assert!(found("lockheed").iter().any(|(how, name)| how == "name" && name.contains("Lockheed")));
        let slip = found("Lokheed Martin Corporation");
        assert!(slip.iter().any(|(_, name)| name.contains("Lockheed")), "{slip:?}");
        assert!(found("Quite Another Bakery").is_empty());
    }

    #[test]
    fn countries_are_counted_and_filter() {
        let book = yumen_embedded::book().unwrap();
        let all = countries(&book);
        assert_eq!(all[0].0, "US");
        let filter = Filter { country: "DE".to_owned(), ..Filter::default() };
        let german = lines(&book, Day::new(2026, 11, 27).unwrap(), &filter);
        assert!(!german.is_empty() && german.iter().all(|l| l.country == "DE"));
    }
}
