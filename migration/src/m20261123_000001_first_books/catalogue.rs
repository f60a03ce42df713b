//! Tax rates, products, warehouses, and how much of what is where.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE tax_rates (
        id {id} NOT NULL PRIMARY KEY,
        code {code} NOT NULL CONSTRAINT tax_rates_code_key UNIQUE,
        {tax},
        {name},
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE INDEX tax_rates_created ON tax_rates (created_at_ms, id)",
    "CREATE TABLE products (
        id {id} NOT NULL PRIMARY KEY,
        sku {code} NOT NULL CONSTRAINT products_sku_key UNIQUE,
        {name},
        kind {text} NOT NULL CONSTRAINT kind_known CHECK (kind IN ('stocked', 'service')),
        unit {code} NOT NULL,
        unit_price_millionths {integer} NOT NULL
            CONSTRAINT unit_price_not_negative CHECK (unit_price_millionths >= 0),
        currency {currency},
        tax_rate_code {code} CONSTRAINT products_tax_rate_fkey
            REFERENCES tax_rates (code) ON DELETE RESTRICT,
        costing {text} NOT NULL CONSTRAINT costing_known CHECK (costing IN ('average')),
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE INDEX products_created ON products (created_at_ms, id)",
    "CREATE INDEX products_updated ON products (updated_at_ms, id)",
    "CREATE INDEX products_kind ON products (kind, id)",
    "CREATE INDEX products_tax_rate ON products (tax_rate_code)",
    "CREATE TABLE product_barcodes (
        barcode {code} NOT NULL PRIMARY KEY CONSTRAINT barcode_length
            CHECK (length(barcode) IN (8, 12, 13, 14)),
        product_id {id} NOT NULL CONSTRAINT product_barcodes_product_fkey
            REFERENCES products (id) ON DELETE CASCADE,
        position {position},
        CONSTRAINT product_barcodes_position_key UNIQUE (product_id, position)
    ) {strict}",
    "CREATE TABLE warehouses (
        id {id} NOT NULL PRIMARY KEY,
        code {code} NOT NULL CONSTRAINT warehouses_code_key UNIQUE,
        {name},
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE INDEX warehouses_created ON warehouses (created_at_ms, id)",
    "CREATE TABLE stock_levels (
        product_id {id} NOT NULL CONSTRAINT stock_levels_product_fkey
            REFERENCES products (id) ON DELETE RESTRICT,
        warehouse_id {id} NOT NULL CONSTRAINT stock_levels_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        on_hand_millionths {integer} NOT NULL,
        reserved_millionths {integer} NOT NULL
            CONSTRAINT reserved_not_negative CHECK (reserved_millionths >= 0),
        value_minor {integer} NOT NULL CONSTRAINT value_not_negative CHECK (value_minor >= 0),
        currency {currency},
        PRIMARY KEY (product_id, warehouse_id),
        CONSTRAINT on_hand_covers_reserved CHECK (on_hand_millionths >= reserved_millionths),
        CONSTRAINT nothing_is_worth_nothing CHECK (on_hand_millionths > 0 OR value_minor = 0)
    ) {strict}",
    "CREATE INDEX stock_levels_warehouse ON stock_levels (warehouse_id, product_id)",
    "CREATE INDEX stock_levels_on_hand
        ON stock_levels (on_hand_millionths, product_id, warehouse_id)",
    "CREATE INDEX stock_levels_value ON stock_levels (value_minor, product_id, warehouse_id)",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE stock_levels",
    "DROP TABLE warehouses",
    "DROP TABLE product_barcodes",
    "DROP TABLE products",
    "DROP TABLE tax_rates",
];
