//! `yumen check`: the main job.

use std::io::{BufRead as _, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use yumen_assess::answer::{Answer, Asking, Assessment};
use yumen_assess::{Engine, LONGEST_TEXT, Question};
use yumen_foreign::answer::ForeignAnswer;
use yumen_lawbook::{AsOf, Day, Lang};
use yumen_papers::Determination;

use super::batch;
use crate::answers::Answers;
use crate::cli::Check;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::parties::Parties;
use crate::show::{self, out::Page};
use crate::{home, shelves, today};

/// Most questions put in one sitting.
const MOST_ASKED: usize = 12;

/// Answers a question, or every row of a table.
pub fn run(context: &Context, args: &Check, data: Option<&Path>) -> Result<String, Failure> {
    if let (Some(input), Some(out)) = (&args.batch, &args.out) {
        return batch::run(context, input, out, day_or_today(args.as_of), data);
    }
    let mut question = question(args)?;
    let context = known(context, question.as_of)?;
    if !question.parties.is_empty() {
        question.listed = Parties::of(&context.book, question.as_of, data)?.listed(&question.parties);
    }
    let engine = context.engine();
    let mut answers = match &args.answers {
        Some(path) => Answers::open(path)?,
        None => Answers::new(),
    };
    let outdated = answers.take_outdated(&engine, question.as_of);
    let given = question.parameters.clone();
    let with = |answers: &Answers| answers.parameters().chain(given.iter().cloned()).collect::<Vec<_>>();
    question.parameters = with(&answers);
    let mut assessment = engine.assess(&question)?;
    if args.interactive {
        let sitting = Sitting { engine: &engine, context: &context, answers: &mut answers };
        sitting.told(&outdated);
        while let Some(asking) = sitting.next(&assessment) {
            let Some(value) = sitting.ask(&asking, &question)? else { break };
            sitting.answers.note(&asking, &value, &engine, question.as_of);
            question.parameters = with(sitting.answers);
            assessment = engine.assess(&question)?;
        }
    }
    if let Some(path) = &args.answers {
        answers.save(path)?;
    }
    if let Some(path) = &args.save {
        save(path, data, &question, &assessment)?;
    }
    let explained = if args.explain { show::explain::explain(&engine, &question, &assessment)? } else { Vec::new() };
    let foreign = elsewhere(&engine, data, &question)?;
    if context.json {
        let mut value =
            serde_json::to_value(&assessment).map_err(|e| Failure::data("json", e.to_string(), e.to_string()))?;
        if args.explain {
            value["explained"] = serde_json::to_value(&explained).unwrap_or_default();
        }
        if !foreign.is_empty() {
            value["foreign"] = serde_json::to_value(&foreign).unwrap_or_default();
        }
        return Ok(show::out::json(&value));
    }
    Ok(context.print(&assessment, |page| {
        show::answer::write(page, &engine, &assessment);
        show::foreign::write(page, &foreign, show::foreign::SHOWN);
        show::explain::write(page, &explained);
        if let Some(path) = &args.save {
            let line = format!("{} {}", page.pick("记录已签名保存：", "Signed record saved:"), path.display());
            page.line(&line);
        }
    }))
}

/// What the imported lists of other regimes hold. Without a data directory there are none.
fn elsewhere(engine: &Arc<Engine>, data: Option<&Path>, question: &Question) -> Result<Vec<ForeignAnswer>, Failure> {
    let Ok(data) = home::directory(data) else { return Ok(Vec::new()) };
    if question.text.is_empty() || !shelves::any(engine.book(), &data) {
        return Ok(Vec::new());
    }
    Ok(shelves::open(engine, &data)?.iter().map(|shelf| shelf.find(&question.text)).collect())
}

/// Questions one after the other, on standard error, answers from standard input.
struct Sitting<'a> {
    engine: &'a Arc<Engine>,
    context: &'a Context,
    answers: &'a mut Answers,
}

