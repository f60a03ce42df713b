//! A role that may run a server, and can neither rewrite history nor change the schema.

mod people;

use std::sync::Arc;

use gaara_kernel::StoreError;
use gaara_store_sql::{APPEND_ONLY, Barred, BooksRule, GrantError, SqlStore};
use gaara_testkit::Harness;

use self::people::{Person, code};
use crate::books::kept_books;
use crate::databases::{self, Database};
use crate::migrations::{STEPS, status, steps_from};

/// What a role without rights is told.
const DENIED: Option<&str> = Some("42501");

/// The names in the first column of the rows that a query answers.
async fn names(database: &Database, query: &str) -> Vec<String> {
    database.texts(query).await.unwrap()
}

/// A column of a table that can only grow.
fn column(table: &str) -> &str {
    match table {
        "audit_log" => "actor",
        "audit_seals" => "root",
        _ => "position",
    }
}

/// What nobody may do to the tables that can only grow, whatever a trigger says.
async fn assert_history_is_kept(server: &Person) {
    for table in APPEND_ONLY {
        for statement in [
            format!("UPDATE {table} SET {} = {}", column(table), column(table)),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table} CASCADE"),
            format!("ALTER TABLE {table} DISABLE TRIGGER {table}_append_only"),
            format!("DROP TABLE {table} CASCADE"),
        ] {
            let refused = server.execute(&statement).await.unwrap_err();
            assert_eq!(code(&refused).as_deref(), DENIED, "{statement}: {refused}");
            assert!(!refused.to_string().contains("append-only"), "{statement}: {refused}");
        }
        server.execute(&format!("SELECT count(*) FROM {table}")).await.unwrap();
    }
}

/// What changes the schema, or what its triggers do.
const CHANGES: &[&str] = &[
    "CREATE TABLE public.of_mine (id int)",
    "CREATE SCHEMA of_mine",
    "DROP TABLE warehouses CASCADE",
    "ALTER TABLE warehouses ADD COLUMN of_mine int",
    "CREATE OR REPLACE FUNCTION gaara_refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RETURN NULL; END $$",
    "DROP FUNCTION gaara_refuse_change() CASCADE",
    "SET session_replication_role = replica",
    "TRUNCATE warehouses CASCADE",
    "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m2099_x', 0)",
    "UPDATE seaql_migrations SET applied_at = 0",
    "DELETE FROM seaql_migrations",
];

async fn assert_schema_is_kept(server: &Person) {
    for statement in CHANGES {
        let refused = server.execute(statement).await.unwrap_err();
        assert_eq!(code(&refused).as_deref(), DENIED, "{statement}: {refused}");
    }
}

async fn assert_rows_are_written(server: &Person) {
    for statement in [
        "INSERT INTO warehouses (id, code, name_en, created_at_ms, updated_at_ms, version) \
         VALUES (gen_random_uuid(), 'ROLES', 'Main', 5, 5, 1)",
        "UPDATE warehouses SET name_en = 'Other' WHERE code = 'ROLES'",
        "DELETE FROM warehouses WHERE code = 'ROLES'",
    ] {
        assert_eq!(server.execute(statement).await.unwrap(), 1, "{statement}");
    }
}

#[tokio::test]
async fn a_role_that_runs_a_server_cannot_rewrite_history() {
    let (store, database) = databases::postgres().await;
    let server = Person::new(&database, "a \"server\"").await;
    let refused = server.execute("SELECT count(*) FROM audit_log").await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "nobody is let in by default");

    let planned = store.grant_plan(&server.name).await.unwrap();
    let refused = server.execute("SELECT count(*) FROM audit_log").await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "a plan gives nothing");
    assert_eq!(store.grant(&server.name).await.unwrap(), planned);
    assert_history_is_kept(&server).await;
    assert_schema_is_kept(&server).await;
    assert_rows_are_written(&server).await;

    assert_eq!(store.grant(&server.name).await.unwrap(), planned, "and once more");
    assert_history_is_kept(&server).await;
    assert_rows_are_written(&server).await;
}

