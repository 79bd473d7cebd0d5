//! Rules about destinations, end uses and parties, applied to a dual-use result.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::id::PropertyId;
use yumen_lawbook::instrument::Citation;
use yumen_lawbook::measure::{Clause, ClauseStatus, Effect, Measure, Stretch};
use yumen_lawbook::predicate::{Condition, Predicate};
use yumen_lawbook::{AsOf, Bilingual, Book, Lang};

use crate::answer::{Answer, Asking, PartyFinding, Reason, RegimeResult};
use crate::index::is_below;
use crate::party::{self, Consequence};
use crate::testing::Truth;

/// The transaction as far as it is known.
pub struct Transaction<'a> {
    /// The book.
    pub book: &'a Book,
    /// The days.
    pub as_of: AsOf,
    /// Destination by ISO code.
    pub destination: Option<&'a str>,
    /// Facts read or given.
    pub facts: &'a BTreeMap<PropertyId, bool>,
    /// Questions answered with "I don't know".
    pub declined: &'a BTreeSet<String>,
    /// Parties found.
    pub parties: &'a [PartyFinding],
    /// True where the question names anybody.
    pub named: bool,
    /// Whether a party belongs to a listed one, where that was answered.
    pub owned: Option<bool>,
}

impl Transaction<'_> {
    /// Applies everything that is not in the list itself.
    pub fn apply(&self, result: &mut RegimeResult) {
        self.clauses(result);
        self.listed_parties(result);
        self.ownership(result);
        self.catch_all(result);
    }

    fn clauses(&self, result: &mut RegimeResult) {
        for measure in self.book.measures.values() {
            for clause in &measure.clause {
                if matches!(clause.effect, Effect::ListItems | Effect::WatchParty | Effect::Countermeasure)
                    || is_party_measure(self.book, measure)
                {
                    continue;
                }
                self.clause(result, measure, clause);
            }
        }
    }

    fn clause(&self, result: &mut RegimeResult, measure: &Measure, clause: &Clause) {
        let reaches = match self.destination {
            Some(to) => clause.destinations.is_empty() || clause.destinations.iter().any(|d| d == to),
            None => clause.destinations.is_empty(),
        };
        if !reaches {
            return;
        }
        let codes: Vec<&str> = result
            .entry
            .iter()
            .flat_map(|e| std::iter::once(e.code.as_str()).chain(e.also.iter().map(String::as_str)))
            .collect();
        let about_entry =
            clause.entries.is_empty() || codes.iter().any(|code| clause.entries.iter().any(|e| is_below(code, e)));
        let listed = matches!(
            result.answer,
            Answer::LicenceRequired | Answer::Depends | Answer::Suspended | Answer::LapsedUnconfirmed
        );
        if !about_entry || (!clause.entries.is_empty() && !listed) {
            return;
        }
        let Some(stretch) = clause.stretch(self.as_of) else { return };
        let holds = clause.when.as_ref().map_or(Truth::Met, |when| self.truth(when));
        match (stretch.status, holds) {
            (_, Truth::NotMet) | (ClauseStatus::Repealed | ClauseStatus::Scheduled, _) => {}
            (ClauseStatus::InForce, Truth::Met) => self.in_force(result, measure, clause),
            (ClauseStatus::InForce, Truth::NotStated) => {
                // Only ask where an answer could matter: something listed, or a rule for this destination.
                if listed && !clause.destinations.is_empty() {
                    self.ask(result, clause);
                }
            }
            (ClauseStatus::Suspended | ClauseStatus::LapsedUnconfirmed, _) => {
                if holds == Truth::Met && (!clause.entries.is_empty() || clause.when.is_some()) {
                    self.set_aside(result, measure, clause, stretch);
                }
            }
        }
    }

    fn in_force(&self, result: &mut RegimeResult, measure: &Measure, clause: &Clause) {
        result.reasons.push(self.reason(&clause.at, &clause.text, clause));
        let covered = matches!(
            result.answer,
            Answer::LicenceRequired | Answer::Suspended | Answer::LapsedUnconfirmed | Answer::VoucherPossible
        );
        match clause.effect {
            Effect::Prohibit if covered || (clause.unlisted && clause.when.is_some()) => {
                result.answer = Answer::Prohibited;
                result.procedure = Some("d-5".to_owned())
                    .filter(|p| self.book.procedures.contains_key(p.as_str()) && is_party_measure(self.book, measure));
            }
            Effect::Prohibit => result.unknown.push(Bilingual::new(
                "如果物项属于两用物项，则该出口被禁止。",
                "If the item is a dual-use item, this export is prohibited.",
            )),
            Effect::PresumeDenial => result.refused_in_principle = true,
            Effect::Extraterritorial if result.answer != Answer::Prohibited => result.answer = Answer::LicenceRequired,
            _ => {}
        }
    }

    fn set_aside(&self, result: &mut RegimeResult, measure: &Measure, clause: &Clause, stretch: &Stretch) {
        let label = stretch.status.label();
        let until = stretch
            .until
            .map_or_else(Bilingual::default, |u| Bilingual::new(format!("，至 {u}"), format!(" until {u}")));
        let text = Bilingual::new(
            format!("{}（{}{}）：{}", measure.name.zh, label.zh, until.zh, clause.text.zh),
            format!("{} ({}{}): {}", measure.name.en, label.en, until.en, clause.text.en),
        );
        let at = Citation { instrument: stretch.instrument.clone(), place: String::new() };
        result.reasons.push(self.reason(&at, &text, clause));
        result.refusal_unconfirmed |=
            clause.effect == Effect::PresumeDenial && stretch.status == ClauseStatus::LapsedUnconfirmed;
        // A rule for acts abroad is all there is to such a question: its standing is the answer.
        if clause.effect == Effect::Extraterritorial && clause.when.is_some() && result.answer != Answer::Prohibited {
            result.answer =
                if stretch.status == ClauseStatus::Suspended { Answer::Suspended } else { Answer::LapsedUnconfirmed };
            result.until = stretch.until;
        }
    }

    fn ask(&self, result: &mut RegimeResult, clause: &Clause) {
        let Some(when) = &clause.when else { return };
        for predicate in when.predicates() {
            let Predicate::Fact { property, .. } = predicate else { continue };
            let Some(found) = self.book.properties.get(property) else { continue };
            if self.facts.contains_key(property)
                || found.ask.is_empty()
                || self.declined.contains(property.as_str())
                || result.questions.iter().any(|q| q.parameter == property.as_str())
            {
                continue;
            }
            result.questions.push(Asking {
                parameter: property.to_string(),
                ask: found.ask.clone(),
                why: clause.text.clone(),
                serves: self.book.cite(&clause.at, self.as_of.effective).en,
                kind: "yes_no".to_owned(),
                gain: "0.000".to_owned(),
            });
        }
    }

    fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::Is(Predicate::Fact { property, wanted }) => match self.facts.get(property) {
                Some(said) if said == wanted => Truth::Met,
                Some(_) => Truth::NotMet,
                None => Truth::NotStated,
            },
            Condition::Is(Predicate::Measure { .. }) => Truth::NotStated,
            Condition::All(parts) => {
                let all: Vec<Truth> = parts.iter().map(|p| self.truth(p)).collect();
                if all.contains(&Truth::NotMet) {
                    Truth::NotMet
                } else if all.iter().all(|t| *t == Truth::Met) {
                    Truth::Met
                } else {
                    Truth::NotStated
                }
            }
            Condition::Any(parts) => {
                let all: Vec<Truth> = parts.iter().map(|p| self.truth(p)).collect();
                if all.contains(&Truth::Met) {
                    Truth::Met
                } else if all.iter().all(|t| *t == Truth::NotMet) {
                    Truth::NotMet
                } else {
                    Truth::NotStated
                }
            }
        }
    }

    fn listed_parties(&self, result: &mut RegimeResult) {
        for finding in self.parties {
            let Some(consequence) = party::consequence(finding) else {
                // A listing that is suspended or ended is told, and changes nothing by itself.
                result.reasons.push(party_reason(
                    finding,
                    &Bilingual::new(
                        format!("{}：{}", finding.name.zh, finding.standing.zh),
                        format!("{}: {}", shown(finding), finding.standing.en),
                    ),
                ));
                continue;
            };
            if !party::is_same(finding) {
                self.resembling(result, finding, consequence);
                continue;
            }
            let text = Bilingual::new(
                format!("{}在{}上：{}", finding.name.zh, finding.list_name.zh, finding.effect.zh),
                format!("{} is on the {}: {}", shown(finding), finding.list_name.en, finding.effect.en),
            );
            result.reasons.push(party_reason(finding, &text));
            let dual_use = matches!(
                result.answer,
                Answer::LicenceRequired | Answer::Suspended | Answer::LapsedUnconfirmed | Answer::VoucherPossible
            );
            match consequence {
                Consequence::Prohibited if dual_use => {
                    result.answer = Answer::Prohibited;
                    result.procedure = self.book.procedures.contains_key("d-5").then(|| "d-5".to_owned());
                }
                Consequence::Prohibited => result.unknown.push(Bilingual::new(
                    "对管控名单实体，任何两用物项均禁止出口：须先确认物项不属于两用物项。",
                    "No dual-use item may go to an entity on the control list: make sure first that the item is none.",
                )),
                Consequence::Watched => {
                    // Watched parties get no voucher: what a voucher could have covered needs a single licence.
                    if result.answer == Answer::VoucherPossible {
                        result.answer = Answer::LicenceRequired;
                    }
                    result.unknown.push(Bilingual::new(
                    "对关注名单实体：不得使用通用许可和凭证，须提交风险评估报告和书面承诺，审查不受45个工作日限制。",
                    "For a watch-list entity: no general licence, no voucher; a risk assessment and a written undertaking are needed, and the 45-working-day limit does not apply.",
                ));
                }
                Consequence::Other => result.unknown.push(Bilingual::new(
                    "该实体受其他法律措施约束，交易前请单独核查。",
                    "The entity is under measures of another law: examine the transaction separately.",
                )),
            }
        }
    }

    /// A name like a listed one decides nothing by itself: it is a question, with what would follow.
    fn resembling(&self, result: &mut RegimeResult, finding: &PartyFinding, consequence: Consequence) {
        let like = |f: &&PartyFinding| !party::is_same(f) && f.asked == finding.asked && f.list == finding.list;
        let alike: Vec<&PartyFinding> = self.parties.iter().filter(like).collect();
        let others =
            |name: fn(&PartyFinding) -> &str| alike.iter().skip(1).map(|f| name(f)).collect::<Vec<_>>().join("; ");
        let text = Bilingual::new(
            format!(
                "“{}”与{}所列“{}”相似：{}",
                finding.asked, finding.list_name.zh, finding.name.zh, finding.effect.zh
            ),
            format!(
                "\"{}\" resembles {} on the {}: {}",
                finding.asked,
                shown(finding),
                finding.list_name.en,
                finding.effect.en
            ),
        );
        // Several like names of one list are one reason, each with a question of its own.
        if alike.first().is_some_and(|first| std::ptr::eq(*first, finding)) {
            let more = if alike.len() == 1 {
                text.clone()
            } else {
                Bilingual::new(
                    format!("{}另有相似名称：{}。", text.zh, others(|f| f.name.get(Lang::Zh))),
                    format!("{} Similar too: {}.", text.en, others(|f| f.name.get(Lang::En))),
                )
            };
            result.reasons.push(party_reason(finding, &more));
        }
        let covered = matches!(result.answer, Answer::LicenceRequired | Answer::VoucherPossible);
        if covered && consequence == Consequence::Prohibited {
            result.answer = Answer::Depends;
        }
        result.questions.push(Asking {
            parameter: format!("party:{}:{}", finding.instrument, finding.no),
            ask: Bilingual::new(
                format!("“{}”是否就是所列的“{}”？", finding.asked, finding.name.zh),
                format!("Is \"{}\" the listed {}?", finding.asked, shown(finding)),
            ),
            why: text,
            serves: finding.cite.en.clone(),
            kind: "yes_no".to_owned(),
            gain: "0.000".to_owned(),
        });
    }

    /// The rules for acts abroad reach branches and subsidiaries of listed parties: who owns a party is a question, never assumed.
    fn ownership(&self, result: &mut RegimeResult) {
        let listed = self.parties.iter().any(|f| {
            party::is_same(f) && matches!(party::consequence(f), Some(Consequence::Prohibited | Consequence::Watched))
        });
        let abroad = self
            .book
            .measures
            .values()
            .flat_map(|m| &m.clause)
            .filter(|c| c.reaches_owned)
            .filter(|_| self.acts_abroad())
            .find(|c| !matches!(c.status(self.as_of), None | Some(ClauseStatus::Scheduled | ClauseStatus::Repealed)));
        let Some(clause) = abroad.filter(|_| self.named && !listed) else { return };
        match self.owned {
            Some(true) => {
                let text = Bilingual::new(
                    "管控名单、关注名单实体的分支机构和持股50%及以上的子公司：申请原则上不予许可。",
                    "A branch of a listed entity, or a subsidiary owned by one to 50 % or more: refused in principle.",
                );
                result.refused_in_principle = true;
                return result.reasons.push(self.reason(&clause.at, &text, clause));
            }
            Some(false) => return,
            None => {}
        }
        result.questions.push(Asking {
            parameter: "party:ownership".to_owned(),
            ask: Bilingual::new(
                "进口商或最终用户是否为管控名单、关注名单实体的分支机构，或者由其持股50%及以上的子公司？",
                "Is the importer or end user a branch of an entity on the control or watch list, or a subsidiary owned by one to 50 % or more?",
            ),
            why: Bilingual::new(
                "对此类子公司和分支机构的申请原则上不予许可。",
                "Applications for such subsidiaries and branches are refused in principle.",
            ),
            serves: self.book.cite(&clause.at, self.as_of.effective).en,
            kind: "yes_no".to_owned(),
            gain: "0.000".to_owned(),
        });
    }

    /// True where the question is about acts abroad that a rule of this kind reaches.
    fn acts_abroad(&self) -> bool {
        self.book.measures.values().flat_map(|m| &m.clause).any(|c| {
            c.effect == Effect::Extraterritorial && c.when.as_ref().is_some_and(|when| self.truth(when) == Truth::Met)
        })
    }

    /// What is not listed needs a licence where the exporter knows, should know or was told of a risk.
    fn catch_all(&self, result: &mut RegimeResult) {
        let said = |name: &str| self.facts.get(name) == Some(&true);
        let risk = ["wmd_end_use", "terrorist_end_use", "notified_by_authority"].into_iter().any(said);
        if !risk || matches!(result.answer, Answer::Prohibited | Answer::LicenceRequired) {
            return;
        }
        let act = Citation {
            instrument: yumen_lawbook::id::InstrumentId::new("export-control-law").expect("a valid id"),
            place: "12(3)".to_owned(),
        };
        let text = Bilingual::new(
            "未列入清单的物项，出口经营者知道或者应当知道、或者得到通知，可能用于大规模杀伤性武器及其运载工具、恐怖主义或者危害国家安全的，也须申请许可。",
            "Unlisted items too need a licence where the exporter knows, should know or is told that they may serve weapons of mass destruction, their delivery, terrorism, or harm national security.",
        );
        result.answer = Answer::LicenceRequired;
        result.procedure = self.book.procedures.contains_key("d-1").then(|| "d-1".to_owned());
        result.reasons.insert(
            0,
            Reason {
                instrument: act.instrument.to_string(),
                place: act.place.clone(),
                cite: self.book.cite(&act, self.as_of.effective),
                text,
                verification: self
                    .book
                    .cited(&act, self.as_of.effective)
                    .map_or_else(Default::default, |a| a.verification),
            },
        );
    }

    fn reason(&self, at: &Citation, text: &Bilingual, clause: &Clause) -> Reason {
        Reason {
            instrument: at.instrument.to_string(),
            place: at.place.clone(),
            cite: self.book.cite(at, self.as_of.effective),
            text: text.clone(),
            verification: clause.verification,
        }
    }
}

fn shown(finding: &PartyFinding) -> String {
    if finding.name.en.is_empty() { finding.name.zh.clone() } else { finding.name.en.clone() }
}

fn party_reason(finding: &PartyFinding, text: &Bilingual) -> Reason {
    Reason {
        instrument: finding.instrument.clone(),
        place: finding.no.to_string(),
        cite: finding.cite.clone(),
        text: text.clone(),
        verification: finding.verification,
    }
}

fn is_party_measure(book: &Book, measure: &Measure) -> bool {
    book.listings.iter().any(|l| l.measure.measure == measure.id)
}
