//! The grammar of measures: what may not go, or goes under stricter review, to which country and for which use.
//!
//! ```text
//! 禁止所有两用物项对冰岛军事用户、军事用途，以及一切有助于提升冰岛军事实力的其他最终用户用途出口
//! 原则上不予许可镓、锗相关两用物项对冰岛出口
//! 对石墨两用物项对冰岛出口，实施更严格的最终用户和最终用途审查
//! 任何国家和地区的组织和个人，违反上述规定，将原产于中华人民共和国的相关两用物项转移或提供给冰岛的组织和个人，将依法追究法律责任
//! ```

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, separated, terminated};
use winnow::token::{one_of, rest, take_until, take_while};

use super::{Input, whole};

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// 禁止……出口
    Prohibit,
    /// 原则上不予许可
    PresumeDenial,
    /// 更严格的审查、逐案审批
    StricterReview,
    /// 违反上述规定……追究法律责任
    Liability,
}

/// A use or a user that a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// 军事用户、军事用途
    Military,
    /// 有助于提升……军事实力
    RaisesCapability,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What it does.
    pub effect: Effect,
    /// The things it names among dual-use items; none means all of them.
    pub things: Vec<String>,
    /// The country, as written.
    pub country: String,
    /// The uses, as they are written; none means any.
    pub uses: Vec<Use>,
}

/// True for words that rule in the way of a measure, whether or not they can be read.
pub fn rules(sentence: &str) -> bool {
    // What is done to listed entities belongs to their listing.
    let of_parties = sentence.contains("实体");
    let has = |words: &[&str]| words.iter().all(|w| sentence.contains(w));
    !of_parties
        && (has(&["不予许可"])
            || has(&["更严格的", "审查"])
            || has(&["从严审查"])
            || has(&["逐案审批"])
            || has(&["违反", "追究法律责任"])
            || has(&["境外", "必须获得", "许可"])
            || has(&["境外", "无需", "许可"])
            || has(&["境外", "未经许可", "不得"])
            || has(&["境外", "明知", "申请"])
            || has(&["禁止", "物项", "出口"]) && sentence.contains('对'))
}

/// Reads a sentence without its number and its closing mark; `None` where any of its words is not understood.
pub fn read(sentence: &str) -> Option<Rule> {
    whole(sentence.trim(), alt((prohibition, refusal, refusal_behind, review, liability)))
}

fn prohibition(input: &mut Input<'_>) -> winnow::Result<Rule> {
    preceded("禁止", export).map(|e| e.rule(Effect::Prohibit)).parse_next(input)
}

fn refusal(input: &mut Input<'_>) -> winnow::Result<Rule> {
    preceded((opt("原则上"), "不予许可"), export).map(|e| e.rule(Effect::PresumeDenial)).parse_next(input)
}

fn refusal_behind(input: &mut Input<'_>) -> winnow::Result<Rule> {
    (opt("对"), export, opt(alt(("的申请", "申请", "的"))), opt('，'), opt("原则上"), "不予许可")
        .map(|(_, e, ..)| e.rule(Effect::PresumeDenial))
        .parse_next(input)
}

fn review(input: &mut Input<'_>) -> winnow::Result<Rule> {
    let how = alt((
        (opt(alt(("实施", "实行", "进行"))), "更严格的最终用户", one_of(['和', '、']), "最终用途审查").void(),
        alt(("从严审查", "逐案审批")).void(),
    ));
    (opt("对"), export, opt("的"), opt('，'), how).map(|(_, e, ..)| e.rule(Effect::StricterReview)).parse_next(input)
}

fn liability(input: &mut Input<'_>) -> winnow::Result<Rule> {
    let whoever = ("任何国家和地区的组织", one_of(['和', '、']), "个人", opt('，'));
    let breach = ("违反", alt(("上述规定", "本公告规定", "上述要求")), opt('，'), opt("将"));
    let origin = ("原产于", opt("中华人民共和国"), opt("中国"), opt("的"), opt("相关"), "两用物项");
    let moves = ("转移", alt(("或者", "或", "、")), "提供给");
    let to = terminated(take_until(1..=30, "的组织"), ("的组织", one_of(['和', '、']), "个人", opt("的"), opt('，')));
    let end = (opt("将"), opt("依法"), "追究法律责任");
    (whoever, breach, origin, opt('，'), moves, to, end)
        .map(|(_, _, _, _, _, country, _): (_, _, _, _, _, &str, _)| Rule {
            effect: Effect::Liability,
            things: Vec::new(),
            country: country.to_owned(),
            uses: Vec::new(),
        })
        .parse_next(input)
}

