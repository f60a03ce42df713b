//! Stock movements and the ledger of what they did.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE stock_movements (
        id {id} NOT NULL PRIMARY KEY,
        kind {text} NOT NULL CONSTRAINT kind_known CHECK (kind IN ('receipt', 'issue')),
        warehouse_id {id} NOT NULL CONSTRAINT stock_movements_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        effective_date {date} NOT NULL,
        invoice_id {id} CONSTRAINT stock_movements_invoice_fkey
            REFERENCES invoices (id) ON DELETE RESTRICT,
        posted_at_ms {integer} NOT NULL
    ) {strict}",
    "CREATE INDEX stock_movements_warehouse ON stock_movements (warehouse_id, effective_date, id)",
    "CREATE INDEX stock_movements_invoice ON stock_movements (invoice_id)
        WHERE invoice_id IS NOT NULL",
    "CREATE TABLE stock_movement_lines (
        movement_id {id} NOT NULL CONSTRAINT stock_movement_lines_movement_fkey
            REFERENCES stock_movements (id) ON DELETE CASCADE,
        position {position},
        product_id {id} NOT NULL CONSTRAINT stock_movement_lines_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        quantity_millionths {integer} NOT NULL
            CONSTRAINT quantity_positive CHECK (quantity_millionths > 0),
        unit_cost_millionths {integer}
            CONSTRAINT unit_cost_not_negative CHECK (unit_cost_millionths >= 0),
        PRIMARY KEY (movement_id, position)
    ) {strict}",
    "CREATE INDEX stock_movement_lines_product ON stock_movement_lines (product_id)",
    "CREATE TABLE stock_ledger (
        sequence {sequence},
        movement_id {id} NOT NULL,
        position {position},
        product_id {id} NOT NULL CONSTRAINT stock_ledger_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        warehouse_id {id} NOT NULL CONSTRAINT stock_ledger_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        quantity_millionths {integer} NOT NULL
            CONSTRAINT quantity_moves CHECK (quantity_millionths <> 0),
        value_minor {integer} NOT NULL,
        currency {currency},
        effective_date {date} NOT NULL,
        posted_at_ms {integer} NOT NULL,
        CONSTRAINT stock_ledger_line_key UNIQUE (movement_id, position),
        CONSTRAINT stock_ledger_line_fkey FOREIGN KEY (movement_id, position)
            REFERENCES stock_movement_lines (movement_id, position) ON DELETE RESTRICT,
        CONSTRAINT value_follows_quantity CHECK (value_minor = 0
            OR (quantity_millionths > 0) = (value_minor > 0))
    ) {strict}",
    "CREATE INDEX stock_ledger_level ON stock_ledger (product_id, warehouse_id, sequence)",
    "CREATE INDEX stock_ledger_date
        ON stock_ledger (product_id, warehouse_id, effective_date, sequence)",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] =
    &["DROP TABLE stock_ledger", "DROP TABLE stock_movement_lines", "DROP TABLE stock_movements"];
