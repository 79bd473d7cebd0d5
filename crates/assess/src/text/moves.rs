//! What leaves the country, as far as the words tell: goods, software, technology, a service.

use yumen_lawbook::list::entry::Moves;

use yumen_lawbook::lexicon::ConceptKind;

use super::concepts::{Mention, Vocabulary};
use super::fold::{Folded, is_han};

/// What the words say is moving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// What can be meant, most likely first; empty where nothing tells.
    pub kinds: Vec<Moves>,
    /// True where the question says so in so many words, or a parameter does.
    pub stated: bool,
    /// True where the phrase is about making something (铝锂合金制备, "preparation of ..."): the know-how, if anything, moves.
    pub making: bool,
    /// The words it rests on.
    pub words: Vec<String>,
}

const TECHNOLOGY: &[&str] = &[
    "技术",
    "工艺",
    "配方",
    "源代码",
    "图纸",
    "专利",
    "技术秘密",
    "诀窍",
    "仿真数据",
    "工艺参数",
    "技法",
    "制法",
    "设计资料",
    "技术资料",
    "育种",
    "繁育",
    "克隆",
    "know-how",
    "knowhow",
    "technology",
    "technologies",
    "technique",
    "techniques",
    "recipe",
    "source code",
    "blueprint",
    "drawings",
    "patent",
    "licensing",
    "trade secret",
    "formula and",
    "blueprints",
    "process package",
    "process sheet",
    "process sheets",
    "design package",
    "engineering package",
    "work instructions",
    "flowsheet",
    "flow sheet",
    "sublicense",
    "sublicence",
    "royalty",
    "royalties",
    "teach",
    "teaches",
    "teaching",
    "taught",
    "how we",
    "training code",
    "model weights",
    "with source",
    "and source",
    "as source",
    "paper on",
    "article on",
    "thesis on",
    "源码",
    "源程序",
    "训练代码",
    "模型权重",
    "手艺",
    "秘方",
    "工艺包",
    "作业指导书",
    "操作规程",
    "设计图",
    "槽型图",
    "技术入股",
    "传授",
    "教给",
    "教会",
    "怎么做",
    "怎么操作",
    "论文",
];
/// Words that speak of knowledge, unless a machine or product is named, of which they then tell a feature.
const FEATURE: &[&str] = &[
    "算法",
    "方法",
    "编辑",
    "方案",
    "流程",
    "手册",
    "代码",
    "做法",
    "讲解",
    "algorithm",
    "algorithms",
    "process",
    "processes",
    "method",
    "methods",
    "procedure",
    "procedures",
    "protocol",
    "manual",
    "handbook",
    "course",
    "lessons",
    "scheme",
    "layout",
    "curves",
    "code that",
    "our code",
    "the code",
];
const SERVICE: &[&str] = &[
    "派工程师",
    "派遣",
    "调试",
    "安装服务",
    "维护",
    "维修",
    "咨询",
    "培训",
    "技术支持",
    "施工",
    "设计建造",
    "建造",
    "提供服务",
    "合作研究",
    "engineers",
    "commissioning",
    "maintenance service",
    "training",
    "consulting",
    "consultancy",
    "technical support",
    "design services",
    "service by",
    "services for",
];
const SOFTWARE: &[&str] = &[
    "软件",
    "程序",
    "固件",
    "源程序",
    "program",
    "source code",
    "源代码",
    "software",
    "firmware",
    "mobile app",
    "app for",
    "app store",
];
const GOODS: &[&str] = &[
    "成品",
    "产品出口",
    "货物",
    "样品",
    "手提行李",
    "报关",
    "整机出口",
    "一批",
    "只卖货",
    "现货",
    "finished",
    "retail sale",
    "we ship",
    "in stock",
    "finished product",
    "goods only",
    "finished goods",
    "our goods",
    "ship goods",
    "export goods",
    "goods to",
    "shipment",
    "samples",
    "sample",
    "hand luggage",
    "cargo",
    "pcs",
    "units of",
    "container",
];
/// "技术参数", "技术指标" describe a thing; they are not what moves.
const NOT_TECHNOLOGY: &[&str] = &[
    "技术参数",
    "技术指标",
    "技术规格",
    "技术说明",
    "技术目录",
    "技术出口目录",
    "技术出口许可",
    "禁止出口技术",
    "限制出口技术",
    "禁止类技术",
    "限制类技术",
    "technology catalogue",
    "technology catalog",
    "technology list",
    "technology export licence",
    "technology export license",
    "技术公司",
    "技术有限公司",
    "technology company",
    "科技",
    "training aid",
    "training aids",
    "consulting room",
    "to drawing",
    "to drawings",
    "客户图纸",
    "来图加工",
    "按图加工",
    "按图纸加工",
];
/// Words after "how to" that ask about the law or the trade, not about making something.
const DEALING: &[&str] = &[
    "export", "ship", "send", "sell", "declare", "apply", "classify", "get", "obtain", "file", "import", "fill",
    "know", "treat", "handle", "tell", "find", "comply", "report", "check", "proceed", "answer", "pay", "the",
    "register",
];
/// Words of handing over that go with technology rather than goods.
const HANDING: &[&str] = &[
    "转让",
    "授权",
    "许可给",
    "licensed to",
    "license to",
    "licence to",
    "licensed out",
    "transfer of",
    "joint venture",
    "转移给",
    "合作",
];

