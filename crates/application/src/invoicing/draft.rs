//! Writing invoices.

use std::collections::BTreeSet;

use gaara_identity::Permission;
use gaara_invoicing::totals::DocumentAdjustment;
use gaara_invoicing::{DraftError, DraftInvoice, Invoice, IssuedInvoice, NewInvoice, NewLine};
use gaara_kernel::{
    Currency, CustomerId, Date, InvoiceId, Money, ReservationId, StoreError, WarehouseId,
};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::invoicing::cash_rounding::rounding;
use crate::invoicing::issue::{IssueInvoiceError, IssueRequest, issue};
use crate::invoicing::lines::{CompletedLine, LineError, Lookup, WrittenLine};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// An invoice as it is written.
#[derive(Debug, Clone)]
pub struct WrittenInvoice {
    /// The id a client chose.
    pub id: Option<InvoiceId>,
    /// Who buys.
    pub customer: CustomerId,
    /// Where the goods leave from; no stock moves when absent.
    pub warehouse: Option<WarehouseId>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The issue date wished for.
    pub issue_date: Option<Date>,
    /// The due date wished for.
    pub due_date: Option<Date>,
    /// Whether line prices hold the tax.
    pub prices_include_tax: bool,
    /// The lines.
    pub lines: Vec<WrittenLine>,
    /// Allowances on the whole document.
    pub allowances: Vec<DocumentAdjustment>,
    /// Charges on the whole document.
    pub charges: Vec<DocumentAdjustment>,
    /// What was paid before.
    pub prepaid: Money,
    /// What is added to the amount due to make it round.
    pub rounding: Money,
}

/// Writes a draft.
#[derive(Debug, Clone)]
pub struct CreateInvoice(pub WrittenInvoice);

/// Writes an invoice and issues it in the same transaction.
#[derive(Debug, Clone)]
pub struct CreateAndIssueInvoice(pub WrittenInvoice);

/// Why an invoice was not written. Lines count from 0.
#[derive(Debug, Error)]
pub enum CreateInvoiceError {
    /// There is no such customer.
    #[error("there is no such customer")]
    UnknownCustomer,
    /// The customer is archived.
    #[error("the customer is archived")]
    CustomerArchived,
    /// There is no such warehouse.
    #[error("there is no such warehouse")]
    UnknownWarehouse,
    /// The warehouse is archived.
    #[error("the warehouse is archived")]
    WarehouseArchived,
    /// The customer is invoiced in another currency.
    #[error("the customer is invoiced in {customer}")]
    CurrencyMismatch {
        /// The customer's currency.
        customer: Currency,
    },
    /// A line cannot be completed.
    #[error("line {line}: {error}")]
    Line {
        /// The line.
        line: usize,
        /// Why.
        error: LineError,
    },
    /// The document breaks a rule.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// The document was not issued.
    #[error(transparent)]
    Issue(Box<IssueInvoiceError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateInvoiceError);

impl From<IssueInvoiceError> for CreateInvoiceError {
    fn from(error: IssueInvoiceError) -> Self {
        match error {
            IssueInvoiceError::Store(error) => Self::Store(error),
            error => Self::Issue(Box::new(error)),
        }
    }
}

impl UseCase for CreateInvoice {
    type Output = DraftInvoice;
    type Error = CreateInvoiceError;
    const PERMISSION: Permission = Permission::DraftInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<DraftInvoice, CreateInvoiceError> {
        write(unit, &self.0, context).await
    }

    fn audit(&self, output: &DraftInvoice) -> AuditEntry {
        let written = &output.content.written;
        AuditEntry::new("invoice.drafted", written.id)
            .with("customer", &written.customer)
            .with("payable", &output.content.totals.payable)
    }
}

impl UseCase for CreateAndIssueInvoice {
    type Output = IssuedInvoice;
    type Error = CreateInvoiceError;
    const PERMISSION: Permission = Permission::IssueInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<IssuedInvoice, CreateInvoiceError> {
        let draft = write(unit, &self.0, context).await?;
        let request = IssueRequest { issue_date: None, series: None };
        Ok(issue(unit, draft, &request, context).await?)
    }

