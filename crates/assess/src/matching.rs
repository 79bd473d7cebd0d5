//! Is the thing in question of the class that a point names? Confirmed, denied, built into something else, or only near.

use yumen_lawbook::lexicon::ConceptKind;

use crate::index::{Doc, DocIndex, Index};
use crate::text::concepts::{ConceptIndex, Mention, Role, Vocabulary};
use crate::text::fold::{Folded, is_han};

/// How a text meets a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassMatch {
    /// Every alternative is named, and the text is about that thing.
    Confirmed,
    /// Every alternative is named, but the text is about a product with that in it.
    Inside {
        /// The product, by its mention.
        product: usize,
    },
    /// An answer to a question says that it is not that.
    NotThat,
    /// The text says that it is not.
    Denied {
        /// The concept denied.
        concept: ConceptIndex,
    },
    /// Some alternatives are named, some not.
    Partial {
        /// Places of the alternatives that are not named.
        missing: Vec<usize>,
    },
    /// Nothing of it is named, or the point describes no class.
    Unnamed,
}

impl ClassMatch {
    /// Orders matches from best to worst.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Confirmed => 0,
            Self::Inside { .. } => 1,
            Self::Denied { .. } | Self::NotThat => 2,
            Self::Partial { .. } => 3,
            Self::Unnamed => 4,
        }
    }
}

/// What matching needs to know of a text.
pub struct Named<'a> {
    /// The text.
    pub text: &'a Folded,
    /// What it names.
    pub mentions: &'a [Mention],
    /// The lexicon.
    pub vocabulary: &'a Vocabulary,
    /// The documents.
    pub index: &'a Index,
}

impl Named<'_> {
    /// How the text meets a document's class, with the mentions that speak for it.
    pub fn meets(&self, doc: &Doc) -> (ClassMatch, Vec<usize>) {
        if doc.class.is_empty() && doc.concerns.is_empty() {
            return (ClassMatch::Unnamed, Vec::new());
        }
        if doc.concerns.is_empty() {
            return self.meets_class(&doc.class);
        }
        let best = doc
            .concerns
            .iter()
            .map(|concerned| self.meets_concerned(doc, *concerned))
            .min_by_key(|(m, used)| (m.rank(), missing(m), usize::MAX - used.len()));
        best.unwrap_or((ClassMatch::Unnamed, Vec::new()))
    }

    /// How the text meets the class of one thing that software or technology is for.
    pub fn meets_concerned(&self, doc: &Doc, concerned: DocIndex) -> (ClassMatch, Vec<usize>) {
        let joined: Vec<Vec<ConceptIndex>> =
            doc.class.iter().chain(&self.index.doc(concerned).class).cloned().collect();
        self.meets_class(&joined)
    }

    /// How the text meets a class given as alternatives that must all be named.
    pub fn meets_class(&self, class: &[Vec<ConceptIndex>]) -> (ClassMatch, Vec<usize>) {
        let mut used = Vec::new();
        let mut unnamed = Vec::new();
        let mut denied = None;
        for (place, alternative) in class.iter().enumerate() {
            let leads = place == 0;
            let named: Vec<usize> =
                self.naming(alternative).filter(|m| !(leads && self.mentions[*m].role == Role::Minor)).collect();
            if named.is_empty() {
                denied = denied.or_else(|| self.denied(alternative));
                unnamed.push(place);
            }
            used.extend(named);
        }
        if let Some(concept) = denied {
            return (ClassMatch::Denied { concept }, used);
        }
        if !unnamed.is_empty() {
            return if unnamed.len() == class.len() {
                (ClassMatch::Unnamed, used)
            } else {
                (ClassMatch::Partial { missing: unnamed }, used)
            };
        }
        // The first alternative is what the thing is; the others qualify it.
        let lead: Vec<usize> = class
            .first()
            .map(|a| self.naming(a).filter(|m| self.mentions[*m].role != Role::Minor).collect())
            .unwrap_or_default();
        let shadows: Vec<Option<usize>> = lead.iter().map(|m| self.built_into(*m, class)).collect();
        match shadows.iter().flatten().next() {
            Some(product) if shadows.iter().all(Option::is_some) => (ClassMatch::Inside { product: *product }, used),
            _ => (ClassMatch::Confirmed, used),
        }
    }

    /// Mentions that name one of the concepts: itself, a kind of it; not denied, not a mere part of a compound's name.
    fn naming<'s>(&'s self, alternative: &'s [ConceptIndex]) -> impl Iterator<Item = usize> + 's {
        self.mentions.iter().enumerate().filter_map(move |(index, m)| {
            let fits = alternative.iter().any(|wanted| self.vocabulary.is_a(m.concept, *wanted));
            (fits && !matches!(m.role, Role::Denied | Role::Bound)).then_some(index)
        })
    }

    fn denied(&self, alternative: &[ConceptIndex]) -> Option<ConceptIndex> {
        self.mentions
            .iter()
            .find(|m| m.is_denied() && alternative.iter().any(|wanted| self.vocabulary.is_a(m.concept, *wanted)))
            .map(|m| m.concept)
    }

    /// The product or machine that the named thing is built into, by the grammar around the two: in Chinese the last noun of a
    /// phrase is what it is about, in English the last one before "of", "with", "for".
    fn built_into(&self, thing: usize, class: &[Vec<ConceptIndex>]) -> Option<usize> {
        let m = &self.mentions[thing];
        if m.role == Role::Answered {
            return None;
        }
        self.mentions.iter().enumerate().find_map(|(index, p)| {
            let kind = self.vocabulary.concept(p.concept).kind;
            let builds = matches!(kind, ConceptKind::Product | ConceptKind::Equipment) && !p.is_denied();
            let of_class = class.iter().flatten().any(|wanted| self.vocabulary.is_a(p.concept, *wanted));
            let builds = builds && p.role != Role::Answered;
            let apart = p.end <= m.start || m.end <= p.start;
            (builds && !of_class && apart && self.heads(p, m)).then_some(index)
        })
    }

    /// True where what an exclusion names is the very thing that a document is about, or what that thing is built into. A word for
    /// the use, the buyer, the box or another line of the invoice frees nothing: 钐钴磁瓦，用于伺服电机 is no motor.
    pub fn frees(&self, exclusion: &[Vec<ConceptIndex>], doc: &Doc) -> bool {
        let Some(of) = exclusion.first() else { return true };
        let products: Vec<&Mention> = self.naming(of).map(|m| &self.mentions[m]).collect();
        if products.iter().any(|p| p.role == Role::Answered) {
            return true;
        }
        let things: Vec<&Mention> = doc.class.first().map_or_else(Vec::new, |any| {
            let is_of = |m: &&Mention| any.iter().any(|wanted| self.vocabulary.is_a(m.concept, *wanted));
            let plain = |m: &&Mention| !matches!(m.role, Role::Denied | Role::Bound | Role::Minor | Role::Answered);
            self.mentions.iter().filter(|m| plain(m) && is_of(m)).collect()
        });
        if things.is_empty() {
            return products.iter().any(|p| self.is_subject(p));
        }
        things.iter().all(|thing| {
            products.iter().any(|p| {
                let same = p.start < thing.end && thing.start < p.end;
                same || self.heads(p, thing)
            })
        })
    }

    /// False for a mention that only says what something named before it is for.
    fn is_subject(&self, p: &Mention) -> bool {
        !self.mentions.iter().any(|before| {
            let thing = matches!(
                self.vocabulary.concept(before.concept).kind,
                ConceptKind::Product
                    | ConceptKind::Equipment
                    | ConceptKind::Material
                    | ConceptKind::Compound
                    | ConceptKind::Element
            );
            thing && before.end <= p.start && {
                let gap = self.text.slice(before.end..p.start);
                gap.chars().count() <= 24
                    && !gap.contains('。')
                    && AIM.iter().any(|w| has_word(&gap, w))
                    && !CONTAINING.iter().any(|w| has_word(&gap, w))
            }
        })
    }

    /// True where `p` is what the phrase is about and `m` only part of it.
    fn heads(&self, p: &Mention, m: &Mention) -> bool {
        if p.start >= m.end {
            let gap = self.text.slice(m.end..p.start);
            if MADE_INTO.iter().any(|w| gap.contains(w)) && !gap.contains([',', '。', ';']) {
                return true;
            }
            let other_way = || PURPOSE.iter().chain(CONTAINING).any(|w| has_word(&gap, w));
            !breaks(&gap) && !other_way()
        } else {
            let gap = self.text.slice(p.end..m.start);
            let nearby = gap.chars().count() <= 40;
            nearby
                && (CONTAINING.iter().any(|w| has_word(&gap, w)) || gap.trim_end().ends_with('('))
                && !gap.contains('。')
        }
    }
}

