//! The command line.

mod screening;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::Moves;
use yumen_lawbook::{Day, Lang};

use screening::share;
pub use screening::{Lists, Rescreen, Screen};

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
    /// The imported lists of other regimes.
    #[command(subcommand)]
    Regime(Regime),
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
    /// Read official texts into drafts of law data, and lists of other regimes beside them; without a file, tell what can be read.
    Import(Import),
    /// The law book itself.
    #[command(subcommand)]
    Lawbook(Lawbook),
    /// Measure the engine on case files.
    #[command(subcommand)]
    Eval(Eval),
    /// Open the pages, the API, the feeds and MCP for visitors.
    Serve(Settings),
    /// Answer an assistant over standard input and output (Model Context Protocol).
    Mcp,
    /// Print the configuration in effect, and where each value comes from.
    Config(Settings),
    /// Print a completion script.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page (roff).
    Man,
}

/// Settings of the server; each stands in `yumen.toml` and in YUMEN_* as well.
#[derive(Debug, Args)]
pub struct Settings {
    /// Read this file instead of yumen.toml in the data directory.
    #[arg(long, value_name = "FILE", env = "YUMEN_CONFIG", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Listen here (default: 127.0.0.1:8417).
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// The address people reach the server by.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// off, error, warn, info or debug.
    #[arg(long, value_name = "LEVEL")]
    pub log: Option<String>,
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

/// The imported lists of other regimes.
#[derive(Debug, Subcommand)]
pub enum Regime {
    /// Which regimes are known and which lists were imported.
    List,
    /// An entry with its paragraphs and notes.
    Entry {
        /// us-ccl or eu-annex-i.
        regime: String,
        /// Its code, with a path to see only that branch: 3A001.a.5.
        code: String,
    },
    /// Search a list by words (zh or en) and numbers.
    Search {
        /// us-ccl or eu-annex-i.
        regime: String,
        /// The words.
        words: String,
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
    /// Walk through a draft: accept, correct, reject or leave each line.
    Review {
        /// The draft that `import` wrote.
        draft: PathBuf,
    },
    /// Check the whole book with a draft's accepted lines and install them.
    Adopt(Adopt),
    /// What a draft would change: entries, clauses, parties, answers.
    Impact {
        /// The draft; rejected lines are left out.
        draft: PathBuf,
        /// Items (a table as for `check --batch`) or saved determinations (files, or a directory of them).
        #[arg(long, value_name = "FILE")]
        portfolio: Option<PathBuf>,
        #[command(flatten)]
        day: OnDay,
    },
}

/// Install a reviewed draft.
#[derive(Debug, Args)]
pub struct Adopt {
    /// The reviewed draft.
    pub draft: PathBuf,
    /// Accept what was not reviewed: only where every total the text declares is met, the lines are of a kind it counts, and nothing is
    /// unread, doubtful or to be looked at.
    #[arg(long)]
    pub yes: bool,
    /// Adopt a draft that lacks something by its own text; what is missing is kept as a remark.
    #[arg(long)]
    pub incomplete: bool,
}

/// Read official texts.
#[derive(Debug, Args)]
pub struct Import {
    /// PDF, DOCX, HTML, XLSX or text of a catalogue, notice, listing or calendar.
    #[arg(value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
    /// Where drafts and reports are written.
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// The act's name in the book, where the file does not say: notice-57-2023.
    #[arg(long, value_name = "ID")]
    pub instrument: Option<String>,
    /// Day of publication, where the file does not say.
    #[arg(long, value_name = "DATE")]
    pub published: Option<Day>,
    /// First day of effect, where the file does not say.
    #[arg(long, value_name = "DATE")]
    pub effective: Option<Day>,
    /// The draft is recorded on this day (default: today in Beijing).
    #[arg(long, value_name = "DATE")]
    pub recorded: Option<Day>,
    /// Show every line, not only what wants attention.
    #[arg(long)]
    pub all: bool,
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
    /// Run files of classification cases and print one table, beside plain retrieval run in the same call.
    Table {
        /// JSON lines.
        #[arg(required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
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
