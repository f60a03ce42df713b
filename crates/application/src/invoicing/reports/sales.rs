//! What was sold.

use gaara_identity::Permission;
use gaara_invoicing::report::{Period, SalesBy, SalesReport};

use super::{PeriodAsked, ReportError, beyond, books};
use crate::context::Context;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Tells what was sold in a period.
#[derive(Debug, Clone)]
pub struct ReportSales {
    /// What is added up.
    pub by: SalesBy,
    /// The days.
    pub period: PeriodAsked,
}

impl Query for ReportSales {
    type Output = (Period, SalesReport);
    type Error = ReportError;
    const PERMISSION: Permission = Permission::ReadReports;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<(Period, SalesReport), ReportError> {
        let books = books(view).await?;
        let period = self.period.days(&books, context)?;
        let rows = view.sales(books.currency, self.by, period).await?;
        Ok((period, SalesReport::try_new(books.currency, self.by, rows).map_err(beyond)?))
    }
}
