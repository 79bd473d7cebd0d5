//! Given parameters: `density=1.8 g/cm3`, `sintered=yes`, `Dy=3 %`.

use yumen_lawbook::Book;
use yumen_lawbook::id::PropertyId;
use yumen_lawbook::property::Property;
use yumen_lawbook::quantity::Quantity;

use crate::answers::{Answers, yes_or_no};
use crate::question::QuestionError;
use crate::text::concepts::{ConceptIndex, Vocabulary};
use crate::text::fold::fold;
use crate::text::quantities::{Bound, Stated};
use crate::text::statements::{Source, Statements, Value};

/// Reads given parameters: values and facts of properties, and answers of other kinds.
///
/// # Errors
/// Where a name is not known, a value cannot be read, a unit does not convert, or two values contradict each other.
pub fn read(
    parameters: &[(String, String)],
    book: &Book,
    vocabulary: &Vocabulary,
) -> Result<(Statements, Answers), QuestionError> {
    let mut out = Statements::default();
    let mut answers = Answers::default();
    for (name, value) in parameters {
        if answers.take(name, value, vocabulary)? {
            continue;
        }
        let (property, of) = named(name, book, vocabulary)?;
        if property.is_fact() {
            let said = yes_or_no(value).ok_or_else(|| QuestionError::BadValue {
                name: name.clone(),
                value: shown(value),
                expected: "yes / no / unknown / 是 / 否 / 不知道".to_owned(),
            })?;
            if let Some((held, _)) = out.facts.insert(property.id.clone(), (said, Source::Given))
                && held != said
            {
                return Err(QuestionError::Contradiction { name: name.clone(), first: word(held), second: word(said) });
            }
            continue;
        }
        let stated = match of.and_then(|_| held(value)) {
            Some(held) => held,
            None => quantity(name, value, property, book)?,
        };
        let twin = out.values.iter().find(|v| v.property.as_ref() == Some(&property.id) && v.of == of);
        if let Some(twin) = twin
            && apart(&twin.stated, &stated, book)
        {
            return Err(QuestionError::Contradiction {
                name: name.clone(),
                first: twin.stated.to_string(),
                second: stated.to_string(),
            });
        }
        out.values.push(Value {
            property: Some(property.id.clone()),
            also: Vec::new(),
            of,
            stated,
            at: Vec::new(),
            source: Source::Given,
        });
    }
    Ok((out, answers))
}

/// What "yes", "no" and "a trace" say of a share: more than nothing, nothing, less than a producer counts.
fn held(value: &str) -> Option<Stated> {
    const TRACE: &[&str] = &["trace", "traces", "微量", "痕量"];
    const NONE: &[&str] = &["none", "nil", "不含", "没有", "未检出", "not detected", "n.d.", "nd"];
    const SOME: &[&str] = &["含", "含有", "contains", "contained"];
    let said = value.trim().to_lowercase();
    let percent = |value: i64, scale: u32| rust_decimal::Decimal::new(value, scale);
    let bound = |value, inclusive| Some(Bound { value, inclusive });
    let (low, high) = if NONE.contains(&said.as_str()) || yes_or_no(&said) == Some(false) {
        (bound(percent(0, 0), true), bound(percent(0, 0), true))
    } else if TRACE.contains(&said.as_str()) {
        (bound(percent(0, 0), false), bound(percent(1, 1), false))
    } else if SOME.contains(&said.as_str()) || (yes_or_no(&said) == Some(true) && said != "1") {
        (bound(percent(0, 0), false), None)
    } else {
        return None;
    };
    Some(Stated { low, high, unit: "%".to_owned() })
}

fn word(said: bool) -> String {
    if said { "yes" } else { "no" }.to_owned()
}

fn shown(value: &str) -> String {
    value.chars().take(60).collect()
}

/// The property a name means; `content[dysprosium]`, `Dy`, 镝含量 mean the content of a concept.
fn named<'b>(
    name: &str,
    book: &'b Book,
    vocabulary: &Vocabulary,
) -> Result<(&'b Property, Option<ConceptIndex>), QuestionError> {
    if let Some(property) = book.property(name) {
        return Ok((property, None));
    }
    let inner = name.split_once('[').map_or(name, |(_, rest)| rest.trim_end_matches(']'));
    let inner = inner.trim_end_matches("含量").trim_end_matches(" content").trim_start_matches("content of ").trim();
    let content = PropertyId::new("content").and_then(|id| book.properties.get(&id));
    let mentions = vocabulary.mentions(&fold(inner));
    let direct = yumen_lawbook::id::ConceptId::new(inner).and_then(|id| vocabulary.index(&id));
    let symbol = book.lexicon.iter().position(|c| c.symbol.as_deref() == Some(inner));
    if let (Some(content), Some(concept)) = (content, direct.or(symbol).or(mentions.first().map(|m| m.concept))) {
        return Ok((content, Some(concept)));
    }
    let nearest = near_names(name, book);
    Err(QuestionError::UnknownParameter { name: shown(name), nearest })
}

fn near_names(name: &str, book: &Book) -> Vec<String> {
    let wanted = name.trim().to_lowercase().replace([' ', '-'], "_");
    let mut scored: Vec<(usize, &str)> =
        book.properties.keys().map(|id| (strsim::osa_distance(&wanted, id.as_str()), id.as_str())).collect();
    scored.sort_unstable();
    scored
        .into_iter()
        .filter(|(d, id)| *d * 2 <= id.len().max(wanted.len()))
        .take(3)
        .map(|(_, id)| id.to_owned())
        .collect()
}

fn quantity(name: &str, value: &str, property: &Property, book: &Book) -> Result<Stated, QuestionError> {
    let dimension = property.dimension.clone().unwrap_or_default();
    let expected = book
        .units
        .iter()
        .find(|u| u.dimension == dimension)
        .map_or_else(|| "a number".to_owned(), |u| format!("a number and a unit, for example 1.5 {}", u.symbol));
    let bad = || QuestionError::BadValue { name: name.to_owned(), value: shown(value), expected: expected.clone() };
    let folded = fold(value);
    let read = crate::text::quantities::Reader::new(&book.units).read(&folded);
    let reading = read.quantities.first().or(read.bare.first()).ok_or_else(bad)?;
    if read.quantities.len() + read.bare.len() > 1 {
        return Err(bad());
    }
    let stated = reading.stated.clone();
    if stated.unit.is_empty() {
        // A bare number is fine for a count and, since nothing else could be meant, for a share in percent.
        return match dimension.as_str() {
            "number" => Ok(stated),
            "fraction" => Ok(Stated { unit: "%".to_owned(), ..stated }),
            _ => Err(bad()),
        };
    }
    let found = book.units.find(&stated.unit).map(|u| u.dimension.clone()).unwrap_or_default();
    if found == dimension {
        Ok(stated)
    } else {
        Err(QuestionError::WrongUnit { name: name.to_owned(), value: shown(value), dimension })
    }
}

/// True where two statements cannot both hold.
fn apart(a: &Stated, b: &Stated, book: &Book) -> bool {
    let base = |bound: Option<Bound>, unit: &str| {
        bound.and_then(|b| {
            if unit.is_empty() { Some(b.value) } else { book.units.base(&Quantity::new(b.value, unit)).map(|(v, _)| v) }
        })
    };
    let over = |low: &Stated, high: &Stated| match (base(low.low, &low.unit), base(high.high, &high.unit)) {
        (Some(low), Some(high)) => low > high,
        _ => false,
    };
    over(a, b) || over(b, a)
}
