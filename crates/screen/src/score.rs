//! From an alignment to a score. Every number that was set by measurement stands in [`Tuning`].

use crate::align::{Alignment, Pair, Placed};
use crate::lexicon::Role;
use crate::patronymic;
use crate::token::{Kinship, Token};

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
    /// How much more a word costs that only the asked side has.
    pub asked_extra: f32,
    /// One word of the name met, others not.
    pub lone: f32,
    /// A legal form on one side alone, and words of the name unmet.
    pub firm: f32,
    /// The question names the party in two scripts, and the other half is somebody else.
    pub other_half: f32,
    /// Only single Chinese syllables met, and something is left over.
    pub syllables: f32,
    /// What of a patronymic's weight counts that one side alone has.
    pub patronymic: f32,
    /// The score of a question whose words are all in the names of a party, but not in one of them; and the evidence needed.
    pub across: f32,
    /// See `across`.
    pub across_least: f32,
    /// The least score of a firm whose name begins with the one own word that is the whole of the question.
    pub begins: f32,
    /// How much that word must weigh.
    pub begins_least: f32,
}

/// The tuning of this version.
pub const TUNING: Tuning = Tuning {
    conflict: 1.8,
    extra_strong: 0.36,
    extra_weak: 0.68,
    strong: 1.6,
    place: 0.75,
    number: 0.55,
    number_alone: 0.8,
    slip: 1.4,
    least: 0.9,
    aside: 0.29,
    asked_extra: 1.4,
    lone: 0.84,
    firm: 0.9,
    other_half: 0.78,
    syllables: 0.85,
    patronymic: 0.35,
    across: 0.72,
    across_least: 1.4,
    begins: 0.74,
    begins_least: 0.45,
};

/// A score and what it is made of.
#[expect(clippy::struct_excessive_bools, reason = "each is a remark of its own in the explanation")]
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
    /// The words met in several names of the party, not in one.
    pub across: bool,
    /// The question is one word of its own, and the listed name begins with it.
    pub begins: bool,
    /// A legal form stands in the asked name, in the listed name.
    pub legal: (bool, bool),
}

/// What is left on one side.
#[derive(Default)]
struct Side {
    weight: f32,
    places: u32,
    numbers: u32,
    /// Weight of the name's own words.
    core: f32,
    /// Weight of patronymics.
    patronymics: f32,
    legal: bool,
}

impl Side {
    /// Whose son somebody is is mostly left unsaid: where the other side says nothing of it, it is hardly missing.
    fn forgive_patronymics(&mut self, other: &Self, tuning: &Tuning) {
        if other.patronymics <= 0.0 {
            self.weight -= (1.0 - tuning.patronymic) * self.patronymics;
        }
    }
}

fn side(words: &[Placed<'_>], over: u64, tuning: &Tuning) -> Side {
    let mut side = Side { legal: words.iter().any(|w| w.token.role == Role::Legal), ..Side::default() };
    for (i, word) in words.iter().enumerate() {
        if over & (1 << i) == 0 {
            continue;
        }
        side.weight += word.token.weight * if word.aside { tuning.aside } else { 1.0 };
        match word.token.role {
            Role::Place => side.places += 1,
            Role::Number => side.numbers += 1,
            Role::Core if !word.aside => {
                side.core += word.token.weight;
                side.patronymics += if patronymic::is(word.token.text) { word.token.weight } else { 0.0 };
            }
            _ => {}
        }
    }
    side
}

/// The word of a pair that says most.
fn weightiest<'a, 'b>(words: &'b [Placed<'a>], (from, count): (u8, u8)) -> &'b Token<'a> {
    let from = usize::from(from);
    let all = &words[from..from + usize::from(count)];
    all.iter().map(|w| &w.token).max_by(|a, b| a.weight.total_cmp(&b.weight)).unwrap_or(&words[from].token)
}

