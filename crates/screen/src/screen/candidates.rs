//! Which listed names are worth comparing: those that share the most evidence with a question.

use super::{Alike, CANDIDATES, FAMILY, LISTS, REMEMBERED, Screen, Work};
use crate::acronym;
use crate::align::Placed;
use crate::lexicon::{Map, map};
use crate::score::{TUNING, sole};
use crate::sinitic::{Shown, Unit};
use crate::token::Token;
use crate::vocabulary::hash;

/// How far below the threshold an estimate may be and still be worth comparing.
const SLACK: f32 = 1.2;

impl Screen {
    /// Keys that share the most evidence with a question.
    pub(super) fn candidates(&self, left: &[Placed<'_>], least: f32, work: &mut Work) -> Vec<u32> {
        if work.sums.len() < self.keys.len() {
            work.sums.resize(self.keys.len(), 0.0);
        }
        let mut asked = 0.0;
        self.sum_acronyms(left, work);
        for (i, word) in left.iter().enumerate() {
            asked += word.token.weight * if word.aside { TUNING.aside } else { 1.0 };
            if !word.token.role.is_silent() {
                let alike = self.recall(&word.token, work);
                self.sum(&word.token, &alike, work);
                self.remember(&word.token, alike, work);
            }
            // Written apart in the question, together in the list.
            for n in 2..=3 {
                let Some(parts) = left.get(i..i + n) else { break };
                let letters: usize = parts.iter().map(|p| p.token.text.len()).sum();
                if letters > 24 || parts.iter().any(|p| p.token.consonantal != word.token.consonantal) {
                    break;
                }
                let tokens: Vec<Token<'_>> = parts.iter().map(|p| p.token).collect();
                let owned = crate::token::Owned::joined(&tokens);
                self.vocabulary.like(&owned.token(), true, &mut work.scratch, &mut work.alike);
                let alike = std::mem::take(&mut work.alike);
                self.sum(&owned.token(), &alike, work);
                work.alike = alike;
            }
            // Written together in the question, apart in the list.
            if word.token.text.len() >= 6 && !word.token.consonantal {
                self.split(&word.token, work);
            }
        }
        let mut found: Vec<(f32, u32)> = Vec::with_capacity(work.touched.len());
        for key in work.touched.drain(..) {
            let sum = std::mem::take(&mut work.sums[key as usize]);
            let listed = self.keys[key as usize].weight;
            let shared = sum.min(asked).min(listed + 0.2);
            // What cannot come near the threshold by its shared evidence is not aligned; the slack is for likeness unseen here.
            let both = ((asked - shared).max(0.0) * (listed - shared).max(0.0)).sqrt();
            if 1.0 - TUNING.conflict * both / (shared + both + 1e-6) < least - SLACK {
                continue;
            }
            // Shared evidence over all evidence, with a lean to names that are wholly met.
            let rank = shared / (asked + listed - shared + 0.3) + 0.4 * shared / (asked.min(listed) + 0.3);
            found.push((rank, key));
        }
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(CANDIDATES);
        }
        let mut found: Vec<u32> = found.into_iter().map(|(_, key)| key).collect();
        let whole: String = sole(left, &TUNING)
            .map(|(from, count)| left[from..from + count].iter().map(|w| w.token.text).collect())
            .unwrap_or_default();
        if let Some(word) = self.vocabulary.exact(&whole).filter(|_| !whole.is_empty()) {
            let (from, to) = (self.starts[word as usize] as usize, self.starts[word as usize + 1] as usize);
            found.extend(self.postings[from..to].iter().take(FAMILY));
            found.sort_unstable();
            found.dedup();
        }
        found
    }

    fn sum(&self, asked: &Token<'_>, alike: &[(u32, f32)], work: &mut Work) {
        for (word, likeness) in alike {
            let listed = self.vocabulary.token(*word);
            let gain = likeness * likeness * asked.weight.min(listed.weight).max(0.02);
            let (from, to) = (self.starts[*word as usize] as usize, self.starts[*word as usize + 1] as usize);
            for key in &self.postings[from..to] {
                Self::gain(*key, gain, work);
            }
        }
    }

