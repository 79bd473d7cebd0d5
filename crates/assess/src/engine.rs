//! The engine: a book and its index, asked question after question.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use yumen_lawbook::code::Code;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::id::PropertyId;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{AsOf, Bilingual, Book, Day, Lang};

use crate::answer::{
    Answer, Asked, Assessment, BookRef, Candidate, EntryRef, NamedConcept, PartyFinding, RegimeResult, StatedFact,
    StatedValue,
};
use crate::decide::{Bench, Decision, parameters};
use crate::finding::{Finding, concerning, other_codes};
use crate::index::{Doc, DocIndex, Index, version_of};
use crate::matching::{ClassMatch, Named};
use crate::measures::Transaction;
use crate::question::{Question, QuestionError};
use crate::testing::{Tester, Truth};
use crate::text::codes;
use crate::text::concepts::{self as vocabulary, Mention, Vocabulary};
use crate::text::fold::{Folded, fold};
use crate::text::loose::Split;
use crate::text::moves::{self, Movement};
use crate::text::places::Places;
use crate::text::statements::{Statements, Statistics};
use crate::text::tokens::{Token, tokens};
use crate::{asking, given, next, party};

/// How many of the best text hits are looked at beside those whose class is named.
const LOOKED_AT: usize = 40;
/// How many candidates an answer shows.
const SHOWN: usize = 20;
/// Share of a question's words a text hit needs before it becomes a question.
const WORDS_NEEDED: f32 = 0.42;

/// A law book that can be asked.
pub struct Engine {
    book: Arc<Book>,
    vocabulary: Vocabulary,
    statistics: Statistics,
    index: Index,
    places: Places,
}

/// Everything an engine works out from a book before it is asked: the term tables and the index. Working it out takes some
/// tenths of a second, reading it back some milliseconds, so programs carry it.
#[derive(Serialize, Deserialize)]
pub struct Prepared {
    version: String,
    vocabulary: vocabulary::Prepared,
    statistics: Statistics,
    index: Index,
    places: Places,
}

/// Prepared tables that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PreparedError {
    /// They belong to another book.
    #[error("prepared for the law book {prepared}, but the book is {book}")]
    OtherBook {
        /// Version of the book they were made from.
        prepared: String,
        /// Version of the book given.
        book: String,
    },
    /// They are of another build, or damaged.
    #[error("the prepared tables cannot be read: {0}")]
    Unreadable(#[from] postcard::Error),
}

/// Everything read from one question.
struct Reading {
    text: Folded,
    mentions: Vec<Mention>,
    statements: Statements,
    facts: BTreeMap<PropertyId, bool>,
    movement: Movement,
    query: Vec<Token>,
    /// Codes the text names or the question gives.
    codes: Vec<Code>,
    /// True where the codes are said to be the thing's own.
    claims: bool,
    /// Destination by ISO code, given or read.
    destination: Option<String>,
}

impl Prepared {
    /// Works out the tables of a book.
    pub fn of(book: &Book) -> Self {
        let vocabulary = Vocabulary::new(Arc::clone(&book.lexicon));
        let index = Index::new(book, &vocabulary);
        Self {
            version: book.version.clone(),
            statistics: Statistics::new(&book.properties, &book.units),
            places: Places::new(&book.countries),
            vocabulary: vocabulary.into_prepared(),
            index,
        }
    }

    /// The tables in a compact form. Only the same build of this crate reads it back.
    ///
    /// # Errors
    /// Never for tables of a book; the error is the encoder's.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PreparedError> {
        Ok(postcard::to_stdvec(self)?)
    }

    /// The tables that [`Prepared::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another build, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PreparedError> {
        Ok(postcard::from_bytes(bytes)?)
    }
}

impl Engine {
    /// An engine over a book. Building it costs some tenths of a second; asking costs less than a millisecond.
    pub fn new(book: Arc<Book>) -> Self {
        let prepared = Prepared::of(&book);
        Self::assemble(book, prepared)
    }

