//! A company at work: its installation, its server, and what a sale is made of.

use std::process::Output;

use gaara_tests::client::Client;
use gaara_tests::server::{Installation, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "Correct-Horse-7";

/// How many pieces there are before anybody works.
pub(crate) const STOCK: i64 = 100_000;

/// What a sale is made of.
#[derive(Clone)]
pub(crate) struct Goods {
    pub(crate) product: String,
    pub(crate) warehouse: String,
    pub(crate) customer: String,
}

/// Sets a server up, and prepares a sale.
pub(crate) fn found(server: &Server) -> Goods {
    let stranger = Client::new(&server.address);
    let body = json!({
        "token": server.setup_token.as_deref().unwrap(), "email": "admin@example.com",
        "username": "admin", "password": PASSWORD,
        "organization": {"name": {"en": "Najd Trading", "ar": "نجد للتجارة"}, "country": "SA",
            "currency": "SAR", "time_zone": "Asia/Riyadh"},
    });
    let _ = stranger.post("/api/v1/setup", &body).expect(201);
    let client = sign_in(&server.address);
    let create = |path: &str, body: Value| {
        client.post(&format!("/api/v1/{path}"), &body).expect(201).text("/id").to_owned()
    };
    create(
        "tax-rates",
        json!({"code": "VAT15", "category": "S", "rate": "15", "name": {"en": "VAT 15 %"}}),
    );
    let product = create(
        "products",
        json!({"sku": "BOLT-M8", "name": {"en": "Bolt M8"}, "kind": "stocked", "unit": "EA",
            "unit_price": "5.75", "currency": "SAR", "tax_rate": "VAT15", "costing": "fifo"}),
    );
    let warehouse = create("warehouses", json!({"code": "MAIN", "name": {"en": "Main"}}));
    let customer = create(
        "customers",
        json!({"name": {"en": "Riyadh Workshop"}, "country": "SA", "currency": "SAR",
            "payment_terms": {"net_days": 30}}),
    );
    let goods = Goods { product, warehouse, customer };
    let _ = client.post("/api/v1/stock-movements", &goods.receipt(&STOCK.to_string())).expect(201);
    goods
}

pub(crate) fn login() -> Value {
    json!({"login": "admin", "password": PASSWORD})
}

pub(crate) fn sign_in(address: &str) -> Client {
    let stranger = Client::new(address);
    let answer = stranger.post("/api/v1/auth/login", &login()).expect(200);
    stranger.signed_in(answer.text("/access_token"))
}

impl Goods {
    pub(crate) fn receipt(&self, quantity: &str) -> Value {
        json!({"kind": "receipt", "warehouse_id": self.warehouse, "post": true,
            "lines": [{"product_id": self.product, "quantity": quantity, "unit": "EA",
                "unit_cost": "1.75"}]})
    }

    pub(crate) fn sale(&self) -> Value {
        json!({"kind": "sale", "customer_id": self.customer, "warehouse_id": self.warehouse,
            "currency": "SAR", "issue": true,
            "lines": [{"product_id": self.product, "quantity": "1"}]})
    }

    pub(crate) fn payment(&self) -> Value {
        json!({"direction": "in", "customer_id": self.customer, "amount": "2.50",
            "currency": "SAR", "method": "cash"})
    }

    /// How many pieces the server says there are.
    pub(crate) fn on_hand(&self, client: &Client) -> i64 {
        let levels = client.get(&format!("/api/v1/stock-levels?product_id={}", self.product));
        levels.expect(200).text("/data/0/on_hand").parse().unwrap()
    }
}

/// What a command printed, and how it ended.
pub(crate) struct Told {
    pub(crate) status: Option<i32>,
    pub(crate) printed: String,
    pub(crate) complained: String,
}

impl Told {
    /// What it printed, once it ended well.
    pub(crate) fn good(self) -> String {
        assert_eq!(self.status, Some(0), "{}{}", self.printed, self.complained);
        self.printed
    }
}

/// Runs the program on an installation.
pub(crate) fn run(installation: &Installation, arguments: &[&str]) -> Told {
    let Output { status, stdout, stderr } = installation.command(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Told { status: status.code(), printed: text(stdout), complained: text(stderr) }
}

/// Makes sure that the books agree with themselves.
pub(crate) fn assert_books(installation: &Installation) {
    let told = run(installation, &["doctor", "--books", "--json"]);
    let checks: Value = serde_json::from_str(&told.printed).unwrap();
    let of_books = checks
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["check"].as_str().is_some_and(|name| name.starts_with("books.")));
    let of_books: Vec<_> = of_books.collect();
    assert_eq!(of_books.len(), 43, "{checks:#}");
    let bad: Vec<_> = of_books.iter().filter(|check| check["outcome"] != "fine").collect();
    assert!(bad.is_empty(), "{bad:#?}");
}
