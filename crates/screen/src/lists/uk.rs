//! UK sanctions list, XML and CSV.

use std::collections::BTreeMap;

use super::table::Table;
use super::xml::{Node, walk};
use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

/// Reads `Designations`.
pub fn read_xml(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let mut out = Vec::new();
    let (mut rooted, mut generated) = (false, None);
    let header = |node: &Node| {
        rooted |= node.name == "Designations";
        if node.name == "DateGenerated" && !node.text.trim().is_empty() {
            generated = Some(node.text.trim().to_owned());
        }
    };
    walk(bytes, Format::UkXml, &["Designation"], header, |record| {
        report.records += 1;
        let id = record.text_of("UniqueID");
        let mut names: Vec<String> = Vec::new();
        for name in
            record.all("Name").into_iter().filter(|n| n.child("NameType").is_some() || n.child("Name6").is_some())
        {
            names.push(joined(["Name1", "Name2", "Name3", "Name4", "Name5", "Name6"].map(|p| name.text_of(p))));
        }
        names.extend(record.all("NameNonLatinScript").into_iter().map(|n| n.text.trim().to_owned()));
        names.retain(|n| !n.is_empty());
        if id.is_empty() || names.is_empty() {
            report.skip(id, "没有编号或名称", "no number or no name");
            return Ok(());
        }
        let mut identifiers = Vec::new();
        for (field, kind) in [
            ("PassportNumber", "passport"),
            ("NationalIdentifierNumber", "national id"),
            ("IMONumber", "IMO"),
            ("BusinessRegistrationNumber", "registration"),
        ] {
            identifiers.extend(
                record
                    .all(field)
                    .into_iter()
                    .map(|n| Identifier { kind: kind.to_owned(), value: n.text.trim().to_owned() }),
            );
        }
        out.push(Entity {
            id: format!("uk-{id}"),
            source: "UK".to_owned(),
            r#type: PartyType::read(record.text_of("IndividualEntityShip")),
            names,
            born: record.all("DOB").into_iter().map(|d| day(d.text.trim())).collect(),
            identifiers,
            remark: record.text_of("RegimeName").to_owned(),
            ..Entity::default()
        });
        Ok(())
    })?;
    if !rooted {
        return Err(ImportError::NotThis(Format::UkXml, "no Designations".to_owned()));
    }
    report.generated = generated;
    Ok(out)
}

/// Reads the table: one row a name, rows of one number are one party.
pub fn read_csv(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let table =
        Table::read(bytes, b',', &["unique id", "group id"]).map_err(|why| ImportError::NotThis(Format::UkCsv, why))?;
    report.generated.clone_from(&table.before);
    let mut parties: BTreeMap<String, Entity> = BTreeMap::new();
    for (number, row) in table.rows() {
        report.records += 1;
        let id = row.get(&["unique id", "group id"]);
        let parts = ["name 1", "name 2", "name 3", "name 4", "name 5", "name 6"].map(|p| row.get(&[p]));
        let name = joined(parts);
        if id.is_empty() || name.is_empty() {
            report.skip(format!("{number}"), "没有编号或名称", "no number or no name");
            continue;
        }
        let entity = parties.entry(id.to_owned()).or_insert_with(|| Entity {
            id: format!("uk-{id}"),
            source: "UK".to_owned(),
            r#type: PartyType::read(row.get(&["designation type", "group type", "individual, entity, ship"])),
            remark: row.get(&["regime name", "regime"]).to_owned(),
            ..Entity::default()
        });
        let primary = row.get(&["name type", "alias type"]).to_lowercase().starts_with("primary");
        let at = if primary { 0 } else { entity.names.len() };
        entity.names.insert(at, name);
        entity.names.push(row.get(&["name non-latin script"]).to_owned());
        entity.born.push(day(row.get(&["d.o.b", "dob"])));
        for (field, kind) in
            [("passport number", "passport"), ("imo number", "IMO"), ("national identifier number", "national id")]
        {
            let value = row.get(&[field]).to_owned();
            entity.identifiers.push(Identifier { kind: kind.to_owned(), value });
        }
    }
    Ok(parties.into_values().collect())
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// 02/05/1960 as 1960-05-02; unknown parts (dd, mm, 00) are left out.
fn day(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let known = |p: &str| p.parse::<u16>().is_ok_and(|n| n > 0);
    match parts[..] {
        [d, m, y] if known(y) && known(m) && known(d) => format!("{y}-{m:0>2}-{d:0>2}"),
        [_, m, y] if known(y) && known(m) => format!("{y}-{m:0>2}"),
        [_, _, y] if known(y) => y.to_owned(),
        _ => text.to_owned(),
    }
}
