//! Clean characters into words, Chinese runs and brackets.

use super::Flags;
use super::script::{Script, cyrillic_twin, is_han, latin_twin};
use super::translit;

/// A word in Latin letters, whatever it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Letters a-z and digits.
    pub text: String,
    /// True where the original writes no short vowels.
    pub consonantal: bool,
    /// True inside brackets: said beside the name.
    pub aside: bool,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A word.
    Word(Word),
    /// A Chinese character or kana.
    Han(char),
    /// `(`
    Open,
    /// `)`
    Close,
    /// `;`: another name begins.
    Break,
    /// A blank or sign between pieces.
    Gap,
    /// A dot directly between two letters.
    Dot,
}

/// Cuts clean characters into pieces.
pub fn pieces(chars: &[char], flags: &mut Flags) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        match Script::of(c) {
            Some(Script::Han) => {
                let mark = if c == '々' { last_han(&out) } else { None };
                out.push(Piece::Han(mark.unwrap_or(c)));
                at += 1;
            }
            Some(_) => {
                let end = word_end(chars, at);
                let letters: Vec<char> = chars[at..end].iter().copied().filter(|c| *c != '\'').collect();
                word(&letters, flags, &mut out);
                at = end;
            }
            None => {
                let piece = match c {
                    '(' | '[' | '{' | '<' => Piece::Open,
                    ')' | ']' | '}' | '>' => Piece::Close,
                    ';' | '；' | '|' => Piece::Break,
                    '.' if is_between_letters(chars, at) => Piece::Dot,
                    _ => Piece::Gap,
                };
                out.push(piece);
                at += 1;
            }
        }
    }
    join_letters(out)
}

fn last_han(out: &[Piece]) -> Option<char> {
    match out.last() {
        Some(Piece::Han(c)) => Some(*c),
        _ => None,
    }
}

fn is_between_letters(chars: &[char], at: usize) -> bool {
    let letter = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphabetic() && !is_han(*c));
    letter(at.checked_sub(1)) && letter(Some(at + 1))
}

fn word_end(chars: &[char], from: usize) -> usize {
    let mut at = from;
    while let Some(&c) = chars.get(at) {
        let inside = match Script::of(c) {
            Some(Script::Han) => false,
            Some(_) => true,
            None => {
                (c == '\'' || c == '"' && Script::of(chars[from]).is_some_and(Script::is_consonantal))
                    && chars.get(at + 1).is_some_and(|n| n.is_alphabetic() && !is_han(*n))
                    || unicode_normalization::char::is_combining_mark(c)
            }
        };
        if !inside {
            break;
        }
        at += 1;
    }
    at.max(from + 1)
}

fn word(letters: &[char], flags: &mut Flags, out: &mut Vec<Piece>) {
    let (letters, script) = unmask(letters, flags);
    let letters = match script {
        Script::Arabic
            if letters.len() >= 7 && letters.starts_with(&['ع', 'ب', 'د', 'ا', 'ل']) && letters[5] != 'ل' =>
        {
            push("abd".to_owned(), true, out);
            out.push(Piece::Gap);
            push("al".to_owned(), true, out);
            out.push(Piece::Gap);
            &letters[5..]
        }
        Script::Arabic if letters.len() >= 5 && letters.starts_with(&['ا', 'ل']) => {
            push("al".to_owned(), true, out);
            out.push(Piece::Gap);
            &letters[2..]
        }
        _ => &letters[..],
    };
    let hangul = |c: &char| matches!(c, '\u{ac00}'..='\u{d7a3}');
    if letters.len() == 3 && letters.iter().all(hangul) {
        // Korean names are mostly one syllable of family and two of given name, written together.
        push(translit::latin(&letters[..1], script), false, out);
        out.push(Piece::Gap);
        push(translit::latin(&letters[1..], script), false, out);
        return;
    }
    let text = translit::latin(letters, script);
    if text.is_empty() {
        return;
    }
    if let Some((servant, of)) = servant(&text).filter(|_| script == Script::Latin) {
        push(servant.to_owned(), false, out);
        out.push(Piece::Gap);
        push(of.to_owned(), false, out);
        return;
    }
    let mut first = true;
    for part in split_digits(&text) {
        if !first {
            out.push(Piece::Gap);
        }
        first = false;
        push(part.to_owned(), script.is_consonantal(), out);
    }
}

