//! `yumen procedure`, `yumen penalty`: workflows and what it costs to skip them.

use rust_decimal::Decimal;
use serde::Serialize;
use yumen_lawbook::penalty::{FineRange, Gravity, Penalty as Rule, PenaltyBase};
use yumen_lawbook::procedure::{Procedure as Workflow, Transition};
use yumen_lawbook::{Bilingual, Day};

use crate::cli::{Penalty, Procedure};
use crate::context::{Context, day_or_today};
use crate::failure::Failure;
use crate::show::out::Page;

/// Runs `procedure`.
pub fn run(context: &Context, command: &Procedure) -> Result<String, Failure> {
    match command {
        Procedure::List { day } => Ok(list(context, day_or_today(day.as_of))),
        Procedure::Show { id, mermaid, day } => show(context, id, *mermaid, day_or_today(day.as_of)),
    }
}

fn list(context: &Context, day: Day) -> String {
    #[derive(Serialize)]
    struct Line<'a> {
        id: &'a str,
        name: &'a Bilingual,
        purpose: &'a Bilingual,
        applies: bool,
        states: usize,
        steps: usize,
    }
    let lines: Vec<Line<'_>> = context
        .book
        .procedures
        .values()
        .map(|p| Line {
            id: p.id.as_str(),
            name: &p.name,
            purpose: &p.purpose,
            applies: p.applies(day),
            states: p.state.len(),
            steps: p.transition.len(),
        })
        .collect();
    context.print(&lines, |page| {
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|l| {
                let applies = if l.applies { "" } else { page.pick("（该日不适用）", " (not on that day)") };
                vec![l.id.to_owned(), format!("{}{applies}", page.say(l.name)), page.say(l.purpose).to_owned()]
            })
            .collect();
        let head = ["", page.pick("程序", "Procedure"), page.pick("用途", "For")];
        page.table(&head, &rows);
    })
}

fn show(context: &Context, id: &str, mermaid: bool, day: Day) -> Result<String, Failure> {
    let found = context.book.procedures.get(id.to_lowercase().as_str()).ok_or_else(|| {
        let names: Vec<&str> = context.book.procedures.keys().map(yumen_lawbook::id::ProcedureId::as_str).collect();
        let id: String = id.chars().take(40).collect();
        Failure::usage(
            "unknown_procedure",
            format!("没有程序 {id}；现有：{}。", names.join(", ")),
            format!("There is no procedure {id}; there are: {}.", names.join(", ")),
        )
    })?;
    if mermaid {
        return Ok(found.mermaid(context.lang));
    }
    Ok(context.print(found, |page| write(page, context, found, day)))
}

fn write(page: &mut Page, context: &Context, workflow: &Workflow, day: Day) {
    let title = format!("{}  {}", workflow.id, page.say(&workflow.name));
    page.head(&title, &title);
    let purpose = page.say(&workflow.purpose).to_owned();
    page.paragraph(&purpose);
    let cite = |page: &Page, citations: &[yumen_lawbook::instrument::Citation]| {
        let cites: Vec<Bilingual> = citations.iter().map(|c| context.book.cite(c, day)).collect();
        cites.iter().map(|c| page.say(c).to_owned()).collect::<Vec<_>>().join(page.pick("；", "; "))
    };
    let basis = format!("{} · {}", cite(page, &workflow.basis), page.say(&workflow.verification.label()));
    page.paragraph(&basis);
    if !workflow.note.is_empty() {
        let note = page.say(&workflow.note).to_owned();
        page.paragraph(&note);
    }
    page.head("步骤", "Steps");
    for (number, step) in workflow.transition.iter().filter(|t| t.main).enumerate() {
        step_lines(page, workflow, step, &format!("{}.", number + 1), &cite(page, &step.basis));
    }
    let others: Vec<&Transition> = workflow.transition.iter().filter(|t| !t.main).collect();
    if !others.is_empty() {
        page.head("其他可能", "What else can happen");
        for step in others {
            step_lines(page, workflow, step, "·", &cite(page, &step.basis));
        }
    }
    if !workflow.paper.is_empty() {
        page.head("文书", "Papers");
        for paper in &workflow.paper {
            let kind = if paper.issued {
                page.pick("（签发）", " (issued)")
            } else if paper.conditional {
                page.pick("（视情况）", " (in some cases)")
            } else {
                ""
            };
            let text = format!("{}{kind} {}", page.say(&paper.name), page.say(&paper.note));
            page.item("·", text.trim());
        }
    }
    if !workflow.clock.is_empty() {
        page.head("期限", "Clocks");
        for running in &workflow.clock {
            if let Some(timer) = context.book.timers.get(&running.timer) {
                let text = format!(
                    "{}: {} [{}]",
                    page.say(&timer.name),
                    page.say(&yumen_assess::in_words(timer)),
                    cite(page, &timer.basis)
                );
                page.item("·", &text);
            }
        }
    }
    if !workflow.pitfall.is_empty() {
        page.head("容易出错之处", "What goes wrong");
        for pitfall in &workflow.pitfall {
            let text = format!("{} [{}]", page.say(&pitfall.text), cite(page, &pitfall.basis));
            page.item("·", &text);
        }
    }
    page.head("状态图（Mermaid）", "Diagram (Mermaid)");
    let diagram = workflow.mermaid(page.lang);
    diagram.lines().for_each(|l| page.line(&format!("  {l}")));
}

