//! Invoices, their lines and their tax groups as the steps before made them, on SQLite.

use crate::rebuild::Rebuilt;

/// The columns that invoices have in either shape.
pub(super) const INVOICE_COLUMNS: &str = "id, status, payment_status, number, number_series, \
     number_year, number_sequence, customer_id, warehouse_id, currency, prices_include_tax, \
     requested_issue_date, requested_due_date, issue_date, due_date, issued_at_ms, \
     lines_net_minor, allowances_minor, charges_minor, tax_exclusive_minor, tax_minor, \
     tax_inclusive_minor, prepaid_minor, rounding_minor, payable_minor, paid_minor, \
     credited_minor, created_at_ms, updated_at_ms, version, base_currency, base_rate_scaled, \
     base_net_minor, base_tax_minor, base_total_minor, base_payable_minor, base_paid_minor";

/// The indexes that invoices have in either shape.
pub(super) const INVOICE_INDEXES: &[&str] = &[
    "CREATE INDEX invoices_issue_date ON invoices (issue_date_key, id)",
    "CREATE INDEX invoices_number ON invoices (number_key, id)",
    "CREATE INDEX invoices_created ON invoices (created_at_ms, id)",
    "CREATE INDEX invoices_updated ON invoices (updated_at_ms, id)",
    "CREATE INDEX invoices_customer ON invoices (customer_id, issue_date_key, id)",
    "CREATE INDEX invoices_status ON invoices (status, issue_date_key, id)",
    "CREATE INDEX invoices_payment_status ON invoices (payment_status, issue_date_key, id)",
    "CREATE INDEX invoices_warehouse ON invoices (warehouse_id) WHERE warehouse_id IS NOT NULL",
    "CREATE INDEX invoices_open ON invoices (customer_id)
        WHERE payment_status IN ('unpaid', 'partially_paid')",
];

/// The columns that lines have in either shape.
pub(super) const LINE_COLUMNS: &str = "invoice_id, position, product_id, description_ar, \
     description_en, unit, quantity_millionths, unit_price_millionths, \
     base_quantity_millionths, gross_price_millionths, price_discount_millionths, tax_category, \
     tax_rate_millionths, gross_minor, allowances_minor, charges_minor, net_minor, \
     tax_amount_minor, total_minor, reservation_id";

/// The indexes that lines have in either shape.
pub(super) const LINE_INDEXES: &[&str] = &[
    "CREATE INDEX invoice_lines_product ON invoice_lines (product_id) WHERE product_id IS NOT NULL",
    "CREATE INDEX invoice_lines_reservation ON invoice_lines (reservation_id)
        WHERE reservation_id IS NOT NULL",
];

/// The columns of tax groups.
pub(super) const GROUP_COLUMNS: &str = "invoice_id, position, tax_category, \
     tax_rate_millionths, taxable_minor, tax_amount_minor";

