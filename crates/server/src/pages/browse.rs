//! Lists: what there is, what is in one, what changed between two days, how much is recorded, the whole as a file.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use yumen_lawbook::list::ControlList;
use yumen_lawbook::{Bilingual, Day, Verification};

use super::{Pager, Shown, files, show};
use crate::problem::Problem;
use crate::views::difference::{self, ChangeView, DifferenceView};
use crate::views::group::Group;
use crate::views::list::{self, CoverageView, EntryLine, Filter, ListView};
use crate::views::table::Sort;
use crate::views::{self, CiteView, Known, edition, export};
use crate::visit::Visit;

/// The list with a name.
pub fn find<'b>(v: &'b Visit, id: &str) -> Result<&'b ControlList, Problem> {
    crate::api::find_list(v.book(), id)
}

fn groups(lines: &[EntryLine]) -> Vec<(Group, usize)> {
    let mut groups: BTreeMap<Group, usize> = BTreeMap::new();
    for line in lines {
        *groups.entry(Group { id: line.division.clone(), name: line.division_name.clone() }).or_default() += 1;
    }
    groups.into_iter().collect()
}

#[derive(Template)]
#[template(path = "lists.html")]
struct Lists<'p> {
    v: &'p Visit,
    section: &'static str,
    lists: Vec<(ListView, Vec<(Group, usize)>)>,
}

/// Every list with its shelves.
pub async fn lists(v: Visit) -> Shown {
    let book = v.book();
    let lists =
        book.lists.values().map(|l| (list::view(book, l, v.day), groups(&list::entries(book, l, v.day)))).collect();
    show(&Lists { v: &v, section: "lists", lists })
}

#[derive(Template)]
#[template(path = "list.html")]
struct One<'p> {
    v: &'p Visit,
    section: &'static str,
    list: ListView,
    groups: Vec<(Group, usize)>,
    controls: Vec<String>,
    filter: Filter,
    entries: Vec<EntryLine>,
    sort: Sort,
    pager: Pager,
}

/// The entries of a list.
pub async fn list(v: Visit, Path(id): Path<String>) -> Shown {
    let found = find(&v, &id)?;
    let all = list::entries(v.book(), found, v.day);
    let groups = groups(&all);
    let mut controls: Vec<String> = all.iter().map(|l| l.control.clone()).collect();
    controls.sort();
    controls.dedup();
    let filter = Filter {
        words: v.field("q").to_owned(),
        division: v.field("division").to_owned(),
        control: v.field("control").to_owned(),
        status: v.field("status").to_owned(),
    };
    let mut entries = filter.apply(all);
    let sort = Sort::read(v.field("sort"), &["code", "name", "control", "status"]);
    sort.apply(&mut entries, |l| match sort.by.as_str() {
        "code" => l.code.clone(),
        "name" => v.say(&l.name).to_lowercase(),
        "control" => l.control.clone(),
        _ => l.status.clone(),
    });
    let (pager, entries) = Pager::cut(&v, entries)?;
    show(&One {
        v: &v,
        section: "lists",
        list: list::view(v.book(), found, v.day),
        groups,
        controls,
        filter,
        entries,
        sort,
        pager,
    })
}

#[derive(Template)]
#[template(path = "difference.html")]
struct Differs<'p> {
    v: &'p Visit,
    section: &'static str,
    list: String,
    list_name: Bilingual,
    from: String,
    to: String,
    editions: Vec<(Day, Day, Bilingual)>,
    d: Option<&'p DifferenceView>,
    groups: Vec<(&'static str, Bilingual, Vec<&'p ChangeView>)>,
    waiting: Vec<&'p ChangeView>,
    leads: Vec<&'p ChangeView>,
    pager: Pager,
    problem: Option<Problem>,
}

/// Kinds of changes, in the order they are shown.
const KINDS: [&str; 5] = ["removed", "added", "modified", "recoded", "fate_unknown"];

