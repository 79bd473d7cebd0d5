//! US Consolidated Screening List, JSON: the file of trade.gov, and a compact copy of it with short field names.

use serde::Deserialize;

use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    total: Option<usize>,
    #[serde(default, rename = "entryCount")]
    entry_count: Option<usize>,
    #[serde(default, rename = "sourceGeneratedAt")]
    generated: Option<String>,
    #[serde(default)]
    search_performed_at: Option<String>,
    #[serde(default)]
    results: Vec<Record>,
    #[serde(default)]
    entries: Vec<Short>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    alt_names: Option<Vec<String>>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    addresses: Option<Vec<Address>>,
    #[serde(default)]
    nationalities: Option<Vec<String>>,
    #[serde(default)]
    citizenships: Option<Vec<String>>,
    #[serde(default)]
    dates_of_birth: Option<Vec<String>>,
    #[serde(default)]
    ids: Option<Vec<Number>>,
    #[serde(default)]
    programs: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Address {
    #[serde(default)]
    country: Option<String>,
}

#[derive(Deserialize)]
struct Number {
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    number: Option<String>,
}

/// A record of the compact copy.
#[derive(Deserialize)]
struct Short {
    #[serde(default)]
    n: String,
    #[serde(default)]
    a: Vec<String>,
    #[serde(default)]
    t: String,
    #[serde(default)]
    c: Vec<String>,
    #[serde(default)]
    e: serde_json::Value,
}

/// Reads the file.
pub fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let file: File = serde_json::from_slice(bytes).map_err(|e| ImportError::NotThis(Format::UsCsl, e.to_string()))?;
    report.declared = file.total.or(file.entry_count);
    report.generated = file.generated.or(file.search_performed_at);
    let mut out = Vec::new();
    for (number, record) in (1..).zip(file.results) {
        report.records += 1;
        let id = if record.id.is_empty() { format!("{number}") } else { record.id.clone() };
        match record.name.as_deref().map(str::trim).filter(|n| !n.is_empty()) {
            Some(name) => out.push(party(&id, name, &record)),
            None => report.skip(id, "没有名称", "no name"),
        }
    }
    for (number, short) in (1..).zip(file.entries) {
        report.records += 1;
        if short.n.trim().is_empty() {
            report.skip(format!("{number}"), "没有名称", "no name");
            continue;
        }
        let code = short.e.as_str().map_or_else(|| short.e.to_string(), str::to_owned);
        let id = if code.is_empty() || code == "null" { String::new() } else { format!("-{code}") };
        out.push(Entity {
            id: format!("us-{number:06}{id}"),
            source: "US".to_owned(),
            r#type: PartyType::read(&short.t),
            names: std::iter::once(short.n).chain(short.a).collect(),
            countries: short.c,
            ..Entity::default()
        });
    }
    Ok(out)
}

fn party(id: &str, name: &str, record: &Record) -> Entity {
    let list = |l: &Option<Vec<String>>| l.clone().unwrap_or_default();
    let addresses = record.addresses.iter().flatten().filter_map(|a| a.country.clone());
    let countries = addresses
        .chain(record.country.clone())
        .chain(list(&record.nationalities))
        .chain(list(&record.citizenships))
        .map(|c| c.trim().to_uppercase())
        .filter(|c| c.len() == 2)
        .collect();
    let identifiers = record.ids.iter().flatten().map(|n| Identifier {
        kind: n.r#type.clone().unwrap_or_default(),
        value: n.number.clone().unwrap_or_default(),
    });
    Entity {
        id: format!("us-{id}"),
        source: short_source(record.source.as_deref().unwrap_or_default()),
        r#type: PartyType::read(record.r#type.as_deref().unwrap_or_default()),
        names: std::iter::once(name.to_owned()).chain(list(&record.alt_names)).collect(),
        countries,
        born: list(&record.dates_of_birth),
        identifiers: identifiers.collect(),
        remark: list(&record.programs).join(", "),
    }
}

/// `Entity List (EL) - Bureau of Industry and Security` is `US/EL`.
fn short_source(source: &str) -> String {
    let code = source.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(code, _)| code);
    if code.is_empty() { "US".to_owned() } else { format!("US/{code}") }
}
