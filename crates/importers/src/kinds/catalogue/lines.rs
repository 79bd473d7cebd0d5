//! Catalogues in lines: labelled ones and those with numbered headings.

use winnow::Parser as _;
use winnow::combinator::{alt, opt};
use winnow::token::{one_of, take_while};
use yumen_lawbook::code::Code;
use yumen_lawbook::list::entry::Control;

use super::super::{Parts, Unread};
use super::entries::Entries;
use crate::flow::{Flow, Paragraph};
use crate::grammar::numbering::{self, Mark};
use crate::grammar::{Input, begins, codes};
use yumen_lawbook::Bilingual;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Code,
    Name,
    Points,
}

fn label(input: &mut Input<'_>) -> winnow::Result<Label> {
    let word = alt((
        alt(("条目编号", "技术编号", "编号", "编码")).value(Label::Code),
        alt(("技术名称", "条目名称", "名称")).value(Label::Name),
        alt(("控制要点", "技术控制要点", "管制要点")).value(Label::Points),
    ));
    (word, take_while(0..=1, ' '), one_of(['：', ':']), take_while(0..=2, ' ')).map(|(l, ..)| l).parse_next(input)
}

/// How entries begin: by their label, or by a heading with the code in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Labelled,
    Headed,
}

/// What most entries begin with.
pub(super) fn layout(flow: &Flow) -> Layout {
    let labelled = flow
        .paragraphs
        .iter()
        .filter(|p| matches!(begins(&p.text, label), Some((Label::Code | Label::Name, _))))
        .count();
    let headed = flow.paragraphs.iter().filter(|p| heading(&p.text).is_some()).count();
    if labelled > headed { Layout::Labelled } else { Layout::Headed }
}

/// `3．激光技术（编号：084301X）`, `084301X 激光技术`: name, code, whether points follow on the line.
fn heading(text: &str) -> Option<(String, Code)> {
    let from = match numbering::of(text) {
        Some((Mark::Digit(_) | Mark::Chinese(_) | Mark::InnerChinese(_) | Mark::InnerDigit(_), at)) => at,
        _ => 0,
    };
    let rest = &text[from..];
    if let Some((code, at)) = begins(rest, codes::catalogue) {
        let name = rest[at..].trim_start_matches([' ', '：', ':', '．', '.', '、', '-']).trim();
        return (!name.is_empty() && name.chars().count() <= 80 && !name.contains('。'))
            .then(|| (name.to_owned(), code));
    }
    for (open, _) in rest.char_indices().filter(|(_, c)| matches!(c, '（' | '(')) {
        let found = begins(&rest[open..], bracketed);
        if let Some((code, length)) = found {
            let name = rest[..open].trim();
            let tail = rest[open + length..].trim_matches(['：', ':', '。', ' ']);
            return (tail.is_empty() && !name.is_empty() && name.chars().count() <= 80)
                .then(|| (name.to_owned(), code));
        }
    }
    None
}

fn bracketed(input: &mut Input<'_>) -> winnow::Result<Code> {
    (one_of(['（', '(']), opt("编号"), take_while(0..=2, ['：', ':', ' ']), codes::catalogue, one_of(['）', ')']))
        .map(|(_, _, _, code, _)| code)
        .parse_next(input)
}

/// The part of the catalogue a heading announces.
pub(super) fn section(text: &str) -> Option<Control> {
    let short = text.chars().count() <= 24 && !text.contains('；') && !text.contains('。');
    let prohibited = text.contains("禁止出口") || text.contains("禁止类");
    let restricted = text.contains("限制出口") || text.contains("限制类");
    match (short, prohibited, restricted) {
        (true, true, false) => Some(Control::Prohibited),
        (true, false, true) => Some(Control::Restricted),
        _ => None,
    }
}

/// A heading of an industry division: `（一）畜牧业`, `畜牧业`.
fn division(text: &str) -> Option<String> {
    let (marked, at) = match numbering::of(text) {
        Some((Mark::Chinese(_) | Mark::InnerChinese(_), at)) => (true, at),
        Some(_) => return None,
        None => (false, 0),
    };
    let rest = text[at..].trim();
    let known_end = rest.ends_with('业') || rest.ends_with("服务") || rest.ends_with("制造") || rest.ends_with("医药");
    let plain = rest.chars().count() <= 40 && !rest.contains(['。', '；', '：', ':', '，']);
    (plain && !rest.is_empty() && (marked || known_end)).then(|| rest.to_owned())
}

