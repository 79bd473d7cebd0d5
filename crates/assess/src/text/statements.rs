//! What a text says about the thing: values of properties, contents, facts, each with the words it rests on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use yumen_lawbook::id::PropertyId;
use yumen_lawbook::lexicon::ConceptKind;
use yumen_lawbook::property::Property;
use yumen_lawbook::quantity::{Quantity, Units};

use super::concepts::{ConceptIndex, Mention, Vocabulary, is_doubted};
use super::fold::Folded;
use super::quantities::{Bound, Numeric, Reader, Reading, Stated};
use super::terms::{Casing, Found, Terms, longest};

/// A value said of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// The property; `None` where the text gives a value without saying of what.
    pub property: Option<PropertyId>,
    /// Other properties that the same words can mean: a rise time is one thing for a tube and another for a pulser.
    pub also: Vec<PropertyId>,
    /// Whose content, for shares.
    pub of: Option<ConceptIndex>,
    /// What is said.
    pub stated: Stated,
    /// Conditions of measurement said beside it.
    pub at: Vec<Stated>,
    /// Where it came from: the words, or the parameter.
    pub source: Source,
}

/// Where a statement came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Read in the text, at these characters.
    Text {
        /// First character.
        start: usize,
        /// Character after the last.
        end: usize,
    },
    /// Given as a parameter or an answer.
    Given,
}

/// Everything a text and the given parameters say.
#[derive(Debug, Clone, Default)]
pub struct Statements {
    /// Values, given ones first.
    pub values: Vec<Value>,
    /// Values that read as conditions of something else, each by itself: "methane at 1950 °C and 2 kPa".
    pub conditions: Vec<Value>,
    /// Facts: true, false; what is not said is not here.
    pub facts: BTreeMap<PropertyId, (bool, Source)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Word {
    Measure(PropertyId),
    Yes(PropertyId),
    No(PropertyId),
}

/// Reads statements with the properties of a book.
#[derive(Serialize, Deserialize)]
pub struct Statistics {
    reader: Reader,
    words: Terms<Word>,
    dimensions: BTreeMap<PropertyId, String>,
    /// Properties that are what another is missing: ash and purity.
    complements: BTreeMap<PropertyId, PropertyId>,
}

/// Words between a thing and the share of something in it.
const HOLDING: &[&str] = &["containing", "contains", "contain", "with", "has ", "having", "含", "掺", "添加"];

/// Properties that mean a share of the thing itself.
const PURITY: &str = "purity";
const CONTENT: &str = "content";

impl Statistics {
    /// A reader for the properties and units of a book.
    pub fn new(properties: &BTreeMap<PropertyId, Property>, units: &Units) -> Self {
        let words = properties.values().flat_map(|p| {
            let spoken = p.zh.iter().chain(&p.en);
            let named = [&p.name.zh, &p.name.en].into_iter().filter(|n| !n.is_empty());
            let mut words: Vec<(String, Casing, Word)> = Vec::new();
            if p.is_fact() {
                words.extend(spoken.map(|w| (w.clone(), Casing::Any, Word::Yes(p.id.clone()))));
                words.extend(p.no.iter().map(|w| (w.clone(), Casing::Any, Word::No(p.id.clone()))));
            } else {
                words.extend(spoken.chain(named).map(|w| (w.clone(), Casing::Any, Word::Measure(p.id.clone()))));
            }
            words
        });
        let dimensions = properties.values().filter_map(|p| Some((p.id.clone(), p.dimension.clone()?))).collect();
        let complements = properties.values().filter_map(|p| Some((p.id.clone(), p.complement_of.clone()?))).collect();
        Self { reader: Reader::new(units), words: Terms::new(words), dimensions, complements }
    }

