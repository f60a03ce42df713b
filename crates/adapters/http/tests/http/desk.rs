//! A shop with a customer, a supplier and goods, and what tests of documents ask of it.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what a test stands on ends it when it fails"
)]

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::Answer;
use crate::yard::{and, assert_refusal};

/// A shop with ten pieces, received on 1 November at 1.75.
pub(crate) struct Desk {
    pub(crate) shop: Shop,
    /// The body of an invoice for four pieces, 26.45 with tax.
    pub(crate) sale: Value,
    /// The body of a purchase of six pieces at 2.50 less 0.50, 13.80 with tax.
    pub(crate) purchase: Value,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let shop = Shop::open().await;
        let sale = shop.stock_since("2026-11-01").await;
        let mill = json!({"name": {"en": "Mill", "ar": "المطحنة"}, "country": "SA",
            "currency": "SAR", "payment_terms": {"net_days": 10}});
        let supplier = shop.create("suppliers", &mill).await;
        let purchase = json!({"kind": "purchase", "supplier_id": supplier,
            "supplier_reference": "F-77", "warehouse_id": sale["warehouse_id"], "currency": "SAR",
            "lines": [{"product_id": sale["lines"][0]["product_id"], "quantity": "6",
                "gross_price": "2.50", "price_discount": "0.50", "unit_price": "2"}]});
        Self { shop, sale, purchase }
    }

    /// Writes a document and answers its id.
    pub(crate) async fn draft(&self, body: &Value) -> String {
        self.shop.create("invoices", body).await
    }

    /// Writes and issues a document and answers its id.
    pub(crate) async fn issued(&self, body: &Value) -> String {
        self.draft(&and(body, "issue", json!(true))).await
    }

    /// A document as it is shown.
    pub(crate) async fn show(&self, id: &str) -> Value {
        let answer = self.shop.get(&format!("invoices/{id}"), &[]).await;
        assert_eq!(answer.status, 200, "{:#}", answer.json());
        answer.json()
    }

    /// Sends something on the version a document is at.
    pub(crate) async fn on_version(&self, method: Method, id: &str, body: &Value) -> Answer {
        let version = format!("\"{}\"", self.show(id).await["version"]);
        let path = format!("invoices/{id}");
        self.shop.send(method, &path, &[("if-match", &version)], body).await
    }

    pub(crate) async fn patch(&self, id: &str, body: &Value) -> Answer {
        self.on_version(Method::PATCH, id, body).await
    }

    pub(crate) async fn act(&self, id: &str, verb: &str, body: &Value) -> Answer {
        self.shop.post(&format!("invoices/{id}/{verb}"), body).await
    }

    /// Pays a part of an invoice.
    pub(crate) async fn pay(&self, id: &str, amount: &str) -> Answer {
        let body = json!({"direction": "in", "customer_id": self.sale["customer_id"],
            "amount": amount, "currency": "SAR", "method": "cash",
            "allocations": [{"invoice_id": id, "amount": amount}]});
        self.shop.post("payments", &body).await
    }

    /// Everything that a document may change.
    pub(crate) async fn books(&self) -> [Value; 4] {
        let list = async |path: &str| self.shop.get(path, &[]).await.json()["data"].clone();
        [
            list("stock-levels").await,
            list("stock-ledger").await,
            list("invoices").await,
            list("audit-log").await,
        ]
    }

    pub(crate) async fn on_hand(&self) -> String {
        let levels = self.shop.get("stock-levels", &[]).await.json();
        levels["data"][0]["on_hand"].as_str().unwrap().to_owned()
    }

    /// Sends a document that must be refused, and checks that it left nothing behind.
    pub(crate) async fn refuses(&self, body: &Value, status: u16, code: &str, at: &str) {
        let before = self.books().await;
        let answer = self.shop.post("invoices", body).await;
        assert_refusal(&answer, status, code, at);
        assert_eq!(self.books().await, before, "{code} left something behind");
    }

    /// Does something that must be refused, and checks that it left nothing behind.
    pub(crate) async fn refuses_to(
        &self,
        (id, verb, body): (&str, &str, &Value),
        (status, code, at): (u16, &str, &str),
    ) {
        let before = self.books().await;
        let answer = self.act(id, verb, body).await;
        assert_refusal(&answer, status, code, at);
        assert_eq!(self.books().await, before, "{code} left something behind");
    }
}
