//! Reports over issued documents and payments: their arithmetic, and what they need from a store.
//!
//! A store adds up what belongs together; whatever else is computed is computed here.

mod ageing;
mod party;
mod period;
mod sales;
mod statement;
mod tax_return;
mod view;

pub use ageing::{AgedBalances, AgedRow, AgedSums, Bucket, OpenItem, PartyCredit};
pub use party::{Counterparty, NamedParty, Side};
pub use period::{Period, PeriodError};
pub use sales::{SalesBy, SalesGroup, SalesReport, SalesRow, SalesSums};
pub use statement::{Account, EntrySource, Statement, StatementEntry, StatementRow};
pub use tax_return::{TaxReturn, TaxReturnRow, TaxReturnSums, in_books};
pub use view::InvoicingReports;
