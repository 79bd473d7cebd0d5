//! `yumen screen --batch`: every row of a table, on all cores, with progress and flat memory. A run that was cut off goes on where
//! it stopped.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use yumen_lawbook::{AsOf, Day, Lang};
use yumen_screen::decision::{self, Decision};
use yumen_screen::{ENGINE, PartyType, Query};

use super::screen::{is_false, thousandths};
use crate::context::Context;
use crate::failure::Failure;
use crate::home;
use crate::store::{Against, Loaded};
use crate::tables::{self, Format, Row};

/// Rows that are screened together and written together.
const CHUNK: usize = 4096;
/// Most rows of a workbook: it is put together in memory.
const MOST_SHEET_ROWS: usize = 200_000;

/// What a batch is done with.
pub struct Job<'a> {
    /// The lists.
    pub loaded: &'a Loaded,
    /// What people decided.
    pub decisions: &'a [Decision],
    /// The day of the Chinese lists.
    pub as_of: AsOf,
    /// Lowest score told.
    pub min: f32,
    /// Most parties counted for a row.
    pub most: usize,
}

/// The first line of the working file: what the work belongs to.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Work {
    input: String,
    engine: String,
    as_of: Day,
    min: f32,
    against: Vec<Against>,
    decisions: String,
}

#[derive(Debug, Serialize)]
struct Summary {
    rows: usize,
    resumed: usize,
    block: usize,
    review: usize,
    alert: usize,
    no_match: usize,
    suppressed: usize,
    errors: usize,
    out: PathBuf,
}

const COLUMNS: &[&str] = &[
    "row",
    "name",
    "band",
    "score",
    "list",
    "part",
    "programme",
    "listed_id",
    "listed_name",
    "status",
    "standing",
    "hits",
    "total",
    "suppressed",
    "more",
    "as_of",
    "error",
];

/// Where the count of suppressed hits stands among the columns.
const SUPPRESSED: usize = 13;

const NAME: &[&str] = &[
    "name",
    "party",
    "customer",
    "consignee",
    "end user",
    "end_user",
    "名称",
    "企业名称",
    "客户",
    "姓名",
    "收货人",
    "最终用户",
];
const ALSO: &[&str] = &["also", "aliases", "other names", "别名", "英文名称", "name_en"];
const TYPE: &[&str] = &["type", "类型"];
const COUNTRY: &[&str] = &["country", "国家", "国别"];
const BORN: &[&str] = &["born", "dob", "birth date", "出生日期"];
const ID: &[&str] = &["identifier", "passport", "registration", "imo", "证件号", "统一社会信用代码"];

/// The row as a question; `None` where it names nobody.
pub fn question(row: &Row) -> Option<Query> {
    let text = |columns: &[&str]| row.first(columns).map(|v| v.trim().to_owned());
    let name = text(NAME)?;
    Some(Query {
        name,
        also: text(ALSO)
            .map(|t| t.split([';', '；']).map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).collect())
            .unwrap_or_default(),
        r#type: text(TYPE).map_or(PartyType::Unknown, |t| PartyType::read(&t)),
        country: text(COUNTRY).map(|c| c.to_uppercase()).filter(|c| c.len() == 2),
        born: text(BORN),
        identifier: text(ID),
    })
}

