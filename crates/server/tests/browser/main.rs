//! Every page kind in headless Chromium: zh and en, wide and narrow, light and dark; axe-core without violations, a console without
//! a word, nothing asked of other hosts, nothing wider than the window; the main flow without JavaScript; the keyboard.
//!
//! Run by `cargo xtask browser`, which starts the server and the driver and fetches axe-core. `YUMEN_SITE`, `YUMEN_DRIVER`,
//! `YUMEN_AXE` and `YUMEN_SHOTS` say where they are.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops there")]

use std::path::PathBuf;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

/// One address of every page kind, without language.
const PAGES: &[(&str, &str)] = &[
    ("home", ""),
    ("check", "/check"),
    (
        "answer-technology",
        "/check?text=Transfer+of+the+source+code+of+a+short-video+recommendation+algorithm+to+a+US+company&on=2020-09-15",
    ),
    (
        "answer-depends",
        "/check?text=artificial+graphite+block,+purity+99.95+%25,+flexural+strength+45+MPa&on=2025-06-01",
    ),
    ("answer-problem", "/check?text=x&to=Atlantis"),
    ("lists", "/lists"),
    ("list", "/lists/dual-use"),
    ("difference", "/lists/technology/difference?from=2020-08-27&to=2020-08-28"),
    ("entry", "/entries/056101X"),
    ("entry-dual", "/entries/1C117"),
    ("coverage", "/coverage"),
    ("notices", "/notices"),
    ("notice", "/notices/notice-58-2025"),
    ("measures", "/measures"),
    ("parties", "/parties"),
    ("party", "/parties/control-1-2025/1"),
    ("hs", "/hs?q=2805"),
    ("hs-number", "/hs/28053019"),
    ("countries", "/countries"),
    ("country", "/countries/US"),
    ("regimes", "/regimes"),
    ("procedures", "/procedures"),
    ("procedure", "/procedures/t-1"),
    ("clock", "/clock?timer=dual-use-licence.decision&start=2026-01-26"),
    ("penalties", "/penalties?turnover=600000"),
    ("guidance", "/guidance"),
    ("piece", "/guidance/am-i-exporting"),
    ("search", "/search?q=graphite"),
    ("verify", "/verify"),
    ("feeds", "/feeds"),
    ("api", "/api"),
    ("missing", "/nowhere"),
];

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask browser`"))
}

/// A browser of a width, in light or dark, with or without JavaScript.
async fn browser(width: u32, dark: bool, script: bool) -> Client {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--force-prefers-reduced-motion".to_owned(),
        format!("--window-size={width},1200"),
    ];
    if dark {
        arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
    }
    let mut options = json!({ "args": arguments, "mobileEmulation": { "deviceMetrics": { "width": width, "height": 1200, "pixelRatio": 1.0, "mobile": false, "touch": false } } });
    if !script {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    let mut wanted = Capabilities::new();
    wanted.insert("goog:chromeOptions".to_owned(), options);
    wanted.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    ClientBuilder::rustls().unwrap().capabilities(wanted).connect(&setting("YUMEN_DRIVER")).await.unwrap()
}

/// What the console said since it was last asked. Chromium's own command, beside the standard.
#[derive(Debug)]
struct Console;

impl WebDriverCompatibleCommand for Console {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

async fn visit(client: &Client, path: &str) {
    client.goto(&format!("{}{path}", setting("YUMEN_SITE"))).await.unwrap();
}

/// Everything wrong with the page that is open.
async fn faults(client: &Client, axe: &str, missing: bool) -> Vec<String> {
    let mut faults = Vec::new();
    client.execute(axe, vec![]).await.unwrap();
    let run = "const done = arguments[arguments.length - 1]; axe.run(document, { resultTypes: ['violations'] }).then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '))), (e) => done(['axe failed: ' + e]));";
    let found = client.execute_async(run, vec![]).await.unwrap();
    faults.extend(found.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)));
    let wide = client.execute("return document.documentElement.scrollWidth - window.innerWidth", vec![]).await.unwrap();
    if wide.as_i64().is_some_and(|w| w > 0) {
        faults.push(format!("the page is {wide} pixels wider than the window"));
    }
    let hosts = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => new URL(n).host !== location.host)";
    let asked = client.execute(hosts, vec![]).await.unwrap();
    faults.extend(asked.as_array().into_iter().flatten().map(|n| format!("asks another host: {n}")));
    let said = client.issue_cmd(Console).await.unwrap();
    for line in said.as_array().into_iter().flatten() {
        let text = line["message"].as_str().unwrap_or_default();
        // The browser itself notes the status of a page that is not there, or of a form that was refused.
        let refused = missing || text.contains("/nowhere") || text.contains("Atlantis");
        if !(refused && text.contains("Failed to load resource")) {
            faults.push(format!("console: {text}"));
        }
    }
    faults
}

#[tokio::test]
async fn every_page_is_sound_in_every_dress() {
    let axe = std::fs::read_to_string(setting("YUMEN_AXE")).unwrap();
    let shots = PathBuf::from(setting("YUMEN_SHOTS"));
    let mut wrong: Vec<String> = Vec::new();
    let mut pages = 0;
    for (width, dark) in [(1280, false), (390, true), (1280, true), (390, false)] {
        let client = browser(width, dark, true).await;
        for lang in ["zh", "en"] {
            for (name, path) in PAGES {
                visit(&client, &format!("/{lang}{path}")).await;
                let refused = matches!(*name, "missing" | "answer-problem");
                let scheme = if dark { "dark" } else { "light" };
                let dress = format!("{name}-{lang}-{width}-{scheme}");
                wrong.extend(faults(&client, &axe, refused).await.into_iter().map(|f| format!("{dress}: {f}")));
                let shot = client.screenshot().await.unwrap();
                std::fs::write(shots.join(format!("{dress}.png")), shot).unwrap();
                if width == 1280 && !dark {
                    std::fs::write(shots.join(format!("{name}-{lang}.html")), raw(&client).await).unwrap();
                }
                pages += 1;
            }
        }
        client.close().await.unwrap();
    }
    assert_eq!(pages, PAGES.len() * 8);
    assert!(wrong.is_empty(), "{} faults on {pages} pages:\n{}", wrong.len(), wrong.join("\n"));
}

/// The page as the server sent it, for the validator.
async fn raw(client: &Client) -> String {
    let read = "const done = arguments[arguments.length - 1]; fetch(location.href).then((r) => r.text()).then(done, () => done(''))";
    let text = client.execute_async(read, vec![]).await.unwrap();
    text.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_main_flow_needs_no_script() {
    for (lang, text, day, verdict) in [
        ("zh", "向美国公司转让短视频个性化推荐算法的源代码", "2020-09-15", "须申请许可"),
        (
            "en",
            "Transfer of the source code of a short-video recommendation algorithm to a US company",
            "2020-09-15",
            "Licence required",
        ),
    ] {
        let client = browser(1280, false, false).await;
        visit(&client, &format!("/{lang}?on={day}")).await;
        client.find(Locator::Id("text")).await.unwrap().send_keys(text).await.unwrap();
        client.find(Locator::Css(".hero button")).await.unwrap().click().await.unwrap();
        let verdicts = client.wait().for_element(Locator::Css(".verdict")).await.unwrap().text().await.unwrap();
        assert!(verdicts.contains(verdict), "{verdicts}");
        // Saved, printed, verified.
        client.find(Locator::Css("form[action$='/records'] button")).await.unwrap().click().await.unwrap();
        client.wait().for_element(Locator::Css(".record .qr")).await.unwrap();
        client.find(Locator::Css("a[href*='/verify/']")).await.unwrap().click().await.unwrap();
        let told = client.wait().for_element(Locator::Id("verdict")).await.unwrap().text().await.unwrap();
        assert!(told.contains('✓'), "{told}");
        client.close().await.unwrap();
    }
}

#[tokio::test]
async fn questions_are_answered_step_by_step_without_script() {
    let client = browser(390, false, false).await;
    visit(
        &client,
        "/en/check?text=artificial+graphite+block,+purity+99.95+%25,+flexural+strength+45+MPa&on=2025-06-01",
    )
    .await;
    client
        .find(Locator::Css("input[type='text'][name='p.density']"))
        .await
        .unwrap()
        .send_keys("1.8 g/cm3")
        .await
        .unwrap();
    client.find(Locator::Css(".questions button")).await.unwrap().click().await.unwrap();
    let given = client.wait().for_element(Locator::Id("given")).await.unwrap();
    assert_eq!(given.text().await.unwrap(), "You answered");
    let verdict = client.find(Locator::Css(".verdict")).await.unwrap().text().await.unwrap();
    assert!(verdict.contains("Licence required"), "{verdict}");
    client.close().await.unwrap();
}

#[tokio::test]
async fn the_keyboard_reaches_everything_in_reading_order() {
    use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
    let client = browser(1280, false, true).await;
    visit(&client, "/en").await;
    let tab = || {
        KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value: '\u{e004}' })
            .then(KeyAction::Up { value: '\u{e004}' })
    };
    let mut reached = Vec::new();
    for _ in 0..16 {
        client.perform_actions(tab()).await.unwrap();
        let name = client
            .execute(
                "const e = document.activeElement; return e.id || e.getAttribute('href') || e.textContent.trim()",
                vec![],
            )
            .await
            .unwrap();
        reached.push(name.as_str().unwrap_or_default().to_owned());
    }
    let place = |name: &str| {
        reached.iter().position(|r| r == name).unwrap_or_else(|| panic!("{name} was not reached: {reached:?}"))
    };
    assert_eq!(reached[0], "#main", "the first stop skips to the content");
    assert!(place("/en/check") < place("/en/lists") && place("law-day") < place("text"), "{reached:?}");
    client.close().await.unwrap();
}

#[tokio::test]
async fn suggestions_appear_while_typing() {
    let client = browser(1280, false, true).await;
    visit(&client, "/en/check").await;
    client.find(Locator::Id("text")).await.unwrap().send_keys("gallium arsenide").await.unwrap();
    let link = client.wait().for_element(Locator::Css(".suggestions a")).await.unwrap();
    assert!(link.attr("href").await.unwrap().is_some_and(|h| h.starts_with("/en/")));
    let said: Value = client.issue_cmd(Console).await.unwrap();
    assert_eq!(said, json!([]), "the console is silent");
    client.close().await.unwrap();
}
