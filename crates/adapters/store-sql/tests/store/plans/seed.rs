//! Books large enough for an engine to choose its plans as it would in earnest.

/// 20,000 products in ten warehouses, two levels each; 20,000 movements of five lines over 2,000
/// days; two layers and at most one reservation to a level. `{n}` is the number of the row, `{product …}` an id.
pub(super) const SEED: &[(u32, &str)] = &[
    (
        20_000,
        "INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency, \
         costing, created_at_ms, updated_at_ms, version) SELECT {id 4294967296 + n}, 'P-' || n, \
         'Product', 'stocked', 'EA', 1, 'SAR', 'average', n, n, 1 FROM series",
    ),
    (
        10,
        "INSERT INTO warehouses (id, code, name_en, created_at_ms, version) \
         SELECT {id 8589934592 + n}, 'W-' || n, 'Warehouse', n, 1 FROM series",
    ),
    (
        40_000,
        "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
         reserved_millionths, value_minor, currency) \
         SELECT {id 4294967296 + n / 2}, {id 8589934592 + (n / 10 + n % 2) % 10}, \
         1000000 * (1 + n * 7919 % 40009), 1000000 * (1 - n % 2), n * 104729 % 40013, 'SAR' \
         FROM series",
    ),
    (
        20_000,
        "INSERT INTO reservations (id, product_id, warehouse_id, quantity_millionths, \
         expires_at_ms, created_at_ms, version) SELECT {id 17179869184 + n}, {id 4294967296 + n}, \
         {id 8589934592 + n / 5 % 10}, 1000000, n + 1, n, 1 FROM series",
    ),
    (
        20_000,
        "INSERT INTO product_reorder_rules (product_id, warehouse_id, minimum_millionths, \
         maximum_millionths, position) SELECT {id 4294967296 + n}, {id 8589934592 + n / 5 % 10}, \
         20000000000, 50000000000, 0 FROM series",
    ),
    (
        20_000,
        "INSERT INTO stock_movements (id, kind, status, warehouse_id, to_warehouse_id, \
         effective_date, origin_id, created_at_ms, updated_at_ms, posted_at_ms) \
         SELECT {id 12884901888 + n}, CASE WHEN n % 1000 = 7 THEN 'transfer' \
         WHEN n % 10 = 3 THEN 'customer_return' ELSE 'issue' END, \
         CASE WHEN n % 500 = 499 THEN 'draft' ELSE 'posted' END, {id 8589934592 + n % 10}, \
         CASE WHEN n % 1000 = 7 THEN {id 8589934592 + (n + 1) % 10} END, {day n / 10}, \
         CASE WHEN n % 10 = 3 THEN {id 12884901888 + n - 1} END, n, n + n % 13, \
         CASE WHEN n % 500 <> 499 THEN n END FROM series",
    ),
    (
        100_000,
        "INSERT INTO stock_movement_lines (movement_id, position, product_id, \
         quantity_millionths, unit, base_quantity_millionths) \
         SELECT {id 12884901888 + n / 5}, n % 5, {id 4294967296 + n % 20000}, 1000000, 'EA', \
         1000000 FROM series",
    ),
    (
        100_000,
        "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
         quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
         SELECT {id 12884901888 + n / 5}, n % 5, {id 4294967296 + n % 20000}, \
         {id 8589934592 + n / 5 % 10}, -1000000, -1, 'SAR', {day n / 50}, n FROM series \
         WHERE n / 5 % 500 <> 499",
    ),
    (
        80_000,
        "INSERT INTO stock_layers (product_id, warehouse_id, movement_id, quantity_millionths, \
         value_minor, currency) SELECT {id 4294967296 + n / 4}, \
         {id 8589934592 + (n / 20 + n / 2 % 2) % 10}, {id 12884901888 + n / 4}, 1000000, 1, 'SAR' \
         FROM series",
    ),
];

/// How many of them make the reorder rules and what those look at.
pub(super) const RULED: usize = 5;

/// Writes a statement out for an engine, over so many rows.
pub(crate) fn seed(rows: u32, text: &str, is_sqlite: bool) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        let (inside, after) = tail.split_once('}').unwrap();
        let (word, expression) = inside.split_once(' ').unwrap();
        written.push_str(before);
        let value = match (word, is_sqlite) {
            ("id", true) => format!("unhex(printf('%032x', {expression}))"),
            ("id", false) => format!("lpad(to_hex({expression}), 32, '0')::uuid"),
            ("bytes", true) => format!("unhex(printf('%064x', {expression}))"),
            ("bytes", false) => format!("decode(lpad(to_hex({expression}), 64, '0'), 'hex')"),
            ("json", true) => "'{}'".to_owned(),
            ("json", false) => "'{}'::jsonb".to_owned(),
            ("ms", _) => format!("({expression})"),
            (_, true) => format!("date('2020-01-01', '+' || ({expression}) || ' days')"),
            (_, false) => format!("DATE '2020-01-01' + CAST({expression} AS integer)"),
        };
        written.push_str(&value);
        rest = after;
    }
    written.push_str(rest);
    let (insert, select) = written.split_once("SELECT").unwrap();
    let number = if is_sqlite { "0" } else { "CAST(0 AS bigint)" };
    format!(
        "{insert} WITH RECURSIVE series (n) AS (SELECT {number} UNION ALL SELECT n + 1 FROM series \
         WHERE n < {rows} - 1) SELECT{select}"
    )
}
