//! What templates call: words and marks of states, fields of forms, pages of a list.

use std::borrow::Borrow;

use yumen_assess::Truth;
use yumen_assess::answer::{Answer, EntryRef, NextStep, RegimeResult};
use yumen_lawbook::list::entry::Control;
use yumen_lawbook::{Bilingual, Day, Lang};

use crate::problem::Problem;
use crate::views;
use crate::views::check::Form;
use crate::views::difference::PointChangeView;
use crate::views::entry::PointView;
use crate::views::list::CoverageView;
use crate::views::measure::ClauseView;
use crate::views::penalty::{FineView, PenaltyView};
use crate::views::procedure::{ProcedureView, StepView};
use crate::views::words::Piece;
use crate::visit::Visit;

/// Sections of the main navigation: name, address, words.
pub fn sections(v: &Visit) -> Vec<(&'static str, String, &'static str)> {
    [
        ("check", "/check", v.t("查询", "Check")),
        ("lists", "/lists", v.t("清单", "Lists")),
        ("measures", "/measures", v.t("措施", "Measures")),
        ("parties", "/parties", v.t("名单", "Parties")),
        ("notices", "/notices", v.t("文件", "Notices")),
        ("procedures", "/procedures", v.t("程序", "Procedures")),
        ("guidance", "/guidance", v.t("指南", "Guidance")),
        ("search", "/search", v.t("搜索", "Search")),
    ]
    .map(|(id, path, name)| (id, v.href(path), name))
    .into()
}

/// The first page of a section.
pub fn section_path(id: &str) -> String {
    format!("/{id}")
}

/// The way to everything that is in no section: address and words.
pub const FOOTER: &[(&str, &str, &str)] = &[
    ("/countries", "国家和地区", "Countries"),
    ("/hs", "海关商品编号", "Customs numbers"),
    ("/clock", "期限计算", "Deadlines"),
    ("/penalties", "罚则", "Penalties"),
    ("/regimes", "其他制度", "Other regimes"),
    ("/coverage", "记载范围", "Coverage"),
    ("/verify", "核对记录", "Verify a record"),
    ("/feeds", "订阅", "Feeds"),
    ("/api", "接口", "API and MCP"),
];

/// True for a page that is the same for everybody, so that the world may know its address; false for what shows somebody's question.
pub fn is_for_everybody(v: &Visit) -> bool {
    let first = v.path.split('/').nth(1).unwrap_or_default();
    let asked = v.path == "/parties" && !v.field("q").is_empty();
    !asked
        && !matches!(first, "q" | "records" | "search")
        && (first != "check" || v.query.is_empty())
        && v.path.matches("/verify/").count() == 0
}

/// True for a page that no day of the law changes.
pub fn is_timeless(v: &Visit) -> bool {
    let first = v.path.split('/').nth(1).unwrap_or_default();
    matches!(first, "api" | "feeds" | "verify" | "records")
}

/// The day on which the law data was last added to.
pub fn recorded_day(v: &Visit) -> String {
    v.book().recorded.map_or_else(String::new, |(_, last)| last.to_string())
}

/// True where an address is right but for its day.
pub fn is_about_the_day(p: &Problem) -> bool {
    matches!(p.code, "bad_day" | "day_out_of_range") && p.field.as_deref() == Some("on")
}

/// What can move.
pub const MOVES: &[(&str, &str, &str)] = &[
    ("goods", "货物", "goods"),
    ("software", "软件", "software"),
    ("technology", "技术", "technology"),
    ("service", "服务", "service"),
];

/// Where an entry of a list can stand.
pub const STATUSES: &[(&str, &str, &str)] = &[
    ("in_force", "施行中", "in force"),
    ("suspended", "暂停实施", "suspended"),
    ("lapsed_unconfirmed", "暂停期满，现状未见确认", "suspension lapsed, status unconfirmed"),
    ("scheduled", "尚未施行", "scheduled"),
];

/// Where a clause can stand.
pub const CLAUSE_STATUSES: &[(&str, &str, &str)] = &[
    ("in_force", "施行中", "in force"),
    ("suspended", "暂停实施", "suspended"),
    ("lapsed_unconfirmed", "暂停期满，现状未见确认", "suspension lapsed, status unconfirmed"),
    ("repealed", "已停止", "ended"),
];

