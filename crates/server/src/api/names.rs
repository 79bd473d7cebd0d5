//! Names in the query: an operation takes those that its document names, each once, and no others. What is misspelt would
//! otherwise be left out without a word, and the answer would be about something else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::extract::{MatchedPath, OriginalUri, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::problem::{Problem, shown};

/// The question: here a value can also be given under the parameter's own name, and fields have the names of the body as well.
const CHECK: &str = "/api/v1/check";
/// Names of fields of the question in a body, and in an address.
const SPELLINGS: [(&str, &str); 3] = [("as_of", "on"), ("destination", "to"), ("parties", "party")];

/// The names of an operation in its address.
type Names = BTreeMap<(String, String), Vec<String>>;

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::new();
    for (path, methods) in super::document()["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let taken = parameters.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
            names.insert((path.clone(), method.clone()), taken.map(str::to_owned).collect());
        }
    }
    names
});

/// The name of a field of the question as an address spells it.
pub fn spelt(name: &str) -> &str {
    SPELLINGS.iter().find(|(body, _)| *body == name).map_or(name, |(_, address)| *address)
}

/// Refuses names that the operation does not take, and names that stand twice.
pub async fn known(request: Request, next: Next) -> Response {
    match read(&request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn read(request: &Request) -> Result<(), Problem> {
    let uri = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri(), |original| &original.0);
    let (Some(query), Some(path)) = (uri.query(), request.extensions().get::<MatchedPath>()) else { return Ok(()) };
    let method = if *request.method() == Method::HEAD { &Method::GET } else { request.method() };
    let key = (path.as_str().replace("{*", "{"), method.as_str().to_lowercase());
    let Some(taken) = NAMES.get(&key) else { return Ok(()) };
    let asks = key.0 == CHECK && *method == Method::GET;
    let mut seen = BTreeSet::new();
    for (name, _) in form_urlencoded::parse(query.as_bytes()) {
        let is_parameter = asks && name.strip_prefix("p.").is_some_and(|p| !p.is_empty());
        if !is_parameter && !taken.iter().any(|t| *t == name) {
            return Err(unknown(&name, taken, asks));
        }
        let one = if asks { spelt(&name).to_owned() } else { name.into_owned() };
        // Parties may be given one by one.
        if one != "party" && !seen.insert(one.clone()) {
            return Err(twice(&one));
        }
    }
    Ok(())
}

fn unknown(name: &str, taken: &[String], asks: bool) -> Problem {
    let mut names: Vec<&str> = taken.iter().map(String::as_str).collect();
    names.extend(asks.then_some("p.<parameter>"));
    let typed = shown(name);
    let (zh, en) = if names.is_empty() {
        ("此处不接受查询项。".to_owned(), "It takes no names here.".to_owned())
    } else {
        (format!("可用：{}。", names.join("、")), format!("The names are: {}.", names.join(", ")))
    };
    Problem::bad(
        "unknown_name",
        format!("没有查询项“{typed}”。{zh}"),
        format!("The query does not take “{typed}”. {en}"),
    )
    .at(&typed)
}

fn twice(name: &str) -> Problem {
    let name = shown(name);
    let other = SPELLINGS.iter().find(|(_, address)| *address == name).map(|(body, _)| *body);
    let (zh, en) = other.map_or_else(
        || (String::new(), String::new()),
        |other| (format!("（{other} 是同一项）"), format!(" ({other} is the same)")),
    );
    Problem::bad(
        "repeated",
        format!("查询项“{name}”只能出现一次{zh}。"),
        format!("“{name}” can stand only once in a query{en}."),
    )
    .at(&name)
}
