//! Reservations, and the lines that consume them.

/// Creates the table and adds the columns.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE reservations (
        id {id} NOT NULL PRIMARY KEY,
        product_id {id} NOT NULL,
        warehouse_id {id} NOT NULL,
        quantity_millionths {integer} NOT NULL
            CONSTRAINT quantity_positive CHECK (quantity_millionths > 0),
        consumed_millionths {integer} NOT NULL DEFAULT 0 CONSTRAINT consumed_within_quantity
            CHECK (consumed_millionths BETWEEN 0 AND quantity_millionths),
        status {text} NOT NULL DEFAULT 'active' CONSTRAINT status_known
            CHECK (status IN ('active', 'consumed', 'released', 'expired')),
        expires_at_ms {integer} NOT NULL,
        note {text},
        created_at_ms {integer} NOT NULL,
        ended_at_ms {integer},
        {version},
        CONSTRAINT reservations_level_fkey FOREIGN KEY (product_id, warehouse_id)
            REFERENCES stock_levels (product_id, warehouse_id) ON DELETE RESTRICT,
        CONSTRAINT ends_after_beginning CHECK (expires_at_ms > created_at_ms),
        CONSTRAINT active_has_no_end CHECK ((status = 'active') = (ended_at_ms IS NULL)),
        CONSTRAINT consumed_has_quantity
            CHECK ((status = 'consumed') = (consumed_millionths > 0)),
        CONSTRAINT expired_at_its_end
            CHECK (status <> 'expired' OR ended_at_ms = expires_at_ms)
    ) {strict}",
    "CREATE INDEX reservations_created ON reservations (created_at_ms, id)",
    "CREATE INDEX reservations_expires ON reservations (expires_at_ms, id)",
    "CREATE INDEX reservations_level
        ON reservations (product_id, warehouse_id, created_at_ms, id)",
    "CREATE INDEX reservations_warehouse ON reservations (warehouse_id, created_at_ms, id)",
    "CREATE INDEX reservations_active
        ON reservations (product_id, warehouse_id, expires_at_ms, quantity_millionths)
        WHERE status = 'active'",
    "ALTER TABLE stock_movement_lines ADD COLUMN reservation_id {id}
        CONSTRAINT stock_movement_lines_reservation_fkey
        REFERENCES reservations (id) ON DELETE RESTRICT",
    "CREATE INDEX stock_movement_lines_reservation ON stock_movement_lines (reservation_id)
        WHERE reservation_id IS NOT NULL",
    "ALTER TABLE invoice_lines ADD COLUMN reservation_id {id}
        CONSTRAINT invoice_lines_reservation_fkey
        REFERENCES reservations (id) ON DELETE RESTRICT",
    "CREATE INDEX invoice_lines_reservation ON invoice_lines (reservation_id)
        WHERE reservation_id IS NOT NULL",
];

/// Takes them away, and frees what is reserved.
pub(super) const DOWN: &[&str] = &[
    "UPDATE stock_levels SET reserved_millionths = 0 WHERE reserved_millionths <> 0",
    "DROP INDEX invoice_lines_reservation",
    "ALTER TABLE invoice_lines DROP COLUMN reservation_id",
    "DROP INDEX stock_movement_lines_reservation",
    "ALTER TABLE stock_movement_lines DROP COLUMN reservation_id",
    "DROP TABLE reservations",
];
