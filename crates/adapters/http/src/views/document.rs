//! The parts of a document: lines, adjustments, tax groups and totals.

use gaara_application::invoicing::CompletedLine;
use gaara_invoicing::NewLine;
use gaara_invoicing::totals::{AdjustmentValue, LineInput, LineTotals, Tax, TaxGroup, Totals};
use gaara_kernel::{BilingualText, Code, Money, ProductId};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BilingualBody, PeriodBody};

/// A tax category and rate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxBody {
    /// The category of UNCL 5305.
    #[schema(example = "S")]
    pub(crate) category: &'static str,
    /// The rate in percent.
    #[schema(example = "15")]
    pub(crate) rate: String,
}

impl From<Tax> for TaxBody {
    fn from(tax: Tax) -> Self {
        Self { category: tax.category().code(), rate: tax.rate().to_string() }
    }
}

/// An allowance or a charge: an amount, or a percentage of a base.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AdjustmentBody {
    /// The amount.
    #[schema(example = "1.00", required = true)]
    pub(crate) amount: Option<String>,
    /// The percentage.
    #[schema(example = "10", required = true)]
    pub(crate) percent: Option<String>,
    /// What the percentage is taken of, where that is not the usual base.
    #[schema(required = true)]
    pub(crate) base: Option<String>,
    /// The tax it falls under, on document level.
    #[schema(required = true)]
    pub(crate) tax: Option<TaxBody>,
}

impl AdjustmentBody {
    /// What the API shows of an adjustment.
    #[must_use]
    pub(crate) fn new(value: &AdjustmentValue, tax: Option<Tax>) -> Self {
        let (amount, percent, base) = match value {
            AdjustmentValue::Amount(amount) => (Some(*amount), None, None),
            AdjustmentValue::Percent { percent, base } => (None, Some(*percent), *base),
        };
        Self {
            amount: amount.map(Money::amount),
            percent: percent.map(|percent| percent.to_string()),
            base: base.map(Money::amount),
            tax: tax.map(Into::into),
        }
    }
}

/// A line of a document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineBody {
    /// Its place, from 1.
    #[schema(example = 1)]
    pub(crate) line: usize,
    /// The product.
    #[schema(required = true)]
    pub(crate) product_id: Option<String>,
    /// What it is for; null only in a calculation.
    #[schema(required = true)]
    pub(crate) description: Option<BilingualBody>,
    /// How much.
    #[schema(example = "5")]
    pub(crate) quantity: String,
    /// The unit of the quantity.
    #[schema(example = "EA")]
    pub(crate) unit: String,
    /// The price of the base quantity.
    #[schema(example = "5.75")]
    pub(crate) unit_price: String,
    /// How many units the price is for.
    #[schema(example = "1")]
    pub(crate) base_quantity: String,
    /// The price before its discount.
    #[schema(example = "6.25", required = true)]
    pub(crate) gross_price: Option<String>,
    /// What was taken off the gross price.
    #[schema(example = "0.50", required = true)]
    pub(crate) price_discount: Option<String>,
    /// What is taken off.
    pub(crate) allowances: Vec<AdjustmentBody>,
    /// What is added.
    pub(crate) charges: Vec<AdjustmentBody>,
    /// The code that the tax was found by.
    #[schema(example = "VAT15", required = true)]
    pub(crate) tax_rate: Option<String>,
    /// The tax.
    pub(crate) tax: TaxBody,
    /// Price times quantity.
    #[schema(example = "28.75")]
    pub(crate) gross: String,
    /// The net amount (EN 16931 BT-131).
    #[schema(example = "23.57")]
    pub(crate) net: String,
    /// The line's share of the tax.
    #[schema(example = "3.54")]
    pub(crate) tax_amount: String,
    /// Net and tax.
    #[schema(example = "27.11")]
    pub(crate) total: String,
    /// The reservation that the line consumes when the goods leave.
    #[schema(required = true)]
    pub(crate) reservation_id: Option<String>,
    /// A note to the other side.
    #[schema(required = true)]
    pub(crate) note: Option<BilingualBody>,
    /// The period that it is charged for.
    #[schema(required = true)]
    pub(crate) period: Option<PeriodBody>,
    /// The line of the invoice that a credit note takes back, from 1.
    #[schema(required = true)]
    pub(crate) corrects_line: Option<usize>,
    /// What its goods cost, in the currency of the books; null where none moved.
    #[schema(example = "8.75", required = true)]
    pub(crate) cost: Option<String>,
}

