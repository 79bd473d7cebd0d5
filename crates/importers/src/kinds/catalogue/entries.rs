//! Entries of a catalogue as they grow line by line, and what is odd about them.

use std::collections::BTreeMap;

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::{Children, Control};

use super::super::amendment::control_of;
use super::super::{EntryRead, Piece, PointRead, What, end_mark, points_of};
use crate::flow::{Paragraph, Place};
use crate::grammar::numbering::{self, Mark};

/// One entry while it is read.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub code: Option<Code>,
    pub name: String,
    pub place: Place,
    pub words: Vec<String>,
    pub points: Vec<PointRead>,
    /// True once its control points have begun.
    pub in_points: bool,
    pub doubts: Vec<Bilingual>,
    /// The heading of the division it stands under.
    pub division: String,
    /// The part of the catalogue it stands in, where one was announced.
    pub section: Option<Control>,
}

/// The entries read so far.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub open: Option<Open>,
    done: Vec<Open>,
    pub division: String,
    pub section: Option<Control>,
}

fn doubt(zh: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual::new(zh, en)
}

impl Entries {
    /// Begins a new entry.
    pub(super) fn begin(&mut self, place: Place) -> &mut Open {
        self.done.extend(self.open.take());
        self.open.insert(Open { place, division: self.division.clone(), section: self.section, ..Open::default() })
    }

    /// The entry being read, begun where there is none.
    pub(super) fn current(&mut self, place: Place) -> &mut Open {
        if self.open.is_none() {
            self.begin(place);
        }
        self.open.get_or_insert_with(Open::default)
    }

    /// True where a code was read under which no name stands yet, or the other way round.
    pub(super) fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    /// Every entry with what is odd about it.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.close();
        let mut divisions: BTreeMap<(String, Option<Control>), BTreeMap<String, usize>> = BTreeMap::new();
        for entry in &self.done {
            if let (Some(code), false) = (&entry.code, entry.division.is_empty()) {
                let digits = code.to_string()[2..4].to_owned();
                *divisions.entry((entry.division.clone(), entry.section)).or_default().entry(digits).or_default() += 1;
            }
        }
        let mut headings: BTreeMap<(Option<Control>, String), BTreeMap<String, usize>> = BTreeMap::new();
        for entry in &self.done {
            if let Some(code) = entry.code.as_ref() {
                let digits = code.to_string()[2..4].to_owned();
                *headings.entry((entry.section, digits)).or_default().entry(entry.division.clone()).or_default() += 1;
            }
        }
        let mut prefixes: BTreeMap<String, usize> = BTreeMap::new();
        for code in self.done.iter().filter_map(|e| e.code.as_ref()) {
            *prefixes.entry(code.to_string()[..2].to_owned()).or_default() += 1;
        }
        let prefix = prefixes.into_iter().max_by_key(|(_, n)| *n).map(|(p, _)| p).unwrap_or_default();
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        for entry in self.done.iter().filter_map(|e| e.code.clone()) {
            *seen.entry(entry).or_default() += 1;
        }
        let marks = Marks::of(&self.done);
        let mut last: Option<(String, u32)> = None;
        let mut last_division: Option<(Option<Control>, String)> = None;
        let mut pieces = Vec::new();
        for mut entry in self.done {
            let Some(code) = entry.code.clone() else {
                // Kept as an unread piece by the caller's totals: an entry without a number cannot be recorded.
                pieces.push(entry.without_code());
                continue;
            };
            entry.odd(&code);
            marks.doubts(&mut entry);
            if seen.get(&code).is_some_and(|n| *n > 1) {
                entry
                    .doubts
                    .push(doubt(format!("编号{code}出现多次"), format!("the code {code} stands more than once")));
            }
            let text = code.to_string();
            if !text.starts_with(&prefix) {
                entry.doubts.push(doubt(
                    format!("编号{code}开头与其他编号的{prefix}不同"),
                    format!("{code} does not begin with {prefix} as the others do"),
                ));
            }
            let (group, number) = (format!("{}{}", &text[..4], &text[6..]), text[4..6].parse::<u32>().unwrap_or(0));
            if let Some((held, before)) = &last
                && *held == group
                && number <= *before
            {
                entry.doubts.push(doubt(format!("编号{code}未按顺序"), format!("the code {code} is out of order")));
            }
            last = Some((group, number));
            let digits = text[2..4].to_owned();
            if let Some((section, before)) = &last_division
                && *section == entry.section
                && digits < *before
            {
                entry.doubts.push(doubt(
                    format!("编号{code}的行业代码{digits}排在{before}之后"),
                    format!("the division {digits} of {code} stands behind {before}"),
                ));
            }
            let under = headings.get(&(entry.section, digits.clone()));
            let all: usize = under.map_or(0, |u| u.values().sum());
            if under.and_then(|u| u.get(&entry.division)).is_some_and(|n| *n < all && n * 2 <= all) {
                entry.doubts.push(doubt(
                    format!("编号{code}的行业代码{digits}也出现在另一标题下"),
                    format!("the division {digits} of {code} stands under another heading too"),
                ));
            }
            last_division = Some((entry.section, digits.clone()));
            let usual =
                divisions.get(&(entry.division.clone(), entry.section)).and_then(|d| d.iter().max_by_key(|(_, n)| **n));
            if let Some((usual, _)) = usual.filter(|(u, _)| **u != digits) {
                entry.doubts.push(doubt(
                    format!("编号{code}的行业代码{digits}与同一标题下的{usual}不同"),
                    format!("the division {digits} of {code} differs from {usual} of the others under the heading"),
                ));
            }
            pieces.push(entry.piece(code, digits));
        }
        pieces
    }
}

