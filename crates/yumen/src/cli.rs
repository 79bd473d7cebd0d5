//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{Day, Lang};

/// Is this controlled, under which entry, on which day, and what must I do?
///
/// 出口管制查询：是否受管制、属于哪一条目、哪一天有效、应当怎么办。
#[derive(Debug, Parser)]
#[command(name = "yumen", version, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// Language of the answers (default: zh where LANG says so, else en).
    #[arg(long, global = true, value_enum, value_name = "zh|en")]
    pub lang: Option<Language>,
    /// Print JSON with stable field names.
    #[arg(long, global = true)]
    pub json: bool,
    /// Use the law book in DIR instead of the one in the program.
    #[arg(long, global = true, value_name = "DIR", env = "YUMEN_LAWBOOK", value_hint = ValueHint::DirPath)]
    pub lawbook: Option<PathBuf>,
    /// The data directory: signing key, imported lists (default: the platform's).
    #[arg(long, global = true, value_name = "DIR", env = "YUMEN_DATA")]
    pub data: Option<PathBuf>,
    /// When to colour.
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Language of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Assess an item or technology.
    Check(Box<Check>),
    /// Look into the control lists.
    #[command(subcommand)]
    List(List),
    /// Check a determination record: its signature, and whether the law still says the same.
    Verify {
        /// The record, as `check --save` wrote it.
        file: PathBuf,
    },
    /// A firm's saved items against a change of law.
    #[command(subcommand)]
    Portfolio(Portfolio),
    /// Where measures stand.
    #[command(subcommand)]
    Measure(Measure),
    /// Look a party up by name (exact names, in any script variant).
    Party(Party),
    /// Screen parties by name, in any script, against the Chinese lists and imported ones.
    Screen(Box<Screen>),
    /// Imported party lists: import, update, status.
    #[command(subcommand)]
    Lists(Lists),
    /// Screen parties again, against what changed between two snapshots of a list.
    Rescreen(Rescreen),
    /// When a statutory period ends, day by day.
    Clock(Clock),
    /// Statutory workflows.
    #[command(subcommand)]
    Procedure(Procedure),
    /// What a conduct costs.
    Penalty(Penalty),
    /// The law book itself.
    #[command(subcommand)]
    Lawbook(Lawbook),
    /// Measure the engine on case files.
    #[command(subcommand)]
    Eval(Eval),
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page (roff).
    Man,
}

/// Assess an item or technology.
#[derive(Debug, Args)]
pub struct Check {
    /// What it is, in Chinese or English, with numbers; `-` reads standard input.
    pub text: Option<String>,
    /// A code of any edition: 1C117.d.1, 056101X.
    #[arg(long, value_name = "CODE")]
    pub code: Option<Code>,
    /// A customs number, 4 to 10 digits.
    #[arg(long, value_name = "NUMBER")]
    pub hs: Option<String>,
    /// A parameter or fact: density="1.8 g/cm3", Dy="3 %", sintered=no.
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    pub parameters: Vec<(String, String)>,
    /// What leaves the country.
    #[arg(long, value_enum, value_name = "KIND")]
    pub moves: Option<Moving>,
    /// Destination: ISO code or name.
    #[arg(long, value_name = "COUNTRY")]
    pub to: Option<String>,
    /// Consignee, end user, anybody involved.
    #[arg(long = "party", value_name = "NAME")]
    pub parties: Vec<String>,
    /// What it is for.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub end_use: String,
    /// The law of this day (default: today in Beijing).
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// As the law book knew it at the end of this day.
    #[arg(long, value_name = "DATE")]
    pub recorded: Option<Day>,
    /// Ask the questions that decide, one after the other.
    #[arg(long, short, conflicts_with = "batch")]
    pub interactive: bool,
    /// Keep answers in this file; answers in it are used.
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub answers: Option<PathBuf>,
    /// Show how each candidate came about, down to the weights of words.
    #[arg(long, conflicts_with = "batch")]
    pub explain: bool,
    /// Write a signed determination record, which `yumen verify` checks.
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub save: Option<PathBuf>,
    /// Assess every row of a table (csv, xlsx, jsonl).
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with_all = ["text", "code", "hs", "parameters"])]
    pub batch: Option<PathBuf>,
    /// Where the answers of a batch go (csv, xlsx, jsonl). A run that was cut off goes on where it stopped.
    #[arg(long, value_name = "FILE", requires = "batch")]
    pub out: Option<PathBuf>,
}

/// A firm's saved items.
#[derive(Debug, Subcommand)]
pub enum Portfolio {
    /// What the law of another day changes for them.
    Diff {
        /// The items: a table as for `check --batch`.
        file: PathBuf,
        /// The law of this day is "before".
        #[arg(long, value_name = "DATE")]
        from: Day,
        /// The law of this day is "after".
        #[arg(long, value_name = "DATE")]
        to: Day,
    },
}

