//! One normal form for every way of writing a name; the same code folds lists and questions.

pub mod chars;
pub mod han;
pub mod phonetic;
pub mod pinyin;
pub mod script;
mod translit;
mod words;

use words::Piece;
pub use words::Word;

/// Changes whenever a name could fold to something else: decisions and stored keys depend on it.
pub const NORMALISER: &str = "names-1";

/// Most words of one form.
pub const MOST_WORDS: usize = 32;
/// Most characters of one Chinese form.
pub const MOST_GLYPHS: usize = 64;
/// Most forms of one name.
pub const MOST_FORMS: usize = 8;

/// What was odd about a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Flags {
    /// Letters of one script that stand in for those of another.
    pub lookalike: bool,
    /// Invisible or stacked characters.
    pub hidden: bool,
    /// Longer than what is read of a name.
    pub cut: bool,
}

/// A unit of a Chinese form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Glyph {
    /// A character, simplified, or kana.
    Han(char),
    /// A word in other letters among them.
    Word(Word),
}

/// One way a name is written within a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Words in letters.
    Words(Vec<Word>),
    /// Chinese characters, with words among them.
    Han(Vec<Glyph>),
}

/// A folded text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Its forms, the main one first.
    pub forms: Vec<Form>,
    /// What was odd.
    pub flags: Flags,
}

/// The clean characters of any text: what folding begins with. Doing it twice changes nothing.
pub fn normalise(text: &str) -> String {
    chars::clean(text, &mut Flags::default()).into_iter().collect()
}

/// Folds any text.
pub fn fold(text: &str) -> Folded {
    let mut flags = Flags::default();
    let chars = chars::clean(text, &mut flags);
    let pieces = words::pieces(&chars, &mut flags);
    let mut forms = Vec::new();
    for segment in pieces.split(|p| *p == Piece::Break) {
        self::forms(segment, &mut forms);
    }
    forms.truncate(MOST_FORMS);
    Folded { forms, flags }
}

/// The main name and what stands in brackets: of the same script it is an aside, of another a form of its own.
fn forms(pieces: &[Piece], out: &mut Vec<Form>) {
    let mut groups: Vec<(bool, Vec<&Piece>)> = vec![(false, Vec::new())];
    let mut depth = 0_usize;
    for piece in pieces {
        match piece {
            Piece::Open => {
                depth += 1;
                groups.push((true, Vec::new()));
            }
            Piece::Close => {
                depth = depth.saturating_sub(1);
                groups.push((depth > 0, Vec::new()));
            }
            other => {
                if let Some((_, group)) = groups.last_mut() {
                    group.push(other);
                }
            }
        }
        if groups.len() > 64 {
            break;
        }
    }
    let holds_main = groups.iter().any(|(aside, g)| !aside && g.iter().any(|p| !matches!(p, Piece::Gap)));
    let (mut words, mut glyphs): (Vec<Word>, Vec<Glyph>) = (Vec::new(), Vec::new());
    for (aside, group) in &groups {
        let aside = *aside && holds_main;
        let mixed = is_mixed(group);
        for piece in group {
            match piece {
                Piece::Word(word) => {
                    let word = Word { aside, ..word.clone() };
                    if mixed { glyphs.push(Glyph::Word(word)) } else { words.push(word) }
                }
                Piece::Han(c) => glyphs.push(Glyph::Han(*c)),
                _ => {}
            }
        }
    }
    words.truncate(MOST_WORDS);
    glyphs.truncate(MOST_GLYPHS);
    // What stands alone in brackets of its own script is the name.
    if !words.is_empty() && words.iter().all(|w| w.aside) {
        for word in &mut words {
            word.aside = false;
        }
    }
    if !words.is_empty() {
        out.push(Form::Words(words));
    }
    if !glyphs.is_empty() {
        out.push(Form::Han(glyphs));
    }
}

/// Letters and Chinese characters written together, as in AEVEX航天公司, are one name.
fn is_mixed(group: &[&Piece]) -> bool {
    let han = group.iter().filter(|p| matches!(p, Piece::Han(_))).count();
    han > 0
        && (group
            .windows(2)
            .any(|pair| matches!(pair, [Piece::Word(_), Piece::Han(_)] | [Piece::Han(_), Piece::Word(_)]))
            || is_between(group)
            || group.iter().all(|p| match p {
                Piece::Word(w) => w.text.bytes().all(|b| b.is_ascii_digit()),
                _ => true,
            }))
}

/// Chinese characters with words before and after them are part of the phrase, not a second name.
fn is_between(group: &[&Piece]) -> bool {
    let word = |p: &&&Piece| matches!(p, Piece::Word(_));
    let first = group.iter().position(|p| matches!(p, Piece::Han(_))).unwrap_or(0);
    let last = group.iter().rposition(|p| matches!(p, Piece::Han(_))).unwrap_or(0);
    group[..first].iter().any(|p| word(&p)) && group[last..].iter().any(|p| word(&p))
}
