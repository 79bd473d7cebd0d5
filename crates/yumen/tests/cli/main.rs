//! The program as people run it.

mod pages;
mod program;
mod questions;
mod refusals;
mod screening;
