//! Reports over documents and payments.

mod aged_balances;
mod sales;
mod statement;
mod tax_return;

use gaara_identity::Organization;
use gaara_invoicing::report::{Period, PeriodError};
use gaara_kernel::{Date, MoneyError, StoreError};
use thiserror::Error;

use crate::context::Context;
use crate::failure::failure;
use crate::ports::ReadView;

pub use aged_balances::ReportAgedBalances;
pub use sales::ReportSales;
pub use statement::{AccountStatement, ReportStatement};
pub use tax_return::ReportTaxReturn;

/// Why there is no report.
#[derive(Debug, Error)]
pub enum ReportError {
    /// There is no such party.
    #[error("there is no such party")]
    NotFound,
    /// The last day lies before the first.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ReportError);

/// The days that a report is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PeriodAsked {
    /// The first day; the first of the last day's month when absent.
    pub from: Option<Date>,
    /// The last day; today when absent.
    pub to: Option<Date>,
}

impl PeriodAsked {
    fn days(self, books: &Organization, context: &Context) -> Result<Period, PeriodError> {
        let to = self.to.unwrap_or(today(books, context));
        Period::try_new(self.from.unwrap_or(to.first_of_month()), to)
    }
}

/// The organisation whose books are read.
async fn books(view: &mut dyn ReadView) -> Result<Organization, StoreError> {
    view.find_organization().await?.ok_or(StoreError::Corrupt { entity: "organization" })
}

fn today(books: &Organization, context: &Context) -> Date {
    books.time_zone.date_at(context.now())
}

/// A sum that no amount can hold: it is nobody's mistake who asks.
fn beyond(error: MoneyError) -> StoreError {
    StoreError::Internal(Box::new(error))
}
