//! Entries of the lists: added, removed, changed, each held against the edition the book has recorded of the same act.

use std::collections::{BTreeMap, BTreeSet};

use yumen_lawbook::code::Code;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::edition::{Edition, Form, Operation};
use yumen_lawbook::list::entry::{Children, Control, Entry, Point, Superseded};
use yumen_lawbook::list::history::History;
use yumen_lawbook::{Bilingual, Day};

use super::compare::{self, Role, Told};
use super::compose::{Context, Gathered};
use super::judge::Made;
use super::law::{self, LawChange, LawEdition, LawEntry, LawRemoval, Words};
use super::{Difference, FileHead, Rewrite, totals_met};
use crate::grammar::frame::Totals;
use crate::kinds::{EntryRead, ModifyRead, Piece, PointRead, What};

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
        }
    }

    fn compose(mut self, pieces: &[&Piece], gathered: &mut Gathered<'_>) {
        let mut changes: BTreeMap<Code, (Made, LawChange)> = BTreeMap::new();
        let mut order: Vec<Code> = Vec::new();
        let rows = self.rows(pieces);
        for piece in pieces {
            match &piece.what {
                What::Entry(read) => {
                    let held = self.list.head.id.as_str() == "dual-use" && self.before.contains_key(&read.code) && self.form == Form::Amendment;
                    if held {
                        let (made, change) = self.points_into(piece, read);
                        gather(&mut changes, &mut order, made, change);
                    } else {
                        self.entry(piece, read, gathered);
                    }
                }
                What::Remove { code, name, clause } => self.removal(piece, code, name, clause, gathered),
                What::Modify(read) => match &read.recode {
                    Some(to) => self.recode(piece, read, to, gathered),
                    None => {
                        let (made, change) = self.modification(piece, read);
                        gather(&mut changes, &mut order, made, change);
                    }
                },
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
            *self.found.modified.entry(self.control_of(&code)).or_default() += 1;
            gathered.lines.push(made);
        }
        self.head(gathered);
    }

    fn control_of(&self, code: &Code) -> String {
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
        let added = || self.own.into_iter().flat_map(|e| &e.operations).filter_map(|o| match o {
            Operation::Add(entry) => Some(entry.as_ref()),
            _ => None,
        });
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
            law.remark = Bilingual::new("公告没有该编码的总标题，标题取自所在部分。", "The notice gives the code no heading of its own; this one is that of its part.");
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
                    law.superseded.push(Superseded { code: Some(held.code.clone()), text: held.name.clone(), when: None, verification: held.verification, source: held.source.clone() });
                }
                law.was = law.was.into_iter().filter(|w| *w != unseen || self.before.contains_key(&held.code)).collect();
            }
        } else if self.list.head.id.as_str() == "technology" && self.form == Form::Reissue {
            let name = compare::key(&read.name);
            let before: Vec<&Entry> = self.before.values().filter(|e| compare::key(&e.name.zh) == name && e.control == read.control).collect();
            if let [one] = before.as_slice() {
                law.was = vec![one.code.to_string()];
            }
        }
        if held.is_none() && self.form == Form::Amendment && self.before.contains_key(&read.code) {
            doubts.push(Bilingual::new(format!("目录中已有{}", read.code), format!("the list already holds {}", read.code)));
        }
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

    fn heading(&self, read: &EntryRead, held: Option<&Entry>, piece: &Piece, told: &mut Told) -> law::LawPoint {
        let name = if read.name.is_empty() { read.under.clone() } else { read.name.clone() };
        let point = PointRead { text: name, children: read.children, hs: read.hs.clone(), place: piece.place, ..PointRead::default() };
        let heading = held.and_then(|h| h.points.first());
        if read.name.is_empty()
            && let Some(heading) = heading
        {
            // The notice prints no heading: what the book calls the entry stays.
            return law::LawPoint { verification: None, ..law::LawPoint::from(heading) };
        }
        let role = if read.points.is_empty() { Role::Item } else { Role::Heading };
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
                let moved = || held.and_then(|h| h.points.iter().find(|q| !q.path.is_empty() && !q.text.zh.is_empty() && compare::key(&q.text.zh) == compare::key(&p.text)));
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
            change.name = Some(Words { zh: read.name.clone(), en: before.name.en.clone() });
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

    /// The recorded code of the entry an operation addresses: its own, or a number the book had not seen.
    fn addressed(&self, code: &Code, name: &str, doubts: &mut Vec<Bilingual>) -> Option<Code> {
        if self.before.contains_key(code) {
            let held = &self.before[code];
            if !name.is_empty() && !held.name.zh.is_empty() && compare::key(&held.name.zh) != compare::key(name) {
                doubts.push(Bilingual::new(
                    format!("本库{code}的名称是“{}”，公告写“{name}”", held.name.zh),
                    format!("the book calls {code} {:?}, the notice {name:?}", held.name.zh),
                ));
            }
            return Some(code.clone());
        }
        let same: Vec<&Entry> = self.before.values().filter(|e| e.code.is_unseen() && compare::key(&e.name.zh) == compare::key(name)).collect();
        match same.as_slice() {
            [one] => {
                doubts.push(Bilingual::new(format!("按名称对应本库{}", one.code), format!("matched by name with {} of the book", one.code)));
                Some(one.code.clone())
            }
            _ => {
                doubts.push(Bilingual::new(
                    format!("本库在此之前没有{code}：请先导入前一版全文"),
                    format!("the book holds no {code} before this: import the edition before first"),
                ));
                None
            }
        }
    }

    fn removal(&mut self, piece: &Piece, code: &Code, name: &str, clause: &str, gathered: &mut Gathered<'_>) {
        let mut made = self.made("remove", piece, code, Told::default());
        if code.is_unseen() {
            // An entry of a catalogue whose number could not be read: reported, never recorded.
            made.what = "add";
            name.clone_into(&mut made.about);
            gathered.lines.push(made);
            return;
        }
        if let Some(held) = self.addressed(code, name, &mut made.doubts) {
            self.matched.insert(held.clone());
            made.law = law::fragment("remove", &LawRemoval {
                code: held.to_string(),
                clause: clause.to_owned(),
                verification: None,
                source: vec![self.context.source.clone()],
                place: piece.place.to_string(),
            });
        }
        made.checked = vec![name.to_owned()];
        *self.found.removed.entry(self.control_of(code)).or_default() += 1;
        gathered.lines.push(made);
    }

    fn modification(&mut self, piece: &Piece, read: &ModifyRead) -> (Made, LawChange) {
        let context = self.context;
        let mut made = self.made("modify", piece, &read.code, Told::default());
        let mut told = Told::default();
        let code = self.addressed(&read.code, &read.name, &mut made.doubts);
        let own = self.own.into_iter().flat_map(|e| &e.operations).find_map(|o| match o {
            Operation::Modify(change) if Some(&change.code) == code.as_ref() || change.code == read.code => Some(change),
            _ => None,
        });
        let before = code.as_ref().and_then(|c| self.before.get(c));
        let held = |path: &str| {
            let own = own.into_iter().flat_map(|c| c.add.iter().chain(&c.replace)).find(|p| p.path == path);
            own.or_else(|| before.and_then(|b| b.point(path).filter(|p| !p.path.is_empty())))
        };
        let mut change = LawChange {
            code: code.unwrap_or_else(|| read.code.clone()).to_string(),
            clause: read.clause.clone(),
            source: vec![context.source.clone()],
            place: piece.place.to_string(),
            name: read.rename.as_ref().map(|n| Words { zh: n.clone(), en: String::new() }),
            ..LawChange::default()
        };
        for point in &read.replace {
            // What is replaced is another text, not an earlier reading of this one: only the own edition's reading is compared.
            let own_point = own.into_iter().flat_map(|c| c.add.iter().chain(&c.replace)).find(|p| p.path == point.path);
            change.replace.push(compare::point(context.engine, point, own_point, &context.source, Role::Item, &mut told));
        }
        for point in &read.add {
            let exists = before.is_some_and(|b| b.point(&point.path).is_some());
            let law = compare::point(context.engine, point, held(&point.path), &context.source, Role::Item, &mut told);
            if exists {
                made.doubts.push(Bilingual::new(
                    format!("新增的控制要点{}在本库已有记录", point.path),
                    format!("point {}, which is put in, is recorded already", point.path),
                ));
                change.replace.push(law);
            } else {
                change.add.push(law);
            }
        }
        let recorded = |path: &String| before.is_some_and(|b| b.point(path).is_some());
        for path in read.remove.iter().filter(|p| !recorded(p)) {
            made.doubts.push(Bilingual::new(format!("删去的控制要点{path}本库没有记录"), format!("point {path}, which is taken out, is not recorded")));
        }
        change.remove = read.remove.iter().filter(|p| recorded(p)).cloned().collect();
        if read.replace_all
            && let Some(before) = before
        {
            let kept: BTreeSet<&str> = read.replace.iter().map(|p| p.path.as_str()).collect();
            change.remove.extend(before.points.iter().filter(|p| !p.path.is_empty() && !kept.contains(p.path.as_str())).map(|p| p.path.clone()));
        }
        (made.eyes, made.differs) = (told.eyes, told.differs);
        (made, change)
    }

    /// A new number: the entry under the old one ends, and goes on under the new one.
    fn recode(&mut self, piece: &Piece, read: &ModifyRead, to: &Code, gathered: &mut Gathered<'_>) {
        let mut made = self.made("recode", piece, &read.code, Told::default());
        if let Some(code) = self.addressed(&read.code, &read.name, &mut made.doubts) {
            let removal = LawRemoval {
                code: code.to_string(),
                clause: read.clause.clone(),
                verification: None,
                source: vec![self.context.source.clone()],
                place: piece.place.to_string(),
            };
            let mut entry = self.before.get(&code).map(LawEntry::from).unwrap_or_default();
            entry.code = to.to_string();
            entry.was = vec![code.to_string()];
            entry.clause.clone_from(&read.clause);
            made.law = format!("{}\n{}", law::fragment("remove", &removal), law::fragment("entry", &entry));
        }
        made.about = format!("{} → {to}", read.code);
        gathered.lines.push(made);
    }

    /// A change of an entry that nothing holds cannot be folded: it is told, not written.
    fn unheld(&self, code: &Code, made: &mut Made) -> bool {
        let known = made.about.parse::<Code>().is_ok_and(|_| self.before.contains_key(code));
        let own = self.own.into_iter().flat_map(|e| &e.operations).any(|o| matches!(o, Operation::Add(e) if e.code == *code));
        known || own
    }

    /// Rows of the licence catalogue as entries: one point a code, with its customs numbers.
    fn rows<'p>(&self, pieces: &[&'p Piece]) -> Vec<(&'p Piece, EntryRead)> {
        let mut order: Vec<Code> = Vec::new();
        let mut entries: BTreeMap<Code, (&'p Piece, EntryRead)> = BTreeMap::new();
        for piece in pieces {
            let What::Row { code, name, goods, hs, unit } = &piece.what else { continue };
            let entry = code.entry();
            if !order.contains(&entry) {
                order.push(entry.clone());
            }
            let (_, read) = entries.entry(entry.clone()).or_insert_with(|| {
                (piece, EntryRead {
                    list: "dual-use",
                    code: entry.clone(),
                    name: String::new(),
                    under: String::new(),
                    division: None,
                    control: Control::Licence,
                    children: Children::Items,
                    hs: Vec::new(),
                    points: Vec::new(),
                    clause: String::new(),
                })
            });
            let path: String = code.to_string().split('.').skip(1).collect::<Vec<_>>().join(".");
            let note = match (goods.is_empty(), unit.is_empty()) {
                (true, _) => String::new(),
                (_, true) => format!("参考商品：{goods}"),
                _ => format!("参考商品：{goods}（{unit}）"),
            };
            let push = |into: &mut Vec<String>| into.extend(hs.iter().filter(|h| !into.contains(h)).cloned().collect::<Vec<_>>());
            if path.is_empty() {
                name.clone_into(&mut read.name);
                push(&mut read.hs);
            } else if let Some(point) = read.points.iter_mut().find(|p| p.path == path) {
                push(&mut point.hs);
                if !note.is_empty() {
                    point.note = format!("{}；{note}", point.note).trim_start_matches('；').to_owned();
                }
            } else {
                read.points.push(PointRead { path, text: name.clone(), hs: hs.clone(), note, place: piece.place, ..PointRead::default() });
            }
        }
        order.into_iter().filter_map(|code| entries.remove(&code)).collect()
    }

    /// What follows for other files when a number that was not known is known now.
    fn rename(&self, old: &Code, new: &Code, line: u32, gathered: &mut Gathered<'_>) {
        let effective = self.own.map_or(self.context.effective, |e| e.effective);
        let later: Vec<&Edition> = self.list.editions.iter().filter(|e| e.effective > effective).collect();
        let reissue = later.iter().filter(|e| e.form == Form::Reissue).map(|e| e.effective).min();
        for edition in later.iter().filter(|e| reissue.is_none_or(|r| e.effective <= r)) {
            let only = if Some(edition.effective) == reissue || edition.form == Form::Draft { "was" } else { "" };
            gathered.rewrites.push(Rewrite {
                line,
                within: edition.file.clone(),
                only: only.to_owned(),
                find: format!("{:?}", old.to_string()),
                put: format!("{:?}", new.to_string()),
            });
        }
        let elsewhere = self.list.editions.iter().any(|e| e.instrument.as_str() != self.context.instrument && e.operations.iter().any(|o| o.code() == old));
        let put = if elsewhere { format!("{:?}, {:?}", old.to_string(), new.to_string()) } else { format!("{:?}", new.to_string()) };
        for within in ["exclusions/", "measures/"] {
            gathered.rewrites.push(Rewrite { line, within: within.to_owned(), only: String::new(), find: format!("{:?}", old.to_string()), put: put.clone() });
        }
    }

    /// The head of the edition's file, with what the book recorded and the official text does not restate.
    fn head(self, gathered: &mut Gathered<'_>) {
        let context = self.context;
        let frame = &context.frame.declared;
        let own_declared = self.own.map(|e| e.declared.clone()).unwrap_or_default();
        let pick = |official: &BTreeMap<String, u32>, recorded: &BTreeMap<String, u32>| {
            if official.is_empty() { recorded.clone() } else { official.clone() }
        };
        let mut declared = BTreeMap::new();
        let counted = context.kinds.iter().any(|k| matches!(*k, "catalogue" | "amendment"));
        let frame = if counted { frame.clone() } else { Totals::default() };
        for (name, official, recorded) in [
            ("total", &frame.total, &own_declared.total),
            ("removed", &frame.removed, &own_declared.removed),
            ("added", &frame.added, &own_declared.added),
            ("modified", &frame.modified, &own_declared.modified),
        ] {
            let chosen = pick(official, recorded);
            if !chosen.is_empty() {
                declared.insert(name.to_owned(), chosen);
            }
        }
        let whole = match self.form {
            Form::Amendment => ["removed", "added", "modified"].iter().all(|k| {
                let found = match *k { "removed" => &self.found.removed, "added" => &self.found.added, _ => &self.found.modified };
                declared.get(*k).is_none_or(|d| totals_met(d, found))
            }) && !declared.is_empty(),
            _ => declared.get("total").is_some_and(|d| totals_met(d, &self.found.total)),
        };
        let (kept, superseded) = self.unmatched(whole, gathered);
        let control = (self.list.head.id.as_str() == "dual-use").then(|| "licence".to_owned());
        let edition = LawEdition {
            edition: self.own.map_or_else(|| self.edition_name(), |e| e.id.to_string()),
            instrument: context.instrument.clone(),
            form: match self.form { Form::Base => "base", Form::Amendment => "amendment", Form::Reissue => "reissue", Form::Draft => "draft" }.to_owned(),
            published: self.own.map_or(context.published, |e| e.published),
            effective: self.own.map_or(context.effective, |e| e.effective),
            recorded: self.own.map_or(context.recorded, |e| e.recorded),
            verification: "official_text".to_owned(),
            control,
            measure: self.own.and_then(|e| e.measure.as_ref()).map(ToString::to_string),
            remark: Bilingual::new(format!("读自 {}。", context.file), format!("Read in {}.", context.file)),
            declared,
            divisions: self.divisions.clone(),
            superseded,
        };
        gathered.heads.push(FileHead { path: self.path.clone(), head: format!("{}\n{kept}", law::head(&edition)) });
        let add = |into: &mut BTreeMap<String, u32>, from: &BTreeMap<String, u32>| {
            for (control, n) in from {
                *into.entry(control.clone()).or_default() += n;
            }
        };
        add(&mut gathered.found.total, &self.found.total);
        add(&mut gathered.found.removed, &self.found.removed);
        add(&mut gathered.found.added, &self.found.added);
        add(&mut gathered.found.modified, &self.found.modified);
    }

    fn edition_name(&self) -> String {
        let year = self.context.effective.year().to_string();
        let taken = |name: &str| self.list.editions.iter().any(|e| e.id.as_str() == name);
        if self.list.head.id.as_str() == "technology" && !taken(&year) {
            return year;
        }
        self.context.instrument.clone()
    }

    /// Operations the book recorded of this act and the document does not show: superseded where the document is whole by its own
    /// totals, else kept as they were known.
    fn unmatched(&self, whole: bool, gathered: &Gathered<'_>) -> (String, Vec<Superseded>) {
        let mut kept = String::new();
        let mut superseded = Vec::new();
        let Some(own) = self.own else { return (kept, superseded) };
        let restated = gathered.lines.abouts();
        for operation in &own.operations {
            let code = operation.code();
            if self.matched.contains(code) || restated.contains(&code.to_string()) {
                continue;
            }
            match operation {
                Operation::Add(entry) if whole => superseded.push(Superseded {
                    code: Some(entry.code.clone()),
                    text: entry.name.clone(),
                    when: None,
                    verification: entry.verification,
                    source: entry.source.clone(),
                }),
                Operation::Add(entry) => kept.push_str(&law::fragment("entry", &LawEntry::from(entry.as_ref()))),
                // A re-issue prints its entries, not what became of the old ones: those records stay.
                Operation::Remove(removal) if !whole || self.form == Form::Reissue => kept.push_str(&law::fragment("remove", &LawRemoval {
                    code: removal.code.to_string(),
                    clause: removal.clause.clone(),
                    verification: Some(removal.verification.unwrap_or(yumen_lawbook::Verification::Secondary).as_str().to_owned()),
                    source: removal.source.clone(),
                    place: removal.place.clone(),
                })),
                Operation::Modify(change) if !whole || self.form == Form::Reissue => kept.push_str(&law::fragment("modify", &LawChange {
                    code: change.code.to_string(),
                    clause: change.clause.clone(),
                    text_unknown: change.text_unknown,
                    verification: change.verification.map(|v| v.as_str().to_owned()),
                    remove: change.remove.clone(),
                    source: change.source.clone(),
                    place: change.place.clone(),
                    name: change.name.as_ref().map(Words::from),
                    add: change.add.iter().map(law::LawPoint::from).collect(),
                    replace: change.replace.iter().map(law::LawPoint::from).collect(),
                })),
                Operation::Remove(_) | Operation::Modify(_) => {}
            }
        }
        (kept, superseded)
    }
}

/// Several operations on one entry make one change.
fn gather(changes: &mut BTreeMap<Code, (Made, LawChange)>, order: &mut Vec<Code>, made: Made, change: LawChange) {
    let Ok(code) = change.code.parse::<Code>() else { return };
    match changes.get_mut(&code) {
        Some((held, all)) => {
            held.words.push('\n');
            held.words.push_str(&made.words);
            held.doubts.extend(made.doubts);
            held.eyes.extend(made.eyes);
            held.differs.extend(made.differs);
            all.add.extend(change.add);
            all.replace.extend(change.replace);
            all.remove.extend(change.remove);
            all.name = change.name.or(all.name.take());
        }
        None => {
            order.push(code.clone());
            changes.insert(code, (made, change));
        }
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
                let text = if point.under.is_empty() { "（公告未印出本级标题）".to_owned() } else { point.under.clone() };
                all.push(PointRead { path: above, text, place: point.place, ours: true, ..PointRead::default() });
            }
        }
        all.push(point.clone());
    }
    all
}
