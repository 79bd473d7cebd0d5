//! The platform as visitors and programs use it: every door, every page kind, both languages, and everything that can be typed
//! wrong. No socket is opened except for the assistant's client and for those who open one and say nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

mod api;
mod feeds;
mod hostile;
mod mcp;
mod pages;
mod records;
mod silent;
mod support;
