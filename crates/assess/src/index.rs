//! The search index over everything the lists ever said: one document per entry, point and version.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use yumen_lawbook::code::{Code, ItemType};
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::entry::{Children, Entry, Moves, Point};
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{Book, Day};

use crate::bm25::{Bag, Bm25};
use crate::text::concepts::{ConceptIndex, Vocabulary};
use crate::text::fold::fold;
use crate::text::tokens::{Key, Token, tokens};

/// A document by its place in the index.
pub type DocIndex = usize;

/// One heading or point of one version of an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Doc {
    /// Index of the list in the book's order.
    pub list: usize,
    /// Index of the version in the list's history.
    pub version: usize,
    /// Index of the point in the entry.
    pub point: usize,
    /// Full code: `1C117.d.1`, `056101X#21`.
    pub code: String,
    /// What the thing must be: every alternative needs one of its concepts.
    pub class: Vec<Vec<ConceptIndex>>,
    /// What it must contain.
    pub contains: Vec<ConceptIndex>,
    /// For software and technology: the documents of what it is for; the class of one of these must be named.
    pub concerns: Vec<DocIndex>,
    /// What can move under it.
    pub covers: Vec<Moves>,
    /// True for a point that is a condition of the one above it, or kept free: never an answer by itself.
    pub silent: bool,
    /// True where items stand below it, so that it is only their heading.
    pub container: bool,
}

/// Documents that are one point through time: at most one of them speaks on a day.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Line {
    docs: Vec<DocIndex>,
}

/// The index.
#[derive(Serialize, Deserialize)]
pub struct Index {
    docs: Vec<Doc>,
    lines: Vec<Line>,
    line_of: Vec<usize>,
    words: Bm25,
    by_concept: BTreeMap<ConceptIndex, Vec<DocIndex>>,
    by_hs: BTreeMap<String, Vec<DocIndex>>,
    /// For each document the tokens that it has only from official statements of what it does not cover: they lead to it, so that the
    /// statement is found, and are no sign that the thing is of it.
    borrowed: Vec<Vec<Key>>,
}

/// Weights of the fields of a document.
const OWN: f32 = 1.0;
const ABOVE: f32 = 0.35;
const CLASS: f32 = 1.0;
const SYNONYM: f32 = 0.5;
const NOTE: f32 = 0.15;
const EXCLUDED: f32 = 0.45;
/// How much a long document is held back.
const B: f32 = 0.4;

/// The full code of a point, as exclusions and measures write it.
pub fn full_code(code: &Code, path: &str) -> String {
    match code {
        Code::Control(_) => code.with_path(path),
        _ if path.is_empty() => code.to_string(),
        _ => format!("{code}#{path}"),
    }
}

/// True where `code` is `wanted` or stands below it.
pub fn is_below(code: &str, wanted: &str) -> bool {
    code.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || rest.starts_with('#'))
}

impl Index {
    /// Indexes every version of every entry of a book.
    pub fn new(book: &Book, vocabulary: &Vocabulary) -> Self {
        let mut docs = Vec::new();
        let mut fields: Vec<Vec<(f32, String)>> = Vec::new();
        let mut groups: BTreeMap<(usize, usize, String), Vec<DocIndex>> = BTreeMap::new();
        for (list_index, list) in book.lists.values().enumerate() {
            for (version_index, version) in list.history.versions().iter().enumerate() {
                for (point_index, point) in version.entry.points.iter().enumerate() {
                    let doc = document(list, list_index, version, version_index, point, point_index, vocabulary);
                    groups.entry((list_index, version.life, point.path.clone())).or_default().push(docs.len());
                    fields.push(if doc.silent { Vec::new() } else { words(&version.entry, point) });
                    docs.push(doc);
                }
            }
        }
        concerns(book, &mut docs);
        let own: Vec<usize> = fields.iter().map(Vec::len).collect();
        excluded_words(book, &docs, &mut fields, vocabulary);
        let mut index = Self {
            line_of: vec![0; docs.len()],
            lines: Vec::new(),
            words: Bm25::default(),
            by_concept: BTreeMap::new(),
            by_hs: BTreeMap::new(),
            borrowed: Vec::new(),
            docs,
        };
        for (line, (_, docs)) in groups.into_iter().enumerate() {
            for doc in &docs {
                index.line_of[*doc] = line;
            }
            index.lines.push(Line { docs });
        }
        index.fill(&fields, &own, vocabulary);
        index.fill_hs(book);
        index
    }

