//! `yumen list`: entries, differences, lives, coverage, search.

use serde::Serialize;
use yumen_assess::Question;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::coverage::Coverage;
use yumen_lawbook::list::diff::{Difference, EntryChange};
use yumen_lawbook::list::entry::Point;
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{AsOf, Bilingual, Day, Lang};

use crate::cli::List;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::show::out::Page;

/// Runs a list command.
pub fn run(context: &Context, command: &List) -> Result<String, Failure> {
    match command {
        List::Show { list, day } => show(context, list, day_or_today(day.as_of)),
        List::Diff { list, from, to } => diff(context, list, *from, *to),
        List::Entry { code, day } => entry(context, code, day_or_today(day.as_of)),
        List::Coverage { list, day } => coverage(context, list.as_deref(), day_or_today(day.as_of)),
        List::Search { words, list, day } => search(context, words, list.as_deref(), day_or_today(day.as_of)),
    }
}

fn code_shown(code: &str, lang: Lang) -> String {
    match (code.starts_with("uncoded:"), lang) {
        (false, _) => code.to_owned(),
        (true, Lang::Zh) => "（未见）".to_owned(),
        (true, Lang::En) => "(not seen)".to_owned(),
    }
}

#[derive(Serialize)]
struct EntryLine {
    code: String,
    name: Bilingual,
    control: &'static str,
    points: usize,
    edition: String,
    status: &'static str,
    standing: Bilingual,
    lead: bool,
    verification: &'static str,
}

fn show(context: &Context, list: &str, day: Day) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Shown {
        list: String,
        as_of: Day,
        coverage: Coverage,
        entries: Vec<EntryLine>,
    }
    let list = context.list(list)?;
    let mut entries: Vec<EntryLine> = list
        .history
        .on(day)
        .map(|v| {
            let standing = context.book.standing(v, AsOf::on(day));
            EntryLine {
                code: v.entry.code.to_string(),
                name: v.entry.name.clone(),
                control: v.entry.control.as_str(),
                points: v.entry.points.len() - 1,
                edition: v.edition.to_string(),
                status: standing.as_str(),
                standing: standing.label(),
                lead: v.entry.lead,
                verification: v.entry.verification.as_str(),
            }
        })
        .collect();
    entries.sort_by(|a, b| (a.code.starts_with("uncoded:"), &a.code).cmp(&(b.code.starts_with("uncoded:"), &b.code)));
    let shown = Shown { list: list.head.id.to_string(), as_of: day, coverage: list.coverage(day), entries };
    Ok(context.print(&shown, |page| {
        let title = page.say(&list.head.name).to_owned();
        page.line(&format!("{title}  {day}"));
        coverage_lines(page, &shown.coverage);
        page.gap();
        let rows: Vec<Vec<String>> = shown
            .entries
            .iter()
            .map(|e| {
                let lead = if e.lead { page.pick(" （转述）", " (reported)") } else { "" };
                let points = if e.points == 0 { String::new() } else { e.points.to_string() };
                vec![
                    code_shown(&e.code, page.lang),
                    format!("{}{lead}", page.say(&e.name)),
                    control(e.control, page.lang),
                    points,
                    page.say(&e.standing).to_owned(),
                ]
            })
            .collect();
        let head = [
            page.pick("编码", "Code"),
            page.pick("名称", "Name"),
            page.pick("类别", "Control"),
            page.pick("要点", "Points"),
            page.pick("状态", "Standing"),
        ];
        page.table(&head, &rows);
    }))
}

fn control(name: &str, lang: Lang) -> String {
    use yumen_lawbook::list::entry::Control;
    [Control::Prohibited, Control::Restricted, Control::Licence, Control::Unknown]
        .into_iter()
        .find(|c| c.as_str() == name)
        .map_or_else(String::new, |c| c.label().get(lang).to_owned())
}

fn coverage_lines(page: &mut Page, coverage: &Coverage) {
    let edition = coverage.edition.clone().unwrap_or_else(|| page.pick("无", "none").to_owned());
    let declared =
        coverage.declared.map_or_else(|| page.pick("总数未公布", "total not published").to_owned(), |d| d.to_string());
    let text = match page.lang {
        Lang::Zh => format!(
            "版本 {edition}：记载 {} 项 / {declared}；要点完整 {}，部分 {}，仅标题 {}；另有转述线索 {} 条。",
            coverage.recorded, coverage.points_complete, coverage.points_partial, coverage.heading_only, coverage.leads
        ),
        Lang::En => format!(
            "Edition {edition}: {} of {declared} entries recorded; points complete {}, in part {}, heading only {}; {} reported leads beside them.",
            coverage.recorded, coverage.points_complete, coverage.points_partial, coverage.heading_only, coverage.leads
        ),
    };
    page.paragraph(&text);
}

