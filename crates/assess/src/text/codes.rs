//! List codes that stand in a text: 1C117.d.1, 056101X.

use yumen_lawbook::code::Code;

use super::fold::Folded;

/// The control codes and catalogue numbers a text names, in order, each once.
pub fn find(text: &Folded) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    let part = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let mut at = 0;
    while at < text.cased.len() {
        if !part(text.cased[at]) {
            at += 1;
            continue;
        }
        let end = (at..text.cased.len()).find(|i| !part(text.cased[*i])).unwrap_or(text.cased.len());
        let word: String = text.cased[at..end].iter().collect();
        let word = word.trim_end_matches('.');
        if let Some(code) = read(word).filter(|c| !found.contains(c)) {
            found.push(code);
        }
        at = end;
    }
    found
}

/// A word that has the shape of a code. Numbers of notices (58/2025) are no codes of a thing and are left alone.
fn read(word: &str) -> Option<Code> {
    let mut chars = word.chars();
    let digit = chars.next()?.is_ascii_digit();
    let shaped = digit && word.len() >= 5 && word.len() <= 24 && word.chars().any(|c| c.is_ascii_uppercase());
    let code: Code = shaped.then(|| word.parse().ok()).flatten()?;
    matches!(code, Code::Control(_) | Code::Catalogue(_)).then_some(code)
}

/// True where the words only ask about a code, or deny it: then naming it claims nothing.
pub fn is_doubted(text: &Folded) -> bool {
    const DOUBTS: &[&str] = &[
        "没达到",
        "未达到",
        "没有达到",
        "不达到",
        "不符合",
        "不属于",
        "是否属于",
        "是不是属于",
        "属不属于",
        "算不算",
        "whether",
        "does not meet",
        "do not meet",
        "not meet",
        "below the",
        "is it under",
        "fall under",
        "not under",
    ];
    let whole = text.text();
    DOUBTS.iter().any(|d| whole.contains(d))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn codes_are_told_from_numbers_and_words() {
        let codes = |text: &str| find(&fold(text)).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(codes("2B201.b铣床没有海关编号"), ["2B201.b"]);
        assert_eq!(codes("falls under 1C117.d.1? or 056101X."), ["1C117.d.1", "056101X"]);
        assert!(codes("3D打印, 5G基站, 100MPa, 10000A, 18650电芯, 1J85").is_empty());
    }
}
