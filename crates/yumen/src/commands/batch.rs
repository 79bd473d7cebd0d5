//! `yumen check --batch`: every row of a table, on all cores, with progress. A run that was cut off goes on where it stopped.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use yumen_assess::Engine;
use yumen_assess::answer::{Answer, Assessment, RegimeResult};
use yumen_lawbook::{AsOf, Bilingual, Day, Lang};

use super::item;
use crate::context::Context;
use crate::failure::Failure;
use crate::home;
use crate::parties::Parties;
use crate::tables::{self, Format, Row};

/// Rows that are assessed together and written together.
const CHUNK: usize = 256;

/// What a batch came to.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    rows: usize,
    resumed: usize,
    answers: std::collections::BTreeMap<&'static str, usize>,
    errors: usize,
    /// Columns from which nothing was read.
    unread: Vec<String>,
    out: PathBuf,
}

/// The first line of the working file: what the work belongs to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Work {
    input: String,
    lawbook: String,
    as_of: Day,
    lang: String,
}

/// One row's outcome, as the working file keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Line {
    row: usize,
    cells: Vec<Value>,
}

const COLUMNS: &[&str] = &[
    "row",
    "id",
    "text",
    "answer",
    "dual_use",
    "dual_use_entry",
    "technology",
    "technology_entry",
    "why",
    "ask",
    "parties",
    "as_of",
    "lawbook",
    "error",
];

/// Runs a batch.
pub fn run(context: &Context, input: &Path, out: &Path, day: Day, data: Option<&Path>) -> Result<String, Failure> {
    Format::of(out)?;
    home::apart(input, out)?;
    let engine = context.engine();
    if let Some(first) = tables::open(input)?.next().transpose()?
        && !item::says_what(&first)
    {
        return Err(Failure::data(
            "columns",
            format!("{} 没有描述物项的列（text、品名、货物描述、code、hs 等）。", input.display()),
            format!(
                "{} has no column that says what the items are (text, description, code, hs, ...).",
                input.display()
            ),
        ));
    }
    let parties = Parties::of(&context.book, AsOf::on(day), data)?;
    let work = Work {
        input: home::digest(input)?,
        lawbook: engine.book().version.clone(),
        as_of: day,
        lang: format!("{:?}", context.lang),
    };
    let part = home::beside(out, ".work");
    let mut done = resume(&part, &work)?;
    let resumed = done.len();
    let total = tables::open(input)?.count();
    let mut log = BufWriter::new(begin(&part, &work, &done)?);
    let mut unread = std::collections::BTreeSet::new();
    let bar = progress(total, resumed, context.lang);
    let mut rows = tables::open(input)?.skip(resumed);
    loop {
        let chunk: Vec<Row> = rows.by_ref().take(CHUNK).collect::<Result<_, _>>()?;
        if chunk.is_empty() {
            break;
        }
        unread.extend(chunk.iter().flat_map(|row| item::unread(row, engine.book())).map(ToOwned::to_owned));
        let lines = assess_all(&engine, &parties, &chunk, day, context.lang);
        for line in &lines {
            let text = serde_json::to_string(line).map_err(|e| Failure::file(&part, &e))?;
            writeln!(log, "{text}").map_err(|e| Failure::file(&part, &e))?;
        }
        log.flush().map_err(|e| Failure::file(&part, &e))?;
        bar.inc(u64::try_from(lines.len()).unwrap_or(0));
        done.extend(lines);
    }
    bar.finish_and_clear();
    let columns: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
    let summary = Summary { unread: unread.into_iter().collect(), ..summary(&done, resumed, out) };
    let cells: Vec<Vec<Value>> = done.into_iter().map(|l| l.cells).collect();
    tables::write(out, &columns, &cells)?;
    let _ = std::fs::remove_file(&part);
    Ok(context.print(&summary, |page| {
        let answers = summary.answers.iter().map(|(answer, n)| format!("{answer} {n}")).collect::<Vec<_>>().join(", ");
        let line = match page.lang {
            Lang::Zh => {
                format!("{} 行（续作 {}，出错 {}）→ {}", summary.rows, summary.resumed, summary.errors, out.display())
            }
            Lang::En => {
                format!(
                    "{} rows ({} resumed, {} with errors) → {}",
                    summary.rows,
                    summary.resumed,
                    summary.errors,
                    out.display()
                )
            }
        };
        page.line(&line);
        page.line(&answers);
        if !summary.unread.is_empty() {
            let names = summary.unread.join(", ");
            let told = match page.lang {
                Lang::Zh => format!("未使用的列：{names}（参数列写作 param:名称）"),
                Lang::En => format!("Columns not used: {names} (a column of a parameter is called param:name)"),
            };
            page.line(&told);
        }
    }))
}

