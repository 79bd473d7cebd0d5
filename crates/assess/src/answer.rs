//! The answer, as programs read it. Field names are a contract; texts are in both languages.

use serde::{Deserialize, Serialize};
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{Bilingual, Day, Verification};

use crate::testing::Truth;
use crate::text::spelling::Correction;

/// What one regime says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// May not leave.
    Prohibited,
    /// May leave with a licence.
    LicenceRequired,
    /// May leave; the contract is registered.
    Registration,
    /// May leave with a voucher, in the cases the law names.
    VoucherPossible,
    /// Would need a licence, but the notice is suspended.
    Suspended,
    /// Would need a licence; the suspension has run out and nothing says what follows.
    LapsedUnconfirmed,
    /// Nothing controls it as far as recorded: a nearest entry fails on a named condition.
    LikelyNotControlled,
    /// Nothing was found. Not a clearance.
    #[default]
    NotFound,
    /// Some facts would decide.
    Depends,
    /// The law says two things at once: for a human.
    Conflict,
}

impl Answer {
    /// The mark of the verdict: the same in pages, papers and on the command line.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Prohibited => "■",
            Self::LicenceRequired => "◧",
            Self::Registration => "▷",
            Self::VoucherPossible => "◨",
            Self::Suspended => "‖",
            Self::LapsedUnconfirmed => "▨",
            Self::LikelyNotControlled => "○",
            Self::NotFound => "◌",
            Self::Depends => "?",
            Self::Conflict => "‡",
        }
    }

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prohibited => "prohibited",
            Self::LicenceRequired => "licence_required",
            Self::Registration => "registration",
            Self::VoucherPossible => "voucher_possible",
            Self::Suspended => "suspended",
            Self::LapsedUnconfirmed => "lapsed_unconfirmed",
            Self::LikelyNotControlled => "likely_not_controlled",
            Self::NotFound => "not_found",
            Self::Depends => "depends",
            Self::Conflict => "conflict",
        }
    }

    /// Every answer, gravest first.
    pub const ALL: [Self; 10] = [
        Self::Prohibited,
        Self::Conflict,
        Self::LicenceRequired,
        Self::VoucherPossible,
        Self::LapsedUnconfirmed,
        Self::Depends,
        Self::Suspended,
        Self::Registration,
        Self::LikelyNotControlled,
        Self::NotFound,
    ];

    /// How much it asks of people: the lower, the more.
    pub fn gravity(self) -> u8 {
        match self {
            Self::Prohibited => 0,
            Self::Conflict => 1,
            Self::LicenceRequired => 2,
            Self::VoucherPossible => 3,
            Self::LapsedUnconfirmed => 4,
            Self::Depends => 5,
            Self::Suspended => 6,
            Self::Registration => 7,
            Self::LikelyNotControlled => 8,
            Self::NotFound => 9,
        }
    }

    /// The verdict shown to people.
    pub fn label(self) -> Bilingual {
        match self {
            Self::Prohibited => Bilingual::new("禁止出口", "Prohibited"),
            Self::LicenceRequired => Bilingual::new("须申请许可", "Licence required"),
            Self::Registration => Bilingual::new("自由出口，须登记合同", "Free, contract to be registered"),
            Self::VoucherPossible => Bilingual::new("可登记填报取得凭证", "Voucher possible"),
            Self::Suspended => Bilingual::new("管制暂停实施", "Control suspended"),
            Self::LapsedUnconfirmed => {
                Bilingual::new("暂停期满，现状未见确认", "Suspension lapsed, status unconfirmed")
            }
            Self::LikelyNotControlled => Bilingual::new("很可能不受管制", "Likely not controlled"),
            Self::NotFound => Bilingual::new("未找到，并非放行", "Nothing found; not a clearance"),
            Self::Depends => Bilingual::new("取决于尚缺的事实", "Depends on facts still missing"),
            Self::Conflict => Bilingual::new("依据相互矛盾，须人工判断", "Conflict: for a human to decide"),
        }
    }
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// Which law was asked.
    pub lawbook: BookRef,
    /// The legal day.
    pub as_of: Day,
    /// The day of knowledge, where one was asked for.
    pub recorded: Option<Day>,
    /// The question as understood.
    pub question: Asked,
    /// Entries and points that were looked at, best first.
    pub candidates: Vec<Candidate>,
    /// The answer in short: for whoever reads one line.
    #[serde(default)]
    pub overview: Overview,
    /// One result per regime that was tested.
    pub results: Vec<RegimeResult>,
    /// What is known of the parties named.
    pub parties: Vec<PartyFinding>,
    /// Lists that are not recorded here and may cover the thing.
    #[serde(default)]
    pub elsewhere: Vec<ElsewhereNote>,
    /// What the answer is and is not.
    pub notice: Bilingual,
}

