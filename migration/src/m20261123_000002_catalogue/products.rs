//! Products with everything that hangs on them; PostgreSQL changes their table where it stands.

/// Changes the tables of PostgreSQL.
pub(super) const UP_POSTGRES: &[&str] = &[
    "ALTER TABLE products
        ADD COLUMN category_id {id} CONSTRAINT products_category_fkey
            REFERENCES categories (id) ON DELETE RESTRICT,
        ADD COLUMN supplier_id {id} CONSTRAINT products_supplier_fkey
            REFERENCES suppliers (id) ON DELETE RESTRICT,
        ADD COLUMN standard_cost_millionths {integer} CONSTRAINT standard_cost_not_negative
            CHECK (standard_cost_millionths >= 0),
        ADD COLUMN archived_at_ms {integer},
        DROP CONSTRAINT costing_known,
        ADD CONSTRAINT costing_known CHECK (costing IN ('average', 'fifo', 'standard')),
        ADD CONSTRAINT standard_cost_follows CHECK
            ((costing = 'standard') = (standard_cost_millionths IS NOT NULL)),
        ADD CONSTRAINT products_unit_fkey FOREIGN KEY (unit)
            REFERENCES units (code) ON DELETE RESTRICT",
    "ALTER TABLE product_barcodes
        ADD COLUMN packaging_unit {code},
        ADD CONSTRAINT product_barcodes_packaging_fkey FOREIGN KEY (product_id, packaging_unit)
            REFERENCES product_packagings (product_id, unit) ON DELETE CASCADE",
];

/// Creates what is the same on both engines.
pub(super) const UP: &[&str] = &[
    "CREATE INDEX products_unit ON products (unit)",
    "CREATE INDEX products_category ON products (category_id, sku, id)
        WHERE category_id IS NOT NULL",
    "CREATE INDEX products_supplier ON products (supplier_id, sku, id)
        WHERE supplier_id IS NOT NULL",
    "CREATE INDEX products_archived ON products (archived_at_ms) WHERE archived_at_ms IS NOT NULL",
    "CREATE TABLE product_reorder_rules (
        product_id {id} NOT NULL CONSTRAINT product_reorder_rules_product_fkey
            REFERENCES products (id) ON DELETE CASCADE,
        warehouse_id {id} NOT NULL CONSTRAINT product_reorder_rules_warehouse_fkey
            REFERENCES warehouses (id) ON DELETE RESTRICT,
        minimum_millionths {integer} NOT NULL
            CONSTRAINT minimum_not_negative CHECK (minimum_millionths >= 0),
        maximum_millionths {integer} NOT NULL,
        position {position},
        PRIMARY KEY (product_id, warehouse_id),
        CONSTRAINT product_reorder_rules_position_key UNIQUE (product_id, position),
        CONSTRAINT maximum_covers_minimum CHECK (maximum_millionths >= minimum_millionths)
    ) {strict}",
    "CREATE INDEX product_reorder_rules_warehouse
        ON product_reorder_rules (warehouse_id, product_id)",
    "CREATE INDEX product_reorder_rules_minimum
        ON product_reorder_rules (minimum_millionths, product_id, warehouse_id)",
    "CREATE TABLE product_words (
        word {code} NOT NULL,
        product_id {id} NOT NULL CONSTRAINT product_words_product_fkey
            REFERENCES products (id) ON DELETE CASCADE,
        PRIMARY KEY (word, product_id)
    ) {strict}",
    "CREATE INDEX product_words_product ON product_words (product_id)",
    "CREATE TABLE supplier_words (
        word {code} NOT NULL,
        supplier_id {id} NOT NULL CONSTRAINT supplier_words_supplier_fkey
            REFERENCES suppliers (id) ON DELETE CASCADE,
        PRIMARY KEY (word, supplier_id)
    ) {strict}",
    "CREATE INDEX supplier_words_supplier ON supplier_words (supplier_id)",
    "CREATE TABLE customer_words (
        word {code} NOT NULL,
        customer_id {id} NOT NULL CONSTRAINT customer_words_customer_fkey
            REFERENCES customers (id) ON DELETE CASCADE,
        PRIMARY KEY (word, customer_id)
    ) {strict}",
    "CREATE INDEX customer_words_customer ON customer_words (customer_id)",
];

/// Drops what is the same on both engines.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE customer_words",
    "DROP TABLE supplier_words",
    "DROP TABLE product_words",
    "DROP TABLE product_reorder_rules",
    "DROP INDEX products_archived",
    "DROP INDEX products_supplier",
    "DROP INDEX products_category",
    "DROP INDEX products_unit",
];

/// Changes the tables of PostgreSQL back. The barcodes of packages become the product's own.
pub(super) const DOWN_POSTGRES: &[&str] = &[
    "ALTER TABLE product_barcodes DROP CONSTRAINT product_barcodes_packaging_fkey,
        DROP COLUMN packaging_unit",
    "ALTER TABLE products DROP CONSTRAINT products_unit_fkey,
        DROP CONSTRAINT standard_cost_follows,
        DROP CONSTRAINT costing_known,
        DROP COLUMN archived_at_ms,
        DROP COLUMN standard_cost_millionths,
        DROP COLUMN supplier_id,
        DROP COLUMN category_id",
    "UPDATE products SET costing = 'average'",
    "ALTER TABLE products ADD CONSTRAINT costing_known CHECK (costing IN ('average'))",
];