    fn fill(&mut self, fields: &[Vec<(f32, String)>], own: &[usize], vocabulary: &Vocabulary) {
        let mut bags: Vec<Bag> = Vec::with_capacity(fields.len());
        let read = read_once(fields, vocabulary);
        // Only of what a class names: most of the lexicon tells what the lists do not name.
        let classes: BTreeSet<ConceptIndex> =
            self.docs.iter().flat_map(|d| d.class.iter().flatten().copied()).collect();
        let synonyms: BTreeMap<ConceptIndex, BTreeMap<Key, f32>> =
            classes.into_iter().map(|c| (c, synonyms(vocabulary, c))).collect();
        for (doc, fields) in fields.iter().enumerate() {
            let mut weights = Bag::new();
            let mut borrowed = BTreeSet::new();
            for (place, (weight, text)) in fields.iter().enumerate() {
                for key in read.get(text.as_str()).into_iter().flatten() {
                    if place >= own[doc] && !weights.contains_key(key) {
                        borrowed.insert(*key);
                    }
                    *weights.entry(*key).or_default() += weight;
                }
            }
            let class: Vec<ConceptIndex> = self.docs[doc]
                .class
                .iter()
                .flatten()
                .chain(self.docs[doc].concerns.iter().flat_map(|c| self.docs[*c].class.iter().flatten()))
                .copied()
                .collect();
            for concept in &class {
                *weights.entry(Key::concept(*concept)).or_default() += CLASS;
            }
            for (key, weight) in class.iter().flat_map(|c| &synonyms[c]) {
                *weights.entry(*key).or_default() += SYNONYM * weight;
            }
            for concept in &self.docs[doc].contains {
                *weights.entry(Key::concept(*concept)).or_default() += CLASS;
            }
            if self.docs[doc].silent {
                bags.push(Bag::new());
                self.borrowed.push(Vec::new());
                continue;
            }
            borrowed.retain(|key| !class.iter().any(|c| synonyms[c].contains_key(key) || *key == Key::concept(*c)));
            self.borrowed.push(borrowed.into_iter().collect());
            bags.push(weights);
            for concept in class.into_iter().chain(self.docs[doc].contains.clone()) {
                let held = self.by_concept.entry(concept).or_default();
                if held.last() != Some(&doc) {
                    held.push(doc);
                }
            }
        }
        self.words = Bm25::new(bags, B);
    }

    fn fill_hs(&mut self, book: &Book) {
        for (index, doc) in self.docs.iter().enumerate() {
            for number in &point_of(book, doc).1.hs {
                self.by_hs.entry(number.clone()).or_default().push(index);
            }
        }
    }

    /// The document at an index.
    pub fn doc(&self, index: DocIndex) -> &Doc {
        &self.docs[index]
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.docs.len()
    }

    /// All documents with their indexes.
    pub fn docs(&self) -> impl Iterator<Item = (DocIndex, &Doc)> {
        self.docs.iter().enumerate()
    }

    /// For each point through time the one document that speaks on a day: the one that holds, else the last before, else the
    /// first after.
    pub fn speaking(&self, book: &Book, day: Day) -> Vec<bool> {
        let mut speaking = vec![false; self.docs.len()];
        for line in &self.lines {
            let chosen = line.docs.iter().copied().filter(|d| !self.docs[*d].silent).min_by_key(|d| {
                let version = version_of(book, &self.docs[*d]).1;
                if !version.draft && version.holds(day) {
                    (0, 0, *d)
                } else if version.from <= day {
                    // The later it ended, the nearer it is; a draft is further than law.
                    (
                        1 + i32::from(version.draft),
                        -ordinal(version.end.as_ref().map_or(version.from, |(last, _)| *last)),
                        *d,
                    )
                } else {
                    (3 + i32::from(version.draft), ordinal(version.from), *d)
                }
            });
            if let Some(doc) = chosen {
                speaking[doc] = true;
            }
        }
        speaking
    }

