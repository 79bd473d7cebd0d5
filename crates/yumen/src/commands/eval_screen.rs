//! `yumen eval screen`: how often screening finds what it should, and how fast.

use std::io::BufRead as _;
use std::path::Path;
use std::time::Instant;

use serde::Serialize;
use serde::de::DeserializeOwned;
use yumen_screen::measure::{Asked, Listed, MOST, Tally};
use yumen_screen::{Entity, Screen};

use crate::failure::Failure;
use crate::show;

/// The figures; field names are a contract.
#[derive(Serialize)]
struct Figures {
    entities: usize,
    names: usize,
    build_ms: u64,
    rss_mb: f64,
    us: Times,
    qps_core: f64,
    /// What `qps_core` was taken by: `cpu`, the processor time of the thread, or `wall` where the system does not tell it.
    qps_by: &'static str,
    #[serde(flatten)]
    tally: Tally,
}

#[derive(Serialize)]
struct Times {
    p50: u64,
    p95: u64,
    p99: u64,
}

#[expect(clippy::disallowed_methods, reason = "this is a measurement")]
fn now() -> Instant {
    Instant::now()
}

/// Runs the questions against the list, one after the other on one core.
pub fn run(list: &Path, queries: &Path, min: f32) -> Result<String, Failure> {
    let entities: Vec<Entity> = lines::<Listed>(list)?.into_iter().map(Entity::from).collect();
    let asked: Vec<Asked> = lines(queries)?;
    // Tables of the engine are worked out on first use; that is start-up, not search.
    let _ = yumen_screen::forms("Yumen 玉门");
    let begun = now();
    let screen = Screen::build(entities);
    let build_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let rss_mb = resident();
    let mut tally = Tally::new();
    let mut micros: Vec<u64> = Vec::with_capacity(asked.len());
    let mut total = 0.0;
    let before = processor();
    for asked in &asked {
        let query = asked.question();
        let begun = now();
        let hits = screen.search(&query, min, MOST);
        let took = begun.elapsed();
        total += took.as_secs_f64();
        micros.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        let ids: Vec<&str> = hits.iter().map(|h| screen.entities()[h.entity as usize].id.as_str()).collect();
        tally.count(asked, &ids);
    }
    let spent = before.zip(processor()).map(|(from, to)| to - from).filter(|spent| *spent > 0.0);
    let qps_by = if spent.is_some() { "cpu" } else { "wall" };
    let total = spent.unwrap_or(total);
    micros.sort_unstable();
    let at = |percent: usize| micros.get((micros.len() * percent / 100).min(micros.len().saturating_sub(1))).copied();
    let percentile = |percent| at(percent).unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "some thousands of questions")]
    let qps_core = if total > 0.0 { (micros.len() as f64 / total).round() } else { 0.0 };
    Ok(show::out::json(&Figures {
        entities: screen.entities().len(),
        names: screen.names(),
        build_ms,
        rss_mb,
        us: Times { p50: percentile(50), p95: percentile(95), p99: percentile(99) },
        qps_core,
        qps_by,
        tally,
    }))
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Failure> {
    let file = std::fs::File::open(path).map_err(|e| Failure::file(path, &e))?;
    let mut out = Vec::new();
    for (number, line) in (1..).zip(std::io::BufReader::new(file).lines()) {
        let line = line.map_err(|e| Failure::line(path, number, &e))?;
        if !line.trim().is_empty() {
            out.push(serde_json::from_str(&line).map_err(|e| Failure::line(path, number, &e))?);
        }
    }
    Ok(out)
}

/// Seconds of processor time of this thread; none where the system does not tell.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: u64 = text.split_whitespace().next()?.parse().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "hours at most")]
    Some(nanoseconds as f64 / 1e9)
}

/// Memory of this process that is in RAM, in megabytes; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:")).unwrap_or_default();
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().unwrap_or(0.0);
    (kilobytes / 102.4).round() / 10.0
}
