//! Quantities in prose: a number or range, how it is bounded, its unit, and whether it is a condition of measurement.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use yumen_lawbook::quantity::Units;

use super::fold::{Folded, is_wordy};
use super::numbers::{self, Number};
pub use super::stated::{Bound, Stated};

/// A quantity read from text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What is said.
    pub stated: Stated,
    /// First character, the comparing words included.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// True where it names a condition of measurement: "at 220 MPa", "220 MPa 下".
    pub is_condition: bool,
    /// The written mark that says what is measured: `φ`.
    pub mark: Option<char>,
}

/// A row of sizes, `120×120×50 mm`, largest first, in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// The values, as written order.
    pub values: Vec<Decimal>,
    /// The unit.
    pub unit: String,
    /// First character.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// `φ` where the first is a diameter.
    pub mark: Option<char>,
}

/// Reads quantities with the units of a book.
#[derive(Serialize, Deserialize)]
pub struct Reader {
    exact: BTreeMap<String, String>,
    folded: BTreeMap<String, String>,
    longest: usize,
}

/// Everything numeric a text says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numeric {
    /// Quantities with a unit, in order.
    pub quantities: Vec<Reading>,
    /// Rows of sizes.
    pub sizes: Vec<Sizes>,
    /// Numbers without a unit, for counts.
    pub bare: Vec<Reading>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    Greater,
    AtLeast,
    Less,
    AtMost,
    About,
    Value,
}

const BEFORE: &[(&str, Cue)] = &[
    ("大于或等于", Cue::AtLeast),
    ("大于等于", Cue::AtLeast),
    ("不小于", Cue::AtLeast),
    ("不低于", Cue::AtLeast),
    ("不少于", Cue::AtLeast),
    ("至少为", Cue::AtLeast),
    ("至少", Cue::AtLeast),
    ("小于或等于", Cue::AtMost),
    ("小于等于", Cue::AtMost),
    ("不大于", Cue::AtMost),
    ("不超过", Cue::AtMost),
    ("不高于", Cue::AtMost),
    ("大于", Cue::Greater),
    ("超过", Cue::Greater),
    ("高于", Cue::Greater),
    ("优于", Cue::Less),
    ("小于", Cue::Less),
    ("低于", Cue::Less),
    ("少于", Cue::Less),
    ("大约", Cue::About),
    ("约为", Cue::About),
    ("约", Cue::About),
    ("≈", Cue::About),
    (">=", Cue::AtLeast),
    ("≥", Cue::AtLeast),
    ("<=", Cue::AtMost),
    ("≤", Cue::AtMost),
    (">", Cue::Greater),
    ("<", Cue::Less),
    ("=", Cue::Value),
    ("no less than", Cue::AtLeast),
    ("not less than", Cue::AtLeast),
    ("at least", Cue::AtLeast),
    ("minimum of", Cue::AtLeast),
    ("min.", Cue::AtLeast),
    ("not more than", Cue::AtMost),
    ("no more than", Cue::AtMost),
    ("at most", Cue::AtMost),
    ("not exceeding", Cue::AtMost),
    ("max.", Cue::AtMost),
    ("more than", Cue::Greater),
    ("greater than", Cue::Greater),
    ("higher than", Cue::Greater),
    ("exceeding", Cue::Greater),
    ("exceeds", Cue::Greater),
    ("above", Cue::Greater),
    ("over", Cue::Greater),
    ("less than", Cue::Less),
    ("lower than", Cue::Less),
    ("better than", Cue::Less),
    ("below", Cue::Less),
    ("under", Cue::Less),
    ("approximately", Cue::About),
    ("approx.", Cue::About),
    ("about", Cue::About),
    ("around", Cue::About),
    ("ca.", Cue::About),
    ("up to", Cue::Value),
];

