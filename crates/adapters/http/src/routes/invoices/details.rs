//! What a document says besides its amounts, as requests write it.

use std::collections::BTreeSet;

use gaara_invoicing::details::{
    Bic, DatedReference, Delivery, ExemptionReason, Iban, PaymentMeans, PaymentMeansCode, Period,
    Reference, References, TransactionFlag, TransactionFlags, TransactionKind, TypeCode,
};
use gaara_invoicing::totals::TaxCategory;
use gaara_invoicing::{DocumentType, InvoiceDetails};
use gaara_kernel::{BilingualText, Currency, Date};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field, List, Nested, TextList};
use crate::problem::FieldProblem;
use crate::routes::address::DeliveryAddressRequest;
use crate::views::BilingualBody;

/// What kind of transaction it is; what is absent stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct TransactionRequest {
    /// `standard` or `simplified`.
    #[schema(value_type = Option<String>, example = "standard")]
    #[serde(default)]
    kind: Field<TransactionKind>,
    /// What is special about it: `export`, `summary`, `self_billed`, …
    #[schema(value_type = Option<Vec<String>>, example = json!(["export"]))]
    #[serde(default)]
    flags: Field<TextList<TransactionFlag>>,
}

impl TransactionRequest {
    pub(super) fn read(
        self,
        check: &mut Check,
        before: &TransactionFlags,
    ) -> Option<TransactionFlags> {
        let kind = check.keep("/kind", self.kind, Some(before.kind));
        let flags = TextList(before.flags.iter().copied().collect());
        let flags = check.keep("/flags", self.flags, Some(flags));
        let flags: BTreeSet<TransactionFlag> =
            flags?.map(|TextList(flags)| flags.into_iter().collect()).unwrap_or_default();
        Some(TransactionFlags { kind: kind?.unwrap_or_default(), flags })
    }
}

/// What somebody calls a document, and the day it bears.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct DatedReferenceRequest {
    /// What it is called.
    #[schema(value_type = String, required = true, example = "PO-1187")]
    #[serde(default)]
    id: Field<Reference>,
    /// Its day.
    #[schema(value_type = Option<String>, example = "2026-11-01")]
    #[serde(default)]
    date: Field<Date>,
}

fn read_dated(request: DatedReferenceRequest, check: &mut Check) -> Option<DatedReference> {
    let id = check.required("/id", request.id);
    let date = check.optional("/date", request.date);
    Some(DatedReference { id: id?, date: date? })
}

/// What others call the things behind a document; what is absent stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ReferencesRequest {
    /// What the buyer asks to see on it (BT-10).
    #[schema(value_type = Option<String>, example = "Cost centre 7")]
    #[serde(default)]
    buyer: Field<Reference>,
    /// The buyer's order (BT-13).
    #[schema(value_type = Option<DatedReferenceRequest>)]
    #[serde(default)]
    order: Nested<DatedReferenceRequest>,
    /// The contract (BT-12).
    #[schema(value_type = Option<DatedReferenceRequest>)]
    #[serde(default)]
    contract: Nested<DatedReferenceRequest>,
    /// The project (BT-11).
    #[schema(value_type = Option<DatedReferenceRequest>)]
    #[serde(default)]
    project: Nested<DatedReferenceRequest>,
    /// The despatch advice (BT-16).
    #[schema(value_type = Option<DatedReferenceRequest>)]
    #[serde(default)]
    despatch: Nested<DatedReferenceRequest>,
    /// The receiving advice (BT-15).
    #[schema(value_type = Option<DatedReferenceRequest>)]
    #[serde(default)]
    receipt: Nested<DatedReferenceRequest>,
}

