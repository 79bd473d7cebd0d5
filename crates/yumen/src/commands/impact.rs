//! `yumen lawbook impact`: what a draft would change if it were law, before anybody adopts it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use yumen_assess::answer::{Answer, Assessment};
use yumen_assess::{Engine, Question};
use yumen_importers::Draft;
use yumen_importers::draft::Decision;
use yumen_lawbook::list::entry::{Entry, Point};
use yumen_lawbook::{AsOf, Bilingual, Book, Day, SourceFile};
use yumen_papers::{Determination, Signed};

use super::batch::entry_of;
use super::{draft as drafts, item};
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::home;
use crate::show::out::Page;
use crate::tables;

/// Most determination records read from a directory.
const RECORDS: usize = 10_000;

/// What would change.
#[derive(Debug, Serialize)]
struct Impact {
    draft: String,
    /// True for a draft under consultation, shown as if it were law.
    consultation: bool,
    day: Day,
    lawbook_before: String,
    lawbook_after: String,
    entries: Vec<EntryImpact>,
    clauses: Vec<ClauseImpact>,
    parties: Vec<PartyImpact>,
    items: usize,
    answers: Vec<AnswerImpact>,
    /// Items or records that could not be asked.
    unanswered: Vec<String>,
}

#[derive(Debug, Serialize)]
struct EntryImpact {
    list: String,
    code: String,
    /// `added`, `removed`, `changed`, `better_known`.
    change: &'static str,
    name: Bilingual,
    points: Vec<PointImpact>,
}

#[derive(Debug, Serialize)]
struct PointImpact {
    path: String,
    before: Option<Bilingual>,
    after: Option<Bilingual>,
}

#[derive(Debug, Serialize)]
struct ClauseImpact {
    clause: String,
    before: Option<&'static str>,
    after: Option<&'static str>,
    until: Option<Day>,
}

#[derive(Debug, Serialize)]
struct PartyImpact {
    list: &'static str,
    name: String,
    instrument: String,
}

#[derive(Debug, Serialize)]
struct AnswerImpact {
    id: String,
    text: String,
    regime: String,
    before: Answer,
    before_entry: String,
    after: Answer,
    after_entry: String,
}

/// Shows what a draft would change on a day.
pub fn run(
    context: &Context,
    directory: Option<&Path>,
    data: Option<&Path>,
    path: &Path,
    portfolio: Option<&Path>,
    day: Option<Day>,
) -> Result<String, Failure> {
    let draft = drafts::open(path)?;
    let base = home::book_files(directory, data)?;
    let after = Arc::new(with_draft(&draft, &base)?);
    let today = day_or_today(None);
    let day = day.unwrap_or_else(|| draft.about.effective.or(draft.about.published).map_or(today, |d| d.max(today)));
    let before = &context.book;
    let mut impact = Impact {
        draft: draft.about.file.clone(),
        consultation: draft.about.consultation,
        day,
        lawbook_before: before.version.clone(),
        lawbook_after: after.version.clone(),
        entries: entries(before, &after, day),
        clauses: clauses(before, &after, day),
        parties: parties(before, &after, day),
        items: 0,
        answers: Vec::new(),
        unanswered: Vec::new(),
    };
    if let Some(portfolio) = portfolio {
        let engines = (context.engine(), Engine::new(Arc::clone(&after)));
        for (id, question) in questions(portfolio, &context.book, day, &mut impact.unanswered)? {
            impact.items += 1;
            match (engines.0.assess(&question), engines.1.assess(&question)) {
                (Ok(was), Ok(is)) => impact.answers.extend(answers(&id, &question, &was, &is)),
                (Err(e), _) | (_, Err(e)) => impact.unanswered.push(format!("{id}: {e}")),
            }
        }
        impact.answers.sort_by_key(|a| a.after.gravity());
    }
    Ok(context.print(&impact, |page| show(page, &impact)))
}

/// The book as if every line that is not rejected were adopted; a draft for comment as if it were law.
fn with_draft(draft: &Draft, base: &[SourceFile]) -> Result<Book, Failure> {
    let mut draft = draft.clone();
    if draft.about.consultation {
        for head in &mut draft.head {
            head.head = head.head.replace("form = \"draft\"", "form = \"amendment\"");
        }
    }
    let whole = draft.assemble(base, |line| line.decision != Decision::Rejected);
    // Where only the accepted lines pass, they are shown; where none is accepted, the reader is told why the whole does not pass.
    let adopted = whole.or_else(|error| draft.assemble(base, |line| line.decision.enters()).map_err(|_| error));
    adopted.map(|a| a.book).map_err(|e| drafts::failure(&e))
}

