//! `yumen`: is this controlled, on that day, and what must I do?

mod answers;
mod cli;
mod commands;
mod context;
mod failure;
mod home;
mod parties;
mod shelves;
mod show;
mod store;
mod tables;
mod today;

use std::io::Write as _;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::{CommandFactory as _, Parser as _};

use cli::{Cli, Colour, Command, Eval, Lawbook};
use context::Context;
use failure::Failure;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    match cli.color {
        Colour::Auto => {}
        Colour::Always => ColorChoice::Always.write_global(),
        Colour::Never => ColorChoice::Never.write_global(),
    }
    match run(&cli) {
        Ok((text, exit)) => {
            let mut out = anstream::stdout();
            let text = show::clean::for_terminal(&text);
            match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
                // A reader that has gone away (`| head`) is no failure of ours.
                Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                    report(&cli, &Failure::written(std::path::Path::new("stdout"), &error));
                    ExitCode::from(3)
                }
                _ => ExitCode::from(exit),
            }
        }
        Err(failure) => {
            report(&cli, &failure);
            ExitCode::from(failure.exit)
        }
    }
}

/// A command line that cannot be read: told as every other failure is, in both languages and for machines.
fn misused(error: &clap::Error) -> ExitCode {
    let asked = |name: &str, value: &str| {
        let given: Vec<String> = std::env::args().collect();
        let apart = given.windows(2).any(|pair| pair[0] == name && pair[1] == value);
        apart || given.contains(&if value.is_empty() { name.to_owned() } else { format!("{name}={value}") })
    };
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let said = error.to_string();
    let said = said.trim().trim_start_matches("error: ");
    if asked("--json", "") {
        let first = said.lines().next().unwrap_or_default();
        let message = yumen_lawbook::Bilingual::new(format!("命令行无法识别：{first}"), first);
        let value = serde_json::json!({ "error": { "code": "usage", "message": message } });
        let _ = writeln!(anstream::stderr(), "{value}");
    } else if asked("--lang", "zh") {
        let _ = writeln!(anstream::stderr(), "命令行无法识别：{}", show::clean::plain(said));
    } else {
        let _ = error.print();
    }
    ExitCode::from(2)
}

fn report(cli: &Cli, failure: &Failure) {
    if cli.json {
        let value = serde_json::json!({ "error": { "code": failure.code, "message": failure.message } });
        let _ = writeln!(anstream::stderr(), "{value}");
    } else {
        let _ = writeln!(anstream::stderr(), "{}", show::clean::plain(failure.message.get(cli.language())));
    }
}

fn run(cli: &Cli) -> Result<(String, u8), Failure> {
    let lang = cli.language();
    let directory = cli.lawbook.as_deref();
    match &cli.command {
        Command::Completions { shell } => return Ok((completions(*shell), 0)),
        Command::Man => return man(),
        Command::Config(settings) => return commands::serve::config(cli, settings),
        Command::Lawbook(Lawbook::Check) => {
            return commands::lawbook::check(directory, cli.data.as_deref(), lang, cli.json);
        }
        Command::Eval(Eval::Screen { list, queries, min }) => {
            return Ok((commands::eval_screen::run(list, queries, *min)?, 0));
        }
        _ => {}
    }
    let asks = matches!(
        &cli.command,
        Command::Check(_)
            | Command::Verify { .. }
            | Command::Portfolio(_)
            | Command::Eval(Eval::Classify { .. } | Eval::Table { .. })
            | Command::Regime(cli::Regime::Search { .. })
            | Command::Import(_)
            | Command::Lawbook(Lawbook::Impact { .. })
            | Command::Serve(_)
            | Command::Mcp
            | Command::List(cli::List::Search { .. })
    );
    let context = Context::open(directory, cli.data.as_deref(), lang, cli.json, asks)?;
    let text = match &cli.command {
        Command::Check(args) => commands::check::run(&context, args, cli.data.as_deref())?,
        Command::Verify { file } => return commands::verify::run(&context, cli.data.as_deref(), file),
        Command::Portfolio(cli::Portfolio::Diff { file, from, to }) => {
            commands::portfolio::diff(&context, file, *from, *to)?
        }
        Command::Regime(command) => commands::regime::run(&context, cli.data.as_deref(), command)?,
        Command::List(command) => commands::list::run(&context, command)?,
        Command::Measure(command) => commands::measure::run(&context, command)?,
        Command::Screen(args) => return commands::screen::run(&context, args, cli.data.as_deref()),
        Command::Lists(command) => commands::lists::run(&context, command, cli.data.as_deref())?,
        Command::Rescreen(args) => commands::rescreen::run(&context, args, cli.data.as_deref())?,
        Command::Party(args) => commands::measure::party(&context, args)?,
        Command::Clock(args) => commands::clock::run(&context, args)?,
        Command::Procedure(command) => commands::procedure::run(&context, command)?,
        Command::Penalty(args) => commands::procedure::penalty(&context, args)?,
        Command::Import(args) => return commands::import::run(&context, cli.data.as_deref(), args),
        Command::Lawbook(Lawbook::Review { draft }) => commands::draft::review(&context, draft)?,
        Command::Lawbook(Lawbook::Adopt(args)) => {
            commands::draft::adopt(&context, directory, cli.data.as_deref(), args)?
        }
        Command::Serve(settings) => return commands::serve::serve(&context, cli, settings),
        Command::Mcp => return commands::serve::mcp(&context, cli),
        Command::Lawbook(Lawbook::Impact { draft, portfolio, day }) => {
            commands::impact::run(&context, directory, cli.data.as_deref(), draft, portfolio.as_deref(), day.as_of)?
        }
        Command::Lawbook(Lawbook::Version) => commands::lawbook::version(&context),
        Command::Eval(Eval::Classify { file }) => show::out::json(&commands::eval::classify(
            &context.engine(),
            cli.data.as_deref(),
            file,
            context::day_or_today(None),
        )?),
        Command::Eval(Eval::Table { files }) => {
            commands::eval::compare(&context, cli.data.as_deref(), files, context::day_or_today(None))?
        }
        Command::Lawbook(Lawbook::Check)
        | Command::Eval(Eval::Screen { .. })
        | Command::Completions { .. }
        | Command::Config(_)
        | Command::Man => String::new(),
    };
    Ok((text, 0))
}

fn completions(shell: clap_complete::Shell) -> String {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "yumen", &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

fn man() -> Result<(String, u8), Failure> {
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out).map_err(|e| {
        Failure::data("man", format!("无法生成手册：{e}。"), format!("The manual cannot be written: {e}."))
    })?;
    Ok((String::from_utf8_lossy(&out).into_owned(), 0))
}
