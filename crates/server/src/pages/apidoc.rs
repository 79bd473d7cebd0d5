//! The API for people: written from the same document that programs read.

use askama::Template;
use serde_json::Value;

use super::{Shown, show};
use crate::visit::Visit;

struct Parameter {
    name: String,
    place: String,
    required: bool,
    about: String,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    parameters: Vec<Parameter>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    operations: Vec<Operation>,
}

/// The page of the API.
pub async fn page(v: Visit) -> Shown {
    let document = crate::api::document();
    let mut operations = Vec::new();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let parameters = operation["parameters"].as_array().into_iter().flatten().map(|p| Parameter {
                name: text(&p["name"]),
                place: text(&p["in"]),
                required: p["required"].as_bool().unwrap_or(false),
                about: text(&p["description"]),
            });
            operations.push(Operation {
                id: text(&operation["operationId"]),
                method: method.to_uppercase(),
                path: path.clone(),
                summary: text(&operation["summary"]),
                parameters: parameters.collect(),
            });
        }
    }
    show(&Page { v: &v, section: "api", operations })
}
