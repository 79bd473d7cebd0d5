//! Acronyms: a word made of the first letters of the other name's words. CNOOC, China National Offshore Oil Corporation.

use crate::align::{Pair, Placed};
use crate::lexicon::Role;
use crate::token::{Kinship, Token};

/// Fewest letters of an acronym, and fewest that say by themselves who is meant: of three letters there are too few.
const SHORTEST: usize = 3;
/// See `SHORTEST`.
pub const TELLING: usize = 4;
/// Most letters.
const LONGEST: usize = 8;
/// How alike an acronym and its words are, and one too short to tell.
const LIKENESS: f32 = 0.93;
const SHORT: f32 = 0.8;
/// What an acronym of three letters weighs at most.
const LIGHT: f32 = 0.3;

/// True for a word that may be an acronym: no number, no given name, no syllable of Chinese.
fn may_be(token: &Token<'_>) -> bool {
    (SHORTEST..=LONGEST).contains(&token.text.len())
        && token.role == Role::Core
        && !(token.named || token.syllable || token.consonantal)
        && token.text.bytes().all(|b| b.is_ascii_lowercase())
}

/// True for words that firms are named by. The first letters of a person's names are nobody's acronym.
fn is_firms(role: Role) -> bool {
    matches!(role, Role::Generic | Role::Place | Role::Legal | Role::Form)
}

/// How many of these words the letters stand for: silent words may have no letter, and of long acronyms one word of the trade.
fn unfolded(letters: &[u8], words: &[Placed<'_>]) -> Option<usize> {
    let mut wanted = letters.iter();
    let mut next = wanted.next()?;
    let mut spare = usize::from(letters.len() >= TELLING);
    for (at, word) in words.iter().enumerate() {
        let token = &word.token;
        if token.text.as_bytes().first() == Some(next) && token.role != Role::Noise {
            match wanted.next() {
                Some(letter) => next = letter,
                None => return Some(at + 1),
            }
        } else if at == 0 {
            return None;
        } else if !token.role.is_silent() {
            spare = spare.checked_sub(1).filter(|_| token.role == Role::Generic)?;
        }
    }
    None
}

/// Acronyms among the words of one side (`few`) and what they stand for on the other. Words that met others as they are (`sure`) are
/// no part of it.
pub fn acronyms(
    many: &[Placed<'_>],
    few: &[Placed<'_>],
    (sure_many, sure_few): (u64, u64),
    swapped: bool,
    found: &mut Vec<Pair>,
) {
    if many.len() < SHORTEST {
        return;
    }
    let at = |i: usize| u8::try_from(i).unwrap_or(u8::MAX);
    for (j, one) in few.iter().enumerate().filter(|(j, one)| sure_few & (1 << j) == 0 && may_be(&one.token)) {
        let letters = one.token.text.as_bytes();
        for i in 0..=many.len() - SHORTEST {
            let Some(taken) = unfolded(letters, &many[i..]) else { continue };
            let words = &many[i..i + taken];
            let sure = (i..i + taken).any(|n| sure_many & (1 << n) != 0 && !many[n].token.role.is_silent());
            if sure || !words.iter().any(|w| is_firms(w.token.role)) {
                continue;
            }
            let telling = letters.len() >= TELLING;
            let all: f32 = words.iter().map(|w| w.token.weight).sum();
            let weight = all.min(one.token.weight).min(if telling { 1.0 } else { LIGHT });
            let (one, many) = ((at(j), 1), (at(i), at(taken)));
            let (left, right) = if swapped { (one, many) } else { (many, one) };
            let likeness = if telling { LIKENESS } else { SHORT };
            found.push(Pair { left, right, likeness, kinship: Kinship::Acronym, weight });
        }
    }
}

/// The acronyms of a whole name that tell: without its legal form and with it (Corporation is the last letter of CNOOC).
pub fn of(words: &[Placed<'_>]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if !words.iter().any(|w| is_firms(w.token.role)) {
        return out;
    }
    for silent in [Role::Legal, Role::Noise] {
        let said = |w: &&Placed<'_>| !w.aside && w.token.role != Role::Noise && w.token.role != silent;
        let letters: String = words.iter().filter(said).filter_map(|w| w.token.text.chars().next()).collect();
        if (TELLING..=LONGEST).contains(&letters.len()) && !out.contains(&letters) {
            out.push(letters);
        }
    }
    out
}
