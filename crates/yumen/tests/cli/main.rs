//! The program as people run it.

mod intake;
mod pages;
mod program;
mod questions;
mod refusals;
