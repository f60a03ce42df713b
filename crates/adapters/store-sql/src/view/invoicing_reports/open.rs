//! What was open at the end of a day: what is open now, and what was settled later.

use gaara_invoicing::report::{Counterparty, NamedParty, OpenItem, PartyCredit, Side};
use gaara_kernel::{Date, StoreError};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::{DatabaseTransaction, FromQueryResult};

use super::{party_id, party_of};
use crate::convert::{Stored, date};
use crate::view::clauses::Clauses;

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    party_id: Uuid,
    name_ar: Option<String>,
    name_en: Option<String>,
    currency: String,
    due_date: Option<TimeDate>,
    amount: i64,
}

impl OpenRow {
    fn party(&self, side: Side) -> Result<NamedParty, StoreError> {
        let name = Stored("party").name(self.name_ar.as_ref(), self.name_en.as_ref())?;
        Ok(NamedParty { party: party_of(side, self.party_id), name })
    }
}

/// Only what is open now or was settled later is looked at, so the cost does not grow with what was
/// settled long ago.
pub(super) async fn items(
    connection: &DatabaseTransaction,
    side: Side,
    as_of: Date,
    party: Option<Counterparty>,
) -> Result<Vec<OpenItem>, StoreError> {
    if side == Side::Purchases {
        return Ok(Vec::new());
    }
    let mut clauses = Clauses::default();
    let day = clauses.parameter(date(as_of));
    clauses.and_if("documents.customer_id = ?", party.map(party_id));
    let text = format!(
        "WITH later AS (SELECT payment_allocations.invoice_id, \
         CAST(SUM(payment_allocations.amount_minor) AS bigint) AS amount \
         FROM payments JOIN payment_allocations ON payment_allocations.payment_id = payments.id \
         WHERE payments.payment_date > {day} GROUP BY payment_allocations.invoice_id), \
         documents AS (SELECT invoices.* FROM invoices \
         WHERE invoices.payment_status IN ('unpaid', 'partially_paid') \
         UNION ALL SELECT invoices.* FROM later JOIN invoices ON invoices.id = later.invoice_id \
         WHERE invoices.payment_status = 'paid') \
         SELECT documents.customer_id AS party_id, customers.name_ar, customers.name_en, \
         documents.currency, documents.due_date, \
         CAST(SUM(documents.payable_minor - documents.paid_minor - documents.credited_minor \
         + COALESCE(later.amount, 0)) AS bigint) AS amount \
         FROM documents JOIN customers ON customers.id = documents.customer_id \
         LEFT JOIN later ON later.invoice_id = documents.id \
         WHERE documents.status = 'issued' AND documents.issue_date <= {day}{conditions} \
         GROUP BY documents.customer_id, customers.name_ar, customers.name_en, \
         documents.currency, documents.due_date",
        conditions = clauses.text(),
    );
    let rows: Vec<OpenRow> = clauses.read(connection, text).await?;
    let stored = Stored("invoice");
    let item = |row: OpenRow| {
        Ok(OpenItem {
            party: row.party(side)?,
            due_date: stored.date(stored.some(row.due_date)?)?,
            amount: stored.money(row.amount, stored.currency(&row.currency)?)?,
        })
    };
    rows.into_iter().filter(|row| row.amount != 0).map(item).collect()
}

pub(super) async fn credits(
    connection: &DatabaseTransaction,
    side: Side,
    as_of: Date,
    party: Option<Counterparty>,
) -> Result<Vec<PartyCredit>, StoreError> {
    if side == Side::Purchases {
        return Ok(Vec::new());
    }
    let mut clauses = Clauses::default();
    clauses.and("payments.payment_date <= ?", date(as_of));
    clauses.and_if("payments.customer_id = ?", party.map(party_id));
    let text = format!(
        "SELECT payments.customer_id AS party_id, customers.name_ar, customers.name_en, \
         payments.currency, CAST(NULL AS date) AS due_date, \
         CAST(SUM(payments.amount_minor - COALESCE((SELECT SUM(payment_allocations.amount_minor) \
         FROM payment_allocations WHERE payment_allocations.payment_id = payments.id), 0)) \
         AS bigint) AS amount \
         FROM payments JOIN customers ON customers.id = payments.customer_id \
         WHERE 1 = 1{conditions} \
         GROUP BY payments.customer_id, customers.name_ar, customers.name_en, payments.currency",
        conditions = clauses.text(),
    );
    let rows: Vec<OpenRow> = clauses.read(connection, text).await?;
    let stored = Stored("payment");
    let credit = |row: OpenRow| {
        let amount = stored.money(row.amount, stored.currency(&row.currency)?)?;
        Ok(PartyCredit { party: row.party(side)?, amount })
    };
    rows.into_iter().filter(|row| row.amount != 0).map(credit).collect()
}
