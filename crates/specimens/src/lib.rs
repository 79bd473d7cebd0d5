//! Official-style documents, made here: a catalogue in three layouts and four forms, whole or damaged, with the data that must come
//! out of it. Tests and measurements of the importers use them; the program does not.

pub mod catalogue;
pub mod chance;
pub mod compare;
pub mod forms;
pub mod layout;
pub mod mutate;
pub mod notices;
pub mod numerals;
pub mod style;
