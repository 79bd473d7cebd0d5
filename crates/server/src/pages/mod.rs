//! Pages: one file a kind, one template for both languages, complete without script.

mod answering;
mod apidoc;
mod browse;
mod check;
mod clock;
mod countries;
mod days;
mod entry;
mod fault;
mod feeds;
mod files;
mod guidance;
mod home;
mod hs;
mod law;
mod measures;
mod parties;
mod procedures;
mod records;
mod regimes;
mod search;
mod shared;
mod static_files;

use askama::Template;
use axum::Router;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

use crate::platform::App;
use crate::problem::Problem;

pub use answering::*;
pub use fault::dress;
pub use guidance::find as find_piece;
pub use records::{file as record_file, from_code as verify_from_code};
pub use shared::*;
pub use static_files::{VERSION as ASSETS_VERSION, css_path, js_path, router as assets};

/// What a page handler gives.
type Shown = Result<Response, Problem>;

/// Writes a page.
fn show(page: &impl Template) -> Shown {
    let text = page.render().map_err(|e| Problem::internal(&e))?;
    Ok(Html(text).into_response())
}

/// Pages that follow from the law and the day alone.
pub fn lawful() -> Router<App> {
    Router::new()
        .route("/", get(home::page))
        .route("/lists", get(browse::lists))
        .route("/lists/{list}", get(browse::list))
        .route("/lists/{list}/difference", get(browse::difference))
        .route("/lists/{list}/difference/export.csv", get(browse::difference_csv))
        .route("/lists/{list}/{export}", get(browse::export))
        .route("/entries/{*code}", get(entry::page))
        .route("/coverage", get(browse::coverage))
        .route("/notices", get(law::notices))
        .route("/notices/export.csv", get(law::csv))
        .route("/notices/{*id}", get(law::notice))
        .route("/measures", get(measures::page))
        .route("/measures/export.csv", get(measures::csv))
        .route("/parties", get(parties::list))
        .route("/parties/export.csv", get(parties::csv))
        .route("/parties/{listing}/{no}", get(parties::party))
        .route("/countries", get(countries::all))
        .route("/countries/{code}", get(countries::country))
        .route("/hs", get(hs::all))
        .route("/hs/export.csv", get(hs::csv))
        .route("/hs/{number}", get(hs::number))
        .route("/regimes", get(regimes::page))
        .route("/regimes/export.csv", get(regimes::csv))
        .route("/procedures", get(procedures::list))
        .route("/procedures/{id}", get(procedures::procedure))
        .route("/clock", get(clock::page))
        .route("/penalties", get(procedures::penalties))
        .route("/guidance", get(guidance::list))
        .route("/guidance/{slug}", get(guidance::piece))
        .route("/feeds", get(feeds::page))
        .route("/api", get(apidoc::page))
}

/// Pages that show what somebody typed: never kept ready, never cached by others.
pub fn personal() -> Router<App> {
    Router::new()
        .route("/check", get(check::form).post(check::answer))
        .route("/check/days", get(days::page))
        .route("/q/{id}", get(check::by_link))
        .route("/links", axum::routing::post(check::link))
        .route("/search", get(search::page))
        .route("/records", axum::routing::post(records::make))
        .route("/records/{id}", get(records::page))
        .route("/verify", get(records::verify_form).post(records::verify))
        .route("/verify/{id}", get(records::verify_kept))
}
