//! The grammar of amendments to the technology catalogue.
//!
//! ```text
//! 删去微生物肥料技术（编号：050302J）条目。
//! 将蚕类品种…技术（编号：050304J）控制要点1修改为：“…”。
//! 在信息处理技术（编号：056101X）控制要点中增加：“17.…；18.…”。
//! 增加电池正极材料制备技术（编号：252604X），控制要点：1.…；2.…
//! 将信息处理技术编号由056101X调整为086501X。
//! ```

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, repeat, separated};
use winnow::token::{one_of, take_till, take_until, take_while};
use yumen_lawbook::code::Code;

use super::{Input, begins, codes};

/// One operation, with the byte at which it begins in the paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where it begins.
    pub at: usize,
    /// Where it ends.
    pub end: usize,
    /// The entry's name as the notice gives it.
    pub name: String,
    /// The entry's code.
    pub code: Code,
    /// What is done.
    pub act: Act,
}

/// What is done to an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Taken out.
    Remove,
    /// Put in, with the words of its points.
    Add(String),
    /// Some points get new words: the points named, the new words.
    Replace(Vec<u16>, String),
    /// All points are written anew.
    ReplaceAll(String),
    /// Points are put in.
    Insert(String),
    /// Points are taken out.
    RemovePoints(Vec<u16>),
    /// The heading changes.
    Rename(String),
    /// The number changes.
    Recode(Code),
}

fn gap(input: &mut Input<'_>) -> winnow::Result<()> {
    take_while(0..=3, [' ', '，', ',', '\n']).void().parse_next(input)
}

/// `X（编号：Y）`: the name stands before the bracket, with or without 《》.
fn entry(input: &mut Input<'_>) -> winnow::Result<(String, Code)> {
    let name = repeat::<_, char, String, _, _>(
        1..=80,
        (
            winnow::combinator::not((one_of(['（', '(']), "编号")),
            winnow::token::none_of(['。', '；', '：', ':', '“', '”', '\n']),
        )
            .map(|((), c)| c),
    );
    (name, number).map(|(name, code)| (tidy(&name), code)).parse_next(input)
}

fn number(input: &mut Input<'_>) -> winnow::Result<Code> {
    (one_of(['（', '(']), gap, "编号", opt(one_of(['：', ':', '为'])), gap, codes::catalogue, gap, one_of(['）', ')']))
        .map(|(_, (), _, _, (), code, (), _)| code)
        .parse_next(input)
}

fn tidy(name: &str) -> String {
    name.trim().trim_matches(|c| matches!(c, '“' | '”' | '《' | '》' | '"' | ' ')).to_owned()
}

fn point_numbers(input: &mut Input<'_>) -> winnow::Result<Vec<u16>> {
    let one = take_while(1..=3, |c: char| c.is_ascii_digit()).try_map(str::parse::<u16>);
    let range = (
        one,
        opt(preceded(
            (gap, one_of(['-', '—', '－', '至', '～', '~']), gap),
            take_while(1..=3, |c: char| c.is_ascii_digit()).try_map(str::parse::<u16>),
        )),
    );
    let ranges: Vec<(u16, Option<u16>)> =
        separated(1..=40, range, (gap, alt(("、", "，", "和", "及")), gap)).parse_next(input)?;
    Ok(ranges.into_iter().flat_map(|(a, b)| a..=b.unwrap_or(a).min(a.saturating_add(200))).collect())
}

/// Words in quotes, or up to the end of the sentence where there are none.
fn words(input: &mut Input<'_>) -> winnow::Result<String> {
    let quoted = (one_of(['“', '"', '「', '”']), take_till(1.., ['”', '"', '」']), one_of(['”', '"', '」']))
        .map(|(_, t, _): (_, &str, _)| t.to_owned());
    let plain = take_till(1.., ['”']).map(|t: &str| t.trim_end_matches(['。', '；', ';']).to_owned());
    alt((quoted, plain)).parse_next(input)
}

