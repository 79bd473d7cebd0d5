//! Every page kind in both languages: whole, small, well-formed, safe, in the language asked for.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::support::{PAGES, Site};

const LARGEST: usize = 100 * 1024;

/// Tags that HTML does not close.
const VOID: &[&str] = &["meta", "link", "input", "br", "hr", "img"];

/// Every opened tag is closed in order, and no id stands twice. (Validity in full is checked by `cargo xtask browser`.)
fn well_formed(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').ok_or("a tag without an end")?;
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if last != name {
                return Err(format!("</{name}> closes <{last}>"));
            }
            continue;
        }
        let name: String = tag.chars().take_while(|c| c.is_alphanumeric()).collect();
        if let Some(id) = tag.split(" id=\"").nth(1).and_then(|t| t.split('"').next())
            && !ids.insert(id.to_owned())
        {
            return Err(format!("the id {id:?} stands twice"));
        }
        if !tag.ends_with('/') && !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("never closed: {open:?}")) }
}

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let site = Site::new().await;
    for lang in ["zh", "en"] {
        for page in PAGES {
            let path = format!("/{lang}{page}");
            let answer = site.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.text.len() <= LARGEST, "{path} has {} bytes", answer.text.len());
            let tag = if lang == "zh" { "zh-Hans" } else { "en" };
            assert!(answer.text.contains(&format!("<html lang=\"{tag}\">")), "{path}");
            if let Err(why) = well_formed(&answer.text) {
                panic!("{path}: {why}");
            }
            for inline in ["<script>", " style=\"", " onclick=", "javascript:"] {
                assert!(!answer.text.contains(inline), "{path} holds {inline}");
            }
            let policy = answer.header(header::CONTENT_SECURITY_POLICY);
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        }
    }
}

#[tokio::test]
async fn every_piece_of_guidance_is_a_page() {
    let site = Site::new().await;
    let pieces = site.get("/api/v1/guidance?lang=en").await.json();
    for piece in pieces.as_array().unwrap() {
        for lang in ["zh", "en"] {
            let path = format!("/{lang}/guidance/{}", piece["slug"].as_str().unwrap());
            let answer = site.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            if let Err(why) = well_formed(&answer.text) {
                panic!("{path}: {why}");
            }
        }
    }
}

/// Addresses of this site that a page leads to.
fn links(html: &str) -> Vec<String> {
    let attributes = html.split("href=\"").skip(1).chain(html.split("src=\"").skip(1));
    attributes
        .filter_map(|t| t.split('"').next())
        .filter(|l| l.starts_with('/'))
        .map(|l| l.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = Site::new().await;
    let mut waiting: Vec<String> =
        vec!["/zh".to_owned(), "/en".to_owned(), "/en/guidance".to_owned(), "/zh/guidance".to_owned()];
    let mut known: std::collections::BTreeMap<String, std::collections::BTreeSet<String>> =
        std::collections::BTreeMap::default();
    let mut fragments: Vec<(String, String, String)> = Vec::new();
    // Days and filters make endless addresses of the same pages: each page is read once for each path.
    let mut paths = std::collections::BTreeSet::new();
    while let Some(address) = waiting.pop() {
        if known.contains_key(&address) {
            continue;
        }
        let answer = site.get(&address).await;
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{address}: {}", answer.status);
        let ids = answer.text.split(" id=\"").skip(1).filter_map(|t| t.split('"').next()).map(str::to_owned).collect();
        known.insert(address.clone(), ids);
        let path = address.split('?').next().unwrap_or_default().to_owned();
        if !answer.header(header::CONTENT_TYPE).starts_with("text/html") || !paths.insert(path) {
            continue;
        }
        for link in links(&answer.text) {
            let (plain, fragment) = link.split_once('#').map_or((link.as_str(), None), |(a, f)| (a, Some(f)));
            if let Some(fragment) = fragment.filter(|f| !f.is_empty()) {
                fragments.push((address.clone(), plain.to_owned(), fragment.to_owned()));
            }
            let step = plain.split('?').next().unwrap_or_default();
            // Exports and questions are tried elsewhere; of the rest every path is tried, and its queries once each.
            if !step.contains("/export.") && !plain.contains("check?") {
                waiting.push(plain.to_owned());
            }
        }
    }
    assert!(known.len() > 700, "only {} addresses were found", known.len());
    for (from, to, fragment) in fragments {
        if let Some(ids) = known.get(&to) {
            assert!(ids.contains(&fragment), "{from} leads to {to}#{fragment}, which is not there");
        }
    }
}

#[tokio::test]
async fn the_algorithm_question_of_2020_is_answered_end_to_end() {
    let site = Site::new().await;
    let text = "text=%E5%90%91%E7%BE%8E%E5%9B%BD%E5%85%AC%E5%8F%B8%E8%BD%AC%E8%AE%A9%E7%9F%AD%E8%A7%86%E9%A2%91%E4%B8%AA%E6%80%A7%E5%8C%96%E6%8E%A8%E8%8D%90%E7%AE%97%E6%B3%95%E7%9A%84%E6%BA%90%E4%BB%A3%E7%A0%81&on=2020-09-15";
    let zh = site.post_form("/zh/check", text).await;
    assert_eq!(zh.status, StatusCode::OK);
    for words in ["须申请许可", "056101X", "2020-11-02", "技术出口许可意向书", "重现本结果的链接"]
    {
        assert!(zh.text.contains(words), "{words}");
    }
    assert_eq!(zh.header(header::CACHE_CONTROL), "private, no-store");
    // The switch of language keeps the question and the day.
    let switch = links(&zh.text).into_iter().find(|l| l.starts_with("/en/check?")).unwrap();
    let en = site.get(&switch).await;
    assert!(en.text.contains("Licence required") && en.text.contains("2020-11-02"));
    // The day before, the point was not there yet.
    let before = site.post_form("/en/check", text.replace("2020-09-15", "2020-08-27")).await;
    assert!(!before.text.contains("Personalised information push (recommendation) service technology based on data analysis</span></blockquote>") || !before.text.contains("Licence required"));
}

#[tokio::test]
async fn answers_to_questions_lead_on() {
    let site = Site::new().await;
    let text = "text=artificial+graphite+block%2C+purity+99.95+%25%2C+flexural+strength+45+MPa&on=2025-06-01";
    let open = site.post_form("/en/check", text).await;
    assert!(
        open.text.contains("Depends on facts still missing") && open.text.contains("name=\"p.density\""),
        "{}",
        open.text
    );
    let asked = open.text.matches("<fieldset>").count() + open.text.matches("name=\"p.").count();
    assert!(asked > 0 && open.text.matches("id=\"q").count() <= 10);
    let closed = site.post_form("/en/check", format!("{text}&p.density=1.8+g%2Fcm3")).await;
    assert!(closed.text.contains("Licence required"), "a met limit decides");
    let unread = site.post_form("/en/check", format!("{text}&p.density=heavy")).await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unread.text.contains("artificial graphite block"), "nothing typed is lost");
    assert!(unread.text.contains("role=\"alert\""));
}

