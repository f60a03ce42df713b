//! What a document says besides its amounts.

use gaara_invoicing::details::{
    DatedReference, Delivery, ExemptionReason, PaymentMeans, Period, Reference, References,
    TransactionFlags,
};
use gaara_invoicing::{Correction, PartySnapshot};
use gaara_kernel::DocumentId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AddressBody, BilingualBody, ContactBody, IdentifierBody};

/// Days from one to another, both included.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeriodBody {
    /// The first day.
    #[schema(example = "2026-11-01")]
    pub(crate) from: String,
    /// The last day.
    #[schema(example = "2026-11-30")]
    pub(crate) to: String,
}

impl From<Period> for PeriodBody {
    fn from(period: Period) -> Self {
        Self { from: period.from().to_string(), to: period.to().to_string() }
    }
}

/// The invoice that a credit note corrects.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CorrectionBody {
    /// The invoice.
    pub(crate) invoice_id: String,
    /// Its number.
    #[schema(example = "INV-2026-00001")]
    pub(crate) number: String,
    /// Its date.
    #[schema(example = "2026-11-23")]
    pub(crate) issue_date: String,
    /// The code of the reason.
    #[schema(required = true)]
    pub(crate) reason_code: Option<String>,
    /// The reason in words.
    #[schema(required = true)]
    pub(crate) reason: Option<String>,
}

impl From<&Correction> for CorrectionBody {
    fn from(correction: &Correction) -> Self {
        Self {
            invoice_id: DocumentId::Invoice(correction.invoice).to_string(),
            number: correction.number.clone(),
            issue_date: correction.issue_date.to_string(),
            reason_code: correction.reason_code.as_ref().map(Reference::to_string),
            reason: correction.reason.as_ref().map(Reference::to_string),
        }
    }
}

/// What kind of transaction a document is about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TransactionBody {
    /// `standard` or `simplified`.
    pub(crate) kind: &'static str,
    /// What is special about it.
    pub(crate) flags: Vec<&'static str>,
}

impl From<&TransactionFlags> for TransactionBody {
    fn from(transaction: &TransactionFlags) -> Self {
        let flags = transaction.flags.iter().map(|flag| flag.code()).collect();
        Self { kind: transaction.kind.code(), flags }
    }
}

/// What somebody calls a document, and the day it bears.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatedReferenceBody {
    /// What it is called.
    #[schema(example = "PO-1187")]
    pub(crate) id: String,
    /// Its day.
    #[schema(required = true)]
    pub(crate) date: Option<String>,
}

impl From<&DatedReference> for DatedReferenceBody {
    fn from(reference: &DatedReference) -> Self {
        Self { id: reference.id.to_string(), date: reference.date.map(|date| date.to_string()) }
    }
}

/// What others call the things behind a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReferencesBody {
    /// What the buyer asks to see on it.
    #[schema(required = true)]
    pub(crate) buyer: Option<String>,
    /// The buyer's order.
    #[schema(required = true)]
    pub(crate) order: Option<DatedReferenceBody>,
    /// The contract.
    #[schema(required = true)]
    pub(crate) contract: Option<DatedReferenceBody>,
    /// The project.
    #[schema(required = true)]
    pub(crate) project: Option<DatedReferenceBody>,
    /// The despatch advice.
    #[schema(required = true)]
    pub(crate) despatch: Option<DatedReferenceBody>,
    /// The receiving advice.
    #[schema(required = true)]
    pub(crate) receipt: Option<DatedReferenceBody>,
}

impl From<&References> for ReferencesBody {
    fn from(references: &References) -> Self {
        let dated = |reference: &Option<DatedReference>| reference.as_ref().map(Into::into);
        Self {
            buyer: references.buyer.as_ref().map(Reference::to_string),
            order: dated(&references.order),
            contract: dated(&references.contract),
            project: dated(&references.project),
            despatch: dated(&references.despatch),
            receipt: dated(&references.receipt),
        }
    }
}

/// When and where something was delivered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryBody {
    /// The day, or the first of them.
    #[schema(required = true)]
    pub(crate) date: Option<String>,
    /// The last day.
    #[schema(required = true)]
    pub(crate) end_date: Option<String>,
    /// Where to.
    #[schema(required = true)]
    pub(crate) address: Option<AddressBody>,
}

impl From<&Delivery> for DeliveryBody {
    fn from(delivery: &Delivery) -> Self {
        Self {
            date: delivery.date.map(|date| date.to_string()),
            end_date: delivery.end_date.map(|date| date.to_string()),
            address: delivery.address.as_ref().map(Into::into),
        }
    }
}

/// One way in which a document may be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentMeansBody {
    /// The means by UNCL 4461.
    #[schema(example = "30")]
    pub(crate) code: String,
    /// The account to pay to.
    #[schema(required = true)]
    pub(crate) iban: Option<String>,
    /// The bank that keeps it.
    #[schema(required = true)]
    pub(crate) bic: Option<String>,
    /// Whose account it is.
    #[schema(required = true)]
    pub(crate) account_name: Option<String>,
    /// What to write on the payment.
    #[schema(required = true)]
    pub(crate) remittance: Option<String>,
}

impl From<&PaymentMeans> for PaymentMeansBody {
    fn from(means: &PaymentMeans) -> Self {
        Self {
            code: means.code.to_string(),
            iban: means.iban.as_ref().map(ToString::to_string),
            bic: means.bic.as_ref().map(ToString::to_string),
            account_name: means.account_name.as_ref().map(Reference::to_string),
            remittance: means.remittance.as_ref().map(Reference::to_string),
        }
    }
}

/// Why no tax is charged under a category.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExemptionReasonBody {
    /// The category of UNCL 5305.
    #[schema(example = "E")]
    pub(crate) category: &'static str,
    /// The code of a list.
    #[schema(example = "VATEX-SA-29", required = true)]
    pub(crate) code: Option<String>,
    /// The reason in words.
    #[schema(required = true)]
    pub(crate) text: Option<BilingualBody>,
}

impl From<&ExemptionReason> for ExemptionReasonBody {
    fn from(reason: &ExemptionReason) -> Self {
        Self {
            category: reason.category.code(),
            code: reason.code.as_ref().map(Reference::to_string),
            text: reason.text.as_ref().map(Into::into),
        }
    }
}

/// One side of a document as it was on the day of issuing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartySnapshotBody {
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name it traded under.
    #[schema(required = true)]
    pub(crate) trade_name: Option<BilingualBody>,
    /// The tax registration number.
    #[schema(required = true)]
    pub(crate) tax_id: Option<String>,
    /// Its legal registrations.
    pub(crate) identifiers: Vec<IdentifierBody>,
    /// Where electronic documents went.
    #[schema(required = true)]
    pub(crate) electronic_address: Option<IdentifierBody>,
    /// Where it was.
    pub(crate) address: AddressBody,
    /// Whom to ask for.
    pub(crate) contact: ContactBody,
}

impl From<&PartySnapshot> for PartySnapshotBody {
    fn from(party: &PartySnapshot) -> Self {
        Self {
            name: (&party.name).into(),
            trade_name: party.trade_name.as_ref().map(Into::into),
            tax_id: party.tax_id.as_ref().map(|tax_id| tax_id.as_str().to_owned()),
            identifiers: party.identifiers.as_slice().iter().map(Into::into).collect(),
            electronic_address: party.electronic_address.as_ref().map(Into::into),
            address: (&party.address).into(),
            contact: (&party.contact).into(),
        }
    }
}
