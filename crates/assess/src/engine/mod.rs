//! The engine: a book and its index, asked question after question.

mod on_day;
mod prepared;
mod reading;
mod report;
mod search;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use yumen_lawbook::code::Code;
use yumen_lawbook::{AsOf, Bilingual, Book, Day, Lang};

use crate::answer::{Assessment, BookRef, Candidate, Overview, PartyFinding};
use crate::finding::Finding;
use crate::index::{Doc, Index, version_of};
use crate::measures::Transaction;
use crate::question::{Question, QuestionError};
use crate::text::concepts::{Mention, Vocabulary};
use crate::text::cues::Cues;
use crate::text::fold::Folded;
use crate::text::places::Places;
use crate::text::spelling::Spelling;
use crate::text::statements::{Statements, Statistics};
use crate::text::tokens::{Key, Token};
use crate::{overview, party};

use on_day::{Days, OnDay};

pub use prepared::{Prepared, PreparedError};
pub use terms::{Limit, NamedConcept, WordingTerms};

/// A law book that can be asked.
pub struct Engine {
    book: Arc<Book>,
    vocabulary: Vocabulary,
    statistics: Statistics,
    index: Index,
    places: Places,
    cues: Cues,
    spelling: Spelling,
    days: Days,
    listed_names: party::Names,
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
        let Prepared { statistics, index, places, cues, spelling, .. } = prepared;
        Self {
            book,
            vocabulary,
            statistics,
            index,
            places,
            cues,
            spelling,
            days: Days::default(),
            listed_names: party::Names::default(),
        }
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

    /// What a text says in numbers and facts.
    pub(crate) fn statements(&self, text: &Folded, mentions: &[Mention]) -> Statements {
        self.statistics.read(text, mentions, &self.vocabulary, &self.book.units)
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
        let mut parties: Vec<PartyFinding> = party::all(&self.book, question);
        for named in self.listed_names.named_in(&self.book, &question.text, question.as_of) {
            if !parties.iter().any(|p| (&p.instrument, p.no) == (&named.instrument, named.no)) {
                parties.push(named);
            }
        }
        settle(&mut parties, &reading.answers.parties);
        let exceptions = self.confirmed_exclusions(&reading);
        let looked_at = self.look(question, &mut reading);
        let reading = reading;
        let findings = self.find(question, &reading, &looked_at, &exceptions);

        let mut results = Vec::new();
        let on_day = self.on_day(question.as_of.effective);
        for (list_index, list) in self.book.lists.values().enumerate() {
            let mine: Vec<&Finding<'_>> = findings.iter().filter(|f| f.doc.list == list_index).collect();
            results.push(self.decide(question, (list, &on_day.coverage[list_index]), &mine, &exceptions, &reading));
        }
        let transaction = Transaction {
            book: &self.book,
            as_of: question.as_of,
            destination: reading.destination.as_deref(),
            facts: &reading.facts,
            declined: &reading.answers.declined,
            parties: &parties,
            named: !question.parties.is_empty(),
            owned: reading.answers.owned,
        };
        for result in results.iter_mut().filter(|r| r.regime == "dual-use") {
            transaction.apply(result);
        }
        for result in &mut results {
            self.finish(result, question.as_of.effective);
        }
        let mut assessment = Assessment {
            lawbook: BookRef { version: self.book.version.clone() },
            as_of: question.as_of.effective,
            recorded: (question.as_of.recorded != Day::MAX).then_some(question.as_of.recorded),
            question: self.asked(question, &reading, destination_inferred),
            candidates: self.candidates(&findings, &reading),
            overview: Overview::default(),
            elsewhere: self.elsewhere(&reading),
            results,
            parties,
            notice: Bilingual::new(
                "本答复依据所载法律和所给事实得出，以官方文本为准，不是法律意见，也不能代替许可。",
                "This answer follows from the law recorded here and the facts given; the official text decides. It is not legal advice and no licence.",
            ),
        };
        assessment.overview = overview::of(&self.book, question, &assessment);
        Ok(assessment)
    }

    /// What the lists say on a day.
    fn on_day(&self, day: Day) -> Arc<OnDay> {
        self.days.on(&self.book, &self.index, day)
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
                near.push((strsim::osa_distance(&wanted, &entry), entry));
            }
        }
        near.sort();
        let nearest = near.into_iter().filter(|(d, _)| *d <= 2).take(3).map(|(_, c)| c).collect();
        Err(QuestionError::UnknownCode { code: wanted, nearest })
    }

    /// What each token added to a candidate's score, for `--explain`.
    ///
    /// # Errors
    /// Where the question cannot be answered as it is put.
    pub fn explain(&self, question: &Question, candidate: &Candidate) -> Result<Vec<(String, f32)>, QuestionError> {
        let reading = self.read(question)?;
        let on_day = self.on_day(question.as_of.effective);
        let is_it = |doc: &Doc| {
            let (list, version) = version_of(&self.book, doc);
            let point = &version.entry.points[doc.point];
            list.head.id.as_str() == candidate.list
                && version.entry.code.to_string() == candidate.code
                && version.edition.as_str() == candidate.edition
                && point.path == candidate.point
        };
        let doc = self.index.docs().find(|(i, d)| on_day.speaks(*i) && is_it(d)).map(|(i, _)| i);
        let token = |key| reading.query.iter().find(|t: &&Token| t.key == key);
        let label = |key: Key| match key.as_concept() {
            Some(concept) => self.vocabulary.concept(concept).id.to_string(),
            None => token(key).map(|t| reading.text.slice(t.start..t.end)).unwrap_or_default(),
        };
        let parts = doc.map(|doc| self.index.explain(&reading.query, doc)).unwrap_or_default();
        Ok(parts.into_iter().map(|(key, score)| (label(key), score)).collect())
    }

    /// The recorded words and conditions of a point on a day, by its full code; `None` where no list holds it.
    pub fn words_of(&self, code: &str, as_of: AsOf) -> Option<String> {
        let on_day = self.on_day(as_of.effective);
        let (_, doc) = self.index.docs().find(|(i, d)| on_day.speaks(*i) && d.code == code)?;
        let (entry, point) = crate::index::point_of(&self.book, doc);
        let conditions = |p: &yumen_lawbook::list::entry::Point| {
            let own =
                p.when.iter().flat_map(|w| w.predicates().into_iter().map(ToString::to_string).collect::<Vec<_>>());
            own.collect::<Vec<_>>().join("; ")
        };
        let below =
            entry.points.iter().filter(|p| entry.is_condition(&p.path) && crate::index::is_below(&p.path, &point.path));
        let all = entry.ancestry(&point.path).into_iter().chain(below);
        Some(all.map(|p| format!("{} | {} | {}", p.text.zh, p.text.en, conditions(p))).collect::<Vec<_>>().join("\n"))
    }

    /// The words of a language for a list's short name.
    pub fn list_name(&self, id: &str, lang: Lang) -> String {
        self.book.list(id).map_or_else(|| id.to_owned(), |l| l.head.short.get(lang).to_owned())
    }
}

/// Takes what somebody said of names that are alike: those said to be others go, those said to be the same count.
fn settle(parties: &mut Vec<PartyFinding>, said: &BTreeMap<String, bool>) {
    let of = |p: &PartyFinding| said.get(&format!("{}:{}", p.instrument, p.no)).copied();
    parties.retain(|p| p.similar.is_none() || of(p) != Some(false));
    for party in parties {
        if of(party) == Some(true)
            && let Some(similar) = &mut party.similar
        {
            similar.same = true;
        }
    }
}
