//! Explanations written by us: Markdown with a head in TOML, checked against the law book.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use yumen_lawbook::code::Code;
use yumen_lawbook::id::InstrumentId;
use yumen_lawbook::instrument::Citation;
use yumen_lawbook::{Book, Day, Lang};

include!(concat!(env!("OUT_DIR"), "/guidance.rs"));

/// What a piece rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Cite {
    /// An article of an act.
    Article {
        /// The act or work.
        instrument: String,
        /// Its article; may be left out.
        #[serde(default)]
        article: String,
    },
    /// An entry of a list.
    Entry {
        /// The list.
        list: String,
        /// The code, of any edition.
        entry: String,
    },
    /// A measure.
    Measure {
        /// Its name in the book.
        measure: String,
    },
    /// A procedure.
    Procedure {
        /// Its name in the book.
        procedure: String,
    },
    /// A statutory period.
    Clock {
        /// Its name in the book.
        clock: String,
    },
}

/// The head of a piece.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    slug: String,
    summary: String,
    #[serde(default)]
    topics: Vec<String>,
    reviewed: Day,
    #[serde(default)]
    order: u32,
    cites: Vec<Cite>,
}

/// A piece in one language.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its name in addresses; the same in both languages.
    pub slug: String,
    /// Its language.
    pub lang: Lang,
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence.
    pub summary: String,
    /// Words by which it is found.
    pub topics: Vec<String>,
    /// Day of the last review.
    pub reviewed: Day,
    /// What it rests on.
    pub cites: Vec<Cite>,
    /// The text as HTML: no raw HTML of the writer, headings with anchors.
    pub html: String,
    /// The text without marks, for searching.
    pub plain: String,
    /// Headings of the second level with their anchors.
    pub contents: Vec<(String, String)>,
    order: u32,
}

/// A piece that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GuidanceError {
    /// No head, or one that cannot be read.
    #[error("{file}: {why}")]
    Head {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// Two pieces of one name, or a name that does not fit an address.
    #[error("{file}: the slug {slug:?} is taken, or not of lower-case letters, digits and hyphens")]
    Slug {
        /// The file.
        file: String,
        /// The slug.
        slug: String,
    },
}

/// Every piece.
#[derive(Debug, Clone, Default)]
pub struct Guidance {
    pieces: BTreeMap<(String, u8), Piece>,
    version: String,
}

/// The pieces compiled into the program.
///
/// # Errors
/// Never in a released program: its own tests refuse to pass with a faulty piece.
pub fn embedded() -> Result<Guidance, GuidanceError> {
    Guidance::read(PIECES)
}

fn side(lang: Lang) -> u8 {
    u8::from(lang == Lang::En)
}

impl Guidance {
    /// Pieces from files: path (`zh/…`, `en/…`) and text.
    ///
    /// # Errors
    /// Where a head cannot be read or a name is taken twice.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, GuidanceError> {
        let mut pieces = BTreeMap::new();
        let mut hash = Sha256::new();
        for (file, text) in files {
            hash.update(text.as_bytes());
            let piece = piece(file, text)?;
            let fits = !piece.slug.is_empty()
                && piece.slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            let slug = piece.slug.clone();
            if !fits || pieces.insert((slug.clone(), side(piece.lang)), piece).is_some() {
                return Err(GuidanceError::Slug { file: (*file).to_owned(), slug });
            }
        }
        let version = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { pieces, version })
    }

    /// A digest of all pieces.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The pieces in a language, in reading order.
    pub fn pieces(&self, lang: Lang) -> Vec<&Piece> {
        let mut all: Vec<&Piece> = self.pieces.values().filter(|p| p.lang == lang).collect();
        all.sort_by_key(|p| (p.order, p.slug.clone()));
        all
    }

    /// A piece.
    pub fn piece(&self, slug: &str, lang: Lang) -> Option<&Piece> {
        self.pieces.get(&(slug.to_owned(), side(lang)))
    }

    /// Every article and entry cited that the book does not hold.
    pub fn unknown_cites(&self, book: &Book) -> Vec<String> {
        let mut unknown = Vec::new();
        for piece in self.pieces.values() {
            for cite in &piece.cites {
                if let Some(why) = fault(book, cite) {
                    unknown.push(format!("{} ({:?}): {why}", piece.slug, piece.lang));
                }
            }
        }
        unknown
    }
}

