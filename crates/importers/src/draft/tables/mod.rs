//! Entries of the lists: added, removed, changed, each held against the edition the book has recorded of the same act.

mod changes;
mod editions;

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::code::Code;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::edition::{Edition, Form, Operation};
use yumen_lawbook::list::entry::{Children, Control, Entry, Point, Superseded};
use yumen_lawbook::list::history::History;
use yumen_lawbook::{Bilingual, Day};

use super::Difference;
use super::compare::{self, Role, Told};
use super::compose::{Context, Gathered};
use super::judge::Made;
use super::law::{self, LawChange, LawEntry, Words};
use crate::grammar::frame::Totals;
use crate::kinds::{EntryRead, Piece, PointRead, What};

/// Lines for both lists.
pub(super) fn lists(context: &Context<'_>, pieces: &[Piece], gathered: &mut Gathered<'_>) {
    for (id, list) in &context.book.lists {
        let mine: Vec<&Piece> = pieces.iter().filter(|p| list_of(&p.what) == Some(id.as_str())).collect();
        if !mine.is_empty() {
            Table::new(context, list).compose(&mine, gathered);
        }
    }
}

fn list_of(what: &What) -> Option<&'static str> {
    match what {
        What::Entry(entry) => Some(entry.list),
        What::Remove { .. } | What::Modify(_) => Some("technology"),
        What::Row { .. } => Some("dual-use"),
        _ => None,
    }
}

struct Table<'a> {
    context: &'a Context<'a>,
    list: &'a ControlList,
    /// The edition the book has recorded of this very act.
    own: Option<&'a Edition>,
    /// Entries in force before the act, without what the book knows of the act itself.
    before: BTreeMap<Code, Entry>,
    path: String,
    form: Form,
    /// Recorded entries and points of `own` that the official text was matched with.
    matched: BTreeSet<Code>,
    found: Totals,
    divisions: BTreeMap<String, Bilingual>,
    /// The number last read in every division and part.
    numbered: BTreeMap<String, u32>,
}

impl<'a> Table<'a> {
    fn new(context: &'a Context<'a>, list: &'a ControlList) -> Self {
        let own = list.editions.iter().find(|e| e.instrument.as_str() == context.instrument);
        let effective = own.map_or(context.effective, |e| e.effective);
        let others: Vec<Edition> =
            list.editions.iter().filter(|e| e.instrument.as_str() != context.instrument).cloned().collect();
        let before = History::fold(&others, Day::MAX).unwrap_or_default();
        let before = before.on(effective.previous()).map(|v| (v.entry.code.clone(), v.entry.clone())).collect();
        let form = match own {
            Some(edition) => edition.form,
            None if context.frame.draft => Form::Draft,
            None if !context.kinds.contains(&"catalogue") => Form::Amendment,
            None if list.editions.iter().all(|e| e.form == Form::Draft || e.effective > effective) => Form::Base,
            None => Form::Reissue,
        };
        let path = own.map_or_else(
            || format!("lists/{}/{}.{}.toml", list.head.id, effective, context.instrument),
            |e| e.file.clone(),
        );
        Self {
            context,
            list,
            own,
            before,
            path,
            form,
            matched: BTreeSet::new(),
            found: Totals::default(),
            divisions: own.map(|e| e.divisions.clone()).unwrap_or_default(),
            numbered: BTreeMap::new(),
        }
    }

    fn compose(mut self, pieces: &[&Piece], gathered: &mut Gathered<'_>) {
        let mut changes: BTreeMap<Code, (Made, LawChange)> = BTreeMap::new();
        let mut order: Vec<Code> = Vec::new();
        let rows = Self::rows(pieces);
        for piece in pieces {
            match &piece.what {
                What::Entry(read) => {
                    let held = self.list.head.id.as_str() == "dual-use"
                        && self.before.contains_key(&read.code)
                        && self.form == Form::Amendment;
                    if held {
                        let (made, change) = self.points_into(piece, read);
                        gather(&mut changes, &mut order, made, change);
                    } else {
                        self.entry(piece, read, gathered);
                    }
                }
                What::Remove { code, name, clause } => self.removal(piece, code, name, clause, gathered),
                What::Modify(read) => {
                    if let Some(to) = &read.recode {
                        self.recode(piece, read, to, gathered);
                    } else {
                        let (made, change) = self.modification(piece, read);
                        gather(&mut changes, &mut order, made, change);
                    }
                }
                _ => {}
            }
        }
        for (piece, read) in rows {
            if self.before.contains_key(&read.code) {
                let (made, change) = self.points_into(piece, &read);
                if !(change.add.is_empty() && change.replace.is_empty() && change.name.is_none()) {
                    gather(&mut changes, &mut order, made, change);
                }
            } else {
                self.entry(piece, &read, gathered);
            }
        }
        for code in order {
            let Some((mut made, change)) = changes.remove(&code) else { continue };
            if self.unheld(&code, &mut made) {
                made.law = law::fragment("modify", &change);
            }
            made.checked = change.add.iter().chain(&change.replace).map(|p| p.text.zh.clone()).collect();
            *self.found.modified.entry(Self::control_of(&code)).or_default() += 1;
            gathered.lines.push(made);
        }
        self.head(gathered);
    }

