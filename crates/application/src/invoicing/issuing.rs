//! The steps of issuing, in the order of the locks: documents, stock, party, series last.

use gaara_identity::{Organization, Permission};
use gaara_inventory::PostError;
use gaara_invoicing::details::TypeCode;
use gaara_invoicing::totals::TaxCategory;
use gaara_invoicing::{
    BaseTotals, DocumentKind, DocumentType, DraftInvoice, Frozen, IssuedInvoice, NumberedDocument,
    PartyId, PaymentTerms, PreparedInvoice, Snapshot,
};
use gaara_kernel::{Code, Date, StoreError};

use super::correct::{Corrected, correct};
use super::freeze::{hold_goods, take_snapshot};
use super::issue::{IssueInvoiceError, IssueRequest};
use super::move_goods::move_goods;
use super::number_series::{NumberError, take_number};
use super::party::{Party, hold_party};
use super::rates::rate_at;
use crate::context::Context;
use crate::inventory::posting_day;
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// What issuing stands on, found before anything is written.
pub(super) struct Books {
    pub(super) organization: Organization,
    pub(super) party: Party,
    pub(super) issue_date: Date,
    /// Whether somebody asked for that date.
    is_wished: bool,
}

pub(super) async fn issue(
    unit: &mut dyn UnitOfWork,
    draft: DraftInvoice,
    request: &IssueRequest,
    context: &Context,
) -> Result<IssuedInvoice, IssueInvoiceError> {
    let (mut draft, mut corrected) = correct(unit, draft).await?;
    let books = Books::find(unit, &draft, request, context).await?;
    let corrected_on = corrected.as_ref().map(|it| it.invoice.issue_date);
    if let Some(last) = corrected_on.filter(|last| books.issue_date < *last) {
        return Err(IssueInvoiceError::BeforeCorrected { invoice: last });
    }
    if corrected.is_none() {
        tax(unit, &mut draft, books.issue_date).await?;
    }
    let usual_code = usual_type_code(&draft, &books);
    draft.content.written.details.type_code.get_or_insert(usual_code);
    let at_once = PaymentTerms::default();
    let terms = match draft.content.written.document_type() {
        DocumentType::Invoice => &books.party.terms,
        DocumentType::CreditNote => &at_once,
    };
    let prepared = draft.prepare(books.issue_date, terms)?;
    let base = base_totals(unit, &prepared, corrected.as_ref(), &books).await?;
    let goods = hold_goods(unit, prepared.content()).await?;
    let snapshot = take_snapshot(unit, &prepared, &goods, &books).await?;
    check_tax_ids(&prepared, &snapshot)?;
    let costs = move_goods(unit, &prepared, (&goods, base.rate), &books, context).await?;
    check_credit(unit, &prepared, &books, request, context).await?;
    let frozen = Frozen { snapshot, costs, base };
    let numbered = NumberedDocument::of(&prepared.content().written);
    let number = match take_number(unit, numbered, request.series.as_ref(), books.issue_date).await
    {
        // Somebody issued on the next day already, while this one waited for its turn: the date
        // was nobody's wish, so a later attempt takes the day it happens on.
        Err(NumberError::DateOutOfOrder(_)) if !books.is_wished => Err(StoreError::Conflict.into()),
        taken => taken,
    }?;
    let mut issued = prepared.issue(number, frozen, context.now(), |bytes| context.sha256(bytes));
    if let Some(Corrected { invoice, .. }) = &mut corrected {
        let set_off = invoice.set_off(&mut issued, context.now());
        set_off.map_err(|error| StoreError::Internal(Box::new(error)))?;
        unit.invoices().save_settlements(std::slice::from_ref(invoice)).await?;
    }
    unit.invoices().save_issued(&issued).await?;
    announce(unit, &issued, corrected.map(|it| it.invoice).as_ref(), context).await?;
    Ok(issued)
}

impl Books {
    async fn find(
        unit: &mut dyn UnitOfWork,
        draft: &DraftInvoice,
        request: &IssueRequest,
        context: &Context,
    ) -> Result<Self, IssueInvoiceError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(IssueInvoiceError::NotSetUp)?;
        let written = &draft.content.written;
        let party = hold_party(unit, written.party).await?;
        let party = party.ok_or(StoreError::Corrupt { entity: "invoice" })?;
        if party.is_archived && written.document_type() == DocumentType::Invoice {
            return Err(IssueInvoiceError::PartyArchived);
        }
        let wish = request.issue_date.or(written.issue_date);
        let day = posting_day(unit, &organization, wish, context).await?;
        let issue_date = day.effective_date(wish).map_err(|error| match error {
            PostError::DateInFuture { today } => IssueInvoiceError::DateInFuture { today },
            PostError::PeriodLocked { locked_through } => {
                IssueInvoiceError::PeriodLocked { locked_through }
            }
            error => IssueInvoiceError::Stock(error),
        })?;
        Ok(Self { organization, party, issue_date, is_wished: wish.is_some() })
    }
}

