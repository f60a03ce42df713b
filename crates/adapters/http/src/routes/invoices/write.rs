//! An invoice as it is written, to be stored or only calculated.

use gaara_application::invoicing::{CalculateInvoice, WrittenInvoice};
use gaara_kernel::{Currency, CustomerId, Date, InvoiceId, Money, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::document::{AdjustmentRequest, LINES_MAX, LineRequest, read_adjustments};
use crate::code::Code;
use crate::json::{Check, DecimalText, Field, List};
use crate::problem::FieldProblem;

/// An invoice as it is written.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct InvoiceRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<InvoiceId>,
    /// `sale`, the only kind there is yet.
    #[schema(value_type = Option<String>, example = "sale")]
    #[serde(default)]
    kind: Field<String>,
    /// Who buys; not needed to calculate.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    customer_id: Field<CustomerId>,
    /// Where the goods leave from; no stock moves when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// The currency of every amount: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The issue date wished for; the day of issuing when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    issue_date: Field<Date>,
    /// The due date wished for; by the customer's terms when absent.
    #[schema(value_type = Option<String>, example = "2026-12-23")]
    #[serde(default)]
    due_date: Field<Date>,
    /// Whether prices hold the tax.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    prices_include_tax: Field<bool>,
    /// The lines: 1,000 at most.
    #[schema(value_type = Option<Vec<LineRequest>>)]
    #[validate(length(max = LINES_MAX), nested)]
    #[serde(default)]
    lines: List<LineRequest>,
    /// Allowances on the whole document.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    allowances: List<AdjustmentRequest>,
    /// Charges on the whole document.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    charges: List<AdjustmentRequest>,
    /// What was paid before.
    #[schema(value_type = Option<String>, example = "0.00")]
    #[serde(default)]
    prepaid: Field<DecimalText>,
    /// What makes the amount due round; may be negative.
    #[schema(value_type = Option<String>, example = "0.00")]
    #[serde(default)]
    rounding: Field<DecimalText>,
    /// Whether to issue it in the same transaction.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    issue: Field<bool>,
}

/// What both uses of an invoice need.
struct Parts {
    header: Header,
    document: CalculateInvoice,
}

/// What only a stored invoice needs.
struct Header {
    id: Option<InvoiceId>,
    customer: Option<CustomerId>,
    warehouse: Option<WarehouseId>,
    issue_date: Option<Date>,
    due_date: Option<Date>,
    issue: bool,
}

impl InvoiceRequest {
    /// Reads what is to be stored, and whether to issue it at once.
    pub(super) fn read_stored(self, check: &mut Check) -> Option<(WrittenInvoice, bool)> {
        let customer_given = !matches!(self.customer_id, Field::Missing | Field::Null);
        if !customer_given {
            check.fault(FieldProblem::new("/customer_id", Code::ValidationRequired));
        }
        let Parts { header, document } = self.read(check)?;
        let written = WrittenInvoice {
            id: header.id,
            customer: header.customer?,
            warehouse: header.warehouse,
            currency: document.currency,
            issue_date: header.issue_date,
            due_date: header.due_date,
            prices_include_tax: document.prices_include_tax,
            lines: document.lines,
            allowances: document.allowances,
            charges: document.charges,
            prepaid: document.prepaid,
            rounding: document.rounding,
        };
        Some((written, header.issue))
    }

    /// Reads what is only to be calculated.
    pub(super) fn read_calculated(self, check: &mut Check) -> Option<CalculateInvoice> {
        Some(self.read(check)?.document)
    }

    fn read(mut self, check: &mut Check) -> Option<Parts> {
        read_kind(std::mem::take(&mut self.kind), check);
        let header = read_header(&mut self, check);
        let currency = check.required("/currency", self.currency);
        let inclusive = check.or_default("/prices_include_tax", self.prices_include_tax, false);
        let lines =
            check.each("/lines", self.lines, |line: LineRequest, check| line.read(check, currency));
        let allowances = read_adjustments("/allowances", self.allowances, check, currency);
        let charges = read_adjustments("/charges", self.charges, check, currency);
        let prepaid = check.optional_money("/prepaid", self.prepaid, currency);
        let rounding = check.optional_money("/rounding", self.rounding, currency);
        let currency = currency?;
        let document = CalculateInvoice {
            currency,
            prices_include_tax: inclusive?,
            lines: lines?,
            allowances: allowances?,
            charges: charges?,
            prepaid: prepaid?.unwrap_or(Money::zero(currency)),
            rounding: rounding?.unwrap_or(Money::zero(currency)),
        };
        Some(Parts { header: header?, document })
    }
}

fn read_kind(kind: Field<String>, check: &mut Check) {
    if let Some(kind) = check.or_default("/kind", kind, "sale".to_owned())
        && kind != "sale"
    {
        check.fault(FieldProblem::new("/kind", Code::ValidationChoice).param("choices", "sale"));
    }
}

fn read_header(request: &mut InvoiceRequest, check: &mut Check) -> Option<Header> {
    let id = check.optional("/id", std::mem::take(&mut request.id));
    let customer = check.optional("/customer_id", std::mem::take(&mut request.customer_id));
    let warehouse = check.optional("/warehouse_id", std::mem::take(&mut request.warehouse_id));
    let issue_date = check.optional("/issue_date", std::mem::take(&mut request.issue_date));
    let due_date = check.optional("/due_date", std::mem::take(&mut request.due_date));
    let issue = check.or_default("/issue", std::mem::take(&mut request.issue), false);
    Some(Header {
        id: id?,
        customer: customer?,
        warehouse: warehouse?,
        issue_date: issue_date?,
        due_date: due_date?,
        issue: issue?,
    })
}
