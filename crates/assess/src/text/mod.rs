//! Reading a question: words, numbers, formulas, what is denied and what is meant.

pub mod fold;
pub mod terms;

pub mod numbers;
pub mod quantities;
pub mod concepts;
pub mod formula;
pub mod statements;
pub mod tokens;
pub mod moves;
