//! An entry with its whole life: every version across editions and numbers, what each amendment changed, and everything that bears
//! on it on a day.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::entry::{Children, Point};
use yumen_lawbook::list::history::{Ending, Version};
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::measure::ClauseView;
use super::regime::{Counterpart, counterparts};
use super::related::{ExclusionView, ProcedureRef, exclusions, meaning, procedures};
use super::words::{ConditionView, Piece, conditions, pieces};
use super::{CiteView, Known, list::EntryLine};
use crate::problem::Problem;

/// An entry on a day, with its life.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryView {
    /// The day of the law.
    pub as_of: Day,
    /// The code it was asked by.
    pub asked: String,
    /// The entry as it stands on the day; the last or first version where none stands.
    pub entry: EntryLine,
    /// The list.
    pub list_name: Bilingual,
    /// What the signs of the code mean.
    pub meaning: Vec<Bilingual>,
    /// All versions, oldest first.
    pub versions: Vec<VersionView>,
    /// Which of them speaks on the day.
    pub speaking: usize,
    /// Every code the entry ever had; codes of drafts are none.
    pub codes: Vec<String>,
    /// Official statements of what is not covered, and official answers.
    pub exclusions: Vec<ExclusionView>,
    /// Related entries of other regimes.
    pub counterparts: Vec<Counterpart>,
    /// Customs numbers given for reference. They never decide.
    pub hs: Vec<String>,
    /// Clauses that name the entry.
    pub measures: Vec<ClauseView>,
    /// Clauses about the whole list.
    pub list_measures: Vec<ClauseView>,
    /// Procedures that follow.
    pub procedures: Vec<ProcedureRef>,
    /// Other entries that carried the code.
    pub others: Vec<EntryLine>,
}

impl EntryView {
    /// Codes it had before the one it has, as people read them.
    pub fn former(&self) -> Vec<&str> {
        self.codes.iter().filter(|c| **c != self.entry.code).filter_map(|c| super::shown_code(c)).collect()
    }

    /// What an office said of what is not covered, and what is only our reading.
    pub fn said(&self) -> [Vec<&ExclusionView>; 2] {
        let (official, ours) = self.exclusions.iter().partition(|x| x.known.is_official());
        [official, ours]
    }

    /// True where nothing can be applied for: the entry may not be exported.
    pub fn is_prohibited(&self) -> bool {
        self.entry.control == "prohibited"
    }
}

/// One version of an entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VersionView {
    /// The code in this edition.
    pub code: String,
    /// The edition.
    pub edition: String,
    /// The instrument.
    pub instrument: CiteView,
    /// Where the instrument speaks of it.
    pub clause: String,
    /// Day of publication.
    pub published: Day,
    /// First day of effect.
    pub from: Day,
    /// Last day of effect.
    pub until: Option<Day>,
    /// How it ended: `removed`, `changed`, `fate_unknown`, `draft_closed`.
    pub ending: Option<String>,
    /// Where it stands on the day.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// `prohibited`, `restricted`, `licence`, `unknown`.
    pub control: String,
    /// The same in words.
    pub control_label: Bilingual,
    /// The heading.
    pub name: Bilingual,
    /// True where the Chinese heading is a working name.
    pub working_name: bool,
    /// True for a line of a draft.
    pub draft: bool,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
    /// `heading`, `partial`, `complete`.
    pub recorded: String,
    /// The same in words, with the number of points the official text has where that is known.
    pub recorded_label: Bilingual,
    /// The points, in official order.
    pub points: Vec<PointView>,
    /// Points of the version before that are gone.
    pub gone: Vec<PointView>,
    /// What the version did to the one before, in a word; empty for the first.
    pub change: Bilingual,
    /// How the heading is known.
    pub known: Known,
    /// Where secondary facts were read.
    pub sources: Vec<SourceView>,
    /// Our remarks.
    pub remark: Bilingual,
}

