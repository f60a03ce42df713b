//! Every step of the schema is taken back and made again with rows in place, one at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gaara_migration::{BACKFILLS, Migrator, MigratorTrait};
use gaara_store_sql::SqlStore;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

use crate::databases::{Database, on_both_engines};
use crate::migrations::{STEPS, status};
use crate::planner;
use crate::{
    account_rules, audit_tampering, document_rules, identity_rules, money_rules, passkey_rules,
    promise_rules, rules, second_factor_rules, stock_rules, token_rules,
};

/// Tables that steps write by themselves.
const OWN: &[&str] = &["seaql_migrations", "backfills"];

/// What a table holds: its columns, and each row as text by column, in no order.
#[derive(Debug, Default)]
struct Held {
    columns: BTreeSet<String>,
    rows: Vec<BTreeMap<String, Option<String>>>,
}

impl Held {
    /// The rows with the columns that another table has too, in an order.
    fn shared(&self, other: &Self) -> Vec<Vec<(&str, Option<&str>)>> {
        let of = |row| {
            let row: &BTreeMap<String, Option<String>> = row;
            let shared = row.iter().filter(|(column, _)| other.columns.contains(*column));
            shared.map(|(column, value)| (column.as_str(), value.as_deref())).collect()
        };
        let mut rows: Vec<_> = self.rows.iter().map(of).collect();
        rows.sort_unstable();
        rows
    }
}

type Books = BTreeMap<String, Held>;

const SQLITE_COLUMNS: &str = "SELECT tables.name AS in_table, columns.name AS of_name \
    FROM sqlite_schema AS tables JOIN pragma_table_xinfo(tables.name) AS columns \
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND columns.hidden = 0";
const POSTGRES_COLUMNS: &str = "SELECT table_name::text AS in_table, column_name::text AS of_name \
    FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER'";

async fn asked(connection: &DatabaseConnection, text: &str) -> Vec<sea_orm::QueryResult> {
    let statement = Statement::from_string(connection.get_database_backend(), text);
    connection.query_all_raw(statement).await.expect(text)
}

/// All that the books hold.
///
/// The texts are asked once each: PostgreSQL keeps their plans, and the tables change.
async fn held(connection: &DatabaseConnection, moment: usize) -> Books {
    let is_sqlite = connection.get_database_backend() == DbBackend::Sqlite;
    let mut books = Books::new();
    for row in asked(connection, if is_sqlite { SQLITE_COLUMNS } else { POSTGRES_COLUMNS }).await {
        let table: String = row.try_get("", "in_table").unwrap();
        if !OWN.contains(&table.as_str()) {
            let held = books.entry(table).or_default();
            assert!(held.columns.insert(row.try_get("", "of_name").unwrap()));
        }
    }
    for (table, held) in &mut books {
        let as_text = |column: &String| {
            let text = if is_sqlite { "quote(\"{}\")" } else { "\"{}\"::text" };
            format!("{} AS \"{column}\"", text.replace("{}", column))
        };
        let columns: Vec<_> = held.columns.iter().map(as_text).collect();
        let rows =
            asked(connection, &format!("SELECT {} FROM {table} -- {moment}", columns.join(", ")))
                .await;
        let of = |row: &sea_orm::QueryResult| {
            let value = |column: &String| (column.clone(), row.try_get("", column).unwrap());
            held.columns.iter().map(value).collect()
        };
        held.rows = rows.iter().map(of).collect();
    }
    books
}

/// What a step cannot hold on its way down: the step, the tables, and the reason.
const LOST: &[(&str, &[&str], &str)] = &[
    (
        "m20261127_000030_documents",
        &["invoice_lines", "invoice_tax_groups", "invoices", "stock_movements"],
        "there are only sales invoices below",
    ),
    ("m20261127_000021_settlement", &["payments"], "below, only customers pay, and for good"),
    (
        "m20261123_000005_promises",
        &["stock_levels", "stock_movements"],
        "nothing is reserved below, and nothing counted",
    ),
    (
        "m20261123_000003_stock",
        &["stock_ledger", "stock_movement_lines", "stock_movements"],
        "there are only receipts and sales below",
    ),
];

