//! What words of names are: legal forms, places, what a firm does, titles; and which words are one word in two languages.

use std::sync::LazyLock;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::fold::han::simplify_all;
use crate::patronymic;
use crate::phrases::Phrases;

/// A map with the same order of nothing: it is only looked into, never walked.
pub type Map<K, V> = HashMap<K, V, FixedState>;

/// An empty map.
pub fn map<K, V>() -> Map<K, V> {
    HashMap::with_hasher(FixedState::default())
}

/// What a word does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The name itself.
    Core,
    /// A word of the trade: technology, trading, institute.
    Generic,
    /// A place.
    Place,
    /// A number.
    Number,
    /// Ownership and public-law words: state, public, branch.
    Form,
    /// al, bin, de.
    Particle,
    /// Haji, General, Jr.
    Title,
    /// A letter for a name.
    Initial,
    /// Ltd, 有限公司.
    Legal,
    /// The, of, Head Office.
    Noise,
}

impl Role {
    /// True for words that say nothing of who it is.
    pub fn is_silent(self) -> bool {
        matches!(self, Self::Legal | Self::Noise)
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// Its role.
    pub role: Role,
    /// Words of one concept mean the same; 0 is none.
    pub concept: u16,
}

/// The words of names.
#[derive(Debug)]
pub struct Lexicon {
    words: Map<Box<str>, Sense>,
    han: Map<Box<str>, Sense>,
    /// The Latin word a concept is shown and keyed by.
    heads: Vec<Box<str>>,
    given: Map<Box<str>, Vec<u16>>,
    /// How many names `given` tells apart.
    classes: u16,
    frequency: Map<Box<str>, u32>,
    phrases: Phrases,
    longest: usize,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// Names of the background from which weights are computed.
pub const BACKGROUND: f32 = 84_000.0;

/// The lexicon of this version of the engine.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// Rows of a data file: tabs between fields, `#` before remarks.
pub fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('\t').collect())
}

/// What joins two names that are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OneName {
    /// Spellings of one name.
    Spelling,
    /// A name and what people of that name are called, or two such.
    Short,
}

/// Marks classes of names of [`OneName::Short`].
const SHORT: u16 = 1 << 15;

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(' ').map(str::to_owned)
}

fn role(name: &str) -> Role {
    match name {
        "legal" => Role::Legal,
        "form" => Role::Form,
        "generic" => Role::Generic,
        "noise" => Role::Noise,
        "title" => Role::Title,
        "particle" => Role::Particle,
        _ => Role::Core,
    }
}

impl Lexicon {
    fn read() -> Self {
        let mut it = Self {
            words: map(),
            han: map(),
            heads: vec!["".into()],
            given: map(),
            classes: 0,
            frequency: map(),
            phrases: Phrases::read(),
            longest: 1,
        };
        for row in rows(include_str!("../data/lexicon.tsv")) {
            let [kind, zh, latin] = row[..] else { continue };
            it.concept(role(kind), zh, latin);
        }
        for row in rows(include_str!("../data/places.tsv")) {
            let [zh, latin] = row[..] else { continue };
            it.concept(Role::Place, zh, latin);
            let sense =
                it.han.get(simplify_all(zh).as_str()).copied().unwrap_or(Sense { role: Role::Place, concept: 0 });
            for suffix in ["市", "省", "县", "区"] {
                it.han_word(&format!("{zh}{suffix}"), sense);
            }
        }
        for row in rows(include_str!("../data/given.tsv")) {
            match row[..] {
                ["short", short, long] => {
                    long.split(' ').for_each(|name| it.one_name(SHORT, words(short).chain(words(name))));
                }
                ["son", names] => {
                    it.one_name(0, words(names));
                    for child in 0..2 {
                        it.one_name(0, names.split(' ').flat_map(|father| patronymic::of(father)[child].clone()));
                    }
                }
                [_, names] => it.one_name(0, words(names)),
                _ => {}
            }
        }
        for row in rows(include_str!("../data/frequency.tsv")) {
            if let [word, count] = row[..]
                && let Ok(count) = count.parse()
            {
                it.frequency.insert(word.into(), count);
            }
        }
        it
    }

    /// Spellings of one name; with `SHORT`, a name and what those are called who have it.
    fn one_name(&mut self, kind: u16, spellings: impl Iterator<Item = String>) {
        self.classes += 1;
        let class = self.classes | kind;
        for spelling in spellings {
            let classes = self.given.entry(spelling.into()).or_default();
            if classes.last() != Some(&class) {
                classes.push(class);
            }
        }
    }

