//! What the executor needs from a store.

use async_trait::async_trait;
use gaara_identity::{
    ApiKeyRepository, ApiKeyView, IdentityView, LinkRepository, LinkView, OrganizationRepository,
    PasskeyRepository, PasskeyView, RevocationRepository, RoleRepository, SecondFactorRepository,
    SecondFactorView, SessionRepository, SetupRepository, SigningKeyRepository, UserRepository,
};
use gaara_inventory::{
    CatalogueView, CategoryRepository, MovementRepository, ProductRepository,
    ReservationRepository, ReservationView, StockReports, StockRepository, StockView,
    StocktakeRepository, StocktakeView, SupplierRepository, UnitRepository, WarehouseRepository,
};
use gaara_invoicing::report::InvoicingReports;
use gaara_invoicing::{
    CustomerRepository, ExchangeRateRepository, ExchangeRateView, InvoiceRepository, InvoicingView,
    PaymentRepository, SeriesRepository, SeriesView, TaxRateRepository,
};
use gaara_kernel::StoreError;

use crate::audit::{AuditTrail, AuditView};
use crate::idempotency::IdempotencyRepository;
use crate::outbox::{Outbox, OutboxView};

/// Declares the repositories of a unit of work, and makes every type that is all of them at once
/// a unit of work: an adapter has one open transaction type and implements the ports on it.
macro_rules! unit_of_work {
    ($($(#[$meta:meta])* $method:ident: $port:ident,)+) => {
        /// Everything a use case may write, in one open transaction. It has no commit: only the
        /// executor ends a transaction.
        ///
        /// Locks are taken in one order everywhere: document, stock levels by (product,
        /// warehouse), customer, number series last.
        pub trait UnitOfWork: Send {
            $($(#[$meta])* fn $method(&mut self) -> &mut dyn $port;)+
        }

        impl<T: Send $(+ $port)+> UnitOfWork for T {
            $(fn $method(&mut self) -> &mut dyn $port {
                self
            })+
        }
    };
}

unit_of_work! {
    /// The organisation.
    organization: OrganizationRepository,
    /// The setup token.
    setup: SetupRepository,
    /// Roles.
    roles: RoleRepository,
    /// Users.
    users: UserRepository,
    /// Sessions and refresh tokens.
    sessions: SessionRepository,
    /// What was revoked.
    revocations: RevocationRepository,
    /// The keys that sign access tokens.
    signing_keys: SigningKeyRepository,
    /// Second factors.
    second_factors: SecondFactorRepository,
    /// Passkeys.
    passkeys: PasskeyRepository,
    /// Keys of programs.
    api_keys: ApiKeyRepository,
    /// Links that let somebody choose a password.
    links: LinkRepository,
    /// Units.
    units: UnitRepository,
    /// Categories.
    categories: CategoryRepository,
    /// Suppliers.
    suppliers: SupplierRepository,
    /// Products.
    products: ProductRepository,
    /// Warehouses.
    warehouses: WarehouseRepository,
    /// Stock levels.
    stock: StockRepository,
    /// Stock movements.
    movements: MovementRepository,
    /// Reservations of stock.
    reservations: ReservationRepository,
    /// Stocktakes.
    stocktakes: StocktakeRepository,
    /// Customers.
    customers: CustomerRepository,
    /// Tax rates.
    tax_rates: TaxRateRepository,
    /// Exchange rates.
    exchange_rates: ExchangeRateRepository,
    /// Invoices.
    invoices: InvoiceRepository,
    /// Number series.
    series: SeriesRepository,
    /// Payments.
    payments: PaymentRepository,
    /// The audit log.
    audit: AuditTrail,
    /// Events.
    outbox: Outbox,
    /// Idempotency records.
    idempotency: IdempotencyRepository,
}

/// An open transaction. Only the executor sees it; dropped, it is rolled back.
#[async_trait]
pub trait Transaction: UnitOfWork {
    /// Makes everything written durable and visible.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it met another transaction; nothing is written then.
    /// [`StoreError::Unconfirmed`] when nobody can tell whether anything is.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes everything written.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}

/// Everything a query may read, as of one moment.
pub trait ReadView:
    IdentityView
    + SecondFactorView
    + PasskeyView
    + ApiKeyView
    + LinkView
    + CatalogueView
    + StockView
    + StockReports
    + ReservationView
    + StocktakeView
    + InvoicingView
    + InvoicingReports
    + SeriesView
    + ExchangeRateView
    + AuditView
    + OutboxView
{
}

impl<V> ReadView for V where
    V: IdentityView
        + SecondFactorView
        + PasskeyView
        + ApiKeyView
        + LinkView
        + CatalogueView
        + StockView
        + StockReports
        + ReservationView
        + StocktakeView
        + InvoicingView
        + InvoicingReports
        + SeriesView
        + ExchangeRateView
        + AuditView
        + OutboxView
{
}

/// A store.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens a transaction.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the store has no room for another caller.
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError>;

    /// Opens a consistent view. It neither sees nor waits for an open transaction.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the store has no room for another caller.
    async fn view(&self) -> Result<Box<dyn ReadView>, StoreError>;
}
