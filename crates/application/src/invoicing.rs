//! Customers, tax rates, invoices and payments.

mod calculate;
mod create_customer;
mod create_tax_rate;
mod draft;
mod issue;
mod lines;
mod pay;
mod queries;
mod reports;

pub use calculate::{CalculateError, CalculateInvoice, CalculatedInvoice};
pub use create_customer::{CreateCustomer, CreateCustomerError};
pub use create_tax_rate::{CreateTaxRate, CreateTaxRateError};
pub use draft::{CreateAndIssueInvoice, CreateInvoice, CreateInvoiceError, WrittenInvoice};
pub(crate) use issue::FIRST_SERIES;
pub use issue::{IssueInvoice, IssueInvoiceError};
pub use lines::{CompletedLine, LineError, LineTax, WrittenLine};
pub use pay::{RecordPayment, RecordPaymentError};
pub use queries::{
    FindCustomer, FindInvoice, FindPayment, FindTaxRate, ListCustomers, ListInvoices, ListPayments,
    ListTaxRates,
};
pub use reports::{
    AccountStatement, PeriodAsked, ReportAgedBalances, ReportError, ReportSales, ReportStatement,
    ReportTaxReturn,
};
