//! Unique keys: a second one is refused, by name.

use std::fmt::Debug;
use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{PasswordHash, Role, User, Username};
use gaara_inventory::{Barcode, Costing, Product, ProductKind, Warehouse};
use gaara_invoicing::{Customer, PaymentTerms, TaxRate};
use gaara_kernel::{
    Clock, Country, EmailAddress, Entropy, Id, Language, StoreError, Timestamp, Version,
};

use crate::clock::StoppedClock;
use crate::entropy::CountedEntropy;
use crate::fixtures::{bilingual, code, currency, unit_price, vat};

/// Makes rows that differ in everything unless a test makes them the same.
pub(crate) struct Rows {
    entropy: CountedEntropy,
    /// The instant of every row.
    pub(crate) now: Timestamp,
}

impl Rows {
    pub(crate) fn new() -> Self {
        Self { entropy: CountedEntropy::default(), now: StoppedClock::default().now() }
    }

    pub(crate) fn id<I: Id>(&self) -> I {
        let entropy: &dyn Entropy = &self.entropy;
        entropy.new_id(self.now)
    }

    pub(crate) fn product(&self, sku: &str, barcode: &str) -> Product {
        Product {
            id: self.id(),
            sku: code(sku),
            name: bilingual(sku, "منتج"),
            kind: ProductKind::Stocked,
            unit: code("EA"),
            unit_price: unit_price("5.75"),
            currency: currency("SAR"),
            tax_rate: None,
            barcodes: vec![Barcode::parse(barcode).expect("a barcode")],
            costing: Costing::Average,
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn warehouse(&self, name: &str) -> Warehouse {
        Warehouse {
            id: self.id(),
            code: code(name),
            name: bilingual(name, "مستودع"),
            created_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn tax_rate(&self, name: &str) -> TaxRate {
        TaxRate {
            id: self.id(),
            code: code(name),
            tax: vat(),
            name: bilingual(name, "ضريبة"),
            created_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn customer(&self, email: Option<&str>) -> Customer {
        Customer {
            id: self.id(),
            name: bilingual("Customer", "عميل"),
            email: email.map(|email| EmailAddress::parse(email).expect("an address")),
            tax_id: Some("310122393500003".to_owned()),
            country: Country::parse("SA").expect("a country"),
            currency: currency("SAR"),
            credit_limit: Some(crate::fixtures::money("1000")),
            payment_terms: PaymentTerms { net_days: 30 },
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn user(&self, username: &str, email: &str) -> User {
        User {
            id: self.id(),
            email: EmailAddress::parse(email).expect("an address"),
            username: Username::parse(username).expect("a user name"),
            password_hash: PasswordHash::new("plain:secret".to_owned()),
            role: Role::Sales,
            language: Language::Arabic,
            disabled: false,
            created_at: self.now,
            version: Version::FIRST,
        }
    }
}

fn assert_taken<T: Debug>(result: Result<T, StoreError>, expected: &str) {
    match result {
        Err(StoreError::Duplicate { field }) => assert_eq!(field, expected),
        other => panic!("{expected}: {other:?}"),
    }
}

/// Adds a row, then one that shares a key with it, and expects that key's name.
macro_rules! refuses {
    ($store:expr, $port:ident, $first:expr, $second:expr, $field:literal) => {{
        let mut transaction = $store.begin().await.expect("a transaction");
        transaction.$port().add(&$first).await.expect("a first row");
        assert_taken(transaction.$port().add(&$second).await, $field);
        transaction.rollback().await.expect("a rollback");
    }};
}

/// A taken key is told by its name, so that a client can point at the field.
pub async fn every_unique_key_names_itself(store: Arc<dyn Store>) {
    const ONE: &str = "6281000000014";
    const TWO: &str = "4006381333931";
    let rows = Rows::new();

    let first = rows.product("A", ONE);
    let same_id = Product { id: first.id, ..rows.product("B", TWO) };
    refuses!(store, products, first, same_id, "product.id");
    refuses!(store, products, rows.product("A", ONE), rows.product("A", TWO), "product.sku");
    refuses!(store, products, rows.product("A", ONE), rows.product("B", ONE), "product.barcode");
    refuses!(store, warehouses, rows.warehouse("A"), rows.warehouse("A"), "warehouse.code");
    refuses!(store, tax_rates, rows.tax_rate("A"), rows.tax_rate("A"), "tax_rate.code");
    let (one, two) = (rows.customer(Some("a@b.sa")), rows.customer(Some("A@B.sa")));
    refuses!(store, customers, one, two, "customer.email");
    let (one, two) = (rows.user("sara", "a@b.sa"), rows.user("Sara", "c@d.sa"));
    refuses!(store, users, one, two, "user.username");
    let (one, two) = (rows.user("sara", "a@b.sa"), rows.user("omar", "a@b.sa"));
    refuses!(store, users, one, two, "user.email");
    refuses!(store, series, code("INV"), code("INV"), "series.code");

    let mut transaction = store.begin().await.expect("a transaction");
    for _ in 0..2 {
        let without = rows.customer(None);
        transaction.customers().add(&without).await.expect("no address is no key");
    }
    transaction.rollback().await.expect("a rollback");
}
