//! Passwords over HTTP: refused with every fault, judged before they are set, changed.

use gaara_testkit::PASSWORD;
use serde_json::{Value, json};

use crate::sale::Shop;

/// The codes of a list of field problems.
fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|field| field["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_bad_password_is_refused_by_its_name() {
    let shop = Shop::open().await;
    for (password, code) in [
        ("P@ssw0rd1234", "password.too_common"),
        ("Gaara-Gaara-2026", "password.contains_identity"),
        ("My-Najd-Trading-7", "password.contains_identity"),
        ("tulip anchor violet", "password.composition"),
        ("Xq-7kV", "password.too_short"),
        ("Ab1-Ab1-Ab1-Ab1-", "password.too_weak"),
    ] {
        let user = json!({"email": "o@example.com", "username": "omar", "password": password,
            "role": "sales"});
        let answer = shop.post("users", &user).await;
        assert_eq!(answer.problem(), (422, code.to_owned()), "{password}");
        assert!(answer.fields().iter().all(|field| field.0 == "/password"));
    }
    let long = format!("Aa1-{}", "x".repeat(125));
    let user = json!({"email": "o@example.com", "username": "omar", "password": long,
        "role": "sales"});
    let answer = shop.post("users", &user).await.problem();
    assert_eq!(answer, (422, "password.too_long".to_owned()));
}

#[actix_web::test]
async fn a_password_is_judged_before_it_is_set() {
    let shop = Shop::open().await;
    let judged = |password: &str| json!({"password": password, "email": "sara@example.com"});

    let weak = shop.post("auth/password-strength", &judged("sara1987")).await.json();
    assert_eq!((weak["score"].as_u64(), weak["acceptable"].as_bool()), (Some(1), Some(false)));
    assert_eq!(
        codes(&weak["faults"]),
        [
            "password.too_short",
            "password.composition",
            "password.contains_identity",
            "password.too_common"
        ]
    );
    assert_eq!(
        codes(&weak["advice"]),
        ["password.add_words", "password.avoid_own_names", "password.avoid_dates"]
    );
    assert!(weak["advice"][0]["messages"]["ar"].as_str().unwrap().contains("أضف"));

    let good = shop.post("auth/password-strength", &judged("Correct-Horse-7")).await.json();
    assert_eq!((good["score"].as_u64(), good["acceptable"].as_bool()), (Some(4), Some(true)));
}

#[actix_web::test]
async fn a_password_is_changed_by_who_knows_it() {
    let shop = Shop::open().await;
    let change =
        |current: &str, new: &str| json!({"current_password": current, "new_password": new});

    let wrong = shop.post("me/password", &change("Wrong-Horse-77", "Tulip-Anchor-7")).await;
    assert_eq!(wrong.problem(), (422, "password.current_wrong".to_owned()));
    assert_eq!(wrong.fields()[0].0, "/current_password");
    let reused = shop.post("me/password", &change(PASSWORD, PASSWORD)).await;
    assert_eq!(reused.problem(), (422, "password.reused".to_owned()));
    assert_eq!(reused.fields()[0].0, "/new_password");

    let done = shop.post("me/password", &change(PASSWORD, "Tulip-Anchor-7")).await;
    assert_eq!(done.status, 204);
    let login = |password: &str| json!({"login": "admin", "password": password});
    assert_eq!(shop.post("auth/login", &login("Tulip-Anchor-7")).await.status, 200);
    assert_eq!(shop.post("auth/login", &login(PASSWORD)).await.status, 401);
    assert_eq!(shop.get("me", &[]).await.status, 200, "the session that asked goes on");
}
