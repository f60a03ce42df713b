//! Exchange rates.

use gaara_invoicing::DatedRate;
use serde::Serialize;
use utoipa::ToSchema;

/// What one unit of a foreign currency is worth, from a day on until a later rate is known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExchangeRateBody {
    /// The id.
    #[schema(example = "exr_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The foreign currency, of which one unit is meant.
    #[schema(example = "USD")]
    pub(crate) currency: &'static str,
    /// The first day it holds on.
    #[schema(example = "2026-11-23")]
    pub(crate) rate_date: String,
    /// How much of the books' currency one unit is.
    #[schema(example = "3.75")]
    pub(crate) rate: String,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&DatedRate> for ExchangeRateBody {
    fn from(rate: &DatedRate) -> Self {
        Self {
            id: rate.id.to_string(),
            currency: rate.currency.code(),
            rate_date: rate.rate_date.to_string(),
            rate: rate.rate.to_string(),
            created_at: rate.created_at.to_string(),
            updated_at: rate.updated_at.to_string(),
            version: rate.version.number(),
        }
    }
}
