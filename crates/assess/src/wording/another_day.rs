//! What is said of a thing that stood, or will stand, in the law on another day.

use yumen_lawbook::{Bilingual, Book, Day, Standing};

use super::{both, named};
use crate::finding::Finding;

pub fn at_another_time(book: &Book, finding: &Finding<'_>, day: Day) -> Bilingual {
    let n = named(finding);
    let by = |id: &yumen_lawbook::id::InstrumentId| {
        book.cite(&yumen_lawbook::instrument::Citation { instrument: id.clone(), place: String::new() }, day)
    };
    match &finding.standing {
        Standing::Ended { last, by: id } => {
            let act = by(id);
            both(
                format!("{}曾列入，{last} 为最后一日，已由{}删除。", n.zh, act.zh),
                format!("{} was listed until {last} and was removed by {}.", n.en, act.en),
            )
        }
        Standing::NotYet { from } if finding.life_listed => {
            let act = by(&finding.version.instrument);
            both(
                format!(
                    "{}由{}自 {from} 起新增；{day} 的文本中没有记载这一要点，而该条目当时的其他要点本书没有。",
                    n.zh, act.zh
                ),
                format!(
                    "{} was added by {} from {from}; the text of {day} as recorded does not have this point, and the other points of the entry on that day are not recorded.",
                    n.en, act.en
                ),
            )
        }
        Standing::NotYet { from } => {
            let act = by(&finding.version.instrument);
            both(
                format!("{}由{}自 {from} 起才列入，{day} 尚未列入。", n.zh, act.zh),
                format!("{} was listed by {} only from {from}; not yet on {day}.", n.en, act.en),
            )
        }
        Standing::FateUnknown { last, by: id } => {
            let act = by(id);
            both(
                format!("{}列入至 {last}；{}重新发布目录，是否保留，本书没有记载：请对照官方文本。", n.zh, act.zh),
                format!(
                    "{} was listed until {last}; {} issued the list anew, and whether it kept this is not recorded: check the official text.",
                    n.en, act.en
                ),
            )
        }
        Standing::Superseded { last } if finding.life_listed => both(
            format!(
                "{}的这一文字有效至 {last}；该条目仍在，但现行文字是否包含此点，本书没有记载：请对照官方文本。",
                n.zh
            ),
            format!(
                "{} read so until {last}; the entry is still there, but whether its present text has this point is not recorded: check the official text.",
                n.en
            ),
        ),
        Standing::Draft => both(
            format!("{}只见于征求意见稿，草案没有法律效力，最终文本未见此项。", n.zh),
            format!("{} appears only in a draft, which is not law; the final text as recorded does not have it.", n.en),
        ),
        other => {
            let label = other.label();
            both(format!("{}：{}。", n.zh, label.zh), format!("{}: {}.", n.en, label.en))
        }
    }
}
