//! The step that gives stock its drafts, transfers and layers, with books that were kept before.

use gaara_application::Store;
use gaara_inventory::{
    DraftMovement, LedgerEntry, LedgerFilter, LedgerView, LevelFilter, Movement, MovementContent,
    MovementKind, MovementLine, PostedMovement, StockKey, StockLevel,
};
use gaara_kernel::{Id, PageLimit, PageRequest, Sort, SortField, Timestamp, Version};
use gaara_migration::{Migrator, MigratorTrait};
use gaara_store_sql::SqlStore;
use gaara_testkit::{code, date, money, quantity, unit_price};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use uuid::Uuid;

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    crate::databases::empty_sqlite, crate::databases::empty_postgres;
    books_kept_before_go_up_and_down_and_up_again,
    the_program_before_still_moves_stock,
}

const STEP: &str = "m20261123_000003_stock";
const PRODUCT: u128 = 1;
const MAIN: u128 = 2;
const SHOP: u128 = 3;
const RECEIPT: u128 = 4;
const ISSUE: u128 = 5;
const TRANSFER: u128 = 6;
const DRAFT: u128 = 7;

fn id<I: Id>(number: u128) -> I {
    I::from_uuid(Uuid::from_u128(number))
}

/// Steps before this one, and steps from it on.
fn around() -> (u32, u32) {
    let names: Vec<String> =
        Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
    let before = names.iter().position(|name| name == STEP).unwrap();
    (u32::try_from(before).unwrap(), u32::try_from(names.len() - before).unwrap())
}

/// A store at the step before, and how to ask its database past it.
async fn before(database: &Database) -> (SqlStore, DatabaseConnection) {
    let store = database.open().await;
    let connection = sea_orm::Database::connect(&database.config.url).await.unwrap();
    Migrator::up(&connection, Some(around().0)).await.unwrap();
    (store, connection)
}

/// Runs statements of the program before; `{1}` is the id of that number.
async fn run(connection: &DatabaseConnection, statements: &[&str]) {
    let is_sqlite = connection.get_database_backend() == sea_orm::DbBackend::Sqlite;
    for statement in statements {
        let written = (1..=9).fold((*statement).to_owned(), |text, number| {
            let id = if is_sqlite {
                format!("x'{number:032x}'")
            } else {
                format!("'{}'::uuid", Uuid::from_u128(number))
            };
            text.replace(&format!("{{{number}}}"), &id)
        });
        connection.execute_unprepared(&written).await.expect(&written);
    }
}

/// What the program before wrote: a receipt of ten at 1.75, and an issue of four.
const CATALOGUE: &[&str] = &[
    "INSERT INTO units (id, code, name_en, decimals, created_at_ms, updated_at_ms, version) \
     VALUES ({8}, 'EA', 'Piece', 0, 0, 0, 1)",
    "INSERT INTO products (id, sku, name_en, kind, unit, unit_price_millionths, currency, costing, \
     created_at_ms, updated_at_ms, version) VALUES ({1}, 'BOLT', 'Bolt', 'stocked', 'EA', 1, \
     'SAR', 'average', 0, 0, 1)",
    "INSERT INTO warehouses (id, code, name_en, created_at_ms, version) \
     VALUES ({2}, 'MAIN', 'Main', 0, 1), ({3}, 'SHOP', 'Shop', 0, 1)",
    "INSERT INTO stock_levels (product_id, warehouse_id, on_hand_millionths, \
     reserved_millionths, value_minor, currency) VALUES ({1}, {2}, 6000000, 0, 1050, 'SAR')",
];
const MOVEMENTS: &[&str] = &[
    "INSERT INTO stock_movements (id, kind, warehouse_id, effective_date, posted_at_ms) \
     VALUES ({4}, 'receipt', {2}, '2026-11-20', 1000), ({5}, 'issue', {2}, '2026-11-21', 2000)",
    "INSERT INTO stock_movement_lines (movement_id, position, product_id, quantity_millionths, \
     unit_cost_millionths) VALUES ({4}, 0, {1}, 10000000, 1750000), ({5}, 0, {1}, 4000000, NULL)",
    "INSERT INTO stock_ledger (movement_id, position, product_id, warehouse_id, \
     quantity_millionths, value_minor, currency, effective_date, posted_at_ms) \
     VALUES ({4}, 0, {1}, {2}, 10000000, 1750, 'SAR', '2026-11-20', 1000), \
     ({5}, 0, {1}, {2}, -4000000, -700, 'SAR', '2026-11-21', 2000)",
];

