//! One open transaction, which is every repository at once.

use async_trait::async_trait;
use gaara_application::{AuditTrail, IdempotencyRepository, Outbox, Transaction, UnitOfWork};
use gaara_identity::{OrganizationRepository, SessionRepository, SetupRepository, UserRepository};
use gaara_inventory::{ProductRepository, StockRepository, WarehouseRepository};
use gaara_invoicing::{
    CustomerRepository, InvoiceRepository, PaymentRepository, SeriesRepository, TaxRateRepository,
};
use gaara_kernel::StoreError;
use sea_orm::DatabaseTransaction;

use crate::error::failure;

/// An open transaction. Dropped, it is rolled back before its connection serves anybody else.
#[derive(Debug)]
pub(crate) struct SqlTransaction {
    pub(crate) connection: DatabaseTransaction,
}

#[async_trait]
impl Transaction for SqlTransaction {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.connection.commit().await.map_err(failure)
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.connection.rollback().await.map_err(failure)
    }
}

macro_rules! unit_of_work {
    ($($method:ident: $port:ident),+ $(,)?) => {
        impl UnitOfWork for SqlTransaction {
            $(fn $method(&mut self) -> &mut dyn $port {
                self
            })+
        }
    };
}

unit_of_work! {
    organization: OrganizationRepository,
    setup: SetupRepository,
    users: UserRepository,
    sessions: SessionRepository,
    products: ProductRepository,
    warehouses: WarehouseRepository,
    stock: StockRepository,
    customers: CustomerRepository,
    tax_rates: TaxRateRepository,
    invoices: InvoiceRepository,
    series: SeriesRepository,
    payments: PaymentRepository,
    audit: AuditTrail,
    outbox: Outbox,
    idempotency: IdempotencyRepository,
}
