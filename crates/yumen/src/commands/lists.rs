//! `yumen lists`: read a downloaded list, make it current in one step, tell what changed and how old it is. Nothing is fetched:
//! the program works offline, and what an operator downloads stays his to answer for.

use std::path::{Path, PathBuf};

use serde::Serialize;
use yumen_lawbook::{AsOf, Bilingual, Lang};
use yumen_screen::lists::{self, Format, Report};
use yumen_screen::snapshot::{self, Delta};

use crate::cli::Lists;
use crate::context::Context;
use crate::failure::Failure;
use crate::store::{self, Against, Current, Partial, Store};
use crate::today;

#[derive(Serialize)]
struct Imported {
    list: String,
    format: Format,
    snapshot: String,
    report: Report,
    /// True where the file declares a number of records and another was found.
    differs: bool,
    /// True where it was made current although it differs.
    partial: bool,
    kept: bool,
    before: Option<String>,
    added: usize,
    changed: usize,
    removed: usize,
}

#[derive(Serialize)]
struct Status {
    lists: Vec<Line>,
    warnings: Vec<Bilingual>,
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    against: Against,
    format: Option<Format>,
    file: Option<PathBuf>,
    age_days: Option<i32>,
    names: Option<usize>,
    declared: Option<usize>,
    skipped: Option<usize>,
}

/// Runs the command.
pub fn run(context: &Context, command: &Lists, data: Option<&Path>) -> Result<String, Failure> {
    let store = Store::open(data)?;
    match command {
        Lists::Import { format, file, name, dry_run, partial } => {
            let name = name.clone().unwrap_or_else(|| format.as_str().to_owned());
            import(context, &store, *format, file, &name, (*dry_run, *partial))
        }
        Lists::Update { name, from, partial } => {
            let current = store.current()?.into_iter().find(|c| c.list == *name).ok_or_else(|| {
                Failure::usage(
                    "unknown_list",
                    format!("没有导入过名为 {name} 的名单。"),
                    format!("No list called {name} was imported."),
                )
            })?;
            let file = from.clone().unwrap_or(current.file);
            import(context, &store, current.format, &file, name, (false, *partial))
        }
        Lists::Status => status(context, &store),
    }
}

