//! An application over any store, with everything else under the test's control.

use std::sync::Arc;

use gaara_application::identity::{NewOrganization, SetUpRequest};
use gaara_application::inventory::{
    ChangeProduct, CreateAndPostMovement, CreateCategory, CreateProduct, CreateSupplier,
    CreateWarehouse, ListLevels, NameChange, WrittenMovement, WrittenMovementLine,
};
use gaara_application::invoicing::{
    CreateAndIssueInvoice, CreateCustomer, CreateInvoiceError, CreateTaxRate, WrittenInvoice,
    WrittenLine,
};
use gaara_application::{Actor, App, Ports, Refusal, Store};
use gaara_identity::{Role, Username};
use gaara_inventory::{Costing, LevelFilter, MovementKind, ProductKind};
use gaara_invoicing::{IssuedInvoice, PartyId, Validity};
use gaara_kernel::{
    CategoryId, Country, CustomerId, DetailsChange, EmailAddress, Entropy, Money, PageLimit,
    PageRequest, PaymentTerms, ProductId, Quantity, SessionId, Sort, SupplierId, TimeZone, UserId,
    Version, WarehouseId,
};

use crate::clock::StoppedClock;
use crate::doubles::{
    OpenThrottle, PlainDigest, PlainForm, PlainHasher, PlainHmac, PlainKeyed, PlainSealSigner,
    PlainSealing, PlainSigner,
};
use crate::entropy::CountedEntropy;
use crate::fixtures::{bilingual, code, currency, quantity, unit_price, vat};

/// The user name of the administrator that [`Harness::set_up`] adds.
pub const USERNAME: &str = "admin";
/// That administrator's password.
pub const PASSWORD: &str = "Correct-Horse-7";

/// An application on a store, with a stopped clock, counted ids and readable tokens.
#[derive(Clone)]
pub struct Harness {
    /// The application.
    pub app: Arc<App>,
    /// The clock, to move.
    pub clock: Arc<StoppedClock>,
    /// Where ids come from.
    pub entropy: Arc<CountedEntropy>,
}

