//! The edition as a file: its head, what it takes over from the recorded one, rows of the licence catalogue put together.

use std::collections::BTreeMap;

use yumen_lawbook::Bilingual;
use yumen_lawbook::code::Code;
use yumen_lawbook::list::edition::{Edition, Form, Operation};
use yumen_lawbook::list::entry::{Children, Control, Superseded};

use super::super::compose::Gathered;
use super::super::law::{self, LawChange, LawEdition, LawEntry, LawRemoval, Words};
use super::super::{FileHead, Rewrite, totals_met};
use super::Table;
use crate::grammar::frame::Totals;
use crate::kinds::{EntryRead, Piece, PointRead, What};

impl Table<'_> {
    /// Rows of the licence catalogue as entries: one point a code, with its customs numbers.
    pub(super) fn rows<'p>(pieces: &[&'p Piece]) -> Vec<(&'p Piece, EntryRead)> {
        let mut order: Vec<Code> = Vec::new();
        let mut entries: BTreeMap<Code, (&'p Piece, EntryRead)> = BTreeMap::new();
        for piece in pieces {
            let What::Row { code, name, goods, hs, unit } = &piece.what else { continue };
            let entry = code.entry();
            if !order.contains(&entry) {
                order.push(entry.clone());
            }
            let (_, read) = entries.entry(entry.clone()).or_insert_with(|| {
                (
                    piece,
                    EntryRead {
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
                    },
                )
            });
            let path: String = code.to_string().split('.').skip(1).collect::<Vec<_>>().join(".");
            let note = match (goods.is_empty(), unit.is_empty()) {
                (true, _) => String::new(),
                (_, true) => format!("参考商品：{goods}"),
                _ => format!("参考商品：{goods}（{unit}）"),
            };
            let push = |into: &mut Vec<String>| {
                into.extend(hs.iter().filter(|h| !into.contains(h)).cloned().collect::<Vec<_>>());
            };
            if path.is_empty() {
                name.clone_into(&mut read.name);
                push(&mut read.hs);
            } else if let Some(point) = read.points.iter_mut().find(|p| p.path == path) {
                push(&mut point.hs);
                if !note.is_empty() {
                    let joined = format!("{}；{note}", point.note);
                    joined.trim_start_matches('；').clone_into(&mut point.note);
                }
            } else {
                read.points.push(PointRead {
                    path,
                    text: name.clone(),
                    hs: hs.clone(),
                    note,
                    place: piece.place,
                    ..PointRead::default()
                });
            }
        }
        order.into_iter().filter_map(|code| entries.remove(&code)).collect()
    }

    /// What follows for other files when a number that was not known is known now.
    pub(super) fn rename(&self, old: &Code, new: &Code, line: u32, gathered: &mut Gathered<'_>) {
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
        let elsewhere =
            self.list.editions.iter().any(|e| {
                e.instrument.as_str() != self.context.instrument && e.operations.iter().any(|o| o.code() == old)
            });
        let put = if elsewhere {
            format!("{:?}, {:?}", old.to_string(), new.to_string())
        } else {
            format!("{:?}", new.to_string())
        };
        for within in ["exclusions/", "measures/"] {
            gathered.rewrites.push(Rewrite {
                line,
                within: within.to_owned(),
                only: String::new(),
                find: format!("{:?}", old.to_string()),
                put: put.clone(),
            });
        }
    }

    /// The head of the edition's file, with what the book recorded and the official text does not restate.
    pub(super) fn head(self, gathered: &mut Gathered<'_>) {
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
            Form::Amendment => {
                ["removed", "added", "modified"].iter().all(|k| {
                    let found = match *k {
                        "removed" => &self.found.removed,
                        "added" => &self.found.added,
                        _ => &self.found.modified,
                    };
                    declared.get(*k).is_none_or(|d| totals_met(d, found))
                }) && !declared.is_empty()
            }
            _ => declared.get("total").is_some_and(|d| totals_met(d, &self.found.total)),
        };
        let (kept, superseded) = self.unmatched(whole, gathered);
        let control = (self.list.head.id.as_str() == "dual-use").then(|| "licence".to_owned());
        let edition = LawEdition {
            edition: self.own.map_or_else(|| self.edition_name(), |e| e.id.to_string()),
            instrument: context.instrument.clone(),
            form: match self.form {
                Form::Base => "base",
                Form::Amendment => "amendment",
                Form::Reissue => "reissue",
                Form::Draft => "draft",
            }
            .to_owned(),
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

    pub(super) fn edition_name(&self) -> String {
        let year = self.context.effective.year().to_string();
        let taken = |name: &str| self.list.editions.iter().any(|e| e.id.as_str() == name);
        if self.list.head.id.as_str() == "technology" && !taken(&year) {
            return year;
        }
        self.context.instrument.clone()
    }

    /// Operations the book recorded of this act and the document does not show: superseded where the document is whole by its own
    /// totals, else kept as they were known.
    pub(super) fn unmatched(&self, whole: bool, gathered: &Gathered<'_>) -> (String, Vec<Superseded>) {
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
                // A later instrument changes it by this name: it stays to be found, and never decides.
                Operation::Add(entry) if whole && self.is_addressed_later(&entry.code) => {
                    let mut lead = LawEntry::from(entry.as_ref());
                    (lead.lead, lead.heading_decides) = (true, false);
                    kept.push_str(&law::fragment("entry", &lead));
                }
                Operation::Add(entry) if whole => superseded.push(Superseded {
                    code: Some(entry.code.clone()),
                    text: entry.name.clone(),
                    when: None,
                    verification: entry.verification,
                    source: entry.source.clone(),
                }),
                Operation::Add(entry) => kept.push_str(&law::fragment("entry", &LawEntry::from(entry.as_ref()))),
                // A re-issue prints its entries, not what became of the old ones: those records stay.
                Operation::Remove(removal) if !whole || self.form == Form::Reissue => kept.push_str(&law::fragment(
                    "remove",
                    &LawRemoval {
                        code: removal.code.to_string(),
                        clause: removal.clause.clone(),
                        verification: Some(
                            removal.verification.unwrap_or(yumen_lawbook::Verification::Secondary).as_str().to_owned(),
                        ),
                        source: removal.source.clone(),
                        place: removal.place.clone(),
                    },
                )),
                Operation::Modify(change) if !whole || self.form == Form::Reissue => kept.push_str(&law::fragment(
                    "modify",
                    &LawChange {
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
                    },
                )),
                Operation::Remove(_) | Operation::Modify(_) => {}
            }
        }
        (kept, superseded)
    }

    /// True where another edition removes or changes the code.
    fn is_addressed_later(&self, code: &Code) -> bool {
        let others = self.list.editions.iter().filter(|e| e.instrument.as_str() != self.context.instrument);
        others.flat_map(|e| &e.operations).any(|o| !matches!(o, Operation::Add(_)) && o.code() == code)
    }
}
