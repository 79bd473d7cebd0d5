//! The official text beside what the book recorded: what agrees keeps its parameters, what differs wins and keeps the old reading.

use yumen_assess::{Engine, fold};
use yumen_lawbook::Bilingual;
use yumen_lawbook::list::entry::{AnyOf, Children, Point, Superseded};

use super::Difference;
use super::law::{LawPoint, Words};
use crate::kinds::PointRead;
use crate::{plausible, typed};

/// Words without what printing changes: width, script, blanks, punctuation.
pub(super) fn key(text: &str) -> String {
    fold(text).lower.into_iter().filter(|c| c.is_alphanumeric() || "<>=+%".contains(*c)).collect()
}

/// A concept alternative as files write it.
pub(super) fn any_of(concepts: &[yumen_lawbook::id::ConceptId]) -> Option<AnyOf> {
    let written = concepts.iter().map(|c| format!("{:?}", c.as_str())).collect::<Vec<_>>().join(",");
    serde_json::from_str(&format!("[{written}]")).ok()
}

/// What the comparison tells beside the point itself.
#[derive(Default)]
pub(super) struct Told {
    pub eyes: Vec<Bilingual>,
    pub differs: Vec<Difference>,
}

/// The old reading, to be kept.
fn old(point: &Point) -> Superseded {
    Superseded {
        code: None,
        text: point.text.clone(),
        when: point.when.clone(),
        verification: point.verification.unwrap_or_default(),
        source: point.source.clone(),
    }
}

/// What a point is among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A thing of its own.
    Item,
    /// A heading over others: what is controlled stands below it.
    Heading,
    /// A condition of the point above.
    Condition,
}

/// What a point is among those it stands with. `above` is how the points of the first level belong together.
pub(super) fn role(all: &[PointRead], point: &PointRead, above: Children) -> Role {
    let has_below =
        all.iter().any(|p| yumen_lawbook::list::entry::parent(&p.path) == point.path && p.path != point.path);
    let mut at = point.path.as_str();
    while let Some((up, _)) = at.rsplit_once('.') {
        if all.iter().any(|p| p.path == up && p.children != Children::Items) {
            return Role::Condition;
        }
        at = up;
    }
    if above != Children::Items {
        Role::Condition
    } else if has_below && point.children == Children::Items {
        // A point whose children are its conditions is a thing itself.
        Role::Heading
    } else {
        Role::Item
    }
}

/// A point as read, with what the book knows of it.
pub(super) fn point(
    engine: &Engine,
    read: &PointRead,
    held: Option<&Point>,
    source: &str,
    role: Role,
    told: &mut Told,
) -> LawPoint {
    if let (true, Some(held)) = (read.ours, held) {
        // Neither the notice nor we say anything new of a level that is not printed.
        return LawPoint { verification: None, ..LawPoint::from(held) };
    }
    let mut law = LawPoint {
        path: read.path.clone(),
        text: Words { zh: read.text.clone(), en: String::new() },
        children: read.children,
        hs: read.hs.clone(),
        reserved: read.reserved,
        note: Bilingual::new(read.note.clone(), ""),
        source: vec![source.to_owned()],
        place: read.place.to_string(),
        ..LawPoint::default()
    };
    if read.reserved {
        return law;
    }
    let name = |eye: Bilingual| {
        let at = if read.path.is_empty() { "标题" } else { read.path.as_str() };
        let en = if read.path.is_empty() { "heading" } else { read.path.as_str() };
        Bilingual::new(format!("{at}：{}", eye.zh), format!("{en}: {}", eye.en))
    };
    if read.ours {
        law.note = Bilingual::new(
            "公告没有本级标题，取自所在部分。",
            "The notice gives this level no heading; this one is that of its part.",
        );
        return law;
    }
    let typed = typed::read(engine, &read.text, role == Role::Item);
    // A figure that was changed and still reads well cannot be told from the document alone.
    if held.is_none_or(|h| key(&read.text) != key(&h.text.zh)) {
        told.eyes.extend(plausible::figures(&read.text).map(name));
    }
    let Some(held) = held else {
        law.when = typed.when;
        law.class = typed.class.iter().filter_map(|c| any_of(c)).collect();
        law.contains = typed.contains;
        law.concerns = typed.concerns;
        told.eyes.extend(typed.eyes.into_iter().map(name));
        return law;
    };
    law.superseded.clone_from(&held.superseded);
    if held.children != Children::Items {
        law.children = held.children;
    }
    if law.hs.is_empty() {
        law.hs.clone_from(&held.hs);
    }
    if law.note.zh.is_empty() {
        law.note.clone_from(&held.note);
    } else {
        law.note.en.clone_from(&held.note.en);
    }
    if key(&read.text) == key(&held.text.zh) {
        same_words(&mut law, held);
        if held.when.is_none() && typed.when.is_some() && held.is_described() {
            law.when = typed.when;
        }
        if !held.is_described() {
            law.class = typed.class.iter().filter_map(|c| any_of(c)).collect();
            told.eyes.extend(typed.eyes.into_iter().map(name));
        }
        return law;
    }
    law.superseded.push(old(held));
    let mut eyes = other_words(&mut law, held, &typed);
    eyes.extend(typed.eyes);
    told.eyes.extend(eyes.into_iter().map(name));
    told.differs.push(Difference {
        point: read.path.clone(),
        book: if held.text.zh.is_empty() { held.text.en.clone() } else { held.text.zh.clone() },
        verification: held.verification.unwrap_or_default().as_str().to_owned(),
        text: read.text.clone(),
    });
    law
}