/// Where an act can stand.
pub const ACT_STATUSES: &[(&str, &str, &str)] = &[
    ("in_force", "施行中", "in force"),
    ("partly_in_force", "部分施行", "in force in part"),
    ("suspended", "暂停实施", "suspended"),
    ("lapsed_unconfirmed", "暂停期满，现状未见确认", "suspension lapsed, status unconfirmed"),
    ("scheduled", "尚未施行", "scheduled"),
    ("ended", "已失效", "no longer in force"),
    ("draft", "征求意见稿", "draft"),
    ("published", "解释、说明类文件", "explains, has no force of its own"),
];

/// The colours of the timeline of measures.
pub const LEGEND: &[(&str, &str, &str)] = &[
    ("scheduled", "尚未施行", "scheduled"),
    ("in_force", "施行中", "in force"),
    ("suspended", "暂停实施", "suspended"),
    ("lapsed_unconfirmed", "暂停期满，现状未见确认", "suspension lapsed, status unconfirmed"),
    ("repealed", "已停止", "ended"),
];

/// The colours of the calendar.
pub const DAY_LEGEND: &[(&str, &str, &str)] = &[
    ("start", "起算事件", "day of the event"),
    ("working", "计入的工作日", "working day, counted"),
    ("make_up", "调休上班，计入", "make-up day, counted"),
    ("weekend", "休息日", "weekend"),
    ("holiday", "节假日", "holiday"),
    ("paused", "中止", "paused"),
];

/// The mark of a standing.
pub fn status_mark(status: &str) -> &'static str {
    match status {
        "in_force" => "●",
        "scheduled" | "not_yet" => "◔",
        "suspended" => "‖",
        "partly_in_force" => "◐",
        "lapsed_unconfirmed" => "▨",
        "published" => "○",
        "ended" | "repealed" => "×",
        "superseded" => "◦",
        "draft" => "✎",
        "control" | "prohibited" => "■",
        "watch" | "restricted" | "licence" => "◧",
        "unreliable" | "countermeasure" => "▲",
        _ => "?",
    }
}

/// The status of a clause; before its first stretch it is not there yet.
pub fn status_of(c: &ClauseView) -> &str {
    c.status.as_deref().unwrap_or("not_yet")
}

/// The countries a clause is about, by code and name.
pub fn destinations(c: &ClauseView) -> Vec<(&String, &Bilingual)> {
    c.destinations.iter().zip(&c.destination_names).collect()
}

/// A number with what is counted: one listing, two listings, 2 条.
/// (Templates hand fields over by reference and results by value.)
pub fn counted(v: &Visit, number: impl Borrow<usize>, zh: &str, one: &str, several: &str) -> String {
    let number = *number.borrow();
    match v.lang {
        Lang::Zh => format!("{number} {zh}"),
        Lang::En => format!("{number} {}", if number == 1 { one } else { several }),
    }
}

/// How a number stands to the same number of another regime, in a few words.
pub fn kinship_word<'v>(v: &'v Visit, kinship: &str) -> &'v str {
    match kinship {
        "related" => v.t("相关", "related"),
        "different" => v.t("指别的物项", "something else"),
        "absent" => v.t("没有此编号", "no such number"),
        _ => v.t("有此编号，未比对", "has it, not compared"),
    }
}

/// The path of a point as an office prints it; a topic that was only reported has a number of ours (`t1`), which is not shown.
pub fn shown_path(path: &str) -> Option<&str> {
    let ours = path.strip_prefix('t').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    (!ours).then_some(path)
}

/// True where a text has words in the language of the page: a Chinese gist says nothing on an English page that shows the English.
pub fn speaks(v: &Visit, text: &Bilingual) -> bool {
    !match v.lang {
        Lang::Zh => &text.zh,
        Lang::En => &text.en,
    }
    .is_empty()
}

/// Places in a notice as the language writes them: `3(3) to 3(5)`, `3(3)至3(5)`.
pub fn clause_words(v: &Visit, clause: &str) -> String {
    match v.lang {
        Lang::Zh => {
            format!("条款 {}", clause.replace(" to ", "至").replace(", ", "、").replace('(', "（").replace(')', "）"))
        }
        Lang::En => format!("clause {clause}"),
    }
}

