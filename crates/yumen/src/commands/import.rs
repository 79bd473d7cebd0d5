//! `yumen import`: official texts in, drafts of law data with a report out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;
use yumen_importers::documents::{self, Limits};
use yumen_importers::draft::{Confidence, Line};
use yumen_importers::{Draft, Hints, ImportError, Importer, Report, importers};
use yumen_lawbook::{Day, Lang};

use super::foreign_list::{self, Kept};
use crate::cli;
use crate::context::{Context, day_or_today};
use crate::failure::{BAD_DATA, Failure};
use crate::home;
use crate::show::out::Page;

/// One file and what became of it.
#[derive(Serialize)]
struct Imported<'d> {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<Report<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'d Kept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<yumen_lawbook::Bilingual>,
}

/// What a file became.
enum Made {
    /// A draft, and where it was written.
    Draft(Box<Draft>, PathBuf),
    /// A list of another regime, kept.
    List(Kept),
}

impl Made {
    fn draft(&self) -> Option<(&Draft, &Path)> {
        match self {
            Self::Draft(draft, path) => Some((draft, path)),
            Self::List(_) => None,
        }
    }

    fn list(&self) -> Option<&Kept> {
        match self {
            Self::Draft(..) => None,
            Self::List(kept) => Some(kept),
        }
    }
}

/// Imports every file. The exit code is 3 where one could not be read.
pub fn run(context: &Context, data: Option<&Path>, args: &cli::Import) -> Result<(String, u8), Failure> {
    if args.files.is_empty() {
        return Ok((kinds(context), 0));
    }
    let recorded = day_or_today(args.recorded);
    let hints = Hints { instrument: args.instrument.clone(), published: args.published, effective: args.effective };
    let mut made: Vec<(&Path, Result<Made, Failure>)> = Vec::new();
    for file in &args.files {
        let result = if foreign_list::is_list(file) {
            foreign_list::keep(data, file).map(Made::List)
        } else {
            one(context, file, recorded, &hints).and_then(|draft| {
                let path = write(&draft, file, args, context.lang)?;
                Ok(Made::Draft(Box::new(draft), path))
            })
        };
        made.push((file, result));
    }
    // A single file that cannot be read is the command's own failure.
    if let [(_, Err(failure))] = made.as_slice() {
        return Err(failure.clone());
    }
    let exit = if made.iter().any(|(_, r)| r.is_err()) { BAD_DATA } else { 0 };
    let imported: Vec<Imported<'_>> = made
        .iter()
        .map(|(file, result)| Imported {
            file: file.display().to_string(),
            draft: result.as_ref().ok().and_then(Made::draft).map(|(_, path)| path.to_owned()),
            report: result.as_ref().ok().and_then(Made::draft).map(|(draft, _)| draft.report()),
            list: result.as_ref().ok().and_then(Made::list),
            error: result.as_ref().err().map(|f| f.message.clone()),
        })
        .collect();
    let text = context.print(&imported, |page| {
        for (file, result) in &made {
            match result {
                Ok(Made::Draft(draft, path)) => show(page, draft, path, args.all),
                Ok(Made::List(kept)) => foreign_list::show(context, page, kept),
                Err(failure) => {
                    let line = format!("{}: {}", file.display(), page.say(&failure.message));
                    page.paragraph(&line);
                }
            }
        }
    });
    Ok((text, exit))
}

fn kinds(context: &Context) -> String {
    let known: Vec<Importer> = importers();
    context.print(&known, |page| {
        page.head("可以导入", "What can be imported");
        for kind in &known {
            let line = format!("{} — {} ({})", page.say(&kind.name), page.say(&kind.about), kind.id);
            page.item("·", &line);
        }
        for list in yumen_foreign::import::IMPORTERS {
            let line = format!("{} ({})", page.say(&(list.reads)()), list.regime);
            page.item("·", &line);
        }
        page.gap();
        let line = page.pick(
            "PDF（文字层）、DOCX、HTML、XLSX、纯文本；简体或繁体；UTF-8、UTF-16或GB 18030。扫描件需装有 tesseract 和 pdftoppm。",
            "PDF (with a text layer), DOCX, HTML, XLSX, plain text; simplified or traditional; UTF-8, UTF-16 or GB 18030. Scans need tesseract and pdftoppm.",
        ).to_owned();
        page.paragraph(&line);
    })
}

fn one(context: &Context, file: &Path, recorded: Day, hints: &Hints) -> Result<Draft, Failure> {
    let limits = Limits::default();
    let size = fs::metadata(file).map_err(|e| Failure::file(file, &e))?.len();
    if size > limits.file as u64 {
        return Err(ImportError::Beyond { what: "bytes", limit: limits.file as u64 }.into());
    }
    let bytes = fs::read(file).map_err(|e| Failure::file(file, &e))?;
    let name = file.file_name().map_or_else(|| file.display().to_string(), |n| n.to_string_lossy().into_owned());
    let engine = context.engine();
    let document = match documents::read(&bytes, &limits) {
        Err(ImportError::Scanned { pages }) => recognise(file, &bytes, pages)?,
        other => other?,
    };
    Ok(yumen_importers::import_document(&name, &document, &engine, recorded, hints)?)
}