fn old_movement(
    number: u128,
    kind: MovementKind,
    (day, millis): (&str, i64),
    (count, unit_cost): (&str, Option<&str>),
    (moved, value): (&str, &str),
) -> PostedMovement {
    let (product, warehouse) = (id(PRODUCT), id(MAIN));
    let at = Timestamp::from_millis(millis);
    let line = MovementLine {
        product,
        quantity: quantity(count),
        unit: code("EA"),
        base_quantity: quantity(count),
        unit_cost: unit_cost.map(unit_price),
        reservation: None,
    };
    PostedMovement {
        content: MovementContent {
            id: id(number),
            kind,
            warehouse,
            to_warehouse: None,
            effective_date: Some(date(day)),
            origin: None,
            owner: None,
            note: None,
            lines: vec![line],
            created_at: at,
        },
        effective_date: date(day),
        entries: vec![LedgerEntry {
            line: 0,
            key: StockKey { product, warehouse },
            quantity: quantity(moved),
            value: money(value),
            variance: money("0"),
        }],
        posted_at: at,
        reverses: None,
        reversed_by: None,
        updated_at: at,
        version: Version::FIRST,
    }
}

fn old_movements() -> [PostedMovement; 2] {
    let (receipt, issue) = (MovementKind::Receipt, MovementKind::Issue);
    [
        old_movement(RECEIPT, receipt, ("2026-11-20", 1000), ("10", Some("1.75")), ("10", "17.50")),
        old_movement(ISSUE, issue, ("2026-11-21", 2000), ("4", None), ("-4", "-7.00")),
    ]
}

fn whole<F: SortField>() -> PageRequest<F> {
    let limit = PageLimit::try_new(PageLimit::MAX).unwrap();
    PageRequest { limit, sort: Sort::natural(), after: None, with_total: true }
}

async fn ledger(store: &SqlStore) -> Vec<LedgerView> {
    let mut view = store.view().await.unwrap();
    view.list_ledger(&LedgerFilter::default(), &whole()).await.unwrap().items
}

async fn assert_kept(store: &SqlStore) {
    let mut view = store.view().await.unwrap();
    for movement in old_movements() {
        let found = view.find_movement(movement.content.id).await.unwrap();
        assert_eq!(found, Some(Movement::Posted(movement)));
    }
    let key = StockKey { product: id(PRODUCT), warehouse: id(MAIN) };
    let (on_hand, none) = (quantity("6"), quantity("0"));
    let level = StockLevel::from_stored(key, on_hand, none, money("10.50"), None).unwrap();
    let levels = view
        .list_levels(&LevelFilter::default(), Timestamp::from_millis(0), &whole())
        .await
        .unwrap()
        .items;
    let level_of = |key: StockKey| levels.iter().find(|row| row.level.key() == key);
    assert_eq!(level_of(key).map(|row| row.level), Some(level));
    let sequences: Vec<i64> = ledger(store).await.iter().map(|row| row.sequence).collect();
    assert_eq!(sequences.get(..2), Some(&[1, 2][..]));
}

async fn assert_append_only(database: &Database) {
    for change in ["UPDATE stock_ledger SET value_minor = 1", "DELETE FROM stock_ledger"] {
        assert_refused(database, change, "stock_ledger is append-only").await;
    }
    if !database.is_sqlite() {
        assert_refused(database, "TRUNCATE stock_ledger", "stock_ledger is append-only").await;
    }
}

