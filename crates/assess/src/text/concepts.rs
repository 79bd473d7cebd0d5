//! What a text names: mentions of lexicon concepts, which of them it denies, and which are only parts of a compound's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use yumen_lawbook::id::ConceptId;
use yumen_lawbook::lexicon::{Concept, ConceptKind};

use super::denial::mark_denied;
use super::fold::{Folded, is_wordy};
use super::formula;
use super::formula::is_symbol;
use super::terms::{Casing, Terms};

/// A concept by its place in the vocabulary.
pub type ConceptIndex = usize;

/// What a mention says of its concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It is named.
    Plain,
    /// It is named only as part of a compound or formula: bismuth in bismuth oxide.
    Bound,
    /// The text gives it as a minor share of something else, so that the text is not about it.
    Minor,
    /// The text says it is not there: 不含, without, -free.
    Denied,
    /// The text says that it does not know: 没说是铁氧体还是钕铁硼.
    Doubted,
    /// Not in the text: an answer to a question said so.
    Answered,
}

/// A concept named in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Which concept.
    pub concept: ConceptIndex,
    /// First character.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// What is said of it.
    pub role: Role,
    /// Percent by a formula that is a composition.
    pub share: Option<rust_decimal::Decimal>,
}

impl Mention {
    /// True where the text says that it is not there.
    pub fn is_denied(&self) -> bool {
        self.role == Role::Denied
    }
}

/// The lexicon, ready to be found in texts.
pub struct Vocabulary {
    concepts: Arc<[Concept]>,
    by_id: BTreeMap<ConceptId, ConceptIndex>,
    symbols: BTreeMap<String, ConceptIndex>,
    prepared: Prepared,
}

/// What is worked out from a lexicon.
#[derive(Serialize, Deserialize)]
pub struct Prepared {
    /// Each concept with everything it is a kind of, itself first.
    families: Vec<Vec<ConceptIndex>>,
    /// Everything a concept contains, through its families.
    contents: Vec<Vec<ConceptIndex>>,
    /// What a concept is not though it is taken for it, through its families.
    unlike: Vec<Vec<ConceptIndex>>,
    terms: Terms<ConceptIndex>,
}

impl Vocabulary {
    /// A vocabulary of the lexicon of a book.
    pub fn new(concepts: Arc<[Concept]>) -> Self {
        let by_id = by_id(&concepts);
        let families = (0..concepts.len()).map(|i| family(&concepts, &by_id, i)).collect::<Vec<_>>();
        let through = |of: fn(&Concept) -> &[ConceptId]| -> Vec<Vec<ConceptIndex>> {
            let all = |family: &Vec<ConceptIndex>| {
                let ids = family.iter().flat_map(|f| of(&concepts[*f])).filter_map(|id| by_id.get(id).copied());
                ids.collect::<BTreeSet<_>>().into_iter().collect()
            };
            families.iter().map(all).collect()
        };
        let contents = through(|c| &c.contains);
        let unlike = through(|c| &c.unlike);
        let terms = Terms::new(concepts.iter().enumerate().flat_map(|(index, concept)| {
            let words = concept.words().map(|w| (w.to_owned(), Casing::Any));
            let plurals = concept.en.iter().filter_map(|w| plural(w)).map(|w| (w, Casing::Any));
            let written = || concept.abbr.iter().chain(&concept.formula);
            let exact = written().map(|w| (w.clone(), Casing::Exact));
            let loose = written().filter(|w| is_loose(w)).map(|w| (w.clone(), Casing::Any));
            let cas = concept.cas.iter().map(|w| (w.clone(), Casing::Any));
            let all: Vec<(String, Casing)> = words.chain(plurals).chain(exact).chain(loose).chain(cas).collect();
            all.into_iter().map(move |(word, casing)| (word, casing, index))
        }));
        Self::with(concepts, Prepared { families, contents, unlike, terms })
    }

    /// A vocabulary whose tables were worked out before, from the same lexicon.
    pub fn with(concepts: Arc<[Concept]>, prepared: Prepared) -> Self {
        let symbols =
            concepts.iter().enumerate().filter_map(|(i, c)| c.symbol.as_ref().map(|s| (s.clone(), i))).collect();
        Self { by_id: by_id(&concepts), symbols, concepts, prepared }
    }

    /// What was worked out.
    pub fn into_prepared(self) -> Prepared {
        self.prepared
    }

    /// The concept at an index.
    pub fn concept(&self, index: ConceptIndex) -> &Concept {
        &self.concepts[index]
    }

