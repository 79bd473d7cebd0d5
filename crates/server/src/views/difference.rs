//! What changed in a list between two days, word by word.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::diff::{EntryChange, PointChange};
use yumen_lawbook::{Bilingual, Book, Day};

use super::words::{Piece, pieces};
use super::{CiteView, standing};
use crate::problem::Problem;

/// The difference of a list between two days.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DifferenceView {
    /// The list.
    pub list: String,
    /// Its title.
    pub list_name: Bilingual,
    /// The law of this day is "before".
    pub from: Day,
    /// The law of this day is "after".
    pub to: Day,
    /// The instruments that took effect between the days, with what they declare against what is recorded.
    pub instruments: Vec<TallyView>,
    /// What changed, in order of code.
    pub changes: Vec<ChangeView>,
}

/// Where an instrument can stand that the list prints and does not follow.
const NOT_IN_FORCE: [&str; 3] = ["suspended", "lapsed_unconfirmed", "scheduled"];

/// An instrument's own numbers against what is recorded.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TallyView {
    /// The instrument.
    pub instrument: CiteView,
    /// The edition it makes.
    pub edition: String,
    /// Where the instrument stands on the later day: `in_force`, `suspended`, `lapsed_unconfirmed` …
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// First day of effect.
    pub effective: Day,
    /// Its operations.
    pub operations: Vec<OperationView>,
}

/// Operations of one kind.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OperationView {
    /// `removed`, `added`, `modified`.
    pub operation: String,
    /// `prohibited`, `restricted`, `licence`, or `all`.
    pub control: String,
    /// How many are recorded.
    pub recorded: u32,
    /// How many the instrument declares.
    pub declared: Option<u32>,
}

/// An entry before and after.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangeView {
    /// `added`, `removed`, `modified`, `recoded`, `fate_unknown`.
    pub change: String,
    /// The same in words.
    pub label: Bilingual,
    /// Code before.
    pub code_before: Option<String>,
    /// Code after.
    pub code_after: Option<String>,
    /// Heading.
    pub name: Bilingual,
    /// `prohibited`, `restricted`, `licence`, `unknown`.
    pub control: String,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
    /// The instrument that made the change.
    pub instrument: String,
    /// Where that instrument stands on the later day, where it is not in force: `suspended`, `lapsed_unconfirmed`, `scheduled`.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// Where it says so.
    pub clause: String,
    /// Points that changed.
    pub points: Vec<PointChangeView>,
    /// True where the entry is known to have changed but its new text was not obtained.
    pub text_unknown: bool,
}

/// A point before and after.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PointChangeView {
    /// Its path; empty for the heading.
    pub path: String,
    /// `added`, `removed`, `changed`.
    pub change: String,
    /// Words before.
    pub before: Option<Bilingual>,
    /// Words after.
    pub after: Option<Bilingual>,
    /// Both wordings laid over each other, in Chinese.
    pub words_zh: Vec<Piece>,
    /// The same in English.
    pub words_en: Vec<Piece>,
}

impl DifferenceView {
    /// How many entries changed, in one sentence: those whose heading was seen, and those only reported.
    pub fn sentence(&self) -> Bilingual {
        let declared: u32 = self.instruments.iter().flat_map(|t| &t.operations).filter_map(|o| o.declared).sum();
        let leads = self.changes.iter().filter(|c| c.lead).count();
        let waits = self.changes.iter().filter(|c| !c.status.is_empty() && !c.lead).count();
        let seen = self.changes.len() - leads;
        let (zh, en) = if declared > 0 {
            (format!("公告所称 {declared} 项，"), format!("{declared} changes declared, "))
        } else {
            Default::default()
        };
        let (more_zh, more_en) = if leads > 0 {
            (format!("，另有转述 {leads} 项"), format!(", {leads} more reported by others"))
        } else {
            Default::default()
        };
        let (held_zh, held_en) = if waits > 0 {
            (
                format!("，其中 {waits} 项所据公告并不在施行"),
                format!(", {waits} of them by notices that are not in force"),
            )
        } else {
            Default::default()
        };
        Bilingual::new(
            format!("{zh}本书记载 {seen} 项{held_zh}{more_zh}。"),
            format!("{en}{seen} recorded here{held_en}{more_en}."),
        )
    }
}

impl TallyView {
    /// True where the list does not follow the instrument on the later day.
    pub fn stands_still(&self) -> bool {
        NOT_IN_FORCE.contains(&self.status.as_str())
    }
}

