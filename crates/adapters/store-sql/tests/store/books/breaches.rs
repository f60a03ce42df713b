//! What somebody does to the books, and what is found of it.

use gaara_store_sql::BooksRule;

pub(super) const FIRST: &str =
    "(SELECT id FROM invoices WHERE number_sequence = 1 AND number_series = 'INV')";

/// What somebody does, how it is taken back, and what is found: rule, table, expected less found.
pub(super) type Breach = (&'static str, &'static str, &'static [(BooksRule, &'static str, i64)]);

pub(super) const BREACHES: &[Breach] = &[
    (
        "UPDATE stock_levels SET on_hand_millionths = on_hand_millionths + 7 \
         WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET on_hand_millionths = on_hand_millionths - 7 \
         WHERE reserved_millionths > 0",
        &[(BooksRule::LevelQuantity, "stock_levels", -7)],
    ),
    (
        "UPDATE stock_levels SET value_minor = value_minor - 1 WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET value_minor = value_minor + 1 WHERE reserved_millionths > 0",
        &[(BooksRule::LevelValue, "stock_levels", 1)],
    ),
    (
        "UPDATE stock_levels SET reserved_millionths = reserved_millionths + 2 \
         WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET reserved_millionths = reserved_millionths - 2 \
         WHERE reserved_millionths > 0",
        &[(BooksRule::Reserved, "stock_levels", -2)],
    ),
    (
        "UPDATE stock_layers SET quantity_millionths = quantity_millionths - 1",
        "UPDATE stock_layers SET quantity_millionths = quantity_millionths + 1",
        &[(BooksRule::LayerQuantity, "stock_layers", 1)],
    ),
    (
        "UPDATE stock_layers SET value_minor = value_minor + 3",
        "UPDATE stock_layers SET value_minor = value_minor - 3",
        &[(BooksRule::LayerValue, "stock_layers", -3)],
    ),
    (
        "UPDATE invoices SET lines_net_minor = lines_net_minor + 1, \
         allowances_minor = allowances_minor + 1 WHERE id = {FIRST}",
        "UPDATE invoices SET lines_net_minor = lines_net_minor - 1, \
         allowances_minor = allowances_minor - 1 WHERE id = {FIRST}",
        &[(BooksRule::Lines, "invoices", -1), (BooksRule::Allowances, "invoices", -1)],
    ),
    (
        "UPDATE invoice_tax_groups SET taxable_minor = taxable_minor + 1 \
         WHERE invoice_id = {FIRST}",
        "UPDATE invoice_tax_groups SET taxable_minor = taxable_minor - 1 \
         WHERE invoice_id = {FIRST}",
        &[(BooksRule::Groups, "invoice_tax_groups", -1), (BooksRule::Taxable, "invoices", 1)],
    ),
    (
        "UPDATE invoice_tax_groups SET tax_amount_minor = tax_amount_minor - 1 \
         WHERE invoice_id = {FIRST}",
        "UPDATE invoice_tax_groups SET tax_amount_minor = tax_amount_minor + 1 \
         WHERE invoice_id = {FIRST}",
        &[(BooksRule::LineTax, "invoice_tax_groups", 1), (BooksRule::Tax, "invoices", -1)],
    ),
    (
        // Whoever tampers here keeps PostgreSQL from counting, and not SQLite.
        "UPDATE payment_allocations SET amount_minor = amount_minor - 1 \
         WHERE invoice_id = {FIRST}; UPDATE payments SET allocated_minor = 999 \
         WHERE allocated_minor = 1000 AND currency = 'SAR'",
        "UPDATE payment_allocations SET amount_minor = amount_minor + 1 \
         WHERE invoice_id = {FIRST}; UPDATE payments SET allocated_minor = 1000 \
         WHERE allocated_minor = 999",
        &[(BooksRule::Paid, "invoices", -1), (BooksRule::Gain, "payment_allocations", 0)],
    ),
    (
        "UPDATE payments SET state = 'void', voided_at_ms = 5 WHERE currency = 'SAR'",
        "UPDATE payments SET state = 'posted', voided_at_ms = NULL WHERE currency = 'SAR'",
        &[
            (BooksRule::Spent, "payments", -1000),
            (BooksRule::Allocated, "payment_allocations", -1000),
        ],
    ),
    (
        "UPDATE payments SET allocated_minor = allocated_minor - 1 WHERE currency = 'SAR'",
        "UPDATE payments SET allocated_minor = allocated_minor + 1 WHERE currency = 'SAR'",
        &[(BooksRule::AllocatedSum, "payments", 1)],
    ),
    (
        "UPDATE payments SET base_amount_minor = base_amount_minor + 5 WHERE currency = 'SAR'",
        "UPDATE payments SET base_amount_minor = base_amount_minor - 5 WHERE currency = 'SAR'",
        &[(BooksRule::BasePayment, "payments", -5)],
    ),
    (
        "UPDATE invoices SET credited_minor = credited_minor - 1 \
         WHERE document_type = 'invoice' AND credited_minor > 0",
        "UPDATE invoices SET credited_minor = credited_minor + 1 \
         WHERE document_type = 'invoice' AND credited_minor > 0",
        &[(BooksRule::Credited, "invoices", 1)],
    ),
    (
        "UPDATE invoices SET credit_notes_minor = credit_notes_minor - 1 \
         WHERE credit_notes_minor > 0",
        "UPDATE invoices SET credit_notes_minor = credit_notes_minor + 1 \
         WHERE credit_notes_minor > 0",
        &[(BooksRule::CreditNotes, "invoices", 1)],
    ),
    (
        "UPDATE invoices SET number_sequence = 9 WHERE number_sequence = 2",
        "UPDATE invoices SET number_sequence = 2 WHERE number_sequence = 9",
        &[
            (BooksRule::NumberGap, "number_series_counters", 1),
            (BooksRule::NumberBeyond, "invoices", -3),
            (BooksRule::NumberText, "invoices", 9),
        ],
    ),
];

/// What only somebody can do who switches the rules of the engine off.
pub(super) const BREACHES_SQLITE: &[Breach] = &[
    (
        "PRAGMA ignore_check_constraints = ON; \
         UPDATE invoices SET paid_minor = payable_minor + 1 WHERE id = {FIRST}",
        "PRAGMA ignore_check_constraints = ON; UPDATE invoices SET paid_minor = 1000 \
         WHERE id = {FIRST}",
        &[
            (BooksRule::File, "sqlite_schema", -1),
            (BooksRule::Paid, "invoices", -1646),
            (BooksRule::Open, "invoices", -1),
        ],
    ),
    (
        "DELETE FROM customer_words; INSERT INTO customer_words VALUES ('x', X'00')",
        "DELETE FROM customer_words",
        &[(BooksRule::References, "customer_words", 1)],
    ),
];
