//! Questions about customers, invoices and payments.

use gaara_invoicing::{
    Customer, CustomerFilter, CustomerSort, Invoice, InvoiceFilter, InvoiceSort, InvoiceSummary,
    Payment, PaymentFilter, PaymentSort, TaxRate, TaxRateFilter, TaxRateSort,
};
use gaara_kernel::{CustomerId, InvoiceId, Page, PageRequest, PaymentId, TaxRateId};

use crate::use_case::queries;

queries! {
    /// Finds a customer.
    FindCustomer {
        /// Which.
        id: CustomerId,
    } -> Option<Customer>,
    needs ReadCustomers,
    by find_customer(*id);

    /// Lists customers.
    ListCustomers {
        /// Which customers.
        filter: CustomerFilter,
        /// Which part of the list.
        page: PageRequest<CustomerSort>,
    } -> Page<Customer>,
    needs ReadCustomers,
    by list_customers(filter, page);

    /// Finds a tax rate.
    FindTaxRate {
        /// Which.
        id: TaxRateId,
    } -> Option<TaxRate>,
    needs ReadTaxRates,
    by find_tax_rate(*id);

    /// Lists tax rates.
    ListTaxRates {
        /// Which tax rates.
        filter: TaxRateFilter,
        /// Which part of the list.
        page: PageRequest<TaxRateSort>,
    } -> Page<TaxRate>,
    needs ReadTaxRates,
    by list_tax_rates(filter, page);

    /// Finds an invoice.
    FindInvoice {
        /// Which.
        id: InvoiceId,
    } -> Option<Invoice>,
    needs ReadInvoices,
    by find_invoice(*id);

    /// Lists invoices.
    ListInvoices {
        /// Which invoices.
        filter: InvoiceFilter,
        /// Which part of the list.
        page: PageRequest<InvoiceSort>,
    } -> Page<InvoiceSummary>,
    needs ReadInvoices,
    by list_invoices(filter, page);

    /// Finds a payment.
    FindPayment {
        /// Which.
        id: PaymentId,
    } -> Option<Payment>,
    needs ReadPayments,
    by find_payment(*id);

    /// Lists payments.
    ListPayments {
        /// Which payments.
        filter: PaymentFilter,
        /// Which part of the list.
        page: PageRequest<PaymentSort>,
    } -> Page<Payment>,
    needs ReadPayments,
    by list_payments(filter, page);
}
