//! What every command needs: the book, the language, the day.

use std::path::Path;
use std::sync::Arc;

use yumen_assess::Engine;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::{Book, Day, Lang};

use crate::failure::Failure;
use crate::home;
use crate::show::out::{Page, json};
use crate::today;

/// The book and how to speak about it.
#[derive(Clone)]
pub struct Context {
    /// The law.
    pub book: Arc<Book>,
    /// The engine that came with the book.
    engine: Option<Arc<Engine>>,
    /// The language of the answers.
    pub lang: Lang,
    /// True for JSON.
    pub json: bool,
}

impl Context {
    /// Opens the book: the one in the program with the files adopted in the data directory over it, or a directory. `asks` tells
    /// whether the engine will be needed.
    pub fn open(
        directory: Option<&Path>,
        data: Option<&Path>,
        lang: Lang,
        json: bool,
        asks: bool,
    ) -> Result<Self, Failure> {
        let adopted = if directory.is_none() { home::adopted(data)? } else { None };
        let (book, engine) = match (directory, adopted) {
            (Some(directory), _) => (Arc::new(Book::open(directory)?), None),
            (None, Some(adopted)) => home::overlaid(&adopted, asks)?,
            (None, None) if asks => {
                let engine = Arc::new(yumen_embedded::engine()?);
                (engine.shared_book(), Some(engine))
            }
            (None, None) => (Arc::new(yumen_embedded::book()?), None),
        };
        Ok(Self { book, engine, lang, json })
    }

    /// The same with another book.
    pub fn with_book(&self, book: Arc<Book>) -> Self {
        Self { book, engine: None, lang: self.lang, json: self.json }
    }

    /// An engine over the book.
    pub fn engine(&self) -> Arc<Engine> {
        self.engine.clone().unwrap_or_else(|| Arc::new(Engine::new(Arc::clone(&self.book))))
    }

    /// An empty page.
    pub fn page(&self) -> Page {
        Page::new(self.lang)
    }

    /// The list with this name.
    pub fn list(&self, name: &str) -> Result<&ControlList, Failure> {
        self.book.list(name).ok_or_else(|| {
            let names: Vec<String> = self.book.lists.keys().map(ToString::to_string).collect();
            let names = names.join(", ");
            let name: String = name.chars().take(40).collect();
            Failure::usage(
                "unknown_list",
                format!("没有名为 {name} 的清单；现有：{names}。"),
                format!("There is no list called {name}; there are: {names}."),
            )
        })
    }

    /// Either the value as JSON or what `write` puts on a page.
    pub fn print<T: serde::Serialize>(&self, value: &T, write: impl FnOnce(&mut Page)) -> String {
        if self.json {
            return json(value);
        }
        let mut page = self.page();
        write(&mut page);
        page.finish()
    }
}

/// The day asked for, or today in Beijing.
pub fn day_or_today(asked: Option<Day>) -> Day {
    asked.unwrap_or_else(today::in_beijing)
}
