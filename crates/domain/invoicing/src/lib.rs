//! Customers, tax, totals, invoices, numbering and payments as pure rules and ports.
//!
//! Totals follow the order of EN 16931, in exact integers. Numbers are gapless, issued documents
//! never change, and money always adds up.
#![deny(clippy::float_arithmetic)]

mod customer;
mod draft;
mod exchange;
mod exchange_ports;
mod invoice;
mod issued;
mod list;
mod payment;
mod ports;
mod series;
mod tax_rate;
pub mod totals;

pub use customer::Customer;
pub use draft::{
    DraftError, DraftInvoice, InvoiceContent, IssueError, NewInvoice, NewLine, PreparedInvoice,
};
pub use exchange::{
    DatedRate, ExchangeRate, ExchangeRateError, ExchangeRateFilter, ExchangeRateSort,
};
pub use exchange_ports::{ExchangeRateRepository, ExchangeRateView};
pub use gaara_kernel::PaymentTerms;
pub use invoice::{Invoice, InvoiceStatus};
pub use issued::{AllocationError, IssuedInvoice, PaymentStatus};
pub use list::{
    CustomerFilter, CustomerSort, InvoiceFilter, InvoiceSort, InvoiceSummary, PaymentFilter,
    PaymentSort, SeriesFilter, SeriesSort, TaxRateFilter, TaxRateSort,
};
pub use payment::{Allocation, NewPayment, Payment, PaymentError, PaymentMethod};
pub use ports::{
    CustomerRepository, InvoiceRepository, InvoicingView, NumberRunFilter, PaymentRepository,
    SeriesChoice, SeriesRepository, SeriesView, TaxRateRepository,
};
pub use series::{
    CounterDecrease, DateOutOfOrder, InvoiceNumber, NumberGap, NumberPattern, NumberRun,
    NumberSeries, NumberedDocument, Numbering, PatternError, SeriesCounter, SeriesReset,
    SeriesStanding, YearMissing, gaps_between,
};
pub use tax_rate::{ExemptionError, TaxExemption, TaxRate, Validity, ValidityError};
