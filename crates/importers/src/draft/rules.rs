//! Measures about countries, users and uses: clauses of the book.

use std::collections::BTreeSet;

use yumen_lawbook::Bilingual;
use yumen_lawbook::id::PropertyId;
use yumen_lawbook::measure::Clause;
use yumen_lawbook::predicate::{Condition, Predicate};

use super::FileHead;
use super::compose::{Context, Gathered};
use super::judge::Made;
use super::law::{self, LawClause, LawMeasure, LawStretch, Words};
use crate::grammar::rule::{Effect, Rule, Use};
use crate::kinds::{Piece, What};

/// Lines for every rule of the document.
pub(super) fn rules(context: &Context<'_>, pieces: &[Piece], gathered: &mut Gathered<'_>) {
    let path = format!("measures/imported-{}-rules.toml", context.instrument);
    let mut before: Vec<&Rule> = Vec::new();
    let mut written = false;
    for (number, (piece, rule, clause)) in (1..).zip(pieces.iter().filter_map(|p| match &p.what {
        What::Measure { rule, clause } => Some((p, rule, *clause)),
        _ => None,
    })) {
        let mut made = line(context, piece, rule, clause, number, &before);
        made.file.clone_from(&path);
        written |= !made.law.is_empty();
        gathered.lines.push(made);
        before.push(rule);
    }
    if written {
        gathered.heads.push(FileHead { path, head: String::new() });
    }
}

fn line(context: &Context<'_>, piece: &Piece, rule: &Rule, clause: u32, number: u32, before: &[&Rule]) -> Made {
    let mut doubts = piece.doubts.clone();
    let country = context.book.country(&rule.country).map(|c| c.code.clone());
    if country.is_none() {
        doubts.push(Bilingual::new(
            format!("“{}”不是本库所知的国家或者地区", rule.country),
            format!("{:?} is no country or region that the book knows", rule.country),
        ));
    }
    let when = condition(context, rule, before, &mut doubts);
    let entries = entries(context, rule, &mut doubts);
    let id = format!("{}-{number}", context.instrument);
    let about = format!("{id}#1");
    let at = if clause > 0 { format!("{}:{clause}", context.instrument) } else { context.instrument.clone() };
    let mut made = Made {
        what: "measure",
        about,
        at: piece.place,
        words: piece.words.clone(),
        checked: vec![piece.words.clone()],
        ..Made::default()
    };
    // A clause that is wider than its words is worse than none.
    let (Some(country), Some(when), Some(entries)) = (country, when, entries) else {
        made.doubts = doubts;
        return made;
    };
    if let Some(held) = recorded(context, rule, &country) {
        doubts.push(told(held, when.as_ref(), &entries));
        made.doubts = doubts;
        return made;
    }
    let stretch = |status: &str, from, until| LawStretch {
        status: status.to_owned(),
        from,
        until,
        instrument: context.instrument.clone(),
        recorded: None,
        verification: None,
        note: Bilingual::default(),
    };
    let mut history = vec![stretch("in_force", context.effective, None)];
    if context.published < context.effective {
        history.insert(0, stretch("scheduled", context.published, Some(context.effective.previous())));
    }
    let record = LawMeasure {
        id,
        instrument: context.instrument.clone(),
        name: Words::from(&context.short),
        recorded: context.recorded,
        clause: vec![LawClause {
            id: "1".to_owned(),
            at,
            effect: effect(rule.effect).to_owned(),
            lists: vec!["dual-use".to_owned()],
            destinations: vec![country],
            entries,
            when,
            verification: "official_text".to_owned(),
            text: Words { zh: piece.words.clone(), en: String::new() },
            history,
        }],
    };
    made.law = law::fragment("measure", &record);
    made.doubts = doubts;
    made
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Prohibit => "prohibit",
        Effect::PresumeDenial => "presume_denial",
        Effect::StricterReview => "stricter_review",
        Effect::Liability => "liability",
    }
}

