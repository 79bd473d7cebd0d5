//! The law book of this build, read and prepared at compile time, so that a program answers some milliseconds after it starts.

use std::sync::Arc;

use yumen_assess::{Engine, Prepared, PreparedError};
use yumen_lawbook::Book;

static BOOK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/book.bin"));
static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prepared.bin"));

/// The book.
///
/// # Errors
/// Never in a program that was built whole: the bytes are those its own build wrote.
pub fn book() -> Result<Book, PreparedError> {
    Ok(Book::from_bytes(BOOK)?)
}

/// The book and an engine over it; the two are read side by side.
///
/// # Errors
/// Never in a program that was built whole: the bytes are those its own build wrote.
pub fn engine() -> Result<Engine, PreparedError> {
    let (book, prepared) = std::thread::scope(|scope| {
        let prepared = scope.spawn(|| Prepared::from_bytes(PREPARED));
        let book = book();
        (book, prepared.join())
    });
    let prepared = prepared.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    Engine::with(Arc::new(book?), prepared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use yumen_assess::Question;
    use yumen_lawbook::Day;

    #[test]
    fn what_is_carried_answers_like_what_is_read() {
        let carried = engine().unwrap();
        let read = Engine::new(Arc::new(Book::embedded().unwrap()));
        for text in
            ["人造石墨块，密度1.8g/cm3", "短视频个性化推荐算法", "sintered NdFeB magnet with 3% Dy to Japan", "棉布"]
        {
            let question = Question::about(text, Day::new(2025, 6, 1).unwrap());
            assert_eq!(carried.assess(&question), read.assess(&question), "{text}");
        }
    }

    #[test]
    fn the_same_question_gives_the_same_bytes() {
        let engine = engine().unwrap();
        let said = |text: &str, day: &str| {
            let assessment = engine.assess(&Question::about(text, day.parse().unwrap())).unwrap();
            serde_json::to_string(&assessment).unwrap()
        };
        let questions =
            [("人造石墨块，密度1.8g/cm3，客户在日本", "2025-06-01"), ("sintered NdFeB magnet, Dy 3 %", "2026-01-07")];
        for (text, day) in questions {
            let first = said(text, day);
            // In between other days are asked about, so that what is kept of a day is dropped and made anew.
            for round in 0..500 {
                let other = format!("{}-0{}-01", 2024 + round % 3, 1 + round % 9);
                let _ = said("钐钴磁体", &other);
                assert_eq!(first, said(text, day), "{text}, round {round}");
            }
        }
    }

    #[test]
    fn tables_of_another_book_are_refused() {
        let prepared = Prepared::from_bytes(PREPARED).unwrap();
        assert!(matches!(Engine::with(Arc::default(), prepared), Err(PreparedError::OtherBook { .. })));
        assert!(Prepared::from_bytes(b"other").is_err());
    }
}
