//! How invoicing is listed.

use gaara_kernel::{
    BilingualText, CustomerId, Date, EmailAddress, InvoiceId, Money, SearchQuery, Timestamp,
    Version, sort_fields,
};

use crate::invoice::InvoiceStatus;
use crate::issued::PaymentStatus;
use crate::series::NumberedDocument;
use crate::totals::TaxCategory;

sort_fields! {
    /// The fields a list of customers may be sorted by.
    CustomerSort {
        /// When it was added.
        CreatedAt => "created_at", integer;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}
sort_fields! {
    /// The fields a list of tax rates may be sorted by.
    TaxRateSort {
        /// The code.
        Code => "code", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
    }
}
sort_fields! {
    /// The fields a list of number series may be sorted by.
    SeriesSort {
        /// The code.
        Code => "code", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
    }
}
sort_fields! {
    /// The fields a list of invoices may be sorted by. Drafts, which have neither date nor number,
    /// come before every other date and number.
    InvoiceSort {
        /// The issue date, as `YYYY-MM-DD`; `0001-01-01` for a draft without one.
        IssueDate => "issue_date", text;
        /// The number; empty for a draft.
        Number => "number", text;
        /// When the draft was added.
        CreatedAt => "created_at", integer;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}
sort_fields! {
    /// The fields a list of payments may be sorted by.
    PaymentSort {
        /// When it was paid, as `YYYY-MM-DD`.
        PaymentDate => "payment_date", text;
        /// When it was recorded.
        CreatedAt => "created_at", integer;
    }
}

/// Which customers to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Only the customer with this address.
    pub email: Option<EmailAddress>,
    /// Only archived ones, or only those in use; both when absent.
    pub archived: Option<bool>,
    /// Only customers saved at or after this instant.
    pub updated_since: Option<Timestamp>,
    /// Only those that these words begin a word of.
    pub query: Option<SearchQuery>,
}

/// Which tax rates to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaxRateFilter {
    /// Only these categories; all when empty.
    pub categories: Vec<TaxCategory>,
    /// Only archived ones, or only those in use; both when absent.
    pub archived: Option<bool>,
    /// Only those in force on this day.
    pub effective_on: Option<Date>,
}

/// Which number series to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeriesFilter {
    /// Only those of these documents; all when empty.
    pub documents: Vec<NumberedDocument>,
    /// Only closed ones, or only those that give numbers; both when absent.
    pub closed: Option<bool>,
}

/// Which invoices to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InvoiceFilter {
    /// Only these states; all when empty.
    pub statuses: Vec<InvoiceStatus>,
    /// Only these settlement states; all when empty.
    pub payment_statuses: Vec<PaymentStatus>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those dated on or after this day.
    pub issued_from: Option<Date>,
    /// Only those dated on or before this day.
    pub issued_to: Option<Date>,
    /// Only those saved at or after this instant.
    pub updated_since: Option<Timestamp>,
}

/// Which payments to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only those allocated to this invoice.
    pub invoice: Option<InvoiceId>,
}

/// An invoice as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceSummary {
    /// The id.
    pub id: InvoiceId,
    /// The state.
    pub status: InvoiceStatus,
    /// Where it stands with its payments.
    pub payment_status: PaymentStatus,
    /// The number, once issued.
    pub number: Option<String>,
    /// Who buys.
    pub customer: CustomerId,
    /// The customer's name.
    pub customer_name: BilingualText,
    /// The date, once known.
    pub issue_date: Option<Date>,
    /// By when it is to be paid, once known.
    pub due_date: Option<Date>,
    /// The total with tax.
    pub tax_inclusive: Money,
    /// What is to be paid.
    pub payable: Money,
    /// What was paid.
    pub paid: Money,
    /// What credit notes took off.
    pub credited: Money,
    /// When the draft was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}
