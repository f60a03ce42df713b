//! An application built by the library: where its books and keys are kept, and what is refused.
#![expect(clippy::unwrap_used, reason = "a step that fails must end its test")]

use std::sync::Arc;

use gaara::application::inventory::{CreateWarehouse, FindWarehouse};
use gaara::kernel::{BilingualText, Clock, Code, Timestamp, WarehouseId};
use gaara::{BuildError, Gaara, SqlConfig};
use sqlx::SqlitePool;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        Timestamp::parse("2026-11-23T12:00:00Z").unwrap()
    }
}

async fn add_warehouse(gaara: &Gaara) -> WarehouseId {
    let name = BilingualText::try_new(Some("الرئيسي"), None).unwrap();
    let create = CreateWarehouse { id: None, code: Code::parse("MAIN").unwrap(), name };
    gaara.execute(&gaara.system(), &create).await.unwrap().id
}

#[tokio::test]
async fn what_was_written_to_sqlite_is_there_the_next_time() {
    let directory = tempfile::tempdir().unwrap();
    // Signs that mean something in an address.
    let path = directory.path().join("books 100% #1?.db");
    let open = || Gaara::builder().sqlite(&path).clock(Arc::new(Noon)).build();

    let gaara = open().await.unwrap();
    let id = add_warehouse(&gaara).await;
    gaara.close().await.unwrap();

    assert!(path.exists());
    let gaara = open().await.unwrap();
    let found = gaara.ask(&gaara.system(), &FindWarehouse { id }).await.unwrap().unwrap();
    assert_eq!(found.created_at, Noon.now());
}

#[tokio::test]
async fn each_application_in_memory_has_books_of_its_own() {
    let one = Gaara::builder().in_memory().build().await.unwrap();
    let two = Gaara::builder().in_memory().build().await.unwrap();

    let id = add_warehouse(&one).await;

    let found = two.ask(&two.system(), &FindWarehouse { id }).await.unwrap();
    assert_eq!(found, None);
}

#[tokio::test]
async fn the_data_directory_keeps_the_key() {
    let directory = tempfile::tempdir().unwrap();
    let build = || Gaara::builder().data_dir(directory.path().join("data")).build();
    let key = || std::fs::read(directory.path().join("data/secrets/jwt_signing_key")).unwrap();

    build().await.unwrap();
    let first = key();
    build().await.unwrap();

    assert_eq!(key(), first);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let build = || Gaara::builder().data_dir(directory.path()).build();
    build().await.unwrap();

    std::fs::write(directory.path().join("secrets/jwt_signing_key"), "not a key").unwrap();

    assert!(matches!(build().await, Err(BuildError::SigningKey)));
}

/// Builds on a file, after a statement was run on what the first build left there.
async fn rebuild_after(
    statement: &'static str,
    allow_newer_schema: bool,
) -> Result<Gaara, BuildError> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("books.db");
    let url = gaara::sqlite_url(&path).unwrap();
    let config = SqlConfig { allow_newer_schema, ..SqlConfig::new(url) };
    let build = || Gaara::builder().sql(config.clone()).build();
    build().await.unwrap().close().await.unwrap();
    let pool = SqlitePool::connect(&gaara::sqlite_url(&path).unwrap()).await.unwrap();
    sqlx::query(statement).execute(&pool).await.unwrap();
    pool.close().await;
    build().await
}

#[tokio::test]
async fn the_schema_of_a_later_program_serves_this_one_where_that_is_allowed() {
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m99990101_x', 0)";

    rebuild_after(later, true).await.unwrap();

    let refusal = rebuild_after(later, false).await.unwrap_err();
    let BuildError::NewerSchema { step } = &refusal else { panic!("{refusal:?}") };
    assert_eq!(step, "m99990101_x");
    let told = refusal.to_string();
    for part in
        ["m99990101_x", "database.allow_newer_schema", "start the newer program", "البرنامج الأحدث"]
    {
        assert!(told.contains(part), "{told}");
    }
}

#[tokio::test]
async fn a_schema_that_skipped_a_step_of_this_program_is_refused() {
    let replaced = "UPDATE seaql_migrations SET version = 'm99990101_x' \
                    WHERE version = (SELECT max(version) FROM seaql_migrations)";

    let refusal = rebuild_after(replaced, true).await;

    let refusal = refusal.unwrap_err();
    assert!(matches!(refusal, BuildError::NewerDatabase(_)), "{refusal:?}");
    assert!(refusal.to_string().contains("changed by a newer program"));
}
