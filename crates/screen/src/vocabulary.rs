//! The words of a list, each once, and how to find those like a word of a question.

use crate::lexicon::{Map, Role, lexicon};
use crate::token::{self, LEAST, Owned, Token};

/// A word of the list.
#[expect(clippy::struct_excessive_bools, reason = "facts about a word, each asked for on its own")]
#[derive(Debug)]
struct Stored {
    text: (u32, u8),
    sound: u8,
    skeleton: u8,
    coarse: u8,
    consonantal: bool,
    foreign: bool,
    known: bool,
    syllable: bool,
    named: bool,
    mask: u64,
    role: Role,
    concept: u16,
    weight: f32,
}

impl Stored {
    /// True where length and letters alone rule a likeness out: what `token::spelling` would say, without reading the word.
    fn is_far(&self, length: usize, mask: u64) -> bool {
        usize::from(self.sound).abs_diff(length) > 3 || (self.mask ^ mask).count_ones() > 6
    }
}

/// Lists of word numbers by a hash; found by binary search.
#[derive(Debug, Default)]
struct Table {
    rows: Vec<(u32, u32)>,
}

impl Table {
    fn push(&mut self, key: u32, word: u32) {
        self.rows.push((key, word));
    }

    fn finish(&mut self) {
        self.rows.sort_unstable();
        self.rows.dedup();
        self.rows.shrink_to_fit();
    }

    fn get(&self, key: u32) -> impl Iterator<Item = u32> {
        let from = self.rows.partition_point(|(k, _)| *k < key);
        self.rows[from..].iter().take_while(move |(k, _)| *k == key).map(|(_, w)| *w)
    }
}

/// All words of a list.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// ASCII letters of every word: text, sound, skeleton, coarse sound.
    letters: String,
    words: Vec<Stored>,
    /// By [`Kind`]: one text may stand for several words.
    by_text: [Map<Box<str>, u32>; 3],
    grams: Grams,
    slips: Table,
    skeletons: Table,
    coarse: Table,
    concepts: Table,
    names: Table,
}

/// Trigrams of sounds with their words, one after the other.
#[derive(Debug, Default)]
struct Grams {
    starts: Vec<u32>,
    words: Vec<u32>,
}

/// Vowels that spellings confuse are one to the index.
fn vowel(c: u8) -> u8 {
    match c {
        b'e' => b'i',
        b'o' => b'u',
        other => other,
    }
}

/// Letters of a sound as six bits.
fn six(c: u8) -> u32 {
    u32::from(match vowel(c) {
        b'a'..=b'z' => vowel(c) - b'a' + 1,
        b'0'..=b'9' => c - b'0' + 27,
        b'C' => 37,
        b'S' => 38,
        b'J' => 39,
        _ => 40,
    })
}

/// Trigrams of a sound with its ends.
fn trigrams(sound: &[u8]) -> impl Iterator<Item = u32> {
    const END: u32 = 41;
    let at = move |i: usize| if i == 0 || i > sound.len() { END } else { six(sound[i - 1]) };
    (0..sound.len()).map(move |i| at(i) << 12 | at(i + 1) << 6 | at(i + 2))
}

/// A hash of bytes that is the same everywhere (FNV-1a).
pub fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Hashes of a sound with one letter left out, and of itself.
fn slips(sound: &[u8]) -> impl Iterator<Item = u32> {
    (0..=sound.len())
        .map(move |gone| hash(sound.iter().enumerate().filter(move |(i, _)| *i != gone).map(|(_, b)| vowel(*b))))
}

/// Count of a word that was found otherwise than by trigrams.
const SURE: u16 = 1000;
/// Longest sound whose slips are kept; longer words share enough trigrams.
const SLIPS: usize = 8;

/// What sets words of one text apart.
enum Kind {
    Plain,
    /// Written without its vowels.
    Consonantal,
    /// Taken for something else than the lexicon says, by where it stands in its name.
    Promoted,
}

