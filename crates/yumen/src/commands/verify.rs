//! `yumen verify`: a determination record, its signature, and what the law says today of the same question.

use std::path::Path;

use serde::Serialize;
use yumen_lawbook::{Bilingual, Day};
use yumen_papers::{BadPaper, Comparison, Determination, Difference, Signed};

use crate::context::Context;
use crate::failure::{BAD_DATA, Failure};
use crate::home;

/// Largest record read.
const LARGEST: u64 = 8 * 1024 * 1024;

/// What verification shows.
#[derive(Debug, Serialize)]
struct Verified {
    signature: &'static str,
    key: String,
    fingerprint: String,
    /// True where the key is this installation's.
    own_key: bool,
    made: Day,
    program: String,
    lawbook: String,
    comparison: Comparison,
}

/// Verifies a record. The exit code is 0 where the signature holds and the outcome is the same.
pub fn run(context: &Context, data: Option<&Path>, file: &Path) -> Result<(String, u8), Failure> {
    let size = std::fs::metadata(file).map_err(|e| Failure::file(file, &e))?.len();
    if size > LARGEST {
        return Err(Failure::file(file, &format!("{size} bytes; the limit is {LARGEST}")));
    }
    let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, &e))?;
    let paper: Signed<Determination> = Signed::open(&text).map_err(|e| bad(file, &e))?;
    let record = &paper.record;
    let engine = context.engine();
    let comparison = record.compare(&engine)?;
    // Only a key that exists already can be this installation's.
    let own = home::directory(data).ok().filter(|d| d.join("keys").exists()).and_then(|d| home::signer(&d).ok());
    let verified = Verified {
        signature: "holds",
        key: paper.signature.key.clone(),
        fingerprint: paper.signature.fingerprint(),
        own_key: own.is_some_and(|s| s.public() == paper.signature.key),
        made: record.made,
        program: record.program.clone(),
        lawbook: record.lawbook.clone(),
        comparison,
    };
    let exit =
        u8::from(matches!(verified.comparison, Comparison::ChangedByLaw { .. } | Comparison::ChangedByProgram { .. }));
    let page = context.print(&verified, |page| {
        let whose = if verified.own_key {
            page.pick("本机密钥", "the key of this installation")
        } else {
            page.pick("其他密钥，请核对指纹", "another key: compare its fingerprint")
        };
        let line = format!(
            "{} {}  ({}: {whose})",
            page.pick("签名有效", "The signature holds."),
            page.pick("记录自签名后未改动。", "The record was not changed after it was signed."),
            verified.fingerprint
        );
        page.wrapped("", "", &line);
        let text: String = record.question.text.chars().take(200).collect();
        let line = format!("{} {}  {}", page.pick("所问：", "Asked:"), text, record.question.as_of.effective);
        page.wrapped("", "", &line);
        let line = format!(
            "{} {} · {} {}",
            page.pick("作出：", "Made:"),
            record.made,
            page.pick("法律数据版本", "law book"),
            short(&record.lawbook)
        );
        page.line(&line);
        let said = verified.comparison.told();
        let said = page.say(&said).to_owned();
        page.wrapped("", "", &said);
        for difference in of(&verified.comparison) {
            let side = |o: &Option<yumen_papers::determination::Outcome>| {
                o.as_ref()
                    .map_or_else(|| "—".to_owned(), |o| format!("{} {}", o.answer, o.entry.clone().unwrap_or_default()))
            };
            let line = format!("{}: {} → {}", difference.regime, side(&difference.recorded), side(&difference.derived));
            page.item("·", &line);
        }
    });
    Ok((page, exit))
}

fn short(version: &str) -> &str {
    version.get(..12).unwrap_or(version)
}

fn of(comparison: &Comparison) -> &[Difference] {
    match comparison {
        Comparison::ChangedByLaw { differences, .. } | Comparison::ChangedByProgram { differences } => differences,
        Comparison::Same | Comparison::SameUnderOtherLaw { .. } => &[],
    }
}

fn bad(file: &Path, error: &BadPaper) -> Failure {
    let path = file.display();
    let zh = match error {
        BadPaper::Changed => "记录在签名后被改动，或者签名属于另一份记录".to_owned(),
        BadPaper::Unreadable(e) => format!("不是签名记录：{e}"),
        other => other.to_string(),
    };
    Failure {
        exit: BAD_DATA,
        code: "bad_paper",
        message: Bilingual::new(format!("{path}：{zh}。"), format!("{path}: {error}.")),
    }
}
