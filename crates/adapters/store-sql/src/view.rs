//! A consistent look at everything, on connections that cannot write.

mod catalogue;
mod identity;
mod invoice_row;
mod invoicing;
mod level_row;
mod stock;
mod trails;
mod words;

use sea_orm::DatabaseTransaction;

/// An open view: a transaction that only reads and waits for nobody.
#[derive(Debug)]
pub(crate) struct SqlView {
    pub(crate) connection: DatabaseTransaction,
}
