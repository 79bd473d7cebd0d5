//! The grammar of suspensions: which acts, which of their clauses, from when to when.
//!
//! ```text
//! 自即日起至2026年11月10日，商务部、海关总署公告2025年第55号、56号，及商务部公告2025年第61号暂停实施。
//! 自2025年11月10日起，暂停商务部令二〇二五年第6号相关措施一年。
//! 商务部公告2024年第46号第二款自2026年1月1日起恢复实施。
//! ```

use winnow::Parser as _;
use winnow::combinator::{alt, opt, preceded, repeat, separated, terminated};
use winnow::token::{one_of, take_till, take_while};
use yumen_lawbook::Day;

use super::days::day;
use super::frame::{ActNumber, acts};
use super::numbering::value_of;
use super::{Input, finds};

/// What happens to clauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// 暂停实施
    Suspend,
    /// 恢复实施
    Resume,
    /// 停止实施、废止
    End,
}

/// The clauses of one act that are meant; none named means all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The act.
    pub act: ActNumber,
    /// The paragraphs or articles named: 第二款 is 2.
    pub clauses: Vec<u32>,
}

/// How long something lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// To a day, inclusive.
    Until(Day),
    /// Years from the first day.
    Years(u32),
    /// Months from the first day.
    Months(u32),
    /// Days from the first day.
    Days(u32),
}

/// One sentence that suspends, resumes or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// What happens.
    pub turn: Turn,
    /// To what.
    pub targets: Vec<Target>,
    /// First day; `None` is the day of the notice (自即日起, or nothing said).
    pub from: Option<Day>,
    /// How long.
    pub term: Option<Term>,
}

fn count(input: &mut Input<'_>) -> winnow::Result<u32> {
    alt((
        take_while(1..=4, |c: char| c.is_ascii_digit()).try_map(str::parse::<u32>),
        take_while(1..=4, |c| "一二三四五六七八九十两".contains(c))
            .verify_map(|t: &str| value_of(&t.replace('两', "二"))),
    ))
    .parse_next(input)
}

/// `、56号、57号` after an act: further numbers of the same year.
fn further(input: &mut Input<'_>) -> winnow::Result<u32> {
    preceded((one_of(['、', '，', '和', '及']), opt("第")), terminated(count, "号")).parse_next(input)
}

/// `第二款`, `第一、三条`, after an optional title in brackets.
fn clauses(input: &mut Input<'_>) -> winnow::Result<Vec<u32>> {
    let title = (one_of(['（', '(']), take_till(1..=120, ['）', ')']), one_of(['）', ')']));
    let numbers = separated(1..=20, preceded(opt("第"), count), one_of(['、', '和', '及']));
    preceded((opt(title), opt("的"), "第"), terminated(numbers, alt(("款", "条", "项", "部分")))).parse_next(input)
}

fn span(input: &mut Input<'_>) -> winnow::Result<(Option<Day>, Option<Day>)> {
    let today = alt(("即日", "发布之日", "公布之日", "本公告发布之日", "本公告公布之日")).value(None);
    let from = preceded((opt(alt(("自", "从"))), opt("北京时间")), terminated(alt((day.map(Some), today)), opt("起")));
    (from, opt(preceded(alt(("至", "到")), terminated(day, opt(alt(("止", "期间")))))))
        .verify(|(from, until)| from.is_some() || until.is_some())
        .parse_next(input)
}

fn term(input: &mut Input<'_>) -> winnow::Result<Term> {
    let before = alt(("措施", "实施", "暂停", "期限为", "期限", "为期"));
    preceded(
        (before, take_while(0..=1, ' ')),
        alt((
            terminated(count, "年").map(Term::Years),
            terminated(count, alt(("个月", "月"))).map(Term::Months),
            terminated(count, alt(("天", "日"))).map(Term::Days),
        )),
    )
    .parse_next(input)
}

fn turn(text: &str) -> Option<Turn> {
    if text.contains("恢复实施") || text.contains("恢复执行") {
        Some(Turn::Resume)
    } else if text.contains("停止实施") || text.contains("停止执行") || text.contains("废止") {
        Some(Turn::End)
    } else if text.contains("暂停") {
        Some(Turn::Suspend)
    } else {
        None
    }
}

/// What a sentence suspends, resumes or ends; `None` where it does nothing of the kind or names no act.
pub fn read(sentence: &str) -> Option<Suspension> {
    let turn = turn(sentence)?;
    let mut targets = Vec::new();
    let found = acts(sentence);
    for (i, (_, end, act)) in found.iter().enumerate() {
        let until = found.get(i + 1).map_or(sentence.len(), |n| n.0);
        let rest = &sentence[*end..until];
        let (more, at) = super::begins(rest, repeat::<_, u32, Vec<u32>, _, _>(0.., further)).unwrap_or_default();
        let (clauses, _) = super::begins(&rest[at..], clauses).unwrap_or_default();
        let numbers: Vec<u32> = std::iter::once(act.number).chain(more).collect();
        for number in numbers {
            targets.push(Target { act: ActNumber { number, ..*act }, clauses: clauses.clone() });
        }
    }
    if targets.is_empty() {
        return None;
    }
    let spans = finds(sentence, span);
    let ranged = spans.iter().find(|(_, _, (_, until))| until.is_some()).or(spans.first());
    let (from, until) = ranged.map_or((None, None), |(_, _, s)| *s);
    let term = until.map(Term::Until).or_else(|| finds(sentence, term).into_iter().next().map(|(_, _, t)| t));
    Some(Suspension { turn, targets, from, term })
}

/// The last day of a term that begins on `from`: a year from 10 November ends on 9 November.
pub fn last_day(from: Day, term: Term) -> Option<Day> {
    let month = |months: u32| -> Option<Day> {
        let all = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + i32::try_from(months).ok()?;
        let (year, month) = (i16::try_from(all / 12).ok()?, i8::try_from(all % 12 + 1).ok()?);
        (0..4).find_map(|back| Day::new(year, month, from.day() - back)).map(Day::previous)
    };
    match term {
        Term::Until(day) => Some(day),
        Term::Years(n) => month(n.checked_mul(12)?),
        Term::Months(n) => month(n),
        Term::Days(n) => (1..n.min(4000)).try_fold(from, |d, _| Some(d.next())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_of_november_2025_are_read() {
        let read = |t| read(t).unwrap();
        let s = read(
            "经批准，自即日起至2026年11月10日，商务部、海关总署公告2025年第55号、56号、57号、58号，及商务部公告2025年第61号、62号暂停实施。",
        );
        assert_eq!(s.targets.iter().map(|t| t.act.number).collect::<Vec<_>>(), [55, 56, 57, 58, 61, 62]);
        assert_eq!((s.from, s.term), (None, Some(Term::Until(Day::new(2026, 11, 10).unwrap()))));
        let s = read(
            "自即日起至2026年11月27日，商务部公告2024年第46号（《关于加强相关两用物项对美国出口管制的公告》）第二款暂停实施。",
        );
        assert_eq!(s.targets[0].clauses, [2]);
        let s = read(
            "中方决定自北京时间2025年11月10日起，暂停商务部令二〇二五年第6号（《关于反制措施的决定》）相关措施一年。",
        );
        assert!(s.targets[0].act.order);
        assert_eq!(s.from, Day::new(2025, 11, 10));
        assert_eq!(last_day(s.from.unwrap(), s.term.unwrap()), Day::new(2026, 11, 9));
    }
}