fn coverage(context: &Context, list: Option<&str>, day: Day) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Line {
        list: String,
        as_of: Day,
        #[serde(flatten)]
        coverage: Coverage,
    }
    let lists: Vec<&ControlList> = match list {
        Some(name) => vec![context.list(name)?],
        None => context.book.lists.values().collect(),
    };
    let lines: Vec<Line> =
        lists.iter().map(|l| Line { list: l.head.id.to_string(), as_of: day, coverage: l.coverage(day) }).collect();
    Ok(context.print(&lines, |page| {
        for (list, line) in lists.iter().zip(&lines) {
            let name = page.say(&list.head.name).to_owned();
            page.gap();
            page.line(&format!("{name}  {day}"));
            coverage_lines(page, &line.coverage);
            let split: Vec<String> = line
                .coverage
                .declared_by_control
                .iter()
                .map(|(c, n)| {
                    format!("{} {} / {n}", control(c, page.lang), line.coverage.by_control.get(c).unwrap_or(&0))
                })
                .collect();
            if !split.is_empty() {
                page.paragraph(&split.join(page.pick("；", "; ")));
            }
            for unrecorded in &list.head.unrecorded {
                let text = format!("{}: {}", unrecorded.edition, page.say(&unrecorded.remark));
                page.item("·", &text);
            }
        }
    }))
}

fn diff(context: &Context, list: &str, from: Day, to: Day) -> Result<String, Failure> {
    let list = context.list(list)?;
    if to < from {
        return Err(Failure::usage(
            "backwards",
            format!("{to} 早于 {from}：请把较早的日期写在 --from。"),
            format!("{to} is before {from}: put the earlier day into --from."),
        ));
    }
    let difference = list.difference(from, to);
    Ok(context.print(&difference, |page| diff_page(page, context, list, &difference)))
}

fn diff_page(page: &mut Page, context: &Context, list: &ControlList, difference: &Difference) {
    let name = page.say(&list.head.name).to_owned();
    page.line(&format!("{name}  {} → {}", difference.from, difference.to));
    for tally in &difference.instruments {
        page.gap();
        let act = context.book.instruments.get(tally.instrument.as_str());
        let short = act.map_or_else(|| tally.instrument.clone(), |a| page.say(&a.short).to_owned());
        page.line(&format!("{short}  ({} {})", page.pick("施行", "in effect"), tally.effective));
        let rows: Vec<Vec<String>> = tally
            .operations
            .iter()
            .map(|t| {
                vec![
                    change_word(t.operation, page.lang).to_owned(),
                    if t.control == "all" {
                        page.pick("合计", "all").to_owned()
                    } else {
                        control(&t.control, page.lang)
                    },
                    t.recorded.to_string(),
                    t.declared.map_or_else(|| "—".to_owned(), |d| d.to_string()),
                ]
            })
            .collect();
        let head = [
            page.pick("操作", "Operation"),
            page.pick("类别", "Control"),
            page.pick("已记载", "Recorded"),
            page.pick("公告宣布", "Declared"),
        ];
        page.table(&head, &rows);
    }
    if difference.changes.is_empty() {
        page.gap();
        let text =
            page.pick("两日之间，所记载的内容没有变化。", "Nothing recorded changed between the two days.").to_owned();
        page.line(&text);
    }
    for kind in ["removed", "added", "modified", "recoded", "fate_unknown"] {
        let of: Vec<&EntryChange> = difference.changes.iter().filter(|c| c.change == kind).collect();
        if of.is_empty() {
            continue;
        }
        page.gap();
        let title = format!("{} ({})", change_word(kind, page.lang), of.len());
        page.head(&title, &title);
        for change in of {
            change_lines(page, change);
        }
    }
}

