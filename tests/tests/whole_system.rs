//! The whole system from outside: the real binary, a real database, and a restart.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "an answer without what is looked for must end its test"
)]

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "Correct-Horse-7";

fn setup_body(token: &str) -> Value {
    json!({
        "token": token, "email": "admin@example.com", "username": "admin", "password": PASSWORD,
        "organization": {
            "name": {"en": "Najd Trading", "ar": "نجد للتجارة"},
            "country": "SA", "currency": "SAR", "time_zone": "Asia/Riyadh",
        },
    })
}

fn sign_in(stranger: &Client, login: &str) -> Client {
    let body = json!({"login": login, "password": PASSWORD});
    let answer = stranger.post("/api/v1/auth/login", &body).expect(200);
    assert_eq!(answer.body.pointer("/expires_in"), Some(&json!(900)));
    stranger.signed_in(answer.text("/access_token"))
}

fn set_up(server: &Server) -> Client {
    let stranger = Client::new(&server.address);
    let token = server.setup_token.as_deref().unwrap();
    let _ = stranger.get("/api/v1/products").expect_problem(503, "setup.required");
    let wrong = setup_body(&"0".repeat(64));
    let _ = stranger.post("/api/v1/setup", &wrong).expect_problem(401, "setup.token_invalid");
    let _ = stranger.post("/api/v1/setup", &setup_body(token)).expect(201);
    let _ = stranger.post("/api/v1/setup", &setup_body(token)).expect_problem(409, "setup.done");
    let wrong = json!({"login": "admin", "password": "Wrong-Horse-77"});
    let wrong = stranger.post("/api/v1/auth/login", &wrong);
    let _ = wrong.expect_problem(401, "auth.invalid_credentials");
    let _ = stranger.get("/api/v1/products").expect_problem(401, "auth.token_missing");
    sign_in(&stranger, "admin")
}

/// The ids of what a sale is made of.
struct Sale {
    product: String,
    warehouse: String,
    customer: String,
}

impl Sale {
    fn prepare(client: &Client) -> Self {
        let create = |path: &str, body: Value| {
            let answer = client.post(&format!("/api/v1/{path}"), &body).expect(201);
            let id = answer.text("/id").to_owned();
            assert!(answer.header("location").ends_with(&id));
            id
        };
        create(
            "tax-rates",
            json!({"code": "VAT15", "category": "S", "rate": "15",
                "name": {"en": "VAT 15 %", "ar": "ضريبة ١٥٪"}}),
        );
        let product = create(
            "products",
            json!({"sku": "BOLT-M8", "name": {"en": "Bolt M8", "ar": "برغي M8"}, "kind": "stocked",
                "unit": "EA", "unit_price": "5.75", "currency": "SAR", "tax_rate": "VAT15",
                "category_id": null, "supplier_id": null, "barcodes": ["6281000000014"],
                "costing": "average"}),
        );
        let warehouse =
            create("warehouses", json!({"code": "MAIN", "name": {"en": "Main", "ar": "الرئيسي"}}));
        let customer = create(
            "customers",
            json!({"name": {"en": "Riyadh Workshop", "ar": "ورشة الرياض"}, "email": null,
                "tax_id": "310122393500003", "country": "SA", "currency": "SAR",
                "credit_limit": null, "payment_terms": {"net_days": 30}}),
        );
        let receipt = json!({"kind": "receipt", "warehouse_id": warehouse, "to_warehouse_id": null,
            "post": true,
            "lines": [{"product_id": product, "quantity": "10", "unit": "EA", "unit_cost": "1.75"}]});
        create("stock-movements", receipt);
        Self { product, warehouse, customer }
    }

    fn draft(&self, quantity: &str) -> Value {
        json!({"kind": "sale", "customer_id": self.customer, "warehouse_id": self.warehouse,
            "currency": "SAR", "lines": [{"product_id": self.product, "quantity": quantity}]})
    }

    fn on_hand(&self, client: &Client) -> String {
        let levels = client.get(&format!("/api/v1/stock-levels?product_id={}", self.product));
        levels.expect(200).text("/data/0/on_hand").to_owned()
    }
}

