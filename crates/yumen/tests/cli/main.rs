//! The program as people run it.

mod cases;
mod pages;
mod program;
mod questions;
mod records;
mod refusals;
mod regimes;