fn change_lines(page: &mut Page, change: &EntryChange) {
    let code = match (&change.code_before, &change.code_after) {
        (Some(b), Some(a)) if a != b => format!("{} → {}", code_shown(b, page.lang), code_shown(a, page.lang)),
        (b, a) => code_shown(a.as_ref().or(b.as_ref()).map_or("", String::as_str), page.lang),
    };
    let clause = if change.clause.is_empty() {
        String::new()
    } else {
        format!(" · {} {}", page.pick("条款", "clause"), change.clause)
    };
    let lead = if change.lead {
        page.pick(" （转述，标题未核实）", " (reported, heading not verified)")
    } else {
        ""
    };
    let text = format!("{code}  {}  [{}{clause}]{lead}", page.say(&change.name), control(change.control, page.lang));
    page.item("·", &text);
    if change.text_unknown {
        let text = page.pick("修改内容未取得", "the new text was not obtained").to_owned();
        page.wrapped("      ", "      ", &text);
    }
    for point in &change.points {
        let mark = match (&point.before, &point.after) {
            (None, _) => "+",
            (_, None) => "−",
            _ => "±",
        };
        let path = if point.path.is_empty() { page.pick("标题", "heading").to_owned() } else { point.path.clone() };
        let words = match (&point.before, &point.after) {
            (Some(b), Some(a)) if a != b => format!("{} → {}", page.say(b), page.say(a)),
            (b, a) => a.as_ref().or(b.as_ref()).map_or(String::new(), |t| page.say(t).to_owned()),
        };
        page.wrapped(&format!("      {mark} "), "          ", &format!("{path}  {words}"));
    }
}