    /// The index of a concept.
    pub fn index(&self, id: &ConceptId) -> Option<ConceptIndex> {
        self.by_id.get(id).copied()
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// True where the lexicon is empty.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// A concept and everything it is a kind of.
    pub fn family(&self, index: ConceptIndex) -> &[ConceptIndex] {
        &self.prepared.families[index]
    }

    /// True where `concept` is `wanted` or a kind of it.
    pub fn is_a(&self, concept: ConceptIndex, wanted: ConceptIndex) -> bool {
        self.prepared.families[concept].contains(&wanted)
    }

    /// True where `concept` always contains `wanted`.
    pub fn holds(&self, concept: ConceptIndex, wanted: ConceptIndex) -> bool {
        self.prepared.contents[concept].binary_search(&wanted).is_ok()
    }

    /// True where `concept` is taken for `wanted`, or for what that is a kind of, and is not it.
    pub fn is_unlike(&self, concept: ConceptIndex, wanted: ConceptIndex) -> bool {
        let not = &self.prepared.unlike[concept];
        !not.is_empty() && self.family(wanted).iter().any(|w| not.binary_search(w).is_ok())
    }

    /// What `concept` is taken for and is not.
    pub fn unlike(&self, concept: ConceptIndex) -> &[ConceptIndex] {
        &self.prepared.unlike[concept]
    }

    /// Everything `concept` always contains.
    pub fn contents(&self, concept: ConceptIndex) -> impl Iterator<Item = ConceptIndex> + '_ {
        self.prepared.contents[concept].iter().copied()
    }

    /// Every mention in a text, in order.
    pub fn mentions(&self, text: &Folded) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = self
            .prepared
            .terms
            .find(text)
            .into_iter()
            .map(|f| Mention { concept: f.meaning, start: f.start, end: f.end, role: Role::Plain, share: None })
            .collect();
        for mention in &mut mentions {
            let element = self.concepts[mention.concept].kind == ConceptKind::Element;
            if element && in_compound(text, mention.start, mention.end) {
                mention.role = Role::Bound;
            }
        }
        self.formulas(text, &mut mentions);
        self.standing_symbols(text, &mut mentions);
        mentions.sort_by_key(|m| (m.start, m.end, m.concept));
        mark_doped(text, &mut mentions);
        mark_denied(text, &mut mentions, |m| {
            use ConceptKind::{Compound, Element, Material};
            matches!(self.concept(m.concept).kind, Element | Compound | Material)
        });
        mark_doubted(text, &mut mentions);
        mentions
    }

    fn formulas(&self, text: &Folded, mentions: &mut Vec<Mention>) {
        for formula in formula::find(&text.cased) {
            if mentions.iter().any(|m| m.start <= formula.start && formula.end <= m.end) {
                continue;
            }
            let composition = formula.is_composition();
            for part in &formula.parts {
                let Some(&concept) = self.symbols.get(&part.symbol) else { continue };
                mentions.push(Mention {
                    concept,
                    start: formula.start,
                    end: formula.end,
                    role: if composition { Role::Plain } else { Role::Bound },
                    share: part.count.filter(|_| composition),
                });
            }
        }
    }

    /// Symbols that stand alone: `Dy 3 %`, `Nd-Fe-B`, `Dy+Tb`. Symbols that are words too need a number or another symbol beside
    /// them.
    fn standing_symbols(&self, text: &Folded, mentions: &mut Vec<Mention>) {
        let chars = &text.cased;
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].is_ascii_uppercase() || (at > 0 && is_wordy(chars[at - 1])) {
                at += 1;
                continue;
            }
            let length = 1 + usize::from(chars.get(at + 1).is_some_and(char::is_ascii_lowercase));
            let end = at + length;
            let symbol: String = chars[at..end].iter().collect();
            let alone = !chars.get(end).is_some_and(|c| is_wordy(*c));
            let taken = mentions.iter().any(|m| m.start <= at && end <= m.end);
            if let (true, false, Some(&concept)) = (alone, taken, self.symbols.get(&symbol)) {
                let wordlike = length == 1
                    || ["In", "As", "No", "Be", "He", "At", "Am", "Co", "Os", "Pa", "La", "Al"]
                        .contains(&symbol.as_str());
                if !wordlike || numeric_neighbour(chars, at, end) || (length == 1 && in_form(text, at, end)) {
                    mentions.push(Mention { concept, start: at, end, role: Role::Plain, share: None });
                }
            }
            at = end;
        }
    }
}

/// An abbreviation that can be read in any letter case without meeting an ordinary word.
fn is_loose(word: &str) -> bool {
    word.chars().count() >= 5
        || (word.chars().count() >= 4 && word.chars().any(|c| c.is_ascii_digit() || c.is_lowercase()))
}

