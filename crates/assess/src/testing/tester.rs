//! Points against statements.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use yumen_lawbook::Bilingual;
use yumen_lawbook::id::{ConceptId, PropertyId};
use yumen_lawbook::list::entry::{Children, Entry, Point, parent};
use yumen_lawbook::predicate::{Comparison, Condition, Predicate};
use yumen_lawbook::property::Property;
use yumen_lawbook::quantity::{Quantity, Units};

use super::compare::compare;
use super::{Formula, Test, Tested, Truth};
use crate::text::concepts::{Mention, Vocabulary};
use crate::text::quantities::Stated;
use crate::text::statements::{Statements, Value};

/// Shares below this many tenths of a percent are what producers call impurities. No notice says so; it only makes the engine ask.
const TRACE_PER_MILLE: i64 = 1;

/// What testing needs.
pub struct Tester<'a> {
    /// What is said.
    pub statements: &'a Statements,
    /// What is named.
    pub mentions: &'a [Mention],
    /// The lexicon.
    pub vocabulary: &'a Vocabulary,
    /// Units of the book.
    pub units: &'a Units,
    /// What can be measured.
    pub properties: &'a BTreeMap<PropertyId, Property>,
}

/// The predicates tested so far, and how they are joined.
#[derive(Default)]
struct Sheet {
    tests: Vec<Test>,
}

impl Sheet {
    fn add(&mut self, test: Test) -> Formula {
        self.tests.push(test);
        Formula::Test(self.tests.len() - 1)
    }
}

