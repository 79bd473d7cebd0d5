//! Entry codes: what the numbers of the two lists mean.
//!
//! Source: the code rules printed in MOFCOM's answers on the dual-use list of 2025-03-11 (questions 4 and 5), and the
//! codes seen in the editions of the technology catalogue.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::Bilingual;

/// A code as an entry carries it. Two codes of different schemes never compare equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// `056101X`: a number of the technology catalogue.
    Catalogue(CatalogueCode),
    /// `1C117.d.1`: a number of the unified dual-use list (or of a list that shares its form).
    Control(ControlCode),
    /// `23/2023-1.1`: an item of a notice that gave its items no code.
    Notice(NoticeItem),
    /// `uncoded:newcastle-vaccine`: an entry whose official number has not been seen.
    Unseen(String),
}

/// What was wrong with a written code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a code: expected 6 digits with J or X (056101X), a control code (1C117.d.1), a notice item (23/2023-1.1) or uncoded:name"
)]
pub struct BadCode(pub String);

/// A number of the technology catalogue: edition tag, industry division, sequence, list letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CatalogueCode {
    digits: [u8; 6],
    letter: u8,
}

impl CatalogueCode {
    /// The two digits that tell when the entry was made (`05`, `18`, `08`, `20`, `25`).
    pub fn edition_tag(&self) -> &str {
        std::str::from_utf8(&self.digits[0..2]).unwrap_or_default()
    }

    /// The industry division, two digits of the national industry classification of the edition.
    pub fn division(&self) -> &str {
        std::str::from_utf8(&self.digits[2..4]).unwrap_or_default()
    }

    /// `J` prohibited (true) or `X` restricted (false).
    pub fn is_prohibited(&self) -> bool {
        self.letter == b'J'
    }
}

impl fmt::Display for CatalogueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", std::str::from_utf8(&self.digits).unwrap_or_default(), char::from(self.letter))
    }
}

/// A number of the dual-use list: five signs, then lower-case letters and numbers in turn.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ControlCode {
    head: [u8; 5],
    path: Vec<String>,
}

impl ControlCode {
    /// The five signs that name the entry: `1C117`.
    pub fn entry(&self) -> &str {
        std::str::from_utf8(&self.head).unwrap_or_default()
    }

    /// The levels below the entry: `["d", "1"]`.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// First sign: the industry.
    pub fn industry(&self) -> Bilingual {
        match self.head[0] {
            b'0' => Bilingual::new("其他物项", "other items"),
            b'1' => Bilingual::new(
                "专用材料和相关设备、化学制品、微生物和毒素",
                "special materials and equipment, chemicals, micro-organisms and toxins",
            ),
            b'2' => Bilingual::new("材料加工", "materials processing"),
            b'3' => Bilingual::new("电子", "electronics"),
            b'4' => Bilingual::new("计算机", "computers"),
            b'5' => Bilingual::new("电信和信息安全", "telecommunications and information security"),
            b'6' => Bilingual::new("传感器和激光器", "sensors and lasers"),
            b'7' => Bilingual::new("导航和航空电子", "navigation and avionics"),
            b'8' => Bilingual::new("船舶", "marine"),
            _ => Bilingual::new("航空航天与推进", "aerospace and propulsion"),
        }
    }

    /// Second sign: what kind of thing.
    pub fn item_type(&self) -> ItemType {
        match self.head[1] {
            b'A' => ItemType::Systems,
            b'B' => ItemType::Production,
            b'C' => ItemType::Materials,
            b'D' => ItemType::Software,
            _ => ItemType::Technology,
        }
    }

    /// Third sign: why it is controlled. `None` for a digit that the rules do not define (6, 7, 8).
    pub fn reason(&self) -> Option<Bilingual> {
        Some(match self.head[2] {
            b'0' => Bilingual::new("与常规武器相关", "conventional weapons"),
            b'1' => Bilingual::new("与大规模杀伤性武器运载工具相关", "delivery systems of weapons of mass destruction"),
            b'2' => Bilingual::new("与核不扩散相关", "nuclear non-proliferation"),
            b'3' => Bilingual::new("与化学和生物武器相关", "chemical and biological weapons"),
            b'4' => Bilingual::new("监控化学品", "monitored chemicals"),
            b'5' => Bilingual::new("临时管制", "temporary control"),
            b'9' => Bilingual::new("与其他国家安全因素相关", "other national security factors"),
            _ => return None,
        })
    }

    /// True where the numbering is shared with the EU and US lists (third sign 1, 2 or 3): equal numbers then mean
    /// related items, never equal scope.
    pub fn shares_numbering(&self) -> bool {
        matches!(self.head[2], b'1' | b'2' | b'3')
    }
}

impl fmt::Display for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entry())?;
        self.path.iter().try_for_each(|level| write!(f, ".{level}"))
    }
}

