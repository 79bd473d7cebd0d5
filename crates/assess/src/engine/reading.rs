//! Reading a question.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::code::Code;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::id::PropertyId;

use super::Engine;
use crate::answers::Answers;
use crate::given;
use crate::matching::{ClassMatch, Named};
use crate::question::{Question, QuestionError};
use crate::testing::{Tester, Truth};
use crate::text::codes;
use crate::text::concepts::{ConceptIndex, Mention, Role, Vocabulary};
use crate::text::fold::{Folded, fold};
use crate::text::moves::{self, Movement};
use crate::text::spelling::Correction;
use crate::text::statements::Statements;
use crate::text::tokens::{Token, tokens};

/// Everything read from one question.
pub(super) struct Reading {
    pub text: Folded,
    /// Words that were read otherwise than written.
    pub corrections: Vec<Correction>,
    pub mentions: Vec<Mention>,
    /// Concepts that the text does not name and yet may be about.
    pub suggested: BTreeSet<ConceptIndex>,
    pub statements: Statements,
    pub facts: BTreeMap<PropertyId, bool>,
    pub movement: Movement,
    pub query: Vec<Token>,
    /// Codes the text names or the question gives.
    pub codes: Vec<Code>,
    /// True where the codes are said to be the thing's own.
    pub claims: bool,
    /// What was answered to questions.
    pub answers: Answers,
    /// Destination by ISO code, given or read.
    pub destination: Option<String>,
}

impl Engine {
    pub(super) fn read(&self, question: &Question) -> Result<Reading, QuestionError> {
        let (given, answers) = given::read(&question.parameters, &self.book, &self.vocabulary)?;
        let mut text = fold(&question.text);
        let mut mentions = self.vocabulary.mentions(&text);
        let mut corrections = Vec::new();
        if let Some((corrected, told)) = self.spelling.correct(&text, &mentions) {
            mentions = self.vocabulary.mentions(&corrected);
            (text, corrections) = (corrected, told);
        }
        let written: String = text.cased.iter().collect();
        let whole =
            if question.end_use.is_empty() { text.clone() } else { fold(&format!("{written}。{}", question.end_use)) };
        let mut statements = self.statistics.read(&text, &mentions, &self.vocabulary, &self.book.units);
        let about_use = self.statistics.read(&whole, &[], &self.vocabulary, &self.book.units);
        statements.facts.extend(about_use.facts);
        // What is given counts; a value of the text for the same property gives way.
        let overruled =
            |v: &crate::text::statements::Value| given.values.iter().any(|g| g.property == v.property && g.of == v.of);
        statements.values.retain(|v| !overruled(v));
        let mut values = given.values;
        values.append(&mut statements.values);
        statements.values = values;
        statements.facts.extend(given.facts);
        for (concept, said) in &answers.classes {
            let role = if *said { Role::Answered } else { Role::Denied };
            mentions.push(Mention { concept: *concept, start: 0, end: 0, role, share: None });
        }
        mark_components(&mut mentions, &statements, &self.vocabulary);
        let facts = statements.facts.iter().map(|(id, (said, _))| (id.clone(), *said)).collect();
        let movement = question
            .moves
            .or(answers.moves)
            .map_or_else(|| moves::read(&whole, &mentions, &self.vocabulary), Movement::given);
        let query = tokens(&text, &mentions, &self.vocabulary);
        let mut codes: Vec<Code> = codes::find(&text);
        codes.retain(|c| !self.book.lives_of(c).is_empty());
        if let Some(code) = &question.code {
            codes = vec![code.clone()];
        }
        let claims = question.code.is_some() || !codes::is_doubted(&text);
        let destination = self.places.destination(&text);
        let doubted = mentions.iter().filter(|m| m.role == Role::Doubted).map(|m| m.concept);
        let suggested = self.cues.suggested(&text).into_iter().chain(doubted).collect();
        Ok(Reading {
            text,
            corrections,
            mentions,
            suggested,
            statements,
            facts,
            movement,
            query,
            codes,
            claims,
            answers,
            destination,
        })
    }

