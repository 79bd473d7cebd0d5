//! x
use crate::platform::{App, Platform};
use std::sync::Arc;
/// x
pub async fn stdio(_p: Arc<Platform>) -> Result<(), String> { Ok(()) }
/// x
pub fn router(_a: &App) -> axum::Router<App> { axum::Router::new() }
