//! Suspensions, resumptions and ends: further history for clauses of the book.

use yumen_lawbook::{Bilingual, Day};

use super::compose::{Context, Gathered, act_of, name_of};
use super::judge::Made;
use super::law::{self, LawClauseChange, LawStretch};
use super::{FileHead, Rewrite};
use crate::grammar::suspend::{Suspension, Target, Turn, last_day};
use crate::kinds::{Piece, Unread, What};

/// Lines for every suspension of the document.
pub(super) fn suspensions(context: &Context<'_>, pieces: &[Piece], gathered: &mut Gathered<'_>) {
    let path = format!("measures/imported-{}-changes.toml", context.instrument);
    let mut any = false;
    for piece in pieces {
        let What::Suspend(suspension) = &piece.what else { continue };
        for target in &suspension.targets {
            any |= target_lines(context, piece, suspension, target, &path, gathered);
        }
    }
    if any {
        gathered.heads.push(FileHead { path, head: String::new() });
    }
}

fn target_lines(
    context: &Context<'_>,
    piece: &Piece,
    suspension: &Suspension,
    target: &Target,
    path: &str,
    gathered: &mut Gathered<'_>,
) -> bool {
    let id = act_of(context.book, target.act, false).map_or_else(|| name_of(target.act, false), |i| i.id.to_string());
    let measures: Vec<_> = context.book.measures.values().filter(|m| m.instrument.as_str() == id).collect();
    let wanted = |clause: &yumen_lawbook::measure::Clause| {
        target.clauses.is_empty()
            || target.clauses.iter().any(|n| {
                let begins = |t: &str| t.split(['.', '(']).next() == Some(n.to_string().as_str());
                begins(&clause.id) || begins(&clause.at.place)
            })
    };
    let clauses: Vec<_> =
        measures.iter().flat_map(|m| m.clause.iter().filter(|c| wanted(c)).map(|c| (m.id.to_string(), c))).collect();
    if clauses.is_empty() {
        if target.clauses.is_empty() && new_measure(context, piece, suspension, &id, gathered) {
            return false;
        }
        gathered.unread.push(Unread {
            place: piece.place,
            words: piece.words.clone(),
            why: Bilingual::new(
                format!("本库没有{id}的{}，无从记录", if target.clauses.is_empty() { "措施" } else { "该款项" }),
                format!("the book holds no such clause of {id}, so nothing can be recorded"),
            ),
        });
        return false;
    }
    for (measure, clause) in clauses {
        let name = format!("{measure}#{}", clause.id);
        let Some(history) = history(context, piece, suspension) else {
            gathered.unread.push(Unread {
                place: piece.place,
                words: piece.words.clone(),
                why: Bilingual::new("期限无法计算", "the term cannot be worked out"),
            });
            continue;
        };
        let mut doubts = piece.doubts.clone();
        let before = clause.status(yumen_lawbook::AsOf::on(history[0].from.previous()));
        if clause.history.iter().any(|s| s.instrument.as_str() == context.instrument) {
            doubts.push(Bilingual::new(
                "本库已按这一文件记录该条款",
                "the book already records what this act does to the clause",
            ));
        }
        if suspension.turn == Turn::Resume && before == Some(yumen_lawbook::measure::ClauseStatus::InForce) {
            doubts.push(Bilingual::new("恢复实施的条款本来就在施行", "the clause resumed is in force already"));
        }
        gathered.lines.push(Made {
            what: "suspend",
            about: name.clone(),
            at: piece.place,
            file: path.to_owned(),
            words: piece.words.clone(),
            law: law::fragment("change", &LawClauseChange { clause: name, history }),
            doubts,
            checked: vec![piece.words.clone()],
            ..Made::default()
        });
    }
    true
}

/// The stretches a suspension, resumption or end makes.
fn history(context: &Context<'_>, piece: &Piece, suspension: &Suspension) -> Option<Vec<LawStretch>> {
    let from = suspension.from.unwrap_or(context.published);
    let read_at = Bilingual::new(
        format!("读自 {} {}", context.file, piece.place),
        format!("read in {} {}", context.file, piece.place),
    );
    let stretch = |status: &str, from: Day, until: Option<Day>, verification: &str| LawStretch {
        status: status.to_owned(),
        from,
        until,
        instrument: context.instrument.clone(),
        recorded: Some(context.recorded),
        verification: Some(verification.to_owned()),
        note: read_at.clone(),
    };
    match suspension.turn {
        Turn::Resume => Some(vec![stretch("in_force", from, None, "official_text")]),
        Turn::End => Some(vec![stretch("repealed", from, None, "official_text")]),
        Turn::Suspend => match suspension.term {
            None => Some(vec![stretch("suspended", from, None, "official_text")]),
            Some(term) => {
                let until = last_day(from, term).filter(|until| *until >= from)?;
                let after = stretch("lapsed_unconfirmed", until.next(), None, "derived");
                Some(vec![stretch("suspended", from, Some(until), "official_text"), after])
            }
        },
    }
}

/// A clause for an act that lists items and has none in the book yet, with its whole history; the edition then depends on it.
fn new_measure(
    context: &Context<'_>,
    piece: &Piece,
    suspension: &Suspension,
    id: &str,
    gathered: &mut Gathered<'_>,
) -> bool {
    let edition = context
        .book
        .lists
        .values()
        .flat_map(|l| l.editions.iter().map(move |e| (l, e)))
        .find(|(_, e)| e.instrument.as_str() == id && e.measure.is_none());
    let (Some((list, edition)), Some(mut turned)) = (edition, history(context, piece, suspension)) else {
        return false;
    };
    let began = LawStretch {
        status: "in_force".to_owned(),
        from: edition.effective,
        until: Some(turned[0].from.previous()),
        instrument: id.to_owned(),
        recorded: None,
        verification: None,
        note: Bilingual::default(),
    };
    let mut all = if edition.effective < turned[0].from { vec![began] } else { Vec::new() };
    all.append(&mut turned);
    let short = context.book.instruments.get(id).map(|i| i.short.clone()).unwrap_or_default();
    let record = law::LawMeasure {
        id: id.to_owned(),
        instrument: id.to_owned(),
        name: law::Words::from(&short),
        recorded: context.recorded,
        clause: vec![law::LawClause {
            id: "1".to_owned(),
            at: id.to_owned(),
            effect: "list_items".to_owned(),
            lists: vec![list.head.id.to_string()],
            destinations: Vec::new(),
            entries: Vec::new(),
            when: None,
            verification: "official_text".to_owned(),
            text: law::Words {
                zh: format!("{}所列物项。", short.zh),
                en: format!("The items listed by {}.", short.en),
            },
            history: all,
        }],
    };
    let path = format!("measures/imported-{id}.toml");
    gathered.heads.push(FileHead { path: path.clone(), head: String::new() });
    let line = gathered.lines.push(Made {
        what: "suspend",
        about: format!("{id}#1"),
        at: piece.place,
        file: path,
        words: piece.words.clone(),
        law: law::fragment("measure", &record),
        doubts: piece.doubts.clone(),
        checked: vec![piece.words.clone()],
        ..Made::default()
    });
    let written = format!("instrument = {id:?}");
    gathered.rewrites.push(Rewrite {
        line,
        within: edition.file.clone(),
        only: "instrument".to_owned(),
        find: written.clone(),
        put: format!("{written}\nmeasure = \"{id}#1\""),
    });
    true
}
