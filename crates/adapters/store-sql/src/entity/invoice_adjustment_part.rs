//! A row of `invoice_adjustment_parts`: what of a document's adjustment falls under one tax.

use gaara_invoicing::InvoiceContent;
use gaara_invoicing::totals::AdjustmentPart;
use gaara_kernel::{Currency, Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_adjustment_parts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub is_charge: bool,
    pub adjustment_index: i64,
    pub tax_category: String,
    pub tax_rate_millionths: i64,
    pub amount_minor: i64,
}

no_relations!();

/// The rows of all parts, allowances first.
pub(crate) fn rows(content: &InvoiceContent) -> impl Iterator<Item = Model> {
    let invoice_id = content.written.id.as_uuid();
    let allowances = content.totals.allowance_parts.iter().map(|part| (false, part));
    let charges = content.totals.charge_parts.iter().map(|part| (true, part));
    let numbered = allowances.chain(charges).enumerate();
    numbered.map(move |(index, (is_charge, part))| Model {
        invoice_id,
        position: position(index),
        is_charge,
        adjustment_index: position(part.index),
        tax_category: part.tax.category().code().to_owned(),
        tax_rate_millionths: part.tax.rate().as_millionths(),
        amount_minor: part.amount.minor(),
    })
}

impl Model {
    pub(crate) fn part(&self, currency: Currency) -> Result<AdjustmentPart, StoreError> {
        let stored = Stored("invoice");
        Ok(AdjustmentPart {
            index: stored.number(self.adjustment_index)?,
            tax: stored.tax(&self.tax_category, self.tax_rate_millionths)?,
            amount: stored.money(self.amount_minor, currency)?,
        })
    }
}