/// The facts under which a rule applies; `None` where the book has no such fact, `Some(None)` where there are none.
#[expect(clippy::option_option, reason = "no condition and a condition that cannot be written are two things")]
fn condition(
    context: &Context<'_>,
    rule: &Rule,
    before: &[&Rule],
    doubts: &mut Vec<Bilingual>,
) -> Option<Option<Condition>> {
    let fact = |name: &str| {
        let property = PropertyId::new(name).filter(|p| context.book.properties.contains_key(p))?;
        Some(Condition::Is(Predicate::Fact { property, wanted: true }))
    };
    let named = |used: Use| {
        fact(match used {
            Use::Military => "military_end_use",
            Use::RaisesCapability => "raises_military_capability",
        })
    };
    let any = |uses: &[Use]| -> Option<Option<Condition>> {
        let mut parts: Vec<Condition> = uses.iter().map(|u| named(*u)).collect::<Option<_>>()?;
        Some(if parts.len() > 1 { Some(Condition::Any(parts)) } else { parts.pop() })
    };
    if rule.effect != Effect::Liability {
        return any(&rule.uses);
    }
    // 「违反上述规定」: the rules above it. Of several, only what they have in common can be said of all.
    let abroad = fact("chinese_origin_resold_abroad")?;
    let above = if let [one] = before {
        any(&one.uses)?
    } else {
        doubts.push(Bilingual::new(
            "“上述规定”不止一项，未限定用途，请核对",
            "“the above” is more than one rule: the use is left open, please compare",
        ));
        None
    };
    Some(Some(match above {
        Some(uses) => Condition::All(vec![abroad, uses]),
        None => abroad,
    }))
}

/// The entries whose words name the things; `None` where a thing is named that no entry names.
fn entries(context: &Context<'_>, rule: &Rule, doubts: &mut Vec<Bilingual>) -> Option<Vec<String>> {
    let Some(list) = context.book.list("dual-use").filter(|_| !rule.things.is_empty()) else {
        return rule.things.is_empty().then(Vec::new);
    };
    let mut codes: BTreeSet<String> = BTreeSet::new();
    let mut whole = true;
    for thing in &rule.things {
        let found: BTreeSet<String> = list
            .history
            .on(context.effective)
            .filter(|v| v.entry.points.iter().any(|p| p.text.zh.contains(thing.as_str())))
            .map(|v| v.entry.code.to_string())
            .collect();
        let shown = found.iter().cloned().collect::<Vec<_>>().join("、");
        if found.is_empty() {
            whole = false;
            doubts.push(Bilingual::new(
                format!("没有哪个管制编码的文字提到“{thing}”，范围不明，不能转写"),
                format!("no entry names {thing:?}: what it covers is not known, so nothing is written"),
            ));
        } else {
            doubts.push(Bilingual::new(
                format!("“{thing}”按文字对应 {shown}，请核对"),
                format!("{thing:?} is taken for {shown} by its words, please compare"),
            ));
        }
        codes.extend(found);
    }
    whole.then(|| codes.into_iter().collect())
}

/// The clause the book already holds of this act with the same effect on the same country.
fn recorded<'b>(context: &Context<'b>, rule: &Rule, country: &str) -> Option<&'b Clause> {
    let mine = context.book.measures.values().filter(|m| m.instrument.as_str() == context.instrument);
    let same = |effect_of: yumen_lawbook::measure::Effect| {
        use yumen_lawbook::measure::Effect as Held;
        matches!(
            (effect_of, rule.effect),
            (Held::Prohibit, Effect::Prohibit)
                | (Held::PresumeDenial, Effect::PresumeDenial)
                | (Held::StricterReview, Effect::StricterReview)
                | (Held::Liability, Effect::Liability)
        )
    };
    mine.flat_map(|m| &m.clause).find(|c| same(c.effect) && c.destinations.iter().any(|d| d == country))
}

fn told(held: &Clause, when: Option<&Condition>, entries: &[String]) -> Bilingual {
    let alike = held.when.as_ref() == when
        && held.entries.iter().collect::<BTreeSet<_>>() == entries.iter().collect::<BTreeSet<_>>();
    if alike {
        Bilingual::new("本库已按同样的条件记录这一条款", "the book already records the clause, on the same conditions")
    } else {
        Bilingual::new(
            format!("本库已记录这一条款，条件或者物项不同：{}", held.text.zh),
            format!("the book already records the clause, with other conditions or entries: {}", held.text.en),
        )
    }
}
