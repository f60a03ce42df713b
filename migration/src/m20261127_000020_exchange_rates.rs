//! What one unit of a foreign currency is worth, from a day on.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The step.
pub(crate) struct Step;

const UP: &[&str] = &[
    "CREATE TABLE exchange_rates (
        id {id} NOT NULL CONSTRAINT exchange_rates_pkey PRIMARY KEY,
        currency {currency},
        rate_date {date} NOT NULL,
        rate_scaled {integer} NOT NULL CONSTRAINT rate_range
            CHECK (rate_scaled BETWEEN 1 AND 1000000000000000000),
        created_at_ms {integer} NOT NULL,
        updated_at_ms {integer} NOT NULL,
        {version},
        CONSTRAINT exchange_rates_date_key UNIQUE (currency, rate_date)
    ) {strict}",
    "CREATE INDEX exchange_rates_date ON exchange_rates (rate_date, id)",
    "CREATE INDEX exchange_rates_currency ON exchange_rates (currency, rate_date, id)",
    "CREATE INDEX exchange_rates_updated ON exchange_rates (updated_at_ms, id)",
];

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000020_exchange_rates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), &["DROP TABLE exchange_rates"]).await
    }
}
