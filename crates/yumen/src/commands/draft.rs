//! `yumen lawbook review` and `adopt`: a person looks at every line; what was accepted is checked with the whole book and installed.

use std::fs;
use std::io::{BufRead, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use yumen_importers::Draft;
use yumen_importers::draft::{AssembleError, Confidence, Decision, Line};
use yumen_lawbook::{Bilingual, Lang};

use crate::cli;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::home;
use crate::show::out::Page;

/// Largest draft read.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Reads a draft file.
pub fn open(path: &Path) -> Result<Draft, Failure> {
    let size = fs::metadata(path).map_err(|e| Failure::file(path, &e))?.len();
    if size > LARGEST {
        return Err(Failure::file(path, &format!("{size} bytes; the limit is {LARGEST}")));
    }
    let text = fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    Draft::from_toml(&text).map_err(|e| Failure::line(path, e.line, &e.why))
}

/// One line of a draft in a few words.
pub fn short_line(page: &mut Page, line: &Line) {
    short_lines(page, &[line]);
}

/// Whether the same words say the same of two lines, so that their remarks need to be told only once.
pub fn same_remarks(one: &Line, other: &Line) -> bool {
    (one.at, &one.what, one.confidence, &one.doubts, &one.eyes)
        == (other.at, &other.what, other.confidence, &other.doubts, &other.eyes)
        && one.differs.is_empty()
        && other.differs.is_empty()
        && !(one.doubts.is_empty() && one.eyes.is_empty())
}

/// Lines with the same remarks, in a few words.
pub fn short_lines(page: &mut Page, lines: &[&Line]) {
    let Some(line) = lines.first() else { return };
    let mark = match line.confidence {
        Confidence::Sure => "●",
        Confidence::Likely => "◐",
        Confidence::Doubtful => "▲",
    };
    let label = line.confidence.label();
    let what = line.what_label();
    let last = lines.last().filter(|l| l.id != line.id).map(|l| format!("–{}", l.id)).unwrap_or_default();
    let about: Vec<&str> = lines.iter().map(|l| l.about.as_str()).collect();
    let about = about.join(page.pick("、", ", "));
    let text = format!("{}{last} {} {about} · {} · {}", line.id, page.say(&what), line.at, page.say(&label));
    page.item(mark, &text);
    for doubt in line.doubts.iter().chain(&line.eyes) {
        let text = page.say(doubt).to_owned();
        page.wrapped("      ", "      ", &text);
    }
    for differs in &line.differs {
        let known = differs.verification_label();
        let text = format!("{} {} ({}) → {}", differs.point, differs.book, page.say(&known), differs.text);
        page.wrapped("      ", "      ", &text);
    }
}

/// How a review stands.
#[derive(Serialize)]
struct Reviewed {
    draft: PathBuf,
    accepted: usize,
    corrected: usize,
    rejected: usize,
    left: usize,
    open: usize,
}

/// Walks through the open lines. Every answer is written at once, so that a review can be broken off and taken up again.
pub fn review(context: &Context, path: &Path) -> Result<String, Failure> {
    let mut draft = open(path)?;
    let stdin = std::io::stdin();
    let mut input = stdin.lock();
    let lang = context.lang;
    for i in 0..draft.line.len() {
        if draft.line[i].decision != Decision::Open {
            continue;
        }
        let total = draft.line.len();
        ask_about(&draft.line[i], total, lang);
        loop {
            let prompt = if lang == Lang::Zh {
                "[a]接受 [c]更正 [r]不采用 [l]留待 [q]退出 > "
            } else {
                "[a]ccept [c]orrect [r]eject [l]eave [q]uit > "
            };
            let Some(answer) = ask(prompt, &mut input)? else { return Ok(finish(context, &draft, path)) };
            let decision = match answer.trim().to_lowercase().as_str() {
                "a" | "y" if draft.line[i].law.is_empty() => {
                    tell(
                        lang,
                        "这一行没有可记录的内容，只能不采用或留待。",
                        "There is nothing to record in this line: reject or leave it.",
                    );
                    continue;
                }
                "a" | "y" => Decision::Accepted,
                "r" | "n" => Decision::Rejected,
                "l" => Decision::Left,
                "c" => match correct(&draft, i, &mut input, lang)? {
                    Some(law) => {
                        draft.line[i].law = law;
                        Decision::Corrected
                    }
                    None => continue,
                },
                "q" => return Ok(finish(context, &draft, path)),
                _ => continue,
            };
            draft.line[i].decision = decision;
            home::write_whole(path, draft.to_toml().as_bytes())?;
            break;
        }
    }
    Ok(finish(context, &draft, path))
}

fn finish(context: &Context, draft: &Draft, path: &Path) -> String {
    let count = |d: Decision| draft.line.iter().filter(|l| l.decision == d).count();
    let reviewed = Reviewed {
        draft: path.to_owned(),
        accepted: count(Decision::Accepted),
        corrected: count(Decision::Corrected),
        rejected: count(Decision::Rejected),
        left: count(Decision::Left),
        open: count(Decision::Open),
    };
    context.print(&reviewed, |page| {
        let line = match page.lang {
            Lang::Zh => format!(
                "接受{}，更正{}，不采用{}，留待{}，未审{}。",
                reviewed.accepted, reviewed.corrected, reviewed.rejected, reviewed.left, reviewed.open
            ),
            Lang::En => format!(
                "{} accepted, {} corrected, {} rejected, {} left, {} open.",
                reviewed.accepted, reviewed.corrected, reviewed.rejected, reviewed.left, reviewed.open
            ),
        };
        page.line(&line);
        let line = format!("{} yumen lawbook adopt {}", page.pick("下一步：", "Next:"), path.display());
        page.line(&line);
    })
}

/// The questions go to the error stream, so that the answer alone is on the output.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn tell(lang: Lang, zh: &str, en: &str) {
    say(if lang == Lang::Zh { zh } else { en });
}

