//! How far two sounds are apart: edits weighted by what transliteration, typing and machine reading confuse.

use std::sync::LazyLock;

use crate::fold::phonetic::LONGEST;

/// Costs by letter, worked out once: the inner loop looks them up.
static SWAPS: LazyLock<Vec<[f32; 128]>> = LazyLock::new(|| {
    (0..128_u8)
        .map(|a| {
            let mut row = [0.0; 128];
            for (b, cost) in (0..128_u8).zip(row.iter_mut()) {
                *cost = swap(a, b);
            }
            row
        })
        .collect()
});

/// Cost of putting one sound letter for another, symmetric.
#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
fn swap(a: u8, b: u8) -> f32 {
    if a == b {
        return 0.0;
    }
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    match (a, b) {
        // Machine reading: digits for letters.
        (b'0', b'o') | (b'1', b'i' | b'l') | (b'5', b's') | (b'8', b'b') => 0.2,
        (b'e', b'i') | (b'o', b'u') => 0.25,
        (b'a', b'e' | b'o') => 0.35,
        (b'a' | b'e' | b'i' | b'o' | b'u', b'a' | b'e' | b'i' | b'o' | b'u') => 0.45,
        // Voiced and unvoiced, and the letters that alphabets divide differently.
        (b's', b'z') | (b'J', b'j') => 0.25,
        (b'i', b'j') | (b'f', b'v') | (b'C', b'S' | b'c') | (b'c', b'k' | b's' | b'z') => 0.4,
        // Harkusha, Garkusha; Khamid, Gamid.
        (b'g', b'h') => 0.4,
        (b'g' | b'h', b'k') | (b'd', b't') | (b'b', b'p') | (b'u', b'v') => 0.5,
        (b'S', b's')
        | (b'g', b'j')
        | (b'C' | b'J', b'j' | b'C' | b'k')
        | (b'J', b'z')
        | (b'b', b'v')
        | (b'd', b'j' | b'z') => 0.5,
        (b'i', b'l') | (b'm', b'n') | (b't', b'c' | b's') | (b's', b't') => 0.7,
        _ => 0.95,
    }
}

/// Cost of a letter too many or too few.
fn drop(c: u8) -> f32 {
    match c {
        b'a' | b'e' | b'o' | b'u' => 0.5,
        b'i' => 0.4,
        b'h' => 0.45,
        _ => 0.85,
    }
}

/// Weighted edit distance; two neighbours in the wrong order cost one edit. Stops above `limit`.
pub fn distance(a: &[u8], b: &[u8], limit: f32) -> f32 {
    const WIDE: usize = LONGEST * 2 + 1;
    let (a, b) = differing(a, b);
    let (a, b) = (&a[..a.len().min(LONGEST * 2)], &b[..b.len().min(LONGEST * 2)]);
    let swaps = &*SWAPS;
    let mut rows = [[0.0_f32; WIDE]; 3];
    let (mut before, mut last, mut now) = (0, 1, 2);
    for j in 1..=b.len() {
        rows[last][j] = rows[last][j - 1] + drop(b[j - 1]);
    }
    for i in 1..=a.len() {
        let (of, gone) = (&swaps[usize::from(a[i - 1] & 127)], drop(a[i - 1]));
        rows[now][0] = rows[last][0] + gone;
        let mut least = rows[now][0];
        for j in 1..=b.len() {
            let mut best = rows[last][j - 1] + of[usize::from(b[j - 1] & 127)];
            best = best.min(rows[last][j] + gone).min(rows[now][j - 1] + drop(b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[before][j - 2] + 0.8);
            }
            rows[now][j] = best;
            least = least.min(best);
        }
        if least > limit {
            return f32::INFINITY;
        }
        (before, last, now) = (last, now, before);
    }
    rows[last][b.len()]
}

/// What is left of two sounds without what they begin and end with alike: most of what is compared shares much.
fn differing<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let begin = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Distance of a word written without short vowels (its consonants and long vowels) to a sound with all vowels. Short vowels put in
/// cost little; `a`, `w`, `y` stand for whatever long vowel or glide.
pub fn vowelless(a: &[u8], b: &[u8], limit: f32) -> f32 {
    const WIDE: usize = LONGEST * 2 + 1;
    let (a, b) = (&a[..a.len().min(LONGEST * 2)], &b[..b.len().min(LONGEST * 2)]);
    let unwritten = |c: u8| match c {
        b'a' | b'e' => 0.12,
        b'i' | b'o' => 0.15,
        b'u' => 0.2,
        b'h' => 0.4,
        _ => 0.85,
    };
    let unread = |c: u8| match c {
        b'a' => 0.3,
        b'h' | b'v' | b'i' | b'l' => 0.4,
        _ => 0.9,
    };
    let mut last = [0.0_f32; WIDE];
    let mut now = [0.0_f32; WIDE];
    for j in 1..=b.len() {
        last[j] = last[j - 1] + unwritten(b[j - 1]);
    }
    for i in 1..=a.len() {
        now[0] = last[0] + unread(a[i - 1]);
        let mut least = now[0];
        for j in 1..=b.len() {
            let best = (last[j - 1] + heard(a[i - 1], b[j - 1]))
                .min(last[j] + unread(a[i - 1]))
                .min(now[j - 1] + unwritten(b[j - 1]));
            now[j] = best;
            least = least.min(best);
        }
        if least > limit {
            return f32::INFINITY;
        }
        std::mem::swap(&mut last, &mut now);
    }
    last[b.len()]
}

/// Cost of hearing a written consonant or long vowel as this letter of a sound.
fn heard(a: u8, b: u8) -> f32 {
    match (a, b) {
        // In a sound, w is written v and y is written i.
        (b'a', b'a') | (b'v', b'u' | b'o' | b'v') | (b'i', b'i') => 0.0,
        (b'a', b'e' | b'o') | (b'i', b'e') | (b'v', b'a') => 0.15,
        (b'a', b'i' | b'u') | (b'i', b'a') | (b'k', b'g') | (b'g', b'k') => 0.25,
        (b'v' | b'i', b'e' | b'i' | b'o' | b'u') => 0.4,
        (b'j', b'g' | b'J' | b'S') | (b's', b't') | (b'z', b'd') | (b'g', b'h') => 0.3,
        _ => swap(a, b),
    }
}