    /// The documents of the entry version that a document belongs to, itself among them: they stand beside each other.
    pub fn of_entry(&self, index: DocIndex) -> impl Iterator<Item = DocIndex> + '_ {
        let of = |d: &Doc| (d.list, d.version);
        let wanted = of(&self.docs[index]);
        let begin = self.docs[..index].iter().rev().take_while(|d| of(d) == wanted).count();
        (index - begin..self.docs.len()).take_while(move |d| of(&self.docs[*d]) == wanted)
    }

    /// Documents whose class or contents name a concept.
    pub fn with_concept(&self, concept: ConceptIndex) -> &[DocIndex] {
        self.by_concept.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// Documents with a reference customs number that begins with `hs` (or that begins `hs`).
    pub fn with_hs<'a>(&'a self, hs: &'a str) -> impl Iterator<Item = DocIndex> + 'a {
        self.by_hs
            .iter()
            .filter(move |(number, _)| number.starts_with(hs) || hs.starts_with(number.as_str()))
            .flat_map(|(_, docs)| docs.iter().copied())
    }

    /// Scores every document for the tokens of a question.
    pub fn score(&self, query: &[Token]) -> Vec<f32> {
        self.words.score(&merged(query))
    }

    /// What each token of a question added to a document's score, largest first.
    pub fn explain(&self, query: &[Token], doc: DocIndex) -> Vec<(Key, f32)> {
        self.words.explain(&merged(query), doc)
    }

    /// True where a document has any such token.
    pub fn borrows_any(&self, doc: DocIndex) -> bool {
        !self.borrowed[doc].is_empty()
    }

    /// True where a document has a token only from statements of what it does not cover.
    pub fn borrows(&self, doc: DocIndex, key: Key) -> bool {
        self.borrowed[doc].binary_search(&key).is_ok()
    }

    /// The score a question would have against itself: what full coverage of its words is worth.
    pub fn full_score(&self, query: &[Token]) -> f32 {
        self.words.full_score(&merged(query))
    }
}

