//! A row of a table as a question.

use std::collections::BTreeMap;

use yumen_assess::{LONGEST_TEXT, Question};
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{AsOf, Day};

use crate::failure::Failure;
use crate::tables::Row;

/// Columns by which people name things, in either language.
const TEXT: &[&str] = &[
    "text",
    "description",
    "item",
    "goods",
    "name",
    "货物描述",
    "品名",
    "货物名称",
    "物项",
    "技术名称",
    "描述",
    "商品名称",
];
const MORE: &[&str] = &["specification", "specs", "规格型号", "规格", "申报要素", "技术参数"];
const CODE: &[&str] = &["code", "control code", "管制编码", "管制代码"];
const HS: &[&str] = &["hs", "hs code", "hscode", "商品编号", "海关商品编号", "税号", "hs编码"];
const TO: &[&str] = &["to", "destination", "country", "目的国", "目的国（地区）", "最终目的国", "国家"];
const PARTY: &[&str] =
    &["party", "consignee", "customer", "end user", "end_user", "buyer", "收货人", "客户", "最终用户", "境外收货人"];
const USE: &[&str] = &["end use", "end_use", "use", "用途", "最终用途"];
const MOVES: &[&str] = &["moves", "kind", "种类"];
const ID: &[&str] = &["id", "no", "number", "sku", "part number", "编号", "序号", "料号"];

/// What people call the row.
pub fn id(row: &Row) -> String {
    row.first(ID).map_or_else(|| row.number.to_string(), ToOwned::to_owned)
}

/// What the row says it is.
pub fn text(row: &Row) -> String {
    let parts: Vec<&str> = [row.first(TEXT), row.first(MORE)].into_iter().flatten().collect();
    parts.join("，")
}

/// The row as a question about the law of a day.
pub fn question(row: &Row, day: Day) -> Result<Question, Failure> {
    let text = text(row);
    if text.len() > LONGEST_TEXT {
        return Err(
            yumen_assess::QuestionError::TooLong { field: "text", bytes: text.len(), limit: LONGEST_TEXT }.into()
        );
    }
    let code =
        row.first(CODE).map(|c| c.trim().parse()).transpose().map_err(|e| {
            Failure::usage("code", format!("编码无法识别：{e}"), format!("The code cannot be read: {e}"))
        })?;
    let hs =
        row.first(HS).map(|h| h.chars().filter(char::is_ascii_digit).collect::<String>()).filter(|h| !h.is_empty());
    let moves = row.first(MOVES).and_then(|m| match m.trim().to_lowercase().as_str() {
        "goods" | "货物" => Some(Moves::Goods),
        "software" | "软件" => Some(Moves::Software),
        "technology" | "技术" => Some(Moves::Technology),
        "service" | "服务" => Some(Moves::Service),
        _ => None,
    });
    let parties = PARTY.iter().filter_map(|p| row.values.get(*p)).filter(|p| !p.trim().is_empty()).cloned().collect();
    Ok(Question {
        text,
        code,
        hs,
        parameters: parameters(&row.values),
        moves,
        destination: row.first(TO).map(|t| t.trim().to_owned()),
        parties,
        end_use: row.first(USE).unwrap_or_default().to_owned(),
        listed: Vec::new(),
        as_of: AsOf::on(day),
    })
}

/// Columns `param:density` hold parameters.
fn parameters(values: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let named = values.iter().filter_map(|(column, value)| Some((column.strip_prefix("param:")?, value)));
    named.filter(|(_, v)| !v.trim().is_empty()).map(|(name, value)| (name.trim().to_owned(), value.clone())).collect()
}