#[tokio::test]
async fn a_role_that_had_everything_loses_what_is_too_much() {
    let (store, database) = databases::postgres().await;
    let server = Person::new(&database, "had_all").await;
    let quoted = server.quoted();
    for given in [
        "ALL ON ALL TABLES IN SCHEMA public",
        "ALL ON ALL SEQUENCES IN SCHEMA public",
        "ALL ON SCHEMA public",
        "UPDATE (actor) ON audit_log",
    ] {
        database.execute(&format!("GRANT {given} TO {quoted}")).await.unwrap();
    }
    let all = "SELECT format('GRANT ALL ON DATABASE %I TO ', current_database())";
    let all = names(&database, all).await.remove(0);
    database.execute(&format!("{all} {quoted}")).await.unwrap();
    let defaults = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO";
    database.execute(&format!("{defaults} {quoted}")).await.unwrap();
    server.execute("CREATE SCHEMA of_mine").await.unwrap();
    server.execute("DROP SCHEMA of_mine").await.unwrap();

    store.grant(&server.name).await.unwrap();

    assert_history_is_kept(&server).await;
    assert_schema_is_kept(&server).await;
    assert_rows_are_written(&server).await;
    let refused = server.execute("UPDATE audit_log SET actor = 'x'").await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "rights on a column go too");
    let statement = "SELECT setval(pg_get_serial_sequence('stock_ledger', 'sequence'), 1)";
    let refused = server.execute(statement).await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "counters are not put back");
    database.execute("CREATE TABLE later (id int)").await.unwrap();
    server.execute("DELETE FROM later").await.unwrap();
    let refused = server.execute("TRUNCATE later").await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "nor is too much given of what comes later");
}

#[tokio::test]
async fn whoever_cannot_be_kept_from_it_is_refused_and_nothing_is_given() {
    let (store, database) = databases::postgres().await;
    let owner = names(&database, "SELECT current_user::text").await.remove(0);
    let server = Person::new(&database, "refused").await;
    let refusal = async |role: &str| store.grant(role).await.unwrap_err();
    let quoted = server.quoted();

    assert!(matches!(refusal("nobody; --").await, GrantError::Unknown(_)));
    assert!(matches!(refusal(&owner).await, GrantError::Mighty(_)));
    database.execute(&format!("ALTER ROLE {quoted} SUPERUSER")).await.unwrap();
    assert!(matches!(refusal(&server.name).await, GrantError::Mighty(_)));
    database.execute(&format!("ALTER ROLE {quoted} NOSUPERUSER")).await.unwrap();
    // What it gets by everybody, and nobody takes from it.
    database.execute("GRANT DELETE, UPDATE (at_ms) ON audit_log TO PUBLIC").await.unwrap();
    let GrantError::TooMuch { rights, .. } = refusal(&server.name).await else { panic!() };
    assert_eq!(rights, ["DELETE ON TABLE public.audit_log", "UPDATE ON TABLE public.audit_log"]);
    let refused = server.execute("SELECT count(*) FROM warehouses").await.unwrap_err();
    assert_eq!(code(&refused).as_deref(), DENIED, "nothing was given");
    database.execute("REVOKE ALL ON audit_log FROM PUBLIC").await.unwrap();
    store.grant(&server.name).await.unwrap();

    let stranger = SqlStore::connect(&server.config()).await.unwrap();
    let refused = stranger.grant(&server.name).await.unwrap_err();
    assert!(matches!(refused, GrantError::NotTheOwner { .. }), "{refused:?}");
    let empty = databases::empty_postgres().await;
    let refused = empty.open().await.grant(&server.name).await.unwrap_err();
    assert!(matches!(refused, GrantError::NoBooks), "{refused:?}");
    let (file, _directory) = databases::sqlite().await;
    assert!(matches!(file.grant("x").await.unwrap_err(), GrantError::File));
}