impl Open {
    /// Adds words of the control points: a numbered point, one below it, or a line that runs on.
    pub(super) fn add_points(&mut self, text: &str, place: Place, paragraph: &Paragraph) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if paragraph.doubtful {
            self.doubts.push(doubt("换行处可能另起一项", "a new point may begin where the line breaks"));
        }
        let tidy = |t: &str| t.trim().trim_end_matches(['；', ';', '。', '，']).trim().to_owned();
        let above = self.points.iter().rfind(|p| !p.path.contains('.')).map(|p| p.path.clone());
        match numbering::of(text) {
            Some((Mark::Digit(_), _)) => {
                for point in points_of(text, place) {
                    self.expect(&point.path);
                    self.points.push(point);
                }
            }
            Some((Mark::InnerDigit(n) | Mark::Circled(n), at)) if above.is_some() => {
                let above = above.unwrap_or_default();
                let before = self.points.iter().filter(|p| p.path.starts_with(&format!("{above}."))).count();
                if u32::try_from(before + 1) != Ok(n) {
                    self.doubts.push(doubt(
                        format!("控制要点{above}下序号（{n}）不连续"),
                        format!("below point {above} the number ({n}) does not follow"),
                    ));
                }
                self.points.push(PointRead {
                    path: format!("{above}.{n}"),
                    text: tidy(&text[at..]),
                    end: end_mark(text),
                    place,
                    ..PointRead::default()
                });
            }
            _ => match self.points.last_mut() {
                Some(last) => {
                    last.run_on(text);
                    self.doubts.push(doubt(
                        format!("未编号的一行并入控制要点{}", last.path),
                        format!("a line without a number was joined to point {}", last.path),
                    ));
                }
                None => self.points.push(PointRead {
                    path: "1".to_owned(),
                    text: tidy(text),
                    end: end_mark(text),
                    place,
                    ..PointRead::default()
                }),
            },
        }
    }

    fn expect(&mut self, path: &str) {
        let before =
            self.points.iter().rfind(|p| !p.path.contains('.')).and_then(|p| p.path.parse::<u32>().ok()).unwrap_or(0);
        let here = path.parse::<u32>().unwrap_or(0);
        if here != before + 1 {
            self.doubts.push(doubt(
                format!("控制要点序号由{before}跳到{here}"),
                format!("the points jump from {before} to {here}"),
            ));
        }
    }

    /// What is odd about the entry by itself.
    fn odd(&mut self, code: &Code) {
        if self.name.is_empty() {
            self.doubts.push(doubt("没有技术名称", "it has no name"));
        }
        if !self.name.is_empty() && self.name.chars().filter(|c| yumen_assess::is_han(*c)).count() < 2 {
            self.doubts
                .push(doubt(format!("“{}”不像技术名称", self.name), format!("{:?} is hardly a name", self.name)));
        }
        let numbered = |t: &str| {
            t.char_indices().skip(1).any(|(i, c)| {
                let before = t[..i].chars().next_back();
                c.is_ascii_digit()
                    && !before.is_some_and(|b| b.is_ascii_digit() || ".．-第".contains(b))
                    && matches!(numbering::of(&t[i..]), Some((Mark::Digit(_), at))
                        if t[i + at..].starts_with(|c: char| yumen_assess::is_han(c) || c.is_ascii_alphabetic()))
            })
        };
        // （1）甲（2）乙: a count that goes on inside a point.
        let brackets = |t: &str| {
            let at = |n: &str| ["（", "("].iter().find_map(|o| t.find(&format!("{o}{n}"))).filter(|i| *i > 0);
            let half = |n: &str| t.match_indices(n).any(|(i, _)| t[..i].ends_with(yumen_assess::is_han));
            at("1）").or(at("1)")).or(at("2）")).or(at("2)")).is_some()
                || half("1）")
                || half("2）")
                || t.contains(['①', '②'])
        };
        if numbered(&self.name) {
            self.doubts.push(doubt(
                "名称中间有序号，可能与前一标题相连",
                "a number stands inside the name: two headings may have been run together",
            ));
        }
        let run: Vec<String> = self
            .points
            .iter()
            .filter(|p| p.text.contains(['；', ';']) || numbered(&p.text) || brackets(&p.text))
            .map(|p| p.path.clone())
            .collect();
        for path in run {
            self.doubts.push(doubt(
                format!("控制要点{path}中间有分号或者序号，可能是两项相连"),
                format!("a semicolon or a number stands inside point {path}: two points may have been run together"),
            ));
        }
        if self.points.is_empty() {
            self.doubts.push(doubt("没有控制要点", "it has no control point"));
        }
        let letter = control_of(code);
        if let Some(section) = self.section.filter(|s| *s != letter) {
            self.doubts.push(doubt(
                format!("编号{code}与所在部分（{}）不符", section.label().zh),
                format!("{code} stands in the part of {} entries", section.label().en),
            ));
        }
        let empty: Vec<String> = self.points.iter().filter(|p| p.text.is_empty()).map(|p| p.path.clone()).collect();
        for path in empty {
            self.doubts.push(doubt(format!("控制要点{path}没有文字"), format!("point {path} has no words")));
        }
    }

    fn without_code(self) -> Piece {
        let mut doubts = self.doubts;
        doubts.push(doubt("没有可识别的编号", "no code can be read"));
        Piece {
            place: self.place,
            words: self.words.join("\n"),
            what: What::Remove { code: unseen(), name: self.name, clause: String::new() },
            doubts,
        }
    }

    fn piece(self, code: Code, digits: String) -> Piece {
        let entry = EntryRead {
            list: "technology",
            control: control_of(&code),
            code,
            name: self.name,
            under: String::new(),
            division: (!self.division.is_empty()).then_some((digits, self.division)),
            children: Children::Items,
            hs: Vec::new(),
            points: self.points,
            clause: String::new(),
        };
        Piece { place: self.place, words: self.words.join("\n"), what: What::Entry(entry), doubts: self.doubts }
    }
}

