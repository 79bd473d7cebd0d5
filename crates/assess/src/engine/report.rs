//! From findings to the answer as it is shown.

use std::collections::BTreeSet;

use yumen_lawbook::Day;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::entry::Moves;

use super::Engine;
use super::reading::Reading;
use crate::answer::{
    Answer, Asked, Candidate, ElsewhereNote, EntryRef, NamedConcept, RegimeResult, StatedFact, StatedValue,
};
use crate::decide::{Bench, Decision, parameters};
use crate::finding::{Finding, other_codes};
use crate::index::version_of;
use crate::matching::ClassMatch;
use crate::question::Question;
use crate::text::tokens::Key;
use crate::{asking, next, wording};

/// How many candidates an answer shows.
const SHOWN: usize = 20;
/// Share of a question's words a text hit needs before it becomes a question.
const WORDS_NEEDED: f32 = 0.42;

impl Engine {
    pub(super) fn decide(
        &self,
        question: &Question,
        (list, coverage): (&ControlList, &Coverage),
        findings: &[&Finding<'_>],
        exceptions: &[&Exclusion],
        reading: &Reading,
    ) -> RegimeResult {
        let general: Vec<&Exclusion> = exceptions.iter().filter(|e| e.lists.contains(&list.head.id)).copied().collect();
        let bench = Bench {
            book: &self.book,
            list,
            coverage,
            vocabulary: &self.vocabulary,
            day: question.as_of.effective,
            findings,
            exceptions: general,
            removable: reading.answers.removable,
            moves: &reading.movement.kinds,
            moves_stated: reading.movement.stated,
            words_needed: WORDS_NEEDED,
            beside: &|other, freed| self.beside(other, freed, reading),
        };
        let decision = bench.decide();
        self.result((list, coverage), findings, decision, reading)
    }

    fn result(
        &self,
        (list, coverage): (&ControlList, &Coverage),
        findings: &[&Finding<'_>],
        decision: Decision,
        reading: &Reading,
    ) -> RegimeResult {
        let declined = &reading.answers.declined;
        let mut unknown = decision.unknown;
        let rests_on = decision.rests_on.map(|i| findings[i]);
        if decision.answer == Answer::Depends {
            let tested = |asked: &str| rests_on.is_some_and(|f| wording::asks(&self.book, &self.vocabulary, f, asked));
            let here = declined.iter().filter(|asked| asked.contains(':') || tested(asked));
            unknown.extend(here.map(|asked| wording::not_known(&self.book, asked)));
        }
        let open: Vec<&Finding<'_>> = decision.open.iter().map(|i| findings[*i]).collect();
        let shown = rests_on.filter(|_| decision.answer != Answer::NotFound || !findings.is_empty());
        RegimeResult {
            regime: list.head.id.to_string(),
            answer: decision.answer,
            until: decision.until,
            procedure: Self::procedure(list, decision.answer, rests_on, reading),
            entry: shown.map(|f| self.entry_ref(list, f)),
            reasons: decision.reasons,
            parameters: rests_on
                .filter(|f| f.class != ClassMatch::Unnamed)
                .map(|f| parameters(&self.book, &self.vocabulary, f))
                .unwrap_or_default(),
            exclusions: decision.exclusions,
            questions: asking::questions(&self.book, &self.vocabulary, &open, declined),
            refused_in_principle: false,
            refusal_unconfirmed: false,
            advice: Vec::new(),
            next: Vec::new(),
            would_change: decision.would_change,
            unknown,
            coverage: coverage.clone(),
        }
    }

    fn entry_ref(&self, list: &ControlList, finding: &Finding<'_>) -> EntryRef {
        EntryRef {
            list: list.head.id.to_string(),
            code: finding.entry.code.to_string(),
            point: finding.point.path.clone(),
            edition: finding.version.edition.to_string(),
            name: finding.entry.name.clone(),
            text: finding.point.text.clone(),
            also: other_codes(&self.book, finding.doc),
            standing: finding.standing.label(),
        }
    }

    /// The procedure that follows from an answer.
    fn procedure(
        list: &ControlList,
        answer: Answer,
        rests_on: Option<&Finding<'_>>,
        reading: &Reading,
    ) -> Option<String> {
        // Contracts about technology are registered; whoever sells goods has none to register.
        let free = matches!(answer, Answer::LikelyNotControlled | Answer::Registration);
        if free && reading.movement.fits(&[Moves::Technology, Moves::Software, Moves::Service]) != Some(true) {
            return None;
        }
        if let (Answer::LicenceRequired, Some(own)) = (answer, rests_on.and_then(|f| f.entry.procedure.as_ref())) {
            return Some(own.to_string());
        }
        let key = match answer {
            Answer::LicenceRequired => rests_on.map_or("licence", |f| f.entry.control.as_str()),
            Answer::Prohibited => "prohibited",
            Answer::LikelyNotControlled | Answer::Registration => "free",
            _ => return None,
        };
        list.head.procedures.get(key).and_then(|p| p.first()).cloned()
    }

    pub(super) fn finish(&self, result: &mut RegimeResult, day: Day) {
        result.questions.truncate(asking::MOST);
        let list = self.book.list(&result.regime);
        let chain: Vec<String> = match (&result.procedure, list) {
            (Some(first), Some(list)) => list
                .head
                .procedures
                .values()
                .find(|chain| chain.first() == Some(first))
                .cloned()
                .unwrap_or_else(|| vec![first.clone()]),
            (Some(first), None) => vec![first.clone()],
            (None, _) => Vec::new(),
        };
        // The first procedure is the way; later ones of a list are alternatives, except where the law makes them stages.
        let stages: Vec<String> =
            if result.regime == "technology" { chain } else { chain.into_iter().take(1).collect() };
        result.next = next::steps(&self.book, &stages, day);
        result.advice = wording::advice(&self.book, result, day);
    }

    /// Lists that the book does not hold: those the question speaks of, and those of which nothing tells what they cover.
    pub(super) fn elsewhere(&self, reading: &Reading) -> Vec<ElsewhereNote> {
        let names = |id: &yumen_lawbook::id::ConceptId| {
            self.vocabulary.index(id).is_some_and(|wanted| {
                reading.mentions.iter().any(|m| !m.is_denied() && self.vocabulary.is_a(m.concept, wanted))
            })
        };
        let note = |e: &yumen_lawbook::elsewhere::Elsewhere| ElsewhereNote {
            id: e.id.clone(),
            name: e.name.clone(),
            text: e.text.clone(),
            note: e.note.clone(),
            cite: e.at.iter().map(|at| self.book.cite(at, Day::MAX)).collect(),
            verification: e.verification,
            named: !e.class.is_empty() && e.class.iter().any(names),
        };
        self.book.elsewhere.iter().filter(|e| e.concerns(names)).map(note).collect()
    }

    pub(super) fn asked(&self, question: &Question, reading: &Reading, destination_inferred: bool) -> Asked {
        let of = |v: &crate::text::statements::Value| {
            v.of.map(|c| self.vocabulary.concept(c).id.to_string()).unwrap_or_default()
        };
        Asked {
            text: question.text.clone(),
            corrections: reading.corrections.clone(),
            moves: reading.movement.kinds.clone(),
            moves_stated: reading.movement.stated,
            destination: reading.destination.clone(),
            destination_inferred,
            end_use: question.end_use.clone(),
            concepts: reading
                .mentions
                .iter()
                .map(|m| NamedConcept {
                    concept: self.vocabulary.concept(m.concept).id.to_string(),
                    words: reading.text.slice(m.start..m.end),
                    denied: m.is_denied(),
                })
                .collect(),
            values: reading
                .statements
                .values
                .iter()
                .map(|v| StatedValue {
                    property: v.property.as_ref().map(ToString::to_string).unwrap_or_default(),
                    of: of(v),
                    value: v.stated.to_string(),
                    at: v.at.iter().map(ToString::to_string).collect(),
                })
                .collect(),
            facts: reading
                .facts
                .iter()
                .map(|(id, said)| StatedFact { property: id.to_string(), value: *said })
                .collect(),
        }
    }

    /// The best point of each entry, nearest first.
    pub(super) fn candidates(&self, findings: &[Finding<'_>], reading: &Reading) -> Vec<Candidate> {
        let mut seen = BTreeSet::new();
        findings
            .iter()
            .filter(|f| seen.insert((f.doc.list, f.version.life)))
            .take(SHOWN)
            .map(|f| {
                let (list, _) = version_of(&self.book, f.doc);
                let mut matched: Vec<String> = Vec::new();
                for m in &f.used {
                    let mention = &reading.mentions[*m];
                    let words = reading.text.slice(mention.start..mention.end);
                    if !matched.contains(&words) {
                        matched.push(words);
                    }
                }
                if matched.is_empty() {
                    matched = self.words_in_common(f, reading);
                }
                Candidate {
                    list: list.head.id.to_string(),
                    code: f.entry.code.to_string(),
                    also: other_codes(&self.book, f.doc),
                    edition: f.version.edition.to_string(),
                    point: f.point.path.clone(),
                    name: f.entry.name.clone(),
                    text: f.point.text.clone(),
                    control: f.entry.control.as_str().to_owned(),
                    score: format!("{:.3}", f.rank),
                    matched,
                    status: f.standing.as_str().to_owned(),
                    standing: f.standing.label(),
                    class: match f.class {
                        ClassMatch::Confirmed => "confirmed",
                        ClassMatch::Inside { .. } => "inside",
                        ClassMatch::Denied { .. } | ClassMatch::NotThat => "denied",
                        ClassMatch::Unlike { .. } => "unlike",
                        ClassMatch::Partial { .. } => "partial",
                        ClassMatch::Broader { .. } => "broader",
                        ClassMatch::Aim { .. } => "aim",
                        ClassMatch::Suggested { .. } => "suggested",
                        ClassMatch::Unnamed => "unnamed",
                    }
                    .to_owned(),
                    conditions: f.truth,
                    lead: f.entry.lead,
                }
            })
            .collect()
    }

    /// The share of a question's words that speak for one finding and are not those by which another was named.
    fn beside(&self, other: &Finding<'_>, freed: &Finding<'_>, reading: &Reading) -> f32 {
        let full = self.index.full_score(&reading.query).max(f32::MIN_POSITIVE);
        let named = |start: usize, end: usize| {
            freed.used.iter().map(|m| &reading.mentions[*m]).any(|m| m.start < end && start < m.end)
        };
        // The unit of a quantity (kg) is no sign of another thing.
        let is_unit = |start: usize| {
            reading.text.lower[..start].iter().rev().find(|c| **c != ' ').is_some_and(char::is_ascii_digit)
        };
        let own = |key: &Key| {
            let mut tokens = reading.query.iter().filter(|t| t.key == *key).peekable();
            tokens.peek().is_some() && tokens.all(|t| !named(t.start, t.end) && !is_unit(t.start))
        };
        let parts = self.index.explain(&reading.query, other.index);
        parts.into_iter().filter(|(key, _)| !key.is_single() && own(key)).map(|(_, score)| score).sum::<f32>() / full
    }

    /// Words of the question that the document shares, strongest first.
    fn words_in_common(&self, finding: &Finding<'_>, reading: &Reading) -> Vec<String> {
        let contributions = self.index.explain(&reading.query, finding.index);
        let mut words = Vec::new();
        for (key, _) in contributions.iter().filter(|(key, _)| !key.is_single()).take(6) {
            if let Some(token) = reading.query.iter().find(|t| t.key == *key) {
                let text = reading.text.slice(token.start..token.end);
                if !words.contains(&text) {
                    words.push(text);
                }
            }
        }
        words
    }
}
