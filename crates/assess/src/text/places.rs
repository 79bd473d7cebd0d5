//! The country a text says something goes to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use yumen_lawbook::place::Country;

use super::fold::Folded;
use super::terms::{Casing, Found, Terms};

/// Words just before a country that make it the place of origin.
const ORIGIN: &[&str] = &[
    "原产",
    "原产于",
    "产自",
    "产于",
    "来自",
    "进口自",
    "从",
    "由",
    "made in",
    "from",
    "originating in",
    "origin",
    "imported from",
];
/// Words just before a country that make it the place something goes to.
const DESTINATION: &[&str] = &[
    "给", "到", "去", "往", "至", "赴", "向", "对", "在", "销", "卖", "出口", "授权", "转让", "to", "to a", "to an",
    "to the", "for", "for a", "for an", "for the", "in", "in the", "into", "towards",
];

/// Names of countries, ready to be found.
#[derive(Serialize, Deserialize)]
pub struct Places {
    terms: Terms<String>,
}

impl Places {
    /// The countries of a book.
    pub fn new(countries: &BTreeMap<String, Country>) -> Self {
        let words = countries.values().flat_map(|country| {
            let names =
                [country.name.zh.clone(), country.name.en.clone()].into_iter().chain(country.also.iter().cloned());
            // Countries are written with a capital: Turkey is no turkey.
            names.filter(|n| n.chars().count() > 1).map(|n| (n, Casing::Exact, country.code.clone()))
        });
        Self { terms: Terms::new(words) }
    }

    /// The destination a text names: the country after a word of direction, else the only one named. Origins do not count.
    pub fn destination(&self, text: &Folded) -> Option<String> {
        let named: Vec<Found<String>> = self
            .terms
            .find(text)
            .into_iter()
            .filter(|f| f.meaning != "CN" && !before(text, f.start, ORIGIN) && !is_origin(text, f.end))
            .collect();
        let directed: BTreeSet<&String> =
            named.iter().filter(|f| before(text, f.start, DESTINATION)).map(|f| &f.meaning).collect();
        let all: BTreeSet<&String> = named.iter().map(|f| &f.meaning).collect();
        let only = |set: &BTreeSet<&String>| (set.len() == 1).then(|| set.first().map(|c| (*c).clone())).flatten();
        only(&directed).or_else(|| only(&all))
    }
}

/// 德国产, 美国制造.
fn is_origin(text: &Folded, end: usize) -> bool {
    let tail = text.slice(end..end + 3);
    ["产", "制造", "进口", "原产"].iter().any(|w| tail.starts_with(w))
        || text.slice(end..end + 6).trim_start_matches(['-', ' ']).starts_with("made")
}

fn before(text: &Folded, start: usize, cues: &[&str]) -> bool {
    let head = text.slice(start.saturating_sub(16)..start);
    let head = head.trim_end();
    cues.iter().any(|cue| {
        head.strip_suffix(cue).is_some_and(|rest| {
            !cue.starts_with(|c: char| c.is_ascii_alphabetic()) || !rest.ends_with(|c: char| c.is_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use yumen_lawbook::Bilingual;

    fn places() -> Places {
        let country = |code: &str, zh: &str, en: &str, also: &[&str]| {
            let country = Country {
                code: code.to_owned(),
                alpha3: String::new(),
                name: Bilingual::new(zh, en),
                also: also.iter().map(ToString::to_string).collect(),
            };
            (code.to_owned(), country)
        };
        Places::new(&BTreeMap::from([
            country("CN", "中国", "China", &["Chinese"]),
            country("US", "美国", "United States", &["USA", "American"]),
            country("JP", "日本", "Japan", &["Japanese"]),
            country("TR", "土耳其", "Turkey", &["Turkish"]),
        ]))
    }

    #[test]
    fn the_destination_is_told_from_the_origin() {
        let to = |text: &str| places().destination(&fold(text));
        assert_eq!(to("短视频个性化推荐算法转让给美国公司").as_deref(), Some("US"));
        assert_eq!(to("从日本进口的机床卖给美国客户").as_deref(), Some("US"));
        assert_eq!(to("recipe for a Japanese customer").as_deref(), Some("JP"));
        assert_eq!(to("turkey breast, machines made in Japan"), None);
        assert_eq!(to("中国稀土"), None);
        assert_eq!(to("美国、日本的专利"), None);
    }
}
