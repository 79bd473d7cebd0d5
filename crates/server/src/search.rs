//! Search over everything: entries, notices, parties, guidance, procedures, periods. An index of its own, in memory: every word of
//! Latin script, every single and every pair of Chinese characters; headings weigh more than texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use utoipa::ToSchema;
use yumen_assess::{fold, is_han};
use yumen_lawbook::list::ControlList;
use yumen_lawbook::{AsOf, Bilingual, Book, Day, Lang};

use crate::guidance::Guidance;
use crate::views::{self, instrument::InstrumentLine, list::EntryLine};

/// Longest query read, in bytes.
pub const LONGEST: usize = 400;
/// How much more a word in a heading says.
const HEADING: f32 = 4.0;
/// How much more a number says: who types one wants the thing itself, not what mentions it.
const CODE: f32 = 60.0;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An entry of a list.
    Entry,
    /// A law, notice or draft.
    Notice,
    /// A listed party.
    Party,
    /// A piece of guidance.
    Guidance,
    /// A procedure.
    Procedure,
    /// A statutory period.
    Clock,
}

impl Kind {
    /// Every kind, in the order of the filter.
    pub const ALL: [Self; 6] = [Self::Entry, Self::Notice, Self::Party, Self::Guidance, Self::Procedure, Self::Clock];

    /// The name used in addresses and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Notice => "notice",
            Self::Party => "party",
            Self::Guidance => "guidance",
            Self::Procedure => "procedure",
            Self::Clock => "clock",
        }
    }

    /// What people call it.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Entry => Bilingual::new("条目", "Entry"),
            Self::Notice => Bilingual::new("文件", "Instrument"),
            Self::Party => Bilingual::new("当事方", "Party"),
            Self::Guidance => Bilingual::new("指南", "Guidance"),
            Self::Procedure => Bilingual::new("程序", "Procedure"),
            Self::Clock => Bilingual::new("期限", "Period"),
        }
    }
}

/// Something found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Hit {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub title: Bilingual,
    /// Its code or number, where it has one.
    pub code: String,
    /// A piece of its text around the first word.
    pub excerpt: Bilingual,
    /// The page, without language.
    pub path: String,
    /// Where it stands on the day: `in_force`, `suspended`, `ended` …; empty where nothing stands or falls.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
}

enum About {
    Entry { list: String, life: usize },
    Notice(String),
    Party(String),
    Piece,
    Procedure(String),
    Clock(String),
}

struct Document {
    about: About,
    kind: Kind,
    title: Bilingual,
    code: String,
    /// What is shown of it, and found by.
    text: Bilingual,
    path: String,
    length: f32,
}

/// The index.
#[derive(Default)]
pub struct Search {
    documents: Vec<Document>,
    words: BTreeMap<String, Vec<(u32, f32)>>,
    mean: f32,
}

impl Search {
    /// An index over the book and the guidance.
    pub fn over(book: &Book, guidance: &Guidance) -> Self {
        let mut search = Self::default();
        search.add_entries(book);
        search.add_law(book);
        search.add_help(book, guidance);
        let lengths: f32 = search.documents.iter().map(|d| d.length).sum();
        #[expect(clippy::cast_precision_loss, reason = "some thousands of documents")]
        let count = search.documents.len().max(1) as f32;
        search.mean = lengths / count;
        search
    }

    fn add_entries(&mut self, book: &Book) {
        for list in book.lists.values() {
            for life in 0..list.history.lives() {
                let versions: Vec<_> = list.history.life(life).collect();
                let Some(last) = versions.iter().rev().find(|v| !v.draft).or(versions.last()) else { continue };
                let codes: Vec<String> = versions.iter().map(|v| v.entry.code.to_string()).collect();
                // Every wording the entry ever had: a later edition may know only its topics.
                let points = |get: fn(&Bilingual) -> &str| {
                    let all = versions.iter().flat_map(|v| v.entry.points.iter().skip(1)).map(|p| get(&p.text));
                    all.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
                };
                let hs = versions.iter().flat_map(|v| &v.entry.points).flat_map(|p| p.hs.iter().cloned());
                let numbers: Vec<String> = hs.collect::<BTreeSet<_>>().into_iter().collect();
                self.add(
                    About::Entry { list: list.head.id.to_string(), life },
                    Kind::Entry,
                    last.entry.name.clone(),
                    &codes,
                    &numbers,
                    Bilingual::new(points(|t| &t.zh), points(|t| &t.en)),
                    views::entry_path(&last.entry.code.to_string()),
                );
            }
        }
    }

