//! The home page: one large question, today's law in short.

use askama::Template;
use yumen_lawbook::{Bilingual, Day};

use super::{Shown, show};
use crate::views::changes::Change;
use crate::views::measure::ClauseView;
use crate::views::today::{self, TodayView};
use crate::visit::Visit;

/// How near a day must be to stand among what comes first.
const NEAR: i32 = 30;
/// Most lines of what changed.
const MOST_CHANGES: usize = 20;

/// The clauses of one notice that stand alike, as one line.
struct NoticeLine {
    status: String,
    status_label: Bilingual,
    from: Option<Day>,
    until: Option<Day>,
    cite: Bilingual,
    path: String,
    /// What the first of them says.
    text: Bilingual,
    /// How many more there are.
    more: usize,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    examples: Vec<(&'static str, &'static str)>,
    /// Suspensions that end within a month.
    ending: Vec<NoticeLine>,
    /// Suspensions that ran out without a word.
    unconfirmed: Vec<NoticeLine>,
    /// Suspensions that go on.
    suspended: Vec<NoticeLine>,
    drafts: Vec<crate::views::instrument::InstrumentLine>,
    coming: Vec<Change>,
    changed: Vec<Change>,
}

/// The home page.
pub async fn page(v: Visit) -> Shown {
    let TodayView { changed, coming, suspensions, drafts, .. } = today::view(v.book(), &v.app.changes, v.day);
    let near = |c: &ClauseView| c.until.is_some_and(|until| until <= v.day.plus_days(NEAR));
    let (lapsed, running): (Vec<_>, Vec<_>) =
        suspensions.into_iter().partition(|c| c.status.as_deref() == Some("lapsed_unconfirmed"));
    let (ending, suspended): (Vec<_>, Vec<_>) = running.into_iter().partition(near);
    // What stands above is not told a second time below.
    let lapses = |c: &Change| c.kind == "status" && lapsed.iter().any(|l| l.from == Some(c.day));
    let changed = changed.into_iter().filter(|c| !lapses(c)).take(MOST_CHANGES).collect();
    let examples = match v.lang {
        yumen_lawbook::Lang::Zh => vec![
            ("向美国公司转让短视频个性化推荐算法的源代码", "2020-09-15"),
            ("人造石墨块，纯度99.95%，抗折强度45MPa", ""),
            ("含镝3%的烧结钕铁硼磁体，运往日本", ""),
        ],
        yumen_lawbook::Lang::En => vec![
            ("Transfer of the source code of a short-video recommendation algorithm to a US company", "2020-09-15"),
            ("Artificial graphite block, purity 99.95 %, flexural strength 45 MPa", ""),
            ("Sintered NdFeB magnet with 3 % dysprosium to Japan", ""),
        ],
    };
    show(&Page {
        v: &v,
        section: "home",
        examples,
        ending: by_notice(&ending),
        unconfirmed: by_notice(&lapsed),
        suspended: by_notice(&suspended),
        drafts,
        coming,
        changed,
    })
}

/// One line for the clauses of a notice that stand alike since the same day.
fn by_notice(clauses: &[ClauseView]) -> Vec<NoticeLine> {
    let mut lines: Vec<NoticeLine> = Vec::new();
    let mut of: Vec<(&str, Option<Day>, Option<Day>)> = Vec::new();
    for c in clauses {
        let key = (c.measure.as_str(), c.from, c.until);
        if let Some(place) = of.iter().position(|k| *k == key) {
            lines[place].more += 1;
            continue;
        }
        of.push(key);
        lines.push(NoticeLine {
            status: c.status.clone().unwrap_or_default(),
            status_label: c.status_label.clone(),
            from: c.from,
            until: c.until,
            cite: c.cite.cite.clone(),
            path: c.cite.path(),
            text: c.text.clone(),
            more: 0,
        });
    }
    lines
}