/// Words by which something is kept back.
const WITHHELD: &[&str] = &[
    "不给",
    "不提供",
    "不转让",
    "不转移",
    "不附",
    "不含",
    "不包括",
    "不涉及",
    "没有",
    "不带",
    "不出",
    "不交付",
    "不接触",
    "no",
    "not",
    "without",
    "never",
    "nor",
    "neither",
    "excluding",
];
/// Words after something that say it stays.
const STAYING: &[&str] = &[
    "留在",
    "不出境",
    "不外传",
    "不转让",
    "不提供",
    "不给",
    "stay in",
    "stays in",
    "stay with",
    "stays with",
    "remain in",
    "remains in",
    "is not transferred",
    "are not transferred",
];

/// Words for making that end a phrase: what is named is the making, not the thing.
const MAKING: &[&str] = &[
    "制备", "提取", "提纯", "冶炼", "炮制", "培育", "选育", "繁育", "酿造", "合成", "制种", "分离", "制作", "铸造",
    "锻造", "烧结", "发酵", "培养", "养殖", "栽培", "设计", "营造", "制造", "生产", "加工", "冶金",
];
/// The same in English, before "of" or at the end of a phrase.
const MAKING_EN: &[&str] = &[
    "preparation",
    "production",
    "manufacture",
    "manufacturing",
    "making",
    "extraction",
    "separation",
    "separating",
    "smelting",
    "synthesis",
    "breeding",
    "cultivation",
    "processing",
    "fabrication",
    "refining",
    "purification",
];
/// Kinds of concept that are things.
const THINGS: &[ConceptKind] =
    &[ConceptKind::Product, ConceptKind::Equipment, ConceptKind::Material, ConceptKind::Compound];