fn ask_about(line: &Line, total: usize, lang: Lang) {
    let mut page = Page::new(lang);
    page.gap();
    page.line(&format!("── {}/{total} ──", line.id));
    short_line(&mut page, line);
    for words in line.words.lines().take(40) {
        page.wrapped("    │ ", "    │ ", words);
    }
    for law in line.law.lines().take(120) {
        page.line(&format!("    {law}"));
    }
    say(page.finish().trim_end());
}

fn ask(prompt: &str, input: &mut impl BufRead) -> Result<Option<String>, Failure> {
    let mut err = anstream::stderr();
    let _ = write!(err, "{prompt}");
    let _ = err.flush();
    let mut answer = String::new();
    let read = input.read_line(&mut answer).map_err(|e| Failure::file(Path::new("-"), &e))?;
    Ok((read > 0).then_some(answer))
}

/// The corrected law: from `$EDITOR`, or typed in up to a line with a single full stop.
fn correct(draft: &Draft, at: usize, input: &mut impl BufRead, lang: Lang) -> Result<Option<String>, Failure> {
    let law = if let Some(editor) = std::env::var_os("EDITOR").filter(|e| !e.is_empty()) {
        let file = std::env::temp_dir().join(format!("yumen-line-{}.toml", std::process::id()));
        fs::write(&file, &draft.line[at].law).map_err(|e| Failure::file(&file, &e))?;
        let status = std::process::Command::new(editor).arg(&file).status();
        let text = fs::read_to_string(&file).map_err(|e| Failure::file(&file, &e));
        let _ = fs::remove_file(&file);
        if !status.is_ok_and(|s| s.success()) {
            tell(lang, "编辑器没有正常结束，未作更正。", "The editor did not end well; nothing was corrected.");
            return Ok(None);
        }
        text?
    } else {
        tell(
            lang,
            "请输入更正后的法律数据（TOML），以单独一行“.”结束：",
            "Type the corrected law (TOML); end with a line of one full stop:",
        );
        let mut text = String::new();
        loop {
            let mut line = String::new();
            if input.read_line(&mut line).map_err(|e| Failure::file(Path::new("-"), &e))? == 0 || line.trim() == "." {
                break;
            }
            text.push_str(&line);
        }
        text
    };
    let mut trial = draft.clone();
    trial.line[at].law.clone_from(&law);
    match trial.check_line(at) {
        Ok(()) => Ok(Some(law)),
        Err(why) => {
            say(&why);
            Ok(None)
        }
    }
}