/// The place of a clause on the page of its notice.
pub fn clause_path(c: &ClauseView) -> String {
    format!("{}#clause-{}", views::instrument_path(&c.cite.instrument), c.clause)
}

/// What the list does with an entry, in words.
pub fn control_word(v: &Visit, control: &str) -> String {
    let all = [Control::Prohibited, Control::Restricted, Control::Licence, Control::Unknown];
    let found = all.into_iter().find(|c| c.as_str() == control);
    found.map_or_else(|| v.t("合计", "all").to_owned(), |c| v.say(&c.label()).to_owned())
}

/// What an amendment did to a point, in a word.
pub fn change_word<'v>(v: &'v Visit, change: &str) -> &'v str {
    match change {
        "added" => v.t("新增", "added"),
        "removed" => v.t("删除", "removed"),
        _ => v.t("修改", "changed"),
    }
}

/// What an instrument did, in words.
pub fn operation_word<'v>(v: &'v Visit, operation: &str) -> &'v str {
    match operation {
        "removed" => v.t("删除", "Removed"),
        "added" => v.t("新增", "Added"),
        _ => v.t("修改", "Modified"),
    }
}

/// How an instrument makes its edition, in words.
pub fn form_word<'v>(v: &'v Visit, form: &str) -> &'v str {
    match form {
        "base" => v.t("首个记载的版本", "first recorded edition"),
        "amendment" => v.t("修改现行清单", "amends the list in force"),
        "reissue" => v.t("整体重新发布", "issues the whole list anew"),
        _ => v.t("征求意见稿，非法律", "draft for comment, not law"),
    }
}

/// What an export is called.
pub fn export_name(kind: &str) -> &'static str {
    match kind {
        "csv" => "CSV",
        "json" => "JSON",
        "jsonld" => "JSON-LD (SKOS)",
        _ => "XLSX",
    }
}

/// The wordings of a change laid over each other, in the language of the page where it has words.
pub fn laid_over<'p>(v: &Visit, p: &'p PointChangeView) -> &'p [Piece] {
    choose(v, &p.words_zh, &p.words_en)
}

/// The same for a point of an entry.
pub fn laid<'p>(v: &Visit, p: &'p PointView) -> &'p [Piece] {
    choose(v, &p.words_zh, &p.words_en)
}

fn choose<'p>(v: &Visit, zh: &'p [Piece], en: &'p [Piece]) -> &'p [Piece] {
    let (first, second) = if v.lang == Lang::Zh { (zh, en) } else { (en, zh) };
    if first.is_empty() { second } else { first }
}

/// The states a step leads from and to.
pub fn state_names(v: &Visit, p: &ProcedureView, s: &StepView) -> String {
    let name =
        |id: &String| p.states.iter().find(|x| x.id == *id).map_or_else(|| id.clone(), |x| v.say(&x.name).to_owned());
    let from: Vec<String> = s.from.iter().map(name).collect();
    format!("{} → {}", from.join(" / "), name(&s.to))
}

/// The name of a list.
pub fn list_name(v: &Visit, id: &str) -> Bilingual {
    v.book().list(id).map_or_else(|| Bilingual::new(id, id), |l| l.head.name.clone())
}

/// True where the entry of a result is only the nearest one.
pub fn is_nearest(r: &RegimeResult) -> bool {
    matches!(r.answer, Answer::NotFound | Answer::LikelyNotControlled | Answer::Depends)
}

/// The page of the entry a result rests on, at its point.
pub fn entry_href(v: &Visit, e: &EntryRef) -> String {
    let point = if e.point.is_empty() { String::new() } else { format!("#{}", views::escaped(&e.point)) };
    v.href(&format!("{}{point}", views::entry_path(&e.code)))
}

/// The coverage a result rests on.
pub fn coverage_sentence(r: &RegimeResult) -> Bilingual {
    CoverageView::from(r.coverage.clone()).sentence()
}

/// The steps of a result, procedure by procedure.
pub fn by_procedure(r: &RegimeResult) -> Vec<(&str, &Bilingual, Vec<&NextStep>)> {
    let mut all: Vec<(&str, &Bilingual, Vec<&NextStep>)> = Vec::new();
    for step in &r.next {
        match all.last_mut() {
            Some((id, _, steps)) if *id == step.procedure => steps.push(step),
            _ => all.push((&step.procedure, &step.procedure_name, vec![step])),
        }
    }
    all
}

