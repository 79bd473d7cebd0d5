//! The grammar of party listings: 「1. 三菱造船株式会社（Mitsubishi …）」 with address, post code and other names.

use winnow::Parser as _;
use winnow::combinator::alt;
use winnow::token::take_while;

use super::numbering::{self, Mark};
use super::{Input, begins};

/// One party as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Its number; 0 for a unit under the party before.
    pub no: u16,
    /// Chinese name.
    pub zh: String,
    /// Latin name.
    pub en: String,
    /// Other names.
    pub also: Vec<String>,
    /// Address.
    pub address: String,
    /// Post code.
    pub postcode: String,
    /// True for a unit named under the party before.
    pub unit: bool,
}

/// A labelled line under a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// 地址
    Address,
    /// 邮编
    Postcode,
    /// 常用名称、又名
    Also,
}

/// The label of a line and where its words begin.
pub fn label(text: &str) -> Option<(Label, usize)> {
    fn one(input: &mut Input<'_>) -> winnow::Result<Label> {
        let label = alt((
            alt(("地址", "地 址")).value(Label::Address),
            alt(("邮编", "邮 编", "邮政编码")).value(Label::Postcode),
            alt(("常用名称", "常用名", "又名", "别名", "其他名称")).value(Label::Also),
        ));
        (label, take_while(1..=3, ['：', ':', ' '])).map(|(l, _)| l).parse_next(input)
    }
    begins(text, one)
}

/// A numbered party: `3. 蒂尔无人机公司（Teal Drones, Inc.）`.
pub fn numbered(text: &str) -> Option<Party> {
    let (mark, at) = numbering::of(text)?;
    let Mark::Digit(no) = mark else { return None };
    let rest = text[at..].trim().trim_end_matches(['；', '。', ';']);
    let mut party = names(rest)?;
    party.no = u16::try_from(no).ok()?;
    Some(party)
}

/// A unit: `-TechInsights Inc.`
pub fn unit(text: &str) -> Option<Party> {
    let rest = text.strip_prefix(['-', '－', '—', '•', '·'])?.trim();
    let mut party = names(rest)?;
    party.unit = true;
    Some(party)
}

/// Chinese name with the Latin one in brackets; either may stand alone. Words after the bracket (及其分支机构) belong to the Chinese.
fn names(text: &str) -> Option<Party> {
    let latin = |t: &str| t.chars().any(|c| c.is_ascii_alphabetic());
    let han = |t: &str| t.chars().any(yumen_assess::is_han);
    if text.is_empty() || text.chars().count() > 240 {
        return None;
    }
    // The last bracket that holds Latin letters is the name; brackets inside it (Teledyne (FLIR)) are matched.
    let open = text.char_indices().find(|(i, c)| matches!(c, '（' | '(') && *i > 0 && latin(&text[*i..]));
    if let Some((start, bracket)) = open {
        let inner_start = start + bracket.len_utf8();
        let mut depth = 1;
        let mut close = None;
        for (i, c) in text[inner_start..].char_indices() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                close = Some(inner_start + i);
                break;
            }
        }
        if let Some(close) = close {
            let inner = text[inner_start..close].trim();
            if !han(inner) {
                let zh = text[..start].trim().to_owned();
                return Some(Party { zh, en: inner.to_owned(), ..Party::default() });
            }
        }
    }
    if han(text) {
        Some(Party { zh: text.to_owned(), ..Party::default() })
    } else {
        Some(Party { en: text.to_owned(), ..Party::default() })
    }
}

/// Latin names listed in a sentence: `将……子公司Hanwha Shipping LLC、… 和HS USA Holdings Corp.列入反制清单`.
pub fn inline(sentence: &str) -> Vec<Party> {
    let Some(end) = sentence.find("列入") else { return Vec::new() };
    let Some(start) = sentence[..end].rfind('将') else { return Vec::new() };
    let body = &sentence[start + '将'.len_utf8()..end];
    let mut parties = Vec::new();
    for part in body.split(['、', '和']) {
        let latin: &str = match part.find(|c: char| c.is_ascii_alphabetic()) {
            Some(at) => part[at..].trim(),
            None => continue,
        };
        if latin.len() < 4 || latin.chars().any(yumen_assess::is_han) {
            continue;
        }
        let no = u16::try_from(parties.len() + 1).unwrap_or(u16::MAX);
        parties.push(Party { no, en: latin.to_owned(), ..Party::default() });
    }
    parties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_read_as_printed() {
        let p = numbered("3. 蒂尔无人机公司（Teal Drones, Inc.）").unwrap();
        assert_eq!((p.no, p.zh.as_str(), p.en.as_str()), (3, "蒂尔无人机公司", "Teal Drones, Inc."));
        let p = numbered("14. TechInsights公司（TechInsights Inc.）及其分支机构").unwrap();
        assert_eq!(p.en, "TechInsights Inc.");
        assert_eq!(unit("-SARL Strategy Analytics").unwrap().en, "SARL Strategy Analytics");
        assert_eq!(label("地址：日本东京都").map(|l| l.0), Some(Label::Address));
        let named = inline(
            "中方决定将韩华海洋株式会社5家美国相关子公司Hanwha Shipping LLC、Hanwha Philly Shipyard Inc.和HS USA Holdings Corp.列入反制清单，并采取以下反制措施",
        );
        assert_eq!(
            named.iter().map(|p| p.en.as_str()).collect::<Vec<_>>(),
            ["Hanwha Shipping LLC", "Hanwha Philly Shipyard Inc.", "HS USA Holdings Corp."]
        );
    }
}