/// Reads what moves.
pub fn read(text: &Folded, mentions: &[Mention], vocabulary: &Vocabulary) -> Movement {
    let mut whole = text.text();
    for words in NOT_TECHNOLOGY {
        whole = whole.replace(words, " ");
    }
    let mut found = Movement { kinds: Vec::new(), stated: false, making: is_making(&whole), words: Vec::new() };
    let mut withheld = false;
    let mut look = |kind: Moves, cues: &[&str]| {
        let hits: Vec<String> = cues.iter().filter(|c| says(&whole, c)).map(|c| (*c).to_owned()).collect();
        withheld |= hits.is_empty() && kind == Moves::Technology && cues.iter().any(|c| has(&whole, c));
        if !hits.is_empty() && !found.kinds.contains(&kind) {
            found.kinds.push(kind);
            found.words.extend(hits);
        }
    };
    look(Moves::Technology, TECHNOLOGY);
    if tells_how(&whole) {
        look(Moves::Technology, &["how to"]);
    }
    let device = mentions.iter().any(|m| {
        !m.is_denied() && matches!(vocabulary.concept(m.concept).kind, ConceptKind::Product | ConceptKind::Equipment)
    });
    let mut either = Vec::new();
    if device {
        either = FEATURE.iter().filter(|c| has(&whole, c)).collect();
    } else {
        look(Moves::Technology, FEATURE);
    }
    look(Moves::Service, SERVICE);
    look(Moves::Software, SOFTWARE);
    if withheld && !found.kinds.contains(&Moves::Technology) {
        // "Only the powder goes, the process stays here": the technology is spoken of because it does not move.
        found.kinds = vec![Moves::Goods];
        found.stated = true;
        return found;
    }
    if !either.is_empty() && found.kinds.is_empty() {
        found.kinds = vec![Moves::Goods, Moves::Technology];
    }
    if !found.kinds.contains(&Moves::Technology) {
        let look = |cues: &[&str]| cues.iter().any(|c| has(&whole, c));
        let goods =
            look(GOODS) || names_an_amount(&whole) || (!found.making && exports_a_thing(text, mentions, vocabulary));
        let handing = look(HANDING);
        if handing && !goods {
            found.kinds.insert(0, Moves::Technology);
        }
        if goods {
            found.kinds.push(Moves::Goods);
            found.stated = true;
        }
    }
    found
}

/// "how to win dysprosium back": a way of making. "how to export drones" asks about the law.
fn tells_how(text: &str) -> bool {
    text.match_indices("how to ").any(|(at, cue)| {
        let next = text[at + cue.len()..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        !next.is_empty() && !DEALING.contains(&next)
    })
}

/// True where a phrase of the text ends in a word for making, or begins with "production of".
fn is_making(text: &str) -> bool {
    text.split([',', '。', ';', '、', '!', '?', '(', ')', ':']).any(|phrase| {
        let phrase = phrase.trim();
        let zh = MAKING.iter().any(|w| phrase.ends_with(w) || phrase.contains(&format!("的{w}")));
        let words: Vec<&str> = phrase.split_whitespace().collect();
        let en = words.last().is_some_and(|w| MAKING_EN.contains(w))
            || words.windows(2).any(|pair| MAKING_EN.contains(&pair[0]) && pair[1] == "of")
            || words.first().is_some_and(|w| MAKING_EN.contains(w));
        zh || en
    })
}

/// "500只", "20 tonnes": pieces and tonnes are of things.
fn names_an_amount(text: &str) -> bool {
    const COUNTED: &[&str] = &["只", "台", "件", "吨", "箱", "套", "辆", "架", "片", "公斤", "千克", "桶", "卷"];
    const COUNTED_EN: &[&str] = &[
        "pcs", "pc", "pieces", "units", "sets", "cartons", "pallets", "drums", "tonnes", "tons", "boxes", "rolls", "kg",
    ];
    let after_number = |at: usize| {
        let head = text[..at].trim_end();
        head.ends_with(|c: char| c.is_ascii_digit())
    };
    COUNTED.iter().any(|w| text.match_indices(w).any(|(at, _)| after_number(at)))
        || COUNTED_EN.iter().any(|w| places(text, w).any(after_number))
}

/// "出口光伏硅片", "exporting drones": what is exported is a thing.
fn exports_a_thing(text: &Folded, mentions: &[Mention], vocabulary: &Vocabulary) -> bool {
    mentions.iter().filter(|m| !m.is_denied() && THINGS.contains(&vocabulary.concept(m.concept).kind)).any(|m| {
        let head = text.slice(m.start.saturating_sub(24)..m.start);
        let after = |cue: &str, most: usize| {
            head.rfind(cue).is_some_and(|at| {
                let gap = &head[at + cue.len()..];
                gap.chars().count() <= most && !gap.contains([',', '。', ';', '、', '给', '到', '的'])
            })
        };
        let tail = text.lower[m.end..].iter().find(|c| **c != ' ');
        // 出口稀土分离...: the word goes on, so the phrase is not about the thing alone.
        let ends = tail.is_none_or(|c| {
            !is_han(*c) || ['到', '给', '至', '去', '成', '出', '产', '的', '需', '要', '是', '可', '吗'].contains(c)
        });
        ends && (after("出口", 6) || after("exporting ", 16) || after("export of ", 16))
    })
}

/// True where the text names the cue and does not say that it stays away.
fn says(text: &str, cue: &str) -> bool {
    places(text, cue).any(|at| {
        let phrase = |c: char| matches!(c, '。' | ';' | '!' | '?' | '\n') || (c == '.');
        let head = text[..at].rsplit(phrase).next().unwrap_or_default();
        let clause = head.rsplit([',', ':', '(']).next().unwrap_or_default();
        let tail = text[at + cue.len()..].split(phrase).next().unwrap_or_default();
        let held_back = WITHHELD.iter().any(|w| has(clause, w)) && !clause.contains("only");
        let stays = STAYING.iter().any(|w| has(tail, w));
        !(held_back || stays)
    })
}

fn has(text: &str, cue: &str) -> bool {
    places(text, cue).next().is_some()
}

/// Where a cue stands in a text, as a whole word where it is of letters.
fn places<'t>(text: &'t str, cue: &'t str) -> impl Iterator<Item = usize> + 't {
    let letters = cue.starts_with(|c: char| c.is_ascii_alphabetic());
    text.match_indices(cue).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + cue.len()..].chars().next();
        !letters
            || (!before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphanumeric()))
    })
}

