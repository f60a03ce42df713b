//! Filling a new column of rows that are there: in small batches, from where the last one ended.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DbErr};

use crate::{dialect, rows};

/// A column that is filled between the step that adds it and the step that relies on it.
#[derive(Debug, Clone, Copy)]
pub struct Backfill {
    /// The name under which the table `backfills` knows how far it came.
    pub name: &'static str,
    /// The step that needs it done.
    pub before: &'static str,
    /// The table, whose rows have an `id`.
    table: &'static str,
    /// What is set in a row that has it not.
    set: &'static str,
    /// What tells a row that has it not.
    lacks: &'static str,
}

/// Every backfill, the oldest first.
pub const BACKFILLS: &[Backfill] = &[
    Backfill {
        name: "settled_on",
        before: "m20261128_000102_settled_on_stays",
        table: "payment_allocations",
        set: "settled_on = COALESCE(allocation_date, (SELECT payment_date FROM payments \
              WHERE payments.id = payment_allocations.payment_id))",
        lacks: "settled_on IS NULL",
    },
    ALLOCATED,
];

/// How much of a payment is allocated. No allocation is of nothing, and triggers keep whatever was
/// touched since: it is right, or none at all.
pub(crate) const ALLOCATED: Backfill = Backfill {
    name: "allocated_minor",
    before: "m20261128_000141_unspent_payments_found",
    table: "payments",
    set: "allocated_minor = (SELECT SUM(payment_allocations.amount_minor) \
          FROM payment_allocations WHERE payment_allocations.payment_id = payments.id)",
    lacks: "allocated_minor = 0 AND EXISTS (SELECT 1 FROM payment_allocations \
            WHERE payment_allocations.payment_id = payments.id)",
};

/// How far a backfill has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backfilled {
    /// The backfill.
    pub name: &'static str,
    /// How many rows it has looked at so far, of earlier runs too.
    pub rows: u64,
    /// Whether nothing is left.
    pub is_done: bool,
}

impl Backfill {
    /// Whether no row lacks what is filled.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn is_done<C: ConnectionTrait>(&self, connection: &C) -> Result<bool, DbErr> {
        let lacking = format!("SELECT 1 FROM {} WHERE {} LIMIT 1", self.table, self.lacks);
        Ok(rows::select(connection, &lacking).await?.is_empty())
    }

    /// Does one batch in the transaction of the connection: the rows, and how far it came.
    ///
    /// # Errors
    /// Whatever the database answers.
    pub async fn run<C: ConnectionTrait>(
        &self,
        connection: &C,
        rows_max: u32,
    ) -> Result<Backfilled, DbErr> {
        let Self { name, table, set, lacks, .. } = self;
        let is_sqlite = connection.get_database_backend() == DbBackend::Sqlite;
        let lock = if is_sqlite { "" } else { " FOR NO KEY UPDATE" };
        let held = format!("SELECT row_count FROM backfills WHERE name = '{name}'{lock}");
        let before: i64 = match rows::select(connection, &held).await?.first() {
            Some(row) => row.try_get_by_index(0)?,
            // Another instance has done it meanwhile, and the step that needed it.
            None => return Ok(Backfilled { name, rows: 0, is_done: true }),
        };
        // The cursor never leaves the database: each engine has its own kind of id.
        let batch = format!(
            "SELECT id FROM {table} WHERE id > COALESCE((SELECT done_through FROM backfills \
             WHERE name = '{name}'), {{least_id}}) ORDER BY id LIMIT {rows_max}"
        );
        let count = format!("SELECT COUNT(*) FROM ({batch}) AS batch");
        let count = dialect::write_out(&count, connection.get_database_backend());
        let found: i64 = match rows::select(connection, &count).await?.first() {
            Some(row) => row.try_get_by_index(0)?,
            None => 0,
        };
        let total = before.saturating_add(found);
        if found > 0 {
            // What is set may come of other rows: those who hold a row have done with them then,
            // and only the next statement sees what they did.
            if !is_sqlite {
                let rows = format!("{lacks} AND id IN ({batch})");
                let awaited = format!("SELECT 1 FROM {table} WHERE {rows} ORDER BY id{lock}");
                dialect::run(connection, &[&awaited]).await?;
            }
            let fill = format!("UPDATE {table} SET {set} WHERE {lacks} AND id IN ({batch})");
            let proceed = format!(
                "UPDATE backfills SET row_count = {total}, done_through = (SELECT id FROM ({batch}) \
                 AS batch ORDER BY id DESC LIMIT 1) WHERE name = '{name}'"
            );
            dialect::run(connection, &[&fill, &proceed]).await?;
        }
        let is_done = found < i64::from(rows_max);
        Ok(Backfilled { name, rows: u64::try_from(total).unwrap_or_default(), is_done })
    }
}
