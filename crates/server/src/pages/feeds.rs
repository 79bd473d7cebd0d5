//! The page that tells what can be subscribed to.

use askama::Template;

use super::{Shown, show};
use crate::views::list;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "feeds.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    feeds: Vec<(String, String)>,
    webcal: String,
}

/// The feeds.
pub async fn page(v: Visit) -> Shown {
    let mut feeds = Vec::new();
    for found in v.book().lists.values() {
        feeds.push((format!("list/{}", found.head.id), v.say(&found.head.short).to_owned()));
        let mut shelves: Vec<(String, String)> = list::entries(v.book(), found, v.day)
            .into_iter()
            .filter(|e| e.division != "-")
            .map(|e| {
                (
                    e.division.clone(),
                    format!("{} · {} {}", v.say(&found.head.short), e.division, v.say(&e.division_name)),
                )
            })
            .collect();
        shelves.sort();
        shelves.dedup();
        feeds.extend(shelves.into_iter().map(|(id, name)| (format!("division/{}/{id}", found.head.id), name)));
    }
    let mut countries: Vec<&String> = v.app.changes.iter().flat_map(|c| &c.countries).collect();
    countries.sort();
    countries.dedup();
    for code in countries {
        let name = v.book().countries.get(code).map_or_else(|| code.clone(), |c| v.say(&c.name).to_owned());
        feeds.push((format!("country/{code}"), name));
    }
    let base = &v.app.config.base_url;
    let host = base.split_once("://").map_or(base.as_str(), |(_, host)| host);
    let webcal = format!("webcal://{host}/feeds/{}/dates.ics", v.code());
    show(&Page { v: &v, section: "feeds", feeds, webcal })
}
