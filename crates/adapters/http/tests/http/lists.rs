//! Lists page by page, and single things by their version.

use actix_web::http::Method;

use crate::support::{BOXES, post, request, send, signed_in};

fn body(code: &str) -> String {
    serde_json::json!({"code": code, "name": {"en": code, "ar": "صندوق"}}).to_string()
}

#[actix_web::test]
async fn the_link_of_each_page_leads_through_the_whole_list() {
    let (books, token) = signed_in().await;
    for code in ["C", "A", "E", "B", "D"] {
        send(&books, post(&token, body(code))).await;
    }

    let mut path = format!("{BOXES}?limit=2&sort=-code&with_total=true");
    let mut seen = Vec::new();
    loop {
        let page = send(&books, request(Method::GET, &path, &token)).await;
        let json = page.json();
        assert_eq!(json["page"]["total"], 5);
        assert_eq!(json["page"]["has_more"], page.header("link").is_some());
        let rows = json["data"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["code"].as_str().unwrap().to_owned()));
        let Some(link) = page.header("link") else { break };
        path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }

    assert_eq!(seen, ["E", "D", "C", "B", "A"]);
}

#[actix_web::test]
async fn a_bad_query_is_refused_whole() {
    let (books, token) = signed_in().await;
    let path = format!("{BOXES}?limit=100000&sort=password_hash&cursor=garbage&nope=1");

    let answer = send(&books, request(Method::GET, &path, &token)).await;

    assert_eq!(answer.problem(), (422, "validation.failed".to_owned()));
    let found: Vec<String> = answer.fields().into_iter().map(|(_, code)| code).collect();
    let expected = [
        "validation.cursor",
        "validation.range",
        "validation.unknown_parameter",
        "validation.sort",
    ];
    assert_eq!(found, expected);
}

#[actix_web::test]
async fn a_version_that_the_client_has_is_not_sent_again() {
    let (books, token) = signed_in().await;
    let new = send(&books, post(&token, body("A"))).await;
    let path = new.header("location").unwrap().to_owned();
    let get = || request(Method::GET, &path, &token).insert_header(("accept-language", "ar"));

    let full = send(&books, get()).await;
    let known = send(&books, get().insert_header(("if-none-match", "\"1\""))).await;

    assert_eq!(full.json()["display_name"], "صندوق");
    assert_eq!(full.header("etag"), Some("\"1\""));
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
}

#[actix_web::test]
async fn an_id_in_a_path_is_checked() {
    let (books, token) = signed_in().await;
    let new = send(&books, post(&token, body("A"))).await;
    let id = new.json()["id"].as_str().unwrap().to_owned();
    let get = |id: &str| request(Method::GET, &format!("{BOXES}/{id}"), &token);

    let wrong = send(&books, get(&id.replace("whs_", "prd_"))).await;
    let malformed = send(&books, get("1")).await;

    assert_eq!(wrong.problem(), (400, "id.wrong_kind".to_owned()));
    assert_eq!(wrong.json()["params"]["expected"], "whs");
    assert_eq!(malformed.problem(), (400, "id.malformed".to_owned()));
}
