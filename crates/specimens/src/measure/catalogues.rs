//! Whole catalogues: in the style of the measurements, in any style, and the editions of the book.

use std::collections::BTreeMap;
use std::time::Instant;

use yumen_importers::{Hints, import};
use yumen_lawbook::list::edition::Form as EditionForm;
use yumen_specimens::chance::Chance;
use yumen_specimens::compare::{Outcome, compare};
use yumen_specimens::forms::furniture::Furniture;
use yumen_specimens::layout::{LAYOUTS, Layout, set, set_in};
use yumen_specimens::style::Style;
use yumen_specimens::{catalogue, forms};

use super::{alarms, day, engine, share};

/// What was counted over many documents.
#[derive(Default)]
struct Sum {
    outcome: Outcome,
    lines: usize,
    doubted: usize,
    asked: usize,
    slowest: u128,
    /// What needless doubts say.
    doubts: BTreeMap<String, usize>,
}

/// Documents of one style in every layout and form.
pub fn official(count: usize) {
    measure(count, |_| (Style::official(), Furniture::official()));
}

/// Documents each of a style of its own.
pub fn styled(count: usize) {
    measure(count, |seed| {
        let mut chance = Chance::new(seed ^ 0x57_7e1e);
        (Style::random(&mut chance), Furniture::random(&mut chance))
    });
}

#[expect(clippy::disallowed_methods, reason = "a measurement")]
fn measure(count: usize, style: impl Fn(u64) -> (Style, Furniture)) {
    let engine = engine();
    for layout in LAYOUTS {
        for form in forms::FORMS {
            let mut sum = Sum::default();
            for seed in 0..count {
                let truth = catalogue::random(seed as u64, 20 + seed % 145, engine.book(), Vec::new());
                let (style, furniture) = style(seed as u64);
                let bytes = forms::write_on(&set_in(&truth, layout, &style), form, &furniture);
                let began = Instant::now();
                match import("catalogue", &bytes, &engine, day(), &Hints::default()) {
                    Ok(draft) => {
                        let one = compare(&draft, &truth);
                        if let (true, Some(told)) =
                            (std::env::var_os("SHOW").is_some(), one.silent.first().or(one.reported.first()))
                        {
                            println!("  seed {seed} {style:?} {furniture:?}\n    {told}");
                        }
                        sum.outcome.add(one);
                        let (lines, doubted, asked) = alarms(&draft);
                        (sum.lines, sum.doubted, sum.asked) =
                            (sum.lines + lines, sum.doubted + doubted, sum.asked + asked);
                        for doubt in draft.line.iter().flat_map(|l| &l.doubts) {
                            let kind: String =
                                doubt.en.chars().filter(|c| c.is_ascii_alphabetic() || *c == ' ').collect();
                            *sum.doubts.entry(kind).or_default() += 1;
                        }
                    }
                    Err(error) => {
                        sum.outcome.entries += truth.entries.len();
                        sum.outcome.reported.push(error.to_string());
                    }
                }
                sum.slowest = sum.slowest.max(began.elapsed().as_millis());
            }
            print(&format!("{layout:?} {form:?}"), &sum);
        }
    }
}

fn print(name: &str, sum: &Sum) {
    let all = &sum.outcome;
    println!(
        "{name}: entries {} points {} reported {} figures pointed at {} asked {} silent {} slowest {} ms; lines doubted {} asked to compare {}",
        share(all.exact, all.entries),
        share(all.points_exact, all.points),
        all.reported.len(),
        all.pointed.len(),
        all.noted.len(),
        all.silent.len(),
        sum.slowest,
        share(sum.doubted, sum.lines),
        share(sum.asked, sum.lines)
    );
    let silent = all.silent.iter().map(|s| format!("  SILENT {s}"));
    let silent = silent.chain(all.noted.iter().map(|s| format!("  asked {s}")));
    for line in silent.chain(all.reported.iter().map(|r| format!("  told {r}"))).take(3) {
        println!("{line}");
    }
    let mut doubts: Vec<_> = sum.doubts.iter().collect();
    doubts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    for (kind, n) in doubts.into_iter().take(3) {
        println!("  {n} × {kind}");
    }
}

/// Every edition of the catalogue, printed in every layout and form, imported, and compared.
pub fn roundtrips() {
    let engine = engine();
    let book = engine.book();
    let Some(list) = book.list("technology") else { return };
    for edition in list.editions.iter().filter(|e| e.form != EditionForm::Amendment) {
        let total: u32 = edition.declared.total.values().sum();
        let truth = catalogue::edition_filled(book, edition, 7, (total as usize).max(40));
        for layout in LAYOUTS {
            for form in forms::FORMS {
                let bytes = forms::write(&set(&truth, layout), form);
                match import("edition", &bytes, &engine, day(), &Hints::default()) {
                    Ok(draft) => {
                        let o = compare(&draft, &truth);
                        println!(
                            "{} {layout:?} {form:?}: entries {} points {} silent {}",
                            edition.id,
                            share(o.exact, o.entries),
                            share(o.points_exact, o.points),
                            o.silent.len()
                        );
                        for line in o.silent.iter().chain(&o.reported).take(3) {
                            println!("  {line}");
                        }
                    }
                    Err(error) => println!("{} {layout:?} {form:?}: {error}", edition.id),
                }
            }
        }
    }
}

/// `make 2023 pdf labelled FILE`: an edition of the book filled up to its declared totals, as an official document.
pub fn make(args: &[String]) {
    let [edition, form, layout, file] = args else { return };
    let engine = engine();
    let book = engine.book();
    let Some(found) = book.list("technology").and_then(|l| l.editions.iter().find(|e| e.id.as_str() == edition)) else {
        return;
    };
    let total: u32 = found.declared.total.values().sum();
    let truth = catalogue::edition_filled(book, found, 7, total as usize);
    let form = match form.as_str() {
        "docx" => forms::Form::Docx,
        "pdf" => forms::Form::Pdf,
        "html" => forms::Form::Html,
        "xlsx" => forms::Form::Xlsx,
        _ => forms::Form::Text,
    };
    let layout = match layout.as_str() {
        "table" => Layout::Table,
        "headed" => Layout::Headed,
        _ => Layout::Labelled,
    };
    let _ = std::fs::write(file, forms::write(&set(&truth, layout), form));
}
