//! Every format, read from a small file of our own making in the publisher's layout; and files that are none.

#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "scores are 0 to 1")]

use yumen_screen::decision::{Bearing, Decision, Verdict, bearing};
use yumen_screen::lists::{Format, ImportError, read};
use yumen_screen::snapshot::{Delta, from_bytes, hash, to_bytes};
use yumen_screen::{ALERT, Entity, Layered, PartyType, Query, Screen};

const UN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-07-01T00:00:00"><INDIVIDUALS><INDIVIDUAL>
<DATAID>900001</DATAID><FIRST_NAME>ANTON</FIRST_NAME><SECOND_NAME>EXAMPLE</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE>
<REFERENCE_NUMBER>TSi.001</REFERENCE_NUMBER><NAME_ORIGINAL_SCRIPT>Антон Эксампл</NAME_ORIGINAL_SCRIPT>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Toni &amp; Sons</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1961-04-02</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>X1234567</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>900002</DATAID><FIRST_NAME>EXAMPLE BANK</FIRST_NAME></ENTITY>
<ENTITY><DATAID>900003</DATAID></ENTITY></ENTITIES></CONSOLIDATED_LIST>"#;

const UK: &str = r"<Designations><DateGenerated>01/07/2026</DateGenerated><Designation><UniqueID>TST0001</UniqueID>
<Names><Name><Name1>Anton</Name1><Name6>EXAMPLE</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>EXEMPEL</Name6><NameType>Alias</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>例子</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Test</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1961</DOB></DOBs></Individual></IndividualDetails></Designation></Designations>";

const UK_CSV: &str = "Report Date: 01-Jul-2026\nUnique ID,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Designation Type,D.O.B,Regime Name\n\
TST0001,EXEMPEL,,,,,,Alias,Individual,,Test\nTST0001,EXAMPLE,Anton,,,,,Primary Name,Individual,02/04/1961,Test\n,X,,,,,,,,,\n";

const EU: &str = r#"<export generationDate="2026-07-01T00:00:00" xmlns="http://example.invalid/x"><sanctionEntity logicalId="13">
<regulation programme="TST"/><subjectType code="person" classificationCode="P"/>
<nameAlias wholeName="Anton Example"/><nameAlias firstName="Toni" lastName="Example" wholeName=""/>
<birthdate birthdate="1961-04-02"/><citizenship countryIso2Code="DE"/><citizenship countryIso2Code="00"/>
<identification number="X1234567" identificationTypeCode="passport"/></sanctionEntity></export>"#;

const EU_CSV: &str = "fileGenerationDate;Entity_LogicalId;Entity_SubjectType;NameAlias_WholeName;BirthDate_BirthDate\n\
01/07/2026;13;P;Anton Example;\n01/07/2026;13;P;;1961-04-02\n01/07/2026;14;E;;\n";

const CSL: &str = r#"{"total": 3, "results": [
{"id":"a1","name":"Anton Example","alt_names":["Toni"],"source":"Entity List (EL) - Somewhere","type":"Individual",
 "addresses":[{"country":"DE"}],"dates_of_birth":["1961-04-02"],"ids":[{"type":"Passport","number":"X1234567"}],"programs":["T"]},
{"id":"a2","name":"Example Bank","type":null,"alt_names":null}]}"#;

/// The compact copy: what many records share is said once.
const COMPACT: &str = r#"{"sourceGeneratedAt": "2026-07-31T13:15:00+00:00", "entryCount": 3, "tables": {
"sources": ["Entity List (EL) - Somewhere", "Menu-Based Sanctions List (NS-MBS List) - Elsewhere"],
"programmes": ["RUSSIA-EO14024"], "licenceRequirements": ["For all items."]}, "entries": [
{"n": "Example Works", "s": 0, "lr": 0, "fr": "84 FR 1", "c": ["DE"]}, {"n": "Example Bank", "s": 1, "pg": 0},
{"n": "Example", "s": 9, "pg": 9}]}"#;