/// What changed in a list between two days.
pub async fn difference(v: Visit, Path(id): Path<String>) -> Shown {
    let found = find(&v, &id)?;
    // Without days, the latest amendment that changed the list is shown: one that was suspended before it began did not.
    let changed =
        |day: &Day| difference::view(v.book(), found, day.previous(), *day).is_ok_and(|d| !d.changes.is_empty());
    let mut days: Vec<Day> = found.in_law().map(|e| e.effective).filter(|day| *day <= v.day).collect();
    days.dedup();
    let latest = days.iter().rev().copied().find(changed).or(days.last().copied()).unwrap_or(v.day);
    let days = v.day_field("from").and_then(|from| Ok((from, v.day_field("to")?)));
    let (view, from, to, problem) = match days {
        Ok((from, to)) => {
            let (from, to) = (
                from.unwrap_or_else(|| to.unwrap_or(latest).previous()),
                to.unwrap_or(if from.is_some() { v.day } else { latest }),
            );
            match difference::view(v.book(), found, from, to) {
                Ok(view) => (Some(view), from.to_string(), to.to_string(), None),
                Err(problem) => (None, from.to_string(), to.to_string(), Some(problem)),
            }
        }
        Err(problem) => (None, v.field("from").to_owned(), v.field("to").to_owned(), Some(problem)),
    };
    // A list issued anew changes everything at once: the changes are read page by page.
    let order = |c: &&ChangeView| KINDS.iter().position(|k| *k == c.change);
    let mut changes: Vec<&ChangeView> = view.iter().flat_map(|d| &d.changes).collect();
    changes.sort_by_key(|c| (c.lead, !c.status.is_empty(), order(c)));
    let (pager, changes) = Pager::cut(&v, changes)?;
    let groups = KINDS
        .into_iter()
        .filter_map(|kind| {
            let of: Vec<&ChangeView> =
                changes.iter().copied().filter(|c| c.change == kind && !c.lead && c.status.is_empty()).collect();
            (!of.is_empty()).then(|| (kind, difference::label(kind), of))
        })
        .collect();
    let waiting: Vec<&ChangeView> = changes.iter().copied().filter(|c| !c.lead && !c.status.is_empty()).collect();
    let leads: Vec<&ChangeView> = changes.iter().copied().filter(|c| c.lead).collect();
    let editions = found
        .in_law()
        .skip(1)
        .map(|e| {
            let short = v.book().instruments.get(&e.instrument).map(|i| i.short.clone()).unwrap_or_default();
            (e.effective, e.effective.previous(), short)
        })
        .collect();
    let status = problem.as_ref().map(|p: &Problem| p.status);
    let mut response = show(&Differs {
        v: &v,
        section: "lists",
        list: id,
        list_name: found.head.name.clone(),
        from,
        to,
        editions,
        d: view.as_ref(),
        groups,
        waiting,
        leads,
        pager,
        problem,
    })?;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    Ok(response)
}

/// The same as a CSV file, one row an entry.
pub async fn difference_csv(v: Visit, Path(id): Path<String>) -> Shown {
    let found = find(&v, &id)?;
    let day = |name| v.day_field(name).map(|day| day.unwrap_or(v.day));
    let d = difference::view(v.book(), found, day("from")?, day("to")?)?;
    let columns =
        ["change", "code_before", "code_after", "name_zh", "name_en", "control", "reported", "instrument", "points"];
    let name = format!("{id}-{}-{}.csv", d.from, d.to);
    let rows = d.changes.into_iter().map(|c| {
        let points = c.points.iter().map(|p| p.path.as_str()).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
        let code = |code: Option<String>| code.filter(|c| views::shown_code(c).is_some()).unwrap_or_default();
        let (before, after) = (code(c.code_before), code(c.code_after));
        [c.change, before, after, c.name.zh, c.name.en, c.control, c.lead.to_string(), c.instrument, points]
    });
    files::table(&name, &columns, rows)
}

