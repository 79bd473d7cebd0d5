//! Plain retrieval over the same words, to stand beside the engine: BM25 over words, and over pairs of characters.

use std::collections::BTreeSet;

use bm25::{EmbedderBuilder, Embedding, Scorer, Tokenizer};
use yumen_assess::is_han;
use yumen_foreign::list::ForeignList;
use yumen_lawbook::{Book, Day};

/// How a baseline cuts text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Words between blanks and signs; Han characters one by one.
    Words,
    /// Pairs of characters that stand beside each other.
    Pairs,
}

impl Cut {
    /// Both, in the order of the table.
    pub const ALL: [Self; 2] = [Self::Words, Self::Pairs];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "BM25, words",
            Self::Pairs => "BM25, character pairs",
        }
    }
}

impl Tokenizer for Cut {
    fn tokenize(&self, text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        let mut runs: Vec<String> = Vec::new();
        let mut run = String::new();
        for c in lower.chars() {
            if *self == Self::Words && is_han(c) {
                runs.push(std::mem::take(&mut run));
                runs.push(c.to_string());
            } else if c.is_alphanumeric() {
                run.push(c);
            } else {
                runs.push(std::mem::take(&mut run));
            }
        }
        runs.push(run);
        runs.retain(|r| !r.is_empty());
        if *self == Self::Words {
            return runs;
        }
        let pairs = |run: &String| {
            let chars: Vec<char> = run.chars().collect();
            if chars.len() < 2 { vec![run.clone()] } else { chars.windows(2).map(|w| w.iter().collect()).collect() }
        };
        runs.iter().flat_map(pairs).collect()
    }
}

/// Documents with a code each, searched by BM25.
pub struct Baseline {
    codes: Vec<String>,
    scorer: Scorer<usize>,
    embedder: bm25::Embedder<u32, Cut>,
}

impl Baseline {
    /// The points of the Chinese lists as they held on a day; where a list was renumbered or an entry came later, the latest
    /// version before, else the first after: what the engine searches too.
    pub fn chinese(book: &Book, list: &str, day: Day, cut: Cut) -> Self {
        let mut documents = Vec::new();
        if let Some(list) = book.lists.get(list) {
            let on_day: BTreeSet<usize> = list.history.on(day).map(|v| v.life).collect();
            let held = list.history.on(day);
            let others = list.history.versions().iter().filter(|v| !on_day.contains(&v.life) && !v.draft);
            for version in held.chain(others) {
                let entry = &version.entry;
                for point in &entry.points {
                    let above: Vec<String> = entry
                        .ancestry(&point.path)
                        .into_iter()
                        .map(|p| format!("{} {}", p.text.zh, p.text.en))
                        .collect();
                    let text = format!("{} {} {}", entry.name.zh, entry.name.en, above.join(" "));
                    documents.push((entry.code.to_string(), text));
                }
            }
        }
        Self::of(documents, cut)
    }

    /// The paragraphs of a list of another regime, each with its heading.
    pub fn foreign(list: &ForeignList, cut: Cut) -> Self {
        let mut documents = Vec::new();
        for entry in &list.entries {
            documents.push((entry.code.clone(), entry.heading.clone()));
            for paragraph in &entry.paragraphs {
                documents.push((entry.code.clone(), format!("{} {}", entry.heading, paragraph.words)));
            }
        }
        Self::of(documents, cut)
    }

    fn of(documents: Vec<(String, String)>, cut: Cut) -> Self {
        let texts: Vec<&str> = documents.iter().map(|(_, text)| text.as_str()).collect();
        let embedder = EmbedderBuilder::<u32, Cut>::with_tokenizer_and_fit_to_corpus(cut, &texts).build();
        let mut scorer = Scorer::<usize>::new();
        for (index, text) in texts.iter().enumerate() {
            scorer.upsert(&index, embedder.embed(text));
        }
        Self { codes: documents.into_iter().map(|(code, _)| code).collect(), scorer, embedder }
    }

    /// Codes of the best documents, each once, best first.
    pub fn find(&self, text: &str, most: usize) -> Vec<&str> {
        let query: Embedding<u32> = self.embedder.embed(text);
        let mut seen = BTreeSet::new();
        let ranked = self.scorer.matches(&query);
        ranked.iter().map(|m| self.codes[m.id].as_str()).filter(|c| seen.insert(*c)).take(most).collect()
    }
}
