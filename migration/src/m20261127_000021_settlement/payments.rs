//! Payments either way, and their allocations, each by its own id.

use crate::rebuild::Rebuilt;

/// Makes both tables anew on SQLite, which cannot let a column be empty that had to be filled.
pub(super) const SQLITE_UP: &[Rebuilt] = &[
    Rebuilt {
        table: "payments",
        create: "CREATE TABLE {table} (
            id {id} NOT NULL PRIMARY KEY,
            customer_id {id} CONSTRAINT payments_customer_fkey
                REFERENCES customers (id) ON DELETE RESTRICT,
            supplier_id {id} CONSTRAINT payments_supplier_fkey
                REFERENCES suppliers (id) ON DELETE RESTRICT,
            direction {text} NOT NULL DEFAULT 'in'
                CONSTRAINT direction_known CHECK (direction IN ('in', 'out')),
            state {text} NOT NULL DEFAULT 'posted'
                CONSTRAINT state_known CHECK (state IN ('posted', 'void')),
            amount_minor {integer} NOT NULL CONSTRAINT amount_positive CHECK (amount_minor > 0),
            currency {currency},
            base_currency {code_3},
            base_rate_scaled {integer} CONSTRAINT base_rate_range
                CHECK (base_rate_scaled BETWEEN 1 AND 1000000000000000000),
            base_amount_minor {integer}
                CONSTRAINT base_amount_not_negative CHECK (base_amount_minor >= 0),
            payment_date {date} NOT NULL,
            method {text} NOT NULL CONSTRAINT method_known
                CHECK (method IN ('cash', 'bank_transfer', 'card', 'cheque', 'other')),
            reference {text},
            note {text},
            voided_at_ms {integer},
            created_at_ms {integer} NOT NULL,
            updated_at_ms {integer} NOT NULL DEFAULT 0,
            {version},
            CONSTRAINT party_is_one CHECK ((customer_id IS NULL) <> (supplier_id IS NULL)),
            CONSTRAINT base_is_whole CHECK ((base_currency IS NULL) = (base_rate_scaled IS NULL)
                AND (base_currency IS NULL) = (base_amount_minor IS NULL)),
            CONSTRAINT void_has_instant CHECK ((state = 'void') = (voided_at_ms IS NOT NULL))
        ) {strict}",
        columns: "id, customer_id, amount_minor, currency, base_currency, base_rate_scaled, \
                  base_amount_minor, payment_date, method, created_at_ms, updated_at_ms, version",
        values: "id, customer_id, amount_minor, currency, currency, 10000000000, amount_minor, \
                 payment_date, method, created_at_ms, created_at_ms, version",
        after: INDEXES,
    },
    Rebuilt {
        table: "payment_allocations",
        create: "CREATE TABLE {table} (
            id {id} NOT NULL DEFAULT ({some_id}) PRIMARY KEY,
            payment_id {id} NOT NULL CONSTRAINT payment_allocations_payment_fkey
                REFERENCES payments (id) ON DELETE CASCADE,
            invoice_id {id} NOT NULL CONSTRAINT payment_allocations_invoice_fkey
                REFERENCES invoices (id) ON DELETE RESTRICT,
            amount_minor {integer} NOT NULL CONSTRAINT amount_positive CHECK (amount_minor > 0),
            base_amount_minor {integer},
            base_settled_minor {integer},
            base_gain_minor {integer},
            allocation_date {date},
            CONSTRAINT gain_adds_up CHECK (
                base_gain_minor = base_amount_minor - base_settled_minor
                OR base_gain_minor = base_settled_minor - base_amount_minor),
            CONSTRAINT gain_is_whole CHECK (
                (base_gain_minor IS NULL) = (base_amount_minor IS NULL)
                AND (base_gain_minor IS NULL) = (base_settled_minor IS NULL)
                AND (base_gain_minor IS NULL) = (allocation_date IS NULL))
        ) {strict}",
        columns: "payment_id, invoice_id, amount_minor, base_amount_minor, base_settled_minor, \
                  base_gain_minor, allocation_date",
        values: "payment_id, invoice_id, amount_minor, amount_minor, amount_minor, 0, (SELECT \
                 payment_date FROM payments WHERE payments.id = payment_id)",
        after: &[],
    },
];

