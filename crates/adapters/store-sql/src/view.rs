//! A consistent look at everything, on connections that cannot write.

mod catalogue;
mod identity;
mod invoice_row;
mod invoicing;
mod ledger_row;
mod level_row;
mod movement_query;
mod promises;
mod stock;
mod stocktake_line_row;
mod trails;

use sea_orm::DatabaseTransaction;

/// An open view: a transaction that only reads and waits for nobody.
#[derive(Debug)]
pub(crate) struct SqlView {
    pub(crate) connection: DatabaseTransaction,
}
