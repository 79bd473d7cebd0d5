//! The life of an entry as a line of bars: one for every version, with its code and first day.

use std::fmt::Write as _;

use yumen_lawbook::{Day, Lang};

use super::{Axis, escape};
use crate::views::entry::VersionView;

const WIDTH: f64 = 880.0;

/// The versions of an entry between its first day and today.
pub fn life(versions: &[VersionView], day: Day, today: Day, lang: Lang, label: &str) -> String {
    let lived: Vec<&VersionView> = versions.iter().filter(|v| !v.draft).collect();
    let Some(first) = lived.iter().map(|v| v.from).min() else { return String::new() };
    let last = lived.iter().map(|v| v.from.plus_days(200)).max().unwrap_or(today).max(today.plus_days(60)).max(day);
    let axis = Axis::new(first, last, 6.0, WIDTH - 6.0);
    let mut out = format!(
        "<svg class=\"life\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {WIDTH} 104\" width=\"{WIDTH}\" height=\"104\">",
        escape(label)
    );
    let _ = write!(out, "<path class=\"rule\" d=\"M6 52H{}\"/>", WIDTH - 6.0);
    let mut after_name = 0.0;
    let mut after_day = 0.0;
    for v in lived {
        let from = axis.at(v.from);
        let to = v.until.map_or(WIDTH - 6.0, |u| axis.at(u));
        let class = match v.status.as_str() {
            "suspended" => "suspended",
            "lapsed_unconfirmed" => "lapsed",
            "ended" | "superseded" | "fate_unknown" => "past",
            "scheduled" | "not_yet" => "later",
            _ => v.control.as_str(),
        };
        let name = if v.code.starts_with("uncoded:") {
            match lang {
                Lang::Zh => "编号未见",
                Lang::En => "number not seen",
            }
            .to_owned()
        } else {
            v.code.clone()
        };
        let _ = write!(
            out,
            "<rect class=\"bar {class}\" x=\"{from:.1}\" y=\"45\" width=\"{:.1}\" height=\"14\"/>",
            (to - from - 2.0).max(3.0)
        );
        // Names of short versions would lie over each other: each begins where there is room, or is left to the table.
        #[expect(clippy::cast_precision_loss, reason = "some dozens of letters")]
        let room = super::width(&name) as f64 * 7.2 + 10.0;
        if from >= after_name && from + room < WIDTH + 4.0 {
            let _ = write!(out, "<text class=\"code\" x=\"{from:.1}\" y=\"34\">{}</text>", escape(&name));
            after_name = from + room;
        }
        if from >= after_day && from + 76.0 < WIDTH {
            let _ = write!(out, "<text class=\"soft\" x=\"{from:.1}\" y=\"80\">{}</text>", v.from);
            after_day = from + 84.0;
        }
    }
    let at = axis.at(day);
    let word = match lang {
        Lang::Zh => format!("所查之日 {day}"),
        Lang::En => format!("law as of {day}"),
    };
    let anchor = if at > WIDTH / 2.0 { "end" } else { "start" };
    let _ = write!(
        out,
        "<path class=\"now\" d=\"M{at:.1} 40V88\"/><text class=\"now\" text-anchor=\"{anchor}\" x=\"{at:.1}\" y=\"100\">{word}</text></svg>"
    );
    out
}
