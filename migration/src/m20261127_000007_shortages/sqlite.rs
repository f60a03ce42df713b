//! How SQLite keeps the flag: row by row, within the statement that changes a level or a rule.

/// Creates the triggers.
///
/// A rule that is written looks at its own level and product; whatever changes one of these has the
/// rule written as it is.
pub(super) const UP: &[&str] = &[
    "CREATE TRIGGER product_reorder_rules_short_added AFTER INSERT ON product_reorder_rules
     WHEN NEW.minimum_millionths > COALESCE((SELECT stock_levels.on_hand_millionths
            - stock_levels.reserved_millionths FROM stock_levels
            WHERE stock_levels.product_id = NEW.product_id
            AND stock_levels.warehouse_id = NEW.warehouse_id), 0)
        AND EXISTS (SELECT 1 FROM products WHERE products.id = NEW.product_id
            AND products.archived_at_ms IS NULL)
     BEGIN UPDATE product_reorder_rules SET is_short = TRUE
        WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id; END",
    "CREATE TRIGGER product_reorder_rules_short_changed
     AFTER UPDATE OF minimum_millionths ON product_reorder_rules
     BEGIN UPDATE product_reorder_rules
        SET is_short = minimum_millionths > COALESCE((SELECT stock_levels.on_hand_millionths
                - stock_levels.reserved_millionths FROM stock_levels
                WHERE stock_levels.product_id = NEW.product_id
                AND stock_levels.warehouse_id = NEW.warehouse_id), 0)
            AND EXISTS (SELECT 1 FROM products WHERE products.id = NEW.product_id
                AND products.archived_at_ms IS NULL)
        WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id; END",
    "CREATE TRIGGER stock_levels_short_changed
     AFTER UPDATE OF on_hand_millionths, reserved_millionths ON stock_levels
     WHEN OLD.on_hand_millionths - OLD.reserved_millionths
        <> NEW.on_hand_millionths - NEW.reserved_millionths
     BEGIN UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths
        WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id
        AND is_short <> (NEW.on_hand_millionths - NEW.reserved_millionths
            < minimum_millionths); END",
    // A level begins with nothing in it, as a rule without a level counts it.
    "CREATE TRIGGER stock_levels_short_added AFTER INSERT ON stock_levels
     WHEN NEW.on_hand_millionths <> 0
     BEGIN UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths
        WHERE product_id = NEW.product_id AND warehouse_id = NEW.warehouse_id
        AND is_short <> (NEW.on_hand_millionths - NEW.reserved_millionths
            < minimum_millionths); END",
    "CREATE TRIGGER products_short AFTER UPDATE OF archived_at_ms ON products
     WHEN (OLD.archived_at_ms IS NULL) <> (NEW.archived_at_ms IS NULL)
     BEGIN UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths
        WHERE product_id = NEW.id; END",
];

/// Drops them.
pub(super) const DOWN: &[&str] = &[
    "DROP TRIGGER products_short",
    "DROP TRIGGER stock_levels_short_added",
    "DROP TRIGGER stock_levels_short_changed",
    "DROP TRIGGER product_reorder_rules_short_changed",
    "DROP TRIGGER product_reorder_rules_short_added",
];
