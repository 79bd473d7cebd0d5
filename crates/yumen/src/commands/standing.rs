//! The effect of a Chinese listing in words that fit the day: what is suspended or ended is not told in the present.

use yumen_assess::answer::PartyFinding;
use yumen_lawbook::{AsOf, Bilingual, Book, Day};

/// Puts the effect of a listing that does not hold on the day into the past, with the day since when.
pub fn tell_effect(book: &Book, found: &mut PartyFinding, as_of: AsOf) {
    found.effect = effect(found, since(book, found, as_of));
}

/// The effect in words that fit the day.
pub fn effect(found: &PartyFinding, since: Option<Day>) -> Bilingual {
    if found.status == "in_force" || found.effect.is_empty() {
        return found.effect.clone();
    }
    let (zh_since, en_since) = since.map_or_else(Default::default, |d| (format!("自 {d} 起"), format!(" since {d}")));
    let (verb_zh, verb_en) = ("原效力", "Had the effect");
    let (verb_zh, zh, verb_en, en) = match found.status.as_str() {
        "suspended" => (verb_zh, format!("{zh_since}暂停实施"), verb_en, format!("suspended{en_since}")),
        "lapsed_unconfirmed" => (
            verb_zh,
            format!("{zh_since}暂停期满，是否恢复未见确认"),
            verb_en,
            format!("its suspension over{en_since} and its standing unconfirmed"),
        ),
        "scheduled" => ("效力将为", "尚未施行".to_owned(), "Will have the effect", "not yet in force".to_owned()),
        _ => (verb_zh, format!("{zh_since}停止"), verb_en, format!("ended{en_since}")),
    };
    let Bilingual { zh: said_zh, en: said_en } = &found.effect;
    Bilingual::new(format!("{verb_zh}（{zh}）：{said_zh}"), format!("{verb_en} ({en}): {said_en}"))
}

/// Since when the listing stands as it does.
fn since(book: &Book, found: &PartyFinding, as_of: AsOf) -> Option<Day> {
    let of =
        |l: &&yumen_lawbook::party::Listing| l.instrument.as_str() == found.instrument && l.list.as_str() == found.list;
    book.listings.iter().filter(of).find_map(|listing| {
        let party = listing.party.iter().find(|p| p.no == found.no)?;
        let stretch = book.clause(party.measure.as_ref().unwrap_or(&listing.measure))?.stretch(as_of)?;
        (stretch.status.as_str() == found.status).then_some(stretch.from)
    })
}
