//! The parts of a document as they are written: lines, allowances, charges.

use gaara_application::invoicing::{LineTax, WrittenLine};
use gaara_invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment, Tax, TaxCategory};
use gaara_kernel::{
    BilingualText, Code as Name, Currency, Percent, ProductId, Quantity, ReservationId, UnitPrice,
};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::details::{PeriodRequest, read_period};
use crate::code::Code;
use crate::json::{Check, DecimalText, Field, List, Nested};
use crate::problem::FieldProblem;
use crate::routes::tax::read_tax;
use crate::views::{BilingualBody, TaxBody};

/// The most lines of a document.
pub(super) const LINES_MAX: u64 = 1_000;
/// The most allowances, or charges, of a line or a document.
const ADJUSTMENTS_MAX: u64 = 100;

/// A tax category and rate.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct TaxRequest {
    /// The category of UNCL 5305.
    #[schema(value_type = String, required = true, example = "S")]
    #[serde(default)]
    category: Field<TaxCategory>,
    /// The rate in percent; 0 when absent.
    #[schema(value_type = Option<String>, example = "15")]
    #[serde(default)]
    rate: Field<Percent>,
}

fn read_nested_tax(request: TaxRequest, check: &mut Check) -> Option<Tax> {
    let category = check.required("/category", request.category);
    let rate = check.or_default("/rate", request.rate, Percent::ZERO);
    read_tax(category, rate, check)
}

/// An allowance or a charge: an amount, or a percentage of a base.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AdjustmentRequest {
    /// The amount.
    #[schema(value_type = Option<String>, example = "1.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
    /// The percentage, in place of an amount.
    #[schema(value_type = Option<String>, example = "10")]
    #[serde(default)]
    percent: Field<Percent>,
    /// What the percentage is taken of; the line's gross or the sum of line nets when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    base: Field<DecimalText>,
    /// The tax it falls under, on document level; spread over the tax groups when absent.
    #[schema(value_type = Option<TaxBody>)]
    #[serde(default)]
    tax: Nested<TaxRequest>,
}

impl AdjustmentRequest {
    fn read(self, check: &mut Check, currency: Option<Currency>) -> Option<DocumentAdjustment> {
        let amount = check.optional_money("/amount", self.amount, currency);
        let percent = check.optional("/percent", self.percent);
        let base = check.optional_money("/base", self.base, currency);
        let tax = check.optional_nested("/tax", self.tax, read_nested_tax);
        let value = match (amount?, percent?, base?) {
            (Some(amount), None, None) => AdjustmentValue::Amount(amount),
            (None, Some(percent), base) => AdjustmentValue::Percent { percent, base },
            _ => {
                check.fault(FieldProblem::new("", Code::ValidationAdjustment));
                return None;
            }
        };
        Some(DocumentAdjustment { value, tax: tax? })
    }
}

/// Reads the allowances or the charges of a document; where they are absent, those before stay.
pub(super) fn read_adjustments(
    pointer: &str,
    list: List<AdjustmentRequest>,
    check: &mut Check,
    currency: Option<Currency>,
    before: Vec<DocumentAdjustment>,
) -> Option<Vec<DocumentAdjustment>> {
    check.keep_each(pointer, list, before, |request, check| request.read(check, currency))
}

/// A line.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct LineRequest {
    /// The product; absent for a line in free text.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    product_id: Field<ProductId>,
    /// What the line is for; the product's name when absent.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    description: Field<BilingualText>,
    /// How much.
    #[schema(value_type = String, required = true, example = "5")]
    #[serde(default)]
    quantity: Field<Quantity>,
    /// The unit of the quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// The price of the base quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "5.75")]
    #[serde(default)]
    unit_price: Field<UnitPrice>,
    /// How many units the price is for; 1 when absent.
    #[schema(value_type = Option<String>, example = "1")]
    #[serde(default)]
    base_quantity: Field<Quantity>,
    /// The price before its discount (BT-148).
    #[schema(value_type = Option<String>, example = "6.25")]
    #[serde(default)]
    gross_price: Field<UnitPrice>,
    /// What was taken off the gross price (BT-147): the unit price is exactly what is left.
    #[schema(value_type = Option<String>, example = "0.50")]
    #[serde(default)]
    price_discount: Field<UnitPrice>,
    /// What is taken off.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = ADJUSTMENTS_MAX), nested)]
    #[serde(default)]
    allowances: List<AdjustmentRequest>,
    /// What is added.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = ADJUSTMENTS_MAX), nested)]
    #[serde(default)]
    charges: List<AdjustmentRequest>,
    /// The tax, before any tax rate.
    #[schema(value_type = Option<TaxBody>)]
    #[serde(default)]
    tax: Nested<TaxRequest>,
    /// The code of a tax rate; the product's when absent.
    #[schema(value_type = Option<String>, example = "VAT15")]
    #[serde(default)]
    tax_rate: Field<Name>,
    /// A reservation of this product in the invoice's warehouse that the line consumes when it is
    /// issued: what the line leaves of it is free again.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    reservation_id: Field<ReservationId>,
    /// A note to the other side (BT-127).
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    note: Field<BilingualText>,
    /// The period that the line is charged for (BG-26).
    #[schema(value_type = Option<PeriodRequest>)]
    #[validate(nested)]
    #[serde(default)]
    period: Nested<PeriodRequest>,
}

impl LineRequest {
    pub(super) fn read(self, check: &mut Check, currency: Option<Currency>) -> Option<WrittenLine> {
        let product = check.optional("/product_id", self.product_id);
        let description = check.optional("/description", self.description);
        let quantity = check.required("/quantity", self.quantity);
        let unit = check.optional("/unit", self.unit);
        let unit_price = check.optional("/unit_price", self.unit_price);
        let base_quantity = check.or_default("/base_quantity", self.base_quantity, Quantity::ONE);
        let gross_price = check.optional("/gross_price", self.gross_price);
        let price_discount = check.optional("/price_discount", self.price_discount);
        let allowances = read_line_adjustments("/allowances", self.allowances, check, currency);
        let charges = read_line_adjustments("/charges", self.charges, check, currency);
        let tax = check.optional_nested("/tax", self.tax, read_nested_tax);
        let tax_rate = check.optional("/tax_rate", self.tax_rate);
        let reservation = check.optional("/reservation_id", self.reservation_id);
        let note = check.optional("/note", self.note);
        let period = check.optional_nested("/period", self.period, read_period);
        Some(WrittenLine {
            product: product?,
            description: description?,
            quantity: quantity?,
            unit: unit?,
            unit_price: unit_price?,
            base_quantity: base_quantity?,
            gross_price: gross_price?,
            price_discount: price_discount?,
            allowances: allowances?,
            charges: charges?,
            tax: match (tax?, tax_rate?) {
                (Some(tax), _) => LineTax::Given(tax),
                (None, Some(code)) => LineTax::Rate(code),
                (None, None) => LineTax::Product,
            },
            reservation: reservation?,
            note: note?,
            period: period?,
        })
    }
}

/// An adjustment of a line falls under the line's tax and under no other.
fn read_line_adjustments(
    pointer: &str,
    list: List<AdjustmentRequest>,
    check: &mut Check,
    currency: Option<Currency>,
) -> Option<Vec<Adjustment>> {
    check.each(pointer, list, |request, check| {
        let DocumentAdjustment { value, tax } = request.read(check, currency)?;
        if tax.is_some() {
            check.fault(FieldProblem::new("/tax", Code::ValidationAdjustment));
            return None;
        }
        Some(Adjustment { value })
    })
}
