//! The commands, one file each: arguments in, text out.

pub mod batch;
pub mod check;
pub mod clock;
pub mod draft;
pub mod eval;
pub mod eval_screen;
pub mod foreign_list;
pub mod impact;
pub mod import;
pub mod item;
pub mod lawbook;
pub mod list;
pub mod lists;
pub mod measure;
pub mod portfolio;
pub mod procedure;
pub mod regime;
pub mod rescreen;
pub mod screen;
pub mod screen_batch;
pub mod screen_record;
pub mod serve;
pub mod standing;
pub mod verify;
