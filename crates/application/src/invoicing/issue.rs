//! Issuing invoices: number, stock, audit and events in one transaction.

use gaara_identity::{Organization, Permission};
use gaara_inventory::{DraftMovement, MovementContent, MovementKind, MovementOwner, PostError};
use gaara_invoicing::{
    Customer, DraftInvoice, IssueError, IssuedInvoice, NewLine, NumberedDocument, PreparedInvoice,
};
use gaara_kernel::{Code, Currency, Date, InvoiceId, Money, StoreError, Version, WarehouseId};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::{
    Goods, MoveStockError, MovementLineError, PlaceError, WrittenMovementLine, hold_places,
    move_stock,
};
use crate::invoicing::draft::as_draft;
use crate::invoicing::number_series::{NumberError, take_number};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What is issued.
const DOCUMENT: NumberedDocument = NumberedDocument::SaleInvoice;

/// Issues a draft.
#[derive(Debug, Clone)]
pub struct IssueInvoice {
    /// Which draft.
    pub id: InvoiceId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
    /// The date; the draft's when absent, else today.
    pub issue_date: Option<Date>,
    /// The number series; the usual one of its kind when absent.
    pub series: Option<Code>,
}

/// Why a draft was not issued.
#[derive(Debug, Error)]
pub enum IssueInvoiceError {
    /// There is no such invoice.
    #[error("there is no such invoice")]
    NotFound,
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Somebody changed the draft meanwhile.
    #[error("the invoice is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It was issued before.
    #[error("the invoice was issued as {number}")]
    AlreadyIssued {
        /// Its number.
        number: String,
    },
    /// The date has not come yet; a number dated ahead would stop the series until then.
    #[error("today is {today}")]
    DateInFuture {
        /// The business date of today.
        today: Date,
    },
    /// The draft is not complete.
    #[error(transparent)]
    Incomplete(#[from] IssueError),
    /// No exchange rate into the books' currency is known.
    #[error("no exchange rate from {from} to {to} is known")]
    RateMissing {
        /// The invoice's currency.
        from: Currency,
        /// The books' currency.
        to: Currency,
    },
    /// The goods of a line cannot leave.
    #[error("line {line}: {error}")]
    Line {
        /// The line, from 0.
        line: usize,
        /// Why not.
        error: MovementLineError,
    },
    /// The goods cannot leave from there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The goods cannot leave.
    #[error(transparent)]
    Stock(#[from] PostError),
    /// The customer would owe more than it may.
    #[error("the customer may owe {limit} and would owe {balance}")]
    CreditLimitExceeded {
        /// What the customer may owe.
        limit: Money,
        /// What it would owe.
        balance: Money,
    },
    /// It was given no number.
    #[error(transparent)]
    Number(NumberError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(IssueInvoiceError);

impl From<NumberError> for IssueInvoiceError {
    fn from(error: NumberError) -> Self {
        match error {
            NumberError::Store(error) => Self::Store(error),
            error => Self::Number(error),
        }
    }
}

impl From<MoveStockError> for IssueInvoiceError {
    fn from(error: MoveStockError) -> Self {
        match error {
            // An invoice names no origin.
            MoveStockError::UnknownOrigin => Self::Stock(PostError::OriginUnfit),
            MoveStockError::Post(error) => Self::Stock(error),
            MoveStockError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for IssueInvoice {
    type Output = IssuedInvoice;
    type Error = IssueInvoiceError;
    const PERMISSION: Permission = Permission::IssueInvoices;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<IssuedInvoice, IssueInvoiceError> {
        let invoice = unit.invoices().lock(self.id).await?.ok_or(IssueInvoiceError::NotFound)?;
        let current = invoice.version();
        let draft = as_draft(invoice)
            .map_err(|issued| IssueInvoiceError::AlreadyIssued { number: issued.number.text() })?;
        if self.expected.is_some_and(|expected| expected != current) {
            return Err(IssueInvoiceError::Stale { current });
        }
        let request = IssueRequest { issue_date: self.issue_date, series: self.series.clone() };
        issue(unit, draft, &request, context).await
    }

    fn audit(&self, output: &IssuedInvoice) -> AuditEntry {
        audit_entry(output)
    }
}

pub(super) fn audit_entry(issued: &IssuedInvoice) -> AuditEntry {
    AuditEntry::new("invoice.issued", issued.content.written.id)
        .with("number", &issued.number.text())
        .with("issue_date", &issued.issue_date)
        .with("payable", &issued.content.totals.payable)
}

/// What is asked of issuing.
pub(super) struct IssueRequest {
    pub(super) issue_date: Option<Date>,
    pub(super) series: Option<Code>,
}

/// Issues a locked draft. Locks follow the order of the house: stock, customer, series last.
pub(super) async fn issue(
    unit: &mut dyn UnitOfWork,
    draft: DraftInvoice,
    request: &IssueRequest,
    context: &Context,
) -> Result<IssuedInvoice, IssueInvoiceError> {
    let organization = unit.organization().find().await?.ok_or(IssueInvoiceError::NotSetUp)?;
    let written = &draft.content.written;
    let (from, to) = (written.currency, organization.currency);
    if from != to {
        return Err(IssueInvoiceError::RateMissing { from, to });
    }
    let customer = unit.customers().find(written.customer).await?;
    let customer = customer.ok_or(StoreError::Corrupt { entity: "invoice" })?;
    let today = organization.date_at(context.now());
    let wish = request.issue_date.or(written.issue_date);
    let (wished, issue_date) = (wish.is_some(), wish.unwrap_or(today));
    if issue_date > today {
        return Err(IssueInvoiceError::DateInFuture { today });
    }
    let prepared = draft.prepare(issue_date, &customer.payment_terms)?;

    if let Some(warehouse) = prepared.content().written.warehouse {
        deliver(unit, &prepared, warehouse, &organization, context).await?;
    }
    check_credit(unit, &prepared, &customer).await?;
    let named = request.series.as_ref();
    let number = match take_number(unit, DOCUMENT, named, issue_date).await {
        // Somebody issued on the next day already, while this one waited for its turn: the date
        // was nobody's wish, so a later attempt takes the day it happens on.
        Err(NumberError::DateOutOfOrder(_)) if !wished => Err(StoreError::Conflict.into()),
        taken => taken,
    }?;
    let issued = prepared.issue(number, context.now());

    unit.invoices().save_issued(&issued).await?;
    let event = Event::new("invoice.issued", issued.content.written.id, context)
        .with("number", &issued.number.text())
        .with("payable", &issued.content.totals.payable.amount())
        .with("currency", &issued.content.written.currency);
    unit.outbox().add(&event).await?;
    Ok(issued)
}

/// Takes the sold goods out of the stock.
async fn deliver(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    warehouse: WarehouseId,
    organization: &Organization,
    context: &Context,
) -> Result<(), IssueInvoiceError> {
    let written = &prepared.content().written;
    let named: Vec<(usize, WrittenMovementLine)> =
        written.lines.iter().enumerate().filter_map(as_movement_line).collect();
    let sold: Vec<WrittenMovementLine> = named.iter().map(|(_, line)| line.clone()).collect();
    let goods = Goods::hold(unit, &sold).await?;
    let mut lines = Vec::with_capacity(named.len());
    let mut places = Vec::with_capacity(named.len());
    for (index, line) in &named {
        if goods.is_stocked(line.product) {
            let moved = goods.line(line);
            lines.push(moved.map_err(|error| IssueInvoiceError::Line { line: *index, error })?);
            places.push(*index);
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    hold_places(unit, warehouse, None).await??;
    let delivery = MovementContent {
        id: context.new_id(),
        kind: MovementKind::Issue,
        warehouse,
        to_warehouse: None,
        effective_date: Some(prepared.issue_date()),
        origin: None,
        owner: Some(MovementOwner::Invoice(written.id)),
        note: None,
        lines,
        created_at: context.now(),
    };
    let draft =
        DraftMovement { content: delivery, updated_at: context.now(), version: Version::FIRST };
    let place = |line: usize| places.get(line).copied().unwrap_or(line);
    let posted = move_stock(unit, draft, &goods, organization, context)
        .await
        .map_err(|error| error.at_lines(place))?;
    unit.movements().add_posted(&posted).await?;
    Ok(())
}

/// What a line of an invoice moves, with its place in the invoice; nothing without a product.
fn as_movement_line((index, line): (usize, &NewLine)) -> Option<(usize, WrittenMovementLine)> {
    let moved = WrittenMovementLine::new(line.product?, line.input.quantity);
    let (unit, reservation) = (Some(line.unit.clone()), line.reservation);
    Some((index, WrittenMovementLine { unit, reservation, ..moved }))
}

/// Refuses what would make the customer owe more than it may. The customer is locked first, so
/// that two invoices cannot both use the last of the credit.
async fn check_credit(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    customer: &Customer,
) -> Result<(), IssueInvoiceError> {
    if customer.credit_limit.is_none() {
        return Ok(());
    }
    let customer = unit.customers().lock(customer.id).await?;
    let customer = customer.ok_or(StoreError::Corrupt { entity: "customer" })?;
    let Some(limit) = customer.credit_limit else {
        return Ok(());
    };
    let open = unit.invoices().open_balance(customer.id, customer.currency).await?;
    let balance = open
        .plus(prepared.content().totals.payable)
        .map_err(|error| StoreError::Internal(Box::new(error)))?;
    if balance.minor() > limit.minor() {
        return Err(IssueInvoiceError::CreditLimitExceeded { limit, balance });
    }
    Ok(())
}
