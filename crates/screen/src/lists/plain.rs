//! Any table with a column of names: a firm's own list.

use super::table::Table;
use super::{Format, ImportError, Report};
use crate::entity::{Entity, Identifier, PartyType};

/// Columns of names.
const NAME: &[&str] = &["name", "名称", "姓名", "企业名称", "party"];

/// Reads the table. Columns: name, also (other names, `;` between), id, type, country, born, identifier, remark; Chinese names too.
pub fn read(bytes: &[u8], report: &mut Report) -> Result<Vec<Entity>, ImportError> {
    let table = Table::read(bytes, b',', NAME).map_err(|why| ImportError::NotThis(Format::Csv, why))?;
    let mut out = Vec::new();
    for (number, row) in table.rows() {
        report.records += 1;
        let name = row.get(NAME);
        if name.is_empty() {
            report.skip(format!("{number}"), "没有名称", "no name");
            continue;
        }
        let list = |columns: &[&str]| -> Vec<String> {
            row.get(columns).split([';', '；']).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect()
        };
        let id = row.get(&["id", "编号"]);
        out.push(Entity {
            id: if id.is_empty() { format!("{number:06}") } else { id.to_owned() },
            source: row.get(&["source", "来源"]).to_owned(),
            r#type: PartyType::read(row.get(&["type", "类型"])),
            names: std::iter::once(name.to_owned()).chain(list(&["also", "aliases", "别名"])).collect(),
            countries: list(&["country", "国家"]).into_iter().map(|c| c.to_uppercase()).collect(),
            born: list(&["born", "dob", "出生日期"]),
            identifiers: list(&["identifier", "number", "证件号"])
                .into_iter()
                .map(|value| Identifier { kind: String::new(), value })
                .collect(),
            remark: row.get(&["remark", "备注"]).to_owned(),
        });
    }
    Ok(out)
}
