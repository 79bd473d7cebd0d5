//! From any text to clean characters: bounded, compatibility forms and marks folded, nothing invisible left.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Flags;
use super::script::Script;

/// Characters read of a name. The longest name on any list measured has 330; what comes after is cut, and said so.
pub const MOST_CHARS: usize = 600;
/// Marks kept on one letter before composition; hostile text stacks thousands.
const MOST_MARKS: usize = 3;

/// Clean, lower-case characters of `text`. Signs stay, because they separate words; invisible characters are gone.
pub fn clean(text: &str, flags: &mut Flags) -> Vec<char> {
    if text.is_ascii() && text.len() <= MOST_CHARS {
        let plain = |b: u8| if b.is_ascii_control() { ' ' } else { char::from(b.to_ascii_lowercase()) };
        return text.bytes().map(plain).collect();
    }
    let mut kept = String::with_capacity(text.len().min(MOST_CHARS * 4));
    let (mut count, mut marks) = (0_usize, 0_usize);
    // What is passed over is bounded too: a megabyte of joiners is read to this many characters and no further.
    let most = MOST_CHARS * 8;
    flags.cut |= text.chars().nth(most).is_some();
    // Unfolded first, so that marks are counted as they will stand.
    for c in text.chars().take(most).nfkc() {
        if count >= MOST_CHARS {
            flags.cut = true;
            break;
        }
        if is_invisible(c) {
            flags.hidden = true;
            continue;
        }
        if is_combining_mark(c) {
            marks += 1;
            if marks > MOST_MARKS {
                flags.hidden = true;
                continue;
            }
        } else {
            marks = 0;
        }
        kept.push(if c.is_control() { ' ' } else { c });
        count += 1;
    }
    if kept.is_ascii() {
        return kept.bytes().map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    let mut out = Vec::with_capacity(kept.len());
    for c in kept.nfkc() {
        fold_into(c, &mut out);
    }
    // Where marks are kept, one that was dropped between them may change their order.
    if out.iter().any(|c| is_combining_mark(*c)) {
        let once: String = std::mem::take(&mut out).into_iter().collect();
        once.nfkc().for_each(|c| fold_into(c, &mut out));
    }
    // One compatibility character may stand for eighteen.
    out.truncate(MOST_CHARS);
    out
}

fn fold_into(c: char, out: &mut Vec<char>) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    // Compatibility forms may unfold to what is not seen.
    if is_invisible(c) {
        return;
    }
    if is_combining_mark(c) {
        // Vowel signs of Indic scripts and the like are letters in all but name.
        if matches!(Script::of(c), Some(Script::Other)) {
            out.push(c);
        }
        return;
    }
    match c {
        'ß' => out.extend(['s', 's']),
        'æ' | 'Æ' => out.extend(['a', 'e']),
        'œ' | 'Œ' => out.extend(['o', 'e']),
        'ø' | 'Ø' => out.push('o'),
        'ł' | 'Ł' => out.push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        'þ' | 'Þ' => out.extend(['t', 'h']),
        'ı' | 'İ' => out.push('i'),
        'ə' | 'Ə' => out.push('a'),
        'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '’' | '‘' | '`' | '´' | 'ˈ' | '′' => out.push('\''),
        '（' | '［' | '【' | '「' | '『' | '〔' => out.push('('),
        '）' | '］' | '】' | '」' | '』' | '〕' => out.push(')'),
        _ => match Script::of(c) {
            Some(Script::Latin | Script::Greek | Script::Cyrillic | Script::Arabic | Script::Hebrew) => {
                let base = std::iter::once(c).nfd().next().unwrap_or(c);
                if base != c {
                    // What is left of a letter without its marks may be one of those above: ǣ.
                    return fold_into(base, out);
                }
                out.extend(base.to_lowercase().filter(|c| !is_combining_mark(*c)));
            }
            Some(Script::Han) => out.push(super::han::simplify(kana(c))),
            _ => out.extend(c.to_lowercase()),
        },
    }
}

/// Katakana as hiragana: one sound, two writings.
fn kana(c: char) -> char {
    match c {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{fffd}' | '\u{0640}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}
