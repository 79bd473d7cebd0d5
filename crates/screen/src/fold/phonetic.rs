//! Sound of a word in Latin letters: what different spellings of one name have in common.
//!
//! Two strings of small letters come out. `sound` keeps vowels and writes one letter for each group that transliterations confuse
//! (kh, ou, ts, sch ...); `skeleton` keeps consonants only and meets names whose original script writes no vowels.

/// Longest sound kept of a word.
pub const LONGEST: usize = 24;

/// The sound of a word: letters a-z, with `C` for ch, `S` for sh, `J` for zh.
pub fn sound(word: &str) -> Vec<u8> {
    let w = word.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(w.len());
    let mut at = 0;
    while at < w.len() && out.len() < LONGEST {
        let rest = &w[at..];
        let (letters, used): (&[u8], usize) = group(rest, at);
        for l in letters {
            if out.last() != Some(l) {
                out.push(*l);
            }
        }
        at += used;
    }
    // A final h after a vowel is silent in Latin spellings (Abdullah, Abdulla).
    if let [.., b'a' | b'e' | b'i' | b'o' | b'u', b'h'] = out[..] {
        out.pop();
    }
    out
}

#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
fn group(rest: &[u8], at: usize) -> (&'static [u8], usize) {
    match rest {
        [b's', b'c', b'h', b't', b's', b'c', b'h', ..] => (b"S", 7),
        [b's', b'h', b'c', b'h', ..] => (b"S", 4),
        [b't', b's', b'c', b'h', ..] => (b"C", 4),
        [b'd', b'z', b'h', ..] => (b"j", 3),
        [b's', b'c', b'h', ..] => (b"S", 3),
        [b't', b'c', b'h', ..] => (b"C", 3),
        [b's', b'h', ..] => (b"S", 2),
        [b'c', b'h', ..] => (b"C", 2),
        [b'z', b'h', ..] => (b"J", 2),
        [b'k', b'h', ..] => (b"h", 2),
        [b'g', b'h', ..] => (b"g", 2),
        [b'p', b'h', ..] => (b"f", 2),
        [b't', b'h', ..] => (b"t", 2),
        [b'd', b'h', ..] => (b"d", 2),
        [b't', b's' | b'z', ..] => (b"c", 2),
        [b'd', b'j', ..] => (b"j", 2),
        [b'c', b'k', ..] => (b"k", 2),
        [b'q', b'u', ..] => (b"k", 2),
        [b'o', b'u' | b'o', ..] => (b"u", 2),
        [b'e', b'e', ..] | [b'i' | b'y', b'y' | b'i' | b'j', ..] => (b"i", 2),
        [b'v', b'v', ..] => (b"v", 2),
        // Misread by machines: rn for m. Applied to both sides, it costs nothing.
        [b'r', b'n', ..] if at > 0 => (b"m", 2),
        [b'c', b'e' | b'i' | b'y', ..] => (b"s", 1),
        [b'c' | b'q' | b'k', ..] => (b"k", 1),
        [b'x', ..] => (b"ks", 1),
        [b'w' | b'v', ..] => (b"v", 1),
        [b'y' | b'i', ..] => (b"i", 1),
        [c, ..] => (one(*c), 1),
        [] => (b"", 1),
    }
}

fn one(c: u8) -> &'static [u8] {
    const ALL: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    ALL.iter().position(|l| *l == c).map_or(b"", |i| &ALL[i..=i])
}

/// Consonants of a word in the groups that vowelless scripts leave: k for k, q, gh; s for s, z, th.
#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
pub fn skeleton(word: &str) -> Vec<u8> {
    let w = word.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(w.len());
    let mut at = 0;
    while at < w.len() && out.len() < LONGEST {
        let (letter, used): (u8, usize) = match &w[at..] {
            [b's' | b't', b'c', b'h', ..] => (b'S', 3),
            [b's' | b'c', b'h', ..] => (b'S', 2),
            [b'z', b'h', ..] | [b'd', b'j', ..] => (b'j', 2),
            [b'k', b'h', ..] => (b'x', 2),
            [b'g', b'h', ..] | [b'c', b'k', ..] | [b'q', b'u', ..] => (b'k', 2),
            [b't', b'h', ..] => (b's', 2),
            [b'p', b'h', ..] => (b'f', 2),
            [b'd', b'h', ..] => (b'd', 2),
            [b't', b's', ..] => (b's', 2),
            [b'k' | b'q' | b'g' | b'c', ..] => (b'k', 1),
            [b'z' | b's', ..] => (b's', 1),
            [b'p' | b'b', ..] => (b'b', 1),
            [b'h'] => (0, 1),
            [c @ (b'd' | b'f' | b'h' | b'j' | b'l' | b'm' | b'n' | b'r' | b't' | b'x'), ..] => (*c, 1),
            [c @ b'0'..=b'9', ..] => (*c, 1),
            _ => (0, 1),
        };
        if letter != 0 && out.last() != Some(&letter) {
            out.push(letter);
        }
        at += used;
    }
    out
}
