//! Questions that would decide, the most telling first: of everything that is still open, which answer is expected to leave least
//! doubt about the outcome.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::predicate::{Comparison, Predicate};
use yumen_lawbook::{Bilingual, Book};

use crate::answer::Asking;
use crate::answers::{MOVES, REMOVABLE};
use crate::finding::Finding;
use crate::matching::ClassMatch;
use crate::testing::{Formula, Truth};
use crate::text::concepts::{ConceptIndex, Vocabulary};
use crate::wording;

/// Most questions asked at once.
pub const MOST: usize = 5;
/// How many open findings are weighed against each other.
const WEIGHED: usize = 4;
/// Most combinations of answers looked at; questions beyond keep the order of the law.
const COMBINATIONS: usize = 128;

/// One thing that is not known: it holds or it does not.
type Atom = usize;

/// A question with the ways it can be answered, each way settling atoms.
struct Open {
    asking: Asking,
    ways: Vec<BTreeMap<Atom, bool>>,
}

/// What a finding still needs to be controlled.
struct Needs<'f> {
    formula: &'f Formula,
    results: Vec<Truth>,
    /// For each test the atom that would settle it.
    tests: Vec<Option<Atom>>,
    /// Atoms beside the tests, all of which must hold.
    also: Vec<Atom>,
}

