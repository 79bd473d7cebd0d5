//! Measures the importers: `cargo run --release -p yumen-specimens -- catalogues | roundtrips | mutations | notices DIR | make …`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use yumen_assess::Engine;
use yumen_importers::{Hints, import};
use yumen_lawbook::list::edition::Form as EditionForm;
use yumen_lawbook::{Book, Day, SourceFile};
use yumen_specimens::chance::Chance;
use yumen_specimens::compare::{Outcome, compare};
use yumen_specimens::layout::{LAYOUTS, Layout, set};
use yumen_specimens::{catalogue, forms, mutate, notices};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, or: usize| args.get(i).and_then(|a| a.parse().ok()).unwrap_or(or);
    match args.first().map(String::as_str) {
        Some("catalogues") => catalogues(number(1, 100)),
        Some("roundtrips") => roundtrips(),
        Some("mutations") => mutations(number(1, 10_000), number(2, 1)),
        Some("notices") => per_notice(Path::new(args.get(1).map_or(".", String::as_str))),
        Some("make") => make(&args[1..]),
        _ => eprintln!(
            "catalogues [COUNT] | roundtrips | mutations [COUNT] [SEED] | notices DIR | make EDITION FORM LAYOUT FILE"
        ),
    }
}

fn engine() -> Engine {
    match Book::embedded() {
        Ok(book) => Engine::new(Arc::new(book)),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(3)
        }
    }
}

fn day() -> Day {
    Day::new(2031, 4, 1).unwrap_or(Day::MIN)
}

fn share(part: usize, of: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let percent = if of == 0 { 100.0 } else { part as f64 * 100.0 / of as f64 };
    format!("{part}/{of} = {percent:.3} %")
}

#[expect(clippy::disallowed_methods, reason = "a measurement")]
fn catalogues(count: usize) {
    let engine = engine();
    for layout in LAYOUTS {
        for form in forms::FORMS {
            let mut all = Outcome::default();
            let mut slowest = 0;
            let (mut lines, mut alarms, mut looks) = (0, 0, 0);
            for seed in 0..count {
                let truth = catalogue::random(seed as u64, 20 + seed % 145, engine.book(), Vec::new());
                let bytes = forms::write(&set(&truth, layout), form);
                let began = Instant::now();
                match import("catalogue", &bytes, &engine, day(), &Hints::default()) {
                    Ok(draft) => {
                        all.add(compare(&draft, &truth));
                        lines += draft.line.len();
                        let doubtful = |l: &&yumen_importers::draft::Line| {
                            l.confidence == yumen_importers::draft::Confidence::Doubtful
                        };
                        alarms += draft.line.iter().filter(doubtful).count();
                        looks += draft
                            .line
                            .iter()
                            .filter(|l| !doubtful(l) && l.eyes.iter().any(|e| e.en.contains("do not stand together")))
                            .count();
                    }
                    Err(error) => {
                        all.entries += truth.entries.len();
                        all.reported.push(error.to_string());
                    }
                }
                slowest = slowest.max(began.elapsed().as_millis());
            }
            println!(
                "{layout:?} {form:?}: entries {} points {} reported {} silent {} slowest {slowest} ms; lines doubted {} asked to compare {}",
                share(all.exact, all.entries),
                share(all.points_exact, all.points),
                all.reported.len(),
                all.silent.len(),
                share(alarms, lines),
                share(looks, lines)
            );
            for line in all
                .silent
                .iter()
                .map(|s| format!("  SILENT {s}"))
                .chain(all.reported.iter().map(|r| format!("  told {r}")))
                .take(4)
            {
                println!("{line}");
            }
        }
    }
}