/// What the hand-written law adds to the same words stays: translation, class, facts, derived limits.
fn same_words(law: &mut LawPoint, held: &Point) {
    law.text.en.clone_from(&held.text.en);
    law.class.clone_from(&held.class);
    law.contains.clone_from(&held.contains);
    law.implied.clone_from(&held.implied);
    law.concerns.clone_from(&held.concerns);
    law.covers.clone_from(&held.covers);
    law.when.clone_from(&held.when);
}

/// Other words are another text: what was said of the old ones in English and in typed form is not said of these. Tells what was dropped.
fn other_words(law: &mut LawPoint, held: &Point, typed: &typed::Typed) -> Vec<Bilingual> {
    law.class = typed.class.iter().filter_map(|c| any_of(c)).collect();
    law.contains.clone_from(&typed.contains);
    law.concerns.clone_from(&typed.concerns);
    law.when.clone_from(&typed.when);
    let mut eyes = Vec::new();
    let dropped: Vec<(&str, &str)> = [
        (!held.text.en.is_empty(), ("英文", "the English")),
        (!held.class.is_empty(), ("class", "class")),
        (!held.contains.is_empty(), ("contains", "contains")),
        (!held.implied.is_empty(), ("implied", "implied")),
        (!held.concerns.is_empty(), ("concerns", "concerns")),
        (!held.covers.is_empty(), ("covers", "covers")),
    ]
    .into_iter()
    .filter_map(|(was, what)| was.then_some(what))
    .collect();
    if !dropped.is_empty() {
        let zh = dropped.iter().map(|l| l.0).collect::<Vec<_>>().join("、");
        let en = dropped.iter().map(|l| l.1).collect::<Vec<_>>().join(", ");
        eyes.push(Bilingual::new(
            format!("文字不同，原记录的{zh}不再沿用，请翻译并补充"),
            format!("the words differ, so these of the recorded reading were left out: {en}; translate the new words and complete them"),
        ));
    }
    let limits = |when: &Option<yumen_lawbook::predicate::Condition>| {
        when.iter()
            .flat_map(|w| w.predicates().into_iter().map(ToString::to_string).collect::<Vec<_>>())
            .collect::<Vec<_>>()
    };
    let (was, is) = (limits(&held.when), limits(&law.when));
    if was != is {
        eyes.push(Bilingual::new(
            format!("参数：原记录 {}，按官方文字 {}", was.join("；"), is.join("；")),
            format!("parameters: recorded {}, by the official words {}", was.join("; "), is.join("; ")),
        ));
    }
    eyes
}

/// Points the book recorded that the official text does not show under any path: kept as superseded readings of the heading.
pub(super) fn gone<'p>(held: impl Iterator<Item = &'p Point>, used: &[&str], told: &mut Told) -> Vec<Superseded> {
    held.filter(|p| !p.path.is_empty() && !used.contains(&p.path.as_str()))
        .map(|p| {
            let text = if p.text.zh.is_empty() { &p.text.en } else { &p.text.zh };
            told.differs.push(Difference {
                point: p.path.clone(),
                book: text.clone(),
                verification: p.verification.unwrap_or_default().as_str().to_owned(),
                text: String::new(),
            });
            let mut kept = old(p);
            let mark = |t: &str| if t.is_empty() { String::new() } else { format!("[{}] {t}", p.path) };
            kept.text = Bilingual::new(mark(&kept.text.zh), mark(&kept.text.en));
            kept
        })
        .collect()
}
