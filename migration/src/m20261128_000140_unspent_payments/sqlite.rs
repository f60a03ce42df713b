//! How SQLite keeps the sum: row by row, within the statement that changes an allocation.

/// Creates the triggers. One that goes with its payment, by cascade, finds no payment any more.
pub(super) const UP: &[&str] = &[
    "CREATE TRIGGER payment_allocations_counted_added AFTER INSERT ON payment_allocations
     BEGIN UPDATE payments
        SET allocated_minor = COALESCE((SELECT SUM(payment_allocations.amount_minor)
            FROM payment_allocations WHERE payment_allocations.payment_id = payments.id), 0)
        WHERE id = NEW.payment_id; END",
    "CREATE TRIGGER payment_allocations_counted_changed
     AFTER UPDATE OF amount_minor, payment_id ON payment_allocations
     BEGIN UPDATE payments
        SET allocated_minor = COALESCE((SELECT SUM(payment_allocations.amount_minor)
            FROM payment_allocations WHERE payment_allocations.payment_id = payments.id), 0)
        WHERE id IN (OLD.payment_id, NEW.payment_id); END",
    "CREATE TRIGGER payment_allocations_counted_removed AFTER DELETE ON payment_allocations
     BEGIN UPDATE payments
        SET allocated_minor = COALESCE((SELECT SUM(payment_allocations.amount_minor)
            FROM payment_allocations WHERE payment_allocations.payment_id = payments.id), 0)
        WHERE id = OLD.payment_id; END",
];

/// Drops them.
pub(super) const DOWN: &[&str] = &[
    "DROP TRIGGER payment_allocations_counted_removed",
    "DROP TRIGGER payment_allocations_counted_changed",
    "DROP TRIGGER payment_allocations_counted_added",
];
