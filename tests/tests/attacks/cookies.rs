//! Sessions in cookies, as another site and another session would use them.

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::Database;
use serde_json::json;

use crate::{PASSWORD, Target, add_user};

/// A browser that has signed in: what it sends along, and the token of its page.
struct Browser {
    client: Client,
    csrf: String,
}

fn cookies(answer: &Answer) -> Vec<&str> {
    let set = answer.headers.get_all("set-cookie").into_iter();
    set.map(|cookie| cookie.to_str().unwrap()).collect()
}

fn sign_in(target: &Target, login: &str) -> Browser {
    let body = json!({"login": login, "password": PASSWORD, "cookie": true});
    let answer = target.stranger.post("/api/v1/auth/login", &body).expect(200);
    assert!(answer.body.get("access_token").is_none(), "no token for scripts to read");
    let set = cookies(&answer);
    assert!(set.len() >= 3, "{set:?}");
    for cookie in &set {
        let (name, attributes) = cookie.split_once('=').unwrap();
        assert!(name.starts_with("__Host-"), "{cookie}");
        for needed in ["Secure", "SameSite=Lax", "Path=/"] {
            assert!(attributes.contains(needed), "{cookie}");
        }
        assert!(!attributes.contains("Domain"), "{cookie}");
        assert_eq!(attributes.contains("HttpOnly"), !name.contains("csrf"), "{cookie}");
    }
    let pairs = set.iter().map(|cookie| cookie.split_once(';').unwrap().0);
    let client = target.stranger.with("cookie", &pairs.collect::<Vec<_>>().join("; "));
    Browser { client, csrf: answer.text("/csrf_token").to_owned() }
}

#[test]
fn a_page_changes_things_with_its_own_token_alone() {
    let target = Target::new(Database::Sqlite);
    let _ = add_user(&target.client("admin"), "sara", "sales");
    let (admin, sara) = (sign_in(&target, "admin"), sign_in(&target, "sara"));
    let _ = admin.client.get("/api/v1/me").expect(200);
    let change = |client: &Client| {
        let body = json!({"code": "TRAY", "name": {"en": "Tray"}}).to_string();
        client.send("POST", "/api/v1/units", Some(body))
    };

    let _ = change(&admin.client).expect_problem(403, "csrf.missing");
    for token in [sara.csrf.as_str(), "x", &format!("{}0", admin.csrf)] {
        let _ =
            change(&admin.client.with("x-csrf-token", token)).expect_problem(403, "csrf.invalid");
    }
    let own = admin.client.with("x-csrf-token", &admin.csrf);
    let foreign = change(&own.with("sec-fetch-site", "cross-site"));
    let _ = foreign.expect_problem(403, "csrf.invalid");
    let _ = change(&own).expect(201);
    let bearer = target.client("admin");
    let _ =
        bearer.post("/api/v1/units", &json!({"code": "SACK", "name": {"en": "Sack"}})).expect(201);

    let out = own.post("/api/v1/auth/logout", &json!({}));
    assert!(cookies(&out).iter().all(|cookie| cookie.contains("Max-Age=0")), "{:?}", cookies(&out));
    let _ = admin.client.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    target.stop();
}