    /// An engine over a book whose tables were worked out before.
    ///
    /// # Errors
    /// Where the tables were made from another book.
    pub fn with(book: Arc<Book>, prepared: Prepared) -> Result<Self, PreparedError> {
        if prepared.version == book.version {
            return Ok(Self::assemble(book, prepared));
        }
        Err(PreparedError::OtherBook { prepared: prepared.version, book: book.version.clone() })
    }

    fn assemble(book: Arc<Book>, prepared: Prepared) -> Self {
        let vocabulary = Vocabulary::with(Arc::clone(&book.lexicon), prepared.vocabulary);
        let Prepared { statistics, index, places, .. } = prepared;
        Self { book, vocabulary, statistics, index, places }
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The book, to keep.
    pub fn shared_book(&self) -> Arc<Book> {
        Arc::clone(&self.book)
    }

    /// The lexicon as it is read.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many documents the index holds.
    pub fn documents(&self) -> usize {
        self.index.len()
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Where the question cannot be answered as it is put; the error says why and what would be right.
    pub fn assess(&self, question: &Question) -> Result<Assessment, QuestionError> {
        question.check()?;
        self.check_day(question.as_of)?;
        let given_destination = self.destination(question)?;
        if let Some(code) = &question.code {
            self.check_code(code)?;
        }
        let mut reading = self.read(question)?;
        let destination_inferred = given_destination.is_none() && reading.destination.is_some();
        reading.destination = given_destination.or(reading.destination);
        let parties: Vec<PartyFinding> =
            question.parties.iter().flat_map(|name| party::find(&self.book, name, question.as_of)).collect();
        let exceptions = self.confirmed_exclusions(&reading);
        let looked_at = self.look(question, &mut reading);
        let reading = reading;
        let findings = self.find(question, &reading, &looked_at, &exceptions);

        let mut results = Vec::new();
        for (list_index, list) in self.book.lists.values().enumerate() {
            let mine: Vec<&Finding<'_>> = findings.iter().filter(|f| f.doc.list == list_index).collect();
            results.push(self.decide(question, list, &mine, &exceptions, &reading));
        }
        let transaction = Transaction {
            book: &self.book,
            as_of: question.as_of,
            destination: reading.destination.as_deref(),
            facts: &reading.facts,
            parties: &parties,
        };
        for result in results.iter_mut().filter(|r| r.regime == "dual-use") {
            transaction.apply(result);
        }
        for result in &mut results {
            self.finish(result, question.as_of.effective);
        }
        Ok(Assessment {
            lawbook: BookRef { version: self.book.version.clone() },
            as_of: question.as_of.effective,
            recorded: (question.as_of.recorded != Day::MAX).then_some(question.as_of.recorded),
            question: self.asked(question, &reading, destination_inferred),
            candidates: self.candidates(&findings, &reading),
            results,
            parties,
            notice: Bilingual::new(
                "本答复依据所载法律和所给事实得出，以官方文本为准，不是法律意见，也不能代替许可。",
                "This answer follows from the law recorded here and the facts given; the official text decides. It is not legal advice and no licence.",
            ),
        })
    }

    fn check_day(&self, as_of: AsOf) -> Result<(), QuestionError> {
        let firsts = self.book.lists.values().flat_map(|list| {
            let recorded = list.editions.iter().map(|e| e.published);
            let known = list.head.unrecorded.iter().filter_map(|u| self.book.instruments.get(&u.instrument)?.effective);
            recorded.chain(known)
        });
        if let Some(first) = firsts.min().filter(|first| as_of.effective < *first) {
            return Err(QuestionError::BeforeFirstList { day: as_of.effective, first });
        }
        if let Some((first, _)) = self.book.recorded.filter(|(first, _)| as_of.recorded < *first) {
            return Err(QuestionError::BeforeKnowledge { day: as_of.recorded, first });
        }
        Ok(())
    }

    fn destination(&self, question: &Question) -> Result<Option<String>, QuestionError> {
        match &question.destination {
            None => Ok(None),
            Some(name) => match self.book.country(name) {
                Some(country) => Ok(Some(country.code.clone())),
                None => Err(QuestionError::UnknownCountry { name: name.chars().take(60).collect() }),
            },
        }
    }

    fn check_code(&self, code: &Code) -> Result<(), QuestionError> {
        let wanted = code.to_string();
        let known = |doc: &Doc| doc.code == wanted || crate::index::is_below(&doc.code, &wanted);
        if self.index.docs().any(|(_, d)| known(d)) || !self.book.lives_of(code).is_empty() {
            return Ok(());
        }
        let mut near: Vec<(usize, String)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (_, doc) in self.index.docs() {
            let entry = version_of(&self.book, doc).1.entry.code.to_string();
            if seen.insert(entry.clone()) {
                near.push((given::distance(&wanted, &entry), entry));
            }
        }
        near.sort();
        let nearest = near.into_iter().filter(|(d, _)| *d <= 2).take(3).map(|(_, c)| c).collect();
        Err(QuestionError::UnknownCode { code: wanted, nearest })
    }

    fn read(&self, question: &Question) -> Result<Reading, QuestionError> {
        let given = given::read(&question.parameters, &self.book, &self.vocabulary)?;
        let joined = if question.end_use.is_empty() {
            question.text.clone()
        } else {
            format!("{}。{}", question.text, question.end_use)
        };
        let whole = fold(&joined);
        let text = fold(&question.text);
        let mentions = self.vocabulary.mentions(&text);
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
        let mut mentions = mentions;
        mark_components(&mut mentions, &statements, &self.vocabulary);
        let facts = statements.facts.iter().map(|(id, (said, _))| (id.clone(), *said)).collect();
        let movement = question.moves.map_or_else(|| moves::read(&whole, &mentions, &self.vocabulary), Movement::given);
        let query = tokens(&text, &mentions, &self.vocabulary);
        let mut codes: Vec<Code> = codes::find(&text);
        codes.retain(|c| !self.book.lives_of(c).is_empty());
        if let Some(code) = &question.code {
            codes = vec![code.clone()];
        }
        let claims = question.code.is_some() || !codes::is_doubted(&text);
        let destination = self.places.destination(&text);
        Ok(Reading { text, mentions, statements, facts, movement, query, codes, claims, destination })
    }

    /// Exclusions whose class and conditions the question confirms.
    fn confirmed_exclusions<'s>(&'s self, reading: &Reading) -> Vec<&'s Exclusion> {
        let named = Named {
            text: &reading.text,
            mentions: &reading.mentions,
            vocabulary: &self.vocabulary,
            index: &self.index,
        };
        let tester = self.tester(reading);
        let empty = yumen_lawbook::list::entry::Point::default();
        self.book
            .exclusions
            .iter()
            .filter(|exclusion| {
                let class: Vec<Vec<usize>> = exclusion
                    .class
                    .iter()
                    .map(|any| any.concepts().iter().filter_map(|c| self.vocabulary.index(c)).collect())
                    .collect();
                let of_class = class.is_empty() || named.meets_class(&class).0 == ClassMatch::Confirmed;
                let moving = exclusion.moves.is_empty() || reading.movement.fits(&exclusion.moves) != Some(false);
                let holds = exclusion
                    .when
                    .as_ref()
                    .is_none_or(|when| tester.condition(when, &empty, &mut Vec::new()) == Truth::Met);
                of_class && moving && holds
            })
            .collect()
    }