    /// Names whose acronym is a word of the question, and the acronym of the question among the words of the list.
    fn sum_acronyms(&self, left: &[Placed<'_>], work: &mut Work) {
        for word in acronym::of(left).iter().filter_map(|letters| self.vocabulary.exact(letters)) {
            let found = self.vocabulary.token(word);
            self.sum(&found, &[(word, 0.93)], work);
        }
        for word in left.iter().filter(|w| w.token.text.len() >= acronym::TELLING) {
            let key = hash(word.token.text.bytes());
            let from = self.acronyms.partition_point(|(k, _)| *k < key);
            for (_, number) in self.acronyms[from..].iter().take_while(|(k, _)| *k == key) {
                Self::gain(*number, word.token.weight, work);
            }
        }
    }

    fn gain(key: u32, gain: f32, work: &mut Work) {
        let slot = &mut work.sums[key as usize];
        if *slot == 0.0 {
            work.touched.push(key);
        }
        *slot += gain;
    }

    fn split(&self, token: &Token<'_>, work: &mut Work) {
        let text = token.text;
        for at in 2..text.len() - 1 {
            let (Some(head), Some(tail)) = (text.get(..at), text.get(at..)) else { continue };
            if let (Some(a), Some(b)) = (self.vocabulary.exact(head), self.vocabulary.exact(tail)) {
                let pair = [(a, 0.97), (b, 0.97)];
                self.sum(token, &pair, work);
            }
        }
    }

    /// What is like a word: from memory, or looked up.
    fn recall(&self, token: &Token<'_>, work: &mut Work) -> Alike {
        let known =
            work.memory.get_mut(&self.number).filter(|_| !token.consonantal).and_then(|m| m.get_mut(token.text));
        if let Some(known) = known {
            return std::mem::take(known);
        }
        self.vocabulary.like(token, false, &mut work.scratch, &mut work.alike);
        work.alike.as_slice().into()
    }

    fn remember(&self, token: &Token<'_>, alike: Alike, work: &mut Work) {
        if token.consonantal {
            return;
        }
        if work.memory.len() >= LISTS && !work.memory.contains_key(&self.number) {
            work.memory.clear();
        }
        let mine = work.memory.entry(self.number).or_insert_with(map);
        if mine.len() >= REMEMBERED {
            mine.clear();
        }
        match mine.get_mut(token.text) {
            Some(slot) => *slot = alike,
            None => {
                mine.insert(token.text.into(), alike);
            }
        }
    }

    pub(super) fn han_candidates(&self, units: &[Unit]) -> Vec<u32> {
        let mut sums: Map<u32, f32> = map();
        let mut asked = 0.0;
        for unit in units {
            asked += unit.weight;
            let mut seen: Vec<u32> = Vec::new();
            for way in ways(unit) {
                for key in self.han_postings.get(way.as_str()).into_iter().flatten() {
                    seen.push(*key);
                }
            }
            seen.sort_unstable();
            seen.dedup();
            for key in seen {
                *sums.entry(key).or_default() += unit.weight.max(0.02);
            }
        }
        let mut found: Vec<(f32, u32)> = sums
            .into_iter()
            .map(|(key, sum)| {
                let listed = self.han[key as usize].weight;
                let shared = sum.min(asked).min(listed);
                (shared / (asked + listed - shared + 0.3) + 0.4 * shared / (asked.min(listed) + 0.3), key)
            })
            .collect();
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(CANDIDATES);
        }
        found.into_iter().map(|(_, key)| key).collect()
    }
}

/// The keys under which a Chinese unit is found: its readings, or itself where it has none.
pub(super) fn ways(unit: &Unit) -> Vec<String> {
    match &unit.shown {
        Shown::Char(c) => {
            let readings: Vec<String> = crate::fold::han::readings(*c).map(str::to_owned).collect();
            if readings.is_empty() { vec![c.to_string()] } else { readings }
        }
        Shown::Syllable(syllable) => vec![syllable.clone()],
        Shown::Word(word) => vec![format!("={}", word.text)],
    }
}
