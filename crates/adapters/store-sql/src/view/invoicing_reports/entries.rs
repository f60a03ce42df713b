//! What happened on an account.

use gaara_invoicing::report::{Account, EntrySource, Period, StatementEntry};
use gaara_kernel::{Date, Id, Money, StoreError};
use sea_orm::FromQueryResult;
use sea_orm::prelude::{TimeDate, Uuid};

use super::{Sides, party_id};
use crate::convert::{Stored, date};
use crate::session::Session;
use crate::view::clauses::Clauses;

#[derive(Debug, FromQueryResult)]
struct EntryRow {
    day: TimeDate,
    /// `invoice`, `credit_note` or `payment`.
    kind: String,
    id: Uuid,
    number: Option<String>,
    due_date: Option<TimeDate>,
    amount: i64,
}

#[derive(Debug, FromQueryResult)]
struct SumRow {
    amount: i64,
}

/// What changed the account, as a table: `documents` and `payments` hold the conditions on days.
fn changes(clauses: &mut Clauses, account: &Account, documents: &str, payments: &str) -> String {
    let Sides { column, direction, .. } = Sides::of(account.party.side());
    let party = clauses.parameter(party_id(account.party));
    let currency = clauses.parameter(account.currency.code());
    let payments = format!(
        " UNION ALL SELECT payments.payment_date AS day, 1 AS place, 'payment' AS kind, \
         payments.id, CAST(NULL AS text) AS number, CAST(NULL AS date) AS due_date, \
         CASE WHEN payments.direction = '{direction}' THEN -payments.amount_minor \
         ELSE payments.amount_minor END AS amount FROM payments \
         WHERE payments.{column} = {party} AND payments.currency = {currency} \
         AND payments.state = 'posted'{payments}"
    );
    format!(
        "SELECT invoices.issue_date AS day, 0 AS place, invoices.document_type AS kind, \
         invoices.id, invoices.number AS number, invoices.due_date AS due_date, \
         CASE WHEN invoices.document_type = 'invoice' THEN invoices.payable_minor \
         ELSE -invoices.payable_minor END AS amount FROM invoices \
         WHERE invoices.{column} = {party} AND invoices.currency = {currency} \
         AND invoices.status = 'issued'{documents}{payments}"
    )
}

pub(super) async fn before(
    connection: &Session,
    account: &Account,
    day: Date,
) -> Result<Money, StoreError> {
    let mut clauses = Clauses::default();
    let day = clauses.parameter(date(day));
    let changes = changes(
        &mut clauses,
        account,
        &format!(" AND invoices.issue_date_key < {day}"),
        &format!(" AND payments.payment_date < {day}"),
    );
    let text = format!(
        "SELECT CAST(COALESCE(SUM(changes.amount), 0) AS bigint) AS amount \
         FROM ({changes}) AS changes"
    );
    let rows: Vec<SumRow> = clauses.read(connection, text).await?;
    let amount = rows.first().map_or(0, |row| row.amount);
    Stored("invoice").money(amount, account.currency)
}

pub(super) async fn of(
    connection: &Session,
    account: &Account,
    period: Period,
) -> Result<Vec<StatementEntry>, StoreError> {
    let mut clauses = Clauses::default();
    let (from, to) = (clauses.parameter(date(period.from())), clauses.parameter(date(period.to())));
    let changes = changes(
        &mut clauses,
        account,
        &format!(" AND invoices.issue_date_key BETWEEN {from} AND {to}"),
        &format!(" AND payments.payment_date BETWEEN {from} AND {to}"),
    );
    let text = format!(
        "SELECT day, CAST(kind AS text) AS kind, id, number, due_date, amount \
         FROM ({changes}) AS changes ORDER BY day, place, id"
    );
    let rows: Vec<EntryRow> = clauses.read(connection, text).await?;
    let stored = Stored("invoice");
    let entry = |row: EntryRow| {
        let source = match row.kind.as_str() {
            "invoice" => EntrySource::Invoice(Id::from_uuid(row.id)),
            "credit_note" => EntrySource::CreditNote(Id::from_uuid(row.id)),
            _ => EntrySource::Payment(Id::from_uuid(row.id)),
        };
        Ok(StatementEntry {
            date: stored.date(row.day)?,
            source,
            number: row.number,
            due_date: stored.date_if_any(row.due_date)?,
            amount: stored.money(row.amount, account.currency)?,
        })
    };
    rows.into_iter().map(entry).collect()
}
