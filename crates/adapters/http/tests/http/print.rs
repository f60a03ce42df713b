//! Documents as pages to print.

use serde_json::json;

use crate::yard::{Yard, and};

/// An issued invoice of somebody whose name is nearly markup.
async fn issued(yard: &Yard) -> String {
    let buyer = json!({"name": {"en": "<b>Workshop</b> & \"sons\"", "ar": "ورشة"},
        "country": "SA", "currency": "SAR", "payment_terms": {"net_days": 30}});
    let buyer = yard.shop.create("customers", &buyer).await;
    let invoice = and(&and(&yard.invoice, "customer_id", json!(buyer)), "issue", json!(true));
    yard.shop.create("invoices", &invoice).await
}

async fn page(yard: &Yard, id: &str, language: &str) -> String {
    let path = format!("invoices/{id}/document");
    let answer = yard.shop.get(&path, &[("accept-language", language)]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
    String::from_utf8(answer.body).unwrap()
}

#[actix_web::test]
async fn a_page_shows_what_is_stored_in_both_languages_and_runs_in_the_one_asked_for() {
    let yard = Yard::open().await;
    let id = issued(&yard).await;
    let shown = yard.shop.get(&format!("invoices/{id}"), &[]).await.json();

    let (english, arabic) = (page(&yard, &id, "en").await, page(&yard, &id, "ar").await);

    assert!(english.contains("<html lang=\"en\" dir=\"ltr\">"), "{english}");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"), "{arabic}");
    for page in [&english, &arabic] {
        for pointer in ["/totals/payable", "/totals/tax", "/lines/0/net", "/issue_date", "/number"]
        {
            let figure = shown.pointer(pointer).unwrap().as_str().unwrap();
            assert!(page.contains(&format!("<bdi dir=\"ltr\">{figure}")), "{pointer} {page}");
        }
        for words in ["Payable", "المبلغ المستحق", "برغي M8", "Bolt M8", "ورشة"]
        {
            assert!(page.contains(words), "{words}");
        }
        assert!(page.contains("&lt;b&gt;Workshop&lt;/b&gt; &amp; &quot;sons&quot;"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"));
    }
}

#[actix_web::test]
async fn a_page_may_use_its_own_style_and_nothing_else() {
    let yard = Yard::open().await;
    let id = issued(&yard).await;

    let answer = yard.shop.get(&format!("invoices/{id}/document"), &[]).await;

    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(answer.headers.get_all("content-security-policy").count(), 1);
}

#[actix_web::test]
async fn what_changes_later_does_not_change_the_page() {
    let yard = Yard::open().await;
    let id = issued(&yard).await;
    let before = page(&yard, &id, "en").await;
    let product = yard.shop.get(&format!("products/{}", yard.product), &[]).await.json();
    let version = format!("\"{}\"", product["version"]);
    let change = json!({"name": {"en": "Renamed"}, "unit_price": "99"});
    let path = format!("products/{}", yard.product);
    let patch = actix_web::http::Method::PATCH;
    let changed = yard.shop.send(patch, &path, &[("if-match", &version)], &change).await;
    assert_eq!(changed.status, 200);

    assert_eq!(page(&yard, &id, "en").await, before);
}

#[actix_web::test]
async fn a_draft_has_no_page() {
    let yard = Yard::open().await;
    let draft = yard.shop.create("invoices", &yard.invoice).await;

    let answer = yard.shop.get(&format!("invoices/{draft}/document"), &[]).await;

    assert_eq!(answer.problem(), (409, "invoice.not_issued".to_owned()));
}
