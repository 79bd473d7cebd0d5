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
pub mod verify;
pub mod eval_screen;
pub mod lists;
pub mod rescreen;
pub mod screen;
pub mod screen_batch;
pub mod screen_record;