    fn tester<'s>(&'s self, reading: &'s Reading) -> Tester<'s> {
        Tester {
            statements: &reading.statements,
            mentions: &reading.mentions,
            vocabulary: &self.vocabulary,
            units: &self.book.units,
        }
    }

    /// The documents worth looking at. Names that the text gives with words in between become mentions on the way.
    fn look(&self, question: &Question, reading: &mut Reading) -> LookedAt {
        let speaking = self.index.speaking(&self.book, question.as_of.effective);
        let scores = self.index.score(&reading.query);
        let best = Self::best_scored(&scores, &speaking);
        self.meet_loosely(reading, &best);
        let docs = self.worth_looking_at(question, reading, best, &speaking);
        LookedAt { docs, scores }
    }

    /// Adds mentions of concepts that the best documents are about and the text names loosely.
    fn meet_loosely(&self, reading: &mut Reading, best: &[DocIndex]) {
        let named: BTreeSet<usize> =
            reading.mentions.iter().flat_map(|m| self.vocabulary.family(m.concept).iter().copied()).collect();
        let wanted: BTreeSet<usize> = best
            .iter()
            .flat_map(|d| self.index.doc(*d).class.iter().flatten())
            .copied()
            .filter(|c| !named.contains(c))
            .collect();
        let split = Split::new(&reading.text);
        let met: Vec<(usize, (usize, usize))> =
            wanted.into_iter().filter_map(|c| Some((c, split.find(self.vocabulary.concept(c))?))).collect();
        for (concept, (start, end)) in met {
            let mention = Mention { concept, start, end, denied: false, bound: false, minor: false, share: None };
            if !crate::text::concepts::is_denied(&reading.text, start, end) {
                reading.mentions.push(mention);
            }
        }
    }

