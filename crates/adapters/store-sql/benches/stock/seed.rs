//! Books full of products and history, written by a few statements over a series of numbers.

use gaara_kernel::{Id, ProductId, WarehouseId};
use uuid::Uuid;

/// How often each product was moved.
pub(crate) const LEDGER_ROWS_PER_PRODUCT: u32 = 10;

/// A product of the series.
pub(crate) fn product(number: u32) -> ProductId {
    ProductId::from_uuid(Uuid::from_u128((0x7000_8000 << 48) | u128::from(number)))
}

/// The words of one engine.
struct Words {
    series: String,
    product: &'static str,
    movement: &'static str,
    warehouse: String,
}

fn words(is_sqlite: bool, products: u32, warehouse: WarehouseId) -> Words {
    let warehouse = warehouse.as_uuid().simple().to_string();
    if is_sqlite {
        return Words {
            series: format!(
                "(WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s \
                 WHERE n < {products}) SELECT n FROM s)"
            ),
            product: "unhex(printf('00000000000070008000%012x', p.n))",
            movement: "unhex(printf('00000000000070009000%012x', m.n))",
            warehouse: format!("x'{warehouse}'"),
        };
    }
    Words {
        series: format!("(SELECT n FROM generate_series(1, {products}) AS n)"),
        product: "('00000000-0000-7000-8000-' || lpad(to_hex(p.n), 12, '0'))::uuid",
        movement: "('00000000-0000-7000-9000-' || lpad(to_hex(m.n), 12, '0'))::uuid",
        warehouse: format!("'{warehouse}'::uuid"),
    }
}

/// The statements that fill an empty database.
pub(crate) fn seed(is_sqlite: bool, products: u32, warehouse: WarehouseId) -> Vec<String> {
    let Words { series, product, movement, warehouse } = words(is_sqlite, products, warehouse);
    let movements: Vec<String> =
        (1..=LEDGER_ROWS_PER_PRODUCT).map(|number| format!("SELECT {number} AS n")).collect();
    let movements = format!("({})", movements.join(" UNION ALL "));
    vec![
        format!(
            "INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency, \
             costing, created_at_ms, updated_at_ms, version) SELECT {product}, 'SKU-' || p.n, \
             'Product', 'stocked', 'EA', 1000000, 'SAR', 'average', p.n, p.n, 1 FROM {series} AS p"
        ),
        format!(
            "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
             reserved_millionths, value_minor, currency) SELECT {product}, {warehouse}, \
             {LEDGER_ROWS_PER_PRODUCT} * 1000000, 0, p.n * 100, 'SAR' FROM {series} AS p"
        ),
        format!(
            "INSERT INTO stock_movements (id, kind, warehouse_id, effective_date, created_at_ms, \
             updated_at_ms, posted_at_ms) SELECT {movement}, 'receipt', {warehouse}, \
             {date}, m.n, m.n, m.n FROM {movements} AS m",
            date = if is_sqlite { "'2026-01-01'" } else { "DATE '2026-01-01'" },
        ),
        format!(
            "INSERT INTO stock_movement_lines (movement_id, position, product_id, \
             quantity_millionths, unit, base_quantity_millionths) SELECT {movement}, p.n, \
             {product}, 1000000, 'EA', 1000000 FROM {movements} AS m, {series} AS p"
        ),
        format!(
            "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
             quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
             SELECT {movement}, p.n, {product}, {warehouse}, 1000000, 10, 'SAR', {date}, m.n \
             FROM {movements} AS m, {series} AS p",
            date = if is_sqlite { "'2026-01-01'" } else { "DATE '2026-01-01'" },
        ),
        "ANALYZE".to_owned(),
    ]
}
