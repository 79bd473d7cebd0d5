//! Determination records and links: kept, shown, verified, unreachable without their number.

use axum::http::{StatusCode, header};

use crate::support::Site;

const QUESTION: &str =
    "text=artificial+graphite+block%2C+purity+99.95+%25&on=2025-06-01&p.density=1.8+g%2Fcm3&moves=goods";

#[tokio::test]
async fn a_record_is_kept_shown_and_verified() {
    let site = Site::new().await;
    let made = site.post_form("/en/records", QUESTION).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    let page = made.header(header::LOCATION).to_owned();
    let shown = site.get(&page).await;
    assert!(shown.text.contains("Determination record") && shown.text.contains("class=\"qr\""));
    assert_eq!(shown.header(header::CACHE_CONTROL), "private, no-store");
    let id = page.rsplit('/').next().unwrap();
    for lang in ["en", "zh"] {
        let verified = site.get(&format!("/{lang}/verify/{id}")).await;
        assert_eq!(verified.status, StatusCode::OK);
        let words = if lang == "en" {
            "The same law gives the same outcome."
        } else {
            "同一法律数据得出同一结论。"
        };
        assert!(verified.text.contains(words), "{}", verified.text);
    }
    assert!(site.get(&format!("/verify/{id}")).await.header(header::LOCATION).ends_with(&format!("/verify/{id}")));
    let file = site.get(&format!("/records/{id}.json")).await.text;
    let paste = |text: &str| format!("paper={}", form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
    assert_eq!(site.post_form("/en/verify", paste(&file)).await.status, StatusCode::OK);
    let forged = site.post_form("/en/verify", paste(&file.replace("99.95", "99.0"))).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(forged.text.contains("The signature does not hold"));
    for other in ["0".repeat(32), "x".to_owned(), "..%2F..%2Fetc%2Fpasswd".to_owned()] {
        assert_eq!(site.get(&format!("/zh/records/{other}")).await.status, StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn a_short_link_asks_the_same_question_again() {
    let site = Site::new().await;
    let made = site.post_form("/zh/links", QUESTION).await;
    let link = made.header(header::LOCATION).to_owned();
    assert!(link.starts_with("/zh/q/"), "{link}");
    let answer = site.get(&link).await;
    assert!(answer.text.contains("artificial graphite block") && answer.text.contains("2025-06-01"));
    let empty = site.post_form("/zh/links", "text=").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}