/// What adopting did.
#[derive(Serialize)]
struct Adopted {
    lines: usize,
    files: Vec<String>,
    directory: PathBuf,
    lawbook_before: String,
    lawbook_after: String,
    /// What the reviewer knew to be lacking.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Bilingual>,
    warnings: Vec<yumen_lawbook::Issue>,
}

/// `--yes` takes only lines in which nothing wants a human eye, and only of kinds whose number the text declares and the draft meets.
fn refuse_unreviewed(draft: &Draft) -> Result<(), Failure> {
    if !draft.matches_totals() {
        return Err(Failure::usage(
            "totals",
            "--yes 只用于文中写明的数目与读出的完全一致、且没有未识别文字的草稿；请用 yumen lawbook review 逐项审核。",
            "--yes is only for drafts that meet every total their text declares, with nothing unread: go through it with yumen lawbook review.",
        ));
    }
    let unvouched = draft.unvouched();
    if unvouched.is_empty() {
        return Ok(());
    }
    let list = |lang: Lang| {
        let said = |l: &&Line| format!("{} {} {}", l.id, l.what_label().get(lang), l.about);
        let more = if unvouched.len() > 8 { " …" } else { "" };
        unvouched.iter().take(8).map(said).collect::<Vec<_>>().join("; ") + more
    };
    let count = unvouched.len();
    Err(Failure::usage(
        "unreviewed",
        format!(
            "有{count}项须先审核（存疑、参数或拟定类别待看，或者文中没有写明该类内容的数目）：yumen lawbook review。\n  {}",
            list(Lang::Zh)
        ),
        format!(
            "{count} line(s) must be reviewed first (doubtful, with parameters or a proposed class to look at, or of a kind whose number the text does not declare): yumen lawbook review.\n  {}",
            list(Lang::En)
        ),
    ))
}

