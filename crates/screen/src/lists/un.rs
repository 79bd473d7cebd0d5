//! United Nations Security Council consolidated list, XML.

use super::xml::{Node, walk};
use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

/// Reads `CONSOLIDATED_LIST` with its individuals and entities.
pub fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let mut out = Vec::new();
    let mut rooted = false;
    let mut generated = None;
    let records = ["INDIVIDUAL", "ENTITY"];
    let header = |node: &Node| {
        if node.name == "CONSOLIDATED_LIST" {
            rooted = true;
            generated = Some(node.attribute("dateGenerated").to_owned()).filter(|d| !d.is_empty());
        }
    };
    walk(bytes, Format::UnXml, &records, header, |record| {
        report.records += 1;
        let id = record.text_of("DATAID");
        match party(record, id) {
            Some(entity) => out.push(entity),
            None => report.skip(id, "没有编号或名称", "no number or no name"),
        }
        Ok(())
    })?;
    if !rooted {
        return Err(ImportError::NotThis(Format::UnXml, "no CONSOLIDATED_LIST".to_owned()));
    }
    report.generated = generated;
    Ok(out)
}

fn party(record: &Node, id: &str) -> Option<Entity> {
    let person = record.name == "INDIVIDUAL";
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let main = parts.iter().map(|p| record.text_of(p)).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
    let aliases = ["INDIVIDUAL_ALIAS", "ENTITY_ALIAS"].iter().flat_map(|a| record.all(a));
    let names: Vec<String> = std::iter::once(main)
        .chain(std::iter::once(record.text_of("NAME_ORIGINAL_SCRIPT").to_owned()))
        .chain(aliases.map(|a| a.text_of("ALIAS_NAME").to_owned()))
        .filter(|n| !n.trim().is_empty())
        .collect();
    if id.is_empty() || names.is_empty() {
        return None;
    }
    let born = record
        .all("INDIVIDUAL_DATE_OF_BIRTH")
        .into_iter()
        .flat_map(|d| {
            ["DATE", "YEAR", "FROM_YEAR", "TO_YEAR"].map(|f| d.text_of(f).chars().take(10).collect::<String>())
        })
        .filter(|d| !d.is_empty())
        .collect();
    let identifiers = record
        .all("INDIVIDUAL_DOCUMENT")
        .into_iter()
        .map(|d| Identifier { kind: d.text_of("TYPE_OF_DOCUMENT").to_owned(), value: d.text_of("NUMBER").to_owned() })
        .collect();
    Some(Entity {
        id: format!("un-{id}"),
        source: format!("UN/{}", record.text_of("UN_LIST_TYPE")),
        r#type: if person { PartyType::Person } else { PartyType::Organisation },
        names,
        born,
        identifiers,
        remark: record.text_of("REFERENCE_NUMBER").to_owned(),
        ..Entity::default()
    })
}
