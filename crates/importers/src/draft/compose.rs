//! From a reading to a draft: the act, its files, its lines.

use yumen_assess::Engine;
use yumen_lawbook::instrument::Instrument;
use yumen_lawbook::{Bilingual, Book, Day};

use super::judge::{Lines, Made};
use super::law::{self, LawInstrument, LawSource, Words};
use super::{About, Draft, FileHead, LeftOut, Rewrite, measures, parties, rules, tables};
use crate::Hints;
use crate::documents::{Document, Form};
use crate::flow::{Flow, Place};
use crate::grammar::frame::{ActNumber, Frame, Totals, acts};
use crate::kinds::{Reading, Unread, What};
use crate::plausible::Plausible;

/// What every part of the composition needs.
pub(super) struct Context<'a> {
    pub engine: &'a Engine,
    pub book: &'a Book,
    pub frame: &'a Frame,
    /// The act's name in the book.
    pub instrument: String,
    pub published: Day,
    pub effective: Day,
    pub recorded: Day,
    /// Key of the file among the book's sources.
    pub source: String,
    /// Name of the file.
    pub file: String,
    pub kinds: &'a [&'static str],
    /// The short name of the act.
    pub short: Bilingual,
}

/// What is gathered.
pub(super) struct Gathered<'p> {
    pub lines: Lines<'p>,
    pub heads: Vec<FileHead>,
    pub rewrites: Vec<Rewrite>,
    pub unread: Vec<Unread>,
    pub found: Totals,
}

/// The act of the book with this number.
pub(super) fn act_of(book: &Book, wanted: ActNumber, unreliable: bool) -> Option<&Instrument> {
    book.instruments.values().find(|i| {
        let mechanism = i.number.contains("不可靠实体清单");
        let numbered = acts(&i.number.replace(' ', "")).first().is_some_and(|(_, _, a)| *a == wanted);
        let bracketed = i.number.ends_with(&format!("〔{}〕{}号", wanted.year, wanted.number));
        if unreliable { mechanism && (bracketed || numbered) } else { !mechanism && numbered }
    })
}

/// The name the book would give an act.
pub(super) fn name_of(act: ActNumber, unreliable: bool) -> String {
    let kind = match (unreliable, act.order) {
        (true, _) => "uel",
        (_, true) => "order",
        _ => "notice",
    };
    format!("{kind}-{}-{}", act.number, act.year)
}

/// Makes the draft.
pub(crate) fn compose(
    name: &str,
    document: &Document,
    flow: &Flow,
    reading: &Reading,
    engine: &Engine,
    recorded: Day,
    hints: &Hints,
) -> Draft {
    let book = engine.book();
    let words: Vec<String> = flow.paragraphs.iter().map(|p| p.text.clone()).collect();
    let plausible = Plausible::of(book, &words);
    let unreliable = reading.frame.issuers.iter().any(|i| i.contains("不可靠实体"));
    let hinted = hints.instrument.as_deref().and_then(|id| book.instruments.get(id));
    let known = hinted.or_else(|| reading.frame.number.and_then(|n| act_of(book, n, unreliable)));
    let short_hash = document.sha256.get(..12).unwrap_or_default().to_owned();
    let instrument = hints.instrument.clone().or_else(|| known.map(|i| i.id.to_string())).unwrap_or_else(|| {
        reading.frame.number.map_or_else(|| format!("import-{short_hash}"), |n| name_of(n, unreliable))
    });
    let published = hints.published.or(reading.frame.issued).or_else(|| known.and_then(|i| i.issued.or(i.published)));
    let effective =
        hints.effective.or(reading.frame.effective).or_else(|| known.and_then(|i| i.effective)).or(published);
    let mut gathered = Gathered {
        lines: Lines::new(&plausible, document.form == Form::Ocr),
        heads: Vec::new(),
        rewrites: Vec::new(),
        unread: reading.unread.clone(),
        found: Totals::default(),
    };
    let short = short_name(&reading.frame, known, unreliable);
    let context = Context {
        engine,
        book,
        frame: &reading.frame,
        instrument: instrument.clone(),
        published: published.unwrap_or(recorded),
        effective: effective.unwrap_or(recorded),
        recorded,
        source: format!("file-{short_hash}"),
        file: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
        kinds: &reading.kinds,
        short,
    };
    let calendar = reading.pieces.iter().all(|p| matches!(p.what, What::Year { .. }));
    if !calendar {
        act_line(&context, known, published.is_some(), &mut gathered, flow);
    }
    source_head(&context, &document.sha256, &mut gathered);
    tables::lists(&context, &reading.pieces, &mut gathered);
    measures::suspensions(&context, &reading.pieces, &mut gathered);
    rules::rules(&context, &reading.pieces, &mut gathered);
    parties::listings(&context, &reading.pieces, &mut gathered);
    years(&context, &reading.pieces, &mut gathered);
    gathered.unread.sort_by_key(|u| u.place);
    Draft {
        about: About {
            file: context.file.clone(),
            sha256: document.sha256.clone(),
            form: document.form,
            pages: document.pages,
            kinds: reading.kinds.iter().map(|k| (*k).to_owned()).collect(),
            title: reading.frame.title.clone(),
            instrument,
            published,
            effective,
            recorded,
            consultation: reading.frame.draft,
            declared: if calendar { Totals::default() } else { reading.frame.declared.clone() },
            found: gathered.found,
            notes: document.notes.clone(),
            left_out: flow.dropped.iter().map(|(at, words)| LeftOut { at: *at, words: words.clone() }).collect(),
        },
        head: gathered.heads,
        rewrite: gathered.rewrites,
        line: gathered.lines.done(),
        unread: gathered.unread,
    }
}

