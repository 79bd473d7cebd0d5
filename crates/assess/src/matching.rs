//! Is the thing in question of the class that a point names? Confirmed, denied, built into something else, or only near.

use std::collections::BTreeSet;

use yumen_lawbook::lexicon::ConceptKind;

use crate::index::{Doc, DocIndex, Index};
use crate::text::concepts::{ConceptIndex, Mention, Role, Vocabulary};
use crate::text::fold::{Folded, is_han};

/// What the text is about instead of the thing named.
enum Shadow {
    /// A product with the thing in it.
    Inside(usize),
    /// A machine or product for the thing.
    Aim(usize),
}

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
    /// Every alternative is named, but the text is about a machine or product for it, not about the thing itself.
    Aim {
        /// The machine or product, by its mention.
        product: usize,
    },
    /// Words that together suggest the class are there, its name is not.
    Suggested {
        /// The concepts suggested.
        concepts: Vec<ConceptIndex>,
    },
    /// An answer to a question says that it is not that.
    NotThat,
    /// The text says that it is not.
    Denied {
        /// The concept denied.
        concept: ConceptIndex,
    },
    /// The text names a thing that is taken for one of the class and is none.
    Unlike {
        /// The thing named.
        concept: ConceptIndex,
    },
    /// A wider kind of what the class names is named, and nothing says which: magnets, where the class is of one sort of magnet.
    Broader {
        /// Places of the alternatives whose wider kind is named.
        missing: Vec<usize>,
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
            Self::Denied { .. } | Self::Unlike { .. } | Self::NotThat => 2,
            Self::Broader { .. } => 3,
            Self::Aim { .. } => 4,
            Self::Partial { .. } => 5,
            Self::Suggested { .. } => 6,
            Self::Unnamed => 7,
        }
    }
}