/// The indexes of payments, which go with the table on SQLite.
const INDEXES: &[&str] = &[
    "CREATE INDEX payments_date ON payments (payment_date, id)",
    "CREATE INDEX payments_created ON payments (created_at_ms, id)",
    "CREATE INDEX payments_customer ON payments (customer_id, payment_date, id)",
];

/// Changes both tables where they are on PostgreSQL.
pub(super) const POSTGRES_UP: &[&str] = &[
    "ALTER TABLE payments
        ALTER COLUMN customer_id DROP NOT NULL,
        ADD COLUMN supplier_id {id} CONSTRAINT payments_supplier_fkey
            REFERENCES suppliers (id) ON DELETE RESTRICT,
        ADD COLUMN direction {text} NOT NULL DEFAULT 'in'
            CONSTRAINT direction_known CHECK (direction IN ('in', 'out')),
        ADD COLUMN state {text} NOT NULL DEFAULT 'posted'
            CONSTRAINT state_known CHECK (state IN ('posted', 'void')),
        ADD COLUMN base_currency {code_3},
        ADD COLUMN base_rate_scaled {integer} CONSTRAINT base_rate_range
            CHECK (base_rate_scaled BETWEEN 1 AND 1000000000000000000),
        ADD COLUMN base_amount_minor {integer}
            CONSTRAINT base_amount_not_negative CHECK (base_amount_minor >= 0),
        ADD COLUMN reference {text},
        ADD COLUMN note {text},
        ADD COLUMN voided_at_ms {integer},
        ADD COLUMN updated_at_ms {integer} NOT NULL DEFAULT 0,
        ADD CONSTRAINT party_is_one CHECK ((customer_id IS NULL) <> (supplier_id IS NULL)),
        ADD CONSTRAINT base_is_whole CHECK ((base_currency IS NULL) = (base_rate_scaled IS NULL)
            AND (base_currency IS NULL) = (base_amount_minor IS NULL)),
        ADD CONSTRAINT void_has_instant CHECK ((state = 'void') = (voided_at_ms IS NOT NULL))",
    "UPDATE payments SET base_currency = currency, base_rate_scaled = 10000000000,
        base_amount_minor = amount_minor, updated_at_ms = created_at_ms",
    "ALTER TABLE payment_allocations
        DROP CONSTRAINT payment_allocations_pkey,
        ADD COLUMN id {id} NOT NULL DEFAULT {some_id}
            CONSTRAINT payment_allocations_pkey PRIMARY KEY,
        ADD COLUMN base_amount_minor {integer},
        ADD COLUMN base_settled_minor {integer},
        ADD COLUMN base_gain_minor {integer},
        ADD COLUMN allocation_date {date},
        ADD CONSTRAINT gain_adds_up CHECK (
            base_gain_minor = base_amount_minor - base_settled_minor
            OR base_gain_minor = base_settled_minor - base_amount_minor),
        ADD CONSTRAINT gain_is_whole CHECK (
            (base_gain_minor IS NULL) = (base_amount_minor IS NULL)
            AND (base_gain_minor IS NULL) = (base_settled_minor IS NULL)
            AND (base_gain_minor IS NULL) = (allocation_date IS NULL))",
    "UPDATE payment_allocations SET base_amount_minor = amount_minor,
        base_settled_minor = amount_minor, base_gain_minor = 0, allocation_date = (SELECT
        payment_date FROM payments WHERE payments.id = payment_allocations.payment_id)",
    "DROP INDEX payment_allocations_invoice",
];

/// What both engines make in one way.
pub(super) const UP: &[&str] = &[
    "CREATE INDEX payments_updated ON payments (updated_at_ms, id)",
    "CREATE INDEX payments_supplier ON payments (supplier_id, payment_date, id)
        WHERE supplier_id IS NOT NULL",
    "CREATE INDEX payments_direction ON payments (direction, payment_date, id)",
    "CREATE INDEX payments_direction_created ON payments (direction, created_at_ms, id)",
    "CREATE INDEX payments_state ON payments (state, payment_date, id)",
    "CREATE INDEX payments_state_created ON payments (state, created_at_ms, id)",
    "CREATE INDEX payment_allocations_invoice ON payment_allocations (invoice_id, payment_id)",
    "CREATE INDEX payment_allocations_payment ON payment_allocations (payment_id, id)",
    "CREATE TABLE payment_words (
        word {code} NOT NULL,
        payment_id {id} NOT NULL CONSTRAINT payment_words_payment_fkey
            REFERENCES payments (id) ON DELETE CASCADE,
        PRIMARY KEY (word, payment_id)
    ) {strict}",
    "CREATE INDEX payment_words_payment ON payment_words (payment_id)",
];