/// What leaves the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Moving {
    /// Things.
    Goods,
    /// Programs.
    Software,
    /// Knowledge.
    Technology,
    /// Work done.
    Service,
}

impl From<Moving> for Moves {
    fn from(moving: Moving) -> Self {
        match moving {
            Moving::Goods => Self::Goods,
            Moving::Software => Self::Software,
            Moving::Technology => Self::Technology,
            Moving::Service => Self::Service,
        }
    }
}

/// Look into the control lists.
#[derive(Debug, Subcommand)]
pub enum List {
    /// The entries of a list on a day.
    Show {
        /// technology or dual-use.
        list: String,
        #[command(flatten)]
        day: OnDay,
    },
    /// What changed between two days.
    Diff {
        /// technology or dual-use.
        list: String,
        /// The law of this day is "before".
        #[arg(long, value_name = "DATE")]
        from: Day,
        /// The law of this day is "after".
        #[arg(long, value_name = "DATE")]
        to: Day,
    },
    /// The whole life of an entry, from any of its codes.
    Entry {
        /// The code.
        code: Code,
        #[command(flatten)]
        day: OnDay,
    },
    /// How much of a list is recorded.
    Coverage {
        /// technology or dual-use; both where left out.
        list: Option<String>,
        #[command(flatten)]
        day: OnDay,
    },
    /// Search entries by words.
    Search {
        /// The words.
        words: String,
        /// Only this list.
        #[arg(long, value_name = "LIST")]
        list: Option<String>,
        #[command(flatten)]
        day: OnDay,
    },
}

/// The day of the law.
#[derive(Debug, Clone, Copy, Args)]
pub struct OnDay {
    /// The law of this day (default: today in Beijing).
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
}

/// Where measures stand.
#[derive(Debug, Subcommand)]
pub enum Measure {
    /// Every clause with its status on a day.
    Status {
        /// Only this measure: notice-58-2025.
        id: Option<String>,
        #[command(flatten)]
        day: OnDay,
    },
}

/// Screen a party, or every row of a table.
#[derive(Debug, Args)]
pub struct Screen {
    /// The name, in any script.
    #[arg(required_unless_present_any = ["batch", "verify"])]
    pub name: Option<String>,
    /// Another name of the same party.
    #[arg(long, value_name = "NAME")]
    pub also: Vec<String>,
    /// person, organisation, vessel or aircraft.
    #[arg(long = "type", value_name = "TYPE", value_parser = party_type)]
    pub kind: Option<yumen_screen::PartyType>,
    /// Its country (ISO code).
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Birth date: 1960, 1960-05, 1960-05-02.
    #[arg(long, value_name = "DATE")]
    pub born: Option<String>,
    /// A number that identifies it: passport, registration, IMO.
    #[arg(long = "id", value_name = "NUMBER")]
    pub identifier: Option<String>,
    /// Only these lists (cn-control, cn-watch, cn-unreliable, cn-countermeasure, imported names); all where left out.
    #[arg(long = "list", value_name = "LIST")]
    pub lists: Vec<String>,
    /// Lowest score that is told (the engine alerts from 0.70).
    #[arg(long, value_name = "SCORE", default_value_t = yumen_screen::ALERT, value_parser = share)]
    pub min: f32,
    /// Most parties told.
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub most: usize,
    /// Show which words met which, at what likeness, and what was passed over.
    #[arg(long)]
    pub explain: bool,
    /// The Chinese lists of this day (default: today in Beijing).
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// Write the result as a record that can be checked later.
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub save: Option<PathBuf>,
    /// Check a record: derive it again from the same snapshots.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["batch", "name"])]
    pub verify: Option<PathBuf>,
    /// Decide a hit: LIST:NUMBER=true, =false or =undecided. False hits are suppressed until listing, party or engine changes.
    #[arg(long, value_name = "LIST:NUMBER=VERDICT", requires = "reason", conflicts_with = "batch")]
    pub decide: Option<String>,
    /// Why it was decided so.
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// The decisions file (default: in the data directory).
    #[arg(long, value_name = "FILE")]
    pub decisions: Option<PathBuf>,
    /// Screen every row of a table (csv, xlsx, jsonl): columns name, also, type, country, born, id.
    #[arg(long, value_name = "FILE", requires = "out")]
    pub batch: Option<PathBuf>,
    /// Where the results of a batch go (csv, xlsx, jsonl). A run that was cut off goes on where it stopped.
    #[arg(long, value_name = "FILE", requires = "batch")]
    pub out: Option<PathBuf>,
}

