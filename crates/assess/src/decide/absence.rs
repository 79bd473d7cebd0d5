//! Where nothing of the law of the day is confirmed: what fails frees, what may be of a narrower kind is asked about, what is only
//! part of something else depends, what stood or will stand in the law on another day is told, and silence is "not found".

use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{Day, Standing};

use super::{Bench, Decision, threshold_partly_met};
use crate::answer::Answer;
use crate::finding::Verdict;
use crate::matching::ClassMatch;
use crate::testing::Truth;
use crate::text::concepts::ConceptIndex;
use crate::wording;

/// The share of words beside a finding's own that makes another finding a rival of it.
const RIVAL: f32 = 0.2;
/// The same where a name of another thing is what frees: such a name shares few words with the list by nature.
const MOSTLY: f32 = 0.5;
/// How many of the nearest findings can be rivals.
const MOST_RIVALS: usize = 12;

impl Bench<'_, '_> {
    /// Nothing of the law of the day is confirmed: what fails frees, what only sounds alike is a question, and silence is "not
    /// found".
    pub(super) fn nothing_confirmed(&self, decision: &mut Decision, verdicts: &[Verdict]) {
        let live = |verdict: Verdict| {
            (0..verdicts.len()).find(|i| {
                verdicts[*i] == verdict
                    && self.findings[*i].standing.is_listed()
                    && !self.findings[*i].is_mere_heading()
                    && !self.findings[*i].entry.lead
            })
        };
        if let Some(index) = live(Verdict::Excluded) {
            // The statement is about its own entries: what may be of another one is not free by it. Words in common with another one
            // (motor, motor drive) are no sign of that; the answer says how far the statement reaches.
            let serious = |r: usize| matches!(verdicts[r], Verdict::Suggested | Verdict::Broader);
            if let Some(rival) = self.rival_among(index, serious) {
                return self.sounds_like(decision, rival);
            }
            return self.excluded(decision, index);
        }
        let failing = [live(Verdict::Fails), live(Verdict::DeniedClass)].into_iter().flatten().min();
        if let Some(index) = failing.and_then(|failing| self.narrower_kind(failing, verdicts)) {
            let finding = &self.findings[index];
            decision.answer = Answer::Depends;
            decision.rests_on = Some(index);
            decision.reasons.push(self.point_reason(finding, &wording::narrower_kind(finding)));
            decision.open.push(index);
            return;
        }
        if let Some(rival) = failing.and_then(|failing| self.rival(failing)) {
            return self.sounds_like(decision, rival);
        }
        let undecided_near = self.undecided_before(verdicts, failing);
        if let (Some(index), None) = (failing, undecided_near) {
            return self.failing(decision, index);
        }
        if let Some(index) = live(Verdict::WrongKind) {
            return self.wrong_kind(decision, index);
        }
        if let Some(index) = live(Verdict::Inside) {
            return self.inside(decision, index);
        }
        if self.past_or_future(decision, verdicts) {
            return;
        }
        let lead = (0..verdicts.len()).find(|i| {
            self.findings[*i].entry.lead
                && self.findings[*i].standing.is_listed()
                && self.findings[*i].class == ClassMatch::Confirmed
        });
        if let Some(index) = lead {
            return self.unloaded(decision, &[index]);
        }
        self.only_near(decision, verdicts);
    }

    /// A point of the same entry about a narrower kind of the thing (fine-grain graphite beside artificial graphite) that nothing
    /// stated rules out: a thing that fails the wider point may still be of that kind.
    fn narrower_kind(&self, failing: usize, verdicts: &[Verdict]) -> Option<usize> {
        let of = self.findings[failing];
        let wide = of.doc.class.first()?;
        (0..verdicts.len()).find(|i| {
            let other = self.findings[*i];
            let narrower = |n: &ConceptIndex| wide.iter().any(|w| n != w && self.vocabulary.is_a(*n, *w));
            matches!(verdicts[*i], Verdict::Words | Verdict::Near)
                && (other.doc.list, other.doc.version) == (of.doc.list, of.doc.version)
                && matches!(other.standing, Standing::InForce)
                && !other.is_mere_heading()
                && other.truth != Truth::NotMet
                && threshold_partly_met(other)
                && other.doc.class.first().is_some_and(|any| any.iter().any(narrower))
        })
    }

    /// Something else in force that the thing may be, where a finding would free it: words suggest it, or words of the question
    /// beside those that named the finding speak for it. "IMU and gyro calibration rig" fails as a gyroscope and may be a rig.
    pub(super) fn rival(&self, freed: usize) -> Option<usize> {
        self.rival_among(freed, |_| true)
    }

