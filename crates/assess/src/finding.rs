//! One document against the question: class, conditions, exclusions, standing, and what they add up to.

use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::list::entry::{Entry, Point, Recorded};
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{Book, Standing};

use crate::index::{Doc, DocIndex, is_below, version_of};
use crate::matching::ClassMatch;
use crate::testing::{Test, Tested, Truth};

/// The share of words that a point about knowledge needs before the name of another thing says something of it.
const KNOWLEDGE_SHARE: f32 = 0.1;

/// A document looked at.
pub struct Finding<'b> {
    /// Its place in the index.
    pub index: DocIndex,
    /// The document.
    pub doc: &'b Doc,
    /// Its version.
    pub version: &'b Version,
    /// Its entry.
    pub entry: &'b Entry,
    /// Its point.
    pub point: &'b Point,
    /// Where it stands on the day.
    pub standing: Standing,
    /// Whether its life stands in the list on the day, in whatever version.
    pub life_listed: bool,
    /// How the question meets its class.
    pub class: ClassMatch,
    /// Mentions that speak for it.
    pub used: Vec<usize>,
    /// Whether its conditions hold.
    pub truth: Truth,
    /// The predicates tested, and how they are joined.
    pub tested: Tested,
    /// Exclusions of a confirmed class that concern it.
    pub exclusions: Vec<&'b Exclusion>,
    /// Whether what moves can fall under it; `None` where that is not said.
    pub moves: Option<bool>,
    /// What a person found who compared it with the official text.
    pub checked: Option<bool>,
    /// True where the question gives this code: its conditions are then taken as claimed.
    pub claimed: bool,
    /// How near it is.
    pub rank: f32,
    /// Share of the question's words it covers, 0 to 1.
    pub share: f32,
}

/// What a finding adds up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A threshold is met and an official statement excludes it.
    Conflict,
    /// It falls under the point.
    Controlled,
    /// It is of the class; conditions are open.
    Open,
    /// It is of the class; the recorded text is not enough to test it.
    Unloaded,
    /// It is of the class, but whether technology or goods move is not said.
    OpenMoves,
    /// An official statement excludes it.
    Excluded,
    /// A condition fails.
    Fails,
    /// The question says it is not that.
    DeniedClass,
    /// Something else moves than the point is about.
    WrongKind,
    /// The thing is inside a product.
    Inside,
    /// A wider kind is named: it may be this.
    Broader,
    /// Some of the class is named.
    Near,
    /// The class is not named, but words that go with it are.
    Suggested,
    /// Only words meet.
    Words,
}

