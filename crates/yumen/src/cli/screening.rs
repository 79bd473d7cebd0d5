//! Arguments of party screening.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use yumen_lawbook::Day;

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
    #[arg(long, value_name = "DATE", value_parser = born)]
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
        /// Make the list current although the file does not hold as many records as it declares; answers then say so.
        #[arg(long)]
        partial: bool,
    },
    /// Read the file of a list again, or a newer one, and tell what changed.
    Update {
        /// The list.
        name: String,
        /// The new file (default: where the last one was).
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
        /// Make the list current although the file does not hold as many records as it declares; answers then say so.
        #[arg(long)]
        partial: bool,
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

/// A score from 0 to 1.
pub fn share(text: &str) -> Result<f32, String> {
    text.parse::<f32>()
        .ok()
        .filter(|v| (0.0..=1.0).contains(v))
        .ok_or_else(|| format!("{text:?} is no score: write a number from 0 to 1"))
}

/// A birth date as far as it is known, of a day that exists.
fn born(text: &str) -> Result<String, String> {
    let text = text.trim();
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    match whole.parse::<Day>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err(format!("{text:?} is no date: write 1960, 1960-05 or 1960-05-02")),
    }
}

fn party_type(text: &str) -> Result<yumen_screen::PartyType, String> {
    match yumen_screen::PartyType::read(text) {
        yumen_screen::PartyType::Unknown => Err("write person, organisation, vessel or aircraft".to_owned()),
        found => Ok(found),
    }
}

fn list_format(text: &str) -> Result<yumen_screen::lists::Format, String> {
    let all: Vec<&str> =
        yumen_screen::lists::Format::ALL.into_iter().map(yumen_screen::lists::Format::as_str).collect();
    yumen_screen::lists::Format::named(text).ok_or_else(|| format!("write one of {}", all.join(", ")))
}
