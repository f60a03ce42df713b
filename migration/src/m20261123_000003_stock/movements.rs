//! Movements, their lines and the ledger, as this step makes them.

/// Puts the rows aside and drops the tables.
pub(super) const HOLD: &[&str] = &[
    "CREATE TABLE held_movements AS SELECT * FROM stock_movements",
    "CREATE TABLE held_lines AS SELECT * FROM stock_movement_lines",
    "CREATE TABLE held_ledger AS SELECT * FROM stock_ledger",
    "DROP TABLE stock_ledger",
    "DROP TABLE stock_movement_lines",
    "DROP TABLE stock_movements",
];

/// Creates the tables. The program before writes neither states nor instants of its own, nor
/// units: what it leaves out has a default, or is empty and read from what it does write.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE stock_movements (
        id {id} NOT NULL PRIMARY KEY,
        kind {text} NOT NULL CONSTRAINT kind_known CHECK (kind IN ('receipt', 'issue', 'transfer',
            'adjustment', 'customer_return', 'supplier_return', 'revaluation')),
        status {text} NOT NULL DEFAULT 'posted' CONSTRAINT status_known
            CHECK (status IN ('draft', 'posted', 'reversed', 'cancelled')),
        warehouse_id {id} NOT NULL CONSTRAINT stock_movements_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        to_warehouse_id {id} CONSTRAINT stock_movements_to_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        effective_date {date},
        origin_id {id} CONSTRAINT stock_movements_origin_fkey
            REFERENCES stock_movements (id) ON DELETE RESTRICT,
        reverses_id {id} CONSTRAINT stock_movements_reverses_fkey
            REFERENCES stock_movements (id) ON DELETE RESTRICT,
        reversed_by_id {id} CONSTRAINT stock_movements_reversed_by_fkey
            REFERENCES stock_movements (id) ON DELETE RESTRICT,
        invoice_id {id} CONSTRAINT stock_movements_invoice_fkey
            REFERENCES invoices (id) ON DELETE RESTRICT,
        stocktake_id {id},
        note {text},
        created_at_ms {integer},
        updated_at_ms {integer},
        posted_at_ms {integer},
        cancelled_at_ms {integer},
        version {integer} NOT NULL DEFAULT 1
            CONSTRAINT version_counted CHECK (version >= 1),
        created_key {integer} NOT NULL
            GENERATED ALWAYS AS (COALESCE(created_at_ms, posted_at_ms)) STORED,
        updated_key {integer} NOT NULL
            GENERATED ALWAYS AS (COALESCE(updated_at_ms, posted_at_ms)) STORED,
        CONSTRAINT posted_has_instant
            CHECK ((status IN ('posted', 'reversed')) = (posted_at_ms IS NOT NULL)),
        CONSTRAINT posted_has_date
            CHECK (effective_date IS NOT NULL OR status IN ('draft', 'cancelled')),
        CONSTRAINT cancelled_has_instant
            CHECK ((status = 'cancelled') = (cancelled_at_ms IS NOT NULL)),
        CONSTRAINT reversed_by_another CHECK ((status = 'reversed') = (reversed_by_id IS NOT NULL)
            AND reversed_by_id <> id),
        CONSTRAINT reversal_is_final CHECK (reverses_id IS NULL
            OR (status = 'posted' AND reverses_id <> id)),
        CONSTRAINT transfer_has_target CHECK ((kind = 'transfer') = (to_warehouse_id IS NOT NULL)),
        CONSTRAINT target_is_elsewhere CHECK (to_warehouse_id <> warehouse_id),
        CONSTRAINT return_has_origin CHECK (origin_id IS NULL
            OR kind IN ('customer_return', 'supplier_return')),
        CONSTRAINT one_owner CHECK (invoice_id IS NULL OR stocktake_id IS NULL)
    ) {strict}",
    "CREATE TABLE stock_movement_lines (
        movement_id {id} NOT NULL CONSTRAINT stock_movement_lines_movement_fkey
            REFERENCES stock_movements (id) ON DELETE CASCADE,
        position {position},
        product_id {id} NOT NULL CONSTRAINT stock_movement_lines_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        quantity_millionths {integer} NOT NULL
            CONSTRAINT quantity_moves CHECK (quantity_millionths <> 0),
        unit {code},
        base_quantity_millionths {integer},
        unit_cost_millionths {integer}
            CONSTRAINT unit_cost_not_negative CHECK (unit_cost_millionths >= 0),
        PRIMARY KEY (movement_id, position),
        CONSTRAINT base_follows_quantity CHECK (base_quantity_millionths <> 0
            AND (base_quantity_millionths > 0) = (quantity_millionths > 0))
    ) {strict}",
    "CREATE TABLE stock_ledger (
        sequence {sequence},
        movement_id {id} NOT NULL,
        position {position},
        product_id {id} NOT NULL CONSTRAINT stock_ledger_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        warehouse_id {id} NOT NULL CONSTRAINT stock_ledger_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        quantity_millionths {integer} NOT NULL,
        value_minor {integer} NOT NULL,
        variance_minor {integer} NOT NULL DEFAULT 0,
        currency {currency},
        effective_date {date} NOT NULL,
        posted_at_ms {integer} NOT NULL,
        CONSTRAINT stock_ledger_line_key UNIQUE (movement_id, position, warehouse_id),
        CONSTRAINT stock_ledger_line_fkey FOREIGN KEY (movement_id, position)
            REFERENCES stock_movement_lines (movement_id, position) ON DELETE RESTRICT,
        CONSTRAINT value_follows_quantity CHECK (value_minor = 0 OR quantity_millionths = 0
            OR (quantity_millionths > 0) = (value_minor > 0))
    ) {strict}",
];