/// The class of a tested condition.
pub fn truth_class(truth: &Truth) -> &'static str {
    match truth {
        Truth::Met => "met",
        Truth::NotMet => "not-met",
        Truth::NotStated => "open",
    }
}

/// A tested condition in words, with its mark.
pub fn truth_word<'v>(v: &'v Visit, truth: &Truth) -> &'v str {
    match truth {
        Truth::Met => v.t("✓ 达到", "✓ met"),
        Truth::NotMet => v.t("✗ 未达到", "✗ not met"),
        Truth::NotStated => v.t("? 待定", "? open"),
    }
}

/// What a parameter is called.
pub fn parameter_name(v: &Visit, name: &str) -> Bilingual {
    let book = v.book();
    if let Some(property) = book.property(name) {
        return property.name.clone();
    }
    if let Some(concept) = name.strip_prefix("class:") {
        return views::words::concept(book, concept);
    }
    if let Some(code) = name.strip_prefix("is:") {
        return Bilingual::new(format!("属于 {code}"), format!("is what {code} says"));
    }
    if let Some(code) = name.strip_prefix("check:") {
        return Bilingual::new(format!("与 {code} 的官方文本相符"), format!("fits the official text of {code}"));
    }
    if let Some(listing) = name.strip_prefix("party:").filter(|l| *l != "ownership") {
        return listed_name(book, listing);
    }
    if let Some(concept) = name.strip_prefix("content[").and_then(|n| n.strip_suffix(']')) {
        let of = views::words::concept(book, concept);
        return Bilingual::new(format!("{}含量", of.zh), format!("content of {}", of.en));
    }
    match name {
        "party:ownership" => Bilingual::new(
            "属于名单实体或者由其持股50%及以上",
            "belongs to a listed entity, or owned by it to 50 % or more",
        ),
        "moves" => Bilingual::new("出口的内容", "what moves"),
        "principal_and_removable" => {
            Bilingual::new("是主要成分且可拆卸移作他用", "a principal element that can be removed")
        }
        other => Bilingual::new(other, other),
    }
}

/// The listed party of a question about a name, by notice and number.
fn listed_name(book: &yumen_lawbook::Book, listing: &str) -> Bilingual {
    let plain = || Bilingual::new(listing, listing);
    let Some((instrument, no)) = listing.rsplit_once(':') else { return plain() };
    let of = |l: &&yumen_lawbook::party::Listing| l.instrument.as_str() == instrument;
    let party = book.listings.iter().filter(of).flat_map(|l| &l.party).find(|p| p.no.to_string() == no);
    party.map_or_else(plain, |p| Bilingual::new(format!("就是名单中的“{}”", p.zh), format!("is the listed {}", p.en)))
}

/// The fines of a penalty with their labels.
pub fn fines<'p>(v: &'p Visit, p: &'p PenaltyView) -> Vec<(&'p str, &'p FineView)> {
    let usual = p.fine.iter().map(|f| (v.t("罚款", "Fine"), f));
    let serious = p.serious_fine.iter().map(|f| (v.t("情节严重的罚款", "Fine in serious cases"), f));
    usual.chain(serious).collect()
}

/// An amount of money as the language writes it.
pub fn money(v: &Visit, amount: &rust_decimal::Decimal) -> String {
    match v.lang {
        Lang::Zh => format!("{}元", views::penalty::yuan(*amount)),
        Lang::En => format!("CNY {}", views::penalty::grouped(*amount)),
    }
}

/// The days of the week.
pub fn weekdays(v: &Visit) -> [&'static str; 7] {
    match v.lang {
        Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
        Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    }
}

/// A field of the question behind the first box.
pub struct CheckField {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub zh: &'static str,
    /// Its label.
    pub en: &'static str,
    /// Its hint.
    pub hint_zh: &'static str,
    /// Its hint.
    pub hint_en: &'static str,
    /// True where it takes several lines.
    pub lines: bool,
}

