//! What the executor needs from a store.

use async_trait::async_trait;
use gaara_identity::{
    IdentityView, OrganizationRepository, SessionRepository, SetupRepository, UserRepository,
};
use gaara_inventory::{InventoryView, ProductRepository, StockRepository, WarehouseRepository};
use gaara_invoicing::{
    CustomerRepository, InvoiceRepository, InvoicingView, PaymentRepository, SeriesRepository,
    TaxRateRepository,
};
use gaara_kernel::StoreError;

use crate::audit::{AuditTrail, AuditView};
use crate::idempotency::IdempotencyRepository;
use crate::outbox::{Outbox, OutboxView};

/// Everything a use case may write, in one open transaction. It has no commit: only the executor
/// ends a transaction.
///
/// Locks are taken in one order everywhere: document, stock levels by (product, warehouse),
/// customer, number series last.
pub trait UnitOfWork: Send {
    /// The organisation.
    fn organization(&mut self) -> &mut dyn OrganizationRepository;
    /// The setup token.
    fn setup(&mut self) -> &mut dyn SetupRepository;
    /// Users.
    fn users(&mut self) -> &mut dyn UserRepository;
    /// Sessions and refresh tokens.
    fn sessions(&mut self) -> &mut dyn SessionRepository;
    /// Products.
    fn products(&mut self) -> &mut dyn ProductRepository;
    /// Warehouses.
    fn warehouses(&mut self) -> &mut dyn WarehouseRepository;
    /// Stock levels and movements.
    fn stock(&mut self) -> &mut dyn StockRepository;
    /// Customers.
    fn customers(&mut self) -> &mut dyn CustomerRepository;
    /// Tax rates.
    fn tax_rates(&mut self) -> &mut dyn TaxRateRepository;
    /// Invoices.
    fn invoices(&mut self) -> &mut dyn InvoiceRepository;
    /// Number series.
    fn series(&mut self) -> &mut dyn SeriesRepository;
    /// Payments.
    fn payments(&mut self) -> &mut dyn PaymentRepository;
    /// The audit log.
    fn audit(&mut self) -> &mut dyn AuditTrail;
    /// Events.
    fn outbox(&mut self) -> &mut dyn Outbox;
    /// Idempotency records.
    fn idempotency(&mut self) -> &mut dyn IdempotencyRepository;
}

/// An open transaction. Only the executor sees it; dropped, it is rolled back.
#[async_trait]
pub trait Transaction: UnitOfWork {
    /// Makes everything written durable and visible.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it met another transaction; nothing is written then.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;

    /// Undoes everything written.
    async fn rollback(self: Box<Self>) -> Result<(), StoreError>;
}

/// Everything a query may read, as of one moment.
pub trait ReadView: IdentityView + InventoryView + InvoicingView + AuditView + OutboxView {}

impl<V: IdentityView + InventoryView + InvoicingView + AuditView + OutboxView> ReadView for V {}

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