/// Words after which a product is only the purpose of the thing before: 砷化镓衬底，用于手机.
const PURPOSE: &[&str] = &[
    "用于",
    "用作",
    "供",
    "用来",
    "以制造",
    "以生产",
    "应用于",
    "去",
    "给",
    "卖",
    "出口",
    "转让",
    "for",
    "used",
    "into",
    "to",
    "as",
    "by",
    "in",
    "on",
    "at",
    "via",
    "under",
    "inside",
    "within",
    "shipped",
    "packed",
    "buyer",
    "customer",
    "client",
    "and",
    "or",
    "和",
    "及",
    "或",
    "与",
    "客户",
    "收货",
    "买方",
    "包装",
];

/// Words by which a product follows what it is made of: 碳化钨制成的钻头.
const MADE_INTO: &[&str] = &["制成的", "制造的", "做成的", "制作的"];

/// Words that say what something is for.
const AIM: &[&str] = &["用于", "用作", "供", "用来", "以制造", "以生产", "应用于", "for", "used", "into"];

/// Words by which a product says what is in it.
const CONTAINING: &[&str] = &[
    "含",
    "带",
    "装有",
    "内装",
    "内嵌",
    "内置",
    "内有",
    "搭载",
    "携带",
    "采用",
    "使用",
    "由",
    "配",
    "集成",
    "制成",
    "为材料",
    "with",
    "containing",
    "contains",
    "contain",
    "including",
    "made of",
    "made from",
    "made with",
    "using",
    "based on",
    "equipped with",
    "carrying",
    "incorporating",
    "has",
    "have",
];

fn breaks(gap: &str) -> bool {
    // A quantity ends a phrase (钐钴磁体 200片 独立包装盒), and so does a blank between Chinese words (钐钴磁体 客户做电机的).
    let inner = gap.trim();
    gap.contains([',', '。', ';', ':', '、', '!', '?', ')'])
        || gap.chars().count() > 24
        || gap.contains(|c: char| c.is_ascii_digit())
        || (gap.contains(' ') && inner.contains(is_han))
}

/// True where `gap` holds `word`, for Latin words as a whole word.
fn has_word(gap: &str, word: &str) -> bool {
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return gap.contains(word);
    }
    gap.match_indices(word).any(|(at, _)| {
        let before = gap[..at].chars().next_back();
        let after = gap[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

fn missing(class: &ClassMatch) -> usize {
    match class {
        ClassMatch::Partial { missing } => missing.len(),
        _ => 0,
    }
}
