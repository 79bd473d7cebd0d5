//! Hostile files are refused within bounds, and nothing panics.

use std::io::Write as _;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use yumen_assess::Engine;
use yumen_importers::documents::{self, Limits};
use yumen_importers::{Hints, ImportError, import};
use yumen_lawbook::{Book, Day};
use yumen_specimens::forms::{self, FORMS, Form};
use yumen_specimens::layout::{LAYOUTS, set};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new(Arc::new(Book::embedded().expect("the book"))));

fn small() -> Limits {
    Limits { unpacked: 1 << 20, lines: 5_000, ..Limits::default() }
}

fn zipped(name: &str, content: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file(name, options).expect("in memory");
    zip.write_all(content).expect("in memory");
    zip.finish().expect("in memory").into_inner()
}

#[test]
fn a_zip_bomb_is_cut_off() {
    let bomb = zipped("word/document.xml", &vec![b' '; 20 << 20]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(documents::read(&bomb, &small()), Err(ImportError::Beyond { .. })));
}

#[test]
fn an_entity_bomb_is_refused() {
    let xml = br#"<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"#;
    assert!(matches!(documents::read(&zipped("word/document.xml", xml), &small()), Err(ImportError::Broken { .. })));
}

#[test]
fn deep_nesting_is_refused() {
    let xml = "<w:a>".repeat(5_000);
    assert!(matches!(
        documents::read(&zipped("word/document.xml", xml.as_bytes()), &small()),
        Err(ImportError::Beyond { .. })
    ));
    let html = format!("<!doctype html>{}<p>公告</p>", "<div>".repeat(50_000));
    assert!(documents::read(html.as_bytes(), &small()).is_ok());
}

#[test]
fn a_sheet_that_claims_everything_costs_nothing() {
    let xml = r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="str"><v>甲</v></c><c r="XFD1" t="str"><v>乙</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>丙</v></c></row></sheetData></worksheet>"#;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", xml)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    let document = documents::read(&zip.finish().unwrap().into_inner(), &small()).unwrap();
    assert_eq!(document.lines.len(), 2);
}

fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<< /Root 1 0 R /Size {} >>\nstartxref\n{start}\n%%EOF", objects.len() + 1).bytes());
    out
}

#[test]
fn cyclic_pages_and_forms_end() {
    let cyclic = pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]);
    assert!(documents::read(&cyclic, &small()).is_err());
    let form = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 4 0 R >> >> /Length 10 >>\nstream\n/X Do /X Do\nendstream";
    let page = "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>";
    let content = "<< /Length 6 >>\nstream\n/X Do \nendstream";
    let itself =
        pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, form, content]);
    assert!(matches!(
        documents::read(&itself, &small()),
        Err(ImportError::Scanned { .. } | ImportError::Beyond { .. })
    ));
}

#[test]
fn a_claimed_gigabyte_is_not_believed() {
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>";
    let content = "<< /Length 1073741824 >>\nstream\nBT ET\nendstream";
    let claims = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
        page,
        content,
    ]);
    assert!(documents::read(&claims, &small()).is_err());
    let flood = forms::write_pages(&["q ".repeat(3 << 20)], "", Vec::new());
    assert!(matches!(
        documents::read(&flood, &small()),
        Err(ImportError::Beyond { .. } | ImportError::Broken { .. } | ImportError::Scanned { .. })
    ));
}

#[test]
fn a_scan_says_that_it_needs_ocr() {
    let scan = forms::write_pages(&["q 595 0 0 842 0 0 cm Q".to_owned()], "", Vec::new());
    assert_eq!(documents::read(&scan, &Limits::default()).unwrap_err(), ImportError::Scanned { pages: 1 });
    let recognised = documents::recognised(&scan, &["商务部公告2031年第96号\n".to_owned()]);
    assert_eq!(recognised.form, documents::Form::Ocr);
}

#[test]
fn a_file_beyond_the_limit_is_not_opened() {
    let limits = Limits { file: 10, ..Limits::default() };
    assert!(matches!(documents::read(b"more than ten bytes", &limits), Err(ImportError::Beyond { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_on_damaged_files(seed in 0_u64..6, form in 0_usize..6, layout in 0_usize..3, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..24), keep in 0.2_f64..1.0) {
        let truth = yumen_specimens::catalogue::random(seed, 5, ENGINE.book(), Vec::new());
        let form: Form = FORMS[form];
        let mut bytes = forms::write(&set(&truth, LAYOUTS[layout]), form);
        for (at, value) in cuts {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a small file")]
        bytes.truncate((bytes.len() as f64 * keep) as usize);
        let _ = import("damaged", &bytes, &ENGINE, Day::new(2031, 1, 1).unwrap(), &Hints::default());
    }

    #[test]
    fn nothing_panics_on_any_text(text in "[一二三（）()0-9a-eJX．.、，。；：“”编号控制要点增加删去将修改为公告年第号暂停实施至月日自起\\n ]{0,200}") {
        let _ = import("text", text.as_bytes(), &ENGINE, Day::new(2031, 1, 1).unwrap(), &Hints::default());
    }
}