/// Second sign of a control code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemType {
    /// A: systems, equipment and components.
    Systems,
    /// B: test, inspection and production equipment.
    Production,
    /// C: materials.
    Materials,
    /// D: software.
    Software,
    /// E: technology.
    Technology,
}

/// An item of a notice that numbers its items but gives no code: notice 23 of 2023, item 1.1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeItem {
    year: u16,
    number: u16,
    item: String,
}

impl fmt::Display for NoticeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}-{}", self.number, self.year, self.item)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Catalogue(code) => code.fmt(f),
            Self::Control(code) => code.fmt(f),
            Self::Notice(item) => item.fmt(f),
            Self::Unseen(name) => write!(f, "uncoded:{name}"),
        }
    }
}

impl FromStr for Code {
    type Err = BadCode;

    /// Reads any of the four forms. Letters of a control code's head and the list letter may be written in either case.
    fn from_str(s: &str) -> Result<Self, BadCode> {
        let s = s.trim();
        if s.len() > 64 || !s.is_ascii() {
            return Err(BadCode(s.chars().take(64).collect()));
        }
        catalogue(s)
            .map(Code::Catalogue)
            .or_else(|| control(s).map(Code::Control))
            .or_else(|| notice_item(s).map(Code::Notice))
            .or_else(|| unseen(s).map(Code::Unseen))
            .ok_or_else(|| BadCode(s.to_owned()))
    }
}

fn catalogue(s: &str) -> Option<CatalogueCode> {
    let bytes: [u8; 7] = s.as_bytes().try_into().ok()?;
    let letter = bytes[6].to_ascii_uppercase();
    let digits: [u8; 6] = bytes[..6].try_into().ok()?;
    (digits.iter().all(u8::is_ascii_digit) && matches!(letter, b'J' | b'X')).then_some(CatalogueCode { digits, letter })
}

fn control(s: &str) -> Option<ControlCode> {
    let mut parts = s.split('.');
    let mut head: [u8; 5] = parts.next()?.as_bytes().try_into().ok()?;
    head[1] = head[1].to_ascii_uppercase();
    let shaped =
        head[0].is_ascii_digit() && (b'A'..=b'E').contains(&head[1]) && head[2..].iter().all(u8::is_ascii_digit);
    let path: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
    let alternate = path.iter().enumerate().all(|(level, part)| {
        if level % 2 == 0 {
            part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase())
        } else {
            !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
        }
    });
    (shaped && alternate).then_some(ControlCode { head, path })
}

fn notice_item(s: &str) -> Option<NoticeItem> {
    let (number, rest) = s.split_once('/')?;
    let (year, item) = rest.split_once('-')?;
    let year = year.parse().ok().filter(|y| (1990..=2100).contains(y))?;
    let shaped =
        !item.is_empty() && item.split('.').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    shaped.then_some(NoticeItem { year, number: number.parse().ok()?, item: item.to_owned() })
}

fn unseen(s: &str) -> Option<String> {
    let name = s.strip_prefix("uncoded:")?;
    let shaped = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    shaped.then(|| name.to_owned())
}

impl Code {
    /// The code of the entry this one belongs to: `1C117` for `1C117.d.1`, otherwise the code itself.
    #[must_use]
    pub fn entry(&self) -> Self {
        match self {
            Self::Control(code) => Self::Control(ControlCode { head: code.head, path: Vec::new() }),
            other => other.clone(),
        }
    }

    /// True where the official number is not known to the book.
    pub fn is_unseen(&self) -> bool {
        matches!(self, Self::Unseen(_))
    }

    /// This code with `path` (levels joined by dots) below it, in the writing of its scheme.
    pub fn with_path(&self, path: &str) -> String {
        match self {
            Self::Control(_) if !path.is_empty() => format!("{self}.{path}"),
            other => other.to_string(),
        }
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_survives_writing_and_reading() {
        for text in ["056101X", "050302J", "1C117", "1C117.d.1", "1C111.b.1.a", "23/2023-1.1", "uncoded:crop-breeding"]
        {
            assert_eq!(text.parse::<Code>().unwrap().to_string(), text);
        }
        assert_eq!("1c117.D.1".parse::<Code>().unwrap().to_string(), "1C117.d.1");
    }

    #[test]
    fn other_shapes_are_refused() {
        for text in
            ["", "56101X", "0561012X", "1F117", "1C117.1", "1C117.a.b", "1C117.", "2161010X", "x/2023-1", "uncoded:"]
        {
            assert!(text.parse::<Code>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_signs_of_a_control_code_have_meanings() {
        let Ok(Code::Control(code)) = "3E901.b.2".parse::<Code>() else { panic!("a control code") };
        assert_eq!(code.industry().en, "electronics");
        assert_eq!(code.item_type(), ItemType::Technology);
        assert_eq!(code.reason().unwrap().en, "other national security factors");
        assert!(!code.shares_numbering());
    }
}
