//! Countries and regions: which clauses name one, who of it is listed, what changed.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::{Bilingual, Book, Day};

use super::changes::Change;
use super::measure::{self, ClauseView};
use super::party::{self, PartyLine};
use crate::problem::{Problem, shown};

/// Most changes told of a country.
const LATEST: usize = 12;
/// How unlike a name may be to be suggested, in letters.
const UNLIKE: usize = 3;

/// A country in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountryLine {
    /// ISO 3166 alpha-2.
    #[schema(example = "JP")]
    pub code: String,
    /// Its name.
    pub name: Bilingual,
    /// How many clauses name it that stand on the day.
    pub clauses: usize,
    /// How many listings of its parties stand on the day.
    pub parties: usize,
}

/// A country with everything that names it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CountryView {
    /// The day of the law.
    pub as_of: Day,
    /// The country.
    pub country: CountryLine,
    /// Clauses that name it as a destination, the youngest measure first.
    pub clauses: Vec<ClauseView>,
    /// Its parties on the Chinese lists, the youngest listing first.
    pub parties: Vec<PartyLine>,
    /// What changed about it, the latest first.
    pub changes: Vec<Change>,
}

/// Clauses on a day; those of another time are left out.
fn clauses(book: &Book, day: Day) -> Vec<ClauseView> {
    let all = measure::all(book, day).into_iter().flat_map(|m| m.clauses);
    all.filter(|c| c.status.as_deref().is_some_and(|s| s != "repealed")).collect()
}

fn stands(line: &PartyLine) -> bool {
    !matches!(line.status.as_str(), "repealed" | "not_yet")
}

/// Every country, in the order of its name in English.
pub fn all(book: &Book, day: Day) -> Vec<CountryLine> {
    let clauses = clauses(book, day);
    let parties = party::lines(book, day, &party::Filter::default());
    let mut all: Vec<CountryLine> = book
        .countries
        .values()
        .map(|c| CountryLine {
            code: c.code.clone(),
            name: c.name.clone(),
            clauses: clauses.iter().filter(|x| x.destinations.contains(&c.code)).count(),
            parties: parties.iter().filter(|p| p.country == c.code && stands(p)).count(),
        })
        .collect();
    all.sort_by(|a, b| a.name.en.cmp(&b.name.en));
    all
}

/// The code of a country by its code or name.
///
/// # Errors
/// Where there is none; names that look like it are offered.
pub fn find<'b>(book: &'b Book, name: &str) -> Result<&'b yumen_lawbook::place::Country, Problem> {
    book.country(name).ok_or_else(|| {
        let wanted = name.trim().to_lowercase();
        let unlike = |text: &str| strsim::osa_distance(&wanted, &text.to_lowercase());
        let mut near: Vec<_> = book
            .countries
            .values()
            .map(|c| (unlike(&c.name.en).min(unlike(&c.name.zh)).min(unlike(&c.code)), c))
            .filter(|(n, _)| *n <= UNLIKE && *n < wanted.chars().count())
            .collect();
        near.sort_by_key(|(n, c)| (*n, &c.code));
        let typed = shown(name);
        let problem = Problem::missing(
            "unknown_country",
            format!("没有国家或者地区“{typed}”：请写名称或者两位代码，例如 日本、JP。"),
            format!("There is no country or region “{typed}”: write its name or two letters, for example Japan or JP."),
        );
        near.into_iter()
            .take(3)
            .fold(problem, |p, (_, c)| p.or_rather(c.name.clone(), format!("/countries/{}", c.code)))
            .or_rather(Bilingual::new("全部国家和地区", "All countries and regions"), "/countries".to_owned())
    })
}

/// One country by its code or name.
///
/// # Errors
/// Where there is none.
pub fn view(book: &Book, changes: &[Change], name: &str, day: Day) -> Result<CountryView, Problem> {
    let found = find(book, name)?;
    let clauses: Vec<ClauseView> =
        clauses(book, day).into_iter().filter(|c| c.destinations.contains(&found.code)).collect();
    let filter = party::Filter { country: found.code.clone(), ..party::Filter::default() };
    let parties = party::lines(book, day, &filter);
    let country = CountryLine {
        code: found.code.clone(),
        name: found.name.clone(),
        clauses: clauses.len(),
        parties: parties.iter().filter(|p| stands(p)).count(),
    };
    let about = |c: &&Change| c.day <= day && c.countries.contains(&found.code);
    let changes = changes.iter().rev().filter(about).take(LATEST).cloned().collect();
    Ok(CountryView { as_of: day, country, clauses, parties, changes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Day {
        Day::new(2026, 11, 27).unwrap()
    }

    #[test]
    fn a_country_gathers_what_names_it() {
        let book = yumen_embedded::book().unwrap();
        let changes = crate::views::changes::all(&book);
        let japan = view(&book, &changes, "Japan", day()).unwrap();
        assert_eq!(japan.country.code, "JP");
        assert!(japan.clauses.iter().any(|c| c.cite.instrument == "notice-1-2026"));
        assert!(!japan.parties.is_empty() && !japan.changes.is_empty());
        let before = view(&book, &changes, "JP", Day::new(2025, 1, 1).unwrap()).unwrap();
        assert!(before.clauses.is_empty());
        let line = all(&book, day()).into_iter().find(|c| c.code == "JP").unwrap();
        assert_eq!((line.clauses, line.parties), (japan.country.clauses, japan.country.parties));
    }

    #[test]
    fn a_slip_is_met_with_names_like_it() {
        let book = yumen_embedded::book().unwrap();
        let problem = find(&book, "Germny").unwrap_err();
        assert_eq!(problem.code, "unknown_country");
        assert_eq!(problem.offers[0].1, "/countries/DE");
        assert_eq!(find(&book, "xx").unwrap_err().offers.last().unwrap().1, "/countries");
    }
}
