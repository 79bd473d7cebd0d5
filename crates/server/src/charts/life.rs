//! The life of an entry as a line of bars: one for every version, with its code above and its first day below.

use std::fmt::Write as _;

use yumen_lawbook::{Day, Lang};

use super::{Axis, bars::now, escape};
use crate::views::entry::VersionView;

/// The widths, in pixels, for which names are set so that none lies over the next: a telephone, a page.
const NARROW: f64 = 330.0;
const WIDE: f64 = 860.0;

/// Where the next name may begin, in pixels, on a narrow and on a wide page.
#[derive(Default)]
struct Free {
    narrow: f64,
    wide: f64,
}

impl Free {
    /// The class of a name that begins at a share of the line and needs so much room; `None` where there is none on either page.
    fn class(&mut self, share: f64, room: f64) -> Option<&'static str> {
        let fits = |free: &mut f64, width: f64| {
            let at = share / 100.0 * width;
            let fits = at >= *free && at + room <= width + 4.0;
            if fits {
                *free = at + room;
            }
            fits
        };
        let (narrow, wide) = (fits(&mut self.narrow, NARROW), fits(&mut self.wide, WIDE));
        match (narrow, wide) {
            (true, true) => Some(""),
            (true, false) => Some(" narrow-only"),
            (false, true) => Some(" wide-only"),
            (false, false) => None,
        }
    }
}

/// The versions of an entry between its first day and today.
pub fn life(versions: &[VersionView], day: Day, today: Day, lang: Lang, label: &str) -> String {
    let lived: Vec<&VersionView> = versions.iter().filter(|v| !v.draft).collect();
    let Some(first) = lived.iter().map(|v| v.from).min() else { return String::new() };
    let last = lived.iter().map(|v| v.from.plus_days(200)).max().unwrap_or(today).max(today.plus_days(60)).max(day);
    let axis = Axis::new(first, last, 0.0, 100.0);
    let mut out = format!(
        "<svg class=\"life\" role=\"img\" aria-label=\"{}\" width=\"100%\" height=\"92\"><line class=\"rule\" x1=\"0\" x2=\"100%\" y1=\"39\" y2=\"39\"/>",
        escape(label)
    );
    let (mut names, mut days) = (Free::default(), Free::default());
    for v in lived {
        let from = axis.at(v.from);
        let to = v.until.map_or(100.0, |u| axis.at(u));
        let _ = write!(
            out,
            "<rect class=\"bar {}\" x=\"{from:.2}%\" y=\"32\" width=\"{:.2}%\" height=\"14\"/>",
            class(v),
            (to - from - 0.25).max(0.4)
        );
        let name = match (crate::views::shown_code(&v.code), lang) {
            (Some(code), _) => code,
            (None, Lang::Zh) => "编号未见",
            (None, Lang::En) => "not seen",
        };
        #[expect(clippy::cast_precision_loss, reason = "some dozens of letters")]
        let room = super::width(name) as f64 * 7.4 + 10.0;
        if let Some(class) = names.class(from, room) {
            let _ = write!(out, "<text class=\"code{class}\" x=\"{from:.2}%\" y=\"22\">{}</text>", escape(name));
        }
        if let Some(class) = days.class(from, 82.0) {
            let _ = write!(out, "<text class=\"soft{class}\" x=\"{from:.2}%\" y=\"64\">{}</text>", v.from);
        }
    }
    let at = axis.at(day);
    let _ = write!(
        out,
        "<line class=\"now\" x1=\"{at:.2}%\" x2=\"{at:.2}%\" y1=\"26\" y2=\"72\"/>{}</svg>",
        now(&axis, day, lang, 86)
    );
    out
}

fn class(v: &VersionView) -> &str {
    match v.status.as_str() {
        "suspended" => "suspended",
        "lapsed_unconfirmed" => "lapsed_unconfirmed",
        "ended" | "superseded" | "fate_unknown" => "past",
        "scheduled" | "not_yet" => "scheduled",
        _ => v.control.as_str(),
    }
}