/// The questions that decide between the open findings, the most telling first, without those answered with "I don't know".
pub fn questions(
    book: &Book,
    vocabulary: &Vocabulary,
    findings: &[&Finding<'_>],
    declined: &BTreeSet<String>,
) -> Vec<Asking> {
    let mut desk = Desk { book, vocabulary, atoms: BTreeMap::new(), order: Vec::new(), open: BTreeMap::new() };
    let needs: Vec<Needs<'_>> = findings.iter().take(WEIGHED).map(|f| desk.needs(f)).collect();
    for finding in findings.iter().skip(WEIGHED).take(2) {
        desk.needs(finding);
    }
    let mut open: Vec<Open> = desk.order.iter().filter_map(|name| desk.open.remove(name)).collect();
    open.retain(|o| !declined.contains(&o.asking.parameter));
    let gains = gains(&open, &needs);
    let mut ranked: Vec<(usize, Asking)> = open.into_iter().map(|o| o.asking).enumerate().collect();
    ranked.sort_by_key(|(place, _)| (std::cmp::Reverse(gains[*place]), *place));
    ranked
        .into_iter()
        .take(MOST)
        .map(|(place, asking)| Asking { gain: format!("{}.{:03}", gains[place] / 1000, gains[place] % 1000), ..asking })
        .collect()
}

/// For each question the doubt it is expected to remove, in thousandths of a bit, every way of answering taken as equally likely.
fn gains(open: &[Open], needs: &[Needs<'_>]) -> Vec<u32> {
    let mut weighed: Vec<usize> = (0..open.len()).filter(|o| open[*o].ways.len() > 1).collect();
    let combinations = |weighed: &[usize]| weighed.iter().map(|o| open[*o].ways.len()).product::<usize>();
    while combinations(&weighed) > COMBINATIONS {
        weighed.pop();
    }
    let total = combinations(&weighed);
    let mut outcomes: BTreeMap<usize, u32> = BTreeMap::new();
    let mut split: Vec<BTreeMap<(usize, usize), u32>> = vec![BTreeMap::new(); weighed.len()];
    for combination in 0..total {
        let mut rest = combination;
        let mut settled: BTreeMap<Atom, bool> = BTreeMap::new();
        let mut ways = Vec::with_capacity(weighed.len());
        for question in &weighed {
            let count = open[*question].ways.len();
            ways.push(rest % count);
            settled.extend(&open[*question].ways[rest % count]);
            rest /= count;
        }
        let outcome = outcome(needs, &settled);
        *outcomes.entry(outcome).or_default() += 1;
        for (place, way) in ways.into_iter().enumerate() {
            *split[place].entry((way, outcome)).or_default() += 1;
        }
    }
    let before = doubt(outcomes.values().copied());
    let mut gains = vec![0; open.len()];
    for (place, question) in weighed.iter().enumerate() {
        let ways = open[*question].ways.len();
        let after: f64 =
            (0..ways).map(|way| doubt(split[place].range((way, 0)..=(way, usize::MAX)).map(|(_, n)| *n))).sum::<f64>()
                / f64::from(u32::try_from(ways).unwrap_or(1));
        gains[*question] = thousandths(before - after);
    }
    gains
}

/// Entropy in bits of counts.
fn doubt(counts: impl Iterator<Item = u32> + Clone) -> f64 {
    let total = f64::from(counts.clone().sum::<u32>());
    counts.filter(|n| *n > 0).map(|n| f64::from(n) / total).map(|p| -p * p.log2()).sum()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a gain is between 0 and a few bits")]
fn thousandths(bits: f64) -> u32 {
    (bits.max(0.0) * 1000.0).round() as u32
}

/// Which finding decides: the first that holds, else the first that stays open, else none.
fn outcome(needs: &[Needs<'_>], settled: &BTreeMap<Atom, bool>) -> usize {
    let truth = |atom: &Atom| match settled.get(atom) {
        Some(true) => Truth::Met,
        Some(false) => Truth::NotMet,
        None => Truth::NotStated,
    };
    let mut doubtful = 0;
    for (place, need) in (1..).zip(needs) {
        let tests = need.formula.assuming(&|test| match need.tests.get(test).copied().flatten() {
            Some(atom) => truth(&atom),
            None => need.results.get(test).copied().unwrap_or(Truth::NotStated),
        });
        match need.also.iter().map(truth).fold(tests, Truth::and) {
            Truth::Met => return place,
            Truth::NotStated if doubtful == 0 => doubtful = needs.len() + place,
            _ => {}
        }
    }
    doubtful
}

/// Gathers the questions of several findings, each once.
struct Desk<'a> {
    book: &'a Book,
    vocabulary: &'a Vocabulary,
    atoms: BTreeMap<String, Atom>,
    order: Vec<String>,
    open: BTreeMap<String, Open>,
}

impl Desk<'_> {
    fn atom(&mut self, key: String) -> Atom {
        let next = self.atoms.len();
        *self.atoms.entry(key).or_insert(next)
    }

    /// Puts a yes-or-no question about one atom.
    fn ask(&mut self, asking: Asking, key: String) -> Atom {
        let atom = self.atom(key);
        let name = asking.parameter.clone();
        if !self.open.contains_key(&name) {
            self.order.push(name.clone());
            let ways = vec![BTreeMap::from([(atom, true)]), BTreeMap::from([(atom, false)])];
            self.open.insert(name, Open { asking, ways });
        }
        atom
    }

    fn needs<'f>(&mut self, finding: &'f Finding<'_>) -> Needs<'f> {
        let asker = Asker { book: self.book, vocabulary: self.vocabulary, finding, code: wording::code_of(finding) };
        let mut also = Vec::new();
        for asking in asker.about_movement().into_iter().chain(asker.about_class()) {
            let key = asking.parameter.clone();
            also.push(self.ask(asking, key));
        }
        let tests = self.conditions(&asker);
        if let Some(asking) = asker.about_the_text(also.is_empty() && tests.iter().all(Option::is_none)) {
            let key = asking.parameter.clone();
            also.push(self.ask(asking, key));
        }
        Needs {
            formula: &finding.tested.formula,
            results: finding.tested.tests.iter().map(|t| t.result).collect(),
            tests,
            also,
        }
    }

    /// Questions about the open tests of a finding. All limits of one property are settled by one value.
    fn conditions(&mut self, asker: &Asker<'_, '_>) -> Vec<Option<Atom>> {
        let mut atoms = Vec::new();
        let mut limits: BTreeMap<String, Vec<(Atom, Predicate)>> = BTreeMap::new();
        for test in &asker.finding.tested.tests {
            if test.result != Truth::NotStated || test.implied {
                atoms.push(None);
                continue;
            }
            let asking = asker.about(&test.predicate);
            let name = asking.parameter.clone();
            let atom = self.ask(asking, test.predicate.to_string());
            limits.entry(name).or_default().push((atom, test.predicate.clone()));
            atoms.push(Some(atom));
        }
        for (name, predicates) in limits {
            let held = self.open.get(&name).map_or(0, |o| o.ways.len());
            let ways = ways(&predicates, self.book);
            if let Some(open) = self.open.get_mut(&name).filter(|_| ways.len() >= held.max(2)) {
                open.ways = ways;
            }
        }
        atoms
    }
}

/// The distinct ways in which one value can stand to several limits: below all, between two, above all.
fn ways(predicates: &[(Atom, Predicate)], book: &Book) -> Vec<BTreeMap<Atom, bool>> {
    let base = |limit: &yumen_lawbook::quantity::Quantity| {
        if limit.unit.is_empty() { Some(limit.value) } else { book.units.base(limit).map(|(value, _)| value) }
    };
    let measured: Vec<(Atom, Comparison, rust_decimal::Decimal)> = predicates
        .iter()
        .filter_map(|(atom, p)| match p {
            Predicate::Measure { comparison, limit, .. } => Some((*atom, *comparison, base(limit)?)),
            Predicate::Fact { .. } => None,
        })
        .collect();
    if measured.is_empty() {
        let yes = |said: bool| {
            let holds = |p: &Predicate| !matches!(p, Predicate::Fact { wanted, .. } if *wanted != said);
            predicates.iter().map(|(atom, p)| (*atom, holds(p))).collect::<BTreeMap<_, _>>()
        };
        return vec![yes(true), yes(false)];
    }
    let mut limits: Vec<rust_decimal::Decimal> = measured.iter().map(|(_, _, limit)| *limit).collect();
    limits.sort_unstable();
    limits.dedup();
    // One value below every limit, then each limit and the middle of each gap, then one above.
    let one = rust_decimal::Decimal::ONE;
    let mut values = vec![limits[0] - one];
    for pair in limits.windows(2) {
        values.extend([pair[0], (pair[0] + pair[1]) / rust_decimal::Decimal::TWO]);
    }
    values.extend([limits[limits.len() - 1], limits[limits.len() - 1] + one]);
    let mut ways: Vec<BTreeMap<Atom, bool>> = Vec::new();
    for value in values {
        let way: BTreeMap<Atom, bool> = measured
            .iter()
            .map(|(atom, comparison, limit)| {
                let holds = match comparison {
                    Comparison::Greater => value > *limit,
                    Comparison::AtLeast => value >= *limit,
                    Comparison::Less => value < *limit,
                    Comparison::AtMost => value <= *limit,
                    Comparison::Equal => value == *limit,
                };
                (*atom, holds)
            })
            .collect();
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    ways
}

/// Words questions about one finding.
struct Asker<'a, 'b> {
    book: &'a Book,
    vocabulary: &'a Vocabulary,
    finding: &'a Finding<'b>,
    code: Bilingual,
}

impl Asker<'_, '_> {
    fn asking(&self, parameter: impl Into<String>, ask: Bilingual, why: (&str, &str), kind: &str) -> Asking {
        Asking {
            parameter: parameter.into(),
            ask,
            why: Bilingual::new(format!("{}（{}）", why.0, self.code.zh), format!("{} ({})", why.1, self.code.en)),
            serves: self.finding.doc.code.clone(),
            kind: kind.to_owned(),
            gain: String::new(),
        }
    }

    fn about_movement(&self) -> Option<Asking> {
        let open = self.finding.moves.is_none() && !self.finding.doc.covers.contains(&Moves::Goods);
        let ask = Bilingual::new(
            "出口的是货物本身，还是技术（图纸、工艺、软件、派人传授）？",
            "Do goods move, or technology (drawings, process, software, people who teach)?",
        );
        open.then(|| self.asking(MOVES, ask, ("该条目管的是技术", "the entry is about technology"), "moves"))
    }

    fn about_class(&self) -> Vec<Asking> {
        match &self.finding.class {
            ClassMatch::Inside { .. } => {
                let ask = Bilingual::new(
                    "清单所列物项是否为产品的主要成分，且可以拆卸移作他用？或者单独出口？",
                    "Is the listed item a principal element of the product that can be removed and used otherwise, or is it shipped by itself?",
                );
                vec![self.asking(REMOVABLE, ask, ("清单说明", "explanations of the list"), "yes_no")]
            }
            ClassMatch::Partial { missing } | ClassMatch::Broader { missing } => {
                let alternatives = missing.iter().filter_map(|m| self.finding.doc.class.get(*m));
                alternatives.filter_map(|a| a.first()).map(|c| self.about_concept(*c)).collect()
            }
            ClassMatch::Aim { .. } | ClassMatch::Unnamed => {
                let text = text_of(self.finding);
                let ask = Bilingual::new(format!("是否就是“{}”？", text.zh), format!("Is it “{}”?", text.en));
                let id = format!("is:{}", self.finding.doc.code);
                vec![self.asking(id, ask, ("文字相近", "the words are close"), "yes_no")]
            }
            ClassMatch::Suggested { concepts } => concepts.iter().map(|c| self.about_concept(*c)).collect(),
            ClassMatch::Confirmed | ClassMatch::Denied { .. } | ClassMatch::Unlike { .. } | ClassMatch::NotThat => {
                Vec::new()
            }
        }
    }

    fn about_concept(&self, concept: ConceptIndex) -> Asking {
        let concept = self.vocabulary.concept(concept);
        let zh = concept.zh.first().or(concept.en.first()).cloned().unwrap_or_default();
        let en = concept.en.first().or(concept.zh.first()).cloned().unwrap_or_default();
        let ask = Bilingual::new(format!("是否为（用于、涉及）{zh}？"), format!("Is it (for, about) {en}?"));
        self.asking(format!("class:{}", concept.id), ask, ("条目所述类别", "the class the entry names"), "yes_no")
    }

    /// The question one predicate raises.
    fn about(&self, predicate: &Predicate) -> Asking {
        let (name, id, limit) = wording::predicate(self.book, self.vocabulary, predicate);
        let (ask, kind) = match predicate {
            Predicate::Fact { property, .. } => {
                let ask = self.book.properties.get(property).map(|p| p.ask.clone()).filter(|a| !a.is_empty());
                let plain = || Bilingual::new(format!("{}？", name.zh), format!("{}?", name.en));
                (ask.unwrap_or_else(plain), "yes_no".to_owned())
            }
            Predicate::Measure { property, limit: threshold, .. }
                if property.as_str() == "content" && threshold.value.is_zero() =>
            {
                let what = name.zh.trim_end_matches("含量");
                let what_en = name.en.trim_start_matches("content of ");
                let en = format!("Does it contain {what_en}? How much?");
                (Bilingual::new(format!("是否含{what}？含多少？"), en), "fraction".to_owned())
            }
            Predicate::Measure { property, .. } => {
                let dimension = self.book.properties.get(property).and_then(|p| p.dimension.clone());
                let en = format!("What is the {}? (limit {limit})", name.en);
                (Bilingual::new(format!("{}是多少？（界限 {limit}）", name.zh), en), dimension.unwrap_or_default())
            }
        };
        self.asking(id, ask, ("条目的条件", "a condition of the entry"), &kind)
    }

    fn about_the_text(&self, nothing_else: bool) -> Option<Asking> {
        let unread = self.finding.is_unloaded() || (nothing_else && self.finding.truth == Truth::NotStated);
        let ask = Bilingual::new(
            format!("对照官方文本，是否达到{}的全部指标？", self.code.zh),
            format!("By the official text, does it meet all conditions of {}?", self.code.en),
        );
        let why = ("本书没有完整指标", "the conditions are not fully recorded here");
        (nothing_else && unread).then(|| self.asking(format!("check:{}", self.finding.doc.code), ask, why, "yes_no"))
    }
}

fn text_of(finding: &Finding<'_>) -> Bilingual {
    let zh = finding.point.text.get(yumen_lawbook::Lang::Zh);
    let en = finding.point.text.get(yumen_lawbook::Lang::En);
    Bilingual::new(zh.chars().take(60).collect::<String>(), en.chars().take(120).collect::<String>())
}
