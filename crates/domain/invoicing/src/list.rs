//! How invoicing is listed.

use gaara_kernel::{
    BilingualText, CustomerId, Date, DocumentId, EmailAddress, InvoiceId, Money, SearchQuery,
    SupplierId, Timestamp, Version, sort_fields,
};

use crate::details::Reference;
use crate::document::{DocumentKind, DocumentType, PartyId};
use crate::invoice::InvoiceStatus;
use crate::issued::PaymentStatus;
use crate::payment::{Direction, PaymentState};
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
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
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
    /// Only sales, or only purchases.
    pub kind: Option<DocumentKind>,
    /// Only invoices, or only credit notes.
    pub document_type: Option<DocumentType>,
    /// Only these states; all when empty.
    pub statuses: Vec<InvoiceStatus>,
    /// Only these settlement states; all when empty.
    pub payment_statuses: Vec<PaymentStatus>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only this supplier's.
    pub supplier: Option<SupplierId>,
    /// Only the credit notes of this invoice.
    pub corrects: Option<InvoiceId>,
    /// Only those that bear this tag.
    pub tag: Option<Reference>,
    /// Only those dated on or after this day.
    pub issued_from: Option<Date>,
    /// Only those dated on or before this day.
    pub issued_to: Option<Date>,
    /// Only the one with this number.
    pub number: Option<String>,
    /// Only those to be paid on or after this day.
    pub due_from: Option<Date>,
    /// Only those to be paid on or before this day.
    pub due_to: Option<Date>,
    /// Only invoices that something is open of, and that were to be paid before this day.
    pub overdue_on: Option<Date>,
    /// Only those saved at or after this instant.
    pub updated_since: Option<Timestamp>,
    /// Only those that these words begin a word of: of a number, a reference, a tag, or of the
    /// frozen name of the other side.
    pub query: Option<SearchQuery>,
}

/// Which payments to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    /// Only those that went this way.
    pub direction: Option<Direction>,
    /// Only this customer's.
    pub customer: Option<CustomerId>,
    /// Only this supplier's.
    pub supplier: Option<SupplierId>,
    /// Only those allocated to this invoice.
    pub invoice: Option<InvoiceId>,
    /// Only these states; all when empty.
    pub states: Vec<PaymentState>,
    /// Only those of this day or later.
    pub paid_from: Option<Date>,
    /// Only those of this day or earlier.
    pub paid_to: Option<Date>,
    /// Only those saved at or after this instant.
    pub updated_since: Option<Timestamp>,
    /// Only those that these words begin a word of.
    pub query: Option<SearchQuery>,
}

/// An invoice as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceSummary {
    /// The id; it tells an invoice from a credit note.
    pub id: DocumentId,
    /// The state.
    pub status: InvoiceStatus,
    /// Where it stands with its payments.
    pub payment_status: PaymentStatus,
    /// The number, once issued.
    pub number: Option<String>,
    /// What the supplier calls it.
    pub supplier_reference: Option<Reference>,
    /// The invoice that a credit note corrects.
    pub corrects: Option<InvoiceId>,
    /// The other side; it tells a sale from a purchase.
    pub party: PartyId,
    /// The name of the other side: as it was frozen, else as it is.
    pub party_name: BilingualText,
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