/// A control point.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PointView {
    /// Its path; empty for the heading.
    pub path: String,
    /// Its full code, where the scheme writes one.
    pub code: String,
    /// How deep it stands, 0 for points directly below the entry.
    pub depth: usize,
    /// The recorded words.
    pub text: Bilingual,
    /// `added`, `changed`, `removed`, or nothing where the version before reads the same.
    pub change: Option<String>,
    /// The words of the version before laid over these, in Chinese.
    pub words_zh: Vec<Piece>,
    /// The same in English.
    pub words_en: Vec<Piece>,
    /// Its typed conditions.
    pub conditions: Vec<ConditionView>,
    /// `items`, `all`, `any`: how its children belong together.
    pub children: String,
    /// Customs numbers given for reference.
    pub hs: Vec<String>,
    /// Official notes.
    pub note: Bilingual,
    /// A number kept free.
    pub reserved: bool,
    /// True where only part of the wording is known.
    pub cut: bool,
    /// True where only the topic was seen.
    pub topic: bool,
    /// How the wording is known.
    pub known: Known,
}

/// A place where a secondary fact was read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SourceView {
    /// Its key.
    pub key: String,
    /// Its address; may be empty.
    pub url: String,
    /// What it is, in English.
    pub about: String,
    /// What it is, in both languages.
    pub text: Bilingual,
}

/// The entry that ever carried a code, on a day.
///
/// # Errors
/// Where the code is none, or no list ever held it.
pub fn view(book: &Book, code: &str, day: Day) -> Result<EntryView, Problem> {
    let unknown = |nearest: Vec<String>| {
        Problem::missing("unknown_code", String::new(), String::new()).at("code").with_nearest(code, &nearest)
    };
    let parsed: Code = code.parse().map_err(|_| unknown(Vec::new()))?;
    let mut lives = book.lives_of(&parsed);
    if lives.is_empty() {
        return Err(unknown(nearest(book, &parsed)));
    }
    // Of several entries that carried the number, the one that stands on the day is meant; then the youngest.
    lives.sort_by_key(|(list, life)| {
        let stands = list.history.life(*life).any(|v| !v.draft && v.holds(day));
        let youngest = list.history.life(*life).map(|v| v.from).max();
        (!stands, std::cmp::Reverse(youngest))
    });
    let (list, life) = lives[0];
    let others = lives[1..]
        .iter()
        .filter_map(|(l, life)| Some(EntryLine::new(book, l, speaking(l, *life, day)?, AsOf::on(day))))
        .collect();
    let current = speaking(list, life, day).ok_or_else(|| unknown(Vec::new()))?;
    let versions = versions(book, list, life, day);
    let speaking = list.history.life(life).position(|v| std::ptr::eq(v, current)).unwrap_or(0);
    let codes: BTreeSet<String> = list.history.life(life).map(|v| v.entry.code.to_string()).collect();
    let ever: BTreeSet<String> =
        list.history.life(life).filter(|v| !v.draft).map(|v| v.entry.code.to_string()).collect();
    let ever = ever.into_iter().collect();
    let (measures, list_measures) = super::measure::about(book, list, &codes, day);
    let hs: BTreeSet<String> = current.entry.points.iter().flat_map(|p| p.hs.iter().cloned()).collect();
    Ok(EntryView {
        as_of: day,
        asked: code.to_owned(),
        entry: EntryLine::new(book, list, current, AsOf::on(day)),
        list_name: list.head.name.clone(),
        meaning: meaning(&current.entry.code),
        speaking,
        exclusions: exclusions(book, list, &codes, day),
        counterparts: counterparts(book, &current.entry.code),
        hs: hs.into_iter().collect(),
        measures,
        list_measures,
        procedures: procedures(book, list, current, day),
        codes: ever,
        versions,
        others,
    })
}

/// Codes that look like the one asked for.
fn nearest(book: &Book, code: &Code) -> Vec<String> {
    let wanted = code.to_string();
    let codes: BTreeSet<String> =
        book.lists.values().flat_map(|l| l.history.versions()).map(|v| v.entry.code.to_string()).collect();
    let mut near: Vec<(usize, String)> = codes.into_iter().map(|c| (strsim::osa_distance(&wanted, &c), c)).collect();
    near.sort();
    near.into_iter().filter(|(d, _)| *d <= 2).take(3).map(|(_, c)| c).collect()
}

