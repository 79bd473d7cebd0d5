//! What the lists say on one day, worked out once a day and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::{Book, Day};

use crate::index::{DocIndex, Index};

/// What depends on the day alone.
pub(super) struct OnDay {
    /// For each document whether it speaks: of each point through time one does.
    pub speaking: Vec<bool>,
    /// For each list, in the book's order, the lives that stand in it.
    pub listed: Vec<BTreeSet<usize>>,
    /// For each list how much of it is recorded.
    pub coverage: Vec<Coverage>,
}

impl OnDay {
    fn new(book: &Book, index: &Index, day: Day) -> Self {
        let listed = book.lists.values().map(|l| l.history.on(day).map(|v| v.life).collect()).collect();
        let coverage = book.lists.values().map(|l| l.coverage(day)).collect();
        Self { speaking: index.speaking(book, day), listed, coverage }
    }

    /// True where a document speaks.
    pub fn speaks(&self, doc: DocIndex) -> bool {
        self.speaking[doc]
    }
}

/// The days that were asked about last. It changes how long an answer takes, never the answer.
#[derive(Default)]
pub(super) struct Days(Mutex<BTreeMap<Day, Arc<OnDay>>>);

/// Most days kept: a firm compares some, a server is asked about today.
const MOST: usize = 32;

impl Days {
    pub fn on(&self, book: &Book, index: &Index, day: Day) -> Arc<OnDay> {
        if let Some(kept) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&day) {
            return Arc::clone(kept);
        }
        let made = Arc::new(OnDay::new(book, index, day));
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(day, Arc::clone(&made));
        made
    }
}
