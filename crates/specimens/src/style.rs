//! How offices set the same catalogue: signs, numbering, labels, and the words around it. Every choice here is one that official
//! texts make; none of them changes what the catalogue says.

use crate::chance::Chance;
use crate::numerals;

/// How parts are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numbering {
    /// `1．`
    WideStop,
    /// `1.`
    Stop,
    /// `1. ` with a blank.
    StopBlank,
    /// `1、`
    Comma,
    /// `（1）`
    WideBrackets,
    /// `(1)`
    Brackets,
    /// `1）`
    HalfBracket,
    /// `①`
    Circled,
}

/// What stands at the end of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// `；` and at last `。`
    Semicolons,
    /// `;` and at last `。`
    NarrowSemicolons,
    /// `。` everywhere.
    Stops,
    /// Nothing.
    Nothing,
}

/// How codes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// `083201X`
    Plain,
    /// `08-32-01-X`
    Hyphens,
    /// `083201-X`
    LetterApart,
    /// `０８３２０１Ｘ`
    Wide,
}

/// How the heading of an entry is written where the layout has headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// `3．激光技术（编号：084301X）`
    Numbered,
    /// `激光技术（编号：084301X）`
    Bare,
    /// `（三）激光技术（084301X）`
    Bracketed,
    /// `084301X 激光技术`
    CodeFirst,
}

/// How an office sets a catalogue.
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of an office of its own")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// After labels.
    pub colon: &'static str,
    /// Points.
    pub points: Numbering,
    /// Points below points.
    pub below: Numbering,
    /// Ends of points.
    pub ends: Ends,
    /// Codes.
    pub codes: Codes,
    /// Headings.
    pub heading: Heading,
    /// The name before the code, in labelled lines and tables.
    pub name_first: bool,
    /// The label of the points on a line of its own.
    pub label_alone: bool,
    /// Numbers before labelled entries: `3.编号：…`.
    pub serial: bool,
    /// Which wording the headings of the two parts have.
    pub parts: usize,
    /// Which wording division headings have.
    pub divisions: usize,
    /// Which wording the totals have.
    pub totals: usize,
    /// Which headings the columns have.
    pub columns: usize,
    /// Digits of the text in full width.
    pub wide_digits: bool,
    /// Paragraphs begin with two wide blanks.
    pub indented: bool,
}

/// Headings of the columns: serial number, code, name, points.
const COLUMNS: &[[&str; 4]] = &[
    ["序号", "编号", "技术名称", "控制要点"],
    ["序号", "技术编号", "条目名称", "控制要点"],
    ["序 号", "编 号", "技 术 名 称", "控 制 要 点"],
    ["序号", "编码", "名称", "技术控制要点"],
];

impl Style {
    /// The style of the measurements that go back furthest.
    pub fn official() -> Self {
        Self {
            colon: "：",
            points: Numbering::WideStop,
            below: Numbering::WideBrackets,
            ends: Ends::Semicolons,
            codes: Codes::Plain,
            heading: Heading::Numbered,
            name_first: false,
            label_alone: false,
            serial: false,
            parts: 0,
            divisions: 0,
            totals: 0,
            columns: 0,
            wide_digits: false,
            indented: false,
        }
    }

    /// Any style.
    pub fn random(chance: &mut Chance) -> Self {
        use Numbering as N;
        let mut of = |choices: usize| chance.below(choices);
        Self {
            colon: ["：", ":", "： "][of(3)],
            points: [N::WideStop, N::Stop, N::StopBlank, N::Comma][of(4)],
            below: [N::WideBrackets, N::Brackets, N::HalfBracket, N::Circled][of(4)],
            ends: [Ends::Semicolons, Ends::NarrowSemicolons, Ends::Stops, Ends::Nothing][of(4)],
            codes: [Codes::Plain, Codes::Plain, Codes::Hyphens, Codes::LetterApart, Codes::Wide][of(5)],
            heading: [Heading::Numbered, Heading::Bare, Heading::Bracketed, Heading::CodeFirst][of(4)],
            name_first: of(3) == 0,
            label_alone: of(2) == 0,
            serial: of(3) == 0,
            parts: of(4),
            divisions: of(4),
            totals: of(4),
            columns: of(COLUMNS.len()),
            wide_digits: of(4) == 0,
            indented: of(3) == 0,
        }
    }

