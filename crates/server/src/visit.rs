//! A visit: the language, the day of the law, the address and what was asked in it.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use yumen_lawbook::{Bilingual, Book, Day, Lang};

use crate::platform::App;
use crate::problem::Problem;

/// Longest value of a query field looked at, in bytes; what may be longer is posted.
const LONGEST_FIELD: usize = 64 * 1024;

/// One visit of a page or of the API.
#[derive(Clone)]
pub struct Visit {
    /// The platform.
    pub app: App,
    /// The language of the page.
    pub lang: Lang,
    /// The day of the law.
    pub day: Day,
    /// Today in Beijing.
    pub today: Day,
    /// True where the day was named in the address.
    pub dated: bool,
    /// The path without the language: `/lists/technology`; empty for the home page.
    pub path: String,
    /// The fields of the query, in order, without `on`.
    pub query: Vec<(String, String)>,
}

impl Visit {
    /// The visit of an address.
    pub fn new(app: App, path: &str, query: &str) -> Result<Self, Problem> {
        let (lang, path) = language(path);
        let today = app.today();
        let mut fields = fields(query);
        let named = fields.iter().find(|(n, _)| n == "on").map(|(_, v)| v.trim().to_owned()).filter(|v| !v.is_empty());
        fields.retain(|(n, _)| n != "on");
        let day = match &named {
            Some(text) => crate::days::read(text).ok_or_else(|| Problem::bad_day("on", text))?,
            None => today,
        };
        // A question is bounded by the engine itself, which says more of why.
        if named.is_some() && !path.ends_with("/check") {
            crate::days::within(&app.book, today, "on", day)?;
        }
        Ok(Self { app, lang, day, today, dated: named.is_some(), path: path.to_owned(), query: fields })
    }

    /// A visit of today, for pages about what went wrong in an address: of its query, all but the day is kept.
    pub fn bare(app: App, path: &str, query: &str) -> Self {
        let (lang, path) = language(path);
        let today = app.today();
        let mut query = fields(query);
        query.retain(|(n, _)| n != "on");
        Self { app, lang, day: today, today, dated: false, path: path.to_owned(), query }
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.app.book
    }