const AFTER: &[(&str, Cue)] = &[
    ("及以上", Cue::AtLeast),
    ("或以上", Cue::AtLeast),
    ("以上", Cue::AtLeast),
    ("或更高", Cue::AtLeast),
    ("或更大", Cue::AtLeast),
    ("或更多", Cue::AtLeast),
    ("及以下", Cue::AtMost),
    ("或以下", Cue::AtMost),
    ("以下", Cue::AtMost),
    ("以内", Cue::AtMost),
    ("或更低", Cue::AtMost),
    ("左右", Cue::About),
    ("or more", Cue::AtLeast),
    ("or greater", Cue::AtLeast),
    ("or above", Cue::AtLeast),
    ("or higher", Cue::AtLeast),
    ("and above", Cue::AtLeast),
    ("minimum", Cue::AtLeast),
    ("min", Cue::AtLeast),
    ("or less", Cue::AtMost),
    ("or below", Cue::AtMost),
    ("maximum", Cue::AtMost),
    ("max", Cue::AtMost),
    ("+", Cue::AtLeast),
];

impl Reader {
    /// A reader for the units of a book.
    pub fn new(units: &Units) -> Self {
        let mut exact = BTreeMap::new();
        let mut folded = BTreeMap::new();
        for unit in units.iter() {
            for name in std::iter::once(&unit.symbol).chain(&unit.also) {
                let form: String = super::fold::fold(name).cased.into_iter().filter(|c| *c != ' ').collect();
                let lower = form.to_lowercase();
                // Only writings that mean one unit in any case may be read in any case.
                if form.chars().count() > 1 && units.find(&name.to_lowercase()).is_some_and(|u| u.symbol == unit.symbol)
                {
                    folded.insert(lower, unit.symbol.clone());
                }
                exact.insert(form, unit.symbol.clone());
            }
        }
        let longest = exact.keys().map(|k| k.chars().count()).max().unwrap_or(0);
        Self { exact, folded, longest }
    }

    /// The unit that begins at `at` (blanks before it are skipped), with its end.
    fn unit(&self, chars: &[char], at: usize) -> Option<(&str, usize)> {
        let mut begin = at;
        while begin < at + 2 && chars.get(begin) == Some(&' ') {
            begin += 1;
        }
        let mut text = String::new();
        let mut best = None;
        let mut i = begin;
        while let Some(&c) = chars.get(i) {
            i += 1;
            if c == ' ' {
                if text.is_empty() {
                    break;
                }
                // "degrees per hour" is one unit; "kg steel" ends at the blank, which the boundary below sees.
                if text.len() > 24 {
                    break;
                }
                continue;
            }
            text.push(c);
            if text.chars().count() > self.longest {
                break;
            }
            let ends = c.is_ascii_alphabetic() && chars.get(i).is_some_and(char::is_ascii_alphanumeric);
            let known = self.exact.get(&text).or_else(|| self.folded.get(&text.to_lowercase()));
            if let (false, Some(symbol)) = (ends, known) {
                best = Some((symbol.as_str(), i));
            }
        }
        // "in" is an inch only where no word follows: "3 in diameter" is, "2 in stock" is not told apart, so it is not read.
        best.filter(|(symbol, end)| {
            *symbol != "in"
                || chars.get(*end).is_none_or(|c| !c.is_whitespace())
                || text.starts_with("inch")
                || text.starts_with('英')
        })
    }

    /// Reads everything numeric in a text.
    pub fn read(&self, text: &Folded) -> Numeric {
        let chars = &text.cased;
        let mut out = Numeric::default();
        let mut at = 0;
        while at < chars.len() {
            let inside_word =
                at > 0 && (chars[at - 1].is_ascii_alphanumeric() || chars[at - 1] == '.' || chars[at - 1] == '_');
            let number = if inside_word { None } else { numbers::read(chars, at) };
            let Some(first) = number else {
                at += 1;
                continue;
            };
            if let Some(sizes) = self.sizes(chars, first) {
                at = sizes.end;
                out.sizes.push(sizes);
                continue;
            }
            if let Some(reading) = self.one(text, first) {
                at = reading.end.max(first.end);
                out.quantities.push(reading);
            } else {
                if let Some(reading) = bare(text, first) {
                    out.bare.push(reading);
                }
                at = first.end;
            }
        }
        out
    }

