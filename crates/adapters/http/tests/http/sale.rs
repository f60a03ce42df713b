//! The sale, route by route: what is sent back, and how.

use std::sync::Arc;

use actix_web::http::Method;
use gaara_testkit::{Harness, Mailbox, PASSWORD};
use serde_json::{Value, json};

use crate::support::{Answer, request, send, signed_in, signed_in_with_mail};

/// A signed-in client of an application that is set up.
pub(crate) struct Shop {
    pub(crate) books: Harness,
    pub(crate) token: String,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let (books, token) = signed_in().await;
        Self { books, token }
    }

    /// The same, where mail goes into a box.
    pub(crate) async fn open_with_mail() -> (Self, Arc<Mailbox>) {
        let (books, token, mailbox) = signed_in_with_mail().await;
        (Self { books, token }, mailbox)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &[], body).await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let mut sent = request(method, &format!("/api/v1/{path}"), &self.token)
            .insert_header(("content-type", "application/json"))
            .set_payload(body.to_string());
        for header in headers {
            sent = sent.insert_header(*header);
        }
        send(&self.books, sent).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut sent = request(Method::GET, &format!("/api/v1/{path}"), &self.token);
        for header in headers {
            sent = sent.insert_header(*header);
        }
        send(&self.books, sent).await
    }

    pub(crate) async fn create(&self, path: &str, body: &Value) -> String {
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, 201, "{:#}", answer.json());
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// Closes the books through a day, on the version the organisation is at.
    pub(crate) async fn lock(&self, through: Value) -> Answer {
        let version = self.get("organization", &[]).await.json()["version"].to_string();
        let version = format!("\"{version}\"");
        let change = json!({"locked_through": through});
        self.send(Method::PATCH, "organization", &[("if-match", &version)], &change).await
    }

    /// The same application, with somebody of this role signed in.
    pub(crate) async fn joined_by(&self, role: &str) -> Self {
        let user = json!({"email": format!("{role}@example.com"), "username": role,
            "password": PASSWORD, "role": role});
        self.create("users", &user).await;
        let login = json!({"login": role, "password": PASSWORD});
        let answer = self.post("auth/login", &login).await;
        let token = answer.json()["access_token"].as_str().unwrap().to_owned();
        Self { books: self.books.clone(), token }
    }

    /// Adds everything a sale needs, ten pieces included, and answers the body of an invoice.
    pub(crate) async fn stock(&self) -> Value {
        self.stock_since("2026-11-23").await
    }

    /// The same, where the pieces came in on an earlier day.
    pub(crate) async fn stock_since(&self, date: &str) -> Value {
        let vat = json!({"code": "VAT15", "category": "S", "rate": "15", "name": {"ar": "ضريبة"}});
        self.create("tax-rates", &vat).await;
        let product = self.create("products", &bolt()).await;
        let main = json!({"code": "MAIN", "name": {"en": "Main"}});
        let warehouse = self.create("warehouses", &main).await;
        let receipt = json!({"kind": "receipt", "warehouse_id": warehouse, "post": true,
            "effective_date": date,
            "lines": [{"product_id": product, "quantity": "10", "unit_cost": "1.75"}]});
        self.create("stock-movements", &receipt).await;
        let buyer = json!({"name": {"en": "Workshop", "ar": "ورشة"}, "country": "SA",
            "currency": "SAR", "payment_terms": {"net_days": 30}});
        let customer = self.create("customers", &buyer).await;
        json!({"kind": "sale", "customer_id": customer, "warehouse_id": warehouse,
            "currency": "SAR", "lines": [{"product_id": product, "quantity": "4"}]})
    }
}

pub(crate) fn bolt() -> Value {
    json!({"sku": "BOLT-M8", "name": {"en": "Bolt M8", "ar": "برغي M8"}, "kind": "stocked",
        "unit": "EA", "unit_price": "5.75", "currency": "SAR", "tax_rate": "VAT15",
        "category_id": null, "supplier_id": null, "barcodes": ["6281000000014"],
        "costing": "average"})
}

#[actix_web::test]
async fn an_issued_invoice_shows_everything_a_reader_relies_on() {
    let shop = Shop::open().await;
    let mut body = shop.stock().await;
    body["issue"] = json!(true);

    let answer = shop.post("invoices", &body).await;

    assert_eq!(answer.status, 201);
    let shown = answer.json();
    assert_eq!(answer.header("etag"), Some("\"2\""));
    for (pointer, expected) in [
        ("/type", json!("invoice")),
        ("/kind", json!("sale")),
        ("/status", json!("issued")),
        ("/payment_status", json!("unpaid")),
        ("/number", json!("INV-2026-00001")),
        ("/issue_date", json!("2026-11-23")),
        ("/due_date", json!("2026-12-23")),
        ("/lines/0/net", json!("23.00")),
        ("/lines/0/tax_amount", json!("3.45")),
        ("/lines/0/description/ar", json!("برغي M8")),
        (
            "/tax_groups/0",
            json!({"category": "S", "rate": "15", "taxable": "23.00", "tax": "3.45"}),
        ),
        ("/totals/tax_inclusive", json!("26.45")),
        ("/totals/payable", json!("26.45")),
        ("/paid", json!("0.00")),
        ("/open", json!("26.45")),
    ] {
        assert_eq!(shown.pointer(pointer), Some(&expected), "{pointer}");
    }
}

