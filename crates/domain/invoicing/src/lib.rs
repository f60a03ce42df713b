//! Customers, tax, totals, invoices, numbering and payments as pure rules and ports.
//!
//! Totals follow the order of EN 16931, in exact integers. Numbers are gapless, issued documents
//! never change, and money always adds up.
#![deny(clippy::float_arithmetic)]

mod base;
mod canonical;
mod credit;
mod customer;
pub mod details;
mod document;
mod draft;
mod due;
mod exchange;
mod exchange_ports;
mod invoice;
mod issued;
mod list;
mod payment;
mod ports;
mod prepared;
pub mod report;
mod series;
mod settlement;
mod snapshot;
mod tax_rate;
mod taxation;
pub mod totals;
mod voided;
mod words;
pub mod zatca;

pub use base::BaseTotals;
pub use credit::{
    Correction, CreditError, CreditLine, CreditScope, Credited, CreditedBase, CreditedLine,
    CreditedSoFar,
};
pub use customer::Customer;
pub use details::{Annotations, InvoiceDetails};
pub use document::{DocumentKind, DocumentType, PartyId};
pub use draft::{DraftError, DraftInvoice, InvoiceContent, NewInvoice, NewLine};
pub use due::OpenPart;
pub use exchange::{
    DatedRate, ExchangeRate, ExchangeRateError, ExchangeRateFilter, ExchangeRateSort,
};
pub use exchange_ports::{ExchangeRateRepository, ExchangeRateView};
pub use gaara_kernel::PaymentTerms;
pub use invoice::{Invoice, InvoiceStatus};
pub use issued::{IssuedInvoice, KeptDocument, PaymentStatus};
pub use list::{
    CustomerFilter, CustomerSort, InvoiceFilter, InvoiceSort, InvoiceSummary, PaymentFilter,
    PaymentSort, SeriesFilter, SeriesSort, TaxRateFilter, TaxRateSort,
};
pub use payment::{
    AllocateError, Allocation, Direction, Mismatch, NewPayment, Payment, PaymentError,
    PaymentHistory, PaymentMethod, PaymentState, ReleaseError, VoidPaymentError,
};
pub use ports::{
    CustomerRepository, InvoiceRepository, InvoicingView, NumberRunFilter, PaymentRepository,
    SeriesChoice, SeriesRepository, SeriesView, TaxRateRepository,
};
pub use prepared::{Frozen, IssueError, PreparedInvoice};
pub use series::{
    CounterDecrease, DateOutOfOrder, InvoiceNumber, NumberGap, NumberPattern, NumberRun,
    NumberSeries, NumberedDocument, Numbering, PatternError, SeriesCounter, SeriesReset,
    SeriesStanding, YearMissing, gaps_between,
};
pub use settlement::AllocationError;
pub use snapshot::{ContentDigest, LineSnapshot, PartySnapshot, ProductSnapshot, Snapshot};
pub use tax_rate::{ExemptionError, TaxExemption, TaxRate, Validity, ValidityError};
pub use taxation::TaxationError;
pub use voided::VoidedInvoice;
