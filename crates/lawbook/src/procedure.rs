//! Statutory workflows as data: the same file drives next steps, forms, guidance and diagrams.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::clock::PauseReason;
use crate::day::Day;
use crate::id::{ProcedureId, TimerId};
use crate::instrument::Citation;
use crate::text::{Bilingual, Lang};
use crate::verification::Verification;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name within the procedure.
    pub id: String,
    /// Who that is.
    pub name: Bilingual,
}

/// Where a case can stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Its name within the procedure.
    pub id: String,
    /// What it means.
    pub name: Bilingual,
    /// True for the state a case begins in.
    #[serde(default)]
    pub start: bool,
    /// True where nothing further happens under this procedure.
    #[serde(default)]
    pub ends: bool,
}

/// A document that goes in or comes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Its name within the procedure.
    pub id: String,
    /// Its title.
    pub name: Bilingual,
    /// True for a paper the authority issues.
    #[serde(default)]
    pub issued: bool,
    /// True where it is needed only in some cases; `note` says which.
    #[serde(default)]
    pub conditional: bool,
    /// What it must contain, how it must be signed, common faults.
    #[serde(default)]
    pub note: Bilingual,
    /// Where that stands.
    #[serde(default)]
    pub basis: Vec<Citation>,
}

/// A period that runs in a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Running {
    /// Its name within the procedure.
    pub id: String,
    /// The statutory period.
    pub timer: TimerId,
    /// Pauses that can occur here.
    #[serde(default)]
    pub pauses: Vec<PauseReason>,
}

/// One step from state to state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// Its name within the procedure.
    pub id: String,
    /// What is done.
    pub name: Bilingual,
    /// The states it leaves.
    pub from: Vec<String>,
    /// The state it reaches.
    pub to: String,
    /// Who may do it.
    pub role: String,
    /// Conditions that must hold, named in `guards.toml`.
    #[serde(default)]
    pub guards: Vec<String>,
    /// Papers that must be there.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Papers that result.
    #[serde(default)]
    pub gives: Vec<String>,
    /// Clocks that start.
    #[serde(default)]
    pub starts: Vec<String>,
    /// Clocks that stop.
    #[serde(default)]
    pub stops: Vec<String>,
    /// Where it stands in law.
    pub basis: Vec<Citation>,
    /// True for the step that `check` names first to somebody who must begin.
    #[serde(default)]
    pub first: bool,
    /// True for a step on the ordinary way to the result: `check` lists these.
    #[serde(default)]
    pub main: bool,
    /// How it is known, where that differs from the procedure.
    #[serde(default)]
    pub verification: Option<Verification>,
    /// What people should know before they do it.
    #[serde(default)]
    pub note: Bilingual,
}

/// Something that goes wrong in practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pitfall {
    /// What, and how to avoid it.
    pub text: Bilingual,
    /// Where that stands.
    #[serde(default)]
    pub basis: Vec<Citation>,
}

/// A whole procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its name in the book: `t-1`.
    pub id: ProcedureId,
    /// Its title.
    pub name: Bilingual,
    /// What it is for, in a sentence.
    pub purpose: Bilingual,
    /// Where it stands.
    pub basis: Vec<Citation>,
    /// First day it applies to.
    #[serde(default)]
    pub from: Option<Day>,
    /// Last day it applies to.
    #[serde(default)]
    pub until: Option<Day>,
    /// How it is known.
    pub verification: Verification,
    /// What is doubtful or missing.
    #[serde(default)]
    pub note: Bilingual,
    /// Procedures that can follow, with the result of this one.
    #[serde(default)]
    pub followed_by: Vec<ProcedureId>,
    /// Who acts.
    pub role: Vec<Role>,
    /// Where a case can stand.
    pub state: Vec<State>,
    /// Documents.
    #[serde(default)]
    pub paper: Vec<Paper>,
    /// Periods.
    #[serde(default)]
    pub clock: Vec<Running>,
    /// Steps.
    pub transition: Vec<Transition>,
    /// What goes wrong.
    #[serde(default)]
    pub pitfall: Vec<Pitfall>,
}

/// A condition that steps name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Its name.
    pub id: String,
    /// What must hold.
    pub text: Bilingual,
    /// Where that stands.
    pub basis: Vec<Citation>,
}

impl Procedure {
    /// True where the procedure applies to something that begins on `day`.
    pub fn applies(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// The paper with this name.
    pub fn paper(&self, id: &str) -> Option<&Paper> {
        self.paper.iter().find(|p| p.id == id)
    }

    /// The clock with this name.
    pub fn clock(&self, id: &str) -> Option<&Running> {
        self.clock.iter().find(|c| c.id == id)
    }

    /// The role with this name.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.role.iter().find(|r| r.id == id)
    }

