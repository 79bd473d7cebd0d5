//! Reading a question: words, numbers, formulas, codes, places, what is denied and what is meant.

pub mod codes;
pub mod concepts;
pub mod cues;
pub mod denial;
pub mod fold;
pub mod formula;
pub mod loose;
pub mod moves;
pub mod numbers;
pub mod places;
pub mod quantities;
pub mod spelling;
pub mod stated;
pub mod statements;
pub mod terms;
pub mod tokens;
