//! Screening: names of a question against the names of a list.

mod across;
mod candidates;

use std::cell::RefCell;

use candidates::ways;

use crate::acronym;
use crate::align::{self, Placed};
use crate::entity::{Entity, PartyType, Query};
use crate::explain::{self, Explanation};
use crate::fold::Flags;
use crate::lexicon::{Map, Role, map};
use crate::names::{Forms, Origin, forms};
use crate::qualify::{self, Qualifier};
use crate::score::{Score, TUNING, Tuning, is_firm, score, sole};
use crate::sinitic::{self, Shown, Unit};
use crate::token::{Kinship, Token, likeness};
use crate::units::WordUnit;
use crate::vocabulary::{Scratch, Vocabulary, hash};

/// The version of normaliser, data and scorer together. Decisions are bound to it.
pub const ENGINE: &str = "yumen-screen-3";

/// A party found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its position in the list.
    pub entity: u32,
    /// Which of its names met.
    pub name: u16,
    /// Which of the asked names met: 0 is the main one.
    pub asked: u16,
    /// 0 to 1, qualifiers included.
    pub score: f32,
    /// The score of the name alone.
    pub by_name: Score,
    /// What else was compared.
    pub qualifiers: Vec<Qualifier>,
    /// How the forms that met came about.
    pub origin: (Origin, Origin),
    /// True where Chinese forms met.
    pub han: bool,
}

/// Words of one form of one listed name.
#[derive(Debug, Clone, Copy)]
struct WordKey {
    entity: u32,
    name: u16,
    len: u8,
    origin: Origin,
    from: u32,
    weight: f32,
}

#[derive(Debug)]
struct HanKey {
    entity: u32,
    name: u16,
    units: Box<[Unit]>,
    weight: f32,
}

/// A list, ready to be asked. Build it once, ask it from as many threads as there are.
#[derive(Debug, Default)]
pub struct Screen {
    entities: Vec<Entity>,
    vocabulary: Vocabulary,
    keys: Vec<WordKey>,
    /// Word numbers of all keys; the highest bit marks an aside.
    units: Vec<u32>,
    /// Keys by word.
    starts: Vec<u32>,
    postings: Vec<u32>,
    /// Keys by the hash of their acronym.
    acronyms: Vec<(u32, u32)>,
    han: Vec<HanKey>,
    han_postings: Map<Box<str>, Vec<u32>>,
    identifiers: Map<Box<str>, Vec<u32>>,
    flags: Vec<(u32, Flags)>,
    number: u64,
}

const ASIDE: u32 = 1 << 31;
/// Candidates whose names are aligned in full.
const CANDIDATES: usize = 64;
/// Most names looked at besides that have the one word that is the whole question: a family of firms has many.
const FAMILY: usize = 1024;

/// Words of a list that are like a word, with their likeness.
type Alike = Box<[(u32, f32)]>;
/// Words remembered of one list by one thread, and lists remembered at a time.
const REMEMBERED: usize = 8192;
const LISTS: usize = 4;

/// Tells lists apart in what threads remember; never part of an answer.
static NUMBER: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);

#[derive(Default)]
struct Work {
    /// By list: names repeat their words, and looking a word up costs more than all else.
    memory: Map<u64, Map<Box<str>, Alike>>,
    scratch: Scratch,
    alike: Vec<(u32, f32)>,
    sums: Vec<f32>,
    touched: Vec<u32>,
    cache: Cache,
}

/// Likeness of a word of the question to a word of the list; read aloud or as written.
type Cache = Map<(u8, bool, u32), (f32, Kinship)>;

thread_local! {
    static WORK: RefCell<Work> = RefCell::default();
}

impl Screen {
    /// Makes a list ready.
    pub fn build(entities: Vec<Entity>) -> Self {
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut it = Self { entities: Vec::new(), han_postings: map(), identifiers: map(), number, ..Self::default() };
        for (number, entity) in (0_u32..).zip(&entities) {
            for (name, text) in (0_u16..).zip(&entity.names) {
                let forms = forms(text);
                if forms.flags != Flags::default() {
                    it.flags.push((number, forms.flags));
                }
                it.add(number, name, forms);
            }
            for identifier in &entity.identifiers {
                let key = qualify::identifier_key(&identifier.value);
                if key.len() >= qualify::SHORTEST_IDENTIFIER {
                    it.identifiers.entry(key.into()).or_default().push(number);
                }
            }
        }
        it.entities = entities;
        it.vocabulary.finish();
        it.post();
        it.keys.shrink_to_fit();
        it.units.shrink_to_fit();
        it
    }

