//! Customers, tax rates, number series, exchange rates, invoices and payments.

mod archive_customer;
mod archive_tax_rate;
mod calculate;
mod cash_rounding;
mod change_customer;
mod change_tax_rate;
mod create_customer;
mod create_tax_rate;
mod draft;
mod exchange_queries;
mod issue;
mod lines;
mod number_series;
mod pay;
mod queries;
mod set_exchange_rate;

pub use archive_customer::{ArchiveCustomer, RestoreCustomer};
pub use archive_tax_rate::{ArchiveTaxRate, RestoreTaxRate};
pub use calculate::{CalculateError, CalculateInvoice, CalculatedInvoice};
pub use change_customer::{ChangeCustomer, ChangeCustomerError};
pub use change_tax_rate::{ChangeTaxRate, ChangeTaxRateError};
pub use create_customer::{CreateCustomer, CreateCustomerError};
pub use create_tax_rate::{CreateTaxRate, CreateTaxRateError};
pub use draft::{CreateAndIssueInvoice, CreateInvoice, CreateInvoiceError, WrittenInvoice};
pub use exchange_queries::{FindExchangeRate, FindExchangeRateAt, ListExchangeRates};
pub use issue::{IssueInvoice, IssueInvoiceError};
pub use lines::{CompletedLine, LineError, LineTax, WrittenLine};
pub(crate) use number_series::add_first_series;
pub use number_series::{
    ChangeNumberSeries, ChangeNumberSeriesError, CloseNumberSeries, CloseNumberSeriesError,
    CreateNumberSeries, CreateNumberSeriesError, FindNumberSeries, ListNumberGaps,
    ListNumberSeries, NumberError, RemoveNumberSeries, RemoveNumberSeriesError, ShownSeries,
};
pub use pay::{RecordPayment, RecordPaymentError};
pub use queries::{
    FindCustomer, FindInvoice, FindPayment, FindTaxRate, ListCustomers, ListInvoices, ListPayments,
    ListTaxRates,
};
pub use set_exchange_rate::{SetExchangeRate, SetExchangeRateError};
