//! The database schema, step by step, for SQLite and PostgreSQL.

mod append_only;
mod applied;
mod backfill;
mod checks;
mod dialect;
mod m20261123_000001_first_books;
mod m20261123_000002_catalogue;
mod m20261123_000003_stock;
mod m20261123_000004_period_lock;
mod m20261123_000005_promises;
mod m20261127_000007_shortages;
mod m20261127_000010_parties_number_series;
mod m20261127_000020_exchange_rates;
mod m20261127_000021_settlement;
mod m20261127_000022_instalments;
mod m20261127_000030_documents;
mod m20261127_000050_reports;
mod m20261127_000055_parties_details;
mod m20261127_000060_identity_passwords;
mod m20261127_000061_identity_roles;
mod m20261127_000062_identity_sessions;
mod m20261127_000063_identity_tokens;
mod m20261127_000070_second_factor;
mod m20261127_000071_api_keys;
mod m20261127_000072_account_links;
mod m20261128_000080_passkeys;
mod m20261128_000090_audit_seals;
mod m20261128_000100_rows_alone;
mod m20261128_000101_settled_on;
mod m20261128_000102_settled_on_stays;
mod m20261128_000120_audit_address;
mod m20261128_000130_lists_of_few;
mod m20261128_000140_unspent_payments;
mod m20261128_000141_unspent_payments_found;
mod made_up_id;
mod rebuild;
mod record;
mod rows;

use sea_orm_migration::{MigrationTrait, async_trait};

pub use append_only::APPEND_ONLY;
pub use applied::applied_steps;
pub use backfill::{BACKFILLS, Backfill, Backfilled};
pub use record::recorded;
pub use sea_orm_migration::MigratorTrait;

/// Every step of the schema, the oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_first_books::Step),
            Box::new(m20261123_000002_catalogue::Step),
            Box::new(m20261123_000003_stock::Step),
            Box::new(m20261123_000004_period_lock::Step),
            Box::new(m20261123_000005_promises::Step),
            Box::new(m20261127_000007_shortages::Step),
            Box::new(m20261127_000010_parties_number_series::Step),
            Box::new(m20261127_000020_exchange_rates::Step),
            Box::new(m20261127_000021_settlement::Step),
            Box::new(m20261127_000022_instalments::Step),
            Box::new(m20261127_000030_documents::Step),
            Box::new(m20261127_000050_reports::Step),
            Box::new(m20261127_000055_parties_details::Step),
            Box::new(m20261127_000060_identity_passwords::Step),
            Box::new(m20261127_000061_identity_roles::Step),
            Box::new(m20261127_000062_identity_sessions::Step),
            Box::new(m20261127_000063_identity_tokens::Step),
            Box::new(m20261127_000070_second_factor::Step),
            Box::new(m20261127_000071_api_keys::Step),
            Box::new(m20261127_000072_account_links::Step),
            Box::new(m20261128_000080_passkeys::Step),
            Box::new(m20261128_000090_audit_seals::Step),
            Box::new(m20261128_000100_rows_alone::Step),
            Box::new(m20261128_000101_settled_on::Step),
            Box::new(m20261128_000102_settled_on_stays::Step),
            Box::new(m20261128_000120_audit_address::Step),
            Box::new(m20261128_000130_lists_of_few::Step),
            Box::new(m20261128_000140_unspent_payments::Step),
            Box::new(m20261128_000141_unspent_payments_found::Step),
        ]
    }
}
