//! A word as the scorer sees it, and how alike two words are.

use crate::distance::{self, distance};
use crate::fold::{phonetic, pinyin};
use crate::lexicon::{OneName, Role, lexicon};

/// A word of a question or a list.
#[expect(clippy::struct_excessive_bools, reason = "facts about a word, each asked for on its own")]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token<'a> {
    /// Letters a-z and digits.
    pub text: &'a str,
    /// Its sound.
    pub sound: &'a [u8],
    /// Its consonants.
    pub skeleton: &'a [u8],
    /// What it does.
    pub role: Role,
    /// Concept shared with other words; 0 is none.
    pub concept: u16,
    /// Evidence, 0 to 1.
    pub weight: f32,
    /// True where the original writes no short vowels.
    pub consonantal: bool,
    /// Its coarse Chinese sound; empty where it cannot be Chinese.
    pub coarse: &'a str,
    /// True where it reads as Chinese but is no pinyin.
    pub foreign: bool,
    /// True for a word of the background.
    pub known: bool,
    /// True for a single syllable of Chinese in pinyin.
    pub syllable: bool,
    /// True for a name that has spellings in other languages.
    pub named: bool,
}

/// A token that owns its letters.
#[expect(clippy::struct_excessive_bools, reason = "facts about a word, each asked for on its own")]
#[derive(Debug, Clone, PartialEq)]
pub struct Owned {
    /// See [`Token`].
    pub text: String,
    sound: Vec<u8>,
    skeleton: Vec<u8>,
    role: Role,
    concept: u16,
    weight: f32,
    consonantal: bool,
    coarse: String,
    foreign: bool,
    known: bool,
    syllable: bool,
    named: bool,
}

impl Owned {
    /// Looks a word up.
    pub fn new(text: &str, consonantal: bool) -> Self {
        let text: String = text.chars().take(48).collect();
        let text = reread(&text).unwrap_or(text);
        let sense = lexicon().sense(&text);
        let skeleton = phonetic::skeleton(&text);
        let mut weight = lexicon().weight(&text, sense.role);
        if consonantal && sense.role == Role::Core {
            // A skeleton of two consonants stands for many names.
            weight = weight.min(0.25 + 0.15 * f32::from(u8::try_from(skeleton.len().min(5)).unwrap_or(5)));
        }
        let coarse = if consonantal || text.len() > 18 { None } else { pinyin::coarse_all(&text) };
        let syllable = coarse.is_some() && sense.role == Role::Core && text.len() <= 6 && pinyin::is_syllable(&text);
        if syllable {
            // One Chinese syllable is many names.
            weight = weight.min(0.62);
        }
        let named = !lexicon().name_classes(&text).is_empty();
        Self {
            named,
            syllable,
            known: named || lexicon().frequency(&text) > 0,
            foreign: coarse.is_some() && pinyin::syllables(&text).is_none(),
            coarse: coarse.unwrap_or_default(),
            sound: phonetic::sound(&text),
            skeleton,
            role: sense.role,
            concept: sense.concept,
            weight,
            consonantal,
            text,
        }
    }

    /// Several words written as one, for the index: what the joined word cannot be alike to is not worked out.
    pub fn joined(parts: &[Token<'_>]) -> Self {
        let text: String = parts.iter().map(|p| p.text).collect();
        let sense = lexicon().sense(&text);
        let consonantal = parts.iter().any(|p| p.consonantal);
        let chinese = parts.iter().all(|p| !p.coarse.is_empty());
        Self {
            sound: phonetic::sound(&text),
            skeleton: if consonantal { phonetic::skeleton(&text) } else { Vec::new() },
            role: sense.role,
            concept: sense.concept,
            weight: lexicon().weight(&text, sense.role),
            consonantal,
            coarse: if chinese { parts.iter().map(|p| p.coarse).collect() } else { String::new() },
            foreign: parts.iter().any(|p| p.foreign),
            known: lexicon().frequency(&text) > 0,
            syllable: false,
            named: false,
            text,
        }
    }

    /// The same, with a role and weight of its own.
    pub fn with(mut self, role: Role, weight: f32) -> Self {
        self.role = role;
        self.weight = weight;
        self
    }

    /// Seen as a token.
    pub fn token(&self) -> Token<'_> {
        Token {
            text: &self.text,
            sound: &self.sound,
            skeleton: &self.skeleton,
            role: self.role,
            concept: self.concept,
            weight: self.weight,
            consonantal: self.consonantal,
            coarse: &self.coarse,
            foreign: self.foreign,
            known: self.known,
            syllable: self.syllable,
            named: self.named,
        }
    }
}

/// A digit that a machine read for a letter: LIA8ILITY, J5C. Only where letters prevail and a word comes of it.
fn reread(text: &str) -> Option<String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 || text.len() < 3 || digits * 2 >= text.len() {
        return None;
    }
    let with = |one: char| -> String {
        text.chars()
            .map(|c| match c {
                '0' => 'o',
                '1' => one,
                '5' => 's',
                '8' => 'b',
                other => other,
            })
            .collect()
    };
    let words = [with('i'), with('l')];
    let known = words.iter().find(|w| lexicon().knows(w)).cloned();
    // An unknown word of some length is read so too; a short one may be a code (A320, L3C).
    known.or_else(|| words.into_iter().next().filter(|w| text.len() >= 5 && w.bytes().all(|b| b.is_ascii_alphabetic())))
}

