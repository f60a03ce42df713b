//! Stocktakes, what they count, and their lines.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE stocktakes (
        id {id} NOT NULL PRIMARY KEY,
        warehouse_id {id} NOT NULL CONSTRAINT stocktakes_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        scope {text} NOT NULL CONSTRAINT scope_known
            CHECK (scope IN ('everything', 'categories', 'products')),
        note {text},
        status {text} NOT NULL CONSTRAINT status_known
            CHECK (status IN ('draft', 'counting', 'posted', 'cancelled')),
        line_count {integer} NOT NULL,
        counted_count {integer} NOT NULL,
        started_at_ms {integer},
        posted_at_ms {integer},
        cancelled_at_ms {integer},
        movement_id {id} CONSTRAINT stocktakes_movement_fkey
            REFERENCES stock_movements (id) ON DELETE RESTRICT,
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        CONSTRAINT counted_within_lines CHECK (counted_count BETWEEN 0 AND line_count),
        CONSTRAINT draft_has_no_start CHECK (status = 'cancelled'
            OR (status = 'draft') = (started_at_ms IS NULL)),
        CONSTRAINT posted_has_instant CHECK ((status = 'posted') = (posted_at_ms IS NOT NULL)),
        CONSTRAINT cancelled_has_instant
            CHECK ((status = 'cancelled') = (cancelled_at_ms IS NOT NULL)),
        CONSTRAINT posted_has_movement CHECK (movement_id IS NULL OR status = 'posted')
    ) {strict}",
    "CREATE INDEX stocktakes_created ON stocktakes (created_at_ms, id)",
    "CREATE INDEX stocktakes_warehouse ON stocktakes (warehouse_id, created_at_ms, id)",
    "CREATE INDEX stocktakes_status ON stocktakes (status, created_at_ms, id)",
    "CREATE UNIQUE INDEX stocktakes_movement_key ON stocktakes (movement_id)
        WHERE movement_id IS NOT NULL",
    "CREATE TABLE stocktake_products (
        stocktake_id {id} NOT NULL CONSTRAINT stocktake_products_stocktake_fkey
            REFERENCES stocktakes (id) ON DELETE CASCADE,
        product_id {id} NOT NULL CONSTRAINT stocktake_products_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        PRIMARY KEY (stocktake_id, product_id)
    ) {strict}",
    "CREATE INDEX stocktake_products_product ON stocktake_products (product_id)",
    "CREATE TABLE stocktake_categories (
        stocktake_id {id} NOT NULL CONSTRAINT stocktake_categories_stocktake_fkey
            REFERENCES stocktakes (id) ON DELETE CASCADE,
        category_id {id} NOT NULL CONSTRAINT stocktake_categories_category_fkey
            REFERENCES categories (id) ON DELETE RESTRICT,
        PRIMARY KEY (stocktake_id, category_id)
    ) {strict}",
    "CREATE INDEX stocktake_categories_category ON stocktake_categories (category_id)",
    "CREATE TABLE stocktake_lines (
        stocktake_id {id} NOT NULL CONSTRAINT stocktake_lines_stocktake_fkey
            REFERENCES stocktakes (id) ON DELETE CASCADE,
        product_id {id} NOT NULL,
        warehouse_id {id} NOT NULL,
        is_open {flag} NOT NULL CONSTRAINT is_open_flag CHECK (is_open IN (FALSE, TRUE)),
        expected_millionths {integer} NOT NULL
            CONSTRAINT expected_not_negative CHECK (expected_millionths >= 0),
        counted_millionths {integer}
            CONSTRAINT counted_not_negative CHECK (counted_millionths >= 0),
        ledger_sequence {integer}
            CONSTRAINT ledger_sequence_not_negative CHECK (ledger_sequence >= 0),
        unit_cost_millionths {integer}
            CONSTRAINT unit_cost_not_negative CHECK (unit_cost_millionths >= 0),
        counted_at_ms {integer},
        PRIMARY KEY (stocktake_id, product_id),
        CONSTRAINT stocktake_lines_level_fkey FOREIGN KEY (product_id, warehouse_id)
            REFERENCES stock_levels (product_id, warehouse_id) ON DELETE RESTRICT,
        CONSTRAINT count_is_whole CHECK (
            (counted_millionths IS NULL) = (ledger_sequence IS NULL)
            AND (counted_millionths IS NULL) = (counted_at_ms IS NULL)
            AND (counted_millionths IS NOT NULL OR unit_cost_millionths IS NULL))
    ) {strict}",
    "CREATE UNIQUE INDEX stocktake_lines_open_key ON stocktake_lines (product_id, warehouse_id)
        WHERE is_open",
    "CREATE INDEX stocktake_lines_level ON stocktake_lines (product_id, warehouse_id)",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE stocktake_lines",
    "DROP TABLE stocktake_categories",
    "DROP TABLE stocktake_products",
    "DROP TABLE stocktakes",
];