impl ReferencesRequest {
    pub(super) fn read(self, check: &mut Check, before: References) -> Option<References> {
        let buyer = check.keep("/buyer", self.buyer, before.buyer);
        let order = check.keep_nested("/order", self.order, before.order, read_dated);
        let contract = check.keep_nested("/contract", self.contract, before.contract, read_dated);
        let project = check.keep_nested("/project", self.project, before.project, read_dated);
        let despatch = check.keep_nested("/despatch", self.despatch, before.despatch, read_dated);
        let receipt = check.keep_nested("/receipt", self.receipt, before.receipt, read_dated);
        Some(References {
            buyer: buyer?,
            order: order?,
            contract: contract?,
            project: project?,
            despatch: despatch?,
            receipt: receipt?,
        })
    }
}

/// When and where something was delivered; what is absent stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct DeliveryRequest {
    /// The day, or the first of them (BT-72).
    #[schema(value_type = Option<String>, example = "2026-11-20")]
    #[serde(default)]
    date: Field<Date>,
    /// The last day.
    #[schema(value_type = Option<String>, example = "2026-11-21")]
    #[serde(default)]
    end_date: Field<Date>,
    /// Where to (BG-15).
    #[schema(value_type = Option<DeliveryAddressRequest>)]
    #[validate(nested)]
    #[serde(default)]
    address: Nested<DeliveryAddressRequest>,
}

impl DeliveryRequest {
    pub(super) fn read(self, check: &mut Check, before: &Delivery) -> Option<Delivery> {
        let date = check.keep("/date", self.date, before.date);
        let end_date = check.keep("/end_date", self.end_date, before.end_date);
        let known = before.address.as_ref();
        let address = check.keep_nested(
            "/address",
            self.address,
            before.address.clone(),
            |request, check| request.read(check, known),
        );
        let (date, end_date) = (date?, end_date?);
        if end_date.is_some_and(|end| date.is_none_or(|date| end < date)) {
            check.fault(FieldProblem::new("/end_date", Code::ValidationPeriod));
            return None;
        }
        Some(Delivery { date, end_date, address: address? })
    }
}

/// Days from one to another, both included.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PeriodRequest {
    /// The first day.
    #[schema(value_type = String, required = true, example = "2026-11-01")]
    #[serde(default)]
    from: Field<Date>,
    /// The last day.
    #[schema(value_type = String, required = true, example = "2026-11-30")]
    #[serde(default)]
    to: Field<Date>,
}

/// Reads a period, which is replaced as a whole.
pub(super) fn read_period(request: PeriodRequest, check: &mut Check) -> Option<Period> {
    let from = check.required("/from", request.from);
    let to = check.required("/to", request.to);
    let fault = |_| FieldProblem::new("/to", Code::ValidationPeriod);
    Period::try_new(from?, to?).map_err(|error| check.fault(fault(error))).ok()
}

/// One way in which a document may be paid.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PaymentMeansRequest {
    /// The means by UNCL 4461: 10 cash, 30 a transfer, 48 a card.
    #[schema(value_type = String, required = true, example = "30")]
    #[serde(default)]
    code: Field<PaymentMeansCode>,
    /// The account to pay to (BT-84).
    #[schema(value_type = Option<String>, example = "SA0380000000608010167519")]
    #[serde(default)]
    iban: Field<Iban>,
    /// The bank that keeps it (BT-86).
    #[schema(value_type = Option<String>, example = "RJHISARI")]
    #[serde(default)]
    bic: Field<Bic>,
    /// Whose account it is (BT-85).
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    account_name: Field<Reference>,
    /// What to write on the payment (BT-83).
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    remittance: Field<Reference>,
}

pub(super) fn read_means(request: PaymentMeansRequest, check: &mut Check) -> Option<PaymentMeans> {
    let code = check.required("/code", request.code);
    let iban = check.optional("/iban", request.iban);
    let bic = check.optional("/bic", request.bic);
    let account_name = check.optional("/account_name", request.account_name);
    let remittance = check.optional("/remittance", request.remittance);
    Some(PaymentMeans {
        code: code?,
        iban: iban?,
        bic: bic?,
        account_name: account_name?,
        remittance: remittance?,
    })
}

