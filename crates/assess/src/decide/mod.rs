//! From findings to one answer per regime. The order of the cases is the order of caution: what controls comes before what
//! frees, what is open before what fails, and a score alone never decides.

mod absence;

use std::collections::BTreeSet;

use yumen_lawbook::exclusion::Exclusion;
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::entry::{Control, Moves, Recorded};
use yumen_lawbook::list::{ControlList, Outside};
use yumen_lawbook::{Bilingual, Book, Day, Standing};

use crate::answer::{Answer, ExclusionNote, ParameterTest, Reason};
use crate::finding::{Finding, Verdict};
use crate::testing::{Test, Truth};
use crate::text::concepts::Vocabulary;
use crate::wording;

/// What the findings of one list add up to.
pub struct Decision {
    /// The verdict.
    pub answer: Answer,
    /// The finding it rests on, or the nearest one.
    pub rests_on: Option<usize>,
    /// Findings whose open conditions would decide, in order.
    pub open: Vec<usize>,
    /// Reasons in order.
    pub reasons: Vec<Reason>,
    /// Last day of a suspension.
    pub until: Option<Day>,
    /// Exclusions considered.
    pub exclusions: Vec<ExclusionNote>,
    /// What is not known.
    pub unknown: Vec<Bilingual>,
    /// What would change the answer.
    pub would_change: Vec<Bilingual>,
}

/// What deciding needs to know.
pub struct Bench<'b, 'f> {
    /// The book.
    pub book: &'b Book,
    /// The list.
    pub list: &'b ControlList,
    /// How much of the list is recorded.
    pub coverage: &'f Coverage,
    /// The lexicon.
    pub vocabulary: &'f Vocabulary,
    /// The legal day.
    pub day: Day,
    /// Findings of this list, nearest first.
    pub findings: &'f [&'f Finding<'b>],
    /// Exceptions of the whole list that the question confirms.
    pub exceptions: Vec<&'b Exclusion>,
    /// Whether the listed thing is a principal element of the product and can be removed, where that was answered.
    pub removable: Option<bool>,
    /// What moves, as far as read.
    pub moves: &'f [Moves],
    /// True where what moves was said.
    pub moves_stated: bool,
    /// The share of words a text match needs before it is worth a question.
    pub words_needed: f32,
    /// The share of the question's words that speak for one finding and are not those by which another was named.
    pub beside: &'f dyn Fn(&Finding<'b>, &Finding<'b>) -> f32,
}

