//! China's export-control law as data.
//!
//! Files of law (`lawbook/*.toml`) go in; a checked [`Book`] comes out. The book answers what a list said on a day
//! ([`list::ControlList`]), whether a clause held ([`measure::Clause`]), when a period ends ([`clock::Timer`]), who is listed
//! ([`party::Listing`]) and what a procedure asks for ([`procedure::Procedure`]). Everything carries its source and how it is
//! known ([`Verification`]).
//!
//! The crate is pure: no clock, no network, no database. The only reading it does is of the directory it is given.

mod book;
pub mod calendar;
mod check;
pub mod clock;
pub mod code;
mod day;
pub mod elsewhere;
pub mod exclusion;
pub mod id;
pub mod instrument;
pub mod lexicon;
pub mod list;
pub mod measure;
pub mod party;
pub mod penalty;
pub mod place;
pub mod predicate;
pub mod procedure;
pub mod property;
pub mod provenance;
pub mod quantity;
pub mod regime;
mod source;
mod text;
mod verification;

pub use book::{Book, BookError, Standing};
pub use check::{Issue, Severity};
pub use day::{AsOf, BadDay, Day};
pub use source::{SourceError, SourceFile, directory as read_directory, embedded as embedded_files, overlaid};
pub use text::{Bilingual, Lang};
pub use verification::Verification;
