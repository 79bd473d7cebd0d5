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
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        for entry in self.done.iter().filter_map(|e| e.code.clone()) {
            *seen.entry(entry).or_default() += 1;
        }
        let marks = Marks::of(&self.done);
        let mut last: Option<(String, u32)> = None;
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
            let (group, number) = (format!("{}{}", &text[..4], &text[6..]), text[4..6].parse::<u32>().unwrap_or(0));
            if let Some((held, before)) = &last
                && *held == group
                && number <= *before
            {
                entry.doubts.push(doubt(format!("编号{code}未按顺序"), format!("the code {code} is out of order")));
            }
            last = Some((group, number));
            let digits = text[2..4].to_owned();
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
