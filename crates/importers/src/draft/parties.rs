//! Listings of parties.

use std::collections::BTreeMap;

use yumen_lawbook::Bilingual;
use yumen_lawbook::party::PartyList;

use super::compose::{Context, Gathered};
use super::judge::Made;
use super::law::{self, LawClause, LawListing, LawMeasure, LawParty, LawStretch, Words};
use super::{Difference, FileHead};
use crate::grammar::party::Party;
use crate::kinds::{Piece, What};

/// Lines for every listing of the document.
pub(super) fn listings(context: &Context<'_>, pieces: &[Piece], gathered: &mut Gathered<'_>) {
    let mut lists: BTreeMap<PartyList, Vec<(&Piece, &Party, &str)>> = BTreeMap::new();
    for piece in pieces {
        if let What::Party { list, party, nation } = &piece.what {
            lists.entry(*list).or_default().push((piece, party, nation));
        }
    }
    let count: usize = lists.values().flatten().filter(|(_, p, _)| !p.unit).count();
    if count > 0 {
        gathered.found.parties = u16::try_from(count).ok();
    }
    for (list, parties) in lists {
        listing(context, list, &parties, gathered);
    }
}

/// What a list does to those on it.
fn effect(list: PartyList) -> (&'static str, Words) {
    let words = |zh: &str, en: &str| Words { zh: zh.to_owned(), en: en.to_owned() };
    match list {
        PartyList::Control => (
            "prohibit",
            words(
                "禁止向所列实体出口两用物项；特殊情况可申请。",
                "No dual-use items to the entities named; an exception may be asked for.",
            ),
        ),
        PartyList::Watch => (
            "watch_party",
            words(
                "向关注名单所列实体出口适用更严格的申请要求。",
                "Exports to the entities named are applied for under stricter rules.",
            ),
        ),
        PartyList::Unreliable => (
            "countermeasure",
            words(
                "对所列实体采取不可靠实体清单措施。",
                "Measures of the unreliable entity list apply to the entities named.",
            ),
        ),
        PartyList::Countermeasure => {
            ("countermeasure", words("对所列实体采取反制措施。", "Countermeasures apply to the entities named."))
        }
    }
}