impl Kind {
    fn of(token: &Token<'_>) -> Self {
        if token.consonantal {
            Self::Consonantal
        } else if token.role != lexicon().sense(token.text).role {
            Self::Promoted
        } else {
            Self::Plain
        }
    }
}

impl Vocabulary {
    /// Adds a word, or finds it.
    pub fn add(&mut self, owned: &Owned) -> u32 {
        let token = owned.token();
        let kind = Kind::of(&token) as usize;
        if let Some(found) = self.by_text[kind].get(token.text) {
            return *found;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let from = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
        let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
        self.letters.push_str(token.text);
        self.letters.extend(token.sound.iter().chain(token.skeleton).map(|b| char::from(*b)));
        self.letters.push_str(token.coarse);
        self.words.push(Stored {
            text: (from, small(token.text.len())),
            sound: small(token.sound.len()),
            skeleton: small(token.skeleton.len()),
            coarse: small(token.coarse.len()),
            consonantal: token.consonantal,
            foreign: token.foreign,
            known: token.known,
            syllable: token.syllable,
            named: token.named,
            mask: token::letters(token.sound),
            role: token.role,
            concept: token.concept,
            weight: token.weight,
        });
        self.by_text[kind].insert(token.text.into(), number);
        number
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// A word by its number.
    pub fn token(&self, number: u32) -> Token<'_> {
        let word = &self.words[number as usize];
        let mut from = word.text.0 as usize;
        let mut next = |n: u8| {
            let part = self.letters.get(from..from + usize::from(n)).unwrap_or_default();
            from += usize::from(n);
            part
        };
        let text = next(word.text.1);
        let (sound, skeleton) = (next(word.sound).as_bytes(), next(word.skeleton).as_bytes());
        let coarse = next(word.coarse);
        Token {
            text,
            sound,
            skeleton,
            role: word.role,
            concept: word.concept,
            weight: word.weight,
            consonantal: word.consonantal,
            coarse,
            foreign: word.foreign,
            known: word.known,
            syllable: word.syllable,
            named: word.named,
        }
    }

    /// Builds the ways in.
    pub fn finish(&mut self) {
        let mut grams: Vec<(u32, u32)> = Vec::new();
        let (mut by_slip, mut skeletons) = (Table::default(), Table::default());
        let (mut coarse, mut concepts, mut names) = (Table::default(), Table::default(), Table::default());
        for number in 0..u32::try_from(self.words.len()).unwrap_or(0) {
            let token = self.token(number);
            if token.concept != 0 {
                concepts.push(u32::from(token.concept), number);
            }
            if !token.skeleton.is_empty() {
                skeletons.push(hash(token.skeleton.iter().copied()), number);
            }
            if token.consonantal || token.role == Role::Number {
                continue;
            }
            grams.extend(trigrams(token.sound).map(|g| (g, number)));
            if token.sound.len() <= SLIPS {
                for key in slips(token.sound) {
                    by_slip.push(key, number);
                }
            }
            if !token.coarse.is_empty() {
                coarse.push(hash(token.coarse.bytes()), number);
            }
            for class in lexicon().name_classes(token.text) {
                names.push(u32::from(*class), number);
            }
        }
        for table in [&mut by_slip, &mut skeletons, &mut coarse, &mut concepts, &mut names] {
            table.finish();
        }
        (self.slips, self.skeletons, self.coarse, self.concepts, self.names) =
            (by_slip, skeletons, coarse, concepts, names);
        self.grams = Grams::of(grams);
        self.letters.shrink_to_fit();
        self.words.shrink_to_fit();
    }

    /// The number of a word as it stands.
    pub fn exact(&self, text: &str) -> Option<u32> {
        self.by_text[Kind::Plain as usize].get(text).copied()
    }

    /// Every word like this one, with its likeness, each once. `scratch` remembers nothing between calls.
    pub fn like(&self, token: &Token<'_>, near_only: bool, scratch: &mut Scratch, out: &mut Vec<(u32, f32)>) {
        out.clear();
        scratch.begin(self.words.len());
        let Scratch { counts, touched } = scratch;
        let mut grams: Vec<&[u32]> = Vec::new();
        let common = match token.sound.len() {
            0..=4 => 0,
            5..=8 => 1,
            _ => 2,
        };
        let mut offer = |number: u32, by: u16, touched: &mut Vec<u32>| {
            let slot = &mut counts[number as usize];
            if *slot == 0 {
                touched.push(number);
            }
            *slot = slot.saturating_add(by);
        };
        for words in &self.by_text {
            if let Some(found) = words.get(token.text) {
                offer(*found, SURE, touched);
            }
        }
        if token.role != Role::Number {
            if token.concept != 0 {
                self.concepts.get(u32::from(token.concept)).for_each(|n| offer(n, SURE, touched));
            }
            if !token.skeleton.is_empty() && token.consonantal {
                self.skeletons.get(hash(token.skeleton.iter().copied())).for_each(|n| offer(n, SURE, touched));
            }
            if !token.consonantal && token.role != Role::Initial {
                for class in lexicon().name_classes(token.text) {
                    self.names.get(u32::from(*class)).for_each(|n| offer(n, SURE, touched));
                }
                if near_only {
                    self.slips.get(hash(token.sound.iter().map(|b| vowel(*b)))).for_each(|n| offer(n, SURE, touched));
                } else if token.sound.len() <= SLIPS + 1 {
                    for key in slips(token.sound) {
                        self.slips.get(key).for_each(|n| offer(n, SURE, touched));
                    }
                }
                if !token.coarse.is_empty() {
                    self.coarse.get(hash(token.coarse.bytes())).for_each(|n| offer(n, SURE, touched));
                }
                if !near_only {
                    // The commonest trigrams of a long word cost most and tell least: what is like it shares others too.
                    grams.clear();
                    grams.extend(trigrams(token.sound).map(|g| self.grams.get(g)));
                    grams.sort_unstable_by_key(|words| words.len());
                    for words in grams.iter().take(token.sound.len() - common) {
                        for number in *words {
                            offer(*number, 1, touched);
                        }
                    }
                }
            }
        }
        let mask = token::letters(token.sound);
        // A word must share a third of its trigrams, or have been found another way.
        let needed = u16::try_from(token.sound.len().div_ceil(3).saturating_sub(common)).unwrap_or(u16::MAX).max(2);
        for number in touched.iter() {
            let count = counts[*number as usize];
            counts[*number as usize] = 0;
            if count < needed || (count < SURE && self.words[*number as usize].is_far(token.sound.len(), mask)) {
                continue;
            }
            let (likeness, _) = token::likeness(token, &self.token(*number));
            if likeness >= LEAST {
                out.push((*number, likeness));
            }
        }
        touched.clear();
    }
}

impl Grams {
    fn of(mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut out = Self { starts: vec![0; (1 << 18) + 1], words: Vec::with_capacity(pairs.len()) };
        for (gram, word) in pairs {
            out.words.push(word);
            out.starts[gram as usize + 1] = u32::try_from(out.words.len()).unwrap_or(u32::MAX);
        }
        for at in 1..out.starts.len() {
            out.starts[at] = out.starts[at].max(out.starts[at - 1]);
        }
        out
    }

    fn get(&self, gram: u32) -> &[u32] {
        let (from, to) = match (self.starts.get(gram as usize), self.starts.get(gram as usize + 1)) {
            (Some(from), Some(to)) => (*from as usize, *to as usize),
            _ => return &[],
        };
        self.words.get(from..to).unwrap_or_default()
    }
}

/// Counters reused from word to word.
#[derive(Debug, Default)]
pub struct Scratch {
    counts: Vec<u16>,
    touched: Vec<u32>,
}

impl Scratch {
    fn begin(&mut self, words: usize) {
        if self.counts.len() < words {
            self.counts.resize(words, 0);
        }
    }
}
