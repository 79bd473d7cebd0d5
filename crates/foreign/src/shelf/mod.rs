//! A list that can be searched.

mod index;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use yumen_assess::{Bag, Engine, Key, Measured, ReadText, Truth};
use yumen_lawbook::regime::Regime;
use yumen_lawbook::{AsOf, Bilingual};

use crate::answer::{ForeignAnswer, ForeignCandidate, ForeignTest};
use crate::list::{Entry, ForeignList, is_below};
use index::{Doc, Index};

/// A list on a shelf: with its index and the vocabulary of the law book.
pub struct Shelf {
    engine: Arc<Engine>,
    regime: Regime,
    list: ForeignList,
    index: Index,
    glosses: Vec<Gloss>,
    counterparts: BTreeSet<String>,
}

struct Gloss {
    say: Vec<Vec<char>>,
    mean: Vec<Key>,
}

/// Most entries in an answer.
const MOST: usize = 10;
/// Goes up when the form or the weights of the index change.
const FORM: u32 = 2;
/// Most documents looked at closely.
const LOOKED_AT: usize = 120;
/// Words of the list that stand for words of the trade count less than words that were said.
const GLOSSED: f32 = 0.55;
/// A paragraph whose limit is met moves up, one whose limit fails moves down, by this share of its score.
const MET: f32 = 0.12;

impl Shelf {
    /// A shelf for a list. `None` where the law book knows nothing of the list's regime.
    pub fn new(engine: Arc<Engine>, list: ForeignList) -> Option<Self> {
        let index = Index::new(&engine, &list);
        Self::assemble(engine, list, index)
    }

    /// A shelf for a list whose index was worked out before, by the same program with the same law book. `None` where it was
    /// not, so that it must be worked out anew.
    pub fn with(engine: Arc<Engine>, list: ForeignList, prepared: &[u8]) -> Option<Self> {
        let stamp = Self::stamp(&engine, &list);
        let index = postcard::from_bytes(prepared.strip_prefix(stamp.as_bytes())?).ok()?;
        Self::assemble(engine, list, index)
    }

    /// The index, for keeping.
    ///
    /// # Errors
    /// Never for an index that fits in memory; the writer's error is passed on.
    pub fn prepared(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_extend(&self.index, Self::stamp(&self.engine, &self.list).into_bytes())
    }

    /// What an index depends on: the words of the law book, the list, the form.
    fn stamp(engine: &Engine, list: &ForeignList) -> String {
        format!("yumen foreign index {FORM} {} {}\n", engine.book().version, list.sha256)
    }

    fn assemble(engine: Arc<Engine>, list: ForeignList, index: Index) -> Option<Self> {
        let regime = engine.book().regimes.get(&list.regime)?.clone();
        let glosses = regime
            .gloss
            .iter()
            .map(|gloss| Gloss {
                say: gloss.say.iter().map(|s| engine.read_text(s).characters().to_vec()).collect(),
                mean: words::terms(&engine.read_text(&gloss.mean)).into_iter().map(|t| t.key).collect(),
            })
            .collect();
        let chinese: BTreeSet<String> = engine.book().lists.get("dual-use").map_or_else(BTreeSet::new, |l| {
            l.history.versions().iter().filter(|v| !v.draft).map(|v| v.entry.code.to_string()).collect()
        });
        let counterparts = list
            .entries
            .iter()
            .filter(|e| regime.shares_numbering(&e.code) && chinese.contains(&e.code))
            .map(|e| e.code.clone())
            .collect();
        Some(Self { engine, regime, list, index, glosses, counterparts })
    }

    /// The regime.
    pub fn regime(&self) -> &Regime {
        &self.regime
    }

    /// The list.
    pub fn list(&self) -> &ForeignList {
        &self.list
    }

    /// How many documents the index holds.
    pub fn documents(&self) -> usize {
        self.index.docs.len()
    }

