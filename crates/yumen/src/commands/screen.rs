//! `yumen screen`: one party against the Chinese lists and the imported ones.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use yumen_assess::answer::PartyFinding;
use yumen_lawbook::{AsOf, Bilingual, Book, Day};
use yumen_screen::decision::{self, Bearing, Decision, Verdict};
use yumen_screen::{Band, ENGINE, Explanation, Hit, PartyType, Qualifier, Query};

use super::{screen_batch, screen_record, standing};
use crate::cli::Screen as Args;
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::show;
use crate::store::{self, Against, Loaded, Store};
use crate::{home, today};

/// Longest name or other field accepted, in bytes. The engine itself reads any length and says where it cut.
pub const LONGEST: usize = 64 * 1024;

/// A listed party that answers.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// The list.
    pub list: String,
    /// The part of it, as the list has parts: `US/EL`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// What that part is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Bilingual>,
    /// Its number there.
    pub id: String,
    /// The name that met.
    pub name: String,
    /// Every name it has.
    pub names: Vec<String>,
    /// 0 to 1, in thousandths.
    pub score: f64,
    /// none, alert, review, block.
    pub band: Band,
    /// What it is.
    pub r#type: PartyType,
    /// Countries.
    pub countries: Vec<String>,
    /// Birth dates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub born: Vec<String>,
    /// What the list says of it.
    pub remark: String,
    /// For the Chinese lists: where the listing stands and what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<PartyFinding>,
    /// What else was compared.
    pub qualifiers: Vec<Qualifier>,
    /// What was decided about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Bearing>,
    /// Why the score is what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
}

/// The whole answer.
#[derive(Debug, Serialize)]
pub struct Screened {
    asked: Query,
    as_of: Day,
    engine: &'static str,
    threshold: f64,
    lawbook: String,
    against: Vec<Against>,
    hits: Vec<Found>,
    /// How many parties reach the threshold, those left out and those suppressed too.
    total: usize,
    /// Hits that somebody decided to be false.
    suppressed: usize,
    no_match: bool,
    /// Look-alike letters, invisible characters, a cut name.
    flags: yumen_screen::fold::Flags,
    warnings: Vec<Bilingual>,
}

/// Runs the command. Exit code 0: answered, with or without hits.
pub fn run(context: &Context, args: &Args, data: Option<&Path>) -> Result<(String, u8), Failure> {
    let store = Store::open(data)?;
    if let Some(record) = &args.verify {
        return screen_record::verify(context, &store, record);
    }
    let as_of = AsOf::on(day_or_today(args.as_of));
    let loaded = store::load(&context.book, as_of, &store, &args.lists)?;
    let file = decisions_file(args.decisions.as_deref(), data)?;
    let decisions = read_decisions(&file)?;
    if let (Some(input), Some(out)) = (&args.batch, &args.out) {
        let job = screen_batch::Job { loaded: &loaded, decisions: &decisions, as_of, min: args.min, most: args.most };
        return Ok((screen_batch::run(context, &job, input, out)?, 0));
    }
    let query = query(args)?;
    if let Some(decide) = &args.decide {
        let reason = args.reason.as_deref().unwrap_or_default();
        return Ok((self::decide(context, &loaded, &query, decide, reason, &file)?, 0));
    }
    let mut hits = loaded.screen.search(&query, args.min, usize::MAX);
    let total = hits.len();
    hits.truncate(args.most.clamp(1, 1000));
    let mut suppressed = 0;
    let mut found = Vec::new();
    for hit in &hits {
        let told = told(&context.book, as_of, &loaded, &query, hit, &decisions, args.explain);
        if is_false(told.decision.as_ref()) {
            suppressed += 1;
        } else {
            found.push(told);
        }
    }
    if let Some(path) = &args.save {
        screen_record::save(path, context, &query, as_of, args.min, args.most, &loaded)?;
    }
    let screened = Screened {
        flags: yumen_screen::forms(&query.name).flags,
        warnings: warnings(&loaded.against, today::in_beijing()),
        asked: query,
        as_of: as_of.effective,
        engine: ENGINE,
        threshold: thousandths(args.min),
        lawbook: context.book.version.clone(),
        no_match: found.is_empty(),
        against: loaded.against.clone(),
        hits: found,
        total,
        suppressed,
    };
    Ok((context.print(&screened, |page| show::screened::write(page, &screened)), 0))
}