    fn add(&mut self, entity: u32, name: u16, forms: Forms) {
        for (origin, units) in forms.words {
            let from = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
            let mut weight = 0.0;
            for unit in &units {
                let number = self.vocabulary.add(&unit.owned);
                weight += unit.owned.token().weight * if unit.aside { TUNING.aside } else { 1.0 };
                self.units.push(number | if unit.aside { ASIDE } else { 0 });
            }
            let len = u8::try_from(units.len()).unwrap_or(u8::MAX);
            self.keys.push(WordKey { entity, name, len, origin, from, weight });
        }
        for (origin, units) in forms.han {
            // What a list writes in pinyin is met as words; a question in pinyin meets Chinese names.
            if origin == Origin::Written {
                let weight = units.iter().map(|u| u.weight).sum();
                self.han.push(HanKey { entity, name, units: units.into_boxed_slice(), weight });
            }
        }
    }

    fn post(&mut self) {
        let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(self.units.len());
        for (number, key) in (0_u32..).zip(&self.keys) {
            for unit in self.key_units(key) {
                let word = unit & !ASIDE;
                if !self.vocabulary.token(word).role.is_silent() {
                    pairs.push((word, number));
                }
            }
        }
        self.post_acronyms();
        pairs.sort_unstable();
        pairs.dedup();
        self.starts = vec![0; self.vocabulary.len() + 1];
        for (word, _) in &pairs {
            self.starts[*word as usize + 1] += 1;
        }
        for at in 1..self.starts.len() {
            self.starts[at] += self.starts[at - 1];
        }
        self.postings = pairs.into_iter().map(|(_, key)| key).collect();
        for (number, key) in (0_u32..).zip(&self.han) {
            for unit in &key.units {
                if unit.role == Role::Legal {
                    continue;
                }
                for way in ways(unit) {
                    let list = self.han_postings.entry(way.into()).or_default();
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                }
            }
        }
    }

    fn post_acronyms(&mut self) {
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (number, key) in (0_u32..).zip(&self.keys) {
            for letters in acronym::of(&self.placed(self.key_units(key))) {
                found.push((hash(letters.bytes()), number));
            }
        }
        found.sort_unstable();
        found.shrink_to_fit();
        self.acronyms = found;
    }

