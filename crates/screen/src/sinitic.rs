//! Chinese forms: roles of their characters, alignment in order, and what they are in Latin letters.

use crate::align::{Alignment, Pair};
use crate::fold::{Glyph, Word, han, pinyin};
use crate::lexicon::{Role, Sense, lexicon};
use crate::token::{Kinship, Owned};

/// What one unit shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A character or kana.
    Char(char),
    /// A syllable of pinyin, from a question in Latin letters.
    Syllable(String),
    /// A word in other letters, or a number.
    Word(Box<Owned>),
}

/// A unit of a Chinese form.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// What stands there.
    pub shown: Shown,
    /// What it does.
    pub role: Role,
    /// Its evidence.
    pub weight: f32,
}

/// Evidence of one character of the name itself.
const CHAR: f32 = 0.5;

/// A stretch of a form: characters of one sense.
struct Stretch {
    from: usize,
    len: usize,
    sense: Sense,
}

fn stretches(glyphs: &[Glyph]) -> Vec<Stretch> {
    let chars: Vec<char> = glyphs.iter().map(|g| if let Glyph::Han(c) = g { *c } else { '\0' }).collect();
    let mut out = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] == '\0' {
            at += 1;
            continue;
        }
        if let Some(len) = numeral(&chars[at..]) {
            out.push(Stretch { from: at, len, sense: Sense { role: Role::Number, concept: 0 } });
            at += len;
            continue;
        }
        let (len, sense) = lexicon().han_at(&chars[at..]).unwrap_or((1, Sense { role: Role::Core, concept: 0 }));
        out.push(Stretch { from: at, len, sense });
        at += len;
    }
    out
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' && d == '〇')).and_then(|p| u32::try_from(p).ok())
}

/// How many characters a number takes here: 第十二, 八一一, 三十三; one numeral alone is mostly a word (三菱, 九洲).
fn numeral(chars: &[char]) -> Option<usize> {
    let marked = usize::from(chars.first() == Some(&'第'));
    let count =
        chars[marked..].iter().take(6).take_while(|c| digit(**c).is_some() || matches!(c, '十' | '百' | '千')).count();
    (count >= 2 || (marked == 1 && count == 1)).then_some(marked + count)
}