const FTM: &str = r#"{"id":"Q1","schema":"Person","caption":"Anton Example","properties":{"name":["Anton Example"],"alias":["Антон"],"birthDate":["1961"],"nationality":["de"]},"datasets":["t"]}
{"id":"Q2","schema":"Address","properties":{"full":["Somewhere"]}}
{"id":"Q3","schema":"Vessel","caption":"MV Example","properties":{"imoNumber":["IMO9000000"]}}
broken"#;

const METI: &str = "No.,Country or Region,Company or Organization,Also Known As,Type of WMD\n1,Testland,Example Works,\"・Example Plant\n・実例工場\",M\n";
const CSV: &str = "名称,别名,类型,国家\n例子科技有限公司,Example Tech;实例科技,公司,cn\n,,,\n";

#[test]
fn every_format_is_read_and_counted() {
    let cases: [(Format, &str, usize, usize, usize); 9] = [
        (Format::UnXml, UN, 3, 2, 1),
        (Format::UkXml, UK, 1, 1, 0),
        (Format::UkCsv, UK_CSV, 3, 1, 1),
        (Format::EuXml, EU, 1, 1, 0),
        (Format::EuCsv, EU_CSV, 3, 1, 1),
        (Format::UsCsl, CSL, 2, 2, 0),
        (Format::Ftm, FTM, 4, 2, 1),
        (Format::Meti, METI, 1, 1, 0),
        (Format::Csv, CSV, 2, 1, 1),
    ];
    for (format, text, records, entities, skipped) in cases {
        let (parties, report) = read(format, text.as_bytes()).unwrap_or_else(|e| panic!("{format:?}: {e}"));
        assert_eq!(
            (report.records, parties.len(), report.skipped),
            (records, entities, skipped),
            "{format:?} {report:?}"
        );
        assert!(parties.iter().all(|p| !p.names.is_empty()));
    }
    let (un, report) = read(Format::UnXml, UN.as_bytes()).unwrap();
    assert_eq!(un[0].names, ["ANTON EXAMPLE", "Антон Эксампл", "Toni & Sons"]);
    assert_eq!((un[0].r#type, un[0].born[0].as_str()), (PartyType::Person, "1961-04-02"));
    assert_eq!(report.generated.as_deref(), Some("2026-07-01T00:00:00"));
    let (uk, report) = read(Format::UkXml, UK.as_bytes()).unwrap();
    assert_eq!(uk[0].names, ["Anton EXAMPLE", "EXEMPEL", "例子"]);
    assert_eq!((uk[0].born[0].as_str(), report.generated.as_deref()), ("1961", Some("01/07/2026")));
    assert_eq!(read(Format::UkCsv, UK_CSV.as_bytes()).unwrap().0[0].names[0], "Anton EXAMPLE");
    assert_eq!(read(Format::EuXml, EU.as_bytes()).unwrap().0[0].countries, ["DE"]);
    let (csl, report) = read(Format::UsCsl, CSL.as_bytes()).unwrap();
    assert!(report.differs(), "the file declares three and holds two");
    assert_eq!(csl[0].source, "US/EL");
    let (short, report) = read(Format::UsCsl, COMPACT.as_bytes()).unwrap();
    assert_eq!((report.differs(), report.generated.as_deref()), (false, Some("2026-07-31T13:15:00+00:00")));
    let told: Vec<(&str, &str)> = short.iter().map(|p| (p.source.as_str(), p.remark.as_str())).collect();
    assert_eq!(
        told,
        [("US/EL", "For all items.; 84 FR 1"), ("US/NS-MBS", "RUSSIA-EO14024"), ("US", "")],
        "part, programme, requirement and notice"
    );
    assert_eq!(yumen_screen::lists::part("US/EL").map(|p| p.zh), Some("实体清单".to_owned()));
    assert_eq!(read(Format::Meti, METI.as_bytes()).unwrap().0[0].names.len(), 3);
}

#[test]
fn what_is_no_list_is_refused() {
    for format in Format::ALL {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"{}", b"<a><b></a>", b"hello\nworld\n"] {
            let error = read(format, bytes).unwrap_err();
            assert!(matches!(error, ImportError::NotThis(..) | ImportError::Empty), "{format:?} {error}");
            assert!(!error.message().zh.is_empty());
        }
    }
    let bomb =
        r#"<!DOCTYPE x [<!ENTITY a "aaaa">]><CONSOLIDATED_LIST><INDIVIDUAL>&a;</INDIVIDUAL></CONSOLIDATED_LIST>"#;
    assert!(read(Format::UnXml, bomb.as_bytes()).is_err());
    let deep = format!("<CONSOLIDATED_LIST><INDIVIDUAL>{}</INDIVIDUAL>", "<a>".repeat(100_000));
    assert!(read(Format::UnXml, deep.as_bytes()).is_err());
}

fn entity(id: &str, name: &str) -> Entity {
    Entity { id: id.to_owned(), names: vec![name.to_owned()], ..Entity::default() }
}

#[test]
fn a_snapshot_is_named_by_its_content_whatever_the_order() {
    let (a, b) = (entity("1", "Anton Example"), entity("2", "Berta Example"));
    let bytes = to_bytes(&[a.clone(), b.clone()]).unwrap();
    assert_eq!(bytes, to_bytes(&[b.clone(), a.clone()]).unwrap());
    assert_eq!(from_bytes(&bytes).unwrap(), [a.clone(), b]);
    assert_ne!(hash(&bytes), hash(&to_bytes(&[a]).unwrap()));
}

#[test]
fn a_layered_list_answers_like_one_built_anew() {
    let old: Vec<Entity> = (0..40).map(|i| entity(&format!("{i}"), &format!("Example Works {i}0{i} Sarl"))).collect();
    let mut new: Vec<Entity> = old[5..].to_vec();
    new[0].names = vec!["Quite Different Foundry".to_owned()];
    new.push(entity("90", "Newcomer Instruments"));
    let delta = Delta::between(&old, &new);
    assert_eq!((delta.added.len(), delta.changed.len(), delta.removed.len()), (1, 1, 5));
    let layered = Layered::new(std::sync::Arc::new(Screen::build(old))).with(&delta);
    let anew = Screen::build(new);
    for name in [
        "Quite Diferent Foundry",
        "Newcomer Instruments",
        "Example Works 202",
        "Example Works 505",
        "Example Works 707",
    ] {
        let query = Query::named(name);
        let mut wanted: Vec<(String, u32)> = anew
            .search(&query, ALERT, 25)
            .iter()
            .map(|h| (anew.entities()[h.entity as usize].id.clone(), (h.score * 1e5) as u32))
            .collect();
        let mut got: Vec<(String, u32)> =
            layered.search(&query, ALERT, 25).iter().map(|(h, e)| (e.id.clone(), (h.score * 1e5) as u32)).collect();
        wanted.sort();
        got.sort();
        assert_eq!(got, wanted, "{name}");
    }
}

#[test]
fn a_decision_holds_until_something_changes() {
    let listed = entity("7", "Anton Example");
    let query = Query::named("Anton Exampel");
    let decision = Decision::new(&query, "eu", &listed, Verdict::False, "another birth date", "2026-11-21");
    let all = [decision.clone()];
    assert_eq!(bearing(&all, &query, "eu", &listed), Some(Bearing::Holds(decision.clone())));
    assert_eq!(bearing(&all, &query, "un", &listed), None, "another list");
    let other = Query { country: Some("DE".to_owned()), ..query.clone() };
    assert_eq!(bearing(&all, &other, "eu", &listed), None, "another party");
    let changed = Entity { born: vec!["1961".to_owned()], ..listed.clone() };
    assert!(
        matches!(bearing(&all, &query, "eu", &changed), Some(Bearing::Outdated { changed, .. }) if changed == ["listing"])
    );
    let older = [Decision { engine: "yumen-screen-0".to_owned(), ..decision }];
    assert!(
        matches!(bearing(&older, &query, "eu", &listed), Some(Bearing::Outdated { changed, .. }) if changed == ["engine"])
    );
}
