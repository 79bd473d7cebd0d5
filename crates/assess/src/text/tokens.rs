//! Tokens for the index: Han characters one by one and in pairs, word stems, concepts.

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};

use yumen_lawbook::lexicon::ConceptKind;

use super::concepts::{ConceptIndex, Mention, Role, Vocabulary};
use super::fold::{Folded, is_han};

/// What a token is, in one number: its kind in the first byte, the rest below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key(u64);

const KIND: u32 = 56;
const SINGLE_KIND: u64 = 1;
const PAIR_KIND: u64 = 2;
const WORD_KIND: u64 = 3;
const CONCEPT_KIND: u64 = 4;

impl Key {
    fn single(c: char) -> Self {
        Self(SINGLE_KIND << KIND | u64::from(u32::from(c)))
    }

    fn pair(a: char, b: char) -> Self {
        Self(PAIR_KIND << KIND | u64::from(u32::from(a)) << 24 | u64::from(u32::from(b)))
    }

    /// A word by a hash of its stem (FNV-1a): two words that share 56 bits would share a posting list, no more.
    fn word(stem: &str) -> Self {
        let hash = stem
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(WORD_KIND << KIND | hash >> 8)
    }

    /// A concept.
    pub fn concept(index: ConceptIndex) -> Self {
        Self(CONCEPT_KIND << KIND | u64::try_from(index).unwrap_or(0))
    }

    /// A token that a list of another regime is searched by: a number, a pair of words.
    pub fn named(name: &str) -> Self {
        Self::word(name)
    }

    /// True for a word (no Han characters, no concept).
    pub fn is_plain(self) -> bool {
        self.0 >> KIND == WORD_KIND
    }

    /// True for a Han character by itself.
    pub fn is_single(self) -> bool {
        self.0 >> KIND == SINGLE_KIND
    }

    /// The concept, where it is one.
    pub fn as_concept(self) -> Option<ConceptIndex> {
        (self.0 >> KIND == CONCEPT_KIND).then(|| usize::try_from(self.0 & 0x00ff_ffff_ffff_ffff).ok()).flatten()
    }
}

/// A token and how much it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// The token.
    pub key: Key,
    /// Weight of its kind.
    pub weight: f32,
    /// First character in the text.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
}

/// Weight of a named concept: the strongest evidence there is.
const CONCEPT: f32 = 3.0;
/// Weight of a family the concept belongs to.
const FAMILY: f32 = 1.0;
/// Weight of a concept that is contained in the one named.
const CONTENT: f32 = 0.6;
const PAIR: f32 = 1.0;
const SINGLE: f32 = 0.35;
const WORD: f32 = 1.2;

/// Words that carry no meaning in a question.
const STOP: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "and",
    "or",
    "to",
    "in",
    "on",
    "for",
    "with",
    "from",
    "by",
    "is",
    "it",
    "are",
    "be",
    "this",
    "that",
    "which",
    "as",
    "at",
    "any",
    "all",
    "not",
    "no",
    "can",
    "do",
    "does",
    "we",
    "i",
    "you",
    "our",
    "my",
    "will",
    "would",
    "need",
    "use",
    "used",
    "using",
    "such",
    "their",
    "its",
    "has",
    "have",
    "than",
    "other",
    "into",
    "export",
    "exports",
    "exported",
    "exporting",
    "china",
    "chinese",
    "licence",
    "license",
    "control",
    "controlled",
    "list",
    "restricted",
    "prohibited",
    "item",
    "items",
    "customer",
    "company",
    "abroad",
    "overseas",
];

/// Chinese words that carry no meaning in a question: what people do with a thing and how they ask. Without them 出口 (export) leads to
/// every outlet of a nozzle.
const STOP_HAN: &[&str] = &[
    "出口",
    "出境",
    "转让",
    "许可证",
    "许可",
    "申请",
    "办理",
    "境外",
    "国外",
    "海外",
    "客户",
    "公司",
    "企业",
    "我们",
    "我司",
    "是否",
    "能否",
    "能不能",
    "要不要",
    "是不是",
    "属不属",
    "需要",
    "可以",
    "属于",
    "管制",
    "受控",
    "请问",
    "怎么",
    "什么",
    "哪些",
    "如何",
    "一批",
    "发给",
    "卖给",
    "寄给",
    "给我",
    "目录",
    "清单",
    "物项",
    "海关",
    "报关",
    "发货",
    "订单",
    "采购",
    "公斤",
    "千克",
];

/// Which characters of a text belong to words without meaning.
fn stopped(chars: &[char]) -> Vec<bool> {
    let mut stopped = vec![false; chars.len()];
    for at in 0..chars.len() {
        let longest = STOP_HAN
            .iter()
            .filter(|word| word.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c)))
            .map(|word| word.chars().count())
            .max();
        stopped[at..at + longest.unwrap_or(0)].fill(true);
    }
    stopped
}

/// The stem of an English word; lower case in, lower case out.
pub fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// The tokens of a text.
pub fn tokens(text: &Folded, mentions: &[Mention], vocabulary: &Vocabulary) -> Vec<Token> {
    let mut out = Vec::new();
    let stemmer = Stemmer::create(Algorithm::English);
    let chars = &text.lower;
    let stopped = stopped(chars);
    let mut at = 0;
    while at < chars.len() {
        if is_han(chars[at]) {
            if stopped[at] {
                at += 1;
                continue;
            }
            out.push(Token { key: Key::single(chars[at]), weight: SINGLE, start: at, end: at + 1 });
            if chars.get(at + 1).is_some_and(|c| is_han(*c)) && !stopped[at + 1] {
                out.push(Token { key: Key::pair(chars[at], chars[at + 1]), weight: PAIR, start: at, end: at + 2 });
            }
            at += 1;
        } else if chars[at].is_alphanumeric() {
            let end =
                (at..chars.len()).find(|i| !chars[*i].is_alphanumeric() || is_han(chars[*i])).unwrap_or(chars.len());
            let word: String = chars[at..end].iter().collect();
            let numeric = word.chars().all(|c| c.is_ascii_digit());
            if !numeric && !STOP.contains(&word.as_str()) && word.chars().count() > 1 {
                out.push(Token { key: Key::word(&stemmer.stem(&word)), weight: WORD, start: at, end });
            }
            at = end;
        } else {
            at += 1;
        }
    }
    // Everyday things and machines in general stand in no list: they tell what a text is about, and lead nowhere.
    let leads = |m: &&Mention| {
        !m.is_denied() && !matches!(vocabulary.concept(m.concept).kind, ConceptKind::Goods | ConceptKind::Apparatus)
    };
    for mention in mentions.iter().filter(leads) {
        let push = |out: &mut Vec<Token>, concept: usize, weight: f32| {
            out.push(Token { key: Key::concept(concept), weight, start: mention.start, end: mention.end });
        };
        let scale = if mention.role == Role::Bound { 0.3 } else { 1.0 };
        for (depth, concept) in vocabulary.family(mention.concept).iter().enumerate() {
            push(&mut out, *concept, scale * if depth == 0 { CONCEPT } else { FAMILY });
        }
        for content in vocabulary.contents(mention.concept) {
            push(&mut out, content, scale * CONTENT);
        }
    }
    out
}
