//! What a text says is not there: 不含, without, -free before or after a name; "Dy not detected", 镝：无, "Dy 0" behind it.

use super::concepts::{Mention, Role};
use super::fold::{Folded, is_wordy};

/// Words that deny what follows in the same phrase.
const DENIALS: &[&str] = &[
    "不含有",
    "不含",
    "不包含",
    "不包括",
    "不使用",
    "不添加",
    "未添加",
    "没有",
    "不带",
    "不具有",
    "不属于",
    "除了",
    "without any",
    "without",
    "not containing",
    "does not contain",
    "do not contain",
    "free of",
    "free from",
    "excluding",
    "not including",
    "other than",
    "contains no",
    "containing no",
    "with no",
    "has no",
];
/// Denials of one character, which deny only the word they touch.
const TOUCHING: &[char] = &['无', '非', '未'];

/// Words behind the name of a substance that say there is none of it.
const NONE_BEHIND: &[&str] = &[
    "none",
    "nil",
    "not detected",
    "not detectable",
    "not added",
    "not present",
    "undetected",
    "absent",
    "n.d.",
    "nd",
    "below detection",
    "均未检出",
    "未检出",
    "未添加",
    "不添加",
    "均为零",
    "均为0",
    "含量为0",
    "为零",
    "为0",
    "无",
    "0",
];
/// What joins names of which one denial speaks: "Dy、Tb均为0".
const JOINING: &[&str] = &["、", "/", "+", "和", "及", "与", ",", "and", "or", "或"];

/// Marks what the text says is not there. `substances` tells which mentions are of elements, compounds and materials: only of those
/// a text gives an amount of none.
pub fn mark_denied(text: &Folded, mentions: &mut [Mention], substances: impl Fn(&Mention) -> bool) {
    for mention in mentions.iter_mut() {
        let none = || substances(mention) && (none_before(text, mention.start) || none_behind(text, mention.end));
        if is_denied(text, mention.start, mention.end) || none() {
            mention.role = Role::Denied;
        }
    }
    // From the last name back: the one that the denial touches carries it to those joined to it.
    let mut order: Vec<usize> = (0..mentions.len()).filter(|m| substances(&mentions[*m])).collect();
    order.sort_by_key(|m| mentions[*m].start);
    for pair in order.windows(2).rev() {
        let (first, second) = (&mentions[pair[0]], &mentions[pair[1]]);
        let joined = first.end <= second.start && JOINING.contains(&text.slice(first.end..second.start).trim());
        if joined && second.role == Role::Denied && none_behind(text, second.end) {
            mentions[pair[0]].role = Role::Denied;
        }
    }
}

/// "no Dy", "zero terbium".
fn none_before(text: &Folded, start: usize) -> bool {
    let head = text.slice(start.saturating_sub(6)..start);
    ["no ", "zero ", "nil "].iter().any(|w| head.strip_suffix(w).is_some_and(|before| !before.ends_with(is_wordy)))
}

fn none_behind(text: &Folded, end: usize) -> bool {
    let tail = text.slice(end..end + 24);
    let tail = tail.trim_start_matches([' ', ':', '=', '-', '—']);
    NONE_BEHIND.iter().any(|word| {
        tail.strip_prefix(word).is_some_and(|rest| match *word {
            // 无 and 0 say none only where nothing follows that they would belong to: 镝 无包装, Dy 0.5.
            "无" => rest.is_empty() || rest.starts_with([',', '。', ';', '、', ')', ' ', '/', '|', '\n']),
            _ if word.ends_with('0') => {
                let rest = rest.strip_prefix('.').map_or(rest, |r| {
                    let zeros = r.trim_start_matches('0');
                    if zeros.len() < r.len() { zeros } else { "0" }
                });
                !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '~'))
            }
            _ => !word.ends_with(|c: char| c.is_ascii_alphabetic()) || !rest.starts_with(is_wordy),
        })
    })
}

/// True where the text says that what it names at these characters is not there.
pub fn is_denied(text: &Folded, start: usize, end: usize) -> bool {
    if start > 0 && TOUCHING.contains(&text.lower[start - 1]) {
        return true;
    }
    let tail: String = text.lower[end..(end + 5).min(text.lower.len())].iter().collect();
    if tail.starts_with("-free") || tail.starts_with(" free") && !tail[5..].starts_with(is_wordy) {
        return true;
    }
    let from = start.saturating_sub(40);
    let head: String = text.lower[from..start].iter().collect();
    // The phrase begins after the last sign or word that ends a denial. A list (镝、铽; dysprosium or terbium) does not end it.
    let broken = head
        .char_indices()
        .filter(|(_, c)| matches!(c, ',' | '。' | ';' | ':' | '(' | ')' | '!' | '?' | '的'))
        .map(|(at, c)| at + c.len_utf8())
        .next_back()
        .unwrap_or(0);
    let phrase = &head[broken..];
    DENIALS.iter().any(|cue| {
        phrase.rfind(cue).is_some_and(|at| {
            let rest = &phrase[at + cue.len()..];
            let whole = !cue.starts_with(|c: char| c.is_ascii_alphabetic())
                || (!phrase[..at].ends_with(is_wordy) && !rest.starts_with(is_wordy));
            let resumed =
                [" but ", " with ", " which ", " that ", " and contains", "但", "且含", "而含", "、含", "和含"]
                    .iter()
                    .any(|w| rest.contains(w));
            whole && !resumed
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn behind(text: &str) -> bool {
        let folded = fold(text);
        none_behind(&folded, 2)
    }

    #[test]
    fn an_amount_of_none_denies() {
        for text in
            ["Dy none", "Dy: n.d.", "Dy not detected", "Dy 0", "Dy 0.00 %", "Dy=0,", "Dy未检出", "Dy：无", "Dy均为0"]
        {
            assert!(behind(text), "{text}");
        }
        for text in ["Dy 0.5 %", "Dy 05", "Dy 无包装", "Dy 0-0.3", "Dy nda", "Dy 3"] {
            assert!(!behind(text), "{text}");
        }
    }
}