    fn audit(&self, output: &IssuedInvoice) -> AuditEntry {
        super::issue::audit_entry(output)
    }
}

async fn write(
    unit: &mut dyn UnitOfWork,
    written: &WrittenInvoice,
    context: &Context,
) -> Result<DraftInvoice, CreateInvoiceError> {
    let customer = unit.customers().hold(written.customer).await?;
    let customer = customer.ok_or(CreateInvoiceError::UnknownCustomer)?;
    if customer.archived_at.is_some() {
        return Err(CreateInvoiceError::CustomerArchived);
    }
    if customer.currency != written.currency {
        return Err(CreateInvoiceError::CurrencyMismatch { customer: customer.currency });
    }
    if let Some(warehouse) = written.warehouse {
        let warehouse = unit.warehouses().hold(warehouse).await?;
        let warehouse = warehouse.ok_or(CreateInvoiceError::UnknownWarehouse)?;
        if warehouse.archived_at.is_some() {
            return Err(CreateInvoiceError::WarehouseArchived);
        }
    }
    check_reservations(unit, written).await?;
    let products = unit.products().hold_many(&Lookup::product_ids(&written.lines)).await?;
    let codes = Lookup::rate_codes(&written.lines, &products);
    let rates = unit.tax_rates().find_many(&codes).await?;
    let lines = Lookup::new(products, rates)
        .complete_all(&written.lines, written.currency)
        .and_then(stored)
        .map_err(|(line, error)| CreateInvoiceError::Line { line, error })?;
    let organization = unit.organization().find().await?;
    let mut invoice = NewInvoice {
        id: context.id_or_new(written.id),
        customer: written.customer,
        warehouse: written.warehouse,
        currency: written.currency,
        issue_date: written.issue_date,
        due_date: written.due_date,
        prices_include_tax: written.prices_include_tax,
        lines,
        allowances: written.allowances.clone(),
        charges: written.charges.clone(),
        prepaid: written.prepaid,
        rounding: written.rounding,
    };
    invoice.rounding =
        rounding(organization.as_ref(), invoice.document()).map_err(DraftError::from)?;
    let draft = invoice.into_draft(context.now())?;
    unit.invoices().add_draft(&draft).await?;
    let event = Event::new("invoice.drafted", draft.content.written.id, context);
    unit.outbox().add(&event).await?;
    Ok(draft)
}

/// Refuses lines that name reservations which do not exist or are of something else. Whether they
/// still stand is decided when the goods leave.
async fn check_reservations(
    unit: &mut dyn UnitOfWork,
    written: &WrittenInvoice,
) -> Result<(), CreateInvoiceError> {
    let named: BTreeSet<ReservationId> =
        written.lines.iter().filter_map(|line| line.reservation).collect();
    if named.is_empty() {
        return Ok(());
    }
    let named: Vec<ReservationId> = named.into_iter().collect();
    let found = unit.reservations().find_many(&named).await?;
    for (line, sold) in written.lines.iter().enumerate() {
        let Some(id) = sold.reservation else { continue };
        let Some(reservation) = found.iter().find(|reservation| reservation.id == id) else {
            let error = LineError::UnknownReservation;
            return Err(CreateInvoiceError::Line { line, error });
        };
        let key = reservation.key;
        if (sold.product, written.warehouse) != (Some(key.product), Some(key.warehouse)) {
            let error = LineError::ReservationMismatch;
            return Err(CreateInvoiceError::Line { line, error });
        }
    }
    Ok(())
}

fn stored(lines: Vec<CompletedLine>) -> Result<Vec<NewLine>, (usize, LineError)> {
    let stored =
        |(index, line): (usize, CompletedLine)| line.stored().map_err(|error| (index, error));
    lines.into_iter().enumerate().map(stored).collect()
}

/// The draft inside, when the invoice still is one.
pub(crate) fn as_draft(invoice: Invoice) -> Result<DraftInvoice, Box<IssuedInvoice>> {
    match invoice {
        Invoice::Draft(draft) => Ok(*draft),
        Invoice::Issued(issued) => Err(issued),
    }
}