fn becomes(input: &mut Input<'_>) -> winnow::Result<()> {
    (
        opt(alt(("的内容", "内容"))),
        alt(("修改为", "调整为", "变更为", "修订为")),
        take_while(0..=2, ['：', ':', ' ', '\n']),
    )
        .void()
        .parse_next(input)
}

/// What follows the entry in 将…
fn changed(input: &mut Input<'_>) -> winnow::Result<Act> {
    let of = (opt(alt(("条目", "项下"))), opt(one_of(['，', ',', '的'])), opt("中的"), opt("的"), gap);
    let points =
        preceded(("控制要点", opt("第"), gap), (opt(point_numbers), opt(alt(("点", "项"))), gap, becomes, words)).map(
            |(numbers, _, (), (), text)| match numbers {
                Some(numbers) => Act::Replace(numbers, text),
                None => Act::ReplaceAll(text),
            },
        );
    let rename =
        preceded((alt(("技术名称", "名称", "条目名称")), opt(("由", take_until(1.., "调整为")))), (becomes, words))
            .map(|((), text)| Act::Rename(tidy(&text)));
    let recode = preceded(
        ("编号", opt(("由", gap, codes::catalogue, gap))),
        (becomes, opt(one_of(['“', '"'])), codes::catalogue),
    )
    .map(|((), _, code)| Act::Recode(code));
    let removed = preceded("控制要点", (opt("第"), point_numbers, opt(alt(("点", "项"))), gap, alt(("删去", "删除"))))
        .map(|(_, numbers, ..)| Act::RemovePoints(numbers));
    preceded(of, alt((points, removed, rename, recode))).parse_next(input)
}

/// What follows the entry in 在…
fn inserted(input: &mut Input<'_>) -> winnow::Result<Act> {
    (
        opt(alt(("条目", "项下"))),
        opt(one_of(['，', '的'])),
        opt(alt(("控制要点", "项"))),
        opt("中"),
        gap,
        alt(("增加", "新增")),
        opt("控制要点"),
        opt(point_numbers),
        take_while(0..=2, ['：', ':', ' ', '\n', '，']),
        words,
    )
        .map(|(.., text)| Act::Insert(text))
        .parse_next(input)
}

/// What follows the verb 增加: an entry with its points.
fn added(input: &mut Input<'_>) -> winnow::Result<(String, Code, String)> {
    let (name, code) = entry(input)?;
    let mut rest = (
        opt("条目"),
        gap,
        opt(alt(("。", "：", "；"))),
        gap,
        opt((opt("其"), "控制要点", opt(alt(("为", "如下"))), take_while(0..=2, ['：', ':', ' ', '\n']))),
    );
    let (.., label) = rest.parse_next(input)?;
    let text = match label {
        Some(_) => words(input)?,
        None => String::new(),
    };
    Ok((name, code, text))
}

fn removed_points(input: &mut Input<'_>) -> winnow::Result<(String, Code, Act)> {
    (
        (alt(("删去", "删除", "移出")), entry),
        (opt("条目"), opt("的"), "控制要点", opt("第"), point_numbers, opt(alt(("点", "项")))),
    )
        .map(|((_, (name, code)), (_, _, _, _, numbers, _))| (name, code, Act::RemovePoints(numbers)))
        .parse_next(input)
}