impl Movement {
    /// Movement that was given, not read.
    pub fn given(kind: Moves) -> Self {
        Self { kinds: vec![kind], stated: true, making: false, words: Vec::new() }
    }

    /// Whether one of `covers` is moving: `None` where the words do not tell.
    pub fn fits(&self, covers: &[Moves]) -> Option<bool> {
        if self.kinds.is_empty() {
            return None;
        }
        // Technology and services of a technical kind are one act in law: passing on knowledge.
        let knowledge = |k: &Moves| matches!(k, Moves::Technology | Moves::Service);
        Some(self.kinds.iter().any(|kind| covers.iter().any(|c| c == kind || (knowledge(c) && knowledge(kind)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn first(text: &str) -> Option<Moves> {
        read(&fold(text), &[], &Vocabulary::new([].into())).kinds.first().copied()
    }

    #[test]
    fn a_phrase_that_ends_in_making_is_about_know_how() {
        let making = |text: &str| read(&fold(text), &[], &Vocabulary::new([].into())).making;
        assert!(making("含稀土的铝锂合金制备"));
        assert!(making("production of lithium metal"));
        assert!(!making("制造导弹用的铝锂合金"));
        assert!(!making("铝锂合金板"));
    }

    #[test]
    fn what_moves_is_read_from_the_words() {
        assert_eq!(first("短视频个性化推荐算法转让给美国公司"), Some(Moves::Technology));
        assert_eq!(first("派工程师去国外调试生产线"), Some(Moves::Service));
        assert_eq!(first("出口光伏硅片成品"), Some(Moves::Goods));
        assert_eq!(first("仲钨酸铵"), None);
        assert_eq!(first("金属镓，技术参数见附件"), None);
        assert_eq!(first("只卖激光雷达，不给图纸和源代码"), Some(Moves::Goods));
        assert_eq!(first("Only the powder goes; strain and process stay in Wuhan"), Some(Moves::Goods));
        assert_eq!(first("finished magnets, no drawings, no know-how"), Some(Moves::Goods));
        assert_eq!(first("不是成品，是图纸和工艺"), Some(Moves::Technology));
        assert_eq!(first("NdFeB magnet manufacturing know-how"), Some(Moves::Technology));
    }
}