/// The version that speaks on a day: the one that holds, else the last before, else the first after; a draft only where there is
/// nothing else.
pub fn speaking(list: &ControlList, life: usize, day: Day) -> Option<&Version> {
    let lived = || list.history.life(life).filter(|v| !v.draft);
    lived()
        .filter(|v| v.holds(day))
        .last()
        .or_else(|| lived().filter(|v| v.from <= day).max_by_key(|v| v.from))
        .or_else(|| lived().min_by_key(|v| v.from))
        .or_else(|| list.history.life(life).last())
}

fn versions(book: &Book, list: &ControlList, life: usize, day: Day) -> Vec<VersionView> {
    let mut before: Option<&Version> = None;
    let mut views = Vec::new();
    for version in list.history.life(life) {
        views.push(one(book, version, before, day));
        // A draft is compared with the law of its time and changes nothing itself.
        if !version.draft {
            before = Some(version);
        }
    }
    views
}

fn one(book: &Book, v: &Version, before: Option<&Version>, day: Day) -> VersionView {
    let standing = book.standing(v, AsOf::on(day));
    let points: Vec<PointView> =
        v.entry.points.iter().filter(|p| !p.path.is_empty()).map(|p| point(book, v, p, before)).collect();
    let gone = match before {
        // Between editions issued anew the numbers of points may move: only an amendment says that one is gone.
        Some(b) if b.entry.code == v.entry.code && !v.touched.is_empty() => {
            let held: Vec<&Point> =
                b.entry.points.iter().filter(|p| !p.path.is_empty() && v.entry.point(&p.path).is_none()).collect();
            held.into_iter()
                .map(|p| PointView { change: Some("removed".to_owned()), ..point(book, b, p, None) })
                .collect()
        }
        _ => Vec::new(),
    };
    let sources: BTreeSet<&String> =
        v.entry.source.iter().chain(v.entry.points.iter().flat_map(|p| &p.source)).collect();
    let citation = yumen_lawbook::instrument::Citation { instrument: v.instrument.clone(), place: String::new() };
    let ending = v.end.as_ref().map(|(_, e)| match e {
        Ending::Removed(_) => "removed",
        Ending::Changed(_) => "changed",
        Ending::FateUnknown(_) => "fate_unknown",
        Ending::DraftClosed => "draft_closed",
    });
    VersionView {
        code: v.entry.code.to_string(),
        edition: v.edition.to_string(),
        instrument: CiteView::new(book, &citation, day),
        clause: v.entry.clause.clone(),
        published: v.published,
        from: v.from,
        until: v.end.as_ref().map(|(last, _)| *last),
        ending: ending.map(str::to_owned),
        status: standing.as_str().to_owned(),
        standing: standing.label(),
        control: v.entry.control.as_str().to_owned(),
        control_label: v.entry.control.label(),
        name: v.entry.name.clone(),
        working_name: v.entry.working_name,
        draft: v.draft,
        lead: v.entry.lead,
        recorded: recorded(v).to_owned(),
        recorded_label: recorded_label(v),
        change: change(v, before, &points, &gone),
        points,
        gone,
        known: v.entry.verification.into(),
        sources: sources
            .into_iter()
            .filter_map(|key| book.provenance.get(key))
            .map(|p| SourceView {
                key: p.key.clone(),
                url: p.url.clone(),
                about: p.about.en.clone(),
                text: p.about.clone(),
            })
            .collect(),
        remark: v.entry.remark.clone(),
    }
}

fn recorded(v: &Version) -> &'static str {
    use yumen_lawbook::list::entry::Recorded;
    match v.entry.recorded {
        Recorded::Heading => "heading",
        Recorded::Partial => "partial",
        Recorded::Complete => "complete",
    }
}