impl LineBody {
    /// What the API shows of a stored line; its place counts from 1.
    pub(crate) fn stored(
        place: usize,
        line: &NewLine,
        totals: &LineTotals,
        cost: Option<Money>,
    ) -> Self {
        let NewLine { product, description, unit, input, .. } = line;
        Self {
            tax_rate: line.tax_rate.as_ref().map(Code::to_string),
            reservation_id: line.reservation.map(|id| id.to_string()),
            note: line.note.as_ref().map(Into::into),
            period: line.period.map(Into::into),
            corrects_line: line.corrects_line.map(|line| line + 1),
            cost: cost.map(Money::amount),
            ..Self::new(place, *product, Some(description), unit, input, totals)
        }
    }

    /// What the API shows of a line that is only calculated; its place counts from 1.
    pub(crate) fn calculated(place: usize, line: &CompletedLine, totals: &LineTotals) -> Self {
        let CompletedLine { product, description, unit, input, .. } = line;
        Self {
            tax_rate: line.tax_rate.as_ref().map(Code::to_string),
            note: line.note.as_ref().map(Into::into),
            period: line.period.map(Into::into),
            ..Self::new(place, *product, description.as_ref(), unit, input, totals)
        }
    }

    fn new(
        place: usize,
        product: Option<ProductId>,
        description: Option<&BilingualText>,
        unit: &Code,
        input: &LineInput,
        totals: &LineTotals,
    ) -> Self {
        let adjustments = |list: &[gaara_invoicing::totals::Adjustment]| {
            list.iter().map(|it| AdjustmentBody::new(&it.value, None)).collect()
        };
        Self {
            line: place,
            product_id: product.map(|id| id.to_string()),
            description: description.map(Into::into),
            quantity: input.quantity.to_string(),
            unit: unit.to_string(),
            unit_price: input.unit_price.to_string(),
            base_quantity: input.base_quantity.to_string(),
            gross_price: input.gross_price.map(|price| price.to_string()),
            price_discount: input.price_discount.map(|price| price.to_string()),
            allowances: adjustments(&input.allowances),
            charges: adjustments(&input.charges),
            tax: input.tax.into(),
            gross: totals.gross.amount(),
            net: totals.net.amount(),
            tax_amount: totals.tax_amount.amount(),
            total: totals.total.amount(),
            tax_rate: None,
            reservation_id: None,
            note: None,
            period: None,
            corrects_line: None,
            cost: None,
        }
    }
}

/// The tax of one category and rate.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaxGroupBody {
    /// The category of UNCL 5305.
    #[schema(example = "S")]
    pub(crate) category: &'static str,
    /// The rate in percent.
    #[schema(example = "15")]
    pub(crate) rate: String,
    /// What is taxed.
    #[schema(example = "23.57")]
    pub(crate) taxable: String,
    /// The tax.
    #[schema(example = "3.54")]
    pub(crate) tax: String,
}

impl From<&TaxGroup> for TaxGroupBody {
    fn from(group: &TaxGroup) -> Self {
        Self {
            category: group.tax.category().code(),
            rate: group.tax.rate().to_string(),
            taxable: group.taxable.amount(),
            tax: group.tax_amount.amount(),
        }
    }
}

/// The totals of a document (EN 16931 BG-22).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TotalsBody {
    /// The sum of the line nets.
    #[schema(example = "23.57")]
    pub(crate) lines_net: String,
    /// The sum of the document's allowances.
    #[schema(example = "0.00")]
    pub(crate) allowances: String,
    /// The sum of the document's charges.
    #[schema(example = "0.00")]
    pub(crate) charges: String,
    /// The total without tax.
    #[schema(example = "23.57")]
    pub(crate) tax_exclusive: String,
    /// The tax.
    #[schema(example = "3.54")]
    pub(crate) tax: String,
    /// The total with tax.
    #[schema(example = "27.11")]
    pub(crate) tax_inclusive: String,
    /// What was paid before.
    #[schema(example = "0.00")]
    pub(crate) prepaid: String,
    /// What makes the amount due round.
    #[schema(example = "0.00")]
    pub(crate) rounding: String,
    /// What is to be paid.
    #[schema(example = "27.11")]
    pub(crate) payable: String,
}

impl From<&Totals> for TotalsBody {
    fn from(totals: &Totals) -> Self {
        Self {
            lines_net: totals.lines_net.amount(),
            allowances: totals.allowances.amount(),
            charges: totals.charges.amount(),
            tax_exclusive: totals.tax_exclusive.amount(),
            tax: totals.tax.amount(),
            tax_inclusive: totals.tax_inclusive.amount(),
            prepaid: totals.prepaid.amount(),
            rounding: totals.rounding.amount(),
            payable: totals.payable.amount(),
        }
    }
}