impl Finding<'_> {
    /// What the finding adds up to, its standing aside.
    pub fn verdict(&self) -> Verdict {
        match &self.class {
            ClassMatch::Confirmed => self.of_class(),
            // Knowledge moves and the point is of goods, or the other way round: what is in a product does not matter for it.
            ClassMatch::Inside { .. } if self.moves == Some(false) && self.is_of_knowledge() => Verdict::WrongKind,
            ClassMatch::Inside { .. } if !self.exclusions.is_empty() => Verdict::Excluded,
            ClassMatch::Inside { .. } => Verdict::Inside,
            // Another thing is named, yet what is said of it is what the point asks for: a catalyst "for taking tritium out of heavy water".
            ClassMatch::Unlike { .. } if self.truth == Truth::Met && self.is_partly_stated() => Verdict::Suggested,
            ClassMatch::Unlike { .. } if self.moves == Some(false) => Verdict::Words,
            // Knowledge is not told apart by a thing that is named on the way.
            ClassMatch::Unlike { .. } if self.is_of_knowledge() && self.share < KNOWLEDGE_SHARE => Verdict::Words,
            ClassMatch::Denied { .. } | ClassMatch::Unlike { .. } | ClassMatch::NotThat => Verdict::DeniedClass,
            _ if !self.exclusions.is_empty() && self.moves != Some(false) => Verdict::Excluded,
            ClassMatch::Partial { .. } | ClassMatch::Aim { .. } => Verdict::Near,
            ClassMatch::Broader { .. } => Verdict::Broader,
            ClassMatch::Suggested { .. } => Verdict::Suggested,
            ClassMatch::Unnamed => Verdict::Words,
        }
    }

    fn of_class(&self) -> Verdict {
        let threshold_met = self.truth == Truth::Met
            && self.tested.tests.iter().any(|t| t.result == Truth::Met && t.stated.is_some() && is_threshold(t));
        // An official statement about goods says nothing of the knowledge.
        if !self.exclusions.is_empty() && self.moves != Some(false) {
            return if threshold_met { Verdict::Conflict } else { Verdict::Excluded };
        }
        match self.moves {
            Some(false) => return Verdict::WrongKind,
            None if self.truth == Truth::NotMet => return Verdict::Fails,
            None if self.is_of_knowledge() => return Verdict::OpenMoves,
            _ => {}
        }
        match self.truth {
            Truth::NotMet => Verdict::Fails,
            _ if self.checked == Some(true) => Verdict::Controlled,
            _ if self.checked == Some(false) => Verdict::Fails,
            _ if self.claimed => Verdict::Controlled,
            _ if self.is_unloaded() => Verdict::Unloaded,
            Truth::NotStated => Verdict::Open,
            Truth::Met => Verdict::Controlled,
        }
    }

    fn is_partly_stated(&self) -> bool {
        self.tested.tests.iter().any(|t| t.result == Truth::Met && t.stated.is_some())
    }

    /// True for a point that is not of goods.
    fn is_of_knowledge(&self) -> bool {
        !self.doc.covers.contains(&yumen_lawbook::list::entry::Moves::Goods)
    }

    /// True where the recorded text cannot carry a decision: a broad heading, a cut wording, a lead.
    pub fn is_unloaded(&self) -> bool {
        let heading = self.point.path.is_empty();
        self.entry.lead
            || self.point.cut
            || (heading
                && !self.entry.heading_decides
                && (self.doc.container || self.entry.recorded == Recorded::Heading))
    }

    /// A heading whose items answer for it.
    pub fn is_mere_heading(&self) -> bool {
        self.doc.container
            && !self.claimed
            && !(self.point.path.is_empty()
                && (self.entry.heading_decides || self.entry.recorded != Recorded::Complete))
    }
}

fn is_threshold(test: &Test) -> bool {
    use yumen_lawbook::predicate::Predicate;
    matches!(&test.predicate, Predicate::Measure { limit, property, .. } if !(property.as_str() == "content" && limit.value.is_zero()))
}

/// The codes of the same life in other editions, newest first.
pub fn other_codes(book: &Book, doc: &Doc) -> Vec<String> {
    let (list, version) = version_of(book, doc);
    let own = version.entry.code.to_string();
    let mut codes: Vec<String> = Vec::new();
    let lives: Vec<&Version> = list.history.life(version.life).collect();
    for other in lives.iter().rev() {
        let code = other.entry.code.to_string();
        if code != own && !codes.contains(&code) && !other.entry.code.is_unseen() {
            codes.push(code);
        }
    }
    // Entries merged into this one (`was`), which kept lives of their own.
    for was in &version.entry.was {
        let code = was.to_string();
        if code != own && !codes.contains(&code) && !was.is_unseen() {
            codes.push(code);
        }
    }
    // And the entry that this one was merged into.
    for later in list.history.versions().iter().filter(|v| v.entry.was.contains(&version.entry.code)) {
        let code = later.entry.code.to_string();
        if code != own && !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// Exclusions that concern a document, of those whose class the question confirms.
pub fn concerning<'b>(confirmed: &[&'b Exclusion], book: &Book, doc: &Doc) -> Vec<&'b Exclusion> {
    let (list, _) = version_of(book, doc);
    confirmed
        .iter()
        .filter(|e| e.lists.contains(&list.head.id) || e.entries.iter().any(|code| is_below(&doc.code, code)))
        .copied()
        .collect()
}
