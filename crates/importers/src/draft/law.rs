//! Law as files write it: the shapes of `docs/lawbook.md`, for writing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yumen_lawbook::id::ConceptId;
use yumen_lawbook::list::entry::{AnyOf, Children, Entry, Moves, Point, Recorded, Superseded};
use yumen_lawbook::predicate::{Condition, Predicate};
use yumen_lawbook::{Bilingual, Day};

fn none(text: &Bilingual) -> bool {
    text.is_empty()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's shape")]
fn items(children: &Children) -> bool {
    *children == Children::Items
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's shape")]
fn no(value: &bool) -> bool {
    !value
}

/// Words in the languages that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl From<&Bilingual> for Words {
    fn from(text: &Bilingual) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

/// A point as its file writes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LawPoint {
    pub path: String,
    pub text: Words,
    #[serde(default, skip_serializing_if = "items")]
    pub children: Children,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<AnyOf>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<ConceptId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implied: Vec<Predicate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Moves>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hs: Vec<String>,
    #[serde(default, skip_serializing_if = "no")]
    pub reserved: bool,
    #[serde(default, skip_serializing_if = "no")]
    pub cut: bool,
    #[serde(default, skip_serializing_if = "no")]
    pub topic: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    #[serde(default, skip_serializing_if = "none")]
    pub note: Bilingual,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Superseded>,
}

/// An entry as its file writes it.
#[expect(clippy::struct_excessive_bools, reason = "the fields are those of the file, each a word a lawyer writes")]
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LawEntry {
    pub code: String,
    pub name: Words,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub division: String,
    pub recorded: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub working_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_points: Option<u16>,
    #[serde(default, skip_serializing_if = "no")]
    pub lead: bool,
    #[serde(default, skip_serializing_if = "no")]
    pub cut: bool,
    #[serde(default, skip_serializing_if = "no")]
    pub topic: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
    #[serde(default, skip_serializing_if = "no")]
    pub heading_decides: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    #[serde(default, skip_serializing_if = "items")]
    pub children: Children,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub class: Vec<AnyOf>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contains: Vec<ConceptId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implied: Vec<Predicate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concerns: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Moves>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hs: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    #[serde(default, skip_serializing_if = "none")]
    pub remark: Bilingual,
    #[serde(default, skip_serializing_if = "none")]
    pub note: Bilingual,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Superseded>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub point: Vec<LawPoint>,
}

/// A removal as its file writes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LawRemoval {
    pub code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// A change as its file writes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LawChange {
    pub code: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub clause: String,
    #[serde(default, skip_serializing_if = "no")]
    pub text_unknown: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<LawPoint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replace: Vec<LawPoint>,
}

/// A party as its file writes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LawParty {
    pub no: u16,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_of: Option<u16>,
}

/// One stretch of a clause's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawStretch {
    pub status: String,
    pub from: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    pub instrument: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<String>,
    #[serde(default, skip_serializing_if = "none")]
    pub note: Bilingual,
}

/// A change of a clause recorded elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawClauseChange {
    pub clause: String,
    pub history: Vec<LawStretch>,
}

/// A clause as its file writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawClause {
    pub id: String,
    pub at: String,
    pub effect: String,
    pub lists: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destinations: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub verification: String,
    pub text: Words,
    pub history: Vec<LawStretch>,
}

/// A measure as its file writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawMeasure {
    pub id: String,
    pub instrument: String,
    pub name: Words,
    pub recorded: Day,
    pub clause: Vec<LawClause>,
}

/// An act as its file writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawInstrument {
    pub id: String,
    pub kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    pub title: Words,
    pub short: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Day>,
    pub verification: String,
}

/// The head of an edition's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawEdition {
    pub edition: String,
    pub instrument: String,
    pub form: String,
    pub published: Day,
    pub effective: Day,
    pub recorded: Day,
    pub verification: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    #[serde(default, skip_serializing_if = "none")]
    pub remark: Bilingual,
    pub declared: BTreeMap<String, BTreeMap<String, u32>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub divisions: BTreeMap<String, Bilingual>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Superseded>,
}

/// The head of a party listing's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawListing {
    pub id: String,
    pub list: String,
    pub instrument: String,
    pub measure: String,
    pub effective: Day,
    pub recorded: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<u16>,
    pub verification: String,
    #[serde(default, skip_serializing_if = "none")]
    pub note: Bilingual,
}

/// Where imported facts were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LawSource {
    pub key: String,
    pub sha256: String,
    pub about: Bilingual,
}

/// A fragment of a file: records under one name.
pub fn fragment<T: Serialize>(name: &str, record: &T) -> String {
    let mut table = BTreeMap::new();
    table.insert(name, [record]);
    // Every record here is plain data that TOML can hold.
    toml::to_string(&table).unwrap_or_else(|e| format!("# {e}\n"))
}

/// The head of a file: a record's fields by themselves.
pub fn head<T: Serialize>(record: &T) -> String {
    toml::to_string(record).unwrap_or_else(|e| format!("# {e}\n"))
}

impl From<&Point> for LawPoint {
    /// A point as the book holds it, with how it is known.
    fn from(point: &Point) -> Self {
        Self {
            path: point.path.clone(),
            text: Words::from(&point.text),
            children: point.children,
            class: point.class.clone(),
            contains: point.contains.clone(),
            implied: point.implied.clone(),
            concerns: point.concerns.clone(),
            covers: point.covers.clone(),
            hs: point.hs.clone(),
            reserved: point.reserved,
            cut: point.cut,
            topic: point.topic,
            verification: point.verification.map(|v| v.as_str().to_owned()),
            source: point.source.clone(),
            place: point.place.clone(),
            when: point.when.clone(),
            note: point.note.clone(),
            superseded: point.superseded.clone(),
        }
    }
}

impl From<&Entry> for LawEntry {
    /// An entry as the book holds it, with how it is known.
    fn from(entry: &Entry) -> Self {
        let heading = entry.points.first().map(LawPoint::from).unwrap_or_default();
        let working = if entry.working_name { entry.name.zh.clone() } else { String::new() };
        let name = if entry.working_name {
            Words { zh: String::new(), en: entry.name.en.clone() }
        } else {
            Words::from(&entry.name)
        };
        let recorded = match entry.recorded {
            Recorded::Heading => "heading",
            Recorded::Partial => "partial",
            Recorded::Complete => "complete",
        };
        Self {
            code: entry.code.to_string(),
            name,
            division: entry.division.clone(),
            recorded: recorded.to_owned(),
            working_name: working,
            control: Some(entry.control.as_str().to_owned()),
            declared_points: entry.declared_points,
            lead: entry.lead,
            cut: heading.cut,
            topic: heading.topic,
            verification: Some(entry.verification.as_str().to_owned()),
            heading_decides: entry.heading_decides,
            was: entry.was.iter().map(ToString::to_string).collect(),
            clause: entry.clause.clone(),
            children: heading.children,
            class: heading.class,
            contains: heading.contains,
            implied: heading.implied,
            concerns: heading.concerns,
            covers: heading.covers,
            hs: heading.hs,
            source: entry.source.clone(),
            place: heading.place,
            when: heading.when,
            remark: entry.remark.clone(),
            note: heading.note,
            superseded: heading.superseded,
            point: entry.points.iter().skip(1).map(LawPoint::from).collect(),
        }
    }
}