/// Runs a batch.
pub fn run(context: &Context, job: &Job<'_>, input: &Path, out: &Path) -> Result<String, Failure> {
    let format = Format::of(out)?;
    home::apart(input, out)?;
    let total = tables::open(input)?.count();
    if format == Format::Xlsx && total > MOST_SHEET_ROWS {
        return Err(Failure::usage(
            "too_many_rows",
            format!("{total} 行超过工作簿上限 {MOST_SHEET_ROWS} 行：结果请用 .csv 或 .jsonl。"),
            format!("{total} rows are more than a workbook takes ({MOST_SHEET_ROWS}): write .csv or .jsonl."),
        ));
    }
    let work = Work {
        input: home::digest(input)?,
        engine: ENGINE.to_owned(),
        as_of: job.as_of.effective,
        min: job.min,
        against: job.loaded.against.clone(),
        decisions: yumen_screen::snapshot::hash(&serde_json::to_vec(job.decisions).unwrap_or_default()),
    };
    let part = home::beside(out, ".work");
    let resumed = resume(&part, &work)?;
    let mut log = BufWriter::new(OpenOptions::new().append(true).open(&part).map_err(|e| Failure::file(&part, &e))?);
    let bar = progress(total, resumed, context.lang);
    let mut rows = tables::open(input)?.skip(resumed);
    loop {
        let chunk: Vec<Row> = rows.by_ref().take(CHUNK).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            break;
        }
        for cells in screen_all(context, job, &chunk) {
            let text = serde_json::to_string(&cells).map_err(|e| Failure::file(&part, &e))?;
            writeln!(log, "{text}").map_err(|e| Failure::file(&part, &e))?;
        }
        log.flush().map_err(|e| Failure::file(&part, &e))?;
        bar.inc(u64::try_from(chunk.len()).unwrap_or(0));
    }
    bar.finish_and_clear();
    let summary = finish(&part, out, format, resumed)?;
    let _ = std::fs::remove_file(&part);
    Ok(context.print(&summary, |page| {
        let line = match page.lang {
            Lang::Zh => format!(
                "{} 行（续作 {}，出错 {}）：阻止 {}，复核 {}，提示 {}，无命中 {}，已判定为他人 {} → {}",
                summary.rows, summary.resumed, summary.errors, summary.block, summary.review, summary.alert,
                summary.no_match, summary.suppressed, out.display()
            ),
            Lang::En => format!(
                "{} rows ({} resumed, {} with errors): {} block, {} review, {} alert, {} without a match, {} hits decided false → {}",
                summary.rows, summary.resumed, summary.errors, summary.block, summary.review, summary.alert,
                summary.no_match, summary.suppressed, out.display()
            ),
        };
        page.line(&line);
    }))
}

/// How many rows an earlier run of the same work has done; the working file is begun anew where the work is another.
fn resume(part: &Path, work: &Work) -> Result<usize, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(part, e);
    let head = serde_json::to_string(work).map_err(|e| fail(&e))? + "\n";
    if let Ok(file) = OpenOptions::new().read(true).write(true).open(part) {
        let mut reader = BufReader::new(&file);
        let mut line = String::new();
        let mut kept = reader.read_line(&mut line).unwrap_or(0);
        if line == head {
            let mut done = 0;
            loop {
                line.clear();
                let n = reader.read_line(&mut line).unwrap_or(0);
                // A line that was cut off by a kill ends what counts as done.
                if n == 0 || !line.ends_with('\n') || serde_json::from_str::<Vec<Value>>(&line).is_err() {
                    break;
                }
                kept += n;
                done += 1;
            }
            file.set_len(u64::try_from(kept).unwrap_or(0)).map_err(|e| fail(&e))?;
            (&file).seek(std::io::SeekFrom::End(0)).map_err(|e| fail(&e))?;
            return Ok(done);
        }
    }
    home::write_whole(part, head.as_bytes())?;
    Ok(0)
}

fn progress(total: usize, done: usize, lang: Lang) -> ProgressBar {
    let bar =
        ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX)).with_position(u64::try_from(done).unwrap_or(0));
    let words = if lang == Lang::Zh { "行，每秒 {per_sec}，剩余 {eta}" } else { "rows, {per_sec}, {eta} left" };
    if let Ok(style) = ProgressStyle::with_template(&format!("  {{bar:32}} {{pos}}/{{len}} {words}")) {
        bar.set_style(style);
    }
    bar
}

