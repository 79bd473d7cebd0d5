//! US Consolidated Screening List, JSON: the file of trade.gov, and a compact copy of it with short field names.

use serde::Deserialize;
use yumen_lawbook::Bilingual;

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
    #[serde(default)]
    tables: Tables,
}

/// What the compact copy says once and refers to by position.
#[derive(Default, Deserialize)]
struct Tables {
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    programmes: Vec<serde_json::Value>,
    #[serde(default, rename = "licenceRequirements")]
    requirements: Vec<String>,
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
    /// Which part of the list, by position.
    #[serde(default)]
    s: Option<usize>,
    /// Programmes, by position.
    #[serde(default)]
    pg: Option<usize>,
    /// Licence requirement, by position.
    #[serde(default)]
    lr: Option<usize>,
    /// Federal Register notice.
    #[serde(default)]
    fr: serde_json::Value,
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
            source: short_source(short.s.and_then(|at| file.tables.sources.get(at)).map_or("", |s| s)),
            remark: short.remark(&file.tables),
            r#type: PartyType::read(&short.t),
            names: std::iter::once(short.n).chain(short.a).collect(),
            countries: short.c,
            ..Entity::default()
        });
    }
    Ok(out)
}

impl Short {
    /// Programmes, licence requirement and notice, as far as the file has them.
    fn remark(&self, tables: &Tables) -> String {
        let programme = self.pg.and_then(|at| tables.programmes.get(at)).map(text);
        let requirement = self.lr.and_then(|at| tables.requirements.get(at)).map(|r| r.trim().to_owned());
        let said = [programme, requirement, Some(text(&self.fr))].into_iter().flatten();
        said.filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// A word or several.
fn text(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(s) => s.trim().to_owned(),
        serde_json::Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
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
    let code = code.trim_end_matches(" List");
    if code.is_empty() { "US".to_owned() } else { format!("US/{code}") }
}

/// What the parts of the list are called.
pub fn part(code: &str) -> Option<Bilingual> {
    let (zh, en) = match code {
        "SDN" => ("特别指定国民清单", "Specially Designated Nationals"),
        "EL" => ("实体清单", "Entity List"),
        "DPL" => ("被拒绝人清单", "Denied Persons List"),
        "UVL" => ("未经核实清单", "Unverified List"),
        "MEU" => ("军事最终用户清单", "Military End User List"),
        "DTC" => ("国际武器贸易条例禁止人员", "ITAR Debarred"),
        "ISN" => ("防扩散制裁", "Nonproliferation Sanctions"),
        "SSI" => ("行业制裁识别清单", "Sectoral Sanctions Identifications"),
        "PLC" => ("巴勒斯坦立法委员会清单", "Palestinian Legislative Council List"),
        "CMIC" => ("非特别指定国民中国军工复合体企业清单", "Non-SDN Chinese Military-Industrial Complex Companies"),
        "NS-MBS" => ("非特别指定国民菜单式制裁清单", "Non-SDN Menu-Based Sanctions"),
        "CAP" => ("代理账户和通汇账户制裁清单", "Correspondent Account or Payable-Through Account Sanctions"),
        _ => return None,
    };
    Some(Bilingual::new(zh, en))
}
