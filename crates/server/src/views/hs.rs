//! Customs numbers: which entries give them for reference. They never decide: the words and figures of an entry do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::entry::Point;
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::{CiteView, Known};
use crate::problem::{Problem, shown};

/// A point that gives a customs number for reference.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HsPointView {
    /// The number as the point gives it.
    #[schema(example = "2805301910")]
    pub number: String,
    /// The list.
    pub list: String,
    /// The code of the entry.
    #[schema(example = "1C904")]
    pub entry: String,
    /// The full code of the point.
    #[schema(example = "1C904.a.1")]
    pub code: String,
    /// The point's path; empty for the heading.
    pub point: String,
    /// The words of the point.
    pub text: Bilingual,
    /// What the list does with the entry.
    pub control: String,
    /// Where the entry stands: `in_force`, `suspended`, `lapsed_unconfirmed`, `scheduled`.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// The instrument that gives the number.
    pub instrument: CiteView,
    /// How the point is known.
    pub known: Known,
}

/// A point of an entry that gives numbers elsewhere and has none itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unnumbered {
    /// The code of the entry.
    pub entry: String,
    /// The full code of the point.
    #[schema(example = "1C904.a.4")]
    pub code: String,
    /// The point's path.
    pub point: String,
    /// The words of the point.
    pub text: Bilingual,
}

/// A customs number with everything recorded about it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HsView {
    /// The day of the law.
    pub as_of: Day,
    /// The number asked for, digits only.
    pub number: String,
    /// Points that give this very number.
    pub exact: Vec<HsPointView>,
    /// Points that give a longer number beginning with it.
    pub longer: Vec<HsPointView>,
    /// Points that give a shorter number with which it begins.
    pub shorter: Vec<HsPointView>,
    /// Points of the same entries that are listed without a number.
    pub without: Vec<Unnumbered>,
    /// What a number is worth.
    pub warning: Bilingual,
}

/// A customs number in the table of all.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HsLine {
    /// The number.
    #[schema(example = "2805301910")]
    pub number: String,
    /// Points that give it.
    pub points: Vec<HsPointView>,
}

impl HsView {
    /// True where no point gives the number, a longer or a shorter one.
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.longer.is_empty() && self.shorter.is_empty()
    }
}

impl HsPointView {
    /// The page of the entry, at the point.
    pub fn path(&self) -> String {
        let at = if self.point.is_empty() { String::new() } else { format!("#{}", super::escaped(&self.point)) };
        format!("{}{at}", super::entry_path(&self.entry))
    }
}

impl Unnumbered {
    /// The page of the entry, at the point.
    pub fn path(&self) -> String {
        format!("{}#{}", super::entry_path(&self.entry), super::escaped(&self.point))
    }
}

/// What a customs number is worth, in a sentence.
pub fn warning() -> Bilingual {
    Bilingual::new(
        "商品编号仅供参考：是否受管制由条目的描述和指标决定，不由编号决定。编号下的货物不都受管制，没有编号的也可能受管制。",
        "These numbers are for reference only: the words and figures of an entry decide, never the number. Not all goods under a number are controlled, and goods without one may be.",
    )
}

/// The digits of a customs number: 4 to 10, dots and spaces let through.
///
/// # Errors
/// Where it is none.
pub fn number(text: &str) -> Result<String, Problem> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ' | '·')).collect();
    if (4..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits);
    }
    let typed = shown(text);
    Err(Problem::missing(
        "bad_hs",
        format!("“{typed}”不是海关商品编号：应为4至10位数字，例如 2805301910。"),
        format!("“{typed}” is no customs number: it has 4 to 10 digits, for example 2805301910."),
    )
    .at("hs")
    .or_rather(Bilingual::new("全部编号", "All numbers"), "/hs".to_owned()))
}

/// Every number given on a day, in order, with the points that give it.
pub fn all(book: &Book, day: Day) -> Vec<HsLine> {
    let mut numbers: BTreeMap<String, Vec<HsPointView>> = BTreeMap::new();
    for list in book.lists.values() {
        for version in list.history.on(day) {
            for point in &version.entry.points {
                for number in &point.hs {
                    numbers.entry(number.clone()).or_default().push(view_of(book, list, version, point, number, day));
                }
            }
        }
    }
    numbers.into_iter().map(|(number, points)| HsLine { number, points }).collect()
}

