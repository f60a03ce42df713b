//! What is open, by how long it has been due.

use gaara_identity::Permission;
use gaara_invoicing::report::{AgedBalances, Counterparty, Side};
use gaara_kernel::Date;

use super::{beyond, books, today};
use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Tells what customers owe, or what is owed to suppliers, at the end of a day.
#[derive(Debug, Clone)]
pub struct ReportAgedBalances {
    /// Customers or suppliers.
    pub side: Side,
    /// The day; today when absent.
    pub as_of: Option<Date>,
    /// Only this party.
    pub party: Option<Counterparty>,
}

impl Query for ReportAgedBalances {
    type Output = AgedBalances;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadReports;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<AgedBalances, ReadError> {
        let today = today(&books(view).await?, context);
        let as_of = self.as_of.unwrap_or(today);
        let items = view.open_items(self.side, as_of, self.party).await?;
        let credits = view.party_credits(self.side, as_of, self.party).await?;
        Ok(AgedBalances::try_new(as_of, items, credits).map_err(beyond)?)
    }
}