/// How the document closes its points: nearly always alike, so that a point closed otherwise was cut or run together.
struct Marks {
    /// Points before the last end with a mark.
    between: bool,
    /// The last point ends with a full stop.
    last: bool,
}

impl Marks {
    fn of(entries: &[Open]) -> Self {
        let most = |of: Vec<bool>| of.len() >= 5 && of.iter().filter(|m| **m).count() * 10 >= of.len() * 8;
        let before_last = entries.iter().flat_map(|e| e.points.iter().rev().skip(1));
        Self {
            between: most(before_last.map(|p| matches!(p.end, Some('；' | ';'))).collect()),
            last: most(entries.iter().filter_map(|e| e.points.last()).map(|p| p.end == Some('。')).collect()),
        }
    }

    fn doubts(&self, entry: &mut Open) {
        let count = entry.points.len();
        for (i, point) in entry.points.iter().enumerate() {
            let is_last = i + 1 == count;
            let odd = if is_last {
                self.last && point.end != Some('。')
            } else {
                self.between && !matches!(point.end, Some('；' | ';'))
            };
            if odd {
                entry.doubts.push(doubt(
                    format!("控制要点{}的结尾与其他条目不同，可能有缺漏", point.path),
                    format!("point {} does not end as the others do: something may be missing", point.path),
                ));
            }
        }
    }
}

/// The code of an entry whose number could not be read: such a piece never enters the book.
pub(super) fn unseen() -> Code {
    "uncoded:unread".parse().unwrap_or_else(|_| unreachable!("a well-formed name"))
}