/// Reads one paragraph outside tables.
pub(super) fn line(index: usize, paragraph: &Paragraph, layout: Layout, book: &mut Entries, parts: &mut Parts) {
    let text = paragraph.text.as_str();
    let place = paragraph.start();
    if text.starts_with('#') {
        return;
    }
    if let Some(control) = section(text) {
        book.close();
        (book.section, book.division) = (Some(control), String::new());
        parts.used.insert(index);
        return;
    }
    // Labels may also follow a serial number: 「3. 编号：…」.
    let from = match numbering::of(text) {
        Some((Mark::Digit(_), at)) if begins(&text[at..], label).is_some() => at,
        _ => 0,
    };
    if let Some((found, at)) = begins(&text[from..], label) {
        parts.used.insert(index);
        labelled(found, &text[from + at..], paragraph, book, parts);
        return;
    }
    if layout == Layout::Headed
        && let Some((name, code)) = heading(text)
    {
        parts.used.insert(index);
        let open = book.begin(place);
        (open.code, open.name, open.in_points) = (Some(code), name, true);
        open.words.push(paragraph.printed.clone());
        if paragraph.doubtful {
            open.doubts.push(Bilingual::new(
                "标题可能与前一行相连有误",
                "the heading may have been joined to the line before",
            ));
        }
        return;
    }
    if let Some(heading) = division(text)
        && !matches!(numbering::of(text), Some((Mark::Digit(_), _)))
        && (numbering::of(text).is_some() || book.open.as_ref().is_none_or(|o| !o.points.is_empty()))
    {
        book.close();
        book.division = heading;
        parts.used.insert(index);
        return;
    }
    match &mut book.open {
        Some(open) if open.in_points => {
            parts.used.insert(index);
            open.words.push(paragraph.printed.clone());
            open.add_points(text, place, paragraph);
        }
        // A name that runs on.
        Some(open) if !open.name.is_empty() => {
            parts.used.insert(index);
            open.words.push(paragraph.printed.clone());
            open.doubts.push(Bilingual::new("名称后有未标注的一行", "a line without a label follows the name"));
            open.add_points(text, place, paragraph);
        }
        Some(_) => parts.unread.push(Unread {
            place,
            words: paragraph.printed.clone(),
            why: Bilingual::new("条目内未标注的文字", "words without a label inside an entry"),
        }),
        // Points behind a heading that was not understood.
        None if matches!(numbering::of(text), Some((Mark::Digit(_) | Mark::InnerDigit(_) | Mark::Circled(_), _))) => {
            parts.unread.push(Unread {
                place,
                words: paragraph.printed.clone(),
                why: Bilingual::new("编号的文字不属于任何条目", "a numbered line that belongs to no entry"),
            });
        }
        None => {}
    }
}

fn labelled(found: Label, rest: &str, paragraph: &Paragraph, book: &mut Entries, parts: &mut Parts) {
    let place = paragraph.start();
    let held = |book: &Entries| book.open.as_ref().map(|o| (o.code.is_some(), !o.name.is_empty(), o.in_points));
    match found {
        Label::Code => {
            if held(book).is_none_or(|(code, _, points)| code || points) {
                book.begin(place);
            }
            let open = book.current(place);
            open.words.push(paragraph.printed.clone());
            match begins(rest, codes::catalogue) {
                Some((code, at)) => {
                    open.code = Some(code);
                    // 「编号：084301X 技术名称：激光技术」 on one line.
                    let tail = rest[at..].trim_start_matches([' ', '，', '；', ';']);
                    if let Some((next, length)) = begins(tail, label) {
                        labelled(next, &tail[length..], paragraph, book, parts);
                    } else if !tail.is_empty() {
                        open.doubts.push(Bilingual::new(
                            format!("编号后有其他文字：{tail}"),
                            format!("other words follow the code: {tail}"),
                        ));
                    }
                }
                None => parts.unread.push(Unread {
                    place,
                    words: paragraph.printed.clone(),
                    why: Bilingual::new("编号无法识别", "the code cannot be read"),
                }),
            }
        }
        Label::Name => {
            if held(book).is_none_or(|(_, name, points)| name || points) {
                book.begin(place);
            }
            let open = book.current(place);
            open.words.push(paragraph.printed.clone());
            let (name, tail) =
                rest.split_once("控制要点：").or_else(|| rest.split_once("控制要点:")).unwrap_or((rest, ""));
            name.trim().clone_into(&mut open.name);
            if !tail.is_empty() {
                open.in_points = true;
                open.add_points(tail, place, paragraph);
            }
        }
        Label::Points => {
            let open = book.current(place);
            open.words.push(paragraph.printed.clone());
            if open.in_points && !open.points.is_empty() {
                open.doubts.push(Bilingual::new(
                    "出现两次“控制要点”：可能漏了一个条目的编号或名称",
                    "control points begin twice: the code or name of another entry may be missing",
                ));
            }
            open.in_points = true;
            open.add_points(rest, place, paragraph);
        }
    }
}