/// 第十二 as 12, 八一一 as 811.
fn value(chars: &[char]) -> u32 {
    let chars: Vec<char> = chars.iter().copied().filter(|c| *c != '第').collect();
    if !chars.iter().any(|c| matches!(c, '十' | '百' | '千')) {
        return chars.iter().filter_map(|c| digit(*c)).fold(0, |n, d| n * 10 + d);
    }
    let (mut total, mut last) = (0, 0);
    for c in chars {
        match (digit(c), c) {
            (Some(d), _) => last = d,
            (None, unit) => {
                let unit = match unit {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                total += last.max(1) * unit;
                last = 0;
            }
        }
    }
    total + last
}

/// The units of a form.
pub fn units(glyphs: &[Glyph]) -> Vec<Unit> {
    let mut roles: Vec<Option<(Role, f32)>> = vec![None; glyphs.len()];
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    for stretch in stretches(glyphs) {
        let n = f32::from(u8::try_from(stretch.len).unwrap_or(1));
        let weight = match stretch.sense.role {
            Role::Core => CHAR,
            Role::Generic => (0.34 / n).min(0.22),
            Role::Place => 0.45 / n,
            role => lexicon().weight("", role) / n,
        };
        if stretch.sense.role == Role::Number {
            let chars: Vec<char> = glyphs[stretch.from..stretch.from + stretch.len]
                .iter()
                .filter_map(|g| if let Glyph::Han(c) = g { Some(*c) } else { None })
                .collect();
            numbers.push((stretch.from, stretch.len, value(&chars)));
        }
        for slot in &mut roles[stretch.from..stretch.from + stretch.len] {
            *slot = Some((stretch.sense.role, weight));
        }
    }
    let mut out = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    while at < glyphs.len() {
        if let Some((_, len, value)) = numbers.iter().find(|(from, ..)| *from == at) {
            let word = Owned::new(&value.to_string(), false);
            let weight = word.token().weight;
            out.push(Unit { shown: Shown::Word(Box::new(word)), role: Role::Number, weight });
            at += len;
            continue;
        }
        out.push(match &glyphs[at] {
            Glyph::Han(c) => {
                let (role, weight) = roles[at].unwrap_or((Role::Core, CHAR));
                Unit { shown: Shown::Char(*c), role, weight }
            }
            Glyph::Word(word) => {
                let owned = Owned::new(&word.text, word.consonantal);
                let (role, weight) = (owned.token().role, owned.token().weight);
                Unit { shown: Shown::Word(Box::new(owned)), role, weight }
            }
        });
        at += 1;
    }
    out
}

/// Units of a question in pinyin: at least three syllables, nothing else but numbers.
pub fn syllable_units(words: &[Word]) -> Option<Vec<Unit>> {
    let mut out = Vec::new();
    let mut syllables = 0;
    for word in words {
        if word.text.bytes().all(|b| b.is_ascii_digit()) {
            let owned = Owned::new(&word.text, false);
            let weight = owned.token().weight;
            out.push(Unit { shown: Shown::Word(Box::new(owned)), role: Role::Number, weight });
            continue;
        }
        if word.consonantal {
            return None;
        }
        for syllable in pinyin::syllables(&word.text)? {
            syllables += 1;
            out.push(Unit { shown: Shown::Syllable(syllable.to_owned()), role: Role::Core, weight: CHAR * 0.8 });
        }
    }
    (syllables >= 3).then_some(out)
}

/// How alike two units are.
fn alike(a: &Unit, b: &Unit) -> (f32, Kinship) {
    match (&a.shown, &b.shown) {
        (Shown::Char(x), Shown::Char(y)) if x == y => (1.0, Kinship::Equal),
        (Shown::Char(x), Shown::Char(y)) => {
            let shares = han::readings(*x).any(|r| han::readings(*y).any(|s| r == s));
            (if shares { 0.8 } else { 0.0 }, Kinship::Homophone)
        }
        (Shown::Char(c), Shown::Syllable(s)) | (Shown::Syllable(s), Shown::Char(c)) => {
            (if han::readings(*c).any(|r| r == s) { 0.97 } else { 0.0 }, Kinship::Homophone)
        }
        (Shown::Syllable(x), Shown::Syllable(y)) => (if x == y { 1.0 } else { 0.0 }, Kinship::Equal),
        (Shown::Word(x), Shown::Word(y)) => crate::token::likeness(&x.token(), &y.token()),
        _ => (0.0, Kinship::Equal),
    }
}

/// Aligns two forms in their order (Needleman and Wunsch): as much evidence met as order allows.
pub fn align(left: &[Unit], right: &[Unit]) -> Alignment {
    let (n, m) = (left.len().min(64), right.len().min(64));
    let mut best = vec![0.0_f32; (n + 1) * (m + 1)];
    let mut pairs: Vec<(f32, Kinship)> = vec![(0.0, Kinship::Equal); n * m];
    let cell = |i: usize, j: usize| i * (m + 1) + j;
    let gain = |i: usize, j: usize, likeness: f32| {
        if likeness < crate::token::LEAST { -1.0 } else { likeness * (left[i].weight.min(right[j].weight) + 0.03) }
    };
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let found = alike(&left[i], &right[j]);
            pairs[i * m + j] = found;
            let met = gain(i, j, found.0);
            let with = if met > 0.0 { best[cell(i + 1, j + 1)] + met } else { 0.0 };
            best[cell(i, j)] = with.max(best[cell(i + 1, j)]).max(best[cell(i, j + 1)]);
        }
    }
    let mut out = Alignment::default();
    let (mut i, mut j) = (0, 0);
    while i < n || j < m {
        if i < n && j < m {
            let (likeness, kinship) = pairs[i * m + j];
            let met = gain(i, j, likeness);
            if met > 0.0 && best[cell(i, j)] <= best[cell(i + 1, j + 1)] + met + 1e-6 {
                let at = |x: usize| (u8::try_from(x).unwrap_or(u8::MAX), 1);
                let weight = left[i].weight.min(right[j].weight);
                out.pairs.push(Pair { left: at(i), right: at(j), likeness, kinship, weight });
                (i, j) = (i + 1, j + 1);
                continue;
            }
        }
        if j == m || (i < n && best[cell(i + 1, j)] >= best[cell(i, j + 1)]) {
            out.left_over |= 1 << i;
            i += 1;
        } else {
            out.right_over |= 1 << j;
            j += 1;
        }
    }
    out
}

/// Family names of two characters.
const DOUBLE_FAMILIES: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "皇甫", "司徒", "尉迟", "慕容", "公孙", "令狐", "宇文", "长孙", "东方", "夏侯",
    "轩辕", "端木", "独孤", "南宫",
];

