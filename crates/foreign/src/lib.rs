//! Lists of other regimes beside the Chinese ones.
//!
//! A regime is data (`lawbook/regimes/`) plus one reader of its official file ([`import`]). What is read is a
//! [`ForeignList`](list::ForeignList); a [`Shelf`] searches it with the vocabulary of the law book and tests the parameters that
//! can be read. Nothing here decides: the answer is a row of entries to look at, with what matched and what was not judged.
//!
//! The crate is pure: bytes in, no clock, no network, no files.

pub mod answer;
pub mod import;
pub mod list;
mod shelf;

pub use shelf::Shelf;
