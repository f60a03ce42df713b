//! A database that takes the place of another one is made like it.

use gaara_store_sql::PostgresServer;
use sqlx::{AssertSqlSafe, Executor, PgConnection, Row};

use crate::databases;

/// What a database is like, but for its name: owner, encoding, locale, rights and settings.
async fn likeness(server: &mut PgConnection, database: &str) -> String {
    let query = "SELECT concat_ws(' | ', pg_get_userbyid(datdba), encoding, datcollate, datctype, \
         to_jsonb(d)->>'datlocprovider', datconnlimit, datacl, \
         (SELECT string_agg(concat(pg_get_userbyid(setrole), ' ', one), ', ' ORDER BY setrole, one) \
          FROM pg_db_role_setting CROSS JOIN unnest(setconfig) AS one WHERE setdatabase = d.oid)) AS likeness \
         FROM pg_database d WHERE datname = $1";
    let row = sqlx::query(query).bind(database).fetch_one(server).await.unwrap();
    row.get("likeness")
}

#[tokio::test]
async fn a_database_that_takes_the_place_of_another_is_made_like_it() {
    let kept = databases::empty_postgres().await;
    let url = &kept.config.url;
    let mut there = PostgresServer::connect(url).await.unwrap();
    let place = there.database().to_owned();
    let (owner, reader) = (format!("{place}_owner"), format!("{place}_reader"));
    let mut server = databases::server().await;
    let done = server
        .execute(AssertSqlSafe(format!(
            "CREATE ROLE {owner}; CREATE ROLE {reader}; \
             ALTER DATABASE {place} OWNER TO {owner}; \
             REVOKE ALL ON DATABASE {place} FROM PUBLIC; \
             GRANT CONNECT ON DATABASE {place} TO {reader} WITH GRANT OPTION; \
             ALTER DATABASE {place} SET search_path TO \"$user\", public; \
             ALTER DATABASE {place} SET default_transaction_read_only TO on; \
             ALTER ROLE {reader} IN DATABASE {place} SET statement_timeout TO '7s'; \
             ALTER DATABASE {place} CONNECTION LIMIT 17"
        )))
        .await;
    done.unwrap();
    let fresh = there.name_beside("restore");

    there.create(&fresh).await.unwrap();
    let unset = there.settle(&fresh).await.unwrap();

    let (is, should) = (likeness(&mut server, &fresh).await, likeness(&mut server, &place).await);
    there.remove(&fresh).await.unwrap();
    let gone = format!(
        "ALTER DATABASE {place} OWNER TO CURRENT_USER; \
         REVOKE ALL ON DATABASE {place} FROM {reader}; ALTER ROLE {reader} IN DATABASE {place} \
         RESET ALL; DROP ROLE {owner}; DROP ROLE {reader}"
    );
    server.execute(AssertSqlSafe(gone)).await.unwrap();
    assert_eq!(unset, Vec::<String>::new());
    assert_eq!(is, should);
    for part in [&owner, &reader, "17", "statement_timeout=7s", "search_path"] {
        assert!(is.contains(part), "{part} is not in {is}");
    }
}

#[tokio::test]
async fn who_has_no_part_in_the_owner_may_still_make_one_to_look_into() {
    let kept = databases::empty_postgres().await;
    let there = PostgresServer::connect(&kept.config.url).await.unwrap();
    let place = there.database().to_owned();
    let maker = format!("{place}_maker");
    let mut server = databases::server().await;
    let role = format!("CREATE ROLE {maker} LOGIN CREATEDB PASSWORD 'a-word'");
    server.execute(AssertSqlSafe(role)).await.unwrap();
    let (_, rest) = kept.config.url.split_once('@').unwrap();
    let url = format!("postgres://{maker}:a-word@{rest}");
    let mut theirs = PostgresServer::connect(&url).await.unwrap();
    let fresh = theirs.name_beside("restore");

    let made = theirs.create(&fresh).await;

    let is = if made.is_ok() { likeness(&mut server, &fresh).await } else { String::new() };
    theirs.remove(&fresh).await.unwrap();
    drop(theirs);
    server.execute(AssertSqlSafe(format!("DROP ROLE {maker}"))).await.unwrap();
    made.unwrap();
    assert!(is.starts_with(&maker), "{is}");
}
