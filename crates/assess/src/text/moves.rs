//! What leaves the country, as far as the words tell: goods, software, technology, a service.

use yumen_lawbook::list::entry::Moves;

use super::fold::Folded;

/// What the words say is moving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// What can be meant, most likely first; empty where nothing tells.
    pub kinds: Vec<Moves>,
    /// True where the question says so in so many words, or a parameter does.
    pub stated: bool,
    /// The words it rests on.
    pub words: Vec<String>,
}

const TECHNOLOGY: &[&str] = &[
    "技术", "工艺", "配方", "算法", "源代码", "图纸", "专利", "技术秘密", "诀窍", "仿真数据", "工艺参数", "方法", "技法", "制法", "设计资料", "技术资料", "育种", "繁育", "编辑", "克隆", "know-how", "knowhow", "technology", "technologies",
    "technique", "techniques", "process", "processes", "method", "methods", "recipe", "source code", "blueprint", "drawings", "algorithm", "algorithms", "patent", "licensing", "trade secret", "formula and",
];
const SERVICE: &[&str] = &[
    "派工程师", "派遣", "调试", "安装服务", "维护", "维修", "咨询", "培训", "技术支持", "施工", "设计建造", "建造", "提供服务", "合作研究", "engineers", "commissioning", "maintenance service", "training", "consulting", "consultancy",
    "technical support", "design services", "service by", "services for",
];
const SOFTWARE: &[&str] = &["软件", "程序", "固件", "source code", "源代码", "software", "firmware", "app"];
const GOODS: &[&str] = &[
    "成品", "产品出口", "货物", "样品", "手提行李", "报关", "整机出口", "一批", "公斤", "吨", "件", "finished product", "goods", "shipment", "samples", "sample", "hand luggage", "cargo", "pcs", "units of", "container",
];
/// "技术参数", "技术指标" describe a thing; they are not what moves.
const NOT_TECHNOLOGY: &[&str] = &["技术参数", "技术指标", "技术规格", "技术说明", "技术目录", "技术公司", "技术有限公司", "technology company", "科技"];
/// Words of handing over that go with technology rather than goods.
const HANDING: &[&str] = &["转让", "授权", "许可给", "licensed to", "license to", "licence to", "licensed out", "transfer of", "joint venture", "转移给", "合作"];

/// Reads what moves.
pub fn read(text: &Folded) -> Movement {
    let mut whole = text.text();
    for words in NOT_TECHNOLOGY {
        whole = whole.replace(words, " ");
    }
    let mut found = Movement { kinds: Vec::new(), stated: false, words: Vec::new() };
    let mut look = |kind: Moves, cues: &[&str]| {
        let hits: Vec<String> = cues.iter().filter(|c| has(&whole, c)).map(|c| (*c).to_owned()).collect();
        if !hits.is_empty() && !found.kinds.contains(&kind) {
            found.kinds.push(kind);
            found.words.extend(hits);
        }
    };
    look(Moves::Technology, TECHNOLOGY);
    look(Moves::Service, SERVICE);
    look(Moves::Software, SOFTWARE);
    if !found.kinds.contains(&Moves::Technology) {
        let look = |cues: &[&str]| cues.iter().any(|c| has(&whole, c));
        let goods = look(GOODS);
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

fn has(text: &str, cue: &str) -> bool {
    if !cue.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return text.contains(cue);
    }
    text.match_indices(cue).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + cue.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
    })
}

impl Movement {
    /// Movement that was given, not read.
    pub fn given(kind: Moves) -> Self {
        Self { kinds: vec![kind], stated: true, words: Vec::new() }
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
        read(&fold(text)).kinds.first().copied()
    }

    #[test]
    fn what_moves_is_read_from_the_words() {
        assert_eq!(first("短视频个性化推荐算法转让给美国公司"), Some(Moves::Technology));
        assert_eq!(first("派工程师去国外调试生产线"), Some(Moves::Service));
        assert_eq!(first("出口光伏硅片成品"), Some(Moves::Goods));
        assert_eq!(first("仲钨酸铵"), None);
        assert_eq!(first("金属镓，技术参数见附件"), None);
        assert_eq!(first("NdFeB magnet manufacturing know-how"), Some(Moves::Technology));
    }
}
