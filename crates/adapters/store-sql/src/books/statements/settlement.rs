//! What was paid and credited, by what, and what that was worth in the books.

use super::documents::{PAR, documents, parts};
use super::{Check, Named, compare, each};

/// What credit notes that stand say of their invoice.
pub(super) fn notes(said: &str, kept: &str) -> Check {
    let expected = format!(
        "SELECT corrects_id AS id, {said} AS expected, 0 AS found FROM invoices \
         WHERE document_type = 'credit_note' AND status = 'issued'"
    );
    documents(&expected, &format!("CASE document_type WHEN 'invoice' THEN {kept} ELSE 0 END"))
}

pub(super) fn paid() -> Check {
    parts("payment_allocations", "amount_minor", "paid_minor")
}

/// A voided note keeps what it had taken off its invoice, which got it back.
pub(super) fn voided() -> Check {
    let settled = "paid_minor + credit_notes_minor \
         + CASE document_type WHEN 'invoice' THEN credited_minor ELSE 0 END";
    let rest = format!("FROM invoices WHERE status = 'void' AND {settled} <> 0");
    Check::new(Named::Document, "invoices", each("id", "0", settled, &rest))
}

/// What settles a document never exceeds it; a draft is settled by nothing.
pub(super) fn open() -> Check {
    let payable = "CASE status WHEN 'draft' THEN 0 ELSE payable_minor END";
    let rest = format!(
        "FROM invoices WHERE paid_minor + credited_minor > {payable} \
         OR (status = 'issued' AND payment_status <> CASE \
         WHEN paid_minor + credited_minor < payable_minor AND paid_minor = 0 THEN 'unpaid' \
         WHEN paid_minor + credited_minor < payable_minor THEN 'partially_paid' \
         WHEN (credit_notes_minor > 0 \
         AND credit_notes_minor = tax_inclusive_minor + rounding_minor) \
         OR (credited_minor > 0 AND credited_minor = payable_minor) THEN 'credited' \
         ELSE 'paid' END)"
    );
    let text = each("id", payable, "paid_minor + credited_minor", &rest);
    Check::new(Named::Document, "invoices", text)
}

pub(super) fn spent() -> Check {
    let expected = "SELECT id, CASE state WHEN 'posted' THEN amount_minor ELSE 0 END AS expected, \
         0 AS found FROM payments";
    let found = "SELECT payment_id AS id, 0 AS expected, amount_minor AS found \
         FROM payment_allocations";
    Check::new(Named::Payment, "payments", compare("id", expected, found, ">"))
}

pub(super) fn allocated_sum() -> Check {
    let expected =
        "SELECT payment_id AS id, amount_minor AS expected, 0 AS found FROM payment_allocations";
    let found = "SELECT id, 0 AS expected, allocated_minor AS found FROM payments";
    Check::new(Named::Payment, "payments", compare("id", expected, found, "<>"))
}

/// Allocations with their payment and their document, as far as these are there.
const ALLOCATIONS: &str = "FROM payment_allocations AS part \
     LEFT JOIN payments AS payment ON payment.id = part.payment_id \
     LEFT JOIN invoices AS document ON document.id = part.invoice_id";

fn allocations(expected: &str, found: &str, breach: &str) -> Check {
    let text = each("part.id", expected, found, &format!("{ALLOCATIONS} WHERE {breach}"));
    Check::new(Named::Allocation, "payment_allocations", text)
}

pub(super) fn allocated() -> Check {
    let breach = "payment.state IS DISTINCT FROM 'posted' \
         OR document.status IS DISTINCT FROM 'issued' OR payment.currency <> document.currency \
         OR payment.customer_id IS DISTINCT FROM document.customer_id \
         OR payment.supplier_id IS DISTINCT FROM document.supplier_id \
         OR payment.direction <> CASE WHEN (document.kind = 'sale') \
         = (document.document_type = 'invoice') THEN 'in' ELSE 'out' END";
    allocations("0", "part.amount_minor", breach)
}

pub(super) fn settled_day() -> Check {
    allocations("1", "0", "part.settled_on IS NULL OR part.settled_on <> part.allocation_date")
}

/// At par both are one number, and the program before writes only the first.
pub(super) fn base_paid() -> Check {
    let settled = "SELECT part.invoice_id AS id, \
         COALESCE(part.base_settled_minor, part.amount_minor) AS expected, 0 AS found \
         FROM payment_allocations AS part JOIN invoices AS document \
         ON document.id = part.invoice_id WHERE document.base_currency <> document.currency";
    let kept = "SELECT id, 0 AS expected, base_paid_minor AS found FROM invoices \
         WHERE base_currency <> currency";
    Check::new(Named::Document, "invoices", compare("id", settled, kept, "<>"))
}

/// At par a part is worth itself on both sides; elsewhere it is worth what is written.
pub(super) fn gain() -> Check {
    let (worth, settled) = (
        "CASE WHEN payment.base_currency = payment.currency THEN part.amount_minor \
         ELSE part.base_amount_minor END",
        "CASE WHEN document.base_currency = document.currency THEN part.amount_minor \
         ELSE part.base_settled_minor END",
    );
    let gain =
        format!("({worth} - {settled}) * CASE payment.direction WHEN 'in' THEN 1 ELSE -1 END");
    let breach = format!(
        "part.base_gain_minor <> {gain} OR part.base_amount_minor <> {worth} \
         OR part.base_settled_minor <> {settled}"
    );
    let found = "COALESCE(part.base_gain_minor, 0)";
    allocations(&format!("COALESCE({gain}, 0)"), found, &breach)
}

pub(super) fn base_payment() -> Check {
    let rest = format!(
        "FROM payments WHERE base_currency = currency \
         AND (base_rate_scaled <> {PAR} OR base_amount_minor <> amount_minor)"
    );
    let text = each("id", "amount_minor", "base_amount_minor", &rest);
    Check::new(Named::Payment, "payments", text)
}