    fn sizes(&self, chars: &[char], first: Number) -> Option<Sizes> {
        let mut values = vec![first.value];
        let (mut unit, mut end) = match self.unit(chars, first.end) {
            Some((unit, end)) => (Some(unit.to_owned()), end),
            None => (None, first.end),
        };
        loop {
            let mut i = skip_blank(chars, end);
            if !matches!(chars.get(i), Some('×' | 'x' | 'X' | '*')) {
                break;
            }
            i = skip_blank(chars, i + 1);
            let Some(next) = numbers::read(chars, i).filter(|n| !n.in_words) else { break };
            values.push(next.value);
            end = next.end;
            if let Some((found, after)) = self.unit(chars, end) {
                if unit.as_deref().is_some_and(|u| u != found) {
                    return None;
                }
                unit = Some(found.to_owned());
                end = after;
            }
        }
        let unit = unit?;
        (values.len() >= 2).then(|| Sizes { values, unit, start: first.start, end, mark: mark(chars, first.start) })
    }

    fn one(&self, text: &Folded, first: Number) -> Option<Reading> {
        let chars = &text.cased;
        let direct = self.unit(chars, first.end).or_else(|| c_rate(chars, first));
        // A range: the unit stands after the second number, or after both.
        let joint = direct.map_or(first.end, |(_, end)| end);
        if let Some(second) = range_end(text, joint)
            && let Some((unit, end)) = self.unit(chars, second.end)
            && direct.is_none_or(|(u, _)| u == unit)
            && first.value <= second.value
        {
            let bound = |value| Some(Bound { value, inclusive: true });
            let stated = Stated { low: bound(first.value), high: bound(second.value), unit: unit.to_owned() };
            return Some(finish(text, stated, first.start, end, Cue::Value));
        }
        if let Some((tolerance, end)) = plus_minus(chars, joint)
            && let Some((unit, after)) = self.unit(chars, end).or(direct)
        {
            let (low, high) = (first.value - tolerance, first.value + tolerance);
            let bound = |value| Some(Bound { value, inclusive: true });
            let stated = Stated { low: bound(low), high: bound(high), unit: unit.to_owned() };
            return Some(finish(text, stated, first.start, after.max(end), Cue::Value));
        }
        let (unit, end) = direct?;
        if is_steel(chars, first) {
            return None;
        }
        // 最高1700度: no angle is that wide.
        let unit = if unit == "°" && first.value > Decimal::from(360) && self.exact.contains_key("℃") {
            "℃"
        } else {
            unit
        };
        let (before, start) = cue_before(text, first.start);
        let (after, end) = cue_after(text, end);
        let cue = before.or(after).unwrap_or(Cue::Value);
        Some(finish(text, stated(first.value, unit, cue), start, end, cue))
    }
}

fn stated(value: Decimal, unit: &str, cue: Cue) -> Stated {
    let bound = |inclusive| Some(Bound { value, inclusive });
    let (low, high) = match cue {
        Cue::Greater => (bound(false), None),
        Cue::AtLeast => (bound(true), None),
        Cue::Less => (None, bound(false)),
        Cue::AtMost => (None, bound(true)),
        Cue::Value => (bound(true), bound(true)),
        Cue::About => {
            let spread = value.abs() / Decimal::from(20);
            let at = |value| Some(Bound { value, inclusive: true });
            (at(value - spread), at(value + spread))
        }
    };
    Stated { low, high, unit: unit.to_owned() }
}

