//! Keeping the contract of the store, behaviour by behaviour, on books that begin empty each time.

use std::fmt::Write;
use std::sync::Arc;

use gaara_application::Store;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use tokio::task::JoinHandle;

use super::{Captured, rest};
use crate::databases::{self, Database};

/// What these promise is about many at once; what they ask is what one asks, many times over.
const STORMS: &[&str] =
    &["storm", "document_storm", "settlement_storm", "concurrency", "issuing", "turnover"];
/// So does whatever has one of these in its name; the last begins a hundred times over.
const OF_MANY: &[&str] = &["at_once", "of_many", "one_of_ten", "dropped_at_any_poll"];
/// These have two at once: how many statements each of them takes is a matter of luck.
const RACES: &[&str] = &[
    "a_customer_is_archived_or_invoiced_never_both",
    "a_promise_is_kept_once",
    "a_stocktake_is_posted_once",
    "a_unit_changes_its_base_before_it_is_used_or_not_at_all",
    "closing_a_series_while_it_is_used_leaves_no_gap",
    "no_product_hangs_on_a_category_that_is_gone",
    "nothing_archived_has_stock",
    "of_two_batches_with_one_sku_one_is_told",
    "the_books_of_a_count_are_the_ledger_up_to_its_sequence",
    "the_last_administrator_stays",
    "two_stocktakes_never_count_the_same",
];

/// A behaviour: its module, its name, and how it is begun.
type Behaviour = (&'static str, &'static str, fn(Arc<dyn Store>) -> JoinHandle<()>);

macro_rules! behaviours {
    (() $($module:ident: $name:ident,)+) => {
        const BEHAVIOURS: &[Behaviour] = &[$((
            stringify!($module),
            stringify!($name),
            |store| tokio::spawn(gaara_testkit::contract::$module::$name(store)),
        ),)+];
    };
}

gaara_testkit::store_behaviours! { behaviours () }

/// Keeps the contract on SQLite or PostgreSQL, and tells what was asked.
pub(crate) async fn run(is_sqlite: bool) -> Captured {
    let captured = Captured::default();
    let mut books = if is_sqlite { Books::of_sqlite().await } else { Books::of_postgres().await };
    for (module, name, begin) in BEHAVIOURS {
        if STORMS.contains(module) || OF_MANY.iter().any(|words| name.contains(words)) {
            continue;
        }
        let counts = captured.counts();
        let store = captured.watch(books.begin().await.open().await);
        begin(Arc::new(store)).await.expect(name);
        if RACES.contains(name) {
            captured.count_again_from(counts);
        }
    }
    let store = captured.watch(books.begin().await.open().await);
    rest::ask(Arc::new(store)).await;
    captured
}

/// Books that can be begun anew in a moment: making a database takes longer than most behaviours.
enum Books {
    /// A file that is copied.
    Sqlite { empty: Database, current: Option<Database> },
    /// One database, whose rows are taken away and put back.
    Postgres { database: Database, reset: String },
}

impl Books {
    async fn of_sqlite() -> Self {
        let (_, empty) = databases::sqlite().await;
        Self::Sqlite { empty, current: None }
    }

    async fn of_postgres() -> Self {
        let (_, database) = databases::postgres().await;
        let mut connection =
            PgConnection::connect(&database.config.url).await.expect("it can be reached");
        let reset = reset(&mut connection).await;
        Self::Postgres { database, reset }
    }

    async fn begin(&mut self) -> &Database {
        match self {
            Self::Sqlite { empty, current } => {
                let copy = databases::empty_sqlite().await;
                let to = copy.config.url.trim_start_matches("sqlite:");
                let done = empty.execute(&format!("VACUUM INTO '{to}'")).await;
                let _ = done.expect("the file can be copied");
                current.insert(copy)
            }
            Self::Postgres { database, reset } => {
                let _ = database.execute(reset).await.expect("the rows can be put back");
                database
            }
        }
    }
}

/// The statements that bring every table back to the rows it has now.
async fn reset(connection: &mut PgConnection) -> String {
    let tables = "SELECT table_name::text AS name, string_agg('\"' || column_name || '\"', ', ') \
                  FILTER (WHERE is_generated = 'NEVER') AS columns FROM \
                  information_schema.columns JOIN pg_tables ON tablename = table_name AND \
                  schemaname = table_schema WHERE table_schema = 'public' \
                  AND table_name <> 'seaql_migrations' GROUP BY table_name";
    let rows = connection.fetch_all(tables).await.expect("the tables are told");
    let mut text = String::from("SET session_replication_role = replica;");
    let mut keeping = String::from("CREATE SCHEMA kept;");
    for row in rows {
        let (name, columns): (String, String) = (row.get("name"), row.get("columns"));
        let _ = write!(keeping, "CREATE TABLE kept.{name} AS TABLE public.{name};");
        let _ = write!(
            text,
            "DELETE FROM public.{name}; INSERT INTO public.{name} ({columns}) \
             OVERRIDING SYSTEM VALUE SELECT {columns} FROM kept.{name};"
        );
    }
    text.push_str(
        "SELECT setval(c.oid::regclass, 1, false) FROM pg_class c WHERE c.relkind = 'S';",
    );
    let _ = connection.execute(AssertSqlSafe(keeping)).await.expect("the rows can be kept");
    text
}
