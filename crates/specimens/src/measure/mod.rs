//! The measurements, one file each.

pub mod catalogues;
pub mod mutations;
pub mod notices;

use std::sync::Arc;

use yumen_assess::Engine;
use yumen_importers::Draft;
use yumen_importers::draft::{Confidence, Line};
use yumen_lawbook::{Book, Day};

/// The engine of the embedded book.
pub fn engine() -> Engine {
    match Book::embedded() {
        Ok(book) => Engine::new(Arc::new(book)),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(3)
        }
    }
}

/// The day the documents are imported.
pub fn day() -> Day {
    Day::new(2031, 4, 1).unwrap_or(Day::MIN)
}

/// A part of a whole with its percentage.
pub fn share(part: usize, of: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let percent = if of == 0 { 100.0 } else { part as f64 * 100.0 / of as f64 };
    format!("{part}/{of} = {percent:.3} %")
}

/// How many lines there are, are doubted, and only ask to compare characters.
pub fn alarms(draft: &Draft) -> (usize, usize, usize) {
    let doubtful = |l: &&Line| l.confidence == Confidence::Doubtful;
    let asks = |l: &&Line| !doubtful(l) && l.eyes.iter().any(|e| e.en.contains("compare for lost or wrong ones"));
    (draft.line.len(), draft.line.iter().filter(doubtful).count(), draft.line.iter().filter(asks).count())
}
