//! Everything a person or a program can learn from the law book without an account: pages, API, feeds, MCP.
//!
//! A [`Platform`] holds the engine, the guidance, the search index and the small store; [`router`] lays every door over it and
//! [`serve`] opens them. View models (`views/`) are computed once and shown by pages, API and MCP alike, so that nobody gets
//! another answer than the next. The clock is an argument: the program that starts the platform says what day it is.

#![expect(clippy::struct_field_names, reason = "a page's fields are named as its template says them")]
#![expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "templates hand over references")]

mod api;
mod charts;
mod config;
mod days;
mod feeds;
mod guidance;
mod http;
mod mcp;
mod pages;
mod platform;
mod problem;
mod search;
mod serve;
mod store;
mod telemetry;
mod views;
mod visit;

pub use config::{Config, ConfigError, Setting};
pub use guidance::{Cite, Guidance, Piece, embedded as embedded_guidance};
pub use mcp::stdio as mcp_stdio;
pub use platform::{Platform, Start, StartError};
pub use serve::{router, serve};
pub use store::{Store, StoreError};
pub use telemetry::{Logs, init as init_logs};
