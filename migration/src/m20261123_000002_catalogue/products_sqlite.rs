//! Products and their barcodes, made anew on SQLite.

use crate::rebuild::Rebuilt;

/// The indexes that the first step gave to products.
const PRODUCT_INDEXES: &[&str] = &[
    "CREATE INDEX products_created ON products (created_at_ms, id)",
    "CREATE INDEX products_updated ON products (updated_at_ms, id)",
    "CREATE INDEX products_kind ON products (kind, id)",
    "CREATE INDEX products_tax_rate ON products (tax_rate_code)",
];

/// The columns that products have in either shape.
const PRODUCT_COLUMNS: &str = "id, sku, name_ar, name_en, kind, unit, unit_price_millionths, \
     currency, tax_rate_code, created_at_ms, updated_at_ms, version, costing";

/// The tables as they are from this step on.
pub(super) const UP: &[Rebuilt] = &[
    Rebuilt {
        table: "products",
        create: "CREATE TABLE {table} (
            id {id} NOT NULL PRIMARY KEY,
            sku {code} NOT NULL CONSTRAINT products_sku_key UNIQUE,
            {name},
            kind {text} NOT NULL CONSTRAINT kind_known CHECK (kind IN ('stocked', 'service')),
            unit {code} NOT NULL CONSTRAINT products_unit_fkey
                REFERENCES units (code) ON DELETE RESTRICT,
            unit_price_millionths {integer} NOT NULL
                CONSTRAINT unit_price_not_negative CHECK (unit_price_millionths >= 0),
            currency {currency},
            tax_rate_code {code} CONSTRAINT products_tax_rate_fkey
                REFERENCES tax_rates (code) ON DELETE RESTRICT,
            costing {text} NOT NULL CONSTRAINT costing_known
                CHECK (costing IN ('average', 'fifo', 'standard')),
            created_at_ms {integer} NOT NULL,
            updated_at_ms {integer} NOT NULL,
            {version},
            category_id {id} CONSTRAINT products_category_fkey
                REFERENCES categories (id) ON DELETE RESTRICT,
            supplier_id {id} CONSTRAINT products_supplier_fkey
                REFERENCES suppliers (id) ON DELETE RESTRICT,
            standard_cost_millionths {integer} CONSTRAINT standard_cost_not_negative
                CHECK (standard_cost_millionths >= 0),
            archived_at_ms {integer},
            CONSTRAINT standard_cost_follows CHECK
                ((costing = 'standard') = (standard_cost_millionths IS NOT NULL))
        ) {strict}",
        columns: PRODUCT_COLUMNS,
        values: PRODUCT_COLUMNS,
        after: PRODUCT_INDEXES,
    },
    Rebuilt {
        table: "product_barcodes",
        create: "CREATE TABLE {table} (
            barcode {code} NOT NULL PRIMARY KEY CONSTRAINT barcode_length
                CHECK (length(barcode) IN (8, 12, 13, 14)),
            product_id {id} NOT NULL CONSTRAINT product_barcodes_product_fkey
                REFERENCES products (id) ON DELETE CASCADE,
            position {position},
            packaging_unit {code},
            CONSTRAINT product_barcodes_position_key UNIQUE (product_id, position),
            CONSTRAINT product_barcodes_packaging_fkey FOREIGN KEY (product_id, packaging_unit)
                REFERENCES product_packagings (product_id, unit) ON DELETE CASCADE
        ) {strict}",
        columns: "barcode, product_id, position",
        values: "barcode, product_id, position",
        after: &[],
    },
];

/// The tables as they were. The barcodes of packages become the product's own.
pub(super) const DOWN: &[Rebuilt] = &[
    Rebuilt {
        table: "product_barcodes",
        create: "CREATE TABLE {table} (
            barcode {code} NOT NULL PRIMARY KEY CONSTRAINT barcode_length
                CHECK (length(barcode) IN (8, 12, 13, 14)),
            product_id {id} NOT NULL CONSTRAINT product_barcodes_product_fkey
                REFERENCES products (id) ON DELETE CASCADE,
            position {position},
            CONSTRAINT product_barcodes_position_key UNIQUE (product_id, position)
        ) {strict}",
        columns: "barcode, product_id, position",
        values: "barcode, product_id, position",
        after: &[],
    },
    Rebuilt {
        table: "products",
        create: "CREATE TABLE {table} (
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
        columns: PRODUCT_COLUMNS,
        values: "id, sku, name_ar, name_en, kind, unit, unit_price_millionths, currency, \
                 tax_rate_code, created_at_ms, updated_at_ms, version, 'average'",
        after: PRODUCT_INDEXES,
    },
];
