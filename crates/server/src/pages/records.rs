//! Determination records: kept under a random number, signed, printable, verified by anybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use yumen_assess::answer::Assessment;
use yumen_lawbook::{Bilingual, Day, Lang};
use yumen_papers::determination::Outcome;
use yumen_papers::{BadPaper, Comparison, Determination, Signed};

use super::check::private;
use super::{Shown, answer_label, list_name, show};
use crate::charts;
use crate::platform::App;
use crate::problem::Problem;
use crate::store::Kind;
use crate::views::check::{self, Form};
use crate::visit::Visit;

/// Makes a record of a question and leads to its page.
pub async fn make(v: Visit, body: String) -> Shown {
    let fields = crate::visit::fields(&body);
    let reference = fields.iter().find(|(n, _)| n == "reference").map(|(_, r)| r.clone()).unwrap_or_default();
    let form = Form::read(fields);
    let question = form.question(v.today)?;
    let (question, assessment) = check::assess(&v.app.engine, question).await?;
    let record = Determination::new(&question, &assessment, v.today, env!("CARGO_PKG_VERSION"))
        .map_err(|e| Problem::internal(&e))?
        .under(&reference);
    let paper = v.app.signer.sign(record).map_err(|e| Problem::internal(&e))?;
    let text = serde_json::to_string(&paper).map_err(|e| Problem::internal(&e))?;
    let id = v.app.store.keep(Kind::Record, &text, v.today).await.map_err(super::check::full)?;
    Ok(Redirect::to(&format!("/{}/records/{id}", v.code())).into_response())
}

async fn kept(app: &App, id: &str) -> Result<String, Problem> {
    let found = app.store.find(Kind::Record, id).await.map_err(|e| Problem::internal(&e))?;
    found.ok_or_else(|| {
        Problem::missing("unknown_record", "没有这一记录：请核对编号。", "There is no such record: compare the number.")
    })
}

/// The signed file.
pub async fn file(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Problem> {
    let id = name.strip_suffix(".json").unwrap_or(&name);
    let text = kept(&app, id).await?;
    let disposition = format!("attachment; filename=\"determination-{}.json\"", id.get(..8).unwrap_or(""));
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, text).into_response())
}

#[derive(Template)]
#[template(path = "record.html")]
struct Record<'p> {
    v: &'p Visit,
    section: &'static str,
    id: String,
    r: &'p Determination,
    /// The answer as it was shown; absent where it is of a form that is no longer read.
    a: Option<&'p Assessment>,
    destination: Option<Bilingual>,
    fingerprint: String,
    qr: String,
    address: String,
    again: String,
}

/// The page of a record, as it is printed.
pub async fn page(v: Visit, Path(id): Path<String>) -> Shown {
    let text = kept(&v.app, &id).await?;
    let paper: Signed<Determination> = Signed::open(&text).map_err(|e| Problem::internal(&e))?;
    let address = format!("{}/verify/{id}", v.app.config.base_url);
    let qr = charts::qr(&address, v.t("核对地址的二维码", "QR code of the address for verification"));
    let r = &paper.record;
    let answer = r.assessment();
    let a = answer.as_ref();
    let to = a.and_then(|a| a.question.destination.clone()).or_else(|| r.question.destination.clone());
    let destination =
        to.map(|d| v.book().countries.get(&d).map_or_else(|| Bilingual::new(&*d, &*d), |c| c.name.clone()));
    let again = again(r).query();
    let fingerprint = paper.signature.fingerprint();
    private(show(&Record { v: &v, section: "check", id, r, a, destination, fingerprint, qr, address, again }))
}

/// The question of a record as a form.
fn again(r: &Determination) -> Form {
    let q = &r.question;
    Form {
        text: q.text.clone(),
        code: q.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        hs: q.hs.clone().unwrap_or_default(),
        moves: q.moves.map(|m| m.label().en).unwrap_or_default(),
        to: q.destination.clone().unwrap_or_default(),
        party: q.parties.join("\n"),
        end_use: q.end_use.clone(),
        values: String::new(),
        answers: q.parameters.clone(),
        on: q.as_of.effective.to_string(),
    }
}

struct Verified {
    same: bool,
    told: Bilingual,
    fingerprint: String,
    own: bool,
    made: Day,
    as_of: Day,
    asked: String,
    outcome: Vec<(Bilingual, Bilingual, String)>,
    differences: Vec<String>,
}