/// A list of a day as a file.
pub async fn export(v: Visit, Path((id, file)): Path<(String, String)>) -> Shown {
    let found = find(&v, &id)?;
    let kind = file.strip_prefix("export.").ok_or_else(|| Problem::usual(StatusCode::NOT_FOUND))?;
    let rows = || export::rows(v.book(), found, v.day);
    let json = |value: &serde_json::Value| serde_json::to_vec_pretty(value).map_err(|e| Problem::internal(&e));
    let (content, body) = match kind {
        "csv" => ("text/csv; charset=utf-8", export::csv(&rows())?),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            export::xlsx(&rows(), v.say(&found.head.short))?,
        ),
        "json" => (
            "application/json",
            json(&serde_json::json!({ "list": id, "as_of": v.day, "lawbook": v.book().version, "rows": rows() }))?,
        ),
        "jsonld" => ("application/ld+json", json(&export::skos(v.book(), found, v.day, &v.app.config.base_url))?),
        _ => return Err(Problem::usual(StatusCode::NOT_FOUND)),
    };
    let name = format!("attachment; filename=\"{id}-{}.{kind}\"", v.day);
    Ok(([(header::CONTENT_TYPE, content.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response())
}

struct EditionLine {
    name: Bilingual,
    effective: Day,
    instrument: CiteView,
    coverage: CoverageView,
}

/// Editions that are known and not recorded, with what is said of each.
type Unrecorded<'p> = Vec<(Bilingual, &'p Bilingual)>;

#[derive(Template)]
#[template(path = "coverage.html")]
struct Covered<'p> {
    v: &'p Visit,
    section: &'static str,
    lists: Vec<(ListView, Vec<EditionLine>, Unrecorded<'p>)>,
    elsewhere: Vec<ElsewhereLine<'p>>,
    kinds: Vec<(Bilingual, &'static str)>,
}

/// A list that is not recorded: what it covers, where it stands.
struct ElsewhereLine<'p> {
    name: &'p Bilingual,
    text: &'p Bilingual,
    note: &'p Bilingual,
    cites: Vec<CiteView>,
    known: Known,
}

/// How much is recorded.
pub async fn coverage(v: Visit) -> Shown {
    let book = v.book();
    let lists = book
        .lists
        .values()
        .map(|l| {
            let editions = l
                .in_law()
                .map(|e| EditionLine {
                    name: edition::name(book, e),
                    effective: e.effective,
                    instrument: CiteView::new(
                        book,
                        &yumen_lawbook::instrument::Citation { instrument: e.instrument.clone(), place: String::new() },
                        v.day,
                    ),
                    coverage: l.coverage(e.effective).into(),
                })
                .collect();
            let unrecorded =
                l.head.unrecorded.iter().map(|u| (edition::named(book, l, u.edition.as_str()), &u.remark)).collect();
            (list::view(book, l, v.day), editions, unrecorded)
        })
        .collect();
    let kinds = vec![
        (Verification::OfficialText.label(), v.t("在完整的官方文本中读到。", "Read in the complete official text.")),
        (
            Verification::OfficialNotice.label(),
            v.t("在官方公告或者官方答问中读到。", "Read in an official notice or official answers."),
        ),
        (
            Verification::Secondary.label(),
            v.t(
                "在他人的抄本、译本或者摘要中读到；出处列在条目下。",
                "Read in a copy, translation or summary by others; the source stands with the entry.",
            ),
        ),
        (Verification::Derived.label(), v.t("由其他记载推得。", "Follows from other recorded facts.")),
        (
            Verification::Unverified.label(),
            v.t("有人说过或者凭记忆，未核实。", "Said somewhere or remembered, not checked."),
        ),
    ];
    let elsewhere = book
        .elsewhere
        .iter()
        .map(|x| ElsewhereLine {
            name: &x.name,
            text: &x.text,
            note: &x.note,
            cites: CiteView::all(book, &x.at, v.day),
            known: x.verification.into(),
        })
        .collect();
    show(&Covered { v: &v, section: "lists", lists, elsewhere, kinds })
}
