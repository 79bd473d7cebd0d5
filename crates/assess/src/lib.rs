//! Questions in words and numbers, answered from the law book with reasons.
//!
//! A [`Question`] goes in, an [`answer::Assessment`] comes out: per regime a verdict, the entry it rests on, reasons with their
//! place in law, each condition with what was stated, what would change the answer, what is missing, and what to do by when. The
//! way: read the words (`text`), find documents (`index`), see whether the thing is of their class (`matching`), test conditions
//! (`testing`), decide (`decide`), apply measures (`measures`), ask (`asking`), lay out the steps (`next`).
//!
//! The crate is pure: no clock, no network, no files. The same question to the same book gives the same bytes.

pub mod answer;
mod answers;
mod asking;
mod bm25;
mod decide;
mod engine;
mod finding;
mod given;
mod index;
mod matching;
mod measures;
mod next;
mod overview;
mod party;
mod question;
mod reader;
mod testing;
mod text;
mod wording;

pub use bm25::{Bag, Bm25};
pub use engine::{Engine, Limit, NamedConcept, Prepared, PreparedError, WordingTerms};
pub use next::in_words;
pub use party::{find as find_party, key as party_key, standing as party_standing};
pub use question::{LONGEST_TEXT, ListedParty, Question, QuestionError};
pub use reader::{Measured, ReadText, Word};
pub use testing::Truth;
pub use text::fold::{fold, is_han};
pub use text::quantities::{Bound, Stated};
pub use text::tokens::{Key, stem};