/// `battery` -> `batteries`; the plain plural is understood by the term table.
fn plural(word: &str) -> Option<String> {
    let stem = word.strip_suffix('y')?;
    let last = stem.chars().last()?;
    (last.is_ascii_alphabetic() && !"aeiou".contains(last)).then(|| format!("{stem}ies"))
}

fn by_id(concepts: &[Concept]) -> BTreeMap<ConceptId, ConceptIndex> {
    concepts.iter().enumerate().map(|(i, c)| (c.id.clone(), i)).collect()
}

fn family(concepts: &[Concept], by_id: &BTreeMap<ConceptId, usize>, start: usize) -> Vec<usize> {
    let mut all = vec![start];
    let mut next = 0;
    while next < all.len() {
        for id in &concepts[all[next]].broader {
            if let Some(&index) = by_id.get(id)
                && !all.contains(&index)
            {
                all.push(index);
            }
        }
        next += 1;
    }
    all
}

/// 铋 in 氧化铋, 锗 in 锗酸铋, bismuth in "bismuth oxide": named, but not the element itself.
fn in_compound(text: &Folded, start: usize, end: usize) -> bool {
    let chars = &text.lower;
    let before = start.checked_sub(1).map(|i| chars[i]);
    let after = chars.get(end).copied();
    if matches!(before, Some('化' | '酸')) || matches!(after, Some('酸')) {
        return true;
    }
    // 三甲基铟, 三苯基铋
    if before == Some('基') {
        return true;
    }
    if after == Some('化') && chars.get(end + 1) != Some(&'学') {
        return true;
    }
    let next: String =
        chars[end..].iter().copied().skip_while(|c| *c == ' ').take_while(char::is_ascii_alphabetic).collect();
    [
        "oxide",
        "dioxide",
        "trioxide",
        "pentoxide",
        "nitride",
        "arsenide",
        "phosphide",
        "antimonide",
        "selenide",
        "telluride",
        "sulphide",
        "sulfide",
        "carbide",
        "boride",
        "hydride",
        "fluoride",
        "chloride",
        "bromide",
        "iodide",
        "tetrachloride",
        "trichloride",
        "trifluoride",
        "hydroxide",
    ]
    .contains(&next.as_str())
        || (next.len() > 5
            && (next.ends_with("ate") || next.ends_with("ates"))
            && !["laminate", "plate", "template", "substrate", "climate", "private"].contains(&next.as_str()))
}

/// Symbols of one letter that are symbols of units too.
const UNIT_LETTERS: &[char] = &['W', 'V', 'K', 'C', 'F', 'S', 'N', 'H', 'B', 'U', 'P'];

/// "pure W", "W forged bar", "V ingots": a symbol of one letter beside a word for the metal's form.
fn in_form(text: &Folded, start: usize, end: usize) -> bool {
    const FORMS: &[&str] = &[
        "metal", "forged", "bar", "bars", "rod", "rods", "plate", "sheet", "foil", "wire", "powder", "ingot", "ingots",
        "billet", "target", "crucible", "tube", "block", "disc", "shot", "scrap",
    ];
    let before = text.slice(start.saturating_sub(6)..start);
    let after = text.slice(end..end + 12);
    let next = after.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    before.ends_with("pure ") || before.ends_with('纯') || (after.starts_with(' ') && FORMS.contains(&next))
}

/// A number, percent sign, slash, plus or hyphen with another symbol directly beside.
fn numeric_neighbour(chars: &[char], start: usize, end: usize) -> bool {
    let before = chars[..start].iter().rev().find(|c| **c != ' ').copied();
    let after = chars[end..].iter().find(|c| **c != ' ').copied();
    // 65 W is a power and 12 V a voltage: a letter that is a unit too names no element after a number.
    let unit = end == start + 1 && UNIT_LETTERS.contains(&chars[start]) && before.is_some_and(|c| c.is_ascii_digit());
    let numeric = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_digit() || c == '%' || c == '≥' || c == '>' || c == '<' || c == '≤')
    };
    // Axes are joined by signs too: X/Y/Z. The word on the other side must be a symbol, or begin like an alloy's name.
    let joined = |c: Option<char>, word: &[char]| {
        let word: String = word.iter().collect();
        matches!(c, Some('-' | '/' | '+')) && is_symbol(&word)
    };
    let letters = |c: &&char| c.is_ascii_alphabetic();
    let right: Vec<char> = chars.iter().skip(end + 1).take_while(letters).take(3).copied().collect();
    let mut left: Vec<char> =
        chars[..start.saturating_sub(1)].iter().rev().take_while(letters).take(3).copied().collect();
    left.reverse();
    (numeric(before) && !unit)
        || numeric(after)
        || joined(chars.get(end).copied(), &right)
        || joined(start.checked_sub(1).map(|i| chars[i]), &left)
}

