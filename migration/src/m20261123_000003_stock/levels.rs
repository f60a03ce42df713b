//! Stock levels that remember their last cost, and the layers that first in, first out needs.
//!
//! A layer may be written before the movement that brings it in: both are there at the commit.
//!
//! Levels with goods in them get no last cost here: it follows from their value at the next change.

/// Adds the column, the table, and what the levels of one warehouse are sorted by.
pub(super) const UP: &[&str] = &[
    "ALTER TABLE stock_levels ADD COLUMN last_cost_millionths {integer}
        CONSTRAINT last_cost_not_negative CHECK (last_cost_millionths >= 0)",
    "CREATE INDEX stock_levels_warehouse_on_hand
        ON stock_levels (warehouse_id, on_hand_millionths, product_id)",
    "CREATE INDEX stock_levels_warehouse_value
        ON stock_levels (warehouse_id, value_minor, product_id)",
    "CREATE TABLE stock_layers (
        sequence {sequence},
        product_id {id} NOT NULL,
        warehouse_id {id} NOT NULL,
        movement_id {id} NOT NULL CONSTRAINT stock_layers_movement_fkey
            REFERENCES stock_movements (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED,
        quantity_millionths {integer} NOT NULL
            CONSTRAINT quantity_positive CHECK (quantity_millionths > 0),
        value_minor {integer} NOT NULL CONSTRAINT value_not_negative CHECK (value_minor >= 0),
        currency {currency},
        CONSTRAINT stock_layers_level_fkey FOREIGN KEY (product_id, warehouse_id)
            REFERENCES stock_levels (product_id, warehouse_id) ON DELETE RESTRICT
    ) {strict}",
    "CREATE INDEX stock_layers_level ON stock_layers (product_id, warehouse_id, sequence)",
    "CREATE INDEX stock_layers_movement ON stock_layers (movement_id)",
];

/// Takes them away.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE stock_layers",
    "DROP INDEX stock_levels_warehouse_value",
    "DROP INDEX stock_levels_warehouse_on_hand",
    "ALTER TABLE stock_levels DROP COLUMN last_cost_millionths",
];
