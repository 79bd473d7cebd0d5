//! Entries of a list and their control points.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code::Code;
use crate::id::{ConceptId, ProcedureId};
use crate::predicate::{Condition, Predicate};
use crate::text::Bilingual;
use crate::verification::Verification;

/// What the list does with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Technology that may not leave.
    Prohibited,
    /// Technology that leaves with a licence in two stages.
    Restricted,
    /// Dual-use items that leave with a licence.
    Licence,
    /// The source names the entry but not its list.
    Unknown,
}

impl Control {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Prohibited => Bilingual::new("禁止出口", "prohibited"),
            Self::Restricted => Bilingual::new("限制出口", "restricted"),
            Self::Licence => Bilingual::new("许可管理", "licence required"),
            Self::Unknown => Bilingual::new("类别不明", "list not known"),
        }
    }

    /// The name used in data and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prohibited => "prohibited",
            Self::Restricted => "restricted",
            Self::Licence => "licence",
            Self::Unknown => "unknown",
        }
    }
}

/// What leaves the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Moves {
    /// Things.
    Goods,
    /// Programs.
    Software,
    /// Knowledge, in documents or in heads.
    Technology,
    /// Work done for somebody abroad.
    Service,
}

impl Moves {
    /// The word shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Goods => Bilingual::new("货物", "goods"),
            Self::Software => Bilingual::new("软件", "software"),
            Self::Technology => Bilingual::new("技术", "technology"),
            Self::Service => Bilingual::new("服务", "service"),
        }
    }
}

/// How much of an entry's official text the book holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recorded {
    /// The heading only.
    #[default]
    Heading,
    /// Some control points.
    Partial,
    /// Every control point.
    Complete,
}

/// How the points below a point belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Children {
    /// Each is controlled by itself.
    #[default]
    Items,
    /// All are conditions of this point (具有下述所有特性).
    All,
    /// One of them is a condition of this point (具有下述任一特性).
    Any,
}

/// One alternative of concepts: the thing must be one of these.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnyOf(Vec<ConceptId>);

impl AnyOf {
    /// The concepts of the alternative.
    pub fn concepts(&self) -> &[ConceptId] {
        &self.0
    }
}

impl Serialize for AnyOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] if serializer.is_human_readable() => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AnyOf {
    /// A concept, or a list of concepts one of which will do.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            One(ConceptId),
            Several(Vec<ConceptId>),
        }
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        Ok(Self(match Written::deserialize(deserializer)? {
            Written::One(concept) => vec![concept],
            Written::Several(concepts) => concepts,
        }))
    }
}

/// One control point: a numbered 控制要点 of the catalogue or a sub-item of a dual-use entry. The heading of an entry is its
/// point with the empty path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its official number below the entry: `17`, `d.1`; empty for the entry's own heading.
    pub path: String,
    /// The recorded words.
    pub text: Bilingual,
    /// How its children belong together.
    #[serde(default)]
    pub children: Children,
    /// What the thing must be: every alternative needs one of its concepts.
    #[serde(default)]
    pub class: Vec<AnyOf>,
    /// What it must contain.
    #[serde(default)]
    pub contains: Vec<ConceptId>,
    /// What it must measure.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Conditions that follow by arithmetic from the official ones; they can rule out, never confirm.
    #[serde(default)]
    pub implied: Vec<Predicate>,
    /// For software and technology: the codes of what it is for. Their classes are this point's class.
    #[serde(default)]
    pub concerns: Vec<String>,
    /// What can move under this point; empty means what the list and code say.
    #[serde(default)]
    pub covers: Vec<Moves>,
    /// Customs numbers the notice gives for reference. They never decide.
    #[serde(default)]
    pub hs: Vec<String>,
    /// Official notes to the point.
    #[serde(default)]
    pub note: Bilingual,
    /// A number kept free (【保留】).
    #[serde(default)]
    pub reserved: bool,
    /// True where only part of the wording is known, so that meeting it cannot be tested to the end.
    #[serde(default)]
    pub cut: bool,
    /// True where a source names the topic of the point and its exact wording was not seen: it decides, and says so.
    #[serde(default)]
    pub topic: bool,
    /// How the wording is known; as the entry, where it says nothing.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// Keys of `sources/`.
    #[serde(default)]
    pub source: Vec<String>,
    /// Where in that source it was read: `p3 l14`.
    #[serde(default)]
    pub place: String,
    /// Earlier readings that a better source has replaced, kept for whoever relied on them.
    #[serde(default)]
    pub superseded: Vec<Superseded>,
}

/// A reading of the same words that a better source has replaced.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Superseded {
    /// The code it was recorded under, where that was another one.
    #[serde(default)]
    pub code: Option<Code>,
    /// The words as they were recorded.
    pub text: Bilingual,
    /// The conditions as they were recorded.
    #[serde(default)]
    pub when: Option<Condition>,
    /// How they were known.
    pub verification: Verification,
    /// Keys of `sources/`.
    #[serde(default)]
    pub source: Vec<String>,
}

impl Point {
    /// True where data says what belongs here; otherwise only the words can be compared.
    pub fn is_described(&self) -> bool {
        !(self.class.is_empty() && self.contains.is_empty() && self.concerns.is_empty())
    }
}