    /// Reads what a text says. `mentions` are the concepts it names.
    pub fn read(&self, text: &Folded, mentions: &[Mention], vocabulary: &Vocabulary, units: &Units) -> Statements {
        let numeric = self.reader.read(text);
        let every = self.words.every(text);
        let words = longest(&every);
        let mut out = Statements { facts: facts(text, &every), ..Statements::default() };
        let conditions: Vec<&Reading> = numeric.quantities.iter().filter(|q| q.is_condition).collect();
        for reading in numeric.quantities.iter().filter(|q| !q.is_condition) {
            let dimension = units.find(&reading.stated.unit).map_or("", |u| u.dimension.as_str());
            let (property, of) = self.whose(text, reading, dimension, &words, &numeric, mentions, vocabulary);
            let at = near_conditions(text, reading, &conditions, &numeric);
            let source = Source::Text { start: reading.start, end: reading.end };
            let also = property.as_ref().map(|p| self.same_words(p, dimension, &words)).unwrap_or_default();
            out.values.push(Value { property, also, of, stated: reading.stated.clone(), at, source });
        }
        for reading in conditions {
            let source = Source::Text { start: reading.start, end: reading.end };
            let stated = reading.stated.clone();
            out.conditions.push(Value { property: None, also: Vec::new(), of: None, stated, at: Vec::new(), source });
        }
        self.complements(units, &mut out);
        sums(text, mentions, &mut out);
        self.counts(text, &numeric, &words, &mut out);
        sizes(&numeric, &mut out);
        shares(mentions, &mut out);
        out
    }

    /// Other properties of the dimension that the text names with the very words it names this one with.
    fn same_words(&self, property: &PropertyId, dimension: &str, words: &[Found<Word>]) -> Vec<PropertyId> {
        let spans: Vec<(usize, usize)> =
            words.iter().filter(|w| w.meaning == Word::Measure(property.clone())).map(|w| (w.start, w.end)).collect();
        words
            .iter()
            .filter(|w| spans.contains(&(w.start, w.end)))
            .filter_map(|w| match &w.meaning {
                Word::Measure(p) if p != property && self.dimensions.get(p).is_some_and(|d| d == dimension) => {
                    Some(p.clone())
                }
                _ => None,
            })
            .collect()
    }

