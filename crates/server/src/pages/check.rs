//! The guided assessment: question, answer, questions that decide, a link that reproduces it.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use yumen_assess::Question;
use yumen_assess::answer::{Answer, Asking, Assessment, Candidate, ElsewhereNote, PartyFinding, RegimeResult};
use yumen_lawbook::Bilingual;

use super::{CheckField, Shown, missing_fields, show, worth_showing};
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
    problem: Option<Problem>,
    asked: String,
    destination: Option<String>,
    /// Results shown whole, gravest first.
    plain: Vec<&'p RegimeResult>,
    /// Results that decide nothing beside a graver one: folded to a line.
    folded: Vec<&'p RegimeResult>,
    /// For each party asked about what was found.
    parties: Vec<(String, Vec<&'p PartyFinding>)>,
    named_elsewhere: Vec<&'p ElsewhereNote>,
    other_lists: Vec<&'p ElsewhereNote>,
    considered: Vec<&'p Candidate>,
    askings: Vec<&'p Asking>,
    /// True where the answer waits for facts: then they are asked for before anything else.
    facts_first: bool,
    /// Fields that are empty and worth filling in.
    missing: Vec<CheckField>,
    /// The fields of the question that the form for more facts does not ask again.
    hidden: Vec<(String, String)>,
    /// The fields of the question with its day written out, so that what is kept means the same tomorrow.
    dated: Vec<(String, String)>,
    link: Option<String>,
    /// The address that is printed.
    link_shown: String,
    json: String,
    /// The page of the same question on other days.
    days: String,
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
    respond(v, form, None).await
}

/// The answer to a posted question.
pub async fn answer(v: Visit, body: String) -> Shown {
    respond(v, Form::read(crate::visit::fields(&body)), None).await
}

/// The answer to a question that was kept.
pub async fn by_link(v: Visit, Path(id): Path<String>) -> Shown {
    let kept = v.app.store.find(Kind::Link, &id).await.map_err(|e| Problem::internal(&e))?;
    let form = kept.and_then(|text| serde_json::from_str::<Form>(&text).ok()).ok_or_else(|| {
        Problem::missing("unknown_record", "没有这一链接，或者它已过期。", "There is no such link, or it is too old.")
    })?;
    let short = format!("{}/{}/q/{id}", v.app.config.base_url, v.code());
    respond(v, form, Some(short)).await
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

async fn respond(mut v: Visit, mut form: Form, short: Option<String>) -> Shown {
    let mut answered = answer_to(&v, &form).await;
    // One answer that cannot be read loses neither the others nor the questions: it is asked again.
    let mut problem = None;
    if let Err(bad) = &answered
        && let Some(name) = bad.field.clone().filter(|name| form.answers.iter().any(|(n, _)| n == name))
    {
        form.answers.retain(|(n, _)| *n != name);
        let again = answer_to(&v, &form).await;
        if again.is_ok() {
            problem = answered.err();
            answered = again;
        }
    }
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
            let status = problem.as_ref().map(|p| p.status);
            let mut response = show(&page(&v, &form, &a, problem, short, fits))?;
            if let Some(status) = status {
                *response.status_mut() = status;
            }
            private(Ok(response))
        }
    }
}

async fn answer_to(v: &Visit, form: &Form) -> Result<(Question, Assessment), Problem> {
    check::assess(&v.app.engine, form.question(v.today)?).await
}

/// What was asked, in a line.
pub fn asked(form: &Form) -> String {
    let text = form.text.trim();
    if text.is_empty() {
        let parts = [form.code.trim(), form.hs.trim()];
        return parts.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    }
    let shown: String = text.chars().take(300).collect();
    if shown.len() < text.len() { format!("{shown}…") } else { shown }
}

fn page<'p>(
    v: &'p Visit,
    form: &'p Form,
    a: &'p Assessment,
    problem: Option<Problem>,
    short: Option<String>,
    fits: bool,
) -> Answered<'p> {
    let dated = Form { on: a.as_of.to_string(), ..form.clone() };
    let base = &v.app.config.base_url;
    let link = short.or_else(|| fits.then(|| format!("{base}/{}/check?{}", v.code(), dated.query())));
    let destination = a.question.destination.as_ref().map(|d| {
        let name = v.book().countries.get(d).map_or_else(|| Bilingual::new(d, d), |c| c.name.clone());
        v.say(&name).to_owned()
    });
    let (folded, plain) = check::gravest_first(a).into_iter().partition(|r| is_beside(a, r));
    let names = || form.party.lines().map(str::trim).filter(|p| !p.is_empty());
    let found = |name: &str| a.parties.iter().filter(|p| p.asked == name).collect::<Vec<_>>();
    let mut parties: Vec<(String, Vec<&PartyFinding>)> = names().map(|n| (n.to_owned(), found(n))).collect();
    let in_text = a.parties.iter().filter(|p| !names().any(|n| n == p.asked));
    parties.extend(in_text.map(|p| (p.asked.clone(), vec![p])));
    let silent = matches!(a.overview.answer, Answer::NotFound | Answer::LikelyNotControlled | Answer::Depends);
    let (named_elsewhere, others): (Vec<_>, Vec<_>) = a.elsewhere.iter().partition(|e| e.named);
    let missing = missing_fields(form, a.question.destination.is_some());
    let hidden = form.fields().into_iter().filter(|(n, _)| !missing.iter().any(|f| f.name == n)).collect();
    Answered {
        v,
        section: "check",
        form,
        problem,
        asked: asked(form),
        destination,
        plain,
        folded,
        parties,
        named_elsewhere,
        other_lists: others.into_iter().filter(|_| silent).collect(),
        considered: worth_showing(&a.candidates),
        askings: check::askings(a, &form.answers),
        facts_first: a.overview.answer == Answer::Depends,
        missing,
        hidden,
        dated: dated.fields(),
        link_shown: link.clone().unwrap_or_else(|| format!("{base}/{}/check", v.code())),
        link,
        json: format!("/api/v1/check?{}", dated.query()),
        days: format!("/{}/check/days?{}", v.code(), dated.query()),
        a,
    }
}

/// True for a result that found nothing, or that governs something else, where another result says more.
fn is_beside(a: &Assessment, r: &RegimeResult) -> bool {
    let says_nothing = matches!(r.answer, Answer::NotFound)
        || (r.regime == "technology" && r.answer == Answer::LikelyNotControlled && r.procedure.is_none());
    let graver = |other: &RegimeResult| other.regime != r.regime && other.answer.gravity() < r.answer.gravity();
    says_nothing && a.results.iter().any(graver)
}

/// Marks an answer as nobody else's: questions can be trade secrets.
pub fn private(shown: Shown) -> Shown {
    shown.map(|mut response: Response| {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        response
    })
}
