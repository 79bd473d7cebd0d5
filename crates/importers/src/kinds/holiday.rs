//! The State Council's notice of the holidays of a year: days off and make-up days.

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, separated};
use winnow::token::{one_of, take_till, take_while};
use yumen_lawbook::{Bilingual, Day};

use super::{Importer, Parts, Piece, Unread, What};
use crate::flow::{Flow, Place};
use crate::grammar::days::{month_day, year};
use crate::grammar::frame::Frame;
use crate::grammar::numbering;
use crate::grammar::{Input, finds};

pub(super) fn importer() -> Importer {
    Importer {
        id: "holiday",
        name: Bilingual::new("节假日安排通知", "holiday notice"),
        about: Bilingual::new("放假日期、调休上班日期", "days off and make-up working days"),
        alone: true,
        read,
    }
}

fn weekday(input: &mut Input<'_>) -> winnow::Result<()> {
    let inside = preceded(one_of(['（', '(']), (take_till(1..=10, ['）', ')']), one_of(['）', ')']))).void();
    opt(inside).void().parse_next(input)
}

type MonthDay = (Option<i16>, i8, i8);

fn dated(input: &mut Input<'_>) -> winnow::Result<MonthDay> {
    (opt(year), month_day, weekday).map(|(y, (m, d), ())| (y, m, d)).parse_next(input)
}

/// `1月1日（周四）至3日（周六）放假`.
fn off(input: &mut Input<'_>) -> winnow::Result<(MonthDay, MonthDay)> {
    let bare =
        (take_while(1..=2, |c: char| c.is_ascii_digit()).try_map(str::parse::<i8>), "日", weekday).map(|(d, _, ())| d);
    let until = preceded(
        alt(("至", "—", "-", "到")),
        alt((dated.map(|(y, m, d)| (y, Some(m), d)), bare.map(|d| (None, None, d)))),
    );
    (dated, opt(until), take_while(0..=1, '，'), alt(("放假", "休息")))
        .map(|(from, until, ..)| {
            let (y, m, d) = until.unwrap_or((from.0, Some(from.1), from.2));
            (from, (y.or(from.0), m.unwrap_or(from.1), d))
        })
        .parse_next(input)
}

/// `1月4日（周日）、2月14日（周六）上班`.
fn work(input: &mut Input<'_>) -> winnow::Result<Vec<MonthDay>> {
    let days = separated(1..=12, dated, one_of(['、', '，', '和']));
    (days, alt(("上班", "为工作日", "正常上班"))).map(|(days, _): (Vec<MonthDay>, _)| days).parse_next(input)
}

fn read(flow: &Flow, _: &Frame) -> Option<Parts> {
    let title = flow.paragraphs.iter().take(12).find(|p| p.text.contains("节假日安排"))?;
    let (_, _, year) = finds(&title.text, year).into_iter().next()?;
    let resolve = |(y, m, d): MonthDay| Day::new(y.unwrap_or(year), m, d);
    let mut parts = Parts::default();
    let (mut all_off, mut all_work) = (Vec::new(), Vec::new());
    let mut words = Vec::new();
    let mut place: Option<Place> = None;
    let mut doubts = Vec::new();
    for (i, paragraph) in flow.paragraphs.iter().enumerate() {
        let Some((_, at)) = numbering::of(&paragraph.text) else { continue };
        let rest = &paragraph.text[at..];
        let Some((name, said)) = rest.split_once(['：', ':']) else { continue };
        if !said.contains("放假") && !said.contains("休息") {
            continue;
        }
        parts.used.insert(i);
        place.get_or_insert(paragraph.start());
        words.push(paragraph.printed.clone());
        let found = finds(said, off);
        if found.is_empty() {
            parts.unread.push(Unread {
                place: paragraph.start(),
                words: paragraph.printed.clone(),
                why: Bilingual::new("放假日期无法识别", "the days off cannot be read"),
            });
        }
        for (_, _, (from, until)) in found {
            match (resolve(from), resolve(until)) {
                (Some(from), Some(until)) if from <= until => {
                    check_count(said, from, until, name, &mut doubts);
                    all_off.push((name.to_owned(), from, until));
                }
                _ => doubts.push(Bilingual::new(format!("{name}的日期不成立"), format!("{name}: no such days"))),
            }
        }
        all_work.extend(finds(said, work).into_iter().flat_map(|(_, _, days)| days).filter_map(resolve));
    }
    let place = place?;
    all_work.sort_unstable();
    parts.pieces.push(Piece {
        place,
        words: words.join("\n"),
        what: What::Year { year, off: all_off, work: all_work },
        doubts,
    });
    Some(parts)
}

/// 「共8天」 must be what the days add up to.
fn check_count(said: &str, from: Day, until: Day, name: &str, doubts: &mut Vec<Bilingual>) {
    let Some(at) = said.find('共') else { return };
    let declared: String = said[at + '共'.len_utf8()..].chars().take_while(char::is_ascii_digit).collect();
    let mut days = 1;
    let mut day = from;
    while day < until && days < 60 {
        day = day.next();
        days += 1;
    }
    if declared.parse::<u32>().is_ok_and(|d| d != days) {
        doubts.push(Bilingual::new(
            format!("{name}写明共{declared}天，日期合计{days}天"),
            format!("{name} declares {declared} days, the dates make {days}"),
        ));
    }
}