/// Takes away what the program before does not know. Its allocations are one to an invoice; its
/// payments came in from customers and count.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE payment_words",
    "DROP INDEX payment_allocations_payment",
    "DROP INDEX payments_state_created",
    "DROP INDEX payments_state",
    "DROP INDEX payments_direction_created",
    "DROP INDEX payments_direction",
    "DROP INDEX payments_supplier",
    "DROP INDEX payments_updated",
    "DELETE FROM payments WHERE direction <> 'in' OR state <> 'posted' OR customer_id IS NULL",
    "UPDATE payment_allocations SET amount_minor = (SELECT SUM(same.amount_minor)
        FROM payment_allocations same WHERE same.payment_id = payment_allocations.payment_id
        AND same.invoice_id = payment_allocations.invoice_id)",
    "DELETE FROM payment_allocations WHERE EXISTS (SELECT 1 FROM payment_allocations same
        WHERE same.payment_id = payment_allocations.payment_id
        AND same.invoice_id = payment_allocations.invoice_id AND same.id < payment_allocations.id)",
];

/// Makes both tables anew on SQLite as the program before knows them.
pub(super) const SQLITE_DOWN: &[Rebuilt] = &[
    Rebuilt {
        table: "payments",
        create: "CREATE TABLE {table} (
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
        columns: "id, customer_id, amount_minor, currency, payment_date, method, created_at_ms, \
                  version",
        values: "id, customer_id, amount_minor, currency, payment_date, method, created_at_ms, \
                 version",
        after: INDEXES,
    },
    Rebuilt {
        table: "payment_allocations",
        create: "CREATE TABLE {table} (
            payment_id {id} NOT NULL CONSTRAINT payment_allocations_payment_fkey
                REFERENCES payments (id) ON DELETE CASCADE,
            invoice_id {id} NOT NULL CONSTRAINT payment_allocations_invoice_fkey
                REFERENCES invoices (id) ON DELETE RESTRICT,
            amount_minor {integer} NOT NULL CONSTRAINT amount_positive CHECK (amount_minor > 0),
            PRIMARY KEY (payment_id, invoice_id)
        ) {strict}",
        columns: "payment_id, invoice_id, amount_minor",
        values: "payment_id, invoice_id, amount_minor",
        after: &["CREATE INDEX payment_allocations_invoice \
                  ON payment_allocations (invoice_id, payment_id)"],
    },
];

/// Changes both tables back where they are on PostgreSQL.
pub(super) const POSTGRES_DOWN: &[&str] = &[
    "ALTER TABLE payment_allocations
        DROP CONSTRAINT gain_is_whole,
        DROP CONSTRAINT gain_adds_up,
        DROP CONSTRAINT payment_allocations_pkey,
        DROP COLUMN id,
        DROP COLUMN base_amount_minor,
        DROP COLUMN base_settled_minor,
        DROP COLUMN base_gain_minor,
        DROP COLUMN allocation_date,
        ADD CONSTRAINT payment_allocations_pkey PRIMARY KEY (payment_id, invoice_id)",
    "ALTER TABLE payments
        DROP CONSTRAINT party_is_one,
        DROP CONSTRAINT base_is_whole,
        DROP CONSTRAINT void_has_instant,
        ALTER COLUMN customer_id SET NOT NULL,
        DROP COLUMN supplier_id,
        DROP COLUMN direction,
        DROP COLUMN state,
        DROP COLUMN base_currency,
        DROP COLUMN base_rate_scaled,
        DROP COLUMN base_amount_minor,
        DROP COLUMN reference,
        DROP COLUMN note,
        DROP COLUMN voided_at_ms,
        DROP COLUMN updated_at_ms",
];
