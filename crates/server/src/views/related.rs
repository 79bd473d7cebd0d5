//! What bears on an entry beside its own words: the meaning of its number, official answers, other regimes, procedures.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::code::Code;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{Bilingual, Book, Day};

use super::{CiteView, Known, group};

/// An official statement of what is not covered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExclusionView {
    /// Its name in the book.
    pub id: String,
    /// What it says, in our words.
    pub text: Bilingual,
    /// Its condition or limit.
    pub condition: Bilingual,
    /// True where the official words are "in general".
    pub hedged: bool,
    /// Where it stands.
    pub cite: CiteView,
    /// How it is known.
    pub known: Known,
}

/// A procedure by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProcedureRef {
    /// Its name in the book.
    pub id: String,
    /// What it is called.
    pub name: Bilingual,
}

/// What the signs of a code mean.
pub fn meaning(code: &Code) -> Vec<Bilingual> {
    let sign = |s: &str, what: Bilingual| Bilingual::new(format!("{s}：{}", what.zh), format!("{s}: {}", what.en));
    match code {
        Code::Control(code) => {
            let signs: Vec<char> = code.entry().chars().collect();
            let at = |i: usize| signs.get(i).map(ToString::to_string).unwrap_or_default();
            let mut all = vec![sign(&at(0), code.industry()), sign(&at(1), group::kind(code.item_type()))];
            all.extend(code.reason().map(|r| sign(&at(2), r)));
            all
        }
        Code::Catalogue(code) => {
            let list = if code.is_prohibited() {
                sign("J", Bilingual::new("禁止出口部分", "the prohibited part"))
            } else {
                sign("X", Bilingual::new("限制出口部分", "the restricted part"))
            };
            vec![
                sign(code.edition_tag(), Bilingual::new("编入年份标记", "tag of the year it was entered")),
                sign(code.division(), Bilingual::new("行业分类", "industry division")),
                list,
            ]
        }
        Code::Notice(_) => vec![Bilingual::new("公告编号、年份和项次", "number and year of the notice, and its item")],
        Code::Unseen(_) => vec![Bilingual::new("官方编号未见", "the official number was not seen")],
    }
}

/// True where `named` is the entry, one of its points, or a code above it.
pub fn concerns(named: &str, codes: &BTreeSet<String>) -> bool {
    codes.iter().any(|code| {
        let below =
            |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '#']));
        below(named, code) || below(code, named)
    })
}

/// Official statements about the entry, those that name it first.
pub fn exclusions(book: &Book, list: &ControlList, codes: &BTreeSet<String>, day: Day) -> Vec<ExclusionView> {
    let holds = |x: &&Exclusion| x.until.is_none_or(|until| day <= until) && x.published.is_none_or(|from| from <= day);
    let about = |x: &&Exclusion| {
        x.entries.iter().chain(&x.nearest).any(|e| concerns(e, codes))
            || (x.entries.is_empty() && x.lists.contains(&list.head.id))
    };
    let mut found: Vec<&Exclusion> = book.exclusions.iter().filter(holds).filter(about).collect();
    // What names the entry stands before what is said of the whole list.
    found.sort_by_key(|x| x.entries.is_empty());
    found
        .into_iter()
        .map(|x| ExclusionView {
            id: x.id.to_string(),
            text: x.text.clone(),
            condition: x.condition.clone(),
            hedged: x.hedged,
            cite: CiteView::new(book, &x.at, day),
            known: x.verification.into(),
        })
        .collect()
}

/// Procedures that follow from the entry.
pub fn procedures(book: &Book, list: &ControlList, v: &Version, day: Day) -> Vec<ProcedureRef> {
    let usual = || list.head.procedures.get(v.entry.control.as_str()).cloned().unwrap_or_default();
    let ids = v.entry.procedure.as_ref().map_or_else(usual, |own| vec![own.to_string()]);
    ids.iter()
        .filter_map(|id| book.procedures.get(id.as_str()))
        .filter(|p| p.applies(day))
        .map(|p| ProcedureRef { id: p.id.to_string(), name: p.name.clone() })
        .collect()
}
