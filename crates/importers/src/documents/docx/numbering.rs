//! Numbers that a word processor counts by itself: they stand in no text of the file, and a list of points without its numbers is
//! another law.

use std::collections::BTreeMap;

use super::super::package::{Say, read_xml};
use super::super::{Form, Limits};
use crate::error::ImportError;

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    patterns: BTreeMap<String, Vec<Level>>,
    /// List to pattern, with the levels that begin anew.
    lists: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    /// Paragraph style to list and level.
    styles: BTreeMap<String, (String, usize)>,
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
    begun: Vec<String>,
}

fn value<'a>(attributes: &'a [(String, String)], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
}

fn number(attributes: &[(String, String)], name: &str) -> Option<u32> {
    value(attributes, name).and_then(|v| v.parse().ok())
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn read(&mut self, xml: &[u8], limits: &Limits) -> Result<(), ImportError> {
        let (mut pattern, mut list) = (String::new(), String::new());
        let mut level = 0;
        read_xml(xml, Form::Docx, limits, |say| {
            let Say::Open(name, attributes) = say else { return Ok(()) };
            let val = value(attributes, "val").unwrap_or_default();
            match name {
                "abstractNum" => value(attributes, "abstractNumId").unwrap_or_default().clone_into(&mut pattern),
                "lvl" => {
                    level = number(attributes, "ilvl").map_or(0, |n| n as usize).min(LEVELS - 1);
                    let levels = self.patterns.entry(pattern.clone()).or_default();
                    levels.resize(levels.len().max(level + 1), Level { start: 1, ..Level::default() });
                }
                "num" => {
                    value(attributes, "numId").unwrap_or_default().clone_into(&mut list);
                    self.lists.entry(list.clone()).or_default();
                }
                "abstractNumId" if !list.is_empty() => {
                    val.clone_into(&mut self.lists.entry(list.clone()).or_default().0);
                }
                "lvlOverride" => level = number(attributes, "ilvl").map_or(0, |n| n as usize).min(LEVELS - 1),
                "startOverride" => {
                    self.lists.entry(list.clone()).or_default().1.insert(level, val.parse().unwrap_or(1));
                }
                "start" | "numFmt" | "lvlText" if list.is_empty() => {
                    if let Some(held) = self.patterns.get_mut(&pattern).and_then(|p| p.get_mut(level)) {
                        match name {
                            "start" => held.start = val.parse().unwrap_or(1),
                            "numFmt" => val.clone_into(&mut held.format),
                            _ => val.clone_into(&mut held.text),
                        }
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// Reads which paragraph styles are numbered from `word/styles.xml`.
    pub(super) fn read_styles(&mut self, xml: &[u8], limits: &Limits) -> Result<(), ImportError> {
        let mut style = String::new();
        let (mut list, mut level) = (String::new(), 0);
        read_xml(xml, Form::Docx, limits, |say| {
            match say {
                Say::Open("style", attributes) => {
                    value(attributes, "styleId").unwrap_or_default().clone_into(&mut style);
                    (list, level) = (String::new(), 0);
                }
                Say::Open("numId", a) => value(a, "val").unwrap_or_default().clone_into(&mut list),
                Say::Open("ilvl", a) => level = number(a, "val").map_or(0, |n| n as usize),
                Say::Close("style") if !list.is_empty() => {
                    self.styles.insert(style.clone(), (list.clone(), level));
                }
                _ => {}
            }
            Ok(())
        })
    }

    /// The list and level of a paragraph style.
    pub(super) fn of_style(&self, style: &str) -> Option<(String, usize)> {
        self.styles.get(style).cloned()
    }

    /// Counts on and tells what stands before the paragraph.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let (pattern, overrides) = self.lists.get(list)?.clone();
        let levels = self.patterns.get(&pattern)?;
        let level = level.min(LEVELS - 1);
        let counted = self.counted.entry(pattern.clone()).or_default();
        if !overrides.is_empty() && !self.begun.iter().any(|b| b == list) {
            self.begun.push(list.to_owned());
            for (at, start) in overrides {
                counted[at.min(LEVELS - 1)] = Some(start.saturating_sub(1));
            }
        }
        let start = levels.get(level)?.start;
        counted[level] = Some(counted[level].map_or(start, |n| n.saturating_add(1)));
        counted[level + 1..].fill(None);
        let shown = levels.get(level)?;
        if matches!(shown.format.as_str(), "bullet" | "none") {
            return None;
        }
        let mut text = shown.text.clone();
        for (i, held) in levels.iter().enumerate().take(level + 1) {
            let n = counted[i].unwrap_or(held.start);
            text = text.replace(&format!("%{}", i + 1), &written(n, &held.format));
        }
        Some(text)
    }
}

/// A number in the format of a list.
fn written(n: u32, format: &str) -> String {
    let letter = |first: u8| char::from(first + u8::try_from((n.max(1) - 1) % 26).unwrap_or(0)).to_string();
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&n) => {
            char::from_u32('①' as u32 + n - 1).unwrap_or('①').to_string()
        }
        // No law numbers its points so: the sign stays what it is, and the reader is asked.
        "lowerRoman" | "upperRoman" if (1..=12).contains(&n) => {
            char::from_u32(if format == "lowerRoman" { 'ⅰ' } else { 'Ⅰ' } as u32 + n - 1).unwrap_or('Ⅰ').to_string()
        }
        f if f.starts_with("chinese") || f.starts_with("japanese") || f.starts_with("ideograph") => chinese(n),
        _ => n.to_string(),
    }
}

/// 一 to 九十九, as lists of law go.
fn chinese(n: u32) -> String {
    let digit = |d: u32| "〇一二三四五六七八九".chars().nth(d as usize).unwrap_or('〇').to_string();
    match (n / 10, n % 10) {
        (0, ones) => digit(ones),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, 0) if tens < 10 => format!("{}十", digit(tens)),
        (tens, ones) if tens < 10 => format!("{}十{}", digit(tens), digit(ones)),
        _ => n.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"#;

    #[test]
    fn numbers_are_counted_as_a_word_processor_counts_them() {
        let mut numbering = Numbering::default();
        numbering.read(LISTS.as_bytes(), &Limits::default()).unwrap();
        let mut next = |list, level| numbering.next(list, level);
        let counted =
            [next("1", 0), next("1", 1), next("1", 1), next("1", 0), next("1", 1), next("2", 0), next("0", 0)];
        let counted: Vec<&str> = counted.iter().map(|n| n.as_deref().unwrap_or("none")).collect();
        assert_eq!(counted, ["一、", "（1）", "（2）", "二、", "（1）", "一、", "none"]);
    }
}