    fn last(&self) -> u16 {
        u16::try_from(self.heads.len() - 1).unwrap_or(0)
    }

    fn concept(&mut self, role: Role, zh: &str, latin: &str) {
        let head = latin.split('|').next().unwrap_or_default();
        // Places of one spelling (苏州, 宿州) are one concept: letters cannot tell them apart.
        let known =
            latin.split('|').filter_map(|w| self.words.get(w)).find(|s| s.role == Role::Place && role == Role::Place);
        if let Some(sense) = known.copied() {
            for word in latin.split('|').filter(|w| !w.is_empty()) {
                self.words.entry(word.into()).or_insert(sense);
            }
            self.han_word(zh, sense);
            return;
        }
        self.heads.push(head.into());
        // Legal forms, titles and the like are not one concept each: none of them means another.
        let shared = matches!(role, Role::Generic | Role::Place | Role::Core);
        let sense = Sense { role, concept: if shared { self.last() } else { 0 } };
        for word in latin.split('|').filter(|w| !w.is_empty()) {
            if word.contains([' ', '/', '-']) {
                continue;
            }
            // The first concept of a word stands; places do not take words of the trade.
            self.words.entry(word.into()).or_insert(sense);
        }
        let han = Sense { role, concept: self.last() };
        for word in zh.split('|').filter(|w| !w.is_empty()) {
            self.han_word(word, han);
        }
    }

    fn han_word(&mut self, word: &str, sense: Sense) {
        let word = simplify_all(word);
        self.longest = self.longest.max(word.chars().count());
        self.han.entry(word.into()).or_insert(sense);
    }

    /// What a Latin word is.
    pub fn sense(&self, word: &str) -> Sense {
        if let Some(sense) = self.words.get(word).filter(|_| word.len() > 1) {
            return *sense;
        }
        let bytes = word.as_bytes();
        let role = if !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit) {
            Role::Number
        } else if bytes.len() == 1 {
            Role::Initial
        } else {
            Role::Core
        };
        Sense { role, concept: 0 }
    }

    /// The longest word of the lexicon that begins here, in characters, with its sense.
    pub fn han_at(&self, chars: &[char]) -> Option<(usize, Sense)> {
        (1..=self.longest.min(chars.len())).rev().find_map(|n| {
            let word: String = chars[..n].iter().collect();
            self.han.get(word.as_str()).map(|s| (n, *s))
        })
    }

    /// The Latin word that stands for a concept.
    pub fn head(&self, concept: u16) -> &str {
        self.heads.get(usize::from(concept)).map_or("", |h| h)
    }

    /// What joins two names.
    pub fn one_name_as(&self, a: &str, b: &str) -> Option<OneName> {
        let (a, b) = (self.given.get(a)?, self.given.get(b)?);
        let common = a.iter().filter(|n| b.contains(n)).min()?;
        Some(if common & SHORT == 0 { OneName::Spelling } else { OneName::Short })
    }

    /// Classes of names a word belongs to.
    pub fn name_classes(&self, word: &str) -> &[u16] {
        self.given.get(word).map_or(&[], |v| v.as_slice())
    }

    /// The longest phrase that begins these words: how many words it takes, and what it is read as.
    pub fn phrase<'w>(&self, words: &(impl Iterator<Item = &'w str> + Clone)) -> Option<(usize, &[&'static str])> {
        self.phrases.at(words, |w| self.sense(w).role)
    }

    /// True where the lexicon or the background has it.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word) || self.frequency.contains_key(word)
    }

    /// In how many of the background's names a word occurs.
    pub fn frequency(&self, word: &str) -> u32 {
        self.frequency.get(word).copied().unwrap_or(0)
    }

    /// What a word weighs as evidence, 0 to 1. From a fixed background, so that a score depends on the two names and the engine
    /// alone: never on what else stands in a list, and no alias added to a party changes what its other names score.
    pub fn weight(&self, word: &str, role: Role) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "counts below a million")]
        let frequency = self.frequency(word) as f32;
        let rarity = ((BACKGROUND / (frequency + 3.0)).ln() / (BACKGROUND / 3.0).ln()).clamp(0.12, 1.0);
        match role {
            Role::Core => rarity,
            Role::Generic => rarity.min(0.34),
            Role::Place => rarity.min(0.45),
            Role::Number => 0.8,
            Role::Form => 0.08,
            Role::Particle => 0.05,
            Role::Title => 0.12,
            Role::Initial => 0.25,
            Role::Legal | Role::Noise => 0.0,
        }
    }
}