    /// A number as this style writes it.
    pub fn number(of: Numbering, n: usize) -> String {
        match of {
            Numbering::WideStop => format!("{n}．"),
            Numbering::Stop => format!("{n}."),
            Numbering::StopBlank => format!("{n}. "),
            Numbering::Comma => format!("{n}、"),
            Numbering::WideBrackets => format!("（{n}）"),
            Numbering::Brackets => format!("({n})"),
            Numbering::HalfBracket => format!("{n}）"),
            Numbering::Circled => {
                u32::try_from(n).ok().and_then(|n| char::from_u32('①' as u32 + n - 1)).unwrap_or('①').to_string()
            }
        }
    }

    /// What ends a point.
    pub fn end(&self, last: bool) -> &'static str {
        match (self.ends, last) {
            (Ends::Semicolons, false) => "；",
            (Ends::NarrowSemicolons, false) => ";",
            (Ends::Nothing, _) => "",
            _ => "。",
        }
    }

    /// A code as this style writes it.
    pub fn code(&self, code: &str) -> String {
        match self.codes {
            Codes::Hyphens if code.len() == 7 => {
                format!("{}-{}-{}-{}", &code[..2], &code[2..4], &code[4..6], &code[6..])
            }
            Codes::LetterApart if code.len() == 7 => format!("{}-{}", &code[..6], &code[6..]),
            Codes::Wide => code.chars().map(wide).collect(),
            _ => code.to_owned(),
        }
    }

    /// The heading of an entry.
    pub fn entry(&self, name: &str, code: &str, serial: usize) -> String {
        let (code, colon) = (self.code(code), self.colon.trim_end());
        match self.heading {
            Heading::Numbered => format!("{serial}．{name}（编号{colon}{code}）"),
            Heading::Bare => format!("{name}（编号{colon}{code}）"),
            Heading::Bracketed => format!("（{}）{name}（{code}）", numerals::chinese(serial)),
            Heading::CodeFirst => format!("{code} {name}"),
        }
    }

    /// The heading of a part.
    pub fn part(&self, prohibited: bool) -> String {
        let (n, what) = if prohibited { (1, "禁止出口") } else { (2, "限制出口") };
        match self.parts {
            0 => format!("{}、{what}部分", numerals::chinese(n)),
            1 => format!("第{}部分 {what}的技术", numerals::chinese(n)),
            2 => format!("{what}技术"),
            _ => format!("{}、{what}部分（{}）", numerals::chinese(n), if prohibited { "J" } else { "X" }),
        }
    }

    /// The heading of the `n`th division of a part.
    pub fn division(&self, n: usize, name: &str) -> String {
        match self.divisions {
            0 => format!("（{}）{name}", numerals::chinese(n)),
            1 => format!("({}){name}", numerals::chinese(n)),
            2 => format!("（{}） {name}", numerals::chinese(n)),
            // Where the entries are counted in brackets themselves, divisions need another number to be told apart.
            _ => format!("{}、{name}", numerals::chinese(n)),
        }
    }

    /// What the notice says of the totals.
    pub fn totals(&self, prohibited: usize, restricted: usize) -> String {
        let all = prohibited + restricted;
        match self.totals {
            0 => format!("目录共{all}项，其中禁止出口{prohibited}项，限制出口{restricted}项。"),
            1 => format!(
                "调整后的《目录》共计{all}项技术条目，其中禁止出口技术{prohibited}项、限制出口技术{restricted}项。"
            ),
            2 => format!("本次公布的目录包括禁止出口技术{prohibited}项，限制出口技术{restricted}项，共{all}项。"),
            _ => format!("目录条目总计{all}条（其中，禁止出口{prohibited}条；限制出口{restricted}条）。"),
        }
    }

    /// The headings of the columns.
    pub fn header(&self) -> [&'static str; 4] {
        self.ordered(COLUMNS[self.columns % COLUMNS.len()])
    }

    /// Cells in the order of the columns: serial number, code, name, points.
    pub fn ordered<T>(&self, [serial, code, name, points]: [T; 4]) -> [T; 4] {
        if self.name_first { [serial, name, code, points] } else { [serial, code, name, points] }
    }

    /// A paragraph as it is printed.
    pub fn printed(&self, text: &str) -> String {
        let text: String = if self.wide_digits { text.chars().map(wide_digit).collect() } else { text.to_owned() };
        if self.indented { format!("\u{3000}\u{3000}{text}") } else { text }
    }

    /// A cell as it is printed.
    pub fn cell(&self, text: &str) -> String {
        if self.wide_digits { text.chars().map(wide_digit).collect() } else { text.to_owned() }
    }
}

fn wide(c: char) -> char {
    if c.is_ascii_alphanumeric() { char::from_u32(c as u32 + 0xfee0).unwrap_or(c) } else { c }
}

fn wide_digit(c: char) -> char {
    if c.is_ascii_digit() { wide(c) } else { c }
}