fn entries(before: &Book, after: &Book, day: Day) -> Vec<EntryImpact> {
    let mut all = Vec::new();
    for (id, list) in &after.lists {
        let on = |book: &Book| -> BTreeMap<String, Entry> {
            let list = book.lists.get(id);
            list.into_iter()
                .flat_map(|l| l.history.on(day))
                .map(|v| (v.entry.code.to_string(), v.entry.clone()))
                .collect()
        };
        let (was, is) = (on(before), on(after));
        let codes: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        for code in codes {
            let change = match (was.get(code), is.get(code)) {
                (None, Some(_)) => "added",
                (Some(_), None) => "removed",
                (Some(a), Some(b)) if words(a) != words(b) => "changed",
                (Some(a), Some(b)) if a.verification != b.verification => "better_known",
                _ => continue,
            };
            let entry = is.get(code).or(was.get(code));
            all.push(EntryImpact {
                list: list.head.id.to_string(),
                code: code.clone(),
                change,
                name: entry.map(|e| e.name.clone()).unwrap_or_default(),
                points: points(was.get(code), is.get(code)),
            });
        }
    }
    all
}

fn words(entry: &Entry) -> Vec<(&str, &str, Option<&yumen_lawbook::predicate::Condition>)> {
    entry.points.iter().map(|p| (p.path.as_str(), p.text.zh.as_str(), p.when.as_ref())).collect()
}

fn points(before: Option<&Entry>, after: Option<&Entry>) -> Vec<PointImpact> {
    let of = |e: Option<&Entry>| -> BTreeMap<String, Point> {
        e.into_iter().flat_map(|e| &e.points).map(|p| (p.path.clone(), p.clone())).collect()
    };
    let (was, is) = (of(before), of(after));
    let paths: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    paths
        .into_iter()
        .filter(|p| was.get(*p).map(|p| (&p.text, &p.when)) != is.get(*p).map(|p| (&p.text, &p.when)))
        .map(|p| PointImpact {
            path: p.clone(),
            before: was.get(p).map(|p| p.text.clone()),
            after: is.get(p).map(|p| p.text.clone()),
        })
        .collect()
}

fn clauses(before: &Book, after: &Book, day: Day) -> Vec<ClauseImpact> {
    let on = AsOf::on(day);
    let mut all = Vec::new();
    for measure in after.measures.values() {
        for clause in &measure.clause {
            let was = before.measures.get(&measure.id).and_then(|m| m.clause(&clause.id)).and_then(|c| c.status(on));
            let is = clause.stretch(on);
            if was != is.map(|s| s.status) {
                all.push(ClauseImpact {
                    clause: format!("{}#{}", measure.id, clause.id),
                    before: was.map(yumen_lawbook::measure::ClauseStatus::as_str),
                    after: is.map(|s| s.status.as_str()),
                    until: is.and_then(|s| s.until),
                });
            }
        }
    }
    all
}

fn parties(before: &Book, after: &Book, day: Day) -> Vec<PartyImpact> {
    let key = |l: &yumen_lawbook::party::Listing, p: &yumen_lawbook::party::Party| {
        (l.list, l.instrument.clone(), p.no, p.zh.clone(), p.en.clone())
    };
    let held: BTreeSet<_> = before.listings.iter().flat_map(|l| l.party.iter().map(move |p| key(l, p))).collect();
    after
        .listings
        .iter()
        .filter(|l| l.effective <= day)
        .flat_map(|l| l.party.iter().map(move |p| (l, p)))
        .filter(|(l, p)| !held.contains(&key(l, p)))
        .map(|(l, p)| PartyImpact {
            list: l.list.as_str(),
            name: p.names().collect::<Vec<_>>().join(" / "),
            instrument: l.instrument.to_string(),
        })
        .collect()
}