    fn control_of(code: &Code) -> String {
        match code {
            Code::Catalogue(c) if c.is_prohibited() => Control::Prohibited,
            Code::Catalogue(_) => Control::Restricted,
            _ => Control::Licence,
        }
        .as_str()
        .to_owned()
    }

    /// The entry of the own edition with this code, or without a code and with this name.
    fn recorded(&self, read: &EntryRead) -> Option<&'a Entry> {
        let added = || {
            self.own.into_iter().flat_map(|e| &e.operations).filter_map(|o| match o {
                Operation::Add(entry) => Some(entry.as_ref()),
                _ => None,
            })
        };
        let name = compare::key(&read.name);
        let same = |e: &&Entry| {
            let control = e.control == Control::Unknown || e.control == read.control;
            e.code.is_unseen() && control && !name.is_empty() && compare::key(&e.name.zh) == name
        };
        added().find(|e| e.code == read.code).or_else(|| added().find(same))
    }

    fn entry(&mut self, piece: &Piece, read: &EntryRead, gathered: &mut Gathered<'_>) {
        let context = self.context;
        let held = self.recorded(read);
        let mut doubts = piece.doubts.clone();
        let mut told = Told::default();
        let heading = self.heading(read, held, piece, &mut told);
        let mut law = LawEntry {
            code: read.code.to_string(),
            name: heading.text.clone(),
            recorded: "complete".to_owned(),
            clause: read.clause.clone(),
            children: heading.children,
            class: heading.class,
            contains: heading.contains,
            implied: heading.implied,
            concerns: heading.concerns,
            covers: heading.covers,
            hs: heading.hs,
            source: vec![context.source.clone()],
            place: piece.place.to_string(),
            when: heading.when,
            note: heading.note,
            superseded: heading.superseded,
            ..LawEntry::default()
        };
        if read.name.is_empty() {
            law.remark = Bilingual::new(
                "公告没有该编码的总标题，标题取自所在部分。",
                "The notice gives the code no heading of its own; this one is that of its part.",
            );
            "partial".clone_into(&mut law.recorded);
        }
        if let Some((digits, division)) = &read.division {
            law.division.clone_from(digits);
            self.divisions.entry(digits.clone()).or_insert_with(|| Bilingual::new(division.clone(), ""));
        }
        let points = with_parents(&read.points);
        law.point = self.points(&points, read.children, held, &mut told);
        if let Some(held) = held {
            self.matched.insert(held.code.clone());
            law.heading_decides = held.heading_decides;
            law.was = held.was.iter().map(ToString::to_string).collect();
            if law.division.is_empty() {
                law.division.clone_from(&held.division);
            }
            let used: Vec<&str> = law.point.iter().map(|p| p.path.as_str()).collect();
            let gone = compare::gone(held.points.iter(), &used, &mut told);
            law.superseded.extend(gone);
            if held.code != read.code {
                let unseen = held.code.to_string();
                if let Some(old) = law.superseded.first_mut() {
                    old.code = Some(held.code.clone());
                } else {
                    law.superseded.push(Superseded {
                        code: Some(held.code.clone()),
                        text: held.name.clone(),
                        when: None,
                        verification: held.verification,
                        source: held.source.clone(),
                    });
                }
                law.was.retain(|w| *w != unseen || self.before.contains_key(&held.code));
            }
        } else if self.list.head.id.as_str() == "technology" && self.form == Form::Reissue {
            let name = compare::key(&read.name);
            let before: Vec<&Entry> = self
                .before
                .values()
                .filter(|e| compare::key(&e.name.zh) == name && e.control == read.control)
                .collect();
            if let [one] = before.as_slice() {
                law.was = vec![one.code.to_string()];
            }
        }
        if held.is_none() && self.form == Form::Amendment && self.before.contains_key(&read.code) {
            doubts.push(Bilingual::new(
                format!("目录中已有{}", read.code),
                format!("the list already holds {}", read.code),
            ));
        }
        told.eyes.extend(self.gap(read));
        let own_text = std::iter::once(read.name.clone()).chain(read.points.iter().map(|p| p.text.clone())).collect();
        let line = gathered.lines.push(Made {
            what: "add",
            about: read.code.to_string(),
            at: piece.place,
            file: self.path.clone(),
            words: piece.words.clone(),
            law: law::fragment("entry", &law),
            doubts,
            eyes: told.eyes,
            differs: told.differs,
            checked: own_text,
        });
        if let Some(held) = held.filter(|h| h.code != read.code) {
            self.rename(&held.code, &read.code, line, gathered);
        }
        let into = if matches!(self.form, Form::Amendment) { &mut self.found.added } else { &mut self.found.total };
        *into.entry(read.control.as_str().to_owned()).or_default() += 1;
    }

    /// A number of the catalogue that does not follow the one before: entries are taken out over the years, or a digit was misread.
    fn gap(&mut self, read: &EntryRead) -> Option<Bilingual> {
        let Code::Catalogue(_) = &read.code else { return None };
        let text = read.code.to_string();
        let number: u32 = text.get(4..6)?.parse().ok()?;
        let group = format!("{}{}", text.get(..4)?, text.get(6..)?);
        let before = self.numbered.insert(group, number).unwrap_or(0);
        let name = compare::key(&read.name);
        let held = |e: &Entry| e.code == read.code && compare::key(&e.name.zh) == name;
        let known = self.before.values().any(held) || self.recorded(read).is_some_and(held);
        // The first of a division stands alone with its digits.
        let alone = before == 0 && !self.knows_division(read);
        (self.form != Form::Amendment && (number != before + 1 || alone) && !known).then(|| {
            Bilingual::new(
                format!("请核对编号{text}：同类前一编号是{before:02}"),
                format!("compare the code {text}: the one before it is number {before:02}"),
            )
        })
    }

    /// True where the book knows the division by this number and this name.
    fn knows_division(&self, read: &EntryRead) -> bool {
        read.division.as_ref().is_some_and(|(digits, name)| {
            let known = self.list.editions.iter().filter_map(|e| e.divisions.get(digits));
            known.into_iter().any(|n| compare::key(&n.zh) == compare::key(name))
        })
    }

    fn heading(&self, read: &EntryRead, held: Option<&Entry>, piece: &Piece, told: &mut Told) -> law::LawPoint {
        let name = if read.name.is_empty() { read.under.clone() } else { read.name.clone() };
        let point = PointRead {
            text: name,
            children: read.children,
            hs: read.hs.clone(),
            place: piece.place,
            ..PointRead::default()
        };
        let heading = held.and_then(|h| h.points.first());
        if read.name.is_empty()
            && let Some(heading) = heading
        {
            // The notice prints no heading: what the book calls the entry stays.
            return law::LawPoint { verification: None, ..law::LawPoint::from(heading) };
        }
        let role = if read.points.is_empty() || read.children != Children::Items { Role::Item } else { Role::Heading };
        let mut made = compare::point(self.context.engine, &point, heading, &self.context.source, role, told);
        if heading.is_none() && !read.points.is_empty() && self.list.head.id.as_str() == "technology" {
            // A heading of the catalogue names a field; its points say what is controlled.
            made.when = None;
            told.eyes.retain(|e| !e.zh.starts_with("标题"));
        }
        if read.name.is_empty() && read.points.iter().any(|p| !p.path.is_empty()) {
            made.class.clear();
            told.eyes.clear();
        }
        made
    }

    fn points(&self, read: &[PointRead], above: Children, held: Option<&Entry>, told: &mut Told) -> Vec<law::LawPoint> {
        read.iter()
            .map(|p| {
                let same = held.and_then(|h| h.point(&p.path).filter(|q| !q.path.is_empty()));
                // A point recorded under a made-up number and the same words.
                let moved = || {
                    held.and_then(|h| {
                        h.points.iter().find(|q| {
                            !q.path.is_empty()
                                && !q.text.zh.is_empty()
                                && compare::key(&q.text.zh) == compare::key(&p.text)
                        })
                    })
                };
                let role = compare::role(read, p, above);
                compare::point(self.context.engine, p, same.or_else(moved), &self.context.source, role, told)
            })
            .collect()
    }

    /// New and changed points of an entry that the list already holds.
    fn points_into(&mut self, piece: &Piece, read: &EntryRead) -> (Made, LawChange) {
        let context = self.context;
        let mut told = Told::default();
        let own = self.own.into_iter().flat_map(|e| &e.operations).find_map(|o| match o {
            Operation::Modify(change) if change.code == read.code => Some(change),
            _ => None,
        });
        let own_points: Vec<&Point> = own.iter().flat_map(|c| c.add.iter().chain(&c.replace)).collect();
        let before = self.before.get(&read.code);
        let mut change = LawChange {
            code: read.code.to_string(),
            clause: read.clause.clone(),
            source: vec![context.source.clone()],
            place: piece.place.to_string(),
            ..LawChange::default()
        };
        let points = with_parents(&read.points);
        for point in points.iter().cloned() {
            let existing = before.and_then(|b| b.point(&point.path).filter(|q| !q.path.is_empty()));
            let held = own_points.iter().find(|q| q.path == point.path).copied().or(existing);
            let role = compare::role(&points, &point, Children::Items);
            let made = compare::point(context.engine, &point, held, &context.source, role, &mut told);
            match existing {
                Some(_) if point.ours => {}
                Some(old) if compare::key(&old.text.zh) == compare::key(&point.text) && old.hs == made.hs => {}
                Some(_) => change.replace.push(made),
                None => change.add.push(made),
            }
        }
        if let (Some(before), false) = (before, read.name.is_empty())
            && compare::key(&before.name.zh) != compare::key(&read.name)
        {
            told.differs.push(Difference {
                point: String::new(),
                book: before.name.zh.clone(),
                verification: before.verification.as_str().to_owned(),
                text: read.name.clone(),
            });
            change.name = Some(Words { zh: read.name.clone(), en: String::new() });
        }
        (self.made("modify", piece, &read.code, told), change)
    }

    fn made(&self, what: &'static str, piece: &Piece, code: &Code, told: Told) -> Made {
        Made {
            what,
            about: code.to_string(),
            at: piece.place,
            file: self.path.clone(),
            words: piece.words.clone(),
            law: String::new(),
            doubts: piece.doubts.clone(),
            eyes: told.eyes,
            differs: told.differs,
            checked: Vec::new(),
        }
    }
}

