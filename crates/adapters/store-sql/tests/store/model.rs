//! Stock in a database agrees with stock on paper.

use gaara_testkit::model;

use crate::databases;

#[test]
fn a_thousand_random_steps_end_on_sqlite_as_they_do_on_paper() {
    model::check(1_000, databases::sqlite);
}

#[test]
fn a_thousand_random_steps_end_on_postgres_as_they_do_on_paper() {
    model::check(1_000, databases::postgres);
}
