//! What reports about stock need from a store.

use async_trait::async_trait;
use gaara_kernel::StoreError;

use crate::valuation::{ValuationBy, ValuationFilter, ValuationRow};

/// Adds stock up without waiting for writers.
#[async_trait]
pub trait StockReports: Send {
    /// What is on hand, added up: one row for each product, category or warehouse that has
    /// something, the most valuable first, and of equals the oldest. What has no category comes
    /// after its equals.
    async fn value_stock(
        &mut self,
        by: ValuationBy,
        filter: &ValuationFilter,
    ) -> Result<Vec<ValuationRow>, StoreError>;
}