/// Several operations on one entry make one change.
fn gather(changes: &mut BTreeMap<Code, (Made, LawChange)>, order: &mut Vec<Code>, made: Made, change: LawChange) {
    let Ok(code) = change.code.parse::<Code>() else { return };
    if let Some((held, all)) = changes.get_mut(&code) {
        held.words.push('\n');
        held.words.push_str(&made.words);
        held.doubts.extend(made.doubts);
        held.eyes.extend(made.eyes);
        held.differs.extend(made.differs);
        all.add.extend(change.add);
        all.replace.extend(change.replace);
        all.remove.extend(change.remove);
        all.name = change.name.or(all.name.take());
    } else {
        order.push(code.clone());
        changes.insert(code, (made, change));
    }
}

/// Points with those above them that the notice does not print: 3C901.a.1 needs an a.
fn with_parents(points: &[PointRead]) -> Vec<PointRead> {
    let mut all: Vec<PointRead> = Vec::new();
    for point in points {
        let levels: Vec<&str> = point.path.split('.').collect();
        for depth in 1..levels.len() {
            let above = levels[..depth].join(".");
            if !all.iter().any(|p| p.path == above) && !points.iter().any(|p| p.path == above) {
                let text = if point.under.is_empty() {
                    "（公告未印出本级标题）".to_owned()
                } else {
                    point.under.clone()
                };
                all.push(PointRead { path: above, text, place: point.place, ours: true, ..PointRead::default() });
            }
        }
        all.push(point.clone());
    }
    all
}