/// One entry of one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the edition.
    pub code: Code,
    /// What the list does with it.
    pub control: Control,
    /// Its heading. The point with the empty path carries the same words.
    pub name: Bilingual,
    /// True where the Chinese name is a working name: the official heading was not seen.
    pub working_name: bool,
    /// Industry division of the catalogue edition, two digits.
    pub division: String,
    /// How much of its text the book holds.
    pub recorded: Recorded,
    /// How many control points the official text has, where that is known.
    pub declared_points: Option<u16>,
    /// True where the heading alone says closely enough what is controlled.
    pub heading_decides: bool,
    /// A topic reported by somebody, whose heading has not been seen: searchable, never decisive.
    pub lead: bool,
    /// Codes of the same entry in earlier editions.
    pub was: Vec<Code>,
    /// Where the instrument speaks of it.
    pub clause: String,
    /// How the heading is known.
    pub verification: Verification,
    /// Keys of `sources/`.
    pub source: Vec<String>,
    /// Our remarks.
    pub remark: Bilingual,
    /// The procedure by which it is licensed, where that is not the one its list leads to (monitored chemicals: `m-1`).
    pub procedure: Option<ProcedureId>,
    /// All points, the heading first (empty path), then in official order.
    pub points: Vec<Point>,
}

impl Entry {
    /// The point with this path; the empty path is the heading.
    pub fn point(&self, path: &str) -> Option<&Point> {
        self.points.iter().find(|p| p.path == path)
    }

    /// The points directly below `path`.
    pub fn children<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Point> {
        self.points.iter().filter(move |p| !p.path.is_empty() && parent(&p.path) == path)
    }

    /// True where `path` stands below a point whose children are conditions, so that it is no item of its own.
    pub fn is_condition(&self, path: &str) -> bool {
        let mut at = path;
        while !at.is_empty() {
            at = parent(at);
            if self.point(at).is_some_and(|p| p.children != Children::Items) {
                return true;
            }
        }
        false
    }

    /// The words of `path` with those of everything above it, outermost first.
    pub fn ancestry<'a>(&'a self, path: &'a str) -> Vec<&'a Point> {
        let mut chain = Vec::new();
        let mut at = path;
        loop {
            chain.extend(self.point(at));
            if at.is_empty() {
                break;
            }
            at = parent(at);
        }
        chain.reverse();
        chain
    }
}

/// The path one level up: `d` for `d.1`, empty for `d`.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(up, _)| up)
}

/// An entry as its file writes it: the heading's scope stands beside the name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the fields are those of the file, each a word a lawyer writes")]
pub(crate) struct WrittenEntry {
    pub code: Code,
    #[serde(default)]
    pub control: Option<Control>,
    pub name: Bilingual,
    /// A Chinese name to go by where the official heading was not seen.
    #[serde(default)]
    pub working_name: String,
    #[serde(default)]
    pub division: String,
    #[serde(default)]
    pub recorded: Recorded,
    #[serde(default)]
    pub declared_points: Option<u16>,
    #[serde(default)]
    pub heading_decides: bool,
    #[serde(default)]
    pub lead: bool,
    #[serde(default)]
    pub was: Vec<Code>,
    #[serde(default)]
    pub clause: String,
    #[serde(default)]
    pub verification: Option<Verification>,
    #[serde(default)]
    pub source: Vec<String>,
    #[serde(default)]
    pub remark: Bilingual,
    #[serde(default)]
    pub procedure: Option<ProcedureId>,
    #[serde(default)]
    pub children: Children,
    #[serde(default)]
    pub class: Vec<AnyOf>,
    #[serde(default)]
    pub contains: Vec<ConceptId>,
    #[serde(default)]
    pub when: Option<Condition>,
    #[serde(default)]
    pub implied: Vec<Predicate>,
    #[serde(default)]
    pub concerns: Vec<String>,
    #[serde(default)]
    pub covers: Vec<Moves>,
    #[serde(default)]
    pub hs: Vec<String>,
    #[serde(default)]
    pub note: Bilingual,
    #[serde(default)]
    pub cut: bool,
    #[serde(default)]
    pub topic: bool,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub superseded: Vec<Superseded>,
    #[serde(default)]
    pub point: Vec<Point>,
}

impl WrittenEntry {
    /// The entry, with what the file's header says where the entry itself is silent.
    pub(crate) fn read(self, control: Control, verification: Verification) -> Entry {
        let verification = self.verification.unwrap_or(verification);
        let control = match &self.code {
            Code::Catalogue(code) if code.is_prohibited() => Control::Prohibited,
            Code::Catalogue(_) => Control::Restricted,
            _ => self.control.unwrap_or(control),
        };
        let working_name = self.name.zh.is_empty() && !self.working_name.is_empty();
        let name = if working_name { Bilingual::new(self.working_name, self.name.en) } else { self.name };
        let heading = Point {
            path: String::new(),
            text: name.clone(),
            children: self.children,
            class: self.class,
            contains: self.contains,
            when: self.when,
            implied: self.implied,
            concerns: self.concerns,
            covers: self.covers,
            hs: self.hs,
            note: self.note,
            reserved: false,
            cut: self.cut,
            topic: self.topic,
            verification: Some(verification),
            source: self.source.clone(),
            place: self.place,
            superseded: self.superseded,
        };
        let mut points = vec![heading];
        points
            .extend(self.point.into_iter().map(|p| Point { verification: p.verification.or(Some(verification)), ..p }));
        Entry {
            code: self.code,
            control,
            name,
            working_name,
            division: self.division,
            recorded: self.recorded,
            declared_points: self.declared_points,
            heading_decides: self.heading_decides,
            lead: self.lead,
            was: self.was,
            clause: self.clause,
            verification,
            source: self.source,
            remark: self.remark,
            procedure: self.procedure,
            points,
        }
    }
}
