//! METI's foreign end user list, as a table saved from the published one: number, country, name, other names.

use super::table::Table;
use super::{Format, ImportError, Report};
use crate::entity::{Entity, PartyType};

/// Reads the table, with Japanese or English headings.
pub fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let table = Table::read(bytes, b',', &["company or organization", "企業名、組織名", "company"])
        .map_err(|why| ImportError::NotThis(Format::Meti, why))?;
    let mut out = Vec::new();
    for (number, row) in table.rows() {
        report.records += 1;
        let name = row.get(&["company or organization", "企業名、組織名", "company"]);
        if name.is_empty() {
            report.skip(format!("{number}"), "没有名称", "no name");
            continue;
        }
        let listed = row.get(&["no.", "no", "番号"]);
        let other = row.get(&["also known as", "別名"]);
        // Other names stand in one cell, one a line, with a dot before each.
        let others = other.split(['\n', '\r']).map(|n| n.trim_start_matches(['・', '-', '•', ' ']).trim().to_owned());
        out.push(Entity {
            id: format!("jp-{}", if listed.is_empty() { number.to_string() } else { listed.to_owned() }),
            source: "JP/EUL".to_owned(),
            r#type: PartyType::Organisation,
            names: std::iter::once(name.to_owned()).chain(others.filter(|n| !n.is_empty())).collect(),
            remark: row.get(&["type of wmd", "懸念区分"]).to_owned(),
            ..Entity::default()
        });
    }
    Ok(out)
}
