//! EU consolidated financial sanctions list, XML and CSV of the Financial Sanctions Files, version 1.1.

use std::collections::BTreeMap;

use super::table::Table;
use super::xml::{Node, walk};
use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

/// Reads `export` with its `sanctionEntity` records.
pub fn read_xml(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let mut out = Vec::new();
    let (mut rooted, mut generated) = (false, None);
    let header = |node: &Node| {
        if node.name == "export" {
            rooted = true;
            generated = Some(node.attribute("generationDate").to_owned()).filter(|d| !d.is_empty());
        }
    };
    walk(bytes, Format::EuXml, &["sanctionEntity"], header, |record| {
        report.records += 1;
        let id = record.attribute("logicalId");
        let names: Vec<String> = record
            .all("nameAlias")
            .into_iter()
            .map(|n| match n.attribute("wholeName") {
                "" => ["firstName", "middleName", "lastName"].map(|p| n.attribute(p)).join(" "),
                whole => whole.to_owned(),
            })
            .filter(|n| !n.trim().is_empty())
            .collect();
        if id.is_empty() || names.is_empty() {
            report.skip(id, "没有编号或名称", "no number or no name");
            return Ok(());
        }
        let kind = record.child("subjectType").map_or("", |s| s.attribute("code"));
        out.push(Entity {
            id: format!("eu-{id}"),
            source: "EU".to_owned(),
            r#type: PartyType::read(kind),
            names,
            countries: record.all("citizenship").into_iter().map(|c| country(c.attribute("countryIso2Code"))).collect(),
            born: record
                .all("birthdate")
                .into_iter()
                .map(|b| match b.attribute("birthdate") {
                    "" => b.attribute("year").to_owned(),
                    day => day.to_owned(),
                })
                .collect(),
            identifiers: record
                .all("identification")
                .into_iter()
                .map(|i| Identifier {
                    kind: i.attribute("identificationTypeCode").to_owned(),
                    value: i.attribute("number").to_owned(),
                })
                .collect(),
            remark: record.child("regulation").map_or("", |r| r.attribute("programme")).to_owned(),
        });
        Ok(())
    })?;
    if !rooted {
        return Err(ImportError::NotThis(Format::EuXml, "no export element".to_owned()));
    }
    report.generated = generated;
    Ok(out)
}

/// Reads the table: one row a name, birth date or number; rows of one logical id are one party.
pub fn read_csv(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let table = Table::read(bytes, b';', &["entity_logicalid", "entity_logical_id"])
        .map_err(|why| ImportError::NotThis(Format::EuCsv, why))?;
    let mut parties: BTreeMap<String, Entity> = BTreeMap::new();
    for (number, row) in table.rows() {
        report.records += 1;
        let id = row.get(&["entity_logicalid", "entity_logical_id"]);
        if id.is_empty() {
            report.skip(format!("{number}"), "没有编号", "no number");
            continue;
        }
        if report.generated.is_none() {
            report.generated = Some(row.get(&["filegenerationdate", "date_file"]).to_owned()).filter(|d| !d.is_empty());
        }
        let entity = parties.entry(id.to_owned()).or_insert_with(|| Entity {
            id: format!("eu-{id}"),
            source: "EU".to_owned(),
            ..Entity::default()
        });
        let kind =
            PartyType::read(row.get(&["entity_subjecttype", "entity_subjecttype_classificationcode", "subject_type"]));
        if kind != PartyType::Unknown {
            entity.r#type = kind;
        }
        entity.names.push(row.get(&["namealias_wholename", "naal_wholename"]).to_owned());
        let born = match row.get(&["birthdate_birthdate", "birt_date"]) {
            "" => row.get(&["birthdate_year", "birt_year"]),
            day => day,
        };
        entity.born.push(born.to_owned());
        entity.countries.push(country(row.get(&["citizenship_countryiso2code", "citi_country"])));
        entity.identifiers.push(Identifier {
            kind: row.get(&["identification_typecode", "iden_type"]).to_owned(),
            value: row.get(&["identification_number", "iden_number"]).to_owned(),
        });
        if entity.remark.is_empty() {
            row.get(&["entity_regulation_programme", "programme"]).clone_into(&mut entity.remark);
        }
    }
    let nameless: Vec<String> =
        parties.iter().filter(|(_, e)| e.names.iter().all(|n| n.trim().is_empty())).map(|(id, _)| id.clone()).collect();
    for id in nameless {
        parties.remove(&id);
        report.skip(id, "没有名称", "no name");
    }
    Ok(parties.into_values().collect())
}

/// `00` stands for "unknown" in these files.
fn country(code: &str) -> String {
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) { code.to_uppercase() } else { String::new() }
}
