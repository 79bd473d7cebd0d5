//! Every party of the Chinese notices, by every name, on the days that matter.

use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::party::PartyList;
use yumen_lawbook::{AsOf, Book};
use yumen_screen::{ALERT, Query, Screen, chinese};

#[test]
fn every_party_is_found_the_day_after_and_absent_the_day_before() {
    let book = Book::embedded().unwrap();
    let (mut notices, mut asked) = (0, 0);
    for listing in book.listings.iter().filter(|l| matches!(l.list, PartyList::Control | PartyList::Watch)) {
        notices += 1;
        let of = |day| Screen::build(chinese::entities(&book, listing.list, AsOf::on(day)));
        let (before, after) = (of(listing.effective.previous()), of(listing.effective.next()));
        for party in &listing.party {
            let id = chinese::id(listing, party);
            for name in [&party.zh, &party.en].into_iter().filter(|n| !n.is_empty()) {
                asked += 1;
                let found = |screen: &Screen| {
                    let hits = screen.search(&Query::named(name), ALERT, 25);
                    hits.iter().any(|h| screen.entities()[h.entity as usize].id == id)
                };
                assert!(found(&after), "{name} ({id}) the day after listing");
                assert!(!found(&before), "{name} ({id}) the day before listing");
            }
        }
    }
    assert_eq!(notices, 13);
    assert!(asked > 350, "{asked}");
}

#[test]
fn a_suspended_listing_is_told_as_suspended() {
    let book = Book::embedded().unwrap();
    let mut suspended = 0;
    for listing in book.listings.iter().filter(|l| l.list == PartyList::Control) {
        let Some(clause) = book.clause(&listing.measure) else { continue };
        let Some(stretch) = clause.history.iter().find(|s| s.status == ClauseStatus::Suspended) else { continue };
        let as_of = AsOf::on(stretch.from.next());
        let entities = chinese::entities(&book, listing.list, as_of);
        for party in &listing.party {
            let entity = entities.iter().find(|e| e.id == chinese::id(listing, party)).expect("still listed");
            let (found, _) = chinese::find(&book, &entity.id).expect("a listing");
            let at = party.measure.as_ref().unwrap_or(&found.measure);
            if book.clause(at).and_then(|c| c.status(as_of)) == Some(ClauseStatus::Suspended) {
                suspended += 1;
            }
        }
    }
    assert!(suspended > 10, "{suspended}");
}
