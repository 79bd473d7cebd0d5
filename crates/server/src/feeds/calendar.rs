//! Dates that matter, for a calendar: entries into force, ends of suspensions, closings of consultations, published holidays.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use icalendar::{Calendar, Component as _, Event};
use yumen_lawbook::calendar::DayKind;
use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::{Bilingual, Day, Lang};

use super::language;
use crate::platform::App;
use crate::problem::Problem;

/// How far back the calendar reaches, in days.
const BACK: i32 = 400;

struct Date {
    id: String,
    from: Day,
    /// The day after the last.
    to: Day,
    title: Bilingual,
    text: Bilingual,
    path: String,
}

/// The calendar.
pub async fn dates(State(app): State<App>, Path(lang): Path<String>) -> Result<Response, Problem> {
    let language = language(&lang)?;
    let since = app.today().plus_days(-BACK);
    let mut dates = changes(&app, since);
    dates.extend(ends(&app, since));
    dates.extend(holidays(&app, since));
    dates.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    let name = if language == Lang::Zh { "出口管制日期 · 玉门" } else { "Export control dates · Yumen" };
    let mut calendar = Calendar::new();
    calendar.name(name);
    let stamp = format!("{}T000000Z", compact(app.book.recorded.map_or(Day::MIN, |(_, last)| last)));
    for date in dates {
        let mut event = Event::new();
        event
            .uid(&format!("{}@yumen", date.id))
            .summary(date.title.get(language))
            .description(date.text.get(language))
            // The law book's own day, so that the same book gives the same bytes.
            .add_property("DTSTAMP", &stamp)
            .url(&format!("{}/{lang}{}", app.config.base_url, date.path));
        event.append_property(
            icalendar::Property::new("DTSTART", compact(date.from)).append_parameter(icalendar::ValueType::Date).done(),
        );
        event.append_property(
            icalendar::Property::new("DTEND", compact(date.to)).append_parameter(icalendar::ValueType::Date).done(),
        );
        calendar.push(event.done());
    }
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], calendar.done().to_string()).into_response())
}

fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// Entries into force and closings of consultations, one a day and instrument.
fn changes(app: &App, since: Day) -> Vec<Date> {
    let matters = ["instrument", "comments", "status"];
    let mut dates: Vec<Date> = app
        .changes
        .iter()
        .filter(|c| c.day >= since && matters.contains(&c.kind.as_str()))
        .map(|c| Date {
            id: c.id.clone(),
            from: c.day,
            to: c.day.next(),
            title: c.title.clone(),
            text: c.text.clone(),
            path: c.path.clone(),
        })
        .collect();
    dates.dedup_by(|a, b| a.from == b.from && a.title == b.title);
    dates
}

/// Last days of suspensions, one for every measure and day.
fn ends(app: &App, since: Day) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    for measure in app.book.measures.values() {
        for stretch in measure.clause.iter().flat_map(|c| &c.history) {
            let Some(until) = stretch.until.filter(|u| stretch.status == ClauseStatus::Suspended && *u >= since) else {
                continue;
            };
            let id = format!("suspension-ends-{}-{until}", measure.id);
            if dates.iter().any(|d| d.id == id) {
                continue;
            }
            let short = app.book.instruments.get(&measure.instrument).map(|i| i.short.clone()).unwrap_or_default();
            dates.push(Date {
                id,
                from: until,
                to: until.next(),
                title: Bilingual::new(
                    format!("暂停实施的最后一日：{}", measure.name.zh),
                    format!("Last day of suspension: {}", measure.name.en),
                ),
                text: short,
                path: crate::views::instrument_path(measure.instrument.as_str()),
            });
        }
    }
    dates
}

/// Runs of published holidays.
fn holidays(app: &App, since: Day) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    let Some((_, last)) = app.book.calendar.span() else { return dates };
    let mut day = since;
    while day.year() <= last && day < Day::MAX {
        if let Ok(DayKind::Holiday(name)) = app.book.calendar.kind(day) {
            match dates.last_mut() {
                Some(run) if run.to == day && run.title.zh == name => run.to = day.next(),
                _ => dates.push(Date {
                    id: format!("holiday-{day}"),
                    from: day,
                    to: day.next(),
                    title: Bilingual::new(
                        name.clone(),
                        format!("Chinese holiday: {}", crate::views::clock::holiday(&name)),
                    ),
                    text: Bilingual::new(
                        "已公布的节假日，不计入工作日期限。",
                        "A published holiday: not counted in periods of working days.",
                    ),
                    path: "/clock".to_owned(),
                }),
            }
        }
        day = day.next();
    }
    dates
}
