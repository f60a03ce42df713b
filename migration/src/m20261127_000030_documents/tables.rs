//! What is the same on both engines: tags, words to search by, and indexes.

/// Creates the tables and indexes.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE invoice_tags (
        tag {code} NOT NULL CONSTRAINT tag_length CHECK (length(tag) BETWEEN 1 AND 500),
        invoice_id {id} NOT NULL CONSTRAINT invoice_tags_invoice_fkey
            REFERENCES invoices (id) ON DELETE CASCADE,
        PRIMARY KEY (tag, invoice_id)
    ) {strict}",
    "CREATE INDEX invoice_tags_invoice ON invoice_tags (invoice_id, tag)",
    "CREATE TABLE invoice_words (
        word {code} NOT NULL,
        invoice_id {id} NOT NULL CONSTRAINT invoice_words_invoice_fkey
            REFERENCES invoices (id) ON DELETE CASCADE,
        PRIMARY KEY (word, invoice_id)
    ) {strict}",
    "CREATE INDEX invoice_words_invoice ON invoice_words (invoice_id)",
    "CREATE UNIQUE INDEX invoices_supplier_reference_key
        ON invoices (supplier_id, document_type, supplier_reference)
        WHERE status = 'issued' AND supplier_reference IS NOT NULL",
    "CREATE INDEX invoices_supplier ON invoices (supplier_id, issue_date_key, id)
        WHERE supplier_id IS NOT NULL",
    "CREATE INDEX invoices_kind ON invoices (kind, document_type, issue_date_key, id)",
    "CREATE INDEX invoices_corrects ON invoices (corrects_id) WHERE corrects_id IS NOT NULL",
    "CREATE INDEX invoices_due ON invoices (due_date, id) WHERE due_date IS NOT NULL",
    "CREATE INDEX invoices_owed ON invoices (due_date, id)
        WHERE payment_status IN ('unpaid', 'partially_paid')",
    "CREATE INDEX invoice_lines_tax_rate ON invoice_lines (tax_rate_code)
        WHERE tax_rate_code IS NOT NULL",
    "CREATE UNIQUE INDEX invoice_lines_corrects_key ON invoice_lines (invoice_id, corrects_line)
        WHERE corrects_line IS NOT NULL",
];

/// Drops them.
pub(super) const DOWN: &[&str] = &[
    "DROP INDEX invoice_lines_corrects_key",
    "DROP INDEX invoice_lines_tax_rate",
    "DROP INDEX invoices_owed",
    "DROP INDEX invoices_due",
    "DROP INDEX invoices_corrects",
    "DROP INDEX invoices_kind",
    "DROP INDEX invoices_supplier",
    "DROP INDEX invoices_supplier_reference_key",
    "DROP TABLE invoice_words",
    "DROP TABLE invoice_tags",
];