/// The tokens of every text of the fields. Words above a point stand with every point below it and most versions repeat the one
/// before: each text is read once, on all cores.
fn read_once<'f>(fields: &'f [Vec<(f32, String)>], vocabulary: &Vocabulary) -> BTreeMap<&'f str, Vec<Key>> {
    let unique: Vec<&str> =
        fields.iter().flatten().map(|(_, text)| text.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let read = |text: &'f str| {
        let folded = fold(text);
        let mentions = vocabulary.mentions(&folded);
        (text, tokens(&folded, &mentions, vocabulary).into_iter().map(|t| t.key).collect::<Vec<_>>())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = unique
            .chunks(unique.len().div_ceil(cores).max(1))
            .map(|chunk| scope.spawn(move || chunk.iter().map(|text| read(text)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn ordinal(day: Day) -> i32 {
    i32::from(day.year()) * 400 + i32::from(day.month()) * 32 + i32::from(day.day())
}

/// Each token once, with the largest weight it has: saying a word twice does not make it truer.
fn merged(query: &[Token]) -> Bag {
    let mut all = Bag::new();
    for token in query {
        let held = all.entry(token.key).or_insert(0.0);
        *held = held.max(token.weight);
    }
    all
}

/// The list and version a document belongs to.
pub fn version_of<'b>(book: &'b Book, doc: &Doc) -> (&'b ControlList, &'b Version) {
    // Indexes come from the same book in the same order.
    let list = book.lists.values().nth(doc.list).expect("the list the index was made from");
    (list, &list.history.versions()[doc.version])
}

/// The entry and point a document stands for.
pub fn point_of<'b>(book: &'b Book, doc: &Doc) -> (&'b Entry, &'b Point) {
    let entry = &version_of(book, doc).1.entry;
    (entry, &entry.points[doc.point])
}

fn document(
    list: &ControlList,
    list_index: usize,
    version: &Version,
    version_index: usize,
    point: &Point,
    point_index: usize,
    vocabulary: &Vocabulary,
) -> Doc {
    let entry = &version.entry;
    let children = entry.children(&point.path).any(|p| !p.reserved);
    Doc {
        list: list_index,
        version: version_index,
        point: point_index,
        code: full_code(&entry.code, &point.path),
        class: point
            .class
            .iter()
            .map(|any| any.concepts().iter().filter_map(|c| vocabulary.index(c)).collect())
            .collect(),
        contains: point.contains.iter().filter_map(|c| vocabulary.index(c)).collect(),
        concerns: Vec::new(),
        covers: covers(list, entry, point),
        silent: point.reserved || entry.is_condition(&point.path),
        container: children && point.children == Children::Items,
    }
}

fn covers(list: &ControlList, entry: &Entry, point: &Point) -> Vec<Moves> {
    if !point.covers.is_empty() {
        return point.covers.clone();
    }
    if let Some(heading) = entry.points.first().filter(|h| !h.covers.is_empty()) {
        return heading.covers.clone();
    }
    match &entry.code {
        Code::Control(code) => match code.item_type() {
            ItemType::Software => vec![Moves::Software],
            ItemType::Technology => vec![Moves::Technology, Moves::Service],
            _ => vec![Moves::Goods],
        },
        _ => list.head.covers.clone(),
    }
}

/// The words by which people call a concept, so that half a synonym still leads to it.
fn synonyms(vocabulary: &Vocabulary, concept: ConceptIndex) -> BTreeMap<Key, f32> {
    let mut weights = BTreeMap::new();
    for word in vocabulary.concept(concept).words() {
        for token in tokens(&fold(word), &[], vocabulary) {
            weights.entry(token.key).or_insert(1.0);
        }
    }
    weights
}

/// The words of a document by field.
fn words(entry: &Entry, point: &Point) -> Vec<(f32, String)> {
    let both = |text: &yumen_lawbook::Bilingual| format!("{} {}", text.zh, text.en);
    let mut fields = vec![(OWN, both(&point.text)), (NOTE, both(&point.note))];
    for above in entry.ancestry(&point.path).into_iter().filter(|p| p.path != point.path) {
        fields.push((ABOVE, both(&above.text)));
    }
    // Conditions below a point are part of what it says.
    if point.children != Children::Items {
        let below = entry
            .points
            .iter()
            .filter(|p| is_below(&p.path, &point.path) && p.path != point.path && !point.path.is_empty());
        let below_heading = entry.points.iter().filter(|p| point.path.is_empty() && !p.path.is_empty());
        fields.extend(below.chain(below_heading).map(|p| (ABOVE, both(&p.text))));
    }
    fields
}

/// Resolves what software and technology points are for: the newest document of each code named.
fn concerns(book: &Book, docs: &mut [Doc]) {
    let mut things: BTreeMap<String, DocIndex> = BTreeMap::new();
    for (index, doc) in docs.iter().enumerate() {
        // A heading only introduces the items below it; they are what the technology is for.
        if !doc.class.is_empty() && !doc.silent && !doc.container {
            things.insert(doc.code.clone(), index);
        }
    }
    let wanted: Vec<Vec<String>> = docs.iter().map(|d| point_of(book, d).1.concerns.clone()).collect();
    for (doc, codes) in docs.iter_mut().zip(wanted) {
        for code in codes {
            let below = things.iter().filter(|(found, _)| is_below(found, &code));
            doc.concerns.extend(below.map(|(_, index)| *index));
        }
    }
}

/// Words of exclusions lead to what they exclude from: who asks for earphones should see the magnets.
fn excluded_words(book: &Book, docs: &[Doc], fields: &mut [Vec<(f32, String)>], vocabulary: &Vocabulary) {
    for exclusion in &book.exclusions {
        let names: String = exclusion
            .class
            .iter()
            .flat_map(yumen_lawbook::list::entry::AnyOf::concepts)
            .filter_map(|c| vocabulary.index(c))
            .map(|c| {
                let concept = vocabulary.concept(c);
                format!(
                    "{} {} ",
                    concept.zh.first().map_or("", String::as_str),
                    concept.en.first().map_or("", String::as_str)
                )
            })
            .collect();
        for (doc, words) in docs.iter().zip(fields.iter_mut()) {
            if !doc.silent && exclusion.entries.iter().any(|code| is_below(&doc.code, code)) {
                words.push((EXCLUDED, names.clone()));
            }
        }
    }
}