    /// A field of the query; empty where it is not there.
    pub fn field(&self, name: &str) -> &str {
        self.query.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// A day in a field.
    pub fn day_field(&self, name: &str) -> Result<Option<Day>, Problem> {
        match self.field(name) {
            "" => Ok(None),
            text => crate::days::read(text).map(Some).ok_or_else(|| Problem::bad_day(name, text)),
        }
    }

    /// One of the known words in a field; empty where it is not there.
    pub fn word_field(&self, name: &str, known: &[&str]) -> Result<&str, Problem> {
        match self.field(name) {
            "" => Ok(""),
            text if known.contains(&text) => Ok(text),
            text => Err(Problem::unknown_value(name, text, known)),
        }
    }

    /// A number in a field, within its bounds.
    pub fn number_field(&self, name: &str, usual: usize, least: usize, most: usize) -> Result<usize, Problem> {
        match self.field(name) {
            "" => Ok(usual),
            text => text.parse().ok().filter(|n| (least..=most).contains(n)).ok_or_else(|| {
                let typed = crate::problem::shown(text);
                Problem::bad(
                    "bad_number",
                    format!("{name} 应为 {least} 至 {most} 的整数，收到“{typed}”。"),
                    format!("{name} is a whole number from {least} to {most}, not “{typed}”."),
                )
                .at(name)
            }),
        }
    }

    /// One of two words.
    pub fn t<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The words of the page's language.
    pub fn say<'t>(&self, text: &'t Bilingual) -> &'t str {
        text.get(self.lang)
    }

    /// The words of the page's language as a heading: a capital first where the script has one.
    pub fn head(&self, text: &Bilingual) -> String {
        let mut letters = self.say(text).chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }

    /// The words of the other language, where they differ; empty otherwise.
    pub fn also<'t>(&self, text: &'t Bilingual) -> &'t str {
        let (first, second) = match self.lang {
            Lang::Zh => (&text.zh, &text.en),
            Lang::En => (&text.en, &text.zh),
        };
        if first.is_empty() || first == second { "" } else { second }
    }

    /// True where the words are in the other language, because the page's own has none.
    pub fn is_foreign(&self, text: &Bilingual) -> bool {
        match self.lang {
            Lang::Zh => text.zh.is_empty() && !text.en.is_empty(),
            Lang::En => text.en.is_empty() && !text.zh.is_empty(),
        }
    }

    /// The code of the page's language.
    pub fn code(&self) -> &'static str {
        self.t("zh", "en")
    }

    /// The code of the other language.
    pub fn other_code(&self) -> &'static str {
        self.t("en", "zh")
    }

    /// The language of a text's words on this page, for `lang=`.
    pub fn lang_of(&self, text: &Bilingual) -> &'static str {
        if self.is_foreign(text) { self.other_tag() } else { self.tag() }
    }

    /// The language tag of the page.
    pub fn tag(&self) -> &'static str {
        self.t("zh-Hans", "en")
    }

    /// The language tag of the other language.
    pub fn other_tag(&self) -> &'static str {
        self.t("en", "zh-Hans")
    }

    /// A path of this site in the page's language, with the day of the law where one was named.
    pub fn href(&self, path: &str) -> String {
        let mut out = format!("/{}{path}", self.code());
        if self.dated && !path.contains("on=") {
            let (base, fragment) =
                out.split_once('#').map_or((out.clone(), None), |(b, f)| (b.to_owned(), Some(f.to_owned())));
            let sign = if base.contains('?') { '&' } else { '?' };
            out = format!("{base}{sign}on={}", self.day);
            if let Some(fragment) = fragment {
                out = format!("{out}#{fragment}");
            }
        }
        out
    }

    /// A path of up to two names of things: `at("/lists/", list, "?division=", division)`.
    pub fn at(&self, first: &str, name: impl std::fmt::Display, second: &str, other: impl std::fmt::Display) -> String {
        let (name, other) = (crate::views::escaped(&name.to_string()), crate::views::escaped(&other.to_string()));
        self.href(&format!("{first}{name}{second}{other}"))
    }

    /// This page in the other language.
    pub fn switched(&self) -> String {
        format!("/{}{}{}", self.other_code(), self.path, self.query_with(&[]))
    }

    /// The address by which this page is known to the world: without filters, and without the day where it is today.
    pub fn canonical(&self, lang: &str) -> String {
        let base = &self.app.config.base_url;
        let mut out = form_urlencoded::Serializer::new(String::new());
        for name in ["page", "timer", "conduct", "from", "to"] {
            if let Some((_, value)) = self.query.iter().find(|(n, v)| n == name && !v.is_empty()) {
                out.append_pair(name, value);
            }
        }
        if self.dated && self.day != self.today {
            out.append_pair("on", &self.day.to_string());
        }
        let query = out.finish();
        format!("{base}/{lang}{}{}{query}", self.path, if query.is_empty() { "" } else { "?" })
    }

    /// This page on another day, or with other fields: `("page", "2")`; an empty value takes the field out.
    pub fn with(&self, changed: &[(&str, &str)]) -> String {
        format!("/{}{}{}", self.code(), self.path, self.query_with(changed))
    }

    /// This page under the law of another day.
    pub fn on_day(&self, day: &Day) -> String {
        self.with(&[("on", &day.to_string())])
    }

    /// This page under the law of today.
    pub fn with_today(&self) -> String {
        self.with(&[("on", "")])
    }

    /// The query of this page, with its question mark; empty where there is none.
    pub fn query_string(&self) -> String {
        self.query_with(&[])
    }

    /// The query with some fields changed.
    fn query_with(&self, changed: &[(&str, &str)]) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.query {
            if !changed.iter().any(|(n, _)| n == name) {
                out.append_pair(name, value);
            }
        }
        for (name, value) in changed.iter().filter(|(_, v)| !v.is_empty()) {
            out.append_pair(name, value);
        }
        if self.dated && !changed.iter().any(|(n, _)| *n == "on") {
            out.append_pair("on", &self.day.to_string());
        }
        let out = out.finish();
        if out.is_empty() { out } else { format!("?{out}") }
    }
}

/// The language an address begins with, and the rest.
pub fn language(path: &str) -> (Lang, &str) {
    match path.strip_prefix("/zh").or_else(|| path.strip_prefix("/en")) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            (if path.starts_with("/zh") { Lang::Zh } else { Lang::En }, rest)
        }
        _ => (Lang::En, path),
    }
}

/// The fields of a query or form, values bounded.
pub fn fields(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes())
        .take(400)
        .map(|(n, v)| {
            let value = match v.char_indices().find(|(at, _)| *at > LONGEST_FIELD) {
                Some((at, _)) => v[..at].to_owned(),
                None => v.into_owned(),
            };
            (n.chars().take(200).collect(), value.replace('\0', ""))
        })
        .collect()
}

impl FromRequestParts<App> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let uri = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.clone(), |u| u.0.clone());
        Self::new(std::sync::Arc::clone(app), uri.path(), uri.query().unwrap_or_default())
    }
}

/// The language a browser asks for first.
pub fn preferred(accept_language: &str) -> Lang {
    let mut best: Option<(f32, Lang)> = None;
    for part in accept_language.split(',').take(20) {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim().to_lowercase();
        let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        let lang = match tag.split('-').next() {
            Some("zh") => Lang::Zh,
            Some("en") => Lang::En,
            _ => continue,
        };
        if best.is_none_or(|(w, _)| weight > w) {
            best = Some((weight, lang));
        }
    }
    best.map_or(Lang::En, |(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_browser_is_read_by_its_weights() {
        assert_eq!(preferred("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(preferred("de,en;q=0.3,zh;q=0.7"), Lang::Zh);
        assert_eq!(preferred("fr"), Lang::En);
        assert_eq!(preferred(";;q=x,,"), Lang::En);
    }

    #[test]
    fn only_a_whole_first_step_is_a_language() {
        assert_eq!(language("/zh/lists"), (Lang::Zh, "/lists"));
        assert_eq!(language("/en"), (Lang::En, ""));
        assert_eq!(language("/zhuhai"), (Lang::En, "/zhuhai"));
    }
}
