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
    /// Articles of which the number in parentheses is an item (项) and not a paragraph (款): `39(3)` is 第三十九条第（三）项.
    #[serde(default)]
    pub itemised: Vec<String>,
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

    /// A place in the words of Chinese law: `17(1)` is 第十七条第一款, `16(1)(2)` 第十六条第一款第（二）项.
    pub fn place_zh(&self, place: &str) -> String {
        let (article, rest) = place.split_once('(').map_or((place, ""), |(article, rest)| (article, rest));
        let Some(number) = article.parse().ok().and_then(numeral) else { return format!("第{place}条") };
        let mut out = format!("第{number}条");
        let paragraphs = usize::from(!self.itemised.iter().any(|a| a == article));
        for (level, part) in rest.split(['(', ')']).filter(|p| !p.is_empty()).enumerate() {
            let Some(number) = part.parse().ok().and_then(numeral) else { return format!("第{place}条") };
            out += &if level < paragraphs { format!("第{number}款") } else { format!("第（{number}）项") };
        }
        out
    }

    /// True where the act is in force on `day` as far as its own dates tell (clauses may be suspended by others).
    pub fn in_force(&self, day: Day) -> bool {
        self.effective.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A number below a thousand as Chinese law writes it: 四十七, 一百零三.
fn numeral(number: u16) -> Option<String> {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: u16| DIGITS[usize::from(n % 10)];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    if number == 0 || hundreds > 9 {
        return None;
    }
    let mut out = String::new();
    if hundreds > 0 {
        out += digit(hundreds);
        out += "百";
    }
    match (hundreds, tens) {
        (0, 0) => {}
        (_, 0) if ones > 0 => out += "零",
        (_, 0) => {}
        (0, 1) => out += "十",
        _ => {
            out += digit(tens);
            out += "十";
        }
    }
    if ones > 0 {
        out += digit(ones);
    }
    Some(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_law() {
        for (number, written) in [
            (3, "三"),
            (10, "十"),
            (17, "十七"),
            (40, "四十"),
            (47, "四十七"),
            (100, "一百"),
            (103, "一百零三"),
            (115, "一百一十五"),
        ] {
            assert_eq!(numeral(number).as_deref(), Some(written));
        }
        assert_eq!((numeral(0), numeral(1000)), (None, None));
    }
}
