//! Customers, number series, and invoices with all that they say.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE customers (
        id {id} NOT NULL PRIMARY KEY,
        {name},
        email {code},
        tax_id {text},
        country {code} NOT NULL CONSTRAINT country_code CHECK (length(country) = 2),
        currency {currency},
        credit_limit_minor {integer}
            CONSTRAINT credit_limit_not_negative CHECK (credit_limit_minor >= 0),
        net_days {integer} NOT NULL
            CONSTRAINT net_days_range CHECK (net_days BETWEEN 0 AND 3650),
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE UNIQUE INDEX customers_email_key ON customers (email) WHERE email IS NOT NULL",
    "CREATE INDEX customers_created ON customers (created_at_ms, id)",
    "CREATE INDEX customers_updated ON customers (updated_at_ms, id)",
    "CREATE TABLE number_series (code {code} NOT NULL PRIMARY KEY) {strict}",
    "CREATE TABLE number_series_counters (
        series {code} NOT NULL CONSTRAINT number_series_counters_series_fkey
            REFERENCES number_series (code) ON DELETE RESTRICT,
        year {integer} NOT NULL,
        last_sequence {integer} NOT NULL
            CONSTRAINT last_sequence_not_negative CHECK (last_sequence >= 0),
        last_issue_date {date},
        PRIMARY KEY (series, year),
        CONSTRAINT counted_with_date
            CHECK ((last_sequence = 0) = (last_issue_date IS NULL))
    ) {strict}",
    "CREATE TABLE invoices (
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
    "CREATE TABLE invoice_lines (
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
        PRIMARY KEY (invoice_id, position),
        CONSTRAINT line_adds_up CHECK (total_minor = net_minor + tax_amount_minor)
    ) {strict}",
    "CREATE INDEX invoice_lines_product ON invoice_lines (product_id) WHERE product_id IS NOT NULL",
    "CREATE TABLE invoice_adjustments (
        invoice_id {id} NOT NULL CONSTRAINT invoice_adjustments_invoice_fkey
            REFERENCES invoices (id) ON DELETE CASCADE,
        position {position},
        line_position {integer},
        is_charge {flag} NOT NULL
            CONSTRAINT charge_flag CHECK (is_charge IN (FALSE, TRUE)),
        amount_minor {integer},
        percent_millionths {integer} CONSTRAINT percent_not_negative
            CHECK (percent_millionths >= 0),
        base_minor {integer},
        tax_category {code},
        tax_rate_millionths {integer} CONSTRAINT tax_rate_range
            CHECK (tax_rate_millionths BETWEEN 0 AND 100000000),
        PRIMARY KEY (invoice_id, position),
        CONSTRAINT invoice_adjustments_line_fkey FOREIGN KEY (invoice_id, line_position)
            REFERENCES invoice_lines (invoice_id, position) ON DELETE CASCADE,
        CONSTRAINT amount_or_percent CHECK ((amount_minor IS NULL) <> (percent_millionths IS NULL)
            AND (percent_millionths IS NOT NULL OR base_minor IS NULL)),
        CONSTRAINT allowance_within_whole
            CHECK (is_charge = TRUE OR percent_millionths <= 100000000),
        CONSTRAINT tax_whole
            CHECK ((tax_category IS NULL) = (tax_rate_millionths IS NULL)),
        CONSTRAINT line_bears_tax CHECK (line_position IS NULL OR tax_category IS NULL)
    ) {strict}",
    "CREATE TABLE invoice_adjustment_parts (
        invoice_id {id} NOT NULL CONSTRAINT invoice_adjustment_parts_invoice_fkey
            REFERENCES invoices (id) ON DELETE CASCADE,
        position {position},
        is_charge {flag} NOT NULL
            CONSTRAINT charge_flag CHECK (is_charge IN (FALSE, TRUE)),
        adjustment_index {integer} NOT NULL
            CONSTRAINT index_counted CHECK (adjustment_index >= 0),
        {tax},
        amount_minor {integer} NOT NULL,
        PRIMARY KEY (invoice_id, position)
    ) {strict}",
    "CREATE TABLE invoice_tax_groups (
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
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE invoice_tax_groups",
    "DROP TABLE invoice_adjustment_parts",
    "DROP TABLE invoice_adjustments",
    "DROP TABLE invoice_lines",
    "DROP TABLE invoices",
    "DROP TABLE number_series_counters",
    "DROP TABLE number_series",
    "DROP TABLE customers",
];
