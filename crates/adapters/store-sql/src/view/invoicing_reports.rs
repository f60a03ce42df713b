//! Documents and payments, added up by the database: each question is one statement.

mod entries;
mod open;
mod sold;

use async_trait::async_trait;
use gaara_invoicing::report::{
    Account, Counterparty, InvoicingReports, OpenItem, PartyCredit, Period, SalesBy, SalesRow,
    Side, StatementEntry, TaxReturnRow,
};
use gaara_kernel::{Currency, Date, Id, Money, StoreError};
use sea_orm::prelude::Uuid;

use super::SqlView;

#[async_trait]
impl InvoicingReports for SqlView {
    async fn open_items(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<OpenItem>, StoreError> {
        open::items(&self.connection, side, as_of, party).await
    }

    async fn party_credits(
        &mut self,
        side: Side,
        as_of: Date,
        party: Option<Counterparty>,
    ) -> Result<Vec<PartyCredit>, StoreError> {
        open::credits(&self.connection, side, as_of, party).await
    }

    async fn balance_before(&mut self, account: &Account, day: Date) -> Result<Money, StoreError> {
        entries::before(&self.connection, account, day).await
    }

    async fn statement_entries(
        &mut self,
        account: &Account,
        period: Period,
    ) -> Result<Vec<StatementEntry>, StoreError> {
        entries::of(&self.connection, account, period).await
    }

    async fn sales(
        &mut self,
        books: Currency,
        by: SalesBy,
        period: Period,
    ) -> Result<Vec<SalesRow>, StoreError> {
        sold::sales(&self.connection, books, by, period).await
    }

    async fn taxed(
        &mut self,
        books: Currency,
        period: Period,
    ) -> Result<Vec<TaxReturnRow>, StoreError> {
        sold::taxed(&self.connection, books, period).await
    }
}

/// The id of a counterparty, as a column holds it.
fn party_id(party: Counterparty) -> Uuid {
    match party {
        Counterparty::Customer(id) => id.as_uuid(),
        Counterparty::Supplier(id) => id.as_uuid(),
    }
}

/// The counterparty of one side that a column names.
fn party_of(side: Side, id: Uuid) -> Counterparty {
    match side {
        Side::Sales => Counterparty::Customer(Id::from_uuid(id)),
        Side::Purchases => Counterparty::Supplier(Id::from_uuid(id)),
    }
}

/// How the tables name the documents of a side.
struct Sides {
    /// The kind of its documents.
    kind: &'static str,
    /// The column that names the other side.
    column: &'static str,
    /// The table of those others.
    parties: &'static str,
    /// Which way money goes that settles.
    direction: &'static str,
}

impl Sides {
    const fn of(side: Side) -> Self {
        match side {
            Side::Sales => {
                Self { kind: "sale", column: "customer_id", parties: "customers", direction: "in" }
            }
            Side::Purchases => Self {
                kind: "purchase",
                column: "supplier_id",
                parties: "suppliers",
                direction: "out",
            },
        }
    }
}