fn change_word(kind: &str, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        "removed" => ("删除", "Removed"),
        "added" => ("新增", "Added"),
        "modified" => ("修改", "Modified"),
        "recoded" => ("重新编号", "Renumbered"),
        _ => ("重新发布后是否保留未记载", "Whether kept by the re-issue is not recorded"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[derive(Serialize)]
struct LifeVersion {
    list: String,
    code: String,
    edition: String,
    instrument: String,
    from: Day,
    until: Option<Day>,
    control: &'static str,
    name: Bilingual,
    division: String,
    /// The file of one's own in which it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_in: Option<String>,
    /// Earlier readings of the heading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    superseded: Vec<yumen_lawbook::list::entry::Superseded>,
    points: Vec<Point>,
    changed: Vec<String>,
    draft: bool,
    status: &'static str,
    standing: Bilingual,
    verification: &'static str,
    remark: Bilingual,
}

fn entry(context: &Context, code: &Code, day: Day) -> Result<String, Failure> {
    let lives = context.book.lives_of(code);
    if lives.is_empty() {
        let wanted = code.to_string();
        let mut near: Vec<(usize, String)> = context
            .book
            .lists
            .values()
            .flat_map(|l| l.history.versions())
            .map(|v| v.entry.code.to_string())
            .map(|c| (strsim::osa_distance(&wanted, &c), c))
            .collect();
        near.sort();
        near.dedup();
        let nearest = near.into_iter().filter(|(d, _)| *d <= 2).take(3).map(|(_, c)| c).collect();
        return Err(yumen_assess::QuestionError::UnknownCode { code: wanted, nearest }.into());
    }
    let versions: Vec<LifeVersion> = lives
        .iter()
        .flat_map(|(list, life)| list.history.life(*life).map(move |v| (*list, v)))
        .map(|(list, v)| life_version(context, list, v, day))
        .collect();
    Ok(context.print(&versions, |page| {
        for version in &versions {
            version_lines(page, context, version);
        }
    }))
}

fn life_version(context: &Context, list: &ControlList, v: &Version, day: Day) -> LifeVersion {
    let standing = context.book.standing(v, AsOf::on(day));
    LifeVersion {
        list: list.head.id.to_string(),
        code: v.entry.code.to_string(),
        edition: v.edition.to_string(),
        instrument: v.instrument.to_string(),
        from: v.from,
        until: v.end.as_ref().map(|(last, _)| *last),
        control: v.entry.control.as_str(),
        name: v.entry.name.clone(),
        division: v.entry.division.clone(),
        read_in: v.entry.points.first().and_then(|heading| read_in(context, heading)),
        superseded: v.entry.points.first().map(|heading| heading.superseded.clone()).unwrap_or_default(),
        points: v.entry.points.iter().filter(|p| !p.path.is_empty()).cloned().collect(),
        changed: v.touched.iter().cloned().collect(),
        draft: v.draft,
        status: standing.as_str(),
        standing: standing.label(),
        verification: v.entry.verification.as_str(),
        remark: v.entry.remark.clone(),
    }
}

/// The file of one's own in which a point was read, with page and line.
fn read_in(context: &Context, point: &Point) -> Option<String> {
    let source =
        point.source.iter().find_map(|key| context.book.provenance.get(key)).filter(|s| !s.sha256.is_empty())?;
    Some(format!(
        "{} {} sha256:{}",
        source.about.get(context.lang),
        point.place,
        source.sha256.get(..12).unwrap_or_default()
    ))
}

/// Earlier readings that a better source has replaced.
fn superseded_lines(page: &mut Page, indent: &str, readings: &[yumen_lawbook::list::entry::Superseded]) {
    for reading in readings {
        let known = reading.verification.label();
        let code = reading.code.as_ref().map(|c| format!("{c} ")).unwrap_or_default();
        let text = format!(
            "{}: {code}{} ({})",
            page.pick("此前记录", "recorded before"),
            page.say(&reading.text),
            page.say(&known)
        );
        page.wrapped(&format!("{indent}  ~ "), &format!("{indent}    "), &text);
    }
}

fn version_lines(page: &mut Page, context: &Context, version: &LifeVersion) {
    page.gap();
    let act = context.book.instruments.get(version.instrument.as_str());
    let short = act.map_or_else(|| version.instrument.clone(), |a| page.say(&a.short).to_owned());
    let until = version.until.map_or_else(|| page.pick("至今", "today").to_owned(), |u| u.to_string());
    let draft = if version.draft { page.pick("  〔草案，非法律〕", "  [draft, not law]") } else { "" };
    let title = format!(
        "{}  {}  {} – {until}{draft}",
        code_shown(&version.code, page.lang),
        page.say(&version.name),
        version.from
    );
    page.head(&title, &title);
    let known = yumen_lawbook::list::entry::Control::Unknown;
    let _ = known;
    page.paragraph(&format!("{short} · {} · {}", control(version.control, page.lang), page.say(&version.standing)));
    if !version.remark.is_empty() {
        let remark = page.say(&version.remark).to_owned();
        page.paragraph(&remark);
    }
    if let Some(file) = &version.read_in {
        let line = format!("{} {file}", page.pick("读自", "read in"));
        page.paragraph(&line);
    }
    superseded_lines(page, "", &version.superseded);
    for point in &version.points {
        let mark = if version.changed.contains(&point.path) { "+" } else { "·" };
        let depth = point.path.matches('.').count() * 2;
        let when = point.when.as_ref().map(|w| {
            let conditions: Vec<String> = w.predicates().iter().map(ToString::to_string).collect();
            format!("  {{{}}}", conditions.join("; "))
        });
        let hs = if point.hs.is_empty() { String::new() } else { format!("  HS {}", point.hs.join(" ")) };
        let reserved = if point.reserved { page.pick("【保留】", "[reserved]") } else { "" };
        let text = format!("{}  {}{reserved}{}{hs}", point.path, page.say(&point.text), when.unwrap_or_default());
        let indent = " ".repeat(depth + 2);
        page.wrapped(&format!("{indent}{mark} "), &format!("{indent}    "), &text);
        superseded_lines(page, &indent, &point.superseded);
    }
}

fn search(context: &Context, words: &str, list: Option<&str>, day: Day) -> Result<String, Failure> {
    if let Some(name) = list {
        context.list(name)?;
    }
    let engine = context.engine();
    let assessment = engine.assess(&Question::about(words, day))?;
    let found: Vec<_> = assessment.candidates.into_iter().filter(|c| list.is_none_or(|l| c.list == l)).collect();
    Ok(context.print(&found, |page| {
        if found.is_empty() {
            let text = page
                .pick("没有找到；未找到不等于不受管制。", "Nothing found; not found does not mean free.")
                .to_owned();
            page.line(&text);
        }
        let rows: Vec<Vec<String>> = found
            .iter()
            .map(|c| {
                let code = code_shown(&c.code, page.lang);
                let point = if c.point.is_empty() { code } else { format!("{code} · {}", c.point) };
                vec![
                    engine.list_name(&c.list, page.lang),
                    point,
                    page.say(&c.name).to_owned(),
                    page.say(&c.standing).to_owned(),
                    c.matched.join(" "),
                ]
            })
            .collect();
        let head = [
            page.pick("清单", "List"),
            page.pick("编码", "Code"),
            page.pick("名称", "Name"),
            page.pick("状态", "Standing"),
            page.pick("匹配", "Matched"),
        ];
        page.table(&head, &rows);
    }))
}
