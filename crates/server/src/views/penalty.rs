//! What a conduct costs.

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;
use yumen_lawbook::penalty::{Fine, FineRange, Penalty, PenaltyBase};
use yumen_lawbook::{Bilingual, Book, Day};

use super::{CiteView, Known};
use crate::problem::{Problem, shown};

/// A penalty, with amounts where they can be computed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PenaltyView {
    /// Its name in the book.
    #[schema(example = "P-2")]
    pub id: String,
    /// What is done.
    pub conduct: Bilingual,
    /// What follows beside a fine.
    pub measures: Vec<Bilingual>,
    /// The fine.
    pub fine: Option<FineView>,
    /// The fine in serious cases.
    pub serious_fine: Option<FineView>,
    /// What follows in serious cases.
    pub serious: Vec<Bilingual>,
    /// What follows in the gravest cases.
    pub gravest: Vec<Bilingual>,
    /// Where it stands.
    pub basis: Vec<CiteView>,
    /// True where it applies on the day.
    pub applies: bool,
    /// How it is known.
    pub known: Known,
    /// What a reader should know.
    pub note: Bilingual,
}

/// A fine.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FineView {
    /// What it is reckoned from: `turnover`, `gains`.
    pub base: Option<String>,
    /// The same in words.
    pub base_label: Bilingual,
    /// True where the fine may, not must, be imposed.
    pub may: bool,
    /// The rule in words.
    pub rule: Bilingual,
    /// The least amount in CNY, where it can be computed.
    #[schema(value_type = Option<String>)]
    pub least: Option<Decimal>,
    /// The greatest amount in CNY.
    #[schema(value_type = Option<String>)]
    pub greatest: Option<Decimal>,
    /// True where the amounts are a multiple, false where they are fixed.
    pub by_multiple: Option<bool>,
}

/// Amounts given.
#[derive(Debug, Clone, Copy, Default)]
pub struct Amounts {
    /// Illegal turnover in CNY.
    pub turnover: Option<Decimal>,
    /// Illegal gains in CNY.
    pub gains: Option<Decimal>,
}

/// Reads an amount in CNY.
///
/// # Errors
/// Where it is none.
pub fn amount(field: &str, text: &str) -> Result<Option<Decimal>, Problem> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | '_' | ' ' | '¥' | '￥')).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    plain.parse::<Decimal>().ok().filter(|d| !d.is_sign_negative()).map(Some).ok_or_else(|| {
        let text = shown(text);
        Problem::bad(
            "bad_amount",
            format!("“{text}”不是金额：写作人民币元，例如 600000。"),
            format!("“{text}” is no amount: write CNY, for example 600000."),
        )
        .at(field)
    })
}

/// Every penalty, or the one asked for.
///
/// # Errors
/// Where there is none with that name.
pub fn view(book: &Book, conduct: &str, amounts: Amounts, day: Day) -> Result<Vec<PenaltyView>, Problem> {
    let found: Vec<&Penalty> =
        book.penalties.iter().filter(|p| conduct.is_empty() || p.id.eq_ignore_ascii_case(conduct)).collect();
    if found.is_empty() {
        let id = shown(conduct);
        return Err(Problem::missing(
            "unknown_conduct",
            format!("没有罚则“{id}”。"),
            format!("There is no penalty “{id}”."),
        )
        .at("conduct"));
    }
    Ok(found.into_iter().map(|p| one(book, p, amounts, day)).collect())
}

fn one(book: &Book, p: &Penalty, amounts: Amounts, day: Day) -> PenaltyView {
    PenaltyView {
        id: p.id.clone(),
        conduct: p.conduct.clone(),
        measures: p.measures.clone(),
        fine: p.fine.as_ref().map(|f| fine(f, amounts)),
        serious_fine: p.serious_fine.as_ref().map(|f| fine(f, amounts)),
        serious: p.serious.clone(),
        gravest: p.gravest.clone(),
        basis: CiteView::all(book, &p.basis, day),
        applies: p.from.is_none_or(|f| f <= day) && p.until.is_none_or(|u| day <= u),
        known: p.verification.into(),
        note: p.note.clone(),
    }
}