/// What both hold of the tables and columns that both have is the same, but for these tables.
fn assert_same(one: &Books, other: &Books, but: &[&str], what: &str) {
    for (table, held) in one.iter().filter(|(table, _)| !but.contains(&table.as_str())) {
        if let Some(other) = other.get(table) {
            assert_eq!(held.shared(other), other.shared(held), "{what}: {table}");
        }
    }
}

/// Makes the next step, as whoever starts the program does.
async fn up(connection: &DatabaseConnection, step: &str) {
    for backfill in BACKFILLS.iter().filter(|it| it.before == step) {
        let done = backfill.run(connection, 1_000).await.unwrap();
        assert!(done.is_done, "{step} is waited for");
    }
    let transaction = connection.begin().await.unwrap();
    let made = Migrator::up(&transaction, Some(1)).await;
    made.unwrap_or_else(|error| panic!("up to {step}: {error}"));
    transaction.commit().await.unwrap();
    if connection.get_database_backend() == DbBackend::Sqlite {
        let broken = asked(connection, "PRAGMA foreign_key_check").await;
        assert!(broken.is_empty(), "up to {step}: {broken:?}");
    }
}

/// Takes each step back, makes it again and takes it back once more, down to one of them.
async fn every_step(store: &SqlStore, database: &Database, lowest: &str) {
    let connection = planner::connection(database).await;
    if database.is_sqlite() {
        let _ = connection.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    }
    let mut moments = 0..;
    let mut moment = || moments.next().unwrap();
    let mut above = held(&connection, moment()).await;
    let steps = STEPS.iter().enumerate().rev();
    for (left, step) in steps.take_while(|(_, step)| **step >= lowest) {
        let down = async |moment| {
            store.migrate_down(1).await.unwrap_or_else(|error| panic!("below {step}: {error:?}"));
            assert_eq!(store.migration_status().await.unwrap(), status(left));
            held(&connection, moment).await
        };
        let below = down(moment()).await;
        let lost = LOST.iter().find(|(of, ..)| of == step).map_or(&[][..], |(_, tables, _)| tables);
        assert_same(&above, &below, lost, &format!("from {step} down"));

        up(&connection, step).await;
        let again = held(&connection, moment()).await;
        assert_same(&below, &again, &[], &format!("up to {step}"));

        above = down(moment()).await;
        assert_same(&below, &above, &[], &format!("up to {step} and down"));
    }
}

/// A test for each way to fill the books, down to the first step that has something to do with it.
macro_rules! filled {
    ($($name:ident: $fill:path, $lowest:literal;)+) => {
        on_both_engines! { $($name,)+ }

        $(async fn $name((store, database): (Arc<SqlStore>, Database)) {
            let _kept = Box::pin($fill(Arc::clone(&store))).await;
            every_step(&store, &database, $lowest).await;
        })+

        #[test]
        fn each_goes_down_to_a_step_that_is_there() {
            let lowest = [$($lowest),+];
            let strays: Vec<_> = lowest.iter().filter(|step| !STEPS.contains(step)).collect();
            assert!(strays.is_empty(), "{strays:?}");
            assert!(lowest.contains(&STEPS[0]));
        }
    };
}

filled! {
    books: rules::kept_books, "m20261123_000001_first_books";
    stock: stock_rules::kept_stock, "m20261123_000003_stock";
    promises: promise_rules::kept_promises, "m20261123_000003_stock";
    documents: document_rules::kept_documents, "m20261127_000010_parties_number_series";
    settlement: money_rules::kept_settlement, "m20261127_000020_exchange_rates";
    people: identity_rules::kept_people, "m20261127_000060_identity_passwords";
    tokens: token_rules::kept_tokens, "m20261127_000062_identity_sessions";
    accounts: account_rules::kept_accounts, "m20261127_000071_api_keys";
    factors: second_factor_rules::kept_factors, "m20261127_000070_second_factor";
    passkeys: passkey_rules::kept_passkeys, "m20261128_000080_passkeys";
    seals: audit_tampering::kept_seals, "m20261128_000090_audit_seals";
}