/// One number with what is recorded about it, longer and shorter ones included.
///
/// # Errors
/// Where it is no customs number.
pub fn view(book: &Book, text: &str, day: Day) -> Result<HsView, Problem> {
    let number = number(text)?;
    let (mut exact, mut longer, mut shorter) = (Vec::new(), Vec::new(), Vec::new());
    for line in all(book, day) {
        if line.number == number {
            exact = line.points;
        } else if line.number.starts_with(&number) {
            longer.extend(line.points);
        } else if number.starts_with(&line.number) {
            shorter.extend(line.points);
        }
    }
    let entries: BTreeSet<&str> = exact.iter().chain(&longer).chain(&shorter).map(|p| p.entry.as_str()).collect();
    let without = unnumbered(book, day).into_iter().filter(|u| entries.contains(u.entry.as_str())).collect();
    Ok(HsView { as_of: day, number, exact, longer, shorter, without, warning: warning() })
}

/// Points listed without a number, of entries that give numbers for other points.
pub fn unnumbered(book: &Book, day: Day) -> Vec<Unnumbered> {
    let mut out = Vec::new();
    for version in book.lists.values().flat_map(|l| l.history.on(day)) {
        let entry = &version.entry;
        if entry.points.iter().all(|p| p.hs.is_empty()) {
            continue;
        }
        let numbered = |path: &str| entry.ancestry(path).iter().any(|p| !p.hs.is_empty());
        for point in entry.points.iter().filter(|p| !p.path.is_empty() && !p.reserved) {
            let leaf = entry.children(&point.path).next().is_none();
            if leaf && !numbered(&point.path) && !entry.is_condition(&point.path) {
                out.push(Unnumbered {
                    entry: entry.code.to_string(),
                    code: entry.code.with_path(&point.path),
                    point: point.path.clone(),
                    text: point.text.clone(),
                });
            }
        }
    }
    out.sort_by(|a, b| a.code.cmp(&b.code));
    out
}

fn view_of(book: &Book, list: &ControlList, version: &Version, point: &Point, number: &str, day: Day) -> HsPointView {
    let standing = book.standing(version, AsOf::on(day));
    let citation = yumen_lawbook::instrument::Citation { instrument: version.instrument.clone(), place: String::new() };
    HsPointView {
        number: number.to_owned(),
        list: list.head.id.to_string(),
        entry: version.entry.code.to_string(),
        code: version.entry.code.with_path(&point.path),
        point: point.path.clone(),
        text: point.text.clone(),
        control: version.entry.control.as_str().to_owned(),
        status: standing.as_str().to_owned(),
        standing: standing.label(),
        instrument: CiteView::new(book, &citation, day),
        known: point.verification.unwrap_or(version.entry.verification).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Day {
        Day::new(2026, 11, 27).unwrap()
    }

    #[test]
    fn a_number_leads_to_its_points_and_so_do_its_beginnings() {
        let book = yumen_embedded::book().unwrap();
        let whole = all(&book, day());
        assert!(whole.len() > 50, "{}", whole.len());
        let one = whole.iter().find(|l| l.number.len() == 10).unwrap();
        let exact = view(&book, &one.number, day()).unwrap();
        assert_eq!(exact.exact.len(), one.points.len());
        let begun = view(&book, &one.number[..6], day()).unwrap();
        assert!(begun.longer.iter().any(|p| p.number == one.number));
        let dotted = format!("{}.{}", &one.number[..4], &one.number[4..]);
        assert_eq!(view(&book, &dotted, day()).unwrap().number, one.number);
        assert!(view(&book, "9999999999", day()).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_number_is_told() {
        for text in ["", "85", "abcd", "12345678901", "8505a"] {
            assert_eq!(number(text).unwrap_err().code, "bad_hs", "{text}");
        }
    }

    #[test]
    fn magnets_are_listed_without_a_number() {
        let book = yumen_embedded::book().unwrap();
        let without: Vec<String> = unnumbered(&book, day()).into_iter().map(|u| u.code).collect();
        assert!(without.contains(&"1C904.a.4".to_owned()), "{without:?}");
    }
}