#[tokio::test]
async fn the_same_notice_reads_otherwise_on_three_days() {
    let site = Site::new().await;
    let on = async |day: &str| site.get(&format!("/en/notices/notice-58-2025?on={day}")).await.text;
    assert!(on("2025-10-20").await.contains("scheduled"));
    let heading = async |day: &str| {
        let page = on(day).await;
        let first = page.split("<article class=\"clause\"").nth(1).and_then(|a| a.split("</h3>").next());
        first.unwrap_or_default().to_owned()
    };
    assert!(heading("2026-03-01").await.contains("state s-suspended"));
    assert!(heading("2026-11-21").await.contains("state s-lapsed_unconfirmed"));
}

#[tokio::test]
async fn a_notice_that_never_began_is_never_called_in_force() {
    let site = Site::new().await;
    for number in ["55", "56", "57", "58", "61", "62"] {
        let page = site.get(&format!("/en/notices/notice-{number}-2025?on=2026-11-27")).await.text;
        let head = page.split("<h2").next().unwrap_or_default();
        assert!(head.contains("s-lapsed_unconfirmed") && !head.contains("s-in_force"), "{number}");
    }
    let difference = site.get("/en/lists/dual-use/difference?from=2025-10-08&to=2026-11-27").await.text;
    assert!(difference.contains("By notices that are not in force"));
}

#[tokio::test]
async fn days_beyond_the_book_are_refused_and_other_ways_of_writing_days_are_read() {
    let site = Site::new().await;
    for path in ["/zh/measures?on=9999-12-31", "/en/notices/notice-58-2025?on=0001-01-01"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.text.len() < LARGEST, "{path}");
    }
    for written in ["2025/10/20", "20251020", "2025%E5%B9%B410%E6%9C%8820%E6%97%A5"] {
        let answer = site.get(&format!("/en/measures?on={written}")).await;
        assert!(answer.status.is_success() && answer.text.contains("2025-10-20"), "{written}");
    }
}

