//! Questions that would decide, from the predicates that are still open.

use std::collections::BTreeMap;

use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::predicate::Predicate;
use yumen_lawbook::{Bilingual, Book};

use crate::answer::Asking;
use crate::finding::Finding;
use crate::matching::ClassMatch;
use crate::testing::Truth;
use crate::text::concepts::Vocabulary;
use crate::wording;

/// Most questions asked at once.
pub const MOST: usize = 5;

/// The questions that decide the open findings: those that serve most of them first, in the order of the law.
pub fn questions(book: &Book, vocabulary: &Vocabulary, findings: &[&Finding<'_>]) -> Vec<Asking> {
    let mut asked: BTreeMap<String, (usize, usize, Asking)> = BTreeMap::new();
    let mut order = 0;
    for finding in findings.iter().take(6) {
        for asking in of_finding(book, vocabulary, finding) {
            order += 1;
            let held = asked.entry(asking.parameter.clone()).or_insert((0, order, asking));
            held.0 += 1;
        }
    }
    let mut all: Vec<(usize, usize, Asking)> = asked.into_values().collect();
    all.sort_by_key(|(served, order, _)| (std::cmp::Reverse(*served), *order));
    all.into_iter().map(|(_, _, asking)| asking).take(MOST).collect()
}

fn of_finding(book: &Book, vocabulary: &Vocabulary, finding: &Finding<'_>) -> Vec<Asking> {
    let code = wording::code_of(finding);
    let asker = Asker { book, vocabulary, finding, code };
    let mut out = Vec::new();
    asker.about_movement(&mut out);
    asker.about_class(&mut out);
    asker.about_conditions(&mut out);
    asker.about_the_text(&mut out);
    out
}

/// Puts questions about one finding.
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
            serves: self.code.en.clone(),
            kind: kind.to_owned(),
        }
    }

    fn about_movement(&self, out: &mut Vec<Asking>) {
        if self.finding.moves.is_none() && !self.finding.doc.covers.contains(&Moves::Goods) {
            let ask = Bilingual::new(
                "出口的是货物本身，还是技术（图纸、工艺、软件、派人传授）？",
                "Do goods move, or technology (drawings, process, software, people who teach)?",
            );
            out.push(self.asking("moves", ask, ("该条目管的是技术", "the entry is about technology"), "moves"));
        }
    }

    fn about_class(&self, out: &mut Vec<Asking>) {
        match &self.finding.class {
            ClassMatch::Inside { .. } => {
                let ask = Bilingual::new(
                    "清单所列物项是否为产品的主要成分，且可以拆卸移作他用？还是单独出口？",
                    "Is the listed item a principal element of the product that can be removed and used otherwise, or shipped by itself?",
                );
                let why = ("清单通用说明", "general note of the list");
                out.push(self.asking("principal_and_removable", ask, why, "yes_no"));
            }
            ClassMatch::Partial { missing } => {
                let alternatives = missing.iter().filter_map(|m| self.finding.doc.class.get(*m));
                for concept in alternatives.filter_map(|a| a.first()).map(|c| self.vocabulary.concept(*c)) {
                    let zh = concept.zh.first().or(concept.en.first()).cloned().unwrap_or_default();
                    let en = concept.en.first().or(concept.zh.first()).cloned().unwrap_or_default();
                    let ask =
                        Bilingual::new(format!("是否为（用于、涉及）{zh}？"), format!("Is it (for, about) {en}?"));
                    let why = ("条目所述类别", "the class the entry names");
                    out.push(self.asking(format!("class:{}", concept.id), ask, why, "yes_no"));
                }
            }
            ClassMatch::Unnamed => {
                let text = text_of(self.finding);
                let ask = Bilingual::new(format!("是否就是“{}”？", text.zh), format!("Is it “{}”?", text.en));
                let id = format!("is:{}", self.finding.doc.code);
                out.push(self.asking(id, ask, ("文字相近", "the words are close"), "yes_no"));
            }
            ClassMatch::Confirmed | ClassMatch::Denied { .. } => {}
        }
    }

    fn about_conditions(&self, out: &mut Vec<Asking>) {
        for test in self.finding.tests.iter().filter(|t| t.result == Truth::NotStated && !t.implied) {
            let (name, id, limit) = wording::predicate(self.book, self.vocabulary, &test.predicate);
            let (ask, kind) = match &test.predicate {
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
            out.push(self.asking(id, ask, ("条目的条件", "a condition of the entry"), &kind));
        }
    }

    fn about_the_text(&self, out: &mut Vec<Asking>) {
        if out.is_empty() && self.finding.is_unloaded() {
            let ask = Bilingual::new(
                format!("对照官方文本，是否达到{}的全部指标？", self.code.zh),
                format!("By the official text, does it meet all conditions of {}?", self.code.en),
            );
            let why = ("本书没有完整指标", "the conditions are not fully recorded here");
            out.push(self.asking(format!("check:{}", self.finding.doc.code), ask, why, "yes_no"));
        }
    }
}

fn text_of(finding: &Finding<'_>) -> Bilingual {
    let zh = finding.point.text.get(yumen_lawbook::Lang::Zh);
    let en = finding.point.text.get(yumen_lawbook::Lang::En);
    Bilingual::new(zh.chars().take(60).collect::<String>(), en.chars().take(120).collect::<String>())
}
