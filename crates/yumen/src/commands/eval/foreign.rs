//! Cases of other regimes: is the entry among the first that the shelf names. Answers are not judged, because a shelf gives none.

use std::collections::BTreeMap;

use serde::Serialize;
use yumen_foreign::Shelf;
use yumen_foreign::answer::ForeignCandidate;

use super::cases::Case;
use super::chinese::related;
use super::figures::{FailureLine, Retrieval};
use super::timed;

/// Figures of the cases of other regimes.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    /// By source of the expected code and over all, where the code names an entry: share with the entry among the first so many.
    pub entries: BTreeMap<String, Retrieval>,
    /// The same, the paragraph being right too.
    pub paragraphs: BTreeMap<String, Retrieval>,
    /// Cases whose expected code is the residual (EAR99) or none: not a question of finding, counted and left out.
    pub residual: usize,
    /// Cases of lists that were not imported, or whose label says that it is not to be scored.
    pub left_out: usize,
}

/// Where the right entry and the right paragraph stood.
type Places = (Option<usize>, Option<usize>);

/// Runs the cases on the shelves.
pub fn measure(shelves: &[Shelf], cases: &[Case], failures: &mut Vec<FailureLine>, times: &mut Vec<u64>) -> Figures {
    let mut figures = Figures::default();
    let mut ranks: BTreeMap<String, Vec<Places>> = BTreeMap::new();
    for case in cases {
        let shelf = shelves.iter().find(|s| Some(s.list().regime.as_str()) == case.foreign());
        let Some(shelf) = shelf.filter(|_| !case.label_quality.contains("do_not_score")) else {
            figures.left_out += 1;
            continue;
        };
        let wanted = case.expected_code.to_lowercase();
        let Some(entry) = wanted.get(..5).filter(|e| shelf.list().entry(e).is_some()) else {
            if shelf.regime().residual.as_ref().is_some_and(|r| r.code.eq_ignore_ascii_case(&wanted))
                || wanted == "no eccn"
            {
                figures.residual += 1;
            } else {
                figures.left_out += 1;
            }
            continue;
        };
        let (answer, micros) = timed(|| shelf.find(&case.query));
        times.push(micros);
        let entry_rank = answer.candidates.iter().position(|c| c.code.eq_ignore_ascii_case(entry));
        let paragraph = |c: &ForeignCandidate| related(&c.full_code().to_lowercase(), &wanted);
        let paragraph_rank = answer.candidates.iter().position(paragraph);
        if entry_rank.is_none_or(|r| r >= 5) {
            let got = answer.candidates.iter().take(5).map(ForeignCandidate::full_code).collect::<Vec<_>>().join(" ");
            let kind = "not_in_first_five".to_owned();
            failures.push(FailureLine { id: case.id.clone(), kind, expected: case.expected_code.clone(), got });
        }
        for group in ["all", &case.source_kind, &case.label_quality] {
            if !group.is_empty() {
                ranks.entry(group.to_owned()).or_default().push((entry_rank, paragraph_rank));
            }
        }
    }
    for (group, ranks) in ranks {
        figures.entries.insert(group.clone(), Retrieval::of(ranks.iter().map(|r| r.0)));
        figures.paragraphs.insert(group, Retrieval::of(ranks.iter().map(|r| r.1)));
    }
    figures
}
