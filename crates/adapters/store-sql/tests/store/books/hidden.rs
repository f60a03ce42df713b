//! What somebody does to stock, settlement and numbers, so that sums still agree.

use gaara_store_sql::BooksRule;

use super::breaches::Breach;

/// Breaches of what stands between movements and the ledger.
pub(super) const STOCK: &[Breach] = &[
    (
        "UPDATE stock_levels SET currency = 'USD' WHERE reserved_millionths > 0",
        "UPDATE stock_levels SET currency = 'SAR' WHERE reserved_millionths > 0",
        &[(BooksRule::StockCurrency, "stock_levels", -1)],
    ),
    (
        "UPDATE stock_movement_lines SET base_quantity_millionths = base_quantity_millionths + 1 \
         WHERE movement_id = {RECEIPT}",
        "UPDATE stock_movement_lines SET base_quantity_millionths = base_quantity_millionths - 1 \
         WHERE movement_id = {RECEIPT}",
        &[(BooksRule::Ledger, "stock_ledger", 1)],
    ),
    (
        "UPDATE stock_ledger SET product_id = (SELECT id FROM products WHERE sku = 'LAYERED') \
         WHERE movement_id = {RECEIPT}",
        "UPDATE stock_ledger SET product_id = (SELECT id FROM products WHERE sku = 'BOLT-M8') \
         WHERE movement_id = {RECEIPT}",
        &[
            (BooksRule::LevelQuantity, "stock_levels", -100_000_000),
            (BooksRule::LevelQuantity, "stock_levels", 100_000_000),
            (BooksRule::LevelValue, "stock_levels", -17_500),
            (BooksRule::LevelValue, "stock_levels", 17_500),
            (BooksRule::Ledger, "stock_ledger", -100_000_000),
        ],
    ),
    (
        "CREATE TABLE taken AS SELECT * FROM stock_ledger WHERE movement_id = {RECEIPT}; \
         DELETE FROM stock_ledger WHERE movement_id = {RECEIPT}",
        "INSERT INTO stock_ledger {NUMBERED} SELECT * FROM taken; DROP TABLE taken",
        &[
            (BooksRule::LevelQuantity, "stock_levels", -100_000_000),
            (BooksRule::LevelValue, "stock_levels", -17_500),
            (BooksRule::Ledger, "stock_ledger", 100_000_000),
        ],
    ),
    (
        "UPDATE stock_ledger SET effective_date = '2020-01-01' WHERE movement_id = {RECEIPT}",
        "UPDATE stock_ledger SET effective_date = '2026-11-23' WHERE movement_id = {RECEIPT}",
        &[(BooksRule::LedgerDay, "stock_ledger", 1)],
    ),
    (
        "UPDATE stock_ledger SET variance_minor = variance_minor + 9 \
         WHERE movement_id = {UNDONE} AND quantity_millionths < 0",
        "UPDATE stock_ledger SET variance_minor = variance_minor - 9 \
         WHERE movement_id = {UNDONE} AND quantity_millionths < 0",
        &[(BooksRule::Reversal, "stock_movements", -9)],
    ),
    (
        "UPDATE stock_movements SET reversed_by_id = {RECEIPT} WHERE id = {UNDONE}",
        "UPDATE stock_movements SET reversed_by_id = (SELECT undoing.id \
         FROM stock_movements AS undoing WHERE undoing.reverses_id = stock_movements.id) \
         WHERE status = 'reversed'",
        &[(BooksRule::Reversal, "stock_movements", 1), (BooksRule::Reversal, "stock_movements", 1)],
    ),
    (
        "UPDATE stock_movements SET invoice_id = (SELECT id FROM invoices WHERE status = 'void') \
         WHERE invoice_id = {FIRST}",
        "UPDATE stock_movements SET invoice_id = {FIRST} WHERE status = 'posted' \
         AND reverses_id IS NULL \
         AND invoice_id = (SELECT id FROM invoices WHERE status = 'void')",
        &[
            (BooksRule::Goods, "stock_movements", 1),
            (BooksRule::Cost, "invoice_lines", -700),
            (BooksRule::Cost, "invoice_lines", 700),
        ],
    ),
    (
        "UPDATE invoice_lines SET cost_minor = cost_minor + 3 WHERE invoice_id = {FIRST}",
        "UPDATE invoice_lines SET cost_minor = cost_minor - 3 WHERE invoice_id = {FIRST}",
        &[(BooksRule::Cost, "invoice_lines", -3)],
    ),
];