    fn rival_among(&self, freed: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let freed = self.findings[freed];
        let only_named = matches!(freed.class, ClassMatch::Unlike { .. });
        let is_rival = |i: &usize| {
            let other = self.findings[*i];
            let elsewhere = (other.doc.list, other.version.life) != (freed.doc.list, freed.version.life);
            let possible = match other.verdict() {
                Verdict::Suggested | Verdict::Broader => true,
                // A word that names something else does not speak for the rest of the text: what its other words name may be listed.
                Verdict::Near if only_named => {
                    leads(&other.class) && other.used.iter().any(|m| !freed.used.contains(m))
                }
                // What the text is mostly about is found by more of its words than what it mentions by the way.
                Verdict::Words | Verdict::Near => {
                    other.share > freed.share && (self.beside)(other, freed) >= if only_named { MOSTLY } else { RIVAL }
                }
                _ => false,
            };
            let bound = match other.standing {
                Standing::InForce => true,
                // Set aside is not gone: a thing that may be of it is not free of it.
                Standing::Suspended { .. } | Standing::LapsedUnconfirmed { .. } => {
                    matches!(other.verdict(), Verdict::Broader | Verdict::Suggested)
                        || (only_named && other.verdict() == Verdict::Near)
                }
                _ => false,
            };
            wanted(*i)
                && elsewhere
                && bound
                && !other.is_mere_heading()
                && !other.entry.lead
                && other.truth != Truth::NotMet
                && other.moves != Some(false)
                && possible
        };
        let set_aside = |i: &usize| !matches!(self.findings[*i].standing, Standing::InForce);
        (0..self.findings.len()).take(MOST_RIVALS).filter(is_rival).min_by_key(|i| (set_aside(i), *i))
    }

    /// Nothing is confirmed; the words are close enough to ask.
    pub(super) fn sounds_like(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.answer = Answer::Depends;
        decision.rests_on = Some(index);
        decision.open.push(index);
        if finding.verdict() != Verdict::Broader {
            decision.reasons.push(self.point_reason(finding, &wording::sounds_like(finding)));
            return;
        }
        decision.reasons.push(self.point_reason(finding, &wording::which_kind(finding)));
        // A wider kind was named: every narrower one that is listed has to be asked about, whichever comes first.
        let listed = |i: &usize| {
            let other = self.findings[*i];
            *i != index
                && other.verdict() == Verdict::Broader
                && other.standing.is_listed()
                && other.truth != Truth::NotMet
                && other.moves != Some(false)
                && !other.is_mere_heading()
        };
        decision.open.extend((0..self.findings.len()).filter(listed));
    }

    /// A partly named class in force that ranks above a failing one: then nothing is free yet.
    fn undecided_before(&self, verdicts: &[Verdict], failing: Option<usize>) -> Option<usize> {
        let failing = failing?;
        (0..failing).find(|i| {
            verdicts[*i] == Verdict::Near
                && matches!(self.findings[*i].standing, Standing::InForce)
                && self.findings[*i].share > self.findings[failing].share
        })
    }

    fn excluded(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.answer = Answer::LikelyNotControlled;
        decision.rests_on = Some(index);
        for exclusion in finding.exclusions.iter().take(2) {
            decision.reasons.push(self.exclusion_reason(exclusion, &exclusion.text));
            if exclusion.hedged {
                decision.would_change.push(wording::hedged(exclusion));
            }
            if !exclusion.condition.is_empty() {
                decision.would_change.push(exclusion.condition.clone());
            }
            if exclusion.lists.is_empty() {
                decision.unknown.push(wording::only_about(self.book, exclusion));
            }
        }
    }

    pub(super) fn failing(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.answer = Answer::LikelyNotControlled;
        decision.rests_on = Some(index);
        let text = match &finding.class {
            ClassMatch::NotThat => wording::not_that(finding),
            ClassMatch::Denied { concept } => wording::denied(self.vocabulary.concept(*concept), finding),
            ClassMatch::Unlike { concept } => wording::unlike(self.vocabulary.concept(*concept), finding),
            _ => wording::fails(self.book, self.vocabulary, finding),
        };
        decision.reasons.push(self.point_reason(finding, &text));
        decision.would_change.push(wording::if_it_were_met(finding));
    }

    fn wrong_kind(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.rests_on = Some(index);
        let technology_list = self.list.head.outside.is_some();
        // Goods fall outside the technology list by law. In the dual-use list the technology of a listed thing may be listed under
        // a code of its own, so only a plain statement of what moves ends the matter.
        decision.answer =
            if technology_list || self.moves_stated { Answer::LikelyNotControlled } else { Answer::Depends };
        decision.reasons.push(self.point_reason(finding, &wording::wrong_kind(finding, self.moves)));
        if let Some(outside) = &self.list.head.outside {
            decision.reasons.push(self.outside_reason(outside));
        }
        decision.would_change.push(wording::if_that_moves(finding));
        if decision.answer == Answer::Depends {
            decision.open.push(index);
        }
    }

    fn inside(&self, decision: &mut Decision, index: usize) {
        let finding = &self.findings[index];
        decision.rests_on = Some(index);
        decision.reasons.push(self.point_reason(finding, &wording::inside(finding)));
        if let Some(rule) = &self.list.head.inside {
            decision.reasons.push(self.outside_reason(rule));
        }
        if self.removable == Some(false) {
            decision.answer = Answer::LikelyNotControlled;
            decision.would_change.push(wording::if_removable());
        } else {
            decision.answer = Answer::Depends;
            decision.open.push(index);
        }
    }