impl Screened {
    /// What the page needs.
    pub fn parts(&self) -> (&Query, Day, &[Against], &[Found], usize, &[Bilingual]) {
        (&self.asked, self.as_of, &self.against, &self.hits, self.suppressed, &self.warnings)
    }

    /// How many parties reach the threshold.
    pub fn total(&self) -> usize {
        self.total
    }

    /// What was odd about the name.
    pub fn flags(&self) -> yumen_screen::fold::Flags {
        self.flags
    }
}

/// A score as results tell it.
pub fn thousandths(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// True where a decision that holds says that it is somebody else.
pub fn is_false(bearing: Option<&Bearing>) -> bool {
    matches!(bearing, Some(Bearing::Holds(d)) if d.verdict == Verdict::False)
}

/// A hit with everything that is told of it.
pub fn told(
    book: &Book,
    as_of: AsOf,
    loaded: &Loaded,
    query: &Query,
    hit: &Hit,
    decisions: &[Decision],
    explain: bool,
) -> Found {
    let entity = &loaded.screen.entities()[hit.entity as usize];
    let list = loaded.list_of(hit.entity);
    let law = law(book, &query.name, list, &entity.id, as_of);
    Found {
        band: band(hit.score, law.as_ref()),
        source: if list.starts_with("cn-") { String::new() } else { entity.source.clone() },
        part: yumen_screen::lists::part(&entity.source),
        list: list.to_owned(),
        id: entity.id.clone(),
        name: entity.names.get(usize::from(hit.name)).cloned().unwrap_or_default(),
        names: entity.names.clone(),
        score: thousandths(hit.score),
        r#type: entity.r#type,
        countries: entity.countries.clone(),
        born: entity.born.clone(),
        remark: entity.remark.clone(),
        law,
        qualifiers: hit.qualifiers.clone(),
        decision: decision::bearing(decisions, query, list, entity),
        explanation: explain.then(|| loaded.screen.explain(query, hit)),
    }
}

/// Where a Chinese listing stands on the day; its effect is told in the past where it does not hold.
pub fn law(book: &Book, asked: &str, list: &str, id: &str, as_of: AsOf) -> Option<PartyFinding> {
    let (listing, no) = id.rsplit_once('#').filter(|_| list.starts_with("cn-"))?;
    let mut found = yumen_assess::party_standing(book, asked, listing, no.parse().ok()?, as_of)?;
    standing::tell_effect(book, &mut found, as_of);
    Some(found)
}

/// The band of a score. A listing that does not hold stops nothing by itself: one that is set aside for a time is somebody's to decide
/// before the transaction goes on, one that has ended is to be looked at.
pub fn band(score: f32, law: Option<&PartyFinding>) -> Band {
    let band = Band::of(score);
    match law.map_or("in_force", |l| l.status.as_str()) {
        "in_force" => band,
        "repealed" => band.min(Band::Alert),
        _ => band.min(Band::Review),
    }
}

fn query(args: &Args) -> Result<Query, Failure> {
    let name = args.name.clone().unwrap_or_default();
    let all = std::iter::once(&name).chain(&args.also).chain(&args.born).chain(&args.identifier).chain(&args.country);
    for text in all {
        if text.len() > LONGEST {
            return Err(Failure::usage(
                "too_long",
                format!("名称超过 {LONGEST} 字节。"),
                format!("The name is longer than {LONGEST} bytes."),
            ));
        }
    }
    let folded = yumen_screen::forms(&name);
    if folded.words.is_empty() && folded.han.is_empty() && args.identifier.is_none() {
        return Err(Failure::usage("empty", "请给出名称或证件号。", "Give a name or a number that identifies."));
    }
    Ok(Query {
        name,
        also: args.also.clone(),
        r#type: args.kind.unwrap_or_default(),
        country: args.country.clone().map(|c| c.to_uppercase()),
        born: args.born.clone(),
        identifier: args.identifier.clone(),
    })
}

/// Lists that are old, by the day they were published or else read, and lists that are not whole.
pub fn warnings(against: &[Against], today: Day) -> Vec<Bilingual> {
    let mut out = Vec::new();
    for a in against {
        let name = &a.list;
        if let Some(part) = a.partial {
            let (records, declared) = (part.records, part.declared);
            out.push(Bilingual::new(
                format!("名单 {name} 不完整：文件声明 {declared} 条记录，实有 {records} 条；未命中不能作为依据。"),
                format!(
                    "The list {name} is not whole: its file declares {declared} records and holds {records}. That nothing is found on it proves nothing."
                ),
            ));
        }
        let Some(from) = a.counted_from() else { continue };
        let days = store::days_between(from, today);
        let read = a.imported == Some(from);
        if days > store::STALE {
            out.push(Bilingual::new(
                format!("名单 {name} 为 {from} 的内容，距今 {days} 天，结果不可依赖：请更新。"),
                format!("The list {name} is of {from}, {days} days old: do not rely on it before you update it."),
            ));
        } else if days > store::OLD {
            let (zh, en) = if read { ("导入", "read") } else { ("发布", "published") };
            out.push(Bilingual::new(
                format!("名单 {name} 于 {days} 天前{zh}（{from}）。"),
                format!("The list {name} was {en} {days} days ago ({from})."),
            ));
        }
    }
    out
}

/// Where decisions are kept.
pub fn decisions_file(given: Option<&Path>, data: Option<&Path>) -> Result<PathBuf, Failure> {
    match given {
        Some(path) => Ok(path.to_owned()),
        None => Ok(home::directory(data)?.join("decisions.jsonl")),
    }
}

/// The decisions of a file; none where there is no file yet.
pub fn read_decisions(path: &Path) -> Result<Vec<Decision>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => decision::read(&text).map_err(|(line, why)| Failure::line(path, line, &why)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::file(path, &error)),
    }
}

