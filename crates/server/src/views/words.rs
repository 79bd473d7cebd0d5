//! Conditions in words, and what changed between two wordings, word by word.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};
use utoipa::ToSchema;
use yumen_assess::is_han;
use yumen_lawbook::predicate::{Condition, Predicate};
use yumen_lawbook::{Bilingual, Book};

/// A condition for people and programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConditionView {
    /// As the book writes it: `density > 1.73 g/cm3`.
    pub predicate: String,
    /// In words.
    pub text: Bilingual,
}

/// The conditions of a point in words.
pub fn conditions(book: &Book, condition: Option<&Condition>) -> Vec<ConditionView> {
    condition.map(Condition::predicates).unwrap_or_default().into_iter().map(|p| in_words(book, p)).collect()
}

fn in_words(book: &Book, predicate: &Predicate) -> ConditionView {
    let property = |id: &str| book.properties.get(id).map_or_else(|| Bilingual::new(id, id), |p| p.name.clone());
    let text = match predicate {
        Predicate::Measure { property: id, of, comparison, limit, at } => {
            let name = property(id.as_str());
            let of = of.as_ref().map(|c| concept(book, c.as_str()));
            let at = at.as_ref().map(|at| (property(at.property.as_str()), at.value.to_string()));
            let (of_zh, of_en) = of.map_or_else(Default::default, |of| (of.zh, format!(" of {}", of.en)));
            let (at_zh, at_en) =
                at.map_or_else(Default::default, |(p, v)| (format!("（{} {v}）", p.zh), format!(" at {} {v}", p.en)));
            let sign = comparison.sign();
            Bilingual::new(
                format!("{of_zh}{} {sign} {limit}{at_zh}", name.zh),
                format!("{}{of_en} {sign} {limit}{at_en}", name.en),
            )
        }
        Predicate::Fact { property: id, wanted } => {
            let name = property(id.as_str());
            if *wanted { name } else { Bilingual::new(format!("非：{}", name.zh), format!("not: {}", name.en)) }
        }
    };
    ConditionView { predicate: predicate.to_string(), text }
}

/// What people call a concept.
pub fn concept(book: &Book, id: &str) -> Bilingual {
    book.lexicon.iter().find(|c| c.id.as_str() == id).map_or_else(
        || Bilingual::new(id, id),
        |c| Bilingual::new(c.zh.first().cloned().unwrap_or_default(), c.en.first().cloned().unwrap_or_default()),
    )
}

/// A piece of two wordings laid over each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Piece {
    /// `same`, `added`, `removed`.
    pub change: &'static str,
    /// The words.
    pub words: String,
}

/// Longest wording compared word by word, in bytes; longer ones are shown one after the other.
const LONGEST: usize = 20_000;

/// What one wording takes out of and puts into another: by characters in Chinese, by words elsewhere.
pub fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let one = |change, words: &str| Piece { change, words: words.to_owned() };
    if before.is_empty() || after.is_empty() || before.len() + after.len() > LONGEST {
        let both = [one("removed", before), one("added", after)];
        return both.into_iter().filter(|p| !p.words.is_empty()).collect();
    }
    let chinese = before.chars().chain(after.chars()).any(is_han);
    let diff = if chinese { TextDiff::from_chars(before, after) } else { TextDiff::from_words(before, after) };
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "removed",
            ChangeTag::Insert => "added",
        };
        match pieces.last_mut() {
            Some(last) if last.change == kind => last.words.push_str(change.value()),
            _ => pieces.push(one(kind, change.value())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|p| match p.change {
                "added" => format!("[+{}]", p.words),
                "removed" => format!("[-{}]", p.words),
                _ => p.words.clone(),
            })
            .collect()
    }

    #[test]
    fn chinese_changes_by_characters_and_english_by_words() {
        assert_eq!(shown(&pieces("人工智能交互界面", "人工智能人机交互界面")), "人工智能[+人机]交互界面");
        assert_eq!(shown(&pieces("a density above 1.7", "a density above 1.73")), "a density above [-1.7][+1.73]");
        assert_eq!(shown(&pieces("", "new")), "[+new]");
    }

    proptest! {
        #[test]
        fn the_pieces_give_both_wordings_back(before in ".{0,60}", after in ".{0,60}") {
            let pieces = pieces(&before, &after);
            let side = |other: &str| pieces.iter().filter(|p| p.change != other).map(|p| p.words.as_str()).collect::<String>();
            prop_assert_eq!(side("added"), before);
            prop_assert_eq!(side("removed"), after);
        }
    }
}
