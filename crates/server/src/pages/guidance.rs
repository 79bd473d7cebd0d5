//! Guidance: what there is, and one piece with what it rests on.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;

use super::{Shown, show};
use crate::guidance::{Cite, Piece};
use crate::problem::Problem;
use crate::views;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "guidance.html")]
struct List<'p> {
    v: &'p Visit,
    section: &'static str,
    groups: Vec<(&'static str, Vec<&'p Piece>)>,
}

/// Needs that bring people here, in the order they are shown; a piece stands under the first that it names.
const NEEDS: &[(&str, &str, &str)] = &[
    ("basics", "先看这里", "Start here"),
    ("sectors", "按行业", "By trade"),
    ("licences", "申请许可和登记", "Licences and registration"),
    ("customs", "报关", "At customs"),
    ("abroad", "境外和外国用户", "Abroad, and foreign users"),
    ("parties", "名单中的当事方", "Listed parties"),
    ("compliance", "内部合规", "Compliance at home"),
    ("enforcement", "检查和处罚", "Inspection and penalties"),
    ("reference", "参考", "Reference"),
];

/// Every piece, by the need it answers.
pub async fn list(v: Visit) -> Shown {
    let mut all = v.app.guidance.pieces(v.lang);
    let mut groups = Vec::new();
    for (topic, zh, en) in NEEDS {
        let (mine, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|p| p.topics.iter().any(|t| t == topic));
        groups.push((v.t(zh, en), mine));
        all = rest;
    }
    groups.push((v.t("其他", "Others"), all));
    groups.retain(|(_, pieces)| !pieces.is_empty());
    show(&List { v: &v, section: "guidance", groups })
}

#[derive(Template)]
#[template(path = "piece.html")]
struct One<'p> {
    v: &'p Visit,
    section: &'static str,
    p: &'p Piece,
    cites: Vec<(String, String)>,
}

/// One piece.
pub async fn piece(v: Visit, Path(slug): Path<String>) -> Shown {
    let p = find(&v, &slug)?;
    let mut cites: Vec<(String, String)> = p.cites.iter().map(|c| cited(&v, c)).collect();
    let mut seen = BTreeSet::new();
    cites.retain(|(_, text)| seen.insert(text.clone()));
    show(&One { v: &v, section: "guidance", p, cites })
}

/// A piece in the language of the visit.
pub fn find<'v>(v: &'v Visit, slug: &str) -> Result<&'v Piece, Problem> {
    v.app.guidance.piece(slug, v.lang).ok_or_else(|| {
        let slug = crate::problem::shown(slug);
        Problem::missing("unknown_piece", format!("没有指南“{slug}”。"), format!("There is no piece “{slug}”."))
    })
}

/// The page a citation leads to, and its words.
fn cited(v: &Visit, cite: &Cite) -> (String, String) {
    let book = v.book();
    match cite {
        Cite::Article { instrument, article } => {
            let citation = yumen_lawbook::id::InstrumentId::new(instrument)
                .map(|instrument| yumen_lawbook::instrument::Citation { instrument, place: article.clone() });
            let text = citation.map_or_else(|| instrument.clone(), |c| v.say(&book.cite(&c, v.day)).to_owned());
            let path = yumen_lawbook::id::InstrumentId::new(instrument).map_or_else(
                || views::instrument_path(instrument),
                |instrument| {
                    let citation = yumen_lawbook::instrument::Citation { instrument, place: article.clone() };
                    views::CiteView::new(book, &citation, v.day).path()
                },
            );
            (path, text)
        }
        Cite::Entry { list, entry } => {
            let name = book.list(list).map_or_else(|| list.clone(), |l| v.say(&l.head.short).to_owned());
            (views::entry_path(entry), format!("{name} {entry}"))
        }
        Cite::Measure { measure } => {
            let found = book.measures.get(measure.as_str());
            let path = found.map_or_else(|| "/measures".to_owned(), |m| views::instrument_path(m.instrument.as_str()));
            let act = found.and_then(|m| book.instruments.get(&m.instrument));
            let name = found.map_or_else(|| measure.clone(), |m| v.say(&m.name).to_owned());
            (path, act.map_or_else(|| name.clone(), |a| format!("{}{}{name}", v.say(&a.short), v.t("：", ": "))))
        }
        Cite::Procedure { procedure } => {
            let found = book.procedures.get(procedure.as_str());
            (format!("/procedures/{procedure}"), found.map_or_else(|| procedure.clone(), |p| v.say(&p.name).to_owned()))
        }
        Cite::Clock { clock } => {
            let found = book.timer(clock);
            (
                format!("/clock?timer={}", views::escaped(clock)),
                found.map_or_else(|| clock.clone(), |t| v.say(&t.name).to_owned()),
            )
        }
    }
}
