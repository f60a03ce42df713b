//! What is to be declared.

use gaara_identity::Permission;
use gaara_invoicing::report::{Period, TaxReturn};

use super::{PeriodAsked, ReportError, beyond, books};
use crate::context::Context;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Adds up the tax of a period by category and rate.
#[derive(Debug, Clone)]
pub struct ReportTaxReturn {
    /// The days.
    pub period: PeriodAsked,
}

impl Query for ReportTaxReturn {
    type Output = (Period, TaxReturn);
    type Error = ReportError;
    const PERMISSION: Permission = Permission::ReadReports;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<(Period, TaxReturn), ReportError> {
        let books = books(view).await?;
        let period = self.period.days(&books, context)?;
        let rows = view.taxed(books.currency, period).await?;
        Ok((period, TaxReturn::try_new(books.currency, rows).map_err(beyond)?))
    }
}