    /// Entries to look at for a text. The text is taken whole: it was bounded with the question.
    pub fn find(&self, text: &str) -> ForeignAnswer {
        let read = self.engine.read_text(text);
        let terms = words::terms(&read);
        let mut query = Bag::new();
        for term in &terms {
            let held = query.entry(term.key).or_default();
            *held = held.max(term.weight);
        }
        for key in self.glossed(read.characters()) {
            let held = query.entry(key).or_default();
            *held = held.max(GLOSSED);
        }
        let scores = self.index.words.score(&query);
        let mut best: Vec<(f32, usize)> =
            scores.iter().enumerate().filter(|(_, s)| **s > 0.0).map(|(doc, s)| (*s, doc)).collect();
        let cut = LOOKED_AT.min(best.len());
        if cut < best.len() {
            best.select_nth_unstable_by(cut, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            best.truncate(cut);
        }
        let named = self.codes(text);
        let asked = Asked::of(read.characters());
        for doc in self.index.docs.iter().enumerate().filter(|(_, d)| self.is_named(d, &named)).map(|(i, _)| i) {
            best.push((scores[doc] + 1000.0, doc));
        }
        for (score, doc) in &mut best {
            let share = self.limits(&read, *doc).into_iter().fold(0.0, |sum, (_, _, result)| match result {
                Truth::Met => sum + MET,
                Truth::NotMet => sum - MET,
                Truth::NotStated => sum,
            });
            *score *= 1.0 + share.clamp(-0.3, 0.3);
            *score *= self.group(asked, *doc);
        }
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = BTreeSet::new();
        best.retain(|(_, doc)| seen.insert(self.index.docs[*doc].entry));
        best.truncate(MOST);
        let spans: Vec<(Key, usize, usize)> = terms.iter().map(|t| (t.key, t.start, t.end)).collect();
        ForeignAnswer {
            regime: self.regime.id.clone(),
            name: self.regime.name.clone(),
            citation: self.regime.citation.clone(),
            sha256: self.list.sha256.clone(),
            entries: self.list.entries.len(),
            candidates: best.into_iter().map(|(score, doc)| self.candidate(&read, &spans, score, doc)).collect(),
            residual: self.regime.residual.as_ref().map(|r| r.code.clone()),
            scope: self.regime.scope.clone(),
        }
    }

    /// Keys of the list's words for trade words of the question.
    fn glossed(&self, text: &[char]) -> BTreeSet<Key> {
        self.glosses
            .iter()
            .filter(|g| g.say.iter().any(|say| contains_word(text, say)))
            .flat_map(|g| g.mean.iter().copied())
            .collect()
    }

    fn candidate(&self, read: &ReadText, terms: &[(Key, usize, usize)], score: f32, doc: usize) -> ForeignCandidate {
        let Doc { entry, paragraph } = self.index.docs[doc];
        let entry = &self.list.entries[entry];
        let paragraph = paragraph.map(|p| &entry.paragraphs[p]);
        let path = paragraph.map_or("", |p| p.path.as_str());
        let mut spans: Vec<(usize, usize)> = terms
            .iter()
            .filter(|(key, _, _)| self.index.words.holds(doc, *key))
            .map(|(_, start, end)| (*start, *end))
            .filter(|(start, end)| end > start)
            .collect();
        spans.sort_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
        let mut matched: Vec<String> = Vec::new();
        let mut reached = 0;
        for (start, end) in spans {
            let words = read.written(start, end);
            if start >= reached && !matched.contains(&words) {
                matched.push(words);
                reached = end;
            }
        }
        ForeignCandidate {
            code: entry.code.clone(),
            paragraph: path.to_owned(),
            heading: entry.heading.clone(),
            words: paragraph.map(|p| p.words.clone()).unwrap_or_default(),
            matched,
            score: format!("{score:.2}"),
            tested: self.tests(read, doc),
            exclusions: exclusions(entry, path),
            controls: entry.controls.iter().map(|c| format!("{}: {}", c.scope, c.column)).collect(),
            counterpart: self.counterparts.contains(&entry.code),
        }
    }

    /// Stated values against what a paragraph and those above it say of the same property: stated, limit, result.
    fn limits<'a>(&'a self, read: &'a ReadText, doc: usize) -> Vec<(&'a Measured, &'a Measured, Truth)> {
        let Doc { entry, paragraph } = self.index.docs[doc];
        let Some(paragraph) = paragraph.filter(|_| self.regime.parameters) else { return Vec::new() };
        if read.measured.iter().all(|m| m.property.is_none()) {
            return Vec::new();
        }
        let paragraphs = &self.list.entries[entry].paragraphs;
        // Documents of an entry stand in the order of its paragraphs, the heading first.
        let above = (0..doc)
            .rev()
            .take_while(|d| self.index.docs[*d].entry == entry && self.index.docs[*d].paragraph.is_some());
        let path = &paragraphs[paragraph].path;
        let over = above.filter(|d| self.index.docs[*d].paragraph.is_some_and(|p| is_below(path, &paragraphs[p].path)));
        let mut out = Vec::new();
        for held in over.chain([doc]) {
            for limit in &self.index.measured[held] {
                for said in &read.measured {
                    if let Some(result) = self.engine.holds_against(said, limit) {
                        out.push((said, limit, result));
                    }
                }
            }
        }
        out
    }