fn sell_and_pay(client: &Client, sale: &Sale) -> String {
    let draft = client.post("/api/v1/invoices", &sale.draft("4")).expect(201);
    assert_eq!(draft.text("/status"), "draft");
    assert_eq!(draft.text("/totals/payable"), "26.45");
    assert_eq!(draft.text("/tax_groups/0/tax"), "3.45");
    assert!(draft.body.pointer("/number").is_some_and(Value::is_null));
    let invoice = draft.text("/id").to_owned();

    let issue = format!("/api/v1/invoices/{invoice}/issue");
    let refused = client.with("if-match", "\"7\"").post(&issue, &json!({}));
    let _ = refused.expect_problem(412, "precondition.failed");
    let issued = client.with("if-match", draft.header("etag")).post(&issue, &json!({})).expect(200);
    assert_eq!(issued.text("/status"), "issued");
    assert!(issued.text("/number").ends_with("-00001"), "{}", issued.text("/number"));
    let _ = client.post(&issue, &json!({})).expect_problem(409, "invoice.already_issued");

    let payment = json!({"direction": "in", "customer_id": sale.customer, "amount": "26.45",
        "currency": "SAR", "method": "bank_transfer",
        "allocations": [{"invoice_id": invoice, "amount": "26.45"}]});
    let keyed = client.with("idempotency-key", "payment-0001-0001");
    let first = keyed.post("/api/v1/payments", &payment).expect(201);
    let replay = keyed.post("/api/v1/payments", &payment).expect(201);
    assert_eq!(first.body, replay.body);
    assert_eq!(
        (first.header("idempotency-replayed"), replay.header("idempotency-replayed")),
        ("", "true")
    );
    let mut other = payment.clone();
    other["amount"] = json!("27.00");
    let _ = keyed.post("/api/v1/payments", &other).expect_problem(422, "idempotency.key_reused");
    let _ =
        client.post("/api/v1/payments", &payment).expect_problem(409, "invoice.already_settled");
    invoice
}

/// Ids of documents of both sides.
struct Documents {
    bought: String,
    sold: String,
    note: String,
}

impl Documents {
    /// Buys five, sells three, takes the three back, and voids the purchase: six are left again.
    fn write(client: &Client, sale: &Sale) -> Self {
        let mill = json!({"name": {"en": "Mill"}, "country": "SA", "currency": "SAR",
            "payment_terms": {"net_days": 10}});
        let supplier = client.post("/api/v1/suppliers", &mill).expect(201);
        let purchase = json!({"kind": "purchase", "supplier_id": supplier.text("/id"),
            "supplier_reference": "F-77", "warehouse_id": sale.warehouse, "currency": "SAR",
            "issue": true, "lines": [{"product_id": sale.product, "quantity": "5",
                "unit_price": "2.00"}]});
        let bought = client.post("/api/v1/invoices", &purchase).expect(201);
        assert!(bought.text("/number").starts_with("BILL-"), "{}", bought.text("/number"));
        assert_eq!(bought.text("/lines/0/cost"), "10.00");
        let again = client.post("/api/v1/invoices", &purchase);
        let _ = again.expect_problem(409, "invoice.duplicate_supplier_reference");

        let mut draft = sale.draft("3");
        draft["issue"] = json!(true);
        let sold = client.post("/api/v1/invoices", &draft).expect(201).text("/id").to_owned();
        assert_eq!(sale.on_hand(client), "8");
        let notes = format!("/api/v1/invoices/{sold}/credit-notes");
        let full = json!({"full": true, "restock": true, "reason": "Broken", "issue": true});
        let note = client.post(&notes, &full).expect(201);
        assert_eq!(note.text("/corrects/invoice_id"), sold);
        assert_eq!(sale.on_hand(client), "11");
        let _ = client.post(&notes, &full).expect_problem(422, "credit.exceeds_remaining");

        let bought = bought.text("/id").to_owned();
        let void = format!("/api/v1/invoices/{bought}/void");
        let voided = client.post(&void, &json!({"reason": "Issued twice"})).expect(200);
        assert_eq!(voided.text("/status"), "void");
        let _ = client.post(&void, &json!({})).expect_problem(409, "invoice.void");
        Self { bought, sold, note: note.text("/id").to_owned() }
    }

