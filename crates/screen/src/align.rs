//! Which words of two names met which, and what stayed over.

use crate::acronym;
use crate::fold::phonetic;
use crate::token::{self, Kinship, LEAST, Token};

/// A word of a name with where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The word.
    pub token: Token<'a>,
    /// Said in brackets beside the name.
    pub aside: bool,
}

/// Words that met: one with one, or several with one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// First word of the left name, and how many.
    pub left: (u8, u8),
    /// The same of the right name.
    pub right: (u8, u8),
    /// 0 to 1.
    pub likeness: f32,
    /// Why.
    pub kinship: Kinship,
    /// The evidence at stake: what the lighter side weighs.
    pub weight: f32,
}

/// An alignment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// What met, best first.
    pub pairs: Vec<Pair>,
    /// Left words that met nothing, by bit.
    pub left_over: u64,
    /// The same of the right.
    pub right_over: u64,
}

/// Most words joined.
const MOST_JOINED: usize = 3;

/// Aligns two names. `alike` gives the likeness of two words by position, so that callers can remember it.
pub fn align(
    left: &[Placed<'_>],
    right: &[Placed<'_>],
    mut alike: impl FnMut(usize, usize) -> (f32, Kinship),
) -> Alignment {
    let mut found: Vec<Pair> = Vec::with_capacity(left.len() + right.len());
    let (mut sure_left, mut sure_right) = (0_u64, 0_u64);
    for (i, l) in left.iter().enumerate() {
        for (j, r) in right.iter().enumerate() {
            let (likeness, kinship) = alike(i, j);
            // A silent word meets only what is nearly itself: COMPANY must not take up KAZAN.
            let silent = l.token.weight.min(r.token.weight) <= 0.0 && l.token.weight.max(r.token.weight) > 0.0;
            if likeness < if silent { 0.72 } else { LEAST } {
                continue;
            }
            if likeness > 0.9 && kinship != Kinship::Initial {
                sure_left |= 1 << i;
                sure_right |= 1 << j;
            }
            found.push(Pair {
                left: (at(i), 1),
                right: (at(j), 1),
                likeness,
                kinship,
                weight: l.token.weight.min(r.token.weight),
            });
        }
    }
    joined(left, right, sure_left, sure_right, false, &mut found);
    joined(right, left, sure_right, sure_left, true, &mut found);
    acronym::acronyms(left, right, (sure_left, sure_right), false, &mut found);
    acronym::acronyms(right, left, (sure_right, sure_left), true, &mut found);
    // Equal gains are settled by the words themselves, so that neither order nor side decides.
    let name = |p: &Pair| (left[usize::from(p.left.0)].token.text, right[usize::from(p.right.0)].token.text);
    found.sort_by(|a, b| {
        gain(b).total_cmp(&gain(a)).then_with(|| {
            let ((al, ar), (bl, br)) = (name(a), name(b));
            (al.min(ar), al.max(ar)).cmp(&(bl.min(br), bl.max(br)))
        })
    });
    let (mut used_left, mut used_right) = (0_u64, 0_u64);
    found.retain(|pair| {
        let (l, r) = (bits(pair.left), bits(pair.right));
        let free = used_left & l == 0 && used_right & r == 0;
        if free {
            used_left |= l;
            used_right |= r;
        }
        free
    });
    Alignment {
        pairs: found,
        left_over: bits((0, at(left.len()))) & !used_left,
        right_over: bits((0, at(right.len()))) & !used_right,
    }
}

fn at(i: usize) -> u8 {
    u8::try_from(i).unwrap_or(u8::MAX)
}

fn bits((from, count): (u8, u8)) -> u64 {
    if count == 0 || from >= 64 { 0 } else { (u64::MAX >> (64 - u32::from(count.min(64)))) << from }
}

/// Words of little weight are still better met than left: they get a little gain of their own.
fn gain(pair: &Pair) -> f32 {
    let sure = pair.likeness * pair.likeness;
    let joined = if pair.kinship == Kinship::Joined { 0.97 } else { 1.0 };
    sure * joined * (pair.weight + 0.02 * f32::from(pair.left.1 + pair.right.1))
}

/// Several words of one side against one of the other.
fn joined(
    many: &[Placed<'_>],
    few: &[Placed<'_>],
    sure_many: u64,
    sure_few: u64,
    swapped: bool,
    found: &mut Vec<Pair>,
) {
    for (j, one) in few.iter().enumerate() {
        if sure_few & (1 << j) != 0 || one.token.text.len() < 3 {
            continue;
        }
        let bare = one.token.consonantal;
        let wanted = one.token.text.len();
        for i in 0..many.len() {
            let mut text = String::new();
            let mut weight = 0.0;
            let (mut coarse, mut foreign) = (one.token.coarse, one.token.foreign);
            let mut sure = false;
            let vowels = bare != many[i].token.consonantal;
            let slack = if vowels { wanted / 2 + 2 } else { 3 };
            let first = many[i].token;
            // What was torn apart still begins alike, in letters or in its Chinese sound.
            let begins = vowels
                || first.text.as_bytes().first() == one.token.text.as_bytes().first()
                || (!first.coarse.is_empty() && coarse.starts_with(first.coarse));
            if !begins || first.text.len() > wanted + slack {
                continue;
            }
            for (n, word) in many[i..].iter().take(MOST_JOINED).enumerate() {
                if word.token.consonantal != many[i].token.consonantal {
                    break;
                }
                sure |= sure_many & (1 << (i + n)) != 0;
                text.push_str(word.token.text);
                if text.len() > wanted + slack {
                    break;
                }
                weight += word.token.weight;
                foreign |= word.token.foreign;
                let chinese = !word.token.coarse.is_empty() && coarse.starts_with(word.token.coarse);
                coarse = if chinese { &coarse[word.token.coarse.len()..] } else { "-" };
                if n == 0 || text.len() + slack < wanted || (sure && text != one.token.text) {
                    continue;
                }
                let mut likeness = if text == one.token.text {
                    0.98
                } else {
                    let sound = phonetic::sound(&text);
                    if sound == one.token.sound {
                        0.97
                    } else if bare && !word.token.consonantal {
                        token::vowelless(one.token.sound, &sound, false)
                    } else if word.token.consonantal {
                        token::vowelless(&sound, one.token.sound, bare)
                    } else {
                        token::spelling(&sound, one.token.sound)
                    }
                };
                if coarse.is_empty() && foreign && !one.token.coarse.is_empty() {
                    likeness = likeness.max(0.93);
                }
                // Joining is a freedom: what is joined must then fit well.
                if likeness
                    >= if vowels {
                        0.87
                    } else if wanted >= 9 {
                        0.88
                    } else {
                        0.92
                    }
                {
                    let (one_at, many_at) = ((at(j), 1), (at(i), at(n + 1)));
                    let (left, right) = if swapped { (one_at, many_at) } else { (many_at, one_at) };
                    let weight = weight.min(one.token.weight);
                    found.push(Pair { left, right, likeness, kinship: Kinship::Joined, weight });
                }
            }
        }
    }
}