fn short_name(frame: &Frame, known: Option<&Instrument>, unreliable: bool) -> Bilingual {
    if let Some(known) = known {
        return known.short.clone();
    }
    match frame.number {
        Some(n) if unreliable => Bilingual::new(
            format!("不可靠实体清单公告〔{}〕{}号", n.year, n.number),
            format!("Unreliable entities notice {}/{}", n.number, n.year),
        ),
        Some(n) if n.order => {
            Bilingual::new(format!("令{}年第{}号", n.year, n.number), format!("Order {}/{}", n.number, n.year))
        }
        Some(n) => {
            Bilingual::new(format!("公告{}年第{}号", n.year, n.number), format!("Notice {}/{}", n.number, n.year))
        }
        None => Bilingual::new(frame.title.clone(), frame.title.clone()),
    }
}

/// The act itself, where the book does not hold it yet.
fn act_line(context: &Context<'_>, known: Option<&Instrument>, dated: bool, gathered: &mut Gathered<'_>, flow: &Flow) {
    if known.is_some() {
        return;
    }
    let frame = context.frame;
    let mut doubts = Vec::new();
    if frame.number.is_none() {
        doubts.push(Bilingual::new(
            "没有读到文号：可用 --instrument 指明",
            "no number was read: name the act with --instrument",
        ));
    }
    if !dated {
        doubts.push(Bilingual::new("没有读到日期：可用 --published 指明", "no day was read: give it with --published"));
    } else if !frame.effective_said {
        doubts.push(Bilingual::new(
            "没有写明施行日期，按公布之日",
            "no day of effect is said; the day of signature is taken",
        ));
    }
    let kind = match (frame.draft, context.kinds.contains(&"catalogue")) {
        (true, _) => "draft",
        (_, true) => "catalogue",
        _ => "notice",
    };
    let number = frame.number.map(|n| {
        let issuers = if frame.issuers.is_empty() { "商务部".to_owned() } else { frame.issuers.join(" ") };
        format!("{issuers}{}{}年第{}号", if n.order { "令" } else { "公告" }, n.year, n.number)
    });
    let record = LawInstrument {
        id: context.instrument.clone(),
        kind: kind.to_owned(),
        number: number.unwrap_or_default(),
        title: Words { zh: frame.title.clone(), en: context.short.en.clone() },
        short: Words::from(&context.short),
        issuer: frame.issuers.clone(),
        issued: Some(context.published),
        effective: (!frame.draft).then_some(context.effective),
        verification: "official_text".to_owned(),
    };
    let path = format!("instruments/imported-{}.toml", context.instrument);
    gathered.heads.push(FileHead { path: path.clone(), head: String::new() });
    gathered.lines.push(Made {
        what: "instrument",
        about: context.instrument.clone(),
        at: flow.paragraphs.first().map_or(Place::default(), crate::flow::Paragraph::start),
        file: path,
        words: format!("{} · {} · {}", frame.title, context.published, context.effective),
        law: law::fragment("instrument", &record),
        doubts,
        ..Made::default()
    });
}

fn source_head(context: &Context<'_>, sha256: &str, gathered: &mut Gathered<'_>) {
    let record = LawSource {
        key: context.source.clone(),
        sha256: sha256.to_owned(),
        about: Bilingual::new(
            format!("{}（{}）", context.file, context.frame.title),
            format!("{} ({})", context.file, context.frame.title),
        ),
    };
    gathered.heads.push(FileHead {
        path: format!("sources/imported-{}.toml", context.source),
        head: law::fragment("source", &record),
    });
}

/// The calendar of a year.
fn years(context: &Context<'_>, pieces: &[crate::kinds::Piece], gathered: &mut Gathered<'_>) {
    for piece in pieces {
        let What::Year { year, off, work } = &piece.what else { continue };
        let path = format!("calendars/{year}.toml");
        let mut doubts = piece.doubts.clone();
        let span = context.book.calendar.span();
        if span.is_some_and(|(first, last)| (first..=last).contains(year)) {
            doubts.push(Bilingual::new(
                "本库已有该年度日历，将以此替换",
                "the book holds this year already; this replaces it",
            ));
        }
        // Seven holidays are fixed by the Measures on National Holidays; fewer read means some were not.
        if off.len() < 6 {
            doubts.push(Bilingual::new(
                format!("只读到{}个节日", off.len()),
                format!("only {} holidays were read", off.len()),
            ));
        }
        let head = format!("year = {year}\nsource = [{:?}]\n", format!("sha256:{}", context.source));
        gathered.heads.push(FileHead { path: path.clone(), head });
        let mut law = String::from("off = [\n");
        for (name, from, until) in off {
            law.push_str(&format!("  {{ name = {name:?}, from = {from}, to = {until} }},\n"));
        }
        law.push_str(&format!("]\nwork = [{}]\n", work.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")));
        gathered.lines.push(Made {
            what: "calendar",
            about: year.to_string(),
            at: piece.place,
            file: path,
            words: piece.words.clone(),
            law,
            doubts,
            ..Made::default()
        });
    }
}
