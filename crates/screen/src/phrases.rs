//! Words that together are one word, an abbreviation or other words: Hong Kong, Joint Stock Company, NII, Twenty-First.

use crate::lexicon::{Map, Role, map, rows};

/// A phrase and what it is read as.
#[derive(Debug)]
struct Phrase {
    words: Box<[&'static str]>,
    read: Box<[&'static str]>,
}

/// The phrases of this version of the engine.
#[derive(Debug)]
pub struct Phrases {
    /// By their first word, longest first.
    by_first: Map<&'static str, Vec<Phrase>>,
}

impl Phrases {
    /// Reads `data/phrases.tsv`.
    pub fn read() -> Self {
        let mut by_first: Map<&'static str, Vec<Phrase>> = map();
        for row in rows(include_str!("../data/phrases.tsv")) {
            let [words, read] = row[..] else { continue };
            let words: Box<[&str]> = words.split(' ').collect();
            let Some(first) = words.first().copied() else { continue };
            by_first.entry(first).or_default().push(Phrase { words, read: read.split(' ').collect() });
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins these words: how many words it takes, and what it is read as. What stands between its words
    /// and says nothing (of, the, and) does not part them.
    pub fn at<'w>(
        &self,
        words: &(impl Iterator<Item = &'w str> + Clone),
        role: impl Fn(&str) -> Role,
    ) -> Option<(usize, &[&'static str])> {
        let mut rest = words.clone();
        self.by_first.get(rest.next()?)?.iter().find_map(|phrase| {
            let mut wanted = phrase.words.iter();
            let mut next = wanted.next();
            for (taken, word) in words.clone().enumerate() {
                match next {
                    None => return Some((taken, &*phrase.read)),
                    Some(w) if *w == word => next = wanted.next(),
                    Some(_) if role(word) == Role::Noise => {}
                    Some(_) => return None,
                }
            }
            next.is_none().then(|| (words.clone().count(), &*phrase.read))
        })
    }
}
