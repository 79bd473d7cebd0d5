//! What this book takes from each act, place by place: a citation leads to the row that says it in one line and where it is used.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::instrument::{Citation, Instrument, InstrumentKind};
use yumen_lawbook::procedure::Procedure;
use yumen_lawbook::{Bilingual, Book, Lang};

use crate::guidance::{Cite, Guidance};

/// A place of an act with what is taken from it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArticleView {
    /// The place as this version prints it: `17(1)`.
    #[schema(example = "17(1)")]
    pub place: String,
    /// The place in words.
    pub label: Bilingual,
    /// Its anchor on the page of the act: `art-17-1`.
    #[schema(example = "art-17-1")]
    pub anchor: String,
    /// What is taken from it, line by line.
    pub lines: Vec<LineView>,
}

/// One thing taken from a place.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LineView {
    /// In one line, in our words; empty where the place is only referred to.
    pub text: Bilingual,
    /// Where it is used.
    pub used: Vec<UsedView>,
}

/// A page that uses something of an act.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct UsedView {
    /// What it is called.
    pub name: Bilingual,
    /// The page, without language.
    pub path: String,
}

struct Use {
    place: String,
    text: Bilingual,
    used: UsedView,
}

/// Every use of every act, by the name it is cited by: the act's own, or that of the work of which it is a version.
#[derive(Default)]
pub struct Cited(BTreeMap<String, Vec<Use>>);

impl Cited {
    /// The uses in the book and the guidance.
    pub fn over(book: &Book, guidance: &Guidance) -> Self {
        let mut cited = Self::default();
        cited.rules(book);
        cited.work(book);
        cited.pieces(guidance);
        cited
    }

    fn add(&mut self, at: &Citation, text: &Bilingual, name: &Bilingual, path: &str) {
        if at.place.is_empty() {
            return;
        }
        let used = UsedView { name: name.clone(), path: path.to_owned() };
        let of = self.0.entry(at.instrument.to_string()).or_default();
        of.push(Use { place: at.place.clone(), text: text.clone(), used });
    }

    fn rules(&mut self, book: &Book) {
        for measure in book.measures.values() {
            for clause in &measure.clause {
                let path = format!("{}#clause-{}", super::instrument_path(measure.instrument.as_str()), clause.id);
                self.add(&clause.at, &clause.text, &measure.name, &path);
            }
        }
        for x in &book.exclusions {
            let name = Bilingual::new("官方说明", "official answer");
            let path = match (x.entries.first().or(x.nearest.first()), x.lists.first()) {
                (Some(code), _) => format!("{}#exclusions", super::entry_path(entry_of(code))),
                (None, Some(list)) => format!("/lists/{list}"),
                (None, None) => "/lists".to_owned(),
            };
            self.add(&x.at, &x.text, &name, &path);
        }
        for x in &book.elsewhere {
            x.at.iter().for_each(|at| self.add(at, &x.text, &x.name, "/coverage#elsewhere"));
        }
        for p in &book.penalties {
            let path = format!("/penalties?conduct={}", p.id);
            p.basis.iter().for_each(|at| self.add(at, &p.conduct, &Bilingual::new("罚则", "penalty"), &path));
        }
        for t in book.timers.values() {
            let period = yumen_assess::in_words(t);
            let text = Bilingual::new(format!("{}：{}", t.name.zh, period.zh), format!("{}: {}", t.name.en, period.en));
            let path = format!("/clock?timer={}", super::escaped(t.id.as_str()));
            t.basis.iter().for_each(|at| self.add(at, &text, &Bilingual::new("期限", "period"), &path));
        }
    }

    fn work(&mut self, book: &Book) {
        for p in book.procedures.values() {
            let path = format!("/procedures/{}", p.id);
            p.basis.iter().for_each(|at| self.add(at, &p.purpose, &p.name, &path));
            self.steps(book, p, &path);
            for x in &p.paper {
                let text = joined(&x.name, &x.note);
                x.basis.iter().for_each(|at| self.add(at, &text, &p.name, &format!("{path}#papers")));
            }
            for x in &p.pitfall {
                x.basis.iter().for_each(|at| self.add(at, &x.text, &p.name, &format!("{path}#pitfalls")));
            }
        }
    }

    fn steps(&mut self, book: &Book, p: &Procedure, path: &str) {
        for t in &p.transition {
            let path = format!("{path}#step-{}", t.id);
            t.basis.iter().for_each(|at| self.add(at, &joined(&t.name, &t.note), &p.name, &path));
            for guard in t.guards.iter().filter_map(|g| book.guards.get(g)) {
                guard.basis.iter().for_each(|at| self.add(at, &guard.text, &p.name, &path));
            }
        }
    }

    fn pieces(&mut self, guidance: &Guidance) {
        for piece in guidance.pieces(Lang::Zh) {
            let other = guidance.piece(&piece.slug, Lang::En);
            let name = Bilingual::new(piece.title.clone(), other.map(|p| p.title.clone()).unwrap_or_default());
            for cite in piece.cites.iter().chain(other.into_iter().flat_map(|p| &p.cites)) {
                let Cite::Article { instrument, article } = cite else { continue };
                let Some(instrument) = yumen_lawbook::id::InstrumentId::new(instrument) else { continue };
                let at = Citation { instrument, place: article.clone() };
                self.add(&at, &Bilingual::default(), &name, &format!("/guidance/{}", piece.slug));
            }
        }
    }

