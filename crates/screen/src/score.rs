//! From an alignment to a score. Every number that was set by measurement stands in [`Tuning`].

use crate::align::{Alignment, Placed};
use crate::lexicon::Role;
use crate::token::Kinship;

/// What was calibrated, on the dev half of the evaluation alone (docs/screening.md).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    /// What differing evidence on both sides costs, per share of it.
    pub conflict: f32,
    /// What words of one side alone cost where the rest is strong evidence, and where it is weak.
    pub extra_strong: f32,
    /// See `extra_strong`.
    pub extra_weak: f32,
    /// Evidence that counts as strong.
    pub strong: f32,
    /// Two places that contradict.
    pub place: f32,
    /// Two numbers that contradict.
    pub number: f32,
    /// A number on one side alone.
    pub number_alone: f32,
    /// Power by which likeness becomes credit.
    pub slip: f32,
    /// Evidence below which nothing is alerted, unless the names are the same.
    pub least: f32,
    /// What an aside in brackets weighs against a word of the name.
    pub aside: f32,
}

/// The tuning of this version.
pub const TUNING: Tuning = Tuning {
    conflict: 1.5,
    extra_strong: 0.3,
    extra_weak: 0.75,
    strong: 1.6,
    place: 0.75,
    number: 0.55,
    number_alone: 0.9,
    slip: 1.4,
    least: 0.5,
    aside: 0.35,
};

/// A score and what it is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Score {
    /// 0 to 1.
    pub value: f32,
    /// Evidence that met, in weights.
    pub met: f32,
    /// Evidence that differs on both sides.
    pub conflict: f32,
    /// Evidence on the asked side alone.
    pub asked_alone: f32,
    /// Evidence on the listed side alone.
    pub listed_alone: f32,
    /// Both name a place, and not the same.
    pub place_differs: bool,
    /// Both have a number, and not the same.
    pub number_differs: bool,
    /// Too little but generic words met.
    pub generic: bool,
}

/// What is left on one side.
#[derive(Default)]
struct Side {
    weight: f32,
    places: u32,
    numbers: u32,
    core: u32,
}

fn side(words: &[Placed<'_>], over: u64, tuning: &Tuning) -> Side {
    let mut side = Side::default();
    for (i, word) in words.iter().enumerate() {
        if over & (1 << i) == 0 {
            continue;
        }
        side.weight += word.token.weight * if word.aside { tuning.aside } else { 1.0 };
        match word.token.role {
            Role::Place if !word.aside => side.places += 1,
            Role::Number => side.numbers += 1,
            Role::Core if !word.aside => side.core += 1,
            _ => {}
        }
    }
    side
}

/// Scores an alignment of an asked (left) and a listed (right) name.
pub fn score(left: &[Placed<'_>], right: &[Placed<'_>], alignment: &Alignment, tuning: &Tuning) -> Score {
    let (mut at_stake, mut met, mut telling, mut exact) = (0.0_f32, 0.0_f32, 0.0_f32, true);
    for pair in &alignment.pairs {
        let credit = match pair.kinship {
            Kinship::Equal => 1.0,
            Kinship::Initial => 0.85,
            Kinship::Consonants => pair.likeness,
            _ => pair.likeness.powf(tuning.slip),
        };
        exact &= credit > 0.94;
        at_stake += pair.weight;
        met += pair.weight * credit;
        let role = right[usize::from(pair.right.0)].token.role;
        if matches!(role, Role::Core | Role::Number | Role::Initial) {
            telling += pair.weight * credit;
        }
    }
    let (asked, listed) = (side(left, alignment.left_over, tuning), side(right, alignment.right_over, tuning));
    let both = asked.weight.min(listed.weight);
    let conflict = both + (at_stake - met);
    let (asked_alone, listed_alone) = (asked.weight - both, listed.weight - both);
    let place_differs = asked.places > 0 && listed.places > 0;
    let number_differs = asked.numbers > 0 && listed.numbers > 0;
    let mut out = Score { met, conflict, asked_alone, listed_alone, place_differs, number_differs, ..Score::default() };
    if at_stake <= 0.0 {
        return out;
    }
    let evidence = (met / tuning.strong).min(1.0);
    let extra = asked_alone + listed_alone;
    let per_extra = tuning.extra_weak + (tuning.extra_strong - tuning.extra_weak) * evidence;
    let mut value = 1.0
        - tuning.conflict * conflict / (at_stake + both)
        - per_extra * extra / (at_stake + both + extra);
    if place_differs {
        value *= tuning.place;
    }
    if number_differs {
        value *= tuning.number;
    } else if asked.numbers + listed.numbers > 0 {
        value *= tuning.number_alone;
    }
    // Words of the trade, places and forms alone are no evidence, unless they are the whole of both names.
    let whole = exact && asked.weight + listed.weight < 0.05;
    if telling < 0.2 && (!whole || met < tuning.least) || telling + met < tuning.least {
        out.generic = true;
        value = value.min(0.55);
    }
    out.value = value.clamp(0.0, 1.0);
    out
}