fn import(
    context: &Context,
    store: &Store,
    format: Format,
    file: &Path,
    name: &str,
    (dry_run, partial): (bool, bool),
) -> Result<String, Failure> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(fits) || name.starts_with("cn-") || name == "snapshots" {
        return Err(Failure::usage(
            "list_name",
            "名单名称只用小写字母、数字和连字符，最长 40 个字符，不以 cn- 开头。",
            "A list is named in lower-case letters, digits and hyphens, 40 at most, and not cn-something.",
        ));
    }
    let size = std::fs::metadata(file).map_err(|e| Failure::file(file, &e))?.len();
    let refuse = |error: &lists::ImportError| {
        let said = error.message();
        let path = file.display();
        Failure::data(error.code(), format!("{path}：{}", said.zh), format!("{path}: {}", said.en))
    };
    if size > lists::LARGEST as u64 {
        return Err(refuse(&lists::ImportError::TooLarge(usize::try_from(size).unwrap_or(usize::MAX))));
    }
    let bytes = std::fs::read(file).map_err(|e| Failure::file(file, &e))?;
    let (entities, report) = lists::read(format, &bytes).map_err(|e| refuse(&e))?;
    if let Some(part) = Partial::of(&report).filter(|_| !dry_run && !partial) {
        let (path, Partial { declared, records }) = (file.display(), part);
        return Err(Failure::data(
            "list_partial",
            format!(
                "{path} 声明 {declared} 条记录，实有 {records} 条：文件可能不完整，未予采用。请重新下载；确要采用请加 --partial。"
            ),
            format!(
                "{path} declares {declared} records and holds {records}: it may have been cut off, and was not made current. Download it again, or use it as it is with --partial."
            ),
        ));
    }
    let written = snapshot::to_bytes(&entities).map_err(|e| Failure::file(file, &e))?;
    let hash = snapshot::hash(&written);
    let before = store.current()?.into_iter().find(|c| c.list == name);
    let delta = match &before {
        Some(before) => Delta::between(&store.snapshot(&before.snapshot)?.1, &entities),
        None => Delta { added: entities.clone(), ..Delta::default() },
    };
    if !dry_run {
        let current = Current {
            list: name.to_owned(),
            snapshot: hash.clone(),
            format,
            file: std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
            imported: today::in_beijing(),
            report: report.clone(),
        };
        store.put(&current, &written)?;
    }
    let told = Imported {
        list: name.to_owned(),
        format,
        snapshot: hash,
        differs: report.differs(),
        partial: !dry_run && report.differs(),
        report,
        kept: !dry_run,
        before: before.map(|b| b.snapshot),
        added: delta.added.len(),
        changed: delta.changed.len(),
        removed: delta.removed.len(),
    };
    Ok(context.print(&told, |page| {
        let r = &told.report;
        let line = match page.lang {
            Lang::Zh => format!(
                "{}：{} 条记录，{} 个主体，{} 个名称；跳过 {}",
                told.list, r.records, r.entities, r.names, r.skipped
            ),
            Lang::En => format!(
                "{}: {} records, {} parties, {} names; {} passed over",
                told.list, r.records, r.entities, r.names, r.skipped
            ),
        };
        page.line(&line);
        if let Some(declared) = r.declared {
            let mark = if told.differs { "✗" } else { "✓" };
            let line = format!("{mark} {} {declared}", page.pick("文件声明记录数", "records the file declares:"));
            page.line(&line);
        }
        let line = format!(
            "{} {}  +{} ~{} -{}",
            page.pick("快照", "snapshot"),
            told.snapshot.chars().take(16).collect::<String>(),
            told.added,
            told.changed,
            told.removed
        );
        page.line(&line);
        if !told.kept {
            page.line(page.pick("仅试读，未保存。", "Read only; nothing was kept.").to_owned().as_str());
        }
        for objection in r.objections.iter().take(10) {
            let line = format!("{}: {}", objection.record, page.say(&objection.why));
            page.item("·", &line);
        }
    }))
}

fn status(context: &Context, store: &Store) -> Result<String, Failure> {
    let today = today::in_beijing();
    let current = store.current()?;
    let loaded = store::load(&context.book, AsOf::on(today), store, &[])?;
    let lines: Vec<Line> = loaded
        .against
        .iter()
        .map(|against| {
            let known = current.iter().find(|c| c.list == against.list);
            Line {
                against: against.clone(),
                format: known.map(|c| c.format),
                file: known.map(|c| c.file.clone()),
                age_days: against.counted_from().map(|d| store::days_between(d, today)),
                names: known.map(|c| c.report.names),
                declared: known.and_then(|c| c.report.declared),
                skipped: known.map(|c| c.report.skipped),
            }
        })
        .collect();
    let status = Status { lists: lines, warnings: super::screen::warnings(&loaded.against, today) };
    Ok(context.print(&status, |page| {
        let rows: Vec<Vec<String>> = status
            .lists
            .iter()
            .map(|l| {
                let or = |v: Option<String>| v.unwrap_or_else(|| page.pick("法律数据", "law book").to_owned());
                vec![
                    l.against.list.clone(),
                    match l.against.partial {
                        Some(part) => format!("{} ✗ {}/{}", l.against.entities, part.records, part.declared),
                        None => l.against.entities.to_string(),
                    },
                    l.against.snapshot.chars().take(16).collect(),
                    or(l.against.imported.map(|d| d.to_string())),
                    l.age_days.map_or_else(String::new, |d| d.to_string()),
                    l.against.generated.clone().unwrap_or_default(),
                ]
            })
            .collect();
        let head = [
            page.pick("名单", "List"),
            page.pick("主体", "Parties"),
            page.pick("快照", "Snapshot"),
            page.pick("导入", "Read"),
            page.pick("天数", "Days"),
            page.pick("发布", "Published"),
        ];
        page.table(&head, &rows);
        for warning in &status.warnings {
            let text = page.say(warning).to_owned();
            page.item("!", &text);
        }
    }))
}