#[tokio::test]
async fn tables_are_given_as_files() {
    let site = Site::new().await;
    for (path, holds) in [
        ("/en/hs/export.csv", "2805301200"),
        ("/en/regimes/export.csv", "1C117"),
        ("/en/notices/export.csv", "notice-58-2025"),
        ("/en/measures/export.csv", "lapsed_unconfirmed"),
        ("/en/parties/export.csv?q=Rheinmetall", "Rheinmetall AG"),
        ("/en/lists/technology/difference/export.csv?from=2020-08-27&to=2020-08-28", "056101X"),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.header(header::CONTENT_TYPE).starts_with("text/csv"), "{path}");
        assert!(answer.text.contains(holds), "{path}: {}", answer.text);
    }
    let backwards = site.get("/en/lists/technology/difference/export.csv?from=2020-08-28&to=2020-08-27").await;
    assert_eq!(backwards.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_customs_number_leads_to_its_points_and_to_those_without_one() {
    let site = Site::new().await;
    let page = site.get("/en/hs/2805301910").await.text;
    assert!(page.contains("1C902") && page.contains("for reference only"));
    let none = site.get("/zh/hs/4209000000").await;
    assert!(none.status.is_success() && none.text.contains("这不等于不受管制"));
    assert_eq!(site.get("/en/hs/dysprosium").await.status, StatusCode::NOT_FOUND);
    assert!(site.get("/en/search?q=2805301200").await.text.contains("/en/hs/2805301200"));
}

#[tokio::test]
async fn the_calculator_takes_pauses_from_a_form_and_days_of_ones_own() {
    let site = Site::new().await;
    let with = "reason=expert_opinion&paused_from=2026-02-02&paused_to=2026-02-06";
    let page = site.get(&format!("/en/clock?timer=dual-use-licence.decision&start=2026-01-26&{with}")).await.text;
    assert!(page.contains("<time datetime=\"2026-04-13\">"), "five working days later, over Qingming");
    let same = "pause=expert_opinion:2026-02-02:2026-02-06";
    let typed = site.get(&format!("/en/clock?timer=dual-use-licence.decision&start=2026-01-26&{same}")).await.text;
    assert!(typed.contains("<time datetime=\"2026-04-13\">"));
    let own = site.get("/en/clock?timer=own.working_day&length=3&start=2026-09-24").await.text;
    assert!(own.contains("<time datetime=\"2026-09-30\">"), "three working days around Mid-Autumn");
    let refused = site.get("/zh/clock?timer=own.working_day&length=soon").await;
    assert!(refused.status == StatusCode::BAD_REQUEST && refused.text.contains("不是天数"));
}

#[tokio::test]
async fn the_difference_of_the_2020_amendment_shows_declared_and_recorded() {
    let site = Site::new().await;
    let page = site.get("/en/lists/technology/difference?from=2020-08-27&to=2020-08-28").await.text;
    for words in ["Notice 38/2020", "Declared", "050302J", "056101X", "<ins>"] {
        assert!(page.contains(words), "{words}");
    }
}

#[tokio::test]
async fn the_calculator_counts_with_the_make_up_days() {
    let site = Site::new().await;
    let page = site.get("/en/clock?timer=dual-use-licence.decision&start=2026-01-26").await.text;
    assert!(page.contains("<time datetime=\"2026-04-03\">"), "45 working days from 2026-01-26");
    assert!(
        page.contains("day-make_up") && page.contains("day-holiday") && page.contains("<caption>2026-02</caption>")
    );
    let provisional = site.get("/zh/clock?timer=dual-use-licence.decision&start=2026-12-20").await.text;
    assert!(provisional.contains("暂计") && provisional.contains("2027"));
}

#[tokio::test]
async fn the_front_door_follows_the_browser_and_pages_are_told_apart_by_law() {
    let site = Site::new().await;
    let front = |accepts: &str| {
        Request::builder().uri("/").header(header::ACCEPT_LANGUAGE, accepts).body(Body::empty()).unwrap()
    };
    assert_eq!(site.send(front("zh-CN,zh;q=0.9")).await.header(header::LOCATION), "/zh");
    assert_eq!(site.send(front("de,en;q=0.5")).await.header(header::LOCATION), "/en");
    let first = site.get("/en/entries/1C117").await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(tag.starts_with("W/\""));
    let again =
        Request::builder().uri("/en/entries/1C117").header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
    let again = site.send(again).await;
    assert_eq!((again.status, again.text.len()), (StatusCode::NOT_MODIFIED, 0));
    let other = Request::builder()
        .uri("/en/entries/1C117?on=2020-01-01")
        .header(header::IF_NONE_MATCH, &tag)
        .body(Body::empty())
        .unwrap();
    assert_ne!(site.send(other).await.status, StatusCode::NOT_MODIFIED);
    // What is kept ready is the same as what was made.
    assert_eq!(site.get("/en/entries/1C117").await.text, first.text);
}

#[tokio::test]
async fn exports_hold_the_list_of_the_day() {
    let site = Site::new().await;
    let csv = site.get("/en/lists/technology/export.csv?on=2020-09-15").await;
    assert!(
        csv.text.starts_with('\u{feff}') && csv.text.contains("056101X,21,基于数据分析的个性化信息推送服务技术"),
        "{}",
        &csv.text[..200]
    );
    assert!(!site.get("/en/lists/technology/export.csv?on=2020-08-27").await.text.contains("个性化信息推送"));
    let json = site.get("/en/lists/dual-use/export.json").await.json();
    assert!(json["rows"].as_array().unwrap().len() > 500);
    let skos = site.get("/zh/lists/dual-use/export.jsonld").await.json();
    assert_eq!(skos["@type"], "skos:ConceptScheme");
    let concepts = skos["@graph"].as_array().unwrap();
    let ids: std::collections::BTreeSet<&str> = concepts.iter().filter_map(|c| c["@id"].as_str()).collect();
    for concept in concepts {
        if let Some(broader) = concept["skos:broader"]["@id"].as_str() {
            assert!(ids.contains(broader), "{broader}");
        }
    }
    let xlsx = site.get("/zh/lists/dual-use/export.xlsx").await;
    assert!(xlsx.text.starts_with("PK"));
}
