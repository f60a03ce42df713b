//! What products refer to: units, categories, suppliers and packagings; and archived warehouses.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE units (
        id {id} NOT NULL PRIMARY KEY,
        code {code} NOT NULL CONSTRAINT units_code_key UNIQUE,
        {name},
        decimals {integer} NOT NULL CONSTRAINT decimals_range CHECK (decimals BETWEEN 0 AND 6),
        base_code {code} CONSTRAINT units_base_fkey REFERENCES units (code) ON DELETE RESTRICT,
        numerator {integer},
        denominator {integer},
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        CONSTRAINT factor_range CHECK (numerator BETWEEN 1 AND 1000000000000
            AND denominator BETWEEN 1 AND 1000000000000),
        CONSTRAINT base_whole CHECK ((base_code IS NULL) = (numerator IS NULL)
            AND (base_code IS NULL) = (denominator IS NULL)),
        CONSTRAINT base_is_another CHECK (base_code <> code)
    ) {strict}",
    "CREATE INDEX units_created ON units (created_at_ms, id)",
    "CREATE INDEX units_base ON units (base_code) WHERE base_code IS NOT NULL",
    "CREATE TABLE categories (
        id {id} NOT NULL PRIMARY KEY,
        parent_id {id} CONSTRAINT categories_parent_fkey
            REFERENCES categories (id) ON DELETE RESTRICT,
        {name},
        path {code} NOT NULL CONSTRAINT categories_path_key UNIQUE
            CONSTRAINT path_length CHECK (length(path) BETWEEN 32 AND 320
            AND length(path) % 32 = 0),
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        CONSTRAINT parent_is_another CHECK (parent_id <> id),
        CONSTRAINT top_has_no_parent CHECK ((parent_id IS NULL) = (length(path) = 32))
    ) {strict}",
    "CREATE INDEX categories_parent ON categories (parent_id, path, id)",
    "CREATE INDEX categories_created ON categories (created_at_ms, id)",
    "CREATE INDEX categories_updated ON categories (updated_at_ms, id)",
    "CREATE TABLE suppliers (
        id {id} NOT NULL PRIMARY KEY,
        {name},
        email {code},
        tax_id {text},
        country {code} NOT NULL CONSTRAINT country_code CHECK (length(country) = 2),
        currency {currency},
        credit_limit_minor {integer}
            CONSTRAINT credit_limit_not_negative CHECK (credit_limit_minor >= 0),
        net_days {integer} NOT NULL
            CONSTRAINT net_days_range CHECK (net_days BETWEEN 0 AND 3650),
        archived_at_ms {integer},
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE UNIQUE INDEX suppliers_email_key ON suppliers (email) WHERE email IS NOT NULL",
    "CREATE INDEX suppliers_created ON suppliers (created_at_ms, id)",
    "CREATE INDEX suppliers_updated ON suppliers (updated_at_ms, id)",
    "CREATE TABLE product_packagings (
        product_id {id} NOT NULL CONSTRAINT product_packagings_product_fkey
            REFERENCES products (id) ON DELETE CASCADE,
        unit {code} NOT NULL CONSTRAINT product_packagings_unit_fkey
            REFERENCES units (code) ON DELETE RESTRICT,
        numerator {integer} NOT NULL,
        denominator {integer} NOT NULL,
        position {position},
        PRIMARY KEY (product_id, unit),
        CONSTRAINT product_packagings_position_key UNIQUE (product_id, position),
        CONSTRAINT factor_range CHECK (numerator BETWEEN 1 AND 1000000000000
            AND denominator BETWEEN 1 AND 1000000000000)
    ) {strict}",
    "CREATE INDEX product_packagings_unit ON product_packagings (unit)",
    "ALTER TABLE warehouses ADD COLUMN archived_at_ms {integer}",
    // A program before this one adds warehouses without it.
    "ALTER TABLE warehouses ADD COLUMN updated_at_ms {integer} NOT NULL DEFAULT 0",
    "UPDATE warehouses SET updated_at_ms = created_at_ms",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &[
    "ALTER TABLE warehouses DROP COLUMN updated_at_ms",
    "ALTER TABLE warehouses DROP COLUMN archived_at_ms",
    "DROP TABLE product_packagings",
    "DROP TABLE suppliers",
    "DROP TABLE categories",
    "DROP TABLE units",
];