#[tokio::test]
async fn the_tables_that_can_only_grow_are_those_with_the_trigger() {
    let (_, database) = databases::postgres().await;
    let query = "SELECT tgrelid::regclass::text FROM pg_trigger \
                 WHERE tgfoid = 'gaara_refuse_change'::regproc ORDER BY 1";
    assert_eq!(names(&database, query).await, APPEND_ONLY);
    let query = "SELECT tgrelid::regclass::text FROM pg_trigger \
                 WHERE tgname = tgrelid::regclass::text || '_append_only' ORDER BY 1";
    assert_eq!(names(&database, query).await, APPEND_ONLY);
}

#[tokio::test]
async fn a_table_that_is_made_anew_can_still_only_grow() {
    let (store, database) = databases::postgres().await;
    let server = Person::new(&database, "made_anew").await;
    store.grant(&server.name).await.unwrap();
    // The owner gives whatever comes later to be changed, since nothing tells tables apart there.
    store.migrate_down(steps_from("m20261127_000020_exchange_rates")).await.unwrap();
    let seals = "SELECT count(*)::text FROM pg_tables WHERE tablename = 'audit_seals'";
    assert_eq!(names(&database, seals).await, ["0"]);

    store.migrate_up().await.unwrap();

    assert_history_is_kept(&server).await;
    assert_schema_is_kept(&server).await;
    assert_rows_are_written(&server).await;
    server.execute("SELECT count(*) FROM exchange_rates").await.unwrap();
}

/// Everything happens once: each use case, each trigger and each counter.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_books_are_kept_by_such_a_role() {
    let database = databases::empty_postgres().await;
    let owner = Person::new(&database, "owner").await;
    owner.own().await;
    let server = Person::new(&database, "server").await;
    let of_owner = SqlStore::connect(&owner.config()).await.unwrap();
    of_owner.migrate_up().await.unwrap();
    of_owner.grant(&server.name).await.unwrap();

    let store = Arc::new(SqlStore::connect(&server.config()).await.unwrap());
    store.migrate_up().await.unwrap();
    assert_eq!(store.migration_status().await.unwrap(), status(STEPS.len()));
    let books = kept_books(&store).await;
    let head = books.app.seal_audit_log().await.unwrap().unwrap();

    let verified = books.app.verify_audit_log(&books.system(), &[head]).await.unwrap();
    assert_eq!((verified.findings_total, verified.unsealed), (0, 0));
    let looked = store.books().await.unwrap();
    for rule in BooksRule::ALL {
        assert_eq!(looked.check(rule).await.unwrap().findings, [], "{rule:?}");
    }
    assert_history_is_kept(&server).await;
    assert_schema_is_kept(&server).await;
}

/// Why somebody could not bring the schema up to date.
fn barred(refused: StoreError) -> Barred {
    let StoreError::Internal(cause) = refused else { panic!("{refused:?}") };
    *cause.downcast::<Barred>().unwrap()
}

#[tokio::test]
async fn a_role_is_told_which_step_its_owner_has_to_apply() {
    let (store, database) = databases::postgres().await;
    let server = Person::new(&database, "told").await;
    let of_server = SqlStore::connect(&server.config()).await.unwrap();
    let user = server.name.clone();
    let not_let_in = barred(of_server.migrate_up().await.unwrap_err());
    assert_eq!(not_let_in, Barred::User { user: user.clone() });
    store.grant(&server.name).await.unwrap();
    of_server.migrate_up().await.unwrap();

    // Where a backfill comes first, none of it is done.
    let step = "m20261128_000141_unspent_payments_found".to_owned();
    store.migrate_down(1).await.unwrap();
    let missing = Barred::Step { step, user };
    assert_eq!(barred(of_server.migrate_up().await.unwrap_err()), missing);
    assert_eq!(barred(of_server.migration_plan().await.unwrap_err()), missing);

    store.migrate_up().await.unwrap();
    of_server.migrate_up().await.unwrap();
    let books = Harness::new(Arc::new(of_server)).set_up().await;
    books.stocked_sale("10").await;
}
