//! Instruments: laws, notices, drafts, with everything in the book that rests on them.

use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::instrument::{Instrument, InstrumentKind};
use yumen_lawbook::list::diff::EntryChange;
use yumen_lawbook::list::edition::Form;
use yumen_lawbook::{Bilingual, Book, Day};

use super::cited::{ArticleView, Cited};
use super::measure::{ClauseView, MeasureView};
use super::{Known, difference, difference::ChangeView, issuer, measure, standing};
use crate::problem::Problem;

/// An instrument in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InstrumentLine {
    /// Its name in the book.
    #[schema(example = "notice-58-2025")]
    pub id: String,
    /// How answers cite it.
    pub short: Bilingual,
    /// Its title.
    pub title: Bilingual,
    /// `law`, `regulation`, `rule`, `notice`, `catalogue`, `draft`, `guidance`, `policy`, `foreign`.
    pub kind: String,
    /// The same in words.
    pub kind_label: Bilingual,
    /// Its official number, as printed.
    pub number: String,
    /// The same in both languages.
    pub number_label: Bilingual,
    /// Day of publication, or of issue where that is all that is known.
    pub published: Option<Day>,
    /// First day of force.
    pub effective: Option<Day>,
    /// Last day of force.
    pub until: Option<Day>,
    /// Last day for comments.
    pub comments_until: Option<Day>,
    /// Where it stands on the day.
    pub standing: Bilingual,
    /// `in_force`, `partly_in_force`, `suspended`, `lapsed_unconfirmed`, `repealed`, `scheduled`, `ended`, `draft`, `published` (what
    /// only explains), `unknown`.
    pub status: String,
    /// How its text is known.
    pub known: Known,
}

/// An instrument with everything that rests on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct InstrumentView {
    /// The instrument.
    pub instrument: InstrumentLine,
    /// The day of the law.
    pub as_of: Day,
    /// Who issued it.
    pub issuer: Vec<String>,
    /// The same in both languages.
    pub issuer_names: Vec<Bilingual>,
    /// Address of the official publication.
    pub url: String,
    /// Anything a reader should know.
    pub note: Bilingual,
    /// Other versions of the same act.
    pub versions: Vec<InstrumentLine>,
    /// The measures it makes, clause by clause.
    pub measures: Vec<MeasureView>,
    /// What it does to lists.
    pub editions: Vec<EditionView>,
    /// How many parties it lists, by listing.
    pub listings: Vec<ListingRef>,
    /// What this book takes from it, place by place, and where it is used.
    pub cited: Vec<ArticleView>,
}

/// What an instrument does to a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EditionView {
    /// The list.
    pub list: String,
    /// Its title.
    pub list_name: Bilingual,
    /// The edition it makes.
    pub edition: String,
    /// What people call it.
    pub edition_name: Bilingual,
    /// `base`, `amendment`, `reissue`, `draft`.
    pub form: String,
    /// First day of effect.
    pub effective: Day,
    /// What it changes, entry by entry.
    pub changes: Vec<ChangeView>,
}

/// The parties of a notice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListingRef {
    /// The party list.
    pub list: String,
    /// The same in words.
    pub list_name: Bilingual,
    /// How many parties are recorded.
    pub parties: usize,
    /// How many the notice declares.
    pub declared: Option<u16>,
    /// First day.
    pub effective: Day,
}

impl InstrumentView {
    /// The anchor that a clause carries, where no row below says what is taken from its place; of clauses of one place, the first.
    pub fn anchor_of<'c>(&self, clause: &'c ClauseView) -> Option<&'c str> {
        let anchor = clause.cite.anchor.as_str();
        let first = self.measures.iter().flat_map(|m| &m.clauses).find(|c| c.cite.anchor == anchor)?;
        let own = clause.cite.instrument == self.instrument.id;
        let mine = first.measure == clause.measure && first.clause == clause.clause;
        (own && mine && !anchor.is_empty() && self.cited.iter().all(|a| a.anchor != anchor)).then_some(anchor)
    }
}

impl InstrumentLine {
    /// The line of an instrument on a day.
    pub fn new(book: &Book, i: &Instrument, day: Day) -> Self {
        let (status, standing) = standing::of(book, i, day);
        Self {
            id: i.id.to_string(),
            short: i.short.clone(),
            title: i.title.clone(),
            kind: kind(i.kind).0.to_owned(),
            kind_label: kind(i.kind).1,
            number: i.number.clone(),
            number_label: issuer::number(&i.number),
            published: i.published.or(i.issued),
            effective: i.effective,
            until: i.until,
            comments_until: i.comments_until,
            standing,
            status: status.to_owned(),
            known: i.verification.into(),
        }
    }

