//! Invoices as they are written: everything they name is found, and their totals calculated.

use std::collections::BTreeSet;

use gaara_invoicing::details::Reference;
use gaara_invoicing::totals::DocumentAdjustment;
use gaara_invoicing::{
    Annotations, DocumentKind, DraftError, InvoiceContent, InvoiceDetails, NewInvoice, NewLine,
    PartyId,
};
use gaara_kernel::{Currency, Date, InvoiceId, Money, ReservationId, StoreError, WarehouseId};
use thiserror::Error;

use super::cash_rounding::rounding;
use super::issue::IssueInvoiceError;
use super::lines::{CompletedLine, LineError, Lookup, WrittenLine};
use super::party::hold_party;
use crate::failure::failure;
use crate::ports::UnitOfWork;

/// An invoice as it is written.
#[derive(Debug, Clone)]
pub struct WrittenInvoice {
    /// The id a client chose; a draft that is written again keeps its own.
    pub id: Option<InvoiceId>,
    /// Who buys, or who sells to us: it decides whether this is a sale or a purchase.
    pub party: PartyId,
    /// What the supplier calls the document; only on purchases.
    pub supplier_reference: Option<Reference>,
    /// Where the goods leave from or come to; no stock moves when absent.
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
    /// What it says besides its amounts.
    pub details: InvoiceDetails,
    /// What people note on it.
    pub annotations: Annotations,
}

impl WrittenInvoice {
    /// An invoice of these lines, with nothing else said about it.
    #[must_use]
    pub fn new(party: PartyId, currency: Currency, lines: Vec<WrittenLine>) -> Self {
        Self {
            id: None,
            party,
            supplier_reference: None,
            warehouse: None,
            currency,
            issue_date: None,
            due_date: None,
            prices_include_tax: false,
            lines,
            allowances: Vec::new(),
            charges: Vec::new(),
            prepaid: Money::zero(currency),
            rounding: Money::zero(currency),
            details: InvoiceDetails::default(),
            annotations: Annotations::default(),
        }
    }

    /// The invoice that a stored document holds, to be written again.
    #[must_use]
    pub fn again(written: &NewInvoice) -> Self {
        Self {
            id: Some(written.id),
            party: written.party,
            supplier_reference: written.supplier_reference.clone(),
            warehouse: written.warehouse,
            currency: written.currency,
            issue_date: written.issue_date,
            due_date: written.due_date,
            prices_include_tax: written.prices_include_tax,
            lines: written.lines.iter().map(WrittenLine::again).collect(),
            allowances: written.allowances.clone(),
            charges: written.charges.clone(),
            prepaid: written.prepaid,
            rounding: written.rounding,
            details: written.details.clone(),
            annotations: written.annotations.clone(),
        }
    }
}

/// Why an invoice was not written. Lines count from 0.
#[derive(Debug, Error)]
pub enum CreateInvoiceError {
    /// There is no such customer.
    #[error("there is no such customer")]
    UnknownCustomer,
    /// There is no such supplier.
    #[error("there is no such supplier")]
    UnknownSupplier,
    /// The customer or the supplier is archived.
    #[error("the {} is archived", kind.party_name())]
    PartyArchived {
        /// Which of the two.
        kind: DocumentKind,
    },
    /// There is no such warehouse.
    #[error("there is no such warehouse")]
    UnknownWarehouse,
    /// The warehouse is archived.
    #[error("the warehouse is archived")]
    WarehouseArchived,
    /// The party is invoiced in another currency.
    #[error("the party is invoiced in {party}")]
    CurrencyMismatch {
        /// The party's currency.
        party: Currency,
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

impl WrittenInvoice {
    /// Finds everything the invoice names, and calculates its totals.
    pub(super) async fn complete(
        &self,
        unit: &mut dyn UnitOfWork,
        id: InvoiceId,
    ) -> Result<InvoiceContent, CreateInvoiceError> {
        self.check_party(unit).await?;
        if let Some(warehouse) = self.warehouse {
            let warehouse = unit.warehouses().hold(warehouse).await?;
            let warehouse = warehouse.ok_or(CreateInvoiceError::UnknownWarehouse)?;
            if warehouse.archived_at.is_some() {
                return Err(CreateInvoiceError::WarehouseArchived);
            }
        }
        self.check_reservations(unit).await?;
        let products = unit.products().hold_many(&Lookup::product_ids(&self.lines)).await?;
        let codes = Lookup::rate_codes(&self.lines, &products);
        let rates = unit.tax_rates().find_many(&codes).await?;
        let units = Lookup::unit_codes(&self.lines, &products);
        let units = unit.units().find_many(&units).await?;
        let lines = Lookup::new(products, rates, units)
            .complete_all(&self.lines, self.currency)
            .and_then(stored)
            .map_err(|(line, error)| CreateInvoiceError::Line { line, error })?;
        let organization = unit.organization().find().await?;
        let mut written = NewInvoice {
            supplier_reference: self.supplier_reference.clone(),
            warehouse: self.warehouse,
            issue_date: self.issue_date,
            due_date: self.due_date,
            prices_include_tax: self.prices_include_tax,
            allowances: self.allowances.clone(),
            charges: self.charges.clone(),
            prepaid: self.prepaid,
            rounding: self.rounding,
            details: self.details.clone(),
            annotations: self.annotations.clone().sorted(),
            ..NewInvoice::new(id, self.party, self.currency, lines)
        };
        written.rounding =
            rounding(organization.as_ref(), written.document()).map_err(DraftError::from)?;
        Ok(written.into_content()?)
    }

    async fn check_party(&self, unit: &mut dyn UnitOfWork) -> Result<(), CreateInvoiceError> {
        let party = hold_party(unit, self.party).await?;
        let party = party.ok_or(match self.party.kind() {
            DocumentKind::Sale => CreateInvoiceError::UnknownCustomer,
            DocumentKind::Purchase => CreateInvoiceError::UnknownSupplier,
        })?;
        if party.is_archived {
            return Err(CreateInvoiceError::PartyArchived { kind: self.party.kind() });
        }
        if party.currency != self.currency {
            return Err(CreateInvoiceError::CurrencyMismatch { party: party.currency });
        }
        Ok(())
    }

    /// Refuses lines that name reservations which do not exist or are of something else. Whether
    /// they still stand is decided when the goods leave.
    async fn check_reservations(
        &self,
        unit: &mut dyn UnitOfWork,
    ) -> Result<(), CreateInvoiceError> {
        let named: BTreeSet<ReservationId> =
            self.lines.iter().filter_map(|line| line.reservation).collect();
        if named.is_empty() {
            return Ok(());
        }
        let named: Vec<ReservationId> = named.into_iter().collect();
        let found = unit.reservations().find_many(&named).await?;
        for (line, sold) in self.lines.iter().enumerate() {
            let Some(id) = sold.reservation else { continue };
            let Some(reservation) = found.iter().find(|reservation| reservation.id == id) else {
                let error = LineError::UnknownReservation;
                return Err(CreateInvoiceError::Line { line, error });
            };
            let key = reservation.key;
            if (sold.product, self.warehouse) != (Some(key.product), Some(key.warehouse)) {
                let error = LineError::ReservationMismatch;
                return Err(CreateInvoiceError::Line { line, error });
            }
        }
        Ok(())
    }
}

fn stored(lines: Vec<CompletedLine>) -> Result<Vec<NewLine>, (usize, LineError)> {
    let stored =
        |(index, line): (usize, CompletedLine)| line.stored().map_err(|error| (index, error));
    lines.into_iter().enumerate().map(stored).collect()
}
