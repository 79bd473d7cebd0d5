//! The entries of a list on a day.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

use super::{Known, edition, group};

/// A list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListView {
    /// Its name in the book.
    #[schema(example = "dual-use")]
    pub id: String,
    /// Its title.
    pub name: Bilingual,
    /// How answers call it.
    pub short: Bilingual,
    /// The day of the law.
    pub as_of: Day,
    /// The edition in force, by its day and instrument; empty before the first.
    pub edition_name: Bilingual,
    /// What is recorded of it against what its instruments declare.
    pub coverage: CoverageView,
}

/// How much of a list the book holds on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CoverageView {
    /// The edition in force; `null` before the first.
    pub edition: Option<String>,
    /// Entries recorded with a heading that was seen.
    pub recorded: u32,
    /// Entries the instruments declare; `null` where none prints a number.
    pub declared: Option<u32>,
    /// Recorded entries whose points are complete.
    pub points_complete: u32,
    /// Recorded entries with some points.
    pub points_partial: u32,
    /// Recorded entries with a heading only.
    pub heading_only: u32,
    /// Reported topics whose heading was not seen.
    pub leads: u32,
}

impl From<Coverage> for CoverageView {
    fn from(c: Coverage) -> Self {
        Self {
            edition: c.edition,
            recorded: c.recorded,
            declared: c.declared,
            points_complete: c.points_complete,
            points_partial: c.points_partial,
            heading_only: c.heading_only,
            leads: c.leads,
        }
    }
}

impl CoverageView {
    /// Recorded entries in hundredths of the declared ones.
    pub fn percent(&self) -> Option<u32> {
        self.declared.filter(|d| *d > 0).map(|d| (self.recorded * 100 / d).min(100))
    }

    /// The coverage in a sentence.
    pub fn sentence(&self) -> Bilingual {
        let (zh, en) = self.declared.map_or_else(
            || ("总数未公布".to_owned(), "an unpublished number of".to_owned()),
            |d| (format!("共 {d} 项"), d.to_string()),
        );
        Bilingual::new(
            format!(
                "记载 {} 项（{zh}）：要点完整 {}，部分 {}，仅标题 {}；另有转述线索 {} 条。",
                self.recorded, self.points_complete, self.points_partial, self.heading_only, self.leads
            ),
            format!(
                "{} of {en} entries recorded: points complete {}, in part {}, heading only {}; {} reported leads beside them.",
                self.recorded, self.points_complete, self.points_partial, self.heading_only, self.leads
            ),
        )
    }
}

/// An entry in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EntryLine {
    /// The list.
    pub list: String,
    /// The code in the edition in force; `uncoded:…` where the official number was not seen.
    #[schema(example = "1C117")]
    pub code: String,
    /// The heading.
    pub name: Bilingual,
    /// `prohibited`, `restricted`, `licence`, `unknown`.
    pub control: String,
    /// The same in words.
    pub control_label: Bilingual,
    /// The shelf it stands on: industry division, or category and kind.
    pub division: String,
    /// What the shelf is called.
    pub division_name: Bilingual,
    /// How many points are recorded.
    pub points: usize,
    /// The edition that gave it its words.
    pub edition: String,
    /// `in_force`, `scheduled`, `suspended`, `lapsed_unconfirmed`.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
    /// How the heading is known.
    pub known: Known,
}

impl EntryLine {
    /// The line of a version on a day.
    pub fn new(book: &Book, list: &ControlList, version: &Version, as_of: AsOf) -> Self {
        let standing = book.standing(version, as_of);
        let shelf = group::of(list, version);
        Self {
            list: list.head.id.to_string(),
            code: version.entry.code.to_string(),
            name: version.entry.name.clone(),
            control: version.entry.control.as_str().to_owned(),
            control_label: version.entry.control.label(),
            division: shelf.id,
            division_name: shelf.name,
            points: version.entry.points.len() - 1,
            edition: version.edition.to_string(),
            status: standing.as_str().to_owned(),
            standing: standing.label(),
            lead: version.entry.lead,
            known: version.entry.verification.into(),
        }
    }

    /// The page of the entry.
    pub fn path(&self) -> String {
        super::entry_path(&self.code)
    }

    /// The code as people read it.
    pub fn shown(&self) -> Option<&str> {
        super::shown_code(&self.code)
    }
}

/// A list on a day.
pub fn view(book: &Book, list: &ControlList, day: Day) -> ListView {
    let coverage: CoverageView = list.coverage(day).into();
    ListView {
        id: list.head.id.to_string(),
        name: list.head.name.clone(),
        short: list.head.short.clone(),
        as_of: day,
        edition_name: coverage.edition.as_ref().map(|id| edition::named(book, list, id)).unwrap_or_default(),
        coverage,
    }
}

/// The entries of a list on a day, in order of code; numbers that were not seen last.
pub fn entries(book: &Book, list: &ControlList, day: Day) -> Vec<EntryLine> {
    let mut lines: Vec<EntryLine> =
        list.history.on(day).map(|v| EntryLine::new(book, list, v, AsOf::on(day))).collect();
    lines.sort_by(|a, b| (a.shown().is_none(), &a.code).cmp(&(b.shown().is_none(), &b.code)));
    lines
}

/// What is looked for in a list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words in code or heading.
    pub words: String,
    /// A shelf.
    pub division: String,
    /// A control.
    pub control: String,
    /// A status.
    pub status: String,
}

impl Filter {
    /// The lines that pass.
    pub fn apply(&self, lines: Vec<EntryLine>) -> Vec<EntryLine> {
        let fold = |text: &str| yumen_assess::fold(text).lower.into_iter().collect::<String>();
        let words: Vec<String> = fold(&self.words).split_whitespace().map(str::to_owned).collect();
        lines
            .into_iter()
            .filter(|l| self.division.is_empty() || l.division == self.division)
            .filter(|l| self.control.is_empty() || l.control == self.control)
            .filter(|l| self.status.is_empty() || l.status == self.status)
            .filter(|l| {
                if words.is_empty() {
                    return true;
                }
                let held = fold(&format!("{} {} {}", l.code, l.name.zh, l.name.en));
                words.iter().all(|w| held.contains(w.as_str()))
            })
            .collect()
    }
}