/// Why a citation cannot stand.
fn fault(book: &Book, cite: &Cite) -> Option<String> {
    match cite {
        Cite::Article { instrument, article } => {
            let Some(citation) = cite_of(instrument, article) else {
                return Some(format!("{instrument} is no name of an instrument"));
            };
            let Some(act) = book.cited(&citation, Day::MAX) else {
                return Some(format!("there is no instrument {instrument}"));
            };
            // A number that an act cannot hold: articles begin with a digit, or name a place in words.
            let open = article.matches('(').count() != article.matches(')').count();
            let silly = open || article.starts_with('0') || article.len() > 40;
            // Who cites a version by its own name cites its own numbers, whatever is known of the numbers of others.
            let own = act.id.as_str() == instrument;
            (silly
                || (!own
                    && !article.is_empty()
                    && act.article(article).is_none()
                    && !numbered_elsewhere(book, &citation)))
            .then(|| format!("{instrument} has no known article {article}"))
        }
        Cite::Entry { list, entry } => {
            let Ok(code) = entry.parse::<Code>() else { return Some(format!("{entry} is no code")) };
            let Some(list) = book.list(list) else { return Some(format!("there is no list {list}")) };
            let lives = list.history.lives_of(&code);
            if lives.is_empty() {
                return Some(format!("{} never held {entry}", list.head.id));
            }
            // A code with a path names a point, and the point must be recorded in some version.
            let versions = lives.iter().flat_map(|life| list.history.life(*life));
            let held = versions.into_iter().any(|v| {
                let own = v.entry.code.to_string();
                entry == &own
                    || entry
                        .strip_prefix(&own)
                        .and_then(|rest| rest.strip_prefix('.'))
                        .is_some_and(|path| v.entry.point(path).is_some())
            });
            (!held).then(|| format!("{entry} is no recorded point"))
        }
        Cite::Measure { measure } => {
            (!book.measures.contains_key(measure.as_str())).then(|| format!("there is no measure {measure}"))
        }
        Cite::Procedure { procedure } => {
            (!book.procedures.contains_key(procedure.as_str())).then(|| format!("there is no procedure {procedure}"))
        }
        Cite::Clock { clock } => book.timer(clock).is_none().then(|| format!("there is no period {clock}")),
    }
}

fn cite_of(instrument: &str, article: &str) -> Option<Citation> {
    InstrumentId::new(instrument).map(|instrument| Citation { instrument, place: article.to_owned() })
}

/// True where some version of the work prints the article.
fn numbered_elsewhere(book: &Book, citation: &Citation) -> bool {
    let versions = book.instruments.values().filter(|i| i.work.as_ref() == Some(&citation.instrument));
    versions.into_iter().any(|i| i.article(&citation.place).is_some())
}

fn piece(file: &str, text: &str) -> Result<Piece, GuidanceError> {
    let fail = |why: String| GuidanceError::Head { file: file.to_owned(), why };
    let lang = match file.split('/').next() {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => return Err(fail("a piece stands in zh/ or en/".to_owned())),
    };
    let text = text.replace("\r\n", "\n");
    let rest = text.strip_prefix("+++\n").ok_or_else(|| fail("a head between lines of +++ is missing".to_owned()))?;
    let (head, body) = rest.split_once("\n+++\n").ok_or_else(|| fail("the head is not closed by +++".to_owned()))?;
    let head: Head = toml::from_str(head).map_err(|e| fail(e.to_string()))?;
    let shown = show(body, lang, head.slug == "glossary");
    Ok(Piece {
        slug: head.slug,
        lang,
        title: head.title,
        summary: head.summary,
        topics: head.topics,
        reviewed: head.reviewed,
        cites: head.cites,
        html: shown.html,
        plain: shown.plain,
        contents: shown.contents,
        order: head.order,
    })
}

struct Shown {
    html: String,
    plain: String,
    contents: Vec<(String, String)>,
}

/// Markdown as HTML. Raw HTML is shown as text; headings get anchors and begin below the page's own; links that begin with `/` get
/// the language of the piece; a table can be scrolled.
fn show(body: &str, lang: Lang, is_glossary: bool) -> Shown {
    let mut plain = String::new();
    let mut contents = Vec::new();
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut heading: Option<(usize, HeadingLevel, Option<String>, String)> = None;
    let mut number = 0;
    let mut defined = BTreeSet::new();
    for event in
        Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES)
    {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => events.push(Event::Text(raw)),
            Event::Start(Tag::Heading { level, id, .. }) => {
                heading = Some((events.len(), level, id.map(|i| i.to_string()), String::new()));
                // Replaced when its words are known.
                events.push(Event::SoftBreak);
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((at, level, own, words)) = heading.take() {
                    number += 1;
                    let (id, name) = (own.unwrap_or_else(|| format!("s{number}")), below(level));
                    if level <= HeadingLevel::H2 {
                        contents.push((id.clone(), words));
                    }
                    events[at] = Event::Html(format!("<{name} id=\"{}\">", crate::views::escaped(&id)).into());
                    events.push(Event::Html(format!("</{name}>\n").into()));
                    plain.push('\n');
                }
            }
            Event::Text(words) => {
                plain.push_str(&words);
                if let Some((.., held)) = &mut heading {
                    held.push_str(&words);
                }
                events.push(Event::Text(words));
            }
            Event::Code(words) => {
                plain.push_str(&words);
                events.push(Event::Code(words));
            }
            // Where the glossary first links to a word of its own, the word is defined: that is its anchor.
            Event::Start(Tag::Link { ref dest_url, .. })
                if is_glossary && dest_url.starts_with("glossary:") && defined.insert(dest_url.to_string()) =>
            {
                let word = crate::views::escaped(dest_url.trim_start_matches("glossary:"));
                events.push(Event::Html(format!("<a id=\"{word}\" href=\"#{word}\">").into()));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = local(&dest_url, lang);
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Html("<div class=\"wide\" tabindex=\"0\">".into()));
                events.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>".into()));
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                plain.push(' ');
                events.push(event);
            }
            other => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    Shown { html: out, plain, contents }
}

