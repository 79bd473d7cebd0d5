//! Writing to the terminal: wrapped paragraphs, tables, JSON.

use std::fmt::Write as _;

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;
use yumen_lawbook::{Bilingual, Lang};

use super::paint::{HEAD, in_style};

/// What a command prints: gathered first, so that nothing is half-printed.
pub struct Page {
    /// The language.
    pub lang: Lang,
    width: usize,
    text: String,
}

/// Narrowest and widest line.
const NARROW: usize = 40;
const WIDE: usize = 100;

impl Page {
    /// An empty page in a language, as wide as the terminal allows.
    pub fn new(lang: Lang) -> Self {
        let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or_else(terminal_width);
        Self { lang, width: width.clamp(NARROW, WIDE), text: String::new() }
    }

    /// The words of the page's language.
    pub fn say<'t>(&self, text: &'t Bilingual) -> &'t str {
        text.get(self.lang)
    }

    /// One of two words.
    pub fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A line as it is.
    pub fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// An empty line.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading.
    pub fn head(&mut self, zh: &str, en: &str) {
        self.gap();
        let text = in_style(HEAD, self.pick(zh, en));
        self.line(&text);
    }

    /// A paragraph, wrapped.
    pub fn paragraph(&mut self, text: &str) {
        self.wrapped("", "", text);
    }

    /// A list item, wrapped under its mark.
    pub fn item(&mut self, mark: &str, text: &str) {
        let indent = " ".repeat(unicode_width::UnicodeWidthStr::width(mark) + 3);
        self.wrapped(&format!("  {mark} "), &indent, text);
    }

    /// A paragraph with its own indents.
    pub fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let options = textwrap::Options::new(self.width).initial_indent(first).subsequent_indent(rest);
        for line in textwrap::wrap(text, options) {
            self.line(line.trim_end());
        }
    }

    /// A table; the first row is its head. Columns are as wide as their words, Chinese counted double.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let mut table = Table::new();
        table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.width.saturating_sub(2)).unwrap_or(80));
        table.set_header(head.iter().map(|h| (*h).to_owned()));
        table.add_rows(rows.iter().cloned());
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        for line in table.to_string().lines() {
            let _ = writeln!(self.text, "  {}", line.trim_end());
        }
    }

    /// The whole page.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Any value as indented JSON.
pub fn json<T: Serialize>(value: &T) -> String {
    // Every type printed here is plain data; writing it to a string cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_else(|e| format!("{{\"error\": {:?}}}", e.to_string())) + "\n"
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(WIDE, |(width, _)| usize::from(width.0))
}
