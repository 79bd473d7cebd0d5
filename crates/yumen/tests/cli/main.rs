//! The program as people run it.

mod cases;
mod intake;
mod pages;
mod program;
mod questions;
mod records;
mod refusals;
mod regimes;
mod screening;
