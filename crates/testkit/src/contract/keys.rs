//! Unique keys: a second one is refused, by name.

use std::fmt::Debug;
use std::sync::Arc;

use gaara_application::Store;
use gaara_identity::{PasswordHash, Role, User, Username};
use gaara_inventory::{
    Barcode, Category, Costing, Decimals, Factor, Packaging, Product, ProductKind, Supplier, Unit,
    Warehouse,
};
use gaara_invoicing::{Customer, NumberSeries, TaxRate, Validity};
use gaara_kernel::{
    Address, BilingualText, Clock, Contact, Country, ElectronicAddress, EmailAddress, Entropy, Id,
    Language, LegalIdentifier, LegalIdentifiers, PartyDetails, PaymentTerms, PhoneNumber,
    ShortText, StoreError, TaxId, Timestamp, Version,
};

use crate::clock::StoppedClock;
use crate::entropy::CountedEntropy;
use crate::fixtures::{bilingual, code, currency, number_series, unit_price, vat};

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
            category: None,
            supplier: None,
            packagings: Vec::new(),
            barcodes: vec![Barcode::parse(barcode).expect("a barcode")],
            reorder: Vec::new(),
            costing: Costing::Average,
            standard_cost: None,
            archived_at: None,
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
            archived_at: None,
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn unit(&self, name: &str) -> Unit {
        Unit {
            id: self.id(),
            code: code(name),
            name: bilingual(name, "وحدة"),
            decimals: Decimals::WHOLE,
            base: None,
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn category(&self, parent: Option<&Category>) -> Category {
        let id = self.id();
        let above = parent.map_or(Vec::new(), |parent| parent.path.clone());
        Category {
            id,
            parent: parent.map(|parent| parent.id),
            name: bilingual("Category", "فئة"),
            path: above.into_iter().chain([id]).collect(),
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn supplier(&self, email: Option<&str>) -> Supplier {
        Supplier {
            id: self.id(),
            name: bilingual("Supplier", "مورد"),
            email: email.map(|email| EmailAddress::parse(email).expect("an address")),
            tax_id: Some(TaxId::from_stored("310122393500003".to_owned())),
            details: details(),
            country: Country::parse("SA").expect("a country"),
            currency: currency("SAR"),
            credit_limit: Some(crate::fixtures::money("1000")),
            payment_terms: PaymentTerms::net(30),
            archived_at: None,
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn tax_rate(&self, name: &str) -> TaxRate {
        TaxRate {
            id: self.id(),
            code: code(name),
            tax: vat(),
            name: bilingual(name, "ضريبة"),
            validity: Validity::default(),
            exemption: None,
            archived_at: None,
            created_at: self.now,
            updated_at: self.now,
            version: Version::FIRST,
        }
    }

    pub(crate) fn customer(&self, email: Option<&str>) -> Customer {
        Customer {
            id: self.id(),
            name: bilingual("Customer", "عميل"),
            email: email.map(|email| EmailAddress::parse(email).expect("an address")),
            tax_id: Some(TaxId::from_stored("310122393500003".to_owned())),
            details: details(),
            country: Country::parse("SA").expect("a country"),
            currency: currency("SAR"),
            credit_limit: Some(crate::fixtures::money("1000")),
            payment_terms: PaymentTerms::net(30),
            archived_at: None,
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
            role: Role::Sales.into(),
            language: Language::Arabic,
            second_factor_since: None,
            disabled: false,
            created_at: self.now,
            version: Version::FIRST,
        }
    }
}

/// Everything that a party can say about itself.
pub(crate) fn details() -> PartyDetails {
    let short = |text| ShortText::parse(text).expect("a short text");
    let country = Country::parse("SA").expect("a country");
    let address = Address {
        line_1: Some(bilingual("King Fahd Road", "طريق الملك فهد")),
        line_2: BilingualText::from_plain("Gate 7").ok(),
        building_number: Some(short("1234")),
        district: Some(bilingual("Olaya", "العليا")),
        city: Some(bilingual("Riyadh", "الرياض")),
        postal_code: Some(short("12345")),
        subdivision: Some(short("SA-01")),
        country,
    };
    let register = LegalIdentifier::try_new("CRN", "1010010000").expect("an identifier");
    let permit = LegalIdentifier::try_new("700", "7001234567").expect("an identifier");
    PartyDetails {
        legal_name: Some(bilingual("Najd Trading LLC", "شركة نجد للتجارة")),
        trade_name: BilingualText::from_plain("نجد").ok(),
        identifiers: LegalIdentifiers::try_new(vec![register, permit]).expect("two schemes"),
        electronic_address: ElectronicAddress::try_new("0235", "310122393500003").ok(),
        billing_address: Some(address),
        delivery_address: Some(Address::in_country(country)),
        contact: Contact {
            name: Some(short("Sara")),
            phone: PhoneNumber::parse("+966 11 123 4567").ok(),
            email: EmailAddress::parse("sara@example.com").ok(),
        },
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
    let mut transaction = store.begin().await.expect("a transaction");
    let (piece, again) = (rows.unit("EA"), rows.unit("EA"));
    transaction.units().add_all(&[piece]).await.expect("a unit");
    transaction.commit().await.expect("a commit");
    let mut transaction = store.begin().await.expect("a transaction");
    assert_taken(transaction.units().add_all(&[again]).await, "unit.code");
    drop(transaction);

    let first = rows.product("A", ONE);
    let same_id = Product { id: first.id, ..rows.product("B", TWO) };
    refuses!(store, products, first, same_id, "product.id");
    refuses!(store, products, rows.product("A", ONE), rows.product("A", TWO), "product.sku");
    refuses!(store, products, rows.product("A", ONE), rows.product("B", ONE), "product.barcode");
    let packed = |sku: &str| {
        let barcodes = vec![Barcode::parse(ONE).expect("a barcode")];
        let package = Packaging { unit: code("EA"), factor: Factor::ONE, barcodes };
        Product { packagings: vec![package], ..rows.product(sku, TWO) }
    };
    refuses!(store, products, rows.product("A", ONE), packed("B"), "product.barcode");
    let category = rows.category(None);
    refuses!(store, categories, category, category, "category.id");
    let (one, two) = (rows.supplier(Some("a@b.sa")), rows.supplier(Some("A@B.sa")));
    refuses!(store, suppliers, one, two, "supplier.email");
    refuses!(store, warehouses, rows.warehouse("A"), rows.warehouse("A"), "warehouse.code");
    refuses!(store, tax_rates, rows.tax_rate("A"), rows.tax_rate("A"), "tax_rate.code");
    let (one, two) = (rows.customer(Some("a@b.sa")), rows.customer(Some("A@B.sa")));
    refuses!(store, customers, one, two, "customer.email");
    let (one, two) = (rows.user("sara", "a@b.sa"), rows.user("Sara", "c@d.sa"));
    refuses!(store, users, one, two, "user.username");
    let (one, two) = (rows.user("sara", "a@b.sa"), rows.user("omar", "a@b.sa"));
    refuses!(store, users, one, two, "user.email");
    let (one, two) = (number_series("INV"), number_series("INV"));
    let other_pattern = NumberSeries { numbering: number_series("B").numbering, ..two.clone() };
    refuses!(store, series, one, NumberSeries { id: rows.id(), ..other_pattern }, "series.code");
    let other_code = NumberSeries { id: rows.id(), code: code("B"), ..two };
    refuses!(store, series, one, other_code, "series.pattern");
    let other_id = NumberSeries { id: one.id, ..number_series("B") };
    refuses!(store, series, one, other_id, "series.id");

    let mut transaction = store.begin().await.expect("a transaction");
    for _ in 0..2 {
        let without = rows.customer(None);
        transaction.customers().add(&without).await.expect("no address is no key");
    }
    transaction.rollback().await.expect("a rollback");
}
