//! The SQL store on both engines.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must end"
)]

mod account_rules;
mod audit_tampering;
mod backfills;
mod batch_statements;
mod books;
mod capture;
mod connections;
mod credit_plans;
mod databases;
mod document_rules;
mod document_statements;
mod document_step;
mod documents;
mod every_plan;
mod few_plans;
mod frozen;
mod identity_rules;
mod invoice_plans;
mod likeness;
mod lists;
mod migrations;
mod model;
mod money_plans;
mod money_rules;
mod money_statements;
mod passkey_rules;
mod planner;
mod plans;
mod promise_rules;
mod promise_statements;
mod roles;
mod rules;
mod schema;
mod second_factor_rules;
mod shortages;
mod statements;
mod steps_with_rows;
mod stock_rules;
mod stock_step;
mod token_rules;
mod unique_keys;
mod unspent;

mod contract_on_sqlite {
    gaara_testkit::store_contract!(crate::databases::sqlite());
}

mod contract_on_postgres {
    gaara_testkit::store_contract!(crate::databases::postgres());
}
