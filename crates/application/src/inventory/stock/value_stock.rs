//! What the stock is worth.

use gaara_identity::Permission;
use gaara_inventory::{StockValuation, ValuationBy, ValuationFilter};
use gaara_kernel::StoreError;

use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Values the stock from its levels, as they are now.
#[derive(Debug, Clone)]
pub struct ValueStock {
    /// What is added up.
    pub by: ValuationBy,
    /// Which levels.
    pub filter: ValuationFilter,
}

impl Query for ValueStock {
    type Output = StockValuation;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadStock;

    async fn run(&self, view: &mut dyn ReadView, _: &Context) -> Result<StockValuation, ReadError> {
        let organization = view.find_organization().await?;
        let books = organization.ok_or(StoreError::Corrupt { entity: "organization" })?;
        let rows = view.value_stock(self.by, &self.filter).await?;
        let valuation = StockValuation::try_new(books.currency, rows);
        Ok(valuation.map_err(|error| StoreError::Internal(Box::new(error)))?)
    }
}