impl Sitting<'_> {
    fn told(&self, outdated: &[crate::answers::Answered]) {
        for answer in outdated {
            let zh = format!("{} 的文字已变，“{}”须重新回答。", answer.serves, answer.ask.zh);
            let en = format!("The words of {} have changed; this is asked again: {}", answer.serves, answer.ask.en);
            say(if self.context.lang == Lang::Zh { &zh } else { &en });
        }
    }

    /// The next question worth putting: of the gravest result that still depends on something.
    fn next(&self, assessment: &Assessment) -> Option<Asking> {
        if self.answers.given.len() >= MOST_ASKED {
            return None;
        }
        let mut open: Vec<_> = assessment.results.iter().filter(|r| r.answer == Answer::Depends).collect();
        open.sort_by_key(|r| std::cmp::Reverse(r.questions.first().map(|q| q.gain.clone())));
        // Who somebody is, is decided on the hit (`screen --decide`), not asked here.
        let asked = |q: &Asking| q.kind == "party" || self.answers.given.iter().any(|a| a.parameter == q.parameter);
        open.into_iter().flat_map(|r| r.questions.iter()).find(|q| !asked(q)).cloned()
    }

    /// Puts a question until an answer can be read; `None` to stop.
    fn ask(&self, asking: &Asking, question: &Question) -> Result<Option<String>, Failure> {
        let lang = self.context.lang;
        let mut page = Page::new(lang);
        let number = self.answers.given.len() + 1;
        let line = format!("{} {number}  {}", page.pick("问题", "Question"), asking.ask.get(lang));
        page.gap();
        page.wrapped("", "  ", &line);
        page.wrapped("  ", "  ", asking.why.get(lang));
        let hint = match asking.kind.as_str() {
            "yes_no" => page.pick("y 是 / n 否 / ? 不知道 / q 停止", "y yes / n no / ? don't know / q stop"),
            "moves" => page.pick(
                "goods / technology / software / service / ? / q",
                "goods / technology / software / service / ? / q",
            ),
            _ => page.pick("数值和单位 / ? 不知道 / q 停止", "a number with its unit / ? don't know / q stop"),
        };
        page.wrapped("  ", "  ", hint);
        say(page.finish().trim_end());
        loop {
            let _ = write!(anstream::stderr(), "> ");
            let mut line = String::new();
            let read = std::io::stdin().lock().take(4096).read_line(&mut line).map_err(|e| {
                Failure::usage(
                    "input",
                    format!("无法读取标准输入：{e}。"),
                    format!("Standard input cannot be read: {e}."),
                )
            })?;
            let value = line.trim();
            if read == 0 || matches!(value, "q" | "quit" | "停止") {
                return Ok(None);
            }
            if value.is_empty() {
                continue;
            }
            let mut trial = question.clone();
            trial.parameters.push((asking.parameter.clone(), value.to_owned()));
            match self.engine.assess(&trial) {
                Ok(_) => return Ok(Some(value.to_owned())),
                Err(error) => say(error.message().get(lang)),
            }
        }
    }
}

fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

fn save(path: &Path, data: Option<&Path>, question: &Question, assessment: &Assessment) -> Result<(), Failure> {
    let fail = |e: &dyn std::fmt::Display| Failure::file(path, e);
    let signer = home::signer(&home::directory(data)?)?;
    let record = Determination::new(question, assessment, today::in_beijing(), env!("CARGO_PKG_VERSION"))
        .map_err(|e| fail(&e))?;
    let paper = signer.sign(record).map_err(|e| fail(&e))?;
    let text = serde_json::to_string_pretty(&paper).map_err(|e| fail(&e))? + "\n";
    home::write_whole(path, text.as_bytes())
}

fn question(args: &Check) -> Result<Question, Failure> {
    let text = match args.text.as_deref() {
        Some("-") => standard_input()?,
        Some(text) => text.to_owned(),
        None => String::new(),
    };
    let effective = day_or_today(args.as_of);
    Ok(Question {
        text,
        code: args.code.clone(),
        hs: args.hs.clone(),
        parameters: args.parameters.clone(),
        moves: args.moves.map(Into::into),
        destination: args.to.clone(),
        parties: args.parties.clone(),
        end_use: args.end_use.clone(),
        listed: Vec::new(),
        as_of: args.recorded.map_or_else(|| AsOf::on(effective), |recorded| AsOf::known(effective, recorded)),
    })
}

/// Reads at most a little more than the limit, so that a huge input is refused without being held.
fn standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(LONGEST_TEXT).unwrap_or(u64::MAX) + 1;
    std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|e| {
        Failure::usage("input", format!("无法读取标准输入：{e}。"), format!("Standard input cannot be read: {e}."))
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The book as it was known on the day of knowledge, where one is asked for.
fn known(context: &Context, as_of: AsOf) -> Result<Context, Failure> {
    if as_of.recorded == Day::MAX {
        return Ok(context.clone());
    }
    if let Some((first, _)) = context.book.recorded.filter(|(first, _)| as_of.recorded < *first) {
        return Err(yumen_assess::QuestionError::BeforeKnowledge { day: as_of.recorded, first }.into());
    }
    Ok(context.with_book(context.book.known_on(as_of.recorded).into()))
}