/// Holds an invoice to the tax rates of its day. A credit note keeps to those of its invoice.
async fn tax(
    unit: &mut dyn UnitOfWork,
    draft: &mut DraftInvoice,
    date: Date,
) -> Result<(), IssueInvoiceError> {
    let lines = draft.content.written.lines.iter();
    let mut codes: Vec<Code> = lines.filter_map(|line| line.tax_rate.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let rates = unit.tax_rates().find_many(&codes).await?;
    Ok(draft.content.taxed_on(date, &rates)?)
}

/// What the document comes to in the books: at the rate of its day, and a credit note at that of
/// its invoice.
async fn base_totals(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    corrected: Option<&Corrected>,
    books: &Books,
) -> Result<BaseTotals, IssueInvoiceError> {
    let totals = &prepared.content().totals;
    let base = if let Some(Corrected { invoice, so_far }) = corrected {
        invoice.base_of_note(totals, so_far)
    } else {
        let (from, to) = (totals.payable.currency(), books.organization.currency);
        let rate = rate_at(unit, from, to, books.issue_date).await??;
        BaseTotals::try_new(totals, rate, to)
    };
    base.map_err(|_| IssueInvoiceError::TooLarge)
}

/// What a document is when nobody says: every invoice of a Saudi seller is a tax invoice.
fn usual_type_code(draft: &DraftInvoice, books: &Books) -> TypeCode {
    let written = &draft.content.written;
    let seller = match written.kind() {
        DocumentKind::Sale => books.organization.country,
        DocumentKind::Purchase => books.party.snapshot.address.country,
    };
    match written.document_type() {
        DocumentType::CreditNote => TypeCode::CREDIT_NOTE,
        DocumentType::Invoice if seller.code() == "SA" => TypeCode::TAX_INVOICE,
        DocumentType::Invoice => TypeCode::INVOICE,
    }
}

/// Where the buyer owes the tax, both sides must be registered.
///
/// Source: EN 16931 BR-AE-02 to BR-AE-04.
fn check_tax_ids(prepared: &PreparedInvoice, snapshot: &Snapshot) -> Result<(), IssueInvoiceError> {
    let groups = &prepared.content().totals.tax_groups;
    let is_reversed = groups.iter().any(|it| it.tax.category() == TaxCategory::ReverseCharge);
    if is_reversed && (snapshot.buyer.tax_id.is_none() || snapshot.seller.tax_id.is_none()) {
        return Err(IssueInvoiceError::TaxIdRequired);
    }
    Ok(())
}

/// Refuses what would make the customer owe more than it may. The customer is locked first, so
/// that two invoices cannot both use the last of the credit.
async fn check_credit(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    books: &Books,
    request: &IssueRequest,
    context: &Context,
) -> Result<(), IssueInvoiceError> {
    let PartyId::Customer(customer) = books.party.id else { return Ok(()) };
    let is_invoice = prepared.content().written.document_type() == DocumentType::Invoice;
    if books.party.credit_limit.is_none() || !is_invoice {
        return Ok(());
    }
    let customer = unit.customers().lock(customer).await?;
    let customer = customer.ok_or(StoreError::Corrupt { entity: "customer" })?;
    let Some(limit) = customer.credit_limit else {
        return Ok(());
    };
    let open = unit.invoices().open_balance(customer.id, customer.currency).await?;
    let balance = open
        .plus(prepared.content().totals.payable)
        .map_err(|error| StoreError::Internal(Box::new(error)))?;
    if balance.minor() <= limit.minor() {
        return Ok(());
    }
    if !request.override_credit_limit {
        return Err(IssueInvoiceError::CreditLimitExceeded { limit, balance });
    }
    if context.actor().permissions().allow(Permission::OverrideCreditLimit) {
        Ok(())
    } else {
        Err(IssueInvoiceError::OverrideForbidden)
    }
}

/// Tells the outside world what was issued, and what became of a corrected invoice.
async fn announce(
    unit: &mut dyn UnitOfWork,
    issued: &IssuedInvoice,
    corrected: Option<&IssuedInvoice>,
    context: &Context,
) -> Result<(), StoreError> {
    let written = &issued.content.written;
    let kind = match corrected {
        None => "invoice.issued",
        Some(_) => "credit_note.issued",
    };
    let mut events = vec![
        Event::about(kind, &written.document_id().to_string(), context)
            .with("number", &issued.number.text())
            .with("payable", &issued.content.totals.payable.amount())
            .with("currency", &written.currency),
    ];
    if let Some(invoice) = corrected {
        let id = invoice.content.written.document_id();
        events.push(
            Event::about("invoice.credited", &id.to_string(), context)
                .with("number", &invoice.number.text())
                .with("credit_note_id", &written.document_id())
                .with("open", &invoice.open().amount()),
        );
    }
    unit.outbox().add_all(&events).await
}
