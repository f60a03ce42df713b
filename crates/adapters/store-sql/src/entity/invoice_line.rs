//! A row of `invoice_lines`: what was written and what it comes to.

use gaara_invoicing::details::Period;
use gaara_invoicing::totals::{LineInput, LineTotals};
use gaara_invoicing::{InvoiceContent, NewLine};
use gaara_kernel::{BilingualText, Code, Currency, Id, Money, StoreError, UnitPrice};
use sea_orm::entity::prelude::*;

use super::invoice::{either, language, period};
use super::no_relations;
use crate::convert::{Stored, date, position, text};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub product_id: Option<Uuid>,
    pub description_ar: Option<String>,
    pub description_en: Option<String>,
    pub unit: String,
    pub quantity_millionths: i64,
    pub unit_price_millionths: i64,
    pub base_quantity_millionths: i64,
    pub gross_price_millionths: Option<i64>,
    pub price_discount_millionths: Option<i64>,
    pub tax_category: String,
    pub tax_rate_millionths: i64,
    pub tax_rate_code: Option<String>,
    pub note_ar: Option<String>,
    pub note_en: Option<String>,
    pub period_from: Option<TimeDate>,
    pub period_to: Option<TimeDate>,
    pub corrects_line: Option<i64>,
    pub cost_minor: Option<i64>,
    pub gross_minor: i64,
    pub allowances_minor: i64,
    pub charges_minor: i64,
    pub net_minor: i64,
    pub tax_amount_minor: i64,
    pub total_minor: i64,
    pub reservation_id: Option<Uuid>,
}

no_relations!();

/// The rows of a document's lines, with what their goods cost where that is known.
pub(crate) fn rows<'a>(
    content: &'a InvoiceContent,
    costs: &'a [Option<Money>],
) -> impl Iterator<Item = Model> + 'a {
    let costs = costs.iter().copied().chain(std::iter::repeat(None));
    let numbered = content.lines().zip(costs).enumerate();
    numbered.map(|(index, ((line, totals), cost))| Model {
        invoice_id: content.written.id.as_uuid(),
        position: position(index),
        product_id: line.product.map(Id::as_uuid),
        description_ar: text(line.description.ar()),
        description_en: text(line.description.en()),
        unit: line.unit.as_str().to_owned(),
        quantity_millionths: line.input.quantity.as_millionths(),
        unit_price_millionths: line.input.unit_price.as_millionths(),
        base_quantity_millionths: line.input.base_quantity.as_millionths(),
        gross_price_millionths: line.input.gross_price.map(UnitPrice::as_millionths),
        price_discount_millionths: line.input.price_discount.map(UnitPrice::as_millionths),
        tax_category: line.input.tax.category().code().to_owned(),
        tax_rate_millionths: line.input.tax.rate().as_millionths(),
        tax_rate_code: line.tax_rate.as_ref().map(Code::to_string),
        note_ar: language(line.note.as_ref(), BilingualText::ar),
        note_en: language(line.note.as_ref(), BilingualText::en),
        period_from: line.period.map(Period::from).map(date),
        period_to: line.period.map(Period::to).map(date),
        corrects_line: line.corrects_line.map(position),
        cost_minor: cost.map(Money::minor),
        gross_minor: totals.gross.minor(),
        allowances_minor: totals.allowances.minor(),
        charges_minor: totals.charges.minor(),
        net_minor: totals.net.minor(),
        tax_amount_minor: totals.tax_amount.minor(),
        total_minor: totals.total.minor(),
        reservation_id: line.reservation.map(Id::as_uuid),
    })
}

impl Model {
    /// The line as it was written, without its allowances and charges.
    pub(crate) fn line(&self) -> Result<NewLine, StoreError> {
        let stored = Stored("invoice");
        let price = |price: Option<i64>| price.map(|price| stored.price(price)).transpose();
        Ok(NewLine {
            product: self.product_id.map(Id::from_uuid),
            description: stored.name(self.description_ar.as_ref(), self.description_en.as_ref())?,
            unit: stored.code(&self.unit)?,
            input: LineInput {
                quantity: stored.quantity(self.quantity_millionths)?,
                unit_price: stored.price(self.unit_price_millionths)?,
                base_quantity: stored.quantity(self.base_quantity_millionths)?,
                gross_price: price(self.gross_price_millionths)?,
                price_discount: price(self.price_discount_millionths)?,
                allowances: Vec::new(),
                charges: Vec::new(),
                tax: stored.tax(&self.tax_category, self.tax_rate_millionths)?,
            },
            tax_rate: self.tax_rate_code.as_deref().map(|code| stored.code(code)).transpose()?,
            reservation: self.reservation_id.map(Id::from_uuid),
            note: either(self.note_ar.as_ref(), self.note_en.as_ref())?,
            period: period(self.period_from, self.period_to)?,
            corrects_line: self.corrects_line.map(|line| stored.number(line)).transpose()?,
        })
    }

    /// What the line comes to.
    pub(crate) fn totals(&self, currency: Currency) -> Result<LineTotals, StoreError> {
        let money = |minor| Stored("invoice").money(minor, currency);
        Ok(LineTotals {
            gross: money(self.gross_minor)?,
            allowances: money(self.allowances_minor)?,
            charges: money(self.charges_minor)?,
            net: money(self.net_minor)?,
            tax_amount: money(self.tax_amount_minor)?,
            total: money(self.total_minor)?,
        })
    }
}