#[derive(Template)]
#[template(path = "verify.html")]
struct Verify<'p> {
    v: &'p Visit,
    section: &'static str,
    verified: Option<Verified>,
    problem: Option<Problem>,
}

/// The form for a record from a file.
pub async fn verify_form(v: Visit) -> Shown {
    show(&Verify { v: &v, section: "check", verified: None, problem: None })
}

/// Verifies a record by its number, or the text of its file.
pub async fn verify(v: Visit, body: String) -> Shown {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(n, _)| n == name).map_or("", |(_, t)| t.trim());
    match (field("number"), field("paper")) {
        ("", paper) => verdict(v, paper).await,
        (number, _) => {
            // People copy the number with the address around it, and with blanks.
            let id = number.rsplit('/').next().unwrap_or(number).replace([' ', '-'], "");
            match kept(&v.app, &id).await {
                Ok(text) => verdict(v, &text).await,
                Err(problem) => told(&v, problem.at("number")),
            }
        }
    }
}

/// Verifies a kept record.
pub async fn verify_kept(v: Visit, Path(id): Path<String>) -> Shown {
    let text = kept(&v.app, &id).await?;
    verdict(v, &text).await
}

async fn verdict(v: Visit, text: &str) -> Shown {
    match examine(&v, text).await {
        Ok(verified) => private(show(&Verify { v: &v, section: "check", verified: Some(verified), problem: None })),
        Err(problem) => told(&v, problem),
    }
}

/// The form with what is wrong.
fn told(v: &Visit, problem: Problem) -> Shown {
    let status = problem.status;
    let mut response = show(&Verify { v, section: "check", verified: None, problem: Some(problem) })?;
    *response.status_mut() = status;
    private(Ok(response))
}

async fn examine(v: &Visit, text: &str) -> Result<Verified, Problem> {
    let paper: Signed<Determination> = Signed::open(text).map_err(|e| bad(&e))?;
    let engine = std::sync::Arc::clone(&v.app.engine);
    let record = paper.record.clone();
    // The question comes from outside: it may be as long as a question can be.
    let comparison =
        tokio::task::spawn_blocking(move || record.compare(&engine)).await.map_err(|e| Problem::internal(&e))??;
    let r = &paper.record;
    let side = |o: &Option<Outcome>| {
        o.as_ref().map_or_else(
            || "—".to_owned(),
            |o| format!("{} {}", v.say(&answer_label(&o.answer)), o.entry.clone().unwrap_or_default()),
        )
    };
    let differences = match &comparison {
        Comparison::ChangedByLaw { differences, .. } | Comparison::ChangedByProgram { differences } => differences
            .iter()
            .map(|d| format!("{}: {} → {}", v.say(&list_name(v, &d.regime)), side(&d.recorded), side(&d.derived)))
            .collect(),
        Comparison::Same | Comparison::SameUnderOtherLaw { .. } => Vec::new(),
    };
    Ok(Verified {
        same: matches!(comparison, Comparison::Same | Comparison::SameUnderOtherLaw { .. }),
        told: comparison.told(),
        fingerprint: paper.signature.fingerprint(),
        own: v.app.signer.public() == paper.signature.key,
        made: r.made,
        as_of: r.question.as_of.effective,
        asked: r.question.text.chars().take(300).collect(),
        outcome: r
            .outcome
            .iter()
            .map(|o| (list_name(v, &o.regime), answer_label(&o.answer), o.entry.clone().unwrap_or_default()))
            .collect(),
        differences,
    })
}

fn bad(error: &BadPaper) -> Problem {
    let (zh, en) = match error {
        BadPaper::Changed => (
            "签名不符：记录在签名后被改动，或者签名属于另一份记录。".to_owned(),
            "The signature does not hold: the record was changed after it was signed, or the signature is of another record.".to_owned(),
        ),
        BadPaper::Unreadable(_) => ("这不是签名记录。".to_owned(), "This is no signed record.".to_owned()),
        other => (format!("签名无法核对：{other}。"), format!("The signature cannot be checked: {other}.")),
    };
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_paper", zh, en).at("paper")
}

/// The address in a QR code, in the language of the browser.
pub async fn from_code(headers: HeaderMap, Path(id): Path<String>) -> Response {
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let lang = if crate::visit::preferred(accepts) == Lang::Zh { "zh" } else { "en" };
    Redirect::to(&format!("/{lang}/verify/{}", crate::views::escaped(&id).replace('/', ""))).into_response()
}
