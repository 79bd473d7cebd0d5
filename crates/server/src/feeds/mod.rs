//! Feeds without accounts: Atom and JSON Feed per list, entry, division, country and for everything; a calendar of dates that matter.

mod calendar;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde::Serialize;
use yumen_lawbook::{Bilingual, Day, Lang};

use crate::platform::App;
use crate::problem::{Problem, shown};
use crate::views::changes::Change;

/// Most changes in a feed.
const MOST: usize = 100;

/// The doors of the feeds.
pub fn router() -> Router<App> {
    Router::new().route("/feeds/{lang}/dates.ics", get(calendar::dates)).route("/feeds/{lang}/{*about}", get(feed))
}

struct Item<'c> {
    change: &'c Change,
    title: &'c str,
    text: &'c str,
    href: String,
    /// The tag URI of the change: a name that never moves with the address of the site.
    id: String,
}

#[derive(Template)]
#[template(path = "atom.xml")]
struct Atom<'c> {
    lang: &'static str,
    title: String,
    site: String,
    own: String,
    id: String,
    updated: Day,
    items: &'c [Item<'c>],
}

#[derive(Serialize)]
struct JsonFeed<'c> {
    version: &'static str,
    title: &'c str,
    home_page_url: &'c str,
    feed_url: &'c str,
    language: &'static str,
    items: Vec<JsonItem<'c>>,
}

#[derive(Serialize)]
struct JsonItem<'c> {
    id: &'c str,
    url: &'c str,
    title: &'c str,
    content_text: &'c str,
    date_published: String,
    tags: Vec<&'c str>,
}

/// The language in the address of a feed.
pub(super) fn language(name: &str) -> Result<Lang, Problem> {
    match name {
        "zh" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Problem {
    let name = shown(name);
    Problem::missing("unknown_feed", format!("没有订阅源“{name}”。"), format!("There is no feed “{name}”."))
}

/// Tells whether a change belongs into a feed.
type Wanted = Box<dyn Fn(&Change) -> bool>;

/// Which changes a feed is about, and what it is called.
fn about(app: &App, name: &str) -> Result<(Bilingual, Wanted), Problem> {
    let parts: Vec<&str> = name.splitn(3, '/').collect();
    let all = Bilingual::new("出口管制变动", "Changes of export control");
    Ok(match parts.as_slice() {
        ["all"] => (all, Box::new(|_| true)),
        ["list", id] => {
            let list = app.book.list(id).ok_or_else(|| unknown(name))?;
            let id = (*id).to_owned();
            (list.head.name.clone(), Box::new(move |c| c.list.as_deref() == Some(&id)))
        }
        ["division", id, shelf] => {
            let list = app.book.list(id).ok_or_else(|| unknown(name))?;
            let known =
                list.history.versions().iter().map(|v| crate::views::group::of(list, v)).find(|g| g.id == *shelf);
            let group = known.ok_or_else(|| unknown(name))?;
            let title = Bilingual::new(
                format!("{}：{}", list.head.short.zh, group.name.zh),
                format!("{}: {}", list.head.short.en, group.name.en),
            );
            let (id, shelf) = ((*id).to_owned(), (*shelf).to_owned());
            (title, Box::new(move |c| c.list.as_deref() == Some(&id) && c.division.as_deref() == Some(&shelf)))
        }
        ["entry", ..] => {
            let code = name.strip_prefix("entry/").unwrap_or_default();
            let view = crate::views::entry::view(&app.book, code, app.today())?;
            let codes: std::collections::BTreeSet<String> = view.codes.into_iter().collect();
            let title =
                Bilingual::new(format!("{code} {}", view.entry.name.zh), format!("{code} {}", view.entry.name.en));
            (title, Box::new(move |c| c.codes.iter().any(|named| crate::views::related::concerns(named, &codes))))
        }
        ["country", code] => {
            let country = app.book.countries.get(*code).ok_or_else(|| unknown(name))?;
            let code = country.code.clone();
            let title =
                Bilingual::new(format!("{}：{}", all.zh, country.name.zh), format!("{}: {}", all.en, country.name.en));
            (title, Box::new(move |c| c.countries.contains(&code)))
        }
        _ => return Err(unknown(name)),
    })
}

async fn feed(State(app): State<App>, Path((lang, name)): Path<(String, String)>) -> Result<Response, Problem> {
    let language = language(&lang)?;
    let (name, form) = name.rsplit_once('.').ok_or_else(|| unknown(&name))?;
    let (title, wanted) = about(&app, name)?;
    let base = &app.config.base_url;
    let own = format!("{base}/feeds/{lang}/{}.{form}", crate::views::escaped(name));
    let site = format!("{base}/{lang}");
    let today = app.today();
    let items: Vec<Item<'_>> = app
        .changes
        .iter()
        .rev()
        .filter(|c| c.day <= today && wanted(c))
        .take(MOST)
        .map(|change| Item {
            change,
            title: change.title.get(language),
            text: change.text.get(language),
            href: format!("{base}/{lang}{}", change.path),
            id: tag(&change.id),
        })
        .collect();
    let title = format!("{} · {}", title.get(language), if language == Lang::Zh { "玉门" } else { "Yumen" });
    // Where nothing changed yet, the law itself says when it was last looked at.
    let recorded = app.book.recorded.map_or(today, |(_, last)| last);
    let updated = items.first().map_or(recorded, |i| i.change.day);
    let (kind, body) = match form {
        "atom" => {
            let lang = if language == Lang::Zh { "zh-Hans" } else { "en" };
            let feed = Atom {
                lang,
                title,
                site,
                id: tag(&format!("{lang}-{}", name.replace('/', "-"))),
                own,
                updated,
                items: &items,
            };
            ("application/atom+xml; charset=utf-8", feed.render().map_err(|e| Problem::internal(&e))?)
        }
        "json" => {
            let feed = JsonFeed {
                version: "https://jsonfeed.org/version/1.1",
                title: &title,
                home_page_url: &site,
                feed_url: &own,
                language: if language == Lang::Zh { "zh-Hans" } else { "en" },
                items: items
                    .iter()
                    .map(|i| JsonItem {
                        id: &i.id,
                        url: &i.href,
                        title: i.title,
                        content_text: i.text,
                        date_published: format!("{}T00:00:00+08:00", i.change.day),
                        tags: vec![&i.change.kind],
                    })
                    .collect(),
            };
            (
                "application/feed+json; charset=utf-8",
                serde_json::to_string_pretty(&feed).map_err(|e| Problem::internal(&e))?,
            )
        }
        _ => return Err(unknown(name)),
    };
    Ok(([(header::CONTENT_TYPE, kind)], body).into_response())
}

/// A tag URI (RFC 4151). Signs that such a URI cannot hold are written in percent signs.
fn tag(name: &str) -> String {
    format!("tag:yumen,2026:{}", crate::views::escaped(name))
}
