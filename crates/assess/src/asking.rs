//! Questions that would decide, from the predicates that are still open.

use std::collections::BTreeMap;

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
    let serves = code.en.clone();
    let why = |zh: &str, en: &str| Bilingual::new(format!("{zh}（{}）", code.zh), format!("{en} ({})", code.en));
    let mut out = Vec::new();
    if finding.moves.is_none() && !finding.doc.covers.contains(&yumen_lawbook::list::entry::Moves::Goods) {
        out.push(Asking {
            parameter: "moves".to_owned(),
            ask: Bilingual::new("出口的是货物本身，还是技术（图纸、工艺、软件、派人传授）？", "Do goods move, or technology (drawings, process, software, people who teach)?"),
            why: why("该条目管的是技术", "the entry is about technology"),
            serves: serves.clone(),
            kind: "moves".to_owned(),
        });
    }
    match &finding.class {
        ClassMatch::Inside { .. } => out.push(Asking {
            parameter: "principal_and_removable".to_owned(),
            ask: Bilingual::new("清单所列物项是否为产品的主要成分，且可以拆卸移作他用？还是单独出口？", "Is the listed item a principal element of the product that can be removed and used otherwise, or shipped by itself?"),
            why: why("清单通用说明", "general note of the list"),
            serves: serves.clone(),
            kind: "yes_no".to_owned(),
        }),
        ClassMatch::Partial { missing } => {
            let named: Vec<Bilingual> = missing
                .iter()
                .filter_map(|m| finding.doc.class.get(*m))
                .filter_map(|alternative| alternative.first())
                .map(|c| vocabulary.concept(*c))
                .map(|c| {
                    Bilingual::new(c.zh.first().or(c.en.first()).cloned().unwrap_or_default(), c.en.first().or(c.zh.first()).cloned().unwrap_or_default())
                })
                .collect();
            for name in named {
                out.push(Asking {
                    parameter: format!("class:{}", name.en),
                    ask: Bilingual::new(format!("是否为（用于、涉及）{}？", name.zh), format!("Is it (for, about) {}?", name.en)),
                    why: why("条目所述类别", "the class the entry names"),
                    serves: serves.clone(),
                    kind: "yes_no".to_owned(),
                });
            }
        }
        ClassMatch::Unnamed => out.push(Asking {
            parameter: format!("is:{}", finding.doc.code),
            ask: Bilingual::new(format!("是否就是“{}”？", text_of(finding).zh), format!("Is it “{}”?", text_of(finding).en)),
            why: why("文字相近", "the words are close"),
            serves: serves.clone(),
            kind: "yes_no".to_owned(),
        }),
        _ => {}
    }
    for test in finding.tests.iter().filter(|t| t.result == Truth::NotStated && !t.implied) {
        let (name, id, limit) = wording::predicate(book, vocabulary, &test.predicate);
        let (ask, kind) = match &test.predicate {
            Predicate::Fact { property, .. } => {
                let found = book.properties.get(property);
                let ask = found.map(|p| p.ask.clone()).filter(|a| !a.is_empty());
                (ask.unwrap_or_else(|| Bilingual::new(format!("{}？", name.zh), format!("{}?", name.en))), "yes_no".to_owned())
            }
            Predicate::Measure { property, limit: threshold, of, .. } if property.as_str() == "content" && threshold.value.is_zero() => {
                let _ = of;
                let what = name.zh.trim_end_matches("含量");
                let what_en = name.en.trim_start_matches("content of ");
                (Bilingual::new(format!("是否含{what}？含多少？"), format!("Does it contain {what_en}? How much?")), "fraction".to_owned())
            }
            Predicate::Measure { property, .. } => {
                let dimension = book.properties.get(property).and_then(|p| p.dimension.clone()).unwrap_or_default();
                (Bilingual::new(format!("{}是多少？（界限 {limit}）", name.zh), format!("What is the {}? (limit {limit})", name.en)), dimension)
            }
        };
        out.push(Asking { parameter: id, ask, why: why("条目的条件", "a condition of the entry"), serves: serves.clone(), kind });
    }
    if out.is_empty() && finding.is_unloaded() {
        out.push(Asking {
            parameter: format!("check:{}", finding.doc.code),
            ask: Bilingual::new(format!("对照官方文本，是否达到{}的全部指标？", code.zh), format!("By the official text, does it meet all conditions of {}?", code.en)),
            why: why("本书没有完整指标", "the conditions are not fully recorded here"),
            serves,
            kind: "yes_no".to_owned(),
        });
    }
    out
}

fn text_of(finding: &Finding<'_>) -> Bilingual {
    let zh = finding.point.text.get(yumen_lawbook::Lang::Zh);
    let en = finding.point.text.get(yumen_lawbook::Lang::En);
    Bilingual::new(zh.chars().take(60).collect::<String>(), en.chars().take(120).collect::<String>())
}