fn listing(context: &Context<'_>, list: PartyList, parties: &[(&Piece, &Party, &str)], gathered: &mut Gathered<'_>) {
    let known = context.book.listings.iter().find(|l| l.list == list && l.instrument.as_str() == context.instrument);
    let tail =
        context.instrument.trim_start_matches("notice-").trim_start_matches("uel-").trim_start_matches("mofcom-");
    let id = known.map_or_else(|| format!("{}-{tail}", list.as_str()), |l| l.id.to_string());
    let clause = known.map_or_else(|| format!("{}-{}#1", context.instrument, list.as_str()), |l| l.measure.to_string());
    if known.is_none() {
        measure(context, list, parties, gathered);
    }
    let path = format!("parties/{id}.toml");
    let declared = context.frame.declared.parties.or_else(|| known.and_then(|l| l.declared));
    let head = LawListing {
        id,
        list: list.as_str().to_owned(),
        instrument: context.instrument.clone(),
        measure: clause,
        effective: known.map_or(context.effective, |l| l.effective),
        recorded: known.map_or(context.recorded, |l| l.recorded),
        declared,
        verification: "official_text".to_owned(),
        note: known.map(|l| l.note.clone()).filter(|n| !n.is_empty()).unwrap_or_else(|| {
            Bilingual::new(
                format!("读自 {}（{}）", context.file, context.source),
                format!("read in {} ({})", context.file, context.source),
            )
        }),
    };
    gathered.heads.push(FileHead { path: path.clone(), head: law::head(&head) });
    let mut above = 0;
    for (index, (piece, party, nation)) in parties.iter().enumerate() {
        // Units are numbered on after the parties, as the book does.
        let main = u16::try_from(parties.iter().filter(|(_, p, _)| !p.unit).count()).unwrap_or(0);
        let units_before = u16::try_from(parties[..index].iter().filter(|(_, p, _)| p.unit).count()).unwrap_or(0);
        let no = if party.unit { main + 1 + units_before } else { party.no };
        if !party.unit {
            above = party.no;
        }
        let mut doubts = piece.doubts.clone();
        let country = country(context, party, nation);
        if country.is_empty() && !party.unit {
            doubts.push(Bilingual::new("国家或地区没有读出", "the country could not be told"));
        }
        if party.en.is_empty() && party.zh.chars().any(|c| matches!(c, '（' | '(')) {
            doubts.push(Bilingual::new("括号里的名称没有读出", "the name in brackets was not understood"));
        }
        let record = LawParty {
            no,
            zh: party.zh.clone(),
            en: party.en.clone(),
            also: party.also.clone(),
            address: party.address.clone(),
            postcode: party.postcode.clone(),
            country,
            unit_of: party.unit.then_some(above),
        };
        let held = known.and_then(|l| l.party.iter().find(|p| p.no == no && p.unit_of == record.unit_of));
        let mut differs = Vec::new();
        if let Some(held) = held {
            let same = |a: &str, b: &str| super::compare::key(a) == super::compare::key(b);
            for (book, text) in [(&held.zh, &record.zh), (&held.en, &record.en), (&held.postcode, &record.postcode)] {
                if !same(book, text) {
                    differs.push(Difference {
                        point: no.to_string(),
                        book: book.clone(),
                        verification: known.map(|l| l.verification.as_str().to_owned()).unwrap_or_default(),
                        text: text.clone(),
                    });
                }
            }
        }
        let name = if record.en.is_empty() { &record.zh } else { &record.en };
        gathered.lines.push(Made {
            what: "party",
            about: format!("{no}. {name}"),
            at: piece.place,
            file: path.clone(),
            words: piece.words.clone(),
            law: law::fragment("party", &record),
            doubts,
            differs,
            ..Made::default()
        });
    }
}

fn measure(context: &Context<'_>, list: PartyList, parties: &[(&Piece, &Party, &str)], gathered: &mut Gathered<'_>) {
    let (effect, text) = effect(list);
    let label = list.label();
    let path = format!("measures/imported-{}-{}.toml", context.instrument, list.as_str());
    let record = LawMeasure {
        id: format!("{}-{}", context.instrument, list.as_str()),
        instrument: context.instrument.clone(),
        name: Words::from(&label),
        recorded: context.recorded,
        clause: vec![LawClause {
            id: "1".to_owned(),
            at: context.instrument.clone(),
            effect: effect.to_owned(),
            lists: vec!["dual-use".to_owned()],
            destinations: Vec::new(),
            entries: Vec::new(),
            when: None,
            verification: "official_text".to_owned(),
            text,
            history: vec![LawStretch {
                status: "in_force".to_owned(),
                from: context.effective,
                until: None,
                instrument: context.instrument.clone(),
                recorded: None,
                verification: None,
                note: Bilingual::default(),
            }],
        }],
    };
    gathered.heads.push(FileHead { path: path.clone(), head: String::new() });
    gathered.lines.push(Made {
        what: "measure",
        about: format!("{}-{}#1", context.instrument, list.as_str()),
        at: parties.first().map_or(crate::flow::Place::default(), |p| p.0.place),
        file: path,
        words: format!("{}（{}）", label.zh, parties.len()),
        law: law::fragment("measure", &record),
        ..Made::default()
    });
}

/// The country of 「20家日本实体」, or the one an address ends or begins with.
fn country(context: &Context<'_>, party: &Party, nation: &str) -> String {
    if let Some(found) = context.book.country(nation) {
        return found.code.clone();
    }
    let last = party.address.rsplit([',', '，', ' ']).next().unwrap_or_default().trim().trim_end_matches('.');
    if let Some(found) = context.book.country(last) {
        return found.code.clone();
    }
    context
        .book
        .countries
        .values()
        .find(|c| !c.name.zh.is_empty() && party.address.starts_with(&c.name.zh))
        .map(|c| c.code.clone())
        .unwrap_or_default()
}