/// The fields of the question behind the first box.
pub fn check_fields() -> [CheckField; 8] {
    let field = |name, zh, en, hint_zh, hint_en, lines| CheckField { name, zh, en, hint_zh, hint_en, lines };
    [
        field(
            "to",
            "目的地",
            "Destination",
            "国家或者地区，名称或者两位代码。",
            "Country or region, by name or two letters.",
            false,
        ),
        field(
            "moves",
            "出口的内容",
            "What moves",
            "货物、软件、技术还是服务。",
            "Goods, software, technology or a service.",
            false,
        ),
        field(
            "code",
            "编码",
            "Code",
            "若已知，例如 056101X、1C117.d.1。",
            "If known, for example 056101X or 1C117.d.1.",
            false,
        ),
        field(
            "hs",
            "海关商品编号",
            "Customs number",
            "4至10位数字；只作线索，不作依据。",
            "4 to 10 digits; a hint, never a reason.",
            false,
        ),
        field(
            "party",
            "当事方",
            "Parties",
            "收货人、最终用户等，每行一个。",
            "Consignee, end user and others, one a line.",
            true,
        ),
        field("values", "参数", "Figures", "每行一个：密度 = 1.8 g/cm3", "One a line: density = 1.8 g/cm3", true),
        field("end_use", "最终用途", "End use", "物项用来做什么。", "What it is for.", false),
        field("on", "法律日期", "Law as of", "YYYY-MM-DD；留空为今天。", "YYYY-MM-DD; empty for today.", false),
    ]
}

/// What was typed into a field.
pub fn typed<'f>(form: &'f Form, name: &str) -> &'f str {
    match name {
        "to" => &form.to,
        "moves" => &form.moves,
        "code" => &form.code,
        "hs" => &form.hs,
        "party" => &form.party,
        "values" => &form.values,
        "end_use" => &form.end_use,
        "on" => &form.on,
        _ => &form.text,
    }
}

/// True where the problem is about the field. Values of parameters are typed into `values`.
pub fn is_at(problem: &Option<Problem>, name: &str) -> bool {
    problem.as_ref().is_some_and(|p| field_anchor(p) == name)
}

/// What is wrong, in the language of the page.
pub fn problem_text<'p>(v: &Visit, problem: &'p Option<Problem>) -> &'p str {
    problem.as_ref().map_or("", |p| p.text.get(v.lang))
}

/// The field a problem leads to.
pub fn field_anchor(p: &Problem) -> &str {
    match p.field.as_deref() {
        Some(name)
            if matches!(p.code, "unknown_parameter" | "bad_value" | "wrong_unit" | "contradiction" | "too_many")
                && name != "party" =>
        {
            "values"
        }
        Some(name) => name,
        None => "text",
    }
}

/// No problem, for forms shown beside an answer.
pub fn no_problem() -> Option<Problem> {
    None
}

/// What an edition changed, on a page of its own.
pub fn difference_href(v: &Visit, list: &str, before: Day, after: &Day) -> String {
    format!("/{}/lists/{list}/difference?from={before}&to={after}", v.code())
}

/// A question as a link.
pub fn example_href(v: &Visit, text: &str, on: &str) -> String {
    let form = Form {
        text: text.to_owned(),
        on: if on.is_empty() && v.dated { v.day.to_string() } else { on.to_owned() },
        ..Form::default()
    };
    format!("/{}/check?{}", v.code(), form.query())
}

/// One page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Pager {
    /// Which page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// How many lines there are in all.
    pub total: usize,
}

/// Lines on a page.
pub const PAGE: usize = 50;

impl Pager {
    /// The page asked for and its lines.
    pub fn cut<T>(v: &Visit, lines: Vec<T>) -> Result<(Self, Vec<T>), Problem> {
        let total = lines.len();
        let pages = total.div_ceil(PAGE).max(1);
        let page = v.number_field("page", 1, 1, 1_000_000)?.min(pages);
        let lines = lines.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
        Ok((Self { page, pages, total }, lines))
    }

    /// The address of another page of the list.
    pub fn href(v: &Visit, page: usize) -> String {
        v.with(&[("page", &page.to_string())])
    }
}

/// True where the optional day is the day.
pub fn is_day(day: &Option<Day>, other: &Day) -> bool {
    day.as_ref() == Some(other)
}