    /// The property a quantity belongs to, and for shares the concept.
    #[expect(clippy::too_many_arguments, reason = "one look-up over everything that was read")]
    fn whose(
        &self,
        text: &Folded,
        reading: &Reading,
        dimension: &str,
        words: &[Found<Word>],
        numeric: &Numeric,
        mentions: &[Mention],
        vocabulary: &Vocabulary,
    ) -> (Option<PropertyId>, Option<ConceptIndex>) {
        if reading.mark.is_some() && dimension == "length" {
            return (PropertyId::new("diameter"), None);
        }
        let before_limit = numeric
            .quantities
            .iter()
            .chain(&numeric.bare)
            .filter(|q| q.end <= reading.start)
            .map(|q| q.end)
            .max()
            .unwrap_or(0)
            .max(clause_start(text, reading.start));
        let after_limit = numeric
            .quantities
            .iter()
            .filter(|q| q.start >= reading.end)
            .map(|q| q.start)
            .min()
            .unwrap_or(text.len())
            .min(clause_end(text, reading.end));
        let measured = |w: &Found<Word>| match &w.meaning {
            Word::Measure(p) if self.dimensions.get(p).is_some_and(|d| d == dimension) => Some(p.clone()),
            _ => None,
        };
        let before =
            words.iter().filter(|w| w.start >= before_limit && w.end <= reading.start).filter_map(measured).next_back();
        let after = || words.iter().filter(|w| w.start >= reading.end && w.end <= after_limit).find_map(measured);
        if dimension != "fraction" {
            return (before.or_else(after), None);
        }
        let shareable = |m: &&Mention| {
            !m.is_denied()
                && matches!(
                    vocabulary.concept(m.concept).kind,
                    ConceptKind::Element | ConceptKind::Compound | ConceptKind::Material
                )
        };
        let named_before =
            mentions.iter().filter(|m| m.start >= before_limit && m.end <= reading.start).rfind(shareable);
        let named_after = mentions
            .iter()
            .filter(|m| m.start >= reading.end && m.end <= after_limit && m.start - reading.end <= 12)
            .find(shareable);
        // "magnets containing 3 % dysprosium", 磁体含3%镝: the share is of what follows, not of what holds it.
        let follows = named_after.filter(|n| {
            let gap = text.slice(reading.end..n.start);
            // "0 % Dy and 0 % Tb": the name before has had its share.
            let served = |b: &Mention| {
                let shares =
                    numeric.quantities.iter().filter(|q| q.end <= b.start && q.stated.unit == reading.stated.unit);
                shares
                    .max_by_key(|q| q.end)
                    .is_some_and(|q| matches!(text.slice(q.end..b.start).trim(), "" | "of" | "的"))
            };
            let holds = |b: &Mention| {
                let gap = text.slice(b.end..reading.start);
                served(b) || HOLDING.iter().any(|w| gap.contains(w))
            };
            matches!(gap.trim(), "" | "of" | "的") && named_before.is_none_or(holds)
        });
        if let (Some(named), true) = (follows, before.as_ref().is_none_or(|p| p.as_str() == CONTENT)) {
            return (PropertyId::new(CONTENT), Some(named.concept));
        }
        let is_content = |p: &Option<PropertyId>| p.as_ref().is_none_or(|p| p.as_str() == CONTENT);
        match (before, named_before) {
            (property, Some(named)) if is_content(&property) => (PropertyId::new(CONTENT), Some(named.concept)),
            (Some(property), _) => (Some(property), None),
            (None, _) => match (after(), named_after) {
                (Some(property), _) if property.as_str() != CONTENT => (Some(property), None),
                (_, Some(named)) => (PropertyId::new(CONTENT), Some(named.concept)),
                (property, None) => (property, None),
            },
        }
    }

    /// What a share of the rest says of the thing: 20 ppm of ash is a purity of 99.998 %. A purity that is given counts before one
    /// that follows.
    fn complements(&self, units: &Units, out: &mut Statements) {
        let mut more = Vec::new();
        for value in &out.values {
            let Some(wanted) = value.property.as_ref().and_then(|p| self.complements.get(p)) else { continue };
            let rest = |bound: Bound| {
                let (share, _) = units.base(&Quantity::new(bound.value, value.stated.unit.clone()))?;
                let rest = rust_decimal::Decimal::ONE_HUNDRED.checked_sub(share).filter(|r| !r.is_sign_negative())?;
                Some(Bound { value: rest.normalize(), inclusive: bound.inclusive })
            };
            let (low, high) = (value.stated.high.and_then(rest), value.stated.low.and_then(rest));
            if (low.is_some() || high.is_some()) && !out.values.iter().any(|v| v.is_of(wanted)) {
                let stated = Stated { low, high, unit: "%".to_owned() };
                more.push(Value {
                    property: Some(wanted.clone()),
                    also: Vec::new(),
                    of: None,
                    stated,
                    ..value.clone()
                });
            }
        }
        out.values.extend(more);
    }