impl<'b> Bench<'b, '_> {
    /// Decides.
    pub fn decide(self) -> Decision {
        let mut decision = Decision {
            answer: Answer::NotFound,
            rests_on: None,
            open: Vec::new(),
            reasons: Vec::new(),
            until: None,
            exclusions: Vec::new(),
            unknown: Vec::new(),
            would_change: Vec::new(),
        };
        self.choose(&mut decision);
        self.note_exclusions(&mut decision);
        self.note_coverage(&mut decision);
        decision
    }

    fn choose(&self, decision: &mut Decision) {
        let verdicts: Vec<Verdict> = self.findings.iter().map(|f| f.verdict()).collect();
        let listed = |i: &usize| self.findings[*i].standing.is_listed();
        let of = |verdict: Verdict| -> Vec<usize> {
            (0..verdicts.len()).filter(|i| verdicts[*i] == verdict && !self.findings[*i].is_mere_heading()).collect()
        };
        let conflict: Vec<usize> = of(Verdict::Conflict).into_iter().filter(listed).collect();
        let controlled: Vec<usize> = of(Verdict::Controlled)
            .into_iter()
            .filter(listed)
            .filter(|i| !self.is_contradicted(*i, &verdicts))
            .collect();
        let open: Vec<usize> = of(Verdict::Open).into_iter().filter(listed).collect();
        let in_force = |i: &usize| matches!(self.findings[*i].standing, Standing::InForce);

        if let Some(&first) = conflict.iter().find(|i| in_force(i)) {
            return self.conflict(decision, first);
        }
        if let (Some(exception), true) =
            (self.exceptions.first(), controlled.iter().all(|i| !threshold_met(self.findings[*i])))
        {
            return self.excepted(decision, exception, controlled.first().or(open.first()).copied());
        }
        if let Some(first) = self.strictest(&controlled, true) {
            return self.controlled(decision, first, &open);
        }
        let open_now: Vec<usize> = open.iter().copied().filter(|i| in_force(i)).collect();
        if !open_now.is_empty() {
            return self.open(decision, open_now);
        }
        let unloaded: Vec<usize> =
            of(Verdict::Unloaded).into_iter().filter(|i| in_force(i) && !self.findings[*i].entry.lead).collect();
        let (carved, unloaded): (Vec<_>, Vec<_>) =
            unloaded.into_iter().map(|i| (i, self.carved_out(i, &verdicts))).partition(|(_, c)| c.is_some());
        let unloaded: Vec<usize> = unloaded.into_iter().map(|(i, _)| i).collect();
        if let (true, Some((_, Some(point)))) = (unloaded.is_empty(), carved.first()) {
            return self.failing(decision, *point);
        }
        if !unloaded.is_empty() {
            return self.unloaded(decision, &unloaded);
        }
        if let Some(first) = self.strictest(&controlled, false).or_else(|| open.first().copied()) {
            return self.set_aside(decision, first);
        }
        let kind_open: Vec<usize> = of(Verdict::OpenMoves).into_iter().filter(listed).collect();
        // A list of goods first: a plain noun is a thing, and a thing that fails or is excluded is settled as such.
        let settled = |v: &Verdict| matches!(v, Verdict::Fails | Verdict::Excluded | Verdict::DeniedClass);
        let thing_settled = self.list.head.outside.is_none()
            && (0..verdicts.len())
                .any(|i| settled(&verdicts[i]) && listed(&i) && self.findings[i].doc.covers.contains(&Moves::Goods));
        if !kind_open.is_empty() && !thing_settled {
            return self.kind_open(decision, kind_open);
        }
        self.nothing_confirmed(decision, &verdicts);
    }

    /// True for the heading of a code that was given, where what is known of the thing fails every item below it.
    fn is_contradicted(&self, index: usize, verdicts: &[Verdict]) -> bool {
        let heading = &self.findings[index];
        if !heading.claimed || !heading.doc.container {
            return false;
        }
        let below = |i: &usize| *i != index && crate::index::is_below(&self.findings[*i].doc.code, &heading.doc.code);
        let items: Vec<Verdict> = (0..verdicts.len()).filter(below).map(|i| verdicts[i]).collect();
        !items.is_empty() && items.iter().all(|v| matches!(v, Verdict::Fails | Verdict::Excluded))
    }

    /// A point of the same entry that carves out the very thing (除杂交一代蚕品种以外): then the entry's heading, whose other points
    /// are not recorded, does not bring it back.
    fn carved_out(&self, heading: usize, verdicts: &[Verdict]) -> Option<usize> {
        use yumen_lawbook::predicate::Predicate;
        let of = self.findings[heading];
        if !of.point.path.is_empty() {
            return None;
        }
        (0..verdicts.len()).find(|i| {
            let point = self.findings[*i];
            let carved = |t: &Test| {
                t.result == Truth::NotMet
                    && t.stated.is_some()
                    && matches!(t.predicate, Predicate::Fact { wanted: false, .. })
            };
            verdicts[*i] == Verdict::Fails
                && point.doc.list == of.doc.list
                && point.doc.version == of.doc.version
                && point.tested.tests.iter().any(carved)
        })
    }

    /// Among controlled findings the one with the gravest consequence; `now` asks for those in force, otherwise for those whose
    /// clause is set aside.
    fn strictest(&self, controlled: &[usize], now: bool) -> Option<usize> {
        controlled
            .iter()
            .copied()
            .filter(|i| matches!(self.findings[*i].standing, Standing::InForce) == now)
            .min_by_key(|i| {
                let finding = &self.findings[*i];
                let grave = match finding.entry.control {
                    Control::Prohibited => 0,
                    Control::Restricted | Control::Licence => 1,
                    Control::Unknown => 2,
                };
                (grave, finding.point.path.is_empty(), *i)
            })
    }

    fn controlled(&self, decision: &mut Decision, index: usize, open: &[usize]) {
        let finding = &self.findings[index];
        decision.rests_on = Some(index);
        decision.answer = match finding.entry.control {
            Control::Prohibited => Answer::Prohibited,
            Control::Restricted | Control::Licence => Answer::LicenceRequired,
            Control::Unknown => Answer::Depends,
        };
        decision.reasons.push(self.point_reason(finding, &wording::falls_under(finding)));
        self.origin_reason(decision, finding);
        self.moves_reason(decision);
        if finding.checked == Some(true) && finding.is_unloaded() {
            decision.unknown.push(wording::checked_by_hand(finding));
        } else if finding.claimed && (finding.truth != Truth::Met || finding.is_unloaded()) {
            decision.unknown.push(wording::taken_from_the_code(finding));
        } else if finding.entry.recorded != Recorded::Complete && finding.point.path.is_empty() {
            decision.unknown.push(wording::points_not_recorded(finding));
        }
        if finding.point.topic {
            decision.unknown.push(wording::topic_only(finding));
        }
        if finding.entry.control == Control::Unknown {
            decision.unknown.push(wording::list_not_known());
        }
        decision.would_change.extend(wording::would_change(self.book, finding));
        for other in open.iter().filter(|i| **i != index).take(2) {
            decision.unknown.push(wording::also_open(self.findings[*other]));
        }
    }

    fn conflict(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.answer = Answer::Conflict;
        decision.rests_on = Some(index);
        decision.reasons.push(self.point_reason(finding, &wording::thresholds_met()));
        for exclusion in &finding.exclusions {
            decision.reasons.push(self.exclusion_reason(exclusion, &wording::yet_excluded(exclusion)));
        }
    }

    fn excepted(&self, decision: &mut Decision, exception: &'b Exclusion, nearest: Option<usize>) {
        decision.answer = Answer::LikelyNotControlled;
        decision.rests_on = nearest;
        decision.reasons.push(self.exclusion_reason(exception, &exception.text));
        decision.would_change.push(wording::exception_must_hold(exception));
    }

    fn open(&self, decision: &mut Decision, open: Vec<usize>) {
        let finding = &self.findings[open[0]];
        decision.answer = Answer::Depends;
        decision.rests_on = Some(open[0]);
        decision.reasons.push(self.point_reason(finding, &wording::of_the_class(finding)));
        self.moves_reason(decision);
        decision.open = open;
    }

    fn unloaded(&self, decision: &mut Decision, unloaded: &[usize]) {
        let finding = &self.findings[unloaded[0]];
        decision.answer = Answer::Depends;
        decision.rests_on = Some(unloaded[0]);
        decision.open = unloaded.to_vec();
        decision.reasons.push(self.point_reason(finding, &wording::check_by_hand(finding)));
        decision.unknown.push(wording::text_not_loaded(finding));
    }

    fn set_aside(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        if let (Standing::Scheduled { .. }, Some(rival)) = (&finding.standing, self.rival(index)) {
            return self.sounds_like(decision, rival);
        }
        decision.rests_on = Some(index);
        decision.reasons.push(self.point_reason(finding, &wording::falls_under(finding)));
        match &finding.standing {
            Standing::Suspended { until, stretch } => {
                decision.answer = Answer::Suspended;
                decision.until = *until;
                decision.reasons.push(self.stretch_reason(stretch, &wording::suspended(*until)));
                decision.would_change.push(wording::when_suspension_ends(*until));
            }
            Standing::LapsedUnconfirmed { since, stretch } => {
                decision.answer = Answer::LapsedUnconfirmed;
                decision.reasons.push(self.stretch_reason(stretch, &wording::lapsed(*since, &stretch.note)));
                decision.would_change.push(wording::confirm_with_instrument());
            }
            Standing::Scheduled { from } => {
                decision.answer = Answer::LikelyNotControlled;
                decision.reasons.push(self.point_reason(finding, &wording::not_yet(*from)));
                decision.would_change.push(wording::from_day(*from));
            }
            _ => decision.answer = Answer::Depends,
        }
        if finding.verdict() == Verdict::Open {
            decision.open.push(index);
        }
    }

    fn kind_open(&self, decision: &mut Decision, open: Vec<usize>) {
        let finding = &self.findings[open[0]];
        decision.answer = Answer::Depends;
        decision.rests_on = Some(open[0]);
        decision.reasons.push(self.point_reason(finding, &wording::if_technology_moves(finding)));
        if let Some(outside) = &self.list.head.outside {
            decision.reasons.push(self.outside_reason(outside));
        }
        decision.open = open;
    }

    fn note_exclusions(&self, decision: &mut Decision) {
        let mut seen = BTreeSet::new();
        let mut all: Vec<&Exclusion> = self.exceptions.clone();
        all.extend(self.findings.iter().take(20).flat_map(|f| f.exclusions.iter().copied()));
        for exclusion in all {
            if seen.insert(exclusion.id.clone()) {
                let applied = decision.answer == Answer::LikelyNotControlled
                    && decision
                        .reasons
                        .iter()
                        .any(|r| r.instrument == exclusion.at.instrument.as_str() && r.text == exclusion.text);
                decision.exclusions.push(ExclusionNote {
                    id: exclusion.id.to_string(),
                    text: exclusion.text.clone(),
                    condition: exclusion.condition.clone(),
                    hedged: exclusion.hedged,
                    applied,
                    cite: self.book.cite(&exclusion.at, self.day),
                    verification: exclusion.verification,
                });
            }
        }
    }

    fn note_coverage(&self, decision: &mut Decision) {
        let relies_on_absence =
            matches!(decision.answer, Answer::NotFound | Answer::LikelyNotControlled | Answer::Depends);
        if relies_on_absence {
            decision.unknown.push(wording::coverage(self.coverage, self.list));
        }
    }

    /// What brought the point into the list, where an amendment did.
    fn origin_reason(&self, decision: &mut Decision, finding: &Finding<'_>) {
        let Some(since) = self.list.history.introduced(finding.version, &finding.point.path) else { return };
        let at = yumen_lawbook::instrument::Citation { instrument: since.instrument.clone(), place: String::new() };
        decision.reasons.push(Reason {
            instrument: since.instrument.to_string(),
            place: finding.doc.code.clone(),
            cite: self.book.cite(&at, self.day),
            text: wording::introduced(finding, since.from),
            verification: self.book.cited(&at, self.day).map_or_else(Default::default, |a| a.verification),
        });
    }

    fn moves_reason(&self, decision: &mut Decision) {
        if let (Some(outside), false) = (&self.list.head.outside, self.moves.is_empty()) {
            let text = wording::what_moves(self.moves, self.moves_stated);
            decision.reasons.push(Reason { text, ..self.outside_reason(outside) });
        }
    }

    fn outside_reason(&self, outside: &Outside) -> Reason {
        Reason {
            instrument: outside.at.instrument.to_string(),
            place: outside.at.place.clone(),
            cite: self.book.cite(&outside.at, self.day),
            text: outside.text.clone(),
            verification: outside
                .verification
                .or(self.book.cited(&outside.at, self.day).map(|a| a.verification))
                .unwrap_or_default(),
        }
    }

    fn point_reason(&self, finding: &Finding<'_>, text: &Bilingual) -> Reason {
        wording::point_reason(self.book, finding, text, self.day)
    }

    fn exclusion_reason(&self, exclusion: &Exclusion, text: &Bilingual) -> Reason {
        Reason {
            instrument: exclusion.at.instrument.to_string(),
            place: exclusion.at.place.clone(),
            cite: self.book.cite(&exclusion.at, self.day),
            text: text.clone(),
            verification: exclusion.verification,
        }
    }

    fn stretch_reason(&self, stretch: &yumen_lawbook::measure::Stretch, text: &Bilingual) -> Reason {
        let cited =
            yumen_lawbook::instrument::Citation { instrument: stretch.instrument.clone(), place: String::new() };
        let act = self.book.cited(&cited, self.day);
        Reason {
            instrument: stretch.instrument.to_string(),
            place: String::new(),
            cite: self.book.cite(&cited, self.day),
            text: text.clone(),
            verification: stretch.verification.or(act.map(|a| a.verification)).unwrap_or_default(),
        }
    }
}

fn threshold_met(finding: &Finding<'_>) -> bool {
    finding.truth == Truth::Met && threshold_partly_met(finding)
}

fn threshold_partly_met(finding: &Finding<'_>) -> bool {
    finding.tested.tests.iter().any(|t| t.result == Truth::Met && t.stated.is_some())
}

/// The tests of a finding as the answer shows them.
pub fn parameters(book: &Book, vocabulary: &Vocabulary, finding: &Finding<'_>) -> Vec<ParameterTest> {
    finding.tested.tests.iter().map(|test| parameter(book, vocabulary, finding, test)).collect()
}

fn parameter(book: &Book, vocabulary: &Vocabulary, finding: &Finding<'_>, test: &Test) -> ParameterTest {
    let (name, property, limit) = wording::predicate(book, vocabulary, &test.predicate);
    let note = match (&test.note, test.implied) {
        (None, true) => Some(Bilingual::new("由官方条件推算的必要条件", "follows from the official conditions")),
        (note, _) => note.clone(),
    };
    ParameterTest {
        name,
        property,
        code: finding.doc.code.clone(),
        stated: test.stated.clone(),
        limit,
        result: test.result,
        note,
    }
}
