//! From a reading to findings: which documents are worth looking at, and how each stands to the question.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::code::Code;
use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::list::entry::Moves;

use super::Engine;
use super::reading::Reading;
use crate::finding::{Finding, concerning};
use crate::index::{Doc, DocIndex, version_of};
use crate::matching::{ClassMatch, Named};
use crate::question::Question;
use crate::testing::{Tested, Tester, Truth};
use crate::text::concepts::{Mention, Role};
use crate::text::fold::Folded;
use crate::text::loose::Split;

/// How many of the best text hits are looked at beside those whose class is named.
const LOOKED_AT: usize = 40;

/// The documents a question leads to, and the scores of all.
pub(super) struct LookedAt {
    /// Each document; true where a code named it.
    docs: BTreeMap<DocIndex, bool>,
    scores: Vec<f32>,
}

impl Engine {
    /// The documents worth looking at. Names that the text gives with words in between become mentions on the way.
    pub(super) fn look(&self, question: &Question, reading: &mut Reading) -> LookedAt {
        let on_day = self.on_day(question.as_of.effective);
        let speaking = &on_day.speaking;
        let scores = self.index.score(&reading.query);
        let best = Self::best_scored(&scores, speaking);
        self.meet_loosely(reading, &best);
        let docs = self.worth_looking_at(question, reading, best, speaking);
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
            let mention = Mention { concept, start, end, role: Role::Plain, share: None };
            // A name that was read as it stands is no other name with words put in: a coil winding machine is no winding machine.
            let within_known = reading.mentions.iter().any(|m| m.start <= start && end <= m.end);
            let not_that = reading
                .mentions
                .iter()
                .any(|m| m.start < end && start < m.end && self.vocabulary.is_unlike(m.concept, concept));
            if !within_known && !not_that && !crate::text::denial::is_denied(&reading.text, start, end) {
                reading.mentions.push(mention);
            }
        }
    }

    /// Findings for the documents looked at, nearest first.
    pub(super) fn find<'s>(
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
            suggested: &reading.suggested,
            vocabulary: &self.vocabulary,
            index: &self.index,
        };
        let tester = self.tester(reading);
        let on_day = self.on_day(day);
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
                if let Some(said) = reading.answers.points.get(&doc.code) {
                    class = if *said { ClassMatch::Confirmed } else { ClassMatch::NotThat };
                }
                if let (ClassMatch::Inside { .. }, Some(true)) = (&class, reading.answers.removable) {
                    class = ClassMatch::Confirmed;
                }
                let mut tested = tester.point(entry, point);
                if class == ClassMatch::Confirmed && !doc.concerns.is_empty() {
                    tested = tested.and(self.concerned(doc, &named, &tester));
                }
                let truth = tested.truth();
                let moves = reading
                    .movement
                    .fits(&doc.covers)
                    .or(goods_by_default(&doc.covers))
                    .or_else(|| self.is_know_how(reading, &doc.covers, &used));
                let share = (self.own_score(&class, index, scores[index], reading) / full).min(1.0);
                let standing = self.book.standing(version, question.as_of);
                let found = (scores[index] / full).min(1.0);
                let rank = rank(found, &class, &standing, entry.lead, by_code, doc.container);
                Finding {
                    index,
                    doc,
                    version,
                    entry,
                    point,
                    life_listed: on_day.listed[doc.list].contains(&version.life),
                    standing,
                    class,
                    used,
                    truth,
                    tested,
                    exclusions: concerning(confirmed, &self.book, doc)
                        .into_iter()
                        .filter(|e| e.lists.is_empty() && named.frees(&self.class_of(e), doc))
                        .collect(),
                    moves,
                    checked: reading.answers.checked.get(&doc.code).copied(),
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

    /// The score of a document that only words speak for, without the words of what it does not cover.
    fn own_score(&self, class: &ClassMatch, doc: DocIndex, score: f32, reading: &Reading) -> f32 {
        if *class != ClassMatch::Unnamed || !self.index.borrows_any(doc) {
            return score;
        }
        let parts = self.index.explain(&reading.query, doc);
        parts.into_iter().filter(|(key, _)| !self.index.borrows(doc, *key)).map(|(_, score)| score).sum()
    }

    /// Technology for a thing is controlled as far as the thing is: the conditions of what it is for are its conditions too.
    fn concerned(&self, doc: &Doc, named: &Named<'_>, tester: &Tester<'_>) -> Tested {
        let confirmed = doc.concerns.iter().filter(|c| named.meets_concerned(doc, **c).0 == ClassMatch::Confirmed);
        confirmed
            .map(|concern| {
                let (entry, point) = crate::index::point_of(&self.book, self.index.doc(*concern));
                tester.point(entry, point)
            })
            // The first of the best: what is met before what is open before what fails.
            .min_by_key(|tested| match tested.truth() {
                Truth::Met => 0,
                Truth::NotStated => 1,
                Truth::NotMet => 2,
            })
            .unwrap_or_default()
    }

    /// A way of making something, or a field of knowledge, can only move as technology; software only as such.
    fn is_know_how(&self, reading: &Reading, covers: &[Moves], used: &[usize]) -> Option<bool> {
        use yumen_lawbook::lexicon::ConceptKind::{Field, Process, Software};
        let software = || used.iter().any(|m| self.vocabulary.concept(reading.mentions[*m].concept).kind == Software);
        if covers.iter().any(|c| matches!(c, Moves::Software | Moves::Technology)) && software() {
            return Some(true);
        }
        // A thing with figures is a thing, however it was made: 烧结钕铁硼磁体, 含镝 3 %.
        if !reading.statements.values.is_empty() {
            return None;
        }
        let process = used.iter().any(|m| {
            let mention = &reading.mentions[*m];
            matches!(self.vocabulary.concept(mention.concept).kind, Process | Field)
                && !made_by(&reading.text, mention.start)
        });
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
            .flat_map(|m| {
                let (kinds, held) = (self.vocabulary.family(m.concept).iter(), self.vocabulary.contents(m.concept));
                kinds.copied().chain(held).chain(self.vocabulary.unlike(m.concept).iter().copied())
            })
            .chain(reading.suggested.iter().copied())
            .collect();
        for concept in concepts {
            for doc in self.index.with_concept(concept).iter().filter(|d| speaking[**d]) {
                // The whole entry: a narrower kind beside the one that is named may be what the thing is.
                for beside in self.index.of_entry(*doc).filter(|d| speaking[*d] && !self.index.doc(*d).silent) {
                    wanted.entry(beside).or_insert(false);
                }
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
}

/// True where a code of the question is the document's own or stands above it in another edition.
fn is_claimed(codes: &[Code], doc: &Doc) -> bool {
    codes.iter().any(|code| {
        let code = code.to_string();
        doc.code == code || !crate::index::is_below(&doc.code, &code)
    })
}

/// "made by hot pressing", 采用热压: how a thing was made, not what is passed on.
fn made_by(text: &Folded, process: usize) -> bool {
    let head = text.slice(process.saturating_sub(12)..process);
    [" by", " via", " using", " through", "采用", "经", "通过"].iter().any(|w| head.trim_end().ends_with(w))
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
        ClassMatch::Denied { .. } | ClassMatch::Unlike { .. } | ClassMatch::NotThat => 0.6,
        ClassMatch::Partial { missing } => 0.3 / (1.0 + f32::from(u8::try_from(missing.len()).unwrap_or(u8::MAX))),
        ClassMatch::Broader { .. } => 0.5,
        ClassMatch::Aim { .. } => 0.3,
        ClassMatch::Suggested { .. } => 0.35,
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