    /// Confirmed in the law of another day: removed, not yet made, only a draft, or of unknown fate.
    fn past_or_future(&self, decision: &mut Decision, verdicts: &[Verdict]) -> bool {
        let candidates: Vec<usize> = (0..verdicts.len())
            .filter(|i| {
                let f = &self.findings[*i];
                !f.standing.is_listed()
                    && matches!(
                        verdicts[*i],
                        Verdict::Controlled | Verdict::Open | Verdict::Unloaded | Verdict::OpenMoves
                    )
                    && (!f.is_mere_heading() || f.entry.heading_decides)
            })
            .collect();
        // A point whose entry goes on in another wording is the gravest case: the topic may still be in.
        let order = |i: &usize| match &self.findings[*i].standing {
            Standing::FateUnknown { .. } => 0,
            Standing::Superseded { .. } if self.findings[*i].life_listed => 1,
            Standing::NotYet { .. } if self.findings[*i].life_listed => 2,
            Standing::Ended { .. } => 3,
            Standing::NotYet { .. } => 4,
            Standing::Superseded { .. } => 5,
            _ => 6,
        };
        let index = candidates
            .into_iter()
            .filter(|i| !self.findings[*i].entry.lead)
            .min_by_key(|i| (order(i), self.days_away(*i), *i));
        let Some(index) = index else {
            return false;
        };
        let finding = &self.findings[index];
        let fate_unknown = matches!(finding.standing, Standing::FateUnknown { .. });
        if let Some(rival) = self.rival(index).filter(|_| !fate_unknown) {
            self.sounds_like(decision, rival);
            return true;
        }
        decision.rests_on = Some(index);
        let text = wording::at_another_time(self.book, finding, self.day);
        decision.reasons.push(self.point_reason(finding, &text));
        decision.answer = match &finding.standing {
            Standing::FateUnknown { .. } => Answer::Depends,
            Standing::Superseded { .. } if finding.life_listed => Answer::Depends,
            // The heading stood on that day too; only this point came later. What its other points said is not recorded.
            Standing::NotYet { .. } if finding.life_listed => Answer::NotFound,
            _ => Answer::LikelyNotControlled,
        };
        if decision.answer == Answer::Depends {
            decision.open.push(index);
        }
        true
    }

    /// How far the law of a finding is from the day asked about, for choosing the nearest in time.
    fn days_away(&self, index: usize) -> i32 {
        let version = self.findings[index].version;
        let ordinal = |day: Day| i32::from(day.year()) * 372 + i32::from(day.month()) * 31 + i32::from(day.day());
        match &version.end {
            Some((last, _)) if *last < self.day => ordinal(self.day) - ordinal(*last),
            _ => (ordinal(version.from) - ordinal(self.day)).abs(),
        }
    }

    fn only_near(&self, decision: &mut Decision, verdicts: &[Verdict]) {
        let only_goods = self.moves_stated && self.moves == [Moves::Goods];
        if let (true, Some(outside)) = (only_goods, &self.list.head.outside) {
            decision.answer = Answer::LikelyNotControlled;
            decision.reasons.push(self.outside_reason(outside));
            decision.rests_on = self.findings.iter().position(|f| f.standing.is_listed());
            decision.would_change.push(wording::if_technology_goes_along());
            return;
        }
        let close = |i: &usize| {
            let f = &self.findings[*i];
            let worth = match verdicts[*i] {
                Verdict::Suggested | Verdict::Broader => true,
                Verdict::Near => f.share >= self.words_needed / 2.0,
                Verdict::Words | Verdict::Unloaded => f.share >= self.words_needed,
                _ => false,
            };
            worth
                && f.truth != Truth::NotMet
                && (f.standing.is_listed() || matches!(f.standing, Standing::FateUnknown { .. }))
                && !f.is_mere_heading()
                && f.moves != Some(false)
                // A list of technology is asked about only where technology is spoken of.
                && (self.list.head.outside.is_none() || f.moves == Some(true))
        };
        // Words that together suggest a thing come before words shared by the way; what is in force before what is set aside.
        let shared = |i: &usize| matches!(verdicts[*i], Verdict::Words | Verdict::Near | Verdict::Unloaded);
        let set_aside = |i: &usize| !matches!(self.findings[*i].standing, Standing::InForce);
        let near = (0..verdicts.len()).filter(close).min_by_key(|i| (shared(i), set_aside(i), *i));
        if let Some(index) = near {
            return self.sounds_like(decision, index);
        }
        decision.answer = Answer::NotFound;
        // What shares a word or two is no neighbour worth showing as one.
        decision.rests_on = self.findings.iter().position(|f| {
            f.standing.is_listed() && (f.share >= self.words_needed / 2.0 || f.class != ClassMatch::Unnamed)
        });
    }
}

/// True where what the thing is was named and only what qualifies it was not.
fn leads(class: &ClassMatch) -> bool {
    matches!(class, ClassMatch::Partial { missing } if !missing.contains(&0))
}
