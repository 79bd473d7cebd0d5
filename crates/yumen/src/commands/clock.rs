//! `yumen clock`: when a period ends, and the arithmetic.

use serde::Serialize;
use yumen_lawbook::calendar::DayKind;
use yumen_lawbook::clock::{ClockError, Counted, CountedKind, Due, Pause, PauseReason, Timer};
use yumen_lawbook::{Bilingual, Day, Lang};

use crate::cli::Clock;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::show::out::Page;

#[derive(Serialize)]
struct Answered<'a> {
    timer: &'a Timer,
    period: Bilingual,
    start: Day,
    due: Day,
    provisional: bool,
    unpublished_years: &'a [i16],
    pauses: &'a [Pause],
    days: &'a [Counted],
    note: Bilingual,
}

/// Runs `clock`.
pub fn run(context: &Context, args: &Clock) -> Result<String, Failure> {
    if args.timer == "list" {
        return Ok(list(context));
    }
    let timer = context.book.timer(&args.timer).ok_or_else(|| unknown(context, &args.timer))?;
    let start = day_or_today(args.start);
    let pauses = args.pauses.iter().map(|p| pause(p)).collect::<Result<Vec<_>, _>>()?;
    let due = timer.due(start, &pauses, &context.book.calendar).map_err(|e| refused(&e, timer))?;
    let note = provisional(context, &due);
    let answered = Answered {
        timer,
        period: yumen_assess::in_words(timer),
        start,
        due: due.day,
        provisional: due.is_provisional(),
        unpublished_years: &due.unpublished,
        pauses: &pauses,
        days: &due.days,
        note,
    };
    Ok(context.print(&answered, |page| write(page, context, &answered, &due)))
}

fn unknown(context: &Context, name: &str) -> Failure {
    let mut near: Vec<(usize, &str)> =
        context.book.timers.keys().map(|id| (strsim::osa_distance(name, id.as_str()), id.as_str())).collect();
    near.sort_unstable();
    let nearest: Vec<&str> = near.into_iter().take(3).map(|(_, id)| id).collect();
    let name: String = name.chars().take(60).collect();
    Failure::usage(
        "unknown_timer",
        format!("没有名为 {name} 的期限。相近：{}；“yumen clock list”列出全部。", nearest.join(", ")),
        format!("There is no period called {name}. Nearest: {}; `yumen clock list` shows all.", nearest.join(", ")),
    )
}