/// What matching needs to know of a text.
pub struct Named<'a> {
    /// The text.
    pub text: &'a Folded,
    /// What it names.
    pub mentions: &'a [Mention],
    /// What it may be about without naming it.
    pub suggested: &'a BTreeSet<ConceptIndex>,
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
        if let Some(concept) = unnamed.iter().find_map(|place| self.unlike(&class[*place])) {
            return (ClassMatch::Unlike { concept }, used);
        }
        if !unnamed.is_empty() && unnamed.iter().all(|place| self.is_broader(&class[*place], class)) {
            return (ClassMatch::Broader { missing: unnamed }, used);
        }
        let suggested: Vec<ConceptIndex> = unnamed.iter().filter_map(|place| self.suggests(&class[*place])).collect();
        if !unnamed.is_empty() && suggested.len() == unnamed.len() {
            return (ClassMatch::Suggested { concepts: suggested }, used);
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
        let shadows: Vec<Option<Shadow>> = lead.iter().map(|m| self.shadow(*m, class)).collect();
        let Some(shadows) = shadows.into_iter().collect::<Option<Vec<Shadow>>>().filter(|s| !s.is_empty()) else {
            return (ClassMatch::Confirmed, used);
        };
        let inside = shadows.iter().find_map(|s| if let Shadow::Inside(p) = s { Some(*p) } else { None });
        match (inside, &shadows[0]) {
            (Some(product), _) => (ClassMatch::Inside { product }, used),
            (None, Shadow::Aim(product) | Shadow::Inside(product)) => (ClassMatch::Aim { product: *product }, used),
        }
    }

    /// Mentions that name one of the concepts: itself, a kind of it; not denied, not a mere part of a compound's name.
    fn naming<'s>(&'s self, alternative: &'s [ConceptIndex]) -> impl Iterator<Item = usize> + 's {
        self.mentions.iter().enumerate().filter_map(move |(index, m)| {
            let fits = alternative.iter().any(|wanted| self.vocabulary.is_a(m.concept, *wanted));
            (fits && !matches!(m.role, Role::Denied | Role::Bound | Role::Doubted)).then_some(index)
        })
    }

    /// The concept of an alternative that the text suggests: the one wanted, or a narrower one.
    fn suggests(&self, alternative: &[ConceptIndex]) -> Option<ConceptIndex> {
        let of = |wanted: &ConceptIndex| self.suggested.iter().copied().find(|s| self.vocabulary.is_a(*s, *wanted));
        alternative.iter().find_map(of)
    }

    /// True where the text names a wider kind of the alternative and no narrower one that would settle it.
    fn is_broader(&self, alternative: &[ConceptIndex], class: &[Vec<ConceptIndex>]) -> bool {
        let is_thing = |m: &Mention| {
            m.role == Role::Plain
                && !matches!(
                    self.vocabulary.concept(m.concept).kind,
                    ConceptKind::Form
                        | ConceptKind::Goods
                        | ConceptKind::Apparatus
                        | ConceptKind::Field
                        | ConceptKind::Element
                )
        };
        self.mentions.iter().enumerate().filter(|(_, m)| is_thing(m)).any(|(index, m)| {
            let wider = alternative.iter().any(|w| *w != m.concept && self.vocabulary.is_a(*w, m.concept));
            let narrowed = || {
                self.mentions.iter().any(|n| {
                    n.role == Role::Plain && n.concept != m.concept && self.vocabulary.is_a(n.concept, m.concept)
                })
            };
            wider && !narrowed() && self.shadow(index, class).is_none()
        })
    }

    /// A thing named that none of the alternative is, though it is taken for it.
    fn unlike(&self, alternative: &[ConceptIndex]) -> Option<ConceptIndex> {
        let plain = |m: &&Mention| matches!(m.role, Role::Plain | Role::Answered);
        let other = |m: &&Mention| alternative.iter().any(|wanted| self.vocabulary.is_unlike(m.concept, *wanted));
        // A word for the use or the buyer says nothing of the thing: phosphors for lamps are no lamps.
        self.mentions.iter().filter(plain).filter(other).find(|m| self.is_subject(m)).map(|m| m.concept)
    }

    fn denied(&self, alternative: &[ConceptIndex]) -> Option<ConceptIndex> {
        self.mentions
            .iter()
            .find(|m| m.is_denied() && alternative.iter().any(|wanted| self.vocabulary.is_a(m.concept, *wanted)))
            .map(|m| m.concept)
    }

    /// The product or machine that the text is about instead of the named thing, by the grammar around the two: in Chinese the last
    /// noun of a phrase is what it is about, in English the last one before "of", "with", "for".
    fn shadow(&self, thing: usize, class: &[Vec<ConceptIndex>]) -> Option<Shadow> {
        let m = &self.mentions[thing];
        if m.role == Role::Answered {
            return None;
        }
        let material = matches!(
            self.vocabulary.concept(m.concept).kind,
            ConceptKind::Element | ConceptKind::Compound | ConceptKind::Material
        );
        let others = || {
            self.mentions.iter().enumerate().filter(|(_, p)| {
                let kind = self.vocabulary.concept(p.concept).kind;
                let builds = match kind {
                    ConceptKind::Product | ConceptKind::Equipment | ConceptKind::Goods => true,
                    // "isostatic press system" is a press; "tungsten powder system" is no powder.
                    ConceptKind::Apparatus => material,
                    _ => false,
                };
                let of_class = class.iter().flatten().any(|wanted| self.vocabulary.is_a(p.concept, *wanted));
                let apart = p.end <= m.start || m.end <= p.start;
                builds && !self.is_buyer(p) && !p.is_denied() && p.role != Role::Answered && !of_class && apart
            })
        };
        let inside = others().find(|(_, p)| self.heads(p, m)).map(|(index, p)| {
            let machine = self.vocabulary.concept(p.concept).kind == ConceptKind::Apparatus;
            if machine { Shadow::Aim(index) } else { Shadow::Inside(index) }
        });
        inside.or_else(|| others().find(|(_, p)| self.aims(p, m)).map(|(index, _)| Shadow::Aim(index)))
    }

    /// True where `p` is what the text is about and `m` only what `p` is for: "mixer for HTPB", "alarm that warns of sarin".
    fn aims(&self, p: &Mention, m: &Mention) -> bool {
        if p.end > m.start {
            return false;
        }
        let gap = self.text.slice(p.end..m.start);
        if gap.chars().count() > LONGEST_AIM || gap.contains(['。', ';', '\n']) {
            return false;
        }
        let clause = gap.rsplit([',', ':', '(', ')', '、']).next().unwrap_or_default();
        AIM.iter().chain(WATCHING).any(|w| has_word(clause, w)) && !CONTAINING.iter().any(|w| has_word(clause, w))
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
            let plain = |m: &&Mention| {
                !matches!(m.role, Role::Denied | Role::Bound | Role::Minor | Role::Doubted | Role::Answered)
            };
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

    /// False for a mention that only says what something else is for: named before it, or not known by name.
    fn is_subject(&self, p: &Mention) -> bool {
        let head = self.text.slice(p.start.saturating_sub(16)..p.start);
        let head = head.trim_end();
        let head = ["the", "a", "an", "our", "its", "any"].iter().find_map(|w| head.strip_suffix(w)).unwrap_or(head);
        let beside = BESIDE.iter().any(|w| {
            head.trim_end().ends_with(w)
                && (w.starts_with(is_han) || has_word(head.trim_end().rsplit(' ').next().unwrap_or_default(), w))
        });
        if beside || self.is_buyer(p) {
            return false;
        }
        let clause = self.text.slice(p.start.saturating_sub(24)..p.start);
        let clause = clause.rsplit([',', '。', ';', ':', '(', ')', '、']).next().unwrap_or_default();
        let aim = AIM.iter().find_map(|w| clause.find(w).filter(|_| has_word(clause, w)));
        if aim.is_some_and(|at| clause[..at].split_whitespace().any(|w| !ASKING.contains(&w))) {
            return false;
        }
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

    /// 伺服电机厂, "motor maker": who buys, not what is sold.
    fn is_buyer(&self, p: &Mention) -> bool {
        let tail = self.text.slice(p.end..p.end + 16);
        let tail = tail.trim_start();
        BUYERS.iter().any(|w| tail.starts_with(w) && has_word(tail, w))
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
            // "cells, about 8 g of thionyl chloride each": so much of it in every one.
            let tail = self.text.slice(m.end..m.end + 28);
            let each = gap.chars().count() <= 80 && !gap.contains('。') && EACH.iter().any(|w| has_word(&tail, w));
            if each && self.vocabulary.concept(m.concept).kind == ConceptKind::Compound {
                return true;
            }
            let nearby = gap.chars().count() <= 40;
            // 配套 is "to go with", not "with".
            nearby
                && !gap.contains("配套")
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
    "from",
    "out of",
    "拆自",
    "取自",
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
const MADE_INTO: &[&str] = &[
    "制成的",
    "制造的",
    "做成的",
    "制作的",
    "内置于",
    "嵌入",
    "built into",
    "embedded in",
    "installed in",
    "fitted in",
];

/// Words behind an amount of something that is in every piece.
const EACH: &[&str] = &["each", "per cell", "per piece", "per unit", "per device", "每只", "每个", "每节", "每台"];

/// Words behind a product that make it the trade of a buyer.
const BUYERS: &[&str] = &[
    "厂",
    "公司",
    "客户",
    "企业",
    "工厂",
    "maker",
    "makers",
    "manufacturer",
    "manufacturers",
    "factory",
    "company",
    "firm",
];

/// Words just before a name that make it the place, the means or the object of something else.
const BESIDE: &[&str] = &[
    "烧",
    "烧结",
    "生产",
    "制造",
    "加工",
    "处理",
    "检测",
    "测试",
    "在",
    "用",
    "in",
    "on",
    "by",
    "with",
    "using",
    "through",
    "inside",
    "from",
    "making",
    "producing",
    "sintering",
    "firing",
    "processing",
    "testing",
    "feeding",
    "near",
    "beside",
    "behind",
];

/// Words that say what something is for.
const AIM: &[&str] = &["用于", "用作", "供", "用来", "以制造", "以生产", "应用于", "for", "used", "into"];

/// Words that say what something watches for.
const WATCHING: &[&str] =
    &["检测", "探测", "侦测", "报警", "监测", "warns of", "detects", "detecting", "against", "testing"];
/// Words before "for" that ask for a thing rather than say what something is for.
const ASKING: &[&str] = &[
    "order",
    "orders",
    "enquiry",
    "inquiry",
    "quote",
    "quotation",
    "request",
    "po",
    "need",
    "needed",
    "looking",
    "licence",
    "license",
    "permit",
    "asks",
    "asked",
    "asking",
    "invoice",
    "offer",
    "price",
    "sample",
    "samples",
    "rfq",
    "a",
    "an",
    "the",
    "our",
    "new",
];
/// How far before a thing the machine may stand that is for it, in characters.
const LONGEST_AIM: usize = 120;

/// Words by which a product says what is in it.
const CONTAINING: &[&str] = &[
    "含",
    "带",
    "装有",
    "内装",
    "内嵌",
    "内置",
    "内有",
    "内含",
    "内磁",
    "带磁",
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
    gap.contains([',', '。', ';', ':', '、', '!', '?', '(', ')'])
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