    /// What is taken from an act, in the order of its articles. Its own clauses stand on its page already and are left out.
    pub fn of(&self, act: &Instrument) -> Vec<ArticleView> {
        let own = format!("{}#clause-", super::instrument_path(act.id.as_str()));
        let by = |name: Option<&str>| name.and_then(|n| self.0.get(n)).into_iter().flatten();
        let printed = by(Some(act.id.as_str())).map(|u| (u.place.clone(), u)).chain(
            by(act.work.as_ref().map(yumen_lawbook::id::InstrumentId::as_str))
                .map(|u| (act.article(&u.place).unwrap_or_else(|| u.place.clone()), u)),
        );
        let mut articles: BTreeMap<(Vec<u32>, String), Vec<LineView>> = BTreeMap::new();
        for (place, one) in printed.filter(|(_, u)| !u.used.path.starts_with(&own)) {
            let lines = articles.entry((order(&place), place)).or_default();
            match lines.iter_mut().find(|l| l.text == one.text) {
                Some(line) if line.used.contains(&one.used) => {}
                Some(line) => line.used.push(one.used.clone()),
                None => lines.push(LineView { text: one.text.clone(), used: vec![one.used.clone()] }),
            }
        }
        articles
            .into_iter()
            .map(|((_, place), mut lines)| {
                lines.sort_by_key(|l| l.text.is_empty());
                ArticleView { anchor: anchor(&place), label: label(act, &place), place, lines }
            })
            .collect()
    }
}

/// The name of a place on the page of its act: `art-17-1` for 17(1).
pub fn anchor(place: &str) -> String {
    let parts: Vec<&str> = place.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|p| !p.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("art-{}", parts.join("-")) }
}

/// The place a citation means in the version that is shown.
pub fn printed(act: &Instrument, at: &Citation) -> String {
    if act.id == at.instrument { at.place.clone() } else { act.article(&at.place).unwrap_or_else(|| at.place.clone()) }
}

fn label(act: &Instrument, place: &str) -> Bilingual {
    let numbered = place.starts_with(|c: char| c.is_ascii_digit());
    let is_law = matches!(act.kind, InstrumentKind::Law | InstrumentKind::Regulation | InstrumentKind::Rule);
    match (numbered, is_law, act.kind) {
        (true, true, _) => Bilingual::new(act.place_zh(place), format!("art. {place}")),
        (true, _, InstrumentKind::Guidance) => Bilingual::new(format!("问 {place}"), format!("question {place}")),
        (true, ..) => Bilingual::new(format!("第 {place} 款"), format!("clause {place}")),
        _ => Bilingual::new(place, place),
    }
}

/// Numbers of a place one after the other, so that 9 stands before 10 and 17(1) after 17.
fn order(place: &str) -> Vec<u32> {
    let numbers = place.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    let numbers: Vec<u32> = numbers.collect();
    if numbers.is_empty() { vec![u32::MAX] } else { numbers }
}

fn joined(name: &Bilingual, note: &Bilingual) -> Bilingual {
    let both = |name: &str, note: &str, sign: &str| {
        if note.is_empty() { name.to_owned() } else { format!("{name}{sign}{note}") }
    };
    Bilingual::new(both(&name.zh, &note.zh, "："), both(&name.en, &note.en, ": "))
}

/// The code of an entry without the point that may follow it.
fn entry_of(code: &str) -> &str {
    code.split_once('#').map_or(code, |(entry, _)| entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(id: &str) -> Vec<ArticleView> {
        let book = yumen_embedded::book().unwrap();
        Cited::over(&book, &crate::guidance::embedded().unwrap()).of(&book.instruments[id])
    }

    #[test]
    fn places_have_plain_names() {
        for (place, name) in
            [("17", "art-17"), ("17(1)", "art-17-1"), ("16(1)(2)", "art-16-1-2"), ("1.1", "art-1.1"), ("", "")]
        {
            assert_eq!(anchor(place), name);
        }
        assert!(order("9") < order("10") && order("17") < order("17(1)") && order("17(2)") < order("18"));
    }

    #[test]
    fn the_limit_of_45_days_stands_at_its_article() {
        let all = articles("dual-use-regulations");
        let places: Vec<&str> = all.iter().map(|a| a.place.as_str()).collect();
        let mut sorted = places.clone();
        sorted.sort_by_key(|p| order(p));
        assert_eq!(places, sorted);
        let decision = all
            .iter()
            .find(|a| a.lines.iter().any(|l| l.used.iter().any(|u| u.path == "/clock?timer=dual-use-licence.decision")))
            .unwrap();
        assert!(decision.label.zh.starts_with("第十七条"), "{:?}", decision.label);
        assert!(decision.lines.iter().any(|l| l.text.en.contains("45 working days")), "{:?}", decision.lines);
    }

    #[test]
    fn a_version_shows_its_own_numbers() {
        let old = articles("technology-regulations-2011");
        let new = articles("technology-regulations-2020");
        let holds = |all: &[ArticleView], place: &str| all.iter().any(|a| a.place == place);
        assert!(holds(&new, "32") && holds(&old, "35"));
    }

    #[test]
    fn a_notice_does_not_repeat_its_own_clauses() {
        let all = articles("notice-61-2025");
        assert!(
            all.iter()
                .flat_map(|a| &a.lines)
                .flat_map(|l| &l.used)
                .all(|u| !u.path.starts_with("/notices/notice-61-2025#"))
        );
    }
}