/// Installs the accepted lines.
pub fn adopt(
    context: &Context,
    directory: Option<&Path>,
    data: Option<&Path>,
    args: &cli::Adopt,
) -> Result<String, Failure> {
    let draft = open(&args.draft)?;
    let base = home::book_files(directory, data)?;
    let missing = draft.missing();
    if args.yes {
        refuse_unreviewed(&draft)?;
    } else if draft.open() > 0 {
        let undecided = draft.open();
        return Err(Failure::usage(
            "unreviewed",
            format!("还有{undecided}项未审核：yumen lawbook review。留待以后的请标为留待。"),
            format!(
                "{undecided} line(s) are not reviewed yet: yumen lawbook review. Leave those for which it is too early."
            ),
        ));
    }
    if !missing.is_empty() && !args.incomplete {
        return Err(Failure::usage(
            "incomplete",
            format!(
                "草稿不完整：\n  {}\n请先补齐；确要采用不完整的草稿，请加 --incomplete，缺少的内容将写入备注。",
                missing.iter().take(12).map(|m| m.zh.as_str()).collect::<Vec<_>>().join("\n  ")
            ),
            format!(
                "The draft is not whole:\n  {}\nComplete it first; to adopt it as it is, say --incomplete: what is missing is then kept as a remark.",
                missing.iter().take(12).map(|m| m.en.as_str()).collect::<Vec<_>>().join("\n  ")
            ),
        ));
    }
    let taken = |line: &Line| line.decision.enters() || (args.yes && line.decision == Decision::Open);
    let adopted = draft.noting_what_lacks().assemble(&base, taken).map_err(|e| failure(&e))?;
    let target = match directory {
        Some(directory) => directory.to_owned(),
        None => home::directory(data)?.join("lawbook"),
    };
    let keep = home::directory(data)?.join("superseded").join(context.book.version.get(..12).unwrap_or("before"));
    for file in &adopted.files {
        let place = target.join(&file.path);
        let fail = |e: std::io::Error| Failure::file(&place, &e);
        if place.exists() {
            let old = keep.join(&file.path);
            fs::create_dir_all(old.parent().unwrap_or(&keep)).map_err(fail)?;
            fs::copy(&place, &old).map_err(fail)?;
        }
        fs::create_dir_all(place.parent().unwrap_or(&target)).map_err(fail)?;
        home::write_whole(&place, file.text.as_bytes())?;
    }
    journal(&draft, &adopted, data, context)?;
    let told = Adopted {
        lines: adopted.lines,
        files: adopted.files.iter().map(|f| f.path.clone()).collect(),
        directory: target,
        lawbook_before: context.book.version.clone(),
        lawbook_after: adopted.book.version.clone(),
        missing,
        warnings: adopted.warnings,
    };
    Ok(context.print(&told, |page| {
        let line = match page.lang {
            Lang::Zh => format!("已采用{}项，写入 {}：", told.lines, told.directory.display()),
            Lang::En => format!("{} line(s) adopted into {}:", told.lines, told.directory.display()),
        };
        page.line(&line);
        for file in &told.files {
            page.item("·", file);
        }
        for missing in &told.missing {
            let text = format!("{} {}", page.pick("缺少：", "Lacking:"), page.say(missing));
            page.item("✗", &text);
        }
        for warning in &told.warnings {
            page.item("!", &warning.to_string());
        }
        let line = format!("{} {}", page.pick("法律数据版本", "law book"), told.lawbook_after);
        page.line(&line);
    }))
}

/// A draft that does not pass, as a failure.
pub fn failure(error: &AssembleError) -> Failure {
    match error {
        AssembleError::Nothing => Failure::usage(
            "nothing",
            "草稿中没有被接受的内容：请先用 yumen lawbook review 审核。",
            "No line of the draft is accepted: go through it with yumen lawbook review first.",
        ),
        AssembleError::Faulty(issues) => {
            let list = issues.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join("\n  ");
            Failure::data(
                "draft",
                format!("加入草稿后法律数据不能通过检查（{}个错误）：\n  {list}", issues.len()),
                format!("With this draft the law book does not pass its check ({} error(s)):\n  {list}", issues.len()),
            )
        }
    }
}

/// Who relies on adopted law can see which file it came from and when.
fn journal(
    draft: &Draft,
    adopted: &yumen_importers::draft::Adopted,
    data: Option<&Path>,
    context: &Context,
) -> Result<(), Failure> {
    let path = home::directory(data)?.join("adopted.jsonl");
    let record = serde_json::json!({
        "day": day_or_today(None),
        "file": draft.about.file,
        "sha256": draft.about.sha256,
        "instrument": draft.about.instrument,
        "lines": adopted.lines,
        "corrected": draft.line.iter().filter(|l| l.decision == Decision::Corrected).count(),
        "rejected": draft.line.iter().filter(|l| l.decision == Decision::Rejected).count(),
        "missing": draft.missing(),
        "lawbook_before": context.book.version,
        "lawbook_after": adopted.book.version,
    });
    fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(|e| Failure::file(&path, &e))?;
    let mut file =
        fs::OpenOptions::new().create(true).append(true).open(&path).map_err(|e| Failure::file(&path, &e))?;
    writeln!(file, "{record}").map_err(|e| Failure::file(&path, &e))
}