    /// The page of the instrument.
    pub fn path(&self) -> String {
        super::instrument_path(&self.id)
    }

    /// The day it is sorted by.
    pub fn dated(&self) -> Option<Day> {
        self.published.or(self.effective)
    }
}

/// Every kind by name.
pub const KINDS: [&str; 9] =
    ["law", "regulation", "rule", "notice", "catalogue", "draft", "guidance", "policy", "foreign"];

fn kind(kind: InstrumentKind) -> (&'static str, Bilingual) {
    match kind {
        InstrumentKind::Law => ("law", Bilingual::new("法律", "law")),
        InstrumentKind::Regulation => ("regulation", Bilingual::new("行政法规", "regulation")),
        InstrumentKind::Rule => ("rule", Bilingual::new("部门规章", "ministerial rule")),
        InstrumentKind::Notice => ("notice", Bilingual::new("公告", "notice")),
        InstrumentKind::Catalogue => ("catalogue", Bilingual::new("目录、清单", "catalogue or list")),
        InstrumentKind::Draft => ("draft", Bilingual::new("征求意见稿", "draft for comment")),
        InstrumentKind::Guidance => ("guidance", Bilingual::new("问答、指南", "official answers or guidance")),
        InstrumentKind::Policy => ("policy", Bilingual::new("政策文件", "policy document")),
        InstrumentKind::Foreign => ("foreign", Bilingual::new("外国或者国际文件", "foreign or international document")),
    }
}

/// Every instrument, the youngest first.
pub fn all(book: &Book, day: Day) -> Vec<InstrumentLine> {
    let mut all: Vec<InstrumentLine> = book.instruments.values().map(|i| InstrumentLine::new(book, i, day)).collect();
    all.sort_by(|a, b| (b.dated(), &a.id).cmp(&(a.dated(), &b.id)));
    all
}

/// One instrument, or the version of a work that is in force on the day.
///
/// # Errors
/// Where there is none.
pub fn view(book: &Book, cited: &Cited, id: &str, day: Day) -> Result<InstrumentView, Problem> {
    let missing = || {
        let id = crate::problem::shown(id);
        Problem::missing("unknown_instrument", format!("没有文件“{id}”。"), format!("There is no instrument “{id}”."))
    };
    let citation = yumen_lawbook::instrument::Citation {
        instrument: yumen_lawbook::id::InstrumentId::new(id).ok_or_else(missing)?,
        place: String::new(),
    };
    let found = book.cited(&citation, day).ok_or_else(missing)?;
    let mut versions: Vec<InstrumentLine> = book
        .instruments
        .values()
        .filter(|i| i.work.is_some() && i.work == found.work && i.id != found.id)
        .map(|i| InstrumentLine::new(book, i, day))
        .collect();
    versions.sort_by_key(|v| v.effective);
    let measures =
        book.measures.values().filter(|m| m.instrument == found.id).map(|m| measure::of(book, m, day)).collect();
    let listings = book
        .listings
        .iter()
        .filter(|l| l.instrument == found.id)
        .map(|l| ListingRef {
            list: l.list.as_str().to_owned(),
            list_name: l.list.label(),
            parties: l.party.iter().filter(|p| p.unit_of.is_none()).count(),
            declared: l.declared,
            effective: l.effective,
        })
        .collect();
    Ok(InstrumentView {
        instrument: InstrumentLine::new(book, found, day),
        as_of: day,
        issuer: found.issuer.clone(),
        issuer_names: found.issuer.iter().map(|name| issuer::of(name)).collect(),
        url: found.url.clone(),
        note: found.note.clone(),
        versions,
        measures,
        editions: editions(book, found),
        listings,
        cited: cited.of(found),
    })
}

fn editions(book: &Book, act: &Instrument) -> Vec<EditionView> {
    let mut views = Vec::new();
    for list in book.lists.values() {
        for e in list.editions.iter().filter(|e| e.instrument == act.id) {
            let changes: Vec<EntryChange> = if e.form == Form::Draft {
                Vec::new()
            } else {
                let before = e.published.min(e.effective).previous();
                let all = list.difference(before, e.effective).changes;
                all.into_iter().filter(|c| c.instrument == act.id.as_str()).collect()
            };
            views.push(EditionView {
                list: list.head.id.to_string(),
                list_name: list.head.name.clone(),
                edition: e.id.to_string(),
                edition_name: super::edition::name(book, e),
                form: match e.form {
                    Form::Base => "base",
                    Form::Amendment => "amendment",
                    Form::Reissue => "reissue",
                    Form::Draft => "draft",
                }
                .to_owned(),
                effective: e.effective,
                changes: changes.into_iter().map(difference::change).collect(),
            });
        }
    }
    views
}
