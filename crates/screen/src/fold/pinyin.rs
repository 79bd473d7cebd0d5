//! Chinese syllables in Latin letters: pinyin and Wade-Giles, and the sounds they share.

/// Initials of pinyin, longest first.
const INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y",
    "w",
];
/// Finals of pinyin as written after an initial.
const FINALS: &[&str] = &[
    "iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "ai", "ei", "ao", "ou", "an", "en",
    "in", "un", "ia", "ie", "iu", "ua", "uo", "ui", "ue", "ve", "er", "a", "o", "e", "i", "u", "v",
];

/// Longest syllable in letters.
const LONGEST: usize = 6;

/// True for a syllable of pinyin.
pub fn is_syllable(text: &str) -> bool {
    if matches!(text, "a" | "o" | "e" | "ai" | "ei" | "ao" | "ou" | "an" | "en" | "ang" | "er") {
        return true;
    }
    INITIALS
        .iter()
        .filter_map(|i| text.strip_prefix(i).map(|f| (*i, f)))
        .any(|(i, f)| FINALS.contains(&f) && goes(i, f))
}

/// Which finals an initial takes.
fn goes(initial: &str, last: &str) -> bool {
    match initial {
        "j" | "q" | "x" => last.starts_with(['i', 'u']) && !matches!(last, "ua" | "uo" | "ui" | "uai" | "uang"),
        "zh" | "ch" | "sh" | "r" | "z" | "c" | "s" => {
            (!last.starts_with('i') || last.len() == 1) && !last.starts_with('v') && last != "ue"
        }
        "g" | "k" | "h" => !last.starts_with(['i', 'v']) && last != "in" && last != "ue",
        "y" => matches!(
            last,
            "a" | "an" | "ang" | "ao" | "e" | "i" | "in" | "ing" | "o" | "ong" | "ou" | "u" | "uan" | "ue" | "un"
        ),
        "w" => matches!(last, "a" | "ai" | "an" | "ang" | "ei" | "en" | "eng" | "o" | "u"),
        "f" => matches!(last, "a" | "an" | "ang" | "ei" | "en" | "eng" | "o" | "ou" | "u"),
        "b" | "p" | "m" => {
            !last.starts_with("ua")
                && !matches!(last, "ong" | "uo" | "ui" | "un" | "ue" | "v" | "ve" | "iong" | "iang" | "ia" | "er")
        }
        _ => last != "er",
    }
}

/// Cuts letters into syllables of pinyin; `None` where they do not divide. The longest syllable is tried first, as spelling rules want.
pub fn syllables(letters: &str) -> Option<Vec<&str>> {
    if letters.is_empty() || letters.len() > 120 || !letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let n = letters.len();
    // From the end: how the rest divides, with the fewest syllables.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; n + 1];
    best[n] = Some((0, n));
    for at in (0..n).rev() {
        for end in ((at + 1)..=(at + LONGEST).min(n)).rev() {
            if let Some((count, _)) = best[end]
                && best[at].is_none_or(|(c, _)| count + 1 < c)
                && is_syllable(&letters[at..end])
            {
                best[at] = Some((count + 1, end));
            }
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    while at < n {
        let (_, end) = best[at]?;
        out.push(&letters[at..end]);
        at = end;
    }
    Some(out)
}

/// The sound of a syllable in pinyin or Wade-Giles, coarse enough that both spellings give the same:
/// aspiration is not told apart, because Wade-Giles is mostly written without its apostrophes.
pub fn coarse(syllable: &str) -> Option<String> {
    const STARTS: &[(&str, char)] = &[
        ("zh", 'C'),
        ("ch", 'C'),
        ("sh", 'S'),
        ("hs", 'S'),
        ("ts", 'Z'),
        ("tz", 'Z'),
        ("ss", 'Z'),
        ("sz", 'Z'),
        ("b", 'p'),
        ("p", 'p'),
        ("d", 't'),
        ("t", 't'),
        ("g", 'k'),
        ("k", 'k'),
        ("j", 'C'),
        ("q", 'C'),
        ("x", 'S'),
        ("z", 'Z'),
        ("c", 'Z'),
        ("s", 's'),
        ("r", 'r'),
        ("m", 'm'),
        ("f", 'f'),
        ("n", 'n'),
        ("l", 'l'),
        ("h", 'h'),
        ("y", 'y'),
        ("w", 'w'),
    ];
    let (start, rest) =
        STARTS.iter().find_map(|(s, c)| syllable.strip_prefix(s).map(|r| (*c, r))).unwrap_or(('0', syllable));
    let last = match rest {
        "ien" | "ian" => "ian",
        "ieh" | "ie" => "ie",
        "ung" | "ong" => "ong",
        "iung" | "iong" => "iong",
        "ih" | "i" | "u" if matches!(start, 'C' | 'S' | 'Z' | 's' | 'r') && rest != "u" => "i",
        "uei" | "ui" => "ui",
        "o" | "uo" | "e" | "eh" => "e",
        "ueh" | "ue" | "ve" | "iieh" => "ue",
        "iu" | "ou" if start == 'y' => "u",
        "u" | "v" | "iu" => rest,
        "en" | "un" if start == 'w' => "en",
        other => other,
    };
    let known = FINALS.contains(&last) || matches!(last, "ian" | "e");
    known.then(|| format!("{start}{last}"))
}

/// The coarse sounds of letters that may be Wade-Giles or pinyin, in one word or up to four syllables.
pub fn coarse_all(letters: &str) -> Option<String> {
    fn cut(letters: &str, left: usize) -> Option<String> {
        if letters.is_empty() {
            return Some(String::new());
        }
        if left == 0 {
            return None;
        }
        (1..=letters.len().min(LONGEST + 1)).rev().find_map(|end| {
            let head = coarse(letters.get(..end)?)?;
            Some(head + &cut(&letters[end..], left - 1)?)
        })
    }
    if letters.len() > 24 || !may_be_chinese(letters.as_bytes()) { None } else { cut(letters, 4) }
}

/// A cheap look before the search: Chinese syllables end in a vowel, n, ng, r or h, and few consonants stand side by side.
fn may_be_chinese(letters: &[u8]) -> bool {
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'v');
    let ends = letters.last().is_some_and(|b| vowel(*b) || matches!(b, b'n' | b'g' | b'r' | b'h'));
    ends && letters.iter().all(u8::is_ascii_lowercase)
        && letters.windows(2).all(|pair| match pair {
            [a, b] if vowel(*a) || vowel(*b) => true,
            [b'n' | b'g' | b'h' | b'r', _] | [b's' | b'c' | b'z', b'h'] | [b't' | b's', b's' | b'z'] => true,
            _ => false,
        })
}