fn pause(text: &str) -> Result<Pause, Failure> {
    let bad = || {
        let names: Vec<&str> = PauseReason::ALL.iter().map(|r| r.as_str()).collect();
        let text: String = text.chars().take(80).collect();
        Failure::usage(
            "bad_pause",
            format!(
                "“{text}”不是中止：写作 原因:起:止，例如 identification:2025-03-01:2025-03-20；原因有 {}。",
                names.join(", ")
            ),
            format!(
                "{text:?} is no pause: write REASON:FROM:TO, for example identification:2025-03-01:2025-03-20; reasons: {}.",
                names.join(", ")
            ),
        )
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [reason, from, to] = parts.as_slice() else { return Err(bad()) };
    let wanted = reason.to_lowercase().replace('-', "_");
    let reason = PauseReason::ALL.into_iter().find(|r| r.as_str() == wanted).ok_or_else(bad)?;
    Ok(Pause { reason, from: from.parse().map_err(|_| bad())?, to: to.parse().map_err(|_| bad())? })
}

fn refused(error: &ClockError, timer: &Timer) -> Failure {
    match error {
        ClockError::PauseBackwards { from, to } => Failure::usage(
            "pause_backwards",
            format!("中止的截止日 {to} 早于起始日 {from}。"),
            format!("The pause from {from} ends before it begins, on {to}."),
        ),
        ClockError::PauseNotForeseen { reason } => {
            let known: Vec<&str> = timer.pauses.iter().map(|p| p.as_str()).collect();
            let (zh, en) = if known.is_empty() {
                ("法律没有为该期限规定任何中止".to_owned(), "the law names no pause for this period".to_owned())
            } else {
                (
                    format!("该期限可以因以下原因中止：{}", known.join(", ")),
                    format!("this period can pause for: {}", known.join(", ")),
                )
            };
            Failure::usage(
                "pause_not_foreseen",
                format!("{reason} 不能中止 {}：{zh}。", timer.id),
                format!("{reason} does not stop {}: {en}.", timer.id),
            )
        }
        ClockError::OutOfRange => Failure::usage(
            "out_of_range",
            "期限的终点超出可表示的日期。",
            "The period would end outside the dates that can be written.",
        ),
    }
}

fn provisional(context: &Context, due: &Due) -> Bilingual {
    if !due.is_provisional() {
        return Bilingual::default();
    }
    let years: Vec<String> = due.unpublished.iter().map(ToString::to_string).collect();
    let years = years.join(", ");
    let span = context.book.calendar.span().map_or_else(String::new, |(a, b)| format!("{a}–{b}"));
    Bilingual::new(
        format!(
            "{years} 年的放假安排尚未公布（本书有 {span}）：到期日为暂计，按周一至周五并扣除日期固定的法定节假日（1月1日、5月1至2日、10月1至3日）推算；春节、清明、端午、中秋及调休未计入，公布后可能变化。"
        ),
        format!(
            "The {years} calendar is not published (the book holds {span}): the due date is provisional, counted Monday to Friday without the holidays of fixed date (1 January, 1–2 May, 1–3 October); Spring Festival, Qingming, Dragon Boat, Mid-Autumn and make-up days are not in it and can move it."
        ),
    )
}

fn write(page: &mut Page, context: &Context, answered: &Answered<'_>, due: &Due) {
    let timer = answered.timer;
    let title = format!("{}  ({}, {})", page.say(&timer.name), timer.id, timer.code);
    page.paragraph(&title);
    let cites: Vec<Bilingual> = timer.basis.iter().map(|c| context.book.cite(c, answered.start)).collect();
    let cites: Vec<&str> = cites.iter().map(|c| page.say(c)).collect();
    let period = format!(
        "{} [{} · {}]",
        page.say(&answered.period),
        cites.join(page.pick("；", "; ")),
        page.say(&timer.verification.label())
    );
    page.paragraph(&period);
    page.gap();
    let word = if answered.provisional {
        page.pick("到期（暂计）", "Due (provisional)")
    } else {
        page.pick("到期", "Due")
    };
    page.head(&format!("{word}  {}", answered.due), &format!("{word}  {}", answered.due));
    for text in [&answered.note, &timer.note, &timer.on_expiry] {
        if !text.is_empty() {
            let text = page.say(text).to_owned();
            page.paragraph(&text);
        }
    }
    if !timer.applies(answered.start) {
        let text = page
            .pick(
                "注意：该期限在起算日并不适用（见其有效期）。",
                "Note: this period did not apply on the start day (see its validity).",
            )
            .to_owned();
        page.paragraph(&text);
    }
    for exception in &timer.no_limit {
        let text = format!("{} {}", page.pick("不受该期限限制：", "No limit where:"), page.say(exception));
        page.item("·", &text);
    }
    page.gap();
    let rows: Vec<Vec<String>> = due
        .days
        .iter()
        .map(|d| {
            let count = if matches!(d.kind, CountedKind::Start) {
                "0".to_owned()
            } else if counted(&d.kind) {
                d.count.to_string()
            } else {
                String::new()
            };
            vec![d.day.to_string(), weekday(d.day, page.lang).to_owned(), kind(&d.kind, page.lang), count]
        })
        .collect();
    let head = [page.pick("日期", "Day"), "", page.pick("性质", "Kind"), page.pick("计数", "Count")];
    page.table(&head, &rows);
}

fn counted(kind: &CountedKind) -> bool {
    match kind {
        CountedKind::Calendar(kind) => kind.counts(),
        CountedKind::RolledTo => true,
        CountedKind::Start | CountedKind::Paused(_) => false,
    }
}

fn weekday(day: Day, lang: Lang) -> &'static str {
    let index = usize::try_from(day.weekday_number() - 1).unwrap_or(0);
    match lang {
        Lang::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][index],
        Lang::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][index],
    }
}

fn kind(kind: &CountedKind, lang: Lang) -> String {
    let (zh, en) = match kind {
        CountedKind::Start => ("起算事件，不计".to_owned(), "day of the event, not counted".to_owned()),
        CountedKind::Calendar(DayKind::Working) => ("工作日".to_owned(), "working day".to_owned()),
        CountedKind::Calendar(DayKind::MakeUp) => ("调休上班".to_owned(), "make-up working day".to_owned()),
        CountedKind::Calendar(DayKind::Weekend) => ("休息日".to_owned(), "weekend".to_owned()),
        CountedKind::Calendar(DayKind::Holiday(name)) => (name.clone(), format!("holiday ({name})")),
        CountedKind::Paused(reason) => {
            (format!("中止：{}", reason.label().zh), format!("paused: {}", reason.label().en))
        }
        CountedKind::RolledTo => {
            ("末日非工作日，顺延至此".to_owned(), "the last day was no working day; moved here".to_owned())
        }
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn list(context: &Context) -> String {
    let timers: Vec<&Timer> = context.book.timers.values().collect();
    context.print(&timers, |page| {
        let rows: Vec<Vec<String>> = timers
            .iter()
            .map(|t| {
                vec![
                    t.id.to_string(),
                    t.code.clone(),
                    page.say(&yumen_assess::in_words(t)).to_owned(),
                    page.say(&t.verification.label()).to_owned(),
                ]
            })
            .collect();
        let head = [
            page.pick("期限", "Period"),
            page.pick("简称", "Short"),
            page.pick("长度", "Length"),
            page.pick("依据", "Known by"),
        ];
        page.table(&head, &rows);
    })
}
