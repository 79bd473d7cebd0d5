//! Lines with their confidence.

use yumen_lawbook::Bilingual;

use super::{Confidence, Decision, Difference, Line};
use crate::flow::Place;
use crate::plausible::Plausible;

/// Lines as they are gathered.
pub(super) struct Lines<'p> {
    gathered: Vec<Line>,
    plausible: &'p Plausible,
    /// True where every word came through OCR.
    recognised: bool,
}

/// What a line is made of.
#[derive(Default)]
pub(super) struct Made {
    pub what: &'static str,
    pub about: String,
    pub at: Place,
    pub file: String,
    pub words: String,
    pub law: String,
    pub doubts: Vec<Bilingual>,
    pub eyes: Vec<Bilingual>,
    pub differs: Vec<Difference>,
    /// Words whose characters are checked; the source words where empty.
    pub checked: Vec<String>,
}

impl<'p> Lines<'p> {
    pub(super) fn new(plausible: &'p Plausible, recognised: bool) -> Self {
        Self { gathered: Vec::new(), plausible, recognised }
    }

    /// Adds a line; tells its number.
    pub(super) fn push(&mut self, mut made: Made) -> u32 {
        let id = u32::try_from(self.gathered.len() + 1).unwrap_or(u32::MAX);
        for words in &made.checked {
            let look = self.plausible.look(words);
            for (found, into) in [(look.doubts, &mut made.doubts), (look.eyes, &mut made.eyes)] {
                for one in found {
                    if !into.contains(&one) {
                        into.push(one);
                    }
                }
            }
        }
        let confidence = if !made.doubts.is_empty() || !made.differs.is_empty() || made.law.is_empty() {
            Confidence::Doubtful
        } else if !made.eyes.is_empty() || self.recognised {
            Confidence::Likely
        } else {
            Confidence::Sure
        };
        self.gathered.push(Line {
            id,
            what: made.what.to_owned(),
            about: made.about,
            at: made.at,
            confidence,
            decision: Decision::Open,
            file: made.file,
            words: made.words,
            law: made.law,
            doubts: made.doubts,
            eyes: made.eyes,
            differs: made.differs,
        });
        id
    }

    /// What the lines so far are about.
    pub(super) fn abouts(&self) -> std::collections::BTreeSet<String> {
        self.gathered.iter().map(|l| l.about.clone()).collect()
    }

    pub(super) fn done(self) -> Vec<Line> {
        self.gathered
    }
}
