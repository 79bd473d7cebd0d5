//! `yumen measure status`, `yumen party`: where rules and listings stand on a day.

use serde::Serialize;
use yumen_assess::answer::PartyFinding;
use yumen_lawbook::measure::Stretch;
use yumen_lawbook::{AsOf, Bilingual, Day};

use crate::cli::{Measure, Party};
use crate::context::{Context, day_or_today};
use crate::failure::Failure;

#[derive(Serialize)]
struct ClauseLine {
    measure: String,
    clause: String,
    name: Bilingual,
    text: Bilingual,
    cite: Bilingual,
    destinations: Vec<String>,
    entries: Vec<String>,
    status: Option<&'static str>,
    status_label: Bilingual,
    from: Option<Day>,
    until: Option<Day>,
    note: Bilingual,
    verification: &'static str,
    history: Vec<Stretch>,
}

/// What a party look-up found.
#[derive(Serialize)]
struct Answered<'a> {
    asked: &'a str,
    as_of: Day,
    found: &'a [PartyFinding],
    note: Bilingual,
}

/// Runs `measure status`.
pub fn run(context: &Context, command: &Measure) -> Result<String, Failure> {
    let Measure::Status { id, day } = command;
    let day = day_or_today(day.as_of);
    let measures: Vec<_> = match id {
        Some(id) => {
            let found = context.book.measures.get(id.as_str()).ok_or_else(|| {
                let names: Vec<&str> = context.book.measures.keys().map(yumen_lawbook::id::MeasureId::as_str).collect();
                let id: String = id.chars().take(60).collect();
                Failure::usage(
                    "unknown_measure",
                    format!("没有措施 {id}；现有：{}。", names.join(", ")),
                    format!("There is no measure {id}; there are: {}.", names.join(", ")),
                )
            })?;
            vec![found]
        }
        None => context.book.measures.values().collect(),
    };
    let as_of = AsOf::on(day);
    let lines: Vec<ClauseLine> = measures
        .iter()
        .flat_map(|m| m.clause.iter().map(move |c| (*m, c)))
        .map(|(m, c)| {
            let stretch = c.stretch(as_of);
            ClauseLine {
                measure: m.id.to_string(),
                clause: c.id.clone(),
                name: m.name.clone(),
                text: c.text.clone(),
                cite: context.book.cite(&c.at, day),
                destinations: c.destinations.clone(),
                entries: c.entries.clone(),
                status: stretch.map(|s| s.status.as_str()),
                status_label: stretch
                    .map_or_else(|| Bilingual::new("尚未发布", "not yet published"), |s| s.status.label()),
                from: stretch.map(|s| s.from),
                until: stretch.and_then(|s| s.until),
                note: stretch.map(|s| s.note.clone()).unwrap_or_default(),
                verification: c.verification.as_str(),
                history: c.history.clone(),
            }
        })
        .collect();
    let detailed = id.is_some();
    Ok(context.print(&lines, |page| {
        page.line(&format!("{} {day}", page.pick("措施现状", "Measures on")));
        for line in &lines {
            let span = match (line.from, line.until) {
                (Some(from), Some(until)) => format!(" {from} – {until}"),
                (Some(from), None) => format!(" {} {from}", page.pick("自", "since")),
                _ => String::new(),
            };
            let text = format!(
                "{}#{}  {}  —  {}{span}",
                line.measure,
                line.clause,
                page.say(&line.name),
                page.say(&line.status_label)
            );
            page.item("·", &text);
            if detailed {
                let text = format!("{} [{}]", page.say(&line.text), page.say(&line.cite));
                page.wrapped("    ", "    ", &text);
                let rows: Vec<Vec<String>> = line
                    .history
                    .iter()
                    .map(|s| {
                        let until = s.until.map_or_else(|| "…".to_owned(), |u| u.to_string());
                        let act = context
                            .book
                            .instruments
                            .get(s.instrument.as_str())
                            .map_or_else(|| s.instrument.to_string(), |a| page.say(&a.short).to_owned());
                        vec![s.from.to_string(), until, page.say(&s.status.label()).to_owned(), act]
                    })
                    .collect();
                let head = [
                    page.pick("自", "From"),
                    page.pick("至", "Until"),
                    page.pick("状态", "Status"),
                    page.pick("依据", "By"),
                ];
                page.table(&head, &rows);
            }
            if !line.note.is_empty() {
                let note = page.say(&line.note).to_owned();
                page.wrapped("    ", "    ", &note);
            }
        }
    }))
}

/// Runs `party`.
pub fn party(context: &Context, args: &Party) -> Result<String, Failure> {
    const LONGEST: usize = 4096;
    if args.name.len() > LONGEST {
        return Err(Failure::usage(
            "too_long",
            format!("名称超过 {LONGEST} 字节。"),
            format!("The name is longer than {LONGEST} bytes."),
        ));
    }
    if yumen_assess::party_key(&args.name).is_empty() {
        return Err(Failure::usage("empty", "请给出名称。", "Give a name."));
    }
    let day = day_or_today(args.day.as_of);
    let mut found: Vec<PartyFinding> = yumen_assess::find_party(&context.book, &args.name, AsOf::on(day));
    for finding in &mut found {
        super::standing::tell_effect(&context.book, finding, AsOf::on(day));
    }
    let note = Bilingual::new(
        "仅比对中国各清单的名称（不分大小写、全半角、简繁），不含近似名称和外国清单。",
        "Compares exact names on the Chinese lists (case, width and script folded); no similar names, no foreign lists.",
    );
    let answered = Answered { asked: &args.name, as_of: day, found: &found, note };
    Ok(context.print(&answered, |page| {
        if found.is_empty() {
            let text = match page.lang {
                yumen_lawbook::Lang::Zh => format!("{day}：所载名单中没有与“{}”相同的名称。", args.name),
                yumen_lawbook::Lang::En => format!("{day}: no listed name equals {:?}.", args.name),
            };
            page.paragraph(&text);
        }
        for finding in &found {
            let name = [&finding.name.zh, &finding.name.en]
                .into_iter()
                .filter(|n| !n.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" / ");
            let text = format!(
                "{name}: {} — {} [{}, {} {}]",
                page.say(&finding.list_name),
                page.say(&finding.standing),
                page.say(&finding.cite),
                page.pick("序号", "no."),
                finding.no
            );
            page.item("·", &text);
            let effect = page.say(&finding.effect).to_owned();
            page.wrapped("    ", "    ", &effect);
        }
        let note = page.say(&answered.note).to_owned();
        page.gap();
        page.paragraph(&note);
    }))
}