fn push(text: String, consonantal: bool, out: &mut Vec<Piece>) {
    out.push(Piece::Word(Word { text, consonantal, aside: false }));
}

/// Abdulrahman is written as one word or two: always two here, except Abdullah.
fn servant(text: &str) -> Option<(&str, &str)> {
    let found = ["abdul", "abdel", "abdal", "abdol", "abdur", "abder"].into_iter().find(|p| text.starts_with(p))?;
    let of = &text[found.len()..];
    (of.len() >= 4 && !of.starts_with("la") && !of.starts_with("li") && !of.starts_with("lo"))
        .then_some((&text[..found.len()], of))
}

/// The script of a word; letters of another script that only look alike are taken for what they imitate.
fn unmask(letters: &[char], flags: &mut Flags) -> (Vec<char>, Script) {
    let of = |wanted: Script| letters.iter().filter(|c| Script::of(**c) == Some(wanted)).count();
    let digits = letters.iter().filter(|c| c.is_ascii_digit()).count();
    let (latin, cyrillic, greek) = (of(Script::Latin) - digits, of(Script::Cyrillic), of(Script::Greek));
    if latin > 0 && (cyrillic > 0 || greek > 0) {
        flags.lookalike = true;
        let as_latin: Option<Vec<char>> =
            letters.iter().map(|c| if c.is_ascii() { Some(*c) } else { latin_twin(*c) }).collect();
        if let Some(word) = as_latin {
            return (word, Script::Latin);
        }
        let as_cyrillic: Vec<char> = letters.iter().map(|c| cyrillic_twin(*c).unwrap_or(*c)).collect();
        return (as_cyrillic, Script::Cyrillic);
    }
    let script = letters.iter().find(|c| !c.is_ascii_digit()).and_then(|c| Script::of(*c)).unwrap_or(Script::Latin);
    (letters.to_vec(), script)
}

/// `rungra888` is two words, `702nd` is 702, `l3` and `1saac` stay.
fn split_digits(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    if !bytes.iter().any(u8::is_ascii_digit) || bytes.iter().all(u8::is_ascii_digit) {
        return vec![text];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 1..=bytes.len() {
        if at == bytes.len() || bytes[at].is_ascii_digit() != bytes[at - 1].is_ascii_digit() {
            parts.push(&text[from..at]);
            from = at;
        }
    }
    let digit = |p: &str| p.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if let [number, "st" | "nd" | "rd" | "th" | "ya" | "yy" | "oe" | "go" | "i"] = parts[..]
        && digit(number)
    {
        return vec![number];
    }
    // A single digit among letters is a code (A7) or a misread letter (1saac): it stays where it is.
    if parts.iter().any(|p| digit(p) && p.len() >= 2) { parts } else { vec![text] }
}

/// `l.l.c` and `s.a.` are one word each; a letter alone stays an initial.
fn join_letters(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let is_letter = |p: Option<&Piece>| matches!(p, Some(Piece::Word(w)) if w.text.len() == 1);
    let mut open = false;
    for piece in pieces {
        match piece {
            Piece::Dot => {
                // `open` says that the word before is made of letters only.
                open = open || is_letter(out.last());
                out.push(Piece::Dot);
            }
            Piece::Word(word) if word.text.len() == 1 && open && out.last() == Some(&Piece::Dot) => {
                out.pop();
                if let Some(Piece::Word(before)) = out.last_mut() {
                    before.text.push_str(&word.text);
                }
            }
            other => {
                open = false;
                out.push(other);
            }
        }
    }
    out
}