    /// Findings for the documents looked at, nearest first.
    fn find<'s>(
        &'s self,
        question: &Question,
        reading: &Reading,
        looked_at: &LookedAt,
        confirmed: &[&'s Exclusion],
    ) -> Vec<Finding<'s>> {
        let day = question.as_of.effective;
        let scores = &looked_at.scores;
        let full = self.index.full_score(&reading.query).max(f32::MIN_POSITIVE);
        let named = Named {
            text: &reading.text,
            mentions: &reading.mentions,
            vocabulary: &self.vocabulary,
            index: &self.index,
        };
        let tester = self.tester(reading);
        let lists: Vec<&ControlList> = self.book.lists.values().collect();
        let listed: Vec<BTreeSet<usize>> = lists.iter().map(|l| l.history.on(day).map(|v| v.life).collect()).collect();
        let mut findings: Vec<Finding<'s>> = looked_at
            .docs
            .iter()
            .map(|(&index, &by_code)| {
                let doc = self.index.doc(index);
                let (_, version) = version_of(&self.book, doc);
                let entry = &version.entry;
                let point = &entry.points[doc.point];
                let (mut class, used) = named.meets(doc);
                if by_code && matches!(class, ClassMatch::Unnamed | ClassMatch::Partial { .. }) {
                    class = ClassMatch::Confirmed;
                }
                let (mut truth, mut tests) = tester.point(entry, point);
                if class == ClassMatch::Confirmed && !doc.concerns.is_empty() {
                    let (concerned, more) = self.concerned(doc, &named, &tester);
                    truth = truth.and(concerned);
                    tests.extend(more);
                }
                let moves = reading
                    .movement
                    .fits(&doc.covers)
                    .or(goods_by_default(&doc.covers))
                    .or_else(|| self.is_know_how(reading, &used));
                let share = (scores[index] / full).min(1.0);
                let standing = self.book.standing(version, question.as_of);
                let rank = rank(share, &class, &standing, entry.lead, by_code, doc.container);
                Finding {
                    index,
                    doc,
                    version,
                    entry,
                    point,
                    life_listed: listed[doc.list].contains(&version.life),
                    standing,
                    class,
                    used,
                    truth,
                    tests,
                    exclusions: concerning(confirmed, &self.book, doc)
                        .into_iter()
                        .filter(|e| e.lists.is_empty())
                        .collect(),
                    moves,
                    claimed: by_code && reading.claims && is_claimed(&reading.codes, doc),
                    rank,
                    share,
                }
            })
            .collect();
        findings.sort_by(|a, b| {
            b.rank.total_cmp(&a.rank).then_with(|| a.doc.code.cmp(&b.doc.code)).then(a.index.cmp(&b.index))
        });
        findings
    }

    /// Technology for a thing is controlled as far as the thing is: the conditions of what it is for are its conditions too.
    fn concerned(&self, doc: &Doc, named: &Named<'_>, tester: &Tester<'_>) -> (Truth, Vec<crate::testing::Test>) {
        let mut best: Option<(Truth, Vec<crate::testing::Test>)> = None;
        for &concern in &doc.concerns {
            if named.meets_concerned(doc, concern).0 != ClassMatch::Confirmed {
                continue;
            }
            let (entry, point) = crate::index::point_of(&self.book, self.index.doc(concern));
            let (truth, tests) = tester.point(entry, point);
            let better = match &best {
                None => true,
                Some((held, _)) => matches!(
                    (truth, held),
                    (Truth::Met, Truth::NotStated | Truth::NotMet) | (Truth::NotStated, Truth::NotMet)
                ),
            };
            if better {
                best = Some((truth, tests));
            }
        }
        best.unwrap_or((Truth::Met, Vec::new()))
    }

    /// A way of making something, or a field of knowledge, can only move as technology.
    fn is_know_how(&self, reading: &Reading, used: &[usize]) -> Option<bool> {
        use yumen_lawbook::lexicon::ConceptKind::{Field, Process};
        let process =
            used.iter().any(|m| matches!(self.vocabulary.concept(reading.mentions[*m].concept).kind, Process | Field));
        (process || reading.movement.making).then_some(true)
    }

    fn best_scored(scores: &[f32], speaking: &[bool]) -> Vec<DocIndex> {
        let mut best: Vec<DocIndex> = (0..scores.len()).filter(|d| speaking[*d] && scores[*d] > 0.0).collect();
        let cut = LOOKED_AT.min(best.len());
        if cut > 0 && cut < best.len() {
            best.select_nth_unstable_by(cut - 1, |a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
            best.truncate(cut);
        }
        best
    }

    fn worth_looking_at(
        &self,
        question: &Question,
        reading: &Reading,
        best: Vec<DocIndex>,
        speaking: &[bool],
    ) -> BTreeMap<DocIndex, bool> {
        let mut wanted: BTreeMap<DocIndex, bool> = best.into_iter().map(|d| (d, false)).collect();
        let concepts: BTreeSet<usize> = reading
            .mentions
            .iter()
            .flat_map(|m| self.vocabulary.family(m.concept).iter().copied().chain(self.vocabulary.contents(m.concept)))
            .collect();
        for concept in concepts {
            for doc in self.index.with_concept(concept).iter().filter(|d| speaking[**d]) {
                wanted.entry(*doc).or_insert(false);
            }
        }
        if let Some(hs) = &question.hs {
            for doc in self.index.with_hs(hs).filter(|d| speaking[*d]) {
                wanted.entry(doc).or_insert(false);
            }
        }
        for code in &reading.codes {
            for doc in self.by_code(code, speaking) {
                wanted.insert(doc, true);
            }
        }
        wanted
    }

    /// Documents of a code: itself and what stands below it, or, through the crosswalk, the same entry under the number it has on
    /// the day.
    fn by_code(&self, code: &Code, speaking: &[bool]) -> Vec<DocIndex> {
        let wanted = code.to_string();
        let direct: Vec<DocIndex> = self
            .index
            .docs()
            .filter(|(i, d)| speaking[*i] && (crate::index::is_below(&d.code, &wanted) || d.code == wanted))
            .map(|(i, _)| i)
            .collect();
        let lives: BTreeSet<(String, usize)> =
            self.book.lives_of(code).into_iter().map(|(l, life)| (l.head.id.to_string(), life)).collect();
        let mut all: Vec<DocIndex> = self
            .index
            .docs()
            .filter(|(i, d)| {
                let (list, version) = version_of(&self.book, d);
                speaking[*i]
                    && lives.contains(&(list.head.id.to_string(), version.life))
                    && version.entry.points[d.point].path.is_empty()
            })
            .map(|(i, _)| i)
            .collect();
        all.extend(direct);
        all
    }

    fn decide(
        &self,
        question: &Question,
        list: &ControlList,
        findings: &[&Finding<'_>],
        exceptions: &[&Exclusion],
        reading: &Reading,
    ) -> RegimeResult {
        let general: Vec<&Exclusion> = exceptions.iter().filter(|e| e.lists.contains(&list.head.id)).copied().collect();
        let bench = Bench {
            book: &self.book,
            list,
            vocabulary: &self.vocabulary,
            day: question.as_of.effective,
            findings,
            exceptions: general,
            moves: &reading.movement.kinds,
            moves_stated: reading.movement.stated,
            words_needed: WORDS_NEEDED,
        };
        let decision = bench.decide();
        self.result(question, list, findings, decision)
    }

    fn result(
        &self,
        question: &Question,
        list: &ControlList,
        findings: &[&Finding<'_>],
        decision: Decision,
    ) -> RegimeResult {
        let rests_on = decision.rests_on.map(|i| findings[i]);
        let open: Vec<&Finding<'_>> = decision.open.iter().map(|i| findings[*i]).collect();
        let shown = rests_on.filter(|_| decision.answer != Answer::NotFound || !findings.is_empty());
        RegimeResult {
            regime: list.head.id.to_string(),
            answer: decision.answer,
            until: decision.until,
            procedure: Self::procedure(list, decision.answer, rests_on),
            entry: shown.map(|f| self.entry_ref(list, f)),
            reasons: decision.reasons,
            parameters: rests_on
                .filter(|f| f.class != ClassMatch::Unnamed)
                .map(|f| parameters(&self.book, &self.vocabulary, f))
                .unwrap_or_default(),
            exclusions: decision.exclusions,
            questions: asking::questions(&self.book, &self.vocabulary, &open),
            next: Vec::new(),
            would_change: decision.would_change,
            unknown: decision.unknown,
            coverage: list.coverage(question.as_of.effective),
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
    fn procedure(list: &ControlList, answer: Answer, rests_on: Option<&Finding<'_>>) -> Option<String> {
        let key = match answer {
            Answer::LicenceRequired => rests_on.map_or("licence", |f| f.entry.control.as_str()),
            Answer::Prohibited => "prohibited",
            Answer::LikelyNotControlled | Answer::Registration => "free",
            _ => return None,
        };
        list.head.procedures.get(key).and_then(|p| p.first()).cloned()
    }

    fn finish(&self, result: &mut RegimeResult, day: Day) {
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
    }

    fn asked(&self, question: &Question, reading: &Reading, destination_inferred: bool) -> Asked {
        let of = |v: &crate::text::statements::Value| {
            v.of.map(|c| self.vocabulary.concept(c).id.to_string()).unwrap_or_default()
        };
        Asked {
            text: question.text.clone(),
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
                    denied: m.denied,
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
    fn candidates(&self, findings: &[Finding<'_>], reading: &Reading) -> Vec<Candidate> {
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
                    matched = self.shared_words(f, reading);
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
                        ClassMatch::Denied { .. } => "denied",
                        ClassMatch::Partial { .. } => "partial",
                        ClassMatch::Unnamed => "unnamed",
                    }
                    .to_owned(),
                    conditions: f.truth,
                    lead: f.entry.lead,
                }
            })
            .collect()
    }

    /// Words of the question that the document shares, strongest first.
    fn shared_words(&self, finding: &Finding<'_>, reading: &Reading) -> Vec<String> {
        let contributions = self.index.explain(&reading.query, finding.index);
        let mut words = Vec::new();
        for part in contributions.iter().filter(|c| !c.key.is_single()).take(6) {
            if let Some(token) = reading.query.iter().find(|t| t.key == part.key) {
                let text = reading.text.slice(token.start..token.end);
                if !words.contains(&text) {
                    words.push(text);
                }
            }
        }
        words
    }

    /// What each token added to a candidate's score, for `--explain`.
    pub fn explain(&self, question: &Question, code: &str) -> Result<Vec<(String, f32)>, QuestionError> {
        let reading = self.read(question)?;
        let doc = self.index.docs().find(|(_, d)| d.code == code).map(|(i, _)| i);
        Ok(doc.map_or_else(Vec::new, |doc| {
            self.index
                .explain(&reading.query, doc)
                .into_iter()
                .map(|c| {
                    let token = || reading.query.iter().find(|t| t.key == c.key);
                    let label = match c.key.as_concept() {
                        Some(concept) => self.vocabulary.concept(concept).id.to_string(),
                        None => token().map(|t| reading.text.slice(t.start..t.end)).unwrap_or_default(),
                    };
                    (label, c.score)
                })
                .collect()
        }))
    }

    /// The words of a language for a list's short name.
    pub fn list_name(&self, id: &str, lang: Lang) -> String {
        self.book.list(id).map_or_else(|| id.to_owned(), |l| l.head.short.get(lang).to_owned())
    }
}

/// Marks elements that the text gives as a minor share of something else: 钕铁硼，镝 0.08 % is about the magnet, not about dysprosium.
fn mark_components(mentions: &mut [Mention], statements: &Statements, vocabulary: &Vocabulary) {
    use yumen_lawbook::lexicon::ConceptKind::{Compound, Element, Equipment, Material, Product};
    let kind = |m: &Mention| vocabulary.concept(m.concept).kind;
    let whole = mentions.iter().any(|m| !m.denied && matches!(kind(m), Material | Compound | Product | Equipment));
    let minor = |concept: usize| {
        statements.values.iter().any(|v| {
            let half = rust_decimal::Decimal::from(50);
            let below = |b: crate::text::quantities::Bound| v.stated.unit != "%" || b.value < half;
            v.is_content() && v.of == Some(concept) && v.stated.low.into_iter().chain(v.stated.high).all(below)
        })
    };
    if whole {
        for mention in mentions.iter_mut() {
            mention.minor = kind(mention) == Element && minor(mention.concept);
        }
    }
}

/// The documents a question leads to, and the scores of all.
struct LookedAt {
    /// Each document; true where a code named it.
    docs: BTreeMap<DocIndex, bool>,
    scores: Vec<f32>,
}

/// True where a code of the question is the document's own or stands above it in another edition.
fn is_claimed(codes: &[Code], doc: &Doc) -> bool {
    codes.iter().any(|code| {
        let code = code.to_string();
        doc.code == code || !crate::index::is_below(&doc.code, &code)
    })
}

/// A plain noun is a thing: where nothing tells otherwise, entries about goods are meant.
fn goods_by_default(covers: &[Moves]) -> Option<bool> {
    covers.contains(&Moves::Goods).then_some(true)
}

fn rank(
    share: f32,
    class: &ClassMatch,
    standing: &yumen_lawbook::Standing,
    lead: bool,
    by_code: bool,
    container: bool,
) -> f32 {
    use yumen_lawbook::Standing;
    let class = match class {
        ClassMatch::Confirmed => 1.0,
        ClassMatch::Inside { .. } => 0.55,
        ClassMatch::Denied { .. } => 0.6,
        ClassMatch::Partial { missing } => 0.3 / (1.0 + f32::from(u8::try_from(missing.len()).unwrap_or(u8::MAX))),
        ClassMatch::Unnamed => 0.0,
    };
    let standing = match standing {
        Standing::InForce => 0.0,
        Standing::Suspended { .. } | Standing::LapsedUnconfirmed { .. } | Standing::Scheduled { .. } => -0.02,
        Standing::FateUnknown { .. } => -0.06,
        Standing::Ended { .. } | Standing::NotYet { .. } | Standing::Superseded { .. } => -0.1,
        Standing::Draft => -0.2,
    };
    let lead = if lead { -0.05 } else { 0.0 };
    let container = if container { -0.08 } else { 0.0 };
    let code = if by_code { 3.0 } else { 0.0 };
    share + class + standing + lead + container + code
}