/// Screens rows on all cores, keeping their order.
fn screen_all(context: &Context, job: &Job<'_>, rows: &[Row]) -> Vec<Vec<Value>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rows.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = rows
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(|row| cells(context, job, row)).collect::<Vec<_>>()))
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn cells(context: &Context, job: &Job<'_>, row: &Row) -> Vec<Value> {
    let text = |t: &str| Value::String(t.to_owned());
    let day = job.as_of.effective.to_string();
    let asked = question(row);
    let nobody = asked.is_none();
    let Some(query) = asked.filter(|q| q.name.len() <= super::screen::LONGEST) else {
        let mut cells = vec![Value::from(row.number)];
        cells.resize(COLUMNS.len() - 1, text(""));
        let limit = super::screen::LONGEST;
        cells.push(Value::String(match (nobody, context.lang) {
            (true, Lang::Zh) => "没有名称".to_owned(),
            (true, Lang::En) => "no name".to_owned(),
            (false, Lang::Zh) => format!("名称过长：超过 {limit} 字节"),
            (false, Lang::En) => format!("the name is too long: more than {limit} bytes"),
        }));
        return cells;
    };
    let mut hits = job.loaded.screen.search(&query, job.min, usize::MAX);
    let total = hits.len();
    hits.truncate(job.most.clamp(1, 100));
    let (mut kept, mut suppressed) = (Vec::new(), 0_u64);
    for hit in &hits {
        let entity = &job.loaded.screen.entities()[hit.entity as usize];
        let list = job.loaded.list_of(hit.entity);
        let bearing = decision::bearing(job.decisions, &query, list, entity);
        if is_false(bearing.as_ref()) { suppressed += 1 } else { kept.push((hit, entity, list)) }
    }
    let more: Vec<String> =
        kept.iter().skip(1).take(5).map(|(h, e, list)| format!("{:.3} {list} {}", h.score, e.id)).collect();
    let first = kept.first();
    let law = first.and_then(|(_, e, list)| super::screen::law(&context.book, &query.name, list, &e.id, job.as_of));
    vec![
        Value::from(row.number),
        text(&query.name),
        text(first.map_or("none", |(h, ..)| super::screen::band(h.score, law.as_ref()).as_str())),
        first.map_or(Value::Null, |(h, ..)| Value::from(thousandths(h.score))),
        text(first.map_or("", |(_, _, list)| list)),
        text(first.filter(|(_, _, list)| !list.starts_with("cn-")).map_or("", |(_, e, _)| &e.source)),
        text(first.map_or("", |(_, e, _)| &e.remark)),
        text(first.map_or("", |(_, e, _)| &e.id)),
        text(first.and_then(|(h, e, _)| e.names.get(usize::from(h.name))).map_or("", |n| n)),
        text(law.as_ref().map_or("", |l| &l.status)),
        text(law.as_ref().map_or("", |l| l.standing.get(context.lang))),
        Value::from(kept.len()),
        Value::from(total),
        Value::from(suppressed),
        text(&more.join(" | ")),
        text(&day),
        text(""),
    ]
}

/// The working file as a table, and what it came to.
fn finish(part: &Path, out: &Path, format: Format, resumed: usize) -> Result<Summary, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(out, e);
    let mut summary = Summary {
        rows: 0,
        resumed,
        block: 0,
        review: 0,
        alert: 0,
        no_match: 0,
        suppressed: 0,
        errors: 0,
        out: out.to_owned(),
    };
    let columns: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
    let lines = BufReader::new(File::open(part).map_err(|e| fail(&e))?).lines().skip(1);
    let rows = lines.map(|line| {
        let cells: Vec<Value> = serde_json::from_str(&line.map_err(|e| fail(&e))?).map_err(|e| fail(&e))?;
        Ok::<_, Failure>(cells)
    });
    let mut count = |cells: &[Value]| {
        summary.rows += 1;
        summary.suppressed +=
            cells.get(SUPPRESSED).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        match cells.get(2).and_then(Value::as_str) {
            Some("block") => summary.block += 1,
            Some("review") => summary.review += 1,
            Some("alert") => summary.alert += 1,
            Some("none") => summary.no_match += 1,
            _ => summary.errors += 1,
        }
    };
    if format == Format::Xlsx {
        let mut all = Vec::new();
        for cells in rows {
            let cells: Vec<Value> = cells?;
            count(&cells);
            all.push(cells);
        }
        tables::write(out, &columns, &all)?;
        return Ok(summary);
    }
    let temporary = home::beside(out, ".part");
    let mut writer = tables::Stream::begin(&temporary, format, &columns)?;
    for cells in rows {
        let cells: Vec<Value> = cells?;
        count(&cells);
        writer.row(&cells)?;
    }
    writer.end()?;
    std::fs::rename(&temporary, out).map_err(|e| fail(&e))?;
    Ok(summary)
}
