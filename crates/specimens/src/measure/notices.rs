//! Real notices against the hand-written book.

use std::path::Path;
use std::sync::Arc;

use yumen_assess::Engine;
use yumen_importers::{Hints, import};
use yumen_lawbook::{Book, SourceFile};
use yumen_specimens::notices;

use super::{day, engine, share};

/// Every notice of a directory, imported against the book without what it records of that notice.
pub fn run(folder: &Path) {
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
    let clauses: Vec<_> = draft.line.iter().filter(|l| l.what == "suspend" || l.what == "measure").collect();
    if !clauses.is_empty() {
        let same = clauses
            .iter()
            .filter(|l| {
                l.doubts.iter().any(|d| {
                    d.en.contains("already records what this act does")
                        || d.en.contains("records the clause, on the same")
                })
            })
            .count();
        return format!(" clauses {} | {same} recorded alike | | |", clauses.len());
    }
    " | | | |".to_owned()
}
