//! A shop with two warehouses, ten pieces in the first, and what tests of movements ask of it.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what a test stands on ends it when it fails"
)]

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::Answer;

/// A shop with ten pieces in its first warehouse, received on 1 November at 1.75.
pub(crate) struct Yard {
    pub(crate) shop: Shop,
    pub(crate) product: String,
    pub(crate) main: String,
    pub(crate) side: String,
    /// The receipt of the ten pieces.
    pub(crate) receipt: String,
    /// The body of an invoice for four of them.
    pub(crate) invoice: Value,
}

impl Yard {
    pub(crate) async fn open() -> Self {
        let shop = Shop::open().await;
        let invoice = shop.stock_since("2026-11-01").await;
        let side = json!({"code": "SIDE", "name": {"en": "Side"}});
        let side = shop.create("warehouses", &side).await;
        let text = |pointer: &str| invoice.pointer(pointer).unwrap().as_str().unwrap().to_owned();
        let (product, main) = (text("/lines/0/product_id"), text("/warehouse_id"));
        let listed = shop.get("stock-movements", &[]).await.json();
        let receipt = listed["data"][0]["id"].as_str().unwrap().to_owned();
        Self { shop, product, main, side, receipt, invoice }
    }

    /// A movement of one line in the first warehouse; incoming goods cost 2 each.
    pub(crate) fn movement(&self, kind: &str, quantity: &str) -> Value {
        let unit_cost = (kind == "receipt").then_some("2");
        json!({"kind": kind, "warehouse_id": self.main, "post": true,
            "lines": [{"product_id": self.product, "quantity": quantity, "unit_cost": unit_cost}]})
    }

    /// Writes a movement and answers its id.
    pub(crate) async fn create(&self, body: &Value) -> String {
        self.shop.create("stock-movements", body).await
    }

    /// Posts a movement of one line and answers its id.
    pub(crate) async fn moved(&self, kind: &str, quantity: &str) -> String {
        self.create(&self.movement(kind, quantity)).await
    }

    /// Writes a draft of one line and answers its id.
    pub(crate) async fn draft(&self, kind: &str, quantity: &str) -> String {
        self.create(&and(&self.movement(kind, quantity), "post", json!(false))).await
    }

    /// Does something to a movement, on the version it is at.
    pub(crate) async fn act(&self, action: &str, id: &str) -> Answer {
        let path = format!("stock-movements/{id}");
        let version = self.show(id).await["version"].to_string();
        let version = format!("\"{version}\"");
        let expected = [("if-match", version.as_str())];
        match action {
            "edit" => {
                let note = json!({"note": "changed"});
                self.shop.send(Method::PATCH, &path, &expected, &note).await
            }
            "delete" => self.shop.send(Method::DELETE, &path, &expected, &json!({})).await,
            verb => self.shop.post(&format!("{path}/{verb}"), &json!({})).await,
        }
    }

    /// A movement as it is shown.
    pub(crate) async fn show(&self, id: &str) -> Value {
        let answer = self.shop.get(&format!("stock-movements/{id}"), &[]).await;
        assert_eq!(answer.status, 200, "{:#}", answer.json());
        answer.json()
    }

    /// Everything that a movement may change: what is there, what happened, and every movement.
    pub(crate) async fn books(&self) -> [Value; 3] {
        let list = async |path: &str| self.shop.get(path, &[]).await.json()["data"].clone();
        [list("stock-levels").await, list("stock-ledger").await, list("stock-movements").await]
    }

    /// Closes the books through a day.
    pub(crate) async fn lock(&self, through: &str) {
        let answer = self.shop.lock(json!(through)).await;
        assert_eq!(answer.status, 200, "{:#}", answer.json());
    }

    /// What is on hand in a warehouse.
    pub(crate) async fn on_hand(&self, warehouse: &str) -> Value {
        let path = format!("stock-levels?warehouse_id={warehouse}");
        self.shop.get(&path, &[]).await.json()["data"][0]["on_hand"].clone()
    }

    /// Sends a movement that must be refused, by code and pointer, and checks that it left
    /// nothing behind.
    pub(crate) async fn refuses(&self, body: &Value, status: u16, code: &str, at: &str) {
        let before = self.books().await;
        let answer = self.shop.post("stock-movements", body).await;
        assert_refusal(&answer, status, code, at);
        assert_eq!(self.books().await, before, "{code} left something behind");
    }
}

/// Status, code and pointer of a refusal; no pointer where none of the fields is at fault.
pub(crate) fn assert_refusal(answer: &Answer, status: u16, code: &str, at: &str) {
    assert_eq!(answer.problem(), (status, code.to_owned()), "{:#}", answer.json());
    let pointers: Vec<String> = answer.fields().into_iter().map(|field| field.0).collect();
    let expected: &[&str] = if at.is_empty() { &[] } else { &[at] };
    assert_eq!(pointers, expected, "{code}");
}

/// A body with one member more, or another value for it.
pub(crate) fn and(base: &Value, name: &str, value: Value) -> Value {
    let mut body = base.clone();
    body[name] = value;
    body
}

/// A body with one value of its first line changed.
pub(crate) fn line(base: &Value, name: &str, value: Value) -> Value {
    let mut body = base.clone();
    body["lines"][0][name] = value;
    body
}
