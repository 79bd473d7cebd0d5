//! From the words of a name to what each of them does in it.

use crate::fold::Word;
use crate::lexicon::{Role, lexicon};
use crate::token::Owned;

/// A word with its place in brackets or not.
#[derive(Debug, Clone, PartialEq)]
pub struct WordUnit {
    /// The word.
    pub owned: Owned,
    /// Said beside the name.
    pub aside: bool,
}

/// Words with their roles: phrases put together, address and courtesy silent.
pub fn word_units(words: &[Word]) -> Vec<WordUnit> {
    let mut out: Vec<WordUnit> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let aside = word.aside;
        let silent = courtesy(words, at);
        if silent > 0 {
            let quiet = |w: &Word| Owned::new(&w.text, false).with(Role::Noise, 0.0);
            out.extend(words[at..at + silent].iter().map(|w| WordUnit { owned: quiet(w), aside }));
            at += silent;
            continue;
        }
        let rest = words[at..].iter().take_while(|w| w.aside == aside && !w.consonantal).map(|w| w.text.as_str());
        if let Some((taken, read)) = lexicon().phrase(&rest) {
            out.extend(read.iter().map(|w| WordUnit { owned: Owned::new(w, false), aside }));
            at += taken;
            continue;
        }
        out.push(WordUnit { owned: Owned::new(&word.text, word.consonantal), aside });
        at += 1;
    }
    only_silent(&mut out);
    nameless(&mut out);
    out
}

/// How many words from here are address and courtesy: where in the firm, not which firm.
fn courtesy(words: &[Word], at: usize) -> usize {
    let rest = words.len() - at;
    let next = words.get(at + 1).map(|w| w.text.as_str());
    match (words[at].text.as_str(), next) {
        ("m", Some("s")) | ("c", Some("o")) if at == 0 && rest > 2 => 2,
        ("mit", Some("beschrankter")) => 1,
        (
            "head" | "branch" | "sales" | "purchasing" | "export" | "import" | "finance" | "registered",
            Some("office"),
        )
        | (
            "purchasing" | "sales" | "export" | "import" | "procurement" | "finance" | "accounts" | "legal" | "hr",
            Some("dept" | "department"),
        ) if at > 0 && rest == 2 => 2,
        _ => 0,
    }
}

/// A name made of silent words alone (THE COMPANY) is compared by them; so is a title that is the whole name.
fn only_silent(units: &mut [WordUnit]) {
    if units.len() > 1 && units.iter().all(|u| u.owned.token().role.is_silent()) {
        for unit in units.iter_mut() {
            unit.owned = unit.owned.clone().with(Role::Form, 0.1);
        }
    }
}

/// Where no word is the name itself, titles and particles are, which only look like something else: D.E.S. INTERNATIONAL, PRINCE GROUP.
fn nameless(units: &mut [WordUnit]) {
    let role = |u: &WordUnit| u.owned.token().role;
    let named = |u: &WordUnit| matches!(role(u), Role::Core | Role::Number | Role::Initial);
    if units.len() < 2 || units.iter().any(named) {
        return;
    }
    for unit in units.iter_mut().filter(|u| matches!(role(u), Role::Particle | Role::Title) && u.owned.text.len() > 1) {
        let weight = lexicon().weight(&unit.owned.text, Role::Core);
        unit.owned = unit.owned.clone().with(Role::Core, weight);
    }
}
