//! What reports about documents need from a store.

use async_trait::async_trait;
use gaara_kernel::{Currency, Date, Money, StoreError};

use super::ageing::{OpenItem, PartyCredit};
use super::party::{Counterparty, Side};
use super::period::Period;
use super::sales::{SalesBy, SalesRow};
use super::statement::{Account, StatementEntry};
use super::tax_return::TaxReturnRow;

/// Adds documents and payments up without waiting for writers.
#[async_trait]
pub trait InvoicingReports: Send {
    /// What was open at the end of a day, one item for each party, currency and due date that has
    /// something, in no particular order. What was paid or credited later was open then; what was
    /// issued later, or was voided, was not.
    async fn open_items(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<OpenItem>, StoreError>;

    /// What parties had paid by the end of a day and had not been allocated, in no particular
    /// order.
    async fn party_credits(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<PartyCredit>, StoreError>;

    /// What was owed on an account before a day.
    async fn balance_before(&mut self, account: &Account, day: Date) -> Result<Money, StoreError>;

    /// What happened on an account, by day; of one day documents come before payments, and the
    /// oldest first.
    async fn statement_entries(
        &mut self,
        account: &Account,
        period: Period,
    ) -> Result<Vec<StatementEntry>, StoreError>;

    /// What was sold in a period, in the currency of the books: by day (for months too), sorted;
    /// by customer or product the most first. What was voided was not sold.
    async fn sales(
        &mut self,
        books: Currency,
        by: SalesBy,
        period: Period,
    ) -> Result<Vec<SalesRow>, StoreError>;

    /// What was taxed in a period, in the currency of the books, one row for each side, category
    /// and rate, in no particular order.
    async fn taxed(
        &mut self,
        books: Currency,
        period: Period,
    ) -> Result<Vec<TaxReturnRow>, StoreError>;
}
