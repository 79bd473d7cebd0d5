//! Histories of clauses as bars on one line of time: in force, suspended, lapsed.
//!
//! Places are percentages and heights are pixels, so that a narrow window squeezes the time and never the letters.

use std::fmt::Write as _;

use yumen_lawbook::{Day, Lang};

use super::{Axis, escape};

/// One line: a name with its stretches.
pub struct Bar {
    /// What the line is called.
    pub name: String,
    /// Class, first day, last day, what it says.
    pub stretches: Vec<(String, Day, Option<Day>, String)>,
}

/// Most marks on the line of time: each needs room for a month on a telephone.
const MOST_TICKS: i32 = 5;

/// Bars between two days, with the day of the law drawn through them.
pub fn bars(rows: &[Bar], from: Day, to: Day, day: Day, lang: Lang, label: &str) -> String {
    let axis = Axis::new(from, to, 0.0, 100.0);
    let ticks = ticks(from, to);
    let mut out = format!(
        "<figure class=\"timeline\" role=\"img\" aria-label=\"{}\"><svg class=\"ticks\" width=\"100%\" height=\"18\">",
        escape(label)
    );
    for tick in &ticks {
        let x = axis.at(*tick);
        if x < 88.0 {
            let _ =
                write!(out, "<text class=\"soft\" x=\"{x:.1}%\" y=\"13\">{}-{:02}</text>", tick.year(), tick.month());
        }
    }
    out.push_str("</svg>");
    for row in rows {
        let _ = write!(
            out,
            "<p class=\"bar-name\">{}</p><svg class=\"bar-row\" width=\"100%\" height=\"18\">",
            escape(&row.name)
        );
        for x in ticks.iter().map(|t| axis.at(*t)) {
            let _ = write!(out, "<line class=\"rule\" x1=\"{x:.1}%\" x2=\"{x:.1}%\" y1=\"0\" y2=\"18\"/>");
        }
        for (class, begin, end, says) in &row.stretches {
            let (left, right) = (axis.at(*begin), end.map_or(100.0, |e| axis.at(e.next())));
            if right > left {
                let _ = write!(
                    out,
                    "<rect class=\"bar {}\" x=\"{left:.2}%\" y=\"2\" width=\"{:.2}%\" height=\"14\"><title>{}</title></rect>",
                    escape(class),
                    (right - left).max(0.4),
                    escape(says)
                );
            }
        }
        let at = axis.at(day);
        let _ = write!(out, "<line class=\"now\" x1=\"{at:.1}%\" x2=\"{at:.1}%\" y1=\"0\" y2=\"18\"/></svg>");
    }
    let _ =
        write!(out, "<svg class=\"ticks\" width=\"100%\" height=\"18\">{}</svg></figure>", now(&axis, day, lang, 13));
    out
}

/// The words at the day of the law, on the side where there is room.
pub(super) fn now(axis: &Axis, day: Day, lang: Lang, y: i32) -> String {
    let at = axis.at(day);
    let word = match lang {
        Lang::Zh => format!("所查之日 {day}"),
        Lang::En => format!("law as of {day}"),
    };
    let anchor = if at > 50.0 { "end" } else { "start" };
    format!("<text class=\"now\" text-anchor=\"{anchor}\" x=\"{at:.1}%\" y=\"{y}\">{word}</text>")
}

/// First days of months at which the time is marked: few enough to be read, however long it is.
fn ticks(from: Day, to: Day) -> Vec<Day> {
    let months = (i32::from(to.year()) - i32::from(from.year())) * 12 + i32::from(to.month()) - i32::from(from.month());
    let step =
        [3, 6, 12, 24, 60, 120].into_iter().find(|step| months / step <= MOST_TICKS).unwrap_or(months / MOST_TICKS);
    let first = Day::new(from.year(), 1, 1);
    let all = std::iter::successors(first, |d| Some(d.plus_months(step)).filter(|next| next > d && *next <= to));
    all.filter(|d| *d >= from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_long_time_has_few_marks() {
        for (from, to) in [("2025-10-01", "2026-11-27"), ("2002-01-01", "2028-11-27"), ("0001-01-01", "9999-12-31")] {
            let ticks = ticks(day(from), day(to));
            assert!(ticks.len() <= 8, "{from} to {to}: {}", ticks.len());
        }
        assert!(ticks(day("2002-01-01"), day("2028-11-27")).len() <= 7);
    }

    #[test]
    fn a_bar_ends_where_the_next_begins() {
        let rows = [Bar {
            name: "A".to_owned(),
            stretches: vec![
                ("in_force".to_owned(), day("2025-01-01"), Some(day("2025-12-31")), String::new()),
                ("suspended".to_owned(), day("2026-01-01"), None, String::new()),
            ],
        }];
        let drawn = bars(&rows, day("2025-01-01"), day("2027-01-01"), day("2026-06-01"), Lang::En, "x");
        assert!(drawn.contains("class=\"bar in_force\" x=\"0.00%\" y=\"2\" width=\"50.0"), "{drawn}");
        assert!(drawn.contains("law as of 2026-06-01") && !drawn.contains("style="));
    }
}