fn decide(
    context: &Context,
    loaded: &Loaded,
    query: &Query,
    decide: &str,
    reason: &str,
    file: &Path,
) -> Result<String, Failure> {
    let bad = || {
        Failure::usage(
            "decide",
            "请写 名单:编号=true、=false 或 =undecided，例如 cn-control:control-1-2025#2=false。",
            "Write LIST:NUMBER=true, =false or =undecided, for example cn-control:control-1-2025#2=false.",
        )
    };
    let (which, verdict) = decide.rsplit_once('=').ok_or_else(bad)?;
    let (list, id) = which.split_once(':').ok_or_else(bad)?;
    let verdict = match verdict {
        "true" => Verdict::True,
        "false" => Verdict::False,
        "undecided" => Verdict::Undecided,
        _ => return Err(bad()),
    };
    if reason.trim().is_empty() {
        return Err(Failure::usage("reason", "请说明理由（--reason）。", "Say why (--reason)."));
    }
    let entity = (0_u32..)
        .zip(loaded.screen.entities())
        .find(|(number, e)| e.id == id && loaded.list_of(*number) == list)
        .map(|(_, e)| e)
        .ok_or_else(|| {
            Failure::usage(
                "unknown_listing",
                format!("名单 {list} 中没有编号 {id}。"),
                format!("There is no number {id} on the list {list}."),
            )
        })?;
    let decision = Decision::new(query, list, entity, verdict, reason, &today::in_beijing().to_string());
    let text = serde_json::to_string(&decision).map_err(|e| Failure::file(file, &e))? + "\n";
    let fail = |e: std::io::Error| Failure::file(file, &e);
    if let Some(parent) = file.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    let mut out = fs::OpenOptions::new().create(true).append(true).open(file).map_err(fail)?;
    out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(fail)?;
    Ok(context.print(&decision, |page| {
        let line = format!(
            "{} {} {} {list}:{id} — {}",
            page.pick("已记录：", "Recorded:"),
            decision.name,
            match decision.verdict {
                Verdict::True => "=",
                Verdict::False => "≠",
                Verdict::Undecided => "?",
            },
            file.display()
        );
        page.line(&line);
    }))
}