/// Marks what the text gives as a dopant: 掺锗纤芯, "erbium-doped fibre" and LiF:Mg hold the element and are not about it.
fn mark_doped(text: &Folded, mentions: &mut [Mention]) {
    let ends: BTreeSet<usize> = mentions.iter().map(|m| m.end).collect();
    for mention in mentions.iter_mut().filter(|m| m.role == Role::Plain) {
        let before = text.slice(mention.start.saturating_sub(12)..mention.start);
        let after = text.slice(mention.end..mention.end + 12);
        let after = after.trim_start_matches([' ', '-']);
        let after_host = before.ends_with(':') && ends.contains(&(mention.start - 1));
        if after_host
            || ["掺", "掺杂", "掺有", "doped with"].iter().any(|w| before.trim_end().ends_with(w))
            || ["doped", "stabilised", "stabilized", "activated", "based"].iter().any(|w| after.starts_with(w))
        {
            mention.role = Role::Minor;
        }
    }
}

/// Words after which a text tells between what it may be.
const DOUBTS: &[&str] = &[
    "没说是",
    "没说明是",
    "未说明是",
    "没有说明是",
    "不知道是",
    "不清楚是",
    "不确定是",
    "未知是",
    "told us whether",
    "say whether",
    "said whether",
    "says whether",
    "sure whether",
    "sure if",
    "know whether",
    "known whether",
    "know if",
    "unclear whether",
    "unknown whether",
    "stated whether",
    "specified whether",
];

/// Marks what the text leaves open.
fn mark_doubted(text: &Folded, mentions: &mut [Mention]) {
    for mention in mentions.iter_mut().filter(|m| matches!(m.role, Role::Plain | Role::Denied)) {
        if is_doubted(text, mention.start) {
            mention.role = Role::Doubted;
        }
    }
}

/// True where what stands at a place is said not to be known.
pub fn is_doubted(text: &Folded, start: usize) -> bool {
    let head = text.slice(start.saturating_sub(60)..start);
    let clause = head.rsplit(['。', ';', '!', '?']).next().unwrap_or_default();
    DOUBTS.iter().any(|cue| clause.contains(cue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn concept(id: &str, kind: ConceptKind, zh: &[&str], en: &[&str], symbol: Option<&str>) -> Concept {
        Concept {
            zh: zh.iter().map(ToString::to_string).collect(),
            en: en.iter().map(ToString::to_string).collect(),
            symbol: symbol.map(str::to_owned),
            ..Concept::new(ConceptId::new(id).unwrap(), kind)
        }
    }

    fn vocabulary() -> Vocabulary {
        Vocabulary::new(
            [
                concept("dysprosium", ConceptKind::Element, &["镝"], &["dysprosium"], Some("Dy")),
                concept("terbium", ConceptKind::Element, &["铽"], &["terbium"], Some("Tb")),
                concept("bismuth", ConceptKind::Element, &["铋"], &["bismuth"], Some("Bi")),
                concept("tin", ConceptKind::Element, &["锡"], &["tin"], Some("Sn")),
                concept("ndfeb_magnet", ConceptKind::Material, &["钕铁硼磁铁"], &["neodymium magnet"], None),
            ]
            .into(),
        )
    }

    fn read(text: &str) -> Vec<String> {
        let v = vocabulary();
        v.mentions(&fold(text))
            .iter()
            .map(|m| {
                let mark = match m.role {
                    Role::Denied => "-",
                    Role::Bound => "~",
                    _ => "",
                };
                format!("{mark}{}", v.concept(m.concept).id)
            })
            .collect()
    }

    #[test]
    fn what_is_denied_is_told_from_what_is_there() {
        assert_eq!(read("不含镝、铽的钕铁硼磁铁"), ["-dysprosium", "-terbium", "ndfeb_magnet"]);
        assert_eq!(
            read("neodymium magnets without dysprosium or terbium"),
            ["ndfeb_magnet", "-dysprosium", "-terbium"]
        );
        assert_eq!(read("dysprosium-free neodymium magnet with terbium"), ["-dysprosium", "ndfeb_magnet", "terbium"]);
        assert_eq!(read("无镝钕铁硼磁铁，含铽"), ["-dysprosium", "ndfeb_magnet", "terbium"]);
    }

    #[test]
    fn an_element_is_not_its_compounds() {
        assert_eq!(read("氧化铋、铋锭、bismuth oxide, bismuth ingots"), ["~bismuth", "bismuth", "~bismuth", "bismuth"]);
        assert_eq!(read("Sn42Bi58 solder; Bi2O3"), ["bismuth", "tin", "~bismuth"]);
        assert_eq!(read("Dy 3%, Dy+Tb 0.08%"), ["dysprosium", "dysprosium", "terbium"]);
    }
}
