//! The home page: one large question, today's law in short.

use askama::Template;

use super::{Shown, show};
use crate::views::today::{self, TodayView};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "home.html")]
struct Page<'p> {
    v: &'p Visit,
    section: &'static str,
    today: TodayView,
    examples: Vec<(&'static str, &'static str)>,
}

/// The home page.
pub async fn page(v: Visit) -> Shown {
    let today = today::view(v.book(), &v.app.changes, v.day);
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
    show(&Page { v: &v, section: "home", today, examples })
}
