//! Why a score is what it is: which words met which, at what likeness, what stayed over and what was passed over.

use serde::Serialize;

use crate::align::{self, Alignment, Placed};
use crate::entity::Query;
use crate::fold::Flags;
use crate::lexicon::Role;
use crate::names::{Origin, forms};
use crate::score::{Score, TUNING, score};
use crate::screen::{ENGINE, Hit, Screen, placed};
use crate::sinitic::{self, Shown, Unit};
use crate::token::{Kinship, likeness};

/// Words that met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Met {
    /// As asked, folded.
    pub asked: String,
    /// As listed, folded.
    pub listed: String,
    /// 0 to 1.
    pub likeness: f32,
    /// Why they count as alike.
    pub by: Kinship,
    /// What the listed word is.
    pub role: Role,
    /// Evidence at stake.
    pub weight: f32,
}

/// A word that met nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    /// The word, folded.
    pub word: String,
    /// What it is; silent roles cost nothing.
    pub role: Role,
    /// Evidence lost.
    pub weight: f32,
}

/// An explanation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Version of the engine.
    pub engine: &'static str,
    /// The name asked, as given.
    pub asked: String,
    /// The name listed, as printed.
    pub listed: String,
    /// How the two forms came about: as written, or by reading and translation.
    pub origin: (Origin, Origin),
    /// Words that met, weightiest first.
    pub met: Vec<Met>,
    /// Words of the question that met nothing.
    pub asked_alone: Vec<Left>,
    /// Words of the list that met nothing.
    pub listed_alone: Vec<Left>,
    /// The sums behind the score.
    pub score: Score,
    /// What was odd about the asked name.
    pub flags: Flags,
}

/// Explains a hit by aligning again the two forms that gave it.
pub fn explain(screen: &Screen, query: &Query, hit: &Hit) -> Explanation {
    let asked =
        if hit.asked == 0 { &query.name } else { query.also.get(usize::from(hit.asked) - 1).unwrap_or(&query.name) };
    let listed = screen
        .entities()
        .get(hit.entity as usize)
        .and_then(|e| e.names.get(usize::from(hit.name)))
        .cloned()
        .unwrap_or_default();
    let (left, right) = (forms(asked), forms(&listed));
    let mut best: Option<Explanation> = None;
    let mut offer = |found: Explanation| {
        if best.as_ref().is_none_or(|b| found.score.value > b.score.value) {
            best = Some(found);
        }
    };
    let base = |origin, score: Score| Explanation {
        engine: ENGINE,
        asked: asked.clone(),
        listed: listed.clone(),
        origin,
        met: Vec::new(),
        asked_alone: Vec::new(),
        listed_alone: Vec::new(),
        score,
        flags: left.flags,
    };
    for (from, a) in left.words.iter().filter(|(o, _)| *o == hit.origin.0) {
        for (to, b) in right.words.iter().filter(|(o, _)| *o == hit.origin.1) {
            let place = |units: &'_ [crate::units::WordUnit]| -> Vec<String> {
                units.iter().map(|u| u.owned.text.clone()).collect()
            };
            let x: Vec<Placed<'_>> = a.iter().map(|u| Placed { token: u.owned.token(), aside: u.aside }).collect();
            let y: Vec<Placed<'_>> = b.iter().map(|u| Placed { token: u.owned.token(), aside: u.aside }).collect();
            let found = align::align(&x, &y, |i, j| likeness(&x[i].token, &y[j].token));
            let value = score(&x, &y, &found, &TUNING);
            offer(fill(base((*from, *to), value), &found, (&place(a), &x), (&place(b), &y)));
        }
    }
    for (from, a) in left.han.iter().filter(|(o, _)| *o == hit.origin.0) {
        for (to, b) in right.han.iter().filter(|(o, _)| *o == hit.origin.1) {
            let found = sinitic::align(a, b);
            let (x, y) = (placed(a), placed(b));
            let value = score(&x, &y, &found, &TUNING);
            offer(fill(base((*from, *to), value), &found, (&shown(a), &x), (&shown(b), &y)));
        }
    }
    let mut best = best.unwrap_or_else(|| base(hit.origin, hit.by_name));
    best.score = hit.by_name;
    best
}

fn shown(units: &[Unit]) -> Vec<String> {
    units
        .iter()
        .map(|u| match &u.shown {
            Shown::Char(c) => c.to_string(),
            Shown::Syllable(s) => s.clone(),
            Shown::Word(w) => w.text.clone(),
        })
        .collect()
}

fn fill(
    mut out: Explanation,
    alignment: &Alignment,
    (left, x): (&[String], &[Placed<'_>]),
    (right, y): (&[String], &[Placed<'_>]),
) -> Explanation {
    let words = |all: &[String], (from, count): (u8, u8)| {
        let (from, count) = (usize::from(from), usize::from(count));
        all.get(from..from + count).unwrap_or_default().join(" ")
    };
    for pair in &alignment.pairs {
        out.met.push(Met {
            asked: words(left, pair.left),
            listed: words(right, pair.right),
            likeness: pair.likeness,
            by: pair.kinship,
            role: y[usize::from(pair.right.0)].token.role,
            weight: pair.weight,
        });
    }
    out.met.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let over = |all: &[String], placed: &[Placed<'_>], bits: u64| -> Vec<Left> {
        let left = |(i, word): (usize, &String)| {
            let token = placed[i].token;
            (bits & (1 << i) != 0).then(|| Left { word: word.clone(), role: token.role, weight: token.weight })
        };
        all.iter().enumerate().filter_map(left).collect()
    };
    out.asked_alone = over(left, x, alignment.left_over);
    out.listed_alone = over(right, y, alignment.right_over);
    out
}
