//! The embedded book: sound, and saying what the law says.

use std::sync::LazyLock;

use yumen_lawbook::calendar::DayKind;
use yumen_lawbook::clock::{CountedKind, Pause, PauseReason};
use yumen_lawbook::code::Code;
use yumen_lawbook::measure::ClauseStatus;
use yumen_lawbook::party::PartyList;
use yumen_lawbook::{AsOf, Book, Day, Standing, embedded_files};

static BOOK: LazyLock<Book> = LazyLock::new(|| Book::embedded().expect("the embedded book is sound"));

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

#[test]
fn the_book_has_nothing_to_object_to() {
    let (_, issues) = Book::inspect(&embedded_files());
    let lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn working_days_follow_the_published_calendars() {
    // Vectors of the law notes, computed from a second source; the start day is not counted.
    for (timer, start, due) in [
        ("technology-licence.decision", "2025-09-22", "2025-11-07"),
        ("technology-licence.issue", "2026-01-26", "2026-02-14"),
        ("dual-use-licence.decision", "2026-01-26", "2026-04-03"),
        ("customs.questioning-reply", "2026-02-09", "2026-02-25"),
        ("technology-licence.issue", "2026-04-20", "2026-05-13"),
        ("T-REG-AUTH", "2026-04-28", "2026-05-06"),
        ("T-LOI", "2026-09-21", "2026-11-09"),
    ] {
        let timer = BOOK.timer(timer).unwrap_or_else(|| panic!("{timer}"));
        let found = timer.due(day(start), &[], &BOOK.calendar).expect("computable");
        assert_eq!(found.day, day(due), "{} from {start}", timer.id);
        assert!(!found.is_provisional());
    }
}

#[test]
fn a_make_up_saturday_counts_and_the_arithmetic_shows_it() {
    let timer = BOOK.timer("technology-licence.issue").expect("the timer");
    let due = timer.due(day("2026-01-26"), &[], &BOOK.calendar).expect("computable");
    let last = due.days.last().expect("days");
    assert_eq!((last.day, &last.kind, last.count), (day("2026-02-14"), &CountedKind::Calendar(DayKind::MakeUp), 15));
}

#[test]
fn an_unpublished_year_makes_the_day_provisional() {
    let timer = BOOK.timer("dual-use-licence.decision").expect("the timer");
    let due = timer.due(day("2026-11-21"), &[], &BOOK.calendar).expect("computable");
    assert_eq!(due.unpublished, [2027]);
    assert!(BOOK.calendar.kind(day("2027-01-04")).is_err());
    let inside = timer.due(day("2026-09-01"), &[], &BOOK.calendar).expect("computable");
    assert!(!inside.is_provisional());
}

#[test]
fn pauses_the_law_names_stop_the_clock_and_no_others() {
    let timer = BOOK.timer("dual-use-licence.decision").expect("the timer");
    let pause = |reason, from, to| Pause { reason, from: day(from), to: day(to) };
    let plain = timer.due(day("2026-01-26"), &[], &BOOK.calendar).expect("computable").day;
    let paused = timer
        .due(day("2026-01-26"), &[pause(PauseReason::Identification, "2026-03-02", "2026-03-06")], &BOOK.calendar)
        .expect("computable")
        .day;
    // Five working days stood still; Qingming moves the end by more.
    assert_eq!((plain, paused), (day("2026-04-03"), day("2026-04-13")));
    assert!(
        timer
            .due(day("2026-01-26"), &[pause(PauseReason::Testing, "2026-03-02", "2026-03-06")], &BOOK.calendar)
            .is_err()
    );
    assert!(
        timer
            .due(day("2026-01-26"), &[pause(PauseReason::ExpertOpinion, "2026-03-06", "2026-03-02")], &BOOK.calendar)
            .is_err()
    );
    let letter = BOOK.timer("technology-licence.decision").expect("the timer");
    assert!(
        letter
            .due(day("2026-01-26"), &[pause(PauseReason::Identification, "2026-03-02", "2026-03-06")], &BOOK.calendar)
            .is_err()
    );
}

#[test]
fn every_timer_of_the_working_papers_is_there() {
    for code in [
        "ALL-DEFECT-NOTICE",
        "ALL-ISSUE",
        "T-FORWARD-ST",
        "T-ST-REVIEW",
        "T-LOI",
        "T-LOI-VALID",
        "T-LOI-VALID-2009",
        "T-LOI-EXTEND",
        "T-LICENCE",
        "T-REG-APPLICANT",
        "T-REG-ROYALTY",
        "T-REG-AUTH",
        "D-LICENCE",
        "D-AMEND",
        "D-SINGLE-VALID",
        "D-GENERAL-VALID",
        "D-GENERAL-FORWARD",
        "D-GENERAL-REPORT",
        "TEMP-CONTROL",
        "TEMP-CONTROL-PRE",
        "RECORDS",
        "C-QUESTION-REPLY",
        "N61-HUMANITARIAN-REPORT",
        "EUS-LOCAL",
        "EUS-MOFCOM",
        "EUS-CORRECT",
        "EUS-PRESENT",
        "EUS-ARRIVAL",
        "APL-DECISION",
        "APL-HEARING-REQUEST",
        "APL-PAY",
        "APL-LIMITATION",
        "ARL-APPLY",
        "CONSULT-RULES",
    ] {
        assert!(BOOK.timer(code).is_some(), "{code}");
    }
}

#[test]
fn the_amendment_of_2020_is_recorded_against_what_it_declares() {
    let list = BOOK.list("technology").expect("the list");
    let difference = list.difference(day("2020-08-27"), day("2020-08-28"));
    let tally = &difference.instruments[0];
    assert_eq!(tally.instrument, "notice-38-2020");
    let of = |operation: &str, control: &str| {
        tally
            .operations
            .iter()
            .find(|t| t.operation == operation && t.control == control)
            .map(|t| (t.recorded, t.declared))
    };
    assert_eq!(of("removed", "prohibited"), Some((4, Some(4))));
    assert_eq!(of("removed", "restricted"), Some((5, Some(5))));
    let (added, declared) = of("added", "restricted").expect("additions");
    assert!(added > 5 && declared == Some(23));
    assert_eq!(of("modified", "all").and_then(|(_, declared)| declared), Some(21));
    let push = difference.changes.iter().find(|c| c.code_after.as_deref() == Some("056101X")).expect("the entry");
    let paths: Vec<&str> = push.points.iter().map(|p| p.path.as_str()).collect();
    assert_eq!(paths, ["17", "18", "19", "20", "21"]);
}

#[test]
fn an_entry_lives_on_under_its_new_number() {
    let code: Code = "056101X".parse().expect("a code");
    let later: Code = "086501X".parse().expect("a code");
    let lives = |code: &Code| -> Vec<usize> { BOOK.lives_of(code).into_iter().map(|(_, life)| life).collect() };
    assert_eq!(lives(&code).len(), 1);
    assert_eq!(lives(&code), lives(&later));
    let (list, life) = BOOK.lives_of(&code)[0];
    let codes: Vec<String> = list.history.life(life).filter(|v| !v.draft).map(|v| v.entry.code.to_string()).collect();
    assert_eq!(codes, ["056101X", "056101X", "086501X"]);
}

#[test]
fn riboflavin_was_prohibited_until_2020() {
    let code: Code = "052702J".parse().expect("a code");
    let (list, life) = BOOK.lives_of(&code)[0];
    let version = list.history.life(life).next().expect("a version");
    assert_eq!(BOOK.standing(version, AsOf::on(day("2019-06-01"))), Standing::InForce);
    assert!(
        matches!(BOOK.standing(version, AsOf::on(day("2021-06-01"))), Standing::Ended { by, .. } if by.as_str() == "notice-38-2020")
    );
}

#[test]
fn suspensions_end_unconfirmed_and_not_silently() {
    let status = |measure: &str, clause: &str, on: &str| {
        BOOK.measures.get(measure).and_then(|m| m.clause(clause)).and_then(|c| c.status(AsOf::on(day(on))))
    };
    for (on, wanted) in [
        ("2025-10-08", None),
        ("2025-10-09", Some(ClauseStatus::Scheduled)),
        ("2025-11-07", Some(ClauseStatus::Suspended)),
        ("2026-11-10", Some(ClauseStatus::Suspended)),
        ("2026-11-11", Some(ClauseStatus::LapsedUnconfirmed)),
    ] {
        assert_eq!(status("notice-58-2025", "1", on), wanted, "{on}");
    }
    assert_eq!(status("notice-61-2025", "1.3", "2025-10-20"), Some(ClauseStatus::InForce));
    assert_eq!(status("notice-61-2025", "1.1", "2025-10-20"), Some(ClauseStatus::Scheduled));
    assert_eq!(status("notice-46-2024", "1", "2026-11-21"), Some(ClauseStatus::InForce));
    assert_eq!(status("notice-46-2024", "2", "2026-11-27"), Some(ClauseStatus::Suspended));
    assert_eq!(status("notice-46-2024", "2", "2026-11-28"), Some(ClauseStatus::LapsedUnconfirmed));
}

#[test]
fn party_listings_are_complete() {
    let count =
        |list: PartyList| -> usize { BOOK.listings.iter().filter(|l| l.list == list).map(|l| l.party.len()).sum() };
    assert_eq!(count(PartyList::Control), 153);
    assert_eq!(count(PartyList::Watch), 40);
    assert_eq!(BOOK.listings.iter().filter(|l| l.list == PartyList::Control).count(), 11);
}

#[test]
fn what_was_recorded_later_is_not_known_earlier() {
    let (first, _) = BOOK.recorded.expect("recorded days");
    let before = BOOK.known_on(first.previous());
    assert_eq!(before.lists.values().map(|l| l.history.versions().len()).sum::<usize>(), 0);
    assert!(before.listings.is_empty() && before.measures.is_empty());
}

#[test]
fn every_procedure_of_the_law_is_there_and_sound() {
    for id in [
        "t-0", "t-1", "t-2", "t-3", "d-0", "d-1", "d-2", "d-3", "d-4", "d-5", "d-6", "d-7", "e-1", "c-1", "c-2", "c-3",
        "c-4", "l-1", "l-2", "l-3", "l-4", "l-5", "l-6", "l-7", "l-8", "m-1",
    ] {
        let procedure = BOOK.procedures.get(id).unwrap_or_else(|| panic!("{id}"));
        assert!(procedure.faults().is_empty(), "{id}: {:?}", procedure.faults());
        assert!(procedure.transition.iter().any(|t| t.main), "{id} has no ordinary way");
    }
}

#[test]
fn monitored_chemicals_are_licensed_in_their_own_way() {
    let code: Code = "1C450".parse().expect("a code");
    let (list, life) = BOOK.lives_of(&code)[0];
    for version in list.history.life(life) {
        assert_eq!(version.entry.procedure.as_ref().map(yumen_lawbook::id::ProcedureId::as_str), Some("m-1"));
    }
    let way = &BOOK.procedures["m-1"];
    let main: Vec<&str> = way.transition.iter().filter(|t| t.main).map(|t| t.role.as_str()).collect();
    assert_eq!(main, ["owner", "agent", "miit", "bureau", "agent"]);
}

#[test]
fn every_exclusion_of_a_notice_quotes_it_or_says_whose_reading_it_is() {
    use yumen_lawbook::Verification;
    for exclusion in BOOK.exclusions.iter().filter(|e| !e.entries.is_empty()) {
        let quoted = !exclusion.words.zh.is_empty() && !exclusion.words.en.is_empty();
        let read = matches!(exclusion.verification, Verification::OfficialNotice | Verification::OfficialText);
        assert_eq!(quoted, read, "{}", exclusion.id);
        // The hedge is in the official words, not in ours.
        assert_eq!(exclusion.hedged, exclusion.words.zh.starts_with("一般"), "{}", exclusion.id);
        assert_eq!(
            !read,
            exclusion.text.zh.contains("编者推定") || exclusion.verification == Verification::Secondary,
            "{}",
            exclusion.id
        );
    }
}

#[test]
fn what_stands_beside_the_lists_is_named() {
    let ids: Vec<&str> = BOOK.elsewhere.iter().map(|e| e.id.as_str()).collect();
    for id in ["military-products", "nuclear-exports", "precursors-to-certain-countries", "goods-under-export-licences"]
    {
        assert!(ids.contains(&id), "{id} in {ids:?}");
    }
    let names = |id: &str, concept: &str| {
        BOOK.elsewhere.iter().find(|e| e.id == id).is_some_and(|e| e.concerns(|c| c.as_str() == concept))
    };
    assert!(names("military-products", "weapon") && !names("military-products", "graphite"));
    // Of the precursors no list is held: nothing is known not to be on it.
    assert!(names("precursors-to-certain-countries", "graphite"));
}

#[test]
fn the_lexicon_is_large_and_bilingual() {
    let terms: usize = BOOK.lexicon.iter().map(yumen_lawbook::lexicon::Concept::terms).sum();
    assert!(terms >= 600, "{terms}");
    let one_sided = BOOK.lexicon.iter().filter(|c| c.zh.is_empty() || (c.en.is_empty() && c.abbr.is_empty())).count();
    assert!(one_sided * 20 < BOOK.lexicon.len(), "{one_sided} of {} concepts lack a language", BOOK.lexicon.len());
}

#[test]
fn articles_are_numbered_as_on_the_day() {
    let cite = |text: &str, on: &str| BOOK.cite(&text.to_owned().try_into().expect("a citation"), day(on)).en;
    assert_eq!(cite("technology-regulations:32", "2025-01-01"), "Technology Regulations, art. 32");
    assert_eq!(cite("technology-regulations:32", "2015-01-01"), "Technology Regulations, art. 35");
    assert_eq!(cite("technology-regulations:2", "2015-01-01"), "Technology Regulations, art. 2");
    assert_eq!(cite("foreign-trade-law:14(3)", "2026-06-01"), "Foreign Trade Law 2025, art. 17(3)");
    assert!(cite("foreign-trade-law:9", "2026-06-01").contains("not obtained"));
    let zh = |text: &str| BOOK.cite(&text.to_owned().try_into().expect("a citation"), day("2026-06-01")).zh;
    assert_eq!(zh("administrative-reconsideration-law:62(1)"), "行政复议法第六十二条第一款");
    assert_eq!(zh("dual-use-regulations:16(1)(2)"), "两用物项出口管制条例第十六条第一款第（二）项");
    assert_eq!(zh("dual-use-regulations:39(3)"), "两用物项出口管制条例第三十九条第（三）项");
    assert_eq!(zh("foreign-trade-law:14(3)"), "对外贸易法（2025修订）第十七条第三款");
}

#[test]
fn the_compact_form_is_the_same_book() {
    let book = Book::embedded().unwrap();
    let again = Book::from_bytes(&book.to_bytes().unwrap()).unwrap();
    assert_eq!(format!("{book:?}"), format!("{again:?}"));
    assert!(Book::from_bytes(b"not a book").is_err());
}