    fn read_back(&self, client: &Client) {
        let read = |id: &str| client.get(&format!("/api/v1/invoices/{id}")).expect(200);
        let bought = read(&self.bought);
        assert!(bought.text("/number").ends_with("-00001"), "it keeps its number");
        assert_eq!((bought.text("/status"), bought.text("/void_reason")), ("void", "Issued twice"));
        let sold = read(&self.sold);
        assert_eq!((sold.text("/payment_status"), sold.text("/open")), ("credited", "0.00"));
        let note = read(&self.note);
        assert_eq!((note.text("/type"), note.text("/corrects/reason")), ("credit_note", "Broken"));
        assert_eq!(note.text("/totals/payable"), sold.text("/totals/payable"));
        let found = client.get("/api/v1/invoices?q=mill&status=void").expect(200);
        assert_eq!(found.text("/data/0/id"), self.bought);
    }
}

fn refuse_what_is_not_there(client: &Client, sale: &Sale) {
    let mut oversold = sale.draft("7");
    oversold["issue"] = json!(true);
    let refused =
        client.post("/api/v1/invoices", &oversold).expect_problem(409, "stock.insufficient");
    assert_eq!(refused.text("/errors/0/params/available"), "6", "{:#}", refused.body);
    let invoices = client.get("/api/v1/invoices?with_total=true").expect(200);
    assert_eq!(invoices.body.pointer("/page/total"), Some(&json!(1)), "no draft is left behind");
}

fn refuse_whom_the_role_forbids(client: &Client, stranger: &Client, sale: &Sale) {
    let body = json!({"email": "store@example.com", "username": "store", "password": PASSWORD,
        "role": "storekeeper"});
    let _ = client.post("/api/v1/users", &body).expect(201);
    let storekeeper = sign_in(stranger, "store");
    let draft = storekeeper.post("/api/v1/invoices", &sale.draft("1"));
    let _ = draft.expect_problem(403, "authz.denied");
    let _ = storekeeper.get("/api/v1/invoices").expect_problem(403, "authz.denied");
    let _ = storekeeper.get("/api/v1/products").expect(200);
}

fn read_back(client: &Client, sale: &Sale, invoice: &str) {
    let read = client.get(&format!("/api/v1/invoices/{invoice}")).expect(200);
    assert_eq!((read.text("/status"), read.text("/payment_status")), ("issued", "paid"));
    assert_eq!((read.text("/paid"), read.text("/open")), ("26.45", "0.00"));
    assert_eq!(sale.on_hand(client), "6");
    let log = client.get(&format!("/api/v1/audit-log?subject={invoice}")).expect(200);
    let rows = log.body.pointer("/data").and_then(Value::as_array).unwrap();
    let mut actions: Vec<&str> = rows.iter().filter_map(|row| row["action"].as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["invoice.drafted", "invoice.issued"]);
}

fn the_sale_survives_a_restart(database: Database) {
    let installation = Installation::new(database);
    let server = installation.start();
    let client = set_up(&server);
    let sale = Sale::prepare(&client);
    let invoice = sell_and_pay(&client, &sale);
    refuse_what_is_not_there(&client, &sale);
    refuse_whom_the_role_forbids(&client, &Client::new(&server.address), &sale);
    let documents = Documents::write(&client, &sale);
    read_back(&client, &sale, &invoice);
    documents.read_back(&client);
    assert!(server.stop().success(), "{}", installation.log());

    let server = installation.start();
    assert_eq!(server.setup_token, None, "a system that is set up prints no link");
    let stranger = Client::new(&server.address);
    let client = sign_in(&stranger, "admin");
    read_back(&client, &sale, &invoice);
    documents.read_back(&client);
    assert!(!installation.log().contains(PASSWORD));
    assert!(server.stop().success());
}

#[test]
fn the_sale_survives_a_restart_on_sqlite() {
    the_sale_survives_a_restart(Database::Sqlite);
}

#[test]
fn the_sale_survives_a_restart_on_postgresql() {
    the_sale_survives_a_restart(Database::postgres());
}