/// Why no tax is charged under a category.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ExemptionReasonRequest {
    /// The category of UNCL 5305.
    #[schema(value_type = String, required = true, example = "E")]
    #[serde(default)]
    category: Field<TaxCategory>,
    /// The code of a list: VATEX-EU, VATEX-SA, … (BT-121).
    #[schema(value_type = Option<String>, example = "VATEX-SA-29")]
    #[serde(default)]
    code: Field<Reference>,
    /// The reason in words (BT-120).
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    text: Field<BilingualText>,
}

pub(super) fn read_exemption(
    request: ExemptionReasonRequest,
    check: &mut Check,
) -> Option<ExemptionReason> {
    let category = check.required("/category", request.category);
    let code = check.optional("/code", request.code);
    let text = check.optional("/text", request.text);
    Some(ExemptionReason { category: category?, code: code?, text: text? })
}

/// What a document is by UNCL 1001, where it is a code of such documents.
fn type_code(check: &mut Check, text: &str, document: DocumentType) -> Option<TypeCode> {
    let code = text.parse().ok().and_then(|code| TypeCode::try_new(code, document).ok());
    if code.is_none() {
        check.fault(FieldProblem::new("/type_code", Code::ValidationTypeCode));
    }
    code
}

/// The members of a request that make up the details of a document.
pub(super) struct DetailsMembers {
    pub(super) type_code: Field<String>,
    pub(super) transaction: Nested<TransactionRequest>,
    pub(super) references: Nested<ReferencesRequest>,
    pub(super) delivery: Nested<DeliveryRequest>,
    pub(super) billing_period: Nested<PeriodRequest>,
    pub(super) payment_means: List<PaymentMeansRequest>,
    pub(super) payment_terms: Field<BilingualText>,
    pub(super) tax_point_date: Field<Date>,
    pub(super) tax_currency: Field<Currency>,
    pub(super) exemptions: List<ExemptionReasonRequest>,
}

impl DetailsMembers {
    /// Reads the details of a document of this type onto those that were there before.
    pub(super) fn read(
        self,
        check: &mut Check,
        before: InvoiceDetails,
        document: DocumentType,
    ) -> Option<InvoiceDetails> {
        let kept = before.type_code.filter(|_| matches!(self.type_code, Field::Missing));
        let written = check.optional("/type_code", self.type_code);
        let written = written.map(|text| text.map(|text| type_code(check, &text, document)));
        let InvoiceDetails { transaction, references, delivery, .. } = before.clone();
        let transaction = check.keep_nested(
            "/transaction",
            self.transaction,
            Some(before.transaction),
            |request, check| request.read(check, &transaction),
        );
        let references = check.keep_nested(
            "/references",
            self.references,
            Some(before.references),
            |request, check| request.read(check, references),
        );
        let delivery = check.keep_nested(
            "/delivery",
            self.delivery,
            Some(before.delivery),
            |request, check| request.read(check, &delivery),
        );
        let period =
            check.keep_nested("/billing_period", self.billing_period, before.period, read_period);
        let means =
            check.keep_each("/payment_means", self.payment_means, before.payment_means, read_means);
        let terms = check.keep("/payment_terms", self.payment_terms, before.payment_terms);
        let tax_point = check.keep("/tax_point_date", self.tax_point_date, before.tax_point);
        let tax_currency = check.keep("/tax_currency", self.tax_currency, before.tax_currency);
        let exemptions =
            check.keep_each("/exemptions", self.exemptions, before.exemptions, read_exemption);
        Some(InvoiceDetails {
            type_code: match written? {
                Some(code) => Some(code?),
                None => kept,
            },
            transaction: transaction?.unwrap_or_default(),
            references: references?.unwrap_or_default(),
            delivery: delivery?.unwrap_or_default(),
            period: period?,
            payment_means: means?,
            payment_terms: terms?,
            tax_point: tax_point?,
            tax_currency: tax_currency?,
            exemptions: exemptions?,
        })
    }
}
