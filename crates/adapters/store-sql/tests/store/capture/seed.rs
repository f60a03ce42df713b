//! Books that have grown: every table that grows has tens of thousands of rows, as they would be
//! after years, up to the days that the contract is kept on.

use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

use crate::databases::Database;
use crate::plans::seed::seed;

/// Ids of one kind lie behind those of another.
const KINDS: &[(&str, u64)] = &[
    ("{product ", 1),
    ("{warehouse ", 2),
    ("{movement ", 3),
    ("{reservation ", 4),
    ("{customer ", 5),
    ("{supplier ", 6),
    ("{invoice ", 7),
    ("{payment ", 8),
    ("{user ", 9),
    ("{session ", 10),
    ("{category ", 11),
    ("{stocktake ", 12),
    ("{key ", 13),
    ("{audit ", 14),
    ("{row ", 15),
];
/// When the contract begins: seconds before and after it.
const NOW_MS: &str = "1795424400000 + 1000 * ";

/// What fills each table: `-- rows`, and a statement with `n` for the number of a row.
const SEEDS: &str = include_str!("seed.sql");

/// Fills a database that has its tables, past every rule: what is looked at is how it is read.
pub(crate) async fn fill(database: &Database) {
    if database.is_sqlite() {
        let options: SqliteConnectOptions = database.config.url.parse().expect("an address");
        let options = options.foreign_keys(false).synchronous(SqliteSynchronous::Off);
        let mut connection = SqliteConnection::connect_with(&options).await.expect("it opens");
        let triggers = connection.fetch_all(SQLITE_TRIGGERS).await.expect("the triggers are told");
        let indexes = connection.fetch_all(SQLITE_INDEXES).await.expect("the indexes are told");
        run(&mut connection, "PRAGMA ignore_check_constraints = ON").await;
        run(&mut connection, &dropped("TRIGGER", &triggers)).await;
        run(&mut connection, &dropped("INDEX", &indexes)).await;
        for statement in statements(true).into_iter().chain(made(&indexes)) {
            run(&mut connection, &statement).await;
        }
        connection.close().await.expect("it closes");
    } else {
        let url = &database.config.url;
        let mut connection = PgConnection::connect(url).await.expect("it can be reached");
        let indexes = connection.fetch_all(POSTGRES_INDEXES).await.expect("the indexes are told");
        run(&mut connection, UNRULED).await;
        run(&mut connection, &dropped("INDEX", &indexes)).await;
        for statement in statements(false).into_iter().chain(made(&indexes)) {
            run(&mut connection, &statement).await;
        }
        connection.close().await.expect("it closes");
    }
}

const SQLITE_TRIGGERS: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
/// An index is made in a fraction of the time once the rows are there.
const SQLITE_INDEXES: &str =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
const POSTGRES_INDEXES: &str = "SELECT indexname::text AS name, indexdef AS sql FROM pg_indexes \
    WHERE schemaname = 'public' AND NOT EXISTS \
    (SELECT 1 FROM pg_constraint WHERE conname = indexname)";

/// The statement that takes all of these away.
fn dropped<R: Row>(kind: &str, rows: &[R]) -> String
where
    for<'a> &'a str: sqlx::ColumnIndex<R>,
    for<'a> String: sqlx::Decode<'a, R::Database> + sqlx::Type<R::Database>,
{
    let drop = |row: &R| format!("DROP {kind} {};", row.get::<String, _>("name"));
    rows.iter().map(drop).collect()
}

/// The statements that make these again.
fn made<R: Row>(rows: &[R]) -> Vec<String>
where
    for<'a> &'a str: sqlx::ColumnIndex<R>,
    for<'a> String: sqlx::Decode<'a, R::Database> + sqlx::Type<R::Database>,
{
    rows.iter().map(|row| row.get("sql")).collect()
}

/// PostgreSQL keeps neither checks nor triggers nor references meanwhile.
const UNRULED: &str = "SET session_replication_role = replica; \
    DO $$ DECLARE it record; BEGIN FOR it IN SELECT conname, conrelid::regclass AS name \
    FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 \
    AND connamespace = 'public'::regnamespace LOOP \
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.name, it.conname); \
    END LOOP; END $$";

async fn run<'c, E: Executor<'c>>(connection: E, statement: &str) {
    let done = connection.execute(AssertSqlSafe(statement.to_owned())).await;
    let _ = done.unwrap_or_else(|error| panic!("{error}: {statement}"));
}

/// Every statement, as an engine understands it.
fn statements(is_sqlite: bool) -> Vec<String> {
    let parts = SEEDS.split("\n-- ").skip(1);
    parts
        .map(|part| {
            let (rows, text) = part.split_once('\n').expect("a number and a statement");
            let text = text.trim().trim_end_matches(';').replace('\n', " ");
            seed(rows.parse().expect("a number"), &worded(&text), is_sqlite)
        })
        .collect()
}

/// A statement whose ids and instants are in the words that every seed has.
fn worded(text: &str) -> String {
    let mut text = text.replace("{at ", &format!("{{ms {NOW_MS}"));
    for (word, number) in KINDS {
        text = text.replace(word, &format!("{{id {} + ", number << 32));
    }
    text
}
