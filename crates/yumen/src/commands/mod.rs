//! The commands, one file each: arguments in, text out.

pub mod batch;
pub mod check;
pub mod clock;
pub mod eval;
pub mod item;
pub mod lawbook;
pub mod list;
pub mod measure;
pub mod portfolio;
pub mod procedure;
pub mod serve;
pub mod verify;