    fn tests(&self, read: &ReadText, doc: usize) -> Vec<ForeignTest> {
        let name = |said: &Measured| said.property.as_ref().and_then(|p| self.engine.book().properties.get(p));
        self.limits(read, doc)
            .into_iter()
            .map(|(said, limit, result)| ForeignTest {
                property: name(said).map_or_else(|| Bilingual::new("", ""), |p| p.name.clone()),
                stated: said.written.clone(),
                limit: limit.written.clone(),
                result,
            })
            .collect()
    }

    /// How much a document's group (the letter of its code: D software, E technology) fits what is asked about.
    fn group(&self, asked: Asked, doc: usize) -> f32 {
        let group = self.list.entries[self.index.docs[doc].entry].code.chars().nth(1);
        match (asked, group) {
            (Asked::Software, Some('D')) | (Asked::Technology, Some('E')) => 1.25,
            (Asked::Software | Asked::Technology, _) => 0.9,
            (Asked::Things, Some('D' | 'E')) => 0.85,
            (Asked::Things, _) => 1.0,
        }
    }

    /// Codes that the text names: `3A001`, `3A001.a.5`.
    fn codes(&self, text: &str) -> Vec<String> {
        text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
            .map(|w| w.trim_matches('.'))
            .filter(|w| w.len() >= 5 && w.is_char_boundary(5))
            .filter_map(|w| {
                let (code, path) = w.split_at(5);
                let entry = self.list.entry(code)?;
                Some(format!("{}{}", entry.code, path.to_ascii_lowercase()))
            })
            .collect()
    }

    fn is_named(&self, doc: &Doc, named: &[String]) -> bool {
        let entry = &self.list.entries[doc.entry];
        let path = doc.paragraph.map_or("", |p| entry.paragraphs[p].path.as_str());
        let code = if path.is_empty() { entry.code.clone() } else { format!("{}.{path}", entry.code) };
        named.contains(&code)
    }

    /// Entries of the Chinese dual-use list that hold on a day, for which this list has an entry of the same number.
    pub fn counterparts(&self, as_of: AsOf) -> Vec<String> {
        let Some(list) = self.engine.book().lists.get("dual-use") else { return Vec::new() };
        let today: BTreeSet<String> = list.history.on(as_of.effective).map(|v| v.entry.code.to_string()).collect();
        self.counterparts.iter().filter(|c| today.contains(*c)).cloned().collect()
    }
}

/// What a question is about, by its plainest words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Things,
    Software,
    Technology,
}

impl Asked {
    fn of(text: &[char]) -> Self {
        let says = |words: &[&str]| words.iter().any(|w| contains_word(text, &w.chars().collect::<Vec<_>>()));
        if says(&["software", "source code", "firmware", "program", "library", "软件", "源代码", "程序"]) {
            Self::Software
        } else if says(&["technology", "technical data", "know-how", "drawings", "技术", "图纸", "工艺"]) {
            Self::Technology
        } else {
            Self::Things
        }
    }
}

/// Notes that take something out of a paragraph, of one above it or of the entry.
fn exclusions(entry: &Entry, path: &str) -> Vec<String> {
    entry
        .notes
        .iter()
        .filter(|n| n.excludes && (n.after.is_empty() || is_below(path, &n.after)))
        .map(|n| n.words.clone())
        .collect()
}

/// True where `words` stand in a text and do not begin or end within a longer word of Latin letters.
fn contains_word(text: &[char], words: &[char]) -> bool {
    let inside = |c: Option<&char>| c.is_some_and(char::is_ascii_alphanumeric);
    !words.is_empty()
        && text.windows(words.len()).enumerate().any(|(at, window)| {
            window == words
                && !(inside(words.first()) && at > 0 && inside(text.get(at - 1)))
                && !(inside(words.last()) && is_longer(text, at + words.len()))
        })
}

/// True where a word goes on at `at` with more than a plural s.
fn is_longer(text: &[char], at: usize) -> bool {
    let rest: Vec<char> =
        text[at.min(text.len())..].iter().take_while(|c| c.is_ascii_alphanumeric()).copied().collect();
    !rest.is_empty() && rest != ['s']
}