/// The answer in short.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Overview {
    /// The gravest verdict of all regimes.
    pub answer: Answer,
    /// What it means, in a sentence.
    pub headline: Bilingual,
    /// What was not looked at, because the question does not say it.
    pub unchecked: Vec<Bilingual>,
    /// What changes within a month of what the answer rests on.
    pub soon: Vec<Change>,
}

/// A change of law that is near.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Change {
    /// The first day of the new state.
    pub day: Day,
    /// What changes.
    pub text: Bilingual,
    /// Where it stands.
    pub cite: Bilingual,
}

/// A list or regime that is not recorded here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ElsewhereNote {
    /// Its name in the book.
    pub id: String,
    /// Its title.
    pub name: Bilingual,
    /// What it covers and who decides.
    pub text: Bilingual,
    /// What of it is missing.
    pub note: Bilingual,
    /// Where it stands.
    pub cite: Vec<Bilingual>,
    /// How that is known.
    pub verification: Verification,
    /// True where the question speaks of such things.
    pub named: bool,
}

/// Something to do that no procedure begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Advice {
    /// What to do.
    pub text: Bilingual,
    /// Where it stands; empty for good practice.
    pub cite: Bilingual,
}

/// Which law was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BookRef {
    /// Hash over the book.
    pub version: String,
}

/// The question as understood: what was read from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Asked {
    /// The words, as given.
    pub text: String,
    /// Words that were read otherwise than written: slips, pinyin.
    pub corrections: Vec<Correction>,
    /// What moves, as given or read; empty where nothing tells.
    pub moves: Vec<Moves>,
    /// True where what moves was said, false where it was inferred.
    pub moves_stated: bool,
    /// Destination by ISO code.
    pub destination: Option<String>,
    /// True where the destination was read from the words.
    pub destination_inferred: bool,
    /// End use, as given.
    pub end_use: String,
    /// Concepts named.
    pub concepts: Vec<NamedConcept>,
    /// Values read or given.
    pub values: Vec<StatedValue>,
    /// Facts read or given.
    pub facts: Vec<StatedFact>,
}

/// A concept the question names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NamedConcept {
    /// The concept.
    pub concept: String,
    /// The words that name it.
    pub words: String,
    /// True where the question says it is not there.
    pub denied: bool,
}

/// A value the question states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatedValue {
    /// The property; empty where the text does not say of what.
    pub property: String,
    /// Whose content.
    pub of: String,
    /// The value.
    pub value: String,
    /// Conditions of measurement.
    pub at: Vec<String>,
}

/// A fact the question states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatedFact {
    /// The property.
    pub property: String,
    /// Yes or no.
    pub value: bool,
}

/// An entry or point that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Candidate {
    /// `technology`, `dual-use`.
    pub list: String,
    /// The entry's code in its edition.
    pub code: String,
    /// Codes of the same entry in other editions.
    pub also: Vec<String>,
    /// The edition.
    pub edition: String,
    /// The point's path below the entry; empty for the heading.
    pub point: String,
    /// The entry's heading.
    pub name: Bilingual,
    /// The point's words.
    pub text: Bilingual,
    /// `prohibited`, `restricted`, `licence`, `unknown`.
    pub control: String,
    /// How near it is; only the order means something.
    pub score: String,
    /// The words that led to it.
    pub matched: Vec<String>,
    /// Where it stands on the day.
    pub status: String,
    /// The same in words.
    pub standing: Bilingual,
    /// `confirmed`, `inside`, `broader`, `aim`, `denied`, `unlike`, `partial`, `suggested`, `unnamed`.
    pub class: String,
    /// `met`, `not_met`, `not_stated`.
    pub conditions: Truth,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
}

/// The entry an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryRef {
    /// The list.
    pub list: String,
    /// The code in the edition in force on the day.
    pub code: String,
    /// The point's path; empty for the heading.
    pub point: String,
    /// The edition.
    pub edition: String,
    /// The heading.
    pub name: Bilingual,
    /// The point's words.
    pub text: Bilingual,
    /// Codes of the same entry in other editions.
    pub also: Vec<String>,
    /// Where it stands on the day.
    pub standing: Bilingual,
}

/// A reason, with where it stands in law and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reason {
    /// The instrument.
    pub instrument: String,
    /// Article, clause or point.
    #[serde(rename = "ref")]
    pub place: String,
    /// The citation in words.
    pub cite: Bilingual,
    /// What it says for this question.
    pub text: Bilingual,
    /// How it is known.
    pub verification: Verification,
}

/// A predicate tested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ParameterTest {
    /// The property, in words.
    pub name: Bilingual,
    /// The property's id, with the concept for contents: `content[dysprosium]`.
    pub property: String,
    /// The point it belongs to.
    pub code: String,
    /// What was stated.
    pub stated: Option<String>,
    /// The limit, with its sign.
    pub limit: String,
    /// `met`, `not_met`, `not_stated`.
    pub result: Truth,
    /// Assumptions and reasons.
    pub note: Option<Bilingual>,
}

