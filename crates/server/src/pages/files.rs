//! Tables and lists as files to take away.

use axum::http::header;
use axum::response::IntoResponse as _;

use super::Shown;
use crate::views::table::csv;

/// A table as a CSV file.
pub fn table<const N: usize>(name: &str, columns: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> Shown {
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    let name = (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    Ok(([kind, name], csv(columns, rows)?).into_response())
}
