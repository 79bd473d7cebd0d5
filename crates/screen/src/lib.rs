//! Party screening: a name in any script against lists of parties, with a score that explains itself.
//!
//! In go the parties of a list ([`Entity`]) and a question ([`Query`]); out come [`Hit`]s, best first, each with the alignment that
//! gave its score ([`Screen::explain`]). Names are folded by one normaliser for lists and questions ([`fold`]), compared by sound and
//! by what each word does in a name (family, place, number, trade, legal form). Nothing here reads a clock, a file or the network.

mod align;
mod distance;
mod entity;
mod explain;
pub mod fold;
mod lexicon;
pub mod measure;
mod names;
mod qualify;
mod readings;
mod score;
mod screen;
mod sinitic;
mod token;
mod vocabulary;

pub use entity::{Entity, Identifier, PartyType, Query};
pub use explain::{Explanation, Left, Met};
pub use lexicon::Role;
pub use names::{Origin, forms};
pub use qualify::{Field, Outcome, Qualifier};
pub use score::{Score, TUNING, Tuning};
pub use screen::{ALERT, BLOCK, Band, ENGINE, Hit, REVIEW, Screen};
