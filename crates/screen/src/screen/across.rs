//! Evidence from several names of one party: FUNNULL CDN is asked for, FUNNULL and CDN are two names of one listed party.

use super::{ASIDE, Cache, Screen};
use crate::align::Placed;
use crate::fold;
use crate::lexicon::Role;
use crate::score::{Score, Tuning};
use crate::token::{Kinship, likeness};

/// How alike words must be: one sound or one concept. Another spelling of a name is not enough where nothing else speaks for the party.
const SURE: f32 = 0.95;
/// A single name that met less than this is too far for the others to be looked at.
pub(super) const NEAR: f32 = 0.1;

impl Screen {
    /// The score of a question whose words are all in the names of a party, but not in one of them. How one name has them all was judged
    /// already; the others are looked at without it, so that no alias lowers a score.
    pub(super) fn across(&self, entity: u32, left: &[Placed<'_>], tuning: &Tuning, cache: &mut Cache) -> Option<Score> {
        let from = self.keys.partition_point(|k| k.entity < entity);
        let (mut together, mut wanted) = (0_u64, 0_u64);
        let mut weights = [0.0_f32; fold::MOST_WORDS];
        for (i, _) in left.iter().enumerate().filter(|(_, w)| says(w)) {
            wanted |= 1 << i;
        }
        for key in self.keys[from..].iter().take_while(|k| k.entity == entity) {
            let (mut here, mut by_this) = (0, weights);
            for word in self.key_units(key).iter().map(|u| u & !ASIDE) {
                let listed = self.vocabulary.token(word);
                for (i, asked) in left.iter().enumerate().filter(|(i, _)| wanted & 1 << i != 0) {
                    let at = u8::try_from(i).unwrap_or(u8::MAX);
                    let found = cache.entry((at, false, word)).or_insert_with(|| likeness(&asked.token, &listed));
                    if found.0 >= SURE && found.1 != Kinship::Initial {
                        here |= 1 << i;
                        by_this[i] = by_this[i].max(asked.token.weight.min(listed.weight));
                    }
                }
            }
            if here != wanted {
                together |= here;
                weights = by_this;
            }
        }
        let own = left.iter().filter(|w| says(w) && w.token.role == Role::Core).count();
        let met: f32 = weights.iter().sum();
        let enough = together == wanted && own >= 2 && met >= tuning.across_least;
        enough.then(|| Score { value: tuning.across, met, across: true, ..Score::default() })
    }
}

/// True for words that must be met.
fn says(word: &Placed<'_>) -> bool {
    !word.aside && !matches!(word.token.role, Role::Particle | Role::Title | Role::Form) && !word.token.role.is_silent()
}
