//! From a name to the forms it is compared by.

use crate::fold::{self, Flags, Folded, Form};
use crate::lexicon::Role;
use crate::sinitic::{self, Unit};
use crate::units::{WordUnit, word_units};

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
                    out.words.push((Origin::Romanised, word_units(&words)));
                }
                out.han.push((Origin::Written, sinitic::units(&glyphs)));
            }
        }
    }
    out
}