    fn add_law(&mut self, book: &Book) {
        for act in book.instruments.values() {
            let mut text = Bilingual::new(
                format!("{} {} {}", act.title.zh, act.number, act.note.zh),
                format!("{} {}", act.title.en, act.note.en),
            );
            for m in book.measures.values().filter(|m| m.instrument == act.id) {
                for c in &m.clause {
                    text.zh.push_str(&format!(" {}", c.text.zh));
                    text.en.push_str(&format!(" {}", c.text.en));
                }
            }
            let path = views::instrument_path(act.id.as_str());
            self.add(
                About::Notice(act.id.to_string()),
                Kind::Notice,
                act.short.clone(),
                &[act.id.to_string()],
                &[],
                text,
                path,
            );
        }
        for listing in &book.listings {
            for party in &listing.party {
                let id = format!("{}/{}", listing.id, party.no);
                let title = Bilingual::new(party.zh.clone(), party.en.clone());
                let text = Bilingual::new(
                    listing.list.label().zh,
                    format!("{} {}", listing.list.label().en, party.also.join(" ")),
                );
                self.add(About::Party(id.clone()), Kind::Party, title, &[], &[], text, format!("/parties/{id}"));
            }
        }
    }

    fn add_help(&mut self, book: &Book, guidance: &Guidance) {
        for piece in guidance.pieces(Lang::Zh) {
            let other = guidance.piece(&piece.slug, Lang::En);
            let get =
                |f: fn(&crate::guidance::Piece) -> String| Bilingual::new(f(piece), other.map(f).unwrap_or_default());
            let text = get(|p| format!("{} {}", p.summary, p.plain));
            let topics: Vec<String> = piece.topics.clone();
            self.add(
                About::Piece,
                Kind::Guidance,
                get(|p| p.title.clone()),
                &[],
                &topics,
                text,
                format!("/guidance/{}", piece.slug),
            );
        }
        for p in book.procedures.values() {
            let steps = |get: fn(&Bilingual) -> &str| {
                p.transition
                    .iter()
                    .map(|t| get(&t.name))
                    .chain(p.paper.iter().map(|x| get(&x.name)))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let text = Bilingual::new(
                format!("{} {}", p.purpose.zh, steps(|t| &t.zh)),
                format!("{} {}", p.purpose.en, steps(|t| &t.en)),
            );
            self.add(
                About::Procedure(p.id.to_string()),
                Kind::Procedure,
                p.name.clone(),
                &[p.id.to_string()],
                &[],
                text,
                format!("/procedures/{}", p.id),
            );
        }
        for t in book.timers.values() {
            let codes = [t.id.to_string(), t.code.clone()];
            let path = format!("/clock?timer={}", views::escaped(t.id.as_str()));
            self.add(
                About::Clock(t.id.to_string()),
                Kind::Clock,
                t.name.clone(),
                &codes,
                &[],
                yumen_assess::in_words(t),
                path,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the fields of a document, each in its place")]
    fn add(
        &mut self,
        about: About,
        kind: Kind,
        title: Bilingual,
        codes: &[String],
        tags: &[String],
        text: Bilingual,
        path: String,
    ) {
        let number = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let mut counts: BTreeMap<String, f32> = BTreeMap::new();
        let mut length = 0.0;
        let mut count = |words: &str, weight: f32| {
            for token in tokens(words) {
                *counts.entry(token).or_default() += weight;
                length += 1.0;
            }
        };
        count(&title.zh, HEADING);
        count(&title.en, HEADING);
        for code in codes {
            count(code, CODE);
        }
        for tag in tags {
            count(tag, 1.0);
        }
        count(&text.zh, 1.0);
        count(&text.en, 1.0);
        for (token, weight) in counts {
            self.words.entry(token).or_default().push((number, weight));
        }
        let code =
            codes.iter().rev().find(|c| kind == Kind::Entry && !c.starts_with("uncoded:")).cloned().unwrap_or_default();
        self.documents.push(Document { about, kind, title, code, text, path, length });
    }

    /// What the words lead to, best first, as it stands on a day.
    pub fn find(&self, book: &Book, query: &str, kind: Option<Kind>, day: Day) -> Vec<Hit> {
        let query: String = query.chars().take(LONGEST).collect();
        let wanted = tokens(&query);
        let mut scores: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
        #[expect(clippy::cast_precision_loss, reason = "some thousands of documents")]
        let all = self.documents.len() as f32;
        for token in &wanted {
            // The last word may still be growing under somebody's fingers.
            let grows =
                token == wanted.last().unwrap_or(token) && token.chars().count() > 2 && !token.chars().any(is_han);
            let upper = format!("{token}\u{10ffff}");
            let found: Vec<(&String, &Vec<(u32, f32)>)> = if grows {
                self.words.range(token.clone()..upper).take(40).collect()
            } else {
                self.words.get_key_value(token).into_iter().collect()
            };
            let mut best: BTreeMap<u32, f32> = BTreeMap::new();
            for (word, places) in found {
                #[expect(clippy::cast_precision_loss, reason = "some thousands of documents")]
                let rarity = (1.0 + (all - places.len() as f32 + 0.5) / (places.len() as f32 + 0.5)).ln();
                let exact = if word == token { 1.0 } else { 0.6 };
                for (number, weight) in places {
                    let length = self.documents.get(*number as usize).map_or(self.mean, |d| d.length);
                    let score =
                        rarity * exact * weight * 2.2 / (weight + 1.2 * (0.6 + 0.4 * length / self.mean.max(1.0)));
                    let held = best.entry(*number).or_default();
                    *held = held.max(score);
                }
            }
            for (number, score) in best {
                let held = scores.entry(number).or_default();
                held.0 += 1;
                held.1 += score;
            }
        }
        // Two thirds of the words must be there: one shared character is no find.
        let enough = (wanted.len() * 2).div_ceil(3).max(1);
        let mut ranked: Vec<(u32, f32)> =
            scores.into_iter().filter(|(_, (n, _))| *n >= enough).map(|(number, (_, score))| (number, score)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut hits: Vec<(f32, Hit)> = ranked
            .into_iter()
            .filter_map(|(number, score)| Some((score, self.documents.get(number as usize)?)))
            .filter(|(_, d)| kind.is_none_or(|k| k == d.kind))
            .map(|(score, d)| {
                let hit = hit(book, d, &wanted, day);
                (score * weight(&hit), hit)
            })
            .collect();
        hits.sort_by(|a, b| b.0.total_cmp(&a.0));
        hits.into_iter().map(|(_, hit)| hit).collect()
    }
}

/// What stands comes before what is gone, and what was read before what was only reported.
fn weight(hit: &Hit) -> f32 {
    let stands = match hit.status.as_str() {
        "ended" | "repealed" | "superseded" | "fate_unknown" | "draft" => 0.5,
        "lapsed_unconfirmed" | "suspended" | "unknown" => 0.7,
        _ => 1.0,
    };
    if hit.lead { stands * 0.6 } else { stands }
}

fn hit(book: &Book, d: &Document, wanted: &[String], day: Day) -> Hit {
    let Standing { status, words: standing, code, lead } = standing(book, d, day);
    Hit {
        lead,
        kind: d.kind,
        title: d.title.clone(),
        code: code.unwrap_or_else(|| d.code.clone()),
        excerpt: Bilingual::new(excerpt(&d.text.zh, wanted), excerpt(&d.text.en, wanted)),
        path: d.path.clone(),
        status,
        standing,
    }
}

/// Where a document stands on a day.
#[derive(Default)]
struct Standing {
    status: String,
    words: Bilingual,
    code: Option<String>,
    lead: bool,
}

fn standing(book: &Book, d: &Document, day: Day) -> Standing {
    let of = |status: String, words: Bilingual| Standing { status, words, ..Standing::default() };
    let idle = || of("ended".to_owned(), Bilingual::new("该日不适用", "does not apply on that day"));
    match &d.about {
        About::Entry { list, life } => {
            let stands = |l: &ControlList| {
                let version = views::entry::speaking(l, *life, day)?;
                let line = EntryLine::new(book, l, version, AsOf::on(day));
                // A number it has no more is not shown as its own.
                let code = Some(line.shown().unwrap_or_default().to_owned());
                // The last version of an entry that was taken out does not stand any more.
                let gone = version.end.as_ref().is_some_and(|(last, _)| *last < day);
                let (status, words) = if gone {
                    ("ended".to_owned(), Bilingual::new("已不在清单", "no longer on the list"))
                } else {
                    (line.status, line.standing)
                };
                Some(Standing { status, words, code, lead: line.lead })
            };
            book.list(list).and_then(stands).unwrap_or_default()
        }
        About::Notice(id) => book.instruments.get(id.as_str()).map_or_else(Default::default, |i| {
            let line = InstrumentLine::new(book, i, day);
            of(line.status, line.standing)
        }),
        About::Party(id) => views::party::view(book, id, day).map_or_else(
            |_| Standing::default(),
            |v| {
                let (list, stands) = (v.party.list_name, v.party.standing);
                let words =
                    Bilingual::new(format!("{}：{}", list.zh, stands.zh), format!("{}: {}", list.en, stands.en));
                of(v.party.status, words)
            },
        ),
        About::Procedure(id) => {
            let applies = book.procedures.get(id.as_str()).is_none_or(|p| p.applies(day));
            if applies { Standing::default() } else { idle() }
        }
        About::Clock(id) => {
            let applies = book.timers.get(id.as_str()).is_none_or(|t| t.applies(day));
            if applies { Standing::default() } else { idle() }
        }
        About::Piece => Standing::default(),
    }
}

/// A piece of the text around the first word that was looked for.
fn excerpt(text: &str, wanted: &[String]) -> String {
    const BEFORE: usize = 30;
    const LENGTH: usize = 140;
    let lower = text.to_lowercase();
    let at = wanted.iter().filter_map(|w| lower.find(w.as_str())).min().unwrap_or(0);
    let letters: Vec<char> = text.chars().collect();
    let mut start = lower.get(..at).map_or(0, |t| t.chars().count()).min(letters.len()).saturating_sub(BEFORE);
    // A Latin word is not cut in its middle.
    let inside = |at: usize| {
        let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() && !is_han(*c));
        at > 0 && letter(letters.get(at - 1)) && letter(letters.get(at))
    };
    while inside(start) {
        start -= 1;
    }
    let piece: String = text.chars().skip(start).take(LENGTH).collect();
    let more = text.chars().count() > start + LENGTH;
    format!("{}{}{}", if start > 0 { "…" } else { "" }, piece.trim(), if more { "…" } else { "" })
}

/// The words of a text: runs of Latin letters and digits, single Chinese characters of one-character runs, pairs of longer ones.
/// Codes stay whole and count in their parts as well.
fn tokens(text: &str) -> Vec<String> {
    let letters = fold(text).lower;
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in letters.into_iter().chain([' ']) {
        if is_han(c) {
            flush(&mut word, &mut tokens);
            run.push(c);
            continue;
        }
        match run.len() {
            0 => {}
            1 => tokens.push(run[0].to_string()),
            _ => tokens.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
        }
        run.clear();
        if c.is_alphanumeric() || (!word.is_empty() && matches!(c, '.' | '-' | '/')) {
            word.push(c);
        } else {
            flush(&mut word, &mut tokens);
        }
    }
    tokens
}

fn flush(word: &mut String, tokens: &mut Vec<String>) {
    let whole = word.trim_end_matches(['.', '-', '/']);
    if !whole.is_empty() {
        let parts: Vec<&str> = whole.split(['.', '-', '/']).filter(|p| !p.is_empty()).collect();
        if parts.len() > 1 {
            tokens.extend(parts.iter().map(|p| (*p).to_owned()));
        }
        tokens.push(whole.to_owned());
    }
    word.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn search() -> (Book, Search) {
        let book = yumen_embedded::book().unwrap();
        let search = Search::over(&book, &Guidance::default());
        (book, search)
    }

    #[test]
    fn everything_is_found_by_its_words_in_either_language() {
        let (book, search) = search();
        let day = Day::new(2026, 11, 21).unwrap();
        let first = |query: &str| {
            let hits = search.find(&book, query, None, day);
            hits.first().map(|h| h.path.clone()).unwrap_or_default()
        };
        assert_eq!(first("1C117"), "/entries/1C117");
        assert_eq!(first("086501X"), "/entries/086501X");
        assert_eq!(first("056101X"), "/entries/086501X");
        assert!(
            first("意向书 有效期").starts_with("/clock") || first("意向书").starts_with("/procedures"),
            "{}",
            first("意向书")
        );
        assert_eq!(first("notice-58-2025"), "/notices/notice-58-2025");
        assert!(search.find(&book, "个性化信息推送", Some(Kind::Entry), day).iter().any(|h| h.code == "086501X"));
        assert!(search.find(&book, "zzzzqqq", None, day).is_empty());
    }

    #[test]
    fn a_customs_number_finds_its_entries_and_what_is_gone_says_so() {
        let (book, search) = search();
        let day = Day::new(2026, 11, 27).unwrap();
        assert!(search.find(&book, "2805301200", None, day).iter().any(|h| h.code == "1C905"));
        assert!(search.find(&book, "280530", None, day).iter().any(|h| h.code == "1C905"));
        let renumbered = &search.find(&book, "053302J", None, day)[0];
        assert_eq!(renumbered.code, "", "its number of today was not seen, and 053302J is none: {renumbered:?}");
        let magnets = search.find(&book, "magnet", Some(Kind::Entry), day);
        let at = |code: &str| magnets.iter().position(|h| h.code == code);
        let reported = magnets.iter().position(|h| h.lead);
        assert!(at("1C904") < reported && at("1C905") < reported && at("1C905") < at("1C909"), "{magnets:?}");
    }

    #[test]
    fn what_is_suspended_or_gone_is_marked() {
        let (book, search) = search();
        let on = |day: Day| search.find(&book, "3A001", Some(Kind::Entry), day)[0].status.clone();
        assert_eq!(on(Day::new(2026, 6, 1).unwrap()), "suspended");
        assert_eq!(on(Day::new(2026, 11, 21).unwrap()), "lapsed_unconfirmed");
    }

    proptest! {
        #[test]
        fn any_query_is_answered(query in "\\PC{0,60}") {
            let (book, search) = (Book::default(), Search::default());
            prop_assert!(search.find(&book, &query, None, Day::MAX).is_empty());
            for token in tokens(&query) {
                prop_assert!(!token.is_empty());
            }
        }
    }
}
