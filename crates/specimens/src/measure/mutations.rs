//! Damaged documents: what is read right all the same, what is told, and what is neither.

use std::collections::BTreeMap;

use yumen_importers::draft::Confidence;
use yumen_importers::{Hints, import};
use yumen_specimens::chance::Chance;
use yumen_specimens::compare::compare;
use yumen_specimens::forms::Form;
use yumen_specimens::layout::{LAYOUTS, Layout, set_in};
use yumen_specimens::mutate::{self, Damage};
use yumen_specimens::style::Style;
use yumen_specimens::{catalogue, forms};

use super::{day, engine, share};

/// What became of the documents of one kind.
#[derive(Default, Clone, Copy)]
struct Figures {
    documents: usize,
    exact: usize,
    /// Exact, and a line is doubted or totals are said to be missed all the same.
    alarmed: usize,
    doubted: usize,
    pointed: usize,
    asked: usize,
    silent: usize,
}

impl Figures {
    fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.exact += other.exact;
        self.alarmed += other.alarmed;
        self.doubted += other.doubted;
        self.pointed += other.pointed;
        self.asked += other.asked;
        self.silent += other.silent;
    }

    fn row(&self) -> String {
        format!(
            "{} | {} | {} | {} | {} | {} | {}",
            self.documents, self.exact, self.alarmed, self.doubted, self.pointed, self.asked, self.silent
        )
    }
}

/// So many damaged documents; of one kind where it is named.
pub fn run(count: usize, seed: usize, only: Option<&str>) {
    let engine = engine();
    let wanted: Vec<Damage> =
        mutate::DAMAGES.into_iter().filter(|d| only.is_none_or(|o| format!("{d:?}") == o)).collect();
    let mut by_kind: BTreeMap<(Damage, &str), Figures> = BTreeMap::new();
    let mut shown: BTreeMap<Damage, usize> = BTreeMap::new();
    let mut chance = Chance::new(seed as u64);
    let (mut done, mut round) = (0, 0_u64);
    while done < count && !wanted.is_empty() {
        round += 1;
        let truth = catalogue::random(round + 1000 * seed as u64, 12 + chance.below(20), engine.book(), Vec::new());
        let style = if round % 2 == 0 { Style::official() } else { Style::random(&mut chance) };
        for layout in LAYOUTS {
            let blocks = set_in(&truth, layout, &style);
            for kind in &wanted {
                let Some(damaged) = mutate::damage(&blocks, *kind, &mut chance) else { continue };
                if damaged == blocks && !kind.needs_pages() || done >= count {
                    continue;
                }
                done += 1;
                let form = match (layout, kind.needs_pages()) {
                    (Layout::Table, true) => Form::Pdf,
                    (_, true) => Form::Text,
                    (Layout::Table, false) => Form::Docx,
                    _ if chance.once_in(2) => Form::Docx,
                    _ => Form::Text,
                };
                let bytes = forms::write_on(&damaged, form, &kind.furniture(&mut chance));
                let name = if layout == Layout::Table { "table" } else { "lines" };
                let figures = by_kind.entry((*kind, name)).or_default();
                figures.documents += 1;
                let Ok(draft) = import("damaged", &bytes, &engine, day(), &Hints::default()) else {
                    figures.doubted += 1;
                    continue;
                };
                let o = compare(&draft, &truth);
                let mut show = |mark: &str, told: &str| {
                    let n = shown.entry(*kind).or_default();
                    *n += 1;
                    if *n <= 4 || only.is_some() {
                        println!("{mark} {kind:?} {layout:?} {form:?}: {told}");
                    }
                };
                if let Some(told) = o.silent.first() {
                    figures.silent += 1;
                    show("SILENT", told);
                } else if let Some(told) = o.noted.first() {
                    figures.asked += 1;
                    show("asked", told);
                } else if !o.pointed.is_empty() {
                    figures.pointed += 1;
                } else if o.exact == o.entries && o.reported.is_empty() {
                    figures.exact += 1;
                    let doubtful = draft.line.iter().any(|l| l.confidence == Confidence::Doubtful);
                    figures.alarmed += usize::from(doubtful || !draft.matches_totals());
                } else {
                    figures.doubted += 1;
                }
            }
        }
    }
    println!(
        "| damage | documents | exact | of these alarmed | wrong and doubted | wrong, figures pointed at | wrong, asked to compare characters | wrong and silent |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut sum = Figures::default();
    for ((kind, layout), figures) in &by_kind {
        println!("| {kind:?}, {layout} | {} |", figures.row());
        sum.add(figures);
    }
    println!("| **all** | {} |", sum.row());
    println!(
        "silent {}; silent or only asked to compare {}",
        share(sum.silent, sum.documents),
        share(sum.silent + sum.asked, sum.documents)
    );
}
