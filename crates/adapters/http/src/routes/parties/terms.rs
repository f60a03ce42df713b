//! Reading when invoices are to be paid.

use gaara_kernel::{Instalment, PaymentTerms, PaymentTermsError, Percent};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field, List};
use crate::problem::FieldProblem;

/// When invoices are to be paid: the whole after some days, or instalments.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PaymentTermsRequest {
    /// Days from the issue date to the due date: 0 to 3650. Needless beside instalments.
    #[schema(value_type = Option<u16>, example = 30)]
    #[serde(default)]
    net_days: Field<u16>,
    /// Parts that add up to 100 percent, each due later than the one before it.
    #[validate(length(max = 36), nested)]
    #[schema(value_type = Option<Vec<InstalmentRequest>>)]
    #[serde(default)]
    instalments: List<InstalmentRequest>,
}

/// One part of what is to be paid.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct InstalmentRequest {
    /// How much of the whole, in percent.
    #[schema(value_type = String, required = true, example = "50")]
    #[serde(default)]
    percent: Field<Percent>,
    /// Days from the issue date to its due date: 0 to 3650.
    #[schema(value_type = u16, required = true, example = 30)]
    #[serde(default)]
    net_days: Field<u16>,
}

/// Reads the members of `payment_terms`.
pub(super) fn read_terms(request: PaymentTermsRequest, check: &mut Check) -> Option<PaymentTerms> {
    let parts = check.each("/instalments", request.instalments, |part, check| {
        let percent = check.required("/percent", part.percent);
        let net_days = read_days(part.net_days, check);
        Some(Instalment { percent: percent?, net_days: net_days? })
    })?;
    if parts.is_empty() {
        return read_days(request.net_days, check).map(PaymentTerms::net);
    }
    let last = parts.last().map(|part| part.net_days);
    let net_days = check.optional("/net_days", request.net_days)?;
    if net_days.is_some() && net_days != last {
        check.fault(FieldProblem::new("/net_days", Code::ValidationInstalments));
        return None;
    }
    PaymentTerms::in_instalments(parts).map_err(|error| check.fault(fault(error))).ok()
}

fn read_days(field: Field<u16>, check: &mut Check) -> Option<u16> {
    let net_days = check.required("/net_days", field)?;
    if net_days > PaymentTerms::NET_DAYS_MAX {
        let fault = FieldProblem::new("/net_days", Code::ValidationRange);
        check.fault(fault.param("min", 0).param("max", PaymentTerms::NET_DAYS_MAX));
        return None;
    }
    Some(net_days)
}

fn fault(error: PaymentTermsError) -> FieldProblem {
    let at = |index: usize, field: &str, code| {
        FieldProblem::new(format!("/instalments/{index}/{field}"), code)
    };
    match error {
        PaymentTermsError::Count | PaymentTermsError::NotWhole { .. } => {
            FieldProblem::new("/instalments", Code::ValidationInstalments)
        }
        PaymentTermsError::NotPositive { index } => at(index, "percent", Code::ValidationPositive),
        PaymentTermsError::TooLate { index } => at(index, "net_days", Code::ValidationRange)
            .param("min", 0)
            .param("max", PaymentTerms::NET_DAYS_MAX),
        PaymentTermsError::OutOfOrder { index } => {
            at(index, "net_days", Code::ValidationInstalments)
        }
    }
}
