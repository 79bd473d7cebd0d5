//! A screening result as a page.

use yumen_lawbook::Lang;
use yumen_screen::decision::{Bearing, Verdict};
use yumen_screen::{Band, Explanation, Outcome};

use super::out::Page;
use crate::commands::screen::{Found, Screened};

/// Writes the page.
pub fn write(page: &mut Page, screened: &Screened) {
    let (asked, as_of, against, hits, suppressed, warnings) = screened.parts();
    let line = format!("{}  {}", asked.name.chars().take(200).collect::<String>(), as_of);
    page.line(&line);
    for hit in hits {
        one(page, hit);
    }
    if hits.is_empty() && suppressed > 0 {
        let line = match page.lang {
            Lang::Zh => {
                format!("所查名单中达到阈值的 {} 条命中均已判定为他人。这不等于交易不受限制。", screened.total())
            }
            Lang::En => format!(
                "{} on these lists reach the threshold; all of them shown were decided to be somebody else. That does not mean the transaction is free.",
                screened.total()
            ),
        };
        page.gap();
        page.paragraph(&line);
    } else if hits.is_empty() {
        page.gap();
        page.paragraph(
            page.pick(
                "所查名单中未见达到阈值的名称。这不等于交易不受限制。",
                "No name on these lists reaches the threshold. That does not mean the transaction is free.",
            )
            .to_owned()
            .as_str(),
        );
    }
    let shown = hits.len() + suppressed;
    if screened.total() > shown {
        let total = screened.total();
        let line = match page.lang {
            Lang::Zh => format!("达到阈值的共 {total} 条，以上为得分最高的 {shown} 条（--most 可列出更多）。"),
            Lang::En => format!("{shown} of {total} that reach the threshold, the best first; --most tells more."),
        };
        page.gap();
        page.paragraph(&line);
    }
    if suppressed > 0 && !hits.is_empty() {
        let line = match page.lang {
            Lang::Zh => format!("另有 {suppressed} 条命中已判定为他人，未列出。"),
            Lang::En => format!("{suppressed} more were decided to be somebody else and are not shown."),
        };
        page.gap();
        page.paragraph(&line);
    }
    let flags = screened.flags();
    if flags.lookalike {
        page.paragraph(
            page.pick(
                "注意：名称中混有形近的其他文字字母。",
                "Note: the name holds letters of another script that look alike.",
            )
            .to_owned()
            .as_str(),
        );
    }
    if flags.hidden {
        page.paragraph(
            page.pick("注意：名称中有不可见字符。", "Note: the name holds invisible characters.").to_owned().as_str(),
        );
    }
    if flags.cut {
        page.paragraph(
            page.pick(
                "注意：名称过长，只比对了前一部分。",
                "Note: the name is too long; only its beginning was compared.",
            )
            .to_owned()
            .as_str(),
        );
    }
    page.head("所查名单", "Lists");
    let rows: Vec<Vec<String>> = against
        .iter()
        .map(|a| {
            let read = a.imported.map_or_else(String::new, |d| d.to_string());
            vec![a.list.clone(), a.entities.to_string(), a.snapshot.chars().take(12).collect(), read]
        })
        .collect();
    let head = [
        page.pick("名单", "List"),
        page.pick("主体", "Parties"),
        page.pick("快照", "Snapshot"),
        page.pick("导入", "Read"),
    ];
    page.table(&head, &rows);
    for warning in warnings {
        let text = page.say(warning).to_owned();
        page.item("!", &text);
    }
}

