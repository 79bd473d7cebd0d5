//! Legal acts: what every fact in the book points to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::id::InstrumentId;
use crate::text::Bilingual;
use crate::verification::Verification;

/// A law, regulation, order, notice, official answer or draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Name in the book: `notice-38-2020`.
    pub id: InstrumentId,
    /// The act of which this is one version: citations of the work find the version in force on the day.
    #[serde(default)]
    pub work: Option<InstrumentId>,
    /// What kind of act.
    pub kind: InstrumentKind,
    /// Official number as printed: `商务部 科技部公告2020年第38号`.
    #[serde(default)]
    pub number: String,
    /// Title.
    pub title: Bilingual,
    /// How answers cite it in short: `公告2020年第38号` / `Notice 38/2020`.
    pub short: Bilingual,
    /// Who issued it.
    #[serde(default)]
    pub issuer: Vec<String>,
    /// Day of signature or adoption.
    #[serde(default)]
    pub issued: Option<Day>,
    /// Day of publication, where it differs from the day of issue.
    #[serde(default)]
    pub published: Option<Day>,
    /// First day of force. Absent for drafts and for acts whose date is not known.
    #[serde(default)]
    pub effective: Option<Day>,
    /// Last day of force, inclusive; absent while none is known.
    #[serde(default)]
    pub until: Option<Day>,
    /// Last day for comments, for drafts.
    #[serde(default)]
    pub comments_until: Option<Day>,
    /// Address of the official publication.
    #[serde(default)]
    pub url: String,
    /// How the text is known.
    pub verification: Verification,
    /// What the article numbers of citations mean in this version.
    #[serde(default)]
    pub numbering: Numbering,
    /// Where this version prints a cited article under another number: `"14(3)" = "17(3)"`. Goes before `numbering`.
    #[serde(default)]
    pub renumbered: BTreeMap<String, String>,
    /// Anything a reader should know: disputed dates, missing text.
    #[serde(default)]
    pub note: Bilingual,
}

/// What kind of act an instrument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// 法律
    Law,
    /// 行政法规
    Regulation,
    /// 部门规章
    Rule,
    /// 公告
    Notice,
    /// 目录、清单
    Catalogue,
    /// 征求意见稿
    Draft,
    /// 问答、指南
    Guidance,
    /// 白皮书等政策文件
    Policy,
    /// 外国或国际文件
    Foreign,
}

/// How article numbers cited in the book read in one version of a work.
///
/// Citations carry the numbers of the version in force when the book was written; older and newer versions shift them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// As cited.
    #[default]
    AsCited,
    /// The technology regulations before 2019: the export chapter (now 27 and following) three higher.
    ThreeHigher,
    /// The foreign trade law before 2022-12-30: articles after 9 one higher.
    OneHigher,
    /// Not known: the text of this version has not been obtained.
    Unknown,
}

impl Numbering {
    fn article(self, cited: &str) -> Option<String> {
        let (shift, from) = match self {
            Self::AsCited => return Some(cited.to_owned()),
            Self::Unknown => return None,
            Self::ThreeHigher => (3, 27),
            Self::OneHigher => (1, 10),
        };
        let digits = cited.chars().take_while(char::is_ascii_digit).count();
        let number: u32 = cited[..digits].parse().ok()?;
        let shift = if number >= from { shift } else { 0 };
        Some(format!("{}{}", number + shift, &cited[digits..]))
    }
}

impl Instrument {
    /// A cited article as this version prints it, or `None` where that is not known.
    pub fn article(&self, cited: &str) -> Option<String> {
        self.renumbered.get(cited).cloned().or_else(|| self.numbering.article(cited))
    }

    /// True where the act is in force on `day` as far as its own dates tell (clauses may be suspended by others).
    pub fn in_force(&self, day: Day) -> bool {
        self.effective.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A place in an act: `technology-regulations:32(2)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Citation {
    /// The act or work.
    pub instrument: InstrumentId,
    /// Article, clause or question; may be empty.
    pub place: String,
}

impl TryFrom<String> for Citation {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (instrument, place) = text.split_once(':').unwrap_or((&text, ""));
        InstrumentId::new(instrument).map(|instrument| Self { instrument, place: place.trim().to_owned() }).ok_or_else(
            || format!("{text:?} is not a citation: write instrument:article, for example dual-use-regulations:17"),
        )
    }
}

impl From<Citation> for String {
    fn from(citation: Citation) -> Self {
        if citation.place.is_empty() {
            citation.instrument.to_string()
        } else {
            format!("{}:{}", citation.instrument, citation.place)
        }
    }
}
