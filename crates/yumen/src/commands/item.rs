//! A row of a table as a question.

use std::collections::BTreeMap;

use yumen_assess::{LONGEST_TEXT, Question};
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{AsOf, Book, Day};

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

/// What spreadsheets show in a cell that failed.
const EXCEL_ERRORS: &[&str] = &["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"];

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
pub fn question(row: &Row, book: &Book, day: Day) -> Result<Question, Failure> {
    let text = text(row);
    if text.contains('\u{fffd}') || EXCEL_ERRORS.iter().any(|e| text.trim() == *e) {
        return Err(Failure::usage(
            "text",
            format!("描述不可用（{}）：单元格出错，或者文件编码不对。", text.chars().take(20).collect::<String>()),
            format!(
                "The description is damaged ({}): an error in the cell, or another encoding.",
                text.chars().take(20).collect::<String>()
            ),
        ));
    }
    if text.len() > LONGEST_TEXT {
        return Err(
            yumen_assess::QuestionError::TooLong { field: "text", bytes: text.len(), limit: LONGEST_TEXT }.into()
        );
    }
    let code =
        row.first(CODE).map(|c| c.trim().parse()).transpose().map_err(|e| {
            Failure::usage("code", format!("编码无法识别：{e}"), format!("The code cannot be read: {e}"))
        })?;
    let hs = row.first(HS).map(hs).transpose()?;
    let moves = row.first(MOVES).map(moves).transpose()?;
    let parties = PARTY.iter().filter_map(|p| row.values.get(*p)).filter(|p| !p.trim().is_empty()).cloned().collect();
    Ok(Question {
        text,
        code,
        hs,
        parameters: parameters(&row.values, book),
        moves,
        destination: row.first(TO).map(|t| t.trim().to_owned()),
        parties,
        end_use: row.first(USE).unwrap_or_default().to_owned(),
        listed: Vec::new(),
        as_of: AsOf::on(day),
    })
}

/// A customs number as people write it: `8505.11.10`, `8505 1110`. Anything else beside digits is told.
fn hs(written: &str) -> Result<String, Failure> {
    let number: String = written.chars().filter(|c| !matches!(c, '.' | ' ' | '-')).collect();
    if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
        return Err(Failure::usage(
            "hs",
            format!("海关商品编号“{written}”无法识别：应为一个号码。"),
            format!("The customs number \"{written}\" cannot be read: one number is expected."),
        ));
    }
    Ok(number)
}

fn moves(written: &str) -> Result<Moves, Failure> {
    Ok(match written.trim().to_lowercase().as_str() {
        "goods" | "货物" => Moves::Goods,
        "software" | "软件" => Moves::Software,
        "technology" | "技术" => Moves::Technology,
        "service" | "服务" => Moves::Service,
        other => {
            return Err(Failure::usage(
                "moves",
                format!("“{other}”无法识别：应为货物、软件、技术或者服务。"),
                format!("\"{other}\" is not known: goods, software, technology or service is expected."),
            ));
        }
    })
}

/// Columns `param:density` hold parameters, and so do columns that are called as a property of the book is.
fn parameters(values: &BTreeMap<String, String>, book: &Book) -> Vec<(String, String)> {
    let named = values.iter().filter_map(|(column, value)| {
        let name = column.strip_prefix("param:").or_else(|| is_parameter(column, book).then_some(column.as_str()))?;
        Some((name, value))
    });
    named.filter(|(_, v)| !v.trim().is_empty()).map(|(name, value)| (name.trim().to_owned(), value.clone())).collect()
}

fn is_parameter(column: &str, book: &Book) -> bool {
    !is_named(column) && book.property(column).is_some()
}

fn is_named(column: &str) -> bool {
    [TEXT, MORE, CODE, HS, TO, PARTY, USE, MOVES, ID].iter().any(|names| names.contains(&column))
}

/// Columns of a row that nothing was read from: told, so that nobody thinks they counted.
pub fn unread<'r>(row: &'r Row, book: &'r Book) -> impl Iterator<Item = &'r str> {
    let columns = row.values.keys().map(String::as_str);
    columns.filter(|c| !c.is_empty() && !is_named(c) && !c.starts_with("param:") && !is_parameter(c, book))
}

/// True where a row has a column that says what the item is.
pub fn says_what(row: &Row) -> bool {
    row.values.keys().any(|c| [TEXT, MORE, CODE, HS].iter().any(|names| names.contains(&c.as_str())))
}