impl Tester<'_> {
    /// Tests a point with everything below it that is a condition, its contents and its implied conditions.
    pub fn point(&self, entry: &Entry, point: &Point) -> Tested {
        let mut sheet = Sheet::default();
        let mut parts = vec![self.contains(point, &mut sheet), self.with_children(entry, point, &mut sheet)];
        // Conditions of a heading above hold for the items below it.
        for above in entry.ancestry(&point.path).into_iter().filter(|p| p.path != point.path) {
            if let Some(when) = &above.when {
                parts.push(self.joined(when, point, &mut sheet));
            }
            parts.push(self.contains(above, &mut sheet));
        }
        parts.extend(self.implied(point, &mut sheet));
        Tested { tests: sheet.tests, formula: Formula::All(parts) }
    }

    fn with_children(&self, entry: &Entry, point: &Point, sheet: &mut Sheet) -> Formula {
        let own = point.when.as_ref().map(|when| self.joined(when, point, sheet));
        if point.children == Children::Items {
            return own.unwrap_or(Formula::Known(Truth::Met));
        }
        let below: Vec<&Point> = entry
            .points
            .iter()
            .filter(|p| !p.path.is_empty() && parent(&p.path) == point.path && !p.reserved)
            .collect();
        let mut children = Vec::new();
        for child in below {
            let mut parts = vec![self.contains(child, sheet), self.with_children(entry, child, sheet)];
            parts.extend(self.implied(child, sheet));
            if child.cut || (!child.is_described() && child.when.is_none() && child.children == Children::Items) {
                // Words without a typed condition: a person has to read them.
                parts.push(Formula::Known(Truth::NotStated));
            }
            children.push(Formula::All(parts));
        }
        let below = if point.children == Children::All || children.is_empty() {
            Formula::All(children)
        } else {
            Formula::Any(children)
        };
        Formula::All(own.into_iter().chain([below]).collect())
    }

    fn contains(&self, point: &Point, sheet: &mut Sheet) -> Formula {
        Formula::All(point.contains.iter().map(|concept| sheet.add(self.content(concept))).collect())
    }

    /// Conditions that follow by arithmetic: they count only where they fail.
    fn implied(&self, point: &Point, sheet: &mut Sheet) -> Vec<Formula> {
        let tests = point.implied.iter().map(|p| Test { implied: true, ..self.predicate(p, point) });
        tests.filter(|t| t.result == Truth::NotMet).map(|t| sheet.add(t)).collect()
    }

    fn joined(&self, condition: &Condition, point: &Point, sheet: &mut Sheet) -> Formula {
        match condition {
            Condition::Is(predicate) => {
                let test = self.predicate(predicate, point);
                sheet.add(test)
            }
            Condition::All(parts) => Formula::All(parts.iter().map(|p| self.joined(p, point, sheet)).collect()),
            Condition::Any(parts) => Formula::Any(parts.iter().map(|p| self.joined(p, point, sheet)).collect()),
        }
    }

    /// Tests a condition that stands by itself.
    pub fn condition(&self, condition: &Condition) -> Truth {
        let mut sheet = Sheet::default();
        let formula = self.joined(condition, &Point::default(), &mut sheet);
        formula.truth(&sheet.tests)
    }

    /// Whether the thing contains a concept: named at all, with a share, or said to be without it.
    fn content(&self, concept: &ConceptId) -> Test {
        let predicate = Predicate::Measure {
            property: PropertyId::new("content").expect("a valid identifier"),
            of: Some(concept.clone()),
            comparison: Comparison::Greater,
            limit: Quantity::new(0.into(), "%"),
            at: None,
        };
        let Some(wanted) = self.vocabulary.index(concept) else {
            return Test { predicate, stated: None, result: Truth::NotStated, note: None, implied: false };
        };
        let shares: Vec<&Value> = self
            .statements
            .values
            .iter()
            .filter(|v| v.is_content() && v.of.is_some_and(|of| self.is_or_binds(of, wanted)))
            .collect();
        if let Some(value) = shares.first() {
            let zero = Quantity::new(0.into(), "%");
            let result = compare(&value.stated, Comparison::Greater, &zero, self.units).unwrap_or(Truth::NotStated);
            let trace = Quantity::new(Decimal::new(TRACE_PER_MILLE, 1), "%");
            let is_trace = compare(&value.stated, Comparison::Less, &trace, self.units) == Some(Truth::Met);
            if result == Truth::Met && is_trace {
                // The list says "contains" and gives no lower limit; what impurities count as is for the authority to say.
                let note = Bilingual::new(
                    "痕量：清单没有规定含量下限，是否算“含有”须向主管部门确认",
                    "a trace: the list gives no lower limit; whether it counts as containing is for the authority to say",
                );
                return Test {
                    predicate,
                    stated: Some(value.stated.to_string()),
                    result: Truth::NotStated,
                    note: Some(note),
                    implied: false,
                };
            }
            return Test { predicate, stated: Some(value.stated.to_string()), result, note: None, implied: false };
        }
        let about = || self.mentions.iter().filter(|m| self.is_or_binds(m.concept, wanted));
        if let Some(mention) = about().find(|m| !m.is_denied()) {
            let name = self.vocabulary.concept(mention.concept);
            let word = name.symbol.clone().or_else(|| name.en.first().cloned()).unwrap_or_default();
            return Test { predicate, stated: Some(word), result: Truth::Met, note: None, implied: false };
        }
        if about().any(Mention::is_denied) {
            let note = Some(Bilingual::new("问题中说明不含", "the question says it is not there"));
            return Test { predicate, stated: Some("0".to_owned()), result: Truth::NotMet, note, implied: false };
        }
        Test { predicate, stated: None, result: Truth::NotStated, note: None, implied: false }
    }

    fn is_or_binds(&self, concept: usize, wanted: usize) -> bool {
        self.vocabulary.is_a(concept, wanted) || self.vocabulary.holds(concept, wanted)
    }

    /// Tests one predicate.
    pub fn predicate(&self, predicate: &Predicate, point: &Point) -> Test {
        let test = |stated, result, note| Test { predicate: predicate.clone(), stated, result, note, implied: false };
        match predicate {
            Predicate::Fact { property, wanted } => match self.statements.facts.get(property) {
                Some((said, _)) => {
                    let stated = if *said { "yes" } else { "no" };
                    test(Some(stated.to_owned()), if said == wanted { Truth::Met } else { Truth::NotMet }, None)
                }
                None => test(None, Truth::NotStated, None),
            },
            Predicate::Measure { property, of, comparison, limit, at } => {
                let mut found: Vec<(&Value, Option<Bilingual>)> = self
                    .statements
                    .values
                    .iter()
                    .filter(|v| self.speaks_of(v, property, of.as_ref(), point))
                    .map(|v| (v, None))
                    .collect();
                if found.is_empty() {
                    found.extend(self.unattributed(*comparison, property, limit, point));
                }
                if found.is_empty() {
                    found.extend(self.beside_at(*comparison, limit, point));
                }
                if found.is_empty() {
                    return test(None, Truth::NotStated, None);
                }
                let stated = found.iter().map(|(v, _)| v.stated.to_string()).collect::<Vec<_>>().join("; ");
                let mut result: Option<Truth> = None;
                let mut note = None;
                for (value, assumed) in found {
                    let (truth, why) = self.settles(
                        &self.reaching(property, value, *comparison),
                        *comparison,
                        limit,
                        at.as_ref().map(|a| &a.value),
                    );
                    // Two values that disagree settle nothing.
                    result = Some(match result {
                        None => truth,
                        Some(held) if held == truth => held,
                        Some(_) => {
                            note = Some(Bilingual::new("前后数值不一致", "the values contradict each other"));
                            Truth::NotStated
                        }
                    });
                    note = note.or(why).or(assumed);
                }
                test(Some(stated), result.unwrap_or(Truth::NotStated), note)
            }
        }
    }

    fn speaks_of(&self, value: &Value, property: &PropertyId, of: Option<&ConceptId>, point: &Point) -> bool {
        match of {
            Some(of) => {
                let wanted = self.vocabulary.index(of);
                value.is_content() && wanted.is_some_and(|w| value.of.is_some_and(|have| self.vocabulary.is_a(have, w)))
            }
            // The share of the thing itself is its purity: "99.99 % antimony trioxide".
            None if property.as_str() == "purity" => {
                value.is_purity()
                    || (value.is_content()
                        && value.of.is_some_and(|have| {
                            point
                                .class
                                .iter()
                                .flat_map(yumen_lawbook::list::entry::AnyOf::concepts)
                                .filter_map(|c| self.vocabulary.index(c))
                                .any(|c| self.vocabulary.is_a(have, c))
                        }))
            }
            None => value.is_of(property),
        }
    }

    /// A value the text gives without saying of what, taken for this property where nothing else in the point is measured in
    /// that dimension, or where it fails whichever of them is meant: a drone of 900 g is under 7 kg at take-off and under 4 kg
    /// empty.
    fn unattributed(
        &self,
        comparison: Comparison,
        property: &PropertyId,
        limit: &Quantity,
        point: &Point,
    ) -> Option<(&Value, Option<Bilingual>)> {
        let dimension = &self.units.find(&limit.unit)?.dimension;
        let rivals: Vec<(Comparison, &Quantity)> = point.when.as_ref().map_or_else(Vec::new, |when| {
            when.predicates()
                .into_iter()
                .filter_map(|p| match p {
                    Predicate::Measure { property: other, comparison, limit, .. }
                        if other != property && !both_shares(other, property) =>
                    {
                        Some((*comparison, limit))
                    }
                    _ => None,
                })
                .filter(|(_, limit)| self.units.find(&limit.unit).is_some_and(|u| u.dimension == *dimension))
                .collect()
        });
        let mut of_dimension = self.statements.values.iter().filter(|v| {
            v.property.is_none() && self.units.find(&v.stated.unit).is_some_and(|u| u.dimension == *dimension)
        });
        let value = of_dimension.next()?;
        if of_dimension.next().is_some() {
            return None;
        }
        // A length, a share or a pressure may be of a hundred things: 110 mm of the holder is no grain size. Taken for the property
        // asked about it can bring a thing under control, where a person looks again; it frees nothing.
        let bare = self.properties.get(property).is_some_and(|p| p.bare);
        let fails_here = compare(&value.stated, comparison, limit, self.units) == Some(Truth::NotMet);
        if rivals.is_empty() && (bare || !fails_here) {
            return Some((value, Some(Bilingual::new("按唯一同类数值理解", "taken as the only value of its kind"))));
        }
        if !bare {
            return None;
        }
        let fails =
            |comparison, limit: &Quantity| compare(&value.stated, comparison, limit, self.units) == Some(Truth::NotMet);
        let fails_all = fails(comparison, limit) && rivals.iter().all(|(c, l)| fails(*c, l));
        fails_all.then(|| (value, Some(Bilingual::new("无论指哪一项都未达到", "not met, whichever of them is meant"))))
    }

    /// A value that reads as a condition ("at 1950 °C"), where the point tests no value under conditions of that kind. It can bring a
    /// thing under control, never out of it.
    fn beside_at(
        &self,
        comparison: Comparison,
        limit: &Quantity,
        point: &Point,
    ) -> Option<(&Value, Option<Bilingual>)> {
        let dimension = |unit: &str| self.units.find(unit).map(|u| u.dimension.as_str());
        let wanted = dimension(&limit.unit)?;
        let tested_at = point.when.as_ref().is_some_and(|when| {
            when.predicates().into_iter().any(
                |p| matches!(p, Predicate::Measure { at: Some(at), .. } if dimension(&at.value.unit) == Some(wanted)),
            )
        });
        let mut of_dimension = self.statements.conditions.iter().filter(|v| dimension(&v.stated.unit) == Some(wanted));
        let value = of_dimension.next().filter(|_| !tested_at)?;
        let met = compare(&value.stated, comparison, limit, self.units) == Some(Truth::Met);
        (met && of_dimension.next().is_none())
            .then(|| (value, Some(Bilingual::new("按唯一同类数值理解", "taken as the only value of its kind"))))
    }

    /// What a machine can do, by the end of its range that the limit asks for; other values as they are.
    fn reaching<'v>(&self, property: &PropertyId, value: &'v Value, comparison: Comparison) -> Cow<'v, Value> {
        let range = value.stated.low.is_some() && value.stated.high.is_some() && value.stated.single().is_none();
        if !range || !self.properties.get(property).is_some_and(|p| p.reach) {
            return Cow::Borrowed(value);
        }
        let end = match comparison {
            Comparison::Greater | Comparison::AtLeast => value.stated.high,
            Comparison::Less | Comparison::AtMost => value.stated.low,
            Comparison::Equal => return Cow::Borrowed(value),
        };
        Cow::Owned(Value { stated: Stated { low: end, high: end, ..value.stated.clone() }, ..value.clone() })
    }

    /// Compares, minding the condition of measurement: a value under another condition settles nothing; a value whose condition
    /// is not said can bring a thing under control, never out of it.
    fn settles(
        &self,
        value: &Value,
        comparison: Comparison,
        limit: &Quantity,
        at: Option<&Quantity>,
    ) -> (Truth, Option<Bilingual>) {
        let Some(truth) = compare(&value.stated, comparison, limit, self.units) else {
            let note =
                Bilingual::new(format!("单位无法与 {limit} 比较"), format!("the unit cannot be compared with {limit}"));
            return (Truth::NotStated, Some(note));
        };
        let Some(wanted) = at else { return (truth, None) };
        let same = value
            .at
            .iter()
            .filter_map(Stated::single)
            .filter_map(|q| self.units.compare(&q, wanted).ok())
            .collect::<Vec<_>>();
        if same.iter().any(|o| o.is_eq()) {
            return (truth, None);
        }
        if !same.is_empty() {
            let note = Bilingual::new(format!("测试条件不是 {wanted}"), format!("not measured at {wanted}"));
            return (Truth::NotStated, Some(note));
        }
        let note = Bilingual::new(
            format!("未说明是否在 {wanted} 下测得"),
            format!("whether measured at {wanted} is not said"),
        );
        (if truth == Truth::Met { Truth::Met } else { Truth::NotStated }, Some(note))
    }
}

/// Purity and content are both shares of the thing: an unattributed percentage serves either.
fn both_shares(a: &PropertyId, b: &PropertyId) -> bool {
    [a, b].iter().all(|p| matches!(p.as_str(), "purity" | "content"))
}
