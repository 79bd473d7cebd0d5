//! From a text to what it is searched by: the engine's tokens, numbers with their units, registry numbers.

use yumen_assess::{Key, ReadText};

/// A key and how much it says in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub key: Key,
    pub weight: f32,
    pub start: usize,
    pub end: usize,
}

/// A number by itself says little, with its unit a good deal.
const NUMBER: f32 = 0.6;
const NUMBER_WITH_UNIT: f32 = 1.4;
/// Two words together: headings of lists are made of them.
const PAIR: f32 = 0.5;
/// A concept of the law book's lexicon counts less here: foreign lists have their own words.
const CONCEPT: f32 = 0.6;

/// Words of everyday English that are rare in law and still say nothing: their rarity in a list must not make them weighty.
const EVERYDAY: &[&str] = &[
    "about",
    "accurate",
    "advanced",
    "also",
    "based",
    "best",
    "better",
    "bin",
    "board",
    "both",
    "card",
    "case",
    "common",
    "commercial",
    "complete",
    "consistent",
    "custom",
    "deliver",
    "easy",
    "efficient",
    "ensure",
    "entire",
    "feature",
    "features",
    "full",
    "general",
    "generic",
    "good",
    "great",
    "handle",
    "handles",
    "handling",
    "help",
    "high",
    "highly",
    "ideal",
    "include",
    "includes",
    "including",
    "integrated",
    "keep",
    "large",
    "latest",
    "less",
    "like",
    "low",
    "make",
    "many",
    "max",
    "min",
    "modern",
    "more",
    "most",
    "new",
    "offer",
    "offers",
    "one",
    "over",
    "own",
    "package",
    "perfect",
    "plus",
    "powerful",
    "product",
    "products",
    "project",
    "provide",
    "provides",
    "providing",
    "purpose",
    "quality",
    "range",
    "ready",
    "reliable",
    "robust",
    "same",
    "series",
    "several",
    "ship",
    "shipped",
    "simple",
    "size",
    "small",
    "some",
    "special",
    "specialized",
    "specific",
    "standard",
    "stay",
    "stays",
    "support",
    "supports",
    "take",
    "takes",
    "test",
    "tiny",
    "two",
    "typical",
    "under",
    "unit",
    "up",
    "various",
    "very",
    "wide",
    "without",
    "work",
    "works",
];
/// What such a word counts.
const EVERYDAY_WEIGHT: f32 = 0.25;

/// The terms of a text that was read.
pub(super) fn terms(read: &ReadText) -> Vec<Term> {
    let mut out: Vec<Term> = Vec::new();
    let mut last_word: Option<(String, usize)> = None;
    for word in &read.words {
        let everyday = word.key.is_plain() && EVERYDAY.contains(&read.written(word.start, word.end).as_str());
        let scale = match (word.key.as_concept(), everyday) {
            (Some(_), _) => CONCEPT,
            (None, true) => EVERYDAY_WEIGHT,
            (None, false) => 1.0,
        };
        out.push(Term { key: word.key, weight: word.weight * scale, start: word.start, end: word.end });
        if word.key.is_plain() {
            let written = read.written(word.start, word.end);
            if let Some((before, end)) = &last_word
                && word.start <= end + 2
            {
                let key = Key::named(&format!("{before} {}", yumen_assess::stem(&written)));
                out.push(Term { key, weight: PAIR, start: word.start, end: word.end });
            }
            last_word = Some((yumen_assess::stem(&written), word.end));
        }
    }
    numbers(read.characters(), &mut out);
    out
}

/// Numbers as written, thousands separators left out, and with the letters that follow: `#5000`, `#5000ppm`.
fn numbers(chars: &[char], out: &mut Vec<Term>) {
    let mut at = 0;
    while at < chars.len() {
        let begins =
            chars[at].is_ascii_digit() && (at == 0 || !(chars[at - 1].is_alphanumeric() || chars[at - 1] == '.'));
        if !begins {
            at += 1;
            continue;
        }
        let start = at;
        let mut number = String::new();
        while at < chars.len() {
            let digit_next = chars.get(at + 1).is_some_and(char::is_ascii_digit);
            match chars[at] {
                c if c.is_ascii_digit() => number.push(c),
                // Registry numbers keep their dashes: 5299-64-9.
                c @ ('.' | '-') if digit_next => number.push(c),
                ',' if digit_next => {}
                _ => break,
            }
            at += 1;
        }
        if number.contains('.') {
            number = number.trim_end_matches('0').trim_end_matches('.').to_owned();
        }
        out.push(Term { key: Key::named(&format!("#{number}")), weight: NUMBER, start, end: at });
        let mut end = at;
        if chars.get(end) == Some(&' ') {
            end += 1;
        }
        let unit: String = chars[end.min(chars.len())..]
            .iter()
            .take_while(|c| c.is_ascii_alphabetic() || matches!(c, '%' | '°' | 'µ' | 'μ' | '/' | 'Ω'))
            .take(12)
            .collect();
        if !unit.is_empty() {
            let key = Key::named(&format!("#{number}{unit}"));
            out.push(Term { key, weight: NUMBER_WITH_UNIT, start, end: end + unit.chars().count() });
        }
    }
}

/// Most words in a name that is shortened to its initials.
const LONGEST_NAME: usize = 6;

/// The initials of a name of three to six words, as a word of their own: ground fault circuit interrupters are found as GFCI.
pub(super) fn initials(read: &ReadText) -> Option<Key> {
    let text: String = read.characters().iter().collect();
    let plain = |w: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_alphabetic());
    let words: Vec<&str> = text.split([' ', '-']).map(|w| w.trim_matches(|c: char| !c.is_ascii_alphabetic())).collect();
    ((3..=LONGEST_NAME).contains(&words.len()) && words.iter().all(|w| plain(w)))
        .then(|| Key::named(&words.iter().filter_map(|w| w.chars().next()).collect::<String>()))
}
