//! A row of `invoice_adjustments`: an allowance or charge of a line or of the document.

use gaara_invoicing::NewInvoice;
use gaara_invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment, Tax};
use gaara_kernel::{Currency, Id, Money, StoreError};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, position};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_adjustments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    /// Numbers all adjustments of an invoice, so that each list keeps its order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub line_position: Option<i64>,
    pub is_charge: bool,
    pub amount_minor: Option<i64>,
    pub percent_millionths: Option<i64>,
    pub base_minor: Option<i64>,
    pub tax_category: Option<String>,
    pub tax_rate_millionths: Option<i64>,
}

no_relations!();

/// One adjustment and where it stands.
struct Written {
    line: Option<usize>,
    is_charge: bool,
    value: AdjustmentValue,
    tax: Option<Tax>,
}

/// The rows of all adjustments of a document.
pub(crate) fn rows(written: &NewInvoice) -> impl Iterator<Item = Model> {
    let invoice_id = written.id.as_uuid();
    let of_lines = written.lines.iter().enumerate().flat_map(|(line, new)| {
        let of_line = move |is_charge| {
            move |adjustment: &Adjustment| Written {
                line: Some(line),
                is_charge,
                value: adjustment.value,
                tax: None,
            }
        };
        let allowances = new.input.allowances.iter().map(of_line(false));
        allowances.chain(new.input.charges.iter().map(of_line(true)))
    });
    let of_document = |is_charge| {
        move |adjustment: &DocumentAdjustment| Written {
            line: None,
            is_charge,
            value: adjustment.value,
            tax: adjustment.tax,
        }
    };
    let allowances = written.allowances.iter().map(of_document(false));
    let charges = written.charges.iter().map(of_document(true));
    let all = of_lines.chain(allowances).chain(charges).enumerate();
    all.map(move |(index, written)| row(invoice_id, index, &written))
}

fn row(invoice_id: Uuid, index: usize, written: &Written) -> Model {
    let (amount, percent, base) = match written.value {
        AdjustmentValue::Amount(amount) => (Some(amount), None, None),
        AdjustmentValue::Percent { percent, base } => (None, Some(percent), base),
    };
    Model {
        invoice_id,
        position: position(index),
        line_position: written.line.map(position),
        is_charge: written.is_charge,
        amount_minor: amount.map(Money::minor),
        percent_millionths: percent.map(gaara_kernel::Percent::as_millionths),
        base_minor: base.map(Money::minor),
        tax_category: written.tax.map(|tax| tax.category().code().to_owned()),
        tax_rate_millionths: written.tax.map(|tax| tax.rate().as_millionths()),
    }
}

impl Model {
    /// The adjustment with its tax, which only one of the document may have.
    pub(crate) fn adjustment(&self, currency: Currency) -> Result<DocumentAdjustment, StoreError> {
        let stored = Stored("invoice");
        let money = |minor| stored.money(minor, currency);
        let value = match (self.amount_minor, self.percent_millionths) {
            (Some(amount), None) => AdjustmentValue::Amount(money(amount)?),
            (None, Some(percent)) => AdjustmentValue::Percent {
                percent: stored.percent(percent)?,
                base: self.base_minor.map(money).transpose()?,
            },
            _ => return Err(stored.corrupt()),
        };
        let tax = self.tax_category.as_deref().zip(self.tax_rate_millionths);
        let tax = tax.map(|(category, rate)| stored.tax(category, rate)).transpose()?;
        Ok(DocumentAdjustment { value, tax })
    }
}
