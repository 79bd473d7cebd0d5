//! A list on a day as files: CSV, JSON, JSON-LD (SKOS), XLSX. One row a point, the heading first.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::list::history::Version;
use yumen_lawbook::{AsOf, Book, Day};

use super::group;
use super::words::conditions;
use crate::problem::Problem;

/// One row of an export.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Row {
    /// The list.
    pub list: String,
    /// The code of the entry in the edition in force.
    pub code: String,
    /// The point's path; empty for the heading.
    pub point: String,
    /// The words in Chinese.
    pub text_zh: String,
    /// The words in English.
    pub text_en: String,
    /// `prohibited`, `restricted`, `licence`, `unknown`.
    pub control: String,
    /// The shelf it stands on.
    pub division: String,
    /// Typed conditions, joined by semicolons.
    pub conditions: String,
    /// Customs numbers given for reference, joined by spaces.
    pub hs: String,
    /// Where it stands on the day.
    pub status: String,
    /// The edition that gave it its words.
    pub edition: String,
    /// The instrument.
    pub instrument: String,
    /// First day of effect.
    pub from: Day,
    /// How the words are known.
    pub verification: String,
    /// True for a reported topic whose heading was not seen.
    pub lead: bool,
}

const COLUMNS: [&str; 15] = [
    "list",
    "code",
    "point",
    "text_zh",
    "text_en",
    "control",
    "division",
    "conditions",
    "hs",
    "status",
    "edition",
    "instrument",
    "from",
    "verification",
    "lead",
];

impl Row {
    fn cells(&self) -> [String; 15] {
        [
            self.list.clone(),
            self.code.clone(),
            self.point.clone(),
            self.text_zh.clone(),
            self.text_en.clone(),
            self.control.clone(),
            self.division.clone(),
            self.conditions.clone(),
            self.hs.clone(),
            self.status.clone(),
            self.edition.clone(),
            self.instrument.clone(),
            self.from.to_string(),
            self.verification.clone(),
            self.lead.to_string(),
        ]
    }
}

fn on(list: &ControlList, day: Day) -> Vec<&Version> {
    let mut versions: Vec<&Version> = list.history.on(day).collect();
    versions.sort_by_key(|v| (v.entry.code.is_unseen(), v.entry.code.to_string()));
    versions
}

/// Every row of a list on a day.
pub fn rows(book: &Book, list: &ControlList, day: Day) -> Vec<Row> {
    let mut rows = Vec::new();
    for v in on(list, day) {
        let status = book.standing(v, AsOf::on(day)).as_str();
        let shelf = group::of(list, v).id;
        for p in v.entry.points.iter().filter(|p| !p.reserved) {
            let predicates: Vec<String> = conditions(book, p.when.as_ref()).into_iter().map(|c| c.predicate).collect();
            rows.push(Row {
                list: list.head.id.to_string(),
                code: v.entry.code.to_string(),
                point: p.path.clone(),
                text_zh: p.text.zh.clone(),
                text_en: p.text.en.clone(),
                control: v.entry.control.as_str().to_owned(),
                division: shelf.clone(),
                conditions: predicates.join("; "),
                hs: p.hs.join(" "),
                status: status.to_owned(),
                edition: v.edition.to_string(),
                instrument: v.instrument.to_string(),
                from: v.from,
                verification: p.verification.unwrap_or(v.entry.verification).as_str().to_owned(),
                lead: v.entry.lead,
            });
        }
    }
    rows
}

/// The rows as CSV.
///
/// # Errors
/// Never for rows of the book; the error is the writer's.
pub fn csv(rows: &[Row]) -> Result<Vec<u8>, Problem> {
    super::table::csv(&COLUMNS, rows.iter().map(Row::cells))
}

/// The rows as a workbook; every cell is text, so that no program reads a code as a number.
///
/// # Errors
/// Never for rows of the book; the error is the writer's.
pub fn xlsx(rows: &[Row], title: &str) -> Result<Vec<u8>, Problem> {
    let failed = |e: rust_xlsxwriter::XlsxError| Problem::internal(&e);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    // Sheet names hold 31 signs and none of these.
    let name: String = title.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    sheet.set_name(name).map_err(failed)?;
    let bold = rust_xlsxwriter::Format::new().set_bold();
    for (column, name) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, &bold).map_err(failed)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row.cells()) {
            sheet.write_string(line, column, cell).map_err(failed)?;
        }
    }
    sheet.set_freeze_panes(1, 2).map_err(failed)?;
    sheet.set_column_width(3, 60).map_err(failed)?;
    sheet.set_column_width(4, 60).map_err(failed)?;
    workbook.save_to_buffer().map_err(failed)
}

/// The list as a SKOS concept scheme in JSON-LD.
pub fn skos(book: &Book, list: &ControlList, day: Day, base: &str) -> Value {
    let scheme = format!("{base}/en/lists/{}", list.head.id);
    let label = |zh: &str, en: &str| {
        let both = [("zh-Hans", zh), ("en", en)];
        both.into_iter()
            .filter(|(_, t)| !t.is_empty())
            .map(|(l, t)| json!({ "@language": l, "@value": t }))
            .collect::<Vec<_>>()
    };
    let mut concepts = Vec::new();
    for v in on(list, day) {
        let entry = format!("{base}/en{}", super::entry_path(&v.entry.code.to_string()));
        let id = |path: &str| if path.is_empty() { entry.clone() } else { format!("{entry}#{path}") };
        for p in v.entry.points.iter().filter(|p| !p.reserved) {
            let mut concept = json!({
                "@id": id(&p.path),
                "@type": "skos:Concept",
                "skos:inScheme": { "@id": scheme },
                "skos:prefLabel": label(&p.text.zh, &p.text.en),
                "dct:valid": v.from.to_string(),
                "dct:source": v.instrument.to_string(),
                "yumen:status": book.standing(v, AsOf::on(day)).as_str(),
                "yumen:control": v.entry.control.as_str(),
                "yumen:verification": p.verification.unwrap_or(v.entry.verification).as_str(),
            });
            if !v.entry.code.is_unseen() {
                concept["skos:notation"] = v.entry.code.with_path(&p.path).into();
            }
            if p.path.is_empty() {
                concept["skos:topConceptOf"] = json!({ "@id": scheme });
            } else {
                concept["skos:broader"] = json!({ "@id": id(yumen_lawbook::list::entry::parent(&p.path)) });
            }
            concepts.push(concept);
        }
    }
    json!({
        "@context": {
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "dct": "http://purl.org/dc/terms/",
            "yumen": format!("{base}/en/api#"),
        },
        "@id": scheme,
        "@type": "skos:ConceptScheme",
        "skos:prefLabel": label(&list.head.name.zh, &list.head.name.en),
        "dct:date": day.to_string(),
        "dct:hasVersion": book.version,
        "@graph": concepts,
    })
}