#[actix_web::test]
async fn what_the_interface_documents_as_a_calculation_comes_out_as_documented() {
    let shop = Shop::open().await;
    let body = json!({
        "kind": "sale", "currency": "SAR", "prices_include_tax": false,
        "lines": [{"product_id": null, "description": null, "quantity": "5", "unit": "EA",
            "unit_price": "5.75", "base_quantity": "1", "allowances": [{"percent": "18"}],
            "charges": [], "tax": {"category": "S", "rate": "21"}}],
        "allowances": [], "charges": [], "prepaid": "0.00", "rounding": "0.00"
    });

    let answer = shop.post("invoices/calculate", &body).await;

    assert_eq!(answer.status, 200, "{:#}", answer.json());
    assert_eq!(answer.json()["lines"][0]["net"], "23.57", "X-06");
    let listed = shop.get("invoices", &[]).await.json();
    assert_eq!(listed["data"], json!([]), "nothing is stored");
}

#[actix_web::test]
async fn a_stored_thing_is_shown_with_its_version_and_not_sent_twice() {
    let shop = Shop::open().await;
    shop.stock().await;
    let list = shop.get("products", &[]).await.json();
    let path = format!("products/{}", list["data"][0]["id"].as_str().unwrap());

    let answer = shop.get(&path, &[("accept-language", "ar")]).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, Some("\"1\"")));
    assert_eq!(answer.json()["display_name"], "برغي M8");
    assert_eq!(shop.get(&path, &[("if-none-match", "\"1\"")]).await.status, 304);
}

#[actix_web::test]
async fn a_change_names_the_version_it_was_made_on() {
    let shop = Shop::open().await;
    shop.stock().await;
    let list = shop.get("products", &[]).await.json();
    let path = format!("products/{}", list["data"][0]["id"].as_str().unwrap());
    let change = json!({"unit_price": "6.00", "tax_rate": null});
    let patch =
        async |headers: &[(&str, &str)]| shop.send(Method::PATCH, &path, headers, &change).await;

    assert_eq!(patch(&[]).await.problem(), (428, "precondition.required".to_owned()));
    let stale = patch(&[("if-match", "\"2\"")]).await;
    assert_eq!(stale.problem(), (412, "precondition.failed".to_owned()));
    assert_eq!(stale.json()["params"]["current_version"], "1");
    let changed = patch(&[("if-match", "\"1\"")]).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, Some("\"2\"")));
    assert_eq!(changed.json()["unit_price"], "6");
    assert_eq!(changed.json()["tax_rate"], Value::Null);
    let again = patch(&[("if-match", "\"1\"")]).await;
    assert_eq!(again.problem(), (412, "precondition.failed".to_owned()));
}

#[actix_web::test]
async fn a_patch_of_one_language_keeps_the_other() {
    let shop = Shop::open().await;
    shop.stock().await;
    let list = shop.get("products", &[]).await.json();
    let path = format!("products/{}", list["data"][0]["id"].as_str().unwrap());
    let patch = async |version: &str, change: Value| {
        shop.send(Method::PATCH, &path, &[("if-match", version)], &change).await
    };

    let changed = patch("\"1\"", json!({"name": {"en": "Bolt M8, zinc"}})).await.json();
    assert_eq!(changed["name"], json!({"ar": "برغي M8", "en": "Bolt M8, zinc"}));
    let taken = patch("\"2\"", json!({"name": {"ar": null}})).await.json();
    assert_eq!(taken["name"], json!({"ar": null, "en": "Bolt M8, zinc"}));
    let emptied = patch("\"3\"", json!({"name": {"en": null}})).await;
    assert_eq!(emptied.problem(), (422, "validation.text_empty".to_owned()));
    let nothing = patch("\"3\"", json!({"name": null})).await;
    assert_eq!(nothing.problem(), (422, "validation.required".to_owned()));
}

#[actix_web::test]
async fn a_client_may_choose_the_id() {
    let shop = Shop::open().await;
    let id = "whs_01kare0z0qf8b8rmyh0z0hdrt5";
    let body = json!({"id": id, "code": "OWN", "name": {"en": "Own"}});

    assert_eq!(shop.create("warehouses", &body).await, id);

    let other = json!({"id": id, "code": "TWO", "name": {"en": "Two"}});
    let taken = shop.post("warehouses", &other).await;
    assert_eq!(taken.problem(), (409, "resource.duplicate".to_owned()));
    assert_eq!(taken.json()["params"]["field"], "warehouse.id");
}

#[actix_web::test]
async fn an_issue_may_leave_its_body_out_and_is_safe_to_repeat() {
    let shop = Shop::open().await;
    let body = shop.stock().await;
    let id = shop.create("invoices", &body).await;
    let issue = async || {
        let sent = request(Method::POST, &format!("/api/v1/invoices/{id}/issue"), &shop.token);
        send(&shop.books, sent.insert_header(("idempotency-key", "issue-0001-000001"))).await
    };

    let (first, second) = (issue().await, issue().await);

    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200));
    assert_eq!(first.body, second.body);
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    let levels = shop.get("stock-levels", &[]).await.json();
    assert_eq!(levels["data"][0]["on_hand"], "6", "the stock went once");
}