fn finish(text: &Folded, stated: Stated, start: usize, end: usize, cue: Cue) -> Reading {
    let chars = &text.lower;
    let head: String = chars[start.saturating_sub(4)..start].iter().collect();
    let head = head.trim_end();
    let tail: String = chars[end.min(chars.len())..(end + 3).min(chars.len())].iter().collect();
    let tail = tail.trim_start();
    let at_word = head.strip_suffix("at").is_some_and(|before| !before.ends_with(is_wordy));
    let opened = head.ends_with('@') || at_word || head.ends_with('在');
    // A rate of charge says how something else was measured.
    let is_rate = stated.unit == "C-rate";
    let closed = tail.starts_with('下') || tail.starts_with("条件") || tail.starts_with("时");
    Reading {
        stated,
        start,
        end,
        is_condition: cue == Cue::Value && (opened || closed || is_rate),
        mark: mark(chars, start),
    }
}

fn bare(text: &Folded, number: Number) -> Option<Reading> {
    let (before, start) = cue_before(text, number.start);
    let cue = before.unwrap_or(Cue::Value);
    // A number that runs on into letters is part of a name: 3D, 18650A.
    let runs_on = text.cased.get(number.end).is_some_and(char::is_ascii_alphabetic);
    (!runs_on).then(|| finish(text, stated(number.value, "", cue), start, number.end, cue))
}

/// 304L, 316L: a grade of steel, not litres.
fn is_steel(chars: &[char], number: Number) -> bool {
    [304, 316, 317, 904].iter().any(|grade| number.value == Decimal::from(*grade))
        && chars.get(number.end) == Some(&'L')
}

fn skip_blank(chars: &[char], mut at: usize) -> usize {
    while chars.get(at) == Some(&' ') {
        at += 1;
    }
    at
}

/// `φ`, `Φ`, `⌀` before a number: a diameter.
fn mark(chars: &[char], start: usize) -> Option<char> {
    let before = chars[..start].iter().rev().find(|c| **c != ' ')?;
    matches!(before, 'φ' | 'Φ' | 'ø' | 'Ø' | '⌀').then_some('φ')
}

/// 0.1C after "at", 在, @ or before 倍率: a rate of charge, not a temperature.
fn c_rate(chars: &[char], number: Number) -> Option<(&'static str, usize)> {
    let after = chars.get(number.end + 1);
    let alone = chars.get(number.end) == Some(&'C') && !after.is_some_and(|c| is_wordy(*c));
    alone.then_some(("C-rate", number.end + 1))
}

fn range_end(text: &Folded, at: usize) -> Option<Number> {
    let chars = &text.cased;
    let at = skip_blank(chars, at);
    let after = match chars.get(at)? {
        '-' | '~' | '至' | '到' => at + 1,
        't' if chars.get(at + 1) == Some(&'o') && chars.get(at + 2) == Some(&' ') => at + 2,
        'a' if chars.get(at + 1) == Some(&'n') && chars.get(at + 2) == Some(&'d') && between(text, at) => at + 3,
        _ => return None,
    };
    numbers::read(chars, skip_blank(chars, after)).filter(|n| !n.in_words)
}

fn between(text: &Folded, at: usize) -> bool {
    let head: String = text.lower[at.saturating_sub(24)..at].iter().collect();
    head.contains("between")
}

fn plus_minus(chars: &[char], at: usize) -> Option<(Decimal, usize)> {
    let at = skip_blank(chars, at);
    (chars.get(at) == Some(&'±')).then(|| numbers::read(chars, skip_blank(chars, at + 1)))?.map(|n| (n.value, n.end))
}

fn cue_before(text: &Folded, start: usize) -> (Option<Cue>, usize) {
    let mut end = start;
    while end > 0 && text.lower[end - 1] == ' ' {
        end -= 1;
    }
    let head: String = text.lower[end.saturating_sub(16)..end].iter().collect();
    for (word, cue) in BEFORE {
        if head.ends_with(word) {
            let begin = end - word.chars().count();
            // "cover 5 kg" does not say "over".
            let whole =
                !word.starts_with(|c: char| c.is_ascii_alphabetic()) || begin == 0 || !is_wordy(text.lower[begin - 1]);
            if whole {
                return (Some(*cue), begin);
            }
        }
    }
    (None, start)
}

