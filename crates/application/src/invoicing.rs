//! Customers, tax rates, number series, exchange rates, invoices and payments.

mod annotate;
mod archive_customer;
mod archive_tax_rate;
mod calculate;
mod cash_rounding;
mod change;
mod change_customer;
mod change_tax_rate;
mod correct;
mod create_customer;
mod create_tax_rate;
mod credit;
mod credit_note;
mod draft;
mod exchange_queries;
mod freeze;
mod issue;
mod issuing;
mod lines;
mod move_goods;
mod number_series;
mod overdue;
mod party;
mod payments;
mod queries;
mod rates;
mod remove;
mod reports;
mod set_exchange_rate;
mod state;
mod verification;
mod void;
mod written;

pub use annotate::{AnnotateInvoice, AnnotateInvoiceError};
pub use archive_customer::{ArchiveCustomer, RestoreCustomer};
pub use archive_tax_rate::{ArchiveTaxRate, RestoreTaxRate};
pub use calculate::{CalculateError, CalculateInvoice, CalculatedInvoice};
pub use change::{ChangeInvoice, ChangeInvoiceError};
pub use change_customer::{ChangeCustomer, ChangeCustomerError};
pub use change_tax_rate::{ChangeTaxRate, ChangeTaxRateError};
pub use create_customer::{CreateCustomer, CreateCustomerError};
pub use create_tax_rate::{CreateTaxRate, CreateTaxRateError};
pub use credit::{ChangeCreditNote, CreateAndIssueCreditNote, CreateCreditNote};
pub use credit_note::{CreditNoteError, WrittenCreditNote};
pub use draft::{CreateAndIssueInvoice, CreateInvoice};
pub use exchange_queries::{FindExchangeRate, FindExchangeRateAt, ListExchangeRates};
pub use issue::{IssueInvoice, IssueInvoiceError, IssueRequest};
pub use lines::{CompletedLine, LineError, LineTax, WrittenLine};
pub(crate) use number_series::add_first_series;
pub use number_series::{
    ChangeNumberSeries, ChangeNumberSeriesError, CloseNumberSeries, CloseNumberSeriesError,
    CreateNumberSeries, CreateNumberSeriesError, FindNumberSeries, ListNumberGaps,
    ListNumberSeries, NumberError, RemoveNumberSeries, RemoveNumberSeriesError, ShownSeries,
};
pub use overdue::ListOverdueInvoices;
pub use payments::{
    AllocatePayment, AllocatePaymentError, ChangePayment, ChangePaymentError, PeriodLocked,
    RecordPayment, RecordPaymentError, RemoveAllocation, RemoveAllocationError, SettleError,
    VoidPayment, VoidPaymentFailure, VoidedPayment, WrittenAllocation,
};
pub use queries::{
    FindCustomer, FindInvoice, FindPayment, FindTaxRate, ListCustomers, ListInvoices, ListPayments,
    ListTaxRates,
};
pub use rates::RateMissing;
pub use remove::{RemoveInvoice, RemoveInvoiceError};
pub use reports::{
    AccountStatement, PeriodAsked, ReportAgedBalances, ReportError, ReportSales, ReportStatement,
    ReportTaxReturn,
};
pub use set_exchange_rate::{SetExchangeRate, SetExchangeRateError};
pub use state::InvoiceStateError;
pub use verification::{DocumentFinding, DocumentVerification};
pub use void::{VoidInvoice, VoidInvoiceError, Voiding};
pub use written::{CreateInvoiceError, WrittenInvoice};
