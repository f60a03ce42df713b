//! Listing what should have been paid by today.

use gaara_identity::Permission;
use gaara_invoicing::{InvoiceFilter, InvoiceSort, InvoiceSummary};
use gaara_kernel::{Page, PageRequest};

use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Lists the invoices that something is open of although their due date has gone by, as of the
/// organisation's own day.
#[derive(Debug, Clone)]
pub struct ListOverdueInvoices {
    /// Which of them; a day that is given in it is replaced.
    pub filter: InvoiceFilter,
    /// Which part of the list.
    pub page: PageRequest<InvoiceSort>,
}

impl Query for ListOverdueInvoices {
    type Output = Page<InvoiceSummary>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadInvoices;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Page<InvoiceSummary>, ReadError> {
        let organization = view.find_organization().await?;
        let today = organization.map(|organization| organization.date_at(context.now()));
        // Before there is an organisation nothing can be owed to it.
        let overdue_on = Some(today.unwrap_or(gaara_kernel::Date::MIN));
        let filter = InvoiceFilter { overdue_on, ..self.filter.clone() };
        Ok(view.list_invoices(&filter, &self.page).await?)
    }
}