    /// Exclusions whose class and conditions the question confirms.
    pub(super) fn confirmed_exclusions<'s>(&'s self, reading: &Reading) -> Vec<&'s Exclusion> {
        let named = Named {
            text: &reading.text,
            mentions: &reading.mentions,
            suggested: &reading.suggested,
            vocabulary: &self.vocabulary,
            index: &self.index,
        };
        let tester = self.tester(reading);
        self.book
            .exclusions
            .iter()
            .filter(|exclusion| {
                let class = self.class_of(exclusion);
                let of_class = class.is_empty() || named.meets_class(&class).0 == ClassMatch::Confirmed;
                let moving = exclusion.moves.is_empty() || reading.movement.fits(&exclusion.moves) != Some(false);
                let holds = exclusion.when.as_ref().is_none_or(|when| tester.condition(when) == Truth::Met);
                of_class && moving && holds
            })
            .collect()
    }

    /// What an exclusion names, as alternatives that must all be named.
    pub(super) fn class_of(&self, exclusion: &Exclusion) -> Vec<Vec<usize>> {
        let indexes = |any: &yumen_lawbook::list::entry::AnyOf| -> Vec<usize> {
            any.concepts().iter().filter_map(|c| self.vocabulary.index(c)).collect()
        };
        exclusion.class.iter().map(indexes).collect()
    }

    pub(super) fn tester<'s>(&'s self, reading: &'s Reading) -> Tester<'s> {
        Tester {
            statements: &reading.statements,
            mentions: &reading.mentions,
            vocabulary: &self.vocabulary,
            units: &self.book.units,
            properties: &self.book.properties,
        }
    }
}

/// Marks elements that the text gives as a minor share of something else: 钕铁硼，镝 0.08 % is about the magnet, not about dysprosium.
fn mark_components(mentions: &mut [Mention], statements: &Statements, vocabulary: &Vocabulary) {
    use yumen_lawbook::lexicon::ConceptKind::{Compound, Element, Equipment, Material, Product};
    let kind = |m: &Mention| vocabulary.concept(m.concept).kind;
    let whole = mentions.iter().any(|m| !m.is_denied() && matches!(kind(m), Material | Compound | Product | Equipment));
    let minor = |concept: usize| {
        statements.values.iter().any(|v| {
            let half = rust_decimal::Decimal::from(50);
            let below = |b: crate::text::quantities::Bound| v.stated.unit != "%" || b.value < half;
            v.is_content() && v.of == Some(concept) && v.stated.low.into_iter().chain(v.stated.high).all(below)
        })
    };
    // 偏钨酸铵 WO3≥91%: an assay gives the compound's own metal as its oxide or as the element.
    let assayed: Vec<bool> = mentions
        .iter()
        .map(|m| {
            let shared = statements.values.iter().any(|v| v.is_content() && v.of == Some(m.concept));
            let same_metal = |head: &Mention| {
                let metal = |e: usize| vocabulary.concept(e).kind == Element;
                let of = |c: usize| vocabulary.contents(c).filter(|e| metal(*e)).collect::<Vec<_>>();
                let own = if kind(m) == Element { vec![m.concept] } else { of(m.concept) };
                let related = vocabulary.is_a(m.concept, head.concept) || vocabulary.is_a(head.concept, m.concept);
                !related && of(head.concept).iter().any(|e| own.contains(e))
            };
            shared
                && matches!(kind(m), Compound | Element)
                && mentions.iter().any(|h| h.end <= m.start && !h.is_denied() && kind(h) == Compound && same_metal(h))
        })
        .collect();
    for (mention, assayed) in mentions.iter_mut().zip(assayed) {
        if assayed && mention.role == Role::Plain {
            mention.role = Role::Minor;
        }
    }
    let kind = |m: &Mention| vocabulary.concept(m.concept).kind;
    if whole {
        for mention in mentions.iter_mut() {
            if mention.role == Role::Plain && kind(mention) == Element && minor(mention.concept) {
                mention.role = Role::Minor;
            }
        }
    }
}
