//! `yumen check`: the main job.

use std::io::Read as _;

use yumen_assess::{LONGEST_TEXT, Question};
use yumen_lawbook::{AsOf, Day};

use crate::cli::Check;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::show;

/// Answers a question.
pub fn run(context: &Context, args: &Check) -> Result<String, Failure> {
    let question = question(args)?;
    let context = known(context, question.as_of)?;
    let engine = context.engine();
    let assessment = engine.assess(&question)?;
    Ok(context
        .print(&assessment, |page| show::answer::write(page, &assessment, &|id, lang| engine.list_name(id, lang))))
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
