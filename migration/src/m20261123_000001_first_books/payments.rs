//! Payments and what they are for.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE payments (
        id {id} NOT NULL PRIMARY KEY,
        customer_id {id} NOT NULL CONSTRAINT payments_customer_fkey
            REFERENCES customers (id) ON DELETE RESTRICT,
        amount_minor {integer} NOT NULL CONSTRAINT amount_positive CHECK (amount_minor > 0),
        currency {currency},
        payment_date {date} NOT NULL,
        method {text} NOT NULL CONSTRAINT method_known
            CHECK (method IN ('cash', 'bank_transfer', 'card', 'cheque', 'other')),
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE INDEX payments_date ON payments (payment_date, id)",
    "CREATE INDEX payments_created ON payments (created_at_ms, id)",
    "CREATE INDEX payments_customer ON payments (customer_id, payment_date, id)",
    "CREATE TABLE payment_allocations (
        payment_id {id} NOT NULL CONSTRAINT payment_allocations_payment_fkey
            REFERENCES payments (id) ON DELETE CASCADE,
        invoice_id {id} NOT NULL CONSTRAINT payment_allocations_invoice_fkey
            REFERENCES invoices (id) ON DELETE RESTRICT,
        amount_minor {integer} NOT NULL CONSTRAINT amount_positive CHECK (amount_minor > 0),
        PRIMARY KEY (payment_id, invoice_id)
    ) {strict}",
    "CREATE INDEX payment_allocations_invoice ON payment_allocations (invoice_id, payment_id)",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &["DROP TABLE payment_allocations", "DROP TABLE payments"];
