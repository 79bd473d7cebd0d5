//! The guided assessment: question, answer, questions that decide, a link that reproduces it.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use yumen_assess::answer::{Asking, Assessment, RegimeResult};
use yumen_lawbook::Bilingual;

use super::{Shown, show};
use crate::problem::Problem;
use crate::store::Kind;
use crate::views::check::{self, Form};
use crate::visit::Visit;

/// Longest link made of the question itself, in bytes; longer ones are kept under a number.
const LONGEST_LINK: usize = 6000;

#[derive(Template)]
#[template(path = "check.html")]
struct Blank<'p> {
    v: &'p Visit,
    section: &'static str,
    form: &'p Form,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "answer.html")]
struct Answered<'p> {
    v: &'p Visit,
    section: &'static str,
    form: &'p Form,
    a: &'p Assessment,
    asked: String,
    destination: Option<String>,
    results: Vec<&'p RegimeResult>,
    askings: Vec<&'p Asking>,
    /// The fields of the question with its day written out, so that what is kept means the same tomorrow.
    dated: Vec<(String, String)>,
    link: Option<String>,
    json: String,
}

/// The form, or the answer where the address holds the question.
pub async fn form(v: Visit) -> Shown {
    let mut form = Form::read(v.query.clone());
    if v.dated {
        form.on = v.day.to_string();
    }
    if form.is_empty() {
        return private(show(&Blank { v: &v, section: "check", form: &form, problem: None }));
    }
    respond(v, form).await
}

/// The answer to a posted question.
pub async fn answer(v: Visit, body: String) -> Shown {
    respond(v, Form::read(crate::visit::fields(&body))).await
}

/// The answer to a question that was kept.
pub async fn by_link(v: Visit, Path(id): Path<String>) -> Shown {
    let kept = v.app.store.find(Kind::Link, &id).await.map_err(|e| Problem::internal(&e))?;
    let form = kept.and_then(|text| serde_json::from_str::<Form>(&text).ok()).ok_or_else(|| {
        Problem::missing("unknown_record", "没有这一链接，或者它已过期。", "There is no such link, or it is too old.")
    })?;
    respond(v, form).await
}

/// Keeps a question and leads to its link.
pub async fn link(v: Visit, body: String) -> Shown {
    let form = Form::read(crate::visit::fields(&body));
    // Only what can be answered is kept.
    let question = form.question(v.today)?;
    check::assess(&v.app.engine, question).await?;
    let text = serde_json::to_string(&form).map_err(|e| Problem::internal(&e))?;
    let id = v.app.store.keep(Kind::Link, &text, v.today).await.map_err(full)?;
    Ok(Redirect::to(&format!("/{}/q/{id}", v.code())).into_response())
}

/// A store that takes nothing more.
#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
pub fn full(error: crate::store::StoreError) -> Problem {
    if !matches!(error, crate::store::StoreError::Full) {
        tracing::error!(%error, "the store cannot be written");
    }
    Problem::usual(StatusCode::SERVICE_UNAVAILABLE)
}

async fn respond(mut v: Visit, form: Form) -> Shown {
    let answered = match form.question(v.today) {
        Ok(question) => check::assess(&v.app.engine, question).await,
        Err(problem) => Err(problem),
    };
    // Language and day are switched by links that hold the question, where it fits into one.
    let query = form.query();
    let fits = query.len() <= LONGEST_LINK;
    "/check".clone_into(&mut v.path);
    v.query = if fits { form.fields().into_iter().filter(|(n, _)| n != "on").collect() } else { Vec::new() };
    match answered {
        Err(problem) => {
            let status = problem.status;
            v.dated = false;
            let mut response = show(&Blank { v: &v, section: "check", form: &form, problem: Some(problem) })?;
            *response.status_mut() = status;
            private(Ok(response))
        }
        Ok((question, a)) => {
            v.day = question.as_of.effective;
            v.dated = !form.on.trim().is_empty();
            let dated = Form { on: a.as_of.to_string(), ..form.clone() };
            let base = &v.app.config.base_url;
            let link = fits.then(|| format!("{base}/{}/check?{}", v.code(), dated.query()));
            let asked = if form.text.trim().is_empty() {
                [form.code.trim(), form.hs.trim()]
                    .iter()
                    .filter(|t| !t.is_empty())
                    .copied()
                    .collect::<Vec<_>>()
                    .join(" · ")
            } else {
                let shown: String = form.text.trim().chars().take(300).collect();
                if shown.len() < form.text.trim().len() { format!("{shown}…") } else { shown }
            };
            let destination = a.question.destination.as_ref().map(|d| {
                let name = v.book().countries.get(d).map_or_else(|| Bilingual::new(d, d), |c| c.name.clone());
                v.say(&name).to_owned()
            });
            let page = Answered {
                v: &v,
                section: "check",
                form: &form,
                asked,
                destination,
                results: check::gravest_first(&a),
                askings: check::askings(&a, &form.answers),
                dated: dated.fields(),
                link,
                json: format!("/api/v1/check?{}", dated.query()),
                a: &a,
            };
            private(show(&page))
        }
    }
}

/// Marks an answer as nobody else's: questions can be trade secrets.
pub fn private(shown: Shown) -> Shown {
    shown.map(|mut response: Response| {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        response
    })
}