/// A Chinese form as words in Latin letters: names by their reading, words of the trade and places in English. Several, where
/// several readings are usual.
pub fn romanise(glyphs: &[Glyph]) -> Vec<Vec<Word>> {
    let kana = glyphs.iter().any(|g| matches!(g, Glyph::Han('\u{3040}'..='\u{309f}')));
    let all = stretches(glyphs);
    let firm = all.iter().any(|s| s.sense.role != Role::Core || s.sense.concept != 0 && s.len > 1);
    let mut out = Vec::new();
    let mut keep = |words: Vec<Word>| {
        if !words.is_empty() && !out.contains(&words) {
            out.push(words);
        }
    };
    let usual = |c: char, first: bool| han::reading(c, first).map(str::to_owned);
    if kana {
        // Kanji among kana are read in Japanese: pinyin would be a guess. Kana alone are read.
        if glyphs.iter().all(|g| matches!(g, Glyph::Han('\u{3040}'..='\u{30ff}') | Glyph::Word(_))) {
            keep(words(glyphs, &all, firm, false, |c, _| Some(any_ascii::any_ascii_char(c).to_lowercase())));
        }
        return out;
    }
    keep(words(glyphs, &all, firm, false, usual));
    if all.iter().any(|s| s.sense.role == Role::Core && s.sense.concept != 0) {
        keep(words(glyphs, &all, firm, true, usual));
    }
    keep(words(glyphs, &all, firm, false, |c, first| {
        crate::readings::other(c).map(str::to_owned).or_else(|| usual(c, first))
    }));
    if firm && is_korean(glyphs) {
        keep(words(glyphs, &all, firm, false, |c, first| {
            crate::readings::korean(c).map(str::to_owned).or_else(|| usual(c, first))
        }));
    }
    out.truncate(4);
    out
}

/// Firms of Korea by what their names say: the country, or a legal form written as in Japan and Korea.
fn is_korean(glyphs: &[Glyph]) -> bool {
    let text: String = han_chars(glyphs).into_iter().collect();
    ["朝鲜", "高丽", "平壤", "韩国"].iter().any(|w| text.contains(w))
        || text.contains("会社") && !text.contains("株式会社")
}

fn words(
    glyphs: &[Glyph],
    all: &[Stretch],
    firm: bool,
    translate: bool,
    read: impl Fn(char, bool) -> Option<String>,
) -> Vec<Word> {
    let word = |text: String| Word { text, consonantal: false, aside: false };
    let mut out: Vec<Word> = Vec::new();
    let mut core = String::new();
    let mut first = true;
    let mut at = 0;
    while at <= glyphs.len() {
        let stretch = all.iter().find(|s| s.from == at);
        let named = stretch.is_some_and(|s| s.sense.role == Role::Core && !(translate && s.sense.concept != 0));
        if !named && !core.is_empty() {
            out.push(word(std::mem::take(&mut core)));
        }
        match (stretch, glyphs.get(at)) {
            (_, None) => break,
            (None, Some(Glyph::Word(word))) => out.push(word.clone()),
            (Some(s), _) if named => {
                let chars: Vec<char> = han_chars(&glyphs[at..at + s.len]);
                for (i, c) in chars.iter().enumerate() {
                    core.extend(read(*c, first && !firm));
                    // A person's family name is a word of its own.
                    let double =
                        DOUBLE_FAMILIES.iter().any(|d| d.chars().eq(han_chars(glyphs).iter().copied().take(2)));
                    let family = if double { 2 } else { 1 };
                    if !firm && at + i + 1 == family && glyphs.len() > family {
                        out.push(word(std::mem::take(&mut core)));
                    }
                    first = false;
                }
            }
            (Some(s), _) => match s.sense.role {
                Role::Legal => {}
                Role::Number => out.push(word(value(&han_chars(&glyphs[at..at + s.len])).to_string())),
                _ => {
                    let head = lexicon().head(s.sense.concept);
                    if !head.is_empty() {
                        out.push(word(head.to_owned()));
                    }
                }
            },
            (None, Some(Glyph::Han(_))) => {}
        }
        at += stretch.map_or(1, |s| s.len);
    }
    out
}

fn han_chars(glyphs: &[Glyph]) -> Vec<char> {
    glyphs.iter().filter_map(|g| if let Glyph::Han(c) = g { Some(*c) } else { None }).collect()
}