/// Why two words count as alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    /// Same letters.
    Equal,
    /// Same sound.
    Sound,
    /// One concept: translation or abbreviation.
    Concept,
    /// One name in two languages or romanisations.
    Name,
    /// Same consonants, where one writes no vowels.
    Consonants,
    /// Another romanisation of Chinese.
    Romanisation,
    /// An initial.
    Initial,
    /// A spelling a few edits away.
    Spelling,
    /// Several words against one, or one against several.
    Joined,
    /// The first letters of several words.
    Acronym,
    /// Chinese characters of the same reading.
    Homophone,
}

/// Least likeness that counts.
pub const LEAST: f32 = 0.6;

/// How alike a name is and what people of that name are called.
const SHORT: f32 = 0.88;

/// How alike two words are, 0 to 1, and why. Symmetric.
pub fn likeness(a: &Token<'_>, b: &Token<'_>) -> (f32, Kinship) {
    if a.text == b.text {
        return (1.0, Kinship::Equal);
    }
    if a.concept != 0 && a.concept == b.concept {
        return (0.97, Kinship::Concept);
    }
    if a.role == Role::Number || b.role == Role::Number {
        return (0.0, Kinship::Equal);
    }
    if a.role == Role::Initial || b.role == Role::Initial {
        let one = a.text.as_bytes().first() == b.text.as_bytes().first() && a.text.len() != b.text.len();
        return (if one && a.role != Role::Legal && b.role != Role::Legal { 0.9 } else { 0.0 }, Kinship::Initial);
    }
    if a.consonantal || b.consonantal {
        return consonants(a, b);
    }
    if is_code(a.text) || is_code(b.text) {
        return (0.0, Kinship::Equal);
    }
    if a.sound == b.sound {
        return (0.97, Kinship::Sound);
    }
    if a.named
        && b.named
        && let Some(joined) = lexicon().one_name_as(a.text, b.text)
    {
        return (if joined == OneName::Spelling { 0.93 } else { SHORT }, Kinship::Name);
    }
    let mut found = spelling(a.sound, b.sound);
    // Two words that are both well known are rather two names than one with a slip.
    if a.known && b.known && (found < 0.9 || other_ending(a.sound, b.sound)) {
        found -= KNOWN;
    }
    // Two syllables of Chinese that differ are two names: pinyin leaves no room for spelling.
    let chinese = |t: &Token<'_>| !t.coarse.is_empty() && !t.foreign;
    if a.syllable && b.syllable {
        found -= 0.25;
    } else if chinese(a) && chinese(b) && a.coarse != b.coarse {
        found -= 0.12;
    }
    if found < 0.9 && (a.foreign || b.foreign) && !a.coarse.is_empty() && a.coarse == b.coarse {
        return (0.9, Kinship::Romanisation);
    }
    (found, Kinship::Spelling)
}

/// Julia and Julio: the same but for the vowel at the end.
fn other_ending(a: &[u8], b: &[u8]) -> bool {
    let vowel = |s: &[u8]| s.last().copied().filter(|c| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u'));
    vowel(a) != vowel(b)
}

/// What likeness two well-known words lose that differ.
const KNOWN: f32 = 0.12;

/// A short code of letters and digits: A7, L3. Nothing but itself is like it.
fn is_code(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && text.len() < digits * 4
}

/// Which letters a sound has, as bits.
pub fn letters(sound: &[u8]) -> u64 {
    sound.iter().fold(0, |m, c| m | 1 << (c & 63))
}

/// Likeness of two sounds by edits.
pub fn spelling(a: &[u8], b: &[u8]) -> f32 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < 3 || long - short > 3 {
        return 0.0;
    }
    // Letters that one has and the other not: each costs at least the cheapest edit.
    let differ = (letters(a) ^ letters(b)).count_ones();
    #[expect(clippy::cast_precision_loss, reason = "lengths below a hundred")]
    let length = long as f32;
    if differ > 6 {
        return 0.0;
    }
    let limit = length * (1.0 - LEAST) + 0.01;
    let d = distance(a, b, limit);
    if !d.is_finite() {
        return 0.0;
    }
    let mut found = 1.0 - d / length;
    // A different first letter is rarely a slip.
    if a.first() != b.first() && d > 0.45 {
        found -= 0.06;
    }
    if short <= 4 {
        found -= 0.04;
    }
    found.max(0.0)
}

/// Likeness where one side writes no short vowels: by consonants and long vowels.
fn consonants(a: &Token<'_>, b: &Token<'_>) -> (f32, Kinship) {
    let (bare, full) = if a.consonantal { (a, b) } else { (b, a) };
    (vowelless(bare.sound, full.sound, full.consonantal), Kinship::Consonants)
}

/// Likeness of a sound without short vowels to another.
pub fn vowelless(bare: &[u8], full: &[u8], both: bool) -> f32 {
    let (short, long) = (bare.len().min(full.len()), bare.len().max(full.len()));
    if short < 2 || long > short * 3 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "lengths below a hundred")]
    let length = (bare.len() + full.len()) as f32 / 2.0;
    let d = if both { distance(bare, full, length * 0.4) } else { distance::vowelless(bare, full, length * 0.4) };
    if !d.is_finite() {
        return 0.0;
    }
    (0.99 - 1.15 * d / length).max(0.0)
}
