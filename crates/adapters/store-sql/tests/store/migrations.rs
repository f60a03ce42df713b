//! The schema goes up and down on both engines.

use std::sync::Arc;

use gaara_migration::{Migrator, MigratorTrait};
use gaara_testkit::Harness;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    the_schema_goes_up_and_down_and_up_again,
    instances_that_start_at_once_make_one_schema,
    a_step_of_a_later_program_is_left_alone,
}

/// Ours and the list of steps.
const TABLES: u64 = 32;

/// Every step of this program, all in one state.
fn steps(applied: bool) -> Vec<(String, bool)> {
    Migrator::migrations().iter().map(|step| (step.name().to_owned(), applied)).collect()
}

async fn tables(database: &Database) -> u64 {
    // Counted by marking rows, so that both engines answer in one way.
    let names = if database.is_sqlite() {
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    };
    let make = format!("CREATE TABLE names AS {names}");
    database.execute(&make).await.unwrap();
    let count = database.execute("DELETE FROM names WHERE name <> 'names'").await.unwrap();
    database.execute("DROP TABLE names").await.unwrap();
    count
}

async fn the_schema_goes_up_and_down_and_up_again(database: Database) {
    let store = database.open().await;
    assert_eq!(store.migration_status().await.unwrap(), steps(false));

    store.migrate_up().await.unwrap();
    assert_eq!(store.migration_status().await.unwrap(), steps(true));
    assert_eq!(tables(&database).await, TABLES);

    let count = u32::try_from(steps(true).len()).unwrap();
    store.migrate_down(count).await.unwrap();
    assert_eq!(store.migration_status().await.unwrap(), steps(false));
    assert_eq!(tables(&database).await, 1, "the list of steps");

    store.migrate_up().await.unwrap();
    store.migrate_up().await.unwrap();
    let books = Harness::new(Arc::new(store)).set_up().await;
    books.stocked_sale("10").await;
}

async fn instances_that_start_at_once_make_one_schema(database: Database) {
    let (one, two) = (database.open().await, database.open().await);
    let (first, second) = tokio::join!(one.migrate_up(), two.migrate_up());
    first.unwrap();
    second.unwrap();
    assert_eq!(tables(&database).await, TABLES);
}

async fn a_step_of_a_later_program_is_left_alone(database: Database) {
    let store = database.open().await;
    store.migrate_up().await.unwrap();
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2099_later', 0)";
    database.execute(later).await.unwrap();

    store.migrate_up().await.unwrap();
    let mut expected = steps(true);
    expected.push(("m2099_later".to_owned(), true));
    assert_eq!(store.migration_status().await.unwrap(), expected);
}
