//! A row of `invoice_tax_groups`.

use gaara_invoicing::InvoiceContent;
use gaara_invoicing::totals::TaxGroup;
use gaara_kernel::{Currency, Id, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_tax_groups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub tax_category: String,
    pub tax_rate_millionths: i64,
    pub taxable_minor: i64,
    pub tax_amount_minor: i64,
}

no_relations!();

/// The rows of a document's tax groups.
pub(crate) fn rows(content: &InvoiceContent) -> impl Iterator<Item = Model> {
    let invoice_id = content.written.id.as_uuid();
    let numbered = content.totals.tax_groups.iter().enumerate();
    numbered.map(move |(index, group)| Model {
        invoice_id,
        position: position(index),
        tax_category: group.tax.category().code().to_owned(),
        tax_rate_millionths: group.tax.rate().as_millionths(),
        taxable_minor: group.taxable.minor(),
        tax_amount_minor: group.tax_amount.minor(),
    })
}

impl Model {
    pub(crate) fn group(&self, currency: Currency) -> Result<TaxGroup, StoreError> {
        let stored = Stored("invoice");
        Ok(TaxGroup {
            tax: stored.tax(&self.tax_category, self.tax_rate_millionths)?,
            taxable: stored.money(self.taxable_minor, currency)?,
            tax_amount: stored.money(self.tax_amount_minor, currency)?,
        })
    }
}
