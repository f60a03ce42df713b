//! A consistent look at everything, on connections that cannot write.

mod account_link;
mod api_key;
mod catalogue;
mod clauses;
mod days;
mod exchange;
mod identity;
mod invoice_row;
mod invoicing;
mod invoicing_reports;
mod ledger_query;
mod level_query;
mod movement_query;
pub(crate) mod numbering;
mod passkey;
mod payment_query;
mod promises;
mod reorder_query;
mod seals;
mod second_factor;
mod stock;
mod stock_names;
mod stock_reports;
mod stocktake_line_row;
mod trails;
mod words;

use crate::session::Session;

/// An open view: a transaction that only reads and waits for nobody.
#[derive(Debug)]
pub(crate) struct SqlView {
    pub(crate) connection: Session,
}
