//! Party screening: a name in any script against lists of parties, with a score that explains itself.
//!
//! In go the parties of a list ([`Entity`]) and a question ([`Query`]); out come [`Hit`]s, best first, each with the alignment that
//! gave its score ([`Screen::explain`]). Names are folded by one normaliser for lists and questions ([`fold`]), compared by sound and
//! by what each word does in a name (family, place, number, trade, legal form). Nothing here reads a clock, a file or the network.
//!
//! ```
//! use yumen_screen::{Entity, Query, Screen, ALERT};
//!
//! let listed = Entity { id: "1".into(), names: vec!["华为技术有限公司".into()], ..Entity::default() };
//! let screen = Screen::build(vec![listed]);
//! let hits = screen.search(&Query::named("華為技術有限公司"), ALERT, 10);
//! assert_eq!(screen.entities()[hits[0].entity as usize].id, "1");
//! assert!(screen.search(&Query::named("有限公司"), ALERT, 10).is_empty());
//! ```

mod acronym;
mod align;
mod band;
pub mod chinese;
pub mod decision;
mod distance;
mod entity;
mod explain;
pub mod fold;
mod layered;
mod lexicon;
pub mod lists;
pub mod measure;
mod names;
mod patronymic;
mod phrases;
mod qualify;
mod readings;
mod score;
mod screen;
mod sinitic;
pub mod snapshot;
mod token;
mod units;
mod vocabulary;

pub use band::{ALERT, BLOCK, Band, REVIEW};
pub use entity::{Entity, Identifier, PartyType, Query};
pub use explain::{Explanation, Left, Met};
pub use layered::Layered;
pub use lexicon::Role;
pub use names::{Origin, forms};
pub use qualify::{Field, Outcome, Qualifier};
pub use score::{Score, TUNING, Tuning};
pub use screen::{ENGINE, Hit, Screen};
pub use token::Kinship;