/// What an earlier run of the same work has done; nothing where the work is another.
fn resume(part: &Path, work: &Work) -> Result<Vec<Line>, Failure> {
    let Ok(file) = File::open(part) else { return Ok(Vec::new()) };
    let mut lines = BufReader::new(file).lines();
    let head: Option<Work> = lines.next().and_then(Result::ok).and_then(|l| serde_json::from_str(&l).ok());
    if head.as_ref() != Some(work) {
        return Ok(Vec::new());
    }
    let mut done = Vec::new();
    for line in lines {
        let line = line.map_err(|e| Failure::file(part, &e))?;
        // A line that was cut off by a kill ends what counts as done.
        let Ok(line) = serde_json::from_str::<Line>(&line) else { break };
        done.push(line);
    }
    Ok(done)
}

/// The working file, rewritten with what is done.
fn begin(part: &Path, work: &Work, done: &[Line]) -> Result<File, Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(part, e);
    let mut text = serde_json::to_string(work).map_err(|e| fail(&e))? + "\n";
    for line in done {
        text += &(serde_json::to_string(line).map_err(|e| fail(&e))? + "\n");
    }
    home::write_whole(part, text.as_bytes())?;
    OpenOptions::new().append(true).open(part).map_err(|e| fail(&e))
}

fn progress(total: usize, done: usize, lang: Lang) -> ProgressBar {
    let bar =
        ProgressBar::new(u64::try_from(total).unwrap_or(u64::MAX)).with_position(u64::try_from(done).unwrap_or(0));
    let words = if lang == Lang::Zh { "行，剩余 {eta}" } else { "rows, {eta} left" };
    let style = ProgressStyle::with_template(&format!("  {{bar:32}} {{pos}}/{{len}} {words}"));
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

/// Assesses rows on all cores, keeping their order.
fn assess_all(engine: &Engine, parties: &Parties, rows: &[Row], day: Day, lang: Lang) -> Vec<Line> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rows.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = rows
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || chunk.iter().map(|row| line(engine, parties, row, day, lang)).collect::<Vec<_>>())
            })
            .collect();
        workers.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn line(engine: &Engine, parties: &Parties, row: &Row, day: Day, lang: Lang) -> Line {
    let answered = item::question(row, engine.book(), day).and_then(|mut q| {
        q.listed = parties.listed(&q.parties);
        engine.assess(&q).map_err(Failure::from)
    });
    let text = |value: &str| Value::String(value.to_owned());
    let cells = match &answered {
        Ok(assessment) => {
            let of = |regime: &str| assessment.results.iter().find(|r| r.regime == regime);
            let answer = |regime: &str| text(of(regime).map_or("", |r| r.answer.as_str()));
            let entry = |regime: &str| text(&of(regime).map(entry_of).unwrap_or_default());
            let gravest = assessment.results.iter().min_by_key(|r| r.answer.gravity());
            let say = |b: &Bilingual| b.get(lang).trim().to_owned();
            let why = gravest.and_then(|r| r.reasons.first()).map(|r| format!("{} [{}]", say(&r.text), say(&r.cite)));
            let ask: Vec<String> =
                gravest.map(|r| r.questions.iter().map(|q| say(&q.ask)).collect()).unwrap_or_default();
            vec![
                Value::from(row.number),
                text(&item::id(row)),
                text(&item::text(row)),
                text(gravest.map_or("", |r| r.answer.as_str())),
                answer("dual-use"),
                entry("dual-use"),
                answer("technology"),
                entry("technology"),
                text(&why.unwrap_or_default()),
                text(&ask.join(" | ")),
                text(&listed(assessment, lang)),
                text(&day.to_string()),
                text(&assessment.lawbook.version),
                Value::String(String::new()),
            ]
        }
        Err(failure) => {
            let mut cells = vec![Value::from(row.number), text(&item::id(row)), text(&item::text(row))];
            cells.resize(COLUMNS.len() - 1, Value::String(String::new()));
            cells.push(text(failure.message.get(lang)));
            cells
        }
    };
    Line { row: row.number, cells }
}

/// The entry an answer rests on, where it rests on one.
pub fn entry_of(result: &RegimeResult) -> String {
    let rests = !matches!(result.answer, Answer::NotFound);
    result
        .entry
        .as_ref()
        .filter(|_| rests)
        .map(|e| if e.point.is_empty() { e.code.clone() } else { format!("{} {}", e.code, e.point) })
        .unwrap_or_default()
}

fn listed(assessment: &Assessment, lang: Lang) -> String {
    let one = |p: &yumen_assess::answer::PartyFinding| format!("{}: {} {}", p.asked, p.list_name.get(lang), p.status);
    assessment.parties.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn summary(lines: &[Line], resumed: usize, out: &Path) -> Summary {
    let mut summary = Summary { rows: lines.len(), resumed, out: out.to_owned(), ..Summary::default() };
    for line in lines {
        let cell = |name: &str| {
            COLUMNS.iter().position(|c| *c == name).and_then(|i| line.cells.get(i)).and_then(Value::as_str)
        };
        match cell("answer").filter(|a| !a.is_empty()) {
            Some(answer) => {
                let known = Answer::ALL.iter().map(|a| a.as_str()).find(|a| *a == answer).unwrap_or("other");
                *summary.answers.entry(known).or_default() += 1;
            }
            None => summary.errors += 1,
        }
    }
    summary
}
