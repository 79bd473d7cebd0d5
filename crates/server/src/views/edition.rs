//! Editions of lists as people call them: by their day and the instrument that made them.

use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::edition::Edition;
use yumen_lawbook::{Bilingual, Book};

/// What an edition is called: `2024-12-01 版（公告2024年第51号）`.
pub fn name(book: &Book, edition: &Edition) -> Bilingual {
    let short = book.instruments.get(&edition.instrument).map(|i| i.short.clone()).unwrap_or_default();
    Bilingual::new(
        format!("{} 版（{}）", edition.effective, short.zh),
        format!("edition of {} ({})", edition.effective, short.en),
    )
}

/// The same by the edition's name in the book; the name itself where there is no such edition.
pub fn named(book: &Book, list: &ControlList, id: &str) -> Bilingual {
    let found = list.editions.iter().find(|e| e.id.as_str() == id);
    found.map_or_else(|| Bilingual::new(id, id), |e| name(book, e))
}
