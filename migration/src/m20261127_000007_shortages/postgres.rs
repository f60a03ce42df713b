//! How PostgreSQL keeps the flag: a posting marks all its rules by one statement.

/// Creates the functions and triggers.
///
/// A rule that is written looks at its own level and product; whatever changes one of these has the
/// rule written as it is. Whoever changes levels holds their products, and whoever changes rules
/// locks theirs, so that neither misses what the other one does.
pub(super) const UP: &[&str] = &[
    "CREATE FUNCTION gaara_mark_rule() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.is_short := NEW.minimum_millionths > COALESCE((SELECT stock_levels.on_hand_millionths
                - stock_levels.reserved_millionths FROM stock_levels
                WHERE stock_levels.product_id = NEW.product_id
                AND stock_levels.warehouse_id = NEW.warehouse_id), 0)
            AND EXISTS (SELECT 1 FROM products WHERE products.id = NEW.product_id
                AND products.archived_at_ms IS NULL);
        RETURN NEW;
    END $$",
    "CREATE TRIGGER product_reorder_rules_short BEFORE INSERT OR UPDATE ON product_reorder_rules
        FOR EACH ROW EXECUTE FUNCTION gaara_mark_rule()",
    "CREATE FUNCTION gaara_mark_rules_of_levels() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths FROM changed
            WHERE product_reorder_rules.product_id = changed.product_id
            AND product_reorder_rules.warehouse_id = changed.warehouse_id
            AND product_reorder_rules.is_short <> (changed.on_hand_millionths
                - changed.reserved_millionths < product_reorder_rules.minimum_millionths);
        RETURN NULL;
    END $$",
    "CREATE TRIGGER stock_levels_short_changed AFTER UPDATE ON stock_levels
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_mark_rules_of_levels()",
    "CREATE FUNCTION gaara_mark_rules_of_level() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths
            WHERE product_reorder_rules.product_id = NEW.product_id
            AND product_reorder_rules.warehouse_id = NEW.warehouse_id
            AND product_reorder_rules.is_short <> (NEW.on_hand_millionths
                - NEW.reserved_millionths < product_reorder_rules.minimum_millionths);
        RETURN NULL;
    END $$",
    // A level begins with nothing in it, as a rule without a level counts it.
    "CREATE TRIGGER stock_levels_short_added AFTER INSERT ON stock_levels
        FOR EACH ROW WHEN (NEW.on_hand_millionths <> 0)
        EXECUTE FUNCTION gaara_mark_rules_of_level()",
    "CREATE FUNCTION gaara_mark_rules_of_product() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE product_reorder_rules SET minimum_millionths = minimum_millionths
            WHERE product_reorder_rules.product_id = NEW.id;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER products_short AFTER UPDATE OF archived_at_ms ON products
        FOR EACH ROW WHEN ((OLD.archived_at_ms IS NULL) <> (NEW.archived_at_ms IS NULL))
        EXECUTE FUNCTION gaara_mark_rules_of_product()",
];

/// Drops them.
pub(super) const DOWN: &[&str] = &[
    "DROP TRIGGER products_short ON products",
    "DROP FUNCTION gaara_mark_rules_of_product()",
    "DROP TRIGGER stock_levels_short_added ON stock_levels",
    "DROP FUNCTION gaara_mark_rules_of_level()",
    "DROP TRIGGER stock_levels_short_changed ON stock_levels",
    "DROP FUNCTION gaara_mark_rules_of_levels()",
    "DROP TRIGGER product_reorder_rules_short ON product_reorder_rules",
    "DROP FUNCTION gaara_mark_rule()",
];