fn step_lines(page: &mut Page, workflow: &Workflow, step: &Transition, mark: &str, cite: &str) {
    let state = |id: &String| workflow.state(id).map_or_else(|| id.clone(), |s| page.say(&s.name).to_owned());
    let from: Vec<String> = step.from.iter().map(state).collect();
    let to = state(&step.to);
    let who = workflow.role(&step.role).map_or_else(String::new, |r| page.say(&r.name).to_owned());
    let text = format!("{} — {who}: {} → {to} [{cite}]", page.say(&step.name), from.join(" / "));
    page.item(mark, &text);
    if !step.note.is_empty() {
        let note = page.say(&step.note).to_owned();
        page.wrapped("      ", "      ", &note);
    }
}

#[derive(Serialize)]
struct Costed<'a> {
    penalty: &'a Rule,
    turnover: Option<Decimal>,
    gains: Option<Decimal>,
    fine: Option<FineRange>,
    serious_fine: Option<FineRange>,
    applies: bool,
}

/// Runs `penalty`.
pub fn penalty(context: &Context, args: &Penalty) -> Result<String, Failure> {
    let amount = |name: &'static str, text: &Option<String>| -> Result<Option<Decimal>, Failure> {
        text.as_ref()
            .map(|t| {
                let plain = t.replace([',', '_', ' '], "");
                plain.parse::<Decimal>().ok().filter(|d| !d.is_sign_negative()).ok_or_else(|| {
                    let t: String = t.chars().take(40).collect();
                    Failure::usage(
                        "bad_amount",
                        format!("--{name} 的“{t}”不是金额：写作人民币元，例如 600000。"),
                        format!("{t:?} for --{name} is no amount: write CNY, for example 600000."),
                    )
                })
            })
            .transpose()
    };
    let (turnover, gains) = (amount("turnover", &args.turnover)?, amount("gains", &args.gains)?);
    let day = day_or_today(args.day.as_of);
    let rules: Vec<&Rule> = match &args.conduct {
        Some(id) => {
            let found = context.book.penalties.iter().find(|p| p.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
                let names: Vec<&str> = context.book.penalties.iter().map(|p| p.id.as_str()).collect();
                let id: String = id.chars().take(40).collect();
                Failure::usage(
                    "unknown_conduct",
                    format!("没有罚则 {id}；现有：{}。", names.join(", ")),
                    format!("There is no penalty {id}; there are: {}.", names.join(", ")),
                )
            })?;
            vec![found]
        }
        None => context.book.penalties.iter().collect(),
    };
    let costed: Vec<Costed<'_>> = rules.into_iter().map(|rule| cost(rule, turnover, gains, day)).collect();
    let detailed = args.conduct.is_some();
    Ok(context.print(&costed, |page| costs(page, context, &costed, day, detailed)))
}

fn cost(rule: &Rule, turnover: Option<Decimal>, gains: Option<Decimal>, day: Day) -> Costed<'_> {
    let base = |fine: &yumen_lawbook::penalty::Fine| match fine.base {
        Some(PenaltyBase::Gains) => gains,
        _ => turnover,
    };
    Costed {
        penalty: rule,
        turnover,
        gains,
        fine: rule.fine.as_ref().and_then(|f| f.range(base(f))),
        serious_fine: rule.serious_fine.as_ref().and_then(|f| f.range(base(f))),
        applies: rule.from.is_none_or(|f| f <= day) && rule.until.is_none_or(|u| day <= u),
    }
}

fn costs(page: &mut Page, context: &Context, costed: &[Costed<'_>], day: Day, detailed: bool) {
    for cost in costed {
        let rule = cost.penalty;
        let basis: Vec<Bilingual> = rule.basis.iter().map(|c| context.book.cite(c, day)).collect();
        let basis: Vec<&str> = basis.iter().map(|c| page.say(c)).collect();
        let title = format!("{}  {}  [{}]", rule.id, page.say(&rule.conduct), basis.join(page.pick("；", "; ")));
        page.item("·", &title);
        if !cost.applies {
            let text = page.pick("该日不适用。", "Does not apply on that day.").to_owned();
            page.wrapped("      ", "      ", &text);
        }
        for (gravity, fine, range) in
            [(Gravity::Any, &rule.fine, &cost.fine), (Gravity::Serious, &rule.serious_fine, &cost.serious_fine)]
        {
            if let (Some(fine), Some(range)) = (fine, range) {
                let label = page.say(&fine.label(gravity)).to_owned();
                let how = if range.by_multiple {
                    page.pick("按倍数", "by the multiple")
                } else {
                    page.pick("固定幅度", "fixed amounts")
                };
                let text = format!("{label}: CNY {} – {} ({how})", grouped(range.least), grouped(range.greatest));
                page.wrapped("      ", "      ", &text);
            }
        }
        if let (Some(fine), None) = (&rule.fine, &cost.fine)
            && let Some(base) = fine.base
        {
            let text = format!("{} {}", page.pick("需要给出：", "Needs:"), page.say(&base.label()));
            page.wrapped("      ", "      ", &text);
        }
        if detailed {
            for consequence in rule.consequences() {
                let text = page.say(&consequence).to_owned();
                page.wrapped("      – ", "        ", &text);
            }
            if !rule.note.is_empty() {
                let note = page.say(&rule.note).to_owned();
                page.wrapped("      ", "      ", &note);
            }
        }
    }
}

/// 1500000 as 1,500,000.
fn grouped(amount: Decimal) -> String {
    let text = amount.normalize().to_string();
    let (whole, part) = text.split_once('.').map_or((text.as_str(), None), |(w, p)| (w, Some(p)));
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |p| format!("{out}.{p}"))
}
