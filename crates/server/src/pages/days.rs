//! The same question on other days: what held before, what comes.

use askama::Template;
use yumen_assess::answer::Overview;
use yumen_lawbook::Day;

use super::check::{asked, private};
use super::{Shown, show};
use crate::problem::Problem;
use crate::views::check::{self, Form};
use crate::views::days;
use crate::visit::Visit;

struct Stretch {
    from: Day,
    overview: Overview,
    href: String,
    /// True for the stretch that holds the day asked about.
    current: bool,
}

#[derive(Template)]
#[template(path = "days.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    asked: String,
    stretches: Vec<Stretch>,
    back: String,
}

/// The answer through time.
pub async fn page(v: Visit) -> Shown {
    let mut form = Form::read(v.query.clone());
    if v.dated {
        form.on = v.day.to_string();
    }
    let question = form.question(v.today)?;
    let engine = std::sync::Arc::clone(&v.app.engine);
    let (question, assessment) = check::assess(&engine, question).await?;
    let day = assessment.as_of;
    let work = move || days::through_time(&engine, &question, &assessment);
    let found = tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(&e))?;
    let href = |on: Day| format!("/{}/check?{}", v.code(), Form { on: on.to_string(), ..form.clone() }.query());
    let last = found.iter().rposition(|s| s.from <= day);
    let stretches = found
        .into_iter()
        .enumerate()
        .map(|(place, s)| Stretch {
            href: href(s.from),
            from: s.from,
            overview: s.overview,
            current: Some(place) == last,
        })
        .collect();
    private(show(&Page { v: &v, section: "check", asked: asked(&form), stretches, back: href(day) }))
}