fn cue_after(text: &Folded, end: usize) -> (Option<Cue>, usize) {
    let begin = skip_blank(&text.lower, end);
    let tail: String = text.lower[begin.min(text.lower.len())..(begin + 10).min(text.lower.len())].iter().collect();
    for (word, cue) in AFTER {
        if tail.starts_with(word) {
            let close = begin + word.chars().count();
            let whole = !word.ends_with(|c: char| c.is_ascii_alphabetic())
                || !text.lower.get(close).is_some_and(|c| is_wordy(*c));
            // "20 kW max" bounds the value; "20 kW maximum continuous power" names it.
            let names = matches!(*word, "min" | "max" | "minimum" | "maximum")
                && text.lower.get(skip_blank(&text.lower, close)).is_some_and(|c| is_wordy(*c));
            if whole && !names {
                return (Some(*cue), close);
            }
        }
    }
    (None, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use proptest::prelude::*;

    fn units() -> Units {
        yumen_lawbook::Book::inspect(&yumen_lawbook::embedded_files()).0.units
    }

    fn said(text: &str) -> Vec<String> {
        let reader = Reader::new(&units());
        let read = reader.read(&fold(text));
        read.quantities.iter().map(|q| format!("{}{}", q.stated, if q.is_condition { " @" } else { "" })).collect()
    }

    #[test]
    fn quantities_in_both_languages() {
        assert_eq!(
            said("purity 99.95 %, flexural strength 45 MPa, density 1.8 g/cm3"),
            ["99.95 %", "45 MPa", "1.8 g/cm3"]
        );
        assert_eq!(said("密度不低于1.75克/立方厘米，抗折强度超过30Mpa"), ["≥ 1.75 g/cm3", "> 30 MPa"]);
        assert_eq!(said("续航两小时以上，起飞重量30kg"), ["≥ 2 h", "30 kg"]);
        assert_eq!(said("particle size 30-50 μm, at least 99.9%"), ["30–50 µm", "≥ 99.9 %"]);
        assert_eq!(said("漂移率0.2度/小时；5 deg/h drift"), ["0.2 °/h", "5 °/h"]);
        assert_eq!(
            said("压实密度2.6g/cm3 (220 MPa下)，at 0.1C 158mAh/g"),
            ["2.6 g/cm3", "220 MPa @", "0.1 C-rate @", "158 mAh/g"]
        );
        assert_eq!(said("直径20±0.5mm，50 ppm"), ["19.5–20.5 mm", "50 ppm"]);
        assert_eq!(said("20 kW maximum continuous power, 5 mm max"), ["20 kW", "≤ 5 mm"]);
        assert_eq!(said("功率2 kW 与 2 KW 与 5 mW"), ["2 kW", "2 kW", "5 mW"]);
    }

    #[test]
    fn names_are_no_quantities() {
        assert!(said("Sn42Bi58 solder, 3D打印, 1C117.d, 2 in stock, model 18650").is_empty());
    }

    #[test]
    fn rows_of_sizes() {
        let reader = Reader::new(&units());
        let sizes = reader.read(&fold("钨块120mm×120mm×50mm，钨棒φ20×500mm")).sizes;
        assert_eq!(sizes.len(), 2);
        assert_eq!((sizes[0].values.len(), sizes[0].unit.as_str(), sizes[0].mark), (3, "mm", None));
        assert_eq!((sizes[1].values.len(), sizes[1].mark), (2, Some('φ')));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let reader = Reader::new(&Units::default());
            let _ = reader.read(&fold(&text));
        }
    }
}
