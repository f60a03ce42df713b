//! What documents say: lines, taxes, instalments, and what they come to in the books.

use super::{Check, Named, added_up, compare, each};

/// What one unit of the currency of the books is worth in itself, as rates are kept.
pub(super) const PAR: &str = "10000000000";

/// Compares two columns added up, document by document.
pub(super) fn documents(expected: &str, found: &str) -> Check {
    let found = format!("SELECT id, 0 AS expected, {found} AS found FROM invoices");
    Check::new(Named::Document, "invoices", compare("id", expected, &found, "<>"))
}

/// Compares what a column of a table adds up to with a column of the document.
pub(super) fn parts(table: &str, part: &str, whole: &str) -> Check {
    let expected = format!("SELECT invoice_id AS id, {part} AS expected, 0 AS found FROM {table}");
    documents(&expected, whole)
}

pub(super) fn adjustments(is_charge: &str, whole: &str) -> Check {
    let table = format!("invoice_adjustment_parts WHERE is_charge = {is_charge}");
    parts(&table, "amount_minor", whole)
}

/// Rows of a table under the tax that they bear.
fn taxed(table: &str, amounts: &str) -> String {
    format!("SELECT invoice_id AS id, tax_category, tax_rate_millionths, {amounts} FROM {table}")
}

/// Compares something added up, tax by tax of each document, as far as a condition holds.
fn by_tax(rows: &str, condition: &str) -> Check {
    let text = added_up("id", "id, tax_category, tax_rate_millionths", rows, "<>");
    let text = format!("{text}{condition} ORDER BY id");
    Check::new(Named::Document, "invoice_tax_groups", text)
}

pub(super) fn groups() -> Check {
    let lines = taxed("invoice_lines", "net_minor AS expected, 0 AS found");
    let signed = "CASE WHEN is_charge = TRUE THEN amount_minor ELSE -amount_minor END, 0";
    let adjustments = taxed("invoice_adjustment_parts", signed);
    let groups = taxed("invoice_tax_groups", "0, taxable_minor");
    by_tax(&format!("{lines} UNION ALL {adjustments} UNION ALL {groups}"), "")
}

/// Where no line is worth anything, none can show the tax of the charges beside it.
pub(super) fn line_tax() -> Check {
    let of_line = "tax_amount_minor AS expected, 0 AS found, net_minor AS net";
    let lines = taxed("invoice_lines", of_line);
    let groups = taxed("invoice_tax_groups", "0, tax_amount_minor, 0");
    by_tax(&format!("{lines} UNION ALL {groups}"), " AND SUM(net) > 0")
}

pub(super) fn instalments() -> Check {
    let rest = "FROM invoice_instalments AS instalment \
         JOIN invoices AS document ON document.id = instalment.invoice_id \
         GROUP BY document.id, document.payable_minor \
         HAVING SUM(instalment.amount_minor) <> document.payable_minor";
    let found = "SUM(instalment.amount_minor)";
    let text = each("document.id", "document.payable_minor", found, rest);
    Check::new(Named::Document, "invoice_instalments", text)
}

pub(super) fn base() -> Check {
    let rest = format!(
        "FROM invoices WHERE base_currency = currency AND (base_rate_scaled <> {PAR} \
         OR base_net_minor <> tax_exclusive_minor OR base_tax_minor <> tax_minor \
         OR base_total_minor <> tax_inclusive_minor OR base_payable_minor <> payable_minor)"
    );
    let text = each("id", "payable_minor", "base_payable_minor", &rest);
    Check::new(Named::Document, "invoices", text)
}

/// An invoice is voided only after its notes, so the invoice of a note that stands does too.
pub(super) fn corrects() -> Check {
    let rest = "FROM invoices AS note LEFT JOIN invoices AS document \
         ON document.id = note.corrects_id AND document.document_type = 'invoice' \
         AND document.status = 'issued' AND document.kind = note.kind \
         AND document.currency = note.currency AND document.number = note.corrects_number \
         AND document.issue_date = note.corrects_issue_date \
         AND (document.customer_id = note.customer_id OR document.supplier_id = note.supplier_id) \
         WHERE note.document_type = 'credit_note' AND note.status = 'issued' \
         AND document.id IS NULL";
    Check::new(Named::Document, "invoices", each("note.id", "1", "0", rest))
}

/// The program before wrote no costs; whoever writes them says in which currency they are.
pub(super) fn cost() -> Check {
    let moved = "SELECT movement.invoice_id AS id, \
         ABS(entry.value_minor + entry.variance_minor) AS expected, 0 AS found \
         FROM stock_movements AS movement \
         JOIN stock_ledger AS entry ON entry.movement_id = movement.id \
         JOIN invoices AS document ON document.id = movement.invoice_id \
         WHERE movement.reverses_id IS NULL AND document.cost_currency IS NOT NULL";
    let told = "SELECT invoice_id AS id, 0 AS expected, cost_minor AS found FROM invoice_lines \
         WHERE cost_minor IS NOT NULL";
    Check::new(Named::Document, "invoice_lines", compare("id", moved, told, "<>"))
}
