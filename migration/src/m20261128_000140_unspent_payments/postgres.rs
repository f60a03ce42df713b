//! How PostgreSQL keeps the sum: once for each payment that a statement is about.

/// Creates the function and the triggers.
///
/// The payments are held before their allocations are added up, by a statement of its own: the sum
/// then sees what those have committed who held them before. Whoever allocates holds the payment
/// already, and invoices only after it, so nobody waits in a circle.
pub(super) const UP: &[&str] = &[
    "CREATE FUNCTION gaara_count_allocated() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM 1 FROM payments WHERE payments.id IN (SELECT changed.payment_id FROM changed)
            ORDER BY payments.id FOR NO KEY UPDATE;
        UPDATE payments SET allocated_minor = counted.minor
            FROM (SELECT held.id, COALESCE((SELECT SUM(payment_allocations.amount_minor)
                FROM payment_allocations WHERE payment_allocations.payment_id = held.id), 0) AS minor
                FROM payments AS held WHERE held.id IN (SELECT changed.payment_id FROM changed))
                AS counted
            WHERE payments.id = counted.id AND payments.allocated_minor <> counted.minor;
        RETURN NULL;
    END $$",
    "CREATE TRIGGER payment_allocations_counted_added AFTER INSERT ON payment_allocations
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_count_allocated()",
    "CREATE TRIGGER payment_allocations_counted_changed AFTER UPDATE ON payment_allocations
        REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_count_allocated()",
    // An allocation that goes over to another payment leaves one behind.
    "CREATE TRIGGER payment_allocations_counted_left AFTER UPDATE ON payment_allocations
        REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_count_allocated()",
    "CREATE TRIGGER payment_allocations_counted_removed AFTER DELETE ON payment_allocations
        REFERENCING OLD TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION gaara_count_allocated()",
];

/// Drops them.
pub(super) const DOWN: &[&str] = &[
    "DROP TRIGGER payment_allocations_counted_removed ON payment_allocations",
    "DROP TRIGGER payment_allocations_counted_left ON payment_allocations",
    "DROP TRIGGER payment_allocations_counted_changed ON payment_allocations",
    "DROP TRIGGER payment_allocations_counted_added ON payment_allocations",
    "DROP FUNCTION gaara_count_allocated()",
];
