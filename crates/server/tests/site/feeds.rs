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
