//! The commands, one file each: arguments in, text out.

pub mod check;
pub mod clock;
pub mod eval;
pub mod lawbook;
pub mod list;
pub mod measure;
pub mod procedure;