/// An official exclusion that was considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExclusionNote {
    /// Its name in the book.
    pub id: String,
    /// What it says.
    pub text: Bilingual,
    /// Its condition or limit.
    pub condition: Bilingual,
    /// True where the official words are "in general".
    pub hedged: bool,
    /// True where it was applied.
    pub applied: bool,
    /// Where it stands.
    pub cite: Bilingual,
    /// How it is known.
    pub verification: Verification,
}

/// A question that would decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Asking {
    /// The parameter or fact an answer would set.
    pub parameter: String,
    /// The question.
    pub ask: Bilingual,
    /// Why it is asked.
    pub why: Bilingual,
    /// The point or article it serves.
    pub serves: String,
    /// What kind of answer: `yes_no`, `moves`, or the dimension of a value. "unknown" answers every kind.
    pub kind: String,
    /// The doubt about the outcome that the answer is expected to remove, in bits; 0 where it was not weighed.
    pub gain: String,
}

/// A step to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextStep {
    /// The procedure.
    pub procedure: String,
    /// What the procedure is called.
    pub procedure_name: Bilingual,
    /// What to do.
    pub step: Bilingual,
    /// Who acts.
    pub who: Bilingual,
    /// The latest day of the step, where the way is begun on the legal day and every period runs its full length.
    #[serde(default)]
    pub by: Option<Day>,
    /// The period that decides when the step is over, where the law sets one.
    pub clock: Option<NextClock>,
    /// Every period that begins with the step, the shortest first.
    pub clocks: Vec<NextClock>,
    /// Papers needed.
    pub papers: Vec<Bilingual>,
    /// Where it stands.
    pub cite: Vec<Bilingual>,
}

/// A period of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextClock {
    /// The timer.
    pub timer: String,
    /// What it limits.
    pub name: Bilingual,
    /// The period in words: "30 working days from receipt".
    pub text: Bilingual,
    /// When it would end, if it began on the legal day.
    pub due_if_begun: Option<Day>,
    /// When it begins at the latest, where the way is begun on the legal day and every period before it runs its full length.
    #[serde(default)]
    pub begins_by: Option<Day>,
    /// When it then ends.
    #[serde(default)]
    pub latest: Option<Day>,
    /// True where a calendar was missing.
    pub provisional: bool,
}

/// What one regime says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RegimeResult {
    /// `technology`, `dual-use`.
    pub regime: String,
    /// The verdict.
    pub answer: Answer,
    /// Last day of a suspension.
    pub until: Option<Day>,
    /// The procedure that follows.
    pub procedure: Option<String>,
    /// The entry it rests on, or the nearest one.
    pub entry: Option<EntryRef>,
    /// Reasons in order.
    pub reasons: Vec<Reason>,
    /// Predicates tested.
    pub parameters: Vec<ParameterTest>,
    /// Exclusions considered.
    pub exclusions: Vec<ExclusionNote>,
    /// Questions that would decide.
    pub questions: Vec<Asking>,
    /// True where an application may be filed and is refused in principle.
    #[serde(default)]
    pub refused_in_principle: bool,
    /// True where such a rule was suspended and nothing confirms whether it holds again.
    #[serde(default)]
    pub refusal_unconfirmed: bool,
    /// What to do first, whatever procedure follows.
    #[serde(default)]
    pub advice: Vec<Advice>,
    /// Steps to take.
    pub next: Vec<NextStep>,
    /// What would change the answer.
    pub would_change: Vec<Bilingual>,
    /// What is not known.
    pub unknown: Vec<Bilingual>,
    /// How much of the list the book holds.
    pub coverage: Coverage,
}

/// What is known of a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartyFinding {
    /// The name asked for.
    pub asked: String,
    /// The name listed.
    pub name: Bilingual,
    /// Which list: `control`, `watch`, `unreliable`, `countermeasure`.
    pub list: String,
    /// The same in words.
    pub list_name: Bilingual,
    /// The notice.
    pub instrument: String,
    /// Its number in the notice.
    pub no: u16,
    /// Where the listing stands on the day.
    pub status: String,
    /// The same in words, with dates.
    pub standing: Bilingual,
    /// What follows.
    pub effect: Bilingual,
    /// The citation in words.
    pub cite: Bilingual,
    /// How it is known.
    pub verification: Verification,
    /// Where the names are not equal: how alike they are, and whether they are taken for the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similar: Option<Similar>,
}

/// A name found by screening.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similar {
    /// In thousandths.
    pub score: u16,
    /// True where the party is taken for the listed one.
    pub same: bool,
}