/// Every edition of the catalogue, printed in every layout and form, imported, and compared.
fn roundtrips() {
    let engine = engine();
    let book = engine.book();
    let Some(list) = book.list("technology") else { return };
    for edition in &list.editions {
        if edition.form == EditionForm::Amendment {
            continue;
        }
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

fn mutations(count: usize, seed: usize) {
    let engine = engine();
    let mut by_kind: BTreeMap<(mutate::Damage, &str), [usize; 6]> = BTreeMap::new();
    let mut shown: BTreeMap<mutate::Damage, usize> = BTreeMap::new();
    let mut done = 0;
    let mut chance = Chance::new(seed as u64);
    let mut round = 0_u64;
    while done < count {
        round += 1;
        let truth = catalogue::random(round + 1000 * seed as u64, 12 + chance.below(20), engine.book(), Vec::new());
        for layout in LAYOUTS {
            let blocks = set(&truth, layout);
            for kind in mutate::DAMAGES {
                let Some(damaged) = mutate::damage(&blocks, kind, &mut chance) else { continue };
                if damaged == blocks || done >= count {
                    continue;
                }
                done += 1;
                let form =
                    if layout == Layout::Table || chance.once_in(2) { forms::Form::Docx } else { forms::Form::Text };
                let bytes = forms::write(&damaged, form);
                let figures =
                    by_kind.entry((kind, if layout == Layout::Table { "table" } else { "lines" })).or_default();
                figures[0] += 1;
                match import("damaged", &bytes, &engine, day(), &Hints::default()) {
                    Ok(draft) => {
                        let o = compare(&draft, &truth);
                        if !o.silent.is_empty() {
                            figures[3] += 1;
                            let n = shown.entry(kind).or_default();
                            if *n < 6 {
                                println!("SILENT {kind:?} {layout:?} {form:?}: {}", o.silent[0]);
                            }
                            *n += 1;
                        } else if !o.noted.is_empty() {
                            figures[5] += 1;
                        } else if o.exact == o.entries && o.reported.is_empty() {
                            figures[1] += 1;
                            let alarmed =
                                draft.line.iter().any(|l| l.confidence == yumen_importers::draft::Confidence::Doubtful)
                                    || !draft.matches_totals();
                            figures[4] += usize::from(alarmed);
                        } else {
                            figures[2] += 1;
                        }
                    }
                    Err(_) => figures[2] += 1,
                }
            }
        }
    }
    println!(
        "damage, layout: documents, imported exactly (of these with a needless alarm), wrong and doubted, wrong and asked to compare, wrong and SILENT"
    );
    let mut sum = [0; 6];
    for ((kind, layout), f) in &by_kind {
        println!("{kind:?} {layout}: {} | {} ({}) | {} | {} | {}", f[0], f[1], f[4], f[2], f[5], f[3]);
        for (s, n) in sum.iter_mut().zip(f) {
            *s += n;
        }
    }
    println!(
        "all: {} | {} ({}) | {} | {} | {}  silent {}; silent or only asked to compare {}",
        sum[0],
        sum[1],
        sum[4],
        sum[2],
        sum[5],
        sum[3],
        share(sum[3], sum[0]),
        share(sum[3] + sum[5], sum[0])
    );
}

/// Every notice of a directory, imported against the book without what it records of that notice.
fn per_notice(folder: &Path) {
    let files = yumen_lawbook::embedded_files();
    let whole = engine();
    let book = whole.book();
    let Ok(listed) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> =
        listed.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    paths.sort();
    println!(
        "| notice | read as | operations | unread | sub-items | same words | all thresholds right | with thresholds |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut sums = [0_usize; 5];
    let mut differing = Vec::new();
    for path in paths {
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let first = match import(&name, &bytes, &whole, day(), &Hints::default()) {
            Ok(draft) => draft,
            Err(error) => {
                println!("| {name} | {} | | | | | | |", error.code());
                continue;
            }
        };
        let hand =
            book.lists.values().flat_map(|l| &l.editions).find(|e| e.instrument.as_str() == first.about.instrument);
        let kinds = first.about.kinds.join(" + ");
        let mut row = format!("| {name} | {kinds} | {} | {} |", first.line.len(), first.unread.len());
        let items = first.line.iter().any(|l| l.what == "add" || l.what == "modify");
        match hand.filter(|_| items) {
            Some(hand) => {
                let blind: Vec<SourceFile> = blinded(&files, &hand.file);
                let (blind_book, _) = Book::inspect(&blind);
                let engine = Engine::new(Arc::new(blind_book));
                let hints = Hints { instrument: Some(hand.instrument.to_string()), ..Hints::default() };
                let made = import(&name, &bytes, &engine, day(), &hints).map_err(|e| e.to_string());
                match made.and_then(|draft| notices::compare(book, hand, &draft, &blind)) {
                    Ok(f) => {
                        row.push_str(&format!(
                            " {} | {} | {} | {} of {} |",
                            f.points, f.words, f.thresholds, f.with_thresholds_right, f.with_thresholds
                        ));
                        for (s, n) in sums.iter_mut().zip([
                            f.points,
                            f.words,
                            f.thresholds,
                            f.with_thresholds,
                            f.with_thresholds_right,
                        ]) {
                            *s += n;
                        }
                        differing.extend(f.differing.into_iter().map(|d| format!("{name}: {d}")));
                    }
                    Err(error) => row.push_str(&format!(" {error} | | | |")),
                }
            }
            None => row.push_str(&listing_figures(book, &first)),
        }
        println!("{row}");
    }
    println!(
        "\nsub-items {}; same words {}; all thresholds right {}; of those that have thresholds {}",
        sums[0],
        share(sums[1], sums[0]),
        share(sums[2], sums[0]),
        share(sums[4], sums[3])
    );
    for line in differing {
        println!("- {line}");
    }
}

/// The book without an edition and without what depends on it.
fn blinded(files: &[SourceFile], edition: &str) -> Vec<SourceFile> {
    files.iter().filter(|f| f.path != edition).cloned().collect()
}

/// Parties and clauses read that are just those of the book.
fn listing_figures(book: &Book, draft: &yumen_importers::Draft) -> String {
    let parties: Vec<_> = draft.line.iter().filter(|l| l.what == "party").collect();
    if !parties.is_empty() {
        let held: usize = book
            .listings
            .iter()
            .filter(|l| l.instrument.as_str() == draft.about.instrument)
            .map(|l| l.party.len())
            .sum();
        let same = parties.iter().filter(|l| l.differs.is_empty()).count();
        return format!(" parties {} (book {held}) | {same} | | |", parties.len());
    }
    let clauses: Vec<_> = draft.line.iter().filter(|l| l.what == "suspend").collect();
    if !clauses.is_empty() {
        let same = clauses.iter().filter(|l| l.doubts.iter().any(|d| d.en.contains("already records"))).count();
        return format!(" clauses {} | {same} recorded alike | | |", clauses.len());
    }
    " | | | |".to_owned()
}

/// `make 2023 pdf labelled FILE`: an edition of the book filled up to its declared totals, as an official document.
fn make(args: &[String]) {
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
