//! Feeds and the calendar.

use axum::http::{StatusCode, header};

use crate::support::Site;

#[tokio::test]
async fn feeds_of_every_kind_hold_their_changes() {
    let site = Site::new().await;
    for about in ["all", "list/dual-use", "entry/086501X", "division/technology/65", "country/US"] {
        for lang in ["zh", "en"] {
            let atom = site.get(&format!("/feeds/{lang}/{about}.atom")).await;
            assert_eq!(atom.status, StatusCode::OK, "{about}");
            assert!(atom.header(header::CONTENT_TYPE).starts_with("application/atom+xml"));
            assert!(
                atom.text.starts_with("<?xml") && atom.text.contains("<entry>") && atom.text.contains("<updated>"),
                "{about}"
            );
            let json = site.get(&format!("/feeds/{lang}/{about}.json")).await.json();
            assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
            let ids: Vec<&str> = json["items"].as_array().unwrap().iter().filter_map(|i| i["id"].as_str()).collect();
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(ids.len(), once.len(), "{about}: an id stands twice");
        }
    }
    let life = site.get("/feeds/en/entry/056101X.atom").await.text;
    assert!(life.contains("Renumbered: 056101X → 086501X"), "{life}");
    for wrong in [
        "/feeds/zh/none.atom",
        "/feeds/fr/all.atom",
        "/feeds/zh/all.rss",
        "/feeds/zh/entry/9Z1.atom",
        "/feeds/zh/country/XX.atom",
    ] {
        assert_eq!(site.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

/// The day between two tags.
fn updated(atom: &str) -> Option<&str> {
    atom.split("<updated>").nth(1)?.split('T').next()
}

#[tokio::test]
async fn a_feed_without_a_change_is_as_old_as_the_law_data() {
    let site = Site::new().await;
    let countries = site.get("/api/v1/countries").await.json();
    let codes = countries.as_array().unwrap().iter().filter_map(|c| c["code"].as_str()).map(|c| format!("country/{c}"));
    let entries = site.get("/api/v1/lists/dual-use/entries?limit=500").await.json();
    let entries = entries["items"].as_array().unwrap().clone();
    let entries = entries.iter().filter_map(|e| e["code"].as_str()).map(|c| format!("entry/{c}"));
    let mut still = 0;
    for about in codes.chain(entries.step_by(7)) {
        let atom = site.get(&format!("/feeds/en/{about}.atom")).await.text;
        let day = updated(&atom).unwrap().to_owned();
        assert!(day.as_str() > "2000-01-01" && day.as_str() <= "2026-12-31", "{about}: {day}");
        still += usize::from(!atom.contains("<entry>"));
    }
    assert!(still > 0, "one of them has no change");
}

#[tokio::test]
async fn the_texts_of_feeds_are_set_without_double_blanks() {
    let site = Site::new().await;
    for path in ["/api/v1/changes?limit=500", "/api/v1/changes?kind=status&limit=500"] {
        for change in site.get(path).await.json()["items"].as_array().unwrap() {
            for text in ["/title/zh", "/title/en", "/text/zh", "/text/en"] {
                let text = change.pointer(text).and_then(serde_json::Value::as_str).unwrap();
                let odd = ["  ", " :", " ：", "( ", " )", " ."].into_iter().find(|odd| text.contains(odd));
                assert_eq!(odd, None, "{text}");
            }
        }
    }
}

#[tokio::test]
async fn the_calendar_holds_the_dates_that_matter() {
    let site = Site::new().await;
    let calendar = site.get("/feeds/en/dates.ics").await;
    assert!(calendar.header(header::CONTENT_TYPE).starts_with("text/calendar"));
    let unfolded = calendar.text.replace("\r\n ", "");
    assert!(unfolded.starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), unfolded.matches("END:VEVENT").count());
    for line in
        ["DTSTART;VALUE=DATE:20261110", "SUMMARY:Last day of suspension: lithium batteries", "holiday-2026-10-01"]
    {
        assert!(unfolded.contains(line), "{line}");
    }
    for line in calendar.text.split("\r\n") {
        assert!(line.len() <= 75, "a line of {} bytes", line.len());
    }
}