/// Imported party lists.
#[derive(Debug, Subcommand)]
pub enum Lists {
    /// Read a downloaded list and make it current.
    Import {
        /// us-csl, un-xml, uk-xml, uk-csv, eu-xml, eu-csv, ftm, meti, csv.
        #[arg(value_parser = list_format)]
        format: yumen_screen::lists::Format,
        /// The file as downloaded.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// The name of the list (default: the format's).
        #[arg(long = "as", value_name = "NAME")]
        name: Option<String>,
        /// Read and report only.
        #[arg(long)]
        dry_run: bool,
    },
    /// Read the file of a list again, or a newer one, and tell what changed.
    Update {
        /// The list.
        name: String,
        /// The new file (default: where the last one was).
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
    /// Every list with its snapshot, counts and age.
    Status,
}

/// Screen parties against what changed.
#[derive(Debug, Args)]
pub struct Rescreen {
    /// The snapshot before (its hash, or the beginning of it).
    #[arg(long, value_name = "SNAPSHOT")]
    pub from: String,
    /// The snapshot after.
    #[arg(long, value_name = "SNAPSHOT")]
    pub to: String,
    /// The parties: a table as for `screen --batch`.
    #[arg(value_hint = ValueHint::FilePath)]
    pub parties: PathBuf,
    /// Lowest score that is told.
    #[arg(long, value_name = "SCORE", default_value_t = yumen_screen::ALERT, value_parser = share)]
    pub min: f32,
}

/// Look a party up.
#[derive(Debug, Args)]
pub struct Party {
    /// The name, in any script variant.
    pub name: String,
    #[command(flatten)]
    pub day: OnDay,
}

/// When a period ends.
#[derive(Debug, Args)]
pub struct Clock {
    /// The period: technology-licence.decision, or its short name T-LOI; `list` lists them.
    pub timer: String,
    /// The day of the event it starts from.
    #[arg(long, value_name = "DATE")]
    pub start: Option<Day>,
    /// A pause: identification:2025-03-01:2025-03-20 (first and last day not counted).
    #[arg(long = "pause", value_name = "REASON:FROM:TO")]
    pub pauses: Vec<String>,
}

/// Statutory workflows.
#[derive(Debug, Subcommand)]
pub enum Procedure {
    /// All procedures.
    List {
        #[command(flatten)]
        day: OnDay,
    },
    /// Steps, papers, clocks and the diagram of one.
    Show {
        /// The procedure: t-1, d-1.
        id: String,
        /// Print the state diagram only (Mermaid).
        #[arg(long)]
        mermaid: bool,
        #[command(flatten)]
        day: OnDay,
    },
}

/// What a conduct costs.
#[derive(Debug, Args)]
pub struct Penalty {
    /// The conduct: P-2; without it, all are listed.
    #[arg(long, value_name = "ID")]
    pub conduct: Option<String>,
    /// Illegal turnover in CNY.
    #[arg(long, value_name = "CNY")]
    pub turnover: Option<String>,
    /// Illegal gains in CNY.
    #[arg(long, value_name = "CNY")]
    pub gains: Option<String>,
    #[command(flatten)]
    pub day: OnDay,
}

/// The law book itself.
#[derive(Debug, Subcommand)]
pub enum Lawbook {
    /// Check every file and print every objection.
    Check,
    /// Version hash and what is in it.
    Version,
}

/// Measure the engine.
#[derive(Debug, Subcommand)]
pub enum Eval {
    /// Run a file of classification cases and print the figures as JSON.
    Classify {
        /// JSON lines.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Screen a file of questions with known answers against a list and print the figures as JSON.
    Screen {
        /// The list: JSON lines.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        list: PathBuf,
        /// The questions: JSON lines.
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        queries: PathBuf,
        /// Lowest score that counts (default: the engine's alert threshold).
        #[arg(long, value_name = "SCORE", default_value_t = yumen_screen::ALERT, value_parser = share)]
        min: f32,
    },
}

fn share(text: &str) -> Result<f32, String> {
    text.parse::<f32>()
        .ok()
        .filter(|v| (0.0..=1.0).contains(v))
        .ok_or_else(|| format!("{text:?} is no score: write a number from 0 to 1"))
}

fn party_type(text: &str) -> Result<yumen_screen::PartyType, String> {
    match yumen_screen::PartyType::read(text) {
        yumen_screen::PartyType::Unknown => Err("write person, organisation, vessel or aircraft".to_owned()),
        found => Ok(found),
    }
}

fn list_format(text: &str) -> Result<yumen_screen::lists::Format, String> {
    let all: Vec<&str> = yumen_screen::lists::Format::ALL.into_iter().map(|f| f.as_str()).collect();
    yumen_screen::lists::Format::named(text).ok_or_else(|| format!("write one of {}", all.join(", ")))
}

fn parameter(text: &str) -> Result<(String, String), String> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .ok_or_else(|| format!("{text:?} is no parameter: write NAME=VALUE, for example density=\"1.8 g/cm3\""))
}

impl Cli {
    /// The language of the answers.
    pub fn language(&self) -> Lang {
        match self.lang {
            Some(Language::Zh) => Lang::Zh,
            Some(Language::En) => Lang::En,
            None => {
                let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
                    .into_iter()
                    .find_map(|v| std::env::var(v).ok().filter(|v| !v.is_empty()));
                if set.is_some_and(|v| v.to_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
            }
        }
    }
}
