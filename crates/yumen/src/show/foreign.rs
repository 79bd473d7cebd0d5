//! What lists of other regimes hold, for people.

use yumen_assess::Truth;
use yumen_foreign::answer::{ForeignAnswer, ForeignCandidate};
use yumen_foreign::list::Entry;

use super::out::Page;
use super::paint::{SOFT, in_style, truth};

/// How many entries a check shows of each regime.
pub const SHOWN: usize = 3;

/// Longest piece of foreign text that a check shows.
const LONGEST: usize = 220;

/// Writes one part per regime.
pub fn write(page: &mut Page, answers: &[ForeignAnswer], most: usize) {
    for answer in answers {
        page.gap();
        let name = page.say(&answer.name).to_owned();
        let head = page.pick("另一法域，仅供对照：", "Another regime, to compare: ").to_owned();
        page.line(&format!("{head}{name} ({})", answer.citation));
        if answer.candidates.is_empty() {
            let none = page.pick("没有条目与所述文字相符。", "No entry meets the words given.").to_owned();
            page.wrapped("  ", "  ", &none);
        }
        for candidate in answer.candidates.iter().take(most) {
            one(page, candidate);
        }
        if let Some(residual) = &answer.residual {
            let line = page
                .pick(
                    &format!("均不符合时为 {residual}；本程序不作此判断。"),
                    &format!("What none of the entries holds is {residual}; that is not judged here."),
                )
                .to_owned();
            page.wrapped("  ", "  ", &line);
        }
        let scope = page.say(&answer.scope).to_owned();
        page.wrapped("  ", "  ", &in_style(SOFT, &scope));
    }
}

fn one(page: &mut Page, candidate: &ForeignCandidate) {
    let heading: String = shortened(&candidate.heading);
    page.wrapped("  · ", "    ", &format!("{} {heading}", candidate.full_code()));
    if !candidate.words.is_empty() {
        page.wrapped("    ", "    ", &format!("“{}”", shortened(&candidate.words)));
    }
    for test in &candidate.tested {
        let property = page.say(&test.property).to_owned();
        let said = match test.result {
            Truth::Met => page.pick("符合", "met"),
            Truth::NotMet => page.pick("不符合", "not met"),
            Truth::NotStated => page.pick("不能确定", "open"),
        }
        .to_owned();
        page.wrapped(
            "    ",
            "      ",
            &format!("{} {property}: {} / {} {said}", truth(test.result), test.stated, test.limit),
        );
    }
    if candidate.counterpart {
        let line = page
            .pick(
                "中国两用物项清单有同号条目；范围可能不同。",
                "The Chinese dual-use list has an entry of this number; its scope may differ.",
            )
            .to_owned();
        page.wrapped("    ", "    ", &in_style(SOFT, &line));
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() { format!("{short} …") } else { short }
}

/// The tree of an entry.
pub fn entry(page: &mut Page, entry: &Entry) {
    page.wrapped("", "  ", &format!("{} {}", entry.code, entry.heading));
    for control in &entry.controls {
        page.wrapped("  ", "    ", &in_style(SOFT, &format!("{}: {}", control.scope, control.column)));
    }
    notes(page, entry, "", "  ");
    for paragraph in &entry.paragraphs {
        let depth = paragraph.path.matches('.').count();
        let indent = "  ".repeat(depth + 1);
        page.wrapped(&indent, &format!("{indent}  "), &format!("{}  {}", paragraph.path, paragraph.words));
        notes(page, entry, &paragraph.path, &format!("{indent}  "));
    }
}

fn notes(page: &mut Page, entry: &Entry, path: &str, indent: &str) {
    for note in entry.notes.iter().filter(|n| n.after == path) {
        page.wrapped(indent, indent, &in_style(SOFT, &note.words));
    }
}
