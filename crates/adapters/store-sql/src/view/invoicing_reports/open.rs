//! What was open at the end of a day: what is open now, and what was settled later.

use gaara_invoicing::report::{Counterparty, NamedParty, OpenItem, PartyCredit, Side};
use gaara_kernel::{Date, StoreError};
use sea_orm::FromQueryResult;
use sea_orm::prelude::{TimeDate, Uuid};

use super::{Sides, party_id, party_of};
use crate::convert::{Stored, date};
use crate::repository::invoice::OPEN;
use crate::session::Session;
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

/// What settled documents after a day: payments, and the credit notes that were set off.
fn later(day: &str) -> String {
    format!(
        "later AS (SELECT settled.invoice_id, CAST(SUM(settled.amount) AS bigint) AS amount FROM \
         (SELECT payment_allocations.invoice_id, payment_allocations.amount_minor AS amount \
         FROM payment_allocations WHERE payment_allocations.settled_on > {day} \
         UNION ALL SELECT notes.corrects_id, notes.credited_minor FROM invoices AS notes \
         WHERE notes.document_type = 'credit_note' AND notes.status = 'issued' \
         AND notes.issue_date_key > {day}) AS settled GROUP BY settled.invoice_id)"
    )
}

/// Only what is open now or was settled later is looked at, so the cost does not grow with what was
/// settled long ago.
pub(super) async fn items(
    connection: &Session,
    side: Side,
    as_of: Date,
    party: Option<Counterparty>,
) -> Result<Vec<OpenItem>, StoreError> {
    let Sides { kind, column, parties, .. } = Sides::of(side);
    let mut clauses = Clauses::default();
    let day = clauses.parameter(date(as_of));
    clauses.and_if(&format!("documents.{column} = ?"), party.map(party_id));
    let text = format!(
        "WITH {later}, \
         documents AS (SELECT invoices.* FROM invoices \
         WHERE invoices.payment_status IN ('unpaid', 'partially_paid') \
         UNION ALL SELECT invoices.* FROM later JOIN invoices ON invoices.id = later.invoice_id \
         WHERE invoices.payment_status IN ('paid', 'credited')) \
         SELECT documents.{column} AS party_id, {parties}.name_ar, {parties}.name_en, \
         documents.currency, documents.due_date, \
         CAST(SUM(documents.payable_minor - documents.paid_minor - documents.credited_minor \
         + COALESCE(later.amount, 0)) AS bigint) AS amount \
         FROM documents JOIN {parties} ON {parties}.id = documents.{column} \
         LEFT JOIN later ON later.invoice_id = documents.id \
         WHERE documents.status = 'issued' AND documents.document_type = 'invoice' \
         AND documents.kind = '{kind}' AND documents.issue_date <= {day}{conditions} \
         GROUP BY documents.{column}, {parties}.name_ar, {parties}.name_en, \
         documents.currency, documents.due_date",
        later = later(&day),
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

/// What is left of credit notes and of payments; money that went the other way counts against it.
///
/// Only what is not used up now or was used later is looked at, and only then who it belongs to.
pub(super) async fn credits(
    connection: &Session,
    side: Side,
    as_of: Date,
    party: Option<Counterparty>,
) -> Result<Vec<PartyCredit>, StoreError> {
    let Sides { column, parties, direction, .. } = Sides::of(side);
    let mut clauses = Clauses::default();
    let day = clauses.parameter(date(as_of));
    clauses.and_if("credits.party_id = ?", party.map(party_id));
    let notes = candidates(
        &day,
        "invoice_id",
        &format!("invoices WHERE {OPEN} AND document_type = 'credit_note'"),
    );
    let unspent = "payments WHERE state = 'posted' AND amount_minor - allocated_minor > 0";
    let payments = candidates(&day, "payment_id", &format!("{unspent} AND payment_date <= {day}"));
    // SQLite does a cross join in this order.
    let text = format!(
        "WITH notes AS ({notes}), unspent AS ({payments}), \
         credits AS (SELECT invoices.{column} AS party_id, invoices.currency, \
         invoices.payable_minor - invoices.paid_minor - invoices.credited_minor + {used_of_note} \
         AS amount FROM notes CROSS JOIN invoices WHERE invoices.id = notes.id \
         AND invoices.document_type = 'credit_note' AND invoices.{column} IS NOT NULL \
         AND invoices.status = 'issued' AND invoices.issue_date_key <= {day} \
         UNION ALL SELECT payments.{column}, payments.currency, \
         CASE WHEN payments.direction = '{direction}' THEN 1 ELSE -1 END \
         * (payments.amount_minor - payments.allocated_minor + {used_of_payment}) \
         FROM unspent CROSS JOIN payments WHERE payments.id = unspent.id \
         AND payments.state = 'posted' AND payments.{column} IS NOT NULL \
         AND payments.payment_date <= {day}), \
         sums AS (SELECT credits.party_id, credits.currency, \
         CAST(SUM(credits.amount) AS bigint) AS amount FROM credits WHERE 1 = 1{conditions} \
         GROUP BY credits.party_id, credits.currency) \
         SELECT sums.party_id, {parties}.name_ar, {parties}.name_en, sums.currency, \
         CAST(NULL AS date) AS due_date, sums.amount \
         FROM sums JOIN {parties} ON {parties}.id = sums.party_id WHERE sums.amount <> 0",
        used_of_note = used_later(&day, "invoice_id", "invoices"),
        used_of_payment = used_later(&day, "payment_id", "payments"),
        conditions = clauses.text(),
    );
    let rows: Vec<OpenRow> = clauses.read(connection, text).await?;
    let stored = Stored("payment");
    let credit = |row: OpenRow| {
        let amount = stored.money(row.amount, stored.currency(&row.currency)?)?;
        Ok(PartyCredit { party: row.party(side)?, amount })
    };
    rows.into_iter().map(credit).collect()
}

/// The ids of what is not used up now, and of what allocations have used after a day.
fn candidates(day: &str, column: &str, now: &str) -> String {
    format!(
        "SELECT id FROM {now} \
         UNION SELECT {column} FROM payment_allocations WHERE settled_on > {day}"
    )
}

/// What allocations have used of a row after a day.
fn used_later(day: &str, column: &str, table: &str) -> String {
    format!(
        "COALESCE((SELECT SUM(payment_allocations.amount_minor) FROM payment_allocations \
         WHERE payment_allocations.{column} = {table}.id \
         AND payment_allocations.settled_on > {day}), 0)"
    )
}