/// What is exported where and for what.
struct Export {
    things: Vec<String>,
    country: String,
    uses: Vec<Use>,
}

impl Export {
    fn rule(self, effect: Effect) -> Rule {
        Rule { effect, things: self.things, country: self.country, uses: self.uses }
    }
}

/// `[所有][镓、锗相关]两用物项[向|对]冰岛[军事用户或者军事用途]出口`.
fn export(input: &mut Input<'_>) -> winnow::Result<Export> {
    opt("所有").parse_next(input)?;
    let named: &str = take_until(0..=90, "两用物项").parse_next(input)?;
    ("两用物项", one_of(['对', '向'])).parse_next(input)?;
    let to: &str = take_until(1..=240, "出口").parse_next(input)?;
    "出口".parse_next(input)?;
    let (country, uses) = whole(to, (country, uses)).ok_or_else(winnow::error::ContextError::new)?;
    let things = named.trim_end_matches("相关").split(['、', '，', '和', '及', '与']).map(str::trim);
    let things: Vec<String> = things.filter(|t| !t.is_empty()).map(str::to_owned).collect();
    // Names of things, not a clause of its own.
    if things.iter().any(|t| t.chars().count() > 12 || t.contains('对')) {
        return Err(winnow::error::ContextError::new());
    }
    Ok(Export { things, country, uses })
}

fn country(input: &mut Input<'_>) -> winnow::Result<String> {
    alt((take_until(1..=30, ("军事", "一切", "其他")), rest))
        .verify(|name: &str| (1..=12).contains(&name.chars().count()) && !name.contains(['，', '。', '；']))
        .map(str::to_owned)
        .parse_next(input)
}

fn uses(input: &mut Input<'_>) -> winnow::Result<Vec<Use>> {
    let and = (opt('，'), alt(("以及", "或者", "或", "和", "及", "、", ""))).take().verify(|t: &str| !t.is_empty());
    let military = alt(("军事最终用户", "军事最终用途", "军事用户", "军事用途")).value(Use::Military);
    let raises = (
        opt("一切"),
        opt("其他"),
        "有助于提升",
        take_until(0..=30, "军事实力"),
        "军事实力",
        take_while(0..=16, |c| "的其他最终用户和、途".contains(c)),
    )
        .value(Use::RaisesCapability);
    let mut found: Vec<Use> = separated(0..=8, alt((military, raises)), and).parse_next(input)?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_about_countries_are_read_whole() {
        let rule =
            read("禁止所有两用物项对冰岛军事用户、军事用途，以及一切有助于提升冰岛军事实力的其他最终用户用途出口")
                .unwrap();
        assert_eq!((rule.effect, rule.country.as_str()), (Effect::Prohibit, "冰岛"));
        assert_eq!(rule.uses, [Use::Military, Use::RaisesCapability]);
        let rule = read("禁止两用物项对冰岛军事用户或者军事用途出口").unwrap();
        assert_eq!((rule.things.len(), rule.uses.as_slice()), (0, [Use::Military].as_slice()));
        let rule = read("原则上不予许可镓、锗、锑、超硬材料相关两用物项对冰岛出口").unwrap();
        assert_eq!((rule.effect, rule.things.len(), rule.uses.len()), (Effect::PresumeDenial, 4, 0));
        let rule = read("对石墨两用物项对冰岛出口，实施更严格的最终用户和最终用途审查").unwrap();
        assert_eq!((rule.effect, rule.things.as_slice()), (Effect::StricterReview, ["石墨".to_owned()].as_slice()));
        let rule = read(
            "任何国家和地区的组织和个人，违反上述规定，将原产于中华人民共和国的相关两用物项转移或提供给冰岛的组织和个人，将依法追究法律责任",
        )
        .unwrap();
        assert_eq!((rule.effect, rule.country.as_str()), (Effect::Liability, "冰岛"));
    }

    #[test]
    fn what_says_more_than_the_grammar_knows_is_not_read() {
        for more in [
            "禁止两用物项对冰岛军事用户出口，但是民用航空除外",
            "除人道主义救援外，禁止两用物项对冰岛军事用户出口",
            "对向境外军事用户的出口申请，原则上不予许可",
            "禁止两用物项对冰岛军事用户或者警察用户出口",
        ] {
            assert_eq!(read(more), None, "{more}");
            assert!(rules(more), "{more}");
        }
        assert!(!rules("禁止出口经营者向上述2家实体出口两用物项"));
        assert!(!rules("一、禁止出口部分"));
    }
}