    /// Counts: a bare number beside a word that counts something (5 axes, 六面).
    fn counts(&self, text: &Folded, numeric: &Numeric, words: &[Found<Word>], out: &mut Statements) {
        for reading in &numeric.bare {
            let beside = words.iter().find(|w| {
                let Word::Measure(p) = &w.meaning else { return false };
                if self.dimensions.get(p).map(String::as_str) != Some("number") {
                    return false;
                }
                let gap = |a: usize, b: usize| {
                    text.lower[a.min(b)..b.max(a)].iter().filter(|c| **c != ' ' && **c != '-').count()
                };
                (w.start >= reading.end && gap(reading.end, w.start) <= 1)
                    || (w.end <= reading.start && gap(w.end, reading.start) <= 3)
            });
            if let Some(Found { meaning: Word::Measure(property), .. }) = beside {
                out.values.push(Value {
                    property: Some(property.clone()),
                    also: Vec::new(),
                    of: None,
                    stated: reading.stated.clone(),
                    at: Vec::new(),
                    source: Source::Text { start: reading.start, end: reading.end },
                });
            }
        }
    }
}

/// How far before a word a longer one that holds it may begin, in characters.
const LONGEST_WORD: usize = 64;

/// The facts that words say. A word inside a longer word of the same fact says nothing (真空 in 非真空); inside a word of another fact or
/// measure it does: "vacuum induction" says "vacuum" too.
fn facts(text: &Folded, words: &[Found<Word>]) -> BTreeMap<PropertyId, (bool, Source)> {
    let mut facts: BTreeMap<PropertyId, (bool, Source)> = BTreeMap::new();
    let mut torn = Vec::new();
    let fact = |word: &Found<Word>| match &word.meaning {
        Word::Yes(id) | Word::No(id) => Some(id.clone()),
        Word::Measure(_) => None,
    };
    let covered = |word: &Found<Word>| {
        let from = words.partition_point(|o| o.start + LONGEST_WORD < word.start);
        let to = words.partition_point(|o| o.start <= word.start);
        words[from..to]
            .iter()
            .any(|o| word.end <= o.end && o.end - o.start > word.end - word.start && fact(o) == fact(word))
    };
    for word in words.iter().filter(|w| fact(w).is_some() && !covered(w) && !is_doubted(text, w.start)) {
        let (id, said) = match &word.meaning {
            Word::Yes(id) => (id, !denied(text, word.start)),
            Word::No(id) => (id, false),
            Word::Measure(_) => continue,
        };
        let source = Source::Text { start: word.start, end: word.end };
        match facts.get(id) {
            Some((held, _)) if *held != said => torn.push(id.clone()),
            _ => {
                facts.insert(id.clone(), (said, source));
            }
        }
    }
    // A text that says yes and no says nothing: the question is asked instead.
    for id in &torn {
        facts.remove(id);
    }
    facts
}

/// "not military", 非军事, 不用于军事: a denial just before the words.
fn denied(text: &Folded, start: usize) -> bool {
    let head: String = text.lower[start.saturating_sub(10)..start].iter().collect();
    let head = head.trim_end();
    ["非", "不是", "不用于", "不属于", "没有", "不含", "并非", "不得用于", "无"].iter().any(|w| head.ends_with(w))
        || [" not", "not for", " no", "non-", " without", "never"].iter().any(|w| head.ends_with(w))
}

fn is_break(c: char) -> bool {
    matches!(c, ',' | '。' | ';' | '、' | '(' | ')' | '!' | '?' | '\n' | ':') || c == '|'
}

fn clause_start(text: &Folded, at: usize) -> usize {
    // A colon or bracket between name and value does not part them: 密度:1.8, density (g/cm3): 1.8.
    (0..at)
        .rev()
        .take(40)
        .find(|i| is_break(text.lower[*i]) && !matches!(text.lower[*i], ':' | '(' | ')'))
        .map_or(at.saturating_sub(40), |i| i + 1)
}

fn clause_end(text: &Folded, at: usize) -> usize {
    (at..text.len()).take(40).find(|i| is_break(text.lower[*i])).unwrap_or((at + 40).min(text.len()))
}

fn near_conditions(text: &Folded, reading: &Reading, conditions: &[&Reading], numeric: &Numeric) -> Vec<Stated> {
    let others = || numeric.quantities.iter().filter(|q| !q.is_condition);
    conditions
        .iter()
        .filter(|c| {
            // A condition belongs to the value before it in its clause, or else to the next one.
            let owner = others()
                .filter(|q| {
                    q.end <= c.start
                        && !text.lower[q.end..c.start].iter().any(|ch| matches!(ch, ',' | '。' | ';' | '、'))
                })
                .max_by_key(|q| q.end)
                .or_else(|| others().filter(|q| q.start >= c.end && q.start - c.end <= 30).min_by_key(|q| q.start))
                .or_else(|| others().filter(|q| q.end <= c.start && c.start - q.end <= 30).max_by_key(|q| q.end));
            owner.is_some_and(|o| o.start == reading.start)
        })
        .map(|c| c.stated.clone())
        .collect()
}

/// `120×120×50 mm`: length, width, height from the largest; `φ20×500`: diameter and length.
fn sizes(numeric: &Numeric, out: &mut Statements) {
    for row in &numeric.sizes {
        let mut values = row.values.clone();
        let names: &[&str] = if row.mark.is_some() {
            &["diameter", "length"]
        } else {
            values.sort_by(|a, b| b.cmp(a));
            &["length", "width", "height"]
        };
        for (value, name) in values.into_iter().zip(names) {
            let stated = Stated::exactly(&Quantity::new(value, row.unit.clone()));
            let source = Source::Text { start: row.start, end: row.end };
            out.values.push(Value {
                property: PropertyId::new(name),
                also: Vec::new(),
                of: None,
                stated,
                at: Vec::new(),
                source,
            });
        }
    }
}

/// Shares that an alloy's formula tells: Sn42Bi58 is 58 % bismuth.
fn shares(mentions: &[Mention], out: &mut Statements) {
    for mention in mentions {
        let Some(share) = mention.share else { continue };
        let bound = Some(Bound { value: share, inclusive: true });
        out.values.push(Value {
            property: PropertyId::new(CONTENT),
            also: Vec::new(),
            of: Some(mention.concept),
            stated: Stated { low: bound, high: bound, unit: "%".to_owned() },
            at: Vec::new(),
            source: Source::Text { start: mention.start, end: mention.end },
        });
    }
}

/// `Dy+Tb 合计 0.08 %`, "Dy and Tb 0.08 % in total": no more than that of each.
fn sums(text: &Folded, mentions: &[Mention], out: &mut Statements) {
    const JOINED: &[&str] = &["+", "、", "和", "及", "与", "and", "&", "/"];
    const TOTAL: &[&str] = &["合计", "总计", "总和", "之和", "总量", "总含量", "total", "combined", "sum", "together"];
    let mut more = Vec::new();
    for value in &mut out.values {
        let (Some(of), Source::Text { start, end }) = (value.of, &value.source) else { continue };
        let around = text.slice(start.saturating_sub(16)..end + 16);
        if !TOTAL.iter().any(|w| around.contains(w)) {
            continue;
        }
        let Some(mut at) = mentions.iter().position(|m| m.concept == of && m.end <= *start) else { continue };
        let mut named = Vec::new();
        while let Some(before) = at.checked_sub(1) {
            let gap = text.slice(mentions[before].end..mentions[at].start);
            if !JOINED.contains(&gap.trim()) {
                break;
            }
            named.push(mentions[before].concept);
            at = before;
        }
        if named.is_empty() {
            continue;
        }
        value.stated.low = None;
        more.extend(named.into_iter().map(|concept| Value { of: Some(concept), ..value.clone() }));
    }
    out.values.extend(more);
}

impl Value {
    /// True where the value may be one of this property.
    pub fn is_of(&self, property: &PropertyId) -> bool {
        self.property.as_ref() == Some(property) || self.also.contains(property)
    }

    /// True for a share of the thing itself.
    pub fn is_purity(&self) -> bool {
        self.property.as_ref().is_some_and(|p| p.as_str() == PURITY)
    }

    /// True for the share of a named component.
    pub fn is_content(&self) -> bool {
        self.property.as_ref().is_some_and(|p| p.as_str() == CONTENT)
    }
}
