//! Entries of the catalogue taken out, changed and renumbered.

use std::collections::BTreeSet;

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::edition::Operation;
use yumen_lawbook::list::entry::Entry;

use super::super::compare::{self, Role, Told};
use super::super::compose::Gathered;
use super::super::judge::Made;
use super::super::law::{self, LawChange, LawEntry, LawRemoval, Words};
use super::Table;
use crate::kinds::{ModifyRead, Piece};

impl Table<'_> {
    /// The recorded code of the entry an operation addresses: its own, or a number the book had not seen.
    pub(super) fn addressed(&self, code: &Code, name: &str, doubts: &mut Vec<Bilingual>) -> Option<Code> {
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
        let same: Vec<&Entry> = self
            .before
            .values()
            .filter(|e| e.code.is_unseen() && compare::key(&e.name.zh) == compare::key(name))
            .collect();
        if let [one] = same.as_slice() {
            doubts.push(Bilingual::new(
                format!("按名称对应本库{}", one.code),
                format!("matched by name with {} of the book", one.code),
            ));
            Some(one.code.clone())
        } else {
            doubts.push(Bilingual::new(
                format!("本库在此之前没有{code}：请先导入前一版全文"),
                format!("the book holds no {code} before this: import the edition before first"),
            ));
            None
        }
    }

    pub(super) fn removal(
        &mut self,
        piece: &Piece,
        code: &Code,
        name: &str,
        clause: &str,
        gathered: &mut Gathered<'_>,
    ) {
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
            made.law = law::fragment(
                "remove",
                &LawRemoval {
                    code: held.to_string(),
                    clause: clause.to_owned(),
                    verification: None,
                    source: vec![self.context.source.clone()],
                    place: piece.place.to_string(),
                },
            );
        }
        made.checked = vec![name.to_owned()];
        *self.found.removed.entry(Self::control_of(code)).or_default() += 1;
        gathered.lines.push(made);
    }

    pub(super) fn modification(&mut self, piece: &Piece, read: &ModifyRead) -> (Made, LawChange) {
        let context = self.context;
        let mut made = self.made("modify", piece, &read.code, Told::default());
        let mut told = Told::default();
        let code = self.addressed(&read.code, &read.name, &mut made.doubts);
        let own = self.own.into_iter().flat_map(|e| &e.operations).find_map(|o| match o {
            Operation::Modify(change) if Some(&change.code) == code.as_ref() || change.code == read.code => {
                Some(change)
            }
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
            change.replace.push(compare::point(
                context.engine,
                point,
                own_point,
                &context.source,
                Role::Item,
                &mut told,
            ));
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
            made.doubts.push(Bilingual::new(
                format!("删去的控制要点{path}本库没有记录"),
                format!("point {path}, which is taken out, is not recorded"),
            ));
        }
        change.remove = read.remove.iter().filter(|p| recorded(p)).cloned().collect();
        if read.replace_all
            && let Some(before) = before
        {
            let kept: BTreeSet<&str> = read.replace.iter().map(|p| p.path.as_str()).collect();
            change.remove.extend(
                before
                    .points
                    .iter()
                    .filter(|p| !p.path.is_empty() && !kept.contains(p.path.as_str()))
                    .map(|p| p.path.clone()),
            );
        }
        (made.eyes, made.differs) = (told.eyes, told.differs);
        (made, change)
    }

    /// A new number: the entry under the old one ends, and goes on under the new one.
    pub(super) fn recode(&mut self, piece: &Piece, read: &ModifyRead, to: &Code, gathered: &mut Gathered<'_>) {
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
    pub(super) fn unheld(&self, code: &Code, made: &mut Made) -> bool {
        let known = made.about.parse::<Code>().is_ok_and(|_| self.before.contains_key(code));
        let own =
            self.own.into_iter().flat_map(|e| &e.operations).any(|o| matches!(o, Operation::Add(e) if e.code == *code));
        known || own
    }
}