/// One operation.
pub fn operation(input: &mut Input<'_>) -> winnow::Result<(String, Code, Act)> {
    let remove = ((alt(("删去", "删除", "移出", "取消")), entry), opt(alt(("条目", "项", "技术条目"))))
        .map(|((_, (name, code)), _)| (name, code, Act::Remove));
    let put_out = (("将", entry), (opt("条目"), alt(("移出", "从")), take_till(0..=30, ['。', '；'])))
        .map(|((_, (name, code)), _)| (name, code, Act::Remove));
    let change = ("将", entry, changed).map(|(_, (name, code), act)| (name, code, act));
    // 将信息处理技术编号由056101X调整为086501X
    let recode = ("将", take_until(1..=120, "编号由"), "编号由", gap, codes::catalogue, gap, becomes, codes::catalogue)
        .map(|(_, name, _, (), from, (), (), to): (_, &str, _, _, _, _, _, _)| (tidy(name), from, Act::Recode(to)));
    let insert = (opt(alt(("在", "将"))), entry, inserted).map(|(_, (name, code), act)| (name, code, act));
    let add = preceded(alt(("增加", "新增")), added).map(|(name, code, text)| (name, code, Act::Add(text)));
    alt((removed_points, remove, put_out, change, recode, add, insert)).parse_next(input)
}

/// Every operation of a paragraph, in order, and the stretches between them that were not read.
pub fn operations(text: &str) -> (Vec<Operation>, Vec<(usize, usize)>) {
    let mut found = Vec::new();
    let mut unread = Vec::new();
    let mut at = 0;
    let mut missed: Option<usize> = None;
    while at < text.len() {
        match begins(&text[at..], operation) {
            Some(((name, code, act), length)) if length > 0 => {
                if let Some(from) = missed.take() {
                    unread.push((from, at));
                }
                found.push(Operation { at, end: at + length, name, code, act });
                at += length;
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if !matches!(c, ' ' | '，' | '。' | '；' | ';' | ',' | '”' | '、') {
                    missed.get_or_insert(at);
                }
                at += c.len_utf8();
            }
        }
    }
    if let Some(from) = missed {
        unread.push((from, text.len()));
    }
    (found, unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> (String, String, Act) {
        let (found, _) = operations(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (found[0].name.clone(), found[0].code.to_string(), found[0].act.clone())
    }

    #[test]
    fn each_operation_is_read() {
        assert_eq!(one("删去微生物肥料技术（编号：050302J）条目。").2, Act::Remove);
        assert_eq!(
            one("将蚕类品种、繁育和蚕茧采集加工利用技术（编号：050304J）控制要点1修改为：“除杂交一代蚕品种以外的蚕遗传资源”。").2,
            Act::Replace(vec![1], "除杂交一代蚕品种以外的蚕遗传资源".to_owned())
        );
        let (name, code, act) = one("在信息处理技术(编号:056101X)控制要点中增加：“17.语音合成技术；18.唤醒技术”。");
        assert_eq!((name.as_str(), code.as_str()), ("信息处理技术", "056101X"));
        assert_eq!(act, Act::Insert("17.语音合成技术；18.唤醒技术".to_owned()));
        let (name, _, act) = one("新增电池正极材料制备技术（编号：252604X），控制要点：1.磷酸铁锂制备技术；2.其他");
        assert_eq!((name.as_str(), act), ("电池正极材料制备技术", Act::Add("1.磷酸铁锂制备技术；2.其他".to_owned())));
        let Act::Recode(to) = one("将信息处理技术编号由056101X调整为086501X。").2 else {
            panic!("a new number")
        };
        assert_eq!(to.to_string(), "086501X");
        assert_eq!(one("将X技术（编号：056101X）控制要点3、5至7删去。").2, Act::RemovePoints(vec![3, 5, 6, 7]));
        assert_eq!(
            one("将激光技术（编号：084301X）技术名称修改为“激光与光学技术”。").2,
            Act::Rename("激光与光学技术".to_owned())
        );
    }

    #[test]
    fn several_operations_in_one_clause_are_read_in_order() {
        let (found, unread) = operations(
            "删去甲技术（编号：050301X）、删去乙技术（编号：050302X）条目；将丙技术（编号：050303X）控制要点2修改为“丁”。另有规定的除外。",
        );
        assert_eq!(found.iter().map(|o| o.code.to_string()).collect::<Vec<_>>(), ["050301X", "050302X", "050303X"]);
        assert_eq!(unread.len(), 1);
    }
}
