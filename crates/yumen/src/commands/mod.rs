//! The commands, one file each: arguments in, text out.

pub mod batch;
pub mod check;
pub mod clock;
pub mod draft;
pub mod eval;
pub mod impact;
pub mod import;
pub mod item;
pub mod lawbook;
pub mod list;
pub mod measure;
pub mod portfolio;
pub mod procedure;
pub mod verify;