/// Everything the schema says, one text a line; spaces do not count.
async fn schema(connection: &DatabaseConnection) -> Vec<String> {
    let backend = connection.get_database_backend();
    let text = if backend == sea_orm::DbBackend::Sqlite {
        "SELECT name || ': ' || sql FROM sqlite_schema \
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
    } else {
        "SELECT conrelid::regclass || ' ' || conname || ': ' || pg_get_constraintdef(oid) \
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
         UNION ALL SELECT table_name || '.' || column_name || ' ' || data_type || ' ' \
         || is_nullable || ' ' || COALESCE(column_default, '') || ' ' || is_identity \
         FROM information_schema.columns WHERE table_schema = 'public'"
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, text)).await.unwrap();
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        // SQLite puts the name of a table that was made anew between quotes.
        .map(|line| line.replace('"', "").split_whitespace().collect::<String>())
        .collect();
    lines.sort();
    lines
}

/// A draft, and a transfer with two entries for its one line: nothing the step before knows.
async fn add_new_kinds(store: &SqlStore) -> PostedMovement {
    let [receipt, _] = old_movements();
    let draft = DraftMovement {
        content: MovementContent { id: id(DRAFT), effective_date: None, ..receipt.content.clone() },
        updated_at: Timestamp::from_millis(5),
        version: Version::FIRST,
    };
    let [entry] = receipt.entries.as_slice() else { panic!("one entry") };
    let entries = vec![
        LedgerEntry { quantity: quantity("-1"), value: money("-1.75"), ..*entry },
        LedgerEntry {
            key: StockKey { warehouse: id(SHOP), ..entry.key },
            quantity: quantity("1"),
            value: money("1.75"),
            ..*entry
        },
    ];
    let transfer = PostedMovement {
        content: MovementContent {
            id: id(TRANSFER),
            kind: MovementKind::Transfer,
            to_warehouse: Some(id(SHOP)),
            ..receipt.content.clone()
        },
        entries,
        ..receipt
    };
    let mut unit = store.begin().await.unwrap();
    unit.movements().add(&draft).await.unwrap();
    unit.movements().add_posted(&transfer).await.unwrap();
    unit.commit().await.unwrap();
    transfer
}

async fn books_kept_before_go_up_and_down_and_up_again(database: Database) {
    let (store, connection) = before(&database).await;
    run(&connection, CATALOGUE).await;
    run(&connection, MOVEMENTS).await;
    let schema_before = schema(&connection).await;

    store.migrate_up().await.unwrap();
    assert_kept(&store).await;
    assert_append_only(&database).await;
    let transfer = add_new_kinds(&store).await;
    let numbers: Vec<i64> = ledger(&store).await.iter().map(|row| row.sequence).collect();
    assert_eq!(numbers, [1, 2, 3, 4], "the ledger counts on");

    store.migrate_down(around().1).await.unwrap();
    assert_eq!(schema(&connection).await, schema_before);
    assert_append_only(&database).await;
    let count = async |table: &str| {
        database.execute(&format!("CREATE TABLE counted AS SELECT * FROM {table}")).await.unwrap();
        let rows = database.execute("DELETE FROM counted").await.unwrap();
        database.execute("DROP TABLE counted").await.unwrap();
        rows
    };
    for table in ["stock_movements", "stock_movement_lines", "stock_ledger"] {
        assert_eq!(count(table).await, 2, "{table}: what the step before knows");
    }

    store.migrate_up().await.unwrap();
    assert_kept(&store).await;
    assert_append_only(&database).await;
    let mut view = store.view().await.unwrap();
    assert_eq!(view.find_movement(transfer.content.id).await.unwrap(), None);
}

async fn the_program_before_still_moves_stock(database: Database) {
    let (store, connection) = before(&database).await;
    store.migrate_up().await.unwrap();

    run(&connection, CATALOGUE).await;
    run(&connection, MOVEMENTS).await;

    assert_kept(&store).await;
    let mut unit = store.begin().await.unwrap();
    let locked = unit.movements().lock(id(ISSUE)).await.unwrap();
    let [_, issue] = old_movements();
    assert_eq!(locked, Some(Movement::Posted(issue)));
}