fn one(page: &mut Page, hit: &Found) {
    let (mark, word) = match hit.band {
        Band::Block => ("■", page.pick("阻止", "block")),
        Band::Review => ("◧", page.pick("复核", "review")),
        Band::Alert => ("?", page.pick("提示", "alert")),
        Band::None => ("◌", page.pick("低于阈值", "below")),
    };
    page.gap();
    let part = match &hit.part {
        Some(part) => format!(" · {} ({})", page.say(part), hit.source.trim_start_matches("US/")),
        None if hit.source.is_empty() => String::new(),
        None => format!(" · {}", hit.source),
    };
    let line = format!("{mark} {:.3} {word}  {}  [{}{part} {}]", hit.score, hit.name, hit.list, hit.id);
    page.wrapped("", "    ", &line);
    let others: Vec<&str> = hit.names.iter().filter(|n| **n != hit.name).take(4).map(String::as_str).collect();
    if !others.is_empty() {
        page.wrapped("    ", "    ", &others.join(" · "));
    }
    if let Some(law) = &hit.law {
        let text = format!("{}: {} [{}]", page.say(&law.list_name), page.say(&law.standing), page.say(&law.cite));
        page.wrapped("    ", "    ", &text);
        let effect = page.say(&law.effect).to_owned();
        page.wrapped("    ", "    ", &effect);
    } else if !hit.remark.is_empty() {
        page.wrapped("    ", "    ", &hit.remark);
    }
    for qualifier in &hit.qualifiers {
        let sign = match qualifier.outcome {
            Outcome::Agrees => "=",
            Outcome::Compatible => "≈",
            Outcome::Differs => "≠",
        };
        let field = format!("{:?}", qualifier.field).to_lowercase();
        let line = format!("{field}: {} {sign} {} ({:+.2})", qualifier.asked, qualifier.listed, qualifier.change);
        page.wrapped("    ", "    ", &line);
    }
    match &hit.decision {
        Some(Bearing::Holds(d)) => {
            let line = format!("{} {} — {}", d.day, verdict(page, d.verdict), d.reason);
            page.wrapped("    ", "    ", &line);
        }
        Some(Bearing::Outdated { decision, changed }) => {
            let line = format!(
                "{} {} — {} ({}: {})",
                decision.day,
                verdict(page, decision.verdict),
                decision.reason,
                page.pick("须重新判定，已变", "decide again; changed"),
                changed.join(", ")
            );
            page.wrapped("    ", "    ", &line);
        }
        None => {}
    }
    if let Some(why) = &hit.explanation {
        explained(page, why);
    }
}

fn verdict(page: &Page, verdict: Verdict) -> &str {
    match verdict {
        Verdict::True => page.pick("是同一主体", "the same party"),
        Verdict::False => page.pick("是他人", "somebody else"),
        Verdict::Undecided => page.pick("未能判定", "undecided"),
    }
}

fn explained(page: &mut Page, why: &Explanation) {
    let rows: Vec<Vec<String>> = why
        .met
        .iter()
        .map(|m| {
            vec![
                m.asked.clone(),
                m.listed.clone(),
                format!("{:.2}", m.likeness),
                format!("{:?}", m.by).to_lowercase(),
                format!("{:?}", m.role).to_lowercase(),
                format!("{:.2}", m.weight),
            ]
        })
        .collect();
    let head = [
        page.pick("所问", "asked"),
        page.pick("所列", "listed"),
        page.pick("相似", "alike"),
        page.pick("依据", "by"),
        page.pick("作用", "role"),
        page.pick("权重", "weight"),
    ];
    page.table(&head, &rows);
    for (label, left) in [
        (page.pick("仅所问有", "only asked"), &why.asked_alone),
        (page.pick("仅所列有", "only listed"), &why.listed_alone),
    ]
    .map(|(l, w)| (l.to_owned(), w))
    {
        if !left.is_empty() {
            let words: Vec<String> =
                left.iter().map(|l| format!("{} ({:?} {:.2})", l.word, l.role, l.weight).to_lowercase()).collect();
            page.wrapped("    ", "      ", &format!("{label}: {}", words.join(", ")));
        }
    }
    let mut notes = Vec::new();
    if why.score.place_differs {
        notes.push(page.pick("地名不同", "the places differ"));
    }
    if why.score.number_differs {
        notes.push(page.pick("数字不同", "the numbers differ"));
    }
    if why.score.generic {
        notes.push(page.pick("只有通用词相同", "only generic words met"));
    }
    if why.score.begins {
        notes.push(page.pick("所问的唯一专名为所列名称之首", "the listed name begins with the only own word asked"));
    }
    if why.score.across {
        notes.push(page.pick("各词分见于其数个名称", "its words stand in several names of the party"));
    }
    if !notes.is_empty() {
        let line = notes.join("; ");
        page.wrapped("    ", "    ", &line);
    }
}
