//! Other alphabets in Latin letters, as names are usually written.

use super::script::Script;

/// A word of any alphabet in Latin letters a-z. Arabic and Hebrew give consonants and long vowels only.
pub fn latin(word: &[char], script: Script) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    match script {
        Script::Latin => word.iter().for_each(|c| push_ascii(*c, &mut out)),
        Script::Cyrillic => word.iter().for_each(|c| cyrillic(*c, &mut out)),
        Script::Greek => greek(word, &mut out),
        Script::Arabic => word.iter().for_each(|c| arabic(*c, &mut out)),
        Script::Hebrew => {
            for c in word {
                hebrew(*c, &mut out);
            }
            // A final he is read as a vowel.
            if word.len() > 1 && word.ends_with(&['ה']) {
                out.pop();
                out.push('a');
            }
        }
        Script::Han | Script::Other => word.iter().for_each(|c| push_ascii(*c, &mut out)),
    }
    out
}

fn push_ascii(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c);
        return;
    }
    out.extend(
        any_ascii::any_ascii_char(c).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()),
    );
}

#[expect(clippy::match_same_arms, reason = "a table: each line is a fact of its own")]
fn cyrillic(c: char, out: &mut String) {
    // Marks are gone before: й is и, ё is е, ї is і.
    out.push_str(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'є' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ј' | 'ы' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ў' => "u",
        'ђ' => "dj",
        'љ' => "lj",
        'њ' => "nj",
        'џ' => "dzh",
        'ъ' | 'ь' => "",
        other => return push_ascii(other, out),
    });
}

fn greek(word: &[char], out: &mut String) {
    let mut at = 0;
    while let Some(c) = word.get(at) {
        let pair = word.get(at + 1).map(|n| (*c, *n));
        let (text, used) = match pair {
            Some(('ο', 'υ')) => ("ou", 2),
            Some(('μ', 'π')) => ("b", 2),
            Some(('ν', 'τ')) => ("d", 2),
            Some(('γ', 'κ')) => ("g", 2),
            Some(('α' | 'ε', 'υ')) if *c == 'α' => ("av", 2),
            Some(('ε', 'υ')) => ("ev", 2),
            _ => (
                match c {
                    'α' => "a",
                    'β' => "v",
                    'γ' => "g",
                    'δ' => "d",
                    'ε' => "e",
                    'ζ' => "z",
                    'η' | 'ι' | 'υ' => "i",
                    'θ' => "th",
                    'κ' => "k",
                    'λ' => "l",
                    'μ' => "m",
                    'ν' => "n",
                    'ξ' => "x",
                    'ο' | 'ω' => "o",
                    'π' => "p",
                    'ρ' => "r",
                    'σ' | 'ς' => "s",
                    'τ' => "t",
                    'φ' => "f",
                    'χ' => "ch",
                    'ψ' => "ps",
                    _ => "",
                },
                1,
            ),
        };
        out.push_str(text);
        at += used;
    }
}

fn arabic(c: char, out: &mut String) {
    let is_h = matches!(c, 'ح' | 'ه' | 'ھ' | 'ہ' | 'ۀ' | 'ە');
    if is_h && out.ends_with(['t', 's', 'k', 'd', 'g', 'z', 'c', 'p']) {
        // طه is not the th of ث.
        out.push('a');
    }
    out.push_str(match c {
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ع' | 'ة' | 'ى' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' | 'ٹ' => "t",
        'ث' | 'س' | 'ص' => "s",
        'ج' => "j",
        'چ' => "ch",
        'ح' | 'ه' | 'ھ' | 'ہ' | 'ۀ' | 'ە' => "h",
        'خ' => "kh",
        'د' | 'ض' | 'ډ' | 'ڈ' => "d",
        'ذ' | 'ز' | 'ظ' | 'ځ' => "z",
        'ر' | 'ړ' | 'ڑ' => "r",
        'ژ' | 'ږ' => "zh",
        'ش' | 'ښ' => "sh",
        'غ' => "gh",
        'ف' | 'ڤ' => "f",
        'ق' => "q",
        'ك' | 'ک' | 'ګ' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' | 'ں' | 'ڼ' => "n",
        'و' | 'ؤ' | 'ۆ' | 'ۇ' => "w",
        'ي' | 'ی' | 'ئ' | 'ې' | 'ے' | 'ۍ' => "y",
        'ء' => "",
        other => return push_ascii(other, out),
    });
}

fn hebrew(c: char, out: &mut String) {
    out.push_str(match c {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' => "w",
        'ז' => "z",
        'ח' => "kh",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' | 'ך' | 'ק' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ts",
        'ר' => "r",
        'ש' => "sh",
        _ => "",
    });
}