impl Harness {
    /// Puts an application on a store.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self::with_ports(store, |ports| ports)
    }

    /// Puts an application on a store, with some of the ports replaced.
    #[must_use]
    pub fn with_ports(store: Arc<dyn Store>, replace: impl FnOnce(Ports) -> Ports) -> Self {
        let clock = Arc::new(StoppedClock::default());
        let entropy = Arc::new(CountedEntropy::default());
        let ports = Ports {
            store,
            clock: clock.clone(),
            entropy: entropy.clone(),
            hasher: Arc::new(PlainHasher),
            text_form: Arc::new(PlainForm),
            signer: Arc::new(PlainSigner),
            digest: Arc::new(PlainDigest),
            keyed_digest: Arc::new(PlainKeyed),
            hmac_sha1: Arc::new(PlainHmac),
            sealing: Arc::new(PlainSealing),
            seal_signer: Arc::new(PlainSealSigner),
            throttle: Arc::new(OpenThrottle),
        };
        Self { app: Arc::new(App::new(replace(ports))), clock, entropy }
    }

    /// Changes the application before anybody else has it.
    #[must_use]
    pub fn map_app(self, change: impl FnOnce(App) -> App) -> Self {
        let app = Arc::into_inner(self.app).expect("nobody else has it");
        Self { app: Arc::new(change(app)), ..self }
    }

    /// Sets up a Saudi company with the administrator [`USERNAME`].
    pub async fn set_up(self) -> Self {
        let request = Self::set_up_request(None);
        self.app.set_up(&self.system(), request).await.expect("an empty store can be set up");
        self
    }

    /// What setting up a Saudi company with the administrator [`USERNAME`] takes.
    #[must_use]
    pub fn set_up_request(token: Option<String>) -> SetUpRequest {
        SetUpRequest {
            token,
            email: EmailAddress::parse("admin@example.com").expect("an address"),
            username: Username::parse(USERNAME).expect("a user name"),
            password: PASSWORD.to_owned(),
            organization: NewOrganization {
                name: bilingual("Najd Trading", "نجد للتجارة"),
                country: Country::parse("SA").expect("a country"),
                currency: currency("SAR"),
                time_zone: TimeZone::parse("Asia/Riyadh").expect("a time zone"),
            },
        }
    }

    /// The program itself, which may do everything.
    #[must_use]
    pub fn system(&self) -> Actor {
        self.app.system()
    }

    /// Somebody who has just signed in with a role; no such user need exist.
    #[must_use]
    pub fn signed_in(&self, role: Role) -> Actor {
        let entropy: &dyn Entropy = &*self.entropy;
        let now = gaara_kernel::Clock::now(&*self.clock);
        let (user, session): (UserId, SessionId) = (entropy.new_id(now), entropy.new_id(now));
        Actor::user(user, session, role.permissions(), self.app.new_trace()).proven_at(now)
    }

    /// Adds the tax rate `VAT15`.
    pub async fn add_vat(&self) {
        let use_case = CreateTaxRate {
            id: None,
            code: code("VAT15"),
            tax: vat(),
            name: bilingual("VAT 15 %", "ضريبة ١٥٪"),
            validity: Validity::default(),
            exemption: None,
        };
        self.app.execute(&self.system(), &use_case).await.expect("a first tax rate");
    }

    /// A stocked product at 5.75, counted in pieces and taxed by `VAT15`.
    #[must_use]
    pub fn new_product(sku: &str) -> CreateProduct {
        CreateProduct {
            id: None,
            sku: code(sku),
            name: bilingual(sku, "منتج"),
            kind: ProductKind::Stocked,
            unit: code("EA"),
            unit_price: unit_price("5.75"),
            currency: currency("SAR"),
            tax_rate: Some(code("VAT15")),
            category: None,
            supplier: None,
            packagings: Vec::new(),
            barcodes: Vec::new(),
            reorder: Vec::new(),
            costing: Costing::Average,
            standard_cost: None,
        }
    }

    /// A change of a product that changes nothing yet.
    #[must_use]
    pub fn product_change(id: ProductId, expected: Version) -> ChangeProduct {
        ChangeProduct {
            id,
            expected,
            sku: None,
            name: NameChange::default(),
            unit: None,
            unit_price: None,
            currency: None,
            tax_rate: None,
            category: None,
            supplier: None,
            packagings: None,
            barcodes: None,
            reorder: None,
            costing: None,
            standard_cost: None,
        }
    }

    /// Adds a stocked product at 5.75 that is taxed by `VAT15`.
    pub async fn add_product(&self, sku: &str) -> ProductId {
        self.add_product_by(sku, "EA").await
    }

    /// The same product, counted in this unit.
    pub async fn add_product_by(&self, sku: &str, unit: &str) -> ProductId {
        let use_case = CreateProduct { unit: code(unit), ..Self::new_product(sku) };
        self.app.execute(&self.system(), &use_case).await.expect("a new product").id
    }

    /// Adds a category below another one, or at the top.
    pub async fn add_category(&self, name: &str, parent: Option<CategoryId>) -> CategoryId {
        let use_case = CreateCategory { id: None, parent, name: bilingual(name, "فئة") };
        self.app.execute(&self.system(), &use_case).await.expect("a new category").id
    }

    /// Adds a supplier.
    pub async fn add_supplier(&self, name: &str) -> SupplierId {
        self.add_supplier_of(name, "SAR").await
    }

    /// The same, invoicing in this currency.
    pub async fn add_supplier_of(&self, name: &str, code: &str) -> SupplierId {
        let use_case = CreateSupplier {
            id: None,
            name: bilingual(name, "مورد"),
            email: None,
            tax_id: None,
            details: DetailsChange::default(),
            country: Country::parse("SA").expect("a country"),
            currency: currency(code),
            credit_limit: None,
            payment_terms: PaymentTerms::net(30),
        };
        self.app.execute(&self.system(), &use_case).await.expect("a new supplier").id
    }

    /// Adds a warehouse.
    pub async fn add_warehouse(&self, name: &str) -> WarehouseId {
        let name_in_both = bilingual(name, "مستودع");
        let use_case = CreateWarehouse { id: None, code: code(name), name: name_in_both };
        self.app.execute(&self.system(), &use_case).await.expect("a new warehouse").id
    }

    /// Adds a customer who may owe this much; without limit for `None`.
    pub async fn add_customer(&self, credit_limit: Option<Money>) -> CustomerId {
        self.add_customer_of("SAR", credit_limit).await
    }

    /// The same, invoiced in this currency.
    pub async fn add_customer_of(&self, code: &str, credit_limit: Option<Money>) -> CustomerId {
        let use_case = Self::new_customer(code, credit_limit);
        self.app.execute(&self.system(), &use_case).await.expect("a new customer").id
    }

    /// A Saudi customer who is invoiced in this currency and pays in 30 days.
    #[must_use]
    pub fn new_customer(code: &str, credit_limit: Option<Money>) -> CreateCustomer {
        CreateCustomer {
            id: None,
            name: bilingual("Customer", "عميل"),
            email: None,
            tax_id: None,
            details: DetailsChange::default(),
            country: Country::parse("SA").expect("a country"),
            currency: currency(code),
            credit_limit,
            payment_terms: PaymentTerms::net(30),
        }
    }

    /// A receipt of goods at 1.75 each.
    #[must_use]
    pub fn receipt(
        product: ProductId,
        warehouse: WarehouseId,
        count: Quantity,
    ) -> CreateAndPostMovement {
        let unit_cost = Some(unit_price("1.75"));
        let line = WrittenMovementLine { unit_cost, ..WrittenMovementLine::new(product, count) };
        CreateAndPostMovement(WrittenMovement::new(MovementKind::Receipt, warehouse, vec![line]))
    }

    /// An issue of goods.
    #[must_use]
    pub fn issue_of(
        product: ProductId,
        warehouse: WarehouseId,
        count: Quantity,
    ) -> CreateAndPostMovement {
        let line = WrittenMovementLine::new(product, count);
        CreateAndPostMovement(WrittenMovement::new(MovementKind::Issue, warehouse, vec![line]))
    }

    /// Everything a sale needs: `VAT15`, a product, a warehouse with so many pieces, a customer.
    pub async fn stocked_sale(&self, count: &str) -> Sale {
        self.stocked_sale_by("EA", count).await
    }

    /// The same with a product that is counted in this unit.
    pub async fn stocked_sale_by(&self, unit: &str, count: &str) -> Sale {
        self.add_vat().await;
        let product = self.add_product_by("BOLT-M8", unit).await;
        let warehouse = self.add_warehouse("MAIN").await;
        let receipt = Self::receipt(product, warehouse, quantity(count));
        self.app.execute(&self.system(), &receipt).await.expect("goods can be received");
        Sale { product, warehouse, customer: self.add_customer(None).await }
    }

    /// Writes an invoice and issues it.
    ///
    /// # Errors
    /// What [`CreateAndIssueInvoice`] refuses.
    pub async fn issue(
        &self,
        written: &WrittenInvoice,
    ) -> Result<IssuedInvoice, Refusal<CreateInvoiceError>> {
        self.app.execute(&self.system(), &CreateAndIssueInvoice(written.clone())).await
    }

    /// How much of a product is on hand, in all warehouses.
    pub async fn on_hand(&self, product: ProductId) -> String {
        let filter = LevelFilter { product: Some(product), ..LevelFilter::default() };
        let page = PageRequest {
            limit: PageLimit::default(),
            sort: Sort::natural(),
            after: None,
            with_total: false,
        };
        let query = ListLevels { filter, page };
        let levels = self.app.ask(&self.system(), &query).await.expect("levels can be read");
        let sum =
            levels.items.iter().try_fold(Quantity::ZERO, |sum, row| sum.plus(row.level.on_hand()));
        sum.expect("a sum in range").to_string()
    }
}

/// What a sale is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sale {
    /// The product.
    pub product: ProductId,
    /// The warehouse it is kept in.
    pub warehouse: WarehouseId,
    /// Who buys.
    pub customer: CustomerId,
}

impl Sale {
    /// An invoice for so many pieces at their usual price.
    #[must_use]
    pub fn draft(&self, count: &str) -> WrittenInvoice {
        let lines = vec![WrittenLine::of(self.product, quantity(count))];
        let party = PartyId::Customer(self.customer);
        WrittenInvoice {
            warehouse: Some(self.warehouse),
            ..WrittenInvoice::new(party, currency("SAR"), lines)
        }
    }
}