/// Puts the rows back and indexes them.
pub(super) const FILL: &[&str] = &[
    "INSERT INTO stock_movements (id, kind, warehouse_id, effective_date, invoice_id,
        created_at_ms, updated_at_ms, posted_at_ms)
        SELECT id, kind, warehouse_id, effective_date, invoice_id,
            posted_at_ms, posted_at_ms, posted_at_ms FROM held_movements",
    "INSERT INTO stock_movement_lines (movement_id, position, product_id, quantity_millionths,
        unit, base_quantity_millionths, unit_cost_millionths)
        SELECT movement_id, position, product_id, quantity_millionths,
            unit, quantity_millionths, unit_cost_millionths
        FROM held_lines JOIN products ON products.id = held_lines.product_id",
    "INSERT INTO stock_ledger (sequence, movement_id, position, product_id, warehouse_id,
        quantity_millionths, value_minor, currency, effective_date, posted_at_ms)
        {given_sequence} SELECT sequence, movement_id, position, product_id, warehouse_id,
            quantity_millionths, value_minor, currency, effective_date, posted_at_ms
        FROM held_ledger ORDER BY sequence",
    "DROP TABLE held_ledger",
    "DROP TABLE held_lines",
    "DROP TABLE held_movements",
    "CREATE INDEX stock_movements_created ON stock_movements (created_key, id)",
    "CREATE INDEX stock_movements_updated ON stock_movements (updated_key, id)",
    "CREATE INDEX stock_movements_kind ON stock_movements (kind, created_key, id)",
    "CREATE INDEX stock_movements_date ON stock_movements (effective_date, id)",
    "CREATE INDEX stock_movements_warehouse ON stock_movements (warehouse_id, created_key, id)",
    "CREATE INDEX stock_movements_to_warehouse
        ON stock_movements (to_warehouse_id, created_key, id)
        WHERE to_warehouse_id IS NOT NULL",
    "CREATE INDEX stock_movements_unposted ON stock_movements (status, created_key, id)
        WHERE status <> 'posted'",
    "CREATE INDEX stock_movements_origin ON stock_movements (origin_id)
        WHERE origin_id IS NOT NULL",
    "CREATE UNIQUE INDEX stock_movements_reverses_key ON stock_movements (reverses_id)
        WHERE reverses_id IS NOT NULL",
    "CREATE INDEX stock_movements_reversed_by ON stock_movements (reversed_by_id)
        WHERE reversed_by_id IS NOT NULL",
    "CREATE INDEX stock_movements_invoice ON stock_movements (invoice_id)
        WHERE invoice_id IS NOT NULL",
    "CREATE INDEX stock_movements_stocktake ON stock_movements (stocktake_id)
        WHERE stocktake_id IS NOT NULL",
    "CREATE INDEX stock_movement_lines_product ON stock_movement_lines (product_id, movement_id)",
    "CREATE INDEX stock_ledger_level ON stock_ledger (product_id, warehouse_id, sequence)",
    "CREATE INDEX stock_ledger_product ON stock_ledger (product_id, sequence)",
    "CREATE INDEX stock_ledger_warehouse ON stock_ledger (warehouse_id, sequence)",
    "CREATE INDEX stock_ledger_day ON stock_ledger (effective_date, sequence)",
    "CREATE INDEX stock_ledger_date
        ON stock_ledger (product_id, warehouse_id, effective_date, quantity_millionths)",
];
