//! Stock in a database agrees with stock on paper.

use std::sync::Arc;

use gaara_testkit::{Store, model};

use crate::databases;

#[test]
fn a_thousand_random_steps_end_on_sqlite_as_they_do_on_paper() {
    model::check(1_000, async || {
        let (store, database) = databases::sqlite().await;
        (store as Arc<dyn Store>, database)
    });
}

#[test]
fn a_thousand_random_steps_end_on_postgres_as_they_do_on_paper() {
    model::check(1_000, async || {
        let (store, database) = databases::postgres().await;
        (store as Arc<dyn Store>, database)
    });
}