/// Breaches of what documents, payments and series say of one another.
pub(super) const DOCUMENTS: &[Breach] = &[
    (
        "UPDATE invoice_adjustment_parts SET amount_minor = amount_minor + 1 \
         WHERE is_charge = TRUE",
        "UPDATE invoice_adjustment_parts SET amount_minor = amount_minor - 1 \
         WHERE is_charge = TRUE",
        &[(BooksRule::Groups, "invoice_tax_groups", 1), (BooksRule::Charges, "invoices", 1)],
    ),
    (
        "UPDATE invoice_adjustment_parts SET amount_minor = amount_minor + 1 \
         WHERE is_charge = FALSE",
        "UPDATE invoice_adjustment_parts SET amount_minor = amount_minor - 1 \
         WHERE is_charge = FALSE",
        &[(BooksRule::Groups, "invoice_tax_groups", -1), (BooksRule::Allowances, "invoices", 1)],
    ),
    (
        "UPDATE invoice_instalments SET amount_minor = amount_minor + 2 WHERE position = 0",
        "UPDATE invoice_instalments SET amount_minor = amount_minor - 2 WHERE position = 0",
        &[(BooksRule::Instalments, "invoice_instalments", -2)],
    ),
    (
        "UPDATE invoices SET base_rate_scaled = base_rate_scaled * 2 WHERE id = {FIRST}",
        "UPDATE invoices SET base_rate_scaled = base_rate_scaled / 2 WHERE id = {FIRST}",
        &[(BooksRule::Base, "invoices", 0)],
    ),
    (
        "UPDATE invoices SET corrects_number = 'INV-2026-00001' \
         WHERE document_type = 'credit_note'",
        "UPDATE invoices SET corrects_number = 'INV-2026-00002' \
         WHERE document_type = 'credit_note'",
        &[(BooksRule::Corrects, "invoices", 1)],
    ),
    (
        "UPDATE invoices SET paid_minor = 3 WHERE status = 'void'",
        "UPDATE invoices SET paid_minor = 0 WHERE status = 'void'",
        &[(BooksRule::Voided, "invoices", -3), (BooksRule::Paid, "invoices", -3)],
    ),
    (
        "UPDATE invoices SET payment_status = 'credited' WHERE credit_notes_minor > 0",
        "UPDATE invoices SET payment_status = 'unpaid' WHERE credit_notes_minor > 0",
        &[(BooksRule::Open, "invoices", 1983)],
    ),
    (
        "UPDATE payments SET direction = 'out' WHERE currency = 'SAR'",
        "UPDATE payments SET direction = 'in' WHERE currency = 'SAR'",
        &[(BooksRule::Allocated, "payment_allocations", -1000)],
    ),
    (
        "UPDATE payment_allocations SET settled_on = '2020-01-01' WHERE invoice_id = {FIRST}",
        "UPDATE payment_allocations SET settled_on = allocation_date WHERE invoice_id = {FIRST}",
        &[(BooksRule::SettledDay, "payment_allocations", 1)],
    ),
    (
        "UPDATE invoices SET base_paid_minor = base_paid_minor + 5 WHERE currency = 'USD'",
        "UPDATE invoices SET base_paid_minor = base_paid_minor - 5 WHERE currency = 'USD'",
        &[(BooksRule::BasePaid, "invoices", -5)],
    ),
    (
        "UPDATE payment_allocations SET base_amount_minor = base_amount_minor + 5, \
         base_gain_minor = base_gain_minor + 5 WHERE invoice_id = {FIRST}",
        "UPDATE payment_allocations SET base_amount_minor = base_amount_minor - 5, \
         base_gain_minor = base_gain_minor - 5 WHERE invoice_id = {FIRST}",
        &[(BooksRule::Gain, "payment_allocations", -5)],
    ),
    (
        "UPDATE payment_allocations SET base_gain_minor = -base_gain_minor \
         WHERE base_gain_minor <> 0",
        "UPDATE payment_allocations SET base_gain_minor = -base_gain_minor \
         WHERE base_gain_minor <> 0",
        &[(BooksRule::Gain, "payment_allocations", 500)],
    ),
    (
        "UPDATE invoices SET issue_date = '2026-11-22' WHERE number = 'INV-2026-00003'",
        "UPDATE invoices SET issue_date = '2026-11-23' WHERE number = 'INV-2026-00003'",
        &[(BooksRule::Goods, "stock_movements", 1), (BooksRule::NumberOrder, "invoices", 1)],
    ),
    (
        "UPDATE number_series_counters SET last_issue_date = '2026-11-22' WHERE series = 'CRN'",
        "UPDATE number_series_counters SET last_issue_date = '2026-11-23' WHERE series = 'CRN'",
        &[(BooksRule::NumberDay, "number_series_counters", 1)],
    ),
];