/// Words that say anything.
fn words(placed: &[Placed<'_>]) -> usize {
    placed.iter().filter(|p| p.token.weight > 0.0).count()
}

/// Many words of the trade together are a name too, where one side only says more of them: EAST ASIA (GENERAL) TRADING. Not where what
/// it says more is a place or a number.
fn is_long_phrase(pairs: u32, met: f32, asked: &Side, listed: &Side) -> bool {
    let more = asked.weight.max(listed.weight);
    let apart = asked.places + asked.numbers + listed.places + listed.numbers > 0;
    pairs >= 3 && met >= 1.0 && asked.weight.min(listed.weight) < 0.1 && more <= 0.7 * met && !apart
}

/// Scores an alignment of an asked (left) and a listed (right) name.
pub fn score(left: &[Placed<'_>], right: &[Placed<'_>], alignment: &Alignment, tuning: &Tuning) -> Score {
    let (mut at_stake, mut met, mut telling, mut least) = (0.0_f32, 0.0_f32, 0.0_f32, 1.0_f32);
    let (mut cores, mut initials, mut pairs, mut syllables) = (0_u32, 0_u32, 0_u32, 0_u32);
    let (mut asked, mut listed) = (side(left, alignment.left_over, tuning), side(right, alignment.right_over, tuning));
    for pair in &alignment.pairs {
        let credit = match pair.kinship {
            Kinship::Equal => 1.0,
            Kinship::Initial => 0.85,
            _ => pair.likeness.powf(tuning.slip),
        };
        at_stake += pair.weight;
        met += pair.weight * credit;
        if pair.weight <= 0.0 {
            continue;
        }
        pairs += 1;
        least = least.min(pair.likeness);
        let (l, r) = (weightiest(left, pair.left), weightiest(right, pair.right));
        if pair.kinship == Kinship::Initial {
            // An initial says one letter of the name: the rest stays unsaid.
            initials += 1;
            asked.weight += 0.6 * (l.weight - pair.weight).max(0.0);
            listed.weight += 0.3 * (r.weight - pair.weight).max(0.0);
        } else if pair.kinship == Kinship::Acronym {
            if pair.likeness > 0.9 {
                telling += pair.weight * credit;
                cores += 2;
            }
        } else if r.role == Role::Core && l.role != Role::Generic {
            telling += pair.weight * credit;
            cores += u32::from(pair.left.1.max(pair.right.1));
            syllables += u32::from(l.syllable && r.syllable);
        }
    }
    if cores >= 2 {
        asked.forgive_patronymics(&listed, tuning);
        listed.forgive_patronymics(&asked, tuning);
    }
    // Different evidence on both sides contradicts; evidence on one side alone is only missing on the other.
    let both = (asked.weight * listed.weight).sqrt();
    let conflict = both + (at_stake - met);
    let (asked_alone, listed_alone) = ((asked.weight - both).max(0.0), (listed.weight - both).max(0.0));
    let place_differs = asked.places > 0 && listed.places > 0;
    let number_differs = asked.numbers > 0 && listed.numbers > 0;
    let mut out = Score {
        met,
        conflict,
        asked_alone,
        listed_alone,
        place_differs,
        number_differs,
        legal: (asked.legal, listed.legal),
        ..Score::default()
    };
    if at_stake <= 0.0 {
        return out;
    }
    let evidence = (met / tuning.strong).min(1.0);
    let extra = tuning.asked_extra * asked_alone + listed_alone;
    let per_extra = tuning.extra_weak + (tuning.extra_strong - tuning.extra_weak) * evidence;
    let mut value = 1.0
        - tuning.conflict * conflict / (at_stake + both)
        - per_extra * extra / (at_stake + both + asked_alone + listed_alone);
    if place_differs {
        value *= tuning.place;
    }
    if number_differs {
        value *= tuning.number;
    } else if asked.numbers + listed.numbers > 0 {
        value *= tuning.number_alone;
    }
    // One word of a name in common, and others that are not, is how strangers are called; a question answered whole is not.
    let whole_question = asked.weight < 0.1 && words(left) > 1;
    if cores == 1
        && initials == 0
        && !whole_question
        && asked.weight + listed.weight > 0.3
        && !(met >= tuning.strong && asked.core.min(listed.core) <= 0.0)
    {
        value *= tuning.lone;
    }
    // Syllables of Chinese are few: where nothing else met, what is left over counts more.
    if syllables > 0 && syllables == cores && asked.weight + listed.weight > 0.3 {
        value *= tuning.syllables;
    }
    // Words of the trade, places, numbers and forms are no evidence, unless they are the whole of both names.
    let whole = pairs >= 2 && least > 0.7 && asked.weight + listed.weight < 0.2 && met > 0.5;
    if !whole && !is_long_phrase(pairs, met, &asked, &listed) && (telling < 0.2 || telling + met < tuning.least) {
        out.generic = true;
        value = value.min(0.55);
    }
    // A firm is asked for and a person listed, or the other way round, as far as the names tell.
    if asked.legal != listed.legal && cores < 2 && asked.core + listed.core > 0.0 {
        value *= tuning.firm;
    }
    out.begins = asked.weight < 0.01 && !number_differs && begins(left, right, alignment, tuning);
    out.value = value.clamp(0.0, 1.0);
    out
}

/// True where the question has one word of its own that could name a firm, and the own words of the listed name begin with it: a
/// family of firms is listed under many names, and the more of them there are the less the word alone would weigh.
fn begins(left: &[Placed<'_>], right: &[Placed<'_>], alignment: &Alignment, tuning: &Tuning) -> bool {
    let Some((from, count)) = sole(left, tuning) else { return false };
    let Some(first) = right.iter().position(|w| w.token.role == Role::Core && !w.aside) else { return false };
    let same = |p: &Pair| match p.kinship {
        Kinship::Equal => count == 1,
        // Syllables of a reading, and the word they make.
        Kinship::Joined => count > 1 && p.likeness > 0.975 && right[first].token.weight >= tuning.begins_least,
        _ => false,
    };
    let met = |p: &Pair| (usize::from(p.left.0), usize::from(p.left.1)) == (from, count) && p.right.1 == 1;
    alignment.pairs.iter().any(|p| met(p) && usize::from(p.right.0) == first && same(p))
}

/// The only own word of a question, where it tells enough to be a name by itself: no given name, no single syllable, no short word. Two
/// or three syllables of Chinese may be one word: where it stands, and of how many parts.
pub fn sole(words: &[Placed<'_>], tuning: &Tuning) -> Option<(usize, usize)> {
    if words.iter().any(|w| matches!(w.token.role, Role::Initial | Role::Number)) {
        return None;
    }
    let own = |w: &Placed<'_>| w.token.role == Role::Core;
    let from = words.iter().position(own)?;
    let count = words[from..].iter().take_while(|w| own(w)).count();
    if words[from + count..].iter().any(own) || words[from..from + count].iter().any(|w| w.aside) {
        return None;
    }
    let token = &words[from].token;
    let tells = match count {
        1 => {
            let is_name = token.named || token.syllable || token.consonantal;
            token.text.len() >= 4 && token.weight >= tuning.begins_least && !is_name
        }
        2 | 3 => words[from..from + count].iter().all(|w| w.token.syllable),
        _ => false,
    };
    tells.then_some((from, count))
}

/// True where a word says that this is a firm, not a person.
pub fn is_firm(words: &[Placed<'_>]) -> bool {
    words.iter().any(|w| matches!(w.token.role, Role::Legal | Role::Generic | Role::Form | Role::Place))
}
