//! What invoicing needs from a store.

mod series;

use async_trait::async_trait;
use gaara_kernel::{
    Code, Currency, CustomerId, InvoiceId, Money, Page, PageRequest, PaymentId, StoreError,
    TaxRateId,
};

use crate::credit::CreditedSoFar;
use crate::customer::Customer;
use crate::document::PartyId;
use crate::draft::DraftInvoice;
use crate::invoice::Invoice;
use crate::issued::{IssuedInvoice, KeptDocument};
use crate::list::{
    CustomerFilter, CustomerSort, InvoiceFilter, InvoiceSort, InvoiceSummary, PaymentFilter,
    PaymentSort, TaxRateFilter, TaxRateSort,
};
use crate::payment::Payment;
use crate::snapshot::ContentDigest;
use crate::tax_rate::TaxRate;
use crate::voided::VoidedInvoice;

pub use series::{NumberRunFilter, SeriesChoice, SeriesRepository, SeriesView};

/// Keeps customers.
#[async_trait]
pub trait CustomerRepository: Send {
    /// Adds a customer.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `customer.id` or `customer.email`.
    async fn add(&mut self, customer: &Customer) -> Result<(), StoreError>;

    /// A customer by id.
    async fn find(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;

    /// A customer, kept from every other writer until the unit ends; whoever changes what a
    /// customer owes locks the customer first.
    async fn lock(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;

    /// A customer, kept from being changed or archived until the unit ends; many may hold it at
    /// once.
    async fn hold(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;

    /// A customer, kept from every other writer and holder until the unit ends.
    async fn lock_whole(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;

    /// Saves a customer that was locked as a whole before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `customer.email`.
    async fn save(&mut self, customer: &Customer) -> Result<(), StoreError>;
}

/// Keeps tax rates.
#[async_trait]
pub trait TaxRateRepository: Send {
    /// Adds a tax rate.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `tax_rate.id` or `tax_rate.code`.
    async fn add(&mut self, rate: &TaxRate) -> Result<(), StoreError>;

    /// A tax rate, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError>;

    /// Saves a tax rate that was locked before.
    async fn save(&mut self, rate: &TaxRate) -> Result<(), StoreError>;

    /// The tax rates with these codes that exist, in no particular order, in one round trip.
    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError>;
}

/// Keeps invoices and credit notes, sold and bought.
#[async_trait]
pub trait InvoiceRepository: Send {
    /// Adds a draft with its lines, in a number of statements that does not grow with them.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `invoice.id`.
    async fn add_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError>;

    /// An invoice, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError>;

    /// The invoices with these ids that exist, kept from every other writer, sorted by id.
    async fn lock_many(&mut self, ids: &[InvoiceId]) -> Result<Vec<Invoice>, StoreError>;

    /// Saves all that a draft says, which was locked before and still is one.
    async fn save_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError>;

    /// Removes a draft, which was locked before, and all that hangs on it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it is no draft.
    async fn remove_draft(&mut self, id: InvoiceId) -> Result<(), StoreError>;

    /// Saves the notes and tags of a document that was locked before, and nothing else of it.
    async fn save_annotations(&mut self, invoice: &Invoice) -> Result<(), StoreError>;

    /// Saves that a draft, locked before, was issued. What it says may differ from the draft: a
    /// credit note comes to what is left on the day it is issued.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `invoice.number`, or with `invoice.supplier_reference` when
    /// another issued document of the same type has that reference of the same supplier.
    async fn save_issued(&mut self, invoice: &IssuedInvoice) -> Result<(), StoreError>;

    /// Saves what was paid and credited of issued invoices, locked before, in one statement.
    async fn save_settlements(&mut self, invoices: &[IssuedInvoice]) -> Result<(), StoreError>;

    /// Saves that an issued document, locked before, was voided.
    async fn save_voided(&mut self, invoice: &VoidedInvoice) -> Result<(), StoreError>;

    /// What issued credit notes took back of an invoice, which was locked before; in a number of
    /// statements that does not grow with them.
    async fn credited(&mut self, invoice: InvoiceId) -> Result<CreditedSoFar, StoreError>;

    /// Whether a party has drafts, or documents with something open.
    async fn is_busy(&mut self, party: PartyId) -> Result<bool, StoreError>;

    /// What a customer owes: the sum of what is open on its issued invoices in this currency, less
    /// what is left of its credit notes.
    async fn open_balance(
        &mut self,
        customer: CustomerId,
        currency: Currency,
    ) -> Result<Money, StoreError>;
}

/// Keeps payments.
#[async_trait]
pub trait PaymentRepository: Send {
    /// Adds a payment with its allocations.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `payment.id`.
    async fn add(&mut self, payment: &Payment) -> Result<(), StoreError>;

    /// A payment, kept from every other writer until the unit ends. It is locked before the
    /// invoices it settles.
    async fn lock(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError>;

    /// Saves what changed of a payment that was locked before: its state, its notes, and its
    /// allocations, in a number of statements that does not grow with them.
    async fn save(&mut self, payment: &Payment) -> Result<(), StoreError>;
}

/// Reads invoicing without waiting for writers.
#[async_trait]
pub trait InvoicingView: Send {
    /// A customer by id.
    async fn find_customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;

    /// Customers that match, sorted.
    async fn list_customers(
        &mut self,
        filter: &CustomerFilter,
        page: &PageRequest<CustomerSort>,
    ) -> Result<Page<Customer>, StoreError>;

    /// A tax rate by id.
    async fn find_tax_rate(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError>;

    /// The tax rates with these codes that exist.
    async fn find_tax_rates(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError>;

    /// Tax rates that match, sorted.
    async fn list_tax_rates(
        &mut self,
        filter: &TaxRateFilter,
        page: &PageRequest<TaxRateSort>,
    ) -> Result<Page<TaxRate>, StoreError>;

    /// An invoice by id.
    async fn find_invoice(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError>;

    /// Invoices that match, sorted.
    async fn list_invoices(
        &mut self,
        filter: &InvoiceFilter,
        page: &PageRequest<InvoiceSort>,
    ) -> Result<Page<InvoiceSummary>, StoreError>;

    /// Documents after another one that were issued, voided since or not, by id: each as far as it
    /// can be read, in a number of statements that does not grow with them.
    async fn list_issued(
        &mut self,
        after: Option<InvoiceId>,
        limit: u32,
    ) -> Result<Vec<KeptDocument>, StoreError>;

    /// The digests of those of these documents that were issued, in no particular order; none of
    /// one that lost it.
    async fn find_digests(
        &mut self,
        ids: &[InvoiceId],
    ) -> Result<Vec<(InvoiceId, Option<ContentDigest>)>, StoreError>;

    /// A payment by id.
    async fn find_payment(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError>;

    /// Payments that match, sorted.
    async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        page: &PageRequest<PaymentSort>,
    ) -> Result<Page<Payment>, StoreError>;
}
