//! Lists as tables: encoding, headers, formulas, pages, and what else cannot be had.

use actix_web::http::Method;
use serde_json::json;

use crate::sale::Shop;
use crate::support::{Answer, BOXES, post, request, send, signed_in};

fn text(answer: &Answer) -> String {
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    text.strip_prefix('\u{FEFF}').unwrap().to_owned()
}

fn lines(answer: &Answer) -> Vec<String> {
    text(answer).split_terminator("\r\n").map(str::to_owned).collect()
}

#[actix_web::test]
async fn a_list_is_a_table_in_the_language_asked_for() {
    let shop = Shop::open().await;
    let id =
        shop.create("warehouses", &json!({"code": "MAIN", "name": {"en": "=1+1, \"x\""}})).await;
    let get = async |language| {
        let headers = [("accept", "text/csv"), ("accept-language", language)];
        shop.get("warehouses?with_total=true", &headers).await
    };

    let (english, arabic) = (get("en").await, get("ar").await);

    let english_lines = lines(&english);
    let expected = "Id,Code,Name (English),Name (Arabic),Archived at,Created at,Updated at,Version";
    assert_eq!(english_lines[0], expected);
    let row = format!("{id},MAIN,\"'=1+1, \"\"x\"\"\",,,2026-11-23T");
    assert!(english_lines[1].starts_with(&row), "{}", english_lines[1]);
    assert!(english_lines[1].ends_with(",1"));
    assert!(lines(&arabic)[0].starts_with("المعرّف,الرمز,"));
    assert_eq!(lines(&arabic)[1], english_lines[1]);
    let disposition = english.header("content-disposition");
    assert_eq!(disposition, Some("attachment; filename=\"warehouses.csv\""));
    let vary: Vec<_> = english.headers.get_all("vary").map(|it| it.to_str().unwrap()).collect();
    assert!(vary.contains(&"Accept") && vary.contains(&"Accept-Language"), "{vary:?}");
}

#[actix_web::test]
async fn amounts_are_the_texts_of_the_json() {
    let shop = Shop::open().await;
    shop.stock_since("2026-11-01").await;

    let json = shop.get("stock-levels", &[]).await.json();
    let table = lines(&shop.get("stock-levels", &[("accept", "text/csv")]).await);

    let row = &json["data"][0];
    let of = |name: &str| row[name].as_str().unwrap();
    let figures = format!(
        "{},{},{},{},{},SAR",
        of("on_hand"),
        of("reserved"),
        of("available"),
        of("value"),
        of("unit_cost")
    );
    assert!(table[1].ends_with(&figures), "{} {figures}", table[1]);
    assert_eq!(table.len(), 2);
}

#[actix_web::test]
async fn a_table_is_read_page_by_page_along_its_links() {
    let (books, token) = signed_in().await;
    for code in ["C", "A", "E", "B", "D"] {
        let body = json!({"code": code, "name": {"en": code, "ar": "صندوق"}}).to_string();
        send(&books, post(&token, body)).await;
    }

    let mut path = format!("{BOXES}?limit=2&sort=-code");
    let mut seen = Vec::new();
    loop {
        let get = request(Method::GET, &path, &token).insert_header(("accept", "text/csv"));
        let page = send(&books, get).await;
        let rows = lines(&page);
        assert_eq!(rows[0], "Id,Code,Version");
        seen.extend(rows[1..].iter().map(|row| row.split(',').nth(1).unwrap().to_owned()));
        let Some(link) = page.header("link") else { break };
        path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
    }

    assert_eq!(seen, ["E", "D", "C", "B", "A"]);
}

#[actix_web::test]
async fn what_is_neither_json_nor_a_table_cannot_be_had() {
    let shop = Shop::open().await;
    for accept in ["application/xml", "text/html", "text/csv;q=0"] {
        let answer = shop.get("warehouses", &[("accept", accept)]).await;
        assert_eq!(answer.problem(), (406, "http.not_acceptable".to_owned()), "{accept}");
    }
    for accept in ["*/*", "application/*", "text/html, */*;q=0.8", "application/json, text/csv"] {
        let answer = shop.get("warehouses", &[("accept", accept)]).await;
        assert!(answer.json()["data"].is_array(), "{accept}");
    }
    let unknown = shop.get("warehouses?nope=1", &[("accept", "text/csv")]).await;
    assert_eq!(unknown.problem().0, 422);
}

#[actix_web::test]
async fn a_stranger_gets_no_table() {
    let (books, _) = signed_in().await;
    let get =
        request(Method::GET, "/api/v1/warehouses", "x").insert_header(("accept", "text/html"));

    let answer = send(&books, get).await;

    assert_eq!(answer.status, 401);
}