/// The questions of a table of items, of a determination record, or of a directory of records.
fn questions(
    path: &Path,
    book: &Book,
    day: Day,
    unanswered: &mut Vec<String>,
) -> Result<Vec<(String, Question)>, Failure> {
    let is_record = |p: &Path| p.extension().is_some_and(|e| e == "json");
    if path.is_dir() || is_record(path) {
        let mut files: Vec<PathBuf> = if path.is_dir() {
            let listed = std::fs::read_dir(path).map_err(|e| Failure::file(path, &e))?;
            listed.filter_map(|e| Some(e.ok()?.path())).filter(|p| is_record(p)).take(RECORDS).collect()
        } else {
            vec![path.to_owned()]
        };
        files.sort();
        let mut all = Vec::new();
        for file in files {
            let name = file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            let text = std::fs::read_to_string(&file).map_err(|e| Failure::file(&file, &e))?;
            match Signed::<Determination>::open(&text) {
                Ok(paper) => {
                    let mut question = paper.record.question;
                    question.as_of = AsOf::on(day);
                    all.push((name, question));
                }
                Err(e) => unanswered.push(format!("{name}: {e}")),
            }
        }
        return Ok(all);
    }
    let mut all = Vec::new();
    for row in tables::open(path)? {
        let row = row?;
        match item::question(&row, book, day) {
            Ok(question) => all.push((item::id(&row), question)),
            Err(failure) => unanswered.push(format!("{}: {failure}", item::id(&row))),
        }
    }
    Ok(all)
}

fn answers(id: &str, question: &Question, was: &Assessment, is: &Assessment) -> Vec<AnswerImpact> {
    let free = |a: Answer| matches!(a, Answer::NotFound | Answer::LikelyNotControlled);
    is.results
        .iter()
        .filter_map(|later| {
            let earlier = was.results.iter().find(|r| r.regime == later.regime)?;
            let entries = (entry_of(earlier), entry_of(later));
            let same = earlier.answer == later.answer && (entries.0 == entries.1 || free(later.answer));
            (!same).then(|| AnswerImpact {
                id: id.to_owned(),
                text: question.text.chars().take(120).collect(),
                regime: later.regime.clone(),
                before: earlier.answer,
                before_entry: entries.0,
                after: later.answer,
                after_entry: entries.1,
            })
        })
        .collect()
}

fn show(page: &mut Page, impact: &Impact) {
    let line = format!("{} {} {}", page.pick("如果采用", "If adopted, on"), impact.day, impact.draft);
    page.line(&line);
    if impact.consultation {
        let line =
            page.pick("征求意见稿：按其定为法律计算。", "A draft for comment, shown as if it became law.").to_owned();
        page.line(&line);
    }
    page.head("条目", "Entries");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &impact.entries {
        *counts.entry(entry.change).or_default() += 1;
    }
    let line = counts.iter().map(|(k, n)| format!("{k} {n}")).collect::<Vec<_>>().join(", ");
    page.line(if line.is_empty() { "–" } else { &line });
    for entry in impact.entries.iter().filter(|e| e.change != "better_known").take(200) {
        let line = format!("{} {} {} ({})", entry.change, entry.code, page.say(&entry.name), entry.list);
        page.item("·", &line);
    }
    page.head("条款", "Clauses");
    for clause in &impact.clauses {
        let until = clause.until.map(|d| format!(" → {d}")).unwrap_or_default();
        let line =
            format!("{}: {} → {}{until}", clause.clause, clause.before.unwrap_or("–"), clause.after.unwrap_or("–"));
        page.item("·", &line);
    }
    page.head("名单", "Parties");
    for party in &impact.parties {
        let line = format!("{} · {} ({})", party.name, party.list, party.instrument);
        page.item("·", &line);
    }
    if impact.items > 0 || !impact.unanswered.is_empty() {
        page.head("结论", "Answers");
        let line = format!("{} / {}", impact.answers.len(), impact.items);
        page.line(&line);
        for answer in &impact.answers {
            let (was, is) = (answer.before.label(), answer.after.label());
            let line = format!(
                "{} {} ({}): {} {} → {} {}",
                answer.id,
                answer.text.chars().take(40).collect::<String>(),
                answer.regime,
                page.say(&was),
                answer.before_entry,
                page.say(&is),
                answer.after_entry
            );
            page.item("·", &line);
        }
        for problem in &impact.unanswered {
            page.item("!", problem);
        }
    }
}
