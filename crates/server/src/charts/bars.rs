//! Histories of clauses as bars on one line of time: in force, suspended, lapsed.

use std::fmt::Write as _;

use yumen_lawbook::{Day, Lang};

use super::{Axis, escape, wrap};

const WIDTH: f64 = 960.0;
const NAMES: f64 = 300.0;
const ROW: f64 = 34.0;

/// One line: a name with its stretches (class, first day, last day).
pub struct Bar {
    /// What the line is called.
    pub name: String,
    /// Class, first day, last day, what it says.
    pub stretches: Vec<(String, Day, Option<Day>, String)>,
}

/// Bars between two days, with today drawn through them.
pub fn bars(rows: &[Bar], from: Day, to: Day, day: Day, lang: Lang, label: &str) -> String {
    #[expect(clippy::cast_precision_loss, reason = "some dozens of rows")]
    let height = rows.len() as f64 * ROW + 44.0;
    let axis = Axis::new(from, to, NAMES, WIDTH - 6.0);
    let mut out = format!(
        "<svg class=\"bars\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">",
        escape(label)
    );
    for year in from.year()..=to.year() {
        for month in [1_i8, 7] {
            let Some(first) = Day::new(year, month, 1).filter(|d| from <= *d && *d <= to) else { continue };
            let x = axis.at(first);
            let _ = write!(out, "<path class=\"rule\" d=\"M{x:.1} 20V{:.1}\"/>", height - 22.0);
            let _ = write!(out, "<text class=\"soft\" x=\"{x:.1}\" y=\"14\">{year}-{month:02}</text>");
        }
    }
    let mut y = 24.0;
    for row in rows {
        for (index, line) in wrap(&row.name, 44, 2).iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "one or two lines")]
            let at = y + 12.0 + index as f64 * 14.0;
            let _ = write!(out, "<text x=\"0\" y=\"{at:.1}\">{}</text>", escape(line));
        }
        for (class, begin, end, says) in &row.stretches {
            let (left, right) = (axis.at(*begin), end.map_or(WIDTH - 6.0, |e| axis.at(e.next())));
            if right <= left {
                continue;
            }
            let _ = write!(
                out,
                "<rect class=\"bar {}\" x=\"{left:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"18\"><title>{}</title></rect>",
                escape(class),
                (right - left - 1.0).max(2.0),
                escape(says)
            );
        }
        y += ROW;
    }
    let at = axis.at(day);
    let word = match lang {
        Lang::Zh => format!("所查之日 {day}"),
        Lang::En => format!("law as of {day}"),
    };
    let _ = write!(
        out,
        "<path class=\"now\" d=\"M{at:.1} 18V{:.1}\"/><text class=\"now\" text-anchor=\"end\" x=\"{:.1}\" y=\"{:.1}\">{word}</text></svg>",
        height - 20.0,
        at.max(NAMES + 120.0),
        height - 6.0
    );
    out
}
