//! What becomes of documents that the step before knows nothing of.

/// Removes what only this step knows, and tells the rest in words of the step before. Rows that
/// hang on a document are removed by name: SQLite does not follow references meanwhile.
pub(super) const LEAVE: &[&str] = &[
    "UPDATE stock_movements SET invoice_id = NULL WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM payment_allocations WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_instalments WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_adjustment_parts WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_adjustments WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_tax_groups WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_lines WHERE invoice_id IN
        (SELECT id FROM invoices WHERE kind = 'purchase' OR document_type = 'credit_note')",
    "DELETE FROM invoice_tags",
    "DELETE FROM invoice_words",
    "DELETE FROM invoices WHERE document_type = 'credit_note'",
    "DELETE FROM invoices WHERE kind = 'purchase'",
    "UPDATE invoices SET status = 'issued', payment_status = 'paid', voided_at_ms = NULL,
        void_reason = NULL, credited_minor = payable_minor - paid_minor WHERE status = 'void'",
    "UPDATE invoices SET payment_status = 'paid', credited_minor = payable_minor - paid_minor
        WHERE payment_status = 'credited'",
];
