//! Levels, layers, the ledger, and the movements that wrote it.

use super::{Check, Named, compare, each};

/// Levels, or what they consist of, as one of the two sides.
fn side(table: &str, column: &str, is_expected: bool, filter: &str) -> String {
    let (expected, found) = if is_expected { (column, "0") } else { ("0", column) };
    format!(
        "SELECT {table}.product_id, {table}.warehouse_id, {expected} AS expected, {found} AS found \
         FROM {table}{filter}"
    )
}

/// Compares two columns added up, level by level.
fn levels(table: &'static str, expected: &str, found: &str) -> Check {
    let text = compare("product_id, warehouse_id", expected, found, "<>");
    Check::new(Named::Level, table, text)
}

pub(super) fn layers(layer: &str, level: &str) -> Check {
    let fifo = " JOIN products ON products.id = stock_levels.product_id \
         WHERE products.costing = 'fifo'";
    let expected = side("stock_levels", level, true, fifo);
    levels("stock_layers", &expected, &side("stock_layers", layer, false, ""))
}

pub(super) fn ledger_sum(entry: &str, level: &str) -> Check {
    let expected = side("stock_ledger", entry, true, "");
    levels("stock_levels", &expected, &side("stock_levels", level, false, ""))
}

pub(super) fn reserved() -> Check {
    let active = " WHERE status = 'active'";
    let expected = side("reservations", "quantity_millionths", true, active);
    levels("stock_levels", &expected, &side("stock_levels", "reserved_millionths", false, ""))
}

/// The currency of the books never changes, and stock is kept in it alone.
pub(super) fn currency() -> Check {
    let kept = ["stock_levels", "stock_layers", "stock_ledger"]
        .map(|table| format!("SELECT product_id, warehouse_id, currency FROM {table}"))
        .join(" UNION ALL ");
    let rest = format!(
        "FROM ({kept}) AS kept JOIN organizations ON organizations.currency <> kept.currency \
         GROUP BY product_id, warehouse_id"
    );
    let text = each("product_id, warehouse_id", "0", "COUNT(*)", &rest);
    Check::new(Named::Level, "stock_levels", text)
}

/// Whether an entry stands where its movement and its line say.
const FITS: &str = "(movement.status IN ('posted', 'reversed') \
     AND line.product_id = entry.product_id AND (entry.warehouse_id = movement.warehouse_id \
     OR entry.warehouse_id = movement.to_warehouse_id))";

/// What an entry that stands there comes to.
const SIGNED: &str = "CASE movement.kind WHEN 'revaluation' THEN 0 \
     WHEN 'issue' THEN -line.base_quantity_millionths \
     WHEN 'supplier_return' THEN -line.base_quantity_millionths \
     WHEN 'transfer' THEN CASE WHEN entry.warehouse_id = movement.warehouse_id \
     THEN -line.base_quantity_millionths ELSE line.base_quantity_millionths END \
     ELSE line.base_quantity_millionths END \
     * CASE WHEN movement.reverses_id IS NULL THEN 1 ELSE -1 END";

/// Lines of posted movements without an entry in this warehouse of theirs.
fn without_entry(warehouse: &str) -> String {
    format!(
        "SELECT line.movement_id, line.position, line.base_quantity_millionths AS expected, \
         0 AS found, 1 AS strange FROM stock_movements AS movement \
         JOIN stock_movement_lines AS line ON line.movement_id = movement.id \
         LEFT JOIN stock_ledger AS entry ON entry.movement_id = line.movement_id \
         AND entry.position = line.position AND entry.warehouse_id = movement.{warehouse} \
         WHERE movement.status IN ('posted', 'reversed') AND movement.{warehouse} IS NOT NULL \
         AND entry.sequence IS NULL"
    )
}

pub(super) fn ledger() -> Check {
    let (here, there) = (without_entry("warehouse_id"), without_entry("to_warehouse_id"));
    let rest = format!(
        "FROM (SELECT entry.movement_id, entry.position, \
         CASE WHEN {FITS} THEN {SIGNED} ELSE 0 END AS expected, \
         entry.quantity_millionths AS found, CASE WHEN {FITS} THEN 0 ELSE 1 END AS strange \
         FROM stock_ledger AS entry \
         LEFT JOIN stock_movements AS movement ON movement.id = entry.movement_id \
         LEFT JOIN stock_movement_lines AS line ON line.movement_id = entry.movement_id \
         AND line.position = entry.position \
         UNION ALL {here} UNION ALL {there}) AS entries WHERE expected <> found OR strange = 1"
    );
    let text = each("movement_id, position", "expected", "found", &rest);
    Check::new(Named::Line, "stock_ledger", text)
}

pub(super) fn ledger_day() -> Check {
    let rest = "FROM stock_ledger AS entry \
         JOIN stock_movements AS movement ON movement.id = entry.movement_id \
         WHERE movement.effective_date IS DISTINCT FROM entry.effective_date \
         OR movement.posted_at_ms IS DISTINCT FROM entry.posted_at_ms";
    let text = each("entry.movement_id, entry.position", "1", "0", rest);
    Check::new(Named::Line, "stock_ledger", text)
}

/// Value and variance together are what the document says, and two documents cancel out.
pub(super) fn reversal() -> Check {
    let rest = "FROM (SELECT undone.id, 1 AS expected, 0 AS found \
         FROM stock_movements AS undone \
         LEFT JOIN stock_movements AS undoing ON undoing.id = undone.reversed_by_id \
         WHERE undone.status = 'reversed' AND undoing.reverses_id IS DISTINCT FROM undone.id \
         UNION ALL SELECT undoing.id, 1, 0 FROM stock_movements AS undoing \
         LEFT JOIN stock_movements AS undone ON undone.id = undoing.reverses_id \
         WHERE undoing.reverses_id IS NOT NULL \
         AND undone.reversed_by_id IS DISTINCT FROM undoing.id \
         UNION ALL SELECT COALESCE(movement.reverses_id, movement.id), 0, \
         SUM(entry.value_minor + entry.variance_minor) FROM stock_movements AS movement \
         JOIN stock_ledger AS entry ON entry.movement_id = movement.id \
         WHERE movement.status = 'reversed' OR movement.reverses_id IS NOT NULL \
         GROUP BY COALESCE(movement.reverses_id, movement.id) \
         HAVING SUM(entry.value_minor + entry.variance_minor) <> 0) AS pairs";
    Check::new(Named::Movement, "stock_movements", each("id", "expected", "found", rest))
}

pub(super) fn goods() -> Check {
    let rest = "FROM stock_movements AS movement \
         JOIN invoices AS document ON document.id = movement.invoice_id \
         WHERE movement.kind <> CASE document.kind WHEN 'sale' THEN \
         CASE document.document_type WHEN 'invoice' THEN 'issue' ELSE 'customer_return' END ELSE \
         CASE document.document_type WHEN 'invoice' THEN 'receipt' ELSE 'supplier_return' END END \
         OR (movement.reverses_id IS NULL AND (movement.status <> CASE document.status \
         WHEN 'issued' THEN 'posted' WHEN 'void' THEN 'reversed' ELSE 'none' END \
         OR movement.effective_date IS DISTINCT FROM document.issue_date))";
    Check::new(Named::Movement, "stock_movements", each("movement.id", "1", "0", rest))
}