impl ChangeView {
    /// The code to go by.
    pub fn code(&self) -> &str {
        self.code_after.as_deref().or(self.code_before.as_deref()).unwrap_or("")
    }

    /// The code as people read it, both of them where the entry was renumbered.
    pub fn shown(&self) -> Option<String> {
        let seen = |c: &Option<String>| c.as_deref().and_then(super::shown_code).map(str::to_owned);
        match (seen(&self.code_before), seen(&self.code_after)) {
            (Some(b), Some(a)) if a != b => Some(format!("{b} → {a}")),
            (b, a) => a.or(b),
        }
    }

    /// The page of the entry.
    pub fn path(&self) -> String {
        super::entry_path(self.code())
    }
}

/// The difference of a list between two days.
///
/// # Errors
/// Where the days are the wrong way round.
pub fn view(book: &Book, list: &ControlList, from: Day, to: Day) -> Result<DifferenceView, Problem> {
    if to < from {
        return Err(Problem::bad(
            "backwards",
            format!("{to} 早于 {from}：请把较早的日期写在前面。"),
            format!("{to} is before {from}: put the earlier day first."),
        )
        .at("to"));
    }
    let difference = list.difference(from, to);
    let cite = |id: &str| {
        let citation = yumen_lawbook::id::InstrumentId::new(id)
            .map(|instrument| yumen_lawbook::instrument::Citation { instrument, place: String::new() });
        citation.map_or_else(
            || CiteView {
                instrument: id.to_owned(),
                place: String::new(),
                cite: Bilingual::new(id, id),
                anchor: String::new(),
            },
            |c| CiteView::new(book, &c, to),
        )
    };
    Ok(DifferenceView {
        list: difference.list,
        list_name: list.head.name.clone(),
        from,
        to,
        instruments: difference
            .instruments
            .into_iter()
            .map(|t| {
                let act = book.instruments.values().find(|i| i.id.as_str() == t.instrument);
                let (status, standing) =
                    act.map_or_else(|| ("unknown", Bilingual::default()), |a| standing::of(book, a, to));
                TallyView {
                    status: status.to_owned(),
                    standing,
                    instrument: cite(&t.instrument),
                    edition: t.edition,
                    effective: t.effective,
                    operations: t
                        .operations
                        .into_iter()
                        .map(|o| OperationView {
                            operation: o.operation.to_owned(),
                            control: o.control,
                            recorded: o.recorded,
                            declared: o.declared,
                        })
                        .collect(),
                }
            })
            .collect(),
        changes: difference.changes.into_iter().map(|c| waiting(book, change(c), to)).collect(),
    })
}

/// A change with the standing of the notice that made it, where that is not in force.
fn waiting(book: &Book, change: ChangeView, day: Day) -> ChangeView {
    let act = book.instruments.values().find(|i| i.id.as_str() == change.instrument);
    let (status, standing) =
        act.map(|a| standing::of(book, a, day)).filter(|(status, _)| NOT_IN_FORCE.contains(status)).unwrap_or_default();
    ChangeView { status: status.to_owned(), standing, ..change }
}

/// One change, its points laid over each other.
pub fn change(c: EntryChange) -> ChangeView {
    ChangeView {
        change: c.change.to_owned(),
        label: label(c.change),
        code_before: c.code_before,
        code_after: c.code_after,
        name: c.name,
        control: c.control.to_owned(),
        lead: c.lead,
        instrument: c.instrument,
        status: String::new(),
        standing: Bilingual::default(),
        clause: c.clause,
        points: c.points.into_iter().map(point).collect(),
        text_unknown: c.text_unknown,
    }
}

/// What happened to an entry, in a word.
pub fn label(change: &str) -> Bilingual {
    match change {
        "added" => Bilingual::new("新增", "Added"),
        "removed" => Bilingual::new("删除", "Removed"),
        "modified" => Bilingual::new("修改", "Modified"),
        "recoded" => Bilingual::new("重新编号", "Renumbered"),
        _ => Bilingual::new("重新发布后是否保留未记载", "Whether kept by the re-issue is not recorded"),
    }
}

fn point(p: PointChange) -> PointChangeView {
    let change = match (&p.before, &p.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    };
    let words = |get: fn(&Bilingual) -> &str| {
        let of = |t: &Option<Bilingual>| t.as_ref().map(|t| get(t).to_owned()).unwrap_or_default();
        pieces(&of(&p.before), &of(&p.after))
    };
    PointChangeView {
        change: change.to_owned(),
        words_zh: words(|t| &t.zh),
        words_en: words(|t| &t.en),
        path: p.path,
        before: p.before,
        after: p.after,
    }
}