fn recorded_label(v: &Version) -> Bilingual {
    let held = v.entry.points.len() - 1;
    let of = v
        .entry
        .declared_points
        .map_or_else(Bilingual::default, |n| Bilingual::new(format!(" / {n}"), format!(" of {n}")));
    match recorded(v) {
        "complete" => Bilingual::new("要点记载完整", "points recorded in full"),
        "partial" => Bilingual::new(format!("要点记载 {held}{} 个", of.zh), format!("{held}{} points recorded", of.en)),
        _ => Bilingual::new("仅记载标题，要点未取得", "heading only; the points were not obtained"),
    }
}

/// What a version did to the one before.
fn change(v: &Version, before: Option<&Version>, points: &[PointView], gone: &[PointView]) -> Bilingual {
    let Some(before) = before else { return Bilingual::default() };
    if v.draft {
        return Bilingual::new("草案，非法律", "draft, not law");
    }
    let count = |what: &str| points.iter().filter(|p| p.change.as_deref() == Some(what)).count();
    let (added, changed, removed) = (count("added"), count("changed"), gone.len());
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if v.entry.code != before.entry.code {
        let (old, new) = (before.entry.code.to_string(), v.entry.code.to_string());
        match (super::shown_code(&old), super::shown_code(&new)) {
            (Some(old), Some(new)) => {
                zh.push(format!("{old} 改编为 {new}"));
                en.push(format!("renumbered from {old} to {new}"));
            }
            (Some(old), None) => {
                zh.push(format!("由 {old} 改编，新编号未见"));
                en.push(format!("renumbered from {old}; the new number was not seen"));
            }
            (None, Some(new)) => {
                zh.push(format!("编为 {new}，原编号未见"));
                en.push(format!("numbered {new}; the number before was not seen"));
            }
            (None, None) => {}
        }
    }
    if v.entry.name != before.entry.name {
        zh.push("标题变更".to_owned());
        en.push("heading changed".to_owned());
    }
    for (n, z, e) in [(added, "新增", "added"), (changed, "修改", "changed"), (removed, "删除", "removed")] {
        if n > 0 {
            zh.push(format!("{z}要点 {n} 个"));
            en.push(format!("{n} {} {e}", if n == 1 { "point" } else { "points" }));
        }
    }
    if zh.is_empty() {
        return Bilingual::new("所记载的文字未变", "the recorded words did not change");
    }
    Bilingual::new(zh.join("，"), en.join(", "))
}

fn point(book: &Book, v: &Version, p: &Point, before: Option<&Version>) -> PointView {
    // Points are compared with those of the same number only within one code, where an amendment keeps the numbers.
    let comparable = before.filter(|b| !v.draft && b.entry.code == v.entry.code);
    let old = comparable.and_then(|b| b.entry.point(&p.path));
    let reworded = old.is_some_and(|o| differs(&o.text, &p.text));
    let change = match (comparable, old) {
        // An entry of which only the heading was known tells nothing about its points.
        (Some(b), None) if b.entry.points.len() > 1 || v.touched.contains(&p.path) => Some("added"),
        (Some(_), Some(_)) if reworded => Some("changed"),
        _ => None,
    };
    let words = |get: fn(&Bilingual) -> &str| match old {
        Some(old) if reworded => pieces(get(&old.text), get(&p.text)),
        _ => Vec::new(),
    };
    PointView {
        path: p.path.clone(),
        code: v.entry.code.with_path(&p.path),
        depth: p.path.matches('.').count(),
        text: p.text.clone(),
        change: change.map(str::to_owned),
        words_zh: words(|t| &t.zh),
        words_en: words(|t| &t.en),
        conditions: conditions(book, p.when.as_ref()),
        children: match p.children {
            Children::Items => "items",
            Children::All => "all",
            Children::Any => "any",
        }
        .to_owned(),
        hs: p.hs.clone(),
        note: p.note.clone(),
        reserved: p.reserved,
        cut: p.cut,
        topic: p.topic,
        known: p.verification.unwrap_or(v.entry.verification).into(),
    }
}

/// True where one of two wordings that both editions hold reads otherwise: a translation that is new is no change of law.
fn differs(before: &Bilingual, after: &Bilingual) -> bool {
    let apart = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    if before.zh.is_empty() || after.zh.is_empty() { apart(&before.en, &after.en) } else { before.zh != after.zh }
}
