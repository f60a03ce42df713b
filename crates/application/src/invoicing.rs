//! Customers, tax rates, invoices and payments.

mod calculate;
mod correct;
mod create_customer;
mod create_tax_rate;
mod draft;
mod freeze;
mod issue;
mod issuing;
mod lines;
mod move_goods;
mod party;
mod pay;
mod queries;
mod state;
mod written;

pub use calculate::{CalculateError, CalculateInvoice, CalculatedInvoice};
pub use create_customer::{CreateCustomer, CreateCustomerError};
pub use create_tax_rate::{CreateTaxRate, CreateTaxRateError};
pub use draft::{CreateAndIssueInvoice, CreateInvoice};
pub use issue::{IssueInvoice, IssueInvoiceError, IssueRequest};
pub(crate) use issuing::first_series;
pub use lines::{CompletedLine, LineError, LineTax, WrittenLine};
pub use pay::{RecordPayment, RecordPaymentError};
pub use queries::{
    FindCustomer, FindInvoice, FindPayment, FindTaxRate, ListCustomers, ListInvoices, ListPayments,
    ListTaxRates,
};
pub use state::InvoiceStateError;
pub use written::{CreateInvoiceError, WrittenInvoice};
