//! What people see: marks and colours, tables that know how wide Chinese is, wrapped text.

pub mod answer;
pub mod clean;
pub mod explain;
pub mod foreign;
pub mod out;
pub mod paint;
pub mod screened;