    /// The state with this name.
    pub fn state(&self, id: &str) -> Option<&State> {
        self.state.iter().find(|s| s.id == id)
    }

    /// What is wrong with the procedure's own shape: unknown names, states nobody reaches, dead ends, steps without law.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let names = |of: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> { of.map(str::to_owned).collect() };
        let states = names(&mut self.state.iter().map(|s| s.id.as_str()));
        let roles = names(&mut self.role.iter().map(|r| r.id.as_str()));
        let papers = names(&mut self.paper.iter().map(|p| p.id.as_str()));
        let clocks = names(&mut self.clock.iter().map(|c| c.id.as_str()));
        let starts: Vec<&State> = self.state.iter().filter(|s| s.start).collect();
        if starts.is_empty() {
            faults.push("no state has start = true".to_owned());
        }
        let mut seen = BTreeSet::new();
        for step in &self.transition {
            if !seen.insert(&step.id) {
                faults.push(format!("two transitions are called {:?}", step.id));
            }
            let mut unknown = |kind: &str, name: &String, known: &BTreeSet<String>| {
                if !known.contains(name) {
                    faults.push(format!(
                        "transition {:?} names the {kind} {name:?}, which the procedure does not have",
                        step.id
                    ));
                }
            };
            step.from.iter().chain([&step.to]).for_each(|s| unknown("state", s, &states));
            unknown("role", &step.role, &roles);
            step.needs.iter().chain(&step.gives).for_each(|p| unknown("paper", p, &papers));
            step.starts.iter().chain(&step.stops).for_each(|c| unknown("clock", c, &clocks));
            if step.basis.is_empty() {
                faults.push(format!("transition {:?} has no legal basis", step.id));
            }
        }
        let mut reached: BTreeSet<&str> = starts.iter().map(|s| s.id.as_str()).collect();
        loop {
            let more: Vec<&str> = self
                .transition
                .iter()
                .filter(|t| t.from.iter().any(|f| reached.contains(f.as_str())) && !reached.contains(t.to.as_str()))
                .map(|t| t.to.as_str())
                .collect();
            if more.is_empty() {
                break;
            }
            reached.extend(more);
        }
        for state in &self.state {
            if !reached.contains(state.id.as_str()) {
                faults.push(format!("no case can reach the state {:?}", state.id));
            }
            let leaves = self.transition.iter().any(|t| t.from.contains(&state.id));
            if !leaves && !state.ends {
                faults.push(format!("the state {:?} is a dead end but is not marked ends = true", state.id));
            }
        }
        for paper in &self.paper {
            if !self.transition.iter().any(|t| t.needs.contains(&paper.id) || t.gives.contains(&paper.id)) {
                faults.push(format!("no transition needs or gives the paper {:?}", paper.id));
            }
        }
        for clock in &self.clock {
            if !self.transition.iter().any(|t| t.starts.contains(&clock.id)) {
                faults.push(format!("no transition starts the clock {:?}", clock.id));
            }
        }
        faults
    }

    /// The procedure as a Mermaid state diagram.
    pub fn mermaid(&self, lang: Lang) -> String {
        let mut out = String::from("stateDiagram-v2\n");
        let label = |text: &str| text.replace([':', ';', '\n', '"'], " ");
        for state in &self.state {
            let _ = writeln!(out, "    {} : {}", state.id, label(state.name.get(lang)));
        }
        for state in self.state.iter().filter(|s| s.start) {
            let _ = writeln!(out, "    [*] --> {}", state.id);
        }
        for step in &self.transition {
            for from in &step.from {
                let _ = writeln!(out, "    {from} --> {} : {}", step.to, label(step.name.get(lang)));
            }
        }
        for state in self.state.iter().filter(|s| s.ends) {
            let _ = writeln!(out, "    {} --> [*]", state.id);
        }
        out
    }

    /// How many steps each state is from the start, for drawing.
    pub fn depth(&self) -> BTreeMap<&str, usize> {
        let mut depth: BTreeMap<&str, usize> =
            self.state.iter().filter(|s| s.start).map(|s| (s.id.as_str(), 0)).collect();
        for round in 0..self.state.len() {
            for step in &self.transition {
                let reached = step.from.iter().any(|f| depth.get(f.as_str()) == Some(&round));
                if reached && !depth.contains_key(step.to.as_str()) {
                    depth.insert(step.to.as_str(), round + 1);
                }
            }
        }
        depth
    }
}
