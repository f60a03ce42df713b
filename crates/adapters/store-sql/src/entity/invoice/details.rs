//! What a document says besides its amounts, where no column of its own holds it.

use std::collections::BTreeMap;

use gaara_invoicing::InvoiceDetails;
use gaara_invoicing::details::{
    Bic, DatedReference, Delivery, ExemptionReason, Iban, PaymentMeans, PaymentMeansCode,
    Reference, References, TransactionFlag,
};
use gaara_invoicing::totals::TaxCategory;
use gaara_kernel::{Date, StoreError, parse_date};
use serde::{Deserialize, Serialize};

use super::STORED;
use crate::entity::party_parts::{AddressRow, BilingualRow};

/// The JSON of the column `details`; what is absent is left out.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DetailsRow {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer_reference: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    references: BTreeMap<String, ReferenceRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_address: Option<AddressRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payment_means: Vec<MeansRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_terms: Option<BilingualRow>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exemptions: Vec<ExemptionRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ReferenceRow {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct MeansRow {
    code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    iban: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remittance: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ExemptionRow {
    category: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<BilingualRow>,
}

impl From<&InvoiceDetails> for DetailsRow {
    fn from(details: &InvoiceDetails) -> Self {
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let named = details.references.dated().into_iter().filter_map(|(name, reference)| {
            let DatedReference { id, date } = reference?;
            Some((name.to_owned(), ReferenceRow { id: id.to_string(), date: day(*date) }))
        });
        Self {
            flags: details.transaction.flags.iter().map(|it| it.code().to_owned()).collect(),
            buyer_reference: details.references.buyer.as_ref().map(Reference::to_string),
            references: named.collect(),
            delivery_date: day(details.delivery.date),
            delivery_end_date: day(details.delivery.end_date),
            delivery_address: details.delivery.address.as_ref().map(AddressRow::from),
            payment_means: details.payment_means.iter().map(MeansRow::from).collect(),
            payment_terms: details.payment_terms.as_ref().map(BilingualRow::from),
            exemptions: details.exemptions.iter().map(ExemptionRow::from).collect(),
        }
    }
}

impl From<&PaymentMeans> for MeansRow {
    fn from(means: &PaymentMeans) -> Self {
        Self {
            code: means.code.to_string(),
            iban: means.iban.as_ref().map(Iban::to_string),
            bic: means.bic.as_ref().map(Bic::to_string),
            account_name: means.account_name.as_ref().map(Reference::to_string),
            remittance: means.remittance.as_ref().map(Reference::to_string),
        }
    }
}

impl From<&ExemptionReason> for ExemptionRow {
    fn from(reason: &ExemptionReason) -> Self {
        Self {
            category: reason.category.code().to_owned(),
            code: reason.code.as_ref().map(Reference::to_string),
            text: reason.text.as_ref().map(BilingualRow::from),
        }
    }
}

impl DetailsRow {
    /// Adds what the column holds to what other columns hold.
    pub(super) fn complete(mut self, details: &mut InvoiceDetails) -> Result<(), StoreError> {
        let flag = |code: &String| STORED.some(TransactionFlag::from_code(code));
        details.transaction.flags = self.flags.iter().map(flag).collect::<Result<_, _>>()?;
        let references = &mut self.references;
        let mut named = |name| references.remove(name).as_ref().map(dated).transpose();
        details.references = References {
            buyer: reference(self.buyer_reference.as_deref())?,
            order: named("order")?,
            contract: named("contract")?,
            project: named("project")?,
            despatch: named("despatch")?,
            receipt: named("receipt")?,
        };
        details.delivery = Delivery {
            date: day(self.delivery_date.as_deref())?,
            end_date: day(self.delivery_end_date.as_deref())?,
            address: self.delivery_address.map(|row| row.address(STORED)).transpose()?,
        };
        let means = self.payment_means.into_iter().map(PaymentMeans::try_from);
        details.payment_means = means.collect::<Result<_, _>>()?;
        details.payment_terms = self.payment_terms.map(|row| row.text(STORED)).transpose()?;
        let exemptions = self.exemptions.into_iter().map(ExemptionReason::try_from);
        details.exemptions = exemptions.collect::<Result<_, _>>()?;
        Ok(())
    }
}

impl TryFrom<MeansRow> for PaymentMeans {
    type Error = StoreError;

    fn try_from(row: MeansRow) -> Result<Self, StoreError> {
        Ok(Self {
            code: STORED.good(PaymentMeansCode::parse(&row.code))?,
            iban: row.iban.map(|iban| STORED.good(Iban::parse(&iban))).transpose()?,
            bic: row.bic.map(|bic| STORED.good(Bic::parse(&bic))).transpose()?,
            account_name: reference(row.account_name.as_deref())?,
            remittance: reference(row.remittance.as_deref())?,
        })
    }
}

impl TryFrom<ExemptionRow> for ExemptionReason {
    type Error = StoreError;

    fn try_from(row: ExemptionRow) -> Result<Self, StoreError> {
        Ok(Self {
            category: STORED.good(TaxCategory::parse(&row.category))?,
            code: reference(row.code.as_deref())?,
            text: row.text.map(|row| row.text(STORED)).transpose()?,
        })
    }
}

fn dated(row: &ReferenceRow) -> Result<DatedReference, StoreError> {
    Ok(DatedReference {
        id: STORED.good(Reference::parse(&row.id))?,
        date: day(row.date.as_deref())?,
    })
}

/// A short text, where there is one.
pub(super) fn reference(text: Option<&str>) -> Result<Option<Reference>, StoreError> {
    text.map(|text| STORED.good(Reference::parse(text))).transpose()
}

fn day(text: Option<&str>) -> Result<Option<Date>, StoreError> {
    text.map(|text| STORED.good(parse_date(text))).transpose()
}