fn fine(f: &Fine, amounts: Amounts) -> FineView {
    let given = match f.base {
        Some(PenaltyBase::Gains) => amounts.gains,
        _ => amounts.turnover,
    };
    let range: Option<FineRange> = f.range(given);
    let label = f.base.map(PenaltyBase::label).unwrap_or_default();
    FineView {
        base: f.base.map(|b| match b {
            PenaltyBase::Turnover => "turnover".to_owned(),
            PenaltyBase::Gains => "gains".to_owned(),
        }),
        may: f.may,
        rule: rule(f, &label),
        base_label: label,
        least: range.as_ref().map(|r| r.least.normalize()),
        greatest: range.as_ref().map(|r| r.greatest.normalize()),
        by_multiple: range.as_ref().map(|r| r.by_multiple),
    }
}

fn rule(f: &Fine, base: &Bilingual) -> Bilingual {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    if let Some([low, high]) = f.multiple {
        let at = f.threshold.map_or_else(Bilingual::default, |t| {
            Bilingual::new(format!("{}元以上的，", yuan(t)), format!(" from CNY {} on", grouped(t)))
        });
        zh.push(format!("{}{}{low}至{high}倍", base.zh, at.zh));
        en.push(format!("{low} to {high} times the {}{}", base.en, at.en));
    }
    if let Some([low, high]) = f.fixed {
        let otherwise = f.multiple.is_some();
        zh.push(format!("{}{}至{}元", if otherwise { "没有或者不足的，" } else { "" }, yuan(low), yuan(high)));
        en.push(format!("{}CNY {} to {}", if otherwise { "otherwise " } else { "" }, grouped(low), grouped(high)));
    }
    let may = if f.may { Bilingual::new("可以处", "may be fined ") } else { Bilingual::new("处", "") };
    let case_zh = if f.case.zh.is_empty() { String::new() } else { format!("{}，", f.case.zh) };
    let case_en = if f.case.en.is_empty() { String::new() } else { format!(", {}", f.case.en) };
    Bilingual::new(format!("{case_zh}{}{}", may.zh, zh.join("；")), format!("{}{}{case_en}", may.en, en.join("; ")))
}

/// An amount as Chinese law writes it: 500000 as 50万, 1234567 as 1,234,567.
pub fn yuan(amount: Decimal) -> String {
    let ten_thousand = Decimal::from(10_000);
    let in_wan = amount / ten_thousand;
    if amount >= ten_thousand && in_wan.normalize().scale() <= 2 {
        return format!("{}万", grouped(in_wan));
    }
    grouped(amount)
}

/// 1500000 as 1,500,000.
pub fn grouped(amount: Decimal) -> String {
    let text = amount.normalize().to_string();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or_else(|| out.clone(), |p| format!("{out}.{p}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(id: &str) -> PenaltyView {
        let book = Book::embedded().expect("the embedded book is sound");
        let day = Day::new(2026, 11, 27).expect("a day");
        view(&book, id, Amounts::default(), day).expect("the penalty").remove(0)
    }

    #[test]
    fn closing_and_revocation_are_for_serious_cases() {
        for id in ["P-2", "P-6", "P-7"] {
            let view = named(id);
            assert!(view.serious.iter().any(|s| s.en == "suspension of business"), "{id}");
            assert!(view.measures.iter().all(|m| !m.en.contains("business")), "{id}");
        }
        assert_eq!(named("P-11").gravest[0].en, "suspension of business");
    }

    #[test]
    fn what_may_be_imposed_is_not_said_to_be_imposed() {
        let failing_to_report = named("P-9").fine.expect("a fine");
        assert!(failing_to_report.may && failing_to_report.rule.zh.starts_with("可以处"));
        let unregistered = named("P-21").fine.expect("a fine");
        assert!(unregistered.rule.zh.starts_with("拒不改正的，"), "{:?}", unregistered.rule);
    }
}