    /// Words of a key as the scorer takes them.
    fn placed(&self, units: &[u32]) -> Vec<Placed<'_>> {
        units.iter().map(|u| Placed { token: self.vocabulary.token(u & !ASIDE), aside: u & ASIDE != 0 }).collect()
    }

    fn key_units(&self, key: &WordKey) -> &[u32] {
        let from = key.from as usize;
        self.units.get(from..from + usize::from(key.len)).unwrap_or_default()
    }

    /// The parties of the list.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// How many names are listed.
    pub fn names(&self) -> usize {
        self.entities.iter().map(|e| e.names.len()).sum()
    }

    /// The parties that answer a question, best first: at most `most`, none below `least`.
    pub fn search(&self, query: &Query, least: f32, most: usize) -> Vec<Hit> {
        self.find(query, least, most, &TUNING, false)
    }

    /// The same without the index: every name is compared. What the index finds is tested against this.
    pub fn search_every(&self, query: &Query, least: f32, most: usize) -> Vec<Hit> {
        self.find(query, least, most, &TUNING, true)
    }

    /// The same with another tuning, for calibration.
    #[doc(hidden)]
    pub fn search_tuned(&self, query: &Query, least: f32, most: usize, tuning: &Tuning) -> Vec<Hit> {
        self.find(query, least, most, tuning, false)
    }

    fn find(&self, query: &Query, least: f32, most: usize, tuning: &Tuning, every: bool) -> Vec<Hit> {
        let mut best: Map<u32, Hit> = map();
        let mut keep = |hit: Hit| match best.get_mut(&hit.entity) {
            Some(old)
                if old.by_name.value > hit.by_name.value
                    || (old.by_name.value >= hit.by_name.value && (old.asked, old.name) <= (hit.asked, hit.name)) => {}
            Some(old) => *old = hit,
            None => {
                best.insert(hit.entity, hit);
            }
        };
        let mut bilingual = Vec::new();
        for (asked, name) in (0_u16..).zip(std::iter::once(&query.name).chain(&query.also)) {
            let forms = forms(name);
            WORK.with_borrow_mut(|work| {
                for (origin, units) in &forms.words {
                    self.by_words(asked, *origin, units, (tuning, least), every, work, &mut keep);
                }
            });
            for (origin, units) in &forms.han {
                self.by_han(asked, *origin, units, tuning, every, &mut keep);
            }
            bilingual.push(forms);
        }
        for hit in best.values_mut().filter(|h| h.by_name.value > 0.5) {
            if self.is_contradicted(hit, &bilingual[usize::from(hit.asked)], tuning) {
                hit.by_name.value *= tuning.other_half;
            }
        }
        if let Some(identifier) = &query.identifier {
            for entity in self.identifiers.get(qualify::identifier_key(identifier).as_str()).into_iter().flatten() {
                best.entry(*entity).or_insert_with(|| Hit {
                    entity: *entity,
                    name: 0,
                    asked: 0,
                    score: 0.0,
                    by_name: Score::default(),
                    qualifiers: Vec::new(),
                    origin: (Origin::Written, Origin::Written),
                    han: false,
                });
            }
        }
        let mut hits: Vec<Hit> = best.into_values().collect();
        for hit in &mut hits {
            let entity = &self.entities[hit.entity as usize];
            (hit.score, hit.qualifiers) = qualify::qualify(hit.by_name.value, hit.by_name.legal, query, entity);
        }
        hits.retain(|h| h.score >= least);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entity.cmp(&b.entity)));
        hits.truncate(most);
        hits
    }

    /// True where a question gives the name in two scripts, one half met this party, and the other half is somebody else.
    fn is_contradicted(&self, hit: &Hit, forms: &Forms, tuning: &Tuning) -> bool {
        let words: Vec<&Vec<WordUnit>> =
            forms.words.iter().filter(|(o, _)| *o == Origin::Written).map(|(_, units)| units).collect();
        let han: Vec<&Vec<Unit>> = forms.han.iter().filter(|(o, _)| *o == Origin::Written).map(|(_, u)| u).collect();
        let ([words], [han]) = (&words[..], &han[..]) else { return false };
        let core = |role: Role, weight: f32| if role == Role::Core { weight } else { 0.0 };
        let mut best: Option<f32> = None;
        if matches!(hit.origin, (Origin::Written, Origin::Written)) && hit.han {
            let said: f32 = words.iter().map(|u| core(u.owned.token().role, u.owned.token().weight)).sum();
            let left: Vec<Placed<'_>> =
                words.iter().map(|u| Placed { token: u.owned.token(), aside: u.aside }).collect();
            let from = self.keys.partition_point(|k| k.entity < hit.entity);
            for key in self.keys[from..].iter().take_while(|k| k.entity == hit.entity && said > 0.5) {
                let right = self.placed(self.key_units(key));
                let found = align::align(&left, &right, |i, j| likeness(&left[i].token, &right[j].token));
                let value = score(&left, &right, &found, tuning).value;
                best = Some(best.unwrap_or(0.0).max(value));
            }
        } else if !hit.han {
            let said: f32 = han.iter().map(|u| core(u.role, u.weight)).sum();
            let from = self.han.partition_point(|k| k.entity < hit.entity);
            for key in self.han[from..].iter().take_while(|k| k.entity == hit.entity && said > 0.5) {
                let found = sinitic::align(han, &key.units);
                let value = score(&placed(han), &placed(&key.units), &found, tuning).value;
                best = Some(best.unwrap_or(0.0).max(value));
            }
        }
        best.is_some_and(|value| value < 0.45)
    }

    #[expect(clippy::too_many_arguments, reason = "one way through the search, told apart for its two kinds of form")]
    fn by_words(
        &self,
        asked: u16,
        origin: Origin,
        units: &[WordUnit],
        (tuning, least): (&Tuning, f32),
        every: bool,
        work: &mut Work,
        keep: &mut impl FnMut(Hit),
    ) {
        let left: Vec<Placed<'_>> = units.iter().map(|u| Placed { token: u.owned.token(), aside: u.aside }).collect();
        work.cache.clear();
        let candidates: Vec<u32> = if every {
            (0..u32::try_from(self.keys.len()).unwrap_or(0)).collect()
        } else {
            self.candidates(&left, least, work)
        };
        let whole = sole(&left, tuning).is_some_and(|(_, count)| count == 1);
        let mut near: Vec<Hit> = Vec::new();
        for number in candidates {
            let key = &self.keys[number as usize];
            let read = (origin == Origin::Romanised, key.origin == Origin::Romanised);
            if read == (true, true) {
                // Two Chinese forms are compared as such, not by what both are in letters.
                continue;
            }
            let words = self.key_units(key);
            let right = self.placed(words);
            let cache = &mut work.cache;
            let alignment = align::align(&left, &right, |i, j| {
                let word = words[j] & !ASIDE;
                *cache.entry((u8::try_from(i).unwrap_or(u8::MAX), read.1, word)).or_insert_with(|| {
                    let found = likeness(&left[i].token, &right[j].token);
                    // A reading has no slips of the pen: what is only near it is another name.
                    let slip = found.1 == Kinship::Spelling && found.0 < 0.86 && (read.0 || read.1);
                    if slip { (0.0, found.1) } else { found }
                })
            });
            let mut by_name = score(&left, &right, &alignment, tuning);
            // Syllables apart are a person, as far as letters tell; in characters nobody writes them apart.
            by_name.begins &= whole || origin == Origin::Romanised;
            // A family name alone says no person.
            by_name.begins &= match self.entities[key.entity as usize].r#type {
                PartyType::Person => false,
                PartyType::Unknown => is_firm(&right),
                _ => true,
            };
            if by_name.begins {
                by_name.value = by_name.value.max(tuning.begins);
            }
            by_name.value = derived(by_name.value, origin, key.origin);
            let hit = Hit {
                entity: key.entity,
                name: key.name,
                asked,
                score: by_name.value,
                by_name,
                qualifiers: Vec::new(),
                origin: (origin, key.origin),
                han: false,
            };
            if (across::NEAR..tuning.across).contains(&by_name.value) && read == (false, false) {
                near.push(hit.clone());
            }
            keep(hit);
        }
        near.sort_by(|a, b| a.entity.cmp(&b.entity).then(b.score.total_cmp(&a.score)));
        near.dedup_by_key(|h| h.entity);
        for mut hit in near {
            if let Some(by_name) = self.across(hit.entity, &left, tuning, &mut work.cache) {
                (hit.score, hit.by_name) = (by_name.value, by_name);
                keep(hit);
            }
        }
    }

    fn by_han(
        &self,
        asked: u16,
        origin: Origin,
        units: &[Unit],
        tuning: &Tuning,
        every: bool,
        keep: &mut impl FnMut(Hit),
    ) {
        let candidates: Vec<u32> =
            if every { (0..u32::try_from(self.han.len()).unwrap_or(0)).collect() } else { self.han_candidates(units) };
        let left = placed(units);
        for number in candidates {
            let key = &self.han[number as usize];
            let alignment = sinitic::align(units, &key.units);
            let right = placed(&key.units);
            let mut by_name = score(&left, &right, &alignment, tuning);
            by_name.value = derived(by_name.value, origin, Origin::Written);
            keep(Hit {
                entity: key.entity,
                name: key.name,
                asked,
                score: by_name.value,
                by_name,
                qualifiers: Vec::new(),
                origin: (origin, Origin::Written),
                han: true,
            });
        }
    }

    /// Why a hit is one.
    pub fn explain(&self, query: &Query, hit: &Hit) -> Explanation {
        explain::explain(self, query, hit)
    }
}

/// What came about by reading aloud or translating is a little less sure than what is written.
fn derived(value: f32, asked: Origin, listed: Origin) -> f32 {
    let of = |origin| match origin {
        Origin::Written => 1.0,
        Origin::Romanised => 0.97,
        Origin::Pinyin => 0.95,
    };
    value * of(asked) * of(listed)
}

/// Chinese units as the scorer takes them.
pub(crate) fn placed(units: &[Unit]) -> Vec<Placed<'_>> {
    units
        .iter()
        .map(|unit| {
            let mut token = match &unit.shown {
                Shown::Word(word) => word.token(),
                _ => Token {
                    text: "",
                    sound: &[],
                    skeleton: &[],
                    role: Role::Core,
                    concept: 0,
                    weight: 0.0,
                    consonantal: false,
                    coarse: "",
                    foreign: false,
                    known: false,
                    syllable: false,
                    named: false,
                },
            };
            (token.role, token.weight) = (unit.role, unit.weight);
            Placed { token, aside: false }
        })
        .collect()
}
