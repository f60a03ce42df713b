//! Movements, their lines and the ledger, as the first step made them.

/// Puts aside what the first step can hold, and drops the tables.
pub(super) const HOLD: &[&str] = &[
    "CREATE TABLE held_movements AS SELECT * FROM stock_movements
        WHERE kind IN ('receipt', 'issue') AND status IN ('posted', 'reversed')",
    "CREATE TABLE held_lines AS SELECT stock_movement_lines.* FROM stock_movement_lines
        JOIN held_movements ON held_movements.id = stock_movement_lines.movement_id",
    "CREATE TABLE held_ledger AS SELECT stock_ledger.* FROM stock_ledger
        JOIN held_movements ON held_movements.id = stock_ledger.movement_id",
    "DROP TABLE stock_ledger",
    "DROP TABLE stock_movement_lines",
    "DROP TABLE stock_movements",
];

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

/// Puts the rows back, all quantities in the products' own units: the cost of another unit has no
/// place there.
pub(super) const FILL: &[&str] = &[
    "INSERT INTO stock_movements (id, kind, warehouse_id, effective_date, invoice_id, posted_at_ms)
        SELECT id, kind, warehouse_id, effective_date, invoice_id, posted_at_ms
        FROM held_movements",
    "INSERT INTO stock_movement_lines (movement_id, position, product_id, quantity_millionths,
        unit_cost_millionths)
        SELECT movement_id, position, product_id,
            COALESCE(base_quantity_millionths, quantity_millionths),
            CASE WHEN base_quantity_millionths <> quantity_millionths THEN NULL
                ELSE unit_cost_millionths END
        FROM held_lines",
    "INSERT INTO stock_ledger (sequence, movement_id, position, product_id, warehouse_id,
        quantity_millionths, value_minor, currency, effective_date, posted_at_ms)
        {given_sequence} SELECT sequence, movement_id, position, product_id, warehouse_id,
            quantity_millionths, value_minor, currency, effective_date, posted_at_ms
        FROM held_ledger ORDER BY sequence",
    "DROP TABLE held_ledger",
    "DROP TABLE held_lines",
    "DROP TABLE held_movements",
];