fn below(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        _ => "h4",
    }
}

/// A link within the site gets the language of the piece; only addresses of the web are let through beside it. Pieces write where
/// they mean: `law:dual-use-regulations#24(2)`, `entry:dual-use/1C117`, `guidance:penalties`, `procedure:t-1`, `clock:T-LOI`,
/// `glossary:watch-list`.
fn local<'a>(address: &CowStr<'_>, lang: Lang) -> CowStr<'a> {
    let code = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    if address.starts_with("/zh/")
        || address.starts_with("/en/")
        || address.starts_with('#')
        || address.starts_with("/api")
    {
        return address.to_string().into();
    }
    if address.starts_with('/') && !address.starts_with("//") {
        return format!("/{code}{address}").into();
    }
    if let Some((kind, name)) =
        address.split_once(':').filter(|(kind, _)| !kind.starts_with("http") && *kind != "mailto")
    {
        let plain = crate::views::escaped(name.split('#').next().unwrap_or_default());
        let path = match kind {
            "law" => format!("/notices/{plain}"),
            "entry" => format!("/entries/{}", plain.split_once('/').map_or(plain.as_str(), |(_, code)| code)),
            "guidance" => format!("/guidance/{plain}"),
            "procedure" => format!("/procedures/{plain}"),
            "clock" => format!("/clock?timer={plain}"),
            "glossary" => format!("/guidance/glossary#{plain}"),
            // An address of a kind that a page of law has no use for (`javascript:`, `data:`) leads nowhere.
            _ => String::new(),
        };
        return format!("/{code}{path}").into();
    }
    if address.starts_with("https://") || address.starts_with("http://") || address.starts_with("mailto:") {
        return address.to_string().into();
    }
    // A bare slug names another piece.
    format!("/{code}/guidance/{}", crate::views::escaped(address.trim_end_matches(".md"))).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "+++\ntitle = \"T\"\nslug = \"t\"\nsummary = \"S\"\nreviewed = \"2026-11-21\"\ncites = [{ instrument = \"export-control-law\", article = \"12\" }]\n+++\n";

    #[test]
    fn markdown_is_shown_and_html_is_not_run() {
        let text = format!(
            "{HEAD}# One\n\nA <script>alert(1)</script> [entry](/entries/1C117) [bad](javascript:alert(1)) [next](other-piece)\n"
        );
        let guidance = Guidance::read(&[("en/t.md", &text)]).unwrap();
        let piece = guidance.piece("t", Lang::En).unwrap();
        assert!(piece.html.contains("<h2 id=\"s1\">One</h2>"), "{}", piece.html);
        assert!(piece.html.contains("&lt;script&gt;"));
        assert!(piece.html.contains("href=\"/en/entries/1C117\""));
        assert!(piece.html.contains("href=\"/en/guidance/other-piece\""));
        assert!(!piece.html.contains("javascript:alert(1)\""), "{}", piece.html);
        assert_eq!(piece.contents, [("s1".to_owned(), "One".to_owned())]);
    }

    #[test]
    fn heads_that_cannot_be_read_are_told() {
        for text in ["no head", "+++\ntitle = 1\n+++\n", "+++\ntitle = \"T\"\n"] {
            assert!(matches!(Guidance::read(&[("en/t.md", text)]), Err(GuidanceError::Head { .. })), "{text}");
        }
        let twice = [("en/a.md", HEAD), ("en/b.md", HEAD)];
        assert!(matches!(Guidance::read(&twice), Err(GuidanceError::Slug { .. })));
    }

    #[test]
    fn what_the_book_does_not_hold_is_found() {
        let book = yumen_embedded::book().unwrap();
        let text = HEAD.replace(
            "cites = [",
            "cites = [{ instrument = \"no-such-act\", article = \"1\" }, { list = \"dual-use\", entry = \"9Z999\" }, { list = \"dual-use\", entry = \"1C117\" }, { list = \"dual-use\", entry = \"1C117.z.9\" }, ",
        );
        let guidance = Guidance::read(&[("zh/t.md", &text)]).unwrap();
        assert_eq!(guidance.unknown_cites(&book).len(), 3, "{:?}", guidance.unknown_cites(&book));
    }

    #[test]
    fn every_piece_cites_what_the_book_holds_and_stands_in_both_languages() {
        let guidance = embedded().unwrap();
        let book = yumen_embedded::book().unwrap();
        assert_eq!(guidance.unknown_cites(&book), Vec::<String>::new());
        for lang in [Lang::Zh, Lang::En] {
            for piece in guidance.pieces(lang) {
                assert!(!piece.cites.is_empty(), "{} rests on nothing", piece.slug);
                let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
                assert!(guidance.piece(&piece.slug, other).is_some(), "{} stands in one language only", piece.slug);
            }
        }
    }
}