/// Invoices as they were.
pub(super) const INVOICES: Rebuilt = Rebuilt {
    table: "invoices",
    create: "CREATE TABLE {table} (
        id {id} NOT NULL PRIMARY KEY,
        status {text} NOT NULL CONSTRAINT status_known CHECK (status IN ('draft', 'issued')),
        payment_status {text} NOT NULL CONSTRAINT payment_status_known
            CHECK (payment_status IN ('none', 'unpaid', 'partially_paid', 'paid')),
        number {code} CONSTRAINT invoices_number_key UNIQUE,
        number_series {code} CONSTRAINT invoices_number_series_fkey
            REFERENCES number_series (code) ON DELETE RESTRICT,
        number_year {integer},
        number_sequence {integer}
            CONSTRAINT number_sequence_positive CHECK (number_sequence > 0),
        customer_id {id} NOT NULL CONSTRAINT invoices_customer_fkey
            REFERENCES customers (id) ON DELETE RESTRICT,
        warehouse_id {id} CONSTRAINT invoices_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        currency {currency},
        prices_include_tax {flag} NOT NULL
            CONSTRAINT prices_flag CHECK (prices_include_tax IN (FALSE, TRUE)),
        requested_issue_date {date},
        requested_due_date {date},
        issue_date {date},
        due_date {date},
        issued_at_ms {integer},
        lines_net_minor {integer} NOT NULL,
        allowances_minor {integer} NOT NULL,
        charges_minor {integer} NOT NULL,
        tax_exclusive_minor {integer} NOT NULL,
        tax_minor {integer} NOT NULL,
        tax_inclusive_minor {integer} NOT NULL,
        prepaid_minor {integer} NOT NULL,
        rounding_minor {integer} NOT NULL,
        payable_minor {integer} NOT NULL,
        paid_minor {integer} NOT NULL,
        credited_minor {integer} NOT NULL,
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        base_currency {code_3},
        base_rate_scaled {integer} CONSTRAINT base_rate_range
            CHECK (base_rate_scaled BETWEEN 1 AND 1000000000000000000),
        base_net_minor {integer},
        base_tax_minor {integer},
        base_total_minor {integer} CONSTRAINT base_total_adds_up
            CHECK (base_total_minor = base_net_minor + base_tax_minor),
        base_payable_minor {integer}
            CONSTRAINT base_payable_not_negative CHECK (base_payable_minor >= 0),
        base_paid_minor {integer} CONSTRAINT base_is_whole
            CHECK ((base_currency IS NULL) = (base_rate_scaled IS NULL)
            AND (base_currency IS NULL) = (base_net_minor IS NULL)
            AND (base_currency IS NULL) = (base_tax_minor IS NULL)
            AND (base_currency IS NULL) = (base_total_minor IS NULL)
            AND (base_currency IS NULL) = (base_payable_minor IS NULL)
            AND (base_currency IS NULL) = (base_paid_minor IS NULL)
            AND (base_currency IS NULL OR status <> 'draft')),
        issue_date_key {date} NOT NULL
            GENERATED ALWAYS AS (COALESCE(issue_date, {no_date})) STORED,
        number_key {code} NOT NULL GENERATED ALWAYS AS (COALESCE(number, '')) STORED,
        CONSTRAINT invoices_number_place_key UNIQUE (number_series, number_year, number_sequence),
        CONSTRAINT draft_is_open CHECK (status <> 'draft' OR (number IS NULL
            AND number_series IS NULL AND number_year IS NULL AND number_sequence IS NULL
            AND issued_at_ms IS NULL AND payment_status = 'none'
            AND paid_minor = 0 AND credited_minor = 0)),
        CONSTRAINT issued_is_complete CHECK (status <> 'issued' OR (number IS NOT NULL
            AND number_series IS NOT NULL AND number_year IS NOT NULL
            AND number_sequence IS NOT NULL AND issued_at_ms IS NOT NULL
            AND issue_date IS NOT NULL AND due_date IS NOT NULL AND payment_status <> 'none')),
        CONSTRAINT due_after_issue CHECK (status <> 'issued' OR due_date >= issue_date),
        CONSTRAINT tax_exclusive_adds_up CHECK
            (tax_exclusive_minor = lines_net_minor - allowances_minor + charges_minor),
        CONSTRAINT tax_inclusive_adds_up CHECK
            (tax_inclusive_minor = tax_exclusive_minor + tax_minor AND tax_inclusive_minor >= 0),
        CONSTRAINT payable_adds_up CHECK
            (payable_minor = tax_inclusive_minor - prepaid_minor + rounding_minor
            AND payable_minor >= 0),
        CONSTRAINT settled_within_payable CHECK (paid_minor >= 0 AND credited_minor >= 0
            AND paid_minor + credited_minor <= payable_minor)
    ) {strict}",
    columns: INVOICE_COLUMNS,
    values: INVOICE_COLUMNS,
    after: INVOICE_INDEXES,
};

/// Lines and tax groups as they were.
pub(super) const PARTS: &[Rebuilt] = &[
    Rebuilt {
        table: "invoice_lines",
        create: "CREATE TABLE {table} (
            invoice_id {id} NOT NULL CONSTRAINT invoice_lines_invoice_fkey
                REFERENCES invoices (id) ON DELETE CASCADE,
            position {position},
            product_id {id} CONSTRAINT invoice_lines_product_fkey
                REFERENCES products (id) ON DELETE RESTRICT,
            {description},
            unit {code} NOT NULL,
            quantity_millionths {integer} NOT NULL
                CONSTRAINT quantity_positive CHECK (quantity_millionths > 0),
            unit_price_millionths {integer} NOT NULL
                CONSTRAINT unit_price_not_negative CHECK (unit_price_millionths >= 0),
            base_quantity_millionths {integer} NOT NULL
                CONSTRAINT base_quantity_positive CHECK (base_quantity_millionths > 0),
            gross_price_millionths {integer}
                CONSTRAINT gross_price_not_negative CHECK (gross_price_millionths >= 0),
            price_discount_millionths {integer},
            {tax},
            gross_minor {integer} NOT NULL,
            allowances_minor {integer} NOT NULL,
            charges_minor {integer} NOT NULL,
            net_minor {integer} NOT NULL CONSTRAINT net_not_negative CHECK (net_minor >= 0),
            tax_amount_minor {integer} NOT NULL,
            total_minor {integer} NOT NULL,
            reservation_id {id} CONSTRAINT invoice_lines_reservation_fkey
                REFERENCES reservations (id) ON DELETE RESTRICT,
            PRIMARY KEY (invoice_id, position),
            CONSTRAINT line_adds_up CHECK (total_minor = net_minor + tax_amount_minor)
        ) {strict}",
        columns: LINE_COLUMNS,
        values: LINE_COLUMNS,
        after: LINE_INDEXES,
    },
    Rebuilt {
        table: "invoice_tax_groups",
        create: "CREATE TABLE {table} (
            invoice_id {id} NOT NULL CONSTRAINT invoice_tax_groups_invoice_fkey
                REFERENCES invoices (id) ON DELETE CASCADE,
            position {position},
            {tax},
            taxable_minor {integer} NOT NULL,
            tax_amount_minor {integer} NOT NULL,
            PRIMARY KEY (invoice_id, position),
            CONSTRAINT invoice_tax_groups_tax_key
                UNIQUE (invoice_id, tax_category, tax_rate_millionths)
        ) {strict}",
        columns: GROUP_COLUMNS,
        values: GROUP_COLUMNS,
        after: &[],
    },
];
