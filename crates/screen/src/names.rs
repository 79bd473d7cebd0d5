//! From a name to the forms it is compared by.

use crate::fold::{self, Flags, Folded, Form, Word};
use crate::lexicon::{Role, lexicon};
use crate::sinitic::{self, Unit};
use crate::token::Owned;

/// How a form came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// As written, folded.
    Written,
    /// Chinese put into Latin letters by reading and lexicon.
    Romanised,
    /// Latin letters read as pinyin.
    Pinyin,
}

/// A word with its place in brackets or not.
#[derive(Debug, Clone, PartialEq)]
pub struct WordUnit {
    /// The word.
    pub owned: Owned,
    /// Said beside the name.
    pub aside: bool,
}

/// The forms of one name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forms {
    /// Words in Latin letters.
    pub words: Vec<(Origin, Vec<WordUnit>)>,
    /// Chinese forms.
    pub han: Vec<(Origin, Vec<Unit>)>,
    /// What was odd.
    pub flags: Flags,
}

/// The forms of a name.
pub fn forms(name: &str) -> Forms {
    let Folded { forms, flags } = fold::fold(name);
    let mut out = Forms { flags, ..Forms::default() };
    for form in forms {
        match form {
            Form::Words(words) => {
                let units = word_units(&words);
                let chinese = |u: &WordUnit| {
                    let token = u.owned.token();
                    token.role == Role::Number || !token.coarse.is_empty() && !token.foreign
                };
                if units.iter().all(chinese)
                    && let Some(syllables) = sinitic::syllable_units(&words)
                {
                    out.han.push((Origin::Pinyin, syllables));
                }
                out.words.push((Origin::Written, units));
            }
            Form::Han(glyphs) => {
                for words in sinitic::romanise(&glyphs) {
                    let units = words.into_iter().map(|owned| WordUnit { owned, aside: false }).collect();
                    out.words.push((Origin::Romanised, units));
                }
                out.han.push((Origin::Written, sinitic::units(&glyphs)));
            }
        }
    }
    out
}

/// Number words as numbers.
fn number(word: &str) -> Option<&'static str> {
    const ORDINALS: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    const NUMBERS: [&str; 20] =
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];
    ORDINALS.iter().position(|o| *o == word).map(|at| NUMBERS[at])
}

#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
fn word_units(words: &[Word]) -> Vec<WordUnit> {
    let mut out: Vec<WordUnit> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let rest = words.len() - at;
        let next = words.get(at + 1).map(|w| w.text.as_str());
        // Address and courtesy: the words that say where in the firm, not which firm.
        let skip = match (word.text.as_str(), next) {
            ("m", Some("s")) | ("c", Some("o")) if at == 0 && rest > 2 => 2,
            ("mit", Some("beschrankter")) => 1,
            (
                "head" | "branch" | "sales" | "purchasing" | "export" | "import" | "finance" | "registered",
                Some("office"),
            ) if at > 0 && rest == 2 => 2,
            (
                "purchasing" | "sales" | "export" | "import" | "procurement" | "finance" | "accounts" | "legal" | "hr",
                Some("dept" | "department"),
            ) if at > 0 && rest == 2 => 2,
            _ => 0,
        };
        for _ in 0..skip {
            let owned = Owned::new(&words[at].text, false).with(Role::Noise, 0.0);
            out.push(WordUnit { owned, aside: words[at].aside });
            at += 1;
        }
        if skip > 0 {
            continue;
        }
        if let Some(next) = next {
            let joined = format!("{}{next}", word.text);
            if lexicon().is_phrase(&joined) {
                out.push(WordUnit { owned: Owned::new(&joined, false), aside: word.aside });
                at += 2;
                continue;
            }
        }
        let text = number(&word.text).unwrap_or(&word.text);
        out.push(WordUnit { owned: Owned::new(text, word.consonantal), aside: word.aside });
        at += 1;
    }
    only_silent(&mut out);
    out
}

/// A name made of silent words alone (THE COMPANY) is compared by them; so is a title that is the whole name.
fn only_silent(units: &mut [WordUnit]) {
    if units.iter().all(|u| matches!(u.owned.token().role, Role::Legal | Role::Noise)) && units.len() > 1 {
        for unit in units.iter_mut() {
            unit.owned = unit.owned.clone().with(Role::Form, 0.1);
        }
    }
}