/// Reads a scan with tesseract, where it is installed.
fn recognise(file: &Path, bytes: &[u8], pages: u32) -> Result<documents::Document, Failure> {
    let scanned = || -> Failure {
        let mut failure = Failure::from(ImportError::Scanned { pages });
        failure.message.zh.push_str("请安装 tesseract（含 chi_sim）和 pdftoppm 后再试，或者先转换为有文字的文件。");
        failure
            .message
            .en
            .push_str(". Install tesseract (with chi_sim) and pdftoppm, or convert it to a file with text first");
        failure
    };
    let folder = std::env::temp_dir().join(format!("yumen-ocr-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
    let result = (|| {
        let drawn =
            Command::new("pdftoppm").args(["-r", "300", "-gray", "-png"]).arg(file).arg(folder.join("page")).status();
        if !drawn.is_ok_and(|s| s.success()) {
            return Err(scanned());
        }
        let listed = fs::read_dir(&folder).map_err(|e| Failure::file(&folder, &e))?;
        let mut images: Vec<PathBuf> =
            listed.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "png")).collect();
        images.sort();
        let mut texts = Vec::new();
        for image in images {
            let read =
                Command::new("tesseract").arg(&image).args(["stdout", "-l", "chi_sim+eng", "--psm", "6"]).output();
            match read {
                Ok(read) if read.status.success() => texts.push(String::from_utf8_lossy(&read.stdout).into_owned()),
                _ => return Err(scanned()),
            }
        }
        Ok(documents::recognised(bytes, &texts))
    })();
    let _ = fs::remove_dir_all(&folder);
    result
}

/// Writes draft, HTML and JSON report; tells where the draft is.
fn write(draft: &Draft, file: &Path, args: &cli::Import, lang: Lang) -> Result<PathBuf, Failure> {
    fs::create_dir_all(&args.out).map_err(|e| Failure::file(&args.out, &e))?;
    let stem = file.file_stem().map_or_else(|| "import".to_owned(), |s| s.to_string_lossy().into_owned());
    let path = |ending: &str| args.out.join(format!("{stem}.{ending}"));
    let report = crate::show::out::json(&draft.report());
    home::write_whole(&path("draft.toml"), draft.to_toml().as_bytes())?;
    home::write_whole(&path("report.json"), report.as_bytes())?;
    home::write_whole(&path("report.html"), draft.html(lang).as_bytes())?;
    Ok(path("draft.toml"))
}

/// Shows what was understood and what was not.
fn show(page: &mut Page, draft: &Draft, path: &Path, all: bool) {
    let about = &draft.about;
    page.head(&about.title, &about.title);
    // The names of kinds are what `--help` and the pages call them; Chinese readers are told them in Chinese.
    let known = importers();
    let named = |id: &String| match page.lang {
        Lang::Zh => known.iter().find(|k| k.id == id).map_or_else(|| id.clone(), |k| k.name.zh.clone()),
        Lang::En => id.clone(),
    };
    let kinds = about.kinds.iter().map(named).collect::<Vec<_>>().join(" + ");
    let line = format!(
        "{} · {} · {} · sha256 {}…",
        about.file,
        page.say(&about.form.label()),
        kinds,
        about.sha256.get(..16).unwrap_or_default()
    );
    page.line(&line);
    let day = |d: Option<Day>| d.map_or_else(|| "?".to_owned(), |d| d.to_string());
    let line = format!(
        "{} {} · {} {} · {} {}",
        page.pick("文件", "act"),
        about.instrument,
        page.pick("公布", "published"),
        day(about.published),
        page.pick("施行", "in force"),
        day(about.effective)
    );
    page.line(&line);
    for note in &about.notes {
        page.item("!", note);
    }
    let rows: Vec<Vec<String>> = draft
        .totals()
        .iter()
        .map(|t| {
            let [name, declared, found] = [&t.name, &t.declared, &t.found].map(|b| page.say(b).to_owned());
            vec![name, declared, found, t.mark().to_owned()]
        })
        .collect();
    page.gap();
    let head = [page.pick("数目", "totals"), page.pick("文中写明", "declared"), page.pick("读出", "found"), ""];
    page.table(&head, &rows);
    let report = draft.report();
    let counts: Vec<String> = [Confidence::Sure, Confidence::Likely, Confidence::Doubtful]
        .into_iter()
        .filter_map(|c| Some((c.label(), report.confidence.get(c.name())?)))
        .map(|(label, n)| format!("{} {n}", page.say(&label)))
        .collect();
    let line = format!(
        "{}: {}  ({}; {} {}, {} {})",
        page.pick("共读出操作", "operations"),
        draft.line.len(),
        counts.join(", "),
        page.pick("与原记录不同", "conflicts"),
        report.conflicts,
        page.pick("需看参数", "parameters to look at"),
        report.eyes
    );
    page.line(&line);
    let shown: Vec<&Line> = draft.line.iter().filter(|l| all || l.confidence != Confidence::Sure).collect();
    for lines in shown.chunk_by(|a, b| super::draft::same_remarks(a, b)) {
        super::draft::short_lines(page, lines);
    }
    if !draft.unread.is_empty() {
        page.head("没有识别的文字", "Not understood");
        for unread in &draft.unread {
            let words: String = unread.words.chars().take(120).collect();
            let text = format!("{}: {words} — {}", unread.place, page.say(&unread.why));
            page.item("?", &text);
        }
    }
    page.gap();
    let line = format!("{} yumen lawbook review {}", page.pick("下一步：", "Next:"), path.display());
    page.line(&line);
}
