//! FollowTheMoney entities, one JSON object a line, as OpenSanctions publishes them to those who license its data.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

#[derive(Deserialize)]
struct Line {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<serde_json::Value>>,
    #[serde(default)]
    datasets: Vec<String>,
}

/// Things that are parties; addresses, positions and relations are passed over silently.
fn kind(schema: &str) -> Option<PartyType> {
    match schema {
        "Person" => Some(PartyType::Person),
        "Organization" | "Company" | "PublicBody" => Some(PartyType::Organisation),
        "LegalEntity" | "CryptoWallet" => Some(PartyType::Unknown),
        "Vessel" => Some(PartyType::Vessel),
        "Airplane" => Some(PartyType::Aircraft),
        _ => None,
    }
}

/// Reads the lines.
pub fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let text = std::str::from_utf8(bytes).map_err(|e| ImportError::NotThis(Format::Ftm, e.to_string()))?;
    let mut out = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        report.records += 1;
        let line: Line = match serde_json::from_str(line) {
            Ok(line) => line,
            Err(error) if report.records == 1 => return Err(ImportError::NotThis(Format::Ftm, error.to_string())),
            Err(_) => {
                report.skip(format!("{number}"), "不是 FollowTheMoney 对象", "not a FollowTheMoney object");
                continue;
            }
        };
        let Some(kind) = kind(&line.schema) else { continue };
        let all = |fields: &[&str]| -> Vec<String> {
            let values = fields.iter().filter_map(|f| line.properties.get(*f)).flatten();
            values.filter_map(serde_json::Value::as_str).map(str::to_owned).collect()
        };
        let mut names = all(&["name", "alias", "weakAlias", "previousName"]);
        names.insert(0, line.caption.clone());
        names.retain(|n| !n.trim().is_empty());
        if names.is_empty() {
            report.skip(&line.id, "没有名称", "no name");
            continue;
        }
        let numbers = [
            "idNumber",
            "passportNumber",
            "registrationNumber",
            "taxNumber",
            "innCode",
            "ogrnCode",
            "imoNumber",
            "leiCode",
            "uscCode",
            "mmsi",
        ];
        let identifiers = numbers
            .iter()
            .flat_map(|f| all(&[f]).into_iter().map(|value| Identifier { kind: (*f).to_owned(), value }))
            .collect();
        let upper = |codes: Vec<String>| codes.into_iter().filter(|c| c.len() == 2).map(|c| c.to_uppercase()).collect();
        out.push(Entity {
            source: line.datasets.first().cloned().unwrap_or_default(),
            r#type: kind,
            names,
            countries: upper(all(&["country", "nationality", "jurisdiction", "citizenship", "flag"])),
            born: all(&["birthDate"]),
            identifiers,
            remark: all(&["topics", "program"]).join(", "),
            id: line.id,
        });
    }
    Ok(out)
}
